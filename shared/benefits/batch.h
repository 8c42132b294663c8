// Every benefit for many households at once: answers as arrays of integers in, verdicts and amounts as arrays out.
#pragma once
#include <optional>
#include <span>

#include "shared/benefits/assess.h"

namespace chuncheng {

/// One row = one elder, one child, one worker, one institution and their household; who is not there stays unknown, and the caller passes over
/// the benefits of that kind. A household with two elders takes two rows.
struct BatchRows {
  std::size_t rows = 0;
  std::span<const std::int64_t> values;  ///< rows × facts: bool 0/1, count, fen, days since 1970-01-01, position of the enum value
  std::span<const std::uint8_t> known;   ///< rows × facts: 0 = not known, its value is not read; empty = everything is known
  std::span<std::uint8_t> verdicts;      ///< out, rows × benefits: State (0 no, 1 open, 2 yes)
  std::span<Interval> amounts;           ///< out, rows × benefits: fen or days; lo > hi = no published amount; empty = not wanted
};

/// Gives what Assessor::Assess gives. On one day every condition on one fact is a function of the class its value lies in, so a row is one
/// look-up a fact and an `and` of bit sets over all benefits; only what is left is evaluated: conditions over several facts, amounts, and benefits
/// whose answers have gaps.
/// Cost: facts + instructions of what is left, a row; no allocation while rows are complete.
class Batch {
 public:
  /// The pack must outlive it. Cost: that of every split of every benefit.
  Batch(const Pack& pack, Day as_of);

  Day as_of() const { return assessor_.as_of(); }
  /// The facts of the columns, in order.
  const std::vector<int>& facts() const { return facts_; }
  /// The first error: arrays of other sizes, or a value outside its fact's range (then the rows before that one are done).
  std::optional<Error> Run(const BatchRows& in);

 private:
  struct Column {
    Interval range;
    std::uint32_t direct = 0;  // in direct_: class by value - range.lo; kNone = search
    std::uint32_t starts = 0;  // in starts_: where the second and later classes begin
    std::uint32_t classes = 1;
    std::uint32_t masks = 0;  // in masks_: of each class the benefits it leaves possible, then those it leaves certain; then the same if unknown
    bool decides = false;     // some criterion rests on this fact alone
  };
  struct Check {
    std::uint32_t criterion = 0;
    std::uint32_t part = 0;
  };
  struct RowColumn {
    std::uint32_t column = 0;
    std::uint32_t masks = 0;  // in row_masks_, by class: the rows it leaves possible
  };
  struct Left {
    std::vector<std::uint32_t> columns;  // by Plan::bases
    std::vector<Check> checks;           // parts of criteria that rest on several facts
    std::vector<int> check_derived;
    std::vector<RowColumn> row_columns;
    std::vector<Check> row_checks;  // parts of row conditions that do; `criterion` is the row
    std::vector<int> row_derived;
    std::vector<std::uint64_t> rows;  // possible whatever the answers
    std::vector<Interval> fixed_pay;  // by row; read when the pay rests on no fact
  };

  void MakeColumns();
  void MakeBenefit(std::size_t benefit);
  std::uint32_t ClassOf(const Column& column, std::int64_t value) const;
  template <bool kComplete>
  std::optional<Error> Rows(const BatchRows& in);
  void OneBenefit(std::size_t benefit, bool certain, const std::int64_t* values, std::uint8_t& verdict, Interval* amount);
  void WithGaps(std::size_t benefit, bool certain, const std::int64_t* values, const std::uint8_t* known, std::uint8_t& verdict, Interval* amount);
  Interval Amount(const Benefit& benefit, const Left& left, const std::int64_t* values);

  const Pack& pack_;
  Assessor assessor_;
  std::vector<int> facts_;
  std::size_t words_;  // of 64 benefits
  std::vector<Column> columns_;
  std::vector<std::uint16_t> direct_;
  std::vector<std::int64_t> starts_;
  std::vector<std::uint64_t> masks_;
  std::vector<std::uint64_t> reads_;  // by column: the benefits that read it
  std::vector<std::uint64_t> start_;  // possible, then certain, before any answer
  std::vector<Left> left_;            // by benefit
  std::vector<std::uint64_t> row_masks_;

  std::vector<std::uint64_t> state_;  // of the present row: possible, certain, with gaps
  std::vector<Interval> env_;
  Answers answers_;
  Assessment assessment_;
};

/// The order of the columns and of the benefits: {"format":"km-layout/1","facts":[{"fact","subject","range":[lo,hi]}],"benefits":["id"]}.
Result<json::value> BatchLayout(const Pack& pack, const json::value& input, std::string_view file);

}  // namespace chuncheng
