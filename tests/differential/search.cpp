// Random places and queries, against a linear matcher that knows no index: differential_search FOLDER [databases] [first seed].
// The kinds of query whose meaning is exact (docs/interfaces.md section 6): a part of a text in Han, several of them in any order, words understood
// as a filter, pinyin with the last syllable perhaps only begun, initials, filters, distance, bed and price words. Compared are the rows found, their
// number, the facets, and the order (by name, distance, beds; for one piece in Han that is no word, the whole ranking). Databases and answers go to
// FOLDER for hosts.mjs. The last line is `N passed, N failed`: a test is one query.
#include "shared/search/search.h"

#include <algorithm>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <map>
#include <random>
#include <set>

#include "shared/tools/files.h"
#include "tests/search/synthetic.h"

namespace chuncheng {
namespace {

constexpr const char* kPack = "shared/packs/kunming";
constexpr std::size_t kRows = 350;
constexpr std::size_t kQueries = 120;
constexpr std::u32string_view kNumerals = U"零一二三四五六七八九十百千万两0123456789";

std::u32string Codes(const Language& language, std::string_view text) {
  std::u32string out;
  for (const Token& token : language.Tokens(text)) out += token.code;
  return out;
}
std::string Utf8(std::u32string_view codes) {
  std::string out;
  for (const char32_t code : codes) AppendUtf8(out, code);
  return out;
}
std::string Zh(const json::value& value) { return std::string(value.at("zh").get_string()); }

// Where a text stands, the weightiest first.
enum Place { kName, kType, kDistrict, kNeed, kAddress, kOperator, kNeeds, kNote };

struct Row {
  const Facility* facility = nullptr;
  std::vector<std::pair<Place, std::u32string>> texts;  // its own, and what its type, its district and the needs its type serves are called
};

struct FilterWord {
  std::string kind;  // district, type, need, near, beds, public, private
  std::string code;
};

// The words of the pack, read from its own files.
struct Words {
  std::map<std::string, std::vector<std::u32string>> types, districts, needs;
  std::map<std::string, std::vector<std::string>> serves;  // type → needs
  std::vector<std::u32string> city;
  std::map<std::u32string, FilterWord> filters;
  std::set<std::u32string> fillers, numbers;  // what stands before or after an amount

  explicit Words(const Language& language) {
    const auto search = json::parse(*ReadFile(std::string(kPack) + "/search.json"));
    const auto districts_file = json::parse(*ReadFile(std::string(kPack) + "/districts.json"));
    auto named = [&](const json::value& entry, std::string_view words) {
      std::vector<std::u32string> out{Codes(language, Zh(entry.at("name")))};
      for (const auto& word : entry.at(words).get_array()) out.push_back(Codes(language, std::string_view(word.get_string())));
      return out;
    };
    for (const auto& entry : districts_file.at("districts").get_array()) {
      const std::string code(entry.at("code").get_string());
      (entry.at("kind") == "city" ? city : districts[code]) = named(entry, "short");
    }
    for (const auto& entry : search.at("types").get_object()) types[std::string(entry.key())] = named(entry.value(), "words");
    for (const auto& entry : search.at("needs").get_object()) {
      needs[std::string(entry.key())] = named(entry.value(), "words");
      for (const auto& type : entry.value().at("types").get_array()) serves[std::string(type.get_string())].emplace_back(entry.key());
    }
    auto add = [&](const std::string& kind, const std::string& code, const std::vector<std::u32string>& words) {
      for (const auto& word : words) filters.emplace(word, FilterWord{kind, code});
    };
    for (const auto& [code, words] : districts) add("district", code, words);
    for (const auto& [code, words] : types) add("type", code, words);
    for (const auto& [code, words] : needs) add("need", code, words);
    for (const auto& phrase : search.at("phrases").get_object()) {
      const std::string kind(phrase.key());
      for (const auto& word : phrase.value().get_array()) {
        const auto codes = Codes(language, std::string_view(word.get_string()));
        if (kind == "filler") {
          fillers.insert(codes);
        } else if (kind == "near" || kind == "beds" || kind == "public" || kind == "private") {
          filters.emplace(codes, FilterWord{kind, ""});
        } else {
          numbers.insert(codes);
        }
      }
    }
  }
};

// What a query asks of a row.
struct Ask {
  std::vector<std::u32string> pieces;       // in Han: each stands in some text of the row
  std::vector<std::string> letters;         // pinyin or initials, likewise
  std::optional<std::int64_t> beds, price;  // of chips: a row that does not say stays
  std::set<std::string> districts, types, stages;
  std::optional<std::int64_t> beds_min, within;
  bool near = false;
  std::int64_t lat = 0, lon = 0;
  std::string sort;
};

// By the cosine rule: another formula than the engine's, the same ball.
double Apart(std::int64_t lat_a, std::int64_t lon_a, std::int64_t lat_b, std::int64_t lon_b) {
  const auto radians = [](std::int64_t micro) { return static_cast<long double>(micro) / 1e6L * 3.14159265358979323846L / 180; };
  const long double cosine =
      std::sin(radians(lat_a)) * std::sin(radians(lat_b)) + std::cos(radians(lat_a)) * std::cos(radians(lat_b)) * std::cos(radians(lon_b - lon_a));
  return static_cast<double>(6371008.8L * std::acos(std::min(1.0L, cosine)));
}

class Linear {
 public:
  Linear(const SyntheticData& data) : data_(data), words_(data.language) {
    for (const Facility& facility : data.facilities) {
      Row row{&facility, {}};
      const auto add = [&](Place place, const std::u32string& text) {
        if (!text.empty()) row.texts.emplace_back(place, text);
      };
      const auto all = [&](Place place, const std::vector<std::u32string>& texts) {
        for (const auto& text : texts) add(place, text);
      };
      add(kName, Codes(data.language, facility.name));
      all(kType, words_.types[facility.type]);
      all(kDistrict, words_.districts[facility.district]);
      all(kDistrict, words_.city);
      for (const std::string& need : words_.serves[facility.type]) all(kNeed, words_.needs[need]);
      add(kAddress, Codes(data.language, facility.address));
      add(kOperator, Codes(data.language, facility.op));
      add(kNeeds, Codes(data.language, facility.needs));
      add(kNote, Codes(data.language, facility.note));
      rows_.push_back(std::move(row));
    }
  }

  const std::vector<Row>& rows() const { return rows_; }
  const Words& words() const { return words_; }

  // Do the letters read as a run of characters from `at` on, in full or by first letters?
  bool Reads(const std::u32string& text, std::size_t at, std::string_view letters) const {
    if (letters.empty()) return true;
    if (at == text.size()) return false;
    const auto readings = data_.language.Readings(text[at]);
    return !IsAsciiToken(text[at]) && std::any_of(readings.begin(), readings.end(), [&](const std::string& reading) {
      return reading.starts_with(letters) || (letters.starts_with(reading) && Reads(text, at + 1, letters.substr(reading.size())));
    });
  }
  bool Initials(const std::u32string& text, std::size_t at, std::string_view letters) const {
    if (letters.empty()) return true;
    if (at == text.size()) return false;
    const auto readings = data_.language.Readings(text[at]);
    return std::any_of(readings.begin(), readings.end(), [&](const std::string& reading) { return reading[0] == letters[0]; }) &&
           Initials(text, at + 1, letters.substr(1));
  }
  bool Sounds(const std::u32string& text, const std::string& letters) const {
    for (std::size_t at = 0; at < text.size(); ++at) {
      if (Reads(text, at, letters) || Initials(text, at, letters)) return true;
    }
    return text.find(std::u32string(letters.begin(), letters.end())) != std::u32string::npos;
  }

  // Words of the query, and whether the row has each.
  bool Has(const Row& row, const Ask& ask) const {
    const auto in = [&](const auto& test) {
      return std::any_of(row.texts.begin(), row.texts.end(), [&](const auto& text) { return test(text.second); });
    };
    return std::all_of(ask.pieces.begin(), ask.pieces.end(),
                       [&](const auto& piece) { return in([&](const auto& text) { return text.find(piece) != std::u32string::npos; }); }) &&
           std::all_of(ask.letters.begin(), ask.letters.end(),
                       [&](const auto& letters) { return in([&](const auto& text) { return Sounds(text, letters); }); }) &&
           (!ask.beds || !row.facility->beds || *row.facility->beds >= *ask.beds) &&
           (!ask.price || !row.facility->price_min || *row.facility->price_min <= *ask.price);
  }
  static bool Unsure(const Row& row, const Ask& ask) { return (ask.beds && !row.facility->beds) || (ask.price && !row.facility->price_min); }

  std::optional<double> Distance(const Row& row, const Ask& ask) const {
    if (!ask.near || !row.facility->lat_e6) return std::nullopt;
    return Apart(ask.lat, ask.lon, *row.facility->lat_e6, *row.facility->lon_e6);
  }
  bool District(const Row& row, const Ask& ask) const { return ask.districts.empty() || ask.districts.contains(row.facility->district); }
  bool Type(const Row& row, const Ask& ask) const { return ask.types.empty() || ask.types.contains(row.facility->type); }
  bool Stage(const Row& row, const Ask& ask) const { return ask.stages.empty() || ask.stages.contains(row.facility->stage); }
  bool Numbers(const Row& row, const Ask& ask) const {
    if (ask.beds_min && row.facility->beds.value_or(-1) < *ask.beds_min) return false;
    const auto distance = Distance(row, ask);
    return !ask.within || (distance && *distance <= static_cast<double>(*ask.within));
  }
  /// A metre more or less of rounding could decide.
  bool Borderline(const Ask& ask) const {
    return ask.within && std::any_of(rows_.begin(), rows_.end(), [&](const Row& row) {
             const auto distance = Distance(row, ask);
             return distance && std::fabs(*distance - static_cast<double>(*ask.within)) < 1.5;
           });
  }

  // How well one piece fits: the best text, and in it a whole, a beginning or a part.
  static std::pair<int, int> Rank(const Row& row, const std::u32string& piece) {
    std::pair<int, int> best{99, 99};
    for (const auto& [place, text] : row.texts) {
      for (auto at = text.find(piece); at != std::u32string::npos; at = text.find(piece, at + 1)) {
        best = std::min(best, {place, at > 0 ? 2 : piece.size() < text.size() ? 1 : 0});
      }
    }
    return best;
  }

 private:
  const SyntheticData& data_;
  Words words_;
  std::vector<Row> rows_;
};

class Session {
 public:
  Session(const std::string& folder, unsigned seed)
      : seed_(seed),
        random_(seed),
        data_(MakeSynthetic(kPack, kRows, seed)),
        file_(folder + "/places-" + std::to_string(seed) + ".db"),
        linear_(data_) {
    std::ofstream(file_, std::ios::binary) << data_.database;
    // The order of names is what the builder's collation made it.
    auto database = Database::Open(data_.database);
    auto ranks = database->Prepare("SELECT id,rank FROM facility");
    while (ranks->Step()) rank_[ranks->Text(0)] = ranks->Int(1);
  }

  std::size_t passed = 0, failed = 0, found = 0;
  std::map<std::string, std::size_t> kinds;

  // A line for the other hosts.
  std::string Run() {
    auto search = Search::Open(data_.database);
    if (!search) return std::puts("not ok: the database is refused"), ++failed, "";
    json::array requests;
    json::array answers;
    std::size_t drawn = 0;
    while (passed + failed < kQueries && ++drawn < 20 * kQueries) {
      std::string kind;
      Ask ask;
      std::string text;
      if (!Draw(kind, ask, text)) continue;
      json::object query = Write(ask, text);
      std::vector<std::string> ids;
      json::value first;
      for (std::int64_t offset = 0; offset == 0 || offset < first.at("total").to_number<std::int64_t>(); offset += 100) {
        query["offset"] = offset;
        const auto answer = search->Answer(query, "");
        if (!answer) break;
        requests.push_back(query);
        answers.emplace_back(json::serialize(*answer));
        for (const auto& hit : answer->at("hits").get_array()) ids.emplace_back(hit.at("id").get_string());
        if (offset == 0) first = *answer;
      }
      if (first.is_null()) {
        ++failed;
        std::printf("not ok seed %u: %s is refused\n", seed_, json::serialize(query).c_str());
        continue;
      }
      const std::string wrong = Compare(ask, text, kind, first, ids);
      ++kinds[kind];
      found += ids.size();
      if (wrong.empty()) {
        ++passed;
      } else if (++failed < 6) {
        std::printf("not ok seed %u, %s: %s: %s\n", seed_, kind.c_str(), json::serialize(query).c_str(), wrong.c_str());
      }
    }
    return json::serialize(json::object{
        {"seed", seed_}, {"module", "search"}, {"file", file_}, {"call", ""}, {"requests", std::move(requests)}, {"answers", std::move(answers)}});
  }

 private:
  std::size_t Below(std::size_t n) { return random_() % n; }
  bool Chance(unsigned percent) { return Below(100) < percent; }
  template <class List>
  const auto& Any(const List& list) {
    return *std::next(list.begin(), static_cast<std::ptrdiff_t>(Below(list.size())));
  }

  // A part of some text of the row, of `least` to `most` characters.
  std::u32string Part(const Row& row, std::size_t least, std::size_t most) {
    const auto& text = Any(row.texts).second;
    if (text.size() < least) return U"";
    const std::size_t length = std::min(text.size(), least + Below(most - least + 1));
    return text.substr(Below(text.size() - length + 1), length);
  }

  // Numbers have other spellings, and a word inside makes a filter of its own: both are asked elsewhere.
  bool Plain(const std::u32string& piece) const {
    if (piece.empty() || piece.find_first_of(kNumerals) != std::u32string::npos) return false;
    const auto& words = linear_.words();
    if (words.fillers.contains(piece)) return false;
    for (std::size_t at = 0; at < piece.size(); ++at) {
      for (std::size_t length = 1; at + length <= piece.size(); ++length) {
        const auto part = piece.substr(at, length);
        if (words.filters.contains(part) || words.numbers.contains(part) || IsAsciiToken(part[0])) return false;
      }
    }
    return true;
  }

  std::string Spelled(const std::u32string& piece) {
    std::string out;
    for (const char32_t code : piece) {
      const auto readings = data_.language.Readings(code);
      if (readings.empty() || IsAsciiToken(code)) return "";
      out += Any(readings);
    }
    return out;
  }

  bool Draw(std::string& kind, Ask& ask, std::string& text) {
    const Row& row = Any(linear_.rows());
    switch (Below(10)) {
      case 0:
      case 6:
      case 7: {
        kind = "part";
        const auto piece = Part(row, 1, 6);
        if (!Plain(piece)) return false;
        ask.pieces = {piece};
        text = Utf8(piece);
        break;
      }
      case 1:
      case 8: {
        kind = "parts";
        for (std::size_t n = 2 + Below(2); n > 0; --n) {
          const auto piece = Part(row, 1, 4);
          if (!Plain(piece)) return false;
          ask.pieces.push_back(piece);
          text += (text.empty() ? "" : " ") + Utf8(piece);
        }
        break;
      }
      case 2: {
        // A word that is a filter: its rows, and rows that have it in a text.
        kind = "word";
        const auto& [word, filter] = Any(linear_.words().filters);
        if (filter.kind != "district" && filter.kind != "type" && filter.kind != "need") return false;
        ask.pieces = {word};
        text = Utf8(word);
        if (Chance(50)) {
          const auto piece = Part(row, 2, 3);
          if (!Plain(piece)) return false;
          ask.pieces.push_back(piece);
          text += " " + Utf8(piece);
        }
        break;
      }
      case 3: {
        kind = "pinyin";
        const auto piece = Part(row, 1, 3);
        if (!Plain(piece)) return false;
        std::string letters = Spelled(piece);
        if (letters.size() < 2) return false;
        if (Chance(30)) letters.resize(letters.size() - 1);
        ask.letters = {letters};
        text = letters;
        break;
      }
      case 4: {
        kind = "initials";
        const auto piece = Part(row, 3, 5);
        if (!Plain(piece)) return false;
        std::string letters;
        for (const char32_t code : piece) {
          const auto readings = data_.language.Readings(code);
          if (readings.empty()) return false;
          letters += Any(readings)[0];
        }
        ask.letters = {letters};
        text = letters;
        break;
      }
      case 5: {
        kind = "numbers";
        if (Chance(50)) {
          ask.beds = 1;
          text = Chance(50) ? "有床位" : "有床";
        } else {
          ask.price = 1000 + static_cast<std::int64_t>(Below(80)) * 100;
          text = (Chance(50) ? "不超过" : "") + std::to_string(*ask.price) + "元以内";
        }
        const auto piece = Part(row, 2, 3);
        if (Chance(50) && Plain(piece)) {
          ask.pieces = {piece};
          text += " " + Utf8(piece);
        }
        break;
      }
      default: kind = "filters";
    }
    if (kind == "filters" || Chance(40)) {
      if (Chance(40)) ask.districts.insert(Any(linear_.rows()).facility->district);
      if (Chance(30)) ask.districts.insert(row.facility->district);
      if (Chance(30)) ask.types.insert(row.facility->type);
      if (Chance(30)) ask.stages.insert(row.facility->stage);
      if (Chance(30)) ask.beds_min = static_cast<std::int64_t>(Below(400));
    }
    if (Chance(35)) {
      ask.near = true;
      ask.lat = 24790000 + static_cast<std::int64_t>(Below(500000));
      ask.lon = 102460000 + static_cast<std::int64_t>(Below(500000));
      if (Chance(60)) ask.within = static_cast<std::int64_t>(500 + Below(30000));
    }
    if (Chance(60)) ask.sort = Chance(40) ? "name" : Chance(50) ? "beds" : "distance";
    // Guesses begin where nothing has what was typed; and a number that nothing has drops nothing.
    const auto& rows = linear_.rows();
    for (const auto& piece : ask.pieces) {
      Ask alone;
      alone.pieces = {piece};
      if (std::none_of(rows.begin(), rows.end(), [&](const Row& one) { return linear_.Has(one, alone); })) return false;
    }
    // The engine cuts a word of letters in a stated number of ways only.
    for (const std::string& letters : ask.letters) {
      if (data_.language.Syllables(letters, 9).size() > 8) return false;
    }
    return !linear_.Borderline(ask);
  }

  static json::object Write(const Ask& ask, const std::string& text) {
    auto list = [](const std::set<std::string>& values) {
      json::array out;
      for (const std::string& value : values) out.emplace_back(value);
      return out;
    };
    json::object out{{"q", text}, {"limit", 100}};
    if (!ask.districts.empty()) out["district"] = list(ask.districts);
    if (!ask.types.empty()) out["type"] = list(ask.types);
    if (!ask.stages.empty()) out["stage"] = list(ask.stages);
    if (ask.beds_min) out["beds_min"] = *ask.beds_min;
    if (ask.near) {
      json::object near{{"lat", static_cast<double>(ask.lat) / 1e6}, {"lon", static_cast<double>(ask.lon) / 1e6}};
      if (ask.within) near["within_m"] = *ask.within;
      out["near"] = std::move(near);
    }
    if (!ask.sort.empty()) out["sort"] = ask.sort;
    return out;
  }

  std::string Compare(const Ask& ask, const std::string& text, const std::string& kind, const json::value& answer,
                      const std::vector<std::string>& ids) const {
    std::map<std::string, const Row*> want;
    std::map<std::string, std::map<std::string, std::int64_t>> facets;
    for (const Row& row : linear_.rows()) {
      if (!linear_.Has(row, ask) || !linear_.Numbers(row, ask)) continue;
      const bool district = linear_.District(row, ask);
      const bool type = linear_.Type(row, ask);
      const bool stage = linear_.Stage(row, ask);
      if (district && type && stage) want[row.facility->id] = &row;
      if (type && stage) ++facets["district"][row.facility->district];
      if (district && stage) ++facets["type"][row.facility->type];
      if (district && type) ++facets["stage"][row.facility->stage];
    }
    const std::set<std::string> got(ids.begin(), ids.end());
    if (got.size() != ids.size()) return "a place is shown twice";
    for (const auto& [id, row] : want) {
      if (!got.contains(id))
        return "lacks " + row->facility->name + " (" + std::to_string(want.size()) + " expected, " + std::to_string(got.size()) + " found)";
    }
    for (const std::string& id : got) {
      if (!want.contains(id))
        return "has " + id + ", which does not match (" + std::to_string(want.size()) + " expected, " + std::to_string(got.size()) + " found)";
    }
    if (answer.at("total").to_number<std::size_t>() != want.size()) return "another total than rows";
    for (const char* facet : {"district", "type", "stage"}) {
      std::map<std::string, std::int64_t> given;
      for (const auto& entry : answer.at("facets").at(facet).get_object()) given[std::string(entry.key())] = entry.value().to_number<std::int64_t>();
      if (given != facets[facet]) return std::string("another facet of ") + facet;
    }
    // "附近" was not typed, so that the order is the one asked for.
    for (std::size_t i = 1; i < ids.size(); ++i) {
      if (!InOrder(*want[ids[i - 1]], *want[ids[i]], ask, kind == "part" && text.find(' ') == std::string::npos))
        return ids[i - 1] + " stands before " + ids[i];
    }
    return "";
  }

  bool InOrder(const Row& a, const Row& b, const Ask& ask, bool ranked) const {
    const bool unsure_a = Linear::Unsure(a, ask);
    const bool unsure_b = Linear::Unsure(b, ask);
    if (unsure_a != unsure_b) return !unsure_a;
    auto rank = [&](const Row& row) { return rank_.at(row.facility->id); };
    if (ask.sort == "name") return rank(a) < rank(b);
    const auto distance_a = linear_.Distance(a, ask);
    const auto distance_b = linear_.Distance(b, ask);
    const auto metres = [](const std::optional<double>& distance) { return distance ? std::llround(*distance) : INT64_MAX; };
    // A metre of rounding is no order.
    const bool level = distance_a.has_value() == distance_b.has_value() && (!distance_a || std::fabs(*distance_a - *distance_b) < 1.5);
    if (ask.sort == "distance" && !level) return metres(distance_a) < metres(distance_b);
    const auto beds = [](const Row& row) { return row.facility->beds.value_or(-1); };
    if (ask.sort == "beds" && beds(a) != beds(b)) return beds(a) > beds(b);
    if (!ranked) return true;
    const auto fit_a = Linear::Rank(a, ask.pieces[0]);
    const auto fit_b = Linear::Rank(b, ask.pieces[0]);
    if (fit_a != fit_b) return fit_a < fit_b;
    if (!level) return metres(distance_a) < metres(distance_b);
    if (distance_a) return true;
    const auto stage = [](const Row& row) { return row.facility->stage == "open" ? 0 : row.facility->stage == "unknown" ? 1 : 2; };
    if (stage(a) != stage(b)) return stage(a) < stage(b);
    const auto size = [](const Row& row) { return row.facility->beds.value_or(row.facility->places.value_or(-1)); };
    if (size(a) != size(b)) return size(a) > size(b);
    return rank(a) < rank(b);
  }

  unsigned seed_;
  std::mt19937 random_;
  SyntheticData data_;
  std::string file_;
  Linear linear_;
  std::map<std::string, std::int64_t> rank_;
};

int RunAll(const std::string& folder, unsigned databases, unsigned first) {
  std::ofstream lines(folder + "/search.jsonl");
  std::size_t passed = 0;
  std::size_t failed = 0;
  std::size_t found = 0;
  std::map<std::string, std::size_t> kinds;
  for (unsigned seed = first; seed < first + databases; ++seed) {
    Session session(folder, seed);
    lines << session.Run() << "\n";
    passed += session.passed;
    failed += session.failed;
    found += session.found;
    for (const auto& [kind, count] : session.kinds) kinds[kind] += count;
  }
  std::string each;
  for (const auto& [kind, count] : kinds) each += (each.empty() ? "" : ", ") + std::to_string(count) + " " + kind;
  std::printf("seeds %u to %u: %u databases of %zu places, %zu queries (%s), %zu rows found\n", first, first + databases - 1, databases, kRows,
              passed + failed, each.c_str(), found);
  if (kinds.size() < 7) ++failed;  // a kind of query was never drawn
  std::printf("%zu passed, %zu failed\n", passed, failed);
  return failed == 0 ? 0 : 1;
}

}  // namespace
}  // namespace chuncheng

int main(int argc, char** argv) {
  if (argc < 2) return std::puts("usage: differential_search FOLDER [databases] [first seed]"), 2;
  auto number = [&](int index, unsigned long fallback) {
    return static_cast<unsigned>(argc > index ? std::strtoul(argv[index], nullptr, 10) : fallback);
  };
  return chuncheng::RunAll(argv[1], number(2, 4), number(3, 1));
}
