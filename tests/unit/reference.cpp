#include "tests/unit/reference.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <chrono>
#include <set>

namespace chuncheng {
namespace {

// ---- dates, by the standard library's calendar and by counting ----

std::chrono::year_month_day Calendar(std::int64_t day) { return std::chrono::sys_days(std::chrono::days(day)); }
std::int64_t DayOf(std::chrono::year_month_day date) { return std::chrono::sys_days(date).time_since_epoch().count(); }

std::int64_t MonthsLater(std::int64_t day, std::int64_t months) {
  const auto date = Calendar(day);
  const auto month = date.year() / date.month() + std::chrono::months(months);
  const auto last = (month / std::chrono::last).day();
  return DayOf(month / std::min(date.day(), last));
}

std::int64_t MonthsFrom(std::int64_t from, std::int64_t to) {
  std::int64_t months = (to - from) / 32;
  while (MonthsLater(from, months) > to) --months;
  while (MonthsLater(from, months + 1) <= to) ++months;
  return months;
}

// The birthday of a year; who was born on a day that the year does not have has it on the next.
std::int64_t Birthday(std::chrono::year_month_day birth, std::chrono::year year) {
  const auto day = year / birth.month() / birth.day();
  return day.ok() ? DayOf(day) : DayOf(year / birth.month() / std::chrono::last) + 1;
}

std::int64_t YearsOld(std::int64_t birth, std::int64_t on) {
  const auto born = Calendar(birth);
  const auto year = Calendar(on).year();
  return static_cast<int>(year) - static_cast<int>(born.year()) - (Birthday(born, year) > on ? 1 : 0);
}

// ---- rules, one complete set of answers at a time ----

// A number, a truth value, or what nobody can tell: an amount that is not published, and what hangs on one.
struct Value {
  bool told = true;
  std::int64_t number = 0;
};

class Interpreter {
 public:
  Interpreter(const PackFiles& files, const Pack& pack, const Answers& answers, Day as_of)
      : files_(files), pack_(pack), answers_(answers), as_of_(as_of) {}

  // `domain`: what a string stands for where it is compared with an enum.
  Value Of(const json::value& node, const Domain* domain = nullptr) const {
    if (const auto* flag = node.if_bool()) return {true, *flag ? 1 : 0};
    if (const auto* number = node.if_int64()) return {true, *number};
    if (const auto* text = node.if_string()) return {true, Literal(std::string_view(text->data(), text->size()), domain)};
    const auto& call = *node.get_object().begin();
    const std::string op(call.key());
    if (op == "var") return Fact(call.value().is_array() ? call.value().get_array()[0] : call.value());
    if (op == "param") return Param(call.value().get_array());
    json::array args = call.value().is_array() ? call.value().get_array() : json::array{call.value()};
    if (op == "and" || op == "or") return Junction(op == "and", args);
    if (op == "if") return Choice(args);
    if (op == "in") return Member(args);
    std::string rounding;
    if (op == "portion") {
      rounding = std::string(args[2].get_string());
      args.pop_back();
    }
    const Domain* shared = domain;
    for (const auto& arg : args) shared = shared == nullptr ? DomainOf(arg) : shared;
    std::vector<std::int64_t> v;
    for (const auto& arg : args) {
      const Value one = Of(arg, shared);
      if (!one.told) return {false, 0};
      v.push_back(one.number);
    }
    return {true, Apply(op, v, rounding)};
  }

  State Truth(const json::value& node) const {
    const Value value = Of(node);
    return !value.told ? State::Open : value.number != 0 ? State::Yes : State::No;
  }

 private:
  static std::int64_t Literal(std::string_view text, const Domain* domain) {
    if (domain == nullptr) return ParseDay(text).value_or(0);
    return std::find(domain->values.begin(), domain->values.end(), text) - domain->values.begin();
  }

  const chuncheng::Fact* Named(const json::value& node) const {
    const auto* object = node.if_object();
    const auto* name = object == nullptr ? nullptr : object->if_contains("var");
    if (name == nullptr || !name->is_string()) return nullptr;
    return &pack_.schema.facts[static_cast<std::size_t>(pack_.schema.fact_index.find(std::string_view(name->get_string()))->second)];
  }

  const Domain* DomainOf(const json::value& node) const {
    const auto* fact = Named(node);
    return fact != nullptr && fact->type.kind == Kind::Enum ? &pack_.schema.domains[static_cast<std::size_t>(fact->type.tag)] : nullptr;
  }

  Value Fact(const json::value& name) const {
    if (name == "as_of") return {true, as_of_};
    const auto& declared = files_.facts.value.at("facts").at(name.get_string());
    if (const auto* derive = declared.get_object().if_contains("derive")) return Of(*derive);
    return {true, answers_[static_cast<std::size_t>(pack_.schema.fact_index.find(std::string_view(name.get_string()))->second)].lo};
  }

  Value Param(const json::array& path) const {
    for (const auto& period : files_.params.value.at("params").at(path[0].get_string()).at("values").get_array()) {
      const auto& to = period.at("to");
      if (as_of_ < *ParseDay(std::string_view(period.at("from").get_string()))) continue;
      if (to.is_string() && as_of_ > *ParseDay(std::string_view(to.get_string()))) continue;
      const json::value* cell = &period.at("cells");
      for (std::size_t i = 1; i < path.size() && cell != nullptr; ++i) cell = cell->get_object().if_contains(path[i].get_string());
      if (cell != nullptr && !cell->is_null()) return {true, cell->get_int64()};
    }
    return {false, 0};
  }

  Value Junction(bool all, const json::array& args) const {
    Value out{true, all ? 1 : 0};
    for (const auto& arg : args) {
      const Value one = Of(arg);
      if (one.told && (one.number != 0) != all) return {true, all ? 0 : 1};
      if (!one.told) out.told = false;
    }
    return out;
  }

  // A condition that nobody can tell leaves only what all branches agree on.
  Value Choice(const json::array& args) const {
    std::optional<Value> open;
    for (std::size_t i = 0; i < args.size(); i += 2) {
      const bool last = i + 1 == args.size();
      const Value condition = last ? Value{true, 1} : Of(args[i]);
      if (condition.told && condition.number == 0) continue;
      const Value branch = Of(args[last ? i : i + 1]);
      if (!open) {
        open = branch;
      } else if (open->number != branch.number || !branch.told) {
        open->told = false;
      }
      if (condition.told) break;
    }
    return *open;
  }

  Value Member(const json::array& args) const {
    const Value needle = Of(args[0]);
    if (!needle.told) return needle;
    const auto& list = args[1].get_array();
    return {true,
            std::any_of(list.begin(), list.end(), [&](const auto& item) { return Of(item, DomainOf(args[0])).number == needle.number; }) ? 1 : 0};
  }

  static std::int64_t Apply(const std::string& op, const std::vector<std::int64_t>& v, const std::string& rounding) {
    auto ordered = [&](auto less) {
      for (std::size_t i = 0; i + 1 < v.size(); ++i) {
        if (!less(v[i], v[i + 1])) return 0;
      }
      return 1;
    };
    if (op == "!") return v[0] == 0 ? 1 : 0;
    if (op == "===") return v[0] == v[1] ? 1 : 0;
    if (op == "!==") return v[0] != v[1] ? 1 : 0;
    if (op == "<") return ordered(std::less<>());
    if (op == "<=") return ordered(std::less_equal<>());
    if (op == ">") return ordered(std::greater<>());
    if (op == ">=") return ordered(std::greater_equal<>());
    if (op == "min") return *std::min_element(v.begin(), v.end());
    if (op == "max") return *std::max_element(v.begin(), v.end());
    if (op == "age_on") return YearsOld(v[0], v[1]);
    if (op == "months_between") return MonthsFrom(v[0], v[1]);
    if (op == "add_months") return MonthsLater(v[0], v[1]);
    if (op == "month_end") return DayOf(Calendar(v[0]).year() / Calendar(v[0]).month() / std::chrono::last);
    if (op == "year_end") return DayOf(Calendar(v[0]).year() / std::chrono::December / 31);
    if (op == "portion") {
      const std::int64_t product = v[0] * v[1];  // the packs tried here keep it small
      std::int64_t down = product / 1000 - (product % 1000 < 0 ? 1 : 0);
      const std::int64_t rest = product - down * 1000;
      if (rounding == "up" && rest > 0) ++down;
      if (rounding == "half_up" && rest >= 500) ++down;
      return down;
    }
    std::int64_t out = v[0];
    if (op == "-" && v.size() == 1) return -out;
    for (std::size_t i = 1; i < v.size(); ++i) out = op == "+" ? out + v[i] : op == "*" ? out * v[i] : out - v[i];
    return out;
  }

  const PackFiles& files_;
  const Pack& pack_;
  const Answers& answers_;
  Day as_of_;
};

// Does a row's `if` hold? (docs/interfaces.md section 1)
bool RowHolds(const json::value& amount, const json::object& condition, const Interpreter& rules, const Schema& schema) {
  return std::all_of(condition.begin(), condition.end(), [&](const auto& entry) {
    const json::value var = json::object{{"var", entry.key()}};
    const auto& fact = schema.facts[static_cast<std::size_t>(schema.fact_index.find(std::string_view(entry.key()))->second)];
    const json::value* want = &entry.value();
    if (want->is_string() && want->get_string().starts_with("@")) want = &amount.at("groups").at(entry.key()).at(want->get_string().subview(1));
    json::value test;
    if (want->is_array() && (fact.type.kind == Kind::Int || fact.type.kind == Kind::Date)) {
      test = json::object{{"and", {{{">=", {var, want->at(0)}}}, {{"<=", {var, want->at(1)}}}}}};
    } else {
      test = json::object{{want->is_array() ? "in" : "===", {var, *want}}};
    }
    return rules.Truth(test) == State::Yes;
  });
}

}  // namespace

Reference::Outcome Reference::Complete(std::size_t index, const Answers& answers) const {
  const json::value& benefit = files_.benefits[index].value;
  const Interpreter rules(files_, pack_, answers, as_of_);
  Outcome out;
  const auto& force = benefit.at("in_force");
  const bool begun = as_of_ >= *ParseDay(std::string_view(force.at("from").get_string()));
  const bool ended = force.at("to").is_string() && as_of_ > *ParseDay(std::string_view(force.at("to").get_string()));
  out.verdict = begun && !ended ? State::Yes : State::No;
  for (const auto& criterion : benefit.at("criteria").get_array()) {
    out.criteria.push_back(rules.Truth(criterion.at("when")));
    out.verdict = std::min(out.verdict, out.criteria.back());
  }
  const auto& amount = benefit.at("amount");
  const auto* rows = amount.get_object().if_contains("rows");
  for (std::size_t r = 0; rows != nullptr && r < rows->get_array().size(); ++r) {
    const auto& row = rows->get_array()[r];
    if (!RowHolds(amount, row.at("if").get_object(), rules, pack_.schema)) continue;
    const Value pay = rules.Of(row.at("pay"));
    out.row = static_cast<int>(r);
    if (pay.told) out.amount = pay.number;
    break;
  }
  return out;
}

namespace {

std::vector<std::int64_t> WholeRange(Interval range) {
  std::vector<std::int64_t> out;
  for (std::int64_t v = range.lo; v <= range.hi; ++v) out.push_back(v);
  return out;
}

}  // namespace

std::size_t Reference::Completions(std::size_t index, const Answers& answers, std::size_t most, const Values& values) const {
  std::size_t count = 1;
  for (int base : pack_.benefits[index].bases) {
    const Interval range = answers[static_cast<std::size_t>(base)];
    if (range.Known()) continue;
    const auto size = values ? values(base).size() : static_cast<std::size_t>(range.hi - range.lo) + 1;
    if (size > most || count * size > most) return most + 1;
    count *= size;
  }
  return count;
}

Reference::Unknown Reference::UnknownOf(std::size_t index, const Answers& answers, const Values& values) const {
  Unknown out;
  for (int base : pack_.benefits[index].bases) {
    const Interval range = answers[static_cast<std::size_t>(base)];
    if (range.Known()) continue;
    out.facts.push_back(base);
    out.choices.push_back(values ? values(base) : WholeRange(range));
    out.total *= out.choices.back().size();
  }
  return out;
}

void Reference::Each(std::size_t index, const Answers& answers, const Unknown& unknown, const std::function<void(const Outcome&)>& visit) const {
  for (std::size_t i = 0; i < unknown.total; ++i) {
    Answers full = answers;
    std::size_t rest = i;
    for (std::size_t k = 0; k < unknown.facts.size(); ++k) {
      full[static_cast<std::size_t>(unknown.facts[k])] = Interval::Of(unknown.choices[k][rest % unknown.choices[k].size()]);
      rest /= unknown.choices[k].size();
    }
    visit(Complete(index, full));
  }
}

void Reference::EachCompletion(std::size_t index, const Answers& answers, const Values& values,
                               const std::function<void(const Outcome&)>& visit) const {
  Each(index, answers, UnknownOf(index, answers, values), visit);
}

Assessment Reference::Assess(std::size_t index, const Answers& answers, const Values& values) const {
  const Benefit& benefit = pack_.benefits[index];
  const Unknown unknown = UnknownOf(index, answers, values);
  std::vector<Outcome> all;
  Each(index, answers, unknown, [&](const Outcome& one) { all.push_back(one); });

  Assessment out;
  const auto& force = benefit.in_force;
  out.in_force = as_of_ >= force.lo && as_of_ <= force.hi ? State::Yes : State::No;
  out.verdict = all.front().verdict;
  out.criteria = all.front().criteria;
  for (const Outcome& one : all) {
    if (one.verdict != out.verdict) out.verdict = State::Open;
    for (std::size_t c = 0; c < out.criteria.size(); ++c) {
      if (one.criteria[c] != out.criteria[c]) out.criteria[c] = State::Open;
    }
  }
  if (out.verdict == State::No) return out;
  std::set<int> rows;
  for (const Outcome& one : all) {
    if (one.verdict == State::No || one.row < 0) continue;
    rows.insert(one.row);
    if (!one.amount) {
      out.amount.unpublished = true;
      continue;
    }
    const auto pay = *one.amount;
    out.amount.range = out.amount.published ? Interval{std::min(out.amount.range.lo, pay), std::max(out.amount.range.hi, pay)} : Interval::Of(pay);
    out.amount.published = true;
  }
  out.amount.rows.assign(rows.begin(), rows.end());
  auto differ = [](const Outcome& a, const Outcome& b) { return a.verdict != b.verdict || (a.verdict != State::No && a.amount != b.amount); };
  std::size_t stride = 1;
  for (std::size_t k = 0; k < unknown.facts.size(); ++k) {
    const std::size_t count = unknown.choices[k].size();
    for (std::size_t i = 0; i < unknown.total; ++i) {
      const std::size_t digit = i / stride % count;
      if (digit == 0 || !differ(all[i], all[i - digit * stride])) continue;
      out.ask.push_back(unknown.facts[k]);
      break;
    }
    stride *= count;
  }
  return out;
}

// ---- random packs ----

std::int64_t PickValue(std::mt19937& random, Interval range) {
  return range.lo + static_cast<std::int64_t>(random() % static_cast<std::uint64_t>(range.hi - range.lo + 1));
}

namespace {

json::value Call(std::string_view op, json::array args) { return json::object{{op, std::move(args)}}; }
json::value Var(const std::string& name) { return json::object{{"var", name}}; }
json::value Zh(std::string_view text) { return json::object{{"zh", text}}; }

class Generator {
 public:
  explicit Generator(std::mt19937& random) : random_(random) {}

  PackFiles Run() {
    PackFiles files;
    files.pack = {"pack.json", json::object{{"format", "km-pack/1"}, {"id", "random"}, {"data_date", "2026-11-23"}, {"counter", 1}}};
    files.sources = {"sources.json", json::parse(R"({"format":"km-sources/1","sources":{"s":{"title":"t","issuer":"i","date":"2020-01-01",
      "level":"city","status":"official","found_at":"f","clauses":{"c":"says so"}}}})")};
    files.params = {"params.json", Params()};
    files.facts = {"facts.json", json::object{{"format", "km-facts/1"}, {"facts", Facts()}}};
    files.districts = {"districts.json", json::object{{"format", "km-districts/1"}, {"districts", json::array()}}};
    const std::size_t benefits = 3 + Below(4);
    for (std::size_t b = 0; b < benefits; ++b) {
      const std::string id = "b" + std::to_string(b);
      files.benefits.push_back({"benefits/" + id + ".json", Benefit(id, b == 1 ? "child" : "elder")});
    }
    files.stacking = {"stacking.json", json::object{{"format", "km-stacking/1"}, {"groups", Stacking(files)}}};
    return files;
  }

 private:
  struct Named {
    std::string name;
    std::string type;  // bool, count, money, date, enum, ordinal
    std::string subject;
    std::vector<std::string> values;  // of enum and ordinal
    Interval range;                   // of count, money and date
    std::vector<std::string> bases;   // of a derived fact
  };

  std::size_t Below(std::size_t n) { return random_() % n; }
  bool Chance(unsigned percent) { return Below(100) < percent; }
  std::int64_t Pick(std::int64_t lo, std::int64_t hi) { return PickValue(random_, {lo, hi}); }
  template <class List>
  const auto& Any(const List& list) {
    return list[Below(list.size())];
  }

  json::value Params() {
    auto dated = [&](std::string_view type, std::string_view unit, std::int64_t lo, std::int64_t hi) {
      auto period = [&](std::string_view from, json::value to) {
        return json::object{{"from", from}, {"to", std::move(to)}, {"cite", {"s#c"}}, {"last_confirmed_on", "2026-01-01"}, {"cells", Pick(lo, hi)}};
      };
      return json::object{
          {"type", type}, {"unit", unit}, {"keys", json::array()}, {"values", {period("2000-01-01", "2024-12-31"), period("2025-01-01", nullptr)}}};
    };
    json::object params;
    params["money.a"] = dated("money", "fen", 0, 8);
    params["money.b"] = dated("money", "fen", 0, 2000);
    params["rate"] = dated("ratio", "permille", 0, 1000);
    params["count"] = dated("count", "u", 0, 4);
    params["days"] = dated("count", "天", 0, 10);
    params["money.k"] = json::parse(R"({"type":"money","unit":"fen","keys":["size","way"],"values":[{"from":"2000-01-01","to":null,"cite":["s#c"],
      "last_confirmed_on":"2026-01-01","cells":{"x":{"y":3,"z":700},"u":{"y":null,"z":0}}}]})");
    // Nothing is published any more.
    params["gone"] = json::parse(R"({"type":"money","unit":"fen","keys":[],"values":[{"from":"2000-01-01","to":"2019-12-31","cite":["s#c"],
      "last_confirmed_on":"2019-01-01","cells":5}]})");
    return json::object{{"format", "km-params/1"}, {"params", std::move(params)}};
  }

  json::object Facts() {
    json::object out;
    auto base = [&](const std::string& subject, std::size_t type) {
      static const std::array<std::string, 6> kTypes = {"bool", "count", "money", "date", "enum", "ordinal"};
      Named fact{"f" + std::to_string(facts_.size()), kTypes[type], subject, {}, {}, {}};
      json::object declared{{"subject", subject}, {"type", fact.type}, {"ask", Zh("?")}, {"privacy", "none"}, {"effort", Pick(1, 3)}};
      if (type == 1 || type == 2) {
        const std::int64_t lo = type == 1 ? Pick(-2, 3) : 0;
        fact.range = {lo, lo + Pick(1, 4)};
        if (type == 1) declared["unit"] = "u";
        declared["range"] = json::array{fact.range.lo, fact.range.hi};
      } else if (type == 3) {
        // Where months, years and leap years end.
        static const std::array<Civil, 4> kAbout = {{{1946, 11, 28}, {1946, 11, 28}, {1946, 12, 29}, {1944, 2, 26}}};
        const Day lo = ToDay(Any(kAbout)) + Pick(0, 3);
        fact.range = {lo, lo + Pick(1, 3)};
        declared["range"] = json::array{json::value(FormatDay(fact.range.lo)), json::value(FormatDay(fact.range.hi))};
      } else if (type >= 4) {
        const std::size_t count = 2 + Below(3);
        json::array values;
        json::array labels;
        for (std::size_t v = 0; v < count; ++v) {
          fact.values.push_back("v" + std::to_string(v));
          values.emplace_back(fact.values.back());
          labels.emplace_back(fact.values.back());
        }
        declared["values"] = std::move(values);
        declared["labels"] = json::object{{"zh", std::move(labels)}};
      }
      fact.bases = {fact.name};
      out[fact.name] = std::move(declared);
      facts_.push_back(std::move(fact));
    };
    for (const char* subject : {"elder", "household"}) {
      base(subject, 0);
      base(subject, 1);
    }
    base("elder", 1);
    base("elder", 2);
    base("elder", 3);
    base("elder", 4 + Below(2));
    base("household", Below(6));
    base("child", 0);
    base("child", Below(6));
    base("child", 1);
    for (const char* subject : {"elder", "elder", "child"}) Derived(subject, out);
    return out;
  }

  void Derived(const std::string& subject, json::object& out) {
    subject_ = subject;
    plain_ = true;
    std::set<std::string> bases;
    json::value rule;
    Named fact{"d" + std::to_string(facts_.size()), "count", subject, {}, {-100000, 100000}, {}};
    const auto dates = OfType("date");
    switch (Below(dates.empty() ? 4 : 5)) {
      case 0: rule = Call("+", {Count(0), Count(0)}); break;
      case 1: {
        // Up and down again.
        const json::value x = Count(0);
        rule = Call("*", {x, Call("-", {json::value(3), x})});
        break;
      }
      case 2: rule = Call("if", {Bool(1), Count(0), Count(0)}); break;
      case 3:
        rule = Bool(1);
        fact.type = "bool";
        break;
      default: rule = Call("age_on", {Var(Any(dates).name), Var("as_of")});
    }
    plain_ = false;
    Bases(rule, bases);
    fact.bases.assign(bases.begin(), bases.end());
    json::object declared{{"subject", subject}, {"type", fact.type}};
    if (fact.type == "count") {
      const bool age = rule.get_object().contains("age_on");
      declared["unit"] = age ? "周岁" : "u";
      declared["range"] = json::array{fact.range.lo, fact.range.hi};
      if (age) fact.type = "age";
    }
    declared["derive"] = std::move(rule);
    out[fact.name] = std::move(declared);
    facts_.push_back(std::move(fact));
  }

  // Facts the rule at hand may read.
  std::vector<Named> OfType(std::string_view type) const {
    std::vector<Named> out;
    for (const Named& fact : facts_) {
      const bool derived = fact.name[0] == 'd';
      if (fact.type == type && (fact.subject == subject_ || fact.subject == "household") && !(derived && plain_)) out.push_back(fact);
    }
    return out;
  }

  void Bases(const json::value& rule, std::set<std::string>& out) const {
    if (const auto* list = rule.if_array()) {
      for (const auto& item : *list) Bases(item, out);
    }
    const auto* object = rule.if_object();
    if (object == nullptr) return;
    for (const auto& member : *object) {
      if (member.key() != "var") {
        Bases(member.value(), out);
        continue;
      }
      for (const Named& fact : facts_) {
        if (member.value() == json::string_view(fact.name)) out.insert(fact.bases.begin(), fact.bases.end());
      }
    }
  }

  json::value Literal(const Named& fact, std::size_t index) { return json::value(fact.values[index]); }
  std::string Compare() {
    static const std::array<std::string, 6> kOps = {"<", "<=", ">", ">=", "===", "!=="};
    return Any(kOps);
  }

  json::value Count(std::size_t depth) {
    const auto facts = OfType("count");
    if (depth == 0 || Chance(50)) return Chance(85) ? Var(Any(facts).name) : json::value(Pick(-2, 5));
    switch (Below(8)) {
      case 0: return Call("+", {Count(depth - 1), Count(depth - 1)});
      case 1: return Call("-", {Var(Any(facts).name), Count(depth - 1)});
      case 2: return MostOrLeast({Count(depth - 1), Var(Any(facts).name)});
      case 3: return MostOrLeast({Count(0), Var(Any(facts).name), Count(depth - 1)});
      case 4: return Call("-", {Count(depth - 1)});
      case 5: return Call("*", {Var(Any(facts).name), json::value(Pick(-2, 3)), Count(depth - 1)});
      case 6: return Call("if", {Condition(), Var(Any(facts).name), Condition(), Count(0), Count(depth - 1)});
      default: return Call("if", {Condition(), Var(Any(facts).name), Count(depth - 1)});
    }
  }
  json::value MostOrLeast(json::array args) { return Call(Chance(50) ? "min" : "max", std::move(args)); }

  // A date near the day of the assessment or near the answers'.
  json::value Date(const std::string& fact, std::size_t depth) {
    if (depth == 0) return Chance(70) ? Var(fact) : Var("as_of");
    switch (Below(5)) {
      case 0: return Call("add_months", {Date(fact, depth - 1), json::value(Pick(-13, 13))});
      case 1: return Call("add_months", {Var(fact), json::value(12 * Pick(79, 83) + Pick(-1, 1))});
      case 2: return Call("month_end", {Date(fact, depth - 1)});
      case 3: return Call("year_end", {Date(fact, depth - 1)});
      default: return MostOrLeast({Date(fact, 0), Date(fact, depth - 1)});
    }
  }
  json::value DateCondition(const std::string& fact) {
    json::array args{Date(fact, 2), Date(fact, 1)};
    if (Chance(40)) return Comparison({Call("months_between", {Var(fact), args[0]}), json::value(Pick(0, 1) * 12 * Pick(79, 83) + Pick(-1, 1))});
    if (Chance(20)) return Comparison({Call("age_on", {Var(fact), args[1]}), json::value(Pick(78, 83))});
    return Comparison(std::move(args));
  }

  // The operator is drawn after the operands, so that every compiler draws in the same order.
  json::value Comparison(json::array args) { return Call(Compare(), std::move(args)); }
  json::value Sameness(json::array args) { return Call(Chance(50) ? "===" : "!==", std::move(args)); }

  // Of an `if`: told whenever the answers are. Trying completions says nothing of both branches of a condition that nobody published.
  json::value Condition() {
    const bool was = std::exchange(criterion_, false);
    json::value out = Bool(0);
    criterion_ = was;
    return out;
  }

  json::value Bool(std::size_t depth) {
    if (depth > 0 && Chance(70)) {
      switch (Below(6)) {
        case 0:
        case 1: return Call("and", {Bool(depth - 1), Bool(depth - 1)});
        case 2: return Call("or", {Bool(depth - 1), Bool(depth - 1), Bool(0)});
        case 3: return Call("!", {Bool(depth - 1)});
        case 4: return Sameness({Bool(0), Bool(depth - 1)});
        default: return Call("if", {Condition(), Bool(depth - 1), Bool(depth - 1)});
      }
    }
    switch (Below(12)) {
      case 0:
        if (const auto enums = OfType("enum"); !enums.empty()) {
          const Named& fact = Any(enums);
          if (Chance(50)) return Call("===", {Var(fact.name), Literal(fact, Below(fact.values.size()))});
          return Call("in", {Var(fact.name), json::array{Literal(fact, 0), Literal(fact, fact.values.size() - 1)}});
        }
        break;
      case 1:
        if (const auto ordered = OfType("ordinal"); !ordered.empty()) {
          const Named& fact = Any(ordered);
          return Comparison({Var(fact.name), Literal(fact, Below(fact.values.size()))});
        }
        break;
      case 2:
        if (const auto dates = OfType("date"); !dates.empty()) {
          const Named& fact = Any(dates);
          return Comparison({Var(fact.name), json::value(FormatDay(Pick(fact.range.lo, fact.range.hi)))});
        }
        break;
      case 3:
        if (const auto ages = OfType("age"); !ages.empty()) return Comparison({Var(Any(ages).name), json::value(Pick(79, 80))});
        break;
      case 4:
        if (const auto money = OfType("money"); !money.empty() && !plain_) {
          if (criterion_ && Chance(10)) return Comparison({Var(Any(money).name), json::value(json::object{{"param", {"gone"}}})});
          return Comparison({Var(Any(money).name), json::value(json::object{{"param", {"money.a"}}})});
        }
        break;
      case 5: return Comparison({Count(1), Count(1)});
      case 6:
        if (!plain_) return Comparison({Var(Any(OfType("count")).name), json::value(json::object{{"param", {"count"}}})});
        break;
      case 7: {
        json::array three{Count(0), Count(1), Count(0)};
        return Call(Chance(50) ? "<" : "<=", std::move(three));
      }
      case 8:
        if (const auto dates = OfType("date"); !dates.empty()) return DateCondition(Any(dates).name);
        break;
      case 9:
        if (const auto dates = OfType("date"); !dates.empty()) {
          const Named& fact = Any(dates);
          return Call("in", {Var(fact.name), json::array{json::value(FormatDay(fact.range.lo)), json::value(FormatDay(fact.range.hi))}});
        }
        return Call("in", {Count(1), json::array{Pick(-1, 1), Pick(2, 5)}});
      case 10:
        if (const auto ordered = OfType("ordinal"); !ordered.empty()) return Sameness({Literal(ordered.front(), 0), Var(ordered.front().name)});
        break;
      default: break;
    }
    return Chance(60) ? Var(Any(OfType("bool")).name) : Comparison({Count(0), json::value(Pick(-1, 5))});
  }

  json::value Money(std::size_t depth) {
    const auto facts = OfType("money");
    if (depth == 0 || Chance(30)) {
      if (!facts.empty() && Chance(60)) return Var(Any(facts).name);
      if (Chance(20)) return json::object{{"param", {"money.k", "x", Chance(50) ? "y" : "z"}}};
      return json::object{{"param", {Chance(50) ? "money.a" : "money.b"}}};
    }
    static const std::array<std::string, 3> kRounding = {"down", "up", "half_up"};
    switch (Below(7)) {
      case 0: return Call("portion", {Money(depth - 1), json::value(json::object{{"param", {"rate"}}}), json::value(Any(kRounding))});
      case 1: return Call("min", {Money(depth - 1), Money(depth - 1)});
      case 2: return Call("+", {Money(depth - 1), Money(depth - 1)});
      case 3: return Call("max", {json::value(0), Call("-", {Money(depth - 1), Money(depth - 1)})});
      case 4: return Call("*", {Call("max", {json::value(0), Count(0)}), Money(depth - 1)});
      case 5: return Call("if", {Bool(0), Money(0), Bool(1), Money(depth - 1), Money(depth - 1)});
      default: return Call("if", {Bool(1), Money(depth - 1), Money(depth - 1)});
    }
  }

  json::value Pay(std::string_view kind) {
    if (kind != "leave_days" && Chance(8)) return json::object{{"param", {"gone"}}};
    if (kind != "leave_days" && Chance(4)) return json::object{{"param", {"money.k", "u", "y"}}};
    if (kind != "leave_days" && Chance(8)) return Call("+", {Money(1), json::value(json::object{{"param", {"gone"}}}), Money(1)});
    if (kind == "leave_days")
      return Chance(50) ? json::value(json::object{{"param", {"days"}}}) : Call("if", {Bool(1), json::value(Pick(0, 9)), json::value(7)});
    return Money(2);
  }

  json::value Benefit(const std::string& id, const std::string& subject) {
    subject_ = subject;
    static const std::array<std::string, 3> kPer = {"person-month", "person-year", "once"};
    const std::string kind = Chance(80) ? "money" : Chance(50) ? "leave_days" : "tax_deduction";
    json::object out{{"format", "km-benefit/1"}, {"id", id}, {"title", Zh(id)}, {"summary", Zh(id)}, {"subject", subject}};
    const std::string per = kind == "money" ? Any(kPer) : kind == "leave_days" ? "person-year" : "person-month";
    out["pays"] = json::object{{"to", "person"}, {"kind", kind}, {"per", per}};
    out["in_force"] = json::object{{"from", "2020-01-01"}, {"to", Chance(20) ? json::value("2026-06-30") : json::value(nullptr)}, {"cite", {"s#c"}}};
    json::array criteria;
    const std::size_t count = Chance(60) ? 1 : 1 + Below(3);
    for (std::size_t c = 0; c < count; ++c) criteria.push_back(Criterion("c" + std::to_string(c)));
    out["criteria"] = std::move(criteria);
    if (Chance(15)) {
      out["amount"] = json::object{{"unpublished", true}, {"say", Zh("?")}, {"cite", {"s#c"}}};
    } else {
      out["amount"] = Table(kind);
    }
    return out;
  }

  json::value Criterion(const std::string& id) {
    criterion_ = true;
    json::object out{{"id", id}, {"say", Zh(id)}, {"when", Bool(2)}, {"cite", {"s#c"}}};
    criterion_ = false;
    std::set<std::string> bases;
    Bases(out["when"], bases);
    json::array remedies;
    for (const std::string& name : bases) {
      const auto fact = std::find_if(facts_.begin(), facts_.end(), [&](const Named& one) { return one.name == name; });
      if (!Chance(60)) continue;
      json::value value = true;
      if (fact->type == "bool") value = Chance(50);
      if (fact->type == "count" || fact->type == "money") value = Pick(fact->range.lo, fact->range.hi);
      if (fact->type == "date") value = FormatDay(Pick(fact->range.lo, fact->range.hi));
      if (!fact->values.empty()) value = Any(fact->values);
      remedies.push_back(json::object{{"set", json::object{{name, std::move(value)}}}, {"say", Zh("do")}, {"cite", {"s#c"}}});
    }
    if (!remedies.empty()) out["remedy"] = std::move(remedies);
    return out;
  }

  // Rows that split the values of up to two inputs between them.
  json::value Table(const std::string& kind) {
    std::vector<Named> inputs;
    for (const char* type : {"bool", "enum", "ordinal", "count"}) {
      for (const Named& fact : OfType(type)) {
        if (fact.name[0] == 'f' && inputs.size() < 2 && Chance(35)) inputs.push_back(fact);
      }
    }
    json::array names;
    for (const Named& input : inputs) names.emplace_back(input.name);
    json::array rows;
    groups_.clear();
    Rows(kind, inputs, {}, rows);
    json::object out{{"inputs", std::move(names)}, {"rows", std::move(rows)}};
    if (!groups_.empty()) out["groups"] = groups_;
    return out;
  }

  void Rows(const std::string& kind, std::vector<Named> inputs, const json::object& condition, json::array& rows) {
    if (inputs.empty()) {
      rows.push_back(json::object{{"id", "r" + std::to_string(rows.size())}, {"if", condition}, {"pay", Pay(kind)}, {"cite", {"s#c"}}});
      return;
    }
    const Named input = inputs.back();
    inputs.pop_back();
    auto with = [&](json::value part) {
      json::object more = condition;
      more[input.name] = std::move(part);
      Rows(kind, inputs, more, rows);
    };
    if (input.type == "bool") {
      with(false);
      with(true);
    } else if (input.type == "count") {
      const std::int64_t cut = Pick(input.range.lo, input.range.hi - 1);
      with(json::array{input.range.lo, cut});
      with(json::array{cut + 1, input.range.hi});
    } else {
      json::array first{Literal(input, 0)};
      json::array rest;
      for (std::size_t v = 1; v < input.values.size(); ++v) (Chance(50) ? first : rest).push_back(Literal(input, v));
      // The other half of the values by the name of a group.
      if (rest.empty() || Chance(50)) {
        with(first);
        if (!rest.empty()) with(rest);
        return;
      }
      const std::string name = "g" + std::to_string(groups_.contains(input.name) ? groups_[input.name].get_object().size() : 0);
      with(first);
      if (!groups_.contains(input.name)) groups_[input.name] = json::object{};
      groups_[input.name].get_object()[name] = std::move(rest);
      with(json::value("@" + name));
    }
  }

  // Groups that overlap, and deductions from a benefit by earlier ones.
  json::array Stacking(const PackFiles& files) {
    json::array out;
    auto add = [&](json::object group) {
      group["id"] = "g" + std::to_string(out.size());
      group["say"] = Zh("g");
      group["cite"] = json::array{"s#c"};
      out.push_back(std::move(group));
    };
    auto pays = [&](std::size_t b, std::string_view key) { return files.benefits[b].value.at("pays").at(key).get_string(); };
    for (int rule = 0; rule < 5; ++rule) {
      std::vector<std::size_t> some;
      for (std::size_t b = 0; b < files.benefits.size(); ++b) {
        if (b != 1 && Chance(rule < 2 ? 50 : 60)) some.push_back(b);  // b1 is the child's
      }
      if (some.size() < 2) continue;
      json::array ids;
      if (rule < 2) {
        for (std::size_t b : some) ids.emplace_back("b" + std::to_string(b));
        add(json::object{{"kind", "at_most_one"}, {"members", std::move(ids)}});
        continue;
      }
      const std::size_t from = some.back();
      some.pop_back();
      for (std::size_t b : some) {
        if (pays(b, "kind") == "money" && pays(b, "per") == pays(from, "per")) ids.emplace_back("b" + std::to_string(b));
      }
      if (ids.empty() || pays(from, "kind") != "money") continue;
      json::object group{{"kind", "deduct"}, {"from", "b" + std::to_string(from)}, {"minus", std::move(ids)}};
      std::set<std::string> bases;
      Bases(files.benefits[from].value.at("amount"), bases);
      for (const Named& fact : facts_) {
        if (rule != 4 || fact.type != "money" || !bases.contains(fact.name)) continue;
        group["kind"] = "deduct_cost";
        group["cost"] = fact.name;
      }
      add(std::move(group));
    }
    return out;
  }

  std::mt19937& random_;
  std::vector<Named> facts_;
  std::string subject_;
  bool criterion_ = false;  // may hang on an amount that is not published
  bool plain_ = false;      // in a derivation: no derived facts, no params
  json::object groups_;     // of the table at hand
};

}  // namespace

PackFiles RandomPack(std::mt19937& random) { return Generator(random).Run(); }

PackFiles PackOf(std::string_view facts, const std::vector<std::string>& benefits, std::string_view groups) {
  std::mt19937 random(1);
  PackFiles files = RandomPack(random);
  files.facts.value = json::object{{"format", "km-facts/1"}, {"facts", json::parse(facts)}};
  files.stacking.value = json::object{{"format", "km-stacking/1"}, {"groups", json::parse(groups)}};
  files.benefits.clear();
  for (const std::string& benefit : benefits)
    files.benefits.push_back({"benefits/b" + std::to_string(files.benefits.size()) + ".json", json::parse(benefit)});
  return files;
}

Pack ReadWhole(const PackFiles& files) {
  Diagnostics problems;
  Pack pack = ReadPack(files, problems);
  for (const Error& error : problems) ADD_FAILURE() << json::serialize(error.ToJson());
  return pack;
}

Answers RandomAnswers(const Schema& schema, std::mt19937& random, unsigned missing, unsigned partly) {
  Answers answers = NoAnswers(schema);
  for (std::size_t i = 1; i < schema.facts.size(); ++i) {
    if (schema.facts[i].derive) continue;
    if (random() % 100 >= missing) {
      answers[i] = Interval::Of(PickValue(random, answers[i]));
    } else if (partly != 0 && random() % 100 < partly) {
      answers[i].lo = PickValue(random, answers[i]);
      answers[i].hi = PickValue(random, answers[i]);
    }
  }
  return answers;
}

json::value RandomProfile(const Schema& schema, std::mt19937& random, unsigned missing, Day as_of) {
  json::array subjects;
  for (const auto& [id, kind] :
       {std::pair("h", Subject::Household), std::pair("e1", Subject::Elder), std::pair("e2", Subject::Elder), std::pair("c1", Subject::Child)}) {
    json::object facts;
    for (std::size_t i = 1; i < schema.facts.size(); ++i) {
      const Fact& fact = schema.facts[i];
      if (fact.derive || fact.subject != kind || random() % 100 < missing) continue;
      facts[fact.name] = WriteValue(PickValue(random, fact.range), fact.type, schema);
    }
    subjects.push_back(json::object{{"id", id}, {"kind", kSubjects[static_cast<std::size_t>(kind)]}, {"facts", std::move(facts)}});
  }
  return json::object{{"format", "km-profile/1"}, {"as_of", FormatDay(as_of)}, {"subjects", std::move(subjects)}};
}

}  // namespace chuncheng
