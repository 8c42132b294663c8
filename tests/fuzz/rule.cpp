// A rule with its data: {"rule":…,"data":…}.
#include "shared/rules/rule.h"

#include "tests/fuzz/fuzz.h"

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace chuncheng;
  const auto request = DocumentOf({reinterpret_cast<const char*>(data), size});
  if (request) Twice([&] { return EvaluateRule(*request, "input"); });
  return 0;
}
