// What the pack and the page say, in languages other than Chinese: shared/packs/<pack>/texts/<language>.json, from the Chinese text to the other.
#pragma once
#include <map>
#include <string>

#include "shared/benefits/pack.h"

namespace chuncheng {

/// Language → its file; each an object from a text of the pack to its translation.
using Translations = std::map<std::string, PackFile>;

/// For each language the translations of what a citizen can be shown of this pack, and nothing else. A file that is no object of strings is an
/// error in `out`; a text without translation, and a translation of no text, is a warning that names the nearest text.
std::map<std::string, json::object> Translate(const PackFiles& pack, const Translations& translations, Diagnostics& out, Diagnostics& warnings);

}  // namespace chuncheng
