// Evaluates a compiled program on intervals: Kleene logic for bools, sound bounds for numbers.
#pragma once
#include <span>

#include "shared/rules/schema.h"

namespace chuncheng {

constexpr std::size_t kStack = 128;  ///< deepest stack a program may need; the compiler refuses more

/// `facts` by fact index, `params` by slot index. When all facts read are known the result is exact. `trace`, when not null, receives the
/// value of each instruction (code.size() of them). `overflow` is set when an intermediate value left int64; the compiler uses it.
Interval Evaluate(const Program& program, std::span<const Interval> facts, std::span<const Interval> params, Interval* trace = nullptr,
                  bool* overflow = nullptr);

/// The instructions [begin, end) alone; they must leave one value.
Interval Evaluate(const Program& program, std::size_t begin, std::size_t end, std::span<const Interval> facts, std::span<const Interval> params);

}  // namespace chuncheng
