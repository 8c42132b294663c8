// What the policy says, as texts that the search finds beside the facilities.
#pragma once
#include <string>
#include <vector>

#include "shared/benefits/pack.h"

namespace chuncheng {

struct Document {
  std::string kind;  ///< benefit, plan, indicator or source
  std::string id, name, text;
  std::string benefit;  ///< of an entry of the plan
};

/// Benefits (title; summary and why), what the plan gives (title; note and place), its policies, support, pilots and platforms (title; summary, goal,
/// what it means for a family, what is unclear, place), its indicators (title; theme, figures, what is unclear), sources (title; number, issuer and
/// our summaries of their clauses), in the pack's order. Of a pack that has been checked.
std::vector<Document> Documents(const PackFiles& files);

}  // namespace chuncheng
