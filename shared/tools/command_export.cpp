// export: the snapshot as files for people who work with the data.
#include <filesystem>
#include <iostream>

#include "shared/snapshot/sha256.h"
#include "shared/snapshot/write_databases.h"
#include "shared/tools/commands.h"
#include "shared/tools/files.h"
#include "shared/tools/messages.h"
#include "shared/tools/snapshot_folder.h"

namespace chuncheng {
namespace {

struct Options {
  std::string snapshot;
  std::string out;
};

Result<std::map<std::string, std::string>> Files(const PublishedSnapshot& snapshot) {
  const auto policy = snapshot.files.find("policy");
  if (policy == snapshot.files.end()) return Error{ErrorCode::SnapshotFile, kManifestName, "/files", 0, {{"name", "policy"}}};
  const auto facilities = PublishedFacilities(snapshot);
  if (!facilities) return facilities.error();
  const auto language = PublishedLanguage(snapshot);
  if (!language) return language.error();
  auto database = WriteOpenDatabase(*facilities, *language, snapshot.manifest.data_date);
  if (!database) return database.error();
  std::map<std::string, std::string> say;
  for (std::string_view column : kFacilityColumns) say[std::string(column)] = Text("cli.export.column." + std::string(column));
  std::map<std::string, std::string> out;
  out["facilities.csv"] = FacilitiesCsv(*facilities);
  out["facilities.json"] = FacilitiesJson(*facilities, snapshot.manifest.data_date);
  out["facilities.db"] = std::move(*database);
  out["facility.schema.json"] = FacilitiesSchema(say);
  out["policy.json"] = policy->second;
  // A pack need not follow a plan.
  if (const auto plan = snapshot.files.find("plan"); plan != snapshot.files.end()) out["plan.json"] = plan->second;
  out[kManifestName] = snapshot.text;
  out["LICENCE.txt"] = Text("cli.export.licence", {{"date", snapshot.manifest.data_date}}) + "\n";
  std::string sums;
  for (const auto& [name, bytes] : out) sums += Sha256Hex(bytes) + "  " + name + "\n";
  out["checksums.txt"] = std::move(sums);
  return out;
}

Result<std::size_t> Export(const Options& options) {
  const auto snapshot = ReadSnapshotFolder(options.snapshot);
  if (!snapshot) return snapshot.error();
  const auto files = Files(*snapshot);
  if (!files) return files.error();
  std::error_code code;
  std::filesystem::create_directories(options.out, code);
  for (const auto& [name, bytes] : *files) {
    if (const auto done = WriteFile((std::filesystem::path(options.out) / name).string(), bytes); !done) return done.error();
  }
  return files->size();
}

}  // namespace

void AddExport(CLI::App& app, int& exit) {
  auto* command = app.add_subcommand("export", Text("cli.export.about"));
  auto options = std::make_shared<Options>();
  command->add_option("snapshot", options->snapshot, Text("cli.option.snapshot"))->required();
  command->add_option("--out", options->out, Text("cli.option.export_out"))->required();
  command->callback([options, &exit] {
    const auto done = Export(*options);
    if (done) {
      std::cout << Text("cli.export.done", {{"folder", options->out}, {"count", std::to_string(*done)}}) << "\n";
    } else {
      std::cerr << Text(done.error()) << "\n";
    }
    exit = done ? 0 : kInputErrors;
  });
}

}  // namespace chuncheng
