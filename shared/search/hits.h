// One row of an answer: its columns, why it matched and what to mark.
#pragma once
#include "shared/search/matching.h"
#include "shared/search/search.h"

namespace chuncheng {

/// The columns of a facility in the order of an answer.
constexpr std::array<std::string_view, 20> kFields = {"id",        "name",  "type",     "district", "address",     "phone",     "beds",
                                                      "places",    "stage", "operator", "period",   "lat",         "lon",       "price_min",
                                                      "price_max", "needs", "note",     "source",   "source_date", "confidence"};
inline json::string Said(std::string_view text) { return json::string(text.data(), text.size()); }

class Hits {
 public:
  /// Both must outlive this object. Error: DatabaseBad.
  static Result<Hits> Of(const Search& search);

  /// The row's columns. Error: DatabaseBad.
  Result<json::object> Columns(std::uint32_t row);
  /// The same with `match`, `field`, `highlight` and `marks`.
  Result<json::object> Hit(std::uint32_t row, const std::vector<RunMatch>& runs, const RunMatch* together);

 private:
  Hits(const Search& search, std::vector<Statement> facility) : search_(&search), facility_(std::move(facility)) {}

  const Search* search_;
  std::vector<Statement> facility_;    // by database
  std::optional<Statement> document_;  // prepared when the first is shown
};

}  // namespace chuncheng
