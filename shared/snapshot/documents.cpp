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
