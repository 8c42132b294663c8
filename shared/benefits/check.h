// What must hold before a pack is published, beyond what reading it proves.
#pragma once
#include "shared/benefits/pack.h"

namespace chuncheng {

/// Tables without gap or overlap over what the criteria let through; criteria that are neither always nor never met; worked examples that
/// pass, reach every row and show every criterion met and not met. `pack` must have been read from `files` without a problem.
void CheckPack(const Pack& pack, const PackFiles& files, Diagnostics& out);

}  // namespace chuncheng
