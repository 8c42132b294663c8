// The pack's own words, as the command line prints them.
#pragma once
#include <string>
#include <string_view>

#include "shared/base/json.h"

namespace chuncheng {

/// The Chinese text under `key`, "" when there is none.
std::string Zh(const json::value& owner, std::string_view key);
/// An `amount` of a result in words; `benefit` is the benefit's document, for what is given in kind or not published.
std::string AmountText(const json::object& amount, const json::value& benefit);

}  // namespace chuncheng
