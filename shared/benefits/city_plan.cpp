#include "shared/benefits/city_plan.h"

#include <algorithm>
#include <set>

namespace chuncheng {
namespace {

// "125", "47.33": as the plan writes it. A JSON number would pass through binary fractions.
bool IsDecimal(std::string_view text) {
  const auto digits = [](std::string_view part) { return !part.empty() && part.find_first_not_of("0123456789") == std::string_view::npos; };
  const std::size_t point = text.find('.');
  const std::string_view whole = text.substr(0, point);
  return digits(whole) && (whole == "0" || whole.front() != '0') && (point == std::string_view::npos || digits(text.substr(point + 1)));
}

class Reader {
 public:
  Reader(const Pack& pack, const PackFiles& files, Diagnostics& out) : pack_(pack), root_(files.plan.value, files.plan.name, out) {
    for (const Benefit& benefit : pack.benefits) benefits_.push_back(benefit.id);
    for (const PlanEntry& entry : pack.plan) ids_.insert(entry.id);
    // A district list that is no list is reported where the districts are read.
    Diagnostics ignored;
    const Node districts(files.districts.value, files.districts.name, ignored);
    const auto list = districts.IsObject() ? districts.Maybe("districts") : std::nullopt;
    for (const Node& one : list ? list->Items() : std::vector<Node>{}) {
      const auto code = one.IsObject() ? one.Maybe("code") : std::nullopt;
      if (code) districts_.push_back(code->String().value_or(""));
    }
  }

  void Run() {
    if (!root_.Object({"format", "source", "remark", "themes", "indicators", "fields", "projects", "policies", "elements", "pilots", "platforms",
                       "conflicts", "note"}) ||
        !root_.Format("km-plan/1")) {
      return;
    }
    if (const auto source = root_.At("source")) Source(*source);
    if (const auto remark = root_.Maybe("remark")) remark->Text();
    const auto themes = Named("themes");
    const auto fields = Named("fields");
    for (const Node& item : List("indicators")) Indicator(item, themes);
    for (const Node& item : List("projects")) Project(item, fields);
    for (const Node& item : List("policies")) Policy(item);
    for (const Node& item : List("elements")) Element(item);
    for (const Node& item : List("pilots")) Pilot(item);
    for (const Node& item : List("platforms")) Platform(item);
    for (const Node& item : List("conflicts")) Conflict(item);
  }

 private:
  std::vector<Node> List(std::string_view key) {
    const auto list = root_.At(key);
    return list ? list->Items() : std::vector<Node>{};
  }

  void Source(const Node& node) {
    const auto id = node.String();
    if (!id) return;
    std::vector<std::string> known;
    for (const auto& [clause, status] : pack_.clauses) known.push_back(clause.substr(0, clause.find('#')));
    if (std::find(known.begin(), known.end(), *id) == known.end())
      node.Report(ErrorCode::CiteUnknown, {{"name", *id}, {"suggest", Nearest(*id, known)}});
  }

  // Themes of the indicators, fields of the projects: {"id","title"}, in the order to show.
  std::vector<std::string> Named(std::string_view key) {
    std::vector<std::string> out;
    for (const Node& item : List(key)) {
      if (!item.Object({"id", "title", "note"})) continue;
      const auto id = item.At("id");
      const auto name = id ? id->String() : std::nullopt;
      if (name && std::find(out.begin(), out.end(), *name) != out.end()) id->Report(ErrorCode::NameDuplicate, {{"name", *name}});
      if (name) out.push_back(*name);
      if (const auto title = item.At("title")) title->Text();
    }
    return out;
  }

  void Known(const Node& owner, std::string_view key, const std::vector<std::string>& known) {
    if (const auto node = owner.At(key)) OneOf(*node, known);
  }

  static void OneOf(const Node& node, const std::vector<std::string>& known) {
    const auto name = node.String();
    if (name && std::find(known.begin(), known.end(), *name) == known.end()) {
      node.Report(ErrorCode::PlanName, {{"name", *name}, {"suggest", Nearest(*name, known)}});
    }
  }

  std::string Id(const Node& owner) {
    const auto id = owner.At("id");
    const auto name = id ? id->String() : std::nullopt;
    if (name && !ids_.insert(*name).second) id->Report(ErrorCode::NameDuplicate, {{"name", *name}});
    return name.value_or("");
  }

  static void Year(const Node& node) {
    const auto year = node.Int();
    if (year && (*year < 2000 || *year > 2100)) node.Report(ErrorCode::RangeBad);
  }

  static void Size(const Node& node) {
    if (node.Int().value_or(0) < 0) node.Report(ErrorCode::RangeBad);
  }

  void Benefits(const Node& owner) {
    const auto list = owner.Maybe("benefits");
    if (!list) return;
    for (const Node& item : list->Items()) {
      const auto name = item.String();
      if (name && pack_.FindBenefit(*name) < 0) item.Report(ErrorCode::BenefitUnknown, {{"name", *name}, {"suggest", Nearest(*name, benefits_)}});
    }
  }

  void Cites(const Node& list) {
    for (const Node& item : list.Items()) {
      const auto cite = item.String();
      if (!cite || pack_.clauses.contains(*cite)) continue;
      std::vector<std::string> known;
      for (const auto& [clause, status] : pack_.clauses) known.push_back(clause);
      item.Report(ErrorCode::CiteUnknown, {{"name", *cite}, {"suggest", Nearest(*cite, known)}});
    }
    if (list.value().is_array() && list.value().get_array().empty()) list.Report(ErrorCode::CiteMissing);
  }

  // `unit`: of the figures read before of the same indicator, "" = none yet.
  void Figure(const Node& node, std::string_view found_in, std::string& unit) {
    if (!node.Object({"value", "unit", "year", "bound", "basis", found_in, "note"})) return;
    const auto value = node.At("value");
    const auto number = value ? value->String() : std::nullopt;
    if (number && !IsDecimal(*number)) value->Report(ErrorCode::ValueBad, {{"value", *number}, {"want", "125, 47.33"}});
    const auto own = node.At("unit");
    const auto name = own ? own->String() : std::nullopt;
    if (name && !unit.empty() && *name != unit) own->Report(ErrorCode::UnitMismatch, {{"want", unit}, {"found", *name}});
    if (name && unit.empty()) unit = *name;
    if (const auto year = node.Maybe("year")) Year(*year);
    if (const auto bound = node.Maybe("bound")) bound->OneOf({"at_least", "over", "about"});
    if (const auto basis = node.Maybe("basis")) basis->Text();
    const auto place = node.At(found_in);
    if (place && found_in == "cite") Cites(*place);
    if (place && found_in == "place") place->String();
  }

  void Indicator(const Node& node, const std::vector<std::string>& themes) {
    if (!node.Object({"id", "theme", "title", "baseline", "target", "later", "note"})) return;
    const std::string id = Id(node);
    Known(node, "theme", themes);
    if (const auto title = node.At("title")) title->Text();
    std::string unit;
    const auto baseline = node.Maybe("baseline");
    if (baseline) Figure(*baseline, "place", unit);
    if (const auto target = baseline ? node.Maybe("target") : node.At("target")) Figure(*target, "place", unit);
    if (const auto later = node.Maybe("later")) Figure(*later, "cite", unit);
    units_[id] = unit;
  }

  void Project(const Node& node, const std::vector<std::string>& fields) {
    if (!node.Object({"id", "facility", "field", "investment_wan", "building_m2", "land_m2", "approx", "say", "note"})) return;
    Id(node);
    const auto facility = node.At("facility");
    const auto name = facility ? facility->String() : std::nullopt;
    if (name && !facilities_.insert(*name).second) facility->Report(ErrorCode::NameDuplicate, {{"name", *name}});
    Known(node, "field", fields);
    if (const auto money = node.At("investment_wan")) Size(*money);
    for (const char* key : {"building_m2", "land_m2"}) {
      if (const auto area = node.Maybe(key)) Size(*area);
    }
    if (const auto approx = node.Maybe("approx")) {
      for (const Node& item : approx->Items()) item.OneOf({"building_m2", "land_m2"});
    }
    if (const auto say = node.Maybe("say")) say->Text();
  }

  // What all of the plan's lists beside indicators and projects have.
  void Entry(const Node& node) {
    Id(node);
    for (const char* key : {"title", "say"}) {
      if (const auto text = node.At(key)) text->Text();
    }
    for (const char* key : {"goal", "family", "by"}) {
      if (const auto text = node.Maybe(key)) text->Text();
    }
    if (const auto place = node.At("place")) place->String();
    if (const auto district = node.Maybe("district")) OneOf(*district, districts_);
    if (const auto since = node.Maybe("since")) Year(*since);
    Benefits(node);
  }

  void Policy(const Node& node) {
    if (!node.Object({"id", "title", "say", "goal", "family", "place", "by", "benefits", "note"})) return;
    Entry(node);
    node.At("family");
  }
  void Element(const Node& node) {
    if (node.Object({"id", "title", "say", "place", "by", "benefits", "note"})) Entry(node);
  }
  void Pilot(const Node& node) {
    if (node.Object({"id", "title", "say", "goal", "since", "district", "place", "by", "benefits", "note"})) Entry(node);
  }
  void Platform(const Node& node) {
    if (node.Object({"id", "title", "say", "district", "place", "note"})) Entry(node);
  }

  void Conflict(const Node& node) {
    if (!node.Object({"id", "kind", "about", "say", "figures", "note"})) return;
    const auto id = node.At("id");
    const auto name = id ? id->String() : std::nullopt;
    if (name && !conflicts_.insert(*name).second) id->Report(ErrorCode::NameDuplicate, {{"name", *name}});
    if (const auto kind = node.At("kind")) kind->OneOf({"differs", "scope", "unclear"});
    if (const auto say = node.At("say")) say->Text();
    std::string unit;
    const auto about = node.At("about");
    for (const Node& item : about ? about->Items() : std::vector<Node>{}) {
      OneOf(item, {ids_.begin(), ids_.end()});
      const auto found = item.value().is_string() ? units_.find(item.String().value_or("")) : units_.end();
      if (found != units_.end() && unit.empty()) unit = found->second;
    }
    const auto figures = node.Maybe("figures");
    for (const Node& item : figures ? figures->Items() : std::vector<Node>{}) Figure(item, "place", unit);
  }

  const Pack& pack_;
  const Node root_;
  std::vector<std::string> benefits_, districts_;
  std::set<std::string> ids_, facilities_, conflicts_;
  std::map<std::string, std::string> units_;  // indicator → unit of its figures
};

}  // namespace

void CheckCityPlan(const Pack& pack, const PackFiles& files, Diagnostics& out) {
  if (!files.plan.value.is_null()) Reader(pack, files, out).Run();
}

}  // namespace chuncheng
