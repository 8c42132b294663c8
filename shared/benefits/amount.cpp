#include "shared/benefits/amount.h"

#include <algorithm>

namespace chuncheng {

json::object WriteAmount(const Benefit& benefit, const AmountRange& amount) {
  json::object out;
  if (benefit.form != AmountForm::Table || !amount.published) {
    out["kind"] = benefit.form == AmountForm::InKind ? kPayKinds[static_cast<std::size_t>(benefit.kind)] : "unpublished";
  } else {
    out["kind"] = kPayKinds[static_cast<std::size_t>(benefit.kind)];
  }
  json::array rows;
  std::string per;
  for (int index : amount.rows) {
    const Row& row = benefit.rows[static_cast<std::size_t>(index)];
    rows.emplace_back(row.id);
    const std::string& own = row.per.empty() ? benefit.per : row.per;
    per = per.empty() || per == own ? own : "mixed";
  }
  out["per"] = per.empty() ? benefit.per : per;
  if (amount.published) {
    out["min"] = amount.range.lo;
    out["max"] = amount.range.hi;
    if (amount.unpublished) out["partly_unpublished"] = true;
  }
  if (!rows.empty()) out["rows"] = std::move(rows);
  return out;
}

std::vector<std::string> AmountCites(const Pack& pack, const Benefit& benefit, const AmountRange& amount, Day on) {
  std::vector<std::string> out;
  auto add = [&](const std::vector<std::string>& cites) {
    for (const std::string& cite : cites) {
      if (std::find(out.begin(), out.end(), cite) == out.end()) out.push_back(cite);
    }
  };
  if (benefit.form != AmountForm::Table || !amount.published) add(benefit.amount_cite);
  for (int index : amount.rows) {
    const Row& row = benefit.rows[static_cast<std::size_t>(index)];
    add(row.cite);
    for (const Instr& instr : row.pay.program.code) {
      if (instr.op != Op::Param) continue;
      if (const auto* cites = pack.schema.SlotCites(pack.schema.slots[static_cast<std::size_t>(instr.imm)], on)) add(*cites);
    }
  }
  return out;
}

}  // namespace chuncheng
