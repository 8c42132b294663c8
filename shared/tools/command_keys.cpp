// keygen, sign, verify: who published a snapshot, and that nobody changed it since.
#include <filesystem>
#include <iostream>

#include "shared/snapshot/signature.h"
#include "shared/tools/commands.h"
#include "shared/tools/files.h"
#include "shared/tools/messages.h"
#include "shared/tools/snapshot_folder.h"

namespace chuncheng {
namespace {
namespace fs = std::filesystem;

struct Options {
  std::string name;
  std::string folder;
  std::string key;
  std::string after;
};

int Report(const Result<bool>& done, std::string_view key, const TextArgs& args) {
  if (!done) {
    std::cerr << Text(done.error()) << "\n";
    return kInputErrors;
  }
  std::cout << Text(key, args) << "\n";
  return 0;
}

// An old key may still be in use somewhere: it is never written over.
Result<bool> WriteKey(const std::string& name) {
  const std::string secret = name + ".key";
  const std::string shown = name + ".pub";
  std::error_code code;
  for (const std::string& path : {secret, shown}) {
    if (fs::exists(path, code)) return Error{ErrorCode::FileExists, path, "", 0, {}};
  }
  if (const fs::path folder = fs::path(name).parent_path(); !folder.empty()) fs::create_directories(folder, code);
  const KeyFiles made = MakeKey();
  if (const auto done = WriteSecretFile(secret, made.secret); !done) return done.error();
  return WriteFile(shown, made.shown);
}

Result<bool> Sign(const Options& options) {
  const auto key = ReadFile(options.key);
  if (!key) return key.error();
  const auto snapshot = ReadSnapshotFolder(options.folder);
  if (!snapshot) return snapshot.error();
  const std::string path = (fs::path(options.folder) / kManifestName).string();
  const auto text = SignManifest(snapshot->text, path, *key, options.key);
  return text ? WriteFile(path, *text) : Result<bool>(text.error());
}

Result<bool> Check(const Options& options) {
  const auto key = ReadFile(options.key);
  if (!key) return key.error();
  const std::string path = (fs::path(options.folder) / kManifestName).string();
  const auto text = ReadFile(path);
  if (!text) return text.error();
  // The signature first: nothing that a stranger wrote is read any further.
  if (const auto good = VerifyManifest(*text, path, *key, options.key); !good) return good.error();
  const auto snapshot = ReadSnapshotFolder(options.folder);
  if (!snapshot) return snapshot.error();
  if (options.after.empty()) return true;
  const auto before = ReadSnapshotFolder(options.after);
  return before ? Follows(before->manifest, snapshot->manifest) : Result<bool>(before.error());
}

}  // namespace

void AddKeys(CLI::App& app, int& exit) {
  auto options = std::make_shared<Options>();
  auto* keygen = app.add_subcommand("keygen", Text("cli.keygen.about"));
  keygen->add_option("name", options->name, Text("cli.option.key_name"))->required();
  keygen->callback([options, &exit] { exit = Report(WriteKey(options->name), "cli.keygen.done", {{"name", options->name}}); });
  auto* sign = app.add_subcommand("sign", Text("cli.sign.about"));
  sign->add_option("snapshot", options->folder, Text("cli.option.snapshot"))->required();
  sign->add_option("--key", options->key, Text("cli.option.secret_key"))->required();
  sign->callback([options, &exit] { exit = Report(Sign(*options), "cli.sign.done", {{"folder", options->folder}}); });
  auto* verify = app.add_subcommand("verify", Text("cli.verify.about"));
  verify->add_option("snapshot", options->folder, Text("cli.option.snapshot"))->required();
  verify->add_option("--key", options->key, Text("cli.option.public_key"))->required();
  verify->add_option("--after", options->after, Text("cli.option.after"));
  verify->callback([options, &exit] { exit = Report(Check(*options), "cli.verify.done", {{"folder", options->folder}}); });
}

}  // namespace chuncheng
