#include "shared/search/search.h"

#include <algorithm>
#include <map>
#include <set>

#include "shared/search/geo.h"
#include "shared/search/hits.h"
#include "shared/search/query.h"
#include "shared/snapshot/facility.h"

namespace chuncheng {
namespace {

constexpr std::size_t kSuggestions = 8;
constexpr std::size_t kInstead = 5;
constexpr std::uint8_t kNone = 255;
constexpr std::array<std::string_view, 13> kComparable = {"type",     "district",  "address",   "phone", "stage",  "beds",      "places",
                                                          "operator", "price_min", "price_max", "needs", "period", "confidence"};

Error Bad() { return Error{ErrorCode::DatabaseBad, "", "", 0, {}}; }

template <class List>
std::uint8_t Position(const List& list, std::string_view value) {
  const auto found = std::find(list.begin(), list.end(), value);
  return found == list.end() ? kNone : static_cast<std::uint8_t>(found - list.begin());
}

// "" when there is none.
std::string Meta(const Database& database, std::string_view key) {
  auto meta = database.Prepare("SELECT value FROM meta WHERE key=?1");
  if (!meta) return "";
  meta->Bind(1, key);
  return meta->Step() ? meta->Text(0) : "";
}

std::optional<std::int32_t> Number(const Statement& row, int column) {
  if (row.IsNull(column)) return std::nullopt;
  return static_cast<std::int32_t>(row.Int(column));
}

// What a row fails; a row that fails one thing only is what the facet of that thing counts.
enum Filter : unsigned { kKind = 1, kDistrict = 2, kType = 4, kStage = 8, kBedsMin = 16, kWithin = 32, kFilters = 64 };

struct Candidate {
  std::uint32_t row = 0;
  Cost cost = 0;
  std::uint8_t unsure = 0;  // one bit a chip kind of kSoft
  std::int64_t distance = INT64_MAX;
};

constexpr std::array<std::string_view, 4> kSoft = {"beds", "price", "owner", "need"};

std::size_t Letters(const std::vector<Run>& runs) {
  std::size_t sum = 0;
  for (const Run& run : runs) {
    for (const Term& term : run) sum += term.piece.tokens.size();
  }
  return sum;
}

// By position in the list: may a row have it? 255, none, only when nothing is asked.
std::array<bool, 256> Allowed(const auto& list, const std::set<std::string>& values) {
  std::array<bool, 256> out{};
  if (values.empty()) out.fill(true);
  for (const std::string& value : values) out[Position(list, value)] = true;
  return out;
}

struct Filters {
  Filters(const Wanted& wanted, const std::vector<std::string>& all_districts)
      : kinds(Allowed(kKinds, wanted.kinds)),
        districts(Allowed(all_districts, wanted.districts)),
        types(Allowed(kFacilityTypes, wanted.types)),
        stages(Allowed(kStages, wanted.stages)) {}
  std::array<bool, 256> kinds, districts, types, stages;
};

json::object Counts(const auto& names, const std::vector<std::int64_t>& counts) {
  std::map<std::string_view, std::int64_t> sorted;
  for (std::size_t i = 0; i < names.size(); ++i) {
    if (counts[i] > 0) sorted[names[i]] = counts[i];
  }
  json::object out;
  for (const auto& [name, count] : sorted) out[json::string_view(name.data(), name.size())] = count;
  return out;
}

}  // namespace

// One question: what is meant, the rows, and the answer made of them.
class Asking {
 public:
  explicit Asking(const Search& search) : search_(search), phrases_(search.language_, search.folded_, search.index_) {}

  Result<json::value> Answer(const Wanted& wanted) {
    const auto [meant, runs, together, spelled] = Find(wanted);
    const bool nearby = std::any_of(meant.chips.begin(), meant.chips.end(), [](const Chip& chip) { return chip.kind == "near"; });
    const auto first = std::min(hits_.size(), static_cast<std::size_t>(wanted.offset));
    const auto last = std::min(hits_.size(), first + static_cast<std::size_t>(wanted.limit));
    Sort(wanted.sort.value_or(nearby && wanted.near ? "distance" : "relevance"), last);

    auto show = Hits::Of(search_);
    if (!show) return show.error();
    json::array page;
    for (std::size_t i = first; i < last; ++i) {
      auto hit = show->Hit(hits_[i].row, runs, spelled ? &runs[0] : &together);
      if (!hit) return hit.error();
      if (hits_[i].distance != INT64_MAX) (*hit)["distance_m"] = hits_[i].distance;
      json::array unsure;
      for (std::size_t bit = 0; bit < kSoft.size(); ++bit) {
        if (((hits_[i].unsure >> bit) & 1U) != 0) unsure.push_back(Said(kSoft[bit]));
      }
      if (!unsure.empty()) (*hit)["unsure"] = std::move(unsure);
      page.push_back(std::move(*hit));
    }
    json::object out;
    out["format"] = "km-hits/1";
    if (auto absent = Absent(wanted, meant.chips); !absent.empty()) out["absent"] = std::move(absent);
    out["total"] = hits_.size();
    out["hits"] = std::move(page);
    out["facets"] = Facets();
    out["understood"] = Chips(meant.chips);
    Doubts(wanted, meant.chips, runs, out);
    json::array suggest;
    if (hits_.empty()) {
      Relaxed(wanted, meant, Without(wanted, meant.chips, runs), out);
      if (auto neighbours = Neighbours(wanted, meant.chips); !neighbours.empty()) out["neighbours"] = std::move(neighbours);
      const auto instead = Instead(meant.runs, *show);
      if (!instead) return instead.error();
      for (const std::string& text : *instead) suggest.push_back(Said(text));
    }
    out["suggest"] = std::move(suggest);
    return json::value(std::move(out));
  }

  Result<json::value> Suggest(const std::string& text) {
    json::array list;
    std::set<std::string> seen;
    const Understood meant = Meant(text, {}, {});
    auto add = [&](const std::string& said, std::string_view kind, std::string_view id) {
      if (list.size() < kSuggestions && seen.insert(said).second) list.push_back({{"text", said}, {"kind", Said(kind)}, {"id", Said(id)}});
    };
    if (meant.runs.size() == 1 && meant.runs[0].size() == 1) Complete(meant.runs[0][0].piece, add);
    if (!meant.runs.empty()) {
      auto show = Hits::Of(search_);
      if (!show) return show.error();
      const auto names = Names(meant.runs, kSuggestions, Way::kInitials, *show);
      if (!names) return names.error();
      for (const auto& [name, id] : *names) add(name, "name", id);
    }
    json::object out;
    out["format"] = "km-suggest/1";
    out["suggest"] = std::move(list);
    return json::value(std::move(out));
  }

 private:
  struct Asked {
    Understood meant;
    std::vector<RunMatch> runs;
    RunMatch together;     // all runs as one phrase
    bool spelled = false;  // the runs are one word in pinyin: runs[0]
  };

  // Fills hits_, in no order.
  Asked Find(const Wanted& wanted) {
    Asked out;
    out.meant = Meant(wanted.text, wanted.literal, search_.words_);
    const auto of_kind = OfKind(wanted.kinds);
    Matching matching(search_.index_, phrases_, of_kind, out.meant.chips);
    bool written = true;  // every run has rows
    out.spelled = SpelledOut(out.meant.runs, matching, out.runs);
    for (std::size_t i = 0; !out.spelled && i < out.meant.runs.size(); ++i) {
      out.runs.push_back(matching.Match(out.meant.runs[i]));
      written = written && out.runs.back().any;
    }
    // As typed, with the words that only join others: a name that has all of it in one piece comes first.
    const auto typed = Meant(wanted.text, {}, {}).runs;
    const bool shorter = Letters(out.meant.runs) < Letters(typed);
    if (!out.spelled && written && (out.runs.size() > 1 || shorter)) out.together = matching.Together(typed);
    Sift(wanted, out.meant.chips, out.runs, out.together);
    return out;
  }

  // Nothing in the districts asked for: what there is across their borders.
  json::array Neighbours(const Wanted& wanted, const std::vector<Chip>& chips) const {
    std::set<std::string> asked = wanted.districts;
    Wanted there = wanted;
    std::u32string text = DecodeUtf8(wanted.text);
    for (const Chip& chip : chips) {
      if (chip.kind != "district") continue;
      asked.insert(chip.value);
      std::fill(text.begin() + static_cast<std::ptrdiff_t>(chip.begin), text.begin() + static_cast<std::ptrdiff_t>(chip.end), U' ');
    }
    there.text.clear();
    for (const char32_t code : text) AppendUtf8(there.text, code);
    json::array out;
    for (const std::string& district : search_.districts_) {
      auto borders = [&](const Word& word) { return word.kind == "neighbour" && word.text == district && asked.contains(word.code); };
      if (asked.contains(district) || std::none_of(search_.words_.begin(), search_.words_.end(), borders)) continue;
      there.districts = {district};
      Asking next(search_);
      next.Find(there);
      if (!next.hits_.empty()) out.push_back({{"district", district}, {"total", next.hits_.size()}});
    }
    return out;
  }

  Understood Meant(std::string_view text, const std::vector<std::string>& literal, const std::vector<Word>& words) {
    return Understand(text, literal, words, search_.language_, search_.index_, phrases_);
  }

  // "yang lao yuan": one word in pinyin, a space after each syllable, when there is such a word. Then it is one run, and its match.
  bool SpelledOut(std::vector<Run>& runs, Matching& matching, std::vector<RunMatch>& found) {
    auto syllable = [&](const Run& run) {
      return run.size() == 1 && run[0].piece.letters && !run[0].chip && phrases_.IsSyllable(run[0].piece, &run == &runs.back());
    };
    if (runs.size() < 2 || !std::all_of(runs.begin(), runs.end(), syllable)) return false;
    RunMatch whole = matching.Together(runs);
    if (!whole.any) return false;
    found.push_back(std::move(whole));
    Run one;
    for (const Run& run : runs) one.push_back(run[0]);
    runs = {std::move(one)};
    return true;
  }

  std::vector<std::uint8_t> OfKind(const std::set<std::string>& names) const {
    const auto kinds = Allowed(kKinds, names);
    std::vector<std::uint8_t> out(search_.rows_.size());
    for (std::size_t i = 0; i < out.size(); ++i) out[i] = kinds[search_.rows_[i].kind] ? 1 : 0;
    return out;
  }

  // Fills hits_, and counts what the facets and relaxed filters need: every row once.
  void Sift(const Wanted& wanted, const std::vector<Chip>& chips, const std::vector<RunMatch>& runs, const RunMatch& together) {
    const Filters filters(wanted, search_.districts_);
    district_count_.assign(search_.districts_.size(), 0);
    type_count_.assign(kFacilityTypes.size(), 0);
    stage_count_.assign(kStages.size(), 0);
    kind_count_.assign(kKinds.size(), 0);
    for (std::uint32_t number = 0; number < search_.rows_.size(); ++number) {
      Candidate one{number};
      if (!Has(number, runs, one)) continue;
      const SearchRow& row = search_.rows_[number];
      if (!std::all_of(chips.begin(), chips.end(), [&](const Chip& chip) { return Fits(chip, row, one); })) continue;
      const unsigned fails = Fails(filters, wanted, row, one);
      Count(row, fails);
      if (fails != 0) continue;
      for (const RunMatch& run : runs) {
        for (const RunMatch::Open& open : run.open) {
          if (open.said.empty() || open.said[number] == kNotThere) one.unsure |= Bit(chips[open.chip].kind);
        }
      }
      if (together.any) one.cost = std::min(std::min(one.cost, kNotThere - 2) + 1, together.rows[number]);
      hits_.push_back(one);
    }
  }

  // Does the row have all runs? Their costs added up.
  static bool Has(std::uint32_t number, const std::vector<RunMatch>& runs, Candidate& one) {
    for (const RunMatch& run : runs) {
      const Cost cost = run.rows[number];
      if (cost == kNotThere) return false;
      one.cost = one.cost > kNotThere - 1 - cost ? kNotThere - 1 : one.cost + cost;
    }
    return true;
  }

  // Parts that are not loaded and could have answers, the nearest first, then in the pack's order.
  json::array Absent(const Wanted& wanted, const std::vector<Chip>& chips) const {
    json::array out;
    if (!wanted.kinds.contains(std::string(kKinds[0]))) return out;
    std::vector<std::pair<std::int64_t, const SearchPart*>> parts;
    for (const SearchPart& part : search_.parts_) {
      auto other = [&](const Chip& chip) { return chip.kind == "district" && chip.value != part.district; };
      if (part.loaded || (!wanted.districts.empty() && !wanted.districts.contains(part.district))) continue;
      if (std::any_of(chips.begin(), chips.end(), other)) continue;
      std::int64_t distance = INT64_MAX;
      if (wanted.near && part.box) {
        const auto& [south, west, north, east] = *part.box;
        distance = Metres(wanted.near->lat, wanted.near->lon, std::clamp(wanted.near->lat, south, north), std::clamp(wanted.near->lon, west, east));
      }
      if (wanted.near && wanted.near->within_m && distance > *wanted.near->within_m) continue;
      parts.emplace_back(distance, &part);
    }
    auto order = [&](const auto& one) { return std::pair(one.first, Position(search_.districts_, one.second->district)); };
    std::sort(parts.begin(), parts.end(), [&](const auto& a, const auto& b) { return order(a) < order(b); });
    for (const auto& [distance, part] : parts) {
      json::object one{{"district", part->district}, {"facilities", part->facilities}};
      if (distance != INT64_MAX) one["distance_m"] = distance;
      out.push_back(std::move(one));
    }
    return out;
  }

  // For each run, then each chip: rows that lack nothing else.
  std::vector<std::int64_t> Without(const Wanted& wanted, const std::vector<Chip>& chips, const std::vector<RunMatch>& runs) const {
    const Filters filters(wanted, search_.districts_);
    std::vector<std::int64_t> out(runs.size() + chips.size());
    for (std::uint32_t number = 0; number < search_.rows_.size(); ++number) {
      const SearchRow& row = search_.rows_[number];
      Candidate one{number};
      if (Fails(filters, wanted, row, one) != 0) continue;
      std::vector<std::size_t> lacks;
      for (std::size_t i = 0; i < runs.size(); ++i) {
        if (runs[i].rows[number] == kNotThere) lacks.push_back(i);
      }
      for (std::size_t i = 0; i < chips.size(); ++i) {
        if (!Fits(chips[i], row, one)) lacks.push_back(runs.size() + i);
      }
      if (lacks.size() == 1) ++out[lacks[0]];
    }
    return out;
  }

  static unsigned Fails(const Filters& filters, const Wanted& wanted, const SearchRow& row, Candidate& one) {
    unsigned fails = filters.kinds[row.kind] ? 0U : unsigned{kKind};
    if (!filters.districts[row.district]) fails |= kDistrict;
    if (!filters.types[row.type]) fails |= kType;
    if (!filters.stages[row.stage]) fails |= kStage;
    if (wanted.beds_min && row.beds.value_or(-1) < *wanted.beds_min) fails |= kBedsMin;
    if (wanted.near && !Reaches(*wanted.near, row, one)) fails |= kWithin;
    return fails;
  }

  static bool Reaches(const Near& near, const SearchRow& row, Candidate& one) {
    if (row.point) one.distance = Metres(near.lat, near.lon, (*row.point)[0], (*row.point)[1]);
    return !near.within_m || one.distance <= *near.within_m;
  }

  // Chips on numbers; those on words are terms.
  static bool Fits(const Chip& chip, const SearchRow& row, Candidate& one) {
    if (chip.kind != "beds" && chip.kind != "price") return true;
    if (row.kind != 0) return false;
    const auto& value = chip.kind == "beds" ? row.beds : row.price;
    if (!value) {
      one.unsure |= Bit(chip.kind);
      return true;
    }
    const std::int64_t limit = std::stoll(chip.value);
    return chip.kind == "beds" ? *value >= limit : *value <= limit;
  }
  static std::uint8_t Bit(std::string_view kind) { return static_cast<std::uint8_t>(1U << Position(kSoft, kind)); }

  void Count(const SearchRow& row, unsigned fails) {
    auto alone = [&](Filter filter) { return (fails & ~unsigned{filter}) == 0; };
    auto add = [](std::vector<std::int64_t>& counts, std::uint8_t at) {
      if (at < counts.size()) ++counts[at];
    };
    if (alone(kDistrict)) add(district_count_, row.district);
    if (alone(kType)) add(type_count_, row.type);
    if (alone(kStage)) add(stage_count_, row.stage);
    if (alone(kKind)) add(kind_count_, row.kind);
    ++failing_[fails];
  }

  // The first `last` in order; then rank decides, which is the order of names.
  void Sort(std::string_view sort, std::size_t last) {
    auto size = [&](const Candidate& one) {
      const SearchRow& row = search_.rows_[one.row];
      return row.beds.value_or(row.places.value_or(-1));
    };
    auto beds = [&](const Candidate& one) { return search_.rows_[one.row].beds.value_or(-1); };
    // What is open comes first, what is only planned last.
    auto stage = [&](const Candidate& one) {
      constexpr std::array<std::uint8_t, kStages.size()> kOrder = {0, 2, 1};
      const std::uint8_t at = search_.rows_[one.row].stage;
      return at < kOrder.size() ? kOrder[at] : kOrder.size();
    };
    auto rank = [&](const Candidate& one) { return std::pair(search_.rows_[one.row].kind, search_.rows_[one.row].rank); };
    const bool by_distance = sort == "distance";
    const bool by_beds = sort == "beds";
    const bool by_name = sort == "name";
    const auto before = [&](const Candidate& a, const Candidate& b) {
      if ((a.unsure == 0) != (b.unsure == 0)) return a.unsure == 0;
      if (by_distance && a.distance != b.distance) return a.distance < b.distance;
      if (by_beds && beds(a) != beds(b)) return beds(a) > beds(b);
      if (!by_name) {
        if (a.cost != b.cost) return a.cost < b.cost;
        if (a.distance != b.distance) return a.distance < b.distance;
        if (stage(a) != stage(b)) return stage(a) < stage(b);
        if (size(a) != size(b)) return size(a) > size(b);
      }
      return rank(a) < rank(b);
    };
    std::partial_sort(hits_.begin(), hits_.begin() + static_cast<std::ptrdiff_t>(last), hits_.end(), before);
  }

  json::object Facets() const {
    json::object out;
    out["district"] = Counts(search_.districts_, district_count_);
    out["type"] = Counts(kFacilityTypes, type_count_);
    out["stage"] = Counts(kStages, stage_count_);
    out["kind"] = Counts(kKinds, kind_count_);
    return out;
  }

  static json::array Chips(const std::vector<Chip>& chips) {
    json::array out;
    for (const Chip& chip : chips) {
      json::array value;
      if (!chip.value.empty()) value.push_back(Said(chip.value));
      out.push_back({{"kind", Said(chip.kind)}, {"value", std::move(value)}, {"text", Said(chip.text)}, {"range", {chip.begin, chip.end}}});
    }
    return out;
  }

  // What a chip asks and the data do not say.
  void Doubts(const Wanted& wanted, const std::vector<Chip>& chips, const std::vector<RunMatch>& runs, json::object& out) const {
    std::set<std::string_view> unknown;
    for (const Chip& chip : chips) {
      if ((chip.kind == "near" && !wanted.near) || (chip.kind == "beds" && !search_.know_beds_) || (chip.kind == "price" && !search_.know_price_)) {
        unknown.insert(chip.kind);
      }
    }
    for (const RunMatch& run : runs) {
      for (const auto& open : run.open) unknown.insert(chips[open.chip].kind);
    }
    json::array list;
    for (const std::string_view kind : unknown) list.push_back(Said(kind));
    if (!list.empty()) out["unknown"] = std::move(list);
    const auto unsure = std::count_if(hits_.begin(), hits_.end(), [](const Candidate& one) { return one.unsure != 0; });
    if (unsure > 0) out["unsure"] = unsure;
  }

  void Relaxed(const Wanted& wanted, const Understood& meant, const std::vector<std::int64_t>& without, json::object& out) const {
    json::array list;
    auto add = [&](std::string_view drop, const std::string& text, std::int64_t total) {
      if (total == 0) return;
      json::object one{{"drop", Said(drop)}};
      if (!text.empty()) one["text"] = text;
      one["total"] = total;
      list.push_back(std::move(one));
    };
    constexpr std::pair<Filter, std::string_view> kNames[] = {{kKind, "kind"},   {kDistrict, "district"}, {kType, "type"},
                                                              {kStage, "stage"}, {kBedsMin, "beds_min"},  {kWithin, "near"}};
    for (const auto& [filter, name] : kNames) {
      add(name, "", failing_[filter]);
    }
    const auto codes = DecodeUtf8(wanted.text);
    for (std::size_t i = 0; i < meant.runs.size(); ++i) {
      const Run& run = meant.runs[i];
      std::string text;
      for (std::size_t at = run.front().piece.tokens.front().source; at <= run.back().piece.tokens.back().source; ++at) AppendUtf8(text, codes[at]);
      add("word", text, without[i]);
    }
    for (std::size_t i = 0; i < meant.chips.size(); ++i) add("word", meant.chips[i].text, without[meant.runs.size() + i]);
    if (!list.empty()) out["relaxed"] = std::move(list);
  }

  // Words of the vocabulary that begin so.
  void Complete(const Piece& piece, const auto& add) {
    const auto phrases = phrases_.Of(piece, 0);
    std::set<std::string> codes;
    for (const Word& word : search_.words_) {
      const bool district = word.kind == "district" || word.kind == "city";
      if (!district && word.kind != "type" && word.kind != "need") continue;
      const auto signs = search_.index_.SignsOf(word.tokens);
      const bool begins = std::any_of(phrases.begin(), phrases.end(), [&](const Phrase& phrase) { return FindIn(phrase.pattern, signs) == 0; });
      if (begins && codes.insert(word.code).second) add(FirstWord(word), district ? "district" : std::string_view(word.kind), word.code);
    }
  }
  const std::string& FirstWord(const Word& of) const {
    const auto found = std::find_if(search_.words_.begin(), search_.words_.end(),
                                    [&](const Word& word) { return word.first && word.kind == of.kind && word.code == of.code; });
    return found == search_.words_.end() ? of.text : found->text;
  }

  // Names of the best facilities that have all runs, at most as boldly read as `boldest`.
  Result<std::vector<std::pair<std::string, std::string>>> Names(const std::vector<Run>& runs, std::size_t most, Way boldest, Hits& show) {
    const std::vector<Chip> none;
    const auto of_kind = OfKind(Wanted{}.kinds);
    Matching matching(search_.index_, phrases_, of_kind, none);
    std::vector<RunMatch> found;
    found.reserve(runs.size());
    for (const Run& run : runs) found.push_back(matching.Match(run));
    hits_.clear();
    Sift({}, none, found, {});
    Sort("relevance", std::min(most, hits_.size()));
    std::vector<std::pair<std::string, std::string>> out;
    for (std::size_t i = 0; i < std::min(most, hits_.size()); ++i) {
      if (WayOf(hits_[i].cost) > boldest) continue;
      const auto row = show.Columns(hits_[i].row);
      if (!row) return row.error();
      out.emplace_back(row->at("name").as_string(), row->at("id").as_string());
    }
    hits_.clear();
    return out;
  }

  // Nothing matched: names that have the beginning of one of the pieces, the longest there is.
  Result<std::vector<std::string>> Instead(const std::vector<Run>& runs, Hits& show) {
    std::vector<std::string> out;
    for (const Run& run : runs) {
      for (const Term& term : run) {
        for (std::size_t length = term.piece.tokens.size(); length > 0 && out.empty(); --length) {
          Term shorter = term;
          shorter.chip.reset();
          shorter.piece.tokens.resize(length);
          const auto names = Names({{shorter}}, kInstead, Way::kTypo, show);
          if (!names) return names.error();
          for (const auto& [name, id] : *names) out.push_back(name);
        }
      }
    }
    return out;
  }

  const Search& search_;
  Phrases phrases_;
  std::vector<Candidate> hits_;
  std::vector<std::int64_t> district_count_, type_count_, stage_count_, kind_count_;
  std::array<std::int64_t, kFilters> failing_{};  // by what of the filters the rows fail
};

Result<bool> Search::ReadParts() {
  auto rows = databases_[0].Prepare("SELECT district,facilities,south,west,north,east FROM part ORDER BY district");
  if (!rows) return rows.error();
  while (rows->Step()) {
    SearchPart part{rows->Text(0), rows->Int(1), {}, false};
    if (!rows->IsNull(2)) part.box = {rows->Int(2), rows->Int(3), rows->Int(4), rows->Int(5)};
    parts_.push_back(std::move(part));
  }
  return rows->ok() && parts_.size() < kNone ? Result<bool>(true) : Bad();
}

Result<bool> Search::ReadWords() {
  auto rows = databases_[0].Prepare("SELECT kind,code,text,first FROM word ORDER BY rowid");
  if (!rows) return rows.error();
  while (rows->Step()) {
    Word word{rows->Text(0), rows->Text(1), rows->Text(2), rows->Int(3) != 0, {}};
    word.tokens = language_.Tokens(word.text);
    if (word.first && (word.kind == "district" || word.kind == "city")) districts_.push_back(word.code);
    words_.push_back(std::move(word));
  }
  if (!rows->ok() || districts_.size() >= kNone) return Bad();
  return true;
}

Result<bool> Search::ReadAllFacilities() {
  for (std::size_t database = 0; database < databases_.size(); ++database) {
    if (auto read = ReadFacilities(static_cast<std::uint8_t>(database)); !read) return read;
  }
  facilities_ = rows_.size();
  return true;
}

Result<bool> Search::ReadFacilities(std::uint8_t database) {
  auto rows = databases_[database].Prepare(
      "SELECT rank,name,type,district,address,operator,needs,note,stage,beds,places,price_min,lat,lon FROM facility ORDER BY rank");
  if (!rows) return rows.error();
  while (rows->Step()) {
    const auto number = static_cast<std::uint32_t>(rows_.size());
    SearchRow row;
    row.database = database;
    row.rank = static_cast<std::uint32_t>(rows->Int(0));
    row.type = Position(kFacilityTypes, rows->Text(2));
    row.district = Position(districts_, rows->Text(3));
    row.stage = Position(kStages, rows->Text(8));
    row.beds = Number(*rows, 9);
    row.places = Number(*rows, 10);
    row.price = Number(*rows, 11);
    if (!rows->IsNull(12) && !rows->IsNull(13)) row.point = {static_cast<std::int32_t>(rows->Int(12)), static_cast<std::int32_t>(rows->Int(13))};
    know_beds_ = know_beds_ || row.beds;
    know_price_ = know_price_ || row.price;
    rows_.push_back(row);
    index_.Add(language_, Field::kName, rows->Text(1), number);
    index_.Add(language_, Field::kAddress, rows->Text(4), number);
    index_.Add(language_, Field::kOperator, rows->Text(5), number);
    index_.Add(language_, Field::kNeeds, rows->Text(6), number);
    index_.Add(language_, Field::kNote, rows->Text(7), number);
  }
  return rows->ok() ? Result<bool>(true) : Bad();
}

Result<bool> Search::ReadDocuments() {
  auto rows = databases_[0].Prepare("SELECT rank,kind,name,text FROM document ORDER BY rank");
  if (!rows) return rows.error();
  while (rows->Step()) {
    const auto number = static_cast<std::uint32_t>(rows_.size());
    SearchRow row;
    row.kind = Position(kKinds, rows->Text(1));
    row.rank = static_cast<std::uint32_t>(rows->Int(0));
    row.type = row.district = row.stage = kNone;
    if (row.kind == kNone) return Bad();
    rows_.push_back(row);
    index_.Add(language_, Field::kName, rows->Text(2), number);
    index_.Add(language_, Field::kText, rows->Text(3), number);
  }
  return rows->ok() ? Result<bool>(true) : Bad();
}

// What a type, a district or a need is called is a text of all its rows.
void Search::AddWordTexts() {
  std::vector<std::vector<std::uint32_t>> of_type(kFacilityTypes.size());
  std::vector<std::vector<std::uint32_t>> of_district(districts_.size());
  std::vector<std::uint32_t> all;
  for (std::uint32_t number = 0; number < rows_.size(); ++number) {
    if (rows_[number].type < of_type.size()) of_type[rows_[number].type].push_back(number);
    if (rows_[number].district < of_district.size()) of_district[rows_[number].district].push_back(number);
    all.push_back(number);
  }
  type_texts_.assign(of_type.size(), {});
  need_texts_.assign(of_type.size(), {});
  district_texts_.assign(of_district.size(), {});
  city_texts_.assign(1, {});
  std::vector<std::uint32_t> type_group;
  type_group.reserve(of_type.size());
  for (auto& rows : of_type) type_group.push_back(index_.AddGroup(std::move(rows)));
  std::vector<std::uint32_t> district_group;
  district_group.reserve(of_district.size());
  for (auto& rows : of_district) district_group.push_back(index_.AddGroup(std::move(rows)));
  const std::uint32_t city_group = index_.AddGroup(std::move(all));
  for (const Word& word : words_) {
    if (word.kind == "type") {
      if (const auto at = Position(kFacilityTypes, word.code); at != kNone) {
        type_texts_[at].push_back(index_.AddFor(language_, Field::kType, word.text, type_group[at]));
      }
    } else if (word.kind == "district") {
      if (const auto at = Position(districts_, word.code); at != kNone) {
        district_texts_[at].push_back(index_.AddFor(language_, Field::kDistrict, word.text, district_group[at]));
      }
    } else if (word.kind == "city") {
      city_texts_[0].push_back(index_.AddFor(language_, Field::kDistrict, word.text, city_group));
    } else if (word.kind == "serves") {
      const auto at = Position(kFacilityTypes, word.text);
      if (at == kNone) continue;
      for (const Word& need : words_) {
        if (need.kind == "need" && need.code == word.code)
          need_texts_[at].push_back(index_.AddFor(language_, Field::kNeed, need.text, type_group[at]));
      }
    }
  }
}

Result<Search> Search::Open(std::string_view bytes) {
  auto database = Database::Open(bytes);
  if (!database) return database.error();
  auto language = Language::Decode(Meta(*database, "language"));
  if (!language) return language.error();
  Search search(std::move(*database), std::move(*language));
  for (const std::string& syllable : search.language_.syllables()) search.folded_.push_back(FoldedSound(syllable));
  for (const auto step : {&Search::ReadParts, &Search::ReadWords, &Search::Read}) {
    if (const auto read = (search.*step)(); !read) return read.error();
  }
  return search;
}

Result<bool> Search::Read() {
  rows_.clear();
  index_ = Index();
  know_beds_ = know_price_ = false;
  for (const auto step : {&Search::ReadAllFacilities, &Search::ReadDocuments}) {
    if (auto read = (this->*step)(); !read) return read;
  }
  AddWordTexts();
  index_.Finish(language_);
  return true;
}

bool Search::IsPart(std::string_view bytes) {
  const auto database = Database::Open(bytes);
  return database && !Meta(*database, "part").empty();
}

Result<bool> Search::Add(const std::vector<std::string_view>& parts) {
  const std::size_t before = databases_.size();
  std::vector<SearchPart*> fresh;
  auto add = [&](std::string_view bytes) -> Result<bool> {
    auto database = Database::Open(bytes);
    if (!database) return database.error();
    const std::string district = Meta(*database, "part");
    const auto part = std::find_if(parts_.begin(), parts_.end(), [&](const SearchPart& one) { return one.district == district; });
    if (part == parts_.end() || Meta(*database, "data_date") != Meta(databases_[0], "data_date")) return Bad();
    if (part->loaded) return true;
    databases_.push_back(std::move(*database));
    part->loaded = true;
    fresh.push_back(&*part);
    return true;
  };
  Result<bool> done = true;
  for (const std::string_view bytes : parts) {
    if (done) done = add(bytes);
  }
  if (done && fresh.empty()) return true;
  if (done) done = Read();
  if (done) return true;
  for (SearchPart* part : fresh) part->loaded = false;
  databases_.erase(databases_.begin() + static_cast<std::ptrdiff_t>(before), databases_.end());
  if (auto again = Read(); !again) return again;
  return done;
}

std::vector<std::string_view> Search::DistrictCodes() const { return {districts_.begin(), districts_.end()}; }

Result<json::value> Search::Compare(const Node& root) const {
  constexpr std::size_t kMost = 4;
  const auto list = root.At("compare");
  const auto items = list ? list->Items() : std::vector<Node>{};
  if (list && list->value().is_array() && (items.empty() || items.size() > kMost)) list->Report(ErrorCode::RangeBad);
  auto show = Hits::Of(*this);
  if (!show) return show.error();
  std::vector<json::object> columns;
  json::array ids;
  for (const Node& item : items) {
    const auto row = RowOf(item);
    if (!row) continue;
    auto one = show->Columns(*row);
    if (!one) return one.error();
    ids.push_back(one->at("id"));
    columns.push_back(std::move(*one));
  }
  if (!root.diagnostics().empty()) return root.diagnostics().front();
  json::array rows;
  for (const std::string_view field : kComparable) {
    const json::string_view name(field.data(), field.size());
    json::array values;
    for (const json::object& one : columns) values.push_back(one.contains(name) ? one.at(name) : json::value(nullptr));
    if (std::all_of(values.begin(), values.end(), [](const json::value& value) { return value.is_null(); })) continue;
    const bool same = std::all_of(values.begin(), values.end(), [&](const json::value& value) { return !value.is_null() && value == values[0]; });
    rows.push_back({{"field", Said(field)}, {"values", std::move(values)}, {"same", same}});
  }
  json::object out;
  out["format"] = "km-compare/1";
  out["ids"] = std::move(ids);
  out["rows"] = std::move(rows);
  return json::value(std::move(out));
}

std::optional<std::uint32_t> Search::RowOf(const Node& id) const {
  const auto text = id.String();
  if (!text) return std::nullopt;
  for (std::size_t database = 0; database < databases_.size(); ++database) {
    auto statement = databases_[database].Prepare("SELECT rank FROM facility WHERE id=?1");
    if (!statement) continue;
    statement->Bind(1, std::string_view(*text));
    if (!statement->Step()) continue;
    // Facilities stand by database and rank.
    const auto end = rows_.begin() + static_cast<std::ptrdiff_t>(facilities_);
    const auto key = [](const SearchRow& row) { return std::pair<std::size_t, std::int64_t>(row.database, row.rank); };
    const auto found = std::lower_bound(rows_.begin(), end, std::pair(database, statement->Int(0)),
                                        [&](const SearchRow& row, const auto& wanted) { return key(row) < wanted; });
    return static_cast<std::uint32_t>(found - rows_.begin());
  }
  id.Report(ErrorCode::ValueBad, {{"value", *text}, {"want", "id"}});
  return std::nullopt;
}

Result<json::value> Search::Links(const Node& root) const {
  const auto row = RowOf(*root.At("links"));
  if (!row) return root.diagnostics().front();
  auto show = Hits::Of(*this);
  if (!show) return show.error();
  const auto columns = show->Columns(*row);
  if (!columns) return columns.error();
  // The shortest name of the city is the one map applications know.
  std::string_view city;
  for (const Word& word : words_) {
    if (word.kind == "city" && (city.empty() || word.text.size() < city.size())) city = word.text;
  }
  std::optional<Point> point;
  if (const auto& at = rows_[*row].point) point = Point{(*at)[0] / 1e6, (*at)[1] / 1e6};
  const auto& name = columns->at("name").as_string();
  json::object out;
  out["format"] = "km-links/1";
  out["id"] = columns->at("id");
  out["maps"] = MapLinks(std::string_view(name.data(), name.size()), city, point);
  return json::value(std::move(out));
}

Result<json::value> Search::Answer(const json::value& query, std::string_view file) const {
  Diagnostics out;
  const Node root(query, std::string(file), out);
  Asking asking(*this);
  if (root.IsObject() && root.Maybe("suggest")) {
    const std::string text = root.Object({"suggest"}) ? CheckedText(*root.At("suggest")) : "";
    if (!out.empty()) return out.front();
    return asking.Suggest(text);
  }
  for (const auto& [key, answer] : {std::pair("compare", &Search::Compare), std::pair("links", &Search::Links)}) {
    if (!root.IsObject() || !root.Maybe(key)) continue;
    if (!root.Object({key})) return out.front();
    return (this->*answer)(root);
  }
  const Wanted wanted = ReadQuery(root, DistrictCodes());
  if (!out.empty()) return out.front();
  return asking.Answer(wanted);
}

}  // namespace chuncheng
