// The C ABI of the modules (docs/interfaces.md section 7): JSON in, JSON out, errors as values.
//
// advice.wasm also exports the typed batch call:
//
//   int cc_batch(int32_t as_of, const int64_t* values, const uint8_t* known, size_t facts, size_t rows,
//                uint8_t* verdicts, int64_t* amounts, size_t benefits)
//
// as_of     days since 1970-01-01
// values    rows × facts, row by row, in the order of {"layout":true}: bool 0/1, count, fen, days since 1970-01-01, position of the enum value
// known     rows × facts bytes, 0 = the fact is not known and its value is not read; null = everything is known
// verdicts  out, rows × benefits bytes: 0 no, 1 open, 2 yes
// amounts   out, rows × benefits × 2: least and most in fen or days; least > most = no published amount; null = not wanted
// facts, benefits   what the caller takes the layout to be
//
// A row is one elder, one child, one worker, one institution and their household; whoever is not there is left unknown and the benefits of that
// kind are passed over. Returns 0, or 1 with the error in cc_result(): not.loaded, range.bad (as_of), batch.shape (another layout, or arrays that
// do not lie in memory), profile.value with the row (from 1) and the fact (the rows before it are done).
#pragma once
#include <cstddef>
#include <cstdint>
#include <string>

#include "shared/base/result.h"

namespace chuncheng {

/// Each module gives these two; abi.cpp exports the functions around them.
Result<bool> Load(std::string_view bytes);
Result<boost::json::value> Call(const boost::json::value& request);

/// Puts an error where cc_result() finds it; returns 1.
int Keep(const Error& error);

}  // namespace chuncheng
