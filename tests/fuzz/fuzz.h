// What the fuzz targets share: a property that does not hold ends the run, as a crash does.
#pragma once
#include <boost/json/serialize.hpp>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string_view>

#include "shared/base/json.h"

namespace chuncheng {

inline void Must(bool holds, const char* what) {
  if (holds) return;
  std::fprintf(stderr, "does not hold: %s\n", what);
  std::abort();
}

/// The document in the input, if it is one.
inline std::optional<json::value> DocumentOf(std::string_view bytes) {
  auto value = ParseJson(bytes, "input");
  if (!value) {
    Must(!value.error().file.empty(), "an error names its file");
    return std::nullopt;
  }
  return std::move(*value);
}

/// The same call twice gives the same bytes, and an error has a name.
template <class Call>
std::optional<json::value> Twice(const Call& call) {
  auto first = call();
  const auto second = call();
  Must(static_cast<bool>(first) == static_cast<bool>(second), "the same call gives the same kind of answer");
  if (!first) {
    Must(!Name(first.error().code).empty(), "an error has a name");
    Must(first.error().code == second.error().code && first.error().pointer == second.error().pointer, "the same call gives the same error");
    return std::nullopt;
  }
  Must(json::serialize(*first) == json::serialize(*second), "the same call gives the same answer");
  return std::move(*first);
}

}  // namespace chuncheng

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);
