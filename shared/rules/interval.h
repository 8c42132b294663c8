// The one value of the evaluator: all integers an expression may still take while answers are missing.
#pragma once
#include <algorithm>
#include <cstdint>

namespace chuncheng {

/// lo == hi: known. lo < hi: open. lo > hi: not published (no amount exists in the sources).
/// Bools are 0/1, dates are days, enums are positions in their list, money is fen.
struct Interval {
  std::int64_t lo = 0;
  std::int64_t hi = 0;

  static constexpr Interval Of(std::int64_t v) { return {v, v}; }
  static constexpr Interval Either() { return {0, 1}; }
  static constexpr Interval Unpublished() { return {1, 0}; }

  constexpr bool Known() const { return lo == hi; }
  constexpr bool Published() const { return lo <= hi; }
  constexpr bool Yes() const { return lo == 1 && hi == 1; }
  constexpr bool No() const { return lo == 0 && hi == 0; }
  friend constexpr bool operator==(Interval, Interval) = default;
};

enum class State : std::uint8_t { No, Open, Yes };
constexpr State StateOf(Interval v) { return v.Yes() ? State::Yes : v.No() ? State::No : State::Open; }

}  // namespace chuncheng
