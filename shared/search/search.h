// Facility search over a snapshot's database: docs/interfaces.md section 6.
#pragma once
#include <map>
#include <string>
#include <vector>

#include "shared/base/json.h"
#include "shared/snapshot/database.h"
#include "shared/snapshot/language.h"

namespace chuncheng {

class Search {
 public:
  /// Copies the bytes. Error: DatabaseBad.
  static Result<Search> Open(std::string_view bytes);

  /// A query, or {"suggest":text}. Errors: those of reading JSON, QueryLong (over 100 characters), ValueBad, RangeBad, DatabaseBad.
  /// Cost: one FTS5 phrase query, then linear in its matches.
  Result<json::value> Answer(const json::value& query, std::string_view file) const;

 private:
  struct Word {
    std::string kind, code, text;
    bool first = false;
  };
  friend class Asking;
  Search(Database database, Language language, std::vector<Word> words)
      : database_(std::move(database)), language_(std::move(language)), words_(std::move(words)) {}

  Database database_;
  Language language_;
  std::vector<Word> words_;
};

}  // namespace chuncheng
