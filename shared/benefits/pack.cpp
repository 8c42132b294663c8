#include "shared/benefits/pack.h"

#include <algorithm>
#include <limits>
#include <set>

#include "shared/benefits/coverage.h"
#include "shared/benefits/cuts.h"
#include "shared/rules/compile.h"

namespace chuncheng {
namespace {

constexpr std::int64_t kEndOfTime = std::numeric_limits<std::int64_t>::max();

class Reader {
 public:
  Reader(Pack& pack, Diagnostics& out) : pack_(pack), schema_(pack.schema), out_(out) {}

  void Run(const PackFiles& files) {
    Grace(Node(files.pack.value, files.pack.name, out_));
    ReadFacts(Node(files.facts.value, files.facts.name, out_), schema_);
    Sources(Node(files.sources.value, files.sources.name, out_));
    const Node params(files.params.value, files.params.name, out_);
    ReadParams(params, schema_);
    ParamCites(params);
    for (const PackFile& file : files.benefits) OneBenefit(Node(file.value, file.name, out_), file.name);
    Stacking(Node(files.stacking.value, files.stacking.name, out_));
  }

  void Supplement(const PackFiles& files) {
    const CiteReader cites = [this](const Node& cite) { return pack_.ToConfirm(CheckCites(cite)); };
    for (const PackFile& file : files.scales) ReadScale(Node(file.value, file.name, out_), schema_, cites, pack_.scales);
    if (!files.plan_benefits.value.is_null()) ReadPlanBenefits(Node(files.plan_benefits.value, files.plan_benefits.name, out_), pack_);
  }

 private:
  void Grace(const Node& root) {
    const auto months = root.IsObject() ? root.Maybe("grace_months") : std::nullopt;
    const auto value = months ? months->Int() : std::nullopt;
    if (value && (*value < 0 || *value > 120)) months->Report(ErrorCode::RangeBad);
    if (value) pack_.grace_months = *value;
  }

  void Sources(const Node& root) {
    if (!root.Object({"format", "sources", "note"}) || !root.Format("km-sources/1")) return;
    const auto sources = root.At("sources");
    if (!sources) return;
    for (const auto& [id, source] : sources->Members()) {
      if (!source.Object({"title", "doc_no", "issuer", "date", "level", "status", "found_at", "clauses", "note"})) continue;
      for (const char* key : {"title", "issuer", "found_at"}) {
        if (const auto text = source.At(key)) text->String();
      }
      if (const auto number = source.Maybe("doc_no")) number->String();
      if (const auto date = source.Maybe("date")) date->DateOrNull();
      if (const auto level = source.Maybe("level")) level->OneOf({"national", "province", "city", "district"});
      const auto status = source.At("status");
      const SourceStatus whole = status ? Status(*status) : SourceStatus::Official;
      const auto clauses = source.At("clauses");
      if (!clauses) continue;
      for (const auto& [name, clause] : clauses->Members()) {
        SourceStatus weaker = whole;
        if (clause.IsObject()) {
          clause.Object({"say", "status"});
          if (const auto say = clause.At("say")) say->String();
          if (const auto own = clause.Maybe("status")) weaker = std::max(whole, Status(*own));
        } else {
          clause.String();
        }
        pack_.clauses[id + "#" + name] = weaker;
      }
    }
  }

  SourceStatus Status(const Node& node) {
    const auto index = node.OneOf({kSourceStatuses[0], kSourceStatuses[1], kSourceStatuses[2], kSourceStatuses[3], kSourceStatuses[4]});
    return static_cast<SourceStatus>(index.value_or(0));
  }

  void ParamCites(const Node& root) {
    const auto params = root.Maybe("params");
    if (!params || !params->IsObject()) return;
    for (const auto& [name, param] : params->Members()) {
      const auto values = param.Maybe("values");
      if (!values || !values->value().is_array()) continue;
      for (const Node& item : values->Items()) {
        if (const auto cite = item.Maybe("cite")) CheckCites(*cite);
      }
    }
  }

  std::vector<std::string> CheckCites(const Node& node) {
    std::vector<std::string> cites;
    for (const Node& item : node.Items()) {
      auto cite = item.String();
      if (!cite) continue;
      if (!pack_.clauses.contains(*cite)) {
        std::vector<std::string> known;
        for (const auto& [clause, status] : pack_.clauses) known.push_back(clause);
        item.Report(ErrorCode::CiteUnknown, {{"name", *cite}, {"suggest", Nearest(*cite, known)}});
      }
      cites.push_back(std::move(*cite));
    }
    if (cites.empty()) node.Report(ErrorCode::CiteMissing);
    return cites;
  }

  std::vector<std::string> Cites(const Node& owner) {
    const auto cite = owner.At("cite");
    return cite ? CheckCites(*cite) : std::vector<std::string>{};
  }

  void OneBenefit(const Node& root, const std::string& file) {
    if (!root.Object({"format", "id", "title", "summary", "why", "subject", "pays", "in_force", "criteria", "amount", "documents", "apply", "tests",
                      "note"}) ||
        !root.Format("km-benefit/1")) {
      return;
    }
    Benefit benefit;
    benefit.file = file;
    const auto id = root.At("id");
    if (id) benefit.id = id->String().value_or("");
    if (id && pack_.FindBenefit(benefit.id) >= 0) id->Report(ErrorCode::NameDuplicate, {{"name", benefit.id}});
    for (const char* key : {"title", "summary"}) {
      if (const auto text = root.At(key)) text->Text();
    }
    if (const auto why = root.Maybe("why")) why->Text();
    const auto subject = root.At("subject");
    const auto index = subject ? subject->OneOf({kSubjects[0], kSubjects[1], kSubjects[2], kSubjects[3], kSubjects[4]}) : std::nullopt;
    if (!index) return;
    benefit.subject = static_cast<Subject>(index.value_or(0));
    Pays(root, benefit);
    InForce(root, benefit);
    if (const auto criteria = root.At("criteria")) {
      std::set<std::string> seen = {"in_force"};
      for (const Node& item : criteria->Items()) OneCriterion(item, benefit, seen);
    }
    if (const auto amount = root.At("amount")) Amount(*amount, benefit);
    if (const auto documents = root.Maybe("documents")) {
      for (const Node& item : documents->Items()) item.Text();
    }
    if (const auto apply = root.Maybe("apply")) {
      apply->Object({"office", "channel", "phone", "takes", "at", "cite"});
      for (const char* key : {"office", "channel", "takes"}) {
        if (const auto text = apply->Maybe(key)) text->Text();
      }
      if (const auto at = apply->Maybe("at")) at->OneOf({"hukou", "home", "employer", "tax", "facility", "anywhere"});
      if (const auto phone = apply->Maybe("phone")) phone->String();
      if (const auto cite = apply->Maybe("cite")) CheckCites(*cite);
    }
    if (benefit.bases.size() > kMostBases) root.Report(ErrorCode::BenefitFacts, {{"found", std::to_string(benefit.bases.size())}});
    pack_.benefits.push_back(std::move(benefit));
  }

  void Pays(const Node& root, Benefit& benefit) {
    const auto pays = root.At("pays");
    if (!pays || !pays->Object({"to", "kind", "per"})) return;
    if (const auto to = pays->At("to")) {
      benefit.to = static_cast<Payee>(to->OneOf({"person", "facility", "employee", "taxpayer", "public"}).value_or(0));
    }
    const auto kind = pays->At("kind");
    const auto index =
        kind ? kind->OneOf({kPayKinds[0], kPayKinds[1], kPayKinds[2], kPayKinds[3], kPayKinds[4], kPayKinds[5], kPayKinds[6]}) : std::nullopt;
    if (index) benefit.kind = static_cast<PayKind>(index.value_or(0));
    if (const auto per = pays->At("per")) benefit.per = Per(*per);
  }

  std::string Per(const Node& node) {
    node.OneOf({"person-month", "person-year", "once", "bed-month", "bed", "place", "household", "month", "year", "none"});
    return node.value().is_string() ? std::string(node.value().get_string()) : "";
  }

  void InForce(const Node& root, Benefit& benefit) {
    const auto force = root.At("in_force");
    if (!force || !force->Object({"from", "to", "cite"})) return;
    const auto from = force->At("from");
    const auto to = force->At("to");
    const auto from_day = from ? from->Date() : std::nullopt;
    const auto to_day = to ? to->DateOrNull() : std::nullopt;
    benefit.in_force = {from_day.value_or(0), to_day.value_or(kEndOfTime)};
    if (benefit.in_force.lo > benefit.in_force.hi) force->Report(ErrorCode::RangeBad);
    if (const auto cite = force->Maybe("cite")) benefit.in_force_cite = CheckCites(*cite);
  }

  // Compiles a rule for the benefit's subject and gathers what the assessment needs.
  std::optional<Rule> Compiled(const Node& node, std::optional<Type> want, Benefit& benefit) {
    auto program = Compile(node, schema_, want);
    if (!program) return std::nullopt;
    Rule rule{std::move(*program), node.value(), {}, {}};
    rule.cuts = CollectCuts(rule.program);
    TellApart(rule);
    for (int read : rule.program.facts) {
      const Fact& fact = schema_.facts[static_cast<std::size_t>(read)];
      for (int base : fact.bases) {
        if (std::find(rule.bases.begin(), rule.bases.end(), base) == rule.bases.end()) rule.bases.push_back(base);
      }
    }
    for (int base : rule.bases) {
      const Fact& fact = schema_.facts[static_cast<std::size_t>(base)];
      if (fact.subject != benefit.subject && !Singleton(fact.subject)) {
        node.Report(ErrorCode::FactSubject, {{"name", fact.name},
                                             {"subject", std::string(kSubjects[static_cast<std::size_t>(fact.subject)])},
                                             {"want", std::string(kSubjects[static_cast<std::size_t>(benefit.subject)])}});
        return std::nullopt;
      }
      if (fact.subject == Subject::Institution) benefit.reads_institution = true;
      if (std::find(benefit.bases.begin(), benefit.bases.end(), base) == benefit.bases.end()) benefit.bases.push_back(base);
    }
    return rule;
  }

  // An amount that reads an answer twice, or several answers: one interval for all values of a fact would say too little.
  void TellApart(Rule& rule) const {
    std::vector<int> uses;
    for (const Instr& instr : rule.program.code) {
      if (instr.op != Op::Var) continue;
      const Fact& fact = schema_.facts[static_cast<std::size_t>(instr.imm)];
      uses.insert(uses.end(), fact.bases.begin(), fact.bases.end());
    }
    if (rule.program.type.kind != Kind::Bool && uses.size() > 1) rule.cuts.entangled = rule.program.facts;
  }

  void OneCriterion(const Node& node, Benefit& benefit, std::set<std::string>& seen) {
    if (!node.Object({"id", "say", "when", "cite", "remedy", "note"})) return;
    Criterion criterion;
    if (const auto id = node.At("id")) {
      criterion.id = id->String().value_or("");
      if (!seen.insert(criterion.id).second) id->Report(ErrorCode::NameDuplicate, {{"name", criterion.id}});
    }
    if (const auto say = node.At("say")) say->Text();
    criterion.cite = Cites(node);
    const auto when = node.At("when");
    if (!when) return;
    auto rule = Compiled(*when, Type{Kind::Bool, 0}, benefit);
    if (!rule) return;
    criterion.when = std::move(*rule);
    if (const auto remedies = node.Maybe("remedy")) {
      for (const Node& item : remedies->Items()) OneRemedy(item, criterion);
    }
    benefit.criteria.push_back(std::move(criterion));
  }

  void OneRemedy(const Node& node, Criterion& criterion) {
    if (!node.Object({"set", "say", "cite"})) return;
    if (const auto say = node.At("say")) say->Text();
    Cites(node);
    const auto set = node.At("set");
    if (!set) return;
    Remedy remedy;
    for (const auto& [name, value] : set->Members()) {
      const auto found = schema_.fact_index.find(name);
      if (found == schema_.fact_index.end()) {
        value.Report(ErrorCode::FactUnknown, {{"name", name}, {"suggest", Nearest(name, schema_.FactNames())}});
        continue;
      }
      const Fact& fact = schema_.facts[static_cast<std::size_t>(found->second)];
      const auto answer = ReadValue(value.value(), fact.type, schema_, &fact.range);
      const auto& bases = criterion.when.bases;
      if (!answer) {
        value.Report(ErrorCode::TypeMismatch, {{"want", schema_.Describe(fact.type)}, {"found", "literal"}});
      } else if (std::find(bases.begin(), bases.end(), found->second) == bases.end()) {
        value.Report(ErrorCode::RemedyEmpty, {{"name", name}});
      } else {
        remedy.set.emplace_back(found->second, *answer);
      }
    }
    criterion.remedies.push_back(std::move(remedy));
  }

  void Amount(const Node& node, Benefit& benefit) {
    if (const auto flag = node.Maybe("unpublished")) {
      if (flag->Bool() == false) flag->Report(ErrorCode::ValueBad, {{"value", "false"}, {"want", "true"}});
      node.Object({"unpublished", "say", "cite"});
      if (const auto say = node.At("say")) say->Text();
      benefit.form = AmountForm::Unpublished;
      benefit.amount_cite = Cites(node);
      return;
    }
    if (const auto kind = node.Maybe("in_kind")) {
      node.Object({"in_kind", "cite"});
      kind->Text();
      if (!GivenInKind(benefit.kind)) kind->Report(ErrorCode::AmountType, {{"want", "rows, unpublished"}});
      benefit.form = AmountForm::InKind;
      benefit.amount_cite = Cites(node);
      return;
    }
    const auto rows = node.Maybe("rows");
    if (!rows) {
      node.Report(ErrorCode::AmountShape);
      return;
    }
    node.Object({"inputs", "groups", "rows", "note"});
    if (GivenInKind(benefit.kind)) {
      rows->Report(ErrorCode::AmountType, {{"want", "in_kind, unpublished"}});
      return;
    }
    std::vector<std::string> inputs;
    if (const auto list = node.At("inputs")) {
      inputs = list->Strings();
      for (const Node& item : list->Items()) {
        const auto name = item.String();
        if (!name) continue;
        const auto found = schema_.fact_index.find(*name);
        if (found == schema_.fact_index.end()) {
          item.Report(ErrorCode::FactUnknown, {{"name", *name}, {"suggest", Nearest(*name, schema_.FactNames())}});
        } else {
          benefit.inputs.push_back(found->second);
        }
      }
    }
    if (benefit.inputs.size() != inputs.size()) return;  // the rows name what is missing
    const auto groups = node.Maybe("groups");
    if (groups) Groups(*groups, inputs);
    std::set<std::string> seen;
    for (const Node& item : rows->Items()) OneRow(item, groups ? &*groups : nullptr, inputs, benefit, seen);
  }

  // {input: {group: [value]}}
  static void Groups(const Node& node, const std::vector<std::string>& inputs) {
    for (const auto& [name, groups] : node.Members()) {
      if (std::find(inputs.begin(), inputs.end(), name) == inputs.end()) {
        groups.Report(ErrorCode::RowInput, {{"name", name}, {"suggest", Nearest(name, inputs)}});
      }
      for (const auto& [group, values] : groups.Members()) values.Strings();
    }
  }

  void OneRow(const Node& node, const Node* groups, const std::vector<std::string>& inputs, Benefit& benefit, std::set<std::string>& seen) {
    if (!node.Object({"id", "if", "pay", "per", "cite", "note"})) return;
    Row row;
    row.pointer = node.pointer();
    if (const auto id = node.At("id")) {
      row.id = id->String().value_or("");
      if (!seen.insert(row.id).second) id->Report(ErrorCode::NameDuplicate, {{"name", row.id}});
    }
    row.cite = Cites(node);
    if (const auto per = node.Maybe("per")) row.per = Per(*per);
    json::array conditions;
    if (const auto condition = node.At("if")) {
      for (const auto& [name, value] : condition->Members()) {
        if (std::find(inputs.begin(), inputs.end(), name) == inputs.end()) {
          value.Report(ErrorCode::RowInput, {{"name", name}, {"suggest", Nearest(name, inputs)}});
          return;
        }
        auto expression = Condition(name, value, groups);
        if (!expression) return;
        conditions.push_back(std::move(*expression));
      }
      if (conditions.empty()) conditions.emplace_back(true);
      json::object both;
      both["and"] = std::move(conditions);
      const json::value expression(std::move(both));
      // Problems in the expression made of the conditions are shown at the condition they come from.
      Diagnostics problems;
      auto when = Compiled(Node(expression, node.file(), problems, condition->pointer()), Type{Kind::Bool, 0}, benefit);
      const std::string made = Join(condition->pointer(), "and");
      for (Error& problem : problems) {
        const bool inside = problem.pointer.starts_with(made + "/");
        const std::size_t index = inside ? std::stoul(problem.pointer.substr(made.size() + 1)) : 0;
        if (inside) problem.pointer = condition->Members()[index].second.pointer();
        out_.push_back(std::move(problem));
      }
      if (!when) return;
      row.when = std::move(*when);
    }
    const auto pay = node.At("pay");
    if (!pay) return;
    const Type want{Kind::Int, benefit.kind == PayKind::LeaveDays ? schema_.Unit("天") : kFen};
    auto rule = Compiled(*pay, want, benefit);
    if (!rule) return;
    row.pay = std::move(*rule);
    benefit.rows.push_back(std::move(row));
  }

  // A row's condition on one fact as an expression of the dialect.
  std::optional<json::value> Condition(const std::string& name, const Node& node, const Node* groups) {
    auto call = [&](std::string_view op, json::value operand) {
      json::object var;
      var["var"] = name;
      json::array args;
      args.emplace_back(std::move(var));
      args.push_back(std::move(operand));
      json::object out;
      out[op] = std::move(args);
      return json::value(std::move(out));
    };
    if (const auto* text = node.value().if_string(); text != nullptr && text->starts_with('@')) {
      const std::string group(text->begin() + 1, text->end());
      const auto of_fact = groups != nullptr ? groups->Maybe(name) : std::nullopt;
      const auto members = of_fact ? of_fact->Maybe(group) : std::nullopt;
      if (!members || !members->value().is_array()) {
        node.Report(ErrorCode::RowGroup, {{"name", group}});
        return std::nullopt;
      }
      return call("in", members->value());
    }
    const auto found = schema_.fact_index.find(name);
    const Kind kind = found == schema_.fact_index.end() ? Kind::Bool : schema_.facts[static_cast<std::size_t>(found->second)].type.kind;
    if (node.value().is_array() && (kind == Kind::Int || kind == Kind::Date)) {
      const auto& bounds = node.value().get_array();
      if (bounds.size() != 2) {
        node.Report(ErrorCode::RangeBad);
        return std::nullopt;
      }
      json::array both;
      both.push_back(call(">=", bounds[0]));
      both.push_back(call("<=", bounds[1]));
      json::object out;
      out["and"] = std::move(both);
      return json::value(std::move(out));
    }
    return call(node.value().is_array() ? "in" : "===", node.value());
  }

  void Stacking(const Node& root) {
    if (!root.Object({"format", "groups", "note"}) || !root.Format("km-stacking/1")) return;
    const auto groups = root.At("groups");
    if (!groups) return;
    std::set<std::string> seen;
    for (const Node& item : groups->Items()) OneGroup(item, seen);
  }

  void OneGroup(const Node& item, std::set<std::string>& seen) {
    const auto kind = item.At("kind");
    const auto index = kind ? kind->OneOf({"at_most_one", "once", "deduct", "deduct_cost"}) : std::nullopt;
    if (!index) return;
    StackingGroup group;
    group.kind = static_cast<StackingKind>(*index);
    const bool listed = group.kind == StackingKind::AtMostOne || group.kind == StackingKind::Once;
    const bool known = listed                               ? item.Object({"id", "kind", "per", "members", "say", "cite", "note"})
                       : group.kind == StackingKind::Deduct ? item.Object({"id", "kind", "from", "minus", "say", "cite", "note"})
                                                            : item.Object({"id", "kind", "from", "minus", "cost", "say", "cite", "note"});
    if (!known) return;
    if (const auto id = item.At("id")) {
      group.id = id->String().value_or("");
      if (!seen.insert(group.id).second) id->Report(ErrorCode::NameDuplicate, {{"name", group.id}});
    }
    if (const auto per = item.Maybe("per")) per->String();
    if (const auto say = item.At("say")) say->Text();
    Cites(item);
    const auto list = item.At(listed ? "members" : "minus");
    if (!list) return;
    (listed ? group.members : group.minus) = Members(*list, group.kind == StackingKind::AtMostOne ? 2 : 1);
    if (!listed) {
      const auto from = item.At("from");
      group.from = from ? Member(*from) : -1;
      if (group.from < 0) return;
      if (group.kind == StackingKind::DeductCost) Cost(item, group);
      for (int minus : group.minus) {
        if (!SameUnit(group.from, minus)) list->Report(ErrorCode::StackingUnit, {{"name", pack_.benefits[static_cast<std::size_t>(minus)].id}});
      }
      const bool circle = std::any_of(group.minus.begin(), group.minus.end(), [&](int minus) { return Reduces(group.from, minus); });
      if (circle) return list->Report(ErrorCode::StackingCycle, {{"name", pack_.benefits[static_cast<std::size_t>(group.from)].id}});
    }
    pack_.stacking.push_back(std::move(group));
  }

  // Money for the same unit of time?
  bool SameUnit(int a, int b) const {
    auto unit = [](std::string_view per) { return per.starts_with("person-") ? per.substr(7) : per; };
    const Benefit& one = pack_.benefits[static_cast<std::size_t>(a)];
    const Benefit& other = pack_.benefits[static_cast<std::size_t>(b)];
    return one.kind == PayKind::Money && other.kind == PayKind::Money && unit(one.per) == unit(other.per);
  }

  std::vector<int> Members(const Node& list, std::size_t least) {
    std::vector<int> out;
    const auto items = list.Items();
    for (const Node& item : items) {
      const int member = Member(item);
      if (member < 0) continue;
      if (std::find(out.begin(), out.end(), member) != out.end()) {
        item.Report(ErrorCode::NameDuplicate, {{"name", pack_.benefits[static_cast<std::size_t>(member)].id}});
      } else {
        out.push_back(member);
      }
    }
    if (items.size() < least) list.Report(ErrorCode::StackingFew, {{"want", std::to_string(least)}});
    return out;
  }

  int Member(const Node& node) {
    const auto name = node.String();
    if (!name) return -1;
    const int index = pack_.FindBenefit(*name);
    if (index < 0) {
      std::vector<std::string> known;
      for (const Benefit& benefit : pack_.benefits) known.push_back(benefit.id);
      node.Report(ErrorCode::StackingMember, {{"name", *name}, {"suggest", Nearest(*name, known)}});
    }
    return index;
  }

  void Cost(const Node& item, StackingGroup& group) {
    const auto cost = item.At("cost");
    const auto name = cost ? cost->String() : std::nullopt;
    if (!name) return;
    const auto found = schema_.fact_index.find(*name);
    const auto& bases = pack_.benefits[static_cast<std::size_t>(group.from)].bases;
    const bool read = found != schema_.fact_index.end() && schema_.facts[static_cast<std::size_t>(found->second)].money &&
                      std::find(bases.begin(), bases.end(), found->second) != bases.end();
    if (!read) return cost->Report(ErrorCode::StackingCost, {{"name", *name}});
    group.cost = found->second;
  }

  // Does a deduction read so far, or a chain of them, make `benefit` depend on `on`? A benefit depends on itself.
  bool Reduces(int on, int benefit) const {
    if (on == benefit) return true;
    return std::any_of(pack_.stacking.begin(), pack_.stacking.end(), [&](const StackingGroup& group) {
      return group.from == benefit && std::any_of(group.minus.begin(), group.minus.end(), [&](int minus) { return Reduces(on, minus); });
    });
  }

  Pack& pack_;
  Schema& schema_;
  Diagnostics& out_;
};

json::value WithoutStaffKeys(const json::value& value) {
  if (const auto* object = value.if_object()) {
    json::object out;
    for (const auto& member : *object) {
      if (member.key() != "tests" && member.key() != "note" && member.key() != "$schema") out[member.key()] = WithoutStaffKeys(member.value());
    }
    return out;
  }
  if (const auto* array = value.if_array()) {
    json::array out;
    for (const auto& item : *array) out.push_back(WithoutStaffKeys(item));
    return out;
  }
  return value;
}

json::value Inner(const PackFile& file, std::string_view key) {
  const auto* object = file.value.if_object();
  const auto* inner = object == nullptr ? nullptr : object->if_contains(json::string_view(key.data(), key.size()));
  return inner == nullptr ? json::value(json::object()) : WithoutStaffKeys(*inner);
}

}  // namespace

bool Pack::ToConfirm(const std::vector<std::string>& cites) const {
  return std::any_of(cites.begin(), cites.end(), [&](const std::string& cite) {
    const auto found = clauses.find(cite);
    return found != clauses.end() && found->second >= SourceStatus::Single;
  });
}

int Pack::FindBenefit(std::string_view id) const {
  for (std::size_t i = 0; i < benefits.size(); ++i) {
    if (benefits[i].id == id) return static_cast<int>(i);
  }
  return -1;
}

Pack ReadPolicy(const PackFiles& files, Diagnostics& out) {
  Pack pack;
  const std::size_t before = out.size();
  Reader(pack, out).Run(files);
  if (out.size() != before) return pack;
  for (std::size_t b = 0; b < pack.benefits.size(); ++b) {
    Benefit& benefit = pack.benefits[b];
    for (std::size_t c = 0; c < benefit.criteria.size(); ++c) {
      benefit.criteria[c].benefit = b;
      benefit.criteria[c].index = c;
    }
    benefit.plan = MakePlan(pack.schema, benefit, pack.dated_bases);
  }
  return pack;
}

void ReadSupplement(const PackFiles& files, Pack& pack, Diagnostics& out) { Reader(pack, out).Supplement(files); }

Pack ReadPack(const PackFiles& files, Diagnostics& out) {
  Pack pack = ReadPolicy(files, out);
  ReadSupplement(files, pack, out);
  return pack;
}

std::optional<Day> DataDate(const PackFiles& files, Diagnostics& out) {
  const Node root(files.pack.value, files.pack.name, out);
  const auto date = root.At("data_date");
  return date ? date->Date() : std::nullopt;
}

json::value PublishedPolicy(const PackFiles& files) {
  json::object out;
  out["format"] = "km-policy/1";
  if (const auto* pack = files.pack.value.if_object(); pack != nullptr && pack->contains("grace_months")) {
    out["grace_months"] = pack->at("grace_months");
  }
  out["facts"] = Inner(files.facts, "facts");
  out["params"] = Inner(files.params, "params");
  out["sources"] = Inner(files.sources, "sources");
  out["stacking"] = Inner(files.stacking, "groups");
  out["districts"] = Inner(files.districts, "districts");
  json::array benefits;
  for (const PackFile& file : files.benefits) benefits.push_back(WithoutStaffKeys(file.value));
  out["benefits"] = std::move(benefits);
  return out;
}

json::value PublishedSupplement(const PackFiles& files) {
  json::array scales;
  for (const PackFile& file : files.scales) scales.push_back(WithoutStaffKeys(file.value));
  json::object out;
  out["format"] = "km-supplement/1";
  out["scales"] = std::move(scales);
  if (!files.plan_benefits.value.is_null()) out["plan_benefits"] = Inner(files.plan_benefits, "entries");
  return out;
}

json::value PublishedPlan(const PackFiles& files) { return WithoutStaffKeys(files.plan.value); }

Result<PackFiles> SplitPolicy(const json::value& policy, std::string_view file) {
  Diagnostics out;
  const Node root(policy, std::string(file), out);
  if (!root.Object({"format", "grace_months", "facts", "params", "sources", "stacking", "districts", "benefits"}) || !root.Format("km-policy/1")) {
    return out.front();
  }
  PackFiles files;
  auto wrap = [&](PackFile& target, std::string_view format, std::string_view key, std::string_view from) {
    json::object body;
    body["format"] = format;
    if (const auto part = root.At(from)) body[key] = part->value();
    target = {std::string(file), std::move(body)};
  };
  files.pack = {std::string(file), json::object()};
  if (const auto grace = root.Maybe("grace_months")) files.pack.value.get_object()["grace_months"] = grace->value();
  wrap(files.facts, "km-facts/1", "facts", "facts");
  wrap(files.params, "km-params/1", "params", "params");
  wrap(files.sources, "km-sources/1", "sources", "sources");
  wrap(files.stacking, "km-stacking/1", "groups", "stacking");
  wrap(files.districts, "km-districts/1", "districts", "districts");
  if (const auto benefits = root.At("benefits")) {
    for (const Node& item : benefits->Items()) files.benefits.push_back({std::string(file), item.value()});
  }
  if (!out.empty()) return out.front();
  return files;
}

Result<PackFiles> SplitSupplement(const json::value& supplement, std::string_view file) {
  Diagnostics out;
  const Node root(supplement, std::string(file), out);
  if (!root.Object({"format", "scales", "plan_benefits"}) || !root.Format("km-supplement/1")) return out.front();
  PackFiles files;
  if (const auto scales = root.At("scales")) {
    for (const Node& item : scales->Items()) files.scales.push_back({std::string(file), item.value()});
  }
  if (const auto entries = root.Maybe("plan_benefits")) {
    files.plan_benefits = {std::string(file), json::object{{"format", "km-plan-benefits/1"}, {"entries", entries->value()}}};
  }
  if (!out.empty()) return out.front();
  return files;
}

}  // namespace chuncheng
