#include "shared/benefits/stale.h"

#include <algorithm>

namespace chuncheng {
namespace {

constexpr std::array<std::string_view, 3> kKinds = {"ended", "ends", "unconfirmed"};

void AddParams(const Schema& schema, const Program& program, std::vector<int>& params) {
  for (const Instr& instr : program.code) {
    if (instr.op != Op::Param) continue;
    const int param = schema.slots[static_cast<std::size_t>(instr.imm)].param;
    if (std::find(params.begin(), params.end(), param) == params.end()) params.push_back(param);
  }
}

}  // namespace

std::vector<Warning> WarningsFor(const Pack& pack, const Benefit& benefit, Day as_of, const std::vector<int>* rows) {
  std::vector<Warning> out;
  if (as_of > benefit.in_force.hi) {
    out.push_back({Warning::Kind::Ended, benefit.in_force.hi, "", benefit.in_force_cite});
    return out;
  }
  if (benefit.in_force.hi - kEndsWithin <= as_of) out.push_back({Warning::Kind::Ends, benefit.in_force.hi, "", benefit.in_force_cite});
  std::vector<int> params;
  for (const Criterion& criterion : benefit.criteria) AddParams(pack.schema, criterion.when.program, params);
  for (std::size_t r = 0; r < benefit.rows.size(); ++r) {
    if (rows != nullptr && std::find(rows->begin(), rows->end(), static_cast<int>(r)) == rows->end()) continue;
    AddParams(pack.schema, benefit.rows[r].when.program, params);
    AddParams(pack.schema, benefit.rows[r].pay.program, params);
  }
  for (int index : params) {
    const Param& param = pack.schema.params[static_cast<std::size_t>(index)];
    for (const Period& period : param.periods) {
      if (as_of < period.days.lo || as_of > period.days.hi) continue;
      if (period.confirmed && as_of <= AddMonths(*period.confirmed, pack.grace_months)) continue;
      out.push_back({Warning::Kind::Unconfirmed, period.confirmed, param.name, period.cite});
    }
  }
  return out;
}

json::object WriteWarning(const Warning& warning) {
  json::object out;
  out["kind"] = kKinds[static_cast<std::size_t>(warning.kind)];
  if (warning.date) out["date"] = FormatDay(*warning.date);
  if (!warning.param.empty()) out["param"] = warning.param;
  out["cite"] = json::array(warning.cite.begin(), warning.cite.end());
  return out;
}

Result<json::value> StaleOf(const Pack& pack, const json::value& request, std::string_view file) {
  Diagnostics problems;
  const Node root(request, std::string(file), problems);
  const auto date = root.Object({"as_of"}) ? root.At("as_of") : std::nullopt;
  const auto as_of = date ? date->Date() : std::nullopt;
  if (as_of) {
    const Interval years = pack.schema.facts[kAsOf].range;
    if (*as_of < years.lo || *as_of > years.hi) date->Report(ErrorCode::RangeBad);
  }
  if (!problems.empty()) return problems.front();
  const Day day = as_of.value_or(0);
  json::array warnings;
  for (const Benefit& benefit : pack.benefits) {
    for (const Warning& warning : WarningsFor(pack, benefit, day)) {
      json::object one;
      one["benefit"] = benefit.id;
      for (auto& member : WriteWarning(warning)) one[member.key()] = std::move(member.value());
      warnings.push_back(std::move(one));
    }
  }
  json::object out;
  out["format"] = "km-stale/1";
  out["as_of"] = FormatDay(day);
  out["warnings"] = std::move(warnings);
  return json::value(std::move(out));
}

}  // namespace chuncheng
