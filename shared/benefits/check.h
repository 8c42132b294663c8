// What must hold before a pack is published, beyond what reading it proves.
#pragma once
#include "shared/benefits/pack.h"

namespace chuncheng {

/// Tables without gap or overlap over what the criteria let through; rows and criteria that can decide something; worked examples that pass,
/// reach every row and show every criterion met and not met; a plan.json without a fault; nothing that serves nothing. `pack` must have been read
/// from `files` without a problem. Order: pack.json, benefits, plan.json, then what is unused.
void CheckPack(const Pack& pack, const PackFiles& files, Diagnostics& out);

/// A worked example as a profile: one person of each kind, each fact with the kind that owns it. `test` has `as_of` and an object `facts`.
json::value ExampleProfile(const Pack& pack, const Benefit& benefit, const json::object& test);

}  // namespace chuncheng
