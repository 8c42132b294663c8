#include "shared/tools/review/chart.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>

#include "shared/rules/evaluate.h"
#include "shared/tools/review/html.h"

namespace chuncheng {
namespace {

constexpr std::size_t kMostSeries = 6;
constexpr std::size_t kMostCombinations = 2000;
constexpr std::int64_t kMostSteps = 240;
constexpr std::int64_t kSamples = 120;

bool Contains(const std::vector<int>& list, int value) { return std::find(list.begin(), list.end(), value) != list.end(); }

std::vector<int> FactsOf(const Benefit& benefit) {
  std::vector<int> out = benefit.inputs;
  for (const Row& row : benefit.rows) {
    for (const Program* program : {&row.when.program, &row.pay.program}) {
      for (int fact : program->facts) {
        if (fact != kAsOf && !Contains(out, fact)) out.push_back(fact);
      }
    }
  }
  return out;
}

class Drawing {
 public:
  Drawing(const Pack& pack, const Benefit& benefit, Day day) : benefit_(benefit) {
    for (const Fact& fact : pack.schema.facts) env_.push_back(fact.range);
    env_[kAsOf] = Interval::Of(day);
    for (const ParamSlot& slot : pack.schema.slots) params_.push_back(pack.schema.SlotValue(slot, day));
  }

  std::optional<std::int64_t> At(int fact, std::int64_t x) {
    env_[static_cast<std::size_t>(fact)] = Interval::Of(x);
    for (const Row& row : benefit_.rows) {
      if (StateOf(Evaluate(row.when.program, env_, params_)) != State::Yes) continue;
      const Interval pay = Evaluate(row.pay.program, env_, params_);
      return pay.Known() ? std::optional(pay.lo) : std::nullopt;
    }
    return std::nullopt;
  }

  void Set(int fact, std::int64_t value) { env_[static_cast<std::size_t>(fact)] = Interval::Of(value); }
  Interval Param(int slot) const { return params_[static_cast<std::size_t>(slot)]; }

 private:
  const Benefit& benefit_;
  std::vector<Interval> env_;
  std::vector<Interval> params_;
};

// The part of a number's range worth drawing: around the values where a row begins or ends, or up to where the amount no longer moves.
Interval Window(const Pack& pack, const Benefit& benefit, int fact, Drawing& drawing) {
  const Fact& own = pack.schema.facts[static_cast<std::size_t>(fact)];
  std::vector<std::int64_t> cuts;
  for (const Row& row : benefit.rows) {
    for (const Cut& cut : row.when.cuts.points) {
      if (cut.fact != fact || cut.value <= own.range.lo || cut.value > own.range.hi) continue;
      const Interval param = cut.slot < 0 ? Interval::Of(0) : drawing.Param(cut.slot);
      if (param.Published()) cuts.push_back(cut.value + param.lo);
    }
  }
  if (!cuts.empty()) {
    const auto [lo, hi] = std::minmax_element(cuts.begin(), cuts.end());
    const std::int64_t margin = std::max<std::int64_t>((*hi - *lo) / 4, own.money ? 10000 : 3);
    return {std::max(own.range.lo, *lo - margin), std::min(own.range.hi, *hi + margin)};
  }
  const auto last = drawing.At(fact, own.range.hi);
  std::int64_t lo = own.range.lo;
  std::int64_t hi = own.range.hi;
  while (lo < hi) {  // amounts that are min(cap, share) grow until the cap
    const std::int64_t middle = lo + (hi - lo) / 2;
    if (drawing.At(fact, middle) == last) {
      hi = middle;
    } else {
      lo = middle + 1;
    }
  }
  const std::int64_t round = own.money ? 10000 : 10;
  const std::int64_t usual = own.money ? 1000000 : 200;
  const std::int64_t wanted = lo < own.range.hi - (own.range.hi - own.range.lo) / 10 ? lo + lo / 3 + 1 : own.range.lo + usual;
  return {own.range.lo, std::min(own.range.hi, (wanted + round - 1) / round * round)};
}

std::string Number(double value) {
  std::array<char, 32> text{};
  std::snprintf(text.data(), text.size(), "%.1f", value);
  return text.data();
}

std::int64_t NiceStep(std::int64_t span, std::int64_t parts) {
  const double raw = std::max(1.0, static_cast<double>(span) / static_cast<double>(parts));
  const double power = std::pow(10.0, std::floor(std::log10(raw)));
  for (double factor : {1.0, 2.0, 5.0, 10.0}) {
    if (raw <= factor * power) return static_cast<std::int64_t>(factor * power);
  }
  return static_cast<std::int64_t>(10 * power);
}

class Painter {
 public:
  Painter(const Chart& chart, const Pack& pack, const Benefit& benefit, const RuleText& words)
      : chart_(chart), fact_(pack.schema.facts[static_cast<std::size_t>(chart.fact)]), pack_(pack), benefit_(benefit), words_(words) {
    for (const Series& series : chart.series) {
      for (const auto& amount : series.amounts) top_ = std::max(top_, amount.value_or(0));
    }
    step_ = NiceStep(Days() ? top_ : (top_ + 99) / 100, 5) * (Days() ? 1 : 100);
    top_ = std::max<std::int64_t>((top_ + step_ - 1) / step_ * step_, step_);
  }

  std::string Run() {
    const std::string unit = Say(Days() ? "review.chart.days" : "review.chart.yuan");
    const std::string name = "<code>" + Escape(fact_.name) + "</code>";
    std::string out = "<figure class=\"chart\">\n<figcaption>" + Text("review.chart.caption", {{"fact", name}, {"unit", unit}}) + "</figcaption>\n";
    out += "<div class=\"chart-pair\">\n" + Svg(unit) + Table(unit) + "</div>\n</figure>\n";
    return out;
  }

 private:
  bool Days() const { return benefit_.kind == PayKind::LeaveDays; }
  bool List() const { return fact_.type.kind == Kind::Enum || fact_.type.kind == Kind::Bool; }
  std::string Amount(std::int64_t value) const { return Days() ? Count(value) : YuanFigure(value); }
  std::string At(std::int64_t x) const { return words_.Value(WriteValue(x, fact_.type, pack_.schema), fact_.name); }
  std::string Plain(std::int64_t x) const { return fact_.money ? YuanFigure(x) : Count(x); }

  // Between two labels of the x axis.
  std::int64_t Step() const {
    const std::int64_t span = chart_.x.back() - chart_.x.front();
    return fact_.money ? NiceStep(std::max<std::int64_t>(span / 100, 1), 8) * 100 : NiceStep(span, 8);
  }

  double X(std::int64_t x) const {
    const auto first = static_cast<double>(chart_.x.front());
    const double span = std::max(1.0, static_cast<double>(chart_.x.back()) - first);
    return kLeft + (static_cast<double>(x) - first) / span * (kWidth - kLeft - kRight);
  }
  double Y(std::int64_t amount) const { return kTop + (1 - static_cast<double>(amount) / static_cast<double>(top_)) * (kHeight - kTop - kBottom); }

  std::string Name(const Series& series) const {
    std::string out;
    for (std::size_t i = 0; i < series.names.size() && i < 3; ++i) out += (i == 0 ? "" : "、") + series.names[i];
    if (series.names.size() > 3) out = Text("review.chart.and_more", {{"names", out}, {"count", std::to_string(series.names.size())}});
    return out;
  }

  std::string Line(double x1, double y1, double x2, double y2, const char* kind) const {
    return "<line class=\"" + std::string(kind) + "\" x1=\"" + Number(x1) + "\" y1=\"" + Number(y1) + "\" x2=\"" + Number(x2) + "\" y2=\"" +
           Number(y2) + "\"/>";
  }
  std::string Label(double x, double y, const char* anchor, const std::string& text) const {
    return "<text x=\"" + Number(x) + "\" y=\"" + Number(y) + "\" text-anchor=\"" + anchor + "\">" + text + "</text>\n";
  }

  std::string Svg(const std::string& unit) const {
    std::string out = "<svg viewBox=\"0 0 " + Number(kWidth) + " " + Number(kHeight) + "\" role=\"img\" aria-label=\"";
    out += Text("review.chart.label", {{"fact", Escape(fact_.name)}, {"unit", unit}}) + "\">\n";
    for (std::int64_t amount = 0; amount <= top_; amount += step_) {
      out += Line(kLeft, Y(amount), kWidth - kRight, Y(amount), amount == 0 ? "axis" : "grid");
      out += Label(kLeft - 8, Y(amount) + 4, "end", Amount(amount));
    }
    out += Label(kLeft - 8, kTop - 14, "end", unit);
    out += List() ? Bars() : Lines();
    return out + "</svg>\n";
  }

  std::string Bars() const {
    std::string out;
    const double slot = (kWidth - kLeft - kRight) / static_cast<double>(chart_.x.size());
    const double bar = slot * 0.7 / static_cast<double>(chart_.series.size());
    for (std::size_t i = 0; i < chart_.x.size(); ++i) {
      const double middle = kLeft + slot * (static_cast<double>(i) + 0.5);
      for (std::size_t s = 0; s < chart_.series.size(); ++s) {
        const auto& amount = chart_.series[s].amounts[i];
        if (!amount) continue;
        const double left = middle - slot * 0.35 + bar * static_cast<double>(s);
        out += "<rect class=\"s" + std::to_string(s) + "\" x=\"" + Number(left) + "\" y=\"" + Number(Y(*amount)) + "\" width=\"" +
               Number(bar * 0.92) + "\" height=\"" + Number(Y(0) - Y(*amount)) + "\"/>";
        if (chart_.x.size() * chart_.series.size() <= 16) out += Label(left + bar * 0.46, Y(*amount) - 5, "middle", Amount(*amount));
      }
      out += Label(middle, kHeight - kBottom + 20, "middle", At(chart_.x[i]));
    }
    return out;
  }

  std::string Lines() const {
    std::string out;
    const std::int64_t step = Step();
    for (std::int64_t x = (chart_.x.front() + step - 1) / step * step; x <= chart_.x.back(); x += step) {
      out += Line(X(x), kHeight - kBottom, X(x), kHeight - kBottom + 5, "axis") + Label(X(x), kHeight - kBottom + 20, "middle", Plain(x));
    }
    for (std::size_t s = 0; s < chart_.series.size(); ++s) {
      const auto& amounts = chart_.series[s].amounts;
      std::string path;
      bool down = false;
      for (std::size_t i = 0; i < amounts.size(); ++i) {
        if (!amounts[i]) {
          down = false;
          continue;
        }
        if (down && chart_.steps && amounts[i - 1] != amounts[i]) path += "L" + Number(X(chart_.x[i])) + " " + Number(Y(*amounts[i - 1]));
        path += (down ? "L" : "M") + Number(X(chart_.x[i])) + " " + Number(Y(*amounts[i]));
        down = true;
      }
      if (!path.empty()) out += "<path class=\"s" + std::to_string(s) + "\" d=\"" + path + "\"/>\n";
    }
    return out;
  }

  // Runs of x with one amount as one line; what moves all the time at a few points.
  std::string Table(const std::string& unit) const {
    std::string out = "<div class=\"chart-table\"><table>\n<thead><tr><th scope=\"col\"><code>" + Escape(fact_.name) + "</code></th>";
    for (std::size_t s = 0; s < chart_.series.size(); ++s) {
      const std::string name = chart_.series.size() < 2 ? unit : Name(chart_.series[s]);
      out += "<th scope=\"col\"><span class=\"" + std::string(List() ? "block s" : "key s") + std::to_string(s) + "\"></span>" + name + "</th>";
    }
    out += "</tr></thead>\n<tbody>\n";
    auto row = [&](const std::string& head, std::size_t at) {
      out += "<tr><th scope=\"row\">" + head + "</th>";
      for (const Series& series : chart_.series) out += "<td>" + (series.amounts[at] ? Amount(*series.amounts[at]) : "–") + "</td>";
      out += "</tr>\n";
    };
    auto same = [&](std::size_t a, std::size_t b) {
      return std::all_of(chart_.series.begin(), chart_.series.end(), [&](const Series& s) { return s.amounts[a] == s.amounts[b]; });
    };
    if (List()) {
      for (std::size_t i = 0; i < chart_.x.size(); ++i) row(At(chart_.x[i]), i);
    } else {
      std::vector<std::size_t> starts = {0};
      for (std::size_t i = 1; i < chart_.x.size(); ++i) {
        if (!same(i - 1, i)) starts.push_back(i);
      }
      if (starts.size() <= 14) {
        for (std::size_t k = 0; k < starts.size(); ++k) {
          const std::size_t last = k + 1 < starts.size() ? starts[k + 1] - 1 : chart_.x.size() - 1;
          const std::string from = Plain(chart_.x[starts[k]]);
          row(last == starts[k] ? from : from + "–" + Plain(chart_.x[last]), starts[k]);
        }
      } else {
        const std::int64_t step = Step();
        for (std::size_t i = 0; i < chart_.x.size(); ++i) {
          if (chart_.x[i] % step == 0 || i == 0 || i + 1 == chart_.x.size()) row(Plain(chart_.x[i]), i);
        }
      }
    }
    return out + "</tbody></table></div>\n";
  }

  static constexpr double kWidth = 640;
  static constexpr double kHeight = 300;
  static constexpr double kLeft = 64;
  static constexpr double kRight = 20;
  static constexpr double kTop = 34;
  static constexpr double kBottom = 34;
  const Chart& chart_;
  const Fact& fact_;
  const Pack& pack_;
  const Benefit& benefit_;
  const RuleText& words_;
  std::int64_t top_ = 1;
  std::int64_t step_ = 1;
};

}  // namespace

Chart AmountChart(const Pack& pack, const Benefit& benefit, Day day, const RuleText& words) {
  Chart chart;
  if (benefit.form != AmountForm::Table) return chart;
  const auto& facts = pack.schema.facts;
  const std::vector<int> all = FactsOf(benefit);
  auto find = [&](Kind kind, bool two) {
    for (int fact : all) {
      const Fact& one = facts[static_cast<std::size_t>(fact)];
      if (chart.fact < 0 && one.type.kind == kind && (two || kind != Kind::Bool)) chart.fact = fact;
    }
  };
  find(Kind::Int, false);
  find(Kind::Enum, false);
  find(Kind::Bool, true);
  if (chart.fact < 0) return chart;

  // The other facts: every value of a list; a number or date that is not drawn makes the amount open.
  std::vector<int> others;
  std::size_t combinations = 1;
  for (int fact : all) {
    const Fact& one = facts[static_cast<std::size_t>(fact)];
    if (fact == chart.fact || (one.type.kind != Kind::Enum && one.type.kind != Kind::Bool)) continue;
    combinations *= static_cast<std::size_t>(one.range.hi - one.range.lo + 1);
    if (combinations > kMostCombinations) return Chart{};
    others.push_back(fact);
  }
  Drawing drawing(pack, benefit, day);
  auto choose = [&](std::size_t index) {
    std::string name;
    for (int fact : others) {
      const Fact& one = facts[static_cast<std::size_t>(fact)];
      const auto count = static_cast<std::size_t>(one.range.hi - one.range.lo + 1);
      const std::int64_t value = one.range.lo + static_cast<std::int64_t>(index % count);
      index /= count;
      drawing.Set(fact, value);
      const bool flag = one.type.kind == Kind::Bool;
      name += (name.empty() ? "" : " · ") + (flag ? "<code>" + Escape(one.name) + "</code> " : "") +
              words.Value(WriteValue(value, one.type, pack.schema), one.name);
    }
    return name;
  };
  const Fact& main = facts[static_cast<std::size_t>(chart.fact)];
  if (main.type.kind == Kind::Int) {
    Interval window;
    for (std::size_t c = 0; c < combinations; ++c) {
      choose(c);
      const Interval own = Window(pack, benefit, chart.fact, drawing);
      window = c == 0 ? own : Interval{std::min(window.lo, own.lo), std::max(window.hi, own.hi)};
    }
    const std::int64_t span = window.hi - window.lo;
    chart.steps = span <= kMostSteps && !main.money;
    // Round values, so that those named on the axis are among them.
    const std::int64_t every = chart.steps  ? 1
                               : main.money ? NiceStep(std::max<std::int64_t>(span / 100, 1), kSamples) * 100
                                            : NiceStep(span, kSamples);
    chart.x.push_back(window.lo);
    for (std::int64_t x = (window.lo / every + 1) * every; x < window.hi; x += every) chart.x.push_back(x);
    chart.x.push_back(window.hi);
  } else {
    for (std::int64_t x = main.range.lo; x <= main.range.hi; ++x) chart.x.push_back(x);
  }
  for (std::size_t c = 0; c < combinations; ++c) {
    Series series;
    series.names = {choose(c)};
    for (std::int64_t x : chart.x) series.amounts.push_back(drawing.At(chart.fact, x));
    if (std::none_of(series.amounts.begin(), series.amounts.end(), [](const auto& a) { return a.has_value(); })) continue;
    const auto same = std::find_if(chart.series.begin(), chart.series.end(), [&](const Series& s) { return s.amounts == series.amounts; });
    if (same != chart.series.end()) {
      same->names.push_back(series.names[0]);
    } else {
      chart.series.push_back(std::move(series));
    }
  }
  if (chart.series.empty() || chart.series.size() > kMostSeries) return Chart{};
  return chart;
}

std::string ChartHtml(const Chart& chart, const Pack& pack, const Benefit& benefit, const RuleText& words) {
  return chart.fact < 0 ? "" : Painter(chart, pack, benefit, words).Run();
}

}  // namespace chuncheng
