#include <boost/json/serialize.hpp>
#include <iostream>

#include "shared/benefits/estimate.h"
#include "shared/tools/commands.h"
#include "shared/tools/messages.h"
#include "shared/tools/policy.h"

namespace chuncheng {
namespace {

struct Options {
  std::string file = "-";
  std::string pack = "shared/packs/kunming";
  std::string as_of;
  bool raw = false;
  bool lines = false;
  bool csv = false;
};

std::string Word(const json::value& value) { return {value.get_string().data(), value.get_string().size()}; }

// {"min","max"?} as words; nothing known at the top is "or more".
std::string Between(const json::object& range) {
  const std::string low = Yuan(range.at("min").get_int64());
  const auto* max = range.if_contains("max");
  if (max == nullptr) return Text("estimate.least", {{"low", low}});
  if (*max == range.at("min")) return Text("estimate.yuan", {{"range", low}});
  return Text("estimate.yuan", {{"range", Text("web.range", {{"low", low}, {"high", Yuan(max->get_int64())}})}});
}

std::string People(const json::object& range) {
  const std::string low = std::to_string(range.at("min").get_int64());
  const auto* max = range.if_contains("max");
  if (max == nullptr) return low + "–";
  return *max == range.at("min") ? low : low + "–" + std::to_string(max->get_int64());
}

class Table {
 public:
  // A cell that a spreadsheet would take for a formula is marked as text.
  void Cell(std::string text) {
    if (!text.empty() && std::string_view("=+-@\t\r").find(text.front()) != std::string_view::npos) text.insert(0, "'");
    out_ += first_ ? "\"" : ",\"";
    first_ = false;
    for (const char c : text) out_ += c == '"' ? "\"\"" : std::string(1, c);
    out_ += '"';
  }
  void End() {
    out_ += "\r\n";
    first_ = true;
  }
  const std::string& text() const { return out_; }

 private:
  std::string out_ = "\xEF\xBB\xBF";  // spreadsheets take a file without it for another encoding
  bool first_ = true;
};

class Estimation {
 public:
  Estimation(const Policy& policy, const json::value& answer) : policy_(policy), answer_(answer.get_object()) {}

  void Print() const {
    std::cout << Text("estimate.head", {{"from", Date(answer_.at("as_of"))}, {"to", Date(Years().back().at("to"))}, {"years", Count(Years())}})
              << "\n";
    for (const char* kind : {"once", "operation", "staff", "relief", "service"}) Section(kind);
    std::cout << "\n" << Text("estimate.total") << "\n";
    const auto& totals = answer_.at("totals").get_object();
    EachTotal([&](const std::string& whose, const std::string& when, const json::object& range) {
      std::cout << "  " << Text("cli.estimate.total", {{"whose", whose}, {"when", when}, {"range", Between(range)}}) << "\n";
    });
    for (const char* key : {"unpublished", "in_kind"}) {
      const auto count = totals.at(key).to_number<std::int64_t>();
      if (count > 0) std::cout << "  " << Text(std::string("cli.advise.") + key, {{"count", std::to_string(count)}}) << "\n";
    }
    std::cout << Text("estimate.once.when") << "\n";
  }

  std::string Csv() const {
    Table table;
    for (const char* column :
         {"title", "kind", "whose", "subject", "count", "when", "from", "to", "verdict", "min", "max", "note", "cite", "confirm"})
      table.Cell(Text(std::string("estimate.csv.") + column));
    table.End();
    for (const json::value& line : answer_.at("lines").get_array()) Rows(table, line.get_object());
    EachTotal([&](const std::string& whose, const std::string& when, const json::object& range) {
      table.Cell(Text("estimate.total"));
      table.Cell("");
      table.Cell(whose);
      for (int empty = 0; empty < 2; ++empty) table.Cell("");
      table.Cell(when);
      for (int empty = 0; empty < 3; ++empty) table.Cell("");
      Money(table, range);
      for (int empty = 0; empty < 3; ++empty) table.Cell("");
      table.End();
    });
    return table.text();
  }

 private:
  static std::string Date(const json::value& value) { return Word(value); }
  static std::string Count(const json::array& list) { return std::to_string(list.size()); }
  const json::array& Years() const { return answer_.at("years").get_array(); }
  static std::string YearName(std::size_t index) { return Text("estimate.year", {{"n", std::to_string(index + 1)}}); }

  static std::string Verdict(const std::string& verdict) { return Text(verdict == "part" ? "estimate.part" : "verdict." + verdict); }

  // Calls f(whose, when, range) for each sum.
  template <class F>
  void EachTotal(F f) const {
    const auto& totals = answer_.at("totals").get_object();
    for (const char* side : {"facility", "staff"}) {
      const auto* sums = totals.if_contains(side);
      if (sums == nullptr) continue;
      for (const auto& [kind, sum] : sums->get_object()) {
        const std::string whose = Text("estimate." + std::string(side) + "." + std::string(kind));
        if (kind == "money") f(whose, Text("estimate.once"), sum.at("once").get_object());  // nothing of a deduction comes once
        const auto& years = sum.at("years").get_array();
        for (std::size_t y = 0; y < years.size(); ++y) f(whose, YearName(y), years[y].get_object());
        f(whose, Text("estimate.all", {{"years", Count(years)}}), sum.at("all").get_object());
      }
    }
  }

  void Section(const char* kind) const {
    bool head = false;
    for (const json::value& line : answer_.at("lines").get_array()) {
      if (line.at("kind") != kind) continue;
      const auto& result = line.at("result").get_object();
      const std::string id = Word(result.at("benefit"));
      if (!head) std::cout << "\n" << Text("estimate.kind." + std::string(kind)) << "\n";
      head = true;
      const auto* count = line.get_object().if_contains("count");
      const std::string subject = Word(result.at("subject")) + (count == nullptr ? "" : " × " + People(count->get_object()));
      std::cout << "  " << Text("cli.eval.line", {{"subject", subject}, {"title", policy_.Title(id)}, {"verdict", policy_.ResultText(result, id)}});
      if (result.at("to_confirm").get_bool()) std::cout << "  " << Text("cli.eval.to_confirm");
      std::cout << "\n";
      for (const auto& failed : result.at("failed").get_array())
        std::cout << "    " << Text("cli.eval.failed", {{"say", policy_.CriterionText(id, Word(failed))}}) << "\n";
      if (const auto* once = line.get_object().if_contains("once"))
        std::cout << "    " << Text("cli.estimate.sum", {{"when", Text("estimate.once")}, {"range", Between(once->get_object())}}) << "\n";
      if (const auto* years = line.get_object().if_contains("years")) {
        for (std::size_t y = 0; y < years->get_array().size(); ++y) {
          const auto& year = years->get_array()[y].get_object();
          if (year.contains("min")) std::cout << "    " << Text("cli.estimate.sum", {{"when", YearName(y)}, {"range", Between(year)}}) << "\n";
        }
      }
      if (const auto* amount = result.if_contains("amount")) policy_.PrintCites(amount->at("cite"), "    ");
    }
  }

  void Rows(Table& table, const json::object& line) const {
    const auto* years = line.if_contains("years");
    if (years == nullptr) {
      const auto* once = line.if_contains("once");
      const auto& result = line.at("result").get_object();
      const auto* amount = result.if_contains("amount");
      Row(table, line, Text("estimate.once"), answer_.at("as_of"), Years().back().at("to"), Word(result.at("verdict")),
          once == nullptr ? nullptr : &once->get_object(), amount == nullptr ? nullptr : amount->get_object().if_contains("cite"),
          result.at("to_confirm").get_bool());
      return;
    }
    for (std::size_t y = 0; y < years->get_array().size(); ++y) {
      const auto& year = years->get_array()[y].get_object();
      const auto* confirm = year.if_contains("to_confirm");
      Row(table, line, YearName(y), Years()[y].at("from"), Years()[y].at("to"), Word(year.at("verdict")), year.contains("min") ? &year : nullptr,
          year.if_contains("cite"), confirm != nullptr && confirm->get_bool());
    }
  }

  void Row(Table& table, const json::object& line, const std::string& when, const json::value& from, const json::value& to,
           const std::string& verdict, const json::object* range, const json::value* cites, bool confirm) const {
    const auto& result = line.at("result").get_object();
    const std::string id = Word(result.at("benefit"));
    const auto* count = line.if_contains("count");
    table.Cell(policy_.Title(id));
    table.Cell(Text("estimate.kind." + Word(line.at("kind"))));
    table.Cell(Text("estimate.to." + Word(line.at("to"))));
    table.Cell(Word(result.at("subject")));
    table.Cell(count == nullptr ? "" : People(count->get_object()));
    table.Cell(when);
    table.Cell(Date(from));
    table.Cell(Date(to));
    table.Cell(Verdict(verdict));
    if (range != nullptr) {
      Money(table, *range);
    } else {
      table.Cell("");
      table.Cell("");
    }
    table.Cell(verdict == "no" ? Failed(result, id) : Told(id));
    std::string all;
    if (cites != nullptr) {
      for (const auto& cite : cites->get_array()) all += (all.empty() ? "" : "\n") + policy_.CiteText(Word(cite));
    }
    table.Cell(all);
    table.Cell(confirm ? Text("web.result.to_confirm") : "");
    table.End();
  }

  // What is given instead of money, or that nothing was published.
  std::string Told(const std::string& id) const {
    const json::value& amount = policy_.Benefit(id).at("amount");
    std::string given = Zh(amount, "in_kind");
    if (!given.empty()) return given;
    return amount.get_object().contains("unpublished") ? Text("amount.unpublished") : "";
  }

  std::string Failed(const json::object& result, const std::string& id) const {
    std::string out;
    for (const auto& one : result.at("failed").get_array())
      out += (out.empty() ? "" : "\n") + (one == "in_force" ? Text("web.result.in_force") : policy_.CriterionText(id, Word(one)));
    return out;
  }

  static void Money(Table& table, const json::object& range) {
    const auto* max = range.if_contains("max");
    table.Cell(Plain(range.at("min").get_int64()));
    table.Cell(max == nullptr ? "" : Plain(max->get_int64()));
  }

  // 6050 → "60.50": for a spreadsheet.
  static std::string Plain(std::int64_t fen) {
    const std::string cents = std::to_string(fen % 100);
    return std::to_string(fen / 100) + (cents.size() < 2 ? ".0" : ".") + cents;
  }

  const Policy& policy_;
  const json::object& answer_;
};

int Run(const Options& options) {
  const auto policy = Policy::Open(options.pack);
  if (!policy) return kInputErrors;
  if (options.lines) {
    for (std::string line; std::getline(std::cin, line);) {
      const auto request = ParseJson(line, "");
      const auto answer = request ? EstimateOf(policy->pack(), *request, "") : Result<json::value>(request.error());
      std::cout << json::serialize(answer ? *answer : answer.error().ToJson()) << "\n";
    }
    return 0;
  }
  const auto request = Policy::Document(options.file, options.as_of);
  if (!request) return kInputErrors;
  const auto answer = EstimateOf(policy->pack(), *request, options.file);
  return Conclude(answer, options.raw, [&](const json::value& found) {
    const Estimation estimation(*policy, found);
    if (options.csv) {
      std::cout << estimation.Csv();
    } else {
      estimation.Print();
    }
  });
}

}  // namespace

void AddEstimate(CLI::App& app, int& exit) {
  auto* command = app.add_subcommand("estimate", Text("cli.estimate.about"));
  auto options = std::make_shared<Options>();
  command->add_option("file", options->file, Text("cli.estimate.file"));
  command->add_option("--pack", options->pack, Text("cli.option.policy"));
  command->add_option("--as-of", options->as_of, Text("cli.option.as_of"));
  auto* csv = command->add_flag("--csv", options->csv, Text("cli.estimate.csv"));
  command->add_flag("--json", options->raw, Text("cli.option.json"))->excludes(csv);
  command->add_flag("--jsonl", options->lines, Text("cli.option.jsonl"))->excludes(csv);
  command->callback([options, &exit] { exit = Run(*options); });
}

}  // namespace chuncheng
