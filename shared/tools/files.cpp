#include "shared/tools/files.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <sstream>

#include "shared/tools/duplicate_keys.h"

namespace chuncheng {
namespace fs = std::filesystem;

Result<std::string> ReadFile(const std::string& path) {
  std::ostringstream bytes;
  if (path == "-") {
    bytes << std::cin.rdbuf();
    return bytes.str();
  }
  std::error_code code;
  if (!fs::is_regular_file(path, code)) return Error{ErrorCode::FileRead, path, "", 0, {}};
  std::ifstream in(path, std::ios::binary);
  bytes << in.rdbuf();
  if (!in) return Error{ErrorCode::FileRead, path, "", 0, {}};
  return bytes.str();
}

namespace {

std::string Beside(const std::string& path) { return path + ".part"; }

}  // namespace

Result<bool> WriteSecretFile(const std::string& path, std::string_view bytes) {
  { const std::ofstream empty(Beside(path), std::ios::binary | std::ios::trunc); }
  std::error_code code;
  fs::permissions(Beside(path), fs::perms::owner_read | fs::perms::owner_write, code);
  if (code) return Error{ErrorCode::FileWrite, path, "", 0, {}};
  return WriteFile(path, bytes);
}

Result<bool> WriteFile(const std::string& path, std::string_view bytes) {
  const std::string beside = Beside(path);
  {
    std::ofstream out(beside, std::ios::binary | std::ios::trunc);
    out.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
    out.flush();
    if (!out) return Error{ErrorCode::FileWrite, path, "", 0, {}};
  }
  std::error_code code;
  fs::rename(beside, path, code);
  if (code) return Error{ErrorCode::FileWrite, path, "", 0, {}};
  return true;
}

std::map<std::string, std::string> ReadPackTexts(const std::string& folder, Diagnostics& out) {
  std::map<std::string, std::string> texts = ReadFolder(folder, "benefits", ".json", out);
  std::error_code code;
  if (fs::exists(fs::path(folder) / "scales", code)) texts.merge(ReadFolder(folder, "scales", ".json", out));  // a pack without scales is whole
  for (const auto& entry : fs::directory_iterator(folder, code)) {
    if (entry.path().extension() != ".json") continue;
    const std::string name = entry.path().filename().string();
    const auto text = ReadFile(entry.path().string());
    if (text) {
      texts[name] = *text;
    } else {
      out.push_back({ErrorCode::FileRead, name, "", 0, {}});
    }
  }
  return texts;
}

PackFiles ParsePack(const std::map<std::string, std::string>& texts, Diagnostics& out) {
  PackFiles files;
  auto read = [&](const std::string& name) {
    PackFile file{name, json::object()};
    const auto text = texts.find(name);
    if (text == texts.end()) {
      out.push_back({ErrorCode::FileRead, name, "", 0, {}});
      return file;
    }
    auto value = ParseJson(text->second, name);
    if (value) {
      FindDuplicateKeys(text->second, name, out);
      file.value = std::move(*value);
    } else {
      out.push_back(value.error());
    }
    return file;
  };
  files.pack = read("pack.json");
  files.facts = read("facts.json");
  files.params = read("params.json");
  files.sources = read("sources.json");
  files.stacking = read("stacking.json");
  files.districts = read("districts.json");
  files.search = read("search.json");
  if (texts.contains("plan-benefits.json")) files.plan_benefits = read("plan-benefits.json");
  if (texts.contains("plan.json")) files.plan = read("plan.json");
  for (const auto& [name, text] : texts) {
    if (name.starts_with("benefits/")) files.benefits.push_back(read(name));
    if (name.starts_with("scales/")) files.scales.push_back(read(name));
  }
  return files;
}

PackFiles ReadPackFolder(const std::string& folder, Diagnostics& out) { return ParsePack(ReadPackTexts(folder, out), out); }

Translations ReadTranslations(const std::string& folder, Diagnostics& out) {
  Translations translations;
  std::error_code code;
  if (!fs::exists(fs::path(folder) / "texts", code)) return translations;
  for (const auto& [name, text] : ReadFolder(folder, "texts", ".json", out)) {
    auto value = ParseJson(text, name);
    if (value) {
      FindDuplicateKeys(text, name, out);
      translations[fs::path(name).stem().string()] = {name, std::move(*value)};
    } else {
      out.push_back(value.error());
    }
  }
  return translations;
}

std::map<std::string, std::string> ReadFolder(const std::string& folder, const std::string& sub, const std::string& ending, Diagnostics& out) {
  std::map<std::string, std::string> texts;
  std::error_code code;
  for (const auto& entry : fs::directory_iterator(fs::path(folder) / sub, code)) {
    if (entry.path().extension() != ending) continue;
    const std::string name = (fs::path(sub) / entry.path().filename()).string();
    const auto text = ReadFile(entry.path().string());
    if (text) {
      texts[name] = *text;
    } else {
      out.push_back({ErrorCode::FileRead, name, "", 0, {}});
    }
  }
  if (code) out.push_back({ErrorCode::FileRead, sub, "", 0, {}});
  return texts;
}

}  // namespace chuncheng
