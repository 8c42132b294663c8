// The query of docs/interfaces.md section 6, checked.
#pragma once
#include <array>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "shared/base/json.h"

namespace chuncheng {

constexpr std::array<std::string_view, 5> kKinds = {"facility", "benefit", "plan", "indicator", "source"};

struct Near {
  std::int64_t lat = 0, lon = 0;  ///< degrees × 10⁶
  std::optional<std::int64_t> within_m;
};

struct Wanted {
  std::string text;
  std::vector<std::string> literal;
  std::set<std::string> kinds = {"facility"};
  std::set<std::string> districts, types, stages;  ///< empty = all
  std::optional<std::int64_t> beds_min;
  std::optional<Near> near;
  std::optional<std::string_view> sort;
  std::int64_t offset = 0;
  std::int64_t limit = 20;
};

/// Reports into the node's diagnostics what does not fit: the errors of reading JSON, QueryLong, ValueBad, RangeBad.
Wanted ReadQuery(const Node& root, const std::vector<std::string_view>& districts);
/// A text of at most 100 characters; QueryLong.
std::string CheckedText(const Node& node);

}  // namespace chuncheng
