// The pack that is published, read once for all tests.
#pragma once
#include "shared/benefits/pack.h"

namespace chuncheng {

const PackFiles& KunmingFiles();
const Pack& KunmingPack();

}  // namespace chuncheng
