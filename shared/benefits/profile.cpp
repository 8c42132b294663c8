#include "shared/benefits/profile.h"

#include <algorithm>
#include <set>

namespace chuncheng {
namespace {

std::optional<Profile> Read(const Pack& pack, const Node& root) {
  Profile profile;
  if (!root.Object({"format", "as_of", "subjects", "asking", "benefits"}) || !root.Format("km-profile/1")) return std::nullopt;
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
  if (const auto asking = root.Maybe("asking")) {
    const auto id = asking->String();
    const auto person = std::find_if(profile.people.begin(), profile.people.end(), [&](const Person& one) { return one.id == id; });
    if (id && person == profile.people.end()) asking->Report(ErrorCode::ProfileSubject, {{"name", *id}});
    profile.asking = static_cast<std::size_t>(person - profile.people.begin());
  }
  if (const auto benefits = root.Maybe("benefits")) profile.wanted = ReadWanted(pack, *benefits);
  return root.diagnostics().empty() ? std::optional(std::move(profile)) : std::nullopt;
}

}  // namespace

Answers Profile::AnswersOf(const Schema& schema, std::size_t person) const {
  Answers answers = NoAnswers(schema);
  for (std::size_t p = 0; p < people.size(); ++p) {
    if (p != person && !Singleton(people[p].kind)) continue;
    for (const auto& [fact, value] : people[p].facts) answers[static_cast<std::size_t>(fact)] = Interval::Of(value);
  }
  return answers;
}

bool Profile::Concerns(const Pack& pack, std::size_t benefit, std::size_t person) const {
  const Benefit& one = pack.benefits[benefit];
  return wanted[benefit] && (!one.reads_institution || institution) && people[person].kind == one.subject;
}

std::size_t Profile::OwnerOf(const Schema& schema, int fact, std::size_t person) const {
  const Subject owner = schema.facts[static_cast<std::size_t>(fact)].subject;
  if (owner == people[person].kind || !Singleton(owner)) return person;
  const auto found = std::find_if(people.begin(), people.end(), [&](const Person& one) { return one.kind == owner; });
  return found == people.end() ? person : static_cast<std::size_t>(found - people.begin());
}

std::vector<Standing> AssessAll(const Pack& pack, const Profile& profile, const Assessor& assessor) {
  std::vector<Answers> answers;
  for (std::size_t p = 0; p < profile.people.size(); ++p) answers.push_back(profile.AnswersOf(pack.schema, p));
  std::vector<Standing> out;
  for (std::size_t b = 0; b < pack.benefits.size(); ++b) {
    for (std::size_t p = 0; p < profile.people.size(); ++p) {
      if (profile.Concerns(pack, b, p)) out.push_back({b, p, assessor.Assess(pack.benefits[b], answers[p])});
    }
  }
  return out;
}

std::vector<bool> ReadWanted(const Pack& pack, const Node& list) {
  std::vector<bool> wanted(pack.benefits.size(), false);
  for (const Node& item : list.Items()) {
    const auto id = item.String();
    const int index = id ? pack.FindBenefit(*id) : -1;
    if (index >= 0) {
      wanted[static_cast<std::size_t>(index)] = true;
    } else if (id) {
      item.Report(ErrorCode::BenefitUnknown, {{"name", *id}});
    }
  }
  return wanted;
}

Result<Profile> ReadProfile(const Pack& pack, const json::value& profile, std::string_view file, std::string_view pointer) {
  Diagnostics out;
  auto read = Read(pack, Node(profile, std::string(file), out, std::string(pointer)));
  if (!read) return out.empty() ? Error{ErrorCode::RequestShape, std::string(file), std::string(pointer), 0, {}} : out.front();
  return std::move(*read);
}

}  // namespace chuncheng
