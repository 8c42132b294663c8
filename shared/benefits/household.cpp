#include "shared/benefits/household.h"

#include <algorithm>
#include <set>

#include "shared/benefits/assess.h"

namespace chuncheng {
namespace {

struct Person {
  std::string id;
  Subject kind = Subject::Household;
  std::vector<std::pair<int, std::int64_t>> facts;
};

struct Profile {
  Day as_of = 0;
  std::vector<Person> people;
  bool institution = false;
  std::vector<bool> wanted;  // by benefit
};

std::optional<Profile> ReadProfile(const Pack& pack, const Node& root) {
  Profile profile;
  if (!root.Object({"format", "as_of", "subjects", "benefits"}) || !root.Format("km-profile/1")) return std::nullopt;
  const auto as_of = root.At("as_of");
  const auto day = as_of ? as_of->Date() : std::nullopt;
  if (!day) return std::nullopt;
  const Interval years = pack.schema.facts[kAsOf].range;
  if (*day < years.lo || *day > years.hi) as_of->Report(ErrorCode::RangeBad);
  profile.as_of = *day;
  std::set<std::string> ids;
  const auto subjects = root.At("subjects");
  if (!subjects) return std::nullopt;
  bool household = false;
  for (const Node& item : subjects->Items()) {
    if (!item.Object({"id", "kind", "facts"})) continue;
    Person person;
    const auto id = item.At("id");
    const auto kind = item.At("kind");
    const auto index = kind ? kind->OneOf({kSubjects[0], kSubjects[1], kSubjects[2], kSubjects[3], kSubjects[4]}) : std::nullopt;
    if (!id || !index) continue;
    person.id = id->String().value_or("");
    person.kind = static_cast<Subject>(*index);
    bool* single = person.kind == Subject::Household ? &household : person.kind == Subject::Institution ? &profile.institution : nullptr;
    if (person.id.empty() || !ids.insert(person.id).second || (single != nullptr && *single)) {
      item.Report(ErrorCode::ProfileSubject, {{"name", person.id}});
    }
    if (single != nullptr) *single = true;
    const auto facts = item.At("facts");
    if (!facts) continue;
    for (const auto& [name, value] : facts->Members()) {
      const auto found = pack.schema.fact_index.find(name);
      if (found == pack.schema.fact_index.end() || found->second == kAsOf) {
        value.Report(ErrorCode::FactUnknown, {{"name", name}, {"suggest", Nearest(name, pack.schema.FactNames())}});
        continue;
      }
      const Fact& fact = pack.schema.facts[static_cast<std::size_t>(found->second)];
      const auto answer = ReadValue(value.value(), fact.type, pack.schema, &fact.range);
      if (fact.derive) {
        value.Report(ErrorCode::FactDerived, {{"name", name}});
      } else if (fact.subject != person.kind) {
        value.Report(
            ErrorCode::FactSubject,
            {{"name", name}, {"subject", std::string(kSubjects[static_cast<std::size_t>(fact.subject)])}, {"want", std::string(kSubjects[*index])}});
      } else if (!answer) {
        value.Report(ErrorCode::ProfileValue, {{"name", name}, {"want", pack.schema.Describe(fact.type)}});
      } else {
        person.facts.emplace_back(found->second, *answer);
      }
    }
    profile.people.push_back(std::move(person));
  }
  if (!household) profile.people.push_back({"household", Subject::Household, {}});
  profile.wanted.assign(pack.benefits.size(), true);
  if (const auto benefits = root.Maybe("benefits")) {
    profile.wanted.assign(pack.benefits.size(), false);
    for (const Node& item : benefits->Items()) {
      const auto id = item.String();
      const int index = id ? pack.FindBenefit(*id) : -1;
      if (index >= 0) {
        profile.wanted[static_cast<std::size_t>(index)] = true;
      } else if (id) {
        item.Report(ErrorCode::BenefitUnknown, {{"name", *id}});
      }
    }
  }
  return root.diagnostics().empty() ? std::optional(std::move(profile)) : std::nullopt;
}

std::string_view Text(State state) { return state == State::Yes ? "yes" : state == State::No ? "no" : "open"; }

json::array Names(const Schema& schema, const std::vector<int>& facts) {
  json::array out;
  for (int fact : facts) out.emplace_back(schema.facts[static_cast<std::size_t>(fact)].name);
  return out;
}

struct Question {
  std::size_t person;
  int fact;
  int uses;
};

class Report {
 public:
  Report(const Pack& pack, const Profile& profile) : pack_(pack), profile_(profile), assessor_(pack, profile.as_of) {}

  json::value Run() {
    json::array results;
    for (std::size_t b = 0; b < pack_.benefits.size(); ++b) {
      const Benefit& benefit = pack_.benefits[b];
      if (!profile_.wanted[b] || (benefit.reads_institution && !profile_.institution)) continue;
      for (std::size_t p = 0; p < profile_.people.size(); ++p) {
        if (profile_.people[p].kind == benefit.subject) results.push_back(One(b, p));
      }
    }
    json::object out;
    out["format"] = "km-result/1";
    out["as_of"] = FormatDay(profile_.as_of);
    out["results"] = std::move(results);
    out["ask"] = Ask();
    out["stacking"] = Stacking();
    return out;
  }

 private:
  Answers AnswersOf(std::size_t person) const {
    Answers answers = NoAnswers(pack_.schema);
    for (std::size_t p = 0; p < profile_.people.size(); ++p) {
      if (p != person && !Singleton(profile_.people[p].kind)) continue;
      for (const auto& [fact, value] : profile_.people[p].facts) answers[static_cast<std::size_t>(fact)] = Interval::Of(value);
    }
    return answers;
  }

  json::value One(std::size_t index, std::size_t person) {
    const Benefit& benefit = pack_.benefits[index];
    const Answers answers = AnswersOf(person);
    const Assessment result = assessor_.Assess(benefit, answers);
    const Schema& schema = pack_.schema;
    json::object out;
    out["benefit"] = benefit.id;
    out["subject"] = profile_.people[person].id;
    out["verdict"] = Text(result.verdict);
    json::array failed;
    json::array criteria;
    json::array remedies;
    json::object force;
    force["id"] = "in_force";
    force["state"] = Text(result.in_force);
    criteria.push_back(std::move(force));
    if (result.in_force == State::No) failed.emplace_back("in_force");
    bool confirm = pack_.ToConfirm(benefit.in_force_cite);
    for (std::size_t c = 0; c < benefit.criteria.size(); ++c) {
      const Criterion& criterion = benefit.criteria[c];
      json::object one;
      one["id"] = criterion.id;
      one["state"] = Text(result.criteria[c]);
      if (result.criteria[c] == State::Open) {
        std::vector<int> open;
        for (int base : criterion.when.bases) {
          if (!answers[static_cast<std::size_t>(base)].Known()) open.push_back(base);
        }
        one["facts"] = Names(schema, open);
      }
      criteria.push_back(std::move(one));
      if (result.criteria[c] == State::No) {
        failed.emplace_back(criterion.id);
        if (assessor_.CanRemedy(criterion, answers)) remedies.emplace_back(criterion.id);
      }
      // A refusal rests on what failed; anything else on all clauses.
      if (result.verdict != State::No || result.criteria[c] == State::No) confirm = confirm || pack_.ToConfirm(criterion.cite);
    }
    out["failed"] = std::move(failed);
    out["criteria"] = std::move(criteria);
    if (result.verdict != State::No) out["amount"] = Amount(benefit, result, confirm);
    out["ask"] = Names(schema, result.ask);
    for (int fact : result.ask) Count(person, fact);
    if (result.verdict == State::Yes) {
      if (const auto until = LastYes(pack_, benefit, answers, profile_.as_of)) out["until"] = FormatDay(*until);
    } else if (const auto from = NextYes(pack_, benefit, answers, profile_.as_of)) {
      out["from"] = FormatDay(*from);
    }
    if (!remedies.empty()) out["remedy"] = std::move(remedies);
    out["to_confirm"] = confirm;
    if (result.verdict != State::No) open_.emplace_back(index, person);
    return out;
  }

  json::value Amount(const Benefit& benefit, const Assessment& result, bool& confirm) {
    json::object out;
    json::array cites;
    auto cite = [&](const std::vector<std::string>& list) {
      confirm = confirm || pack_.ToConfirm(list);
      for (const std::string& one : list) {
        if (std::find(cites.begin(), cites.end(), json::value(one)) == cites.end()) cites.emplace_back(one);
      }
    };
    if (benefit.form != AmountForm::Table || !result.amount.published) {
      out["kind"] = benefit.form == AmountForm::InKind ? "in_kind" : "unpublished";
      cite(benefit.amount_cite);
    } else {
      out["kind"] = kPayKinds[static_cast<std::size_t>(benefit.kind)];
    }
    json::array rows;
    std::string per;
    for (int index : result.amount.rows) {
      const Row& row = benefit.rows[static_cast<std::size_t>(index)];
      rows.emplace_back(row.id);
      const std::string& own = row.per.empty() ? benefit.per : row.per;
      per = per.empty() || per == own ? own : "mixed";
      cite(row.cite);
      for (const Instr& instr : row.pay.program.code) {
        if (instr.op != Op::Param) continue;
        if (const auto* list = pack_.schema.SlotCites(pack_.schema.slots[static_cast<std::size_t>(instr.imm)], profile_.as_of)) cite(*list);
      }
    }
    out["per"] = per.empty() ? benefit.per : per;
    if (result.amount.published) {
      out["min"] = result.amount.range.lo;
      out["max"] = result.amount.range.hi;
      if (result.amount.unpublished) out["partly_unpublished"] = true;
    }
    if (!rows.empty()) out["rows"] = std::move(rows);
    out["cite"] = std::move(cites);
    return out;
  }

  void Count(std::size_t person, int fact) {
    const Subject owner = pack_.schema.facts[static_cast<std::size_t>(fact)].subject;
    if (owner != profile_.people[person].kind) {
      for (std::size_t p = 0; p < profile_.people.size(); ++p) {
        if (profile_.people[p].kind == owner) person = p;
      }
    }
    for (Question& question : questions_) {
      if (question.person == person && question.fact == fact) {
        ++question.uses;
        return;
      }
    }
    questions_.push_back({person, fact, 1});
  }

  // Person by person, first what serves most benefits for the least effort.
  json::array Ask() {
    std::stable_sort(questions_.begin(), questions_.end(), [&](const Question& a, const Question& b) {
      if (a.person != b.person) return a.person < b.person;
      const int effort_a = pack_.schema.facts[static_cast<std::size_t>(a.fact)].effort;
      const int effort_b = pack_.schema.facts[static_cast<std::size_t>(b.fact)].effort;
      return a.uses * effort_b > b.uses * effort_a;
    });
    json::array out;
    for (const Question& question : questions_) {
      json::object one;
      one["subject"] = profile_.people[question.person].id;
      one["fact"] = pack_.schema.facts[static_cast<std::size_t>(question.fact)].name;
      out.push_back(std::move(one));
    }
    return out;
  }

  json::array Stacking() const {
    json::array out;
    for (const StackingGroup& group : pack_.stacking) {
      for (std::size_t p = 0; p < profile_.people.size(); ++p) {
        json::array members;
        for (int member : group.members) {
          if (std::find(open_.begin(), open_.end(), std::pair(static_cast<std::size_t>(member), p)) != open_.end()) {
            members.emplace_back(pack_.benefits[static_cast<std::size_t>(member)].id);
          }
        }
        if (members.size() < 2) continue;
        json::object one;
        one["group"] = group.id;
        one["subject"] = profile_.people[p].id;
        one["benefits"] = std::move(members);
        out.push_back(std::move(one));
      }
    }
    return out;
  }

  const Pack& pack_;
  const Profile& profile_;
  Assessor assessor_;
  std::vector<Question> questions_;
  std::vector<std::pair<std::size_t, std::size_t>> open_;  // benefit, person: not refused
};

}  // namespace

Result<json::value> EvaluateProfile(const Pack& pack, const json::value& profile, std::string_view file) {
  Diagnostics out;
  const auto read = ReadProfile(pack, Node(profile, std::string(file), out));
  if (!read) return out.empty() ? Error{ErrorCode::RequestShape, std::string(file), "", 0, {}} : out.front();
  return Report(pack, *read).Run();
}

}  // namespace chuncheng
