// The plan's projects are facilities of the pack: here they meet.
#pragma once
#include "shared/benefits/pack.h"
#include "shared/snapshot/facility.h"

namespace chuncheng {

/// plan.json as it is published: each project with what its facility's row says ("name", "type", "district", "operator", "period", "source", "beds",
/// "places"; what the row does not say is left out). Null when the pack has no plan. Error: FacilityUnknown at the project.
json::value PlanWithProjects(const PackFiles& files, const std::vector<Facility>& facilities, Diagnostics& out);

}  // namespace chuncheng
