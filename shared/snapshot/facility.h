// One place: a home, a centre, a canteen, a nursery. docs/interfaces.md section 5.
#pragma once
#include <array>
#include <optional>
#include <string>
#include <vector>

#include "shared/base/json.h"

namespace chuncheng {

constexpr std::array<std::string_view, 9> kFacilityTypes = {"elder_home", "day_care",          "canteen",          "medical_care", "wellness",
                                                            "childcare",  "welfare_institute", "children_welfare", "other"};
constexpr std::array<std::string_view, 3> kStages = {"open", "planned", "unknown"};
constexpr std::array<std::string_view, 5> kConfidences = {"official", "two", "single", "single-weak", "plan"};

struct Facility {
  std::string id, name, type, district, address, phone, stage, op, period, needs, note, source, source_date, confidence;
  std::optional<std::int64_t> beds, places, price_min, price_max;  ///< places to sleep; places for children; yuan a month
  std::optional<std::int64_t> lat_e6, lon_e6;                      ///< WGS-84 degrees × 10⁶
  std::string file;                                                ///< where it was read, for what is said about it
  std::int64_t row = 0;
};

/// The columns of a facilities CSV in the order in which they are written.
constexpr std::array<std::string_view, 20> kFacilityColumns = {"id",        "name",  "type",     "district", "address",     "phone",     "beds",
                                                               "places",    "stage", "operator", "period",   "lat",         "lon",       "price_min",
                                                               "price_max", "needs", "note",     "source",   "source_date", "confidence"};
constexpr std::array<std::string_view, 4> kCountColumns = {"beds", "places", "price_min", "price_max"};

/// What a column of kFacilityColumns says of a facility, as in a CSV; "" = unknown.
std::string Field(const Facility& facility, std::string_view column);

struct District {
  std::string code;
  std::string name;
  std::vector<std::string> words;                          ///< short names people type
  bool city = false;                                       ///< all of them together
  std::vector<std::string> neighbours = {};                ///< codes of districts it has a border with
  std::optional<std::array<std::int64_t, 4>> bounds = {};  ///< south, west, north, east of where its points may lie, degrees × 10⁶
};

/// A list of words people type; one that is empty is reported.
std::vector<std::string> ReadWords(const Node& list);
/// Errors: those of reading JSON, NameDuplicate, NameUnknown for a neighbour that does not exist or does not name this one in turn, RangeBad.
std::vector<District> ReadDistricts(const Node& root);

/// Rows of a facilities CSV. Every field that does not fit is reported with file, row, column and value; such rows are left out.
/// Spaces around a value, a `'` before a number, thousands separators and slashes in a date are taken away.
void ReadFacilities(std::string_view text, const std::string& file, const std::vector<District>& districts, std::vector<Facility>& facilities,
                    Diagnostics& out);

}  // namespace chuncheng
