#include "shared/snapshot/documents.h"

namespace chuncheng {
namespace {

// A string, or a text {"zh":…}; "" when there is none.
std::string Read(const json::value& object, std::string_view key) {
  const auto* value = object.is_object() ? object.get_object().if_contains(json::string_view(key.data(), key.size())) : nullptr;
  if (value != nullptr && value->is_object()) value = value->get_object().if_contains("zh");
  return value != nullptr && value->is_string() ? std::string(value->get_string()) : "";
}

void Add(std::string& text, const std::string& more) {
  if (!text.empty() && !more.empty()) text += '\n';
  text += more;
}

const json::value* Member(const json::value& object, std::string_view key) {
  return object.is_object() ? object.get_object().if_contains(json::string_view(key.data(), key.size())) : nullptr;
}

// A list of plan.json; empty when there is none.
json::array List(const PackFile& plan, std::string_view key) {
  const auto* list = Member(plan.value, key);
  return list != nullptr && list->is_array() ? list->get_array() : json::array();
}

// What the plan itself does not settle about the entry.
void AddConflicts(const json::array& conflicts, std::string_view id, std::string& text) {
  for (const json::value& conflict : conflicts) {
    const auto* about = Member(conflict, "about");
    if (about == nullptr || !about->is_array()) continue;
    for (const json::value& one : about->get_array()) {
      if (one == json::string_view(id.data(), id.size())) Add(text, Read(conflict, "say"));
    }
  }
}

// "2021: ≈ 23.7张": signs instead of words, for it stands in a text that every language shares.
std::string FigureText(const json::value& figure) {
  std::string out;
  if (const auto* year = Member(figure, "year"); year != nullptr && year->is_int64()) out = std::to_string(year->get_int64()) + ": ";
  out += Read(figure, "basis");
  const std::string bound = Read(figure, "bound");
  out += bound == "at_least" ? "≥ " : bound == "over" ? "> " : bound == "about" ? "≈ " : "";
  return out + Read(figure, "value") + Read(figure, "unit");
}

void AddPlan(const PackFile& plan, std::vector<Document>& out) {
  const json::array conflicts = List(plan, "conflicts");
  for (std::string_view key : {"policies", "elements", "pilots", "platforms"}) {
    for (const json::value& entry : List(plan, key)) {
      Document one{"plan", Read(entry, "id"), Read(entry, "title"), Read(entry, "say"), ""};
      for (std::string_view more : {"goal", "family"}) Add(one.text, Read(entry, more));
      AddConflicts(conflicts, one.id, one.text);
      Add(one.text, Read(entry, "place"));
      out.push_back(std::move(one));
    }
  }
  for (const json::value& entry : List(plan, "indicators")) {
    Document one{"indicator", Read(entry, "id"), Read(entry, "title"), "", ""};
    for (const json::value& theme : List(plan, "themes")) {
      if (Read(theme, "id") == Read(entry, "theme")) Add(one.text, Read(theme, "title"));
    }
    for (std::string_view key : {"baseline", "target", "later"}) {
      if (const auto* figure = Member(entry, key)) Add(one.text, FigureText(*figure));
    }
    AddConflicts(conflicts, one.id, one.text);
    out.push_back(std::move(one));
  }
}

}  // namespace

std::vector<Document> Documents(const PackFiles& files) {
  std::vector<Document> out;
  for (const PackFile& file : files.benefits) {
    Document one{"benefit", Read(file.value, "id"), Read(file.value, "title"), Read(file.value, "summary"), ""};
    Add(one.text, Read(file.value, "why"));
    out.push_back(std::move(one));
  }
  if (const auto* entries = Member(files.plan_benefits.value, "entries"); entries != nullptr && entries->is_array()) {
    for (const json::value& entry : entries->get_array()) {
      Document one{"plan", Read(entry, "id"), Read(entry, "title"), Read(entry, "say"), Read(entry, "benefit")};
      Add(one.text, Read(entry, "place"));
      out.push_back(std::move(one));
    }
  }
  AddPlan(files.plan, out);
  if (const auto* sources = Member(files.sources.value, "sources"); sources != nullptr && sources->is_object()) {
    for (const auto& [id, source] : sources->get_object()) {
      Document one{"source", std::string(id), Read(source, "title"), Read(source, "doc_no"), ""};
      Add(one.text, Read(source, "issuer"));
      const auto* clauses = Member(source, "clauses");
      if (clauses != nullptr && clauses->is_object()) {
        for (const auto& [name, clause] : clauses->get_object()) {
          Add(one.text, clause.is_string() ? std::string(clause.get_string()) : Read(clause, "say"));
        }
      }
      out.push_back(std::move(one));
    }
  }
  return out;
}

}  // namespace chuncheng
