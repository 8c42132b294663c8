// The database that the published pack gives, built once.
#pragma once
#include <string>

namespace chuncheng {

const std::string& KunmingDatabase();

}  // namespace chuncheng
