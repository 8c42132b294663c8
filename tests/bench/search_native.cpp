// Opening, time a query and memory of the search compiled for this machine, for sizes that a page's memory does not hold:
//   search_native FOLDER OUT.json      FOLDER from search_data
#include <algorithm>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <chrono>
#include <iostream>

#include "shared/search/search.h"
#include "shared/tools/files.h"
#include "tests/bench/resident.h"

using namespace chuncheng;

constexpr int kRuns = 3;

double Since(std::chrono::steady_clock::time_point begin) {
  return std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - begin).count();
}

int main(int count, char** arguments) {
  if (count != 3) {
    std::cerr << "search_native FOLDER OUT.json\n";
    return 2;
  }
  const std::string folder = arguments[1];
  std::vector<json::value> queries;
  {
    const auto text = ReadFile(folder + "/queries.json");
    if (!text) return 1;
    const auto asked = json::parse(*text);
    for (const auto& one : asked.at("queries").as_array()) queries.push_back(json::object{{"q", one.at("text")}, {"limit", 10}});
  }
  const auto bytes = ReadFile(folder + "/facilities.db");
  if (!bytes || queries.empty()) return 1;
  const double before = ResidentMiB();
  auto begin = std::chrono::steady_clock::now();
  const auto search = Search::Open(*bytes);
  if (!search || !search->Answer(queries[0], "")) return 1;
  const double opened = Since(begin);
  std::vector<double> times;
  for (const json::value& query : queries) {
    std::vector<double> runs;
    for (int run = 0; run < kRuns; ++run) {
      begin = std::chrono::steady_clock::now();
      if (!search->Answer(query, "")) return 1;
      runs.push_back(Since(begin));
    }
    std::sort(runs.begin(), runs.end());
    times.push_back(runs[kRuns / 2]);
  }
  std::sort(times.begin(), times.end());
  const json::object out = {{"queries", times.size()},        {"opened", opened},
                            {"p50", times[times.size() / 2]}, {"p95", times[times.size() * 95 / 100]},
                            {"most", times.back()},           {"memory", ResidentMiB() - before}};
  std::cout << json::serialize(out) << "\n";
  return WriteFile(arguments[2], json::serialize(out) + "\n") ? 0 : 1;
}
