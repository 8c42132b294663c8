#include "tests/fuzz/snapshot.h"

#include "shared/snapshot/build.h"
#include "shared/tools/files.h"
#include "tests/fuzz/fuzz.h"
#include "tests/unit/kunming.h"

namespace chuncheng {

const std::string& KunmingDatabase() {
  static const std::string bytes = [] {
    Diagnostics out;
    const auto csv = ReadFolder("shared/packs/kunming", "facilities", ".csv", out);
    const auto snapshot = BuildSnapshot(KunmingFiles(), csv, {{"zh-CN", "{}"}}, out);
    Must(out.empty(), "the published pack builds");
    for (const auto& file : snapshot.manifest.files) {
      if (file.key == "facilities") return snapshot.files.at(file.name);
    }
    Must(false, "a snapshot has facilities");
    return std::string();
  }();
  return bytes;
}

}  // namespace chuncheng
