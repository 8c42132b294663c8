#include <boost/json/serialize.hpp>
#include <iostream>

#include "shared/benefits/stale.h"
#include "shared/tools/commands.h"
#include "shared/tools/files.h"
#include "shared/tools/messages.h"
#include "shared/tools/policy.h"

namespace chuncheng {
namespace {

struct Options {
  std::string pack = "shared/packs/kunming";
  std::string as_of;
  bool raw = false;
};

void Print(const Policy& policy, const json::value& result) {
  auto text = [](const json::value& value) { return std::string(value.as_string()); };
  const auto& warnings = result.at("warnings").as_array();
  std::cout << Text("cli.stale.head", {{"count", std::to_string(warnings.size())}, {"date", text(result.at("as_of"))}}) << "\n";
  for (const auto& warning : warnings) {
    const auto* date = warning.as_object().if_contains("date");
    const std::string kind = date == nullptr ? "never" : text(warning.at("kind"));
    const auto* param = warning.as_object().if_contains("param");
    std::cout << "\n"
              << Text("cli.stale." + kind, {{"date", date == nullptr ? "" : text(*date)},
                                            {"param", param == nullptr ? "" : text(*param)},
                                            {"title", policy.Title(text(warning.at("benefit")))}})
              << "\n";
    policy.PrintCites(warning.at("cite"), "    ");
  }
}

int Run(const Options& options) {
  const auto policy = Policy::Open(options.pack);
  if (!policy) return kInputErrors;
  json::object request;
  if (options.as_of.empty()) {
    Diagnostics problems;
    const auto day = DataDate(policy->files(), problems);
    for (const Error& error : problems) std::cerr << Text(error) << "\n";
    if (!day) return kInputErrors;
    request["as_of"] = FormatDay(*day);
  } else {
    request["as_of"] = options.as_of;
  }
  const auto result = StaleOf(policy->pack(), request, "");
  return Conclude(result, options.raw, [&](const json::value& answer) { Print(*policy, answer); });
}

}  // namespace

void AddStale(CLI::App& app, int& exit) {
  auto* command = app.add_subcommand("stale", Text("cli.stale.about"));
  auto options = std::make_shared<Options>();
  command->add_option("--pack", options->pack, Text("cli.option.policy"));
  command->add_option("--as-of", options->as_of, Text("cli.option.as_of_pack"));
  command->add_flag("--json", options->raw, Text("cli.option.json"));
  command->callback([options, &exit] { exit = Run(*options); });
}

}  // namespace chuncheng
