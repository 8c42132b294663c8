#include "wasm/abi.h"

#include <emscripten/emscripten.h>

#include <boost/json/serialize.hpp>
#include <cstdlib>

#include "shared/base/json.h"

namespace chuncheng {
namespace {

std::string& Last() {
  static std::string last;
  return last;
}

}  // namespace

int Keep(const Error& error) {
  Last() = boost::json::serialize(error.ToJson());
  return 1;
}

}  // namespace chuncheng

extern "C" {

EMSCRIPTEN_KEEPALIVE std::uint32_t cc_abi_version(void) { return 1; }
EMSCRIPTEN_KEEPALIVE std::uint8_t* cc_alloc(std::size_t n) { return static_cast<std::uint8_t*>(std::malloc(n == 0 ? 1 : n)); }
EMSCRIPTEN_KEEPALIVE void cc_free(std::uint8_t* p) { std::free(p); }
EMSCRIPTEN_KEEPALIVE const char* cc_result(void) { return chuncheng::Last().c_str(); }
EMSCRIPTEN_KEEPALIVE std::size_t cc_result_size(void) { return chuncheng::Last().size(); }

EMSCRIPTEN_KEEPALIVE int cc_load(const std::uint8_t* p, std::size_t n) {
  const auto loaded = chuncheng::Load({reinterpret_cast<const char*>(p), n});
  if (!loaded) return chuncheng::Keep(loaded.error());
  chuncheng::Last() = "{}";
  return 0;
}

EMSCRIPTEN_KEEPALIVE int cc_call(const std::uint8_t* json, std::size_t n) {
  const auto request = chuncheng::ParseJson({reinterpret_cast<const char*>(json), n}, "");
  if (!request) return chuncheng::Keep(request.error());
  const auto answer = chuncheng::Call(*request);
  if (!answer) return chuncheng::Keep(answer.error());
  chuncheng::Last() = boost::json::serialize(*answer);
  return 0;
}
}
