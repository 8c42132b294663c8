#include "tests/fuzz/snapshot.h"

#include "shared/snapshot/manifest.h"
#include "shared/tools/files.h"
#include "tests/fuzz/fuzz.h"

namespace chuncheng {

const std::string& KunmingDatabase() {
  static const std::string bytes = [] {
    const std::string folder = "build/snapshot/";
    const auto text = ReadFile(folder + "manifest.json");
    Must(static_cast<bool>(text), "the snapshot has been built");
    const auto manifest = ReadManifest(*text, "manifest.json");
    Must(static_cast<bool>(manifest), "its manifest can be read");
    for (const auto& file : manifest->files) {
      if (file.key != "facilities") continue;
      auto read = ReadFile(folder + file.name);
      Must(static_cast<bool>(read), "the database is there");
      return std::move(*read);
    }
    Must(false, "a snapshot has facilities");
    return std::string();
  }();
  return bytes;
}

}  // namespace chuncheng
