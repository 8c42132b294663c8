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
  std::vector<bool> wanted;  ///< by benefit

  /// The answers that concern one person: their own and those of the singletons.
  Answers AnswersOf(const Schema& schema, std::size_t person) const;
  /// Is this benefit considered for this person?
  bool Concerns(const Pack& pack, std::size_t benefit, std::size_t person) const;
};

/// Reads and checks a profile; the first problem as an error located in `file` below `pointer`.
Result<Profile> ReadProfile(const Pack& pack, const json::value& profile, std::string_view file, std::string_view pointer = "");

}  // namespace chuncheng
