#include "tests/unit/kunming.h"

#include <gtest/gtest.h>

#include "shared/tools/files.h"

namespace chuncheng {

const PackFiles& KunmingFiles() {
  static const PackFiles files = [] {
    Diagnostics problems;
    auto read = ReadPackFolder(CHUNCHENG_SOURCE "/shared/packs/kunming", problems);
    EXPECT_TRUE(problems.empty());
    return read;
  }();
  return files;
}

const Pack& KunmingPack() {
  static const Pack pack = [] {
    Diagnostics problems;
    auto read = ReadPack(KunmingFiles(), problems);
    EXPECT_TRUE(problems.empty());
    return read;
  }();
  return pack;
}

}  // namespace chuncheng
