// Files in and out for the command line; the core itself does none.
#pragma once
#include <string>

#include "shared/base/result.h"
#include "shared/benefits/pack.h"
#include "shared/snapshot/translations.h"

namespace chuncheng {

/// Whole file; "-" is standard input.
Result<std::string> ReadFile(const std::string& path);
/// Whole or not at all: written beside, then renamed.
Result<bool> WriteFile(const std::string& path, std::string_view bytes);
/// The same for a file that only its owner may read.
Result<bool> WriteSecretFile(const std::string& path, std::string_view bytes);
/// The texts of a pack folder by their name below it; those of missing documents are absent.
std::map<std::string, std::string> ReadPackTexts(const std::string& folder, Diagnostics& out);
/// The documents in such texts; every missing or broken one is reported, and every key that stands twice.
PackFiles ParsePack(const std::map<std::string, std::string>& texts, Diagnostics& out);
/// The documents of a pack folder; every unreadable or broken one is reported.
PackFiles ReadPackFolder(const std::string& folder, Diagnostics& out);
/// What texts/ of a pack folder holds, if there is one; every unreadable or broken file is reported, and every key that stands twice.
Translations ReadTranslations(const std::string& folder, Diagnostics& out);
/// Files of `folder`/`sub` with this ending, by their name below `folder`; what cannot be read is reported.
std::map<std::string, std::string> ReadFolder(const std::string& folder, const std::string& sub, const std::string& ending, Diagnostics& out);

}  // namespace chuncheng
