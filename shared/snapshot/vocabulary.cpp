#include "shared/snapshot/vocabulary.h"

#include <algorithm>
#include <array>

#include "shared/snapshot/facility.h"
#include "shared/snapshot/language.h"

namespace chuncheng {
namespace {

constexpr std::array<std::string_view, 8> kPhrases = {"near", "beds", "public", "private", "at_most", "below", "money", "filler"};

}  // namespace

Vocabulary ReadVocabulary(const Node& root) {
  Vocabulary out;
  if (!root.Object({"format", "types", "needs", "phrases", "readings"}) || !root.Format("km-search/1")) return out;
  if (const auto types = root.At("types")) {
    for (const auto& [code, node] : types->Members()) {
      FacilityType type{code, "", {}};
      if (std::find(kFacilityTypes.begin(), kFacilityTypes.end(), code) == kFacilityTypes.end()) node.Report(ErrorCode::EnumValue, {{"value", code}});
      if (!node.Object({"name", "words"})) continue;
      if (const auto name = node.At("name"); name && name->Text()) type.name = std::string(name->value().at("zh").get_string());
      if (const auto words = node.At("words")) type.words = ReadWords(*words);
      out.types.push_back(std::move(type));
    }
  }
  if (const auto needs = root.At("needs")) {
    for (const auto& [code, node] : needs->Members()) {
      Need need{code, "", {}, {}};
      if (!node.Object({"name", "words", "types"})) continue;
      if (const auto name = node.At("name"); name && name->Text()) need.name = std::string(name->value().at("zh").get_string());
      if (const auto words = node.At("words")) need.words = ReadWords(*words);
      for (const Node& type : node.At("types") ? node.At("types")->Items() : std::vector<Node>{}) {
        need.types.push_back(type.String().value_or(""));
        if (std::find(kFacilityTypes.begin(), kFacilityTypes.end(), need.types.back()) == kFacilityTypes.end()) {
          type.Report(ErrorCode::EnumValue, {{"value", need.types.back()}});
        }
      }
      out.needs.push_back(std::move(need));
    }
  }
  if (const auto phrases = root.At("phrases");
      phrases && phrases->Object({"near", "beds", "public", "private", "at_most", "below", "money", "filler"})) {
    for (const std::string_view kind : kPhrases) {
      if (const auto words = phrases->At(kind)) out.phrases[std::string(kind)] = ReadWords(*words);
    }
  }
  if (const auto readings = root.At("readings")) {
    for (const auto& [syllable, node] : readings->Members()) out.readings[syllable] = DecodeUtf8(node.String().value_or(""));
  }
  return out;
}

}  // namespace chuncheng
