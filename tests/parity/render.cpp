// Messages as ICU renders them: [{"text","language","args"}…] on stdin, the sentences as a JSON array on stdout.
#include <boost/json/serialize.hpp>
#include <iostream>
#include <iterator>

#include "shared/base/json.h"
#include "shared/tools/messages.h"

int main() {
  using namespace chuncheng;
  const std::string text{std::istreambuf_iterator<char>(std::cin), {}};
  const auto cases = ParseJson(text, "stdin");
  if (!cases || !cases->is_array()) return 2;
  json::array out;
  for (const auto& one : cases->get_array()) {
    TextArgs args;
    for (const auto& [name, value] : one.at("args").as_object()) {
      args.emplace_back(name, value.is_string() ? std::string(value.get_string()) : json::serialize(value));
    }
    const auto said = Render(std::string(one.at("text").as_string()), std::string(one.at("language").as_string()), args);
    out.emplace_back(said ? json::value(*said) : json::value());
  }
  std::cout << json::serialize(out) << "\n";
  return 0;
}
