#include "shared/rules/evaluate.h"

#include <array>

#include "shared/base/date.h"

namespace chuncheng {
namespace {

std::int64_t Clamp(__int128 value, bool& overflow) {
  constexpr auto kMax = static_cast<__int128>(INT64_MAX);
  constexpr auto kMin = static_cast<__int128>(INT64_MIN);
  if (value > kMax || value < kMin) overflow = true;
  return static_cast<std::int64_t>(std::clamp(value, kMin, kMax));
}

Interval Less(Interval a, Interval b) {  // a < b
  if (a.hi < b.lo) return Interval::Of(1);
  if (a.lo >= b.hi) return Interval::Of(0);
  return Interval::Either();
}

Interval Not(Interval a) { return {1 - a.hi, 1 - a.lo}; }

Interval Equal(Interval a, Interval b) {
  if (a.Known() && a == b) return Interval::Of(1);
  if (a.hi < b.lo || b.hi < a.lo) return Interval::Of(0);
  return Interval::Either();
}

Interval Contains(Interval a, const std::vector<std::int64_t>& sorted) {
  const auto first = std::lower_bound(sorted.begin(), sorted.end(), a.lo);
  const auto last = std::upper_bound(first, sorted.end(), a.hi);
  const auto inside = last - first;
  if (inside == 0) return Interval::Of(0);
  if (inside == a.hi - a.lo + 1) return Interval::Of(1);
  return Interval::Either();
}

// A date function that grows with its first operand.
template <class F>
Interval Map(Interval a, F f) {
  return {f(a.lo), f(a.hi)};
}

std::int64_t Round(__int128 permille, Rounding rounding, bool& overflow) {
  __int128 down = permille / 1000;
  __int128 rest = permille % 1000;
  if (rest < 0) {
    rest += 1000;
    --down;
  }
  if (rounding == Rounding::Up && rest > 0) ++down;
  if (rounding == Rounding::HalfUp && rest >= 500) ++down;
  return Clamp(down, overflow);
}

Interval Product(Interval a, Interval b, bool& overflow) {
  const std::array<__int128, 4> corners = {static_cast<__int128>(a.lo) * b.lo, static_cast<__int128>(a.lo) * b.hi, static_cast<__int128>(a.hi) * b.lo,
                                           static_cast<__int128>(a.hi) * b.hi};
  const auto [lo, hi] = std::minmax_element(corners.begin(), corners.end());
  return {Clamp(*lo, overflow), Clamp(*hi, overflow)};
}

// Both published.
Interval Compare(Op op, Interval a, Interval b) {
  switch (op) {
    case Op::Eq: return Equal(a, b);
    case Op::Ne: return Not(Equal(a, b));
    case Op::Lt: return Less(a, b);
    case Op::Le: return Not(Less(b, a));
    case Op::Gt: return Less(b, a);
    default: return Not(Less(a, b));
  }
}

bool IsComparison(Op op) { return op >= Op::Eq && op <= Op::In; }

Interval Apply(const Instr& instr, const Interval* a, const Program& program, bool& overflow) {
  const std::size_t n = instr.argc;
  // And/Or stay three-valued whatever is missing; everything else passes "not published" on.
  if (instr.op != Op::And && instr.op != Op::Or && instr.op != Op::If) {
    for (std::size_t i = 0; i < n; ++i) {
      if (!a[i].Published()) return IsComparison(instr.op) ? Interval::Either() : Interval::Unpublished();
    }
  }
  switch (instr.op) {
    case Op::And: {
      Interval out = Interval::Of(1);
      for (std::size_t i = 0; i < n; ++i) out = {std::min(out.lo, a[i].lo), std::min(out.hi, a[i].hi)};
      return out;
    }
    case Op::Or: {
      Interval out = Interval::Of(0);
      for (std::size_t i = 0; i < n; ++i) out = {std::max(out.lo, a[i].lo), std::max(out.hi, a[i].hi)};
      return out;
    }
    case Op::Not: return Not(a[0]);
    case Op::Eq:
    case Op::Ne:
    case Op::Lt:
    case Op::Le:
    case Op::Gt:
    case Op::Ge: {
      Interval out = Compare(instr.op, a[0], a[1]);
      for (std::size_t i = 1; i + 1 < n; ++i) {
        const Interval one = Compare(instr.op, a[i], a[i + 1]);
        out = {std::min(out.lo, one.lo), std::min(out.hi, one.hi)};
      }
      return out;
    }
    case Op::In: return Contains(a[0], program.sets[static_cast<std::size_t>(instr.imm)]);
    case Op::Add: {
      Interval out = Interval::Of(0);
      for (std::size_t i = 0; i < n; ++i) {
        out = {Clamp(static_cast<__int128>(out.lo) + a[i].lo, overflow), Clamp(static_cast<__int128>(out.hi) + a[i].hi, overflow)};
      }
      return out;
    }
    case Op::Sub: return {Clamp(static_cast<__int128>(a[0].lo) - a[1].hi, overflow), Clamp(static_cast<__int128>(a[0].hi) - a[1].lo, overflow)};
    case Op::Neg: return {Clamp(-static_cast<__int128>(a[0].hi), overflow), Clamp(-static_cast<__int128>(a[0].lo), overflow)};
    case Op::Mul: {
      Interval out = a[0];
      for (std::size_t i = 1; i < n; ++i) out = Product(out, a[i], overflow);
      return out;
    }
    case Op::Min: {
      Interval out = a[0];
      for (std::size_t i = 1; i < n; ++i) out = {std::min(out.lo, a[i].lo), std::min(out.hi, a[i].hi)};
      return out;
    }
    case Op::Max: {
      Interval out = a[0];
      for (std::size_t i = 1; i < n; ++i) out = {std::max(out.lo, a[i].lo), std::max(out.hi, a[i].hi)};
      return out;
    }
    case Op::If: {
      // The hull of the branches that can still be taken.
      Interval out = Interval::Unpublished();
      bool first = true;
      auto join = [&](Interval v) {
        out = first ? v : (out.Published() && v.Published()) ? Interval{std::min(out.lo, v.lo), std::max(out.hi, v.hi)} : Interval::Unpublished();
        first = false;
      };
      for (std::size_t i = 0; i + 1 < n; i += 2) {
        if (a[i].No()) continue;
        join(a[i + 1]);
        if (a[i].Yes()) return out;
      }
      join(a[n - 1]);
      return out;
    }
    case Op::AgeOn: return {AgeOn(a[0].hi, a[1].lo), AgeOn(a[0].lo, a[1].hi)};
    case Op::MonthsBetween: return {MonthsBetween(a[0].hi, a[1].lo), MonthsBetween(a[0].lo, a[1].hi)};
    case Op::AddMonths: return {AddMonths(a[0].lo, a[1].lo), AddMonths(a[0].hi, a[1].hi)};
    case Op::MonthEnd: return Map(a[0], MonthEnd);
    case Op::YearEnd: return Map(a[0], YearEnd);
    case Op::Portion: {
      const Interval product = Product(a[0], a[1], overflow);
      return {Round(product.lo, instr.rounding, overflow), Round(product.hi, instr.rounding, overflow)};
    }
    case Op::Const:
    case Op::Var:
    case Op::Param: break;
  }
  return Interval::Unpublished();
}

// Left without a first value: a program writes each place before it reads it, and clearing the whole stack would cost more than most programs.
union Slot {
  Slot() {}  // NOLINT(modernize-use-equals-default): must not initialise
  Interval value;
};

Interval Step(const Instr& instr, const Program& program, const Slot* args, std::span<const Interval> facts, std::span<const Interval> params,
              bool& overflow) {
  switch (instr.op) {
    case Op::Const: return Interval::Of(instr.imm);
    case Op::Var: return facts[static_cast<std::size_t>(instr.imm)];
    case Op::Param: return params[static_cast<std::size_t>(instr.imm)];
    default: return Apply(instr, &args->value, program, overflow);
  }
}

}  // namespace

Interval Evaluate(const Program& program, std::span<const Interval> facts, std::span<const Interval> params, Interval* trace, bool* overflow) {
  std::array<Slot, kStack> stack;
  std::size_t top = 0;
  bool overflowed = false;
  for (std::size_t i = 0; i < program.code.size(); ++i) {
    const Instr& instr = program.code[i];
    if (instr.argc != 0) top -= instr.argc;
    const Interval value = Step(instr, program, stack.data() + top, facts, params, overflowed);
    stack[top++].value = value;
    if (trace != nullptr) trace[i] = value;
  }
  if (overflow != nullptr) *overflow = overflowed;
  return stack[0].value;
}

Interval Evaluate(const Program& program, std::size_t begin, std::size_t end, std::span<const Interval> facts, std::span<const Interval> params) {
  std::array<Slot, kStack> stack;
  std::size_t top = 0;
  bool overflowed = false;
  for (std::size_t i = begin; i < end; ++i) {
    const Instr& instr = program.code[i];
    top -= instr.argc;
    stack[top].value = Step(instr, program, stack.data() + top, facts, params, overflowed);
    ++top;
  }
  return stack[0].value;
}

}  // namespace chuncheng
