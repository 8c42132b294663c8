#include <boost/json/serialize.hpp>
#include <iostream>

#include "shared/benefits/generate.h"
#include "shared/snapshot/synthetic.h"
#include "shared/tools/commands.h"
#include "shared/tools/files.h"
#include "shared/tools/messages.h"

namespace chuncheng {
namespace {

struct Options {
  std::string pack = "shared/packs/kunming";
  std::string as_of;
  std::uint64_t count = 100;
  std::uint64_t seed = 1;
};

int Profiles(const Options& options) {
  Diagnostics out;
  const PackFiles files = ReadPackFolder(options.pack, out);
  Pack pack;
  if (out.empty()) pack = ReadPack(files, out);
  GenerateOptions generate;
  generate.seed = options.seed;
  if (out.empty()) {
    const json::value given(options.as_of);
    const auto day = options.as_of.empty() ? DataDate(files, out) : Node(given, "--as-of", out).Date();
    generate.as_of = day.value_or(0);
  }
  for (const Error& error : out) std::cerr << Text(error) << "\n";
  if (!out.empty()) return kInputErrors;
  if (!options.as_of.empty()) generate.other_days = 0;
  const std::array<const Pack*, 1> packs = {&pack};
  Generator generator(packs, generate);
  for (std::uint64_t i = 0; i < options.count; ++i) std::cout << json::serialize(generator.Next()) << "\n";
  return 0;
}

int Facilities(const Options& options) {
  Diagnostics out;
  const PackFiles files = ReadPackFolder(options.pack, out);
  std::vector<District> districts;
  if (out.empty()) districts = ReadDistricts(Node(files.districts.value, files.districts.name, out));
  for (const Error& error : out) std::cerr << Text(error) << "\n";
  if (!out.empty() || districts.empty()) return kInputErrors;
  SyntheticFacilities rows(districts, options.seed);
  std::cout << SyntheticFacilities::Header();
  for (std::uint64_t i = 0; i < options.count; ++i) std::cout << rows.Next();
  return 0;
}

}  // namespace

void AddGenerate(CLI::App& app, int& exit) {
  auto* command = app.add_subcommand("generate", Text("cli.generate.about"));
  command->require_subcommand(1);
  auto* profiles = command->add_subcommand("profiles", Text("cli.generate.profiles"));
  auto options = std::make_shared<Options>();
  profiles->add_option("--count", options->count, Text("cli.option.count"))->capture_default_str();
  profiles->add_option("--seed", options->seed, Text("cli.option.seed"))->capture_default_str();
  profiles->add_option("--pack", options->pack, Text("cli.option.pack"))->capture_default_str();
  profiles->add_option("--as-of", options->as_of, Text("cli.option.as_of_all"));
  profiles->callback([options, &exit] { exit = Profiles(*options); });
  auto* facilities = command->add_subcommand("facilities", Text("cli.generate.facilities"));
  facilities->add_option("--count", options->count, Text("cli.option.count"))->capture_default_str();
  facilities->add_option("--seed", options->seed, Text("cli.option.seed"))->capture_default_str();
  facilities->add_option("--pack", options->pack, Text("cli.option.pack"))->capture_default_str();
  facilities->callback([options, &exit] { exit = Facilities(*options); });
}

}  // namespace chuncheng
