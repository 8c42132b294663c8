#include "shared/benefits/explain.h"

#include <algorithm>

#include "shared/benefits/amount.h"
#include "shared/benefits/profile.h"
#include "shared/benefits/sweep.h"
#include "shared/rules/evaluate.h"

namespace chuncheng {
namespace {

json::array Cites(const std::vector<std::string>& cites) { return json::array(cites.begin(), cites.end()); }

// Walks a rule's expression beside its program: both name the operands in the same order, then the operator.
class Tree {
 public:
  Tree(const Pack& pack, const std::vector<Interval>& values, const std::vector<Interval>& params, Day as_of)
      : schema_(pack.schema), values_(values), params_(params), as_of_(as_of) {}

  json::object Of(const Program& program, const json::value& source) {
    std::vector<Interval> trace(program.code.size());
    Evaluate(program, values_, params_, trace.data());
    std::size_t next = 0;
    return Node(program, source, trace, next).json;
  }

 private:
  struct Part {
    json::object json;
    std::optional<Type> type;  // nothing: a literal, which has its partner's
  };

  Part Node(const Program& program, const json::value& source, const std::vector<Interval>& trace, std::size_t& next) {
    const auto* object = source.if_object();
    if (object == nullptr) {
      ++next;
      return {Literal(source), std::nullopt};
    }
    const std::string op(object->begin()->key().data(), object->begin()->key().size());
    const json::value& body = object->begin()->value();
    if (op == "var" || op == "param") {
      const Instr& instr = program.code[next];
      const Interval value = trace[next++];
      return op == "var" ? Variable(static_cast<int>(instr.imm), value) : Param(static_cast<std::size_t>(instr.imm), value);
    }
    Part out;
    out.json["op"] = op;
    json::array args;
    std::optional<Type> common;
    const bool listed = op == "in" || op == "portion";  // their last operand is no expression
    const auto* operands = body.if_array();
    const std::size_t count = operands == nullptr ? 1 : operands->size() - (listed ? 1 : 0);
    for (std::size_t i = 0; i < count; ++i) {
      Part arg = Node(program, operands == nullptr ? body : (*operands)[i], trace, next);
      const bool condition = op == "if" && i % 2 == 0 && i + 1 < count;
      if (!common && !condition) common = arg.type;
      args.push_back(std::move(arg.json));
    }
    if (op == "in") args.push_back(Literal(operands->back()));
    const Instr& instr = program.code[next];
    const Interval value = trace[next++];
    out.type = Result(instr.op, common);
    Say(out.json, value, *out.type);
    out.json["args"] = std::move(args);
    return out;
  }

  static json::object Literal(const json::value& value) {
    json::object out;
    out["op"] = "literal";
    out["value"] = value;
    return out;
  }

  Part Variable(int index, Interval value) {
    const Fact& fact = schema_.facts[static_cast<std::size_t>(index)];
    // An open derived fact still lies in its declared range.
    if (const Interval within{std::max(value.lo, fact.range.lo), std::min(value.hi, fact.range.hi)}; !value.Known() && within.Published())
      value = within;
    Part out{{}, fact.type};
    out.json["op"] = "var";
    out.json["fact"] = fact.name;
    Say(out.json, value, fact.type);
    if (fact.derive) out.json["args"] = json::array{Of(*fact.derive, fact.source)};
    return out;
  }

  Part Param(std::size_t index, Interval value) {
    const ParamSlot& slot = schema_.slots[index];
    const chuncheng::Param& param = schema_.params[static_cast<std::size_t>(slot.param)];
    Part out{{}, param.type};
    out.json["op"] = "param";
    out.json["param"] = param.name;
    if (!slot.keys.empty()) out.json["keys"] = Cites(slot.keys);
    Say(out.json, value, param.type);
    if (const auto* cite = schema_.SlotCites(slot, as_of_)) out.json["cite"] = Cites(*cite);
    return out;
  }

  std::optional<Type> Result(Op op, std::optional<Type> common) {
    switch (op) {
      case Op::Add:
      case Op::Sub:
      case Op::Neg:
      case Op::Mul:
      case Op::Min:
      case Op::Max:
      case Op::If:
      case Op::Portion: return common.value_or(Type{Kind::Int, kNoUnit});
      case Op::AgeOn:
      case Op::MonthsBetween: return Type{Kind::Int, kNoUnit};
      case Op::AddMonths:
      case Op::MonthEnd:
      case Op::YearEnd: return Type{Kind::Date, 0};
      default: return Type{Kind::Bool, 0};
    }
  }

  // A bool is a state; anything else its value, the range it may lie in, or not published.
  void Say(json::object& out, Interval value, Type type) const {
    if (type.kind == Kind::Bool) {
      out["state"] = StateName(StateOf(value));
    } else if (!value.Published()) {
      out["unpublished"] = true;
    } else if (value.Known()) {
      out["value"] = WriteValue(value.lo, type, schema_);
    } else {
      out["range"] = json::array{WriteValue(value.lo, type, schema_), WriteValue(value.hi, type, schema_)};
    }
  }

  const Schema& schema_;
  const std::vector<Interval>& values_;
  const std::vector<Interval>& params_;
  Day as_of_;
};

json::object Explain(const Pack& pack, const Profile& profile, std::size_t b, std::size_t person) {
  const Benefit& benefit = pack.benefits[b];
  const Answers answers = profile.AnswersOf(pack.schema, person);
  const Assessment assessment = Assessor(pack, profile.as_of).Assess(benefit, answers);
  Sweep sweep(pack, benefit, answers, profile.as_of);
  Tree tree(pack, sweep.ValuesOn(Interval::Of(profile.as_of)), sweep.ParamsOn(profile.as_of), profile.as_of);
  json::object out;
  out["format"] = "km-explanation/1";
  out["as_of"] = FormatDay(profile.as_of);
  out["benefit"] = benefit.id;
  out["subject"] = profile.people[person].id;
  out["verdict"] = StateName(assessment.verdict);
  json::array criteria;
  json::object force;
  force["criterion"] = "in_force";
  force["state"] = StateName(assessment.in_force);
  force["cite"] = Cites(benefit.in_force_cite);
  force["from"] = FormatDay(benefit.in_force.lo);
  if (benefit.in_force.hi <= pack.schema.facts[kAsOf].range.hi) force["to"] = FormatDay(benefit.in_force.hi);
  criteria.push_back(std::move(force));
  for (std::size_t c = 0; c < benefit.criteria.size(); ++c) {
    const Criterion& criterion = benefit.criteria[c];
    json::object one;
    one["criterion"] = criterion.id;
    one["state"] = StateName(assessment.criteria[c]);
    one["cite"] = Cites(criterion.cite);
    json::object rule = tree.Of(criterion.when.program, criterion.when.source);
    // Trying all completions can settle what the rule alone leaves open.
    rule["state"] = StateName(assessment.criteria[c]);
    one["rule"] = std::move(rule);
    criteria.push_back(std::move(one));
  }
  out["tree"] = std::move(criteria);
  if (assessment.verdict == State::No) return out;
  out["amount"] = WriteAmount(benefit, assessment.amount);
  json::array rows;
  for (int index : assessment.amount.rows) {
    const Row& row = benefit.rows[static_cast<std::size_t>(index)];
    json::object one;
    one["row"] = row.id;
    one["cite"] = Cites(row.cite);
    one["rule"] = tree.Of(row.when.program, row.when.source);
    json::object pay = tree.Of(row.pay.program, row.pay.source);
    // The rule alone reckons with answers that the criteria refuse; the assessment does not.
    if (const auto* range = pay.if_contains("range")) {
      const Interval all = assessment.amount.range;
      pay["range"] = json::array{std::max(range->at(0).as_int64(), all.lo), std::min(range->at(1).as_int64(), all.hi)};
    }
    one["pay"] = std::move(pay);
    rows.push_back(std::move(one));
  }
  if (!rows.empty()) out["rows"] = std::move(rows);
  return out;
}

}  // namespace

Result<json::value> ExplanationOf(const Pack& pack, const json::value& request, std::string_view file) {
  Diagnostics problems;
  const Node root(request, std::string(file), problems);
  root.Object({"profile", "benefit", "subject"});
  const auto body = root.At("profile");
  const auto benefit = root.At("benefit");
  const auto subject = root.At("subject");
  const auto id = benefit ? benefit->String() : std::nullopt;
  const auto name = subject ? subject->String() : std::nullopt;
  if (!problems.empty()) return problems.front();
  auto profile = ReadProfile(pack, body->value(), file, body->pointer());
  if (!profile) return profile.error();
  const int index = pack.FindBenefit(*id);
  if (index < 0) {
    std::vector<std::string> known;
    for (const Benefit& one : pack.benefits) known.push_back(one.id);
    benefit->Report(ErrorCode::BenefitUnknown, {{"name", *id}, {"suggest", Nearest(*id, known)}});
    return problems.front();
  }
  profile->wanted.assign(pack.benefits.size(), true);
  for (std::size_t p = 0; p < profile->people.size(); ++p) {
    if (profile->people[p].id == *name && profile->Concerns(pack, static_cast<std::size_t>(index), p)) {
      return json::value(Explain(pack, *profile, static_cast<std::size_t>(index), p));
    }
  }
  subject->Report(ErrorCode::SubjectUnknown, {{"name", *name}, {"benefit", *id}});
  return problems.front();
}

}  // namespace chuncheng
