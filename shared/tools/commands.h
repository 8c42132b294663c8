// One function a subcommand: adds its options to `app` and sets `exit` when it has run. Exit codes: 0 done, 1 the input has errors, 2 wrong use.
#pragma once
#include <CLI/CLI.hpp>
#include <functional>

#include "shared/base/json.h"

namespace chuncheng {

constexpr int kInputErrors = 1;
constexpr int kWrongUse = 2;

/// How a command that answers ends: an error as its sentence on standard error (with `raw` also as JSON on standard output); an answer as
/// JSON with `raw`, else by `print`. Returns the exit code.
int Conclude(const Result<json::value>& answer, bool raw, const std::function<void(const json::value&)>& print);

void AddAdvise(CLI::App& app, int& exit);
void AddBuild(CLI::App& app, int& exit);
void AddCheck(CLI::App& app, int& exit);
void AddCoverage(CLI::App& app, int& exit);
void AddDiff(CLI::App& app, int& exit);
void AddEstimate(CLI::App& app, int& exit);
void AddEval(CLI::App& app, int& exit);
void AddExplain(CLI::App& app, int& exit);
void AddExport(CLI::App& app, int& exit);
void AddGenerate(CLI::App& app, int& exit);
void AddKeys(CLI::App& app, int& exit);
void AddReview(CLI::App& app, int& exit);
void AddRule(CLI::App& app, int& exit);
void AddScore(CLI::App& app, int& exit);
void AddSearch(CLI::App& app, int& exit);
void AddStale(CLI::App& app, int& exit);
void AddTimeline(CLI::App& app, int& exit);

}  // namespace chuncheng
