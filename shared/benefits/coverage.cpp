#include "shared/benefits/coverage.h"

#include <algorithm>
#include <set>

namespace chuncheng {
namespace {

// The weakest of the clauses looked at.
class Weakest {
 public:
  explicit Weakest(const Pack& pack) : pack_(pack) {}
  void Look(const std::vector<std::string>& cites) {
    for (const std::string& cite : cites) {
      if (const auto found = pack_.clauses.find(cite); found != pack_.clauses.end()) status_ = std::max(status_, found->second);
    }
  }
  std::string_view name() const { return kSourceStatuses[static_cast<std::size_t>(status_)]; }

 private:
  const Pack& pack_;
  SourceStatus status_ = SourceStatus::Official;
};

std::string_view OfConditions(const Pack& pack, const Benefit& benefit) {
  Weakest weakest(pack);
  weakest.Look(benefit.in_force_cite);
  for (const Criterion& criterion : benefit.criteria) weakest.Look(criterion.cite);
  return weakest.name();
}

std::string_view OfAmount(const Pack& pack, const Benefit& benefit) {
  Weakest weakest(pack);
  weakest.Look(benefit.amount_cite);
  for (const Row& row : benefit.rows) {
    weakest.Look(row.cite);
    for (const Instr& instr : row.pay.program.code) {
      if (instr.op != Op::Param) continue;
      const ParamSlot& slot = pack.schema.slots[static_cast<std::size_t>(instr.imm)];
      for (const Period& period : pack.schema.params[static_cast<std::size_t>(slot.param)].periods) weakest.Look(period.cite);
    }
  }
  return weakest.name();
}

std::string_view Status(const Benefit& benefit) {
  if (benefit.form == AmountForm::Table) return "calculable";
  return benefit.to == Payee::Public || benefit.criteria.empty() ? "listed" : "eligibility";
}

void Describe(const Pack& pack, const Benefit& benefit, json::object& out) {
  out["benefit"] = benefit.id;
  out["status"] = Status(benefit);
  out["amount"] = benefit.form == AmountForm::Unpublished ? "unpublished" : kPayKinds[static_cast<std::size_t>(benefit.kind)];
  json::object confidence;
  confidence["conditions"] = OfConditions(pack, benefit);
  confidence["amount"] = OfAmount(pack, benefit);
  out["confidence"] = std::move(confidence);
}

}  // namespace

void ReadPlanBenefits(const Node& root, Pack& pack) {
  if (!root.Object({"format", "entries", "note"}) || !root.Format("km-plan-benefits/1")) return;
  const auto entries = root.At("entries");
  if (!entries) return;
  std::vector<std::string> known;
  for (const Benefit& benefit : pack.benefits) known.push_back(benefit.id);
  std::set<std::string> seen;
  for (const Node& item : entries->Items()) {
    if (!item.Object({"id", "title", "place", "benefit", "say", "note"})) continue;
    const auto id = item.At("id");
    const auto name = id ? id->String() : std::nullopt;
    if (name && !seen.insert(*name).second) id->Report(ErrorCode::NameDuplicate, {{"name", *name}});
    if (const auto title = item.At("title")) title->Text();
    if (const auto place = item.At("place")) place->String();
    if (const auto say = item.Maybe("say")) say->Text();
    const auto benefit = item.At("benefit");
    const auto target = benefit ? benefit->String() : std::nullopt;
    if (!name || !target) continue;
    const int index = pack.FindBenefit(*target);
    if (index < 0) {
      benefit->Report(ErrorCode::BenefitUnknown, {{"name", *target}, {"suggest", Nearest(*target, known)}});
    } else {
      pack.plan.push_back({*name, index});
    }
  }
}

Result<json::value> PlanCoverage(const Pack& pack, const json::value& input, std::string_view file) {
  Diagnostics problems;
  if (!Node(input, std::string(file), problems).Object({})) return problems.front();
  std::vector<bool> named(pack.benefits.size(), false);
  json::array plan;
  for (const PlanEntry& entry : pack.plan) {
    const auto index = static_cast<std::size_t>(entry.benefit);
    named[index] = true;
    json::object row;
    row["entry"] = entry.id;
    Describe(pack, pack.benefits[index], row);
    plan.push_back(std::move(row));
  }
  json::array others;
  for (std::size_t i = 0; i < pack.benefits.size(); ++i) {
    if (named[i]) continue;
    json::object row;
    Describe(pack, pack.benefits[i], row);
    others.push_back(std::move(row));
  }
  json::object out;
  out["format"] = "km-coverage/1";
  out["plan"] = std::move(plan);
  out["others"] = std::move(others);
  return json::value(std::move(out));
}

}  // namespace chuncheng
