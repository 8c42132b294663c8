// The SQLite databases of facilities: those of a snapshot, which the search reads, and the one that is handed to everybody.
#pragma once
#include <map>
#include <string>
#include <vector>

#include "shared/snapshot/documents.h"
#include "shared/snapshot/facility.h"
#include "shared/snapshot/language.h"
#include "shared/snapshot/vocabulary.h"

namespace chuncheng {

/// More facilities than this are not for one download (docs/decisions/018-search.md): each district's are a part of their own.
constexpr std::size_t kWholeFacilities = 20000;

struct SearchData {
  const std::vector<District>& districts;
  const Vocabulary& vocabulary;
  const std::vector<Document>& documents;
  const Language& language;
  std::string data_date;
};

/// Key in the manifest → database: "facilities", and with more than `whole` facilities "facilities.<district>" for each district that has some;
/// "facilities" then has those of no district. `facilities` in the order of names. Error: Internal.
Result<std::map<std::string, std::string>> WriteDatabases(const std::vector<Facility>& facilities, const SearchData& data,
                                                          std::size_t whole = kWholeFacilities);

/// One database of all facilities for anybody's SQLite: the table `facility`, beside it an FTS5 index `words` (characters, syllables and first
/// letters of name and address, each a token; rowid = rank) and an R*Tree `place` (degrees × 10⁶). Error: Internal.
Result<std::string> WriteOpenDatabase(const std::vector<Facility>& facilities, const Language& language, const std::string& data_date);

}  // namespace chuncheng
