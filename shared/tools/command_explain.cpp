#include <algorithm>
#include <boost/json/serialize.hpp>
#include <iostream>
#include <map>

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
  const auto* object = owner.if_object();
  return object == nullptr ? nullptr : object->if_contains(json::string_view(key.data(), key.size()));
}

std::string Op(const json::value& node) { return String(node, "op"); }

const json::array& Args(const json::value& node) {
  static const json::array none;
  const auto* args = Member(node, "args");
  return args == nullptr ? none : args->as_array();
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
    const std::string op = Op(node);
    const auto& args = Args(node);
    if (op == "var" && !args.empty()) return Condition(args.front(), indent);
    if ((op == "and" || op == "or") && args.size() == 1) return Condition(args.front(), indent);
    if (const auto sides = Range(node)) return Line(node, Between(sides->first, sides->second), indent);
    // A derivation that must, or must not, hold.
    const auto* derived = Derivation(node);
    if (derived != nullptr && (op == "===") == Member(args.back(), "value")->as_bool()) return Condition(*derived, indent);
    const bool joins = op == "and" || op == "or" || op == "!";
    if (!joins && derived == nullptr) return Line(node, Comparison(node), indent);
    Line(node, Text("cli.explain.op." + (joins ? Name(op) : "not")), indent);
    if (derived != nullptr) return Condition(*derived, indent + "  ");
    for (const auto& arg : args) Condition(arg, indent + "  ");
  }

  // What is paid: one line, and below it what it is reckoned from.
  void Pay(const json::value& node, const Sort& wanted, const std::string& indent) const {
    const std::string op = Op(node);
    const Sort sort = SortOf(node, wanted);
    const auto taken = Taken(node);
    if (op == "if" && taken.size() == 1) return Pay(*taken.front(), wanted, indent);
    const std::string value = Op(node) == "literal" ? Value(*Member(node, "value"), sort) : Told(node, sort);
    if (op == "var" && Member(node, "value") == nullptr) {
      std::cout << indent << Text("cli.explain.pay.open", {{"of", Of(node)}}) << "\n";
      return;
    }
    if (op == "var" || op == "param" || op == "literal" || op == "portion") {
      std::cout << indent << (op == "literal" ? value : Text("cli.explain.pay." + op, {{"of", Of(node)}, {"value", value}})) << "\n";
      return;
    }
    std::cout << indent << Text("cli.explain.pay." + Name(op), {{"value", value}}) << "\n";
    if (op == "if") {
      for (const auto* one : taken) Pay(*one, wanted, indent + "  ");
    } else {
      for (const auto& arg : Args(node)) Pay(arg, Operand(op, sort), indent + "  ");
    }
  }

 private:
  static void Line(const json::value& node, const std::string& text, const std::string& indent) {
    std::cout << indent << Text("cli.explain.state." + String(node, "state")) << " " << text << "\n";
  }

  // Operators by the names of their messages.
  static std::string Name(const std::string& op) {
    static const std::map<std::string, std::string> names = {{"!", "not"}, {"===", "eq"}, {"!==", "ne"}, {"<", "lt"},  {"<=", "le"},
                                                             {">", "gt"},  {">=", "ge"},  {"+", "add"},  {"-", "sub"}, {"*", "mul"}};
    const auto found = names.find(op);
    return found == names.end() ? op : found->second;
  }

  // Both limits of one fact, as the conditions of a row have them.
  static std::optional<std::pair<const json::value*, const json::value*>> Range(const json::value& node) {
    const auto& args = Args(node);
    if (Op(node) != "and" || args.size() != 2 || Op(args[0]) != ">=" || Op(args[1]) != "<=") return std::nullopt;
    if (Op(Args(args[0])[0]) != "var" || Args(args[0])[0] != Args(args[1])[0]) return std::nullopt;
    return std::pair(&args[0], &args[1]);
  }

  std::string Between(const json::value* low, const json::value* high) const {
    const Sort sort = SortOf(Args(*low)[0], {});
    return Text("cli.explain.op.between",
                {{"left", Phrase(Args(*low)[0], sort)}, {"low", Phrase(Args(*low)[1], sort)}, {"high", Phrase(Args(*high)[1], sort)}, {"op", "le"}});
  }

  // The rule behind a derived yes or no that is compared with true or false.
  const json::value* Derivation(const json::value& node) const {
    const auto& args = Args(node);
    if ((Op(node) != "===" && Op(node) != "!==") || args.size() != 2 || Op(args[0]) != "var" || Args(args[0]).empty()) return nullptr;
    const auto* value = Member(args[1], "value");
    return value != nullptr && value->is_bool() ? &Args(args[0]).front() : nullptr;
  }

  // The branches of an `if` that can still be taken.
  static std::vector<const json::value*> Taken(const json::value& node) {
    std::vector<const json::value*> out;
    const auto& args = Args(node);
    if (Op(node) != "if") return out;
    for (std::size_t i = 0; i + 1 < args.size(); i += 2) {
      const std::string state = String(args[i], "state");
      if (state != "no") out.push_back(&args[i + 1]);
      if (state == "yes") return out;
    }
    out.push_back(&args.back());
    return out;
  }

  // What a value is and where it comes from.
  std::string Phrase(const json::value& node, const Sort& wanted) const {
    const std::string op = Op(node);
    if (op == "literal") return Value(*Member(node, "value"), wanted);
    const Sort sort = SortOf(node, wanted);
    std::string value = Told(node, sort);
    const auto& args = Args(node);
    if (op == "var") {
      if (String(node, "fact") == "as_of") return value;
      if (!args.empty()) return Phrase(args.front(), sort);
      return Answer(node, value);
    }
    if (op == "param") return Text("cli.explain.param", {{"value", value}});
    if (sort.type == "bool") return Comparison(node);
    std::string list;
    if (op == "if") {
      for (const auto* one : Taken(node)) list += (list.empty() ? "" : Text("cli.explain.or")) + Phrase(*one, sort);
      return list;
    }
    TextArgs texts = {{"value", value}, {"known", Member(node, "value") != nullptr ? "yes" : "no"}};
    for (std::size_t i = 0; i < args.size(); ++i) {
      const std::string text = Phrase(args[i], Operand(op, sort));
      list += (list.empty() ? "" : Text("cli.explain.and")) + text;
      texts.emplace_back(std::string(1, static_cast<char>('a' + std::min<std::size_t>(i, 25))), text);
    }
    texts.emplace_back("list", list);
    return Text("cli.explain.op." + Name(op), texts);
  }

  std::string Answer(const json::value& node, const std::string& value) const {
    const std::string state = String(node, "state");
    const bool known = Member(node, "value") != nullptr || state == "yes" || state == "no";
    return Text(known ? "cli.explain.fact.known" : "cli.explain.fact.open", {{"question", Question(String(node, "fact"))}, {"value", value}});
  }

  // What stands between quotation marks takes the inner ones.
  std::string Question(const std::string& fact) const {
    std::string text = policy_.Question(fact);
    for (const auto& [outer, inner] : {std::pair("“", "‘"), std::pair("”", "’")}) {
      for (auto at = text.find(outer); at != std::string::npos; at = text.find(outer, at)) text.replace(at, std::string_view(outer).size(), inner);
    }
    return text;
  }

  // What a number of the pay is: an answer, a param, a share of something.
  std::string Of(const json::value& node) const {
    const std::string op = Op(node);
    if (op == "var") {
      std::vector<std::string> facts;
      Answers(node, facts);
      std::string list;
      for (const std::string& fact : facts)
        list += (list.empty() ? "" : Text("cli.explain.and")) + Text("cli.explain.quoted", {{"text", Question(fact)}});
      return Args(node).empty() ? list : Text("cli.explain.derived", {{"list", list}});
    }
    if (op == "param") return Text("cli.explain.param.name");
    const auto& args = Args(node);
    return Text("cli.explain.op.portion", {{"a", Phrase(args[0], {"money", "", nullptr})}, {"b", Told(args[1], SortOf(args[1], {}))}});
  }

  // The questions below a node, each once.
  static void Answers(const json::value& node, std::vector<std::string>& facts) {
    for (const auto& arg : Args(node)) Answers(arg, facts);
    const std::string fact = String(node, "fact");
    if (fact.empty() || fact == "as_of" || !Args(node).empty() || std::find(facts.begin(), facts.end(), fact) != facts.end()) return;
    facts.push_back(fact);
  }

  // A side of a comparison; the day of the assessment is called what it is.
  std::string Side(const json::value& node, const Sort& sort) const {
    const std::string text = Phrase(node, sort);
    return String(node, "fact") == "as_of" ? Text("cli.explain.day", {{"date", text}}) : text;
  }

  std::string Comparison(const json::value& node) const {
    const std::string op = Op(node);
    const auto& args = Args(node);
    if (op == "var" && !args.empty()) return Comparison(args.front());
    if (op == "var" || op == "literal") return Phrase(node, {"bool", "", nullptr});
    if (op == "and" || op == "or" || op == "!" || op == "if") {
      std::string joined;
      for (const auto& arg : args) joined += (joined.empty() ? "" : Text("cli.explain.and")) + Comparison(arg);
      return Text("cli.explain.op." + Name(op)) + joined;
    }
    Sort sort;
    for (const auto& arg : args) {
      if (const Sort one = SortOf(arg, {}); sort.type.empty() && !one.type.empty()) sort = one;
    }
    const std::string kind = sort.type == "date"                             ? "date"
                             : sort.type == "ordinal" || sort.type == "enum" ? "level"
                             : sort.type == "bool"                           ? "answer"
                                                                             : "number";
    if (args.size() == 3) {
      return Text("cli.explain.op.between",
                  {{"left", Phrase(args[1], sort)}, {"low", Phrase(args[0], sort)}, {"high", Phrase(args[2], sort)}, {"op", Name(op)}});
    }
    // A literal on the left reads better on the right, and a list of one is no list.
    const bool turned = Op(args[0]) == "literal" && Op(args[1]) != "literal";
    static const std::map<std::string, std::string> mirror = {{"<", ">"}, {"<=", ">="}, {">", "<"}, {">=", "<="}};
    const auto mirrored = mirror.find(op);
    std::string shown = turned && mirrored != mirror.end() ? mirrored->second : op;
    if (op == "in" && Member(args[1], "value")->as_array().size() == 1) shown = "===";
    return Text("cli.explain.op." + Name(shown),
                {{"kind", kind}, {"left", Side(args[turned ? 1 : 0], sort)}, {"right", Side(args[turned ? 0 : 1], sort)}});
  }

  // Of what sort a node's value is; `wanted` is what its place suggests.
  Sort SortOf(const json::value& node, const Sort& wanted) const {
    const std::string op = Op(node);
    if (op == "var") return OfFact(String(node, "fact"));
    if (op == "param") return OfParam(String(node, "param"));
    if (op == "age_on") return {"count", "周岁", nullptr};
    if (op == "months_between") return {"count", "月", nullptr};
    if (op == "add_months" || op == "month_end" || op == "year_end") return {"date", "", nullptr};
    if (op == "portion") return {"money", "", nullptr};
    if (Member(node, "state") != nullptr) return {"bool", "", nullptr};
    if (op == "literal" || !wanted.type.empty()) return wanted;
    Sort first;
    const auto& args = Args(node);
    for (std::size_t i = 0; i < args.size(); ++i) {
      if (op == "if" && i % 2 == 0 && i + 1 < args.size()) continue;  // a condition
      Sort sort = SortOf(args[i], wanted);
      if (sort.type == "money") return sort;
      if (first.type.empty()) first = sort;
    }
    return first;
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
    const auto* params = Member(policy_.files().params.value, "params");
    const auto* param = params == nullptr ? nullptr : Member(*params, name);
    if (param == nullptr) return {};
    return {String(*param, "type"), String(*param, "unit"), nullptr};
  }

  // A node's value in words: what it is, between what it lies, or that it is not published.
  static std::string Told(const json::value& node, const Sort& sort) {
    if (const auto* value = Member(node, "value")) return Value(*value, sort);
    if (const auto* range = Member(node, "range")) {
      return Text("cli.explain.range", {{"low", Value(range->as_array()[0], sort)}, {"high", Value(range->as_array()[1], sort)}});
    }
    if (const std::string state = String(node, "state"); !state.empty()) return Text("cli.explain.answer." + state);
    return Text("cli.explain.unpublished");
  }

  static std::string Value(const json::value& value, const Sort& sort) {
    if (value.is_bool()) return Text(value.get_bool() ? "cli.explain.answer.yes" : "cli.explain.answer.no");
    if (value.is_array()) {
      std::string out;
      for (const auto& one : value.get_array()) out += (out.empty() ? "" : Text("cli.explain.or")) + Value(one, sort);
      return out;
    }
    if (value.is_string()) return sort.fact == nullptr ? std::string(value.get_string()) : Label(*sort.fact, value);
    const std::int64_t number = value.as_int64();
    if (sort.type == "money") return Text("cli.explain.money", {{"value", Yuan(number)}});
    if (sort.type == "ratio") {
      const std::string rest = number % 10 == 0 ? "" : "." + std::to_string(number % 10);
      return Text("cli.explain.ratio", {{"value", std::to_string(number / 10) + rest}});
    }
    return Text("cli.explain.count", {{"unit", sort.unit.empty() ? "none" : sort.unit}, {"value", std::to_string(number)}});
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
    std::cout << "\n" << Text("cli.explain.state." + String(item, "state")) << " " << policy.CriterionText(benefit, id) << "\n";
    if (id == "in_force") {
      const std::string to = String(item, "to");
      std::cout << "    "
                << Text(to.empty() ? "cli.explain.in_force.open" : "cli.explain.in_force.closed", {{"from", String(item, "from")}, {"to", to}})
                << "\n";
    } else {
      sentences.Condition(*Member(item, "rule"), "    ");
    }
    policy.PrintCites(*Member(item, "cite"), "    ");
  }
  const auto* rows = Member(result, "rows");
  if (rows == nullptr) return;
  const bool days = String(result.at("amount"), "kind") == "leave_days";
  const Sort paid = days ? Sort{"count", "天", nullptr} : Sort{"money", "", nullptr};
  std::cout << "\n" << Text("cli.explain.rows", {{"count", std::to_string(rows->as_array().size())}}) << "\n";
  for (const auto& row : rows->as_array()) {
    std::cout << "\n";
    sentences.Pay(*Member(row, "pay"), paid, "  ");
    for (const auto& condition : Args(*Member(row, "rule"))) {
      if (Op(condition) != "literal") sentences.Condition(condition, "    ");
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
  return Conclude(result, options.raw, [&](const json::value& answer) { Print(*policy, answer); });
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
