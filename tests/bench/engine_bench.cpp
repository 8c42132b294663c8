// The engine natively over many benefits and households: cost per household, and whether it stays the same from 10² to 10⁶.
//   engine_bench PACK OUT.json MOST      MOST: benefits × households of one line at most; what would be more is left out
#include <algorithm>
#include <boost/json/serialize.hpp>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <fstream>
#include <random>

#include "shared/benefits/batch.h"
#include "shared/tools/files.h"
#include "tests/bench/resident.h"

namespace chuncheng {
namespace {

// The process's own computing time: other work on the machine does not count.
double Seconds() { return static_cast<double>(std::clock()) / CLOCKS_PER_SEC; }

// Households are made block by block, so that a million of them need no more memory than one block; only the engine is timed.
constexpr std::size_t kBlock = 1000;
constexpr std::size_t kRepeats = 10;  // of what is less than that many blocks

class Households {
 public:
  Households(const Pack& pack, const std::vector<int>& facts, Day as_of, std::size_t block, unsigned missing) : missing_(missing) {
    for (int fact : facts) {
      const Fact& one = pack.schema.facts[static_cast<std::size_t>(fact)];
      Interval range = one.range;
      if (one.name == "birth_date") range = {AddMonths(as_of, -12L * 95), AddMonths(as_of, -12L * 55)};
      if (one.name == "child_birth_date") range = {AddMonths(as_of, -12L * 6), as_of};
      ranges_.push_back(range);
    }
    values.resize(block * facts.size());
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
  double mean = 0, median = 0, q1 = 0, q3 = 0, least = 0, most = 0;
};

// Nanoseconds a household of `run`, which does one block: over `total` households.
template <class F>
Figures Time(std::size_t total, std::size_t block, Households& households, F run) {
  std::vector<double> times(std::max(total / block, kRepeats));
  double sum = 0;
  for (double& time : times) {
    households.Next();
    const double begin = Seconds();
    run();
    time = (Seconds() - begin) * 1e9 / static_cast<double>(block);
    sum += time;
  }
  std::sort(times.begin(), times.end());
  const std::size_t last = times.size() - 1;
  return {sum / static_cast<double>(times.size()),
          times[times.size() / 2],
          times[times.size() / 4],
          times[times.size() * 3 / 4],
          times.front(),
          times[last]};
}

// Every benefit `copies` times, under other names.
PackFiles Copied(const PackFiles& files, std::size_t copies) {
  PackFiles out = files;
  for (std::size_t copy = 1; copy < copies; ++copy) {
    for (const PackFile& one : files.benefits) {
      out.benefits.push_back(one);
      json::value& id = out.benefits.back().value.as_object()["id"];
      id = std::string(id.as_string()) + "_copy" + std::to_string(copy);
    }
  }
  return out;
}

int Run(const char* folder, const char* out_file, std::size_t most) {
  Diagnostics problems;
  const PackFiles files = ReadPackFolder(folder, problems);
  const Day as_of = *ParseDay("2026-11-23");
  json::array lines;
  json::array packs;
  bool failed = false;
  std::printf("  %-9s %-44s %10s %10s %10s %10s\n", "benefits", "nanoseconds a household", "households", "median", "q1", "q3");
  for (const std::size_t copies : {std::size_t{1}, std::size_t{10}, std::size_t{100}}) {
    const double held = ResidentMiB();
    double begin = Seconds();
    const Pack pack = ReadPack(Copied(files, copies), problems);
    if (!problems.empty()) {
      std::fprintf(stderr, "%s: %s %s\n", folder, std::string(Name(problems.front().code)).c_str(), problems.front().pointer.c_str());
      return 1;
    }
    Batch batch(pack, as_of);
    const double read = (Seconds() - begin) * 1e3;
    packs.push_back({{"benefits", pack.benefits.size()}, {"facts", batch.facts().size()}, {"read_ms", read}, {"memory", ResidentMiB() - held}});
    const std::size_t benefits = pack.benefits.size();
    auto line = [&](const std::string& name, std::size_t total, unsigned missing, Figures figures) {
      std::printf("  %-9zu %-44s %10zu %10.0f %10.0f %10.0f\n", benefits, (name + (missing == 0 ? "" : ", 40 % missing")).c_str(), total,
                  figures.median, figures.q1, figures.q3);
      std::fflush(stdout);
      lines.push_back({{"name", name},
                       {"benefits", benefits},
                       {"households", total},
                       {"missing", missing},
                       {"nanoseconds",
                        {{"mean", figures.mean},
                         {"median", figures.median},
                         {"q1", figures.q1},
                         {"q3", figures.q3},
                         {"least", figures.least},
                         {"most", figures.most}}}});
    };
    for (const unsigned missing : {0U, 40U}) {
      // What is not known costs some twenty times as much.
      const std::size_t limit = missing == 0 ? most : most / 10;
      for (std::size_t total = 100; total <= 1000000; total *= 10) {
        if (benefits * total > limit) break;
        const std::size_t block = std::min(kBlock, total);
        Households households(pack, batch.facts(), as_of, block, missing);
        std::vector<std::uint8_t> verdicts(block * benefits);
        std::vector<Interval> amounts(verdicts.size());
        line("batch, verdicts and amounts", total, missing, Time(total, block, households, [&] {
               const std::span<const std::uint8_t> known =
                   missing == 0 ? std::span<const std::uint8_t>() : std::span<const std::uint8_t>(households.known);
               failed = failed || batch.Run({block, households.values, known, verdicts, amounts});
             }));
      }
      if (copies != 1) continue;
      const Assessor assessor(pack, as_of);
      Assessment result;
      Households households(pack, batch.facts(), as_of, kBlock, missing);
      std::vector<Answers> answers(kBlock, NoAnswers(pack.schema));
      line("assessment with criteria and questions", 10000, missing, Time(10000, kBlock, households, [&] {
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
  }
  const json::object out = {{"packs", packs}, {"lines", lines}};
  std::ofstream(out_file) << json::serialize(out) << "\n";
  return failed ? 1 : 0;
}

}  // namespace
}  // namespace chuncheng

int main(int count, char** arguments) {
  if (count != 4) {
    std::fprintf(stderr, "engine_bench PACK OUT.json MOST\n");
    return 2;
  }
  return chuncheng::Run(arguments[1], arguments[2], std::strtoull(arguments[3], nullptr, 10));
}
