// An institution's years: against sums worked out by hand from the pack's clauses, and against what the evaluator says of one person.
#include "shared/benefits/estimate.h"

#include <gtest/gtest.h>

#include <boost/json/serialize.hpp>
#include <functional>
#include <map>
#include <random>

#include "shared/benefits/household.h"
#include "tests/unit/kunming.h"

namespace chuncheng {
namespace {

json::value Parsed(const std::string& text) {
  const auto value = ParseJson(text, "test");
  EXPECT_TRUE(value) << text;
  return value ? *value : json::value();
}

std::string Asked(const std::string& years, const std::string& subjects, const std::string& as_of = "2026-11-23") {
  return R"({"format":"km-estimate/1","as_of":")" + as_of + R"(","years":)" + years + R"(,"subjects":[)" + subjects + "]}";
}

// 100 approved beds, built by its owner, private, three stars, two good years, a care station.
const char* const kHome = R"({"id":"i","kind":"institution","facts":{"organisation":"elder_home","facility_registered":true,"facility_private":true,
  "facility_build":"self_built","approved_beds":100,"facility_grade":"l3","facility_integrity":"two","facility_medical":"station","graduates_hired":2,
  "facility_nonprofit":true}})";
const std::string kEntitled = R"("elder_yunnan_hukou":true,"birth_date":"1966-11-23")";

std::string Elders(const std::string& id, const std::string& count, const std::string& more = "") {
  return R"({"id":")" + id + R"(","kind":"elder",)" + (count.empty() ? "" : R"("count":)" + count + ",") + R"("facts":{)" + kEntitled + more + "}}";
}

json::value Estimated(const std::string& request, const Pack& pack = KunmingPack()) {
  const auto answer = EstimateOf(pack, Parsed(request), "test");
  EXPECT_TRUE(answer) << (answer ? "" : json::serialize(answer.error().ToJson()));
  return answer ? *answer : json::value(json::object{{"lines", json::array()}, {"totals", json::object()}});
}

const json::object& Line(const json::value& answer, const char* benefit, const char* subject) {
  static const json::object kNone;
  for (const json::value& line : answer.at("lines").get_array()) {
    if (line.at("result").at("benefit") == benefit && line.at("result").at("subject") == subject) return line.get_object();
  }
  ADD_FAILURE() << "no " << benefit << " for " << subject;
  return kNone;
}

// "3-5", "3+" without a known top, "-" without an amount.
std::string Range(const json::value& value) {
  const auto& object = value.get_object();
  if (!object.contains("min")) return "-";
  const std::string low = std::to_string(object.at("min").get_int64());
  return object.contains("max") ? low + "-" + std::to_string(object.at("max").get_int64()) : low + "+";
}

std::string Years(const json::value& list) {
  std::string out;
  for (const json::value& year : list.get_array()) {
    const auto* verdict = year.get_object().if_contains("verdict");
    out += (out.empty() ? "" : " ") + (verdict == nullptr ? "" : std::string(verdict->get_string()) + ":") + Range(year);
  }
  return out;
}

std::string Problem(const std::string& request) {
  const auto answer = EstimateOf(KunmingPack(), Parsed(request), "test");
  return answer ? "none" : std::string(Name(answer.error().code)) + " " + answer.error().pointer;
}

TEST(Estimate, AnElderHomeWorkedOutByHand) {
  const auto answer =
      Estimated(Asked("3", std::string(kHome) + "," + Elders("severe", "40", R"(,"ability_level":"severe")") + "," + Elders("any", "20")));
  // bed-construction#rate: 10,000 yuan a bed built by its owner; plan-2022#construction-extra: 2,000 more. 100 beds.
  EXPECT_EQ(Range(Line(answer, "bed_construction", "i").at("once")), "100000000-100000000");
  EXPECT_EQ(Range(Line(answer, "bed_construction_extra", "i").at("once")), "20000000-20000000");
  // plan-2022#graduate: 600 yuan each.
  EXPECT_EQ(Range(Line(answer, "graduate_hiring_subsidy", "i").at("once")), "120000-120000");
  // bed-operation-2019: 150 for severe, 40 for three stars, 10 for two good years, 30 for a station: 230 yuan × 40 beds × 12 months = 110,400.
  EXPECT_EQ(Years(Line(answer, "bed_operation", "severe").at("years")), "yes:11040000-11040000 yes:11040000-11040000 yes:11040000-11040000");
  // Not assessed: 50 to 150, and the same additions: 130 to 230 yuan × 20 × 12.
  EXPECT_EQ(Years(Line(answer, "bed_operation", "any").at("years")), "yes:3120000-5520000 yes:3120000-5520000 yes:3120000-5520000");
  const json::value& money = answer.at("totals").at("facility").at("money");
  EXPECT_EQ(Range(money.at("once")), "120120000-120120000");
  EXPECT_EQ(Years(money.at("years")), "14160000-16560000 14160000-16560000 14160000-16560000");
  EXPECT_EQ(Range(money.at("all")), "162600000-169800000");
  EXPECT_FALSE(answer.at("totals").get_object().contains("staff"));
  EXPECT_EQ(answer.at("years").at(2).at("to"), "2029-11-22");
  const json::value& year = Line(answer, "bed_operation", "severe").at("years").at(0);
  EXPECT_EQ(
      json::serialize(year.at("cite")),
      R"(["bed-operation-2019#rate","bed-operation-2019#grade","bed-operation-2019#integrity","bed-operation-2019#medical","plan-2022#operation",)"
      R"("bed-operation-2019#total"])");
  EXPECT_EQ(year.at("to_confirm"), true);
}

TEST(Estimate, ChildcarePlacesAndWhatIsNotPublished) {
  const auto answer =
      Estimated(Asked("1", R"({"id":"i","kind":"institution","facts":{"organisation":"childcare","places_added":60,"childcare_model":"model",
    "childcare_guidance":true,"community_service":false,"hard_to_employ_hired":false,"more_sites":false,"property_for_care":false}})"));
  // childcare-places#rate: 10,000 yuan a place.
  EXPECT_EQ(Range(Line(answer, "childcare_place_investment", "i").at("once")), "60000000-60000000");
  EXPECT_FALSE(Line(answer, "childcare_model_subsidy", "i").contains("once")) << "nobody published how much";
  EXPECT_EQ(Line(answer, "childcare_model_subsidy", "i").at("result").at("amount").at("kind"), "unpublished");
  EXPECT_EQ(answer.at("totals").at("unpublished"), 1);
  EXPECT_EQ(answer.at("totals").at("in_kind"), 2) << "insurance and utilities";
  EXPECT_EQ(Line(answer, "bed_construction", "i").at("result").at("verdict"), "no");
}

TEST(Estimate, YearsFollowTheDatesOfThePolicy) {
  const std::string shop = R"({"id":"i","kind":"institution","facts":{"organisation":"community_care","community_service":true,"graduates_hired":0,
    "community_income_year":100000000}})";
  // community-tax-2026#period: until the end of 2027. 10% of a million yuan is not counted.
  EXPECT_EQ(Years(Line(Estimated(Asked("3", shop)), "community_service_tax", "i").at("years")), "yes:10000000-10000000 part:0-10000000 no:-");
  const auto calendar = Estimated(Asked("2", shop, "2027-01-01"));
  EXPECT_EQ(Years(Line(calendar, "community_service_tax", "i").at("years")), "yes:10000000-10000000 no:-");
  EXPECT_EQ(Years(calendar.at("totals").at("facility").at("tax_deduction").at("years")), "10000000-10000000 0-0");
  EXPECT_FALSE(calendar.at("totals").at("facility").get_object().contains("money")) << "tax relief is no money";
}

TEST(Estimate, UnknownIsARange) {
  // How many people: from none to no known number.
  const auto open = Estimated(Asked("1", std::string(kHome) + "," + Elders("e", "", R"(,"ability_level":"mild")")));
  EXPECT_EQ(Years(Line(open, "bed_operation", "e").at("years")), "yes:0+");
  EXPECT_EQ(json::serialize(Line(open, "bed_operation", "e").at("count")), R"({"min":0})");
  EXPECT_EQ(Range(open.at("totals").at("facility").at("money").at("all")), "120120000+");
  // Between 10 and 20: 70 + 80 yuan each month.
  const auto some = Estimated(Asked("1", std::string(kHome) + "," + Elders("e", "[10,20]", R"(,"ability_level":"mild")")));
  EXPECT_EQ(Years(Line(some, "bed_operation", "e").at("years")), "yes:1800000-3600000");
  // Nobody: nothing, whatever is unknown.
  const auto none = Estimated(Asked("1", std::string(kHome) + "," + Elders("e", "0")));
  EXPECT_EQ(Years(Line(none, "bed_operation", "e").at("years")), "yes:0-0");
  // Nothing known of the institution: everything open, from 0 to the most that is published.
  const auto blank = Estimated(Asked("1", R"({"id":"i","kind":"institution","facts":{}})"));
  EXPECT_EQ(Range(Line(blank, "bed_construction", "i").at("once")), "0-5000000000") << "10,000 yuan × 5,000 beds";
  EXPECT_EQ(Line(blank, "bed_construction", "i").at("result").at("verdict"), "open");
}

TEST(Estimate, WorkersAreCountedApart) {
  const auto answer = Estimated(Asked("2", std::string(kHome) + R"(,{"id":"w","kind":"worker","count":12,"facts":{"worker_job":"elder_care",
    "works_private":true,"care_certificate":true,"contract_one_year":true}})"));
  const auto& line = Line(answer, "caregiver_allowance", "w");
  EXPECT_EQ(line.at("kind"), "staff");
  EXPECT_EQ(line.at("to"), "staff");
  EXPECT_EQ(Years(line.at("years")), "yes:- yes:-") << "how much at which grade is not published";
  EXPECT_FALSE(answer.at("totals").get_object().contains("staff"));
}

// A rate that changes within a month, by the rules of one small pack.
TEST(Estimate, APartOfAMonthIsARange) {
  auto file = [](const char* name, const char* text) { return PackFile{name, *ParseJson(text, name)}; };
  PackFiles files;
  files.pack = file("pack.json", R"({"grace_months":12})");
  files.stacking = file("stacking.json", R"({"format":"km-stacking/1","groups":[]})");
  files.sources = file("sources.json", R"({"format":"km-sources/1","sources":{"s":{"title":"t","issuer":"i","found_at":"f","status":"official",
    "clauses":{"a":"a","b":"b"}}}})");
  files.facts = file("facts.json", R"({"format":"km-facts/1","facts":{
    "flag":{"subject":"institution","type":"bool","ask":{"zh":"?"},"privacy":"none"},
    "worth":{"subject":"worker","type":"money","range":[0,1000000000000],"ask":{"zh":"?"},"privacy":"none"}}})");
  files.params = file("params.json", R"({"format":"km-params/1","params":{"rate":{"type":"money","unit":"fen","values":[
    {"from":"2026-01-01","to":"2027-03-14","cite":["s#a"],"last_confirmed_on":null,"cells":100},
    {"from":"2027-03-15","to":null,"cite":["s#b"],"last_confirmed_on":null,"cells":200}]}}})");
  auto benefit = [&](const char* id, const char* subject, const char* per, const char* when, const char* pay) {
    files.benefits.push_back(file("b.json", (R"({"format":"km-benefit/1","id":")" + std::string(id) + R"(","title":{"zh":"t"},"summary":{"zh":"s"},
      "subject":")" + subject + R"(","pays":{"to":"facility","kind":"money","per":")" +
                                             per + R"("},"in_force":{"from":"2026-02-01","to":"2028-05-31",
      "cite":["s#a"]},"criteria":[{"id":"c","say":{"zh":"c"},"cite":["s#a"],"when":)" +
                                             when + R"(}],"amount":{"inputs":[],"rows":[{"id":"r","if":{},
      "pay":)" + pay + R"(,"cite":["s#a"]}]}})")
                                                .c_str()));
  };
  benefit("beds", "elder", "bed-month", R"({"===":[{"var":"flag"},true]})", R"({"param":["rate"]})");
  benefit("wages", "worker", "person-month", R"({"===":[{"var":"flag"},true]})", R"({"var":"worth"})");
  Diagnostics out;
  const Pack pack = ReadPack(files, out);
  ASSERT_TRUE(out.empty()) << json::serialize(out.front().ToJson());
  const auto answer =
      Estimated(Asked("2", R"({"id":"i","kind":"institution","facts":{"flag":true}},{"id":"e","kind":"elder","count":7,"facts":{}})"), pack);
  // Months begin on the 23rd: three at 100, that of 15 March at one or the other, eight at 200. In the second year six are whole, the seventh
  // (23 May to 22 June) has nine days.
  EXPECT_EQ(Years(Line(answer, "beds", "e").at("years")), "yes:14000-14700 part:8400-9800");
  EXPECT_EQ(json::serialize(Line(answer, "beds", "e").at("years").at(0).at("cite")), R"(["s#a","s#b"])");

  // 10 thousand million yuan a month for so many that 12 months do not fit 64 bits.
  auto people = [&](const std::string& count, const char* years) {
    return EstimateOf(pack,
                      Parsed(Asked(years, R"({"id":"i","kind":"institution","facts":{"flag":true}},{"id":"w","kind":"worker","count":)" + count +
                                              R"(,"facts":{"worth":1000000000000}})")),
                      "test");
  };
  EXPECT_TRUE(people("700000", "1")) << "8.4e18 fen fit";
  const auto sum = people("800000", "1");
  ASSERT_FALSE(sum);
  EXPECT_EQ(Name(sum.error().code), "overflow");
  EXPECT_EQ(sum.error().pointer, "/subjects/1/count");
  EXPECT_FALSE(people("9223372036854775807", "1"));
  const auto years = people("700000", "2");
  ASSERT_FALSE(years);
  EXPECT_EQ(years.error().pointer, "/subjects") << "each year fits, both together do not";
}

TEST(Estimate, BadInputHasAPlace) {
  EXPECT_EQ(Problem(R"([])").substr(0, 9), "json.type");
  EXPECT_EQ(Problem(R"({})"), "json.missing ");
  EXPECT_EQ(Problem(R"({"format":"km-profile/1","as_of":"2026-11-23","years":1,"subjects":[]})"), "format.version /format");
  EXPECT_EQ(Problem(Asked("0", kHome)), "range.bad /years");
  EXPECT_EQ(Problem(Asked("11", kHome)), "range.bad /years");
  EXPECT_EQ(Problem(Asked("\"1\"", kHome)), "json.type /years");
  EXPECT_EQ(Problem(Asked("1", kHome, "2026-02-30")), "date.bad /as_of");
  EXPECT_EQ(Problem(Asked("1", "")), "json.missing /subjects");
  EXPECT_EQ(Problem(Asked("1", "7," + std::string(kHome))).substr(0, 9), "json.type");
  const std::string home = std::string(kHome) + ",";
  EXPECT_EQ(Problem(Asked("1", home + Elders("e", "-1"))), "range.bad /subjects/1/count");
  EXPECT_EQ(Problem(Asked("1", home + Elders("e", "1.5"))), "json.type /subjects/1/count");
  EXPECT_EQ(Problem(Asked("1", home + Elders("e", "[2,1]"))), "range.bad /subjects/1/count");
  EXPECT_EQ(Problem(Asked("1", home + Elders("e", "[1]"))), "range.bad /subjects/1/count");
  EXPECT_EQ(Problem(Asked("1", home + Elders("e", "1", R"(,"ability_level":"huge")"))), "profile.value /subjects/1/facts/ability_level");
  EXPECT_EQ(Problem(Asked("1", R"({"id":"i","kind":"institution","count":2,"facts":{}})")), "json.unknown_key /subjects/0/count");
  EXPECT_EQ(Problem(Asked("1", home + kHome)), "profile.subject /subjects/1");
  EXPECT_EQ(Problem(R"({"format":"km-estimate/1","as_of":"2026-11-23","years":1,"benefits":[],"subjects":[]})"), "json.unknown_key /benefits");
}

// The sums add up what like benefits bring side by side; a rule that lets them exclude or reduce each other would have to be taken into account.
TEST(Estimate, NothingOfAnInstitutionExcludesAnother) {
  for (const StackingGroup& group : KunmingPack().stacking) {
    std::vector<int> touched = group.members;
    touched.insert(touched.end(), group.minus.begin(), group.minus.end());
    if (group.from >= 0) touched.push_back(group.from);
    for (const int index : touched) {
      const Benefit& benefit = KunmingPack().benefits[static_cast<std::size_t>(index)];
      EXPECT_TRUE(benefit.subject != Subject::Institution && benefit.subject != Subject::Worker && benefit.to != Payee::Facility)
          << group.id << ": the estimate adds " << benefit.id << " to what it may exclude";
    }
  }
}

json::value Draw(std::mt19937& random, const Fact& fact, const Schema& schema) {
  const auto span = static_cast<std::uint64_t>(fact.range.hi - fact.range.lo) + 1;
  return WriteValue(fact.range.lo + static_cast<std::int64_t>(random() % span), fact.type, schema);
}

TEST(Estimate, RandomInstitutionsSayOfOnePersonWhatTheEvaluatorSaysAndAddUp) {
  const Schema& schema = KunmingPack().schema;
  std::mt19937 random(20261126);
  for (int round = 0; round < 150; ++round) {
    json::array people;
    const auto years = static_cast<std::int64_t>(1 + random() % 4);
    for (int p = 0; p < 4; ++p) {
      const auto kind = p == 0 ? Subject::Institution : random() % 2 == 0 ? Subject::Elder : Subject::Worker;
      json::object facts;
      for (const Fact& fact : schema.facts) {
        if (fact.subject == kind && !fact.derive && fact.name != "as_of" && random() % 4 != 0) facts[fact.name] = Draw(random, fact, schema);
      }
      // Kinds that have most of the benefits.
      if (p == 0) facts["organisation"] = random() % 2 == 0 ? "elder_home" : "childcare";
      json::object one{{"id", "s" + std::to_string(p)}, {"kind", kSubjects[static_cast<std::size_t>(kind)]}, {"facts", facts}};
      people.push_back(std::move(one));
    }
    const json::object profile{{"format", "km-profile/1"}, {"as_of", "2026-11-23"}, {"subjects", people}};
    for (std::size_t p = 1; p < people.size(); ++p) {
      if (random() % 5 != 0) people[p].get_object()["count"] = static_cast<std::int64_t>(random() % 300);
    }
    const auto answer =
        EstimateOf(KunmingPack(), json::object{{"format", "km-estimate/1"}, {"as_of", "2026-11-23"}, {"years", years}, {"subjects", people}}, "");
    const auto results = EvaluateProfile(KunmingPack(), profile, "");
    ASSERT_TRUE(answer && results);
    std::map<std::pair<std::string, std::string>, std::string> wanted;
    for (const json::value& one : results->at("results").get_array())
      wanted[{std::string(one.at("benefit").get_string()), std::string(one.at("subject").get_string())}] = json::serialize(one);
    std::int64_t low = 0;
    std::int64_t high = 0;
    for (const json::value& line : answer->at("lines").get_array()) {
      const json::value& result = line.at("result");
      EXPECT_EQ(json::serialize(result), (wanted[{std::string(result.at("benefit").get_string()), std::string(result.at("subject").get_string())}]));
      auto add = [&](const json::value& range) {
        const auto& object = range.get_object();
        if (!object.contains("min")) return;
        EXPECT_GE(object.at("min").get_int64(), 0);
        if (object.contains("max")) {
          EXPECT_LE(object.at("min").get_int64(), object.at("max").get_int64());
        }
        if (line.at("to") != "facility" || result.at("benefit") == "community_service_tax") return;
        low += object.at("min").get_int64();
        if (object.contains("max")) high += object.at("max").get_int64();
      };
      if (line.get_object().contains("once")) add(line.at("once"));
      if (line.get_object().contains("years")) {
        EXPECT_EQ(line.at("years").get_array().size(), static_cast<std::size_t>(years));
        for (const json::value& year : line.at("years").get_array()) add(year);
      }
    }
    const auto* facility = answer->at("totals").get_object().if_contains("facility");
    const auto* money = facility == nullptr ? nullptr : facility->get_object().if_contains("money");
    EXPECT_EQ(money == nullptr ? 0 : money->at("all").at("min").get_int64(), low);
    if (money != nullptr && money->at("all").get_object().contains("max")) {
      EXPECT_EQ(money->at("all").at("max").get_int64(), high);
    }
  }
}

// Anything in the place of anything: an answer or a located error, never a crash.
TEST(Estimate, DamagedRequestsAreErrors) {
  const json::value good = Parsed(Asked("2", std::string(kHome) + "," + Elders("e", "[1,2]", R"(,"ability_level":"mild")")));
  const std::vector<json::value> junk = {nullptr,
                                         true,
                                         -1,
                                         9223372036854775807,
                                         18446744073709551615U,
                                         0.5,
                                         "",
                                         "elder",
                                         json::array(),
                                         json::array{1, 2},
                                         json::object(),
                                         json::object{{"id", 1}}};
  std::size_t errors = 0;
  std::function<void(json::value&, const json::value&)> each = [&](json::value& place, const json::value& root) {
    for (const json::value& other : junk) {
      const json::value kept = place;
      place = other;
      const auto answer = EstimateOf(KunmingPack(), root, "f");
      if (!answer) {
        ++errors;
        EXPECT_EQ(answer.error().file, "f");
      }
      place = kept;
    }
    if (auto* object = place.if_object()) {
      for (auto& member : *object) each(member.value(), root);
    } else if (auto* array = place.if_array()) {
      for (json::value& item : *array) each(item, root);
    }
  };
  json::value request = good;
  each(request, request);
  EXPECT_GT(errors, 150U);
}

}  // namespace
}  // namespace chuncheng
