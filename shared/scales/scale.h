// An assessment scale as data (docs/pack-format.md): items are answered with a score, sums fall into bands, bands meet in a table, flags
// change the level. The three scales of the Kunming pack are one mechanism with different data.
#pragma once
#include <functional>
#include <string>
#include <vector>

#include "shared/base/json.h"
#include "shared/rules/schema.h"

namespace chuncheng {

struct ScaleItem {
  std::string id;
  std::vector<std::int64_t> scores;  ///< of the options, as written
  bool confirm = false;              ///< the wording of its options is to be confirmed
};

struct ScaleBand {
  std::string id;
  Interval scores;
};

struct ScaleDimension {
  std::string id;
  std::vector<std::size_t> items;
  std::vector<ScaleBand> bands;  ///< from able to unable; none when only the total counts
};

struct ScaleAdjustment {
  std::string flag;
  int set = -1;    ///< the grade it sets, or -1
  int raise = 0;   ///< levels worse, at most to the last grade
  int group = -1;  ///< of one group only the first that holds applies
  bool confirm = false;
};

struct Scale {
  std::string id;
  std::vector<std::string> grades;  ///< from able to unable
  std::string fact;                 ///< the fact that a grade answers, "" = none
  std::vector<std::string> values;  ///< its value for each grade
  std::vector<ScaleItem> items;
  std::vector<ScaleDimension> dimensions;
  std::vector<ScaleBand> total;              ///< bands of the sum of all items; empty when `rows` and `columns` say
  int rows = -1;                             ///< dimension whose band picks the row
  std::vector<int> columns;                  ///< dimensions of which the worst band picks the column; may be empty
  std::vector<std::vector<int>> table;       ///< grade by row and column; of a total: by band, one column
  std::vector<ScaleAdjustment> adjustments;  ///< in the order they apply
  std::vector<bool> groups;                  ///< of adjustments; true = that only one applies is to be confirmed
  bool confirm = false;                      ///< items, bands or table rest on a clause to be confirmed
};

/// Checks a `cite` array and says whether one of its clauses is to be confirmed.
using CiteReader = std::function<bool(const Node& cite)>;

/// Reads `scales/<id>.json` and appends it. Problems go to the node's diagnostics; a scale with a problem may be appended in part.
void ReadScale(const Node& root, const Schema& schema, const CiteReader& cites, std::vector<Scale>& out);

}  // namespace chuncheng
