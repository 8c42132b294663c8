#include "shared/benefits/compare.h"

#include <algorithm>
#include <array>
#include <boost/json/serialize.hpp>
#include <set>

#include "shared/benefits/assess.h"
#include "shared/benefits/profile.h"

namespace chuncheng {
namespace {

constexpr std::array<std::string_view, 4> kVerdicts = {"no", "open", "yes", "absent"};
constexpr std::size_t kAbsent = 3;

json::value Member(const json::value& owner, std::string_view key) {
  const auto* object = owner.if_object();
  const auto* found = object == nullptr ? nullptr : object->if_contains(json::string_view(key.data(), key.size()));
  return found == nullptr ? json::value(nullptr) : *found;
}

json::value Only(const json::value& owner, std::initializer_list<std::string_view> keys) {
  json::object out;
  for (std::string_view key : keys) out[key] = Member(owner, key);
  return out;
}

json::array OnlyOfEach(const json::value& list, std::initializer_list<std::string_view> keys) {
  json::array out;
  if (const auto* array = list.if_array()) {
    for (const auto& item : *array) out.push_back(Only(item, keys));
  }
  return out;
}

// Everything a benefit's verdict and amount rest on, as bytes; texts, clauses, examples and the order of keys are not among it.
std::string Basis(ComparedPack from, std::size_t index) {
  const Schema& schema = from.pack->schema;
  const Benefit& benefit = from.pack->benefits[index];
  const json::value& file = from.files->benefits[index].value;
  const json::value amount = Member(file, "amount");
  json::object basis;
  basis["self"] = Only(file, {"subject", "pays"});
  basis["days"] = json::array{benefit.in_force.lo, benefit.in_force.hi};
  basis["criteria"] = OnlyOfEach(Member(file, "criteria"), {"id", "when"});
  basis["groups"] = Member(amount, "groups");
  basis["rows"] = OnlyOfEach(Member(amount, "rows"), {"id", "if", "pay", "per"});
  basis["form"] = static_cast<int>(benefit.form);
  std::set<int> facts;
  std::set<int> params;
  auto program = [&](const Program& one, auto&& self) -> void {
    for (const Instr& instr : one.code) {
      if (instr.op == Op::Param) params.insert(schema.slots[static_cast<std::size_t>(instr.imm)].param);
    }
    for (int fact : one.facts) {
      if (!facts.insert(fact).second) continue;
      if (const auto& derive = schema.facts[static_cast<std::size_t>(fact)].derive) self(*derive, self);
    }
  };
  for (const Criterion& criterion : benefit.criteria) program(criterion.when.program, program);
  for (const Row& row : benefit.rows) {
    program(row.when.program, program);
    program(row.pay.program, program);
  }
  json::object read;
  const json::value all = Member(from.files->facts.value, "facts");
  for (int fact : facts) {
    const std::string& name = schema.facts[static_cast<std::size_t>(fact)].name;
    read[name] = Only(Member(all, name), {"subject", "type", "unit", "range", "values", "derive", "grows"});
  }
  basis["facts"] = std::move(read);
  json::object dated;
  for (int param : params) {
    json::array periods;
    for (const Period& period : schema.params[static_cast<std::size_t>(param)].periods) {
      periods.push_back(json::array{period.days.lo, period.days.hi, period.cells});
    }
    dated[schema.params[static_cast<std::size_t>(param)].name] = std::move(periods);
  }
  basis["params"] = std::move(dated);
  return Canonical(basis);
}

// What one pack says to one person.
struct Answer {
  std::size_t verdict = kAbsent;
  bool published = false;
  Interval range;
};

struct Example {
  std::size_t size = 0;
  json::value profile;
  std::string subject;
};

struct Pair {
  std::string id;
  int before = -1;
  int after = -1;
  std::string_view state;
  std::int64_t considered = 0;
  std::array<std::array<std::int64_t, 4>, 4> verdicts = {};
  std::map<std::string, std::int64_t> amounts;
  std::map<std::string, Example> examples;
};

class Side {
 public:
  explicit Side(const Pack& pack) : pack_(pack) {}

  bool Read(const json::value& profile) {
    auto read = ReadProfile(pack_, ProfileFor(pack_, profile), "");
    if (!read) return false;
    profile_ = std::move(*read);
    answers_.clear();
    for (std::size_t p = 0; p < profile_.people.size(); ++p) answers_.push_back(profile_.AnswersOf(pack_.schema, p));
    return true;
  }

  std::size_t People() const { return profile_.people.size(); }
  const std::string& Id(std::size_t person) const { return profile_.people[person].id; }

  Answer Ask(int benefit, std::size_t person) {
    Answer out;
    if (benefit < 0 || !profile_.Concerns(pack_, static_cast<std::size_t>(benefit), person)) return out;
    const auto [assessor, fresh] = assessors_.try_emplace(profile_.as_of, pack_, profile_.as_of);
    const Assessment got = assessor->second.Assess(pack_.benefits[static_cast<std::size_t>(benefit)], answers_[person]);
    out.verdict = static_cast<std::size_t>(got.verdict);
    out.published = got.amount.published && !got.amount.unpublished;
    out.range = got.amount.range;
    return out;
  }

 private:
  const Pack& pack_;
  Profile profile_;
  std::vector<Answers> answers_;
  std::map<Day, Assessor> assessors_;
};

bool Holds(const Answer& answer) {
  return answer.verdict == static_cast<std::size_t>(State::Yes) || answer.verdict == static_cast<std::size_t>(State::Open);
}

// The kind of change between two answers, "" = none.
std::string Change(const Answer& before, const Answer& after) {
  if (before.verdict != after.verdict) return std::string(kVerdicts[before.verdict]) + "-" + std::string(kVerdicts[after.verdict]);
  if (!Holds(before) || (!before.published && !after.published)) return "";
  if (!before.published) return "published";
  if (!after.published) return "withdrawn";
  if (before.range == after.range) return "";
  const bool exact = before.verdict == static_cast<std::size_t>(State::Yes) && before.range.Known() && after.range.Known();
  if (!exact) return "range";
  return before.range.lo < after.range.lo ? "up" : "down";
}

std::size_t FactsOf(const json::value& profile) {
  std::size_t facts = 0;
  for (const auto& subject : profile.at("subjects").get_array()) facts += subject.at("facts").get_object().size();
  return facts;
}

class Comparison {
 public:
  Comparison(ComparedPack before, ComparedPack after, const CompareOptions& options)
      : options_(options), before_(*before.pack), after_(*after.pack), packs_{after.pack, before.pack}, generator_(packs_, options.generate) {
    for (std::size_t b = 0; b < after.pack->benefits.size(); ++b) {
      Pair pair;
      pair.id = after.pack->benefits[b].id;
      pair.after = static_cast<int>(b);
      pair.before = before.pack->FindBenefit(pair.id);
      const bool same = pair.before >= 0 && Basis(before, static_cast<std::size_t>(pair.before)) == Basis(after, b);
      pair.state = pair.before < 0 ? "new" : same ? "same" : "changed";
      pairs_.push_back(std::move(pair));
    }
    for (std::size_t b = 0; b < before.pack->benefits.size(); ++b) {
      if (after.pack->FindBenefit(before.pack->benefits[b].id) >= 0) continue;
      Pair pair;
      pair.id = before.pack->benefits[b].id;
      pair.before = static_cast<int>(b);
      pair.state = "gone";
      pairs_.push_back(std::move(pair));
    }
  }

  json::value Run() {
    for (std::size_t i = 0; i < options_.count; ++i) Household(generator_.Next());
    json::array benefits;
    for (Pair& pair : pairs_) benefits.push_back(Report(pair));
    json::object out;
    out["format"] = "km-review/1";
    out["profiles"] = static_cast<std::int64_t>(options_.count);
    out["seed"] = static_cast<std::int64_t>(options_.generate.seed);
    out["as_of"] = FormatDay(options_.generate.as_of);
    out["people"] = people_;
    out["benefits"] = std::move(benefits);
    return out;
  }

 private:
  void Household(const json::value& profile) {
    if (!before_.Read(profile) || !after_.Read(profile)) return;
    for (std::size_t p = 0; p < after_.People(); ++p) {
      ++people_;
      for (Pair& pair : pairs_) {
        if (pair.state == "same") continue;
        const Answer old = before_.Ask(pair.before, p);
        const Answer now = after_.Ask(pair.after, p);
        if (old.verdict == kAbsent && now.verdict == kAbsent) continue;
        ++pair.considered;
        ++pair.verdicts[old.verdict][now.verdict];
        const std::string change = Change(old, now);
        if (change.empty()) continue;
        if (old.verdict == now.verdict) ++pair.amounts[change];
        if (change == "up" || change == "down") pair.amounts[change + "_sum"] += now.range.lo - old.range.lo;
        const std::size_t size = FactsOf(profile);
        const auto [example, fresh] = pair.examples.try_emplace(change);
        if (fresh || size < example->second.size) example->second = {size, profile, after_.Id(p)};
      }
    }
  }

  // The person's place in both profiles, which hold the same people in the same order.
  std::optional<std::size_t> Find(const std::string& subject) const {
    for (std::size_t p = 0; p < after_.People(); ++p) {
      if (after_.Id(p) == subject) return p;
    }
    return std::nullopt;
  }

  bool Still(const Pair& pair, const std::string& change, const std::string& subject, const json::value& profile) {
    if (!before_.Read(profile) || !after_.Read(profile)) return false;
    const auto person = Find(subject);
    return person && Change(before_.Ask(pair.before, *person), after_.Ask(pair.after, *person)) == change;
  }

  json::value Shortened(const Pair& pair, const std::string& change, const Example& example) {
    json::value best = example.profile;
    for (std::size_t s = best.at("subjects").get_array().size(); s-- > 0;) {
      json::value shorter = best;
      auto& subjects = shorter.at("subjects").get_array();
      if (std::string_view(subjects[s].at("id").get_string()) == example.subject || subjects[s].at("kind") == "household") continue;
      subjects.erase(subjects.begin() + static_cast<std::ptrdiff_t>(s));
      if (Still(pair, change, example.subject, shorter)) best = shorter;
    }
    for (std::size_t s = 0; s < best.at("subjects").get_array().size(); ++s) {
      std::vector<std::string> names;
      for (const auto& member : best.at("subjects").at(s).at("facts").get_object()) names.emplace_back(member.key());
      for (const std::string& name : names) {
        json::value shorter = best;
        shorter.at("subjects").at(s).at("facts").get_object().erase(name);
        if (Still(pair, change, example.subject, shorter)) best = shorter;
      }
    }
    return best;
  }

  static json::value Told(const Answer& answer) {
    json::object out;
    out["verdict"] = kVerdicts[answer.verdict];
    if (Holds(answer) && answer.published) {
      out["min"] = answer.range.lo;
      out["max"] = answer.range.hi;
    }
    return out;
  }

  json::value Report(Pair& pair) {
    json::object out;
    out["benefit"] = pair.id;
    out["state"] = pair.state;
    if (pair.state == "same") return out;
    out["considered"] = pair.considered;
    json::object verdicts;
    for (std::size_t old = 0; old < kVerdicts.size(); ++old) {
      json::object row;
      for (std::size_t now = 0; now < kVerdicts.size(); ++now) {
        const bool shown = pair.state == "new"    ? old == kAbsent && now != kAbsent
                           : pair.state == "gone" ? old != kAbsent && now == kAbsent
                                                  : old != kAbsent && now != kAbsent;
        if (shown || pair.verdicts[old][now] != 0) row[kVerdicts[now]] = pair.verdicts[old][now];
      }
      if (!row.empty()) verdicts[kVerdicts[old]] = std::move(row);
    }
    out["verdicts"] = std::move(verdicts);
    json::object amount;
    for (const char* key : {"up", "up_sum", "down", "down_sum", "range", "published", "withdrawn"}) amount[key] = pair.amounts[key];
    out["amount"] = std::move(amount);
    json::array examples;
    for (const auto& [change, example] : pair.examples) {
      const json::value profile = Shortened(pair, change, example);
      Still(pair, change, example.subject, profile);  // reads it on both sides
      const std::size_t person = Find(example.subject).value_or(0);
      json::object one;
      one["change"] = change;
      one["subject"] = example.subject;
      one["before"] = Told(before_.Ask(pair.before, person));
      one["after"] = Told(after_.Ask(pair.after, person));
      one["profile"] = profile;
      examples.push_back(std::move(one));
    }
    out["examples"] = std::move(examples);
    return out;
  }

  const CompareOptions& options_;
  Side before_;
  Side after_;
  std::array<const Pack*, 2> packs_;
  Generator generator_;
  std::vector<Pair> pairs_;
  std::int64_t people_ = 0;
};

}  // namespace

json::value CompareOnCorpus(ComparedPack before, ComparedPack after, const CompareOptions& options) {
  return Comparison(before, after, options).Run();
}

}  // namespace chuncheng
