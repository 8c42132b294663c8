// Every operator alone, over all small ranges of its operands: the range it gives is exactly that of trying all values.
#include "shared/rules/evaluate.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <functional>

#include "shared/base/date.h"

namespace chuncheng {
namespace {

using Values = std::vector<std::int64_t>;
using Meaning = std::function<std::int64_t(const Values&)>;

// An operator of `arity` operands, each a fact of its own.
Program Of(Op op, std::size_t arity, Rounding rounding = Rounding::Down, std::vector<std::int64_t> set = {}) {
  Program out;
  for (std::size_t i = 0; i < arity; ++i) out.code.push_back({Op::Var, Rounding::Down, 0, static_cast<std::int64_t>(i), 0});
  out.sets.push_back(std::move(set));
  out.code.push_back({op, rounding, static_cast<std::uint16_t>(arity), 0, 0});
  return out;
}

std::vector<Interval> RangesWithin(std::int64_t lo, std::int64_t hi, std::int64_t step = 1) {
  std::vector<Interval> out;
  for (std::int64_t a = lo; a <= hi; a += step) {
    for (std::int64_t b = a; b <= hi; b += step) out.push_back({a, b});
  }
  return out;
}

Interval Hull(const std::vector<Interval>& facts, const Meaning& meaning) {
  Values values;
  for (const Interval& fact : facts) values.push_back(fact.lo);
  Interval out = Interval::Of(meaning(values));
  for (;;) {
    std::size_t i = 0;
    while (i < facts.size() && values[i] == facts[i].hi) {
      values[i] = facts[i].lo;
      ++i;
    }
    if (i == facts.size()) return out;
    ++values[i];
    const std::int64_t one = meaning(values);
    out = {std::min(out.lo, one), std::max(out.hi, one)};
  }
}

void Exact(const Program& program, const std::vector<Interval>& first, const std::vector<Interval>& second, const Meaning& meaning) {
  for (const Interval& a : first) {
    for (const Interval& b : second) {
      const std::vector<Interval> facts = {a, b};
      bool overflow = false;
      const Interval got = Evaluate(program, facts, {}, nullptr, &overflow);
      ASSERT_EQ(got, Hull(facts, meaning)) << a.lo << ".." << a.hi << " and " << b.lo << ".." << b.hi;
      ASSERT_FALSE(overflow);
      ASSERT_EQ(Evaluate(program, 0, program.code.size(), facts, {}), got);
    }
  }
}

TEST(Evaluate, NumbersAreExact) {
  const auto small = RangesWithin(-3, 4);
  Exact(Of(Op::Add, 2), small, small, [](const Values& v) { return v[0] + v[1]; });
  Exact(Of(Op::Sub, 2), small, small, [](const Values& v) { return v[0] - v[1]; });
  Exact(Of(Op::Mul, 2), small, small, [](const Values& v) { return v[0] * v[1]; });
  Exact(Of(Op::Min, 2), small, small, [](const Values& v) { return std::min(v[0], v[1]); });
  Exact(Of(Op::Max, 2), small, small, [](const Values& v) { return std::max(v[0], v[1]); });
  Exact(Of(Op::Lt, 2), small, small, [](const Values& v) { return v[0] < v[1] ? 1 : 0; });
  Exact(Of(Op::Le, 2), small, small, [](const Values& v) { return v[0] <= v[1] ? 1 : 0; });
  Exact(Of(Op::Gt, 2), small, small, [](const Values& v) { return v[0] > v[1] ? 1 : 0; });
  Exact(Of(Op::Ge, 2), small, small, [](const Values& v) { return v[0] >= v[1] ? 1 : 0; });
  Exact(Of(Op::Eq, 2), small, small, [](const Values& v) { return v[0] == v[1] ? 1 : 0; });
  Exact(Of(Op::Ne, 2), small, small, [](const Values& v) { return v[0] != v[1] ? 1 : 0; });
}

TEST(Evaluate, OneOperandIsExact) {
  for (const Interval& a : RangesWithin(-3, 6)) {
    const std::vector<Interval> facts = {a};
    EXPECT_EQ(Evaluate(Of(Op::Neg, 1), facts, {}), (Interval{-a.hi, -a.lo}));
    const auto in = [](const Values& v) { return v[0] == -2 || v[0] == 1 || v[0] == 2 || v[0] == 3 || v[0] == 5 ? 1 : 0; };
    EXPECT_EQ(Evaluate(Of(Op::In, 1, Rounding::Down, {-2, 1, 2, 3, 5}), facts, {}), Hull(facts, in)) << a.lo << ".." << a.hi;
  }
  for (const Interval& a : RangesWithin(0, 1)) EXPECT_EQ(Evaluate(Of(Op::Not, 1), std::vector<Interval>{a}, {}), (Interval{1 - a.hi, 1 - a.lo}));
}

TEST(Evaluate, DatesAreExact) {
  for (const char* around : {"2024-02-26", "2026-12-28", "2023-02-26"}) {
    const Day day = *ParseDay(around);
    const auto days = RangesWithin(day, day + 6);
    const auto births = RangesWithin(AddMonths(day, -960), AddMonths(day, -960) + 6);
    Exact(Of(Op::AgeOn, 2), births, days, [](const Values& v) { return AgeOn(v[0], v[1]); });
    Exact(Of(Op::MonthsBetween, 2), days, births, [](const Values& v) { return MonthsBetween(v[0], v[1]); });
    Exact(Of(Op::AddMonths, 2), days, RangesWithin(-2, 2), [](const Values& v) { return AddMonths(v[0], v[1]); });
    for (const Interval& one : days) {
      EXPECT_EQ(Evaluate(Of(Op::MonthEnd, 1), std::vector<Interval>{one}, {}), (Interval{MonthEnd(one.lo), MonthEnd(one.hi)}));
      EXPECT_EQ(Evaluate(Of(Op::YearEnd, 1), std::vector<Interval>{one}, {}), (Interval{YearEnd(one.lo), YearEnd(one.hi)}));
    }
  }
}

TEST(Evaluate, PortionsAreRoundedOnceAsTheRuleSays) {
  const auto portion = [](Rounding rounding, std::int64_t fen, std::int64_t permille) {
    return Evaluate(Of(Op::Portion, 2, rounding), std::vector<Interval>{Interval::Of(fen), Interval::Of(permille)}, {}).lo;
  };
  for (std::int64_t fen = -7; fen <= 7; ++fen) {
    for (std::int64_t permille = -3000; permille <= 3000; permille += 25) {
      const std::int64_t product = fen * permille;
      std::int64_t down = -100;
      while ((down + 1) * 1000 <= product) ++down;
      EXPECT_EQ(portion(Rounding::Down, fen, permille), down);
      EXPECT_EQ(portion(Rounding::Up, fen, permille), down + (down * 1000 < product ? 1 : 0));
      EXPECT_EQ(portion(Rounding::HalfUp, fen, permille), down + (product - down * 1000 >= 500 ? 1 : 0));
    }
  }
  EXPECT_EQ(portion(Rounding::HalfUp, 1, 499), 0);
  EXPECT_EQ(portion(Rounding::HalfUp, -1, 501), -1);
  EXPECT_EQ(portion(Rounding::HalfUp, -1, 500), 0);
  EXPECT_EQ(portion(Rounding::Up, 1, 1), 1);
  EXPECT_EQ(portion(Rounding::Up, 1, -1), 0);
  const std::vector<Interval> wide = {{1, 3}, {100, 500}};
  EXPECT_EQ(Evaluate(Of(Op::Portion, 2, Rounding::Up), wide, {}), (Interval{1, 2}));
}

TEST(Evaluate, SeveralOperands) {
  const auto of = [](Op op, const std::vector<Interval>& facts) { return Evaluate(Of(op, facts.size()), facts, {}); };
  const auto known = [](std::int64_t value) { return Interval::Of(value); };
  const Interval open = Interval::Either();
  for (const Interval& a : RangesWithin(0, 1)) {
    for (const Interval& b : RangesWithin(0, 1)) {
      for (const Interval& c : RangesWithin(0, 1)) {
        const std::vector<Interval> facts = {a, b, c};
        EXPECT_EQ(of(Op::And, facts), Hull(facts, [](const Values& v) { return v[0] * v[1] * v[2]; }));
        EXPECT_EQ(of(Op::Or, facts), Hull(facts, [](const Values& v) { return std::max({v[0], v[1], v[2]}); }));
      }
    }
  }
  for (std::int64_t a = 0; a < 3; ++a) {
    for (std::int64_t b = 0; b < 3; ++b) {
      for (std::int64_t c = 0; c < 3; ++c) {
        const std::vector<Interval> facts = {known(a), known(b), known(c)};
        EXPECT_EQ(of(Op::Lt, facts), known(a < b && b < c ? 1 : 0));
        EXPECT_EQ(of(Op::Le, facts), known(a <= b && b <= c ? 1 : 0));
        EXPECT_EQ(of(Op::Add, facts), known(a + b + c));
        EXPECT_EQ(of(Op::Mul, facts), known(a * b * c));
        EXPECT_EQ(of(Op::Min, facts), known(std::min({a, b, c})));
        EXPECT_EQ(of(Op::Max, facts), known(std::max({a, b, c})));
      }
    }
  }
  EXPECT_EQ(of(Op::Lt, {known(1), {2, 5}, known(4)}), open);
  EXPECT_EQ(of(Op::Lt, {known(3), {1, 2}, known(9)}), known(0));
}

TEST(Evaluate, BranchesThatCanBeTakenAreTakenTogether) {
  const auto choice = [](const std::vector<Interval>& facts) { return Evaluate(Of(Op::If, facts.size()), facts, {}); };
  const Interval yes = Interval::Of(1);
  const Interval no = Interval::Of(0);
  const Interval open = Interval::Either();
  const Interval none = Interval::Unpublished();
  EXPECT_EQ(choice({yes, {5, 6}, {1, 2}}), (Interval{5, 6}));
  EXPECT_EQ(choice({no, {5, 6}, {1, 2}}), (Interval{1, 2}));
  EXPECT_EQ(choice({open, {5, 6}, {1, 2}}), (Interval{1, 6}));
  EXPECT_EQ(choice({open, {1, 2}, {5, 6}}), (Interval{1, 6}));
  EXPECT_EQ(choice({no, {5, 6}, yes, {3, 3}, {1, 2}}), (Interval{3, 3}));
  EXPECT_EQ(choice({open, {5, 6}, yes, {3, 3}, {1, 2}}), (Interval{3, 6}));
  EXPECT_EQ(choice({open, {5, 6}, no, {3, 3}, {9, 9}}), (Interval{5, 9}));
  EXPECT_FALSE(choice({open, none, {1, 2}}).Published());
  EXPECT_FALSE(choice({open, {1, 2}, none}).Published());
  EXPECT_FALSE(choice({yes, none, {1, 2}}).Published());
  EXPECT_EQ(choice({no, none, {1, 2}}), (Interval{1, 2}));
  EXPECT_EQ(choice({yes, {1, 2}, none}), (Interval{1, 2}));
}

TEST(Evaluate, WhatIsNotPublishedStaysSo) {
  const Interval none = Interval::Unpublished();
  const Interval one = Interval::Of(1);
  for (const Op op : {Op::Add, Op::Sub, Op::Mul, Op::Min, Op::Max, Op::Portion}) {
    EXPECT_FALSE(Evaluate(Of(op, 2), std::vector<Interval>{none, one}, {}).Published());
    EXPECT_FALSE(Evaluate(Of(op, 2), std::vector<Interval>{one, none}, {}).Published());
  }
  EXPECT_FALSE(Evaluate(Of(Op::Neg, 1), std::vector<Interval>{none}, {}).Published());
  for (const Op op : {Op::Lt, Op::Le, Op::Gt, Op::Ge, Op::Eq, Op::Ne}) {
    EXPECT_EQ(Evaluate(Of(op, 2), std::vector<Interval>{none, one}, {}), Interval::Either());
    EXPECT_EQ(Evaluate(Of(op, 2), std::vector<Interval>{one, none}, {}), Interval::Either());
  }
  EXPECT_EQ(Evaluate(Of(Op::In, 1, Rounding::Down, {1}), std::vector<Interval>{none}, {}), Interval::Either());
  EXPECT_TRUE(Evaluate(Of(Op::And, 2), std::vector<Interval>{Interval::Of(0), none}, {}).No());
  EXPECT_TRUE(Evaluate(Of(Op::Or, 2), std::vector<Interval>{one, none}, {}).Yes());
}

TEST(Evaluate, OverflowIsToldAtTheFirstNumberThatDoesNotFit) {
  const auto overflows = [](Op op, std::int64_t a, std::int64_t b) {
    bool overflow = false;
    const Interval got = Evaluate(Of(op, 2), std::vector<Interval>{Interval::Of(a), Interval::Of(b)}, {}, nullptr, &overflow);
    EXPECT_TRUE(got.Known());
    return overflow;
  };
  EXPECT_FALSE(overflows(Op::Add, INT64_MAX - 1, 1));
  EXPECT_TRUE(overflows(Op::Add, INT64_MAX, 1));
  EXPECT_FALSE(overflows(Op::Sub, INT64_MIN + 1, 1));
  EXPECT_TRUE(overflows(Op::Sub, INT64_MIN, 1));
  EXPECT_TRUE(overflows(Op::Mul, INT64_MAX, 2));
  EXPECT_TRUE(overflows(Op::Mul, INT64_MIN, 2));
  EXPECT_FALSE(overflows(Op::Mul, INT64_MAX, -1));
  bool overflow = true;
  Evaluate(Of(Op::Neg, 1), std::vector<Interval>{{INT64_MIN + 1, 0}}, {}, nullptr, &overflow);
  EXPECT_FALSE(overflow);
  // A range of which one end does not fit.
  Evaluate(Of(Op::Add, 2), std::vector<Interval>{{0, INT64_MAX}, {0, 1}}, {}, nullptr, &overflow);
  EXPECT_TRUE(overflow);
}

TEST(Evaluate, TracesEachStepAndReadsPartsAlone) {
  // (f0 + 2) < p0, and from the third step on.
  Program program;
  program.code = {{Op::Var, {}, 0, 0, 0}, {Op::Const, {}, 0, 2, 0}, {Op::Add, {}, 2, 0, 0}, {Op::Param, {}, 0, 0, 0}, {Op::Lt, {}, 2, 0, 0}};
  const std::vector<Interval> facts = {{1, 3}};
  const std::vector<Interval> params = {Interval::Of(6)};
  std::array<Interval, 5> trace;
  EXPECT_EQ(Evaluate(program, facts, params, trace.data()), Interval::Of(1));
  EXPECT_EQ(trace, (std::array<Interval, 5>{{{1, 3}, {2, 2}, {3, 5}, {6, 6}, {1, 1}}}));
  EXPECT_EQ(Evaluate(program, 0, 3, facts, params), (Interval{3, 5}));
  EXPECT_EQ(Evaluate(program, 3, 4, facts, params), Interval::Of(6));
}

}  // namespace
}  // namespace chuncheng
