#include "shared/rules/compile.h"

#include <algorithm>
#include <array>
#include <limits>

#include "shared/rules/evaluate.h"

namespace chuncheng {
namespace {

struct Shape {
  std::string_view name;
  Op op;
  std::size_t least;
  std::size_t most;
};

constexpr std::size_t kMany = 64;
constexpr std::array<Shape, 24> kOperators = {{
    {"and", Op::And, 1, kMany},
    {"or", Op::Or, 1, kMany},
    {"!", Op::Not, 1, 1},
    {"===", Op::Eq, 2, 2},
    {"!==", Op::Ne, 2, 2},
    {"<", Op::Lt, 2, 3},
    {"<=", Op::Le, 2, 3},
    {">", Op::Gt, 2, 2},
    {">=", Op::Ge, 2, 2},
    {"in", Op::In, 2, 2},
    {"+", Op::Add, 1, kMany},
    {"-", Op::Sub, 1, 2},
    {"*", Op::Mul, 1, kMany},
    {"min", Op::Min, 1, kMany},
    {"max", Op::Max, 1, kMany},
    {"if", Op::If, 3, kMany},
    {"age_on", Op::AgeOn, 2, 2},
    {"months_between", Op::MonthsBetween, 2, 2},
    {"add_months", Op::AddMonths, 2, 2},
    {"month_end", Op::MonthEnd, 1, 1},
    {"year_end", Op::YearEnd, 1, 1},
    {"param", Op::Param, 1, kMany},
    {"portion", Op::Portion, 3, 3},
    {"var", Op::Var, 1, 1},
}};

// A typed operand. A string literal has no type until it meets its partner: `literal` is set and `at` is its instruction. `figure`: a bare
// integer other than 0, or something reckoned from one, whose unit is still open.
struct Operand {
  Type type;
  bool literal = false;
  std::size_t at = 0;
  Node node;
  bool figure = false;
};

class Compiler {
 public:
  explicit Compiler(Schema& schema) : schema_(schema) {}

  std::optional<Program> Run(const Node& node, std::optional<Type> want) {
    const std::size_t before = node.diagnostics().size();
    auto root = Expression(node, 1);
    if (!root) return std::nullopt;
    if (want && !Coerce(*root, *want)) return std::nullopt;
    if (root->literal && !Resolve(*root)) return std::nullopt;
    program_.type = root->type;
    if (program_.type.kind == Kind::Int && program_.type.tag == kAnyUnit) program_.type.tag = want ? want->tag : kNoUnit;
    if (node.diagnostics().size() != before) return std::nullopt;
    if (!Proved(node)) return std::nullopt;
    return std::move(program_);
  }

 private:
  // No overflow whatever the answers and whichever period of a param applies.
  bool Proved(const Node& node) {
    std::vector<Interval> facts;
    for (const Fact& fact : schema_.facts) facts.push_back(fact.range);
    std::vector<Interval> params;
    for (const ParamSlot& slot : schema_.slots) {
      Interval hull = Interval::Unpublished();
      for (const auto& [days, value] : slot.values) {
        if (!value.Published()) continue;
        hull = hull.Published() ? Interval{std::min(hull.lo, value.lo), std::max(hull.hi, value.hi)} : value;
      }
      params.push_back(hull);
    }
    bool overflow = false;
    Evaluate(program_, facts, params, nullptr, &overflow);
    if (overflow) node.Report(ErrorCode::Overflow);
    return !overflow;
  }

  std::size_t Emit(Op op, std::size_t argc, std::int64_t imm, const Node& node) {
    depth_ = depth_ - argc + 1;
    deepest_ = std::max(deepest_, depth_);
    program_.pointers.push_back(node.pointer());
    program_.code.push_back({op, Rounding::Down, static_cast<std::uint16_t>(argc), imm, static_cast<std::uint32_t>(program_.pointers.size() - 1)});
    return program_.code.size() - 1;
  }

  std::optional<Operand> Expression(const Node& node, std::size_t nesting) {
    if (nesting > 48 || depth_ + 2 > kStack) {
      node.Report(ErrorCode::TooDeep);
      return std::nullopt;
    }
    const json::value& value = node.value();
    if (const auto* flag = value.if_bool()) return Operand{{Kind::Bool, 0}, false, Emit(Op::Const, 0, *flag ? 1 : 0, node), node};
    if (const auto* number = value.if_int64()) return Operand{{Kind::Int, kAnyUnit}, false, Emit(Op::Const, 0, *number, node), node, *number != 0};
    if (value.is_string()) return Operand{{}, true, Emit(Op::Const, 0, 0, node), node};
    if (!value.is_object()) {
      node.Report(ErrorCode::LiteralBad);
      return std::nullopt;
    }
    const auto members = node.Members();
    if (members.size() != 1) {
      node.Report(ErrorCode::OperatorShape);
      return std::nullopt;
    }
    const std::string& name = members.front().first;
    const Node& body = members.front().second;
    const auto shape = std::find_if(kOperators.begin(), kOperators.end(), [&](const Shape& s) { return s.name == name; });
    if (shape == kOperators.end()) {
      std::vector<std::string> names;
      names.reserve(kOperators.size());
      for (const Shape& s : kOperators) names.emplace_back(s.name);
      node.Report(ErrorCode::OperatorUnknown, {{"name", name}, {"suggest", Nearest(name, names)}});
      return std::nullopt;
    }
    if (shape->op == Op::Var) return Variable(body);
    std::vector<Node> operands;
    if (body.value().is_array()) {
      operands = body.Items();
    } else if (shape->op == Op::Not) {
      operands = {body};
    } else {
      body.Report(ErrorCode::OperatorShape);
      return std::nullopt;
    }
    if (shape->op == Op::Portion && operands.size() == 2) {
      node.Report(ErrorCode::RatioRounding);
      return std::nullopt;
    }
    if (operands.size() < shape->least || operands.size() > shape->most) {
      node.Report(ErrorCode::OperandCount, {{"name", name}, {"found", std::to_string(operands.size())}});
      return std::nullopt;
    }
    if (shape->op == Op::Param) return Parameter(node, operands);
    if (shape->op == Op::In) return Membership(node, operands, nesting);
    std::optional<Rounding> rounding;
    if (shape->op == Op::Portion) {
      rounding = ReadRounding(operands[2]);
      operands.pop_back();
      if (!rounding) return std::nullopt;
    }
    std::vector<Operand> args;
    for (const Node& operand : operands) {
      auto arg = Expression(operand, nesting + 1);
      if (!arg) return std::nullopt;
      args.push_back(std::move(*arg));
    }
    const auto type = Check(shape->op, node, args);
    if (!type) return std::nullopt;
    const Op op = shape->op == Op::Sub && args.size() == 1 ? Op::Neg : shape->op;
    const std::size_t at = Emit(op, args.size(), 0, node);
    if (rounding) program_.code[at].rounding = *rounding;
    const bool open = type->kind == Kind::Int && type->tag == kAnyUnit;
    const bool figure = open && std::any_of(args.begin(), args.end(), [](const Operand& arg) { return arg.figure; });
    return Operand{*type, false, at, node, figure};
  }

  std::optional<Rounding> ReadRounding(const Node& node) {
    const auto* text = node.value().if_string();
    if (text != nullptr) {
      if (*text == "down") return Rounding::Down;
      if (*text == "up") return Rounding::Up;
      if (*text == "half_up") return Rounding::HalfUp;
    }
    node.Report(ErrorCode::RatioRounding);
    return std::nullopt;
  }

  std::optional<Operand> Variable(const Node& body) {
    Node node = body;
    if (body.value().is_array()) {
      const auto items = body.Items();
      if (items.size() != 1) {
        body.Report(items.empty() ? ErrorCode::OperandCount : ErrorCode::FactNoDefault, {{"name", "var"}, {"found", std::to_string(items.size())}});
        return std::nullopt;
      }
      node = items.front();
    }
    std::string name;
    if (const auto* number = node.value().if_int64(); number != nullptr && schema_.rule_mode) {
      name = std::to_string(*number);
    } else if (const auto* text = node.value().if_string()) {
      name.assign(text->data(), text->size());
    } else {
      node.Report(ErrorCode::OperatorShape);
      return std::nullopt;
    }
    const auto found = schema_.fact_index.find(name);
    if (found == schema_.fact_index.end()) {
      node.Report(ErrorCode::FactUnknown, {{"name", name}, {"suggest", Nearest(name, schema_.FactNames())}});
      return std::nullopt;
    }
    if (std::find(program_.facts.begin(), program_.facts.end(), found->second) == program_.facts.end()) program_.facts.push_back(found->second);
    const Type type = schema_.facts[static_cast<std::size_t>(found->second)].type;
    return Operand{type, false, Emit(Op::Var, 0, found->second, node), node};
  }

  std::optional<Operand> Parameter(const Node& node, const std::vector<Node>& operands) {
    std::vector<std::string> words;
    for (const Node& operand : operands) {
      auto word = operand.String();
      if (!word) return std::nullopt;
      words.push_back(std::move(*word));
    }
    const auto found = schema_.param_index.find(words[0]);
    if (found == schema_.param_index.end()) {
      std::vector<std::string> names;
      for (const Param& param : schema_.params) names.push_back(param.name);
      operands[0].Report(ErrorCode::ParamUnknown, {{"name", words[0]}, {"suggest", Nearest(words[0], names)}});
      return std::nullopt;
    }
    ParamSlot slot = schema_.Slot(found->second, {words.begin() + 1, words.end()});
    const Param& param = schema_.params[static_cast<std::size_t>(slot.param)];
    if (!schema_.HasCell(slot)) {
      node.Report(ErrorCode::ParamKey, {{"name", words[0]}});
      return std::nullopt;
    }
    std::size_t index = 0;
    while (index < schema_.slots.size() && (schema_.slots[index].param != slot.param || schema_.slots[index].keys != slot.keys)) ++index;
    if (index == schema_.slots.size()) schema_.slots.push_back(std::move(slot));
    return Operand{param.type, false, Emit(Op::Param, 0, static_cast<std::int64_t>(index), node), node};
  }

  std::optional<Operand> Membership(const Node& node, const std::vector<Node>& operands, std::size_t nesting) {
    if (!operands[1].value().is_array()) {
      operands[1].Report(ErrorCode::TypeMismatch, {{"want", "list"}, {"found", "value"}});
      return std::nullopt;
    }
    auto needle = Expression(operands[0], nesting + 1);
    if (!needle) return std::nullopt;
    if (needle->literal && !Resolve(*needle)) return std::nullopt;
    std::vector<std::int64_t> set;
    for (const Node& item : operands[1].Items()) {
      if (item.value().is_object() || item.value().is_array()) {
        item.Report(ErrorCode::LiteralBad);
        return std::nullopt;
      }
      const auto value = Literal(item, needle->type);
      if (!value) return std::nullopt;
      if (needle->type == Type{Kind::Int, kFen} && *value != 0) {
        item.Report(ErrorCode::AmountLiteral);
        return std::nullopt;
      }
      set.push_back(*value);
    }
    if (set.empty()) {
      operands[1].Report(ErrorCode::OperandCount, {{"name", "in"}, {"found", "0"}});
      return std::nullopt;
    }
    std::sort(set.begin(), set.end());
    set.erase(std::unique(set.begin(), set.end()), set.end());
    program_.sets.push_back(std::move(set));
    const std::size_t at = Emit(Op::In, 1, static_cast<std::int64_t>(program_.sets.size()) - 1, node);
    return Operand{{Kind::Bool, 0}, false, at, node};
  }

  // A literal of `type`, reported when it is none.
  std::optional<std::int64_t> Literal(const Node& node, Type type) {
    if (const auto value = ReadValue(node.value(), type, schema_, nullptr)) return value;
    const auto* text = node.value().if_string();
    if (type.kind == Kind::Enum && text != nullptr) {
      Domain& domain = schema_.domains[static_cast<std::size_t>(type.tag)];
      const std::string word(text->data(), text->size());
      if (domain.open) {
        domain.values.push_back(word);
        return static_cast<std::int64_t>(domain.values.size()) - 1;
      }
      std::string want;
      for (const std::string& known : domain.values) want += (want.empty() ? "" : ", ") + known;
      node.Report(ErrorCode::EnumValue, {{"value", word}, {"want", want}, {"suggest", Nearest(word, domain.values)}});
    } else if (type.kind == Kind::Date && text != nullptr) {
      node.Report(ErrorCode::DateBad, {{"value", std::string(text->data(), text->size())}});
    } else {
      node.Report(ErrorCode::TypeMismatch, {{"want", schema_.Describe(type)}, {"found", "literal"}});
    }
    return std::nullopt;
  }

  // Gives a string literal that met no partner the text type of rule mode.
  bool Resolve(Operand& operand) {
    if (schema_.text_domain < 0) {
      operand.node.Report(ErrorCode::TypeMismatch, {{"want", "value"}, {"found", "text"}});
      return false;
    }
    return Coerce(operand, {Kind::Enum, schema_.text_domain});
  }

  bool Coerce(Operand& operand, Type want) {
    if (operand.literal) {
      const auto value = Literal(operand.node, want);
      if (!value) return false;
      program_.code[operand.at].imm = *value;
      operand.literal = false;
      operand.type = want;
      return true;
    }
    if (operand.type.kind != want.kind || (want.kind == Kind::Enum && operand.type.tag != want.tag)) {
      operand.node.Report(ErrorCode::TypeMismatch, {{"want", schema_.Describe(want)}, {"found", schema_.Describe(operand.type)}});
      return false;
    }
    if (want.kind != Kind::Int || operand.type.tag == want.tag || want.tag == kAnyUnit) return true;
    if (operand.type.tag == kAnyUnit) {
      // Amounts are params: dated, cited, and changed in one place.
      if (want.tag == kFen && operand.figure) {
        operand.node.Report(ErrorCode::AmountLiteral);
        return false;
      }
      operand.type = want;
      return true;
    }
    operand.node.Report(ErrorCode::UnitMismatch, {{"want", schema_.Describe(want)}, {"found", schema_.Describe(operand.type)}});
    return false;
  }

  // Brings operands from `first` on in steps of `step` to one type: the first that is neither a string nor a bare integer decides.
  std::optional<Type> Unify(std::vector<Operand>& args, std::size_t first = 0) {
    std::optional<Type> type;
    for (std::size_t i = first; i < args.size(); ++i) {
      if (args[i].literal) continue;
      if (!type || (type->kind == Kind::Int && type->tag == kAnyUnit)) type = args[i].type;
    }
    for (std::size_t i = first; i < args.size(); ++i) {
      if (type ? !Coerce(args[i], *type) : !Resolve(args[i])) return std::nullopt;
    }
    return type ? type : std::optional<Type>(args[first].type);
  }

  bool All(std::vector<Operand>& args, Type want) {
    return std::all_of(args.begin(), args.end(), [&](Operand& arg) { return Coerce(arg, want); });
  }

  bool Numeric(const Operand& operand) {
    if (operand.literal || operand.type.kind != Kind::Int) {
      operand.node.Report(ErrorCode::TypeMismatch, {{"want", "number"}, {"found", operand.literal ? "text" : schema_.Describe(operand.type)}});
      return false;
    }
    if (operand.type.tag == kPermille) {
      operand.node.Report(ErrorCode::RatioOutside);
      return false;
    }
    return true;
  }

  std::optional<Type> Check(Op op, const Node& node, std::vector<Operand>& args) {
    const Type boolean{Kind::Bool, 0};
    const Type date{Kind::Date, 0};
    switch (op) {
      case Op::And:
      case Op::Or:
      case Op::Not: return All(args, boolean) ? std::optional(boolean) : std::nullopt;
      case Op::Eq:
      case Op::Ne: return Unify(args) ? std::optional(boolean) : std::nullopt;
      case Op::Lt:
      case Op::Le:
      case Op::Gt:
      case Op::Ge: {
        const auto type = Unify(args);
        if (!type) return std::nullopt;
        const bool ordered = type->kind == Kind::Int || type->kind == Kind::Date ||
                             (type->kind == Kind::Enum && schema_.domains[static_cast<std::size_t>(type->tag)].ordered);
        if (!ordered) node.Report(ErrorCode::TypeMismatch, {{"want", "ordered"}, {"found", schema_.Describe(*type)}});
        return ordered ? std::optional(boolean) : std::nullopt;
      }
      case Op::Add:
      case Op::Sub:
      case Op::Min:
      case Op::Max: {
        // Dates may be compared by min and max, never added.
        if ((op == Op::Min || op == Op::Max) &&
            std::any_of(args.begin(), args.end(), [](const Operand& a) { return !a.literal && a.type.kind == Kind::Date; })) {
          return All(args, date) ? std::optional(date) : std::nullopt;
        }
        if (!std::all_of(args.begin(), args.end(), [&](const Operand& a) { return Numeric(a); })) return std::nullopt;
        return Unify(args);
      }
      case Op::Mul: {
        // One amount times counts: the product keeps the amount's unit.
        Type out{Kind::Int, kAnyUnit};
        for (const Operand& arg : args) {
          if (!Numeric(arg)) return std::nullopt;
          const int unit = arg.type.tag;
          if (unit == kAnyUnit || unit == out.tag || out.tag == kFen) {
            if (unit == kFen && out.tag == kFen) {
              arg.node.Report(ErrorCode::UnitMismatch, {{"want", "number"}, {"found", "money"}});
              return std::nullopt;
            }
            continue;
          }
          if (out.tag == kAnyUnit || out.tag == kNoUnit || unit == kFen) {
            out.tag = unit;
          } else if (unit != kNoUnit) {
            arg.node.Report(ErrorCode::UnitMismatch, {{"want", schema_.Describe(out)}, {"found", schema_.Describe(arg.type)}});
            return std::nullopt;
          }
        }
        return out;
      }
      case Op::If: {
        if (args.size() % 2 == 0) {
          node.Report(ErrorCode::OperandCount, {{"name", "if"}, {"found", std::to_string(args.size())}});
          return std::nullopt;
        }
        std::vector<Operand> branches;
        for (std::size_t i = 0; i < args.size(); ++i) {
          if (i % 2 == 0 && i + 1 < args.size()) {
            if (!Coerce(args[i], boolean)) return std::nullopt;
          } else {
            branches.push_back(args[i]);
          }
        }
        return Unify(branches);
      }
      case Op::AgeOn: return All(args, date) ? std::optional(Type{Kind::Int, schema_.Unit("周岁")}) : std::nullopt;
      case Op::MonthsBetween: return All(args, date) ? std::optional(Type{Kind::Int, schema_.Unit("月")}) : std::nullopt;
      case Op::MonthEnd:
      case Op::YearEnd: return All(args, date) ? std::optional(date) : std::nullopt;
      case Op::AddMonths: {
        if (!Coerce(args[0], date) || !Numeric(args[1]) || !Coerce(args[1], {Kind::Int, schema_.Unit("月")})) return std::nullopt;
        if (program_.code[args[1].at].op == Op::Const && std::abs(program_.code[args[1].at].imm) > 2400) {
          args[1].node.Report(ErrorCode::RangeBad);
          return std::nullopt;
        }
        return date;
      }
      case Op::Portion: {
        if (!Coerce(args[0], {Kind::Int, kFen}) || !Coerce(args[1], {Kind::Int, kPermille})) return std::nullopt;
        return Type{Kind::Int, kFen};
      }
      default: break;
    }
    node.Report(ErrorCode::Internal);
    return std::nullopt;
  }

  Schema& schema_;
  Program program_;
  std::size_t depth_ = 0;
  std::size_t deepest_ = 0;
};

}  // namespace

std::optional<Program> Compile(const Node& node, Schema& schema, std::optional<Type> want) { return Compiler(schema).Run(node, want); }

}  // namespace chuncheng
