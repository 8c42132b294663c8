#include "shared/snapshot/published.h"

#include <algorithm>
#include <boost/json/serialize.hpp>
#include <set>

#include "shared/snapshot/database.h"

namespace chuncheng {
namespace {

bool IsNumber(std::string_view column) {
  return column == "lat" || column == "lon" || std::find(kCountColumns.begin(), kCountColumns.end(), column) != kCountColumns.end();
}

json::object HeadOf(const Manifest& manifest) { return {{"data_date", manifest.data_date}, {"counter", manifest.counter}}; }

// id → what is said of it, of the two sides; then who is new, gone and changed, in the order of the ids.
template <class One>
json::object Compare(const std::map<std::string, One>& before, const std::map<std::string, One>& after, auto&& changed) {
  json::array fresh;
  json::array gone;
  json::array different;
  for (const auto& [id, one] : before) {
    const auto other = after.find(id);
    if (other == after.end()) {
      gone.emplace_back(id);
    } else if (const json::value said = changed(id, one, other->second); !said.is_null()) {
      different.push_back(said);
    }
  }
  for (const auto& [id, one] : after) {
    if (!before.contains(id)) fresh.emplace_back(id);
  }
  return {{"new", std::move(fresh)}, {"gone", std::move(gone)}, {"changed", std::move(different)}};
}

Result<std::map<std::string, Facility>> FacilitiesOf(const PublishedSnapshot& snapshot) {
  const auto list = PublishedFacilities(snapshot);
  if (!list) return list.error();
  std::map<std::string, Facility> out;
  for (const Facility& one : *list) out.emplace(one.id, one);
  return out;
}

Result<std::map<std::string, std::string>> BenefitsOf(const PublishedSnapshot& snapshot) {
  const auto file = snapshot.files.find("policy");
  if (file == snapshot.files.end()) return Error{ErrorCode::SnapshotFile, "manifest.json", "/files", 0, {{"name", "policy"}}};
  const auto policy = ParseJson(file->second, "policy");
  if (!policy) return policy.error();
  Diagnostics problems;
  std::map<std::string, std::string> out;
  if (const auto list = Node(*policy, "policy", problems).At("benefits")) {
    for (const Node& item : list->Items()) {
      if (const auto id = item.At("id")) out[id->String().value_or("")] = Canonical(item.value());
    }
  }
  if (!problems.empty()) return problems.front();
  return out;
}

// Of one database, by rank.
Result<bool> ReadRanked(std::string_view database, std::vector<std::pair<std::int64_t, Facility>>& out) {
  const auto opened = Database::Open(database);
  if (!opened) return opened.error();
  auto rows = opened->Prepare(
      "SELECT rank,id,name,type,district,address,phone,beds,places,stage,operator,period,lat,lon,price_min,price_max,needs,note,source,source_date,"
      "confidence FROM facility ORDER BY rank");
  if (!rows) return rows.error();
  while (rows->Step()) {
    int column = 1;
    auto text = [&] { return rows->Text(column++); };
    auto number = [&]() -> std::optional<std::int64_t> {
      const int at = column++;
      return rows->IsNull(at) ? std::nullopt : std::optional(rows->Int(at));
    };
    Facility one;
    one.id = text();
    one.name = text();
    one.type = text();
    one.district = text();
    one.address = text();
    one.phone = text();
    one.beds = number();
    one.places = number();
    one.stage = text();
    one.op = text();
    one.period = text();
    one.lat_e6 = number();
    one.lon_e6 = number();
    one.price_min = number();
    one.price_max = number();
    one.needs = text();
    one.note = text();
    one.source = text();
    one.source_date = text();
    one.confidence = text();
    out.emplace_back(rows->Int(0), std::move(one));
  }
  if (!rows->ok()) return Error{ErrorCode::DatabaseBad, "", "", 0, {}};
  return true;
}

}  // namespace

Result<std::vector<Facility>> PublishedFacilities(const PublishedSnapshot& snapshot) {
  if (!snapshot.files.contains("facilities")) return Error{ErrorCode::SnapshotFile, "manifest.json", "/files", 0, {{"name", "facilities"}}};
  std::vector<std::pair<std::int64_t, Facility>> ranked;
  for (const auto& [key, bytes] : snapshot.files) {
    if (key != "facilities" && !key.starts_with("facilities.")) continue;
    if (const auto read = ReadRanked(bytes, ranked); !read) return read.error();
  }
  std::sort(ranked.begin(), ranked.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
  std::vector<Facility> out;
  out.reserve(ranked.size());
  for (auto& [rank, one] : ranked) out.push_back(std::move(one));
  return out;
}

Result<Language> PublishedLanguage(const PublishedSnapshot& snapshot) {
  const auto file = snapshot.files.find("facilities");
  if (file == snapshot.files.end()) return Error{ErrorCode::SnapshotFile, "manifest.json", "/files", 0, {{"name", "facilities"}}};
  const auto database = Database::Open(file->second);
  if (!database) return database.error();
  auto meta = database->Prepare("SELECT value FROM meta WHERE key='language'");
  if (!meta) return meta.error();
  if (!meta->Step()) return Error{ErrorCode::DatabaseBad, "", "", 0, {}};
  return Language::Decode(meta->Text(0));
}

std::string FacilitiesCsv(const std::vector<Facility>& facilities) {
  std::string out = "\xEF\xBB\xBF";
  for (std::string_view column : kFacilityColumns) out += (column == kFacilityColumns.front() ? "" : ",") + std::string(column);
  out += "\r\n";
  for (const Facility& one : facilities) {
    for (std::string_view column : kFacilityColumns) {
      if (column != kFacilityColumns.front()) out += ',';
      const std::string value = Field(one, column);
      if (value.find_first_of(",;\t\"\r\n") == std::string::npos) {
        out += value;
        continue;
      }
      out += '"';
      for (char c : value) out += c == '"' ? std::string("\"\"") : std::string(1, c);
      out += '"';
    }
    out += "\r\n";
  }
  return out;
}

std::string FacilitiesJson(const std::vector<Facility>& facilities, std::string_view data_date) {
  auto quoted = [](std::string_view text) { return json::serialize(json::string_view(text.data(), text.size())); };
  std::string out = R"({"format":"km-facilities/1","data_date":)" + quoted(data_date) + ",\"facilities\":[";
  for (std::size_t i = 0; i < facilities.size(); ++i) {
    out += i == 0 ? "\n{" : ",\n{";
    bool first = true;
    for (std::string_view column : kFacilityColumns) {
      const std::string value = Field(facilities[i], column);
      if (value.empty()) continue;
      out += (first ? "" : ",") + quoted(column) + ":" + (IsNumber(column) ? value : quoted(value));
      first = false;
    }
    out += '}';
  }
  return out + "\n]}\n";
}

std::string FacilitiesSchema(const std::map<std::string, std::string>& say) {
  auto names = [](const auto& values) {
    json::array out;
    for (std::string_view value : values) out.emplace_back(json::string_view(value.data(), value.size()));
    return out;
  };
  json::object properties;
  for (std::string_view name : kFacilityColumns) {
    const std::string column(name);
    json::object one;
    one["type"] = column == "lat" || column == "lon" ? "number" : IsNumber(column) ? "integer" : "string";
    if (column == "type") one["enum"] = names(kFacilityTypes);
    if (column == "stage") one["enum"] = names(kStages);
    if (column == "confidence") one["enum"] = names(kConfidences);
    if (column == "source_date") one["format"] = "date";
    if (const auto text = say.find(column); text != say.end()) one["description"] = text->second;
    properties[column] = std::move(one);
  }
  const json::object facility = {{"type", "object"},
                                 {"additionalProperties", false},
                                 {"required", names(std::array<std::string_view, 6>{"id", "name", "type", "stage", "source", "confidence"})},
                                 {"properties", std::move(properties)}};
  const json::object root = {{"$schema", "https://json-schema.org/draft/2020-12/schema"},
                             {"type", "object"},
                             {"additionalProperties", false},
                             {"required", names(std::array<std::string_view, 3>{"format", "data_date", "facilities"})},
                             {"properties", json::object{{"format", json::object{{"const", "km-facilities/1"}}},
                                                         {"data_date", json::object{{"type", "string"}, {"format", "date"}}},
                                                         {"facilities", json::object{{"type", "array"}, {"items", facility}}}}}};
  return json::serialize(root) + "\n";
}

Result<json::value> DiffSnapshots(const PublishedSnapshot& before, const PublishedSnapshot& after) {
  const auto old_facilities = FacilitiesOf(before);
  const auto new_facilities = FacilitiesOf(after);
  const auto old_benefits = BenefitsOf(before);
  const auto new_benefits = BenefitsOf(after);
  if (!old_facilities) return old_facilities.error();
  if (!new_facilities) return new_facilities.error();
  if (!old_benefits) return old_benefits.error();
  if (!new_benefits) return new_benefits.error();
  std::set<std::string> keys;
  for (const auto* side : {&before, &after}) {
    for (const auto& [key, bytes] : side->files) keys.insert(key);
  }
  json::array files;
  for (const std::string& key : keys) {
    const auto one = before.files.find(key);
    const auto two = after.files.find(key);
    if (one == before.files.end() || two == after.files.end() || one->second != two->second) files.emplace_back(key);
  }
  json::object out;
  out["format"] = "km-snapshot-diff/1";
  out["before"] = HeadOf(before.manifest);
  out["after"] = HeadOf(after.manifest);
  out["files"] = std::move(files);
  out["facilities"] = Compare(*old_facilities, *new_facilities, [](const std::string& id, const Facility& a, const Facility& b) -> json::value {
    json::array columns;
    for (std::string_view column : kFacilityColumns) {
      if (Field(a, column) != Field(b, column)) columns.emplace_back(json::string_view(column.data(), column.size()));
    }
    if (columns.empty()) return nullptr;
    return json::object{{"id", id}, {"columns", std::move(columns)}};
  });
  out["benefits"] = Compare(*old_benefits, *new_benefits, [](const std::string& id, const std::string& a, const std::string& b) -> json::value {
    return a == b ? json::value(nullptr) : json::value(id);
  });
  return json::value(std::move(out));
}

}  // namespace chuncheng
