// A database of made-up facilities, for tests and benchmarks of size.
#pragma once
#include <string>
#include <vector>

#include "shared/snapshot/facility.h"
#include "shared/snapshot/language.h"

namespace chuncheng {

struct SyntheticData {
  std::vector<Facility> facilities;
  std::string database;
  Language language;
};

/// With the districts and words of the pack in `folder`; only those of a district, when one is named. An empty database when something is wrong,
/// which is printed.
SyntheticData MakeSynthetic(const std::string& folder, std::size_t count, std::uint64_t seed, const std::string& district = "");

}  // namespace chuncheng
