#include "shared/snapshot/facility.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <set>

#include "shared/base/date.h"
#include "shared/base/space.h"
#include "shared/snapshot/csv.h"

namespace chuncheng {
namespace {

std::string List(const auto& values) {
  std::string out;
  for (const auto& value : values) out += (out.empty() ? "" : ", ") + std::string(value);
  return out;
}

std::optional<std::int64_t> Whole(std::string_view text, std::int64_t most) {
  if (text.empty() || text.size() > 9 || text.find_first_not_of("0123456789") != std::string_view::npos) return std::nullopt;
  std::int64_t value = 0;
  for (char c : text) value = value * 10 + (c - '0');
  return value <= most ? std::optional(value) : std::nullopt;
}

// Decimal degrees with at most six places, exactly, as integer millionths.
std::optional<std::int64_t> Degrees(std::string_view text, std::int64_t limit) {
  const bool negative = text.starts_with('-');
  if (negative) text.remove_prefix(1);
  const std::size_t dot = text.find('.');
  std::string fraction(dot == std::string_view::npos ? "" : text.substr(dot + 1));
  if (fraction.size() > 6) return std::nullopt;
  fraction.resize(6, '0');
  const auto whole = Whole(text.substr(0, dot), limit);
  const auto part = Whole(fraction, 999999);
  if (!whole || !part) return std::nullopt;
  const std::int64_t value = *whole * 1000000 + *part;
  if (value > limit * 1000000) return std::nullopt;
  return negative ? -value : value;
}

// "1,400" → "1400"; anything but whole groups of three stays as it is.
std::string Ungrouped(const std::string& text) {
  const std::size_t first = text.find(',');
  if (first == std::string::npos || first == 0 || first > 3) return text;
  std::string out = text.substr(0, first);
  for (std::size_t i = first; i < text.size(); i += 4) {
    const std::string group = text.substr(i + 1, 3);
    if (text[i] != ',' || group.size() != 3 || group.find_first_not_of("0123456789") != std::string::npos) return text;
    out += group;
  }
  return out;
}

// Control characters but tab and line breaks, and U+200E, U+200F, U+202A to U+202E, U+2066 to U+2069.
bool HasHiddenMarks(std::string_view text) {
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto byte = static_cast<unsigned char>(text[i]);
    if ((byte < 0x20 && byte != '\t' && byte != '\n' && byte != '\r') || byte == 0x7F) return true;
    if (byte != 0xE2 || i + 2 >= text.size()) continue;
    const auto last = static_cast<unsigned char>(text[i + 2]);
    if (text[i + 1] == '\x80' && (last == 0x8E || last == 0x8F || (last >= 0xAA && last <= 0xAE))) return true;
    if (text[i + 1] == '\x81' && last >= 0xA6 && last <= 0xA9) return true;
  }
  return false;
}

// "2024/6/27" → "2024-06-27"; anything else stays as it is.
std::string Dashed(const std::string& text) {
  const std::size_t first = text.find('/');
  const std::size_t second = first == std::string::npos ? first : text.find('/', first + 1);
  if (first != 4 || second == std::string::npos) return text;
  auto two = [](const std::string& digits) { return digits.size() == 1 ? "0" + digits : digits; };
  return text.substr(0, 4) + "-" + two(text.substr(5, second - 5)) + "-" + two(text.substr(second + 1));
}

std::string Decimal(const std::optional<std::int64_t>& millionths) {
  if (!millionths) return "";
  const std::int64_t size = *millionths < 0 ? -*millionths : *millionths;
  std::string fraction = std::to_string(1000000 + size % 1000000).substr(1);
  while (!fraction.empty() && fraction.back() == '0') fraction.pop_back();
  return (*millionths < 0 ? "-" : "") + std::to_string(size / 1000000) + (fraction.empty() ? "" : "." + fraction);
}

class RowReader {
 public:
  RowReader(const CsvRow& row, const std::map<std::string_view, std::size_t>& columns, const std::string& file, Diagnostics& out)
      : row_(row), columns_(columns), file_(file), out_(out) {}

  bool good = true;

  std::string Text(std::string_view column) const {
    const auto found = columns_.find(column);
    return found == columns_.end() ? "" : std::string(Trimmed(row_.fields[found->second]));
  }
  // Spreadsheets keep digits as they are after an apostrophe.
  std::string Digits(std::string_view column) const {
    const std::string value = Text(column);
    return value.starts_with('\'') ? value.substr(1) : value;
  }
  // What a spreadsheet would run when someone opens our data in it, and what would turn the text around it about on the page.
  void RefuseActive() {
    for (const auto& [column, index] : columns_) {
      const std::string value = Text(column);
      if (value.starts_with('=') || value.starts_with('@')) Bad(column, value, "text, not a formula");
      if (HasHiddenMarks(value)) Bad(column, value, "text without marks of direction and control characters");
    }
  }
  std::string Needed(std::string_view column) {
    std::string value = Text(column);
    if (value.empty()) Bad(column, value, "not empty");
    return value;
  }
  template <std::size_t N>
  std::string OneOf(std::string_view column, const std::array<std::string_view, N>& names) {
    std::string value = Text(column);
    if (std::find(names.begin(), names.end(), value) == names.end()) Bad(column, value, List(names));
    return value;
  }
  std::optional<std::int64_t> Count(std::string_view column, std::int64_t most) {
    const std::string value = Digits(column);
    if (value.empty()) return std::nullopt;
    const auto number = Whole(Ungrouped(value), most);
    if (!number) Bad(column, value, "0.." + std::to_string(most));
    return number;
  }
  std::optional<std::int64_t> Coordinate(std::string_view column, std::int64_t limit) {
    const std::string value = Digits(column);
    if (value.empty()) return std::nullopt;
    const auto number = Degrees(value, limit);
    if (!number) Bad(column, value, "-" + std::to_string(limit) + ".." + std::to_string(limit));
    return number;
  }
  void Bad(std::string_view column, const std::string& value, std::string want) {
    good = false;
    out_.push_back({ErrorCode::CsvValue, file_, std::string(column), row_.line, {{"value", value}, {"want", std::move(want)}}});
  }

 private:
  const CsvRow& row_;
  const std::map<std::string_view, std::size_t>& columns_;
  const std::string& file_;
  Diagnostics& out_;
};

std::optional<std::array<std::int64_t, 4>> ReadBounds(const Node& node) {
  if (!node.Object({"south", "west", "north", "east"})) return std::nullopt;
  std::array<std::int64_t, 4> out{};
  constexpr std::array<std::pair<const char*, double>, 4> kSides = {{{"south", 90}, {"west", 180}, {"north", 90}, {"east", 180}}};
  for (std::size_t i = 0; i < kSides.size(); ++i) {
    const auto side = node.At(kSides[i].first);
    const auto value = side ? side->Number() : std::nullopt;
    if (!value) return std::nullopt;
    if (!(std::fabs(*value) <= kSides[i].second)) side->Report(ErrorCode::RangeBad);
    out[i] = std::llround(*value * 1e6);
  }
  if (out[0] >= out[2] || out[1] >= out[3]) node.Report(ErrorCode::RangeBad);
  return out;
}

}  // namespace

std::vector<std::string> ReadWords(const Node& list) {
  for (const Node& word : list.Items()) {
    if (word.value() == "") word.Report(ErrorCode::TextMissing);
  }
  return list.value().is_array() ? list.Strings() : std::vector<std::string>{};
}

std::vector<District> ReadDistricts(const Node& root) {
  std::vector<District> districts;
  if (!root.Object({"format", "districts", "note"}) || !root.Format("km-districts/1")) return districts;
  const auto list = root.At("districts");
  if (!list) return districts;
  std::set<std::string> seen;
  std::vector<Node> items;
  for (const Node& item : list->Items()) {
    if (!item.Object({"code", "name", "short", "gb", "kind", "neighbours", "bounds", "note"})) continue;
    District district;
    if (const auto code = item.At("code")) {
      district.code = code->String().value_or("");
      if (code->value() == "") code->Report(ErrorCode::TextMissing);
    }
    if (const auto name = item.At("name"); name && name->Text()) district.name = std::string(name->value().at("zh").get_string());
    if (const auto words = item.At("short")) district.words = ReadWords(*words);
    if (const auto gb = item.Maybe("gb")) gb->String();
    if (const auto kind = item.At("kind")) district.city = kind->OneOf({"statutory", "zone", "city"}) == 2U;
    if (const auto neighbours = item.Maybe("neighbours")) district.neighbours = ReadWords(*neighbours);
    if (const auto bounds = item.Maybe("bounds")) district.bounds = ReadBounds(*bounds);
    if (!seen.insert(district.code).second) item.Report(ErrorCode::NameDuplicate, {{"name", district.code}});
    districts.push_back(std::move(district));
    items.push_back(item);
  }
  for (std::size_t i = 0; i < districts.size(); ++i) {
    for (const std::string& neighbour : districts[i].neighbours) {
      const auto other = std::find_if(districts.begin(), districts.end(), [&](const District& one) { return one.code == neighbour; });
      const auto back = [&](const std::vector<std::string>& list) { return std::find(list.begin(), list.end(), districts[i].code) != list.end(); };
      if (other == districts.end() || !back(other->neighbours)) items[i].Report(ErrorCode::NeighbourUnknown, {{"name", neighbour}});
    }
  }
  return districts;
}

void ReadFacilities(std::string_view text, const std::string& file, const std::vector<District>& districts, std::vector<Facility>& facilities,
                    Diagnostics& out) {
  const auto rows = ReadCsv(text, file, out);
  if (rows.empty()) return;
  std::map<std::string_view, std::size_t> columns;
  bool header = true;
  auto bad_header = [&](std::string_view name) {
    header = false;
    out.push_back({ErrorCode::CsvHeader, file, std::string(name), rows.front().line, {{"name", std::string(name)}}});
  };
  for (std::size_t i = 0; i < rows.front().fields.size(); ++i) {
    const std::string name(Trimmed(rows.front().fields[i]));
    const auto known = std::find(kFacilityColumns.begin(), kFacilityColumns.end(), name);
    if (known == kFacilityColumns.end() || !columns.emplace(*known, i).second) bad_header(name);
  }
  for (std::string_view name : {"id", "name", "type", "stage", "source", "confidence"}) {
    if (!columns.contains(name)) bad_header(name);
  }
  if (!header) return;
  std::set<std::string> ids;
  for (const Facility& facility : facilities) ids.insert(facility.id);
  for (std::size_t r = 1; r < rows.size(); ++r) {
    RowReader row(rows[r], columns, file, out);
    Facility one;
    one.file = file;
    one.row = rows[r].line;
    row.RefuseActive();
    one.id = row.Needed("id");
    if (!one.id.empty() && !ids.insert(one.id).second) row.Bad("id", one.id, "unique");
    one.name = row.Needed("name");
    one.type = row.OneOf("type", kFacilityTypes);
    one.stage = row.OneOf("stage", kStages);
    one.confidence = row.OneOf("confidence", kConfidences);
    one.source = row.Needed("source");
    one.district = row.Text("district");
    const bool known =
        one.district.empty() || std::any_of(districts.begin(), districts.end(), [&](const District& d) { return d.code == one.district; });
    if (!known) row.Bad("district", one.district, "districts.json");
    one.address = row.Text("address");
    one.phone = row.Digits("phone");
    if (one.phone.find_first_not_of("0123456789-+() ") != std::string::npos) row.Bad("phone", one.phone, "0-9 - + ( )");
    one.op = row.Text("operator");
    one.period = row.Text("period");
    one.needs = row.Text("needs");
    one.note = row.Text("note");
    one.source_date = Dashed(row.Text("source_date"));
    if (!one.source_date.empty() && !ParseDay(one.source_date)) row.Bad("source_date", one.source_date, "YYYY-MM-DD");
    one.beds = row.Count("beds", 100000);
    one.places = row.Count("places", 100000);
    one.price_min = row.Count("price_min", 1000000);
    one.price_max = row.Count("price_max", 1000000);
    if (one.price_min && one.price_max && *one.price_min > *one.price_max) row.Bad("price_max", std::to_string(*one.price_max), ">= price_min");
    one.lat_e6 = row.Coordinate("lat", 90);
    one.lon_e6 = row.Coordinate("lon", 180);
    if (row.Text("lat").empty() != row.Text("lon").empty()) row.Bad("lat", row.Text("lat"), "lat, lon");
    if (row.good) facilities.push_back(std::move(one));
  }
}

std::string Field(const Facility& facility, std::string_view column) {
  auto number = [](const std::optional<std::int64_t>& value) { return value ? std::to_string(*value) : ""; };
  if (column == "id") return facility.id;
  if (column == "name") return facility.name;
  if (column == "type") return facility.type;
  if (column == "district") return facility.district;
  if (column == "address") return facility.address;
  if (column == "phone") return facility.phone;
  if (column == "beds") return number(facility.beds);
  if (column == "places") return number(facility.places);
  if (column == "stage") return facility.stage;
  if (column == "operator") return facility.op;
  if (column == "period") return facility.period;
  if (column == "lat") return Decimal(facility.lat_e6);
  if (column == "lon") return Decimal(facility.lon_e6);
  if (column == "price_min") return number(facility.price_min);
  if (column == "price_max") return number(facility.price_max);
  if (column == "needs") return facility.needs;
  if (column == "note") return facility.note;
  if (column == "source") return facility.source;
  if (column == "source_date") return facility.source_date;
  return column == "confidence" ? facility.confidence : "";
}

}  // namespace chuncheng
