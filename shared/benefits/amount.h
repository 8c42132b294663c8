// What an assessment pays, written down (docs/interfaces.md section 2).
#pragma once
#include "shared/benefits/assess.h"

namespace chuncheng {

/// {"kind","per","min"?,"max"?,"partly_unpublished"?,"rows"?}: fen or days. Only for a verdict that is not no.
json::object WriteAmount(const Benefit& benefit, const AmountRange& amount);

/// The clauses behind it on that day, each once: of the rows still reachable and of the params they pay.
std::vector<std::string> AmountCites(const Pack& pack, const Benefit& benefit, const AmountRange& amount, Day on);

}  // namespace chuncheng
