#include <boost/json/serialize.hpp>
#include <iostream>
#include <map>

#include "shared/benefits/household.h"
#include "shared/tools/commands.h"
#include "shared/tools/files.h"
#include "shared/tools/messages.h"
#include "shared/tools/policy.h"

namespace chuncheng {
namespace {

struct Options {
  std::string profile = "-";
  std::string pack = "shared/packs/kunming";
  std::string as_of;
  bool raw = false;
  bool lines = false;
};

class Session {
 public:
  explicit Session(const Options& options) : options_(options), files_(ReadPackFolder(options.pack, problems_)) {
    if (problems_.empty()) pack_ = ReadPack(files_, problems_);
  }

  int Run() {
    for (const Error& error : problems_) std::cerr << Text(error) << "\n";
    if (!problems_.empty()) return kInputErrors;
    if (options_.lines) {
      for (std::string line; std::getline(std::cin, line);) {
        const auto result = Evaluate(line, "");
        std::cout << json::serialize(result ? *result : result.error().ToJson()) << "\n";
      }
      return 0;
    }
    const auto text = ReadFile(options_.profile);
    const auto result = text ? Evaluate(*text, options_.profile) : Result<json::value>(text.error());
    return Conclude(result, options_.raw, [&](const json::value& answer) { Table(answer); });
  }

 private:
  Result<json::value> Evaluate(std::string_view text, const std::string& file) const {
    auto profile = ParseJson(text, file);
    if (!profile) return profile.error();
    if (!options_.as_of.empty() && profile->is_object()) profile->get_object()["as_of"] = options_.as_of;
    return EvaluateProfile(pack_, *profile, file);
  }

  void Table(const json::value& result) const {
    std::map<std::string, const json::value*> benefits;
    for (const PackFile& file : files_.benefits) benefits[std::string(file.value.at("id").get_string())] = &file.value;
    std::cout << Text("cli.eval.as_of", {{"date", std::string(result.at("as_of").get_string())}}) << "\n";
    for (const auto& item : result.at("results").get_array()) {
      const auto& one = item.get_object();
      const json::value& benefit = *benefits.at(std::string(one.at("benefit").get_string()));
      const std::string verdict(one.at("verdict").get_string());
      std::cout << "\n"
                << Text("cli.eval.line", {{"subject", std::string(one.at("subject").get_string())},
                                          {"title", Zh(benefit, "title")},
                                          {"verdict", Text("verdict." + verdict)}});
      if (const auto* amount = one.if_contains("amount")) std::cout << "  " << AmountText(amount->get_object(), benefit);
      if (one.at("to_confirm").get_bool()) std::cout << "  " << Text("cli.eval.to_confirm");
      std::cout << "\n";
      Reasons(benefit, one, verdict);
      for (const char* key : {"from", "until"}) {
        if (const auto* date = one.if_contains(key))
          std::cout << "    " << Text(std::string("cli.eval.") + key, {{"date", std::string(date->get_string())}}) << "\n";
      }
      std::string needed;
      for (const auto& fact : one.at("ask").get_array()) {
        const auto& facts = files_.facts.value.at("facts").get_object();
        needed += "\n      - " + Zh(facts.at(fact.get_string()), "ask");
      }
      if (!needed.empty()) std::cout << "    " << Text("cli.eval.needed") << needed << "\n";
    }
  }

  static void Reasons(const json::value& benefit, const json::object& one, std::string_view verdict) {
    for (const auto& id : one.at("failed").get_array()) {
      std::string say = Text("cli.eval.in_force");
      for (const auto& criterion : benefit.at("criteria").get_array()) {
        if (criterion.at("id") == id) say = Zh(criterion, "say");
      }
      std::cout << "    " << Text("cli.eval.failed", {{"say", say}}) << "\n";
    }
    if (verdict == "no") return;
    for (const auto& cite : one.at("amount").at("cite").get_array())
      std::cout << "    " << Text("cli.eval.cite", {{"cite", std::string(cite.get_string())}}) << "\n";
  }

  const Options& options_;
  Diagnostics problems_;
  PackFiles files_;
  Pack pack_;
};

}  // namespace

void AddEval(CLI::App& app, int& exit) {
  auto* command = app.add_subcommand("eval", Text("cli.eval.about"));
  auto options = std::make_shared<Options>();
  command->add_option("profile", options->profile, Text("cli.option.profile"));
  command->add_option("--pack", options->pack, Text("cli.option.pack"));
  command->add_option("--as-of", options->as_of, Text("cli.option.as_of"));
  command->add_flag("--json", options->raw, Text("cli.option.json"));
  command->add_flag("--jsonl", options->lines, Text("cli.option.jsonl"));
  command->callback([options, &exit] { exit = Session(*options).Run(); });
}

}  // namespace chuncheng
