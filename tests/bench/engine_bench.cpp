// The engine natively over many households with the full pack: cost per household and whether it stays the same from 10³ to 10⁶.
//   engine_bench PACK OUT.json
#include <algorithm>
#include <boost/json/serialize.hpp>
#include <cstdio>
#include <ctime>
#include <fstream>
#include <random>

#include "shared/benefits/batch.h"
#include "shared/tools/files.h"

namespace chuncheng {
namespace {

// The process's own computing time: other work on the machine does not count.
double Seconds() { return static_cast<double>(std::clock()) / CLOCKS_PER_SEC; }

// Households are made block by block, so that a million of them need no more memory than one block; only the engine is timed.
constexpr std::size_t kBlock = 1000;

class Households {
 public:
  Households(const Pack& pack, const std::vector<int>& facts, Day as_of, unsigned missing) : missing_(missing) {
    for (int fact : facts) {
      const Fact& one = pack.schema.facts[static_cast<std::size_t>(fact)];
      Interval range = one.range;
      if (one.name == "birth_date") range = {AddMonths(as_of, -12L * 95), AddMonths(as_of, -12L * 55)};
      if (one.name == "child_birth_date") range = {AddMonths(as_of, -12L * 6), as_of};
      ranges_.push_back(range);
    }
    values.resize(kBlock * facts.size());
    known.resize(values.size());
  }

  void Next() {
    for (std::size_t i = 0; i < values.size(); ++i) {
      const Interval range = ranges_[i % ranges_.size()];
      values[i] = range.lo + static_cast<std::int64_t>(random_() % static_cast<std::uint64_t>(range.hi - range.lo + 1));
      known[i] = random_() % 100 >= missing_ ? 1 : 0;
    }
  }

  std::vector<std::int64_t> values;
  std::vector<std::uint8_t> known;

 private:
  std::vector<Interval> ranges_;
  unsigned missing_;
  std::mt19937_64 random_{20261123};
};

struct Figures {
  double mean = 0;
  double least = 0;
  double most = 0;
};

// Nanoseconds a household of `run`, which does one block: over `total` households.
template <class F>
Figures Time(std::size_t total, Households& households, F run) {
  const std::size_t blocks = std::max<std::size_t>(total / kBlock, 1);
  std::vector<double> times;
  for (std::size_t b = 0; b < blocks; ++b) {
    households.Next();
    const double begin = Seconds();
    run();
    times.push_back((Seconds() - begin) * 1e9 / kBlock);
  }
  double sum = 0;
  for (double one : times) sum += one;
  std::sort(times.begin(), times.end());
  return {sum / static_cast<double>(blocks), times.front(), times.back()};
}

int Run(const char* folder, const char* out_file) {
  Diagnostics problems;
  const PackFiles files = ReadPackFolder(folder, problems);
  const Pack pack = ReadPack(files, problems);
  if (!problems.empty()) {
    std::fprintf(stderr, "%s: %s %s\n", folder, std::string(Name(problems.front().code)).c_str(), problems.front().pointer.c_str());
    return 1;
  }
  const Day as_of = *ParseDay("2026-11-23");
  Batch batch(pack, as_of);
  std::vector<std::uint8_t> verdicts(kBlock * pack.benefits.size());
  std::vector<Interval> amounts(verdicts.size());
  json::array lines;
  bool failed = false;
  std::printf("  %zu benefits, %zu facts; nanoseconds a household, all benefits\n", pack.benefits.size(), batch.facts().size());
  std::printf("  %-44s %10s %10s %10s %10s\n", "", "households", "mean", "least", "most");
  auto line = [&](const char* name, std::size_t total, Figures figures) {
    std::printf("  %-44s %10zu %10.0f %10.0f %10.0f\n", name, total, figures.mean, figures.least, figures.most);
    json::object one;
    one["name"] = name;
    one["households"] = total;
    one["nanoseconds"] = {{"mean", figures.mean}, {"least", figures.least}, {"most", figures.most}};
    lines.push_back(std::move(one));
  };
  const Assessor assessor(pack, as_of);
  Assessment result;
  std::vector<Answers> answers(kBlock, NoAnswers(pack.schema));
  for (const unsigned missing : {0U, 40U}) {
    const std::string gaps = missing == 0 ? ", all known" : ", 40 % missing";
    for (const std::size_t total : {std::size_t{1000}, std::size_t{10000}, std::size_t{100000}, std::size_t{1000000}}) {
      Households households(pack, batch.facts(), as_of, missing);
      line(("batch, verdicts and amounts" + gaps).c_str(), total, Time(total, households, [&] {
             const std::span<const std::uint8_t> known =
                 missing == 0 ? std::span<const std::uint8_t>() : std::span<const std::uint8_t>(households.known);
             failed = failed || batch.Run({kBlock, households.values, known, verdicts, amounts});
           }));
    }
    Households households(pack, batch.facts(), as_of, missing);
    line(("assessment with criteria and questions" + gaps).c_str(), 10000, Time(10000, households, [&] {
           for (std::size_t row = 0; row < kBlock; ++row) {
             for (std::size_t f = 0; f < batch.facts().size(); ++f) {
               const auto fact = static_cast<std::size_t>(batch.facts()[f]);
               const std::size_t at = row * batch.facts().size() + f;
               answers[row][fact] = households.known[at] != 0 ? Interval::Of(households.values[at]) : pack.schema.facts[fact].range;
             }
             for (const Benefit& benefit : pack.benefits) assessor.Assess(benefit, answers[row], result);
           }
         }));
  }
  json::object out;
  out["benefits"] = pack.benefits.size();
  out["facts"] = batch.facts().size();
  out["lines"] = std::move(lines);
  std::ofstream(out_file) << json::serialize(out) << "\n";
  return failed ? 1 : 0;
}

}  // namespace
}  // namespace chuncheng

int main(int count, char** arguments) {
  if (count != 3) {
    std::fprintf(stderr, "engine_bench PACK OUT.json\n");
    return 2;
  }
  return chuncheng::Run(arguments[1], arguments[2]);
}
