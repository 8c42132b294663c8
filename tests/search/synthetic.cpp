#include "tests/search/synthetic.h"

#include <iostream>

#include "shared/snapshot/build.h"
#include "shared/snapshot/database.h"
#include "shared/snapshot/synthetic.h"
#include "shared/tools/files.h"

namespace chuncheng {

SyntheticData MakeSynthetic(const std::string& folder, std::size_t count, std::uint64_t seed, const std::string& district) {
  SyntheticData data;
  Diagnostics out;
  PackFiles files = ReadPackFolder(folder, out);
  const auto districts = ReadDistricts(Node(files.districts.value, files.districts.name, out));
  std::string csv = SyntheticFacilities::Header();
  SyntheticFacilities rows(districts, seed);
  for (std::size_t i = 0; i < count; ++i) {
    const std::string row = rows.Next();
    if (district.empty() || row.find("," + district + ",") != std::string::npos) csv += row;  // no other column is a bare code of a district
  }
  ReadFacilities(csv, "synthetic.csv", districts, data.facilities, out);
  files.plan.value = nullptr;  // its projects are not among these rows
  const auto snapshot = BuildSnapshot(files, {{"synthetic.csv", csv}}, {}, out, {.synthetic = true, .whole = count});
  for (const auto& [name, bytes] : snapshot.files) {
    if (name.starts_with("facilities.")) data.database = bytes;
  }
  if (auto database = Database::Open(data.database)) {
    auto meta = database->Prepare("SELECT value FROM meta WHERE key='language'");
    if (meta && meta->Step()) {
      if (auto language = Language::Decode(meta->Text(0))) data.language = std::move(*language);
    }
  }
  for (const Error& error : out) std::cerr << Name(error.code) << " " << error.file << " " << error.pointer << "\n";
  return data;
}

}  // namespace chuncheng
