// Households that hit the places where rules change their answer: for tests and for reviewing a new pack.
#pragma once
#include <cstdint>
#include <map>
#include <random>
#include <span>

#include "shared/benefits/pack.h"

namespace chuncheng {

struct GenerateOptions {
  std::uint64_t seed = 1;
  Day as_of = 0;        ///< most profiles' date
  int other_days = 30;  ///< percent of the profiles dated on or beside a day on which a programme or a param period begins or ends
  int gaps = 40;        ///< percent of the facts left out, in half of the profiles; the other half is complete
  int boundaries = 60;  ///< percent of the numbers and dates taken at a value where some rule changes, or one beside it
};

/// A stream of profiles (docs/interfaces.md section 2): one household, up to three elders, three children, a worker, an institution. Values
/// lie in their facts' ranges. The same packs and options give the same profiles on every host.
/// Cost: per profile the number of its facts; per new date two bisections for each comparison of the packs' rules.
class Generator {
 public:
  /// Facts of all `packs` by name; where types differ the first pack decides. The packs must outlive the generator.
  Generator(std::span<const Pack* const> packs, GenerateOptions options);

  json::value Next();

 private:
  struct Field {
    std::string name;
    Subject subject = Subject::Household;
    const Pack* pack = nullptr;
    int fact = 0;
  };
  using Points = std::vector<std::int64_t>;

  std::uint64_t Below(std::uint64_t count);
  bool Chance(int percent);
  std::int64_t Between(Interval range);
  const std::vector<Points>& PointsOn(Day day);
  std::int64_t Value(const Field& field, const Points& points);
  json::object Facts(Subject subject, const std::vector<Points>& points, bool complete);

  std::vector<const Pack*> packs_;
  GenerateOptions options_;
  std::mt19937_64 random_;
  std::vector<Field> fields_;
  std::vector<Day> days_;
  std::map<Day, std::vector<Points>> points_;  ///< by field
};

/// The profile without what `pack` cannot read: facts it does not have or whose value it does not take.
json::value ProfileFor(const Pack& pack, const json::value& profile);

}  // namespace chuncheng
