#include "shared/benefits/check.h"

#include <algorithm>
#include <boost/json/serialize.hpp>
#include <set>

#include "shared/benefits/assess.h"
#include "shared/benefits/city_plan.h"
#include "shared/benefits/household.h"
#include "shared/benefits/leftovers.h"
#include "shared/benefits/table_proof.h"

namespace chuncheng {
namespace {

class Checker {
 public:
  Checker(const Pack& pack, Diagnostics& out) : pack_(pack), out_(out) {}

  void One(const Benefit& benefit, const PackFile& file) {
    const Node root(file.value, file.name, out_);
    TableProof proof(pack_, benefit);
    if (benefit.form == AmountForm::Table) proof.CheckTable(file.name, out_);
    Tests(benefit, root, proof);
  }

 private:
  // What the worked examples of a benefit show.
  struct Seen {
    std::set<std::string> rows;
    std::set<std::string> met;
    std::set<std::string> unmet;
    bool yes = false;
  };

  void Tests(const Benefit& benefit, const Node& root, TableProof& proof) {
    const auto tests = root.Maybe("tests");
    if (!tests || tests->Items().empty()) return root.Report(ErrorCode::TestNone);
    Seen seen;
    std::set<std::string> names;
    bool whole = true;  // an example that cannot be evaluated may be the one that shows what seems missing
    for (const Node& test : tests->Items()) {
      const auto name = test.At("name");
      const auto text = name ? name->String() : std::nullopt;
      if (text && !names.insert(*text).second) name->Report(ErrorCode::NameDuplicate, {{"name", *text}});
      whole = Example(benefit, test, seen) && whole;
    }
    if (!whole) return;
    bool constant = false;
    const auto days = SegmentStarts(pack_, benefit);
    for (std::size_t c = 0; c < benefit.criteria.size(); ++c) {
      const Criterion& criterion = benefit.criteria[c];
      ErrorCode code = ErrorCode::CriterionConstant;
      if (!Constant(benefit, criterion, days)) {
        if (seen.met.contains(criterion.id) && seen.unmet.contains(criterion.id)) continue;
        code = ErrorCode::TestCriterion;
      }
      constant = constant || code == ErrorCode::CriterionConstant;
      out_.push_back({code, root.file(), Join("/criteria", c), 0, {{"name", criterion.id}}});
    }
    if (constant) return;  // the rows are looked at when the criteria can decide something
    if (!seen.yes && !proof.Reachable(-1)) {
      out_.push_back({ErrorCode::CriteriaNever, root.file(), "/criteria", 0, {}});
      return;
    }
    for (std::size_t r = 0; r < benefit.rows.size(); ++r) {
      const Row& row = benefit.rows[r];
      if (seen.rows.contains(row.id)) continue;
      const ErrorCode code = proof.Reachable(static_cast<int>(r)) ? ErrorCode::TestRow : ErrorCode::RowDead;
      out_.push_back({code, root.file(), row.pointer, 0, {{"name", row.id}}});
    }
  }

  // Always met, or never, on every day in force, whatever the answers?
  bool Constant(const Benefit& benefit, const Criterion& criterion, const std::vector<Day>& starts) const {
    const Answers nothing = NoAnswers(pack_.schema);
    std::optional<State> all;
    for (std::size_t i = 0; i < starts.size(); ++i) {
      const Day last = i + 1 < starts.size() ? starts[i + 1] - 1 : std::min(benefit.in_force.hi, pack_.schema.facts[kAsOf].range.hi);
      for (Day day : {starts[i], std::max(starts[i], last)}) {
        const State one = Assessor(pack_, day).AssessCriterion(criterion, nothing);
        if (one == State::Open || (all && *all != one)) return false;
        all = one;
      }
    }
    return true;
  }

  // False when the example cannot be evaluated.
  bool Example(const Benefit& benefit, const Node& test, Seen& seen) {
    if (!test.Object({"name", "as_of", "facts", "expect", "note"})) return false;
    const auto as_of = test.At("as_of");
    const auto facts = test.At("facts");
    const auto expect = test.At("expect");
    if (!as_of || !facts || !expect) return false;
    if (!facts->IsObject()) {
      facts->Members();  // reports
      return false;
    }
    if (!expect->Object({"verdict", "failed", "fen", "days", "amount", "row", "ask", "from", "until", "remedy"})) return false;
    const auto result = EvaluateProfile(pack_, ExampleProfile(pack_, benefit, test.value().get_object()), test.file());
    if (!result) {
      Error error = result.error();
      const std::size_t own = error.pointer.find("/facts/");
      error.pointer = own == std::string::npos ? test.pointer() + error.pointer : test.pointer() + error.pointer.substr(own);
      out_.push_back(std::move(error));
      return false;
    }
    const auto& list = result->at("results").get_array();
    if (list.empty()) {
      Failed(*expect, "verdict", "", "none");
      return false;
    }
    const auto& got = list.front().get_object();
    for (const auto& item : got.at("criteria").get_array()) {
      const std::string id(item.at("id").get_string());
      if (item.at("state") == "yes") seen.met.insert(id);
      if (item.at("state") == "no") seen.unmet.insert(id);
    }
    seen.yes = seen.yes || got.at("verdict") == "yes";
    Same(*expect, "verdict", got.at("verdict"));
    for (const char* key : {"failed", "ask", "from", "until", "remedy"}) {
      if (expect->Maybe(key)) Same(*expect, key, got.contains(key) ? got.at(key) : json::value(nullptr));
    }
    const auto* amount = got.if_contains("amount");
    const auto* reached = amount == nullptr ? nullptr : amount->get_object().if_contains("rows");
    if (reached != nullptr && reached->get_array().size() == 1) seen.rows.insert(std::string(reached->get_array()[0].get_string()));
    if (const auto row = expect->Maybe("row")) {
      Same(*expect, "row", reached != nullptr && reached->get_array().size() == 1 ? reached->get_array()[0] : json::value(nullptr));
    }
    for (const char* key : {"fen", "days"}) {
      if (!expect->Maybe(key)) continue;
      json::array range;
      if (amount != nullptr && amount->get_object().contains("min")) range = {amount->at("min"), amount->at("max")};
      Same(*expect, key, range);
    }
    if (expect->Maybe("amount")) Same(*expect, "amount", amount == nullptr ? json::value(nullptr) : amount->at("kind"));
    return true;
  }

  void Same(const Node& expect, std::string_view key, const json::value& got) {
    const auto want = expect.At(key);
    if (want && want->value() != got) Failed(expect, key, json::serialize(want->value()), json::serialize(got));
  }

  void Failed(const Node& expect, std::string_view key, std::string want, std::string got) {
    out_.push_back({ErrorCode::TestFailed, expect.file(), Join(expect.pointer(), key), 0, {{"want", std::move(want)}, {"found", std::move(got)}}});
  }

  const Pack& pack_;
  Diagnostics& out_;
};

}  // namespace

json::value ExampleProfile(const Pack& pack, const Benefit& benefit, const json::object& test) {
  std::array<json::object, kSubjects.size()> by_kind;
  for (const auto& [name, value] : test.at("facts").get_object()) {
    const auto found = pack.schema.fact_index.find(std::string_view(name.data(), name.size()));
    const Subject kind = found == pack.schema.fact_index.end() ? benefit.subject : pack.schema.facts[static_cast<std::size_t>(found->second)].subject;
    by_kind[static_cast<std::size_t>(kind)][name] = value;
  }
  json::array subjects;
  for (std::size_t k = 0; k < kSubjects.size(); ++k) {
    json::object one;
    one["id"] = kSubjects[k];
    one["kind"] = kSubjects[k];
    one["facts"] = std::move(by_kind[k]);
    subjects.push_back(std::move(one));
  }
  json::object out;
  out["format"] = "km-profile/1";
  out["as_of"] = test.at("as_of");
  out["subjects"] = std::move(subjects);
  out["benefits"] = json::array{json::value(benefit.id)};
  return out;
}

void CheckPack(const Pack& pack, const PackFiles& files, Diagnostics& out) {
  const Node head(files.pack.value, files.pack.name, out);
  if (head.Object({"format", "id", "data_date", "counter", "grace_months", "note"})) {
    head.Format("km-pack/1");
    if (const auto id = head.At("id")) id->String();
    const auto counter = head.At("counter");
    if (counter && counter->Int().value_or(0) < 0) counter->Report(ErrorCode::RangeBad);
    DataDate(files, out);
  }
  Checker checker(pack, out);
  for (std::size_t i = 0; i < pack.benefits.size() && i < files.benefits.size(); ++i) checker.One(pack.benefits[i], files.benefits[i]);
  CheckCityPlan(pack, files, out);
  CheckLeftovers(pack, files, out);
}

}  // namespace chuncheng
