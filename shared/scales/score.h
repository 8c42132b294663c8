// Scores the answers to a scale. Missing answers give the grades that some completion still reaches, exactly.
#pragma once
#include <string_view>
#include <vector>

#include "shared/base/json.h"
#include "shared/scales/scale.h"

namespace chuncheng {

/// {"scale","answers":{item:score},"flags":{flag:bool}} → km-score/1 (docs/interfaces.md section 8). An item or flag left out is unknown.
/// Cost: items² × the largest sum, and 2^(unknown flags), of which a scale has at most 10. Error: the first problem, located in `file`.
Result<json::value> ScoreAnswers(const std::vector<Scale>& scales, const json::value& input, std::string_view file);

/// The sums of one option for each of `items` where answered says -1 and the answer otherwise: at [s] whether s can be reached.
std::vector<bool> ReachableSums(const Scale& scale, const std::vector<std::size_t>& items, const std::vector<std::int64_t>& answers);

/// The grade after the adjustments whose flags hold (by their order in the scale). Of the group `all_of` all apply, not only the first.
int Adjusted(const Scale& scale, int grade, const std::vector<bool>& flags, int all_of = -1);

}  // namespace chuncheng
