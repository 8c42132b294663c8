#include "shared/search/hits.h"

#include <algorithm>
#include <map>
#include <set>

#include "shared/search/query.h"

namespace chuncheng {
namespace {

constexpr std::string_view kFacility =
    "SELECT "
    "id,name,type,district,address,phone,beds,places,stage,operator,period,lat,lon,price_min,price_max,needs,note,source,source_date,confidence "
    "FROM facility WHERE rank=?1";
constexpr std::string_view kDocument = "SELECT kind,id,name,text,benefit FROM document WHERE rank=?1";
constexpr std::array<std::string_view, 5> kDocumentFields = {"kind", "id", "name", "text", "benefit"};
constexpr std::array<std::string_view, 9> kFieldNames = {"name", "type", "district", "needs", "address", "operator", "needs", "text", "note"};

bool IsNumber(std::string_view field) { return field == "beds" || field == "places" || field == "price_min" || field == "price_max"; }
bool IsDegrees(std::string_view field) { return field == "lat" || field == "lon"; }

// A text of the row as the index sees it.
struct Seen {
  Field field = Field::kName;
  std::vector<Token> tokens;  // empty: a word that stands for the row, which the hit does not show
  std::vector<Sign> signs;
};

struct Found {
  Cost cost = kNotThere;
  Field field = Field::kName;
};

using Marks = std::map<Field, std::vector<std::pair<std::size_t, std::size_t>>>;

// The best phrase of the part anywhere in the row; every text is marked where its own best phrase stands first.
Found Best(const TermMatch& part, const std::vector<Seen>& texts, Marks& marks) {
  Found best;
  for (const Seen& text : texts) {
    const bool word = text.tokens.empty();
    if (word && part.literal) continue;
    Cost least = kNotThere;
    std::pair<std::size_t, std::size_t> range;
    for (const Phrase& phrase : part.phrases) {
      const std::size_t at = FindIn(phrase.pattern, text.signs);
      if (at == kNowhere) continue;
      const std::size_t length = phrase.pattern.size();
      const Cost cost = CostOf(phrase.way, text.field, at, length, text.signs.size());
      if (cost >= least) continue;
      least = cost;
      if (!word) range = {text.tokens[at].source, text.tokens[at + length - 1].source + 1};
    }
    if (least == kNotThere) continue;
    if (!word) marks[text.field].push_back(range);
    if (least < best.cost) best = {least, text.field};
  }
  return best;
}

// A run as a whole or term by term, whichever is better.
void MarkRun(const RunMatch& run, const std::vector<Seen>& texts, Marks& marks, std::vector<Found>& found) {
  Marks whole;
  const Found joined = Best(run.joined, texts, whole);
  Marks apart;
  std::vector<Found> terms;
  Cost sum = 0;
  for (const TermMatch& part : run.parts) {
    const Found one = Best(part, texts, apart);
    if (one.cost != kNotThere) terms.push_back(one);
    sum = one.cost > kNotThere - 1 - sum ? kNotThere - 1 : sum + one.cost;
  }
  const bool better = joined.cost != kNotThere && joined.cost <= sum;
  for (auto& [field, ranges] : better ? whole : apart) marks[field].insert(marks[field].end(), ranges.begin(), ranges.end());
  if (better) terms = {joined};
  found.insert(found.end(), terms.begin(), terms.end());
}

std::string_view MatchName(const Found& found) {
  const Way way = WayOf(found.cost);
  const bool word = found.field == Field::kType || found.field == Field::kDistrict || found.field == Field::kNeed;
  if (word && way <= Way::kBegun) return "word";
  switch (way) {
    case Way::kHan:
    case Way::kApart: return "han";
    case Way::kNumber: return "number";
    case Way::kPinyin:
    case Way::kBegun: return "pinyin";
    case Way::kInitials: return "initials";
    case Way::kNearSound: return "near_sound";
    case Way::kTypo: return "typo";
  }
  return "typo";
}

json::array Ranges(std::vector<std::pair<std::size_t, std::size_t>> ranges) {
  std::sort(ranges.begin(), ranges.end());
  std::vector<std::pair<std::size_t, std::size_t>> apart;
  for (const auto& range : ranges) {
    if (!apart.empty() && range.first < apart.back().second) {
      apart.back().second = std::max(apart.back().second, range.second);
    } else {
      apart.push_back(range);
    }
  }
  json::array out;
  for (const auto& [begin, end] : apart) out.push_back(json::array{begin, end});
  return out;
}

}  // namespace

Result<Hits> Hits::Of(const Search& search) {
  std::vector<Statement> facility;
  for (const Database& database : search.databases_) {
    auto statement = database.Prepare(kFacility);
    if (!statement) return statement.error();
    facility.push_back(std::move(*statement));
  }
  return Hits(search, std::move(facility));
}

Result<json::object> Hits::Columns(std::uint32_t row) {
  const bool facility = row < search_->facilities_;
  if (!facility && !document_) {
    auto prepared = search_->databases_[0].Prepare(kDocument);
    if (!prepared) return prepared.error();
    document_ = std::move(*prepared);
  }
  const SearchRow& one = search_->rows_[row];
  Statement& statement = facility ? facility_[one.database] : *document_;
  statement.Reset();
  statement.Bind(1, std::int64_t{one.rank});
  if (!statement.Step()) return Error{ErrorCode::DatabaseBad, "", "", 0, {}};
  json::object out;
  if (facility) out["kind"] = Said(kKinds[0]);
  const std::span<const std::string_view> fields = facility ? std::span<const std::string_view>(kFields) : kDocumentFields;
  for (std::size_t i = 0; i < fields.size(); ++i) {
    const int column = static_cast<int>(i);
    if (statement.IsNull(column)) continue;
    auto& field = out[json::string_view(fields[i].data(), fields[i].size())];
    if (IsNumber(fields[i])) {
      field = statement.Int(column);
    } else if (IsDegrees(fields[i])) {
      field = static_cast<double>(statement.Int(column)) / 1e6;
    } else {
      field = Said(statement.Text(column));
    }
  }
  return out;
}

Result<json::object> Hits::Hit(std::uint32_t row, const std::vector<RunMatch>& runs, const RunMatch* together) {
  auto columns = Columns(row);
  if (!columns) return columns;
  std::vector<Seen> texts;
  if (!runs.empty()) {
    auto see = [&](Field field) {
      const auto name = kFieldNames[static_cast<std::size_t>(field)];
      const auto* value = columns->if_contains(json::string_view(name.data(), name.size()));
      if (value == nullptr || !value->is_string()) return;
      Seen text{field, search_->language_.Tokens(std::string_view(value->get_string().data(), value->get_string().size())), {}};
      text.signs = search_->index_.SignsOf(text.tokens);
      if (!text.tokens.empty()) texts.push_back(std::move(text));
    };
    for (const Field field : {Field::kName, Field::kAddress, Field::kOperator, Field::kNeeds, Field::kText, Field::kNote}) see(field);
    auto stand = [&](const std::vector<std::vector<std::uint32_t>>& lists, std::uint8_t at) {
      if (at >= lists.size()) return;
      for (const std::uint32_t number : lists[at]) {
        const auto& text = search_->index_.text(number);
        const auto signs = search_->index_.signs(text);
        texts.push_back({text.field, {}, {signs.begin(), signs.end()}});
      }
    };
    const SearchRow& one = search_->rows_[row];
    stand(search_->type_texts_, one.type);
    stand(search_->district_texts_, one.district);
    stand(search_->need_texts_, one.type);
    stand(search_->city_texts_, 0);
  }
  Marks marks;
  std::vector<Found> found;
  if (together != nullptr && together->any && together->rows[row] != kNotThere) {
    found.push_back(Best(together->joined, texts, marks));
  } else {
    for (const RunMatch& run : runs) MarkRun(run, texts, marks, found);
  }
  json::object& out = *columns;
  std::set<std::string_view> ways;
  const Found* best = nullptr;
  for (const Found& one : found) {
    ways.insert(MatchName(one));
    if (best == nullptr || one.field < best->field) best = &one;
  }
  out["match"] = Said(ways.empty() ? "all" : ways.size() == 1 ? *ways.begin() : "mixed");
  if (best != nullptr) out["field"] = Said(kFieldNames[static_cast<std::size_t>(best->field)]);
  out["highlight"] = Ranges(std::move(marks[Field::kName]));
  json::object others;
  for (auto& [field, ranges] : marks) {
    const auto name = kFieldNames[static_cast<std::size_t>(field)];
    if (field != Field::kName) others[json::string_view(name.data(), name.size())] = Ranges(std::move(ranges));
  }
  if (!others.empty()) out["marks"] = std::move(others);
  return columns;
}

}  // namespace chuncheng
