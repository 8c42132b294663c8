// Error values. The core holds no sentences: an error is a code, a place and named arguments; hosts render `error.<code>` of i18n/.
#pragma once
#include <boost/json/value.hpp>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace chuncheng {

// One line a code: enumerator, name, and the exact condition that raises it.
#define CHUNCHENG_ERRORS(X)                                                                             \
  X(FileRead, "file.read")                   /* a file or folder cannot be read */                      \
  X(FileWrite, "file.write")                 /* a file cannot be written or renamed */                  \
  X(JsonSyntax, "json.syntax")               /* not JSON; row = line of the first bad character */      \
  X(JsonType, "json.type")                   /* a value has another JSON type than `want` */            \
  X(JsonMissing, "json.missing")             /* a required key is absent */                             \
  X(JsonUnknownKey, "json.unknown_key")      /* a key the format does not have */                       \
  X(JsonDuplicateKey, "json.duplicate_key")  /* the same key twice in one object */                     \
  X(FormatVersion, "format.version")         /* `format` is not the one this program reads */           \
  X(ValueBad, "value.bad")                   /* a value outside the list `want` */                      \
  X(DateBad, "date.bad")                     /* not a YYYY-MM-DD date of the calendar */                \
  X(RangeBad, "range.bad")                   /* lower bound above the upper one, or value outside */    \
  X(NameDuplicate, "name.duplicate")         /* the same id twice */                                    \
  X(TextMissing, "text.missing")             /* a text without `zh`, or an empty text, code or word */  \
  X(TextUntranslated, "text.untranslated")   /* warning: a text that a language lacks */                \
  X(TextStale, "text.stale")                 /* warning: a translation of a text that is not there */   \
  X(TextSpaces, "text.spaces")               /* a string or key of a pack begins or ends with space */  \
  X(LabelsCount, "labels.count")             /* `labels` has not one label for each of `values` */      \
  X(FactUnknown, "fact.unknown")             /* a rule or profile names a fact that does not exist */   \
  X(FactSubject, "fact.subject")             /* a rule reads a fact of another person */                \
  X(FactDerived, "fact.derived")             /* a profile sets a derived fact */                        \
  X(FactCycle, "fact.cycle")                 /* a derivation reads a fact that is declared later */     \
  X(FactGrows, "fact.grows")                 /* `grows` on a fact that is no asked count of months */   \
  X(FactNoDefault, "fact.no_default")        /* `var` with a default: an absent answer stays unknown */ \
  X(ParamUnknown, "param.unknown")           /* a param that does not exist */                          \
  X(ParamKey, "param.key")                   /* a param's keys are missing, too many or unknown */      \
  X(ParamPeriods, "param.periods")           /* two periods of one param overlap, or from > to */       \
  X(CiteUnknown, "cite.unknown")             /* a cite names no clause of sources.json */               \
  X(CiteMissing, "cite.missing")             /* a criterion, row or period cites nothing */             \
  X(OperatorUnknown, "operator.unknown")     /* not an operator of the dialect */                       \
  X(OperatorShape, "operator.shape")         /* a rule node that is not {"op":[...]} */                 \
  X(OperandCount, "operand.count")           /* too few or too many operands */                         \
  X(TypeMismatch, "type.mismatch")           /* an operand has another type than the operator takes */  \
  X(UnitMismatch, "unit.mismatch")           /* two units that cannot be compared or added */           \
  X(EnumValue, "enum.value")                 /* a literal that is no value of the fact it meets */      \
  X(LiteralBad, "literal.bad")               /* null, fraction, array: no value of the dialect */       \
  X(Overflow, "overflow")                    /* int64 could overflow within the facts' ranges */        \
  X(TooDeep, "too.deep")                     /* an expression deeper than the evaluator's stack */      \
  X(RatioRounding, "ratio.rounding")         /* `portion` states no or an unknown rounding */           \
  X(RatioOutside, "ratio.outside")           /* a ratio is used other than through `portion` */         \
  X(AmountType, "amount.type")               /* the amount has a form that `pays.kind` does not take */ \
  X(AmountLiteral, "amount.literal")         /* a literal other than 0 is used as an amount of money */ \
  X(AmountShape, "amount.shape")             /* an amount is neither table, unpublished nor in kind */  \
  X(RowInput, "row.input")                   /* a row's `if` names a fact outside `inputs` */           \
  X(RowGroup, "row.group")                   /* a row names a group that does not exist */              \
  X(TableGap, "table.gap")                   /* no row for inputs that the criteria let through */      \
  X(TableOverlap, "table.overlap")           /* two rows for the same inputs */                         \
  X(TableTooWide, "table.too_wide")          /* too many input combinations to prove */                 \
  X(RowDead, "row.dead")                     /* no answers that meet all criteria reach a row */        \
  X(CriterionConstant, "criterion.constant") /* a criterion always met, or never, while in force */     \
  X(CriteriaNever, "criteria.never")         /* no answers meet all criteria together */                \
  X(BenefitFacts, "benefit.facts")           /* a benefit reads more than 64 base facts */              \
  X(StackingMember, "stacking.member")       /* a stacking group names an unknown benefit */            \
  X(StackingFew, "stacking.few")             /* a choice of fewer than two, or a list with nothing */   \
  X(StackingCost, "stacking.cost")           /* `cost` is no money fact that `from` reads */            \
  X(StackingUnit, "stacking.unit")           /* a deduction that is not of money for the same time */   \
  X(StackingCycle, "stacking.cycle")         /* a benefit is deducted from itself, or in a circle */    \
  X(Unused, "unused")                        /* a fact, param, cell, input or group no rule reads */    \
  X(RemedyEmpty, "remedy.empty")             /* a remedy that sets nothing its criterion reads */       \
  X(TestNone, "test.none")                   /* a benefit without worked examples */                    \
  X(TestFailed, "test.failed")               /* a worked example gives another answer */                \
  X(TestRow, "test.row")                     /* no worked example reaches a row */                      \
  X(TestCriterion, "test.criterion")         /* a criterion is not shown both met and not met */        \
  X(ProfileSubject, "profile.subject")       /* unknown kind, id used twice, or two singletons */       \
  X(ProfileValue, "profile.value")           /* an answer outside its fact's type or range */           \
  X(SubjectUnknown, "subject.unknown")       /* a person that does not exist or has no such benefit */  \
  X(BenefitUnknown, "benefit.unknown")       /* a benefit id that does not exist */                     \
  X(RequestShape, "request.shape")           /* a call that is none of the documented ones */           \
  X(BatchShape, "batch.shape")               /* arrays of a batch that do not fit the layout */         \
  X(NotLoaded, "not.loaded")                 /* a call before the data was loaded */                    \
  X(CsvSyntax, "csv.syntax")                 /* a quote that never ends or stands inside a field */     \
  X(CsvHeader, "csv.header")                 /* a column missing, unknown or twice */                   \
  X(CsvColumns, "csv.columns")               /* a row with more or fewer fields than the header */      \
  X(CsvValue, "csv.value")                   /* a field that does not fit its column */                 \
  X(NeighbourUnknown, "neighbour.unknown")   /* a neighbour that is no district, or not a mutual one */ \
  X(FacilitySynthetic, "facility.synthetic") /* made-up rows where real ones are wanted */              \
  X(TextEncoding, "text.encoding")           /* bytes that are neither UTF-8 nor GB18030 */             \
  X(QueryLong, "query.long")                 /* a query longer than the stated limit */                 \
  X(DatabaseBad, "database.bad")             /* not a facilities database of this format */             \
  X(SnapshotHash, "snapshot.hash")           /* a file's size or SHA-256 is not the manifest's */       \
  X(SnapshotFile, "snapshot.file")           /* the manifest lacks a file or names a bad one */         \
  X(SnapshotOlder, "snapshot.older")         /* a snapshot that would take a client backwards */        \
  X(SignatureMissing, "signature.missing")   /* a manifest without a signature */                       \
  X(SignatureBad, "signature.bad")           /* not signed with this key, or changed afterwards */      \
  X(KeyBad, "key.bad")                       /* a key file that holds no key of its kind */             \
  X(FileExists, "file.exists")               /* a file that must not be written over */                 \
  X(FacilityOutside, "facility.outside")     /* warning: coordinates that are not in Kunming */         \
  X(FacilityDuplicate, "facility.duplicate") /* warning: name and district as another row */            \
  X(FacilityPhone, "facility.phone")         /* warning: not the form of a Chinese phone number */      \
  X(FacilityBeds, "facility.beds")           /* warning: 0 beds, where unknown is left empty */         \
  X(FacilityUnknown, "facility.unknown")     /* a project of plan.json that no facility row is */       \
  X(PlanName, "plan.name")                   /* plan.json names no theme, field, district or entry */   \
  X(ScaleUnknown, "scale.unknown")           /* an assessment scale that does not exist */              \
  X(ScaleItem, "scale.item")                 /* an item, dimension, flag or group the scale lacks */    \
  X(ScaleScore, "scale.score")               /* an answer that is no option of its item */              \
  X(ScaleGrade, "scale.grade")               /* a grade that is not among the scale's `grades` */       \
  X(ScaleSize, "scale.size")                 /* table, bands or values of another number than needed */ \
  X(ScaleGap, "scale.gap")                   /* a score the options can give and no band covers */      \
  X(ScaleOverlap, "scale.overlap")           /* two bands share a score */                              \
  X(ScaleOrder, "scale.order")               /* bands, grades or values not from able to unable */      \
  X(ScaleUnreached, "scale.unreached")       /* a band, dimension or grade that no answer leads to */   \
  X(Internal, "internal")                    /* a library refused what it should take */

enum class ErrorCode {
#define X(id, name) id,
  CHUNCHENG_ERRORS(X)
#undef X
};

/// The stable name, e.g. "fact.unknown".
std::string_view Name(ErrorCode code);
/// All codes in declaration order, for the test that each has a message.
const std::vector<ErrorCode>& AllErrorCodes();

struct Error {
  ErrorCode code = ErrorCode::Internal;
  std::string file;                                       ///< as given by the caller, "" = none
  std::string pointer;                                    ///< RFC 6901 JSON pointer, or the CSV column's name; "" = whole file
  std::int64_t row = 0;                                   ///< 1-based line, 0 = none
  std::vector<std::pair<std::string, std::string>> args;  ///< for the message

  /// {"error":{"code","file"?,"pointer"?,"row"?,"args"?}}
  boost::json::value ToJson() const;
};

using Diagnostics = std::vector<Error>;

/// The candidate nearest to `word` by edit distance if it is near enough to be a slip, else "". What cannot be nearer than the best so far costs
/// little, so that a long list of long texts is no matter.
std::string Nearest(std::string_view word, const std::vector<std::string>& candidates);

}  // namespace chuncheng
