#include "shared/benefits/estimate.h"

#include <algorithm>

#include "shared/benefits/amount.h"
#include "shared/benefits/combine.h"
#include "shared/benefits/household.h"
#include "shared/benefits/timeline.h"

namespace chuncheng {
namespace {

constexpr std::int64_t kMostYears = 10;

/// How many people a subject stands for; `more`: nobody said how many at most.
struct Count {
  std::int64_t lo = 1;
  std::int64_t hi = 1;
  bool more = false;
};

struct Request {
  Profile profile;
  std::int64_t years = 1;
  std::vector<Count> counts;          ///< by person
  std::vector<std::string> pointers;  ///< where each count stands
};

/// Days on which one assessment holds.
struct Stretch {
  Interval days;
  Assessment assessment;
};

bool Considered(const Benefit& benefit) {
  if (benefit.to == Payee::Public) return false;
  return benefit.subject == Subject::Institution || benefit.subject == Subject::Worker || benefit.to == Payee::Facility;
}

bool Counted(const Benefit& benefit) { return benefit.kind == PayKind::Money || benefit.kind == PayKind::TaxDeduction; }
bool ForStaff(const Benefit& benefit) { return benefit.to == Payee::Person || benefit.to == Payee::Employee; }

// What the line is about, in the words of docs/interfaces.md.
std::string_view KindOf(const Benefit& benefit) {
  if (benefit.subject == Subject::Worker) return "staff";
  if (benefit.kind == PayKind::FeeRelief || benefit.kind == PayKind::TaxDeduction) return "relief";
  if (GivenInKind(benefit.kind)) return "service";
  return EveryOf(benefit.per) == Every::Once ? "once" : "operation";
}

Count ReadCount(const Node& node) {
  if (!node.value().is_array()) {
    const std::int64_t n = node.Int().value_or(0);
    if (n < 0) node.Report(ErrorCode::RangeBad);
    return {n, n, false};
  }
  const auto ends = node.Items();
  if (ends.size() != 2) {
    node.Report(ErrorCode::RangeBad);
    return {};
  }
  const std::int64_t lo = ends[0].Int().value_or(0);
  const std::int64_t hi = ends[1].Int().value_or(lo);
  if (lo < 0 || lo > hi) node.Report(ErrorCode::RangeBad);
  return {lo, hi, false};
}

// A profile whose people may stand for many: the counts are taken out, the rest is read as a profile, so that places in errors are the request's.
Result<Request> Read(const Pack& pack, const json::value& request, std::string_view file) {
  Diagnostics problems;
  const Node root(request, std::string(file), problems);
  Request out;
  json::object profile;
  if (!root.Object({"format", "as_of", "years", "subjects"}) || !root.Format("km-estimate/1")) return problems.front();
  if (const auto years = root.At("years")) {
    out.years = years->Int().value_or(1);
    if (out.years < 1 || out.years > kMostYears) years->Report(ErrorCode::RangeBad);
  }
  if (const auto subjects = root.At("subjects")) {
    json::array people;
    for (const Node& item : subjects->Items()) {
      json::value person = item.value();
      Count count;
      const auto kind = item.Maybe("kind");
      const bool many = kind && (kind->value() == "elder" || kind->value() == "child" || kind->value() == "worker");
      if (many) {
        const auto given = item.Maybe("count");
        count = given ? ReadCount(*given) : Count{0, 0, true};
        person.get_object().erase("count");
      }
      out.counts.push_back(count);
      out.pointers.push_back(Join(item.pointer(), many && item.Maybe("count") ? "count" : "kind"));
      people.push_back(std::move(person));
    }
    profile["subjects"] = std::move(people);
  }
  if (!problems.empty()) return problems.front();
  profile["format"] = "km-profile/1";
  if (const auto as_of = root.Maybe("as_of")) profile["as_of"] = as_of->value();
  auto read = ReadProfile(pack, profile, file);
  if (!read) return read.error();
  out.profile = std::move(*read);
  if (!out.profile.institution) return Error{ErrorCode::JsonMissing, std::string(file), "/subjects", 0, {{"key", "institution"}}};
  out.counts.resize(out.profile.people.size());
  out.pointers.resize(out.profile.people.size(), "/subjects");
  for (std::size_t b = 0; b < pack.benefits.size(); ++b) out.profile.wanted[b] = Considered(pack.benefits[b]);
  return out;
}

Worth Hull(const Worth& a, const Worth& b) { return {std::min(a.lo, b.lo), std::max(a.hi, b.hi), a.more || b.more}; }

json::object Range(const Worth& worth) {
  json::object out;
  out["min"] = worth.lo;
  if (!worth.more) out["max"] = worth.hi;
  return out;
}

class Estimation {
 public:
  Estimation(const Pack& pack, const Request& request, std::string_view file)
      : pack_(pack), request_(request), profile_(request.profile), file_(file), assessor_(pack, profile_.as_of) {}

  Result<json::value> Run() {
    json::array lines;
    for (const Standing& standing : AssessAll(pack_, profile_, assessor_)) lines.push_back(Line(standing));
    json::object totals = Totals();
    if (overflow_) return *overflow_;
    json::object out;
    out["format"] = "km-estimation/1";
    out["as_of"] = FormatDay(profile_.as_of);
    json::array years;
    for (std::int64_t y = 0; y < request_.years; ++y) {
      const Interval days = Months(12 * y, 12);
      years.push_back(json::object{{"year", y + 1}, {"from", FormatDay(days.lo)}, {"to", FormatDay(days.hi)}});
    }
    out["years"] = std::move(years);
    out["lines"] = std::move(lines);
    out["totals"] = std::move(totals);
    return json::value(std::move(out));
  }

 private:
  // What like benefits come to: once, and in each year.
  struct Sums {
    Worth once;
    std::vector<Worth> years;
    bool any = false;
  };

  Interval Months(std::int64_t first, std::int64_t count) const {
    return {AddMonths(profile_.as_of, first), AddMonths(profile_.as_of, first + count) - 1};
  }

  json::object Line(const Standing& standing) {
    const Benefit& benefit = pack_.benefits[standing.benefit];
    const Count& count = request_.counts[standing.person];
    const bool refused = standing.assessment.verdict == State::No;
    at_ = &request_.pointers[standing.person];
    json::object out;
    out["kind"] = KindOf(benefit);
    out["to"] = ForStaff(benefit) ? "staff" : "facility";
    if (!Singleton(profile_.people[standing.person].kind)) out["count"] = Range({count.lo, count.hi, count.more});
    const auto stretches = Stretches(standing);
    out["result"] = WriteStanding(pack_, profile_, assessor_, standing);
    const bool never = std::all_of(stretches.begin(), stretches.end(), [](const Stretch& one) { return one.assessment.verdict == State::No; });
    Sums* sums = Counted(benefit) ? &sums_[{benefit.kind, ForStaff(benefit)}] : nullptr;
    if (EveryOf(benefit.per) == Every::Once && benefit.per != "none") {
      // The day is the institution's to choose; what is told is what holds on the first.
      if (sums != nullptr && !refused && standing.assessment.amount.published) {
        const Worth once = Times(Paid(benefit, standing.assessment), count);
        out["once"] = Range(once);
        Add(sums->once, once);
        sums->any = true;
      }
    } else {
      json::array years;
      for (std::int64_t y = 0; y < request_.years; ++y) years.push_back(Year(benefit, stretches, y, count, sums));
      out["years"] = std::move(years);
    }
    const bool anybody = count.hi > 0 || count.more;
    if (!never && anybody) {
      if (benefit.form == AmountForm::InKind) in_kind_.push_back(standing.benefit);
      if (benefit.form != AmountForm::InKind && !Published(stretches)) unpublished_.push_back(standing.benefit);
    }
    return out;
  }

  static bool Published(const std::vector<Stretch>& stretches) {
    return std::any_of(stretches.begin(), stretches.end(), [](const Stretch& one) { return one.assessment.amount.published; });
  }

  // The days of all years, cut where the answer changes.
  std::vector<Stretch> Stretches(const Standing& standing) const {
    const Interval all = Months(0, 12 * request_.years);
    std::vector<Stretch> out{{all, standing.assessment}};
    const Benefit& benefit = pack_.benefits[standing.benefit];
    for (Event& event : Timeline(pack_, benefit, profile_.AnswersOf(pack_.schema, standing.person), profile_.as_of, request_.years)) {
      if (event.day > all.hi) break;
      out.back().days.hi = event.day - 1;
      out.push_back({{event.day, all.hi}, std::move(event.after)});
    }
    return out;
  }

  // For one person and one period.
  static Worth Paid(const Benefit& benefit, const Assessment& assessment) {
    const AmountRange& amount = assessment.amount;
    if (assessment.verdict == State::No || !amount.published) return {};
    // Rows for different periods, or an amount a bed or place of nobody knows how many: there is more than can be added up.
    const bool uncountable = std::any_of(amount.rows.begin(), amount.rows.end(), [&](int row) {
      const std::string& per = benefit.rows[static_cast<std::size_t>(row)].per;
      return !per.empty() && EveryOf(per) != EveryOf(benefit.per);
    });
    const Every every = EveryOf(benefit.per);
    const bool each = every == Every::BedMonth || every == Every::Bed || every == Every::Place || every == Every::Household;
    if (uncountable || (each && Singleton(benefit.subject))) return {0, 0, true};
    const bool certain = assessment.verdict == State::Yes && !amount.unpublished;
    return {certain ? amount.range.lo : 0, amount.range.hi, amount.unpublished};
  }

  // Over the stretches that touch these days: nobody published what a part of a month or year brings.
  static Worth PaidWithin(const Benefit& benefit, const std::vector<Stretch>& stretches, Interval days) {
    std::optional<Worth> out;
    for (const Stretch& stretch : stretches) {
      if (stretch.days.hi < days.lo || stretch.days.lo > days.hi) continue;
      const Worth here = Paid(benefit, stretch.assessment);
      out = out ? Hull(*out, here) : here;
    }
    return out.value_or(Worth{});
  }

  json::object Year(const Benefit& benefit, const std::vector<Stretch>& stretches, std::int64_t year, const Count& count, Sums* sums) {
    const Interval days = Months(12 * year, 12);
    bool some[3] = {false, false, false};
    bool published = false;
    std::vector<std::string> cites;
    auto cite = [&](const std::vector<std::string>& more) {
      for (const std::string& one : more) {
        if (std::find(cites.begin(), cites.end(), one) == cites.end()) cites.push_back(one);
      }
    };
    for (const Stretch& stretch : stretches) {
      if (stretch.days.hi < days.lo || stretch.days.lo > days.hi) continue;
      some[static_cast<std::size_t>(stretch.assessment.verdict)] = true;
      if (stretch.assessment.verdict == State::No) continue;
      published = published || stretch.assessment.amount.published;
      cite(AmountCites(pack_, benefit, stretch.assessment.amount, std::max(stretch.days.lo, days.lo)));
    }
    const bool open = some[static_cast<std::size_t>(State::Open)];
    const bool yes = some[static_cast<std::size_t>(State::Yes)];
    const bool no = some[static_cast<std::size_t>(State::No)];
    json::object out;
    out["verdict"] = open ? "open" : yes && no ? "part" : yes ? "yes" : "no";
    if (sums != nullptr && published) {
      Worth sum;
      if (Monthly(benefit)) {
        for (std::int64_t m = 0; m < 12; ++m) Add(sum, Times(PaidWithin(benefit, stretches, Months(12 * year + m, 1)), count));
      } else {
        sum = Times(PaidWithin(benefit, stretches, days), count);
      }
      for (auto& member : Range(sum)) out[member.key()] = std::move(member.value());
      sums->years.resize(static_cast<std::size_t>(request_.years));
      Add(sums->years[static_cast<std::size_t>(year)], sum);
      sums->any = true;
    }
    if (open || yes) {
      bool confirm = pack_.ToConfirm(benefit.in_force_cite) || pack_.ToConfirm(cites);
      for (const Criterion& criterion : benefit.criteria) confirm = confirm || pack_.ToConfirm(criterion.cite);
      out["cite"] = json::array(cites.begin(), cites.end());
      out["to_confirm"] = confirm;
    }
    return out;
  }

  static bool Monthly(const Benefit& benefit) {
    const Every every = EveryOf(benefit.per);
    return every == Every::Month || every == Every::BedMonth;
  }

  json::object Totals() {
    json::object out;
    for (const bool staff : {false, true}) {
      json::object side;
      for (const PayKind kind : {PayKind::Money, PayKind::TaxDeduction}) {
        Sums& sums = sums_[{kind, staff}];
        if (!sums.any) continue;
        sums.years.resize(static_cast<std::size_t>(request_.years));
        at_ = nullptr;
        Worth all = sums.once;
        json::array years;
        for (const Worth& year : sums.years) {
          Add(all, year);
          years.push_back(Range(year));
        }
        side[kPayKinds[static_cast<std::size_t>(kind)]] = json::object{{"once", Range(sums.once)}, {"years", std::move(years)}, {"all", Range(all)}};
      }
      if (!side.empty()) out[staff ? "staff" : "facility"] = std::move(side);
    }
    out["unpublished"] = Different(unpublished_);
    out["in_kind"] = Different(in_kind_);
    return out;
  }

  static std::size_t Different(std::vector<std::size_t> benefits) {
    std::sort(benefits.begin(), benefits.end());
    return static_cast<std::size_t>(std::unique(benefits.begin(), benefits.end()) - benefits.begin());
  }

  Worth Times(const Worth& worth, const Count& count) {
    Worth out;
    if (__builtin_mul_overflow(worth.lo, count.lo, &out.lo) || __builtin_mul_overflow(worth.hi, count.hi, &out.hi)) Overflow();
    out.more = (worth.more && (count.hi > 0 || count.more)) || (count.more && worth.hi > 0);
    return out;
  }

  void Add(Worth& sum, const Worth& more) {
    if (__builtin_add_overflow(sum.lo, more.lo, &sum.lo) || __builtin_add_overflow(sum.hi, more.hi, &sum.hi)) Overflow();
    sum.more = sum.more || more.more;
  }

  void Overflow() {
    if (!overflow_) overflow_ = Error{ErrorCode::Overflow, std::string(file_), at_ == nullptr ? "/subjects" : *at_, 0, {}};
  }

  const Pack& pack_;
  const Request& request_;
  const Profile& profile_;
  std::string_view file_;
  Assessor assessor_;
  std::map<std::pair<PayKind, bool>, Sums> sums_;  ///< by kind and whether the staff gets it
  std::vector<std::size_t> unpublished_;
  std::vector<std::size_t> in_kind_;
  const std::string* at_ = nullptr;
  std::optional<Error> overflow_;
};

}  // namespace

Result<json::value> EstimateOf(const Pack& pack, const json::value& request, std::string_view file) {
  const auto read = Read(pack, request, file);
  if (!read) return read.error();
  return Estimation(pack, *read, file).Run();
}

}  // namespace chuncheng
