// Reads an expression of the dialect, checks its types and units, and compiles it to a flat postfix program.
#pragma once
#include <optional>

#include "shared/rules/schema.h"

namespace chuncheng {

/// `want`: the type the place needs, nothing = any (rule mode). Problems are reported at the operand's JSON pointer.
/// New (param, keys) pairs are added to schema.slots; rule mode adds strings to its text domain.
/// After a success no evaluation within the facts' ranges overflows int64 or the evaluator's stack.
std::optional<Program> Compile(const Node& node, Schema& schema, std::optional<Type> want);

}  // namespace chuncheng
