#include <boost/json/serialize.hpp>
#include <iostream>

#include "shared/rules/rule.h"
#include "shared/tools/commands.h"
#include "shared/tools/files.h"
#include "shared/tools/messages.h"

namespace chuncheng {
namespace {

// {"value":…} or {"rejected":"sentence","error":{…}}.
json::value Answer(std::string_view text, bool& good) {
  const auto request = ParseJson(text, "");
  auto result = request ? EvaluateRule(*request, "") : Result<json::value>(request.error());
  good = static_cast<bool>(result);
  if (result) return std::move(*result);
  json::object out;
  out["rejected"] = Text(result.error());
  out["error"] = result.error().ToJson().at("error");
  return out;
}

int RunRule(const std::string& path, bool lines) {
  bool good = true;
  if (lines) {
    for (std::string line; std::getline(std::cin, line);) std::cout << json::serialize(Answer(line, good)) << "\n";
    return 0;
  }
  const auto text = ReadFile(path);
  if (!text) {
    std::cerr << Text(text.error()) << "\n";
    return kInputErrors;
  }
  std::cout << json::serialize(Answer(*text, good)) << "\n";
  return good ? 0 : kInputErrors;
}

}  // namespace

void AddRule(CLI::App& app, int& exit) {
  auto* command = app.add_subcommand("rule", Text("cli.rule.about"));
  auto path = std::make_shared<std::string>("-");
  auto lines = std::make_shared<bool>(false);
  command->add_option("file", *path, Text("cli.option.file"));
  command->add_flag("--jsonl", *lines, Text("cli.option.jsonl"));
  command->callback([path, lines, &exit] { exit = RunRule(*path, *lines); });
}

}  // namespace chuncheng
