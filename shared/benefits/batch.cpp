#include "shared/benefits/batch.h"

#include <algorithm>
#include <bit>

#include "shared/rules/evaluate.h"

namespace chuncheng {
namespace {

constexpr std::uint32_t kNone = UINT32_MAX;
constexpr std::int64_t kDirect = 1024;      // facts with up to this many values look their class up directly
constexpr std::uint64_t kMostLooked = 512;  // values a condition or an amount over several facts may be tabulated in

std::vector<int> BaseFacts(const Schema& schema) {
  std::vector<int> out;
  for (std::size_t i = 0; i < schema.facts.size(); ++i) {
    if (i != kAsOf && !schema.facts[i].derive) out.push_back(static_cast<int>(i));
  }
  return out;
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

Batch::Batch(const Pack& pack, Day as_of) : pack_(pack), assessor_(pack, as_of), facts_(BaseFacts(pack.schema)), answers_(NoAnswers(pack.schema)) {
  env_.resize(pack.schema.facts.size());
  env_[kAsOf] = Interval::Of(as_of);
  MakeColumns();
  slices_.resize((pack.benefits.size() + 64 * kWords - 1) / (64 * kWords));
  for (Slice& slice : slices_) {
    std::fill_n(slice.start.possible, kWords, 0);
    std::fill_n(slice.start.certain, kWords, 0);
  }
  reads_.assign(slices_.size() * columns_.size() * kWords, 0);
  left_.reserve(pack.benefits.size());
  for (std::size_t b = 0; b < pack.benefits.size(); ++b) MakeBenefit(b);
  // What a fact leaves possible when it is not known: what some class does; certain: what every class does.
  for (const Slice& slice : slices_) {
    for (const Decider& decider : slice.deciders) {
      const std::uint32_t count = columns_[decider.column].classes;
      Mask& unknown = masks_[decider.masks + count];
      for (std::size_t w = 0; w < kWords; ++w) {
        unknown.possible[w] = 0;
        for (std::uint32_t c = 0; c < count; ++c) {
          unknown.possible[w] |= masks_[decider.masks + c].possible[w];
          unknown.certain[w] &= masks_[decider.masks + c].certain[w];
        }
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
    column.singletons = column.range.hi - column.range.lo + 1 == static_cast<std::int64_t>(pieces.size());
    column.direct = kNone;
    if (column.range.hi - column.range.lo < kDirect) {
      column.direct = static_cast<std::uint32_t>(direct_.size());
      for (std::size_t c = 0; c < pieces.size(); ++c) {
        direct_.insert(direct_.end(), static_cast<std::size_t>(pieces[c].hi - pieces[c].lo + 1), static_cast<std::uint16_t>(c));
      }
    }
    column.starts = static_cast<std::uint32_t>(starts_.size());
    for (std::size_t c = 1; c < pieces.size(); ++c) starts_.push_back(pieces[c].lo);
    columns_.push_back(column);
  }
}

void Batch::MakeBenefit(std::size_t index) {
  const Benefit& benefit = pack_.benefits[index];
  const Plan& plan = benefit.plan;
  const std::size_t slice_at = index / (64 * kWords);
  Slice& slice = slices_[slice_at];
  const std::size_t word = index / 64 % kWords;
  const std::uint64_t bit = std::uint64_t{1} << index % 64;
  Left& left = left_.emplace_back();
  for (const PlannedBase& base : plan.bases) {
    const auto column = static_cast<std::uint32_t>(std::lower_bound(facts_.begin(), facts_.end(), base.fact) - facts_.begin());
    left.columns.push_back(column);
    reads_[(slice_at * columns_.size() + column) * kWords + word] |= bit;
  }
  auto fixed = [&](const Program& program, const Part& part) {
    Derive(pack_.schema, part.derived, env_, assessor_.params());
    return Evaluate(program, part.begin, part.end, env_, assessor_.params());
  };
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
  auto masks_of = [&](std::uint32_t column) {
    for (const Decider& decider : slice.deciders) {
      if (decider.column == column) return decider.masks;
    }
    slice.deciders.push_back({column, static_cast<std::uint32_t>(masks_.size())});
    masks_.resize(masks_.size() + columns_[column].classes + 1);
    return slice.deciders.back().masks;
  };

  State always = as_of() >= benefit.in_force.lo && as_of() <= benefit.in_force.hi ? State::Yes : State::No;
  for (std::size_t c = 0; c < plan.criteria.size(); ++c) {
    const Program& program = benefit.criteria[c].when.program;
    for (const Part& part : plan.criteria[c].parts) {
      if (part.bases == 0) {
        always = std::min(always, StateOf(fixed(program, part)));
      } else if (part.single < 0) {
        left.checks.push_back(MakeLookup(benefit, program, part, false));
      } else {
        const std::uint32_t masks = masks_of(left.columns[static_cast<std::size_t>(part.single)]);
        each_class(part, [&](std::uint32_t at, Interval v) {
          if (StateOf(v) == State::No) masks_[masks + at].possible[word] &= ~bit;
          if (StateOf(v) != State::Yes) masks_[masks + at].certain[word] &= ~bit;
        });
      }
    }
  }
  if (always != State::No) slice.start.possible[word] |= bit;
  if (always == State::Yes) slice.start.certain[word] |= bit;

  const std::size_t count = benefit.rows.size();
  const std::size_t row_words = (count + 63) / 64;
  left.possible_rows.assign(row_words, ~std::uint64_t{0});
  if (count % 64 != 0) left.possible_rows.back() >>= 64 - count % 64;
  std::vector<std::uint32_t> row_masks_of(plan.bases.size(), kNone);
  for (std::size_t r = 0; r < count; ++r) {
    const std::uint64_t row_bit = std::uint64_t{1} << r % 64;
    Row& row = left.rows.emplace_back();
    const Program& when = benefit.rows[r].when.program;
    for (const Part& part : plan.when[r].parts) {
      if (part.bases == 0) {
        if (fixed(when, part).No()) left.possible_rows[r / 64] &= ~row_bit;
      } else if (part.single < 0) {
        row.checks.push_back(MakeLookup(benefit, when, part, false));
      } else {
        const auto b = static_cast<std::size_t>(part.single);
        if (row_masks_of[b] == kNone) {
          row_masks_of[b] = static_cast<std::uint32_t>(row_masks_.size());
          left.row_columns.push_back({left.columns[b], row_masks_of[b]});
          row_masks_.resize(row_masks_.size() + row_words * columns_[left.columns[b]].classes, ~std::uint64_t{0});
        }
        each_class(part, [&](std::uint32_t at, Interval v) {
          if (v.No()) row_masks_[row_masks_of[b] + row_words * at + r / 64] &= ~row_bit;
        });
      }
    }
    Part whole;
    whole.end = benefit.rows[r].pay.program.code.size();
    whole.bases = plan.pay[r].bases;
    whole.derived = plan.pay[r].derived;
    row.pay = MakeLookup(benefit, benefit.rows[r].pay.program, whole, true);
    row.pay.derived = &plan.pay[r].derived;
  }
}

// Its facts' classes determine a condition when each comparison in it is with a constant, or a class is one value; an amount also when it does not
// vary with the value itself.
Batch::Lookup Batch::MakeLookup(const Benefit& benefit, const Program& program, const Part& part, bool amount) {
  const Left& left = left_.back();
  Lookup out;
  out.program = &program;
  out.begin = static_cast<std::uint32_t>(part.begin);
  out.end = static_cast<std::uint32_t>(part.end);
  out.derived = &part.derived;
  out.bases = part.bases;
  out.at = static_cast<std::uint32_t>(looked_up_.size());
  std::uint32_t cases = 1;
  bool determined = true;
  Each(part.bases, [&](std::size_t b) {
    const Column& column = columns_[left.columns[b]];
    determined = determined && (!benefit.plan.bases[b].each_value || column.singletons) && cases * std::uint64_t{column.classes} <= kMostLooked;
    if (!determined) return;
    out.columns.emplace_back(left.columns[b], cases);
    cases *= column.classes;
  });
  for (std::uint32_t i = 0; determined && i < cases; ++i) {
    for (const auto& [at, stride] : out.columns) {
      const Column& column = columns_[at];
      const std::uint32_t c = i / stride % column.classes;
      const std::int64_t lo = c == 0 ? column.range.lo : starts_[column.starts + c - 1];
      const std::int64_t hi = c + 1 == column.classes ? column.range.hi : starts_[column.starts + c] - 1;
      env_[static_cast<std::size_t>(facts_[at])] = {lo, hi};
    }
    Derive(pack_.schema, part.derived, env_, assessor_.params());
    const Interval value = Evaluate(program, part.begin, part.end, env_, assessor_.params());
    determined = !amount || value.Known() || !value.Published();
    looked_up_.push_back(value);
  }
  if (!determined) {
    looked_up_.resize(out.at);
    out.at = kNone;
  }
  return out;
}

Interval Batch::ValueOf(const Benefit& benefit, const Lookup& lookup, const std::int64_t* values) {
  if (lookup.at != kNone) {
    std::uint32_t index = lookup.at;
    for (const auto& [column, stride] : lookup.columns) index += stride * ClassOf(columns_[column], values[column]);
    return looked_up_[index];
  }
  const Left& left = left_[static_cast<std::size_t>(&benefit - pack_.benefits.data())];
  Each(lookup.bases, [&](std::size_t b) { env_[static_cast<std::size_t>(benefit.plan.bases[b].fact)] = Interval::Of(values[left.columns[b]]); });
  Derive(pack_.schema, *lookup.derived, env_, assessor_.params());
  return Evaluate(*lookup.program, lookup.begin, lookup.end, env_, assessor_.params());
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

Error Batch::OutOfRange(std::size_t row, std::size_t column) const {
  const Fact& fact = pack_.schema.facts[static_cast<std::size_t>(facts_[column])];
  return {ErrorCode::ProfileValue, "", "", static_cast<std::int64_t>(row) + 1, {{"name", fact.name}, {"want", pack_.schema.Describe(fact.type)}}};
}

template <bool kComplete>
std::optional<Error> Batch::Rows(const BatchRows& in) {
  const std::size_t benefits = pack_.benefits.size();
  const std::size_t facts = columns_.size();
  for (std::size_t row = 0; row < in.rows; ++row) {
    const std::int64_t* values = in.values.data() + row * facts;
    const std::uint8_t* known = kComplete ? nullptr : in.known.data() + row * facts;
    for (std::size_t f = 0; f < facts; ++f) {
      if (!kComplete && known[f] == 0) continue;
      if (values[f] < columns_[f].range.lo || values[f] > columns_[f].range.hi) return OutOfRange(row, f);
    }
    std::uint8_t* verdicts = in.verdicts.data() + row * benefits;
    std::fill(verdicts, verdicts + benefits, static_cast<std::uint8_t>(State::No));
    Interval* amounts = in.amounts.empty() ? nullptr : in.amounts.data() + row * benefits;
    if (amounts != nullptr) std::fill(amounts, amounts + benefits, Interval::Unpublished());
    for (std::size_t s = 0; s < slices_.size(); ++s) {
      Mask now = slices_[s].start;
      for (const Decider& decider : slices_[s].deciders) {
        const Column& column = columns_[decider.column];
        const bool answered = kComplete || known[decider.column] != 0;
        const Mask& mask = masks_[decider.masks + (answered ? ClassOf(column, values[decider.column]) : column.classes)];
        for (std::size_t w = 0; w < kWords; ++w) {
          now.possible[w] &= mask.possible[w];
          now.certain[w] &= mask.certain[w];
        }
      }
      std::uint64_t gaps[kWords] = {};
      for (std::size_t f = 0; !kComplete && f < facts; ++f) {
        for (std::size_t w = 0; known[f] == 0 && w < kWords; ++w) gaps[w] |= reads_[(s * facts + f) * kWords + w];
      }
      for (std::size_t w = 0; w < kWords; ++w) {
        Each(now.possible[w], [&](std::size_t bit) {
          const std::size_t b = (s * kWords + w) * 64 + bit;
          Interval* amount = amounts == nullptr ? nullptr : amounts + b;
          const bool sure = (now.certain[w] >> bit & 1) != 0;
          if ((gaps[w] >> bit & 1) != 0) return WithGaps(b, sure, values, known, verdicts[b], amount);
          OneBenefit(b, sure, values, verdicts[b], amount);
        });
      }
    }
  }
  return std::nullopt;
}

void Batch::OneBenefit(std::size_t index, bool certain, const std::int64_t* values, std::uint8_t& verdict, Interval* amount) {
  const Benefit& benefit = pack_.benefits[index];
  const Left& left = left_[index];
  State state = certain ? State::Yes : State::Open;
  for (const Lookup& check : left.checks) {
    state = std::min(state, StateOf(ValueOf(benefit, check, values)));
    if (state == State::No) return;
  }
  verdict = static_cast<std::uint8_t>(state);
  if (amount != nullptr && benefit.form == AmountForm::Table) *amount = Amount(benefit, left, values);
}

Interval Batch::Amount(const Benefit& benefit, const Left& left, const std::int64_t* values) {
  Interval out = Interval::Unpublished();
  const std::size_t words = left.possible_rows.size();
  for (std::size_t w = 0; w < words; ++w) {
    std::uint64_t rows = left.possible_rows[w];
    for (const RowColumn& one : left.row_columns) rows &= row_masks_[one.masks + words * ClassOf(columns_[one.column], values[one.column]) + w];
    Each(rows, [&](std::size_t bit) {
      const Row& row = left.rows[w * 64 + bit];
      if (std::any_of(row.checks.begin(), row.checks.end(), [&](const Lookup& check) { return ValueOf(benefit, check, values).No(); })) return;
      const Interval pay = ValueOf(benefit, row.pay, values);
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
