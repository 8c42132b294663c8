// RFC 4180 in UTF-8, and what spreadsheets make of it (docs/interfaces.md, section 5).
#pragma once
#include <string>
#include <vector>

#include "shared/base/error.h"

namespace chuncheng {

struct CsvRow {
  std::int64_t line = 0;  ///< where the row begins, 1-based
  std::vector<std::string> fields;
};

/// All rows, header first. The separator is the one a `sep=` line names, else of comma, semicolon and tab the one the first line has most of. Quoted
/// fields may hold separators, line breaks and doubled quotes; CRLF, LF and CR end a row; rows without any content are skipped, and so are empty
/// columns at the right end. Reports TextEncoding, CsvSyntax (with the line) and CsvColumns (a row with another number of fields than the first);
/// such rows are left out.
std::vector<CsvRow> ReadCsv(std::string_view text, const std::string& file, Diagnostics& out);

/// Well-formed UTF-8 without overlong forms and surrogates?
bool IsUtf8(std::string_view text);

}  // namespace chuncheng
