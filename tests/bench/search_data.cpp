// What the benchmarks of the search ask with: COUNT made-up facilities (with DISTRICT only those of it) as a database, their ids in the order the
// right answers are told in, and EACH queries a kind; the rows as JSON for other engines too when they are few enough for these.
#include <algorithm>
#include <boost/json/serialize.hpp>
#include <iostream>
#include <map>

#include "shared/tools/files.h"
#include "tests/search/queries.h"
#include "tests/search/synthetic.h"

using namespace chuncheng;

constexpr std::size_t kFew = 100000;

int main(int count, char** arguments) {
  if (count != 6 && count != 7) {
    std::cerr << "search_data PACK COUNT SEED EACH FOLDER [DISTRICT]\n";
    return 2;
  }
  const std::string pack = arguments[1];
  const auto seed = static_cast<std::uint32_t>(std::stoul(arguments[3]));
  const SyntheticData data = MakeSynthetic(pack, std::stoul(arguments[2]), seed, count == 7 ? arguments[6] : "");
  if (data.database.empty()) return 1;
  Diagnostics out;
  const PackFiles files = ReadPackFolder(pack, out);
  std::map<std::string, std::string> called;  // districts and types by all their names, which the other engines get as a field
  for (const District& district : ReadDistricts(Node(files.districts.value, "", out))) {
    called[district.code] = district.name;
    for (const std::string& word : district.words) called[district.code] += " " + word;
  }
  for (const auto& type : files.search.value.at("types").as_object()) {
    auto& all = called[std::string(type.key())];
    all = std::string(type.value().at("name").at("zh").as_string());
    for (const auto& word : type.value().at("words").as_array()) all += " " + std::string(word.as_string());
  }
  json::array rows;
  std::string ids;
  for (const Facility& one : data.facilities) {
    ids += one.id + "\n";
    if (data.facilities.size() > kFew) continue;
    rows.push_back({{"id", one.id}, {"name", one.name}, {"address", one.address}, {"words", called[one.type] + " " + called[one.district]}});
  }
  json::array queries;
  for (const AskedQuery& query : MakeQueries(data.facilities, data.language, std::stoul(arguments[4]), seed)) {
    std::string right;  // four facilities a hexadecimal digit, the first the lowest bit
    for (std::size_t i = 0; i < query.right.size(); i += 4) {
      unsigned digit = 0;
      for (std::size_t k = i; k < std::min(i + 4, query.right.size()); ++k) digit |= unsigned{query.right[k]} << (k - i);
      right += "0123456789abcdef"[digit];
    }
    queries.push_back({{"kind", query.kind}, {"text", query.text}, {"right", right}});
  }
  json::array kinds;
  for (const QueryKind& kind : kQueryKinds) kinds.push_back({{"kind", json::string(kind.name.data(), kind.name.size())}, {"error", kind.error}});
  const std::string folder = arguments[5];
  const bool written = WriteFile(folder + "/facilities.db", data.database) && WriteFile(folder + "/ids.txt", ids) &&
                       (rows.empty() || WriteFile(folder + "/rows.json", json::serialize(rows))) &&
                       WriteFile(folder + "/queries.json", json::serialize(json::object{{"kinds", kinds}, {"queries", queries}}));
  return written ? 0 : 1;
}
