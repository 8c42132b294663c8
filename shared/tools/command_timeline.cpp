#include <boost/json/serialize.hpp>
#include <iostream>

#include "shared/benefits/timeline.h"
#include "shared/tools/commands.h"
#include "shared/tools/messages.h"
#include "shared/tools/policy.h"

namespace chuncheng {
namespace {

struct Options {
  std::string profile = "-";
  std::string pack = "shared/packs/kunming";
  std::string as_of;
  std::int64_t years = 10;
  bool raw = false;
};

void Print(const Policy& policy, const json::value& result) {
  auto text = [](const json::value& value) { return std::string(value.as_string()); };
  const auto& events = result.at("events").as_array();
  std::cout << Text("cli.timeline.head", {{"count", std::to_string(events.size())}, {"from", text(result.at("from"))}, {"to", text(result.at("to"))}})
            << "\n";
  for (const auto& event : events) {
    const std::string benefit = text(event.at("benefit"));
    std::cout << "\n"
              << Text("cli.timeline.event",
                      {{"date", text(event.at("date"))}, {"subject", text(event.at("subject"))}, {"title", policy.Title(benefit)}})
              << "\n"
              << "    " << Text("cli.timeline.before", {{"result", policy.ResultText(event.at("before").as_object(), benefit)}}) << "\n"
              << "    " << Text("cli.timeline.after", {{"result", policy.ResultText(event.at("after").as_object(), benefit)}}) << "\n";
    std::string last;
    for (const auto& why : event.at("why").as_array()) {
      const std::string kind = text(why.at("kind"));
      if (kind != last) std::cout << "    " << Text("cli.timeline.why", {{"cause", Text("cause." + kind)}}) << "\n";
      last = kind;
      policy.PrintCites(why.at("cite"), "      ");
    }
  }
}

int Run(const Options& options) {
  const auto policy = Policy::Open(options.pack);
  const auto profile = policy ? Policy::Document(options.profile, options.as_of) : std::nullopt;
  if (!profile) return kInputErrors;
  json::object request;
  request["profile"] = *profile;
  request["years"] = options.years;
  const auto result = TimelineOf(policy->pack(), request, options.profile);
  return Conclude(result, options.raw, [&](const json::value& answer) { Print(*policy, answer); });
}

}  // namespace

void AddTimeline(CLI::App& app, int& exit) {
  auto* command = app.add_subcommand("timeline", Text("cli.timeline.about"));
  auto options = std::make_shared<Options>();
  command->add_option("profile", options->profile, Text("cli.option.profile"));
  command->add_option("--pack", options->pack, Text("cli.option.policy"));
  command->add_option("--as-of", options->as_of, Text("cli.option.as_of"));
  command->add_option("--years", options->years, Text("cli.option.years"))->check(CLI::Range(1, 40))->capture_default_str();
  command->add_flag("--json", options->raw, Text("cli.option.json"));
  command->callback([options, &exit] { exit = Run(*options); });
}

}  // namespace chuncheng
