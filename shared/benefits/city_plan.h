// plan.json: what the city's plan says beside its benefits: indicators with baseline and target, projects, policies, pilots, and where it
// contradicts itself. For reading and looking things up: no rule rests on it.
#pragma once
#include "shared/benefits/pack.h"

namespace chuncheng {

/// What is wrong with `files.plan`; nothing when the pack has none. `pack` must have been read from `files`. Errors: shapes and texts, an id twice
/// (also one of plan-benefits.json) or a facility in two projects (NameDuplicate), a theme, field, district or entry that does not exist
/// (PlanName), a benefit (BenefitUnknown), a source or clause (CiteUnknown), a figure that is no decimal number (ValueBad), figures of one
/// indicator in different units (UnitMismatch), a year outside 2000–2100 or a negative size (RangeBad). Whether the facilities exist is seen
/// where they are read.
void CheckCityPlan(const Pack& pack, const PackFiles& files, Diagnostics& out);

}  // namespace chuncheng
