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
  static constexpr std::size_t kWords = 2;  // benefits are taken in slices of 128

  struct Mask {
    std::uint64_t possible[kWords] = {~std::uint64_t{0}, ~std::uint64_t{0}};  // the benefits left possible
    std::uint64_t certain[kWords] = {~std::uint64_t{0}, ~std::uint64_t{0}};   // those left certain
  };
  struct Column {
    Interval range;
    std::uint32_t direct = 0;  // in direct_: class by value - range.lo; kNone = search
    std::uint32_t starts = 0;  // in starts_: where the second and later classes begin
    std::uint32_t classes = 1;
    bool singletons = false;  // every class is one value
  };
  // What one fact decides alone in one slice: masks_ from `masks` on by class, then the one for when it is not known.
  struct Decider {
    std::uint32_t column = 0;
    std::uint32_t masks = 0;
  };
  struct Slice {
    Mask start;
    std::vector<Decider> deciders;
  };
  // A program, or a part of it, on one benefit: by the classes of its facts when those determine it, else by evaluation.
  struct Lookup {
    const Program* program = nullptr;
    std::uint32_t begin = 0;
    std::uint32_t end = 0;
    const std::vector<int>* derived = nullptr;
    std::vector<std::pair<std::uint32_t, std::uint32_t>> columns;  // and the stride of each
    std::uint32_t at = 0;                                          // in looked_up_; kNone = evaluate
    BaseSet bases = 0;
  };
  struct Row {
    std::vector<Lookup> checks;  // conditions that rest on several facts
    Lookup pay;
  };
  struct RowColumn {
    std::uint32_t column = 0;
    std::uint32_t masks = 0;  // in row_masks_, by class: the rows it leaves possible
  };
  struct Left {
    std::vector<std::uint32_t> columns;  // by Plan::bases
    std::vector<Lookup> checks;          // parts of criteria that rest on several facts
    std::vector<RowColumn> row_columns;
    std::vector<Row> rows;
    std::vector<std::uint64_t> possible_rows;  // whatever the answers
  };

  void MakeColumns();
  void MakeBenefit(std::size_t benefit);
  Lookup MakeLookup(const Benefit& benefit, const Program& program, const Part& part, bool amount);
  std::uint32_t ClassOf(const Column& column, std::int64_t value) const;
  Interval ValueOf(const Benefit& benefit, const Lookup& lookup, const std::int64_t* values);
  template <bool kComplete>
  std::optional<Error> Rows(const BatchRows& in);
  void OneBenefit(std::size_t benefit, bool certain, const std::int64_t* values, std::uint8_t& verdict, Interval* amount);
  void WithGaps(std::size_t benefit, bool certain, const std::int64_t* values, const std::uint8_t* known, std::uint8_t& verdict, Interval* amount);
  Interval Amount(const Benefit& benefit, const Left& left, const std::int64_t* values);
  Error OutOfRange(std::size_t row, std::size_t column) const;

  const Pack& pack_;
  Assessor assessor_;
  std::vector<int> facts_;
  std::vector<Column> columns_;
  std::vector<std::uint16_t> direct_;
  std::vector<std::int64_t> starts_;
  std::vector<Slice> slices_;
  std::vector<Mask> masks_;
  std::vector<std::uint64_t> reads_;  // by slice and column, kWords each: the benefits that read it
  std::vector<Left> left_;            // by benefit
  std::vector<std::uint64_t> row_masks_;
  std::vector<Interval> looked_up_;

  std::vector<Interval> env_;
  Answers answers_;
  Assessment assessment_;
};

/// The order of the columns and of the benefits: {"format":"km-layout/1","facts":[{"fact","subject","range":[lo,hi]}],"benefits":["id"]}.
Result<json::value> BatchLayout(const Pack& pack, const json::value& input, std::string_view file);

}  // namespace chuncheng
