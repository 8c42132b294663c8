// Which benefit stands for each entry of the city's plan, and how far its rules are published.
#pragma once
#include "shared/benefits/pack.h"

namespace chuncheng {

/// plan-benefits.json into `pack.plan`; the benefits must have been read. Errors: an entry twice (NameDuplicate), a benefit that does not
/// exist (BenefitUnknown), texts and shapes.
void ReadPlanBenefits(const Node& root, Pack& pack);

/// {"format":"km-coverage/1","plan":[{"entry","benefit","status","amount","confidence"}],"others":[{"benefit",…}]}: `plan` in the file's
/// order, `others` = the benefits that no entry names, in the pack's order. `status`: calculable = it has a table of amounts; eligibility =
/// who is entitled is known, how much is not, or it is no number; listed = a public duty nobody applies for, or no condition is published.
/// `amount`: the benefit's kind, or unpublished. `confidence`: {"conditions","amount"}: status of the weakest clause behind each.
/// `input` must be an object, it may be empty.
/// Cost: linear in the pack.
Result<json::value> PlanCoverage(const Pack& pack, const json::value& input, std::string_view file);

}  // namespace chuncheng
