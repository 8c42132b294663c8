#include <boost/json/serialize.hpp>
#include <filesystem>
#include <iostream>

#include "shared/search/search.h"
#include "shared/snapshot/manifest.h"
#include "shared/tools/commands.h"
#include "shared/tools/files.h"
#include "shared/tools/messages.h"

namespace chuncheng {
namespace {

struct Options {
  std::vector<std::string> words;
  std::string query;
  std::string snapshot = "build/snapshot";
  bool raw = false;
  bool lines = false;
};

Result<Search> OpenSnapshot(const std::string& folder) {
  const std::filesystem::path root(folder);
  const auto text = ReadFile((root / "manifest.json").string());
  if (!text) return text.error();
  const auto manifest = ReadManifest(*text, "manifest.json");
  if (!manifest) return manifest.error();
  std::vector<std::string> databases;  // "facilities" sorts before its parts
  for (const ManifestFile& file : manifest->files) {
    if (file.key != "facilities" && !file.key.starts_with("facilities.")) continue;
    auto bytes = ReadFile((root / file.name).string());
    if (!bytes) return bytes.error();
    if (const auto good = Verify(*manifest, file.key, *bytes); !good) return good.error();
    databases.push_back(std::move(*bytes));
  }
  if (databases.empty()) return Error{ErrorCode::SnapshotFile, "manifest.json", "/files", 0, {{"name", "facilities"}}};
  auto search = Search::Open(databases[0]);
  if (!search) return search;
  if (const auto added = search->Add({databases.begin() + 1, databases.end()}); !added) return added.error();
  return search;
}

std::string Field(const json::object& hit, std::string_view key) {
  const auto* value = hit.if_contains(json::string_view(key.data(), key.size()));
  return value == nullptr ? "" : value->is_string() ? std::string(value->get_string()) : json::serialize(*value);
}

// What a list of the answer holds, "" when it is absent or empty.
std::string Joined(const json::object& answer, std::string_view list, const auto& text) {
  std::string out;
  const auto* values = answer.if_contains(json::string_view(list.data(), list.size()));
  if (values == nullptr) return out;
  for (const json::value& value : values->get_array()) out += (out.empty() ? "" : " ") + text(value);
  return out;
}

void Print(const json::object& answer) {
  std::cout << Text("cli.search.total", {{"count", json::serialize(answer.at("total"))}}) << "\n";
  const std::string understood = Joined(answer, "understood", [](const json::value& chip) { return Field(chip.get_object(), "text"); });
  if (!understood.empty()) std::cout << Text("cli.search.understood", {{"words", understood}}) << "\n";
  const std::string unknown =
      Joined(answer, "unknown", [](const json::value& kind) { return Text("cli.search.unknown." + std::string(kind.get_string())); });
  if (!unknown.empty()) std::cout << unknown << "\n";
  const auto& hits = answer.at("hits").get_array();
  for (const auto& value : hits) {
    const auto& hit = value.get_object();
    std::cout << Field(hit, "name");
    if (!hit.contains("stage")) {
      std::cout << "  " << Field(hit, "text") << "\n";
      continue;
    }
    std::cout << "  " << Text("stage." + Field(hit, "stage")) << "  " << Text("confidence." + Field(hit, "confidence"));
    for (const char* count : {"beds", "places"}) {
      if (hit.contains(count)) std::cout << "  " << Text("cli.search." + std::string(count), {{"count", Field(hit, count)}});
    }
    if (hit.contains("distance_m")) std::cout << "  " << Text("cli.search.distance", {{"metres", Field(hit, "distance_m")}});
    for (const char* line : {"address", "phone"}) {
      if (hit.contains(line)) std::cout << "  " << Field(hit, line);
    }
    std::cout << "\n";
  }
  const std::string suggest = Joined(answer, "suggest", [](const json::value& name) { return std::string(name.get_string()); });
  if (!suggest.empty()) std::cout << Text("cli.search.none", {{"suggest", suggest}}) << "\n";
}

Result<json::value> Ask(const Search& search, std::string_view text, std::string_view file) {
  const auto query = ParseJson(text, file);
  return query ? search.Answer(*query, file) : Result<json::value>(query.error());
}

int Find(const Options& options) {
  const auto search = OpenSnapshot(options.snapshot);
  if (!search) {
    std::cerr << Text(search.error()) << "\n";
    return kInputErrors;
  }
  if (options.lines) {
    for (std::string line; std::getline(std::cin, line);) {
      const auto answer = Ask(*search, line, "");
      std::cout << json::serialize(answer ? *answer : answer.error().ToJson()) << "\n";
    }
    return 0;
  }
  std::string words;
  for (const std::string& word : options.words) words += (words.empty() ? "" : " ") + word;
  const auto text = options.query.empty() ? Result<std::string>(json::serialize(json::object{{"q", words}})) : ReadFile(options.query);
  const auto answer = text ? Ask(*search, *text, options.query) : Result<json::value>(text.error());
  // Suggestions are for programs.
  const bool raw = options.raw || (answer && !answer->get_object().contains("hits"));
  return Conclude(answer, raw, [](const json::value& found) { Print(found.get_object()); });
}

}  // namespace

void AddSearch(CLI::App& app, int& exit) {
  auto* command = app.add_subcommand("search", Text("cli.search.about"));
  auto options = std::make_shared<Options>();
  command->add_option("words", options->words, Text("cli.option.words"));
  command->add_option("--query", options->query, Text("cli.option.query"));
  command->add_option("--snapshot", options->snapshot, Text("cli.option.snapshot"))->capture_default_str();
  command->add_flag("--json", options->raw, Text("cli.option.json"));
  command->add_flag("--jsonl", options->lines, Text("cli.option.jsonl"));
  command->callback([options, &exit] { exit = Find(*options); });
}

}  // namespace chuncheng
