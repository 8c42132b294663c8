#include "shared/benefits/diff.h"

#include <algorithm>

#include "shared/benefits/amount.h"
#include "shared/benefits/profile.h"
#include "shared/benefits/timeline.h"

namespace chuncheng {
namespace {

bool Contains(const std::vector<int>& list, int value) { return std::find(list.begin(), list.end(), value) != list.end(); }

bool Takes(const Pack& pack, std::string_view name, Subject subject, const json::value& value) {
  const auto found = pack.schema.fact_index.find(name);
  if (found == pack.schema.fact_index.end() || found->second == kAsOf) return false;
  const Fact& fact = pack.schema.facts[static_cast<std::size_t>(found->second)];
  return !fact.derive && fact.subject == subject && ReadValue(value, fact.type, pack.schema, &fact.range).has_value();
}

// The profile without what `pack` cannot read and `other` can; what is left out goes to `ignored`. Anything odd stays for ReadProfile to report.
json::value Readable(const Pack& pack, const Pack& other, const json::value& profile, std::string_view which, json::array& ignored) {
  json::value out = profile;
  auto* root = out.if_object();
  if (root == nullptr) return out;
  auto ignore = [&](std::initializer_list<std::pair<json::string_view, json::value>> what) {
    json::object one;
    one["policy"] = which;
    for (const auto& [key, value] : what) one[key] = value;
    ignored.push_back(std::move(one));
  };
  if (auto* subjects = root->if_contains("subjects"); subjects != nullptr && subjects->is_array()) {
    for (auto& item : subjects->get_array()) {
      auto* subject = item.if_object();
      auto* facts = subject == nullptr ? nullptr : subject->if_contains("facts");
      const auto* kind = subject == nullptr ? nullptr : subject->if_contains("kind");
      const auto* id = subject == nullptr ? nullptr : subject->if_contains("id");
      if (facts == nullptr || !facts->is_object() || kind == nullptr || !kind->is_string() || id == nullptr) continue;
      const auto place = std::find(kSubjects.begin(), kSubjects.end(), std::string_view(kind->get_string()));
      if (place == kSubjects.end()) continue;
      const auto owner = static_cast<Subject>(place - kSubjects.begin());
      json::object kept;
      for (const auto& fact : facts->get_object()) {
        const std::string_view name(fact.key().data(), fact.key().size());
        if (!Takes(pack, name, owner, fact.value()) && Takes(other, name, owner, fact.value())) {
          ignore({{"subject", *id}, {"fact", json::value(fact.key())}});
        } else {
          kept[fact.key()] = fact.value();
        }
      }
      *facts = std::move(kept);
    }
  }
  if (auto* wanted = root->if_contains("benefits"); wanted != nullptr && wanted->is_array()) {
    json::array kept;
    for (const auto& item : wanted->get_array()) {
      const auto* id = item.if_string();
      const std::string_view name = id == nullptr ? std::string_view() : std::string_view(*id);
      if (id != nullptr && pack.FindBenefit(name) < 0 && other.FindBenefit(name) >= 0) {
        ignore({{"benefit", item}});
      } else {
        kept.push_back(item);
      }
    }
    *wanted = std::move(kept);
  }
  return out;
}

template <class T>
auto Find(const std::vector<T>& list, const std::string& id) {
  return std::find_if(list.begin(), list.end(), [&](const T& one) { return one.id == id; });
}

// One benefit for one person under one pack.
struct Side {
  const Pack* pack = nullptr;
  const Benefit* benefit = nullptr;
  Assessment assessment;
  json::object said;  // what a person sees of it

  State verdict() const { return benefit == nullptr ? State::No : assessment.verdict; }
};

class Comparison {
 public:
  Comparison(const Pack& before, const Pack& after, const Profile& old_profile, const Profile& new_profile)
      : old_pack_(before), new_pack_(after), old_(old_profile), new_(new_profile) {}

  json::array Run() {
    for (std::size_t b = 0; b < new_pack_.benefits.size(); ++b) {
      const int was = old_pack_.FindBenefit(new_pack_.benefits[b].id);
      for (std::size_t p = 0; p < new_.people.size(); ++p) Pair(was, static_cast<int>(b), p);
    }
    for (std::size_t b = 0; b < old_pack_.benefits.size(); ++b) {
      if (new_pack_.FindBenefit(old_pack_.benefits[b].id) >= 0) continue;
      for (std::size_t p = 0; p < old_.people.size(); ++p) Pair(static_cast<int>(b), -1, p);
    }
    return std::move(changes_);
  }

 private:
  static Side Look(const Pack& pack, const Profile& profile, int index, std::size_t person) {
    Side side;
    side.pack = &pack;
    if (index < 0 || !profile.Concerns(pack, static_cast<std::size_t>(index), person)) return side;
    const Benefit& benefit = pack.benefits[static_cast<std::size_t>(index)];
    const Answers answers = profile.AnswersOf(pack.schema, person);
    side.benefit = &benefit;
    side.assessment = Assessor(pack, profile.as_of).Assess(benefit, answers);
    side.said["verdict"] = StateName(side.assessment.verdict);
    if (side.assessment.verdict != State::No) side.said["amount"] = WriteAmount(benefit, side.assessment.amount);
    if (side.assessment.verdict == State::Yes) {
      if (const auto until = LastYes(pack, benefit, answers, profile.as_of)) side.said["until"] = FormatDay(*until);
    } else if (const auto from = NextYes(pack, benefit, answers, profile.as_of)) {
      side.said["from"] = FormatDay(*from);
    }
    return side;
  }

  void Pair(int was, int is, std::size_t person) {
    const Side before = Look(old_pack_, old_, was, person);
    const Side after = Look(new_pack_, new_, is, person);
    if (before.benefit == nullptr && after.benefit == nullptr) return;
    // A benefit that appears or goes and refuses this person changes nothing for them, unless the calendar would grant it.
    auto nothing = [](const Side& side) { return side.verdict() == State::No && !side.said.contains("from"); };
    if (before.said == after.said || ((before.benefit == nullptr || after.benefit == nullptr) && nothing(before) && nothing(after))) return;
    json::object out;
    out["benefit"] = (after.benefit != nullptr ? after : before).benefit->id;
    out["subject"] = new_.people[person].id;
    if (before.benefit != nullptr) out["before"] = before.said;
    if (after.benefit != nullptr) out["after"] = after.said;
    why_.clear();
    since_.reset();
    Why(before, after);
    if (since_) out["since"] = FormatDay(*since_);
    out["why"] = std::move(why_);
    changes_.push_back(std::move(out));
  }

  void Why(const Side& before, const Side& after) {
    if (before.benefit == nullptr) return Whole("new", *after.benefit, after.benefit->in_force.lo);
    if (after.benefit == nullptr)
      return Whole("gone", *before.benefit, before.benefit->in_force.hi < new_.as_of ? before.benefit->in_force.hi + 1 : 0);
    // First what can have made the difference seen; when that is nothing, everything that is not the same.
    for (const bool all : {false, true}) {
      InForce(before, after, all);
      Criteria(before, after, all);
      Rows(before, after, all);
      Params(before, after, all);
      Facts(before, after, all);
      if (!why_.empty()) return;
    }
  }

  void Whole(std::string_view kind, const Benefit& benefit, Day since) {
    Add(kind, benefit.id, benefit.in_force_cite);
    if (since > 0 && since <= new_.as_of) since_ = since;
  }

  void Add(std::string_view kind, const std::string& id, const std::vector<std::string>& cite, std::optional<Day> since = std::nullopt) {
    json::object one;
    one["kind"] = kind;
    if (!id.empty()) one["id"] = id;
    one["cite"] = json::array(cite.begin(), cite.end());
    if (std::find(why_.begin(), why_.end(), json::value(one)) == why_.end()) why_.push_back(std::move(one));
    if (since && *since <= new_.as_of && (!since_ || *since_ < *since)) since_ = since;
  }

  static bool CalendarDiffers(const Side& before, const Side& after) {
    auto same = [&](const char* key) {
      const auto* a = before.said.if_contains(key);
      const auto* b = after.said.if_contains(key);
      return a == nullptr || b == nullptr ? a == b : *a == *b;
    };
    return !same("from") || !same("until");
  }

  void InForce(const Side& before, const Side& after, bool all) {
    if (before.benefit->in_force == after.benefit->in_force) return;
    if (!all && before.assessment.in_force == after.assessment.in_force && !CalendarDiffers(before, after)) return;
    Add("in_force", "", after.benefit->in_force_cite, after.benefit->in_force.lo);
  }

  void Criteria(const Side& before, const Side& after, bool all) {
    for (std::size_t c = 0; c < after.benefit->criteria.size(); ++c) {
      const Criterion& is = after.benefit->criteria[c];
      const auto was = Find(before.benefit->criteria, is.id);
      if (was == before.benefit->criteria.end()) {
        if (all || after.assessment.criteria[c] != State::Yes) Add("criterion", is.id, is.cite);
        continue;
      }
      const State old = before.assessment.criteria[static_cast<std::size_t>(was - before.benefit->criteria.begin())];
      if (SameRule(was->when, is.when) || (!all && old == after.assessment.criteria[c] && !CalendarDiffers(before, after))) continue;
      Add("criterion", is.id, is.cite);
    }
    for (std::size_t c = 0; c < before.benefit->criteria.size(); ++c) {
      const Criterion& was = before.benefit->criteria[c];
      if (Find(after.benefit->criteria, was.id) != after.benefit->criteria.end()) continue;
      if (all || before.assessment.criteria[c] != State::Yes) Add("criterion", was.id, was.cite);
    }
  }

  void Rows(const Side& before, const Side& after, bool all) {
    const bool paid = before.verdict() != State::No && after.verdict() != State::No;
    if (!all && !paid) return;
    if (before.benefit->form != after.benefit->form || before.benefit->kind != after.benefit->kind) Add("row", "", after.benefit->amount_cite);
    auto reached = [&](const Side& side, std::size_t index) { return all || Contains(side.assessment.amount.rows, static_cast<int>(index)); };
    for (std::size_t r = 0; r < after.benefit->rows.size(); ++r) {
      const Row& is = after.benefit->rows[r];
      const auto was = Find(before.benefit->rows, is.id);
      const bool same = was != before.benefit->rows.end() && SameRule(was->when, is.when) && SameRule(was->pay, is.pay) && was->per == is.per;
      if (same) continue;
      const bool old = was != before.benefit->rows.end() && reached(before, static_cast<std::size_t>(was - before.benefit->rows.begin()));
      if (reached(after, r) || old) Add("row", is.id, is.cite);
    }
    for (std::size_t r = 0; r < before.benefit->rows.size(); ++r) {
      const Row& was = before.benefit->rows[r];
      if (Find(after.benefit->rows, was.id) == after.benefit->rows.end() && reached(before, r)) Add("row", was.id, was.cite);
    }
  }

  // Numbers that both versions read: on the day itself, or with `all` at any time.
  void Params(const Side& before, const Side& after, bool all) {
    EachSlot(after, all, [&](const ParamSlot& slot) {
      const Param& is = after.pack->schema.params[static_cast<std::size_t>(slot.param)];
      const auto found = before.pack->schema.param_index.find(is.name);
      if (found == before.pack->schema.param_index.end()) return;
      const ParamSlot old = before.pack->schema.Slot(found->second, slot.keys);
      const bool differs = Schema::SlotValue(old, new_.as_of) != Schema::SlotValue(slot, new_.as_of) || (all && old.values != slot.values);
      if (!differs) return;
      const auto period = std::find_if(is.periods.begin(), is.periods.end(),
                                       [&](const Period& one) { return new_.as_of >= one.days.lo && new_.as_of <= one.days.hi; });
      if (period != is.periods.end()) {
        Add("param", is.name, period->cite, period->days.lo);
      } else {
        Add("param", is.name, is.periods.empty() ? std::vector<std::string>{} : is.periods.back().cite);
      }
    });
  }

  // An answer that only one version can read, or reads with other values.
  void Facts(const Side& before, const Side& after, bool all) {
    if (!all) return;
    for (int base : after.benefit->bases) {
      const Fact& is = after.pack->schema.facts[static_cast<std::size_t>(base)];
      const auto found = before.pack->schema.fact_index.find(is.name);
      if (found != before.pack->schema.fact_index.end()) {
        const Fact& was = before.pack->schema.facts[static_cast<std::size_t>(found->second)];
        if (was.range == is.range && was.type.kind == is.type.kind && was.grows == is.grows) continue;
      }
      Add("fact", is.name, {});
    }
  }

  template <class F>
  static void EachSlot(const Side& side, bool all, F visit) {
    const Schema& schema = side.pack->schema;
    auto of = [&](const Rule& rule) {
      for (const Instr& instr : rule.program.code) {
        if (instr.op == Op::Param) visit(schema.slots[static_cast<std::size_t>(instr.imm)]);
      }
    };
    for (const Criterion& criterion : side.benefit->criteria) of(criterion.when);
    for (std::size_t r = 0; r < side.benefit->rows.size(); ++r) {
      if (!all && !Contains(side.assessment.amount.rows, static_cast<int>(r))) continue;
      of(side.benefit->rows[r].when);
      of(side.benefit->rows[r].pay);
    }
  }

  // The same expression over the same derivations.
  bool SameRule(const Rule& was, const Rule& is) const {
    if (was.source != is.source) return false;
    return std::all_of(is.program.facts.begin(), is.program.facts.end(), [&](int fact) { return SameDerivation(fact); });
  }

  bool SameDerivation(int fact) const {
    const Fact& is = new_pack_.schema.facts[static_cast<std::size_t>(fact)];
    if (!is.derive) return true;
    const auto found = old_pack_.schema.fact_index.find(is.name);
    if (found == old_pack_.schema.fact_index.end()) return false;
    return old_pack_.schema.facts[static_cast<std::size_t>(found->second)].source == is.source &&
           std::all_of(is.derive->facts.begin(), is.derive->facts.end(), [&](int read) { return SameDerivation(read); });
  }

  const Pack& old_pack_;
  const Pack& new_pack_;
  const Profile& old_;
  const Profile& new_;
  json::array changes_;
  json::array why_;
  std::optional<Day> since_;
};

}  // namespace

Result<json::value> DiffPacks(const Pack& before, const Pack& after, const json::value& profile, std::string_view file, std::string_view pointer) {
  json::array ignored;
  const json::value old_profile = Readable(before, after, profile, "old", ignored);
  const json::value new_profile = Readable(after, before, profile, "new", ignored);
  const auto now = ReadProfile(after, new_profile, file, pointer);
  if (!now) return now.error();
  const auto was = ReadProfile(before, old_profile, file, pointer);
  if (!was) return was.error();
  json::object out;
  out["format"] = "km-diff/1";
  out["as_of"] = FormatDay(now->as_of);
  out["changes"] = Comparison(before, after, *was, *now).Run();
  if (!ignored.empty()) out["ignored"] = std::move(ignored);
  return json::value(std::move(out));
}

Result<json::value> DiffOf(const Pack& pack, const json::value& request, std::string_view file) {
  Diagnostics problems;
  const Node root(request, std::string(file), problems);
  root.Object({"profile", "old"});
  const auto profile = root.At("profile");
  const auto old = root.At("old");
  if (!problems.empty()) return problems.front();
  const auto files = SplitPolicy(old->value(), "old");
  if (!files) return files.error();
  const Pack before = ReadPolicy(*files, problems);
  if (!problems.empty()) return problems.front();
  return DiffPacks(before, pack, profile->value(), file, profile->pointer());
}

}  // namespace chuncheng
