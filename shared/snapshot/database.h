// SQLite over memory: no file is ever opened. Errors: DatabaseBad.
#pragma once
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "shared/base/result.h"

struct sqlite3;
struct sqlite3_stmt;

namespace chuncheng {

constexpr std::uint32_t kDatabaseId = 0x4B4D4643;  ///< SQLite application_id: "KMFC"
constexpr std::uint32_t kDatabaseVersion = 3;      ///< SQLite user_version

/// A prepared statement. A failed step ends the rows and leaves ok() false.
class Statement {
 public:
  explicit Statement(sqlite3_stmt* statement) : statement_(statement) {}
  bool ok() const { return ok_; }
  void Bind(int index, std::int64_t value);
  void Bind(int index, std::string_view value);
  void BindNull(int index);
  bool Step();
  void Reset();
  bool IsNull(int column) const;
  std::int64_t Int(int column) const;
  std::string Text(int column) const;

 private:
  struct Close {
    void operator()(sqlite3_stmt* statement) const;
  };
  std::unique_ptr<sqlite3_stmt, Close> statement_;
  bool ok_ = true;
};

class Database {
 public:
  /// Empty, for the builder.
  static Result<Database> Create();
  /// A copy of the bytes, read-only. Refuses what is no whole database of this format before SQLite sees it.
  static Result<Database> Open(std::string_view bytes);

  Result<bool> Execute(const char* sql);
  Result<Statement> Prepare(std::string_view sql) const;
  std::string Serialize() const;

 private:
  struct Close {
    void operator()(sqlite3* database) const;
  };
  explicit Database(sqlite3* database) : database_(database) {}
  std::unique_ptr<sqlite3, Close> database_;
};

}  // namespace chuncheng
