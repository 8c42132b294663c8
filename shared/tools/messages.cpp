#include "shared/tools/messages.h"

#include <unicode/msgfmt.h>
#include <unicode/unistr.h>

#include <boost/json/parse.hpp>
#include <map>

namespace chuncheng {
namespace {

const std::map<std::string, std::string, std::less<>>& Messages() {
  static const auto messages = [] {
    std::map<std::string, std::string, std::less<>> out;
    boost::json::error_code code;
    const auto root = boost::json::parse(kEmbeddedMessages, code);
    if (const auto* object = root.if_object(); !code && object != nullptr) {
      for (const auto& member : *object) {
        if (const auto* text = member.value().if_string()) out.emplace(member.key(), std::string(text->data(), text->size()));
      }
    }
    return out;
  }();
  return messages;
}

icu::Formattable Argument(const std::string& text) {
  const bool digits =
      !text.empty() && text.size() < 18 && text.find_first_not_of("0123456789", text[0] == '-' ? 1 : 0) == std::string::npos && text != "-";
  if (digits) return icu::Formattable(static_cast<int64_t>(std::stoll(text)));
  return icu::Formattable(icu::UnicodeString::fromUTF8(text));
}

}  // namespace

bool HasText(std::string_view key) { return Messages().contains(key); }

std::string Text(std::string_view key, const TextArgs& args) {
  const auto found = Messages().find(key);
  if (found == Messages().end()) return "⟦" + std::string(key) + "⟧";
  return Render(found->second, "zh-CN", args).value_or("⟦" + std::string(key) + "⟧");
}

std::optional<std::string> Render(std::string_view message, std::string_view language, const TextArgs& args) {
  UErrorCode status = U_ZERO_ERROR;
  const icu::Locale locale = icu::Locale::forLanguageTag(icu::StringPiece(language.data(), static_cast<int32_t>(language.size())), status);
  const icu::MessageFormat format(icu::UnicodeString::fromUTF8(icu::StringPiece(message.data(), static_cast<int32_t>(message.size()))), locale,
                                  status);
  if (U_FAILURE(status)) return std::nullopt;
  std::vector<icu::UnicodeString> names;
  std::vector<icu::Formattable> values;
  for (const auto& [name, value] : args) {
    names.push_back(icu::UnicodeString::fromUTF8(name));
    values.push_back(Argument(value));
  }
  icu::UnicodeString out;
  format.format(names.data(), values.data(), static_cast<int32_t>(names.size()), out, status);
  if (U_FAILURE(status)) return std::nullopt;
  std::string utf8;
  out.toUTF8String(utf8);
  return utf8;
}

std::string Text(const Error& error) {
  std::string place = error.file;
  if (error.row != 0) place += ":" + std::to_string(error.row);
  if (!error.pointer.empty()) place += (place.empty() ? "" : " ") + error.pointer;
  TextArgs args = error.args;
  bool suggest = false;
  for (const auto& [name, value] : args) suggest = suggest || (name == "suggest" && !value.empty());
  std::string text = Text("error." + std::string(Name(error.code)), args);
  if (suggest) text += Text("cli.suggest", args);
  return place.empty() ? text : place + ": " + text;
}

std::string Yuan(std::int64_t fen) {
  std::string out = std::to_string(fen / 100);
  if (const auto rest = fen % 100; rest != 0) out += (rest < 10 ? ".0" : ".") + std::to_string(rest);
  return out;
}

}  // namespace chuncheng
