#include <boost/json/serialize.hpp>
#include <iostream>

#include "shared/benefits/diff.h"
#include "shared/tools/commands.h"
#include "shared/tools/messages.h"
#include "shared/tools/policy.h"
#include "shared/tools/snapshot_folder.h"

namespace chuncheng {
namespace {

struct Options {
  std::string before;
  std::string after;
  std::string profile = "-";
  std::string as_of;
  bool raw = false;
};

std::string String(const json::value& owner, std::string_view key) {
  const auto* value = owner.as_object().if_contains(json::string_view(key.data(), key.size()));
  return value == nullptr || !value->is_string() ? "" : std::string(value->get_string());
}

// The clause as the policy that has it words it.
const Policy& Knows(const Policy& before, const Policy& after, std::string_view benefit) { return after.Benefit(benefit).is_null() ? before : after; }

void Print(const Policy& before, const Policy& after, const json::value& result) {
  const auto& changes = result.at("changes").as_array();
  std::cout << Text("cli.diff.head", {{"count", std::to_string(changes.size())}, {"date", String(result, "as_of")}}) << "\n";
  for (const auto& change : changes) {
    const std::string benefit = String(change, "benefit");
    const Policy& policy = Knows(before, after, benefit);
    std::cout << "\n" << Text("cli.diff.change", {{"subject", String(change, "subject")}, {"title", policy.Title(benefit)}}) << "\n";
    for (const auto& [key, side] : {std::pair{"before", &before}, std::pair{"after", &after}}) {
      const auto* said = change.as_object().if_contains(key);
      const std::string text = said == nullptr ? Text("cli.diff.none") : side->ResultText(said->as_object(), benefit);
      std::cout << "    " << Text(std::string("cli.diff.") + key, {{"result", text}}) << "\n";
    }
    if (const std::string since = String(change, "since"); !since.empty()) std::cout << "    " << Text("cli.diff.since", {{"date", since}}) << "\n";
    for (const auto& why : change.at("why").as_array()) {
      const std::string kind = String(why, "kind");
      const std::string id = String(why, "id");
      const std::string what = kind == "criterion" ? policy.CriterionText(benefit, id) : kind == "fact" ? policy.Question(id) : id;
      std::cout << "    " << Text("cli.diff.why." + (kind == "row" && id.empty() ? "amount" : kind), {{"what", what}}) << "\n";
      policy.PrintCites(why.at("cite"), "      ");
    }
  }
  const auto* ignored = result.as_object().if_contains("ignored");
  if (ignored == nullptr) return;
  std::cout << "\n" << Text("cli.diff.ignored") << "\n";
  for (const auto& one : ignored->as_array()) {
    const std::string which = String(one, "policy");
    const Policy& other = which == "old" ? after : before;  // the one that has it
    const std::string fact = String(one, "fact");
    const std::string what = fact.empty() ? other.Title(String(one, "benefit")) : other.Question(fact);
    std::cout << "  " << Text("cli.diff.ignored." + which, {{"subject", String(one, "subject")}, {"what", what}}) << "\n";
  }
}

// A line for each id: the sign says whether it is new, gone or changed.
void PrintGroup(const json::object& group, std::string_view title) {
  std::cout << "\n" << Text(title) << "\n";
  for (const auto& id : group.at("new").as_array()) std::cout << "  + " << std::string(id.as_string()) << "\n";
  for (const auto& id : group.at("gone").as_array()) std::cout << "  - " << std::string(id.as_string()) << "\n";
  for (const auto& one : group.at("changed").as_array()) {
    std::string line(one.is_object() ? one.at("id").as_string() : one.as_string());
    const auto* columns = one.is_object() ? &one.at("columns").as_array() : nullptr;
    for (std::size_t i = 0; columns != nullptr && i < columns->size(); ++i) line += (i == 0 ? ": " : ", ") + std::string(columns->at(i).as_string());
    std::cout << "  ~ " << line << "\n";
  }
}

int CompareSnapshots(const Options& options) {
  const auto before = ReadSnapshotFolder(options.before);
  const auto after = ReadSnapshotFolder(options.after);
  const auto result = !before ? Result<json::value>(before.error()) : !after ? Result<json::value>(after.error()) : DiffSnapshots(*before, *after);
  return Conclude(result, options.raw, [&](const json::value& answer) {
    std::cout << Text("cli.diff.snapshots", {{"old_date", before->manifest.data_date},
                                             {"old_counter", std::to_string(before->manifest.counter)},
                                             {"date", after->manifest.data_date},
                                             {"counter", std::to_string(after->manifest.counter)},
                                             {"files", std::to_string(answer.at("files").as_array().size())}})
              << "\n";
    PrintGroup(answer.at("facilities").as_object(), "cli.diff.facilities");
    PrintGroup(answer.at("benefits").as_object(), "cli.diff.benefits");
  });
}

int Run(const Options& options) {
  if (IsSnapshotFolder(options.before) && IsSnapshotFolder(options.after)) return CompareSnapshots(options);
  const auto before = Policy::Open(options.before);
  const auto after = Policy::Open(options.after);
  const auto profile = before && after ? Policy::Document(options.profile, options.as_of) : std::nullopt;
  if (!profile) return kInputErrors;
  const auto result = DiffPacks(before->pack(), after->pack(), *profile, options.profile);
  return Conclude(result, options.raw, [&](const json::value& answer) { Print(*before, *after, answer); });
}

}  // namespace

void AddDiff(CLI::App& app, int& exit) {
  auto* command = app.add_subcommand("diff", Text("cli.diff.about"));
  auto options = std::make_shared<Options>();
  command->add_option("old", options->before, Text("cli.option.old"))->required();
  command->add_option("new", options->after, Text("cli.option.new"))->required();
  command->add_option("--profile", options->profile, Text("cli.option.profile"));
  command->add_option("--as-of", options->as_of, Text("cli.option.as_of"));
  command->add_flag("--json", options->raw, Text("cli.option.json"));
  command->callback([options, &exit] { exit = Run(*options); });
}

}  // namespace chuncheng
