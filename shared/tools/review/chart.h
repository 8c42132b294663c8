// A benefit's amount by its main input, as numbers and as a picture.
#pragma once
#include <string>
#include <vector>

#include "shared/benefits/pack.h"
#include "shared/tools/review/rule_text.h"

namespace chuncheng {

/// One line of the chart: the other inputs' values and, for each x, the amount (nothing where no row or no published amount is met).
struct Series {
  std::vector<std::string> names;  ///< of the other inputs' values, escaped; several when their amounts are the same everywhere
  std::vector<std::optional<std::int64_t>> amounts;
};

struct Chart {
  int fact = -1;  ///< the main input; -1: there is nothing to draw
  bool steps = false;
  std::vector<std::int64_t> x;
  std::vector<Series> series;
};

/// Main input: the first number among the table's inputs and what its amounts are reckoned from, else the first list, else the first yes/no. The
/// other lists take each of their values; values with the same amounts share a line, and more than six lines are not drawn. `day`: which params hold.
Chart AmountChart(const Pack& pack, const Benefit& benefit, Day day, const RuleText& words);

/// An inline SVG with a title for screen readers and the table of the same numbers beside it.
std::string ChartHtml(const Chart& chart, const Pack& pack, const Benefit& benefit, const RuleText& words);

}  // namespace chuncheng
