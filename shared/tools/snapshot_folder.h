// A snapshot as it lies in a folder.
#pragma once
#include <string>

#include "shared/snapshot/published.h"

namespace chuncheng {

constexpr const char* kManifestName = "manifest.json";

/// Is there a manifest in it?
bool IsSnapshotFolder(const std::string& folder);
/// The manifest and every file it names, each checked by size and hash; the signature is not. The first error names the file.
Result<PublishedSnapshot> ReadSnapshotFolder(const std::string& folder);

}  // namespace chuncheng
