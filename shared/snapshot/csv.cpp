#include "shared/snapshot/csv.h"

#include <algorithm>
#include <optional>

namespace chuncheng {
namespace {

constexpr std::string_view kSeparators = ",;\t";

// Takes a first line `sep=;` away.
std::optional<char> NamedSeparator(std::string_view& text) {
  if (!text.starts_with("sep=") || text.size() < 6 || kSeparators.find(text[4]) == std::string_view::npos) return std::nullopt;
  const char separator = text[4];
  std::string_view rest = text.substr(5);
  if (rest.front() != '\r' && rest.front() != '\n') return std::nullopt;
  rest.remove_prefix(rest.starts_with("\r\n") ? 2 : 1);
  text = rest;
  return separator;
}

char UsualSeparator(std::string_view text) {
  const std::string_view line = text.substr(0, text.find_first_of("\r\n"));
  return *std::max_element(kSeparators.begin(), kSeparators.end(),
                           [&](char a, char b) { return std::count(line.begin(), line.end(), a) < std::count(line.begin(), line.end(), b); });
}

void DropEmptyEnd(std::vector<std::string>& fields, std::size_t keep) {
  while (fields.size() > keep && fields.back().empty()) fields.pop_back();
}

}  // namespace

bool IsUtf8(std::string_view text) {
  for (std::size_t i = 0; i < text.size();) {
    const auto lead = static_cast<unsigned char>(text[i]);
    const std::size_t length = lead < 0x80                   ? 1
                               : lead >= 0xC2 && lead < 0xE0 ? 2
                               : lead >= 0xE0 && lead < 0xF0 ? 3
                               : lead >= 0xF0 && lead < 0xF5 ? 4
                                                             : 0;
    if (length == 0 || i + length > text.size()) return false;
    char32_t code = length == 1 ? lead : lead & (0xFFU >> (length + 1));
    for (std::size_t k = 1; k < length; ++k) {
      const auto next = static_cast<unsigned char>(text[i + k]);
      if ((next & 0xC0U) != 0x80) return false;
      code = code << 6U | (next & 0x3FU);
    }
    if ((length == 3 && (code < 0x800 || (code >= 0xD800 && code < 0xE000))) || (length == 4 && (code < 0x10000 || code > 0x10FFFF))) return false;
    i += length;
  }
  return true;
}

std::vector<CsvRow> ReadCsv(std::string_view text, const std::string& file, Diagnostics& out) {
  std::vector<CsvRow> rows;
  if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
  if (!IsUtf8(text)) {
    out.push_back({ErrorCode::TextEncoding, file, "", 0, {}});
    return rows;
  }
  const auto named = NamedSeparator(text);
  const char separator = named.value_or(UsualSeparator(text));
  std::int64_t line = named ? 2 : 1;
  std::size_t i = 0;
  auto end_of_field = [&] { return i >= text.size() || text[i] == separator || text[i] == '\n' || text[i] == '\r'; };
  while (i < text.size()) {
    CsvRow row{line, {}};
    bool good = true;
    for (bool more = true; more;) {
      std::string field;
      if (i < text.size() && text[i] == '"') {
        const std::int64_t opened = line;
        bool closed = false;
        for (++i; i < text.size() && !closed; ++i) {
          if (text[i] == '"' && i + 1 < text.size() && text[i + 1] == '"') {
            field += '"';
            ++i;
          } else if (text[i] == '"') {
            closed = true;
          } else {
            line += text[i] == '\n' ? 1 : 0;
            field += text[i];
          }
        }
        if (!closed || !end_of_field()) {
          out.push_back({ErrorCode::CsvSyntax, file, "", opened, {}});
          good = false;
          while (i < text.size() && text[i] != '\n') ++i;
        }
      } else {
        while (!end_of_field()) field += text[i++];
        if (field.find('"') != std::string::npos) {
          out.push_back({ErrorCode::CsvSyntax, file, "", line, {}});
          good = false;
        }
      }
      row.fields.push_back(std::move(field));
      more = i < text.size() && text[i] == separator;
      if (more) ++i;
    }
    if (i < text.size() && text[i] == '\r') ++i;
    if (i < text.size() && text[i] == '\n') ++i;
    ++line;
    DropEmptyEnd(row.fields, rows.empty() ? 0 : rows.front().fields.size());
    if (std::all_of(row.fields.begin(), row.fields.end(), [](const std::string& field) { return field.empty(); })) continue;
    if (good && !rows.empty() && row.fields.size() != rows.front().fields.size()) {
      out.push_back({ErrorCode::CsvColumns,
                     file,
                     "",
                     row.line,
                     {{"found", std::to_string(row.fields.size())}, {"want", std::to_string(rows.front().fields.size())}}});
      good = false;
    }
    if (good) rows.push_back(std::move(row));
  }
  return rows;
}

}  // namespace chuncheng
