// A search: the input is a query document, or the words of one.
#include "shared/search/search.h"
#include "tests/fuzz/fuzz.h"
#include "tests/fuzz/snapshot.h"

namespace {

using namespace chuncheng;

const Search& Loaded() {
  static const Search search = [] {
    auto opened = Search::Open(KunmingDatabase());
    Must(static_cast<bool>(opened), "the published database opens");
    return std::move(*opened);
  }();
  return search;
}

std::size_t CodePoints(std::string_view text) {
  std::size_t count = 0;
  for (const char byte : text) count += (static_cast<unsigned char>(byte) & 0xC0) != 0x80;
  return count;
}

void CheckHits(const json::value& answer) {
  const auto* hits = answer.as_object().if_contains("hits");
  if (hits == nullptr) return;
  Must(answer.at("total").to_number<std::int64_t>() >= static_cast<std::int64_t>(hits->as_array().size()), "there are at least as many as are shown");
  for (const auto& hit : hits->as_array()) {
    const auto* marks = hit.as_object().if_contains("highlight");
    if (marks == nullptr) continue;
    const auto length = static_cast<std::int64_t>(CodePoints(std::string_view(hit.at("name").as_string())));
    for (const auto& mark : marks->as_array()) {
      const auto begin = mark.at(0).to_number<std::int64_t>();
      const auto end = mark.at(1).to_number<std::int64_t>();
      Must(0 <= begin && begin < end && end <= length, "what is marked lies in the name");
    }
  }
}

}  // namespace

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  auto query = ParseJson(bytes, "input");
  if (!query) {
    // Words as somebody types them.
    query = ParseJson(json::serialize(json::value(json::object{{"q", bytes}})), "input");
    if (!query) return 0;  // not UTF-8
  }
  if (const auto answer = Twice([&] { return Loaded().Answer(*query, "input"); })) CheckHits(*answer);
  return 0;
}
