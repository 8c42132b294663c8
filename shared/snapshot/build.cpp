#include "shared/snapshot/build.h"

#include <unicode/coll.h>
#include <unicode/normalizer2.h>
#include <unicode/translit.h>
#include <unicode/uscript.h>

#include <algorithm>
#include <array>
#include <set>

#include "shared/benefits/check.h"
#include "shared/snapshot/documents.h"
#include "shared/snapshot/encoding.h"
#include "shared/snapshot/language.h"
#include "shared/snapshot/projects.h"
#include "shared/snapshot/synthetic.h"
#include "shared/snapshot/vocabulary.h"
#include "shared/snapshot/warnings.h"

namespace chuncheng {
namespace {

// ICU's reading of one character: "zhǎng" → "zhang", "lǜ" → "lv".
std::string Plain(const icu::Transliterator& latin, const icu::Normalizer2& nfd, char32_t code, UErrorCode& status) {
  icu::UnicodeString text(static_cast<UChar32>(code));
  latin.transliterate(text);
  const icu::UnicodeString parts = nfd.normalize(text, status);
  std::string out;
  for (int32_t i = 0; i < parts.length(); ++i) {
    const char16_t unit = parts.charAt(i);
    if (unit >= u'a' && unit <= u'z') {
      out += static_cast<char>(unit);
    } else if (unit == u'\u0308' && !out.empty()) {
      out.back() = 'v';
    } else if (unit < u'\u0300' || unit > u'\u036F') {
      return "";  // no reading: ICU left the character as it is
    }
  }
  return out;
}

Result<Language> MakeLanguage(const Vocabulary& vocabulary) {
  UErrorCode status = U_ZERO_ERROR;
  const std::unique_ptr<icu::Transliterator> latin(icu::Transliterator::createInstance("Han-Latin", UTRANS_FORWARD, status));
  const std::unique_ptr<icu::Transliterator> simple(icu::Transliterator::createInstance("Traditional-Simplified", UTRANS_FORWARD, status));
  const icu::Normalizer2* nfd = icu::Normalizer2::getNFDInstance(status);
  if (U_FAILURE(status) != 0) return Error{ErrorCode::Internal, "ICU", "", 0, {}};
  std::map<std::string, std::u32string> readings = vocabulary.readings;
  std::map<char32_t, char32_t> simplified;
  for (char32_t code = 0x4E00; code < 0xA000; ++code) {
    icu::UnicodeString text(static_cast<UChar32>(code));
    simple->transliterate(text);
    if (text.countChar32() == 1 && static_cast<char32_t>(text.char32At(0)) != code) {
      simplified[code] = static_cast<char32_t>(text.char32At(0));
      continue;  // looked up under its simplified form
    }
    const std::string reading = Plain(*latin, *nfd, code, status);
    auto& characters = readings[reading];
    if (!reading.empty() && characters.find(code) == std::u32string::npos) characters += code;
  }
  readings.erase("");
  if (U_FAILURE(status) != 0) return Error{ErrorCode::Internal, "ICU", "", 0, {}};
  return Language(readings, std::move(simplified));
}

// By ICU's Chinese collation (pinyin order), then by id, so that the order is total.
Result<bool> SortByName(std::vector<Facility>& facilities) {
  UErrorCode status = U_ZERO_ERROR;
  const std::unique_ptr<icu::Collator> collator(icu::Collator::createInstance(icu::Locale("zh", "CN"), status));
  if (U_FAILURE(status) != 0) return Error{ErrorCode::Internal, "ICU", "", 0, {}};
  std::sort(facilities.begin(), facilities.end(), [&](const Facility& a, const Facility& b) {
    UErrorCode ignored = U_ZERO_ERROR;
    const auto order = collator->compareUTF8(a.name, b.name, ignored);
    return order == UCOL_EQUAL ? a.id < b.id : order == UCOL_LESS;
  });
  return true;
}

// Which download a text belongs to. The command line has its own copy; a phone need not fetch what only it, and the pages it writes for staff, say:
// also of the errors those that only a file or a pack can have, for what a phone gets has passed.
enum class Reader { kEveryone, kLaterPage, kStaff };

Reader ReaderOf(std::string_view key) {
  constexpr std::array<std::string_view, 19> kStaff = {
      "cli.",          "review.",         "error.csv.",       "error.facility.", "error.file.", "error.key.",   "error.row.",
      "error.table.",  "error.test.",     "error.signature.", "error.snapshot.", "error.cite.", "error.ratio.", "error.labels.",
      "error.amount.", "error.stacking.", "error.criteria.",  "error.plan.",     "error.text."};
  // Pages whose code is fetched when they are entered.
  constexpr std::array<std::string_view, 23> kLater = {"amount.",     "coverage.",  "data.",    "embed.",     "estimate.",        "find.",
                                                       "offline.",    "per.",       "plan.",    "print.",     "scale.",           "settings.",
                                                       "share.",      "timeline.",  "verdict.", "web.about.", "web.confidence.",  "web.result.",
                                                       "web.source.", "web.stage.", "web.to.",  "web.type.",  "web.boot.noscript"};
  const auto begins = [&](std::string_view prefix) { return key.starts_with(prefix); };
  if (std::any_of(kStaff.begin(), kStaff.end(), begins)) return Reader::kStaff;
  return std::any_of(kLater.begin(), kLater.end(), begins) ? Reader::kLaterPage : Reader::kEveryone;
}

// Messages that a citizen's page may need and a language other than Chinese lacks, or has for nothing.
void CompareMessages(const json::object& chinese, const json::object& other, const std::string& language, Diagnostics& warnings) {
  const std::string file = language + ".json";
  const auto wanted = [](std::string_view key) { return ReaderOf(key) != Reader::kStaff; };
  std::vector<std::string> missing;
  for (const auto& text : chinese) {
    if (wanted(text.key()) && !other.contains(text.key())) missing.emplace_back(text.key());
  }
  for (const std::string& key : missing) {
    warnings.push_back({ErrorCode::TextUntranslated, file, Join("", key), 0, {{"language", language}, {"name", key}}});
  }
  for (const auto& text : other) {
    const std::string key(text.key());
    if (!chinese.contains(key)) {
      warnings.push_back({ErrorCode::TextStale, file, Join("", key), 0, {{"name", key}, {"suggest", Nearest(key, missing)}}});
    }
  }
}

json::value TextsFor(Reader reader, const json::value& texts) {
  json::object out;
  for (const auto& text : texts.as_object()) {
    if (ReaderOf(std::string_view(text.key().data(), text.key().size())) == reader) out[text.key()] = text.value();
  }
  return out;
}

}  // namespace

std::vector<Facility> ReadAllFacilities(const std::map<std::string, std::string>& csv, const std::vector<District>& districts, Diagnostics& out) {
  std::vector<Facility> facilities;
  for (const auto& [name, bytes] : csv) {
    const auto text = ToUtf8(bytes, name);
    if (text) {
      ReadFacilities(*text, name, districts, facilities, out);
    } else {
      out.push_back(text.error());
    }
  }
  return facilities;
}

Snapshot BuildSnapshot(const PackFiles& files, const std::map<std::string, std::string>& csv, const std::map<std::string, std::string>& texts,
                       Diagnostics& out, const BuildOptions& options, const Translations& translations) {
  Snapshot snapshot;
  const Pack pack = ReadPack(files, out);
  if (out.empty()) CheckPack(pack, files, out);
  Diagnostics said;  // what is wrong with the head CheckPack reports
  const Node head(files.pack.value, files.pack.name, said);
  if (const auto date = DataDate(files, said)) snapshot.manifest.data_date = FormatDay(*date);
  if (const auto counter = head.Maybe("counter")) snapshot.manifest.counter = counter->Int().value_or(0);
  const auto districts = ReadDistricts(Node(files.districts.value, files.districts.name, out));
  const auto vocabulary = ReadVocabulary(Node(files.search.value, files.search.name, out));
  std::vector<Facility> facilities = ReadAllFacilities(csv, districts, out);
  if (!options.synthetic) RefuseSynthetic(facilities, out);
  std::map<std::string, std::string> messages;  // key in the manifest → the file
  json::object chinese;
  if (const auto text = texts.find("zh-CN"); text != texts.end()) {
    if (auto value = ParseJson(text->second, "zh-CN"); value && value->is_object()) chinese = std::move(value->get_object());
  }
  for (const auto& [name, text] : texts) {
    const auto value = ParseJson(text, name);
    if (!value) {
      out.push_back(value.error());
    } else if (!value->is_object()) {
      out.push_back({ErrorCode::JsonType, name, "", 0, {{"want", "object"}, {"found", "value"}}});
    } else {
      messages["texts." + name] = Canonical(TextsFor(Reader::kEveryone, *value));
      messages["later." + name] = Canonical(TextsFor(Reader::kLaterPage, *value));
      if (name != "zh-CN") CompareMessages(chinese, value->get_object(), name, snapshot.warnings);
    }
  }
  for (const auto& [language, said] : Translate(files, translations, out, snapshot.warnings)) messages["pack." + language] = Canonical(said);
  if (!out.empty()) return {};
  const json::value plan = PlanWithProjects(files, facilities, out);
  if (!out.empty()) return {};
  if (const auto warned = WarnFacilities(facilities, districts, snapshot.warnings); !warned) {
    out.push_back(warned.error());
    return {};
  }
  const auto language = MakeLanguage(vocabulary);
  const auto sorted = SortByName(facilities);
  using Databases = std::map<std::string, std::string>;
  const auto databases =
      language ? WriteDatabases(facilities, {districts, vocabulary, Documents(files), *language, snapshot.manifest.data_date}, options.whole)
               : Result<Databases>(language.error());
  if (!databases || !sorted) {
    out.push_back(databases ? sorted.error() : databases.error());
    return {};
  }
  auto add = [&](const std::string& key, std::string_view ending, std::string bytes) {
    snapshot.manifest.files.push_back(Describe(key, ending, bytes));
    snapshot.files[snapshot.manifest.files.back().name] = std::move(bytes);
  };
  for (const auto& [key, bytes] : *databases) add(key, "db", bytes);
  add("policy", "json", Canonical(PublishedPolicy(files)));
  add("supplement", "json", Canonical(PublishedSupplement(files)));
  if (!plan.is_null()) add("plan", "json", Canonical(plan));
  for (auto& [key, text] : messages) add(key, "json", std::move(text));
  return snapshot;
}

}  // namespace chuncheng
