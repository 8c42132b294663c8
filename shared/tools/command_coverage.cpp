#include <boost/json/serialize.hpp>
#include <iostream>
#include <map>

#include "shared/benefits/coverage.h"
#include "shared/tools/commands.h"
#include "shared/tools/files.h"
#include "shared/tools/messages.h"

namespace chuncheng {
namespace {

struct Options {
  std::string pack = "shared/packs/kunming";
  std::string format = "md";
};

std::string Get(const json::value& owner, std::string_view key) {
  const auto* object = owner.if_object();
  const auto* value = object == nullptr ? nullptr : object->if_contains(json::string_view(key.data(), key.size()));
  if (value != nullptr && value->is_object()) return Get(*value, "zh");
  return value != nullptr && value->is_string() ? std::string(value->get_string()) : "";
}

void Row(const std::vector<std::string>& cells) {
  std::cout << "|";
  for (std::string cell : cells) {
    for (std::size_t at = 0; (at = cell.find('|', at)) != std::string::npos; at += 2) cell.insert(at, "\\");
    std::cout << " " << cell << " |";
  }
  std::cout << "\n";
}

void Head(const std::vector<std::string>& keys) {
  std::vector<std::string> names;
  names.reserve(keys.size());
  for (const std::string& key : keys) names.push_back(Text("coverage.column." + key));
  Row(names);
  Row(std::vector<std::string>(keys.size(), "---"));
}

class Page {
 public:
  explicit Page(const PackFiles& files) {
    for (const PackFile& file : files.benefits) benefits_[Get(file.value, "id")] = &file.value;
    if (files.plan_benefits.value.is_null()) return;
    for (const auto& entry : files.plan_benefits.value.at("entries").get_array()) entries_[Get(entry, "id")] = &entry;
  }

  void Write(const json::value& coverage) const {
    const auto& plan = coverage.at("plan").get_array();
    const auto& others = coverage.at("others").get_array();
    std::cout << "# " << Text("web.coverage.title") << "\n\n" << Text("coverage.generated") << "\n\n" << Text("coverage.intro") << "\n\n";
    for (const char* status : {"calculable", "eligibility", "listed"}) {
      std::cout << "- " << Text(std::string("coverage.status.") + status) << "：" << Text(std::string("coverage.status.help.") + status) << "\n";
    }
    std::cout << "\n## " << Text("coverage.plan") << "\n\n" << Counts(plan) << "\n\n";
    Head({"entry", "place", "benefit", "status", "amount", "reason", "conditions", "figures"});
    for (const auto& row : plan) {
      const json::value& entry = *entries_.at(Get(row, "entry"));
      const std::string say = Get(entry, "say");
      auto cells = Common(row);
      cells[kReason] += say;
      cells.insert(cells.begin(), {Get(entry, "title"), Get(entry, "place")});
      Row(cells);
    }
    std::cout << "\n## " << Text("coverage.others") << "\n\n" << Counts(others) << "\n\n";
    Head({"benefit", "status", "amount", "reason", "conditions", "figures"});
    for (const auto& row : others) Row(Common(row));
  }

 private:
  static constexpr std::size_t kReason = 3;  // in Common

  static std::string Counts(const json::array& rows) {
    std::map<std::string, int> counts;
    for (const auto& row : rows) ++counts[Get(row, "status")];
    return Text("coverage.counts", {{"total", std::to_string(rows.size())},
                                    {"calculable", std::to_string(counts["calculable"])},
                                    {"eligibility", std::to_string(counts["eligibility"])},
                                    {"listed", std::to_string(counts["listed"])}});
  }

  std::vector<std::string> Common(const json::value& row) const {
    const json::value& benefit = *benefits_.at(Get(row, "benefit"));
    const std::string status = Get(row, "status");
    const json::value& amount = benefit.at("amount");
    std::string reason = Get(amount, "say") + Get(amount, "in_kind");
    if (reason.empty()) reason = Get(benefit, "summary");
    std::string given = "coverage.amount." + Get(row, "amount");
    if (status == "calculable") given = "coverage.amount.table";
    if (status == "listed" && Get(row, "amount") != "unpublished") given = "coverage.amount.public";
    const json::value& confidence = row.at("confidence");
    return {Get(benefit, "title"),
            Text("coverage.status." + status),
            Text(given),
            reason,
            Text("source.status." + Get(confidence, "conditions")),
            Text("source.status." + Get(confidence, "amount"))};
  }

  std::map<std::string, const json::value*> benefits_;
  std::map<std::string, const json::value*> entries_;
};

int Coverage(const Options& options) {
  Diagnostics out;
  const PackFiles files = ReadPackFolder(options.pack, out);
  Pack pack;
  if (out.empty()) pack = ReadPack(files, out);
  for (const Error& error : out) std::cerr << Text(error) << "\n";
  if (!out.empty()) return kInputErrors;
  const auto coverage = PlanCoverage(pack, json::object(), "");
  if (!coverage) return kInputErrors;
  if (options.format == "json") {
    std::cout << json::serialize(*coverage) << "\n";
  } else {
    Page(files).Write(*coverage);
  }
  return 0;
}

}  // namespace

void AddCoverage(CLI::App& app, int& exit) {
  auto* command = app.add_subcommand("coverage", Text("cli.coverage.about"));
  auto options = std::make_shared<Options>();
  command->add_option("pack", options->pack, Text("cli.option.pack"))->capture_default_str();
  command->add_option("--format", options->format, Text("cli.option.format"))->check(CLI::IsMember({"md", "json"}))->capture_default_str();
  command->callback([options, &exit] { exit = Coverage(*options); });
}

}  // namespace chuncheng
