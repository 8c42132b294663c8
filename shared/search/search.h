// Search over a snapshot's database, facilities and what the policy says: docs/interfaces.md section 6.
#pragma once
#include <array>
#include <optional>
#include <string>
#include <vector>

#include "shared/base/json.h"
#include "shared/search/understand.h"
#include "shared/snapshot/database.h"
#include "shared/snapshot/language.h"

namespace chuncheng {

/// What filters, facets and orders read of a row, kept in memory.
struct SearchRow {
  std::uint8_t kind = 0;                           ///< position in kKinds
  std::uint8_t database = 0;                       ///< which one it stands in
  std::uint32_t rank = 0;                          ///< its key there; facilities in the order of names through all databases
  std::uint8_t type = 0, district = 0, stage = 0;  ///< positions in their lists, 255 = none
  std::optional<std::int32_t> beds, places, price;
  std::optional<std::array<std::int32_t, 2>> point;  ///< latitude and longitude, degrees × 10⁶
};

/// The facilities of a district, when they are in a database of their own.
struct SearchPart {
  std::string district;
  std::int64_t facilities = 0;
  std::optional<std::array<std::int64_t, 4>> box;  ///< south, west, north, east of those with a point, degrees × 10⁶
  bool loaded = false;
};

class Search {
 public:
  /// The database "facilities" of a snapshot. Copies the bytes and reads every text once. Error: DatabaseBad.
  static Result<Search> Open(std::string_view bytes);
  /// Is it one of the databases "facilities.<district>" that Add takes?
  static bool IsPart(std::string_view bytes);
  /// Databases of districts beside what is there. Reads every text again. One that is there already is passed over. Error: DatabaseBad, also for a
  /// part of other data; then everything is as before.
  Result<bool> Add(const std::vector<std::string_view>& parts);

  /// A query, {"suggest":text}, {"compare":[id]} or {"links":id}. Errors: those of reading JSON, QueryLong (over 100 characters), ValueBad,
  /// RangeBad, DatabaseBad. Cost: the places of the rarest character of each phrase tried, then linear in the rows.
  Result<json::value> Answer(const json::value& query, std::string_view file) const;

 private:
  friend class Asking;
  friend class Hits;
  Search(Database database, Language language) : language_(std::move(language)) { databases_.push_back(std::move(database)); }

  Result<bool> ReadParts();
  Result<bool> ReadWords();
  /// Every text of all databases, anew.
  Result<bool> Read();
  Result<bool> ReadAllFacilities();
  Result<bool> ReadFacilities(std::uint8_t database);
  Result<bool> ReadDocuments();
  void AddWordTexts();
  std::vector<std::string_view> DistrictCodes() const;
  Result<json::value> Compare(const Node& root) const;
  Result<json::value> Links(const Node& root) const;
  /// A facility; ValueBad reported when there is none with the id.
  std::optional<std::uint32_t> RowOf(const Node& id) const;

  std::vector<Database> databases_;  // "facilities", then parts
  std::vector<SearchPart> parts_;    // all there are, by district
  Language language_;
  std::vector<std::string> folded_;  // FoldedSound of the language's syllables
  std::vector<Word> words_;
  std::vector<std::string> districts_;  // codes, the city among them
  std::vector<SearchRow> rows_;         // facilities by database and rank, then the other texts
  std::size_t facilities_ = 0;
  Index index_;
  // Words in the index that stand for all rows of a type, of a district; for what a type serves; for the whole city (one list).
  std::vector<std::vector<std::uint32_t>> type_texts_, district_texts_, need_texts_, city_texts_;
  bool know_beds_ = false, know_price_ = false;
};

}  // namespace chuncheng
