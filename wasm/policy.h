// What the modules of the policy share: the loaded pack, and calls as a table.
#pragma once
#include <optional>
#include <span>

#include "shared/benefits/pack.h"

namespace chuncheng {

std::optional<Pack>& Loaded();

/// A published policy becomes the loaded pack; after an error the one loaded before stays in use.
Result<bool> LoadPolicy(const json::value& policy);

/// A call is an object with one of these keys; what stands under it goes to the function.
struct Entry {
  std::string_view key;
  Result<json::value> (*run)(const Pack& pack, const json::value& input, std::string_view file);
};
/// {"rule":…,"data":…} needs no policy; everything else is one of `calls`.
Result<json::value> CallOneOf(std::span<const Entry> calls, const json::value& request);

}  // namespace chuncheng
