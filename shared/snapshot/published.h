// A snapshot that was read again: what `chuncheng diff` and `export` say of it.
#pragma once
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "shared/snapshot/facility.h"
#include "shared/snapshot/language.h"
#include "shared/snapshot/manifest.h"

namespace chuncheng {

struct PublishedSnapshot {
  std::string text;  ///< of the manifest, to the byte
  Manifest manifest;
  std::map<std::string, std::string> files;  ///< key ("policy") → bytes, each what the manifest says
};

/// All places of its databases, in the order of names. Errors: SnapshotFile, DatabaseBad.
Result<std::vector<Facility>> PublishedFacilities(const PublishedSnapshot& snapshot);
/// What its search knows of the language. Errors: SnapshotFile, DatabaseBad.
Result<Language> PublishedLanguage(const PublishedSnapshot& snapshot);

/// For people: UTF-8 with a byte-order mark and CRLF, so that spreadsheets open it right. ReadFacilities reads it back to the same places.
std::string FacilitiesCsv(const std::vector<Facility>& facilities);
/// {"format":"km-facilities/1","data_date","facilities":[{…}]}: one place a line; keys are the columns, what is not known is left out.
std::string FacilitiesJson(const std::vector<Facility>& facilities, std::string_view data_date);
/// The JSON Schema of that. `say`: column → its description.
std::string FacilitiesSchema(const std::map<std::string, std::string>& say);

/// {"format":"km-snapshot-diff/1",…} of docs/interfaces.md, section 4. Errors: DatabaseBad, JsonSyntax.
Result<json::value> DiffSnapshots(const PublishedSnapshot& before, const PublishedSnapshot& after);

}  // namespace chuncheng
