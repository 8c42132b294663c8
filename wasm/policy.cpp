#include "wasm/policy.h"

#include "shared/rules/rule.h"

namespace chuncheng {

std::optional<Pack>& Loaded() {
  static std::optional<Pack> pack;
  return pack;
}

Result<bool> LoadPolicy(const json::value& policy) {
  const auto files = SplitPolicy(policy, "policy.json");
  if (!files) return files.error();
  Diagnostics out;
  Pack pack = ReadPolicy(*files, out);
  if (!out.empty()) return out.front();
  Loaded() = std::move(pack);
  return true;
}

Result<json::value> CallOneOf(std::span<const Entry> calls, const json::value& request) {
  const auto* object = request.if_object();
  if (object == nullptr) return Error{ErrorCode::RequestShape, "", "", 0, {}};
  if (object->contains("rule")) return EvaluateRule(request, "");
  for (const Entry& entry : calls) {
    const auto* input = object->if_contains(json::string_view(entry.key.data(), entry.key.size()));
    if (input == nullptr) continue;
    if (!Loaded()) return Error{ErrorCode::NotLoaded, "", "", 0, {}};
    return entry.run(*Loaded(), *input, "");
  }
  return Error{ErrorCode::RequestShape, "", "", 0, {}};
}

}  // namespace chuncheng
