#include "shared/benefits/timeline.h"

#include <algorithm>

#include "shared/benefits/amount.h"
#include "shared/benefits/profile.h"
#include "shared/benefits/sweep.h"
#include "shared/rules/evaluate.h"

namespace chuncheng {
namespace {

constexpr std::int64_t kMostYears = 40;

void AddUnique(std::vector<int>& list, int value) {
  if (std::find(list.begin(), list.end(), value) == list.end()) list.push_back(value);
}

CauseKind KindOf(const Fact& fact) {
  if (fact.grows) return CauseKind::Duration;
  if (!fact.derive) return CauseKind::Calendar;
  for (const Instr& instr : fact.derive->code) {
    if (instr.op == Op::AgeOn) return CauseKind::Age;
    if (instr.op == Op::MonthsBetween) return CauseKind::Duration;
  }
  return CauseKind::Calendar;
}

// What made the assessment of `day` differ from that of the day before: the comparisons that flip in the parts that changed.
class Finder {
 public:
  Finder(const Pack& pack, const Benefit& benefit, Sweep& sweep, Day day)
      : pack_(pack),
        benefit_(benefit),
        sweep_(sweep),
        day_(day),
        old_params_(sweep.ParamsOn(day - 1)),
        new_params_(sweep.ParamsOn(day)),
        old_values_(sweep.ValuesOn(Interval::Of(day - 1))),
        new_values_(sweep.ValuesOn(Interval::Of(day))) {}

  std::vector<Cause> Run(const Assessment& before, const Assessment& after) {
    if (before.verdict != after.verdict) {
      Verdict(before, after);
    } else {
      Amount(before.amount, after.amount);
    }
    // With open answers a rule may stay open while fewer or other answers pass it.
    if (out_.empty()) Everything();
    if (out_.empty()) Add(CauseKind::Calendar, "", benefit_.in_force_cite);
    return std::move(out_);
  }

 private:
  void Verdict(const Assessment& before, const Assessment& after) {
    auto counts = [&](State was, State is) {
      if (was == is) return false;
      if (after.verdict == State::No) return is == State::No;
      if (before.verdict == State::No) return was == State::No;
      return true;
    };
    if (counts(before.in_force, after.in_force)) Add(CauseKind::InForce, "", benefit_.in_force_cite);
    for (std::size_t c = 0; c < benefit_.criteria.size(); ++c) {
      if (counts(before.criteria[c], after.criteria[c])) OfRule(benefit_.criteria[c].when, benefit_.criteria[c].cite);
    }
  }

  void Amount(const AmountRange& before, const AmountRange& after) {
    for (std::size_t r = 0; r < benefit_.rows.size(); ++r) {
      const Row& row = benefit_.rows[r];
      const bool was = std::binary_search(before.rows.begin(), before.rows.end(), static_cast<int>(r));
      const bool is = std::binary_search(after.rows.begin(), after.rows.end(), static_cast<int>(r));
      if (was != is) OfRule(row.when, row.cite);
      if (was && is) OfRule(row.pay, row.cite);
    }
  }

  void Everything() {
    for (const Criterion& criterion : benefit_.criteria) OfSwept(criterion.when, criterion.cite);
    for (const Row& row : benefit_.rows) {
      OfSwept(row.when, row.cite);
      OfSwept(row.pay, row.cite);
    }
  }

  void OfRule(const Rule& rule, const std::vector<std::string>& cite) {
    const Program& program = rule.program;
    std::vector<Interval> was(program.code.size());
    std::vector<Interval> is(program.code.size());
    Evaluate(program, old_values_, old_params_, was.data());
    Evaluate(program, new_values_, new_params_, is.data());
    std::vector<std::vector<int>> stack;  // facts below each operand that moved on this day
    std::vector<int> flipped;
    bool param = false;
    for (std::size_t i = 0; i < program.code.size(); ++i) {
      const Instr& instr = program.code[i];
      std::vector<int> below;
      if (instr.op == Op::Var) {
        if (was[i] != is[i] && sweep_.Moves(static_cast<int>(instr.imm))) below.push_back(static_cast<int>(instr.imm));
      } else if (instr.op == Op::Param) {
        param = OfParam(static_cast<std::size_t>(instr.imm)) || param;
      } else {
        for (std::size_t k = stack.size() - instr.argc; k < stack.size(); ++k) {
          for (int fact : stack[k]) AddUnique(below, fact);
        }
        stack.resize(stack.size() - instr.argc);
      }
      const bool decides = (instr.op >= Op::Eq && instr.op <= Op::In) || (instr.op == Op::Var && program.type.kind != Kind::Bool) ||
                           (instr.op == Op::Var && Type(instr).kind == Kind::Bool);
      if (decides && was[i] != is[i]) {
        for (int fact : below) AddUnique(flipped, fact);
      }
      stack.push_back(std::move(below));
    }
    for (int fact : flipped) OfFact(fact, cite);
    if (flipped.empty() && !param) OfSwept(rule, cite);
  }

  const chuncheng::Type& Type(const Instr& instr) const { return pack_.schema.facts[static_cast<std::size_t>(instr.imm)].type; }

  void OfSwept(const Rule& rule, const std::vector<std::string>& cite) {
    for (int fact : rule.program.facts) {
      if (sweep_.Moves(fact) && (sweep_.Swept(fact) || fact == kAsOf)) OfFact(fact, cite);
    }
  }

  void OfFact(int fact, const std::vector<std::string>& cite) {
    const Fact& one = pack_.schema.facts[static_cast<std::size_t>(fact)];
    Add(KindOf(one), fact == kAsOf ? "" : one.name, cite);
  }

  // Whether it changed on this day.
  bool OfParam(std::size_t slot) {
    if (old_params_[slot] == new_params_[slot]) return false;
    const ParamSlot& one = pack_.schema.slots[slot];
    const auto* cite = pack_.schema.SlotCites(one, day_);
    if (cite == nullptr) cite = pack_.schema.SlotCites(one, day_ - 1);
    Add(CauseKind::Param, pack_.schema.params[static_cast<std::size_t>(one.param)].name, cite == nullptr ? std::vector<std::string>{} : *cite);
    return true;
  }

  void Add(CauseKind kind, const std::string& name, const std::vector<std::string>& cite) {
    auto cause = std::find_if(out_.begin(), out_.end(), [&](const Cause& one) { return one.kind == kind && one.name == name; });
    if (cause == out_.end()) cause = out_.insert(out_.end(), Cause{kind, name, {}});
    for (const std::string& one : cite) {
      if (std::find(cause->cite.begin(), cause->cite.end(), one) == cause->cite.end()) cause->cite.push_back(one);
    }
  }

  const Pack& pack_;
  const Benefit& benefit_;
  Sweep& sweep_;
  Day day_;
  std::vector<Interval> old_params_;
  std::vector<Interval> new_params_;
  std::vector<Interval> old_values_;
  std::vector<Interval> new_values_;
  std::vector<Cause> out_;
};

// Calls visit(day, assessment) for the first day of each stretch after the one of `as_of`, until it returns false.
template <class F>
void EachStretch(const Pack& pack, const Benefit& benefit, const Answers& answers, Sweep& sweep, Day as_of, std::int64_t years, F visit) {
  const Day horizon = AddMonths(as_of, 12 * years);
  for (Day day = sweep.LastAlike(as_of, horizon) + 1; day <= horizon; day = sweep.LastAlike(day, horizon) + 1) {
    if (!visit(day, Assessor(pack, day, as_of).Assess(benefit, answers))) return;
  }
}

json::object Side(const Benefit& benefit, const Assessment& assessment) {
  json::object out;
  out["verdict"] = StateName(assessment.verdict);
  if (assessment.verdict != State::No) out["amount"] = WriteAmount(benefit, assessment.amount);
  return out;
}

json::object Write(const Benefit& benefit, const std::string& subject, const Event& event) {
  json::object out;
  out["date"] = FormatDay(event.day);
  out["benefit"] = benefit.id;
  out["subject"] = subject;
  out["before"] = Side(benefit, event.before);
  out["after"] = Side(benefit, event.after);
  json::array why;
  for (const Cause& cause : event.why) {
    json::object one;
    one["kind"] = kCauseKinds[static_cast<std::size_t>(cause.kind)];
    if (!cause.name.empty()) one[cause.kind == CauseKind::Param ? "param" : "fact"] = cause.name;
    one["cite"] = json::array(cause.cite.begin(), cause.cite.end());
    why.push_back(std::move(one));
  }
  out["why"] = std::move(why);
  return out;
}

}  // namespace

bool SameResult(const Assessment& a, const Assessment& b) {
  if (a.verdict != b.verdict) return false;
  if (a.verdict == State::No) return true;
  return a.amount.published == b.amount.published && a.amount.unpublished == b.amount.unpublished && a.amount.rows == b.amount.rows &&
         (!a.amount.published || a.amount.range == b.amount.range);
}

std::vector<Event> Timeline(const Pack& pack, const Benefit& benefit, const Answers& answers, Day as_of, std::int64_t years) {
  std::vector<Event> out;
  Sweep sweep(pack, benefit, answers, as_of);
  std::optional<Assessment> last;
  EachStretch(pack, benefit, answers, sweep, as_of, years, [&](Day day, Assessment now) {
    if (!last) last = Assessor(pack, as_of).Assess(benefit, answers);
    if (!SameResult(*last, now)) {
      auto why = Finder(pack, benefit, sweep, day).Run(*last, now);
      out.push_back({day, std::move(*last), now, std::move(why)});
    }
    last = std::move(now);
    return true;
  });
  return out;
}

std::optional<Day> NextYes(const Pack& pack, const Benefit& benefit, const Answers& answers, Day as_of, std::int64_t years) {
  std::optional<Day> found;
  Sweep sweep(pack, benefit, answers, as_of);
  EachStretch(pack, benefit, answers, sweep, as_of, years, [&](Day day, const Assessment& now) {
    if (now.verdict == State::Yes) found = day;
    return !found;
  });
  return found;
}

std::optional<Day> LastYes(const Pack& pack, const Benefit& benefit, const Answers& answers, Day as_of, std::int64_t years) {
  std::optional<Day> found;
  Sweep sweep(pack, benefit, answers, as_of);
  EachStretch(pack, benefit, answers, sweep, as_of, years, [&](Day day, const Assessment& now) {
    if (now.verdict != State::Yes) found = day - 1;
    return !found;
  });
  return found;
}

Result<json::value> TimelineOf(const Pack& pack, const json::value& request, std::string_view file) {
  Diagnostics problems;
  const Node root(request, std::string(file), problems);
  std::int64_t years = 10;
  if (root.Object({"profile", "years"})) {
    if (const auto wanted = root.Maybe("years")) {
      years = wanted->Int().value_or(years);
      if (years < 1 || years > kMostYears) wanted->Report(ErrorCode::RangeBad);
    }
  }
  const auto body = root.At("profile");
  if (!problems.empty()) return problems.front();
  const auto profile = ReadProfile(pack, body->value(), file, body->pointer());
  if (!profile) return profile.error();
  struct Line {
    Day day;
    json::object event;
  };
  std::vector<Line> lines;
  for (std::size_t b = 0; b < pack.benefits.size(); ++b) {
    for (std::size_t p = 0; p < profile->people.size(); ++p) {
      if (!profile->Concerns(pack, b, p)) continue;
      const Benefit& benefit = pack.benefits[b];
      for (const Event& event : Timeline(pack, benefit, profile->AnswersOf(pack.schema, p), profile->as_of, years)) {
        lines.push_back({event.day, Write(benefit, profile->people[p].id, event)});
      }
    }
  }
  std::stable_sort(lines.begin(), lines.end(), [](const Line& a, const Line& b) { return a.day < b.day; });
  json::array events;
  for (Line& line : lines) events.push_back(std::move(line.event));
  json::object out;
  out["format"] = "km-timeline/1";
  out["from"] = FormatDay(profile->as_of);
  out["to"] = FormatDay(AddMonths(profile->as_of, 12 * years));
  out["events"] = std::move(events);
  return json::value(std::move(out));
}

}  // namespace chuncheng
