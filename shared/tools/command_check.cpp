#include <iostream>

#include "shared/benefits/check.h"
#include "shared/benefits/leftovers.h"
#include "shared/tools/commands.h"
#include "shared/tools/files.h"
#include "shared/tools/messages.h"

namespace chuncheng {
namespace {

int Check(const std::string& folder) {
  Diagnostics out;
  const PackFiles files = ReadPackFolder(folder, out);
  const Translations translations = ReadTranslations(folder, out);
  if (out.empty()) {
    const Pack pack = ReadPack(files, out);
    if (out.empty()) CheckPack(pack, files, out);
  }
  Diagnostics untranslated;
  if (out.empty()) Translate(files, translations, out, untranslated);
  for (const Error& error : out) std::cout << Text(error) << "\n";
  if (!out.empty()) {
    std::cout << Text("cli.check.bad", {{"count", std::to_string(out.size())}}) << "\n";
    return kInputErrors;
  }
  for (const Error& error : untranslated) std::cout << Text("cli.build.warning", {{"text", Text(error)}}) << "\n";
  const Diagnostics idle = Uncited(files);
  if (!idle.empty()) std::cout << Text("cli.check.notes", {{"count", std::to_string(idle.size())}}) << "\n";
  for (const Error& error : idle) std::cout << "  " << Text(error) << "\n";
  std::size_t tests = 0;
  for (const PackFile& file : files.benefits) tests += file.value.at("tests").as_array().size();
  std::cout << Text("cli.check.good", {{"benefits", std::to_string(files.benefits.size())}, {"tests", std::to_string(tests)}}) << "\n";
  return 0;
}

}  // namespace

void AddCheck(CLI::App& app, int& exit) {
  auto* command = app.add_subcommand("check", Text("cli.check.about"));
  auto folder = std::make_shared<std::string>();
  command->add_option("pack", *folder, Text("cli.option.pack"))->required();
  command->callback([folder, &exit] { exit = Check(*folder); });
}

}  // namespace chuncheng
