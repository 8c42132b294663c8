// The policy pack as the engine sees it: facts, params, clauses, benefits, stacking groups, assessment scales.
#pragma once
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "shared/base/json.h"
#include "shared/benefits/plan.h"
#include "shared/rules/schema.h"
#include "shared/scales/scale.h"

namespace chuncheng {

/// A parsed document and the name it is reported under.
struct PackFile {
  std::string name;
  json::value value;
};

struct PackFiles {
  PackFile pack, facts, params, sources, stacking, districts;
  PackFile plan_benefits;          ///< null when the pack follows no plan
  PackFile plan;                   ///< what else the plan says; null when the pack does not carry it
  PackFile search;                 ///< words and readings for the snapshot builder; the engine does not read it
  std::vector<PackFile> benefits;  ///< ascending by file name
  std::vector<PackFile> scales;    ///< ascending by file name
};

/// Everything the assessment needs to know about where a program's answers change.
struct Cuts {
  std::vector<Cut> points;
  std::vector<int> entangled;        ///< facts compared with something that is not a constant
  std::vector<Program> date_limits;  ///< what as_of is compared with, when that does not read as_of itself
};

/// An expression with what is derived from it once at load.
struct Rule {
  Program program;
  json::value source;  ///< the expression it was compiled from
  Cuts cuts;
  std::vector<int> bases;  ///< base facts it rests on, in order of first appearance
};

struct Remedy {
  std::vector<std::pair<int, std::int64_t>> set;
};

struct Criterion {
  std::size_t benefit = 0;  ///< its place in the pack
  std::size_t index = 0;
  std::string id;
  Rule when;
  std::vector<std::string> cite;
  std::vector<Remedy> remedies;
};

struct Row {
  std::string id;
  Rule when;
  Rule pay;
  std::string per;  ///< "" = the benefit's
  std::vector<std::string> cite;
  std::string pointer;
};

enum class PayKind : std::uint8_t { Money, LeaveDays, TaxDeduction, FeeRelief, Service, Training, LegalAid };
constexpr std::array<std::string_view, 7> kPayKinds = {"money", "leave_days", "tax_deduction", "fee_relief", "service", "training", "legal_aid"};
/// What is given is not a number: the amount is told in words, or not published.
constexpr bool GivenInKind(PayKind kind) { return kind >= PayKind::FeeRelief; }
/// From the surest to the weakest; `single` and `recalled` are to be confirmed.
enum class SourceStatus : std::uint8_t { Official, Confirmed, Plan, Single, Recalled };
constexpr std::array<std::string_view, 5> kSourceStatuses = {"official", "confirmed", "plan", "single", "recalled"};
enum class Payee : std::uint8_t { Person, Facility, Employee, Taxpayer, Public };
enum class AmountForm : std::uint8_t { Table, Unpublished, InKind };

struct Benefit {
  std::string id;
  std::string file;
  Subject subject = Subject::Elder;
  bool reads_institution = false;
  PayKind kind = PayKind::Money;
  Payee to = Payee::Person;
  std::string per;
  Interval in_force;  ///< days
  std::vector<std::string> in_force_cite;
  std::vector<Criterion> criteria;
  AmountForm form = AmountForm::Table;
  std::vector<int> inputs;
  std::vector<Row> rows;
  std::vector<std::string> amount_cite;
  std::vector<int> bases;  ///< all base facts, in the order to ask: criteria first, then the amount; at most kMostBases
  Plan plan;
};

enum class StackingKind : std::uint8_t { AtMostOne, Once, Deduct, DeductCost };

/// How benefits that one person may have at the same time depend on each other.
struct StackingGroup {
  std::string id;
  StackingKind kind = StackingKind::AtMostOne;
  std::vector<int> members;  ///< AtMostOne: of which a person has one; Once: which count once a household, whoever brings them
  int from = -1;             ///< Deduct, DeductCost: the benefit that is reduced …
  std::vector<int> minus;    ///< … by what the same person receives from these
  int cost = -1;             ///< DeductCost: the money fact that `from` is reckoned on
};

/// An entry of the city's plan and the benefit that stands for it.
struct PlanEntry {
  std::string id;
  int benefit = 0;
};

struct Pack {
  Schema schema;
  std::map<std::string, SourceStatus, std::less<>> clauses;  ///< "source#clause" → the weaker of the document's status and its own
  std::vector<Benefit> benefits;
  std::vector<StackingGroup> stacking;
  std::vector<Scale> scales;
  std::vector<PlanEntry> plan;
  std::int64_t grace_months = 12;  ///< a param is called unconfirmed this long after its source was last looked at
  std::size_t dated_bases = 0;     ///< how many numbers the plans gave out

  bool ToConfirm(const std::vector<std::string>& cites) const;
  int FindBenefit(std::string_view id) const;  ///< -1 = none
};

/// Reads and checks references, types and units. Everything wrong is in `out`; the pack is usable only when nothing was added.
Pack ReadPack(const PackFiles& files, Diagnostics& out);
/// Its two parts: what answers a household, and what stands beside it (assessment scales, entries of the plan). The first alone keeps
/// eligibility.wasm small.
Pack ReadPolicy(const PackFiles& files, Diagnostics& out);
void ReadSupplement(const PackFiles& files, Pack& pack, Diagnostics& out);

/// The day the pack's data stands for (pack.json); reported when it is missing or no date.
std::optional<Day> DataDate(const PackFiles& files, Diagnostics& out);

/// The published forms of the two parts (docs/interfaces.md section 4): one document each, without tests and staff notes.
json::value PublishedPolicy(const PackFiles& files);
json::value PublishedSupplement(const PackFiles& files);
/// plan.json as it is, without staff notes; null when there is none.
json::value PublishedPlan(const PackFiles& files);
/// The inverse, for loading what was published. An error when it is not that.
Result<PackFiles> SplitPolicy(const json::value& policy, std::string_view file);
Result<PackFiles> SplitSupplement(const json::value& supplement, std::string_view file);

}  // namespace chuncheng
