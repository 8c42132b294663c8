// Made-up facilities for tests and benchmarks of size. They are marked, and no snapshot is built of them unless somebody says so.
#pragma once
#include <cstdint>
#include <string>
#include <vector>

#include "shared/snapshot/facility.h"

namespace chuncheng {

/// The same districts, count and seed give the same rows on every machine; row k does not depend on the count.
class SyntheticFacilities {
 public:
  /// In every district but the whole city; there must be one.
  SyntheticFacilities(const std::vector<District>& districts, std::uint64_t seed);
  /// The header and the rows of docs/interfaces.md section 5, each with its line end.
  static std::string Header();
  std::string Next();

 private:
  std::vector<District> districts_;
  std::uint64_t seed_;
  std::uint64_t row_ = 0;
};

/// Reports FacilitySynthetic with the number of such rows, when there are any.
void RefuseSynthetic(const std::vector<Facility>& facilities, Diagnostics& out);

}  // namespace chuncheng
