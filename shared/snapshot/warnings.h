// What is probably wrong with facilities, but no reason to refuse them. Native only.
#pragma once
#include <vector>

#include "shared/snapshot/facility.h"

namespace chuncheng {

/// FacilityOutside, FacilityDuplicate, FacilityPhone, FacilityBeds, each with file, row, column and value. Error: Internal when ICU fails.
Result<bool> WarnFacilities(const std::vector<Facility>& facilities, const std::vector<District>& districts, Diagnostics& out);

}  // namespace chuncheng
