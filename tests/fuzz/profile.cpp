// A household against the published pack: what it is told, and what is built on that.
#include "shared/benefits/combine.h"
#include "shared/benefits/household.h"
#include "shared/benefits/questions.h"
#include "shared/benefits/steps.h"
#include "tests/fuzz/fuzz.h"
#include "tests/unit/kunming.h"

namespace {

using namespace chuncheng;

void CheckResult(const json::value& result) {
  for (const auto& one : result.at("results").as_array()) {
    const auto& verdict = one.at("verdict").as_string();
    Must(verdict == "yes" || verdict == "no" || verdict == "open", "a verdict is one of three");
    Must((verdict == "no") == !one.at("failed").as_array().empty(), "a refusal names what failed, and only a refusal does");
    const auto* amount = one.as_object().if_contains("amount");
    const auto* least = amount == nullptr ? nullptr : amount->as_object().if_contains("min");
    if (least != nullptr) Must(least->to_number<std::int64_t>() <= amount->at("max").to_number<std::int64_t>(), "min is not above max");
    if (least != nullptr) Must(least->to_number<std::int64_t>() >= 0, "nobody is to pay");
  }
}

}  // namespace

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto profile = DocumentOf({reinterpret_cast<const char*>(data), size});
  if (!profile) return 0;
  const Pack& pack = KunmingPack();
  const auto result = Twice([&] { return EvaluateProfile(pack, *profile, "input"); });
  const auto sums = Combine(pack, *profile, "input");
  const auto steps = WhatWouldChange(pack, *profile, "input");
  const auto next = NextQuestion(pack, json::object{{"profile", *profile}}, "input");
  Must(static_cast<bool>(sums) == result.has_value() && static_cast<bool>(steps) == result.has_value() &&
           static_cast<bool>(next) == result.has_value(),
       "every call takes the profiles that eval takes");
  if (!result) return 0;
  CheckResult(*result);
  Must(next->as_object().contains("ask") != result->at("ask").as_array().empty(), "there is a next question while something can be asked");
  return 0;
}
