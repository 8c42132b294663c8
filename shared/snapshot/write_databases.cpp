#include "shared/snapshot/write_databases.h"

#include <algorithm>
#include <optional>

#include "shared/snapshot/database.h"

namespace chuncheng {
namespace {

constexpr const char* kFacilityTable = R"sql(
PRAGMA page_size=1024;
PRAGMA application_id=1263355459;
PRAGMA user_version=3;
CREATE TABLE meta(key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE facility(rank INTEGER PRIMARY KEY, id TEXT NOT NULL, name TEXT NOT NULL, type TEXT NOT NULL, district TEXT, address TEXT, phone TEXT,
  beds INTEGER, places INTEGER, stage TEXT NOT NULL, operator TEXT, period TEXT, lat INTEGER, lon INTEGER, price_min INTEGER, price_max INTEGER,
  needs TEXT, note TEXT, source TEXT NOT NULL, source_date TEXT, confidence TEXT NOT NULL);
)sql";
constexpr const char* kSearchTables = R"sql(
CREATE TABLE part(district TEXT PRIMARY KEY, facilities INTEGER NOT NULL, south INTEGER, west INTEGER, north INTEGER, east INTEGER) WITHOUT ROWID;
CREATE TABLE word(kind TEXT NOT NULL, code TEXT NOT NULL, text TEXT NOT NULL, first INTEGER NOT NULL);
CREATE TABLE document(rank INTEGER PRIMARY KEY, kind TEXT NOT NULL, id TEXT NOT NULL, name TEXT NOT NULL, text TEXT, benefit TEXT);
)sql";
// Tokenizers and column types that every SQLite with FTS5 and R*Tree has.
constexpr const char* kOpenIndexes = R"sql(
CREATE VIRTUAL TABLE words USING fts5(name, address, name_pinyin, address_pinyin, name_initials, content='', tokenize='unicode61');
CREATE VIRTUAL TABLE place USING rtree_i32(rank, south, north, west, east);
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

// A facility and its place in the order of names, which counts through all databases of a snapshot.
struct Ranked {
  std::int64_t rank = 0;
  const Facility* facility = nullptr;
};

void WriteFacilities(Writer& out, const std::vector<Ranked>& facilities) {
  for (const auto& [rank, facility] : facilities) {
    const Facility& f = *facility;
    out.Insert("INSERT INTO facility VALUES(?1,?2,?3,?4,?5,?6,?7,?8,?9,?10,?11,?12,?13,?14,?15,?16,?17,?18,?19,?20,?21)", rank, f.id, f.name, f.type,
               f.district, f.address, f.phone, f.beds, f.places, f.stage, f.op, f.period, f.lat_e6, f.lon_e6, f.price_min, f.price_max, f.needs,
               f.note, f.source, f.source_date, f.confidence);
  }
}

// `fill` writes everything but the date.
Result<std::string> Written(const std::string& data_date, const auto& fill) {
  auto database = Database::Create();
  if (!database) return database.error();
  Writer out(*database);
  out.Execute(kFacilityTable);
  out.Execute("BEGIN");
  out.Insert("INSERT INTO meta VALUES('data_date',?1)", data_date);
  fill(out);
  out.Execute("COMMIT");
  out.Execute("VACUUM");
  if (!out.good) return Error{ErrorCode::Internal, "SQLite", "", 0, {}};
  return database->Serialize();
}

void WriteWords(Writer& out, const SearchData& data) {
  auto words = [&](std::string_view kind, const std::string& code, const std::string& name, const std::vector<std::string>& others) {
    out.Insert("INSERT INTO word VALUES(?1,?2,?3,1)", std::string(kind), code, name);
    for (const std::string& other : others) out.Insert("INSERT INTO word VALUES(?1,?2,?3,0)", std::string(kind), code, other);
  };
  for (const District& district : data.districts) {
    words(district.city ? "city" : "district", district.code, district.name, district.words);
    for (const std::string& neighbour : district.neighbours) out.Insert("INSERT INTO word VALUES('neighbour',?1,?2,0)", district.code, neighbour);
  }
  for (const FacilityType& type : data.vocabulary.types) words("type", type.code, type.name, type.words);
  for (const Need& need : data.vocabulary.needs) {
    words("need", need.code, need.name, need.words);
    for (const std::string& type : need.types) words("serves", need.code, type, {});
  }
  for (const auto& [kind, list] : data.vocabulary.phrases) {
    for (const std::string& word : list) words(kind, kind, word, {});
  }
}

// How many a part has and where they lie, as far as they say.
void WritePart(Writer& out, const std::string& district, const std::vector<Ranked>& facilities) {
  std::optional<std::int64_t> south, west, north, east;
  for (const auto& [rank, f] : facilities) {
    if (!f->lat_e6 || !f->lon_e6) continue;
    south = std::min(south.value_or(*f->lat_e6), *f->lat_e6);
    north = std::max(north.value_or(*f->lat_e6), *f->lat_e6);
    west = std::min(west.value_or(*f->lon_e6), *f->lon_e6);
    east = std::max(east.value_or(*f->lon_e6), *f->lon_e6);
  }
  out.Insert("INSERT INTO part VALUES(?1,?2,?3,?4,?5,?6)", district, static_cast<std::int64_t>(facilities.size()), south, west, north, east);
}

// Every way to read a text, one after another: the usual one, then one for each other reading of a character. A phrase does not reach over the "0".
std::string Spoken(const Language& language, const std::vector<Token>& tokens, bool initials) {
  std::vector<std::vector<std::string>> readings;
  for (const Token& token : tokens) {
    readings.push_back(language.Readings(token.code));
    if (readings.back().empty()) readings.back() = {"0"};
  }
  std::string out;
  auto add = [&](std::size_t at, std::size_t reading) {
    if (!out.empty()) out += " 0";
    for (std::size_t i = 0; i < readings.size(); ++i) {
      const std::string& syllable = readings[i][i == at ? reading : 0];
      out += (out.empty() ? "" : " ") + (initials ? syllable.substr(0, 1) : syllable);
    }
  };
  if (!readings.empty()) add(0, 0);
  for (std::size_t at = 0; at < readings.size(); ++at) {
    for (std::size_t reading = 1; reading < readings[at].size(); ++reading) add(at, reading);
  }
  return out;
}

std::string Apart(const std::vector<Token>& tokens) {
  std::string out;
  for (const Token& token : tokens) {
    if (!out.empty()) out += ' ';
    AppendUtf8(out, token.code);
  }
  return out;
}

}  // namespace

Result<std::map<std::string, std::string>> WriteDatabases(const std::vector<Facility>& facilities, const SearchData& data, std::size_t whole) {
  std::map<std::string, std::vector<Ranked>> parts;
  std::vector<Ranked> rest;
  std::int64_t rank = 0;
  for (const Facility& one : facilities) {
    const bool apart = facilities.size() > whole && !one.district.empty();
    (apart ? parts[one.district] : rest).push_back({++rank, &one});
  }
  std::map<std::string, std::string> out;
  auto add = [&](const std::string& key, const auto& fill) -> Result<bool> {
    auto bytes = Written(data.data_date, fill);
    if (!bytes) return bytes.error();
    out[key] = std::move(*bytes);
    return true;
  };
  const auto first = add("facilities", [&](Writer& writer) {
    writer.Execute(kSearchTables);
    writer.Insert("INSERT INTO meta VALUES('language',?1)", data.language.Encode());
    WriteWords(writer, data);
    for (const auto& [district, list] : parts) WritePart(writer, district, list);
    WriteFacilities(writer, rest);
    std::int64_t number = 0;
    for (const Document& d : data.documents) {
      writer.Insert("INSERT INTO document VALUES(?1,?2,?3,?4,?5,?6)", ++number, d.kind, d.id, d.name, d.text, d.benefit);
    }
  });
  if (!first) return first.error();
  for (const auto& part : parts) {
    const auto done = add("facilities." + part.first, [&](Writer& writer) {
      writer.Insert("INSERT INTO meta VALUES('part',?1)", part.first);
      WriteFacilities(writer, part.second);
    });
    if (!done) return done.error();
  }
  return out;
}

Result<std::string> WriteOpenDatabase(const std::vector<Facility>& facilities, const Language& language, const std::string& data_date) {
  std::vector<Ranked> ranked;
  ranked.reserve(facilities.size());
  for (const Facility& one : facilities) ranked.push_back({static_cast<std::int64_t>(ranked.size()) + 1, &one});
  return Written(data_date, [&](Writer& out) {
    out.Execute(kOpenIndexes);
    WriteFacilities(out, ranked);
    for (const auto& [rank, f] : ranked) {
      const auto name = language.Tokens(f->name);
      const auto address = language.Tokens(f->address);
      out.Insert("INSERT INTO words(rowid,name,address,name_pinyin,address_pinyin,name_initials) VALUES(?1,?2,?3,?4,?5,?6)", rank, Apart(name),
                 Apart(address), Spoken(language, name, false), Spoken(language, address, false), Spoken(language, name, true));
      if (f->lat_e6 && f->lon_e6) out.Insert("INSERT INTO place VALUES(?1,?2,?2,?3,?3)", rank, *f->lat_e6, *f->lon_e6);
    }
    out.Execute("INSERT INTO words(words) VALUES('optimize')");
  });
}

}  // namespace chuncheng
