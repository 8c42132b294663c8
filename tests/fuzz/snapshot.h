// The database of build/snapshot, read once: building one takes a sanitizer's build half a minute.
#pragma once
#include <string>

namespace chuncheng {

const std::string& KunmingDatabase();

}  // namespace chuncheng
