// What a household gets altogether (docs/interfaces.md section 8, `combine`): benefits that exclude each other, what is deducted from what, totals.
#pragma once
#include <map>
#include <tuple>

#include "shared/benefits/profile.h"

namespace chuncheng {

/// An amount that is at least `lo` and at most `hi`, or more where a part is not published.
struct Worth {
  std::int64_t lo = 0;
  std::int64_t hi = 0;
  bool more = false;
  friend bool operator==(const Worth&, const Worth&) = default;
};

enum class Every : std::uint8_t { Month, Year, Once, BedMonth, Bed, Place, Household };

/// What may be added up: amounts of one kind for one period. Services are not amounts: each stands for itself, by benefit.
struct Unit {
  PayKind kind = PayKind::Money;
  Every every = Every::Month;
  int service = -1;
  friend bool operator<(const Unit& a, const Unit& b) { return std::tie(a.kind, a.every, a.service) < std::tie(b.kind, b.every, b.service); }
  friend bool operator==(const Unit&, const Unit&) = default;
};
using Sum = std::map<Unit, Worth>;

/// The standings that are not refused, which of them exclude each other, and what each is worth beside the others.
class Combination {
 public:
  /// All three outlive this.
  Combination(const Pack& pack, const Profile& profile, const Assessor& assessor, const std::vector<Standing>& standings);

  /// One way to choose among benefits that exclude each other.
  struct Option {
    std::vector<std::size_t> take;  ///< standings, ascending; of those that have an alternative only
    std::vector<std::size_t> give_up;
  };
  struct Choice {
    std::vector<int> groups;           ///< of the pack's stacking
    std::size_t person = 0;            ///< of the first standing
    std::optional<Option> best;        ///< certainly not worse than any other, whatever is still open; the first of equals
    std::vector<Option> options;       ///< with `best`: the others. Without: those that no other one certainly beats
    std::vector<Sum> loses;            ///< with `best`: what it brings more than each of `options`
    std::vector<std::size_t> depends;  ///< without `best`: the standings on which the options differ
  };
  struct Deduction {
    int group = -1;
    std::size_t from = 0;
    std::vector<std::size_t> minus;
    Worth before;
    Worth after;
  };
  struct Total {
    Sum sum;
    std::int64_t unpublished = 0;
    std::int64_t in_kind = 0;
    bool any = false;
  };

  /// One for each set of benefits that hang together through exclusions and deductions. Everything that can be had beside the choice is had.
  /// Exact: all maximal sets without two that exclude each other are compared; at most 3^(n/3) of n benefits that hang together.
  const std::vector<Choice>& choices() const { return choices_; }
  /// After the best choice, or over all that may be the best.
  const std::vector<Deduction>& deductions() const { return deductions_; }
  const Total& family() const { return family_; }
  const Total& facility() const { return facility_; }

  /// What `standing` is worth when exactly `taken` (by standing) are had. In the unit of its amount; rows of different periods: 0 to the highest.
  Sum Net(std::size_t standing, const std::vector<bool>& taken) const;

 private:
  struct Reduction {
    int group;
    std::vector<std::size_t> minus;
  };

  bool Reaches(std::size_t a, std::size_t b) const;
  void Link();
  void Choose(const std::vector<std::size_t>& part);
  void Maximal(std::vector<std::size_t> taken, std::vector<std::size_t> open, std::vector<std::size_t> shut,
               std::vector<std::vector<std::size_t>>& out) const;
  Sum Difference(const std::vector<std::size_t>& part, const std::vector<bool>& a, const std::vector<bool>& b) const;
  Worth Received(const std::vector<std::size_t>& minus, Every every, const std::vector<bool>& taken) const;
  void Add(const std::vector<std::size_t>& part, const std::vector<std::vector<bool>>& ways);

  const Pack& pack_;
  const Profile& profile_;
  const Assessor& assessor_;
  const std::vector<Standing>& standings_;
  std::vector<std::vector<bool>> excludes_;
  std::vector<std::vector<int>> groups_of_;
  std::vector<std::vector<Reduction>> reductions_;
  std::vector<std::vector<std::size_t>> below_;  ///< all that a standing's worth depends on through deductions
  std::vector<Choice> choices_;
  std::vector<Deduction> deductions_;
  Total family_;
  Total facility_;
  std::map<std::pair<int, Unit>, Worth> once_;  ///< by stacking group of kind Once
};

/// The unit of time of one of the pack's `per` values.
Every EveryOf(std::string_view per);

/// profile → km-combination/1.
Result<json::value> Combine(const Pack& pack, const json::value& profile, std::string_view file);

/// For km-result/1: the stacking groups that touch more than one benefit that is not refused, person by person.
json::array StackingList(const Pack& pack, const Profile& profile, const std::vector<Standing>& standings);

}  // namespace chuncheng
