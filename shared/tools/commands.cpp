#include "shared/tools/commands.h"

#include <boost/json/serialize.hpp>
#include <iostream>

#include "shared/tools/messages.h"

namespace chuncheng {

int Conclude(const Result<json::value>& answer, bool raw, const std::function<void(const json::value&)>& print) {
  if (!answer) {
    if (raw) std::cout << json::serialize(answer.error().ToJson()) << "\n";
    std::cerr << Text(answer.error()) << "\n";
    return kInputErrors;
  }
  if (raw) {
    std::cout << json::serialize(*answer) << "\n";
  } else {
    print(*answer);
  }
  return 0;
}

}  // namespace chuncheng
