#include "shared/snapshot/build.h"

#include <unicode/coll.h>
#include <unicode/normalizer2.h>
#include <unicode/translit.h>
#include <unicode/uscript.h>

#include <algorithm>
#include <array>
#include <set>

#include "shared/benefits/check.h"
#include "shared/snapshot/database.h"
#include "shared/snapshot/documents.h"
#include "shared/snapshot/encoding.h"
#include "shared/snapshot/language.h"
#include "shared/snapshot/projects.h"
#include "shared/snapshot/synthetic.h"
#include "shared/snapshot/warnings.h"

namespace chuncheng {
namespace {

struct FacilityType {
  std::string code;
  std::string name;
  std::vector<std::string> words;
};

struct Need {
  std::string code;
  std::string name;
  std::vector<std::string> words, types;  ///< `types`: facilities that are there for it
};

// Words that filter by themselves or only join others (shared/search/understand.h).
constexpr std::array<std::string_view, 8> kPhrases = {"near", "beds", "public", "private", "at_most", "below", "money", "filler"};

// search.json: what people call things, and readings that ICU's one-reading-a-character table lacks.
struct Vocabulary {
  std::vector<FacilityType> types;
  std::vector<Need> needs;
  std::map<std::string, std::vector<std::string>> phrases;
  std::map<std::string, std::u32string> readings;
};

Vocabulary ReadVocabulary(const Node& root) {
  Vocabulary out;
  if (!root.Object({"format", "types", "needs", "phrases", "readings"}) || !root.Format("km-search/1")) return out;
  if (const auto types = root.At("types")) {
    for (const auto& [code, node] : types->Members()) {
      FacilityType type{code, "", {}};
      if (std::find(kFacilityTypes.begin(), kFacilityTypes.end(), code) == kFacilityTypes.end()) node.Report(ErrorCode::EnumValue, {{"value", code}});
      if (!node.Object({"name", "words"})) continue;
      if (const auto name = node.At("name"); name && name->Text()) type.name = std::string(name->value().at("zh").get_string());
      if (const auto words = node.At("words")) type.words = ReadWords(*words);
      out.types.push_back(std::move(type));
    }
  }
  if (const auto needs = root.At("needs")) {
    for (const auto& [code, node] : needs->Members()) {
      Need need{code, "", {}, {}};
      if (!node.Object({"name", "words", "types"})) continue;
      if (const auto name = node.At("name"); name && name->Text()) need.name = std::string(name->value().at("zh").get_string());
      if (const auto words = node.At("words")) need.words = ReadWords(*words);
      for (const Node& type : node.At("types") ? node.At("types")->Items() : std::vector<Node>{}) {
        need.types.push_back(type.String().value_or(""));
        if (std::find(kFacilityTypes.begin(), kFacilityTypes.end(), need.types.back()) == kFacilityTypes.end()) {
          type.Report(ErrorCode::EnumValue, {{"value", need.types.back()}});
        }
      }
      out.needs.push_back(std::move(need));
    }
  }
  if (const auto phrases = root.At("phrases");
      phrases && phrases->Object({"near", "beds", "public", "private", "at_most", "below", "money", "filler"})) {
    for (const std::string_view kind : kPhrases) {
      if (const auto words = phrases->At(kind)) out.phrases[std::string(kind)] = ReadWords(*words);
    }
  }
  if (const auto readings = root.At("readings")) {
    for (const auto& [syllable, node] : readings->Members()) out.readings[syllable] = DecodeUtf8(node.String().value_or(""));
  }
  return out;
}

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

constexpr const char* kSchema = R"sql(
PRAGMA page_size=1024;
PRAGMA application_id=1263355459;
PRAGMA user_version=2;
CREATE TABLE meta(key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE word(kind TEXT NOT NULL, code TEXT NOT NULL, text TEXT NOT NULL, first INTEGER NOT NULL);
CREATE TABLE facility(rank INTEGER PRIMARY KEY, id TEXT NOT NULL, name TEXT NOT NULL, type TEXT NOT NULL, district TEXT, address TEXT, phone TEXT,
  beds INTEGER, places INTEGER, stage TEXT NOT NULL, operator TEXT, period TEXT, lat INTEGER, lon INTEGER, price_min INTEGER, price_max INTEGER,
  needs TEXT, note TEXT, source TEXT NOT NULL, source_date TEXT, confidence TEXT NOT NULL);
CREATE TABLE document(rank INTEGER PRIMARY KEY, kind TEXT NOT NULL, id TEXT NOT NULL, name TEXT NOT NULL, text TEXT, benefit TEXT);
)sql";

class Writer {
 public:
  explicit Writer(Database& database) : database_(database) {}
  bool good = true;

  void Execute(const char* sql) { good = good && static_cast<bool>(database_.Execute(sql)); }
  template <class... Values>
  void Insert(std::string_view sql, const Values&... values) {
    auto statement = database_.Prepare(sql);
    good = good && static_cast<bool>(statement);
    if (!good) return;
    int index = 0;
    (Bind(*statement, ++index, values), ...);
    statement->Step();
    good = statement->ok();
  }

 private:
  static void Bind(Statement& statement, int index, std::int64_t value) { statement.Bind(index, value); }
  static void Bind(Statement& statement, int index, const std::optional<std::int64_t>& value) {
    if (value) {
      statement.Bind(index, *value);
    } else {
      statement.BindNull(index);
    }
  }
  static void Bind(Statement& statement, int index, const std::string& value) {
    if (value.empty()) {
      statement.BindNull(index);  // empty is unknown
    } else {
      statement.Bind(index, std::string_view(value));
    }
  }
  Database& database_;
};

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

Result<std::string> WriteDatabase(const std::vector<Facility>& facilities, const std::vector<District>& districts, const Vocabulary& vocabulary,
                                  const std::vector<Document>& documents, const std::string& city, const Language& language,
                                  const std::string& data_date) {
  auto database = Database::Create();
  if (!database) return database.error();
  Writer out(*database);
  out.Execute(kSchema);
  out.Execute("BEGIN");
  out.Insert("INSERT INTO meta VALUES('data_date',?1)", data_date);
  out.Insert("INSERT INTO meta VALUES('language',?1)", language.Encode());
  auto words = [&](std::string_view kind, const std::string& code, const std::string& name, const std::vector<std::string>& others) {
    out.Insert("INSERT INTO word VALUES(?1,?2,?3,1)", std::string(kind), code, name);
    for (const std::string& other : others) out.Insert("INSERT INTO word VALUES(?1,?2,?3,0)", std::string(kind), code, other);
  };
  for (const District& district : districts) words(district.code == city ? "city" : "district", district.code, district.name, district.words);
  for (const FacilityType& type : vocabulary.types) words("type", type.code, type.name, type.words);
  for (const Need& need : vocabulary.needs) {
    words("need", need.code, need.name, need.words);
    for (const std::string& type : need.types) words("serves", need.code, type, {});
  }
  for (const auto& [kind, list] : vocabulary.phrases) {
    for (const std::string& word : list) words(kind, kind, word, {});
  }
  std::int64_t rank = 0;
  for (const Facility& f : facilities) {
    ++rank;
    out.Insert("INSERT INTO facility VALUES(?1,?2,?3,?4,?5,?6,?7,?8,?9,?10,?11,?12,?13,?14,?15,?16,?17,?18,?19,?20,?21)", rank, f.id, f.name, f.type,
               f.district, f.address, f.phone, f.beds, f.places, f.stage, f.op, f.period, f.lat_e6, f.lon_e6, f.price_min, f.price_max, f.needs,
               f.note, f.source, f.source_date, f.confidence);
  }
  rank = 0;
  for (const Document& d : documents) {
    out.Insert("INSERT INTO document VALUES(?1,?2,?3,?4,?5,?6)", ++rank, d.kind, d.id, d.name, d.text, d.benefit);
  }
  out.Execute("COMMIT");
  out.Execute("VACUUM");
  if (!out.good) return Error{ErrorCode::Internal, "SQLite", "", 0, {}};
  return database->Serialize();
}

// Which download a text belongs to. The command line has its own copy; a phone need not fetch what only it, and the pages it writes for staff, say:
// also of the errors those that only a file or a pack can have, for what a phone gets has passed.
enum class Reader { kEveryone, kLaterPage, kStaff };

Reader ReaderOf(std::string_view key) {
  constexpr std::array<std::string_view, 18> kStaff = {
      "cli.",         "review.",       "error.csv.",    "error.facility.",  "error.file.",     "error.key.",
      "error.row.",   "error.table.",  "error.test.",   "error.signature.", "error.snapshot.", "error.cite.",
      "error.ratio.", "error.labels.", "error.amount.", "error.stacking.",  "error.criteria.", "error.plan."};
  // Pages whose code is fetched when they are entered.
  constexpr std::array<std::string_view, 8> kLater = {"coverage.", "data.", "embed.", "estimate.", "find.", "plan.", "scale.", "settings."};
  const auto begins = [&](std::string_view prefix) { return key.starts_with(prefix); };
  if (std::any_of(kStaff.begin(), kStaff.end(), begins)) return Reader::kStaff;
  return std::any_of(kLater.begin(), kLater.end(), begins) ? Reader::kLaterPage : Reader::kEveryone;
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
                       Diagnostics& out, bool synthetic) {
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
  if (!synthetic) RefuseSynthetic(facilities, out);
  std::map<std::string, std::string> messages;  // key in the manifest → the file
  for (const auto& [name, text] : texts) {
    const auto value = ParseJson(text, name);
    if (!value) {
      out.push_back(value.error());
    } else if (!value->is_object()) {
      out.push_back({ErrorCode::JsonType, name, "", 0, {{"want", "object"}, {"found", "value"}}});
    } else {
      messages["texts." + name] = Canonical(TextsFor(Reader::kEveryone, *value));
      messages["later." + name] = Canonical(TextsFor(Reader::kLaterPage, *value));
    }
  }
  if (!out.empty()) return {};
  const json::value plan = PlanWithProjects(files, facilities, out);
  if (!out.empty()) return {};
  if (const auto warned = WarnFacilities(facilities, snapshot.warnings); !warned) {
    out.push_back(warned.error());
    return {};
  }
  const auto language = MakeLanguage(vocabulary);
  const auto sorted = SortByName(facilities);
  const auto database =
      language ? WriteDatabase(facilities, districts, vocabulary, Documents(files), CityCode(files), *language, snapshot.manifest.data_date)
               : Result<std::string>(language.error());
  if (!database || !sorted) {
    out.push_back(database ? sorted.error() : database.error());
    return {};
  }
  auto add = [&](const std::string& key, std::string_view ending, std::string bytes) {
    snapshot.manifest.files.push_back(Describe(key, ending, bytes));
    snapshot.files[snapshot.manifest.files.back().name] = std::move(bytes);
  };
  add("facilities", "db", *database);
  add("policy", "json", Canonical(PublishedPolicy(files)));
  add("supplement", "json", Canonical(PublishedSupplement(files)));
  if (!plan.is_null()) add("plan", "json", Canonical(plan));
  for (auto& [key, text] : messages) add(key, "json", std::move(text));
  return snapshot;
}

}  // namespace chuncheng
