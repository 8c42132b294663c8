#include "shared/tools/quality.h"

#include <algorithm>
#include <map>

#include "shared/tools/review/html.h"

namespace chuncheng {
namespace {

// Column → how many have it.
struct Filled {
  std::int64_t places = 0;
  std::map<std::string_view, std::int64_t> columns;

  void Add(const Facility& one) {
    ++places;
    for (std::string_view column : kFacilityColumns) columns[column] += Field(one, column).empty() ? 0 : 1;
  }
};

std::string Row(const std::string& title, const Filled& filled) {
  std::string out = "<tr><th scope=\"row\" class=\"place\">" + Escape(title) + "</th><td class=\"number\">" + Count(filled.places) + "</td>";
  for (std::string_view column : kFacilityColumns) {
    const std::int64_t count = filled.columns.at(column);
    // Rounded down, so that 100 means all.
    const std::int64_t percent = count * 100 / filled.places;
    out += "<td class=\"number" + std::string(percent < 50 ? " moved" : "") + "\" title=\"" + std::to_string(count) + "\">" +
           std::to_string(percent) + "</td>";
  }
  return out + "</tr>\n";
}

std::string Completeness(const std::vector<Facility>& facilities, const std::vector<District>& districts) {
  Filled all;
  std::map<std::string, Filled> by_district;
  for (const Facility& one : facilities) {
    all.Add(one);
    by_district[one.district].Add(one);
  }
  std::string out = "<h2>" + Say("review.quality.filled") + "</h2>\n<p>" + Say("review.quality.filled.text") +
                    "</p>\n<div class=\"scroll\"><table>\n<thead><tr><th>" + Say("review.quality.district") + "</th><th class=\"place\">" +
                    Say("review.quality.places") + "</th>";
  for (std::string_view column : kFacilityColumns)
    out += "<th title=\"" + Say("cli.export.column." + std::string(column)) + "\"><code>" + std::string(column) + "</code></th>";
  out += "</tr></thead>\n<tbody>\n";
  if (all.places > 0) out += Row(Text("review.quality.all"), all);
  for (const District& district : districts) {
    if (const auto found = by_district.find(district.code); found != by_district.end()) out += Row(district.name, found->second);
  }
  if (const auto found = by_district.find(""); found != by_district.end()) out += Row(Text("review.quality.no_district"), found->second);
  return out + "</tbody>\n</table></div>\n";
}

std::string Warnings(const Diagnostics& warnings) {
  std::string out = "<h2>" + Say("review.quality.warnings") + "</h2>\n<p>" + Say("cli.build.warnings", {{"count", std::to_string(warnings.size())}}) +
                    "</p>\n<ul>\n";
  for (const Error& warning : warnings) out += "<li>" + Escape(Text(warning)) + "</li>\n";
  return out + "</ul>\n";
}

}  // namespace

std::string QualityPage(const std::vector<Facility>& facilities, const std::vector<District>& districts, const Diagnostics& warnings,
                        std::string_view data_date) {
  const std::string title = Text("review.quality.title");
  std::string body = "<h1>" + Escape(title) + "</h1>\n<p class=\"summary\">" +
                     Say("review.quality.summary", {{"date", std::string(data_date)}, {"count", std::to_string(facilities.size())}}) + "</p>\n";
  body += Completeness(facilities, districts) + Warnings(warnings);
  return Document(title, body, kReviewStyle);
}

}  // namespace chuncheng
