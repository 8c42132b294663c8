// What stands in a pack and serves nothing, and texts that are not clean.
#pragma once
#include "shared/benefits/pack.h"

namespace chuncheng {

/// Unused: facts, params, cells of params, groups and inputs of tables that no rule reads. TextSpaces: strings and keys with white space at an end.
void CheckLeftovers(const Pack& pack, const PackFiles& files, Diagnostics& out);

/// Sources, and clauses of cited sources, that nothing cites: allowed, since a document may be listed before a benefit rests on it.
Diagnostics Uncited(const PackFiles& files);

}  // namespace chuncheng
