#include "shared/tools/snapshot_folder.h"

#include <filesystem>

#include "shared/tools/files.h"

namespace chuncheng {
namespace fs = std::filesystem;

bool IsSnapshotFolder(const std::string& folder) {
  std::error_code code;
  return fs::is_regular_file(fs::path(folder) / kManifestName, code);
}

Result<PublishedSnapshot> ReadSnapshotFolder(const std::string& folder) {
  PublishedSnapshot out;
  const std::string path = (fs::path(folder) / kManifestName).string();
  auto text = ReadFile(path);
  if (!text) return text.error();
  auto manifest = ReadManifest(*text, path);
  if (!manifest) return manifest.error();
  for (const ManifestFile& file : manifest->files) {
    auto bytes = ReadFile((fs::path(folder) / file.name).string());
    if (!bytes) return bytes.error();
    if (const auto good = Verify(*manifest, file.key, *bytes); !good) return good.error();
    out.files[file.key] = std::move(*bytes);
  }
  out.text = std::move(*text);
  out.manifest = std::move(*manifest);
  return out;
}

}  // namespace chuncheng
