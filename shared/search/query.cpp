#include "shared/search/query.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "shared/snapshot/facility.h"
#include "shared/snapshot/language.h"

namespace chuncheng {
namespace {

constexpr std::size_t kLongestQuery = 100;  // characters
constexpr std::array<std::string_view, 4> kSorts = {"relevance", "distance", "beds", "name"};

std::set<std::string> OneOfEach(const Node& root, std::string_view key, const std::vector<std::string_view>& known) {
  std::set<std::string> out;
  const auto node = root.Maybe(key);
  if (!node) return out;
  std::string want;
  for (std::string_view name : known) want += (want.empty() ? "" : ", ") + std::string(name);
  for (const Node& item : node->Items()) {
    const auto value = item.String();
    if (!value) continue;
    if (std::find(known.begin(), known.end(), *value) == known.end()) item.Report(ErrorCode::ValueBad, {{"value", *value}, {"want", want}});
    out.insert(*value);
  }
  return out;
}

std::optional<std::int64_t> Bounded(const Node& root, std::string_view key, std::int64_t low, std::int64_t high) {
  const auto node = root.Maybe(key);
  const auto value = node ? node->Int() : std::nullopt;
  if (value && (*value < low || *value > high)) node->Report(ErrorCode::RangeBad);
  return value;
}

std::optional<std::int64_t> Degrees(const Node& near, std::string_view key, double limit) {
  const auto node = near.At(key);
  const auto value = node ? node->Number() : std::nullopt;
  if (!value) return std::nullopt;
  if (!(std::fabs(*value) <= limit)) {
    node->Report(ErrorCode::RangeBad);
    return std::nullopt;
  }
  return std::llround(*value * 1e6);
}

}  // namespace

std::string CheckedText(const Node& node) {
  std::string text = node.String().value_or("");
  if (DecodeUtf8(text).size() > kLongestQuery) {
    node.Report(ErrorCode::QueryLong, {{"want", std::to_string(kLongestQuery)}});
    text.clear();
  }
  return text;
}

Wanted ReadQuery(const Node& root, const std::vector<std::string_view>& districts) {
  Wanted out;
  if (!root.Object({"q", "kind", "literal", "district", "type", "stage", "beds_min", "near", "sort", "offset", "limit"})) return out;
  if (const auto text = root.Maybe("q")) out.text = CheckedText(*text);
  if (const auto literal = root.Maybe("literal")) {
    for (const Node& text : literal->Items()) out.literal.push_back(CheckedText(text));
  }
  if (root.Maybe("kind")) out.kinds = OneOfEach(root, "kind", {kKinds.begin(), kKinds.end()});
  out.districts = OneOfEach(root, "district", districts);
  out.types = OneOfEach(root, "type", {kFacilityTypes.begin(), kFacilityTypes.end()});
  out.stages = OneOfEach(root, "stage", {kStages.begin(), kStages.end()});
  out.beds_min = Bounded(root, "beds_min", 0, 1000000);
  out.offset = Bounded(root, "offset", 0, 1000000).value_or(0);
  out.limit = Bounded(root, "limit", 1, 100).value_or(20);
  if (const auto near = root.Maybe("near"); near && near->Object({"lat", "lon", "within_m"})) {
    const auto lat = Degrees(*near, "lat", 90);
    const auto lon = Degrees(*near, "lon", 180);
    out.near = Near{lat.value_or(0), lon.value_or(0), Bounded(*near, "within_m", 0, 1000000)};
  }
  if (const auto sort = root.Maybe("sort")) {
    if (const auto index = sort->OneOf({kSorts[0], kSorts[1], kSorts[2], kSorts[3]})) out.sort = kSorts[*index];
  }
  return out;
}

}  // namespace chuncheng
