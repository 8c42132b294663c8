// What a search costs when a phone reads an index inside the database by HTTP range requests, which this product does not do:
//   ranges FOLDER OUT.json      FOLDER from search_data
// The index is FTS5 with the columns of single characters, syllables and initials, and an R*Tree of the places. A query asks for as little as can be
// answered: rows with the words in their names, the first ten in the order they lie in, no ranking. The file is served from memory; requests and
// bytes are counted, and time is reckoned: a round trip each, one after the other as SQLite asks, and the bytes at the speed of the line.
#include <sqlite3.h>

#include <algorithm>
#include <array>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <cstring>
#include <iostream>
#include <map>
#include <optional>
#include <random>
#include <sstream>

#include "shared/snapshot/database.h"
#include "shared/snapshot/language.h"
#include "shared/tools/files.h"

namespace chuncheng {
namespace {

constexpr double kRoundTrip = 0.150;  // seconds
constexpr double kLine = 1.6e6 / 8;   // bytes a second
constexpr std::int64_t kShown = 10;

// ---- a file behind range requests ----

// A request is for 16 KiB at least, from a multiple of that; one that goes on where one of the last three ended is twice as long as that, up to 1
// MiB.
class Remote {
 public:
  static constexpr std::int64_t kBlock = 16 << 10, kMost = 64;  // bytes; blocks
  explicit Remote(std::string bytes) : bytes_(std::move(bytes)), have_(static_cast<std::size_t>(size() / kBlock + 1)) {}

  std::int64_t size() const { return static_cast<std::int64_t>(bytes_.size()); }
  std::int64_t requests() const { return requests_; }
  std::int64_t fetched() const { return fetched_; }
  void Forget() {
    std::fill(have_.begin(), have_.end(), false);
    heads_ = {};
  }

  bool Read(void* out, std::int64_t from, std::int64_t count) {
    if (from + count > size()) return false;
    for (std::int64_t block = from / kBlock; block * kBlock < from + count; ++block) {
      if (!have_[static_cast<std::size_t>(block)]) Fetch(block);
    }
    std::memcpy(out, bytes_.data() + from, static_cast<std::size_t>(count));
    return true;
  }

 private:
  struct Head {
    std::int64_t next = -1, blocks = 0;
  };
  void Fetch(std::int64_t block) {
    auto head = std::find_if(heads_.begin(), heads_.end(), [&](const Head& one) { return one.next == block; });
    const std::int64_t blocks = head == heads_.end() ? 1 : std::min(kMost, 2 * head->blocks);
    if (head == heads_.end()) head = heads_.end() - 1;
    std::rotate(heads_.begin(), head, head + 1);  // the one used last comes first
    heads_.front() = {block + blocks, blocks};
    for (std::int64_t one = block; one < block + blocks && one * kBlock < size(); ++one) have_[static_cast<std::size_t>(one)] = true;
    ++requests_;
    fetched_ += std::min((block + blocks) * kBlock, size()) - block * kBlock;
  }

  std::string bytes_;
  std::vector<bool> have_;
  std::array<Head, 3> heads_;
  std::int64_t requests_ = 0, fetched_ = 0;
};

struct RemoteFile {
  sqlite3_file base;
  Remote* remote;
};

int OpenRemote(sqlite3_vfs* vfs, const char* /*name*/, sqlite3_file* file, int /*flags*/, int* /*out*/) {
  static const sqlite3_io_methods kMethods = [] {
    sqlite3_io_methods out{};
    out.iVersion = 1;
    out.xClose = [](sqlite3_file*) { return SQLITE_OK; };
    out.xRead = [](sqlite3_file* file, void* to, int count, sqlite3_int64 from) {
      return reinterpret_cast<RemoteFile*>(file)->remote->Read(to, from, count) ? SQLITE_OK : SQLITE_IOERR_READ;
    };
    out.xFileSize = [](sqlite3_file* file, sqlite3_int64* size) {
      *size = reinterpret_cast<RemoteFile*>(file)->remote->size();
      return SQLITE_OK;
    };
    out.xLock = [](sqlite3_file*, int) { return SQLITE_OK; };
    out.xUnlock = out.xLock;
    out.xFileControl = [](sqlite3_file*, int, void*) { return SQLITE_NOTFOUND; };
    out.xSectorSize = [](sqlite3_file*) { return 512; };
    out.xDeviceCharacteristics = [](sqlite3_file*) { return SQLITE_IOCAP_IMMUTABLE; };
    return out;
  }();
  *reinterpret_cast<RemoteFile*>(file) = {{&kMethods}, static_cast<Remote*>(vfs->pAppData)};
  return SQLITE_OK;
}

// ---- SQLite with the tokenizer of the index ----

// Tokens are separated by spaces; "chang|zhang" are two readings of one character, at one position.
int Split(Fts5Tokenizer* /*tokenizer*/, void* context, int /*flags*/, const char* text, int size,
          int (*emit)(void*, int, const char*, int, int, int)) {
  int begin = 0;
  int flags = 0;
  for (int i = 0; i <= size; ++i) {
    const char c = i < size ? text[i] : ' ';
    if (c != ' ' && c != '|') continue;
    if (i > begin) {
      if (const int code = emit(context, flags, text + begin, i - begin, begin, i); code != SQLITE_OK) return code;
    }
    flags = c == '|' ? FTS5_TOKEN_COLOCATED : 0;
    begin = i + 1;
  }
  return SQLITE_OK;
}

[[noreturn]] void Fail(sqlite3* database, std::string_view what) {
  std::cerr << "SQLite: " << sqlite3_errmsg(database) << ": " << what << "\n";
  std::exit(1);
}

class Connection {
 public:
  Connection(const char* name, int flags, const char* vfs) {
    if (sqlite3_open_v2(name, &database_, flags, vfs) != SQLITE_OK) Fail(database_, name);
    fts5_api* api = nullptr;
    sqlite3_stmt* statement = nullptr;
    sqlite3_prepare_v2(database_, "SELECT fts5(?1)", -1, &statement, nullptr);
    sqlite3_bind_pointer(statement, 1, static_cast<void*>(&api), "fts5_api_ptr", nullptr);
    sqlite3_step(statement);
    sqlite3_finalize(statement);
    fts5_tokenizer tokenizer{[](void*, const char**, int, Fts5Tokenizer** out) {
                               static char one = 0;  // there is no state; FTS5 only wants an address
                               *out = reinterpret_cast<Fts5Tokenizer*>(&one);
                               return SQLITE_OK;
                             },
                             [](Fts5Tokenizer*) {}, Split};
    if (api == nullptr || api->xCreateTokenizer(api, "split", nullptr, &tokenizer, nullptr) != SQLITE_OK) Fail(database_, "tokenizer");
  }
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;
  ~Connection() { sqlite3_close(database_); }

  sqlite3* get() const { return database_; }
  void Execute(const char* sql) const {
    if (sqlite3_exec(database_, sql, nullptr, nullptr, nullptr) != SQLITE_OK) Fail(database_, sql);
  }
  Statement Prepare(std::string_view sql) const {
    sqlite3_stmt* statement = nullptr;
    if (sqlite3_prepare_v2(database_, sql.data(), static_cast<int>(sql.size()), &statement, nullptr) != SQLITE_OK) Fail(database_, sql);
    return Statement(statement);
  }

 private:
  sqlite3* database_ = nullptr;
};

// ---- the index ----

enum class Form { kWritten, kSound, kInitial };

std::string Column(const Language& language, std::string_view text, Form form) {
  std::string out;
  for (const Token& token : language.Tokens(text)) {
    out += out.empty() ? "" : " ";
    std::string readings;
    if (form != Form::kWritten) {
      for (const std::string& reading : language.Readings(token.code)) {
        readings += (readings.empty() ? "" : "|") + (form == Form::kSound ? reading : reading.substr(0, 1));
      }
    }
    if (readings.empty()) AppendUtf8(readings, token.code);
    out += readings;
  }
  return out;
}

constexpr const char* kSchema = R"sql(
PRAGMA page_size=4096;
CREATE TABLE facility(rank INTEGER PRIMARY KEY, id TEXT NOT NULL, name TEXT NOT NULL, type TEXT NOT NULL, district TEXT, address TEXT, phone TEXT,
  beds INTEGER, places INTEGER, stage TEXT NOT NULL, operator TEXT, period TEXT, lat INTEGER, lon INTEGER, price_min INTEGER, price_max INTEGER,
  needs TEXT, note TEXT, source TEXT NOT NULL, source_date TEXT, confidence TEXT NOT NULL);
CREATE VIRTUAL TABLE words USING fts5(name, more, name_sound, more_sound, name_first, content='', columnsize=0, tokenize='split');
CREATE VIRTUAL TABLE place USING rtree_i32(rank, in_min, in_max, lat_min, lat_max, lon_min, lon_max);
CREATE TABLE district(number INTEGER PRIMARY KEY, code TEXT NOT NULL);
ATTACH ':memory:' AS shipped;
)sql";

// Bits of both by turns: places near each other get numbers near each other.
std::int64_t Woven(std::int64_t lat, std::int64_t lon) {
  std::int64_t out = 0;
  for (int bit = 29; bit >= 0; --bit) out = out << 2 | ((lat >> bit) & 1) << 1 | ((lon >> bit) & 1);
  return out;
}

// The R*Tree, district by district and places near each other together, so that its nodes lie together in the file.
void AddPlaces(const Connection& out) {
  out.Execute("INSERT INTO district(code) SELECT DISTINCT district FROM facility WHERE district IS NOT NULL ORDER BY district");
  auto rows = out.Prepare(
      "SELECT f.rank,d.number,f.lat,f.lon FROM facility f JOIN district d ON d.code=f.district WHERE f.lat IS NOT NULL AND f.lon IS NOT NULL");
  std::vector<std::array<std::int64_t, 5>> places;
  while (rows.Step()) places.push_back({rows.Int(1), Woven(rows.Int(2), rows.Int(3)), rows.Int(0), rows.Int(2), rows.Int(3)});
  std::sort(places.begin(), places.end());
  auto insert = out.Prepare("INSERT INTO place VALUES(?1,?2,?2,?3,?3,?4,?4)");
  for (const auto& [district, woven, rank, lat, lon] : places) {
    insert.Bind(1, rank);
    insert.Bind(2, district);
    insert.Bind(3, lat);
    insert.Bind(4, lon);
    insert.Step();
    insert.Reset();
  }
  if (!insert.ok()) Fail(out.get(), "places");
}

// The shipped database's rows with the index beside them.
std::string MakeIndexed(std::string shipped, const Language& language) {
  const Connection out(":memory:", SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, nullptr);
  out.Execute(kSchema);
  const auto size = static_cast<sqlite3_int64>(shipped.size());
  sqlite3_deserialize(out.get(), "shipped", reinterpret_cast<unsigned char*>(shipped.data()), size, size, SQLITE_DESERIALIZE_READONLY);
  out.Execute("BEGIN; INSERT INTO facility SELECT * FROM shipped.facility");
  auto rows = out.Prepare("SELECT rank,name,district,address,needs FROM shipped.facility ORDER BY rank");
  auto words = out.Prepare("INSERT INTO words(rowid,name,more,name_sound,more_sound,name_first) VALUES(?1,?2,?3,?4,?5,?6)");
  while (rows.Step()) {
    const std::string name = rows.Text(1);
    const std::string more = rows.Text(3) + " " + rows.Text(4);
    words.Bind(1, rows.Int(0));
    words.Bind(2, std::string_view(Column(language, name, Form::kWritten)));
    words.Bind(3, std::string_view("in_" + rows.Text(2) + " " + Column(language, more, Form::kWritten)));
    words.Bind(4, std::string_view(Column(language, name, Form::kSound)));
    words.Bind(5, std::string_view(Column(language, more, Form::kSound)));
    words.Bind(6, std::string_view(Column(language, name, Form::kInitial)));
    words.Step();
    words.Reset();
  }
  if (!rows.ok() || !words.ok()) Fail(out.get(), "insert");
  rows.Reset();
  AddPlaces(out);
  out.Execute("INSERT INTO words(words) VALUES('optimize'); COMMIT; DETACH shipped; VACUUM");
  sqlite3_int64 written = 0;
  unsigned char* bytes = sqlite3_serialize(out.get(), "main", &written, 0);
  std::string database(reinterpret_cast<char*>(bytes), static_cast<std::size_t>(written));
  sqlite3_free(bytes);
  return database;
}

// ---- queries ----

std::string Phrase(const std::vector<std::string>& tokens) {
  std::string out;
  for (const std::string& token : tokens) out += (out.empty() ? "\"" : " ") + token;
  return out + "\"";
}

// FTS5 expressions, asked one after the other until one finds something: characters as written and letters as syllables, then characters by their
// sound and letters as initials.
std::vector<std::string> Expressions(const Language& language, std::string_view text) {
  constexpr std::size_t kCuts = 8;
  struct Term {
    bool ascii = false;
    std::vector<std::string> characters, sounds;
  };
  std::vector<Term> terms;
  for (const Token& token : language.Tokens(text)) {
    const bool ascii = IsAsciiToken(token.code);
    if (terms.empty() || token.after_gap || terms.back().ascii != ascii) terms.push_back({ascii, {}, {}});
    AppendUtf8(terms.back().characters.emplace_back(), token.code);
    const auto readings = language.Readings(token.code);
    terms.back().sounds.push_back(readings.empty() ? terms.back().characters.back() : readings.front());
  }
  std::vector<std::string> out(2);
  for (const Term& term : terms) {
    for (std::string& expression : out) expression += expression.empty() ? "" : " AND ";
    if (!term.ascii) {
      out[0] += "{name}: " + Phrase(term.characters);
      out[1] += "{name_sound}: " + Phrase(term.sounds);
      continue;
    }
    std::string letters;
    for (const std::string& one : term.characters) letters += one;
    std::string syllables;
    for (const auto& cut : language.Syllables(letters, kCuts)) syllables += (syllables.empty() ? "{name_sound}: (" : " OR ") + Phrase(cut) + " *";
    out[0] += syllables.empty() ? "{name}: " + Phrase(term.characters) : syllables + ")";
    out[1] += "{name_first}: " + Phrase(term.characters);
  }
  if (out[0] == out[1] || terms.empty()) out.pop_back();
  return out;
}

struct Asked {
  std::string kind, text, district;
  std::int64_t lat = 0, lon = 0;
  std::string right;  // as in queries.json
};

class Searching {
 public:
  Searching(const Connection& connection, const Language& language, bool counted)
      : language_(language),
        find_(connection.Prepare("SELECT rowid FROM words WHERE words MATCH ?1 LIMIT ?2")),
        count_(connection.Prepare("SELECT count(*) FROM words WHERE words MATCH ?1")),
        near_(connection.Prepare(
            "SELECT rank,lat_min,lon_min FROM place WHERE in_min>=(SELECT number FROM district WHERE code=?5) AND "
            "in_max<=(SELECT number FROM district WHERE code=?5) AND lat_max>=?1 AND lat_min<=?2 AND lon_max>=?3 AND lon_min<=?4")),
        row_(connection.Prepare("SELECT id,* FROM facility WHERE rank=?1")),
        counted_(counted) {}

  std::vector<std::string> Ids(const Asked& asked) {
    std::vector<std::string> ids;
    for (const std::int64_t rank : asked.kind == "nearest" ? Nearest(asked) : Found(asked)) {
      row_.Reset();
      row_.Bind(1, rank);
      if (row_.Step()) ids.push_back(row_.Text(0));
    }
    return ids;
  }

 private:
  std::vector<std::int64_t> Found(const Asked& asked) {
    std::vector<std::int64_t> ranks;
    for (std::string expression : Expressions(language_, asked.text)) {
      if (!asked.district.empty()) expression = "(" + expression + ") AND {more}: in_" + asked.district;
      find_.Reset();
      find_.Bind(1, std::string_view(expression));
      find_.Bind(2, kShown);
      while (find_.Step()) ranks.push_back(find_.Int(0));
      if (ranks.empty()) continue;
      count_.Reset();
      count_.Bind(1, std::string_view(expression));
      if (counted_) count_.Step();
      break;
    }
    return ranks;
  }

  // In a district, within a kilometre or so, then twice as far, until there are enough.
  std::vector<std::int64_t> Nearest(const Asked& asked) {
    std::vector<std::pair<std::int64_t, std::int64_t>> found;
    for (std::int64_t reach = 10000; reach <= 1000000 && static_cast<std::int64_t>(found.size()) < kShown; reach *= 2) {
      found.clear();
      near_.Reset();
      near_.Bind(1, asked.lat - reach);
      near_.Bind(2, asked.lat + reach);
      near_.Bind(3, asked.lon - reach);
      near_.Bind(4, asked.lon + reach);
      near_.Bind(5, std::string_view(asked.district));
      while (near_.Step()) {
        const std::int64_t up = near_.Int(1) - asked.lat;
        const std::int64_t aside = near_.Int(2) - asked.lon;
        found.emplace_back(up * up + aside * aside, near_.Int(0));
      }
    }
    std::sort(found.begin(), found.end());
    std::vector<std::int64_t> ranks;
    for (std::size_t i = 0; i < std::min<std::size_t>(found.size(), kShown); ++i) ranks.push_back(found[i].second);
    return ranks;
  }

  const Language& language_;
  Statement find_, count_, near_, row_;
  bool counted_;
};

// ---- figures ----

struct Costs {
  std::vector<double> requests, bytes, seconds;
};

json::object Summary(std::vector<double> list) {
  std::sort(list.begin(), list.end());
  return {{"median", list[list.size() / 2]}, {"p90", list[list.size() * 9 / 10]}};
}

enum class Pass { kFirst, kNext, kCounted };
constexpr std::array<const char*, 3> kPasses = {"first", "next", "counted"};

// Each query alone on a page that has just been opened; kNext: after one other. kCounted: also how many there are.
std::map<std::string, Costs> Measure(Remote& remote, const Language& language, const std::vector<Asked>& queries, Pass pass) {
  std::map<std::string, Costs> costs;
  for (std::size_t i = 0; i < queries.size(); ++i) {
    remote.Forget();
    std::int64_t requests = remote.requests();
    std::int64_t fetched = remote.fetched();
    const Connection connection("remote", SQLITE_OPEN_READONLY, "remote");
    Searching searching(connection, language, pass == Pass::kCounted);
    if (pass == Pass::kNext) {
      searching.Ids(queries[(i + 1) % queries.size()]);
      requests = remote.requests();
      fetched = remote.fetched();
    }
    searching.Ids(queries[i]);
    Costs& of = costs[queries[i].kind];
    of.requests.push_back(static_cast<double>(remote.requests() - requests));
    of.bytes.push_back(static_cast<double>(remote.fetched() - fetched));
    of.seconds.push_back(of.requests.back() * kRoundTrip + of.bytes.back() / kLine);
  }
  return costs;
}

json::object Recall(const Language& language, const std::vector<Asked>& queries, const std::map<std::string, std::size_t>& number) {
  constexpr std::size_t kFirstOnes = 10;
  const Connection connection("remote", SQLITE_OPEN_READONLY, "remote");
  Searching searching(connection, language, false);
  std::map<std::string, std::array<int, 3>> tally;
  for (const Asked& asked : queries) {
    const auto ids = searching.Ids(asked);
    const auto right = [&](const std::string& id) {
      const std::size_t at = number.at(id);
      return ((std::stoi(asked.right.substr(at / 4, 1), nullptr, 16) >> (at % 4)) & 1) == 1;
    };
    const auto end = ids.begin() + static_cast<std::ptrdiff_t>(std::min(ids.size(), kFirstOnes));
    auto& [all, found, first] = tally[asked.kind];
    ++all;
    found += std::any_of(ids.begin(), end, right) ? 1 : 0;
    first += !ids.empty() && right(ids.front()) ? 1 : 0;
  }
  json::object out;
  for (const auto& [kind, counts] : tally) out[kind] = {{"asked", counts[0]}, {"found", counts[1]}, {"first", counts[2]}};
  return out;
}

int Run(const std::string& folder, const std::string& to) {
  const auto shipped = ReadFile(folder + "/facilities.db");
  const auto text = ReadFile(folder + "/queries.json");
  const auto ids = ReadFile(folder + "/ids.txt");
  if (!shipped || !text || !ids) return 1;
  const auto database = Database::Open(*shipped);
  if (!database) return 1;
  auto meta = database->Prepare("SELECT value FROM meta WHERE key='language'");
  if (!meta || !meta->Step()) return 1;
  const auto language = Language::Decode(meta->Text(0));
  if (!language) return 1;

  std::map<std::string, std::size_t> number;
  std::vector<std::string> names;
  std::istringstream lines(*ids);
  for (std::string id; std::getline(lines, id); names.push_back(id)) number[id] = names.size();
  std::vector<Asked> all, typical;
  const auto asked = json::parse(*text);
  auto district = database->Prepare("SELECT district FROM facility WHERE id=?1");
  for (const auto& one : asked.at("queries").as_array()) {
    all.push_back(
        {std::string(one.at("kind").as_string()), std::string(one.at("text").as_string()), "", 0, 0, std::string(one.at("right").as_string())});
    const Asked& query = all.back();
    if (query.kind != "han" && query.kind != "terms" && query.kind != "pinyin" && query.kind != "initials") continue;
    typical.push_back(query);
    if (query.kind != "han") continue;
    const std::size_t digit = query.right.find_first_not_of('0');  // the same words in the district of one that has them
    const int bits = std::stoi(query.right.substr(digit, 1), nullptr, 16);
    district->Reset();
    district->Bind(1, std::string_view(names[digit * 4 + static_cast<std::size_t>(__builtin_ctz(static_cast<unsigned>(bits)))]));
    district->Step();
    typical.push_back({"han in a district", query.text, district->Text(0), 0, 0, ""});
  }
  const auto each = static_cast<std::size_t>(std::count_if(all.begin(), all.end(), [](const Asked& one) { return one.kind == "han"; }));
  auto places = database->Prepare("SELECT district,lat,lon FROM facility WHERE lat IS NOT NULL AND lon IS NOT NULL AND rank>=?1 LIMIT 1");
  for (std::size_t i = 0; i < each; ++i) {
    places->Reset();
    places->Bind(1, static_cast<std::int64_t>(names.size() * i / each));
    if (places->Step()) typical.push_back({"nearest", "", places->Text(0), places->Int(1), places->Int(2), ""});
  }
  std::shuffle(typical.begin(), typical.end(), std::mt19937(1));  // NOLINT(bugprone-random-generator-seed): the same order in every run

  Remote remote(MakeIndexed(*shipped, *language));
  sqlite3_vfs vfs = *sqlite3_vfs_find(nullptr);
  vfs.zName = "remote";
  vfs.szOsFile = sizeof(RemoteFile);
  vfs.xOpen = OpenRemote;
  vfs.pAppData = &remote;
  sqlite3_vfs_register(&vfs, 0);
  json::object kinds;
  for (const Pass pass : {Pass::kFirst, Pass::kNext, Pass::kCounted}) {
    for (const auto& [kind, costs] : Measure(remote, *language, typical, pass)) {
      if (!kinds.contains(kind)) kinds[kind] = json::object{};
      kinds[kind].as_object()[kPasses.at(static_cast<std::size_t>(pass))] = {
          {"requests", Summary(costs.requests)}, {"bytes", Summary(costs.bytes)}, {"seconds", Summary(costs.seconds)}};
    }
  }
  const json::object out = {
      {"rows", names.size()}, {"bytes", remote.size()}, {"each", each}, {"kinds", kinds}, {"recall", Recall(*language, all, number)}};
  sqlite3_vfs_unregister(&vfs);
  for (const auto& [kind, passes] : kinds) {
    std::cout << names.size() << " rows, " << kind << ":";
    for (const auto& [pass, costs] : passes.as_object()) {
      std::cout << "  " << pass << " " << costs.at("requests").at("median") << " requests, " << costs.at("bytes").at("median") << " bytes, "
                << costs.at("seconds").at("median") << " s (p90 " << costs.at("seconds").at("p90") << ")";
    }
    std::cout << "\n";
  }
  return WriteFile(to, json::serialize(out) + "\n") ? 0 : 1;
}

}  // namespace
}  // namespace chuncheng

int main(int count, char** arguments) {
  if (count != 3) {
    std::cerr << "ranges FOLDER OUT.json\n";
    return 2;
  }
  return chuncheng::Run(arguments[1], arguments[2]);
}
