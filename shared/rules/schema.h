// What a rule may read: facts with closed domains, and dated parameters.
#pragma once
#include <array>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "shared/base/json.h"
#include "shared/rules/interval.h"

namespace chuncheng {

enum class Kind : std::uint8_t { Bool, Int, Date, Enum };

/// Int carries a unit (position in Schema::units), Enum a domain (position in Schema::domains).
struct Type {
  Kind kind = Kind::Bool;
  int tag = 0;
  friend bool operator==(Type, Type) = default;
};

constexpr int kNoUnit = 0;    ///< a plain number
constexpr int kAnyUnit = -1;  ///< a literal: takes its partner's unit
constexpr int kFen = 1;
constexpr int kPermille = 2;

struct Domain {
  std::vector<std::string> values;
  bool ordered = false;
  bool open = false;  ///< rule mode only: literals may add values
};

enum class Subject : std::uint8_t { Household, Elder, Child, Institution, Worker };
constexpr std::array<std::string_view, 5> kSubjects = {"household", "elder", "child", "institution", "worker"};
constexpr bool Singleton(Subject s) { return s == Subject::Household || s == Subject::Institution; }

enum class Op : std::uint8_t {
  Const,
  Var,
  Param,
  And,
  Or,
  Not,
  Eq,
  Ne,
  Lt,
  Le,
  Gt,
  Ge,
  In,
  Add,
  Sub,
  Neg,
  Mul,
  Min,
  Max,
  If,
  AgeOn,
  MonthsBetween,
  AddMonths,
  MonthEnd,
  YearEnd,
  Portion
};
enum class Rounding : std::uint8_t { Down, Up, HalfUp };

/// One step of a flat postfix program. `imm`: the constant, fact, param slot or set; `pointer`: place in the rule's JSON.
struct Instr {
  Op op = Op::Const;
  Rounding rounding = Rounding::Down;
  std::uint16_t argc = 0;
  std::int64_t imm = 0;
  std::uint32_t pointer = 0;
};

struct Program {
  std::vector<Instr> code;
  std::vector<std::string> pointers;
  std::vector<std::vector<std::int64_t>> sets;  ///< of `in`, sorted
  std::vector<int> facts;                       ///< facts read, in order of first appearance, each once
  Type type;
};

struct Fact {
  std::string name;
  Subject subject = Subject::Household;
  Type type;
  Interval range;
  bool money = false;
  bool moves = false;  ///< changes with the calendar while the answers stay: as_of, what grows, what is derived from such
  bool grows = false;  ///< a known count of months is that many completed months more on a later day
  std::optional<Program> derive;
  json::value source;      ///< of `derive`; null without
  std::vector<int> bases;  ///< of a derived fact: the base facts below it (without as_of); of a base fact: itself
  int effort = 1;
};

struct Period {
  Interval days;  ///< [from, to]
  json::value cells;
  std::vector<std::string> cite;
  std::optional<Day> confirmed;  ///< when its source was last looked at and still said so
};

struct Param {
  std::string name;
  Type type;
  std::vector<std::string> keys;
  std::vector<Period> periods;  ///< ascending
};

/// One (param, keys) that some rule reads; its value depends on the date only.
struct ParamSlot {
  int param = 0;
  std::vector<std::string> keys;
  std::vector<std::pair<Interval, Interval>> values;  ///< days and the value on them, ascending; Unpublished where a period has no such cell
};

constexpr int kAsOf = 0;  ///< the evaluation date is fact 0

struct Schema {
  Schema();

  std::vector<std::string> units;  ///< 0 "", 1 "fen", 2 "permille"
  std::vector<Domain> domains;
  std::vector<Fact> facts;  ///< 0 = as_of
  std::vector<Param> params;
  std::vector<ParamSlot> slots;
  std::vector<int> growing;  ///< facts that grow
  bool rule_mode = false;    ///< types come from data: `chuncheng rule`
  int text_domain = -1;      ///< rule mode: the one domain of all strings

  std::map<std::string, int, std::less<>> fact_index;
  std::map<std::string, int, std::less<>> param_index;

  int Unit(std::string_view name);
  int AddFact(Fact fact);
  std::vector<std::string> FactNames() const;
  std::string Describe(Type type) const;  ///< for messages: "money", "number", "date", …, or the unit of a count

  ParamSlot Slot(int param, std::vector<std::string> keys) const;
  /// Value of a slot on a day; Unpublished when no period or cell covers it, or the cell is null.
  static Interval SlotValue(const ParamSlot& slot, Day day);
  /// Does some period have this cell, be it null (known not to be published)?
  bool HasCell(const ParamSlot& slot) const;
  /// Clauses behind a slot on a day.
  const std::vector<std::string>* SlotCites(const ParamSlot& slot, Day day) const;
};

/// facts.json / params.json into `schema`; problems go to the node's diagnostics.
void ReadFacts(const Node& root, Schema& schema);
void ReadParams(const Node& root, Schema& schema);

/// A literal or an answer of `type` as an integer, or nothing when it does not fit (range included when given).
std::optional<std::int64_t> ReadValue(const json::value& value, Type type, const Schema& schema, const Interval* range);
/// The inverse, for output.
json::value WriteValue(std::int64_t value, Type type, const Schema& schema);

}  // namespace chuncheng
