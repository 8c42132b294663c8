#include "shared/benefits/check.h"

#include <algorithm>
#include <boost/json/serialize.hpp>
#include <set>

#include "shared/benefits/assess.h"
#include "shared/benefits/household.h"

namespace chuncheng {
namespace {

constexpr std::size_t kMostInputs = 200000;

std::string Describe(const Schema& schema, int fact, Interval values) {
  const Fact& f = schema.facts[static_cast<std::size_t>(fact)];
  auto text = [&](std::int64_t v) {
    const json::value value = WriteValue(v, f.type, schema);
    return value.is_string() ? std::string(value.get_string()) : json::serialize(value);
  };
  return f.name + "=" + text(values.lo) + (values.Known() ? "" : ".." + text(values.hi));
}

class Checker {
 public:
  Checker(const Pack& pack, Diagnostics& out) : pack_(pack), out_(out) {}

  void One(const Benefit& benefit, const PackFile& file) {
    const Node root(file.value, file.name, out_);
    if (benefit.form == AmountForm::Table) Table(benefit, root);
    Tests(benefit, root);
  }

 private:
  // Every combination of input classes that the criteria may let through meets exactly one row.
  void Table(const Benefit& benefit, const Node& root) {
    const Assessor assessor(pack_, benefit.in_force.lo);
    std::vector<std::vector<Interval>> classes;
    std::size_t combinations = 1;
    for (int input : benefit.inputs) {
      classes.push_back(assessor.ClassesOf(benefit, input));
      combinations *= classes.back().size();
      if (combinations > kMostInputs) return root.Report(ErrorCode::TableTooWide);
    }
    std::set<std::pair<int, int>> overlaps;
    bool gap = false;
    for (std::size_t index = 0; index < combinations; ++index) {
      std::vector<Interval> inputs;
      std::size_t rest = index;
      for (const auto& one : classes) {
        inputs.push_back(one[rest % one.size()]);
        rest /= one.size();
      }
      bool excluded = false;
      const auto rows = assessor.RowsFor(benefit, inputs, excluded);
      if (excluded) continue;
      std::string where;
      for (std::size_t i = 0; i < inputs.size(); ++i) where += (i == 0 ? "" : ", ") + Describe(pack_.schema, benefit.inputs[i], inputs[i]);
      if (rows.empty() && !gap) {
        gap = true;
        out_.push_back({ErrorCode::TableGap, root.file(), "/amount/rows", 0, {{"where", where}}});
      }
      if (rows.size() > 1 && overlaps.emplace(rows[0], rows[1]).second) {
        out_.push_back({ErrorCode::TableOverlap,
                        root.file(),
                        benefit.rows[static_cast<std::size_t>(rows[1])].pointer,
                        0,
                        {{"first", benefit.rows[static_cast<std::size_t>(rows[0])].id},
                         {"second", benefit.rows[static_cast<std::size_t>(rows[1])].id},
                         {"where", where}}});
      }
    }
  }

  void Tests(const Benefit& benefit, const Node& root) {
    const auto tests = root.Maybe("tests");
    if (!tests || tests->Items().empty()) return root.Report(ErrorCode::TestNone);
    std::set<std::string> rows;
    std::set<std::string> met;
    std::set<std::string> unmet;
    std::vector<Day> days = {benefit.in_force.lo};
    for (const Node& test : tests->Items()) {
      if (const auto as_of = test.Maybe("as_of"); as_of && as_of->value().is_string()) {
        if (const auto day = ParseDay(std::string_view(as_of->value().get_string()))) days.push_back(*day);
      }
      Example(benefit, test, rows, met, unmet);
    }
    for (const Row& row : benefit.rows) {
      if (!rows.contains(row.id)) out_.push_back({ErrorCode::TestRow, root.file(), row.pointer, 0, {{"name", row.id}}});
    }
    for (std::size_t c = 0; c < benefit.criteria.size(); ++c) {
      const Criterion& criterion = benefit.criteria[c];
      const std::string pointer = Join("/criteria", c);
      if (!met.contains(criterion.id) || !unmet.contains(criterion.id)) {
        out_.push_back({ErrorCode::TestCriterion, root.file(), pointer, 0, {{"name", criterion.id}}});
      }
      const Answers nothing = NoAnswers(pack_.schema);
      const bool constant =
          std::all_of(days.begin(), days.end(), [&](Day day) { return Assessor(pack_, day).AssessCriterion(criterion, nothing) != State::Open; });
      if (constant) out_.push_back({ErrorCode::CriterionConstant, root.file(), pointer, 0, {{"name", criterion.id}}});
    }
  }

  void Example(const Benefit& benefit, const Node& test, std::set<std::string>& rows, std::set<std::string>& met, std::set<std::string>& unmet) {
    if (!test.Object({"name", "as_of", "facts", "expect", "note"})) return;
    if (const auto name = test.Maybe("name")) name->String();
    const auto as_of = test.At("as_of");
    const auto facts = test.At("facts");
    const auto expect = test.At("expect");
    if (!as_of || !facts || !expect || !expect->Object({"verdict", "failed", "fen", "days", "amount", "row", "ask", "from", "until", "remedy"}))
      return;
    const auto result = EvaluateProfile(pack_, ProfileOf(benefit, as_of->value(), *facts), test.file());
    if (!result) {
      Error error = result.error();
      error.pointer = facts->pointer();
      out_.push_back(std::move(error));
      return;
    }
    const auto& list = result->at("results").get_array();
    if (list.empty()) return Failed(*expect, "verdict", "", "none");
    const auto& got = list.front().get_object();
    for (const auto& item : got.at("criteria").get_array()) {
      const std::string id(item.at("id").get_string());
      if (item.at("state") == "yes") met.insert(id);
      if (item.at("state") == "no") unmet.insert(id);
    }
    Same(*expect, "verdict", got.at("verdict"));
    for (const char* key : {"failed", "ask", "from", "until", "remedy"}) {
      if (expect->Maybe(key)) Same(*expect, key, got.contains(key) ? got.at(key) : json::value(nullptr));
    }
    const auto* amount = got.if_contains("amount");
    const auto* reached = amount == nullptr ? nullptr : amount->get_object().if_contains("rows");
    if (reached != nullptr && reached->get_array().size() == 1) rows.insert(std::string(reached->get_array()[0].get_string()));
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
  }

  // One person of each kind; each fact goes to the kind that owns it.
  json::value ProfileOf(const Benefit& benefit, const json::value& as_of, const Node& facts) const {
    std::array<json::object, kSubjects.size()> by_kind;
    for (const auto& [name, value] : facts.Members()) {
      const auto found = pack_.schema.fact_index.find(name);
      const Subject kind =
          found == pack_.schema.fact_index.end() ? benefit.subject : pack_.schema.facts[static_cast<std::size_t>(found->second)].subject;
      by_kind[static_cast<std::size_t>(kind)][name] = value.value();
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
    out["as_of"] = as_of;
    out["subjects"] = std::move(subjects);
    out["benefits"] = json::array{json::value(benefit.id)};
    return out;
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

void CheckPack(const Pack& pack, const PackFiles& files, Diagnostics& out) {
  Checker checker(pack, out);
  for (std::size_t i = 0; i < pack.benefits.size() && i < files.benefits.size(); ++i) checker.One(pack.benefits[i], files.benefits[i]);
}

}  // namespace chuncheng
