// What in a policy may be out of date on a day.
#pragma once
#include "shared/benefits/pack.h"

namespace chuncheng {

struct Warning {
  enum class Kind : std::uint8_t { Ended, Ends, Unconfirmed };
  Kind kind = Kind::Ended;
  std::optional<Day> date;  ///< last day in force; when the param was last confirmed, nothing = never noted
  std::string param;        ///< of Unconfirmed
  std::vector<std::string> cite;
};

constexpr Day kEndsWithin = 90;  ///< days before its last day on which a benefit begins to be called ending

/// ended: `in_force` is over. ends: its last day is within kEndsWithin days. unconfirmed: a param that a criterion or one of `rows` reads is in a
/// period that nobody has confirmed for more than the pack's grace_months; without `rows` every row counts, after the end none.
std::vector<Warning> WarningsFor(const Pack& pack, const Benefit& benefit, Day as_of, const std::vector<int>* rows = nullptr);
/// {"kind","date"?,"param"?,"cite"}
json::object WriteWarning(const Warning& warning);

/// {"as_of":"YYYY-MM-DD"} → km-stale/1 (docs/interfaces.md section 8), in the pack's order.
Result<json::value> StaleOf(const Pack& pack, const json::value& request, std::string_view file);

}  // namespace chuncheng
