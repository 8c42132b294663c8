#include "shared/rules/schema.h"

#include <algorithm>
#include <limits>

#include "shared/rules/compile.h"

namespace chuncheng {

Schema::Schema() : units{"", "fen", "permille"} {
  Fact as_of;
  as_of.name = "as_of";
  as_of.type = {Kind::Date, 0};
  as_of.range = {ToDay({1900, 1, 1}), ToDay({2200, 12, 31})};
  AddFact(std::move(as_of));
}

int Schema::Unit(std::string_view name) {
  const auto found = std::find(units.begin(), units.end(), name);
  if (found != units.end()) return static_cast<int>(found - units.begin());
  units.emplace_back(name);
  return static_cast<int>(units.size()) - 1;
}

int Schema::AddFact(Fact fact) {
  const int index = static_cast<int>(facts.size());
  fact_index.emplace(fact.name, index);
  if (!fact.derive && index != kAsOf) fact.bases = {index};
  if (fact.grows) growing.push_back(index);
  fact.moves = fact.grows || index == kAsOf || (fact.derive && std::any_of(fact.derive->facts.begin(), fact.derive->facts.end(), [&](int read) {
                                                  return facts[static_cast<std::size_t>(read)].moves;
                                                }));
  facts.push_back(std::move(fact));
  return index;
}

std::vector<std::string> Schema::FactNames() const {
  std::vector<std::string> out;
  for (const Fact& fact : facts) out.push_back(fact.name);
  return out;
}

std::string Schema::Describe(Type type) const {
  switch (type.kind) {
    case Kind::Bool: return "bool";
    case Kind::Date: return "date";
    case Kind::Enum: return "enum";
    case Kind::Int: break;
  }
  if (type.tag == kFen) return "money";
  if (type.tag <= kNoUnit) return "number";
  return units[static_cast<std::size_t>(type.tag)];
}

namespace {

const json::value* CellOf(const Period& period, const ParamSlot& slot) {
  const json::value* cell = &period.cells;
  for (const std::string& key : slot.keys) {
    const auto* object = cell->if_object();
    cell = object == nullptr ? nullptr : object->if_contains(key);
    if (cell == nullptr) return nullptr;
  }
  return cell->is_object() ? nullptr : cell;
}

}  // namespace

ParamSlot Schema::Slot(int param, std::vector<std::string> keys) const {
  ParamSlot slot{param, std::move(keys), {}};
  for (const Period& period : params[static_cast<std::size_t>(param)].periods) {
    const json::value* cell = CellOf(period, slot);
    const auto* number = cell == nullptr ? nullptr : cell->if_int64();
    slot.values.emplace_back(period.days, number == nullptr ? Interval::Unpublished() : Interval::Of(*number));
  }
  return slot;
}

Interval Schema::SlotValue(const ParamSlot& slot, Day day) {
  for (const auto& [days, value] : slot.values) {
    if (day >= days.lo && day <= days.hi) return value;
  }
  return Interval::Unpublished();
}

bool Schema::HasCell(const ParamSlot& slot) const {
  const Param& param = params[static_cast<std::size_t>(slot.param)];
  return slot.keys.size() == param.keys.size() &&
         std::any_of(param.periods.begin(), param.periods.end(), [&](const Period& period) { return CellOf(period, slot) != nullptr; });
}

const std::vector<std::string>* Schema::SlotCites(const ParamSlot& slot, Day day) const {
  for (const Period& period : params[static_cast<std::size_t>(slot.param)].periods) {
    if (day >= period.days.lo && day <= period.days.hi) return &period.cite;
  }
  return nullptr;
}

namespace {

// Amounts and counts far below int64, so that sums and products of a few of them can be proved safe.
constexpr std::int64_t kLargest = 1'000'000'000'000'000;

std::optional<Interval> ReadRange(const Node& node, bool dates) {
  const auto items = node.Items();
  if (items.size() != 2) {
    node.Report(ErrorCode::RangeBad);
    return std::nullopt;
  }
  const auto lo = dates ? items[0].Date() : items[0].Int();
  const auto hi = dates ? items[1].Date() : items[1].Int();
  if (!lo || !hi) return std::nullopt;
  if (*lo > *hi || *lo < -kLargest || *hi > kLargest) {
    node.Report(ErrorCode::RangeBad);
    return std::nullopt;
  }
  return Interval{*lo, *hi};
}

void ReadFact(const std::string& name, const Node& node, Schema& schema) {
  if (!node.Object({"subject", "type", "unit", "range", "values", "labels", "ask", "help", "privacy", "effort", "grows", "derive", "note"})) return;
  Fact fact;
  fact.name = name;
  if (schema.fact_index.contains(name)) {
    node.Report(ErrorCode::NameDuplicate, {{"name", name}});
    return;
  }
  const auto subject = node.At("subject");
  const auto subject_index = subject ? subject->OneOf({kSubjects[0], kSubjects[1], kSubjects[2], kSubjects[3], kSubjects[4]}) : std::nullopt;
  const auto type_node = node.At("type");
  const auto type = type_node ? type_node->OneOf({"bool", "count", "money", "date", "enum", "ordinal"}) : std::nullopt;
  if (!subject_index || !type) return;
  fact.subject = static_cast<Subject>(*subject_index);
  fact.range = {0, 1};
  if (*type == 0) {
    fact.type = {Kind::Bool, 0};
  } else if (*type <= 3) {
    if (*type == 1) {
      const auto unit = node.At("unit");
      const auto unit_name = unit ? unit->String() : std::nullopt;
      fact.type = {Kind::Int, unit_name ? schema.Unit(*unit_name) : kNoUnit};
    } else {
      fact.type = *type == 2 ? Type{Kind::Int, kFen} : Type{Kind::Date, 0};
      fact.money = *type == 2;
    }
    const auto range = node.At("range");
    const auto bounds = range ? ReadRange(*range, *type == 3) : std::nullopt;
    if (!bounds) return;
    fact.range = *bounds;
  } else {
    const auto values = node.At("values");
    Domain domain;
    domain.ordered = *type == 5;
    if (values) domain.values = values->Strings();
    auto sorted = domain.values;
    std::sort(sorted.begin(), sorted.end());
    const auto twice = std::adjacent_find(sorted.begin(), sorted.end());
    if (values && twice != sorted.end()) values->Report(ErrorCode::NameDuplicate, {{"name", *twice}});
    if (domain.values.empty()) {
      node.Report(ErrorCode::RangeBad);
      return;
    }
    fact.range = {0, static_cast<std::int64_t>(domain.values.size()) - 1};
    fact.type = {Kind::Enum, static_cast<int>(schema.domains.size())};
    const auto labels = node.At("labels");
    const auto zh = labels ? labels->At("zh") : std::nullopt;
    const std::size_t count = zh ? zh->Strings().size() : 0;
    if (zh && count != domain.values.size()) {
      zh->Report(ErrorCode::LabelsCount, {{"found", std::to_string(count)}, {"want", std::to_string(domain.values.size())}});
    }
    schema.domains.push_back(std::move(domain));
  }
  if (const auto effort = node.Maybe("effort")) {
    const auto value = effort->Int();
    if (value && (*value < 1 || *value > 3)) effort->Report(ErrorCode::RangeBad);
    if (value) fact.effort = static_cast<int>(std::clamp<std::int64_t>(*value, 1, 3));
  }
  if (const auto help = node.Maybe("help")) help->Text();
  if (const auto grows = node.Maybe("grows")) {
    grows->OneOf({"month"});
    fact.grows = type == 1 && fact.type.tag == schema.Unit("月") && !node.Maybe("derive");
    if (!fact.grows) grows->Report(ErrorCode::FactGrows, {{"name", name}});
  }
  if (const auto derive = node.Maybe("derive")) {
    auto program = Compile(*derive, schema, fact.type);
    if (!program) return;
    for (int read : program->facts) {
      if (read == kAsOf) continue;
      for (int base : schema.facts[static_cast<std::size_t>(read)].bases) {
        if (std::find(fact.bases.begin(), fact.bases.end(), base) == fact.bases.end()) fact.bases.push_back(base);
      }
    }
    fact.derive = std::move(*program);
    fact.source = derive->value();
  } else {
    if (const auto ask = node.At("ask")) ask->Text();
    if (const auto privacy = node.At("privacy")) privacy->OneOf({"none", "personal", "health"});
  }
  schema.AddFact(std::move(fact));
}

void CheckCells(const Node& node, std::size_t depth, std::size_t keys) {
  if (depth == keys) {
    if (node.value().is_null()) return;
    const auto value = node.Int();
    if (value && (*value < 0 || *value > kLargest)) node.Report(ErrorCode::RangeBad);
    return;
  }
  for (const auto& [key, child] : node.Members()) CheckCells(child, depth + 1, keys);
}

void ReadParam(const std::string& name, const Node& node, Schema& schema) {
  if (!node.Object({"type", "unit", "per", "keys", "values", "note"})) return;
  Param param;
  param.name = name;
  const auto type_node = node.At("type");
  const auto type = type_node ? type_node->OneOf({"money", "ratio", "count"}) : std::nullopt;
  const auto unit_node = node.At("unit");
  const auto unit = unit_node ? unit_node->String() : std::nullopt;
  if (!type || !unit) return;
  const std::size_t kind = type.value_or(0);
  if (kind == 0 && *unit != "fen") unit_node->Report(ErrorCode::ValueBad, {{"value", *unit}, {"want", "fen"}});
  if (kind == 1 && *unit != "permille") unit_node->Report(ErrorCode::ValueBad, {{"value", *unit}, {"want", "permille"}});
  param.type = {Kind::Int, kind == 0 ? kFen : kind == 1 ? kPermille : schema.Unit(*unit)};
  if (const auto per = node.Maybe("per")) per->String();
  if (const auto keys = node.Maybe("keys")) param.keys = keys->Strings();
  const auto values = node.At("values");
  if (!values) return;
  for (const Node& item : values->Items()) {
    if (!item.Object({"from", "to", "cite", "last_confirmed_on", "cells", "note"})) continue;
    Period period;
    const auto from = item.At("from");
    const auto to = item.At("to");
    const auto from_day = from ? from->Date() : std::nullopt;
    if (!from_day || !to) continue;
    const auto to_day = to->DateOrNull();
    period.days = {*from_day, to_day ? *to_day : std::numeric_limits<std::int64_t>::max()};
    if (period.days.lo > period.days.hi) item.Report(ErrorCode::ParamPeriods, {{"name", name}});
    if (const auto confirmed = item.At("last_confirmed_on")) period.confirmed = confirmed->DateOrNull();
    if (const auto cite = item.At("cite")) {
      period.cite = cite->Strings();
    }
    const auto cells = item.At("cells");
    if (!cells) continue;
    CheckCells(*cells, 0, param.keys.size());
    period.cells = cells->value();
    if (!param.periods.empty() && param.periods.back().days.hi >= period.days.lo) item.Report(ErrorCode::ParamPeriods, {{"name", name}});
    param.periods.push_back(std::move(period));
  }
  schema.param_index.emplace(name, static_cast<int>(schema.params.size()));
  schema.params.push_back(std::move(param));
}

// Does a derivation read a derived fact of the same file that stands further down?
bool ReadsLater(const Node& node, const Node& facts, const Schema& schema) {
  bool later = false;
  if (node.value().is_array()) {
    for (const Node& item : node.Items()) later = ReadsLater(item, facts, schema) || later;
  } else if (node.IsObject()) {
    for (const auto& [key, value] : node.Members()) {
      const auto* name = key == "var" ? value.value().if_string() : nullptr;
      if (name == nullptr) {
        later = ReadsLater(value, facts, schema) || later;
        continue;
      }
      const auto other = facts.Maybe(std::string_view(name->data(), name->size()));
      if (other && other->Maybe("derive") && !schema.fact_index.contains(std::string_view(name->data(), name->size()))) {
        value.Report(ErrorCode::FactCycle, {{"name", std::string(name->data(), name->size())}});
        later = true;
      }
    }
  }
  return later;
}

}  // namespace

void ReadFacts(const Node& root, Schema& schema) {
  if (!root.Object({"format", "facts", "note"}) || !root.Format("km-facts/1")) return;
  const auto facts = root.At("facts");
  if (!facts) return;
  for (const auto& [name, node] : facts->Members()) {
    if (!node.Maybe("derive")) ReadFact(name, node, schema);
  }
  // Derived facts after the base facts they read, so that the order in the file is free between the two.
  for (const auto& [name, node] : facts->Members()) {
    const auto derive = node.Maybe("derive");
    if (derive && !ReadsLater(*derive, *facts, schema)) ReadFact(name, node, schema);
  }
}

void ReadParams(const Node& root, Schema& schema) {
  if (!root.Object({"format", "params", "note"}) || !root.Format("km-params/1")) return;
  const auto params = root.At("params");
  if (!params) return;
  for (const auto& [name, node] : params->Members()) ReadParam(name, node, schema);
}

std::optional<std::int64_t> ReadValue(const json::value& value, Type type, const Schema& schema, const Interval* range) {
  std::optional<std::int64_t> out;
  switch (type.kind) {
    case Kind::Bool:
      if (const auto* flag = value.if_bool()) out = *flag ? 1 : 0;
      break;
    case Kind::Int:
      if (const auto* number = value.if_int64()) out = *number;
      break;
    case Kind::Date:
      if (const auto* text = value.if_string()) out = ParseDay({text->data(), text->size()});
      break;
    case Kind::Enum:
      if (const auto* text = value.if_string()) {
        const auto& values = schema.domains[static_cast<std::size_t>(type.tag)].values;
        const auto found = std::find(values.begin(), values.end(), std::string_view(text->data(), text->size()));
        if (found != values.end()) out = found - values.begin();
      }
      break;
  }
  if (out && range != nullptr && (*out < range->lo || *out > range->hi)) out.reset();
  return out;
}

json::value WriteValue(std::int64_t value, Type type, const Schema& schema) {
  switch (type.kind) {
    case Kind::Bool: return value != 0;
    case Kind::Int: return value;
    case Kind::Date: return json::value(FormatDay(value));
    case Kind::Enum: return json::value(schema.domains[static_cast<std::size_t>(type.tag)].values[static_cast<std::size_t>(value)]);
  }
  return nullptr;
}

}  // namespace chuncheng
