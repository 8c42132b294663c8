#include "shared/benefits/batch.h"

#include <algorithm>
#include <bit>

#include "shared/rules/evaluate.h"

namespace chuncheng {
namespace {

constexpr std::uint32_t kNone = UINT32_MAX;
constexpr std::int64_t kDirect = 1024;  // facts with up to this many values look their class up directly

std::vector<int> BaseFacts(const Schema& schema) {
  std::vector<int> out;
  for (std::size_t i = 0; i < schema.facts.size(); ++i) {
    if (i != kAsOf && !schema.facts[i].derive) out.push_back(static_cast<int>(i));
  }
  return out;
}

void AddUnique(std::vector<int>& list, const std::vector<int>& more) {
  for (int one : more) {
    if (std::find(list.begin(), list.end(), one) == list.end()) list.push_back(one);
  }
  std::sort(list.begin(), list.end());
}

template <class F>
void Each(std::uint64_t set, F f) {
  for (; set != 0; set &= set - 1) f(static_cast<std::size_t>(std::countr_zero(set)));
}

std::size_t ClassIn(const Split& split, std::int64_t value) {
  std::size_t c = 0;
  while (split.classes[c].hi < value) ++c;
  return c;
}

}  // namespace

Batch::Batch(const Pack& pack, Day as_of)
    : pack_(pack),
      assessor_(pack, as_of),
      facts_(BaseFacts(pack.schema)),
      words_((pack.benefits.size() + 63) / 64),
      answers_(NoAnswers(pack.schema)) {
  start_.assign(2 * words_, 0);
  state_.resize(3 * words_);
  env_.resize(pack.schema.facts.size());
  env_[kAsOf] = Interval::Of(as_of);
  MakeColumns();
  for (std::size_t b = 0; b < pack.benefits.size(); ++b) MakeBenefit(b);
  // What a fact leaves possible when it is not known: what some class does; certain: what every class does.
  for (const Column& column : columns_) {
    std::uint64_t* unknown = masks_.data() + column.masks + 2 * words_ * column.classes;
    for (std::size_t w = 0; w < words_; ++w) {
      unknown[w] = 0;
      for (std::size_t c = 0; c < column.classes; ++c) {
        const std::uint64_t* of = masks_.data() + column.masks + 2 * words_ * c;
        unknown[w] |= of[w];
        unknown[words_ + w] &= of[words_ + w];
      }
    }
  }
}

// Cuts the range of each fact wherever the split of some benefit does.
void Batch::MakeColumns() {
  std::vector<std::vector<std::int64_t>> points(pack_.schema.facts.size());
  for (const Benefit& benefit : pack_.benefits) {
    for (std::size_t b = 0; b < benefit.plan.bases.size(); ++b) {
      for (const Interval& one : assessor_.SplitOf(benefit, b).classes)
        points[static_cast<std::size_t>(benefit.plan.bases[b].fact)].push_back(one.lo);
    }
  }
  for (int fact : facts_) {
    const auto at = static_cast<std::size_t>(fact);
    Column column;
    column.range = pack_.schema.facts[at].range;
    const auto pieces = Pieces(column.range, points[at]);
    column.classes = static_cast<std::uint32_t>(pieces.size());
    column.direct = kNone;
    if (column.range.hi - column.range.lo < kDirect) {
      column.direct = static_cast<std::uint32_t>(direct_.size());
      for (std::size_t c = 0; c < pieces.size(); ++c) {
        direct_.insert(direct_.end(), static_cast<std::size_t>(pieces[c].hi - pieces[c].lo + 1), static_cast<std::uint16_t>(c));
      }
    }
    column.starts = static_cast<std::uint32_t>(starts_.size());
    for (std::size_t c = 1; c < pieces.size(); ++c) starts_.push_back(pieces[c].lo);
    column.masks = static_cast<std::uint32_t>(masks_.size());
    masks_.resize(masks_.size() + 2 * words_ * (pieces.size() + 1), ~std::uint64_t{0});
    columns_.push_back(column);
  }
  reads_.assign(columns_.size() * words_, 0);
}

void Batch::MakeBenefit(std::size_t index) {
  const Benefit& benefit = pack_.benefits[index];
  const Plan& plan = benefit.plan;
  const std::size_t word = index / 64;
  const std::uint64_t bit = std::uint64_t{1} << index % 64;
  Left& left = left_.emplace_back();
  State always = as_of() >= benefit.in_force.lo && as_of() <= benefit.in_force.hi ? State::Yes : State::No;
  auto value = [&](const Program& program, const Part& part) { return Evaluate(program, part.begin, part.end, env_, assessor_.params()); };
  auto fixed_derived = [&](const Part& part) { Derive(pack_.schema, part.derived, env_, assessor_.params()); };

  for (const PlannedBase& base : plan.bases) {
    const auto column = static_cast<std::uint32_t>(std::lower_bound(facts_.begin(), facts_.end(), base.fact) - facts_.begin());
    left.columns.push_back(column);
    reads_[column * words_ + word] |= bit;
  }
  // Calls f(class of the column, value of the part) for each class.
  auto each_class = [&](const Part& part, auto f) {
    const auto b = static_cast<std::size_t>(part.single);
    const Column& column = columns_[left.columns[b]];
    const Split& split = assessor_.SplitOf(benefit, b);
    for (std::uint32_t c = 0; c < column.classes; ++c) {
      const std::int64_t from = c == 0 ? column.range.lo : starts_[column.starts + c - 1];
      f(c, split.values[part.column * split.classes.size() + ClassIn(split, from)]);
    }
  };
  for (std::size_t c = 0; c < plan.criteria.size(); ++c) {
    for (std::size_t p = 0; p < plan.criteria[c].parts.size(); ++p) {
      const Part& part = plan.criteria[c].parts[p];
      if (part.bases == 0) {
        fixed_derived(part);
        always = std::min(always, StateOf(value(benefit.criteria[c].when.program, part)));
      } else if (part.single < 0) {
        left.checks.push_back({static_cast<std::uint32_t>(c), static_cast<std::uint32_t>(p)});
        AddUnique(left.check_derived, part.derived);
      } else {
        Column& column = columns_[left.columns[static_cast<std::size_t>(part.single)]];
        column.decides = true;
        each_class(part, [&](std::uint32_t at, Interval v) {
          std::uint64_t* masks = masks_.data() + column.masks + 2 * words_ * at;
          if (StateOf(v) == State::No) masks[word] &= ~bit;
          if (StateOf(v) != State::Yes) masks[words_ + word] &= ~bit;
        });
      }
    }
  }
  if (always != State::No) start_[word] |= bit;
  if (always == State::Yes) start_[words_ + word] |= bit;

  const std::size_t count = benefit.rows.size();
  const std::size_t row_words = (count + 63) / 64;
  left.rows.assign(row_words, ~std::uint64_t{0});
  if (count % 64 != 0) left.rows.back() >>= 64 - count % 64;
  std::vector<std::uint32_t> masks_of(plan.bases.size(), kNone);
  for (std::size_t r = 0; r < count; ++r) {
    const std::uint64_t row_bit = std::uint64_t{1} << r % 64;
    for (std::size_t p = 0; p < plan.when[r].parts.size(); ++p) {
      const Part& part = plan.when[r].parts[p];
      if (part.bases == 0) {
        fixed_derived(part);
        if (value(benefit.rows[r].when.program, part).No()) left.rows[r / 64] &= ~row_bit;
      } else if (part.single < 0) {
        left.row_checks.push_back({static_cast<std::uint32_t>(r), static_cast<std::uint32_t>(p)});
        AddUnique(left.row_derived, part.derived);
      } else {
        const auto b = static_cast<std::size_t>(part.single);
        if (masks_of[b] == kNone) {
          masks_of[b] = static_cast<std::uint32_t>(row_masks_.size());
          left.row_columns.push_back({left.columns[b], masks_of[b]});
          row_masks_.resize(row_masks_.size() + row_words * columns_[left.columns[b]].classes, ~std::uint64_t{0});
        }
        each_class(part, [&](std::uint32_t at, Interval v) {
          if (v.No()) row_masks_[masks_of[b] + row_words * at + r / 64] &= ~row_bit;
        });
      }
    }
    Derive(pack_.schema, plan.pay[r].bases == 0 ? plan.pay[r].derived : std::vector<int>{}, env_, assessor_.params());
    left.fixed_pay.push_back(plan.pay[r].bases == 0 ? Evaluate(benefit.rows[r].pay.program, env_, assessor_.params()) : Interval{});
  }
}

std::uint32_t Batch::ClassOf(const Column& column, std::int64_t value) const {
  if (column.direct != kNone) return direct_[column.direct + static_cast<std::size_t>(value - column.range.lo)];
  // Halving without branches: how many of the starts lie at or below the value.
  const std::int64_t* at = starts_.data() + column.starts;
  std::size_t count = column.classes - 1;
  std::size_t below = 0;
  while (count > 0) {
    const std::size_t half = (count + 1) / 2;
    below += at[below + half - 1] <= value ? half : 0;
    count -= half;
  }
  return static_cast<std::uint32_t>(below);
}

std::optional<Error> Batch::Run(const BatchRows& in) {
  const std::size_t cells = in.rows * facts_.size();
  const std::size_t results = in.rows * pack_.benefits.size();
  auto wrong = [](const char* name, std::size_t want, std::size_t found) {
    return Error{ErrorCode::BatchShape, "", "", 0, {{"name", name}, {"want", std::to_string(want)}, {"found", std::to_string(found)}}};
  };
  if (in.values.size() != cells) return wrong("values", cells, in.values.size());
  if (!in.known.empty() && in.known.size() != cells) return wrong("known", cells, in.known.size());
  if (in.verdicts.size() != results) return wrong("verdicts", results, in.verdicts.size());
  if (!in.amounts.empty() && in.amounts.size() != results) return wrong("amounts", results, in.amounts.size());
  return in.known.empty() ? Rows<true>(in) : Rows<false>(in);
}

template <bool kComplete>
std::optional<Error> Batch::Rows(const BatchRows& in) {
  const std::size_t benefits = pack_.benefits.size();
  const std::size_t words = words_;
  std::uint64_t* possible = state_.data();
  std::uint64_t* certain = possible + words;
  std::uint64_t* gaps = certain + words;
  for (std::size_t row = 0; row < in.rows; ++row) {
    const std::int64_t* values = in.values.data() + row * facts_.size();
    const std::uint8_t* known = kComplete ? nullptr : in.known.data() + row * facts_.size();
    std::copy(start_.begin(), start_.end(), possible);
    std::fill(gaps, gaps + words, 0);
    for (std::size_t f = 0; f < columns_.size(); ++f) {
      const Column& column = columns_[f];
      std::uint32_t at = column.classes;
      if (kComplete || known[f] != 0) {
        if (values[f] < column.range.lo || values[f] > column.range.hi) {
          const Fact& fact = pack_.schema.facts[static_cast<std::size_t>(facts_[f])];
          return Error{
              ErrorCode::ProfileValue, "", "", static_cast<std::int64_t>(row) + 1, {{"name", fact.name}, {"want", pack_.schema.Describe(fact.type)}}};
        }
        if (!column.decides) continue;
        at = ClassOf(column, values[f]);
      } else {
        for (std::size_t w = 0; w < words; ++w) gaps[w] |= reads_[f * words + w];
      }
      const std::uint64_t* masks = masks_.data() + column.masks + 2 * words * at;
      for (std::size_t w = 0; w < 2 * words; ++w) possible[w] &= masks[w];
    }
    std::uint8_t* verdicts = in.verdicts.data() + row * benefits;
    std::fill(verdicts, verdicts + benefits, static_cast<std::uint8_t>(State::No));
    Interval* amounts = in.amounts.empty() ? nullptr : in.amounts.data() + row * benefits;
    if (amounts != nullptr) std::fill(amounts, amounts + benefits, Interval::Unpublished());
    for (std::size_t w = 0; w < words; ++w) {
      Each(possible[w], [&](std::size_t bit) {
        const std::size_t b = w * 64 + bit;
        Interval* amount = amounts == nullptr ? nullptr : amounts + b;
        const bool sure = (certain[w] >> bit & 1) != 0;
        if ((gaps[w] >> bit & 1) != 0) return WithGaps(b, sure, values, known, verdicts[b], amount);
        OneBenefit(b, sure, values, verdicts[b], amount);
      });
    }
  }
  return std::nullopt;
}

void Batch::OneBenefit(std::size_t index, bool certain, const std::int64_t* values, std::uint8_t& verdict, Interval* amount) {
  const Benefit& benefit = pack_.benefits[index];
  const Left& left = left_[index];
  const bool table = amount != nullptr && benefit.form == AmountForm::Table;
  State state = certain ? State::Yes : State::Open;
  if (!left.checks.empty() || table) {
    for (std::size_t b = 0; b < left.columns.size(); ++b) {
      env_[static_cast<std::size_t>(benefit.plan.bases[b].fact)] = Interval::Of(values[left.columns[b]]);
    }
  }
  Derive(pack_.schema, left.check_derived, env_, assessor_.params());
  for (const Check& check : left.checks) {
    const Part& part = benefit.plan.criteria[check.criterion].parts[check.part];
    const Program& program = benefit.criteria[check.criterion].when.program;
    state = std::min(state, StateOf(Evaluate(program, part.begin, part.end, env_, assessor_.params())));
    if (state == State::No) return;
  }
  verdict = static_cast<std::uint8_t>(state);
  if (table) *amount = Amount(benefit, left, values);
}

Interval Batch::Amount(const Benefit& benefit, const Left& left, const std::int64_t* values) {
  Interval out = Interval::Unpublished();
  const auto params = assessor_.params();
  Derive(pack_.schema, left.row_derived, env_, params);
  for (std::size_t w = 0; w < left.rows.size(); ++w) {
    std::uint64_t rows = left.rows[w];
    for (const RowColumn& one : left.row_columns) {
      rows &= row_masks_[one.masks + left.rows.size() * ClassOf(columns_[one.column], values[one.column]) + w];
    }
    for (const Check& check : left.row_checks) {
      if (check.criterion / 64 != w) continue;
      const Part& part = benefit.plan.when[check.criterion].parts[check.part];
      if (Evaluate(benefit.rows[check.criterion].when.program, part.begin, part.end, env_, params).No()) {
        rows &= ~(std::uint64_t{1} << check.criterion % 64);
      }
    }
    Each(rows, [&](std::size_t bit) {
      const std::size_t r = w * 64 + bit;
      Interval pay = left.fixed_pay[r];
      if (benefit.plan.pay[r].bases != 0) {
        Derive(pack_.schema, benefit.plan.pay[r].derived, env_, params);
        pay = Evaluate(benefit.rows[r].pay.program, env_, params);
      }
      if (pay.Published()) out = out.Published() ? Interval{std::min(out.lo, pay.lo), std::max(out.hi, pay.hi)} : pay;
    });
  }
  return out;
}

void Batch::WithGaps(std::size_t index, bool certain, const std::int64_t* values, const std::uint8_t* known, std::uint8_t& verdict,
                     Interval* amount) {
  const Benefit& benefit = pack_.benefits[index];
  const Left& left = left_[index];
  if (certain && left.checks.empty() && (amount == nullptr || benefit.form != AmountForm::Table)) {
    verdict = static_cast<std::uint8_t>(State::Yes);
    return;
  }
  for (std::size_t b = 0; b < left.columns.size(); ++b) {
    const std::size_t f = left.columns[b];
    answers_[static_cast<std::size_t>(facts_[f])] = known[f] != 0 ? Interval::Of(values[f]) : columns_[f].range;
  }
  assessor_.Assess(benefit, answers_, assessment_);
  verdict = static_cast<std::uint8_t>(assessment_.verdict);
  if (amount != nullptr && assessment_.amount.published) *amount = assessment_.amount.range;
}

Result<json::value> BatchLayout(const Pack& pack, const json::value& input, std::string_view file) {
  if (const auto* wanted = input.if_bool(); wanted == nullptr || !*wanted) return Error{ErrorCode::RequestShape, std::string(file), "/layout", 0, {}};
  json::array facts;
  for (int index : BaseFacts(pack.schema)) {
    const Fact& fact = pack.schema.facts[static_cast<std::size_t>(index)];
    json::object one;
    one["fact"] = fact.name;
    one["subject"] = kSubjects[static_cast<std::size_t>(fact.subject)];
    one["range"] = json::array{fact.range.lo, fact.range.hi};
    facts.emplace_back(std::move(one));
  }
  json::array benefits;
  for (const Benefit& benefit : pack.benefits) benefits.emplace_back(benefit.id);
  json::object out;
  out["format"] = "km-layout/1";
  out["facts"] = std::move(facts);
  out["benefits"] = std::move(benefits);
  return json::value(std::move(out));
}

}  // namespace chuncheng
