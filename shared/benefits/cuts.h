// Where the answers of a program change: the constants its facts are compared with.
#pragma once
#include "shared/benefits/pack.h"

namespace chuncheng {

/// Between two neighbouring cuts of a fact every comparison with a constant answers the same, so one interval stands for all values between.
Cuts CollectCuts(const Program& program);

}  // namespace chuncheng
