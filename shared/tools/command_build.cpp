#include <algorithm>
#include <filesystem>
#include <iostream>

#include "shared/snapshot/build.h"
#include "shared/snapshot/signature.h"
#include "shared/snapshot/warnings.h"
#include "shared/tools/commands.h"
#include "shared/tools/files.h"
#include "shared/tools/messages.h"
#include "shared/tools/quality.h"
#include "shared/tools/snapshot_folder.h"

namespace chuncheng {
namespace {

struct Options {
  std::string pack;
  std::string out;
  std::string texts = "i18n";
  BuildOptions build;
  std::string key;
  std::string report;
  bool strict = false;
};

// The manifest is written last: until then a reader still sees the old snapshot whole. Old files go after it.
void Publish(const Snapshot& snapshot, const std::string& manifest, const std::string& folder, Diagnostics& out) {
  namespace fs = std::filesystem;
  std::error_code code;
  fs::create_directories(folder, code);
  auto write = [&](const std::string& name, const std::string& bytes) {
    if (const auto done = WriteFile((fs::path(folder) / name).string(), bytes); !done) out.push_back(done.error());
  };
  for (const auto& [name, bytes] : snapshot.files) write(name, bytes);
  if (out.empty()) write(kManifestName, manifest);
  if (!out.empty()) return;
  for (const auto& entry : fs::directory_iterator(folder, code)) {
    const std::string name = entry.path().filename().string();
    constexpr std::string_view kOurs[] = {"facilities.", "later.", "pack.", "plan.", "policy.", "supplement.", "texts."};
    const bool ours = std::any_of(std::begin(kOurs), std::end(kOurs), [&](std::string_view key) { return name.starts_with(key); });
    if (ours && !snapshot.files.contains(name)) fs::remove(entry.path(), code);
  }
}

Result<std::string> SignedManifest(const Manifest& manifest, const std::string& key_file) {
  std::string text = WriteManifest(manifest);
  if (key_file.empty()) return text;
  const auto key = ReadFile(key_file);
  return key ? SignManifest(text, kManifestName, *key, key_file) : Result<std::string>(key.error());
}

// What could be read, also when it cannot be published: then the page is wanted most.
Result<bool> WriteReport(const PackFiles& files, const std::map<std::string, std::string>& csv, const std::string& path) {
  Diagnostics ignored;  // the build reports it
  const auto districts = ReadDistricts(Node(files.districts.value, files.districts.name, ignored));
  const auto facilities = ReadAllFacilities(csv, districts, ignored);
  Diagnostics warnings;
  if (const auto warned = WarnFacilities(facilities, districts, warnings); !warned) return warned.error();
  const auto date = DataDate(files, ignored);
  return WriteFile(path, QualityPage(facilities, districts, warnings, date ? FormatDay(*date) : ""));
}

int Build(const Options& options) {
  Diagnostics out;
  const PackFiles files = ReadPackFolder(options.pack, out);
  const auto csv = ReadFolder(options.pack, "facilities", ".csv", out);
  std::map<std::string, std::string> texts;
  for (const auto& [name, text] : ReadFolder(options.texts, "", ".json", out)) texts[std::filesystem::path(name).stem().string()] = text;
  const Translations translations = ReadTranslations(options.pack, out);
  Snapshot snapshot;
  if (out.empty()) snapshot = BuildSnapshot(files, csv, texts, out, options.build, translations);
  if (options.strict) {
    out.insert(out.end(), snapshot.warnings.begin(), snapshot.warnings.end());
  } else if (!snapshot.warnings.empty()) {
    for (const Error& warning : snapshot.warnings) std::cerr << Text("cli.build.warning", {{"text", Text(warning)}}) << "\n";
    std::cerr << Text("cli.build.warnings", {{"count", std::to_string(snapshot.warnings.size())}}) << "\n";
  }
  if (!options.report.empty()) {
    if (const auto done = WriteReport(files, csv, options.report); !done) out.push_back(done.error());
  }
  if (out.empty()) {
    const auto manifest = SignedManifest(snapshot.manifest, options.key);
    if (manifest) {
      Publish(snapshot, *manifest, options.out, out);
    } else {
      out.push_back(manifest.error());
    }
  }
  for (const Error& error : out) std::cerr << Text(error) << "\n";
  if (!out.empty()) {
    std::cerr << Text("cli.check.bad", {{"count", std::to_string(out.size())}}) << "\n";
    return kInputErrors;
  }
  std::cout << Text("cli.build.done", {{"folder", options.out}, {"date", snapshot.manifest.data_date}}) << "\n";
  for (const auto& [name, bytes] : snapshot.files)
    std::cout << "  " << Text("cli.build.file", {{"name", name}, {"bytes", std::to_string(bytes.size())}}) << "\n";
  return 0;
}

}  // namespace

void AddBuild(CLI::App& app, int& exit) {
  auto* command = app.add_subcommand("build", Text("cli.build.about"));
  auto options = std::make_shared<Options>();
  command->add_option("pack", options->pack, Text("cli.option.pack"))->required();
  command->add_option("--out", options->out, Text("cli.option.out"))->required();
  command->add_option("--texts", options->texts, Text("cli.option.texts"))->capture_default_str();
  command->add_flag("--allow-synthetic", options->build.synthetic, Text("cli.option.allow_synthetic"));
  command->add_option("--whole", options->build.whole, Text("cli.option.whole"))->capture_default_str();
  command->add_option("--key", options->key, Text("cli.option.secret_key"));
  command->add_option("--report", options->report, Text("cli.option.report"));
  command->add_flag("--strict", options->strict, Text("cli.option.strict"));
  command->callback([options, &exit] { exit = Build(*options); });
}

}  // namespace chuncheng
