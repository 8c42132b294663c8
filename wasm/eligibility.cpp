// eligibility.wasm: what a first visit needs. Load takes the published policy, Call takes {"eval":profile} or {"rule":…,"data":…}.
#include "shared/benefits/household.h"
#include "wasm/abi.h"
#include "wasm/policy.h"

namespace chuncheng {

Result<bool> Load(std::string_view bytes) {
  const auto policy = ParseJson(bytes, "policy.json");
  return policy ? LoadPolicy(*policy) : Result<bool>(policy.error());
}

Result<json::value> Call(const json::value& request) {
  static constexpr Entry kCalls[] = {{"eval", EvaluateProfile}};
  return CallOneOf(kCalls, request);
}

}  // namespace chuncheng
