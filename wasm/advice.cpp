// advice.wasm: all that the policy can answer, eligibility.wasm's calls among it. Load takes the published policy, then its supplement.
#include <emscripten/emscripten.h>

#include "shared/benefits/batch.h"
#include "shared/benefits/combine.h"
#include "shared/benefits/coverage.h"
#include "shared/benefits/diff.h"
#include "shared/benefits/estimate.h"
#include "shared/benefits/explain.h"
#include "shared/benefits/household.h"
#include "shared/benefits/questions.h"
#include "shared/benefits/stale.h"
#include "shared/benefits/steps.h"
#include "shared/benefits/timeline.h"
#include "shared/scales/score.h"
#include "wasm/abi.h"
#include "wasm/policy.h"

namespace chuncheng {
namespace {

// The tables of the last batch call; they rest on the loaded pack.
std::optional<Batch>& Prepared() {
  static std::optional<Batch> batch;
  return batch;
}

// `count` items of `size` bytes at `at`, when they lie in memory.
template <class T>
std::optional<std::span<T>> InMemory(T* at, std::uint64_t count) {
  const std::uint64_t memory = std::uint64_t{__builtin_wasm_memory_size(0)} * 65536;
  if (count > memory / sizeof(T) || reinterpret_cast<std::uintptr_t>(at) > memory - count * sizeof(T)) return std::nullopt;
  return std::span<T>(at, static_cast<std::size_t>(count));
}

// On the loaded pack; after an error it is as before.
Result<bool> LoadSupplement(const json::value& supplement) {
  const auto files = SplitSupplement(supplement, "supplement.json");
  if (!files) return files.error();
  if (!Loaded()) return Error{ErrorCode::NotLoaded, "supplement.json", "", 0, {}};
  Diagnostics out;
  Pack pack = *Loaded();
  pack.scales.clear();
  pack.plan.clear();
  ReadSupplement(*files, pack, out);
  if (!out.empty()) return out.front();
  Loaded()->scales = std::move(pack.scales);
  Loaded()->plan = std::move(pack.plan);
  return true;
}

}  // namespace

Result<bool> Load(std::string_view bytes) {
  const auto document = ParseJson(bytes, "policy.json");
  if (!document) return document.error();
  const auto* object = document->if_object();
  const auto* format = object == nullptr ? nullptr : object->if_contains("format");
  if (format != nullptr && *format == "km-supplement/1") return LoadSupplement(*document);
  auto loaded = LoadPolicy(*document);
  if (loaded) Prepared().reset();
  return loaded;
}

Result<json::value> Call(const json::value& request) {
  static constexpr Entry kCalls[] = {
      {"eval", EvaluateProfile},
      {"layout", BatchLayout},
      {"score", [](const Pack& pack, const json::value& input, std::string_view file) { return ScoreAnswers(pack.scales, input, file); }},
      {"coverage", PlanCoverage},
      {"timeline", TimelineOf},
      {"diff", DiffOf},
      {"explain", ExplanationOf},
      {"stale", StaleOf},
      {"next", NextQuestion},
      {"steps", WhatWouldChange},
      {"combine", Combine},
      {"estimate", EstimateOf},
  };
  return CallOneOf(kCalls, request);
}

}  // namespace chuncheng

extern "C" EMSCRIPTEN_KEEPALIVE int cc_batch(std::int32_t as_of, const std::int64_t* values, const std::uint8_t* known, std::size_t facts,
                                             std::size_t rows, std::uint8_t* verdicts, chuncheng::Interval* amounts, std::size_t benefits) {
  using namespace chuncheng;
  if (!Loaded()) return Keep({ErrorCode::NotLoaded, "", "", 0, {}});
  const Interval days = Loaded()->schema.facts[kAsOf].range;
  if (as_of < days.lo || as_of > days.hi) return Keep({ErrorCode::RangeBad, "", "/as_of", 0, {}});
  if (!Prepared() || Prepared()->as_of() != as_of) Prepared().emplace(*Loaded(), as_of);
  auto shape = [](const char* name, std::size_t want, std::size_t found) {
    return Keep({ErrorCode::BatchShape, "", "", 0, {{"name", name}, {"want", std::to_string(want)}, {"found", std::to_string(found)}}});
  };
  if (facts != Prepared()->facts().size()) return shape("facts", Prepared()->facts().size(), facts);
  if (benefits != Loaded()->benefits.size()) return shape("benefits", Loaded()->benefits.size(), benefits);
  const std::uint64_t cells = std::uint64_t{rows} * facts;
  const std::uint64_t results = std::uint64_t{rows} * benefits;
  const auto in = InMemory(values, cells);
  const auto with = InMemory(known, known == nullptr ? 0 : cells);
  const auto out = InMemory(verdicts, results);
  const auto money = InMemory(amounts, amounts == nullptr ? 0 : results);
  if (!in || !with || !out || !money) return shape("rows", 0, rows);
  const auto error = Prepared()->Run({rows, *in, *with, *out, *money});
  return error ? Keep(*error) : 0;
}
