// A pack in which one document is the input: the first byte says which.
#include "shared/benefits/check.h"
#include "shared/tools/files.h"
#include "tests/fuzz/fuzz.h"

namespace {

using namespace chuncheng;

const std::map<std::string, std::string>& Base() {
  static const std::map<std::string, std::string> texts = [] {
    Diagnostics out;
    auto read = ReadPackTexts("tests/pack/base", out);
    Must(out.empty() && !read.empty(), "the base pack can be read");
    return read;
  }();
  return texts;
}

}  // namespace

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size < 2) return 0;
  auto texts = Base();
  auto at = texts.begin();
  std::advance(at, data[0] % texts.size());
  at->second.assign(reinterpret_cast<const char*>(data + 1), size - 1);
  Diagnostics out;
  const PackFiles files = ParsePack(texts, out);
  if (!out.empty()) return 0;
  const Pack pack = ReadPack(files, out);
  if (out.empty()) CheckPack(pack, files, out);
  for (const auto& error : out) Must(!error.file.empty() || error.code == ErrorCode::Internal, "an error names its file");
  if (!out.empty()) return 0;
  // What is published is read back without a fault, and publishes to the same bytes.
  const auto policy = PublishedPolicy(files);
  const auto split = SplitPolicy(policy, "policy.json");
  Must(static_cast<bool>(split), "what was published can be split again");
  Diagnostics again;
  ReadPolicy(*split, again);
  Must(again.empty(), "what was published can be read");
  Must(Canonical(PublishedPolicy(*split)) == Canonical(policy), "publishing twice changes nothing");
  return 0;
}
