#include "shared/search/search.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <optional>
#include <set>

#include "shared/snapshot/facility.h"

namespace chuncheng {
namespace {

constexpr std::size_t kLongestQuery = 100;  // characters
constexpr std::size_t kCuts = 8;            // ways to cut one word of letters into syllables
constexpr std::size_t kSuggestions = 8;
constexpr std::array<std::string_view, 4> kSorts = {"relevance", "distance", "beds", "name"};

// What a term matched, best first.
enum Match : int { kHan = 0, kPinyin = 1, kInitials = 2, kElsewhere = 3 };

// A run of Han characters or of ASCII letters and digits, with every way to read it.
struct Term {
  std::u32string written;
  bool ascii = false;
  std::vector<std::vector<std::string>> sounds;  // phrases of syllables; of letters, the last may be a beginning
};

struct Near {
  std::int64_t lat = 0, lon = 0;  // degrees × 10⁶
  std::optional<std::int64_t> within_m;
};

struct Wanted {
  std::string text;
  std::set<std::string> districts, types, stages;
  std::optional<std::int64_t> beds_min;
  std::optional<Near> near;
  std::string_view sort = "relevance";
  std::int64_t offset = 0;
  std::int64_t limit = 20;
};

struct Candidate {
  std::int64_t rank = 0;
  std::string type, district, stage;
  std::optional<std::int64_t> beds, distance;
  int score = 0;
  std::size_t position = 0;
  std::string_view match = "all";
  std::vector<std::pair<std::size_t, std::size_t>> highlight;
};

// Metres on a sphere of the mean Earth radius 6,371,008.8 m (haversine).
std::int64_t Metres(std::int64_t lat_a, std::int64_t lon_a, std::int64_t lat_b, std::int64_t lon_b) {
  constexpr double kRadians = 3.14159265358979323846 / 180e6;
  const double half_lat = std::sin(static_cast<double>(lat_b - lat_a) * kRadians / 2);
  const double half_lon = std::sin(static_cast<double>(lon_b - lon_a) * kRadians / 2);
  const double h =
      half_lat * half_lat + std::cos(static_cast<double>(lat_a) * kRadians) * std::cos(static_cast<double>(lat_b) * kRadians) * half_lon * half_lon;
  return std::llround(2 * 6371008.8 * std::asin(std::sqrt(std::min(1.0, h))));
}

std::set<std::string> OneOfEach(const Node& root, std::string_view key, const std::vector<std::string_view>& known) {
  std::set<std::string> out;
  const auto node = root.Maybe(key);
  if (!node) return out;
  std::string want;
  for (std::string_view name : known) want += (want.empty() ? "" : ", ") + std::string(name);
  for (const Node& item : node->Items()) {
    const auto value = item.String();
    if (!value) continue;
    if (std::find(known.begin(), known.end(), *value) == known.end()) item.Report(ErrorCode::ValueBad, {{"value", *value}, {"want", want}});
    out.insert(*value);
  }
  return out;
}

std::optional<std::int64_t> Bounded(const Node& root, std::string_view key, std::int64_t low, std::int64_t high) {
  const auto node = root.Maybe(key);
  const auto value = node ? node->Int() : std::nullopt;
  if (value && (*value < low || *value > high)) node->Report(ErrorCode::RangeBad);
  return value;
}

std::optional<std::int64_t> Degrees(const Node& near, std::string_view key, double limit) {
  const auto node = near.At(key);
  const auto value = node ? node->Number() : std::nullopt;
  if (!value) return std::nullopt;
  if (!(std::fabs(*value) <= limit)) {
    node->Report(ErrorCode::RangeBad);
    return std::nullopt;
  }
  return std::llround(*value * 1e6);
}

std::string CheckedText(const Node& node) {
  std::string text = node.String().value_or("");
  if (DecodeUtf8(text).size() > kLongestQuery) {
    node.Report(ErrorCode::QueryLong, {{"want", std::to_string(kLongestQuery)}});
    text.clear();
  }
  return text;
}

Wanted ReadQuery(const Node& root, const std::vector<std::string_view>& districts) {
  Wanted out;
  if (!root.Object({"q", "district", "type", "stage", "beds_min", "near", "sort", "offset", "limit"})) return out;
  if (const auto text = root.Maybe("q")) out.text = CheckedText(*text);
  out.districts = OneOfEach(root, "district", districts);
  out.types = OneOfEach(root, "type", {kFacilityTypes.begin(), kFacilityTypes.end()});
  out.stages = OneOfEach(root, "stage", {kStages.begin(), kStages.end()});
  out.beds_min = Bounded(root, "beds_min", 0, 1000000);
  out.offset = Bounded(root, "offset", 0, 1000000).value_or(0);
  out.limit = Bounded(root, "limit", 1, 100).value_or(20);
  if (const auto near = root.Maybe("near"); near && near->Object({"lat", "lon", "within_m"})) {
    const auto lat = Degrees(*near, "lat", 90);
    const auto lon = Degrees(*near, "lon", 180);
    out.near = Near{lat.value_or(0), lon.value_or(0), Bounded(*near, "within_m", 0, 1000000)};
  }
  if (const auto sort = root.Maybe("sort")) {
    if (const auto index = sort->OneOf({kSorts[0], kSorts[1], kSorts[2], kSorts[3]})) out.sort = kSorts[*index];
  }
  return out;
}

std::vector<Term> Terms(const Language& language, std::string_view text) {
  std::vector<Term> terms;
  for (const Token& token : language.Tokens(text)) {
    const bool ascii = IsAsciiToken(token.code);
    if (terms.empty() || token.after_gap || terms.back().ascii != ascii) terms.push_back({{}, ascii, {}});
    terms.back().written += token.code;
  }
  for (Term& term : terms) {
    if (term.ascii) {
      term.sounds = language.Syllables(std::string(term.written.begin(), term.written.end()), kCuts);
      continue;
    }
    if (term.written.size() < 2) continue;  // one character has too many with its sound
    std::vector<std::string> phrase;
    for (char32_t code : term.written) {
      const auto readings = language.Readings(code);
      if (!readings.empty()) phrase.push_back(readings.front());
    }
    if (phrase.size() == term.written.size()) term.sounds.push_back(std::move(phrase));
  }
  return terms;
}

std::string Letters(const std::u32string& written) {
  std::string out;
  for (char32_t code : written) {
    if (!out.empty()) out += ' ';
    AppendUtf8(out, code);
  }
  return out;
}

// Phrases hold letters, digits and Han characters only, so nothing in them can end the quotes.
std::string Phrases(const std::vector<Term>& terms) {
  std::string out;
  for (const Term& term : terms) {
    if (!out.empty()) out += " AND ";
    const std::string written = "\"" + Letters(term.written) + "\"";
    out += "({name more}: " + written;
    for (const auto& phrase : term.sounds) {
      std::string joined;
      for (const std::string& syllable : phrase) joined += (joined.empty() ? "" : " ") + syllable;
      out += " OR {name_sound more_sound}: \"" + joined + (term.ascii ? "\" *" : "\"");
    }
    if (term.ascii) out += " OR name_first: " + written;
    out += ")";
  }
  return out;
}

struct Found {
  Match match = kElsewhere;
  std::size_t begin = 0, end = 0;  // tokens of the name
};

class NameMatcher {
 public:
  NameMatcher(const Language& language, const std::string& name) : tokens_(language.Tokens(name)) {
    for (const Token& token : tokens_) readings_.push_back(language.Readings(token.code));
  }

  Found Find(const Term& term) const {
    const std::size_t length = term.written.size();
    for (std::size_t at = 0; at + length <= tokens_.size(); ++at) {
      if (Matches(length, [&](std::size_t i) { return tokens_[at + i].code == term.written[i]; })) return {kHan, at, at + length};
    }
    Found best;
    for (const auto& phrase : term.sounds) {
      for (std::size_t at = 0; at + phrase.size() <= tokens_.size(); ++at) {
        const bool sounds = Matches(phrase.size(), [&](std::size_t i) { return Sounds(at + i, phrase[i], term.ascii && i + 1 == phrase.size()); });
        if (sounds && (best.match != kPinyin || at < best.begin)) best = {kPinyin, at, at + phrase.size()};
      }
    }
    if (best.match == kPinyin || !term.ascii) return best;
    for (std::size_t at = 0; at + length <= tokens_.size(); ++at) {
      if (Matches(length, [&](std::size_t i) { return Sounds(at + i, std::string(1, static_cast<char>(term.written[i])), true); })) {
        return {kInitials, at, at + length};
      }
    }
    return best;
  }

  std::pair<std::size_t, std::size_t> Source(const Found& found) const { return {tokens_[found.begin].source, tokens_[found.end - 1].source + 1}; }

 private:
  template <class Same>
  static bool Matches(std::size_t length, const Same& same) {
    for (std::size_t i = 0; i < length; ++i) {
      if (!same(i)) return false;
    }
    return length > 0;
  }
  bool Sounds(std::size_t token, const std::string& syllable, bool beginning) const {
    return std::any_of(readings_[token].begin(), readings_[token].end(),
                       [&](const std::string& reading) { return beginning ? reading.starts_with(syllable) : reading == syllable; });
  }

  std::vector<Token> tokens_;
  std::vector<std::vector<std::string>> readings_;
};

constexpr std::array<std::string_view, 20> kFields = {"id",        "name",  "type",     "district", "address",     "phone",     "beds",
                                                      "places",    "stage", "operator", "period",   "lat",         "lon",       "price_min",
                                                      "price_max", "needs", "note",     "source",   "source_date", "confidence"};
constexpr std::string_view kPage =
    "SELECT "
    "id,name,type,district,address,phone,beds,places,stage,operator,period,lat,lon,price_min,price_max,needs,note,source,source_date,confidence "
    "FROM facility WHERE rank=?1";

bool IsNumber(std::string_view field) { return field == "beds" || field == "places" || field == "price_min" || field == "price_max"; }
bool IsDegrees(std::string_view field) { return field == "lat" || field == "lon"; }

json::string Said(std::string_view text) {
  json::string out;
  out.assign(text.data(), text.size());
  return out;
}

json::object Counts(const std::map<std::string, std::int64_t>& counts) {
  json::object out;
  for (const auto& [key, count] : counts) out[key] = count;
  return out;
}

}  // namespace

// One question: the terms, the candidates, and the answer made of them.
class Asking {
 public:
  explicit Asking(const Search& search) : search_(search) {}

  Result<json::value> Hits(const Wanted& wanted) const {
    const auto terms = Terms(search_.language_, wanted.text);
    auto found = Candidates(terms, wanted);
    if (!found) return found.error();
    auto in = [](const std::set<std::string>& set, const std::string& value) { return set.empty() || set.contains(value); };
    std::map<std::string, std::int64_t> districts;
    std::map<std::string, std::int64_t> types;
    std::vector<Candidate> hits;
    for (Candidate& one : *found) {
      if (!in(wanted.stages, one.stage)) continue;
      const bool district = in(wanted.districts, one.district);
      const bool type = in(wanted.types, one.type);
      // A facet counts what choosing it would show: all other filters apply, its own does not.
      if (type && !one.district.empty()) ++districts[one.district];
      if (district) ++types[one.type];
      if (district && type) hits.push_back(std::move(one));
    }
    Sort(hits, wanted);
    json::array page;
    const auto first = static_cast<std::size_t>(std::min<std::int64_t>(wanted.offset, static_cast<std::int64_t>(hits.size())));
    const auto last = std::min(hits.size(), first + static_cast<std::size_t>(wanted.limit));
    for (std::size_t i = first; i < last; ++i) {
      auto row = Row(hits[i]);
      if (!row) return row.error();
      page.push_back(std::move(*row));
    }
    json::object facets;
    facets["district"] = Counts(districts);
    facets["type"] = Counts(types);
    json::object out;
    out["format"] = "km-hits/1";
    out["total"] = hits.size();
    out["hits"] = std::move(page);
    out["facets"] = std::move(facets);
    json::array suggest;
    if (hits.empty()) {
      const auto instead = Instead(terms);
      if (!instead) return instead.error();
      for (const std::string& text : *instead) suggest.push_back(Said(text));
    }
    out["suggest"] = std::move(suggest);
    return json::value(std::move(out));
  }

  Result<json::value> Suggest(const std::string& text) const {
    json::array list;
    std::set<std::string> seen;
    const auto terms = Terms(search_.language_, text);
    auto add = [&](const std::string& said, std::string_view kind, const std::string& id) {
      if (list.size() < kSuggestions && seen.insert(said).second) list.push_back({{"text", said}, {"kind", Said(kind)}, {"id", id}});
    };
    if (terms.size() == 1) {
      std::set<std::string> codes;
      for (const auto& word : search_.words_) {
        const auto found = NameMatcher(search_.language_, word.text).Find(terms[0]);
        if (found.match != kElsewhere && found.begin == 0 && codes.insert(word.code).second) add(FirstWord(word.code), word.kind, word.code);
      }
    }
    if (!terms.empty()) {
      Wanted wanted;
      wanted.text = text;
      auto found = Candidates(terms, wanted);
      if (!found) return found.error();
      Sort(*found, wanted);
      for (std::size_t i = 0; i < found->size() && list.size() < kSuggestions; ++i) {
        if ((*found)[i].score >= kElsewhere) continue;
        const auto row = Row((*found)[i]);
        if (!row) return row.error();
        add(std::string(row->at("name").as_string()), "name", std::string(row->at("id").as_string()));
      }
    }
    json::object out;
    out["format"] = "km-suggest/1";
    out["suggest"] = std::move(list);
    return json::value(std::move(out));
  }

 private:
  std::string FirstWord(const std::string& code) const {
    const auto found = std::find_if(search_.words_.begin(), search_.words_.end(), [&](const auto& word) { return word.first && word.code == code; });
    return found == search_.words_.end() ? code : found->text;
  }

  // Everything that has all terms and passes beds and distance; district, type and stage are left to the facets.
  Result<std::vector<Candidate>> Candidates(const std::vector<Term>& terms, const Wanted& wanted) const {
    std::string sql = "SELECT f.rank,f.name,f.type,f.district,f.stage,f.beds,f.lat,f.lon FROM ";
    sql += terms.empty() ? "facility f" : "words w JOIN facility f ON f.rank=w.rowid";
    std::string condition = terms.empty() ? "" : " AND words MATCH ?1";
    if (wanted.beds_min) condition += " AND f.beds>=?2";
    const bool boxed = wanted.near && wanted.near->within_m;
    if (boxed) condition += " AND f.rank IN (SELECT rank FROM place WHERE lat_max>=?3 AND lat_min<=?4 AND lon_max>=?5 AND lon_min<=?6)";
    if (!condition.empty()) sql += " WHERE " + condition.substr(5);
    auto statement = search_.database_.Prepare(sql);
    if (!statement) return statement.error();
    if (!terms.empty()) statement->Bind(1, std::string_view(Phrases(terms)));
    if (wanted.beds_min) statement->Bind(2, *wanted.beds_min);
    if (boxed) {
      const double up = static_cast<double>(*wanted.near->within_m) / 0.111;  // millionths of a degree: at most 111 km each
      const double wide = up / std::max(0.01, std::cos(static_cast<double>(wanted.near->lat) / 57295779.5));
      statement->Bind(3, wanted.near->lat - std::llround(up) - 1);
      statement->Bind(4, wanted.near->lat + std::llround(up) + 1);
      statement->Bind(5, wanted.near->lon - std::llround(wide) - 1);
      statement->Bind(6, wanted.near->lon + std::llround(wide) + 1);
    }
    std::vector<Candidate> out;
    while (statement->Step()) {
      Candidate one;
      one.rank = statement->Int(0);
      one.type = statement->Text(2);
      one.district = statement->Text(3);
      one.stage = statement->Text(4);
      if (!statement->IsNull(5)) one.beds = statement->Int(5);
      if (wanted.near && !statement->IsNull(6)) {
        one.distance = Metres(wanted.near->lat, wanted.near->lon, statement->Int(6), statement->Int(7));
        if (boxed && *one.distance > *wanted.near->within_m) continue;
      }
      if (!terms.empty()) Judge(statement->Text(1), terms, one);
      out.push_back(std::move(one));
    }
    if (!statement->ok()) return Error{ErrorCode::DatabaseBad, "", "", 0, {}};
    return out;
  }

  void Judge(const std::string& name, const std::vector<Term>& terms, Candidate& one) const {
    const NameMatcher matcher(search_.language_, name);
    std::set<std::string_view> kinds;
    bool first = true;
    for (const Term& term : terms) {
      const Found found = matcher.Find(term);
      one.score += found.match;
      const bool elsewhere = found.match == kElsewhere;
      kinds.insert(found.match == kHan || (elsewhere && !term.ascii) ? "han" : found.match == kInitials ? "initials" : "pinyin");
      if (elsewhere) continue;
      if (std::exchange(first, false)) one.position = found.begin;
      one.highlight.push_back(matcher.Source(found));
    }
    one.match = kinds.size() == 1 ? *kinds.begin() : "mixed";
    std::sort(one.highlight.begin(), one.highlight.end());
  }

  static void Sort(std::vector<Candidate>& hits, const Wanted& wanted) {
    auto distance = [](const Candidate& c) { return c.distance.value_or(INT64_MAX); };
    auto beds = [](const Candidate& c) { return c.beds.value_or(-1); };
    std::sort(hits.begin(), hits.end(), [&](const Candidate& a, const Candidate& b) {
      if (wanted.sort == "distance" && distance(a) != distance(b)) return distance(a) < distance(b);
      if (wanted.sort == "beds" && beds(a) != beds(b)) return beds(a) > beds(b);
      if (wanted.sort == "relevance") {
        if (a.score != b.score) return a.score < b.score;
        if (a.position != b.position) return a.position < b.position;
        if (distance(a) != distance(b)) return distance(a) < distance(b);
        if (beds(a) != beds(b)) return beds(a) > beds(b);
      }
      return a.rank < b.rank;
    });
  }

  Result<json::object> Row(const Candidate& one) const {
    auto statement = search_.database_.Prepare(kPage);
    if (!statement) return statement.error();
    statement->Bind(1, one.rank);
    if (!statement->Step()) return Error{ErrorCode::DatabaseBad, "", "", 0, {}};
    json::object out;
    for (std::size_t i = 0; i < kFields.size(); ++i) {
      const int column = static_cast<int>(i);
      if (statement->IsNull(column)) continue;
      auto& field = out[json::string_view(kFields[i].data(), kFields[i].size())];
      if (IsNumber(kFields[i])) {
        field = statement->Int(column);
      } else if (IsDegrees(kFields[i])) {
        field = static_cast<double>(statement->Int(column)) / 1e6;
      } else {
        field = Said(statement->Text(column));
      }
    }
    out["match"] = Said(one.match);
    json::array marks;
    for (const auto& [begin, end] : one.highlight) marks.push_back(json::array{begin, end});
    out["highlight"] = std::move(marks);
    if (one.distance) out["distance_m"] = *one.distance;
    return out;
  }

  // Nothing matched: names that have one of the terms, else that begin like the longest term, one character less at a time.
  Result<std::vector<std::string>> Instead(const std::vector<Term>& terms) const {
    std::vector<std::string> out;
    for (const Term& term : terms) {
      for (std::size_t length = term.written.size(); length > 0 && out.empty(); --length) {
        std::string shorter;
        for (std::size_t i = 0; i < length; ++i) AppendUtf8(shorter, term.written[i]);
        auto again = Terms(search_.language_, shorter);
        auto found = Candidates(again, {});
        if (!found) return found.error();
        Sort(*found, {});
        for (std::size_t i = 0; i < found->size() && out.size() < 5; ++i) {
          const auto row = Row((*found)[i]);
          if (!row) return row.error();
          out.emplace_back(row->at("name").as_string());
        }
      }
    }
    return out;
  }

  const Search& search_;
};

Result<Search> Search::Open(std::string_view bytes) {
  auto database = Database::Open(bytes);
  if (!database) return database.error();
  auto meta = database->Prepare("SELECT value FROM meta WHERE key='language'");
  if (!meta) return meta.error();
  if (!meta->Step()) return Error{ErrorCode::DatabaseBad, "", "", 0, {}};
  auto language = Language::Decode(meta->Text(0));
  if (!language) return language.error();
  std::vector<Word> words;
  auto rows = database->Prepare("SELECT kind,code,text,first FROM word ORDER BY rowid");
  if (!rows) return rows.error();
  while (rows->Step()) words.push_back({rows->Text(0), rows->Text(1), rows->Text(2), rows->Int(3) != 0});
  if (!rows->ok()) return Error{ErrorCode::DatabaseBad, "", "", 0, {}};
  return Search(std::move(*database), std::move(*language), std::move(words));
}

Result<json::value> Search::Answer(const json::value& query, std::string_view file) const {
  Diagnostics out;
  const Node root(query, std::string(file), out);
  const Asking asking(*this);
  if (const auto* object = query.if_object(); object != nullptr && object->contains("suggest")) {
    const std::string text = root.Object({"suggest"}) ? CheckedText(*root.At("suggest")) : "";
    if (!out.empty()) return out.front();
    return asking.Suggest(text);
  }
  std::vector<std::string_view> districts;
  for (const Word& word : words_) {
    if (word.kind == "district" && word.first) districts.emplace_back(word.code);
  }
  const Wanted wanted = ReadQuery(root, districts);
  if (!out.empty()) return out.front();
  return asking.Hits(wanted);
}

}  // namespace chuncheng
