#include "shared/tools/policy.h"

#include <filesystem>
#include <iostream>

#include "shared/tools/files.h"
#include "shared/tools/messages.h"

namespace chuncheng {
namespace {

const json::value kNothing;

const json::value& Member(const json::value& owner, std::string_view key) {
  const auto* object = owner.if_object();
  const auto* found = object == nullptr ? nullptr : object->if_contains(json::string_view(key.data(), key.size()));
  return found == nullptr ? kNothing : *found;
}

std::string Plain(const json::value& value) { return value.is_string() ? std::string(value.get_string()) : ""; }

}  // namespace

std::string Zh(const json::value& owner, std::string_view key) { return Plain(Member(Member(owner, key), "zh")); }

std::string AmountText(const json::object& amount, const json::value& benefit) {
  const std::string kind(amount.at("kind").get_string());
  if (!amount.contains("min")) {
    const json::value& told = Member(benefit, "amount");
    if (std::string given = Zh(told, "in_kind"); !given.empty()) return given;
    const std::string say = Zh(told, "say");
    return Text("amount." + kind) + (say.empty() ? "" : "  " + say);
  }
  const auto low = amount.at("min").get_int64();
  const auto high = amount.at("max").get_int64();
  const bool days = kind == "leave_days";
  auto number = [&](std::int64_t v) { return days ? std::to_string(v) : Yuan(v); };
  const std::string per = Text("per." + std::string(amount.at("per").get_string()));
  const std::string range = low == high ? number(low) : number(low) + "–" + number(high);
  return Text("amount." + kind, {{"per", per}, {"range", range}});
}

std::optional<Policy> Policy::Open(const std::string& path) {
  Policy policy;
  Diagnostics problems;
  std::error_code code;
  const bool folder = std::filesystem::is_directory(path, code);
  if (folder) {
    policy.files_ = ReadPackFolder(path, problems);
  } else {
    const auto text = ReadFile(path);
    const auto value = text ? ParseJson(*text, path) : Result<json::value>(text.error());
    auto files = value ? SplitPolicy(*value, path) : Result<PackFiles>(value.error());
    if (files) {
      policy.files_ = std::move(*files);
    } else {
      problems.push_back(files.error());
    }
  }
  if (problems.empty()) policy.pack_ = folder ? ReadPack(policy.files_, problems) : ReadPolicy(policy.files_, problems);
  for (const Error& error : problems) std::cerr << Text(error) << "\n";
  if (!problems.empty()) return std::nullopt;
  return policy;
}

std::optional<json::value> Policy::Document(const std::string& path, const std::string& as_of) {
  const auto text = ReadFile(path);
  auto value = text ? ParseJson(*text, path) : Result<json::value>(text.error());
  if (!value) {
    std::cerr << Text(value.error()) << "\n";
    return std::nullopt;
  }
  if (!as_of.empty() && value->is_object()) value->get_object()["as_of"] = as_of;
  return std::move(*value);
}

const json::value& Policy::Benefit(std::string_view id) const {
  const int index = pack_.FindBenefit(id);
  return index < 0 ? kNothing : files_.benefits[static_cast<std::size_t>(index)].value;
}

std::string Policy::Title(std::string_view id) const {
  const std::string title = Zh(Benefit(id), "title");
  return title.empty() ? std::string(id) : title;
}

std::string Policy::CriterionText(std::string_view benefit, std::string_view criterion) const {
  if (criterion == "in_force") return Text("cli.explain.in_force");
  const json::value& list = Member(Benefit(benefit), "criteria");
  if (list.is_array()) {
    for (const auto& one : list.get_array()) {
      if (Plain(Member(one, "id")) == criterion) return Zh(one, "say");
    }
  }
  return std::string(criterion);
}

const json::value& Policy::Fact(std::string_view name) const { return Member(Member(files_.facts.value, "facts"), name); }

std::string Policy::Question(std::string_view fact) const {
  const std::string ask = Zh(Fact(fact), "ask");
  return ask.empty() ? std::string(fact) : ask;
}

std::string Policy::CiteText(std::string_view cite) const {
  const auto mark = cite.find('#');
  const json::value& source = Member(Member(files_.sources.value, "sources"), cite.substr(0, mark));
  const json::value& clause = mark == std::string_view::npos ? kNothing : Member(Member(source, "clauses"), cite.substr(mark + 1));
  const std::string say = clause.is_object() ? Plain(Member(clause, "say")) : Plain(clause);
  const std::string text = Text("cli.explain.cite", {{"say", say}, {"title", Plain(Member(source, "title"))}});
  return pack_.ToConfirm({std::string(cite)}) ? text + Text("cli.eval.to_confirm") : text;
}

void Policy::PrintCites(const json::value& cites, const std::string& indent) const {
  for (const auto& cite : cites.as_array()) std::cout << indent << Text("cli.eval.cite", {{"cite", CiteText(std::string(cite.as_string()))}}) << "\n";
}

std::string Policy::ResultText(const json::object& said, std::string_view benefit) const {
  std::string out = Text("verdict." + std::string(said.at("verdict").get_string()));
  if (const auto* amount = said.if_contains("amount")) out += "  " + AmountText(amount->get_object(), Benefit(benefit));
  for (const char* key : {"from", "until"}) {
    const auto* date = said.if_contains(key);
    if (date != nullptr) out += "  " + Text(std::string("cli.eval.") + key, {{"date", std::string(date->get_string())}});
  }
  return out;
}

}  // namespace chuncheng
