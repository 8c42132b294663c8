// eligibility.wasm: rules and benefits. Load takes the published policy, Call takes {"eval":profile} or {"rule":…,"data":…}.
#include <optional>

#include "shared/benefits/household.h"
#include "shared/rules/rule.h"
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

Result<json::value> Call(const json::value& request) {
  const auto* object = request.if_object();
  if (object == nullptr) return Error{ErrorCode::RequestShape, "", "", 0, {}};
  if (object->contains("rule")) return EvaluateRule(request, "");
  const auto* profile = object->if_contains("eval");
  if (profile == nullptr) return Error{ErrorCode::RequestShape, "", "", 0, {}};
  if (!Loaded()) return Error{ErrorCode::NotLoaded, "", "", 0, {}};
  return EvaluateProfile(*Loaded(), *profile, "");
}

}  // namespace chuncheng
