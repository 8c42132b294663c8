#include <boost/json/serialize.hpp>
#include <filesystem>
#include <iostream>

#include "shared/benefits/check.h"
#include "shared/benefits/compare.h"
#include "shared/tools/commands.h"
#include "shared/tools/files.h"
#include "shared/tools/messages.h"
#include "shared/tools/policy.h"
#include "shared/tools/review/html.h"
#include "shared/tools/review/page.h"

namespace chuncheng {
namespace {

struct Options {
  std::vector<std::string> packs;
  std::string against;
  std::string out;
  std::string as_of;
  std::size_t profiles = 10000;
  std::uint64_t seed = 1;
  bool raw = false;
};

int Failed(const Diagnostics& problems) {
  for (const Error& error : problems) std::cerr << Text(error) << "\n";
  return kInputErrors;
}

bool Write(const std::string& folder, const std::string& name, std::string_view bytes, Diagnostics& out) {
  const auto written = WriteFile((std::filesystem::path(folder) / name).string(), bytes);
  if (!written) out.push_back(written.error());
  return static_cast<bool>(written);
}

int Review(const Options& options) {
  const bool two = options.packs.size() == 2 || !options.against.empty();
  const auto after = Policy::Open(options.packs.back());
  const auto before = two ? Policy::Open(options.against.empty() ? options.packs.front() : options.against) : std::nullopt;
  if (!after || (two && !before)) return kInputErrors;
  Diagnostics problems;
  const json::value given(options.as_of);
  const auto day = options.as_of.empty() ? DataDate(after->files(), problems) : Node(given, "--as-of", problems).Date();
  if (!day) return Failed(problems);
  json::value comparison;
  if (two) {
    CompareOptions compare;
    compare.count = options.profiles;
    compare.generate.seed = options.seed;
    compare.generate.as_of = *day;
    comparison = CompareOnCorpus({&before->pack(), &before->files()}, {&after->pack(), &after->files()}, compare);
    if (options.raw) std::cout << json::serialize(comparison) << "\n";
  }
  if (options.out.empty()) return 0;
  std::error_code code;
  std::filesystem::create_directories(options.out, code);
  if (code) return Failed({{ErrorCode::FileWrite, options.out, "", 0, {}}});
  const ReviewedPack reviewed{after->pack(), after->files(), *day};
  Write(options.out, "review.css", kReviewStyle, problems);
  Write(options.out, "index.html", IndexPage(reviewed, two), problems);
  for (std::size_t i = 0; i < reviewed.pack.benefits.size(); ++i) {
    Write(options.out, reviewed.pack.benefits[i].id + ".html", BenefitPage(reviewed, i), problems);
  }
  if (two) Write(options.out, "comparison.html", ComparisonPage(comparison, {before->pack(), before->files(), *day}, reviewed), problems);
  if (!problems.empty()) return Failed(problems);
  // Pages are for reading before a pack is right, too: what the checker refuses is said, and does not stop them.
  Diagnostics refusals;
  CheckPack(after->pack(), after->files(), refusals);
  for (const Error& error : refusals) std::cerr << Text(error) << "\n";
  if (!options.raw) std::cout << Text("cli.review.done", {{"folder", options.out}, {"count", std::to_string(reviewed.pack.benefits.size())}}) << "\n";
  return 0;
}

}  // namespace

void AddReview(CLI::App& app, int& exit) {
  auto* command = app.add_subcommand("review", Text("cli.review.about"));
  auto options = std::make_shared<Options>();
  command->add_option("packs", options->packs, Text("cli.option.packs"))->required()->expected(1, 2);
  command->add_option("--against", options->against, Text("cli.option.against"));
  auto* out = command->add_option("--out", options->out, Text("cli.option.review_out"));
  command->add_option("--profiles", options->profiles, Text("cli.option.profiles"))->capture_default_str()->check(CLI::Range(1, 10000000));
  command->add_option("--seed", options->seed, Text("cli.option.seed"))->capture_default_str();
  command->add_option("--as-of", options->as_of, Text("cli.option.review_as_of"));
  auto* raw = command->add_flag("--json", options->raw, Text("cli.option.review_json"));
  command->callback([options, out, raw, &exit] {
    if (out->count() == 0 && raw->count() == 0) throw CLI::RequiredError("--out");
    if (options->packs.size() == 2 && !options->against.empty()) throw CLI::ValidationError("--against", Text("cli.review.twice"));
    if (raw->count() != 0 && options->packs.size() < 2 && options->against.empty()) throw CLI::RequiredError("--against");
    exit = Review(*options);
  });
}

}  // namespace chuncheng
