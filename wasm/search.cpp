// search.wasm: facility search. Load takes the bytes of a facilities database, or of a part beside the one it has; Call takes a query.
#include "shared/search/search.h"

#include <optional>

#include "wasm/abi.h"

namespace chuncheng {
namespace {

std::optional<Search>& Loaded() {
  static std::optional<Search> search;
  return search;
}

}  // namespace

Result<bool> Load(std::string_view bytes) {
  if (Loaded() && Search::IsPart(bytes)) return Loaded()->Add({bytes});
  auto search = Search::Open(bytes);
  if (!search) return search.error();  // the data loaded before stays in use
  Loaded() = std::move(*search);
  return true;
}

Result<json::value> Call(const json::value& request) {
  if (!Loaded()) return Error{ErrorCode::NotLoaded, "", "", 0, {}};
  return Loaded()->Answer(request, "");
}

}  // namespace chuncheng
