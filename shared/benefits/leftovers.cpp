#include "shared/benefits/leftovers.h"

#include <algorithm>
#include <set>

#include "shared/base/space.h"

namespace chuncheng {
namespace {

void Unused(Diagnostics& out, const std::string& file, std::string pointer, std::string_view kind, std::string name) {
  out.push_back({ErrorCode::Unused, file, std::move(pointer), 0, {{"kind", std::string(kind)}, {"name", std::move(name)}}});
}

const json::object* Inside(const PackFile& file, std::string_view key) {
  const auto* object = file.value.if_object();
  const auto* part = object == nullptr ? nullptr : object->if_contains(json::string_view(key.data(), key.size()));
  return part == nullptr ? nullptr : part->if_object();
}

std::vector<const PackFile*> AllFiles(const PackFiles& files) {
  std::vector<const PackFile*> out = {&files.pack, &files.facts, &files.params, &files.sources, &files.stacking, &files.districts, &files.search};
  for (const PackFile* file : {&files.plan_benefits, &files.plan}) {
    if (!file->value.is_null()) out.push_back(file);
  }
  for (const auto* list : {&files.benefits, &files.scales}) {
    for (const PackFile& file : *list) out.push_back(&file);
  }
  return out;
}

class Finder {
 public:
  Finder(const Pack& pack, const PackFiles& files, Diagnostics& out) : pack_(pack), files_(files), out_(out) {}

  void Run() {
    Facts();
    Params();
    for (std::size_t i = 0; i < files_.benefits.size() && i < pack_.benefits.size(); ++i) Table(pack_.benefits[i], files_.benefits[i]);
    for (const PackFile* file : AllFiles(files_)) Spaces(file->value, file->name, "");
  }

 private:
  void Use(int fact) {
    if (!facts_.insert(fact).second) return;
    const auto& derive = pack_.schema.facts[static_cast<std::size_t>(fact)].derive;
    if (!derive) return;
    for (int read : derive->facts) Use(read);
  }

  void Facts() {
    for (const Benefit& benefit : pack_.benefits) {
      for (const Criterion& criterion : benefit.criteria) {
        for (int fact : criterion.when.program.facts) Use(fact);
      }
      for (const Row& row : benefit.rows) {
        for (int fact : row.when.program.facts) Use(fact);
        for (int fact : row.pay.program.facts) Use(fact);
      }
    }
    for (const StackingGroup& group : pack_.stacking) {
      if (group.cost >= 0) Use(group.cost);
    }
    for (std::size_t i = 0; i < pack_.schema.facts.size(); ++i) {
      const Fact& fact = pack_.schema.facts[i];
      if (static_cast<int>(i) != kAsOf && !facts_.contains(static_cast<int>(i))) {
        Unused(out_, files_.facts.name, Join("/facts", fact.name), "fact", fact.name);
      }
    }
  }

  void Params() {
    const auto* params = Inside(files_.params, "params");
    for (std::size_t p = 0; p < pack_.schema.params.size(); ++p) {
      const Param& param = pack_.schema.params[p];
      std::set<std::vector<std::string>> read;
      for (const ParamSlot& slot : pack_.schema.slots) {
        if (slot.param == static_cast<int>(p)) read.insert(slot.keys);
      }
      const std::string pointer = Join("/params", param.name);
      if (read.empty()) {
        Unused(out_, files_.params.name, pointer, "param", param.name);
        continue;
      }
      const auto* own = params == nullptr ? nullptr : params->if_contains(param.name);
      const auto* values = own == nullptr || !own->is_object() ? nullptr : own->get_object().if_contains("values");
      if (values == nullptr || !values->is_array()) continue;
      for (std::size_t v = 0; v < values->get_array().size(); ++v) {
        const json::value& period = values->get_array()[v];
        const auto* cells = period.is_object() ? period.get_object().if_contains("cells") : nullptr;
        std::vector<std::string> keys;
        if (cells != nullptr) Cells(*cells, Join(Join(Join(pointer, "values"), v), "cells"), read, keys);
      }
    }
  }

  void Cells(const json::value& cell, const std::string& pointer, const std::set<std::vector<std::string>>& read, std::vector<std::string>& keys) {
    if (const auto* object = cell.if_object()) {
      for (const auto& [key, inner] : *object) {
        keys.emplace_back(key.data(), key.size());
        Cells(inner, Join(pointer, keys.back()), read, keys);
        keys.pop_back();
      }
      return;
    }
    if (read.contains(keys)) return;
    std::string name;
    for (const std::string& key : keys) name += (name.empty() ? "" : ", ") + key;
    Unused(out_, files_.params.name, pointer, "cell", name);
  }

  void Table(const Benefit& benefit, const PackFile& file) {
    const auto* amount = Inside(file, "amount");
    const auto* rows = amount == nullptr ? nullptr : amount->if_contains("rows");
    if (rows == nullptr || !rows->is_array()) return;
    std::set<std::string> named;   // fact
    std::set<std::string> groups;  // fact + "@" + group
    for (const auto& row : rows->get_array()) {
      const auto* condition = row.is_object() ? row.get_object().if_contains("if") : nullptr;
      if (condition == nullptr || !condition->is_object()) continue;
      for (const auto& [key, value] : condition->get_object()) {
        const std::string fact(key.data(), key.size());
        named.insert(fact);
        if (value.is_string()) groups.insert(fact + std::string(value.get_string()));
      }
    }
    for (std::size_t i = 0; i < benefit.inputs.size(); ++i) {
      const std::string& fact = pack_.schema.facts[static_cast<std::size_t>(benefit.inputs[i])].name;
      if (!named.contains(fact)) Unused(out_, file.name, Join("/amount/inputs", i), "input", fact);
    }
    const auto* declared = amount->if_contains("groups");
    if (declared == nullptr || !declared->is_object()) return;
    for (const auto& [fact, list] : declared->get_object()) {
      if (!list.is_object()) continue;
      for (const auto& [group, values] : list.get_object()) {
        const std::string id(group.data(), group.size());
        if (groups.contains(std::string(fact) + "@" + id)) continue;
        Unused(out_, file.name, Join(Join("/amount/groups", std::string(fact)), id), "group", id);
      }
    }
  }

  void Spaces(const json::value& value, const std::string& file, const std::string& pointer) {
    if (const auto* text = value.if_string()) {
      const std::string_view view(text->data(), text->size());
      if (Trimmed(view) != view) out_.push_back({ErrorCode::TextSpaces, file, pointer, 0, {{"value", std::string(view)}}});
    } else if (const auto* array = value.if_array()) {
      for (std::size_t i = 0; i < array->size(); ++i) Spaces((*array)[i], file, Join(pointer, i));
    } else if (const auto* object = value.if_object()) {
      for (const auto& [key, inner] : *object) {
        const std::string name(key.data(), key.size());
        if (Trimmed(name) != name) out_.push_back({ErrorCode::TextSpaces, file, Join(pointer, name), 0, {{"value", name}}});
        Spaces(inner, file, Join(pointer, name));
      }
    }
  }

  const Pack& pack_;
  const PackFiles& files_;
  Diagnostics& out_;
  std::set<int> facts_;
};

void Cited(const json::value& value, bool cite, std::set<std::string>& out) {
  if (const auto* array = value.if_array()) {
    for (const auto& item : *array) {
      if (cite && item.is_string()) out.insert(std::string(item.get_string()));
      Cited(item, false, out);
    }
  } else if (const auto* object = value.if_object()) {
    for (const auto& member : *object) Cited(member.value(), member.key() == "cite", out);
  }
}

}  // namespace

void CheckLeftovers(const Pack& pack, const PackFiles& files, Diagnostics& out) { Finder(pack, files, out).Run(); }

Diagnostics Uncited(const PackFiles& files) {
  Diagnostics out;
  std::set<std::string> cited;
  for (const PackFile* file : AllFiles(files)) Cited(file->value, false, cited);
  const auto* sources = Inside(files.sources, "sources");
  if (sources == nullptr) return out;
  for (const auto& [id, source] : *sources) {
    const std::string name(id.data(), id.size());
    const std::string pointer = Join("/sources", name);
    const auto* clauses = source.is_object() ? source.get_object().if_contains("clauses") : nullptr;
    if (clauses == nullptr || !clauses->is_object()) continue;
    std::vector<std::string> idle;
    for (const auto& [clause, say] : clauses->get_object()) {
      if (!cited.contains(name + "#" + std::string(clause))) idle.emplace_back(clause);
    }
    if (idle.size() == clauses->get_object().size()) {
      Unused(out, files.sources.name, pointer, "source", name);
      continue;
    }
    for (const std::string& clause : idle) Unused(out, files.sources.name, Join(Join(pointer, "clauses"), clause), "clause", clause);
  }
  return out;
}

}  // namespace chuncheng
