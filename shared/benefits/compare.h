// Two packs on the same generated households: who gains, who loses, whose amount moves.
#pragma once
#include "shared/benefits/generate.h"

namespace chuncheng {

struct ComparedPack {
  const Pack* pack = nullptr;
  const PackFiles* files = nullptr;
};

struct CompareOptions {
  std::size_t count = 10000;
  GenerateOptions generate;
};

/// {"format":"km-review/1","profiles","seed","as_of","people","benefits":[{"benefit","state":"same|changed|new|gone","considered",
///   "verdicts":{"no":{"no","open","yes"},"open":{…},"yes":{…}}, "amount":{"up","up_sum","down","down_sum","range","published","withdrawn"},
///   "examples":[{"change":"yes-no"|…|"up"|"down"|"range"|"published"|"withdrawn","subject","before":{"verdict","min"?,"max"?},"after":{…},
///   "profile"}]}]}.
/// "same": nothing the verdict or the amount rests on differs, so the households are not tried and the counts are absent. "new"/"gone": `verdicts`
/// has the one row "absent" or column "absent". `up`/`down` count people who are entitled before and after, with one exact amount each; the sums are
/// fen (days for leave) by the benefit's own period. `range`: entitled or open before and after, and the bounds differ. Examples are shortened: a
/// fact is left out when the change stays what it is. Cost: count × people × changed benefits × two assessments.
json::value CompareOnCorpus(ComparedPack before, ComparedPack after, const CompareOptions& options);

}  // namespace chuncheng
