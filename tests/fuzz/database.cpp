// Hostile databases: the published one with bytes of the input over its own, or the input alone. Each edit is three bytes of place and one of value.
#include "shared/search/search.h"
#include "tests/fuzz/fuzz.h"
#include "tests/fuzz/snapshot.h"

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace chuncheng;
  if (size == 0) return 0;
  std::string bytes(reinterpret_cast<const char*>(data + 1), size - 1);
  if (data[0] % 8 != 0) {
    const std::string edits = std::move(bytes);
    bytes = KunmingDatabase();
    for (std::size_t at = 0; at + 4 <= edits.size(); at += 4) {
      const auto byte = [&](std::size_t i) { return static_cast<std::size_t>(static_cast<unsigned char>(edits[at + i])); };
      bytes[(byte(0) << 16 | byte(1) << 8 | byte(2)) % bytes.size()] = edits[at + 3];
    }
    // Some are cut short.
    if (data[0] % 8 == 1) bytes.resize(bytes.size() * data[0] / 256);
  }
  auto search = Search::Open(bytes);
  if (!search) {
    Must(search.error().code == ErrorCode::DatabaseBad, "a bad database is called one");
    return 0;
  }
  // A bad row may come to light only now: an error value again, never worse.
  for (const char* query : {R"({"q":"官渡区 养老院"})", R"({"q":"gdyly","near":{"lat":25.04,"lon":102.71}})", R"({"suggest":"敬老"})"}) {
    const auto answer = search->Answer(*ParseJson(query, ""), "");
    if (!answer) Must(answer.error().code == ErrorCode::DatabaseBad, "a bad database is called one");
  }
  (void)search->Add({std::string_view(bytes)});
  return 0;
}
