#include <boost/json/serialize.hpp>
#include <iostream>
#include <map>

#include "shared/benefits/combine.h"
#include "shared/benefits/questions.h"
#include "shared/benefits/steps.h"
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
};

std::string_view Word(const json::value& value) { return value.get_string(); }

class Advice {
 public:
  explicit Advice(const Options& options) : options_(options), files_(ReadPackFolder(options.pack, problems_)) {
    if (problems_.empty()) pack_ = ReadPack(files_, problems_);
    for (const PackFile& file : files_.benefits) {
      if (problems_.empty()) benefits_[std::string(Word(file.value.at("id")))] = &file.value;
    }
  }

  int Run() {
    for (const Error& error : problems_) std::cerr << Text(error) << "\n";
    if (!problems_.empty()) return kInputErrors;
    return Conclude(Ask(), options_.raw, [&](const json::value& advice) { Print(advice); });
  }

 private:
  void Print(const json::value& advice) const {
    std::cout << Text("cli.eval.as_of", {{"date", as_of_}}) << "\n";
    const json::value& combination = advice.at("combination");
    Total("cli.advise.total", combination.at("totals").get_object());
    if (const auto* facility = combination.get_object().if_contains("facility")) Total("cli.advise.total.facility", facility->get_object());
    Choices(combination.at("choices").get_array());
    Deductions(combination.at("deductions").get_array());
    Steps(advice.at("steps").at("steps").get_array());
    Next(advice.at("next"));
  }

  Result<json::value> Ask() {
    const auto text = ReadFile(options_.profile);
    if (!text) return text.error();
    auto profile = ParseJson(*text, options_.profile);
    if (!profile) return profile.error();
    if (!options_.as_of.empty() && profile->is_object()) profile->get_object()["as_of"] = options_.as_of;
    auto combination = Combine(pack_, *profile, options_.profile);
    if (!combination) return combination.error();
    auto steps = WhatWouldChange(pack_, *profile, options_.profile);
    if (!steps) return steps.error();
    auto next = NextQuestion(pack_, json::object{{"profile", *profile}}, options_.profile);
    if (!next) return next.error();
    as_of_ = Word(profile->at("as_of"));
    json::object out;
    out["format"] = "km-advice/1";
    out["combination"] = std::move(*combination);
    out["steps"] = std::move(*steps);
    out["next"] = std::move(*next);
    return json::value(std::move(out));
  }

  static void Heading(std::string_view key) { std::cout << "\n" << Text(key) << "\n"; }
  static void Line(const std::string& text) { std::cout << "  " << text << "\n"; }
  static void Line(const json::value& subject, const std::string& text) {
    Line(Text("cli.advise.line", {{"subject", std::string(Word(subject))}, {"text", text}}));
  }

  static std::string Range(const json::value& range, bool days) {
    auto number = [&](const json::value& value) { return days ? std::to_string(value.get_int64()) : Yuan(value.get_int64()); };
    const auto& object = range.get_object();
    const std::string min = number(object.at("min"));
    const auto* max = object.if_contains("max");
    if (max == nullptr) return Text("cli.advise.more", {{"amount", min + " "}});
    return *max == object.at("min") ? min : Text("cli.advise.range", {{"min", min}, {"max", number(*max)}});
  }

  // The amounts of one object of unlike things, a text each.
  static std::vector<std::string> Amounts(const json::object& sums) {
    std::vector<std::string> out;
    for (const char* kind : {"money", "leave_days", "tax_deduction"}) {
      const auto* by_time = sums.if_contains(kind);
      if (by_time == nullptr) continue;
      for (const auto& [every, range] : by_time->get_object()) {
        const std::string amount = Range(range, std::string_view(kind) == "leave_days");
        if (every == "annual") {
          out.push_back(Text("cli.advise.annual", {{"range", amount}}));
        } else {
          out.push_back(Text(std::string("cli.advise.") + kind, {{"per", Text("per." + std::string(every))}, {"range", amount}}));
        }
      }
    }
    return out;
  }

  static void Total(std::string_view heading, const json::object& total) {
    Heading(heading);
    const auto amounts = Amounts(total);
    for (const std::string& amount : amounts) Line(amount);
    const auto unpublished = total.at("unpublished").get_int64();
    const auto in_kind = total.at("in_kind").get_int64();
    if (amounts.empty() && unpublished == 0 && in_kind == 0) Line(Text("cli.advise.nothing"));
    if (unpublished > 0) Line(Text("cli.advise.unpublished", {{"count", std::to_string(unpublished)}}));
    if (in_kind > 0) Line(Text("cli.advise.in_kind", {{"count", std::to_string(in_kind)}}));
  }

  std::string Title(const json::value& id) const { return "“" + Zh(*benefits_.at(std::string(Word(id))), "title") + "”"; }
  std::string Titles(const json::value& ids) const {
    std::string out;
    for (const auto& id : ids.get_array()) out += Title(id);
    return out;
  }
  std::string Question(const json::value& asked) const { return Zh(files_.facts.value.at("facts").at(asked.at("fact").get_string()), "ask"); }

  std::string GroupSays(const json::value& id) const {
    for (const auto& group : files_.stacking.value.at("groups").get_array()) {
      if (group.at("id") == id) return Zh(group, "say");
    }
    return "";
  }

  void Choices(const json::array& choices) const {
    if (choices.empty()) return;
    Heading("cli.advise.choice");
    for (const auto& choice : choices) {
      for (const auto& group : choice.at("groups").get_array()) Line(choice.at("subject"), GroupSays(group));
      const bool decided = choice.get_object().contains("best");
      Line(decided ? "  " + Text("cli.advise.best", {{"take", Titles(choice.at("best"))}}) : "  " + Text("cli.advise.depends"));
      for (const auto& option : choice.at("options").get_array()) {
        const std::string take = Titles(option.at("take"));
        const auto* loses = option.get_object().if_contains("loses");
        if (!decided) {
          Line("  " + Text("cli.advise.option", {{"take", take}}));
        } else if (loses != nullptr) {
          std::string amount;
          for (const std::string& one : Amounts(loses->get_object())) amount += (amount.empty() ? "" : "；") + one;
          Line("  " +
               (amount.empty() ? Text("cli.advise.loses.none", {{"take", take}}) : Text("cli.advise.loses", {{"take", take}, {"amount", amount}})));
        }
      }
      if (!decided) Depends(choice.at("depends"));
    }
  }

  void Depends(const json::value& depends) const {
    std::string questions;
    for (const auto& asked : depends.at("ask").get_array()) questions += "\n      - " + Question(asked);
    if (!questions.empty()) Line("  " + Text("cli.advise.depends.ask", {{"questions", questions}}));
    if (!depends.at("unpublished").get_array().empty()) {
      Line("  " + Text("cli.advise.depends.unpublished", {{"titles", Titles(depends.at("unpublished"))}}));
    }
  }

  void Deductions(const json::array& deductions) const {
    if (deductions.empty()) return;
    Heading("cli.advise.deduct");
    for (const auto& one : deductions) {
      Line(one.at("subject"), GroupSays(one.at("rule")));
      Line("  " + Text("cli.advise.deduct.line",
                       {{"title", Title(one.at("from"))}, {"before", Range(one.at("before"), false)}, {"after", Range(one.at("after"), false)}}));
    }
  }

  void Steps(const json::array& steps) const {
    Heading("cli.advise.steps");
    if (steps.empty()) Line(Text("cli.advise.steps.none"));
    for (const auto& step : steps) {
      const json::value& benefit = *benefits_.at(std::string(Word(step.at("benefit"))));
      Line(step.at("subject"), Zh(benefit, "title"));
      for (const auto& todo : step.at("do").get_array()) {
        for (const auto& criterion : benefit.at("criteria").get_array()) {
          if (criterion.at("id") != todo.at("criterion")) continue;
          Line("  - " + Zh(criterion.at("remedy").at(static_cast<std::size_t>(todo.at("remedy").get_int64())), "say"));
        }
      }
      Line("  " + Text("cli.advise.steps.after", {{"verdict", Text("verdict." + std::string(Word(step.at("verdict"))))},
                                                  {"amount", AmountText(step.at("amount").get_object(), benefit)}}));
    }
  }

  void Next(const json::value& next) const {
    Heading("cli.advise.next");
    const auto* ask = next.get_object().if_contains("ask");
    if (ask == nullptr) return Line(Text("cli.advise.next.none"));
    Line(ask->at("subject"), Question(*ask));
    Line(Text("cli.advise.next.left", {{"settled", std::to_string(next.at("settled").get_int64())},
                                       {"open", std::to_string(next.at("open").get_int64())},
                                       {"count", std::to_string(next.at("order").get_array().size())}}));
  }

  const Options& options_;
  Diagnostics problems_;
  PackFiles files_;
  Pack pack_;
  std::map<std::string, const json::value*> benefits_;
  std::string as_of_;
};

}  // namespace

void AddAdvise(CLI::App& app, int& exit) {
  auto* command = app.add_subcommand("advise", Text("cli.advise.about"));
  auto options = std::make_shared<Options>();
  command->add_option("profile", options->profile, Text("cli.option.profile"));
  command->add_option("--pack", options->pack, Text("cli.option.pack"));
  command->add_option("--as-of", options->as_of, Text("cli.option.as_of"));
  command->add_flag("--json", options->raw, Text("cli.option.json"));
  command->callback([options, &exit] { exit = Advice(*options).Run(); });
}

}  // namespace chuncheng
