#include <boost/json/serialize.hpp>
#include <iostream>

#include "shared/benefits/explain.h"
#include "shared/tools/commands.h"
#include "shared/tools/messages.h"
#include "shared/tools/policy.h"

namespace chuncheng {
namespace {

struct Options {
  std::string profile = "-";
  std::string pack = "shared/packs/kunming";
  std::string benefit;
  std::string subject;
  std::string as_of;
  bool raw = false;
};

std::string String(const json::value& owner, std::string_view key) {
  const auto* object = owner.if_object();
  const auto* value = object == nullptr ? nullptr : object->if_contains(json::string_view(key.data(), key.size()));
  return value == nullptr || !value->is_string() ? "" : std::string(value->get_string());
}

const json::value* Member(const json::value& owner, std::string_view key) {
  return owner.as_object().if_contains(json::string_view(key.data(), key.size()));
}

// How a number or date is written: a fact's document, or what an operator yields.
struct Sort {
  std::string type;  // bool, count, money, date, enum, ordinal, or "" = a plain number
  std::string unit;
  const json::value* fact = nullptr;
};

// The rule tree in sentences: one `explain.op.*` message an operator, each fact by its question and the answer to it.
class Sentences {
 public:
  explicit Sentences(const Policy& policy) : policy_(policy) {}

  // A condition: one line, its parts below it where it has any.
  void Condition(const json::value& node, const std::string& indent) const {
    const std::string op = String(node, "op");
    const auto* args = Member(node, "args");
    const bool joins = op == "and" || op == "or" || op == "!";
    if (joins && op != "!" && args->as_array().size() == 1) return Condition(args->as_array().front(), indent);
    std::cout << indent << Mark(String(node, "state")) << " " << (joins ? Text("explain.op." + Name(op)) : Comparison(node)) << "\n";
    if (!joins) return;
    for (const auto& arg : args->as_array()) Condition(arg, indent + "  ");
  }

  // What a value is and where it comes from.
  std::string Phrase(const json::value& node, const Sort& wanted) const {
    const std::string op = String(node, "op");
    if (op == "literal") return Value(*Member(node, "value"), wanted);
    const Sort sort = SortOf(node, wanted);
    const std::string value = Told(node, sort);
    if (op == "var") {
      const std::string fact = String(node, "fact");
      if (fact == "as_of") return value;
      if (const auto* args = Member(node, "args")) return Phrase(args->as_array().front(), sort);
      const bool known = Member(node, "value") != nullptr || (String(node, "state") != "open" && !String(node, "state").empty());
      return Text(known ? "explain.fact.known" : "explain.fact.open", {{"question", policy_.Question(fact)}, {"value", value}});
    }
    if (op == "param") return Text("explain.param", {{"name", String(node, "param")}, {"value", value}});
    TextArgs texts = {{"value", value}, {"known", Member(node, "value") != nullptr || Member(node, "state") != nullptr ? "yes" : "no"}};
    std::string list;
    const auto& args = Member(node, "args")->as_array();
    for (std::size_t i = 0; i < args.size(); ++i) {
      const std::string text = Phrase(args[i], Operand(op, sort));
      list += (list.empty() ? "" : Text("explain.and")) + text;
      texts.emplace_back(std::string(1, static_cast<char>('a' + std::min<std::size_t>(i, 25))), text);
    }
    texts.emplace_back("list", list);
    if (sort.type == "bool") return Comparison(node);
    return Text("explain.op." + Name(op), texts);
  }

 private:
  static std::string Mark(const std::string& state) { return Text("explain.state." + state); }

  // Operators by the names of their messages.
  static std::string Name(const std::string& op) {
    static const std::pair<const char*, const char*> names[] = {{"!", "not"}, {"===", "eq"}, {"!==", "ne"}, {"<", "lt"},  {"<=", "le"},
                                                                {">", "gt"},  {">=", "ge"},  {"+", "add"},  {"-", "sub"}, {"*", "mul"}};
    for (const auto& [symbol, name] : names) {
      if (op == symbol) return name;
    }
    return op;
  }

  std::string Comparison(const json::value& node) const {
    const std::string op = String(node, "op");
    const auto* list = Member(node, "args");
    if (op == "var") {
      // Yes or no by itself: a question, or a derivation that is a condition of its own.
      if (list != nullptr) return Comparison(list->as_array().front());
      return Phrase(node, {"bool", "", nullptr});
    }
    if (op == "literal" || list == nullptr) return Phrase(node, {"bool", "", nullptr});
    const auto& args = list->as_array();
    if (op == "and" || op == "or" || op == "!" || op == "if") {
      std::string joined;
      for (const auto& arg : args) joined += (joined.empty() ? "" : Text("explain.and")) + Comparison(arg);
      return Text("explain.op." + Name(op)) + joined;
    }
    Sort sort;
    for (const auto& arg : args) {
      if (const Sort one = SortOf(arg, {}); sort.type.empty() && !one.type.empty()) sort = one;
    }
    const std::string kind = sort.type == "date" ? "date" : sort.type == "ordinal" || sort.type == "enum" ? "level" : "number";
    if (args.size() == 3) {
      return Text("explain.op.between",
                  {{"left", Phrase(args[1], sort)}, {"low", Phrase(args[0], sort)}, {"high", Phrase(args[2], sort)}, {"op", Name(op)}});
    }
    // A literal on the left reads better on the right.
    const bool turned = String(args[0], "op") == "literal" && String(args[1], "op") != "literal";
    static const std::map<std::string, std::string> mirror = {{"<", ">"}, {"<=", ">="}, {">", "<"}, {">=", "<="}};
    const auto mirrored = mirror.find(op);
    const std::string shown = turned && mirrored != mirror.end() ? mirrored->second : op;
    return Text("explain.op." + Name(shown),
                {{"kind", kind}, {"left", Phrase(args[turned ? 1 : 0], sort)}, {"right", Phrase(args[turned ? 0 : 1], sort)}});
  }

  // Of what sort a node's value is; `wanted` is what its place suggests.
  Sort SortOf(const json::value& node, const Sort& wanted) const {
    const std::string op = String(node, "op");
    if (op == "var") return OfFact(String(node, "fact"));
    if (op == "param") return OfParam(String(node, "param"));
    if (op == "literal") return wanted;
    if (op == "age_on") return {"count", "周岁", nullptr};
    if (op == "months_between") return {"count", "月", nullptr};
    if (op == "add_months" || op == "month_end" || op == "year_end") return {"date", "", nullptr};
    if (op == "portion") return {"money", "", nullptr};
    if (Member(node, "state") != nullptr) return {"bool", "", nullptr};
    for (const auto& arg : Member(node, "args")->as_array()) {
      if (const Sort sort = SortOf(arg, wanted); sort.type == "money") return sort;
    }
    return wanted.type.empty() ? SortOf(Member(node, "args")->as_array().front(), wanted) : wanted;
  }

  // What an operand of an operator is when it does not say so itself.
  static Sort Operand(const std::string& op, const Sort& own) {
    if (op == "age_on" || op == "months_between" || op == "month_end" || op == "year_end") return {"date", "", nullptr};
    if (op == "add_months") return {"count", "月", nullptr};
    if (op == "*") return {};
    return own;
  }

  Sort OfFact(const std::string& name) const {
    if (name == "as_of") return {"date", "", nullptr};
    const json::value& fact = policy_.Fact(name);
    return {String(fact, "type"), String(fact, "unit"), &fact};
  }

  Sort OfParam(const std::string& name) const {
    const auto* params = policy_.files().params.value.as_object().if_contains("params");
    const auto* param = params == nullptr ? nullptr : Member(*params, name);
    if (param == nullptr) return {};
    return {String(*param, "type"), String(*param, "unit"), nullptr};
  }

  // A node's value in words: what it is, between what it lies, or that it is not published.
  std::string Told(const json::value& node, const Sort& sort) const {
    if (const auto* value = Member(node, "value")) return Value(*value, sort);
    if (const auto* range = Member(node, "range")) {
      return Text("explain.range", {{"low", Value(range->as_array()[0], sort)}, {"high", Value(range->as_array()[1], sort)}});
    }
    if (const std::string state = String(node, "state"); !state.empty()) return Text("explain.answer." + state);
    return Text("explain.unpublished");
  }

  std::string Value(const json::value& value, const Sort& sort) const {
    if (value.is_bool()) return Text(value.get_bool() ? "explain.answer.yes" : "explain.answer.no");
    if (value.is_array()) {
      std::string out;
      for (const auto& one : value.get_array()) out += (out.empty() ? "" : Text("explain.or")) + Value(one, sort);
      return out;
    }
    if (value.is_string()) return sort.fact == nullptr ? std::string(value.get_string()) : Label(*sort.fact, value);
    const std::int64_t number = value.as_int64();
    if (sort.type == "money") return Text("explain.money", {{"value", Yuan(number)}});
    if (sort.type == "ratio")
      return Text("explain.ratio", {{"value", std::to_string(number / 10) + (number % 10 == 0 ? "" : "." + std::to_string(number % 10))}});
    return Text("explain.count", {{"unit", sort.unit}, {"value", std::to_string(number)}});
  }

  static std::string Label(const json::value& fact, const json::value& value) {
    const auto* values = Member(fact, "values");
    const auto* labels = Member(fact, "labels");
    const auto* zh = labels == nullptr ? nullptr : Member(*labels, "zh");
    if (values != nullptr && zh != nullptr) {
      for (std::size_t i = 0; i < values->as_array().size(); ++i) {
        if (values->as_array()[i] == value) return std::string(zh->as_array()[i].as_string());
      }
    }
    return std::string(value.as_string());
  }

  const Policy& policy_;
};

void Print(const Policy& policy, const json::value& result) {
  const std::string benefit = String(result, "benefit");
  const Sentences sentences(policy);
  std::cout << Text("cli.explain.head", {{"date", String(result, "as_of")},
                                         {"subject", String(result, "subject")},
                                         {"title", policy.Title(benefit)},
                                         {"result", policy.ResultText(result.as_object(), benefit)}})
            << "\n";
  for (const auto& item : result.at("tree").as_array()) {
    const std::string id = String(item, "criterion");
    std::cout << "\n" << Text("explain.state." + String(item, "state")) << " " << policy.CriterionText(benefit, id) << "\n";
    if (id == "in_force") {
      const std::string to = String(item, "to");
      std::cout << "    " << Text(to.empty() ? "explain.in_force.open" : "explain.in_force.closed", {{"from", String(item, "from")}, {"to", to}})
                << "\n";
    } else {
      sentences.Condition(*Member(item, "rule"), "    ");
    }
    policy.PrintCites(*Member(item, "cite"), "    ");
  }
  const auto* rows = Member(result, "rows");
  if (rows == nullptr) return;
  std::cout << "\n" << Text("cli.explain.rows", {{"count", std::to_string(rows->as_array().size())}}) << "\n";
  for (const auto& row : rows->as_array()) {
    std::cout << "\n  " << Text("cli.explain.pay", {{"pay", sentences.Phrase(*Member(row, "pay"), {"money", "", nullptr})}}) << "\n";
    const auto* conditions = Member(*Member(row, "rule"), "args");
    for (const auto& condition : conditions->as_array()) {
      if (String(condition, "op") != "literal" && !(String(condition, "op").empty())) sentences.Condition(condition, "    ");
    }
    policy.PrintCites(*Member(row, "cite"), "    ");
  }
}

int Run(const Options& options) {
  const auto policy = Policy::Open(options.pack);
  const auto profile = policy ? Policy::Document(options.profile, options.as_of) : std::nullopt;
  if (!profile) return kInputErrors;
  json::object request;
  request["profile"] = *profile;
  request["benefit"] = options.benefit;
  request["subject"] = options.subject;
  const auto result = ExplanationOf(policy->pack(), request, options.profile);
  if (!result) {
    if (options.raw) std::cout << json::serialize(result.error().ToJson()) << "\n";
    std::cerr << Text(result.error()) << "\n";
    return kInputErrors;
  }
  if (options.raw) {
    std::cout << json::serialize(*result) << "\n";
  } else {
    Print(*policy, *result);
  }
  return 0;
}

}  // namespace

void AddExplain(CLI::App& app, int& exit) {
  auto* command = app.add_subcommand("explain", Text("cli.explain.about"));
  auto options = std::make_shared<Options>();
  command->add_option("profile", options->profile, Text("cli.option.profile"));
  command->add_option("--benefit", options->benefit, Text("cli.option.benefit"))->required();
  command->add_option("--subject", options->subject, Text("cli.option.subject"))->required();
  command->add_option("--pack", options->pack, Text("cli.option.policy"));
  command->add_option("--as-of", options->as_of, Text("cli.option.as_of"));
  command->add_flag("--json", options->raw, Text("cli.option.json"));
  command->callback([options, &exit] { exit = Run(*options); });
}

}  // namespace chuncheng
