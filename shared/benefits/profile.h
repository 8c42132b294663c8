// A household's answers as the engine sees them (docs/interfaces.md section 2).
#pragma once
#include <string>
#include <utility>
#include <vector>

#include "shared/benefits/assess.h"

namespace chuncheng {

struct Person {
  std::string id;
  Subject kind = Subject::Household;
  std::vector<std::pair<int, std::int64_t>> facts;  ///< known answers: fact index, value within the fact's range
};

struct Profile {
  Day as_of = 0;
  std::vector<Person> people;  ///< exactly one household, at most one institution
  bool institution = false;
  std::vector<bool> wanted;           ///< by benefit
  std::optional<std::size_t> asking;  ///< whom the last question was about

  /// The answers that concern one person: their own and those of the singletons.
  Answers AnswersOf(const Schema& schema, std::size_t person) const;
  /// Is this benefit considered for this person?
  bool Concerns(const Pack& pack, std::size_t benefit, std::size_t person) const;
  /// Whose answer a fact is when a benefit of `person` reads it: their own, or the household's or institution's.
  std::size_t OwnerOf(const Schema& schema, int fact, std::size_t person) const;
};

/// One benefit for one person.
struct Standing {
  std::size_t benefit = 0;
  std::size_t person = 0;
  Assessment assessment;
};

/// All that is considered, benefit by benefit in the pack's order, person by person in the profile's.
std::vector<Standing> AssessAll(const Pack& pack, const Profile& profile, const Assessor& assessor);

/// Reads and checks a profile; the first problem as an error located in `file` below `pointer`.
Result<Profile> ReadProfile(const Pack& pack, const json::value& profile, std::string_view file, std::string_view pointer = "");
/// The wanted benefits of a list of ids; unknown ones are reported.
std::vector<bool> ReadWanted(const Pack& pack, const Node& list);

}  // namespace chuncheng
