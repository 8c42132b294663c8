#include "shared/scales/scale.h"

#include <algorithm>
#include <set>

#include "shared/scales/score.h"

namespace chuncheng {
namespace {

constexpr std::int64_t kHighestScore = 1000;
constexpr std::int64_t kHighestSum = 10000;
constexpr std::size_t kMostAdjustments = 10;  // their flags are enumerated

template <class Named>
std::vector<std::string> Ids(const std::vector<Named>& list) {
  std::vector<std::string> ids;
  ids.reserve(list.size());
  for (const Named& one : list) ids.push_back(one.id);
  return ids;
}

int Position(const std::vector<std::string>& names, std::string_view name) {
  const auto found = std::find(names.begin(), names.end(), name);
  return found == names.end() ? -1 : static_cast<int>(found - names.begin());
}

class Reader {
 public:
  Reader(Scale& scale, const Schema& schema, const CiteReader& cites) : scale_(scale), schema_(schema), cites_(cites) {}

  // True when the scale can be used.
  bool Run(const Node& root) {
    const std::size_t before = root.diagnostics().size();
    if (!root.Object({"format", "id", "title", "summary", "decided_by", "cite", "fills", "grades", "dimensions", "combine", "adjustments", "groups",
                      "note"}) ||
        !root.Format("km-scale/1")) {
      return false;
    }
    for (const char* key : {"title", "summary", "decided_by"}) {
      if (const auto text = root.At(key)) text->Text();
    }
    scale_.confirm = Cites(root);
    if (const auto grades = root.At("grades")) scale_.grades = Named(*grades, {"id", "say"});
    if (const auto fills = root.Maybe("fills")) Fills(*fills);
    if (const auto dimensions = root.At("dimensions")) {
      for (const Node& item : dimensions->Items()) OneDimension(item);
      Enough(*dimensions, scale_.dimensions.size(), 1);
    }
    const auto combine = root.At("combine");
    if (root.diagnostics().size() != before) return false;  // what follows needs grades, items and bands
    Combine(*combine);
    if (const auto groups = root.Maybe("groups")) {
      group_names_ = Named(*groups, {"id", "say", "cite"});
      for (const Node& item : groups->Items()) scale_.groups.push_back(Cites(item));
    }
    if (const auto adjustments = root.Maybe("adjustments")) {
      for (const Node& item : adjustments->Items()) OneAdjustment(item);
      if (scale_.adjustments.size() > kMostAdjustments) adjustments->Report(ErrorCode::RangeBad);
    }
    if (root.diagnostics().size() != before) return false;
    EveryGrade(*root.At("grades"));
    return root.diagnostics().size() == before;
  }

 private:
  bool Cites(const Node& owner) {
    const auto cite = owner.At("cite");
    return cite && cites_(*cite);
  }

  static void Enough(const Node& list, std::size_t found, std::size_t least) {
    if (found < least && list.value().is_array()) list.Report(ErrorCode::RangeBad);
  }

  // A new name among `names`, or "" after a report.
  static std::string NewName(const Node& owner, std::string_view key, const std::vector<std::string>& names) {
    const auto id = owner.At(key);
    auto name = id ? id->String().value_or("") : "";
    if (id && id->value().is_string() && (name.empty() || Position(names, name) >= 0)) id->Report(ErrorCode::NameDuplicate, {{"name", name}});
    return name;
  }

  // A list of {"id","say",…}: the ids.
  static std::vector<std::string> Named(const Node& list, std::initializer_list<std::string_view> keys) {
    std::vector<std::string> ids;
    for (const Node& item : list.Items()) {
      if (!item.Object(keys)) continue;
      std::string name = NewName(item, "id", ids);
      ids.push_back(std::move(name));
      if (const auto say = item.At("say")) say->Text();
    }
    Enough(list, ids.size(), 1);
    return ids;
  }

  int Grade(const Node& node) {
    const auto name = node.String();
    if (!name) return -1;
    const int grade = Position(scale_.grades, *name);
    if (grade < 0) node.Report(ErrorCode::ScaleGrade, {{"name", *name}, {"suggest", Nearest(*name, scale_.grades)}});
    return grade;
  }

  // The grades answer an ordinal fact: one value each, in the fact's order, so that grades of another scale are a type error.
  void Fills(const Node& node) {
    if (!node.Object({"fact", "values"})) return;
    const auto fact_node = node.At("fact");
    const auto name = fact_node ? fact_node->String() : std::nullopt;
    const auto values = node.At("values");
    if (!name || !values) return;
    const auto found = schema_.fact_index.find(*name);
    if (found == schema_.fact_index.end()) {
      fact_node->Report(ErrorCode::FactUnknown, {{"name", *name}, {"suggest", Nearest(*name, schema_.FactNames())}});
      return;
    }
    const Fact& fact = schema_.facts[static_cast<std::size_t>(found->second)];
    const Domain* domain = fact.type.kind == Kind::Enum ? &schema_.domains[static_cast<std::size_t>(fact.type.tag)] : nullptr;
    if (domain == nullptr || !domain->ordered) {
      fact_node->Report(ErrorCode::TypeMismatch, {{"want", "ordinal"}, {"found", schema_.Describe(fact.type)}});
      return;
    }
    if (fact.derive) {
      fact_node->Report(ErrorCode::FactDerived, {{"name", *name}});
      return;
    }
    int last = -1;
    for (const Node& item : values->Items()) {
      const auto value = item.String();
      if (!value) return;
      const int position = Position(domain->values, *value);
      if (position < 0) {
        item.Report(ErrorCode::EnumValue, {{"value", *value}, {"suggest", Nearest(*value, domain->values)}});
      } else if (position <= last) {
        item.Report(ErrorCode::ScaleOrder, {{"name", *value}});
      }
      last = std::max(last, position);
      scale_.values.push_back(*value);
    }
    if (scale_.values.size() != scale_.grades.size()) {
      values->Report(ErrorCode::ScaleSize, {{"want", std::to_string(scale_.grades.size())}, {"found", std::to_string(scale_.values.size())}});
    }
    scale_.fact = *name;
  }

  void OneDimension(const Node& node) {
    if (!node.Object({"id", "say", "cite", "items", "bands", "note"})) return;
    ScaleDimension dimension;
    dimension.id = NewName(node, "id", Ids(scale_.dimensions));
    if (const auto say = node.At("say")) say->Text();
    if (Cites(node)) scale_.confirm = true;
    const std::size_t before = node.diagnostics().size();
    if (const auto items = node.At("items")) {
      for (const Node& item : items->Items()) {
        dimension.items.push_back(scale_.items.size());
        OneItem(item);
      }
      Enough(*items, dimension.items.size(), 1);
    }
    if (const auto bands = node.Maybe("bands"); bands && node.diagnostics().size() == before) {
      for (const Node& item : bands->Items()) {
        if (!item.Object({"id", "say", "range"})) continue;
        const std::string id = NewName(item, "id", Ids(dimension.bands));
        if (const auto say = item.At("say")) say->Text();
        dimension.bands.push_back({id, Range(item)});
      }
      Enough(*bands, dimension.bands.size(), 1);
      if (node.diagnostics().size() == before) Cover(*bands, dimension.bands, dimension.items);
    }
    scale_.dimensions.push_back(std::move(dimension));
  }

  void OneItem(const Node& node) {
    ScaleItem item;
    if (node.Object({"id", "say", "help", "cite", "options", "note"})) {
      item.id = NewName(node, "id", Ids(scale_.items));
      if (const auto say = node.At("say")) say->Text();
      if (const auto help = node.Maybe("help")) help->Text();
      if (const auto cite = node.Maybe("cite")) item.confirm = cites_(*cite);
      if (const auto options = node.At("options")) {
        for (const Node& option : options->Items()) OneOption(option, item);
        Enough(*options, item.scores.size(), 2);
      }
    }
    scale_.items.push_back(std::move(item));
  }

  static void OneOption(const Node& node, ScaleItem& item) {
    if (!node.Object({"score", "say"})) return;
    if (const auto say = node.At("say")) say->Text();
    const auto score_node = node.At("score");
    const auto score = score_node ? score_node->Int() : std::nullopt;
    if (!score) return;
    if (*score < 0 || *score > kHighestScore) score_node->Report(ErrorCode::RangeBad);
    if (std::find(item.scores.begin(), item.scores.end(), *score) != item.scores.end()) {
      score_node->Report(ErrorCode::NameDuplicate, {{"name", std::to_string(*score)}});
    }
    item.scores.push_back(*score);
  }

  static Interval Range(const Node& owner) {
    const auto node = owner.At("range");
    if (!node) return {0, 0};
    const auto bounds = node->Items();
    const auto lo = bounds.size() == 2 ? bounds[0].Int() : std::nullopt;
    const auto hi = bounds.size() == 2 ? bounds[1].Int() : std::nullopt;
    if (bounds.size() != 2 || (lo && hi && *lo > *hi)) node->Report(ErrorCode::RangeBad);
    return {lo.value_or(0), hi.value_or(0)};
  }

  // Every sum the options can give lies in exactly one band, and the bands go from the highest scores down.
  void Cover(const Node& node, const std::vector<ScaleBand>& bands, const std::vector<std::size_t>& items) {
    std::int64_t highest = 0;
    for (std::size_t item : items) {
      const auto& scores = scale_.items[item].scores;
      highest += *std::max_element(scores.begin(), scores.end());
    }
    if (highest > kHighestSum) {
      node.Report(ErrorCode::RangeBad);
      return;
    }
    for (std::size_t i = 1; i < bands.size(); ++i) {
      const Interval above = bands[i - 1].scores;
      const Interval here = bands[i].scores;
      const Node place(node.value().get_array()[i], node.file(), node.diagnostics(), Join(Join(node.pointer(), i), "range"));
      if (std::max(above.lo, here.lo) <= std::min(above.hi, here.hi)) {
        place.Report(ErrorCode::ScaleOverlap, {{"first", bands[i - 1].id}, {"second", bands[i].id}});
        return;
      }
      if (here.hi > above.lo) {
        place.Report(ErrorCode::ScaleOrder, {{"name", bands[i].id}});
        return;
      }
    }
    const auto sums = ReachableSums(scale_, items, std::vector<std::int64_t>(scale_.items.size(), -1));
    std::set<std::size_t> used;
    for (std::size_t sum = 0; sum < sums.size(); ++sum) {
      if (!sums[sum]) continue;
      std::size_t band = 0;
      while (band < bands.size() &&
             (static_cast<std::int64_t>(sum) < bands[band].scores.lo || static_cast<std::int64_t>(sum) > bands[band].scores.hi))
        ++band;
      if (band == bands.size()) {
        node.Report(ErrorCode::ScaleGap, {{"score", std::to_string(sum)}});
        return;
      }
      used.insert(band);
    }
    for (std::size_t band = 0; band < bands.size(); ++band) {
      if (used.contains(band)) continue;
      const Node place(node.value().get_array()[band], node.file(), node.diagnostics(), Join(node.pointer(), band));
      place.Report(ErrorCode::ScaleUnreached, {{"name", bands[band].id}});
    }
  }

  void Combine(const Node& node) {
    if (!node.Object({"matrix", "total", "cite"})) return;
    if (Cites(node)) scale_.confirm = true;
    const auto matrix = node.Maybe("matrix");
    const auto total = node.Maybe("total");
    if (matrix && total) {
      total->Report(ErrorCode::JsonUnknownKey, {{"key", "total"}, {"suggest", ""}});
    } else if (matrix) {
      Matrix(*matrix);
    } else if (total) {
      Total(*total);
    } else {
      node.Report(ErrorCode::JsonMissing, {{"key", "matrix"}});
    }
  }

  // The dimension a name stands for; each may be used once and needs bands.
  int Banded(const Node& node, std::set<int>& used) {
    const auto name = node.String();
    if (!name) return -1;
    const auto names = Ids(scale_.dimensions);
    const int index = Position(names, *name);
    if (index < 0) {
      node.Report(ErrorCode::ScaleItem, {{"name", *name}, {"suggest", Nearest(*name, names)}});
    } else if (!used.insert(index).second) {
      node.Report(ErrorCode::NameDuplicate, {{"name", *name}});
    } else if (scale_.dimensions[static_cast<std::size_t>(index)].bands.empty()) {
      node.Report(ErrorCode::ScaleSize, {{"want", "1"}, {"found", "0"}});
    }
    return index;
  }

  void Matrix(const Node& node) {
    if (!node.Object({"rows", "columns", "grades"})) return;
    const auto rows = node.At("rows");
    const auto columns = node.At("columns");
    const auto grades = node.At("grades");
    if (!rows || !columns || !grades) return;
    const std::size_t before = node.diagnostics().size();
    std::set<int> used;
    scale_.rows = Banded(*rows, used);
    for (const Node& item : columns->Items()) scale_.columns.push_back(Banded(item, used));
    if (node.diagnostics().size() != before) return;
    for (const ScaleDimension& dimension : scale_.dimensions) {
      if (!used.contains(Position(Ids(scale_.dimensions), dimension.id))) columns->Report(ErrorCode::ScaleUnreached, {{"name", dimension.id}});
    }
    const std::size_t height = scale_.dimensions[static_cast<std::size_t>(scale_.rows)].bands.size();
    std::size_t width = 1;
    for (std::size_t c = 0; c < scale_.columns.size(); ++c) {
      const std::size_t bands = scale_.dimensions[static_cast<std::size_t>(scale_.columns[c])].bands.size();
      if (c > 0 && bands != width) columns->Report(ErrorCode::ScaleSize, {{"want", std::to_string(width)}, {"found", std::to_string(bands)}});
      width = bands;
    }
    const auto lines = grades->Items();
    Sized(*grades, height, lines.size());
    for (const Node& line : lines) {
      std::vector<int> row;
      for (const Node& cell : line.Items()) row.push_back(Grade(cell));
      Sized(line, width, row.size());
      scale_.table.push_back(std::move(row));
    }
    if (node.diagnostics().size() != before) return;
    for (std::size_t r = 0; r < height; ++r) {
      for (std::size_t c = 0; c < width; ++c) {
        const int here = scale_.table[r][c];
        if ((r > 0 && here < scale_.table[r - 1][c]) || (c > 0 && here < scale_.table[r][c - 1])) {
          lines[r].Items()[c].Report(ErrorCode::ScaleOrder, {{"name", scale_.grades[static_cast<std::size_t>(here)]}});
        }
      }
    }
  }

  static void Sized(const Node& node, std::size_t want, std::size_t found) {
    if (want != found && node.value().is_array())
      node.Report(ErrorCode::ScaleSize, {{"want", std::to_string(want)}, {"found", std::to_string(found)}});
  }

  void Total(const Node& node) {
    const std::size_t before = node.diagnostics().size();
    int last = -1;
    for (const Node& item : node.Items()) {
      if (!item.Object({"grade", "range"})) continue;
      const auto grade_node = item.At("grade");
      const int grade = grade_node ? Grade(*grade_node) : -1;
      if (grade >= 0 && grade <= last) grade_node->Report(ErrorCode::ScaleOrder, {{"name", scale_.grades[static_cast<std::size_t>(grade)]}});
      last = std::max(last, grade);
      scale_.total.push_back({grade < 0 ? "" : scale_.grades[static_cast<std::size_t>(grade)], Range(item)});
      scale_.table.push_back({grade});
    }
    Enough(node, scale_.total.size(), 1);
    if (node.diagnostics().size() != before) return;
    std::vector<std::size_t> all(scale_.items.size());
    for (std::size_t i = 0; i < all.size(); ++i) all[i] = i;
    Cover(node, scale_.total, all);
  }

  void OneAdjustment(const Node& node) {
    if (!node.Object({"flag", "ask", "help", "set", "raise", "group", "cite", "note"})) return;
    ScaleAdjustment adjustment;
    std::vector<std::string> flags;
    for (const ScaleAdjustment& one : scale_.adjustments) flags.push_back(one.flag);
    adjustment.flag = NewName(node, "flag", flags);
    if (const auto ask = node.At("ask")) ask->Text();
    if (const auto help = node.Maybe("help")) help->Text();
    adjustment.confirm = Cites(node);
    const auto set = node.Maybe("set");
    const auto raise = set ? node.Maybe("raise") : node.At("raise");
    if (set && raise) raise->Report(ErrorCode::JsonUnknownKey, {{"key", "raise"}, {"suggest", ""}});
    if (set) adjustment.set = Grade(*set);
    if (raise) {
      const auto levels = raise->Int();
      if (levels && (*levels < 1 || *levels >= static_cast<std::int64_t>(std::max<std::size_t>(scale_.grades.size(), 2))))
        raise->Report(ErrorCode::RangeBad);
      adjustment.raise = static_cast<int>(levels.value_or(0));
    }
    if (const auto group = node.Maybe("group")) {
      const auto name = group->String();
      adjustment.group = name ? Position(group_names_, *name) : -1;
      if (name && adjustment.group < 0) group->Report(ErrorCode::ScaleItem, {{"name", *name}, {"suggest", Nearest(*name, group_names_)}});
    }
    scale_.adjustments.push_back(std::move(adjustment));
  }

  // A grade that neither the table nor an adjustment gives is a slip.
  void EveryGrade(const Node& grades) {
    std::set<int> given;
    for (const auto& row : scale_.table) given.insert(row.begin(), row.end());
    for (const ScaleAdjustment& adjustment : scale_.adjustments) {
      const std::set<int> before = given;
      for (int grade : before)
        given.insert(adjustment.set >= 0 ? adjustment.set : std::min(grade + adjustment.raise, static_cast<int>(scale_.grades.size()) - 1));
    }
    const auto items = grades.Items();
    for (std::size_t grade = 0; grade < items.size(); ++grade) {
      if (!given.contains(static_cast<int>(grade))) items[grade].Report(ErrorCode::ScaleUnreached, {{"name", scale_.grades[grade]}});
    }
  }

  Scale& scale_;
  const Schema& schema_;
  const CiteReader& cites_;
  std::vector<std::string> group_names_;
};

}  // namespace

void ReadScale(const Node& root, const Schema& schema, const CiteReader& cites, std::vector<Scale>& out) {
  const std::size_t before = root.diagnostics().size();
  Scale scale;
  if (const auto id = root.Maybe("id")) {
    scale.id = id->String().value_or("");
    if (Position(Ids(out), scale.id) >= 0) id->Report(ErrorCode::NameDuplicate, {{"name", scale.id}});
  } else if (root.IsObject()) {
    root.Report(ErrorCode::JsonMissing, {{"key", "id"}});
  }
  if (Reader(scale, schema, cites).Run(root) && root.diagnostics().size() == before) out.push_back(std::move(scale));
}

}  // namespace chuncheng
