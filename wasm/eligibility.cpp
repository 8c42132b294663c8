// eligibility.wasm: rules, benefits and assessment scales. Load takes the published policy, Call takes {"eval":profile} or {"rule":…,"data":…}.
#include <optional>

#include "shared/benefits/coverage.h"
#include "shared/benefits/household.h"
#include "shared/rules/rule.h"
#include "shared/scales/score.h"
#include "wasm/abi.h"

namespace chuncheng {
namespace {

std::optional<Pack>& Loaded() {
  static std::optional<Pack> pack;
  return pack;
}

}  // namespace

Result<bool> Load(std::string_view bytes) {
  const auto policy = ParseJson(bytes, "policy.json");
  if (!policy) return policy.error();
  const auto files = SplitPolicy(*policy, "policy.json");
  if (!files) return files.error();
  Diagnostics out;
  Pack pack = ReadPack(*files, out);
  if (!out.empty()) return out.front();  // the pack loaded before stays in use
  Loaded() = std::move(pack);
  return true;
}

namespace {

// A call is an object with one of these keys; what stands under it goes to the function.
struct Entry {
  std::string_view key;
  Result<json::value> (*run)(const Pack& pack, const json::value& input, std::string_view file);
};
constexpr Entry kCalls[] = {
    {"eval", EvaluateProfile},
    {"score", [](const Pack& pack, const json::value& input, std::string_view file) { return ScoreAnswers(pack.scales, input, file); }},
    {"coverage", PlanCoverage},
};

}  // namespace

Result<json::value> Call(const json::value& request) {
  const auto* object = request.if_object();
  if (object == nullptr) return Error{ErrorCode::RequestShape, "", "", 0, {}};
  if (object->contains("rule")) return EvaluateRule(request, "");
  for (const Entry& entry : kCalls) {
    const auto* input = object->if_contains(json::string_view(entry.key.data(), entry.key.size()));
    if (input == nullptr) continue;
    if (!Loaded()) return Error{ErrorCode::NotLoaded, "", "", 0, {}};
    return entry.run(*Loaded(), *input, "");
  }
  return Error{ErrorCode::RequestShape, "", "", 0, {}};
}

}  // namespace chuncheng
