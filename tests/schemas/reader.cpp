// For run.py: reads documents in place of the pack's own and says what the C++ reader finds. One JSON line in
// ({"kind":"benefit","name":"benefits/x.json","value":…}), one line out ([[code,pointer],…]).
#include <boost/json/serialize.hpp>
#include <iostream>

#include "shared/benefits/check.h"
#include "shared/benefits/city_plan.h"
#include "shared/benefits/estimate.h"
#include "shared/benefits/profile.h"
#include "shared/snapshot/build.h"
#include "shared/tools/files.h"

namespace chuncheng {
namespace {

class Session {
 public:
  explicit Session(const std::string& folder) : files_(ReadPackFolder(folder, problems_)) {
    if (problems_.empty()) pack_ = ReadPack(files_, problems_);
  }
  const Diagnostics& problems() const { return problems_; }

  // Only what the document leans on stands beside it, so that thousands can be read.
  Diagnostics Read(const std::string& kind, const PackFile& document) const {
    Diagnostics out;
    if (kind == "profile") {
      const auto profile = ReadProfile(pack_, document.value, document.name);
      if (!profile) out.push_back(profile.error());
      return out;
    }
    if (kind == "estimate") {
      const auto estimate = EstimateOf(pack_, document.value, document.name);
      if (!estimate) out.push_back(estimate.error());
      return out;
    }
    if (kind == "translations") {
      Diagnostics warnings;
      Translate(files_, {{"en", document}}, out, warnings);
      return out;
    }
    PackFiles files = Bare();
    if (kind == "plan") {
      files.plan = document;
      CheckCityPlan(pack_, files, out);
      return out;
    }
    if (kind == "stacking" || kind == "plan-benefits") {
      files = files_;
      (kind == "stacking" ? files.stacking : files.plan_benefits) = document;
    } else if (kind == "benefit") {
      files.benefits.push_back(document);
    } else if (kind == "scale") {
      files.scales.push_back(document);
    } else {
      (kind == "facts"       ? files.facts
       : kind == "params"    ? files.params
       : kind == "sources"   ? files.sources
       : kind == "districts" ? files.districts
       : kind == "search"    ? files.search
                             : files.pack) = document;
      // The params stay only where they still find their clauses.
      if (kind == "sources") files.params.value = Empty("km-params/1", "params");
      if (kind == "districts" || kind == "search" || kind == "pack") {
        BuildSnapshot(files, {}, {}, out);
        return out;
      }
    }
    const Pack pack = ReadPack(files, out);
    if (kind == "benefit" && out.empty()) CheckPack(pack, files, out);
    return out;
  }

 private:
  static json::value Empty(const char* format, const char* key) {
    return json::object{{"format", format}, {key, std::string_view(key) == "groups" ? json::value(json::array()) : json::value(json::object())}};
  }

  PackFiles Bare() const {
    PackFiles bare = files_;
    bare.benefits.clear();
    bare.scales.clear();
    bare.plan_benefits = {};
    bare.plan = {};
    bare.stacking.value = Empty("km-stacking/1", "groups");
    return bare;
  }

  Diagnostics problems_;
  PackFiles files_;
  Pack pack_;
};

int Run(const std::string& folder) {
  const Session session(folder);
  for (const Error& error : session.problems()) std::cerr << json::serialize(error.ToJson()) << "\n";
  if (!session.problems().empty()) return 1;
  for (std::string line; std::getline(std::cin, line);) {
    auto request = ParseJson(line, "");
    if (!request) return 1;
    json::array found;
    const std::string kind(request->at("kind").get_string());
    for (const Error& error : session.Read(kind, {std::string(request->at("name").get_string()), request->at("value")})) {
      if (error.code == ErrorCode::Unused) continue;  // beside one document alone, most facts and params serve nothing
      found.push_back(json::array{Name(error.code), json::value(error.pointer)});
    }
    std::cout << json::serialize(found) << "\n";
  }
  return 0;
}

}  // namespace
}  // namespace chuncheng

int main(int argc, char** argv) { return argc == 2 ? chuncheng::Run(argv[1]) : 2; }
