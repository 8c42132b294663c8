#include "shared/tools/review/page.h"

#include <algorithm>
#include <boost/json/serialize.hpp>
#include <limits>

#include "shared/benefits/assess.h"
#include "shared/benefits/check.h"
#include "shared/benefits/household.h"
#include "shared/benefits/table_proof.h"
#include "shared/rules/evaluate.h"
#include "shared/tools/policy.h"
#include "shared/tools/review/chart.h"
#include "shared/tools/review/html.h"

namespace chuncheng {
namespace {

const json::value* Find(const json::value& owner, std::string_view key) {
  const auto* object = owner.if_object();
  return object == nullptr ? nullptr : object->if_contains(json::string_view(key.data(), key.size()));
}

std::string Str(const json::value* value) { return value != nullptr && value->is_string() ? std::string(value->get_string()) : ""; }

const json::object& Members(const json::value* value) {
  static const json::object none;
  return value != nullptr && value->is_object() ? value->get_object() : none;
}

const json::array& Items(const json::value* value) {
  static const json::array none;
  return value != nullptr && value->is_array() ? value->get_array() : none;
}

std::string Section(std::string_view key, const std::string& body) {
  return body.empty() ? "" : "<section>\n<h2>" + Say(key) + "</h2>\n" + body + "</section>\n";
}

std::string Term(std::string_view key, const std::string& html) {
  return html.empty() ? "" : "<div><dt>" + Say(key) + "</dt><dd>" + html + "</dd></div>\n";
}

std::string Mark() { return " <strong class=\"mark\">" + Say("review.to_confirm") + "</strong>"; }

std::string Days(Interval days) {
  const std::string from = FormatDay(days.lo);
  if (days.hi >= ToDay({9000, 1, 1})) return Say("review.since", {{"from", from}});
  return Say("review.from_to", {{"from", from}, {"to", FormatDay(days.hi)}});
}

std::string PageName(std::string_view id) { return std::string(id) + ".html"; }

// Ranges of fen or days: "60", "0–800".
std::string Figures(Interval range, bool days) {
  auto one = [&](std::int64_t value) { return days ? Count(value) : YuanFigure(value); };
  if (!range.Published()) return Say("review.unpublished");
  return range.Known() ? one(range.lo) : one(range.lo) + "–" + one(range.hi);
}

class Page {
 public:
  Page(const ReviewedPack& reviewed, std::size_t index)
      : reviewed_(reviewed),
        pack_(reviewed.pack),
        benefit_(reviewed.pack.benefits[index]),
        file_(reviewed.files.benefits[index].value),
        facts_(Members(Find(reviewed.files.facts.value, "facts"))),
        words_(facts_) {}

  std::string Run() {
    const std::string title = Zh(file_, "title");
    // The sections first: they collect the clauses that the list at the end explains.
    std::string body = Head();
    body += Section("review.criteria", Criteria());
    body += Section("review.amount", Amount());
    body += Section("review.chart", ChartHtml(AmountChart(pack_, benefit_, ChartDay(), words_), pack_, benefit_, words_));
    body += Section("review.params", Params());
    body += Section("review.apply", Apply());
    body += Section("review.examples", Examples());
    body += Section("review.facts", Facts());
    body += Section("review.sources", Sources());
    std::string out = "<header class=\"page\"><nav><a href=\"index.html\">" + Say("review.back") + "</a></nav>\n<h1>" + Escape(title) +
                      (confirm_ ? Mark() : "") + "</h1>\n";
    return Document(Text("review.title", {{"title", title}}), out + "</header>\n<main>\n" + body + "</main>\n");
  }

  bool ToConfirm() {
    Run();
    return confirm_;
  }

 private:
  Day ChartDay() const { return std::clamp(reviewed_.day, benefit_.in_force.lo, benefit_.in_force.hi); }

  // Numbered references to the clauses, in the order of their first use.
  std::string Refs(const std::vector<std::string>& cites) {
    std::string out;
    for (const std::string& cite : cites) {
      auto found = std::find(cites_.begin(), cites_.end(), cite);
      if (found == cites_.end()) {
        cites_.push_back(cite);
        found = cites_.end() - 1;
      }
      confirm_ = confirm_ || pack_.ToConfirm({cite});
      const std::string number = std::to_string(found - cites_.begin() + 1);
      out += "<a class=\"ref\" href=\"#ref-" + number + "\" aria-label=\"" + Say("review.ref", {{"number", number}}) + "\">[" + number + "]</a>";
    }
    return out.empty() ? "" : " <span class=\"refs\">" + out + "</span>";
  }
  std::string Refs(const json::value* cite) {
    std::vector<std::string> cites;
    for (const auto& item : Items(cite)) {
      if (item.is_string()) cites.emplace_back(item.get_string());
    }
    return Refs(cites);
  }

  std::string Head() {
    std::string out = "<p class=\"summary\">" + Escape(Zh(file_, "summary")) + "</p>\n";
    if (const std::string why = Zh(file_, "why"); !why.empty()) out += "<p>" + Say("review.why") + Escape(why) + "</p>\n";
    const json::value* pays = Find(file_, "pays");
    const std::string to = pays == nullptr ? "" : Str(Find(*pays, "to"));
    out += "<dl class=\"facts\">\n";
    out += Term("review.subject", Say("review.subject." + std::string(kSubjects[static_cast<std::size_t>(benefit_.subject)])));
    out += Term("review.pays_to", Say("review.pays_to." + to));
    out += Term("review.kind", Say("review.kind." + std::string(kPayKinds[static_cast<std::size_t>(benefit_.kind)])));
    out += Term("review.per", Say("per." + benefit_.per));
    out += Term("review.in_force", Days(benefit_.in_force) + Refs(benefit_.in_force_cite));
    out += Term("review.file", "<code>" + Escape(benefit_.file) + "</code>");
    return out + "</dl>\n";
  }

  std::string Criteria() {
    std::string out;
    for (const auto& item : Items(Find(file_, "criteria"))) {
      out += "<li><p class=\"say\">" + Escape(Zh(item, "say")) + Refs(Find(item, "cite")) + "</p>\n";
      if (const auto* when = Find(item, "when"))
        out += "<p class=\"rule\"><span class=\"tag\">" + Say("review.rule") + "</span>" + words_.Html(*when) + "</p>\n";
      for (const auto& remedy : Items(Find(item, "remedy"))) {
        out += "<p class=\"remedy\"><span class=\"tag\">" + Say("review.remedy") + "</span>" + Escape(Zh(remedy, "say")) +
               Refs(Find(remedy, "cite")) + "</p>\n";
      }
      out += "</li>\n";
    }
    return out.empty() ? "<p>" + Say("review.no_criteria") + "</p>\n" : "<ol class=\"criteria\">\n" + out + "</ol>\n";
  }

  // The first days of the periods in which the table pays differently.
  std::vector<Day> Periods() const {
    std::vector<Day> out;
    Pays last;
    for (Day day : SegmentStarts(pack_, benefit_)) {
      Pays now = Amounts(day);
      if (!out.empty() && now == last) continue;
      out.push_back(day);
      last = std::move(now);
    }
    return out;
  }

  // What each row pays on a day; nothing: only its formula says.
  using Pays = std::vector<std::optional<Interval>>;
  Pays Amounts(Day day) const {
    std::vector<Interval> env;
    for (const Fact& fact : pack_.schema.facts) env.push_back(fact.range);
    env[kAsOf] = Interval::Of(day);
    std::vector<Interval> params;
    for (const ParamSlot& slot : pack_.schema.slots) params.push_back(pack_.schema.SlotValue(slot, day));
    const Assessor assessor(pack_, day);
    Pays out;
    for (std::size_t r = 0; r < benefit_.rows.size(); ++r) {
      const Interval plain = Evaluate(benefit_.rows[r].pay.program, env, params);
      out.push_back(plain.Known() || !plain.Published() ? std::optional(plain) : Within(assessor, r));
    }
    return out;
  }

  // The bounds of a row's formula over all who are let through to it, when the row is told by what people answer.
  std::optional<Interval> Within(const Assessor& assessor, std::size_t row) const {
    const auto& condition = Members(Find(Items(Find(*Find(file_, "amount"), "rows"))[row], "if"));
    Answers answers = NoAnswers(pack_.schema);
    for (const auto& [name, value] : condition) {
      const auto found = pack_.schema.fact_index.find(std::string_view(name.data(), name.size()));
      if (found == pack_.schema.fact_index.end()) return std::nullopt;
      const Fact& fact = pack_.schema.facts[static_cast<std::size_t>(found->second)];
      const json::array values = value.is_array() ? value.get_array() : json::array{value};
      std::vector<std::int64_t> read;
      for (const auto& one : values) {
        const auto number = ReadValue(one, fact.type, pack_.schema, nullptr);
        if (!number) return std::nullopt;
        read.push_back(*number);
      }
      const bool numbers = fact.type.kind == Kind::Int || fact.type.kind == Kind::Date;
      if (read.empty()) return std::nullopt;
      const auto [lo, hi] = std::minmax_element(read.begin(), read.end());
      const bool whole = numbers ? read.size() == 2 : *hi - *lo + 1 == static_cast<std::int64_t>(read.size());
      if (fact.derive || !whole) return std::nullopt;
      answers[static_cast<std::size_t>(found->second)] = {std::max(*lo, fact.range.lo), std::min(*hi, fact.range.hi)};
    }
    const AmountRange got = assessor.Assess(benefit_, answers).amount;
    const bool alone = got.rows == std::vector<int>{static_cast<int>(row)};
    return alone && got.published && !got.unpublished ? std::optional(got.range) : std::nullopt;
  }

  std::string Amount() {
    const json::value* amount = Find(file_, "amount");
    if (amount == nullptr) return "";
    if (benefit_.form == AmountForm::Unpublished)
      return "<p>" + Say("review.unpublished") + "：" + Escape(Zh(*amount, "say")) + Refs(Find(*amount, "cite")) + "</p>\n";
    if (benefit_.form == AmountForm::InKind) return "<p>" + Escape(Zh(*amount, "in_kind")) + Refs(Find(*amount, "cite")) + "</p>\n";
    const bool days = benefit_.kind == PayKind::LeaveDays;
    const auto periods = Periods();
    std::string out = "<div class=\"scroll\"><table>\n<caption>" +
                      Say(days ? "review.table.days" : "review.table.yuan", {{"per", Text("per." + benefit_.per)}}) + "</caption>\n<thead><tr>";
    for (int input : benefit_.inputs)
      out += "<th scope=\"col\"><code>" + Escape(pack_.schema.facts[static_cast<std::size_t>(input)].name) + "</code></th>";
    if (benefit_.inputs.empty()) out += "<th scope=\"col\">" + Say("review.table.who") + "</th>";
    for (std::size_t p = 0; p < periods.size(); ++p) {
      const Day last = p + 1 < periods.size() ? periods[p + 1] - 1 : benefit_.in_force.hi;
      out += "<th scope=\"col\" class=\"number\">" + Days({periods[p], last}) + "</th>";
    }
    out += "<th scope=\"col\">" + Say("review.table.formula") + "</th></tr></thead>\n<tbody>\n";
    std::vector<Pays> amounts;
    amounts.reserve(periods.size());
    for (Day day : periods) amounts.push_back(Amounts(day));
    const auto& rows = Items(Find(*amount, "rows"));
    for (std::size_t r = 0; r < benefit_.rows.size() && r < rows.size(); ++r) {
      const json::value* condition = Find(rows[r], "if");
      out += "<tr>";
      for (std::size_t i = 0; i < benefit_.inputs.size(); ++i) {
        const std::string& name = pack_.schema.facts[static_cast<std::size_t>(benefit_.inputs[i])].name;
        const json::value* value = condition == nullptr ? nullptr : Find(*condition, name);
        const std::string cell = value == nullptr ? Say("review.table.any") : words_.Condition(*value, name, Find(*amount, "groups"));
        out += (i == 0 ? "<th scope=\"row\">" : "<td>") + cell + (i == 0 ? "</th>" : "</td>");
      }
      if (benefit_.inputs.empty()) out += "<th scope=\"row\">" + Say("review.table.all") + "</th>";
      for (const auto& period : amounts)
        out += "<td class=\"number\">" + (period[r] ? Figures(*period[r], days) : Say("review.by_formula")) + "</td>";
      out += "<td>" + (Find(rows[r], "pay") == nullptr ? "" : words_.Html(*Find(rows[r], "pay")));
      if (!benefit_.rows[r].per.empty() && benefit_.rows[r].per != benefit_.per) out += "（" + Say("per." + benefit_.rows[r].per) + "）";
      out += Refs(benefit_.rows[r].cite) + "</td></tr>\n";
    }
    return out + "</tbody>\n</table></div>\n";
  }

  std::string Cell(const Param& param, std::int64_t value) const {
    if (param.type.tag == kFen) return Say("review.yuan", {{"amount", Yuan(value)}});
    if (param.type.tag == kPermille)
      return Say("review.percent", {{"value", std::to_string(value / 10) + (value % 10 == 0 ? "" : "." + std::to_string(value % 10))}});
    return Escape(std::to_string(value) + " " + pack_.schema.units[static_cast<std::size_t>(param.type.tag)]);
  }

  void Keys(const json::value& cells, std::vector<std::string> path, std::vector<std::vector<std::string>>& out) const {
    if (const auto* object = cells.if_object()) {
      for (const auto& [key, inner] : *object) {
        auto longer = path;
        longer.emplace_back(key.data(), key.size());
        Keys(inner, longer, out);
      }
    } else if (std::find(out.begin(), out.end(), path) == out.end()) {
      out.push_back(std::move(path));
    }
  }

  std::string Params() {
    std::vector<int> read;
    auto collect = [&](const Program& program) {
      for (const Instr& instr : program.code) {
        if (instr.op != Op::Param) continue;
        const int param = pack_.schema.slots[static_cast<std::size_t>(instr.imm)].param;
        if (std::find(read.begin(), read.end(), param) == read.end()) read.push_back(param);
      }
    };
    for (const Criterion& criterion : benefit_.criteria) collect(criterion.when.program);
    for (const Row& row : benefit_.rows) collect(row.pay.program);
    std::string out;
    const json::value* all = Find(reviewed_.files.params.value, "params");
    for (int index : read) {
      const Param& param = pack_.schema.params[static_cast<std::size_t>(index)];
      const json::value* document = all == nullptr ? nullptr : Find(*all, param.name);
      out += "<div class=\"scroll\"><table class=\"fit\">\n<caption><code>" + Escape(param.name) +
             "</code></caption>\n<thead><tr><th scope=\"col\">" + Say("review.param.key") + "</th>";
      std::vector<std::vector<std::string>> paths;
      for (const Period& period : param.periods) {
        out += "<th scope=\"col\" class=\"number\">" + Days(period.days) + Refs(period.cite) + "</th>";
        Keys(period.cells, {}, paths);
      }
      out += "</tr></thead>\n<tbody>\n";
      for (const auto& path : paths) {
        std::string name;
        for (const std::string& key : path) name += (name.empty() ? "" : " / ") + Escape(key);
        out += "<tr><th scope=\"row\">" + (name.empty() ? Say("review.param.value") : name) + "</th>";
        for (const Period& period : param.periods) {
          const json::value* value = &period.cells;
          for (const std::string& key : path) value = value == nullptr ? nullptr : Find(*value, key);
          const bool number = value != nullptr && value->is_int64();
          out += "<td class=\"number\">" + (number ? Cell(param, value->get_int64()) : Say("review.unpublished")) + "</td>";
        }
        out += "</tr>\n";
      }
      out += "</tbody>\n<tfoot><tr><th scope=\"row\">" + Say("review.param.confirmed") + "</th>";
      for (const auto& period : document == nullptr ? json::array() : Items(Find(*document, "values"))) {
        const std::string day = Str(Find(period, "last_confirmed_on"));
        out += "<td class=\"number\">" + (day.empty() ? Say("review.param.not_confirmed") : Escape(day)) + "</td>";
      }
      out += "</tr></tfoot></table></div>\n";
    }
    return out;
  }

  std::string Apply() {
    std::string out;
    std::string list;
    for (const auto& document : Items(Find(file_, "documents"))) list += "<li>" + Escape(Str(Find(document, "zh"))) + "</li>";
    if (!list.empty()) list = "<ul>" + list + "</ul>";
    out += Term("review.documents", list);
    if (const json::value* apply = Find(file_, "apply")) {
      out += Term("review.office", Escape(Zh(*apply, "office")));
      out += Term("review.channel", Escape(Zh(*apply, "channel")));
      out += Term("review.phone", Escape(Str(Find(*apply, "phone"))));
      out += Term("review.takes", Escape(Zh(*apply, "takes")));
      out += Term("review.apply_cite", Refs(Find(*apply, "cite")));
    }
    return out.empty() ? "<p>" + Say("review.no_apply") + "</p>\n" : "<dl class=\"facts\">\n" + out + "</dl>\n";
  }

  std::string Given(const json::value* facts) const {
    std::string out;
    for (const auto& [name, value] : Members(facts)) {
      const std::string_view fact(name.data(), name.size());
      out += (out.empty() ? "" : "；") + std::string("<code>") + Escape(fact) + "</code> " + words_.Value(value, fact);
    }
    return out.empty() ? Say("review.nothing_known") : out;
  }

  std::string Examples() {
    std::string out;
    for (const auto& test : Items(Find(file_, "tests"))) {
      const auto result = EvaluateProfile(pack_, ExampleProfile(pack_, benefit_, test.get_object()), "");
      const json::value* list = result ? Find(*result, "results") : nullptr;
      if (Items(list).empty()) continue;
      const auto& got = Items(list)[0].get_object();
      const std::string verdict = Str(got.if_contains("verdict"));
      std::string said = got.contains("amount") ? Escape(AmountText(got.at("amount").get_object(), file_)) : "";
      if (const std::string from = Str(got.if_contains("from")); !from.empty())
        said += (said.empty() ? "" : "；") + Say("cli.eval.from", {{"date", from}});
      if (const std::string until = Str(got.if_contains("until")); !until.empty())
        said += (said.empty() ? "" : "；") + Say("cli.eval.until", {{"date", until}});
      std::string failed;
      for (const auto& id : Items(got.if_contains("failed"))) {
        std::string say = Text("cli.eval.in_force");
        for (const auto& criterion : Items(Find(file_, "criteria"))) {
          if (Str(Find(criterion, "id")) == Str(&id)) say = Zh(criterion, "say");
        }
        failed += (failed.empty() ? "" : "；") + Say("cli.eval.failed", {{"say", say}});
      }
      if (!failed.empty()) said += (said.empty() ? "" : "；") + failed;
      out += "<tr><th scope=\"row\">" + Escape(Str(Find(test, "name"))) + "</th><td class=\"date\">" + Escape(Str(Find(test, "as_of"))) +
             "</td><td>" + Given(Find(test, "facts")) + "</td><td class=\"verdict " + Escape(verdict) + "\">" + Say("verdict." + verdict) +
             "</td><td>" + said + "</td></tr>\n";
    }
    if (out.empty()) return "";
    std::string head;
    for (const char* key :
         {"review.example.name", "review.example.date", "review.example.answers", "review.example.verdict", "review.example.result"}) {
      head += "<th scope=\"col\">" + Say(key) + "</th>";
    }
    return "<div class=\"scroll\"><table class=\"examples\">\n<thead><tr>" + head + "</tr></thead>\n<tbody>\n" + out + "</tbody></table></div>\n";
  }

  std::string Facts() {
    std::vector<std::string> names;
    for (const auto& criterion : Items(Find(file_, "criteria"))) {
      if (const auto* when = Find(criterion, "when")) RuleText::Facts(*when, names);
    }
    for (int input : benefit_.inputs) {
      const std::string& name = pack_.schema.facts[static_cast<std::size_t>(input)].name;
      if (std::find(names.begin(), names.end(), name) == names.end()) names.push_back(name);
    }
    if (const auto* amount = Find(file_, "amount")) {
      for (const auto& row : Items(Find(*amount, "rows"))) {
        if (const auto* pay = Find(row, "pay")) RuleText::Facts(*pay, names);
      }
    }
    for (std::size_t i = 0; i < names.size(); ++i) {
      const auto* fact = facts_.if_contains(names[i]);
      const auto* derive = fact == nullptr ? nullptr : Find(*fact, "derive");
      if (derive != nullptr) RuleText::Facts(*derive, names);
    }
    std::string out;
    for (const std::string& name : names) {
      const auto* fact = facts_.if_contains(name);
      if (fact == nullptr) continue;
      const auto* derive = Find(*fact, "derive");
      out += "<tr><th scope=\"row\"><code>" + Escape(name) + "</code></th><td>";
      out += derive != nullptr ? "<span class=\"tag\">" + Say("review.derived") + "</span>" + words_.Html(*derive) : Escape(Zh(*fact, "ask"));
      out += "</td></tr>\n";
    }
    return out.empty() ? ""
                       : "<div class=\"scroll\"><table>\n<thead><tr><th scope=\"col\">" + Say("review.fact.name") + "</th><th scope=\"col\">" +
                             Say("review.fact.what") + "</th></tr></thead>\n<tbody>\n" + out + "</tbody></table></div>\n";
  }

  std::string Sources() {
    std::string out;
    const json::value* sources = Find(reviewed_.files.sources.value, "sources");
    for (std::size_t i = 0; i < cites_.size(); ++i) {
      const std::size_t hash = cites_[i].find('#');
      const json::value* source = sources == nullptr ? nullptr : Find(*sources, cites_[i].substr(0, hash));
      if (source == nullptr) continue;
      const json::value* clauses = Find(*source, "clauses");
      const json::value* clause = clauses == nullptr || hash == std::string::npos ? nullptr : Find(*clauses, cites_[i].substr(hash + 1));
      const std::string say = clause == nullptr ? "" : clause->is_object() ? Str(Find(*clause, "say")) : Str(clause);
      std::string about;
      for (const char* key : {"doc_no", "issuer", "date"}) {
        if (const std::string text = Str(Find(*source, key)); !text.empty()) about += (about.empty() ? "" : "，") + Escape(text);
      }
      out += "<li id=\"ref-" + std::to_string(i + 1) + "\"><cite>" + Say("review.document", {{"title", Str(Find(*source, "title"))}}) + "</cite>" +
             (about.empty() ? "" : "（" + about + "）") + "：" + Escape(say);
      if (pack_.ToConfirm({cites_[i]})) out += Mark();
      out += " <code class=\"cite\">" + Escape(cites_[i]) + "</code></li>\n";
    }
    return out.empty() ? "" : "<ol class=\"sources\">\n" + out + "</ol>\n";
  }

  const ReviewedPack& reviewed_;
  const Pack& pack_;
  const Benefit& benefit_;
  const json::value& file_;
  const json::object& facts_;
  RuleText words_;
  std::vector<std::string> cites_;
  bool confirm_ = false;
};

std::string Title(const ReviewedPack& reviewed, std::string_view id) {
  for (std::size_t i = 0; i < reviewed.pack.benefits.size(); ++i) {
    if (reviewed.pack.benefits[i].id == id) return Zh(reviewed.files.benefits[i].value, "title");
  }
  return std::string(id);
}

std::int64_t Number(const json::value* value) { return value != nullptr && value->is_int64() ? value->get_int64() : 0; }

std::string Told(const json::value& answer, bool days) {
  std::string out = Say("review.verdict." + Str(Find(answer, "verdict")));
  const auto* lo = Find(answer, "min");
  const auto* hi = Find(answer, "max");
  if (lo != nullptr && hi != nullptr) {
    out += " " + Say(days ? "review.days" : "review.yuan", {{"amount", Figures({lo->get_int64(), hi->get_int64()}, days)}});
  }
  return out;
}

}  // namespace

std::string BenefitPage(const ReviewedPack& reviewed, std::size_t index) { return Page(reviewed, index).Run(); }

std::string IndexPage(const ReviewedPack& reviewed, bool compared) {
  std::string rows;
  std::size_t tests = 0;
  for (std::size_t i = 0; i < reviewed.pack.benefits.size(); ++i) {
    const Benefit& benefit = reviewed.pack.benefits[i];
    const json::value& file = reviewed.files.benefits[i].value;
    const std::size_t own = Items(Find(file, "tests")).size();
    tests += own;
    const std::string form = benefit.form == AmountForm::Unpublished ? Say("review.unpublished")
                             : benefit.form == AmountForm::InKind    ? Say("review.in_kind")
                                                                     : Say("review.rows", {{"count", std::to_string(benefit.rows.size())}});
    rows += "<tr><th scope=\"row\"><a href=\"" + Escape(PageName(benefit.id)) + "\">" + Escape(Zh(file, "title")) + "</a></th><td>" +
            Say("review.subject." + std::string(kSubjects[static_cast<std::size_t>(benefit.subject)])) + "</td><td>" +
            Say("review.kind." + std::string(kPayKinds[static_cast<std::size_t>(benefit.kind)])) + "</td><td>" + form + "</td><td>" +
            Days(benefit.in_force) + "</td><td class=\"number\">" + std::to_string(own) + "</td><td>" +
            (Page(reviewed, i).ToConfirm() ? Mark() : "") + "</td></tr>\n";
  }
  std::string head;
  for (const char* key :
       {"review.index.title", "review.subject", "review.kind", "review.amount", "review.in_force", "review.index.examples", "review.index.status"}) {
    head += "<th scope=\"col\">" + Say(key) + "</th>";
  }
  std::string body =
      "<header class=\"page\"><h1>" + Say("review.index") + "</h1>\n<p class=\"summary\">" +
      Say("review.index.summary",
          {{"benefits", std::to_string(reviewed.pack.benefits.size())}, {"tests", std::to_string(tests)}, {"date", FormatDay(reviewed.day)}}) +
      "</p>\n";
  if (compared) body += "<p><a href=\"comparison.html\">" + Say("review.comparison") + "</a></p>\n";
  body += "</header>\n";
  body += "<main><div class=\"scroll\"><table>\n<thead><tr>" + head + "</tr></thead>\n<tbody>\n" + rows + "</tbody></table></div></main>\n";
  return Document(Text("review.index"), body);
}

std::string ComparisonPage(const json::value& comparison, const ReviewedPack& before, const ReviewedPack& after) {
  const json::object& facts = Members(Find(after.files.facts.value, "facts"));
  const json::object& old_facts = Members(Find(before.files.facts.value, "facts"));
  const RuleText words(facts);
  const RuleText old_words(old_facts);
  std::string body;
  std::size_t same = 0;
  std::size_t changed = 0;
  for (const auto& item : Items(Find(comparison, "benefits"))) {
    const std::string id = Str(Find(item, "benefit"));
    const std::string state = Str(Find(item, "state"));
    if (state == "same") {
      ++same;
      continue;
    }
    ++changed;
    const ReviewedPack& holder = state == "gone" ? before : after;
    const int index = holder.pack.FindBenefit(id);
    const bool days = index >= 0 && holder.pack.benefits[static_cast<std::size_t>(index)].kind == PayKind::LeaveDays;
    const std::string title = Escape(Title(holder, id));
    body += "<section>\n<h2>" + (state == "gone" ? title : "<a href=\"" + Escape(PageName(id)) + "\">" + title + "</a>") + " <span class=\"tag\">" +
            Say("review.state." + state) + "</span></h2>\n";
    body += "<p>" + Say("review.considered", {{"count", std::to_string(Number(Find(item, "considered")))}}) +
            "</p>\n<div class=\"scroll\"><table>\n<thead><tr><th scope=\"col\">" + Say("review.before_after") + "</th>";
    const json::value* verdicts = Find(item, "verdicts");
    const std::vector<std::string> states = {"yes", "open", "no", "absent"};
    auto used = [&](const std::string& column) {
      return std::any_of(Members(verdicts).begin(), Members(verdicts).end(), [&](const auto& row) { return Find(row.value(), column) != nullptr; });
    };
    for (const std::string& column : states) {
      if (used(column)) body += "<th scope=\"col\" class=\"number\">" + Say("review.verdict." + column) + "</th>";
    }
    body += "</tr></thead>\n<tbody>\n";
    for (const std::string& row : states) {
      const json::value* counts = verdicts == nullptr ? nullptr : Find(*verdicts, row);
      if (counts == nullptr) continue;
      body += "<tr><th scope=\"row\">" + Say("review.verdict." + row) + "</th>";
      for (const std::string& column : states) {
        if (!used(column)) continue;
        const std::int64_t count = Number(Find(*counts, column));
        body += "<td class=\"number" + std::string(row != column && count != 0 ? " moved" : "") + "\">" + Count(count) + "</td>";
      }
      body += "</tr>\n";
    }
    body += "</tbody></table></div>\n";
    if (const json::value* amount = Find(item, "amount")) {
      std::string list;
      for (const char* key : {"up", "down", "range", "published", "withdrawn"}) {
        const std::string count = std::to_string(Number(Find(*amount, key)));
        if (count == "0") continue;
        std::string sum;
        if (const auto* total = Find(*amount, std::string(key) + "_sum")) {
          const std::int64_t value = std::abs(total->get_int64());
          sum = Text(days ? "review.sum_days" : "review.sum", {{"amount", days ? std::to_string(value) : Yuan(value)}});
        }
        list += "<li>" + Say("review.amounts." + std::string(key), {{"count", count}}) + Escape(sum) + "</li>\n";
      }
      if (!list.empty()) body += "<ul>\n" + list + "</ul>\n";
    }
    std::string examples;
    for (const auto& example : Items(Find(item, "examples"))) {
      std::string answers;
      const std::string subject = Str(Find(example, "subject"));
      const json::value* profile = Find(example, "profile");
      const std::string as_of = profile == nullptr ? "" : Str(Find(*profile, "as_of"));
      for (const auto& person : Items(profile == nullptr ? nullptr : Find(*profile, "subjects"))) {
        for (const auto& [name, value] : Members(Find(person, "facts"))) {
          const std::string_view fact(name.data(), name.size());
          const RuleText& own = facts.contains(name) ? words : old_words;
          answers += (answers.empty() ? "" : "；") + std::string("<code>") + Escape(fact) + "</code> " + own.Value(value, fact);
        }
      }
      if (answers.empty()) answers = Say("review.nothing_known");
      examples += "<tr><td class=\"date\">" + Escape(as_of) + "</td><td>" + answers + "</td><td class=\"date\">" +
                  Told(*Find(example, "before"), days) + "</td><td class=\"date\">" + Told(*Find(example, "after"), days) + "</td></tr>\n";
    }
    if (!examples.empty()) {
      std::string head;
      for (const char* key : {"review.example.date", "review.example.answers", "review.before", "review.after"})
        head += "<th scope=\"col\">" + Say(key) + "</th>";
      body += "<h3>" + Say("review.smallest") + "</h3>\n<div class=\"scroll\"><table class=\"examples\">\n<thead><tr>" + head +
              "</tr></thead>\n<tbody>\n" + examples + "</tbody></table></div>\n";
    }
    body += "</section>\n";
  }
  std::string head =
      "<header class=\"page\"><nav><a href=\"index.html\">" + Say("review.back") + "</a></nav>\n<h1>" + Say("review.comparison") +
      "</h1>\n<p class=\"summary\">" +
      Say("review.comparison.summary", {{"profiles", std::to_string(Number(Find(comparison, "profiles")))},
                                        {"people", std::to_string(Number(Find(comparison, "people")))},
                                        {"changed", std::to_string(changed)},
                                        {"same", std::to_string(same)}}) +
      "</p>\n<p>" +
      Say("review.comparison.corpus", {{"seed", std::to_string(Number(Find(comparison, "seed")))}, {"date", Str(Find(comparison, "as_of"))}}) +
      "</p></header>\n";
  if (changed == 0) body = "<p>" + Say("review.comparison.none") + "</p>\n";
  return Document(Text("review.comparison"), head + "<main>\n" + body + "</main>\n");
}

}  // namespace chuncheng
