// The snapshot builder: from a checked pack and its facilities to the bytes that are published. Needs ICU's full data, so it runs natively.
#pragma once
#include <map>
#include <string>

#include "shared/benefits/pack.h"
#include "shared/snapshot/facility.h"
#include "shared/snapshot/manifest.h"
#include "shared/snapshot/translations.h"
#include "shared/snapshot/write_databases.h"

namespace chuncheng {

struct Snapshot {
  std::map<std::string, std::string> files;  ///< name → bytes
  Manifest manifest;
  Diagnostics warnings;  ///< of WarnFacilities and Translate
};

/// Of all files (UTF-8 or GB18030): file name → bytes. Rows that do not fit are reported and left out.
std::vector<Facility> ReadAllFacilities(const std::map<std::string, std::string>& csv, const std::vector<District>& districts, Diagnostics& out);

struct BuildOptions {
  bool synthetic = false;                ///< made-up facilities are taken
  std::size_t whole = kWholeFacilities;  ///< more than so many facilities: a database a district
};

/// The same inputs give the same bytes, in any folder, locale and time zone. `csv`: file name → bytes of the pack's facilities (UTF-8 or GB18030);
/// `texts`: language → messages; `translations`: of the pack's texts. Everything wrong is reported; then the snapshot is empty.
Snapshot BuildSnapshot(const PackFiles& pack, const std::map<std::string, std::string>& csv, const std::map<std::string, std::string>& texts,
                       Diagnostics& out, const BuildOptions& options = {}, const Translations& translations = {});

}  // namespace chuncheng
