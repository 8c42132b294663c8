// Where the answers of a program change: the constants its facts are compared with.
#pragma once
#include <optional>

#include "shared/benefits/pack.h"

namespace chuncheng {

/// Between two neighbouring cuts of a fact every comparison with a constant answers the same, so one interval stands for all values between.
Cuts CollectCuts(const Program& program);

/// Those of every criterion and row.
std::vector<const Cuts*> AllCuts(const Benefit& benefit);

/// Smallest value of [lo, hi] from which on `reached` holds, or nothing; `reached` must be monotone.
template <class F>
std::optional<std::int64_t> FirstWhere(std::int64_t lo, std::int64_t hi, F reached) {
  if (!reached(hi)) return std::nullopt;
  while (lo < hi) {
    const std::int64_t middle = lo + (hi - lo) / 2;
    if (reached(middle)) {
      hi = middle;
    } else {
      lo = middle + 1;
    }
  }
  return lo;
}

}  // namespace chuncheng
