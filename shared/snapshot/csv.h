// RFC 4180 with UTF-8, a byte-order mark allowed.
#pragma once
#include <string>
#include <vector>

#include "shared/base/error.h"

namespace chuncheng {

struct CsvRow {
  std::int64_t line = 0;  ///< where the row begins, 1-based
  std::vector<std::string> fields;
};

/// All rows, header first. Quoted fields may hold commas, line breaks and doubled quotes; CRLF and LF end a row; empty lines are skipped.
/// Reports TextEncoding, CsvSyntax (with the line) and CsvColumns (a row with another number of fields than the first); such rows are left out.
std::vector<CsvRow> ReadCsv(std::string_view text, const std::string& file, Diagnostics& out);

/// Well-formed UTF-8 without overlong forms and surrogates?
bool IsUtf8(std::string_view text);

}  // namespace chuncheng
