#include <boost/json/serialize.hpp>
#include <iostream>
#include <map>

#include "shared/scales/score.h"
#include "shared/tools/commands.h"
#include "shared/tools/files.h"
#include "shared/tools/messages.h"

namespace chuncheng {
namespace {

struct Options {
  std::string answers = "-";
  std::string pack = "shared/packs/kunming";
  bool raw = false;
};

std::string Zh(const json::value& text) { return std::string(text.at("zh").get_string()); }

// id → words, for a list of {"id","say"} of the pack.
std::map<std::string, std::string> Words(const json::value& list, const char* key) {
  std::map<std::string, std::string> words;
  for (const auto& one : list.get_array()) words[std::string(one.at(key).get_string())] = Zh(one.at(std::string_view(key) == "flag" ? "ask" : "say"));
  return words;
}

std::string OneOf(const json::array& ids, const std::map<std::string, std::string>& words, const std::string& between) {
  std::string out;
  for (const auto& id : ids) out += (out.empty() ? "" : between) + words.at(std::string(id.get_string()));
  return out;
}

std::string Points(const json::object& range, std::int64_t highest) {
  const std::string low = std::to_string(range.at("min").get_int64());
  const std::string high = std::to_string(range.at("max").get_int64());
  const std::string most = std::to_string(highest);
  return low == high ? Text("cli.score.points", {{"score", low}, {"max", most}})
                     : Text("cli.score.points.range", {{"low", low}, {"high", high}, {"max", most}});
}

void Show(const json::value& result, const json::value& scale, const json::value& facts) {
  std::cout << Zh(scale.at("title")) << "\n";
  std::map<std::string, std::string> items;
  std::int64_t whole = 0;
  const auto& dimensions = scale.at("dimensions").get_array();
  for (std::size_t d = 0; d < dimensions.size(); ++d) {
    std::int64_t highest = 0;
    for (const auto& item : dimensions[d].at("items").get_array()) {
      std::int64_t most = 0;
      for (const auto& option : item.at("options").get_array()) most = std::max(most, option.at("score").get_int64());
      highest += most;
    }
    whole += highest;
    items.merge(Words(dimensions[d].at("items"), "id"));
    const auto& got = result.at("dimensions").at(d).get_object();
    TextArgs args = {{"name", Zh(dimensions[d].at("say"))}, {"score", Points(got, highest)}};
    const auto* bands = got.if_contains("band");
    if (bands != nullptr && bands->get_array().size() < dimensions[d].at("bands").get_array().size())
      args.emplace_back("band", OneOf(bands->get_array(), Words(dimensions[d].at("bands"), "id"), Text("cli.score.or")));
    std::cout << "  " << Text(args.size() == 3 ? "cli.score.band" : "cli.score.dimension", args) << "\n";
  }
  if (const auto* total = result.get_object().if_contains("total"))
    std::cout << "  " << Text("cli.score.dimension", {{"name", Text("cli.score.total")}, {"score", Points(total->get_object(), whole)}}) << "\n";

  const auto& grades = result.at("grades").get_array();
  const auto grade_words = Words(scale.at("grades"), "id");
  if (grades.size() == 1) {
    std::cout << Text("cli.score.grade", {{"grade", grade_words.at(std::string(grades[0].get_string()))}}) << "\n";
  } else {
    std::cout << Text("cli.score.grades", {{"grades", OneOf(grades, grade_words, Text("cli.score.separator"))}}) << "\n";
  }

  std::string needed;
  std::size_t idle = 0;
  auto open = [&](const char* list, const char* key, const std::map<std::string, std::string>& words) {
    for (const auto& one : result.at(list).get_array()) {
      if (one.at("changes").get_bool()) {
        needed += "\n    - " + words.at(std::string(one.at(key).get_string()));
      } else {
        ++idle;
      }
    }
  };
  open("open_items", "item", items);
  if (const auto* adjustments = scale.get_object().if_contains("adjustments")) open("open_flags", "flag", Words(*adjustments, "flag"));
  if (!needed.empty()) std::cout << "  " << Text("cli.score.needed") << needed << "\n";
  if (idle > 0) std::cout << "  " << Text("cli.score.idle", {{"count", std::to_string(idle)}}) << "\n";

  const auto* settles = result.get_object().if_contains("settles");
  if (settles != nullptr && settles->get_object().contains("value")) {
    const auto& fact = facts.at("facts").at(settles->at("fact").get_string());
    std::string answer(settles->at("value").get_string());
    const auto& values = fact.at("values").get_array();
    for (std::size_t v = 0; v < values.size(); ++v) {
      if (values[v] == settles->at("value")) answer = std::string(fact.at("labels").at("zh").at(v).get_string());
    }
    std::cout << Text("cli.score.settles", {{"question", Zh(fact.at("ask"))}, {"answer", answer}}) << "\n";
  }
  if (result.at("to_confirm").get_bool()) std::cout << Text("cli.score.to_confirm") << "\n";
  std::cout << Text("cli.score.disclaimer", {{"office", Zh(scale.at("decided_by"))}}) << "\n";
}

int RunScore(const Options& options) {
  Diagnostics problems;
  const PackFiles files = ReadPackFolder(options.pack, problems);
  Pack pack;
  if (problems.empty()) pack = ReadPack(files, problems);
  for (const Error& error : problems) std::cerr << Text(error) << "\n";
  if (!problems.empty()) return kInputErrors;
  const auto text = ReadFile(options.answers);
  const auto input = text ? ParseJson(*text, options.answers) : Result<json::value>(text.error());
  const auto result = input ? ScoreAnswers(pack.scales, *input, options.answers) : Result<json::value>(input.error());
  return Conclude(result, options.raw, [&](const json::value& answer) {
    for (const PackFile& file : files.scales) {
      if (file.value.at("id") == answer.at("scale")) Show(answer, file.value, files.facts.value);
    }
  });
}

}  // namespace

void AddScore(CLI::App& app, int& exit) {
  auto* command = app.add_subcommand("score", Text("cli.score.about"));
  auto options = std::make_shared<Options>();
  command->add_option("answers", options->answers, Text("cli.option.answers"));
  command->add_option("--pack", options->pack, Text("cli.option.pack"));
  command->add_flag("--json", options->raw, Text("cli.option.json"));
  command->callback([options, &exit] { exit = RunScore(*options); });
}

}  // namespace chuncheng
