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
};

struct District {
  std::string code;
  std::string name;
  std::vector<std::string> words;  ///< short names people type
};

/// A list of words people type; one that is empty is reported.
std::vector<std::string> ReadWords(const Node& list);
std::vector<District> ReadDistricts(const Node& root);

/// Rows of a facilities CSV. Every field that does not fit is reported with file, row, column and value; such rows are left out.
void ReadFacilities(std::string_view text, const std::string& file, const std::vector<District>& districts, std::vector<Facility>& facilities,
                    Diagnostics& out);

}  // namespace chuncheng
