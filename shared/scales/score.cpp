#include "shared/scales/score.h"

#include <algorithm>

namespace chuncheng {

std::vector<bool> ReachableSums(const Scale& scale, const std::vector<std::size_t>& items, const std::vector<std::int64_t>& answers) {
  std::vector<bool> sums(1, true);
  for (std::size_t item : items) {
    const std::vector<std::int64_t> answered{answers[item]};
    const auto& scores = answers[item] < 0 ? scale.items[item].scores : answered;
    const auto highest = static_cast<std::size_t>(*std::max_element(scores.begin(), scores.end()));
    std::vector<bool> next(sums.size() + highest, false);
    for (std::size_t sum = 0; sum < sums.size(); ++sum) {
      if (!sums[sum]) continue;
      for (std::int64_t score : scores) next[sum + static_cast<std::size_t>(score)] = true;
    }
    sums = std::move(next);
  }
  return sums;
}

int Adjusted(const Scale& scale, int grade, const std::vector<bool>& flags, int all_of) {
  std::vector<bool> used(scale.groups.size(), false);
  for (std::size_t a = 0; a < scale.adjustments.size(); ++a) {
    const ScaleAdjustment& adjustment = scale.adjustments[a];
    if (!flags[a]) continue;
    if (adjustment.group >= 0 && adjustment.group != all_of) {
      if (used[static_cast<std::size_t>(adjustment.group)]) continue;
      used[static_cast<std::size_t>(adjustment.group)] = true;
    }
    grade = adjustment.set >= 0 ? adjustment.set : std::min(grade + adjustment.raise, static_cast<int>(scale.grades.size()) - 1);
  }
  return grade;
}

namespace {

using Bands = std::vector<bool>;  // by band: can it be reached

struct Answers {
  const Scale* scale = nullptr;
  std::vector<std::int64_t> items;  // score, or -1 = unknown
  std::vector<int> flags;           // 0, 1, or -1 = unknown
};

std::size_t BandOf(const std::vector<ScaleBand>& bands, std::int64_t sum) {
  std::size_t band = 0;
  while (band + 1 < bands.size() && sum < bands[band].scores.lo) ++band;  // they go down and leave out no sum
  return band;
}

// The worst of one band out of each set.
Bands Worst(const Bands& a, const Bands& b) {
  Bands out(std::max(a.size(), b.size()), false);
  for (std::size_t i = 0; i < a.size(); ++i) {
    for (std::size_t j = 0; a[i] && j < b.size(); ++j) {
      if (b[j]) out[std::max(i, j)] = true;
    }
  }
  return out;
}

// What is added up and banded: a dimension each, or all items at once.
struct Sum {
  std::vector<std::size_t> items;
  const std::vector<ScaleBand>* bands = nullptr;
  Bands reached;
};

class Scorer {
 public:
  explicit Scorer(const Answers& answers) : answers_(answers), scale_(*answers.scale) {
    if (scale_.rows < 0) {
      Sum all{{}, &scale_.total, {}};
      for (std::size_t i = 0; i < scale_.items.size(); ++i) all.items.push_back(i);
      sums_.push_back(std::move(all));
    } else {
      Add(scale_.rows);
      for (int column : scale_.columns) Add(column);
    }
    for (Sum& sum : sums_) {
      const auto reachable = ReachableSums(scale_, sum.items, answers_.items);
      sum.reached.assign(sum.bands->size(), false);
      for (std::size_t s = 0; s < reachable.size(); ++s) {
        if (reachable[s]) sum.reached[BandOf(*sum.bands, static_cast<std::int64_t>(s))] = true;
      }
    }
    Assignments();
    raw_.assign(scale_.grades.size(), false);
    const Bands columns = WorstColumn(0);
    for (std::size_t row = 0; row < sums_[0].reached.size(); ++row) {
      for (std::size_t column = 0; sums_[0].reached[row] && column < columns.size(); ++column) {
        if (columns[column]) raw_[static_cast<std::size_t>(scale_.table[row][column])] = true;
      }
    }
    grades_ = AfterFlags(-1);
  }

  json::value Result() const {
    json::object out;
    out["format"] = "km-score/1";
    out["scale"] = scale_.id;
    json::array dimensions;
    for (const ScaleDimension& dimension : scale_.dimensions) {
      json::object one = Range(dimension.items);
      if (!dimension.bands.empty()) {
        json::array bands;
        const auto reachable = ReachableSums(scale_, dimension.items, answers_.items);
        Bands reached(dimension.bands.size(), false);
        for (std::size_t s = 0; s < reachable.size(); ++s) {
          if (reachable[s]) reached[BandOf(dimension.bands, static_cast<std::int64_t>(s))] = true;
        }
        for (std::size_t b = 0; b < reached.size(); ++b) {
          if (reached[b]) bands.emplace_back(dimension.bands[b].id);
        }
        one["band"] = std::move(bands);
      }
      json::object named{{"id", dimension.id}};
      named.insert(one.begin(), one.end());
      dimensions.emplace_back(std::move(named));
    }
    out["dimensions"] = std::move(dimensions);
    if (scale_.rows < 0) out["total"] = Range(sums_[0].items);
    json::array grades;
    std::size_t only = 0;
    for (std::size_t grade = 0; grade < grades_.size(); ++grade) {
      if (!grades_[grade]) continue;
      grades.emplace_back(scale_.grades[grade]);
      only = grade;
    }
    const bool settled = grades.size() == 1;
    out["grades"] = std::move(grades);
    if (!scale_.fact.empty()) {
      json::object settles{{"fact", scale_.fact}};
      if (settled) settles["value"] = scale_.values[only];
      out["settles"] = std::move(settles);
    }
    json::array items;
    for (std::size_t i = 0; i < scale_.items.size(); ++i) {
      if (answers_.items[i] < 0) items.push_back({{"item", scale_.items[i].id}, {"changes", ItemMatters(i)}});
    }
    out["open_items"] = std::move(items);
    json::array flags;
    for (std::size_t a = 0; a < scale_.adjustments.size(); ++a) {
      if (answers_.flags[a] < 0) flags.push_back({{"flag", scale_.adjustments[a].flag}, {"changes", FlagMatters(a)}});
    }
    out["open_flags"] = std::move(flags);
    out["to_confirm"] = ToConfirm();
    return out;
  }

 private:
  void Add(int dimension) {
    const ScaleDimension& one = scale_.dimensions[static_cast<std::size_t>(dimension)];
    sums_.push_back({one.items, &one.bands, {}});
  }

  json::object Range(const std::vector<std::size_t>& items) const {
    const auto sums = ReachableSums(scale_, items, answers_.items);
    const auto first = std::find(sums.begin(), sums.end(), true) - sums.begin();
    return {{"min", first}, {"max", static_cast<std::int64_t>(sums.size()) - 1}};
  }

  // Every combination of the flags that the answers leave.
  void Assignments() {
    assignments_.assign(1, std::vector<bool>(scale_.adjustments.size(), false));
    for (std::size_t a = 0; a < scale_.adjustments.size(); ++a) {
      const std::size_t count = assignments_.size();
      for (std::size_t i = 0; i < count && answers_.flags[a] != 0; ++i) {
        auto with = assignments_[i];
        with[a] = true;
        if (answers_.flags[a] == 1) {
          assignments_[i] = std::move(with);
        } else {
          assignments_.push_back(std::move(with));
        }
      }
    }
  }

  // Grades after some combination of the flags.
  std::vector<bool> AfterFlags(int all_of) const {
    std::vector<bool> out(raw_.size(), false);
    for (std::size_t grade = 0; grade < raw_.size(); ++grade) {
      for (const auto& flags : assignments_) {
        if (raw_[grade]) out[static_cast<std::size_t>(Adjusted(scale_, static_cast<int>(grade), flags, all_of))] = true;
      }
    }
    return out;
  }

  // Reachable worst band over the columns but the `without`th of sums_.
  Bands WorstColumn(std::size_t without) const {
    Bands worst(1, true);
    for (std::size_t c = 1; c < sums_.size(); ++c) {
      if (c != without) worst = Worst(worst, sums_[c].reached);
    }
    return worst;
  }

  // Do the two grades of the table stay different under some flags?
  bool Differ(int a, int b) const {
    return a != b && std::any_of(assignments_.begin(), assignments_.end(),
                                 [&](const auto& flags) { return Adjusted(scale_, a, flags) != Adjusted(scale_, b, flags); });
  }

  // Is there a completion of the others in which two options of this item lead to different grades?
  bool ItemMatters(std::size_t item) const {
    std::size_t s = 0;
    while (std::find(sums_[s].items.begin(), sums_[s].items.end(), item) == sums_[s].items.end()) ++s;
    const Sum& own = sums_[s];
    std::vector<std::size_t> others;
    std::copy_if(own.items.begin(), own.items.end(), std::back_inserter(others), [&](std::size_t i) { return i != item; });
    const auto rest = ReachableSums(scale_, others, answers_.items);
    const Bands columns = WorstColumn(s);
    const Bands any_row(1, true);
    const Bands& rows = s == 0 ? any_row : sums_[0].reached;
    auto differ = [&](std::size_t p, std::size_t q) {
      for (std::size_t row = 0; row < rows.size(); ++row) {
        for (std::size_t column = 0; rows[row] && column < columns.size(); ++column) {
          if (!columns[column]) continue;
          const int a = s == 0 ? scale_.table[p][column] : scale_.table[row][std::max(p, column)];
          const int b = s == 0 ? scale_.table[q][column] : scale_.table[row][std::max(q, column)];
          if (Differ(a, b)) return true;
        }
      }
      return false;
    };
    for (std::size_t sum = 0; sum < rest.size(); ++sum) {
      if (!rest[sum]) continue;
      std::vector<std::size_t> bands;
      for (std::int64_t score : scale_.items[item].scores) bands.push_back(BandOf(*own.bands, static_cast<std::int64_t>(sum) + score));
      for (std::size_t p : bands) {
        for (std::size_t q : bands) {
          if (p < q && differ(p, q)) return true;
        }
      }
    }
    return false;
  }

  bool FlagMatters(std::size_t flag) const {
    for (std::size_t grade = 0; grade < raw_.size(); ++grade) {
      for (auto flags : assignments_) {
        if (!raw_[grade]) continue;
        const int before = Adjusted(scale_, static_cast<int>(grade), flags);
        flags[flag] = !flags[flag];
        if (Adjusted(scale_, static_cast<int>(grade), flags) != before) return true;
      }
    }
    return false;
  }

  bool ToConfirm() const {
    bool confirm = scale_.confirm;
    for (std::size_t i = 0; i < scale_.items.size(); ++i) confirm = confirm || (scale_.items[i].confirm && answers_.items[i] >= 0);
    for (std::size_t a = 0; a < scale_.adjustments.size(); ++a) confirm = confirm || (scale_.adjustments[a].confirm && answers_.flags[a] != 0);
    // That only one of a group applies matters where more would give other grades.
    for (std::size_t g = 0; g < scale_.groups.size(); ++g) confirm = confirm || (scale_.groups[g] && AfterFlags(static_cast<int>(g)) != grades_);
    return confirm;
  }

  const Answers& answers_;
  const Scale& scale_;
  std::vector<Sum> sums_;  // of a table: the rows' dimension first, then the columns'
  std::vector<std::vector<bool>> assignments_;
  std::vector<bool> raw_;  // grades before the adjustments
  std::vector<bool> grades_;
};

std::optional<Answers> ReadAnswers(const std::vector<Scale>& scales, const Node& root) {
  if (!root.Object({"scale", "answers", "flags"})) return std::nullopt;
  const auto name_node = root.At("scale");
  const auto name = name_node ? name_node->String() : std::nullopt;
  if (!name) return std::nullopt;
  const auto scale = std::find_if(scales.begin(), scales.end(), [&](const Scale& one) { return one.id == *name; });
  if (scale == scales.end()) {
    std::vector<std::string> names;
    names.reserve(scales.size());
    for (const Scale& one : scales) names.push_back(one.id);
    name_node->Report(ErrorCode::ScaleUnknown, {{"name", *name}, {"suggest", Nearest(*name, names)}});
    return std::nullopt;
  }
  Answers out{&*scale, std::vector<std::int64_t>(scale->items.size(), -1), std::vector<int>(scale->adjustments.size(), -1)};
  std::vector<std::string> items;
  items.reserve(scale->items.size());
  for (const ScaleItem& item : scale->items) items.push_back(item.id);
  std::vector<std::string> flags;
  flags.reserve(scale->adjustments.size());
  for (const ScaleAdjustment& adjustment : scale->adjustments) flags.push_back(adjustment.flag);
  auto find = [](const Node& node, const std::string& id, const std::vector<std::string>& ids) {
    const auto found = std::find(ids.begin(), ids.end(), id);
    if (found == ids.end()) node.Report(ErrorCode::ScaleItem, {{"name", id}, {"suggest", Nearest(id, ids)}});
    return static_cast<std::size_t>(found - ids.begin());
  };
  if (const auto answers = root.Maybe("answers")) {
    for (const auto& [id, node] : answers->Members()) {
      const std::size_t item = find(node, id, items);
      const auto score = node.Int();
      if (item == items.size() || !score) continue;
      const auto& scores = scale->items[item].scores;
      if (std::find(scores.begin(), scores.end(), *score) != scores.end()) {
        out.items[item] = *score;
        continue;
      }
      std::string want;
      for (std::int64_t one : scores) want += (want.empty() ? "" : ", ") + std::to_string(one);
      node.Report(ErrorCode::ScaleScore, {{"name", id}, {"want", want}, {"found", std::to_string(*score)}});
    }
  }
  if (const auto given = root.Maybe("flags")) {
    for (const auto& [id, node] : given->Members()) {
      const std::size_t flag = find(node, id, flags);
      const auto value = node.Bool();
      if (flag < flags.size() && value) out.flags[flag] = *value ? 1 : 0;
    }
  }
  return root.diagnostics().empty() ? std::optional(std::move(out)) : std::nullopt;
}

}  // namespace

Result<json::value> ScoreAnswers(const std::vector<Scale>& scales, const json::value& input, std::string_view file) {
  Diagnostics problems;
  const auto answers = ReadAnswers(scales, Node(input, std::string(file), problems));
  if (!answers) return problems.empty() ? Error{ErrorCode::RequestShape, std::string(file), "", 0, {}} : problems.front();
  return Scorer(*answers).Result();
}

}  // namespace chuncheng
