// The data quality page of `chuncheng build --report`.
#pragma once
#include <string>
#include <vector>

#include "shared/snapshot/facility.h"

namespace chuncheng {

/// One HTML document without script: how many places have each column filled, in all and by district, and every warning with its place.
std::string QualityPage(const std::vector<Facility>& facilities, const std::vector<District>& districts, const Diagnostics& warnings,
                        std::string_view data_date);

}  // namespace chuncheng
