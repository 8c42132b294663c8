// A facilities table as it may come from anybody's spreadsheet.
#include "shared/snapshot/csv.h"

#include "shared/snapshot/encoding.h"
#include "shared/snapshot/published.h"
#include "tests/fuzz/fuzz.h"

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace chuncheng;
  static const std::vector<District> districts = {
      {"wuhua", "五华区", {"五华"}}, {"guandu", "官渡区", {"官渡"}}, {"kunming", "昆明市", {"昆明"}, true}};
  const auto text = ToUtf8({reinterpret_cast<const char*>(data), size}, "input.csv");
  if (!text) return 0;
  Must(IsUtf8(*text), "what was converted is UTF-8");
  std::vector<Facility> facilities;
  Diagnostics out;
  ReadFacilities(*text, "input.csv", districts, facilities, out);
  for (const auto& error : out) Must(error.file == "input.csv" && error.row >= 0, "an error has its place");
  // What was taken is written and read back as it was.
  const std::string written = FacilitiesCsv(facilities);
  std::vector<Facility> again;
  Diagnostics none;
  ReadFacilities(written, "again.csv", districts, again, none);
  Must(none.empty() && again.size() == facilities.size(), "every place that was taken can be written and read back");
  for (std::size_t i = 0; i < again.size(); i++) {
    for (const auto column : kFacilityColumns)
      Must(Field(again[i], column) == Field(facilities[i], column), "a column is read back as it was written");
  }
  return 0;
}
