#include "shared/tools/review/rule_text.h"

#include <algorithm>
#include <boost/json/serialize.hpp>

#include "shared/tools/review/html.h"

namespace chuncheng {
namespace {

std::string Code(std::string_view name) { return "<code>" + Escape(name) + "</code>"; }

std::string Str(const json::value& value) { return value.is_string() ? std::string(value.get_string()) : json::serialize(value); }

const json::object* PartnerOf(const json::array& args, const json::object& facts) {
  for (const auto& arg : args) {
    const auto* call = arg.if_object();
    const auto* var = call == nullptr ? nullptr : call->if_contains("var");
    if (var == nullptr || !var->is_string()) continue;
    const auto* fact = facts.if_contains(var->get_string());
    if (fact != nullptr && fact->is_object()) return &fact->get_object();
  }
  return nullptr;
}

}  // namespace

const json::object* RuleText::Fact(std::string_view name) const {
  const auto* fact = facts_.if_contains(json::string_view(name.data(), name.size()));
  return fact == nullptr ? nullptr : fact->if_object();
}

std::string RuleText::Label(const json::value& value, const json::object* fact) const {
  if (const auto* flag = value.if_bool()) return Say(*flag ? "review.yes" : "review.no");
  if (fact == nullptr) return Escape(Str(value));
  const auto* values = fact->if_contains("values");
  const auto* labels = fact->if_contains("labels");
  const auto* zh = labels == nullptr || !labels->is_object() ? nullptr : labels->get_object().if_contains("zh");
  if (values != nullptr && zh != nullptr && values->is_array() && zh->is_array()) {
    const auto& list = values->get_array();
    const auto found = std::find(list.begin(), list.end(), value);
    const auto index = static_cast<std::size_t>(found - list.begin());
    if (found != list.end() && index < zh->get_array().size()) return Escape(Str(zh->get_array()[index]));
  }
  if (fact->contains("type") && fact->at("type") == "money" && value.is_int64()) return Say("review.yuan", {{"amount", Yuan(value.get_int64())}});
  return Escape(Str(value));
}

std::string RuleText::Value(const json::value& value, std::string_view fact) const { return Label(value, Fact(fact)); }

std::string RuleText::Condition(const json::value& condition, std::string_view fact, const json::value* groups) const {
  const json::object* own = Fact(fact);
  if (const auto* text = condition.if_string(); text != nullptr && text->starts_with('@')) {
    const auto* of_fact =
        groups == nullptr || !groups->is_object() ? nullptr : groups->get_object().if_contains(json::string_view(fact.data(), fact.size()));
    const auto* members = of_fact == nullptr || !of_fact->is_object() ? nullptr : of_fact->get_object().if_contains(text->subview(1));
    return members == nullptr ? Escape(std::string_view(*text)) : Condition(*members, fact, nullptr);
  }
  const auto* list = condition.if_array();
  if (list == nullptr) return Label(condition, own);
  const bool interval = own != nullptr && !own->contains("values");
  if (interval && list->size() == 2) {
    if ((*list)[0] == (*list)[1]) return Label((*list)[0], own);
    return Label((*list)[0], own) + "–" + Label((*list)[1], own);
  }
  std::string out;
  for (const auto& item : *list) out += (out.empty() ? "" : "、") + Label(item, own);
  return out;
}

void RuleText::Facts(const json::value& rule, std::vector<std::string>& out) {
  if (const auto* array = rule.if_array()) {
    for (const auto& item : *array) Facts(item, out);
  } else if (const auto* object = rule.if_object()) {
    for (const auto& [key, value] : *object) {
      if (key == "var" && value.is_string()) {
        std::string name(value.get_string());
        if (name != "as_of" && std::find(out.begin(), out.end(), name) == out.end()) out.push_back(std::move(name));
      } else {
        Facts(value, out);
      }
    }
  }
}

std::string RuleText::Write(const json::value& rule, const json::object* partner, bool inside) const {
  const auto* call = rule.if_object();
  if (rule.is_string() && ParseDay(std::string_view(rule.get_string()))) return Escape(Str(rule));
  if (call == nullptr || call->size() != 1) return rule.is_string() || rule.is_bool() ? "“" + Label(rule, partner) + "”" : Label(rule, partner);
  const std::string name(call->begin()->key());
  const json::value& body = call->begin()->value();
  if (name == "var") {
    const json::value& fact = body.is_array() && !body.get_array().empty() ? body.get_array()[0] : body;
    return Str(fact) == "as_of" ? Say("review.as_of") : Code(Str(fact));
  }
  if (const auto* args = body.if_array()) return Operator(name, *args, inside);
  return Operator(name, json::array{body}, inside);
}

std::string RuleText::Operator(std::string_view name, const json::array& args, bool inside) const {
  const json::object* partner = PartnerOf(args, facts_);
  auto at = [&](std::size_t i) { return i < args.size() ? Write(args[i], partner, true) : std::string(); };
  auto joined = [&](std::string_view between) {
    std::string out;
    for (std::size_t i = 0; i < args.size(); ++i) out += (i == 0 ? "" : std::string(between)) + at(i);
    return out;
  };
  // Text() takes the parts as they are: they are HTML already, and the messages hold none.
  auto said = [&](std::string_view key, const TextArgs& parts) { return Text("review.op." + std::string(key), parts); };
  auto bracketed = [&](std::string text) { return inside ? "（" + std::move(text) + "）" : text; };
  if (name == "param") {
    std::string out;
    for (std::size_t i = 0; i < args.size(); ++i) out += (i == 0 ? "" : i == 1 ? " / " : ", ") + Escape(Str(args[i]));
    return "<code class=\"param\">" + out + "</code>";
  }
  if (name == "and" || name == "or") return args.size() == 1 ? at(0) : bracketed(joined(Say("review.op." + std::string(name))));
  if (name == "!") return said("not", {{"a", at(0)}});
  if (name == "===") return at(0) + Say("review.op.is") + at(1);
  if (name == "!==") return at(0) + Say("review.op.is_not") + at(1);
  if (name == "in") {
    std::string list;
    const json::object* fact = PartnerOf(json::array{args.empty() ? json::value() : args[0]}, facts_);
    if (args.size() > 1 && args[1].is_array()) {
      for (const auto& item : args[1].get_array()) list += (list.empty() ? "" : "、") + std::string("“") + Label(item, fact) + "”";
    }
    return said("in", {{"a", at(0)}, {"list", list}});
  }
  if (name == "<" || name == "<=" || name == ">" || name == ">=") {
    return joined(name == "<" ? " &lt; " : name == "<=" ? " ≤ " : name == ">" ? " &gt; " : " ≥ ");
  }
  if (name == "+") return bracketed(joined(" + "));
  if (name == "*") return joined(" × ");
  if (name == "-") return args.size() == 1 ? "−" + at(0) : bracketed(joined(" − "));
  if (name == "min" || name == "max") return said(name, {{"list", joined("、")}});
  if (name == "if") {
    std::string out;
    for (std::size_t i = 0; i + 1 < args.size(); i += 2) out += said(i == 0 ? "if" : "else_if", {{"a", at(i)}, {"b", at(i + 1)}});
    if (args.size() % 2 == 1) out += said("else", {{"a", at(args.size() - 1)}});
    return bracketed(out);
  }
  if (name == "portion") return said("portion." + (args.size() > 2 ? Str(args[2]) : "down"), {{"a", at(0)}, {"b", at(1)}});
  if (name == "age_on" || name == "months_between" || name == "add_months" || name == "month_end" || name == "year_end") {
    return said(name, {{"a", at(0)}, {"b", at(1)}});
  }
  return Escape(name) + "(" + joined(", ") + ")";
}

}  // namespace chuncheng
