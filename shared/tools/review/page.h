// The review pages of a pack: what policy staff read before it is published.
#pragma once
#include <string>

#include "shared/benefits/pack.h"

namespace chuncheng {

struct ReviewedPack {
  const Pack& pack;
  const PackFiles& files;
  Day day = 0;  ///< the data date: which amounts the charts show
};

/// One benefit: summary, criteria with the rule in words, table of amounts for each period, params with their history, how to apply, worked
/// examples with their result, a chart of the amount by the main input, and the clauses behind all of it. `index` must be a benefit of the pack.
std::string BenefitPage(const ReviewedPack& reviewed, std::size_t index);
/// The list of all benefits, with what is still to be confirmed.
/// `compared`: there is a comparison page to point to.
std::string IndexPage(const ReviewedPack& reviewed, bool compared);
/// What a comparison (`CompareOnCorpus`) found, with the shortest household for each kind of change.
std::string ComparisonPage(const json::value& comparison, const ReviewedPack& before, const ReviewedPack& after);

}  // namespace chuncheng
