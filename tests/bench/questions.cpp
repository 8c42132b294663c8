// How many questions until everything is settled: the product's order against a fixed order and Publicodes' rule, on the same generated households.
//   question_bench HOUSEHOLDS PACK [OUT.json]
#include "shared/benefits/questions.h"

#include <algorithm>
#include <bit>
#include <boost/json/serialize.hpp>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <functional>
#include <numeric>

#include "shared/benefits/generate.h"
#include "shared/tools/files.h"

namespace chuncheng {
namespace {

// One household that is being asked: what is known so far, and what each open benefit would gain from each answer.
class Interview {
 public:
  Interview(const Pack& pack, const Profile& hidden) : pack_(pack), hidden_(hidden), assessor_(pack, hidden.as_of), known_(hidden) {
    for (Person& person : known_.people) person.facts.clear();
    standings_ = AssessAll(pack, known_, assessor_);
    questions_.resize(standings_.size());
    for (std::size_t s = 0; s < standings_.size(); ++s) Weigh(s);
  }

  const Pack& pack() const { return pack_; }
  const Profile& known() const { return known_; }
  const std::vector<Standing>& standings() const { return standings_; }

  // As OpenQuestions over all standings.
  std::vector<Question> Open() const {
    std::vector<Question> out;
    for (std::size_t s = 0; s < standings_.size(); ++s) {
      for (const Question& one : questions_[s]) {
        auto at = std::find_if(out.begin(), out.end(), [&](const Question& q) { return q.person == one.person && q.fact == one.fact; });
        if (at == out.end()) at = out.insert(out.end(), {one.person, one.fact, {}, 0});
        for (Effect effect : one.effects) {
          effect.standing = s;
          at->effects.push_back(effect);
        }
      }
    }
    return out;
  }

  void Answer(std::size_t person, int fact) {
    const auto& facts = hidden_.people[person].facts;
    const auto hidden = std::find_if(facts.begin(), facts.end(), [&](const auto& one) { return one.first == fact; });
    known_.people[person].facts.push_back(*hidden);
    known_.asking = person;
    for (std::size_t s = 0; s < standings_.size(); ++s) {
      Standing& standing = standings_[s];
      const Benefit& benefit = pack_.benefits[standing.benefit];
      const bool reads = std::find(benefit.bases.begin(), benefit.bases.end(), fact) != benefit.bases.end();
      if (!reads || known_.OwnerOf(pack_.schema, fact, standing.person) != person) continue;
      standing.assessment = assessor_.Assess(benefit, known_.AnswersOf(pack_.schema, standing.person));
      Weigh(s);
    }
  }

 private:
  void Weigh(std::size_t s) { questions_[s] = OpenQuestions(pack_, known_, assessor_, {standings_[s]}); }

  const Pack& pack_;
  const Profile& hidden_;
  Assessor assessor_;
  Profile known_;
  std::vector<Standing> standings_;
  std::vector<std::vector<Question>> questions_;  // by standing
};

using Asked = std::pair<std::size_t, int>;
// The next question, of `open`, which is never empty. Publicodes may also name one that cannot change anything.
using Strategy = std::function<Asked(const Interview&, std::vector<Question>)>;

Asked Ours(const Interview& interview, std::vector<Question> open) {
  OrderQuestions(interview.pack(), interview.standings(), interview.known().asking, open);
  return {open.front().person, open.front().fact};
}

// Person by person, in the order of facts.json; what cannot change anything any more is left out.
Asked Fixed(const Interview&, std::vector<Question> open) {
  const auto first = std::min_element(open.begin(), open.end(),
                                      [](const Question& a, const Question& b) { return std::pair(a.person, a.fact) < std::pair(b.person, b.fact); });
  return {first->person, first->fact};
}

// The variable missing in most goals, first come first among equals. Missing in a goal: what its open criteria and its amount read, as long as no
// criterion fails and something of it is open.
Asked Publicodes(const Interview& interview, const std::vector<Question>& /*open*/) {
  std::vector<std::pair<Asked, int>> counts;
  const Schema& schema = interview.pack().schema;
  for (const Standing& standing : interview.standings()) {
    if (standing.assessment.ask.empty()) continue;
    const Benefit& benefit = interview.pack().benefits[standing.benefit];
    const Answers answers = interview.known().AnswersOf(schema, standing.person);
    std::vector<int> missing;
    auto add = [&](const Rule& rule) {
      for (int base : rule.bases) {
        if (!answers[static_cast<std::size_t>(base)].Known() && std::find(missing.begin(), missing.end(), base) == missing.end())
          missing.push_back(base);
      }
    };
    for (std::size_t c = 0; c < benefit.criteria.size(); ++c) {
      if (standing.assessment.criteria[c] == State::Open) add(benefit.criteria[c].when);
    }
    for (int row : standing.assessment.amount.rows) {
      add(benefit.rows[static_cast<std::size_t>(row)].when);
      add(benefit.rows[static_cast<std::size_t>(row)].pay);
    }
    for (int fact : missing) {
      const Asked asked(interview.known().OwnerOf(schema, fact, standing.person), fact);
      auto at = std::find_if(counts.begin(), counts.end(), [&](const auto& one) { return one.first == asked; });
      if (at == counts.end()) at = counts.insert(counts.end(), {asked, 0});
      ++at->second;
    }
  }
  return std::max_element(counts.begin(), counts.end(), [](const auto& a, const auto& b) { return a.second < b.second; })->first;
}

// The highest sum over the effects, first come first among equals; with `by_person`, one person after the other.
Strategy Greedy(std::function<double(const Interview&, const Effect&)> gain, bool effort, bool by_person) {
  return [=](const Interview& interview, std::vector<Question> open) {
    auto score = [&](const Question& question) {
      double sum = 0;
      for (const Effect& effect : question.effects) sum += static_cast<double>(effect.share) * gain(interview, effect);
      return effort ? sum / interview.pack().schema.facts[static_cast<std::size_t>(question.fact)].effort : sum;
    };
    std::size_t person = open.front().person;
    for (const Question& question : open) person = std::min(person, question.person);
    const Question* best = nullptr;
    double highest = 0;
    for (const Question& question : open) {
      if (by_person && question.person != person) continue;
      const double own = score(question);
      if (best == nullptr || own > highest) {
        best = &question;
        highest = own;
      }
    }
    return Asked(best->person, best->fact);
  };
}

double Settles(const Interview&, const Effect& effect) { return effect.left == 0 ? 1 : 0; }
double Share(const Interview&, const Effect& effect) { return static_cast<double>(effect.asked - effect.left) / static_cast<double>(effect.asked); }
double Removed(const Interview&, const Effect& effect) { return static_cast<double>(effect.asked - effect.left); }
std::int64_t StakeOf(const Interview& interview, const Effect& effect) {
  const Standing& standing = interview.standings()[effect.standing];
  return Stake(interview.pack().benefits[standing.benefit], standing.assessment);
}
double ShareBits(const Interview& interview, const Effect& effect) {
  return Share(interview, effect) * static_cast<double>(std::bit_width(static_cast<std::uint64_t>(StakeOf(interview, effect))));
}
double SettlesBits(const Interview& interview, const Effect& effect) {
  return Settles(interview, effect) * static_cast<double>(std::bit_width(static_cast<std::uint64_t>(StakeOf(interview, effect))));
}
double SettlesMoney(const Interview& interview, const Effect& effect) {
  return Settles(interview, effect) * static_cast<double>(StakeOf(interview, effect));
}
double ShareMoney(const Interview& interview, const Effect& effect) {
  return Share(interview, effect) * static_cast<double>(StakeOf(interview, effect));
}

int Run(int households, const char* folder, const char* out_file) {
  Diagnostics problems;
  const PackFiles files = ReadPackFolder(folder, problems);
  const Pack pack = ReadPack(files, problems);
  if (!problems.empty()) return 1;
  const std::pair<const char*, Strategy> strategies[] = {
      {"ours", Ours},
      {"fixed order", Fixed},
      {"publicodes", Publicodes},
      {"greedy: verdicts settled", Greedy(Settles, false, false)},
      {"greedy: verdicts settled x log stake / effort", Greedy(SettlesBits, true, false)},
      {"greedy: verdicts settled x stake / effort", Greedy(SettlesMoney, true, false)},
      {"greedy: share", Greedy(Share, false, false)},
      {"greedy: share, by person", Greedy(Share, false, true)},
      {"greedy: share x log stake", Greedy(ShareBits, false, false)},
      {"greedy: share x log stake, by person", Greedy(ShareBits, false, true)},
      {"greedy: share x log stake / effort", Greedy(ShareBits, true, false)},
      {"greedy: share x stake / effort", Greedy(ShareMoney, true, false)},
      {"greedy: questions removed", Greedy(Removed, false, false)},
      {"greedy: questions removed / effort", Greedy(Removed, true, false)},
  };
  std::printf("%d households, %s\n%-48s %7s %5s %8s %8s %10s\n", households, folder, "order", "mean", "p90", "effort", "turns", "in 10");
  const Pack* const packs[] = {&pack};
  json::array lines;
  for (const auto& [name, next] : strategies) {
    Generator generator(packs, {.seed = 2026, .as_of = *ParseDay("2026-11-23"), .other_days = 0, .gaps = 0, .boundaries = 30});
    std::vector<int> counts;
    double effort = 0;
    double turns = 0;
    double settled = 0;
    for (int h = 0; h < households; ++h) {
      const auto profile = ReadProfile(pack, generator.Next(), "generated");
      if (!profile) return 1;
      Interview interview(pack, *profile);
      int asked = 0;
      for (;;) {
        auto open = interview.Open();
        if (open.empty()) break;
        const auto before = interview.known().asking;
        const auto [person, fact] = next(interview, std::move(open));
        turns += before != person ? 1 : 0;
        interview.Answer(person, fact);
        effort += pack.schema.facts[static_cast<std::size_t>(fact)].effort;
        if (++asked == 10) {
          const auto& all = interview.standings();
          settled += static_cast<double>(std::count_if(all.begin(), all.end(), [](const Standing& s) { return s.assessment.ask.empty(); })) /
                     static_cast<double>(all.size());
        }
      }
      if (asked < 10) settled += 1;
      counts.push_back(asked);
    }
    std::sort(counts.begin(), counts.end());
    const double mean = std::accumulate(counts.begin(), counts.end(), 0.0) / households;
    std::printf("%-48s %7.2f %5d %8.2f %8.2f %9.1f%%\n", name, mean, counts[counts.size() * 9 / 10], effort / households, turns / households,
                100 * settled / households);
    std::fflush(stdout);
    lines.push_back({{"name", name},
                     {"mean", mean},
                     {"p90", counts[counts.size() * 9 / 10]},
                     {"effort", effort / households},
                     {"turns", turns / households},
                     {"settled", settled / households}});
  }
  if (out_file != nullptr) std::ofstream(out_file) << json::serialize(json::object{{"households", households}, {"lines", lines}}) << "\n";
  return 0;
}

}  // namespace
}  // namespace chuncheng

int main(int argc, char** argv) {
  if (argc < 3) {
    std::fprintf(stderr, "question_bench HOUSEHOLDS PACK [OUT.json]\n");
    return 2;
  }
  return chuncheng::Run(std::max(std::atoi(argv[1]), 1), argv[2], argc > 3 ? argv[3] : nullptr);
}
