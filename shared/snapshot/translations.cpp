#include "shared/snapshot/translations.h"

#include <algorithm>
#include <set>
#include <vector>

#include "shared/base/json.h"

namespace chuncheng {
namespace {

struct Place {
  std::string file;
  std::string pointer;
};

// Text → where it stands first.
using Said = std::map<std::string, Place>;

bool HasHan(std::string_view text) {
  // U+3400 to U+9FFF: the lead bytes E3 90 to E9 BF.
  for (std::size_t i = 0; i + 1 < text.size(); ++i) {
    const auto lead = static_cast<unsigned char>(text[i]);
    const auto next = static_cast<unsigned char>(text[i + 1]);
    if ((lead == 0xE3 && next >= 0x90) || (lead >= 0xE4 && lead <= 0xE9)) return true;
  }
  return false;
}

// Not for citizens (notes, worked examples, where something was found), the same in every language (what people type), or numbers of chapters, which
// the page puts into English by a rule.
bool StaysAsItIs(std::string_view key) {
  constexpr std::string_view kKeys[] = {"note", "tests", "short", "place", "found_at", "words", "phrases", "readings"};
  return std::find(std::begin(kKeys), std::end(kKeys), key) != std::end(kKeys);
}

void Collect(const json::value& value, const std::string& file, const std::string& pointer, Said& out) {
  if (const auto* text = value.if_string()) {
    out.emplace(std::string(*text), Place{file, pointer});
  } else if (const auto* list = value.if_array()) {
    for (std::size_t i = 0; i < list->size(); ++i) Collect((*list)[i], file, Join(pointer, i), out);
  } else if (const auto* object = value.if_object()) {
    for (const auto& member : *object) {
      const std::string_view key(member.key().data(), member.key().size());
      if (!StaysAsItIs(key)) Collect(member.value(), file, Join(pointer, key), out);
    }
  }
}

Said Citizens(const PackFiles& pack) {
  Said out;
  std::vector<const PackFile*> files = {&pack.facts, &pack.sources, &pack.stacking, &pack.districts, &pack.search};
  for (const auto* list : {&pack.benefits, &pack.scales}) {
    for (const PackFile& file : *list) files.push_back(&file);
  }
  files.push_back(&pack.plan_benefits);
  files.push_back(&pack.plan);
  for (const PackFile* file : files) Collect(file->value, file->name, "", out);
  return out;
}

// What it most likely translates: a text whose translation is missing, before one that has its own.
std::string Meant(const std::string& stale, const std::vector<std::string>& missing, const std::vector<std::string>& texts) {
  std::string near = Nearest(stale, missing);
  return near.empty() ? Nearest(stale, texts) : near;
}

}  // namespace

std::map<std::string, json::object> Translate(const PackFiles& pack, const Translations& translations, Diagnostics& out, Diagnostics& warnings) {
  const Said said = Citizens(pack);
  std::vector<std::string> texts;
  for (const auto& [text, place] : said) {
    if (HasHan(text)) texts.push_back(text);
  }
  std::map<std::string, json::object> translated;
  for (const auto& [language, file] : translations) {
    const auto* object = file.value.if_object();
    if (object == nullptr) {
      out.push_back({ErrorCode::JsonType, file.name, "", 0, {{"want", "object"}, {"found", "value"}}});
      continue;
    }
    std::vector<std::string> missing;
    for (const std::string& text : texts) {
      if (!object->contains(text)) missing.push_back(text);
    }
    for (const std::string& text : missing) {
      const Place& place = said.at(text);
      warnings.push_back({ErrorCode::TextUntranslated, place.file, place.pointer, 0, {{"language", language}, {"name", text}}});
    }
    for (const auto& member : *object) {
      const std::string text(member.key());
      const auto* other = member.value().if_string();
      const std::string pointer = Join("", text);
      if (other == nullptr || other->empty()) {
        out.push_back({ErrorCode::TextMissing, file.name, pointer, 0, {}});
      } else if (said.contains(text)) {
        translated[language][text] = *other;
      } else {
        warnings.push_back({ErrorCode::TextStale, file.name, pointer, 0, {{"name", text}, {"suggest", Meant(text, missing, texts)}}});
      }
    }
  }
  return translated;
}

}  // namespace chuncheng
