#include "shared/snapshot/database.h"

#include <sqlite3.h>

#include <cstring>
#include <limits>

namespace chuncheng {
namespace {

Error Bad() { return Error{ErrorCode::DatabaseBad, "", "", 0, {}}; }

std::uint32_t BigEndian(std::string_view bytes, std::size_t at, std::size_t size) {
  std::uint32_t value = 0;
  for (std::size_t i = 0; i < size; ++i) value = value << 8U | static_cast<unsigned char>(bytes[at + i]);
  return value;
}

}  // namespace

void Statement::Close::operator()(sqlite3_stmt* statement) const { sqlite3_finalize(statement); }
void Database::Close::operator()(sqlite3* database) const { sqlite3_close(database); }

void Statement::Bind(int index, std::int64_t value) { ok_ = ok_ && sqlite3_bind_int64(statement_.get(), index, value) == SQLITE_OK; }
void Statement::Bind(int index, std::string_view value) {
  ok_ = ok_ && sqlite3_bind_text64(statement_.get(), index, value.data(), value.size(), SQLITE_TRANSIENT, SQLITE_UTF8) == SQLITE_OK;
}
void Statement::BindNull(int index) { ok_ = ok_ && sqlite3_bind_null(statement_.get(), index) == SQLITE_OK; }

bool Statement::Step() {
  if (!ok_) return false;
  const int code = sqlite3_step(statement_.get());
  ok_ = code == SQLITE_ROW || code == SQLITE_DONE;
  return code == SQLITE_ROW;
}

void Statement::Reset() {
  sqlite3_reset(statement_.get());
  sqlite3_clear_bindings(statement_.get());
}

bool Statement::IsNull(int column) const { return sqlite3_column_type(statement_.get(), column) == SQLITE_NULL; }
std::int64_t Statement::Int(int column) const { return sqlite3_column_int64(statement_.get(), column); }
std::string Statement::Text(int column) const {
  const auto* text = sqlite3_column_text(statement_.get(), column);
  const auto size = static_cast<std::size_t>(sqlite3_column_bytes(statement_.get(), column));
  return text == nullptr ? "" : std::string(reinterpret_cast<const char*>(text), size);
}

Result<Database> Database::Create() {
  sqlite3* raw = nullptr;
  const int code = sqlite3_initialize() == SQLITE_OK ? sqlite3_open(":memory:", &raw) : SQLITE_ERROR;
  Database database(raw);
  if (code != SQLITE_OK) return Bad();
  return database;
}

Result<Database> Database::Open(std::string_view bytes) {
  constexpr std::size_t kHeader = 100;
  if (bytes.size() < kHeader || !bytes.starts_with(std::string_view("SQLite format 3\0", 16))) return Bad();
  const std::uint32_t stated = BigEndian(bytes, 16, 2);
  const std::uint64_t page = stated == 1 ? 65536 : stated;
  if (page * BigEndian(bytes, 28, 4) != bytes.size() || BigEndian(bytes, 68, 4) != kDatabaseId || BigEndian(bytes, 60, 4) != kDatabaseVersion) {
    return Bad();
  }
  auto database = Create();
  if (!database) return Bad();
  auto* copy = static_cast<unsigned char*>(sqlite3_malloc64(bytes.size()));
  if (copy == nullptr) return Bad();
  std::memcpy(copy, bytes.data(), bytes.size());
  const auto size = static_cast<sqlite3_int64>(bytes.size());
  // SQLite frees the copy, also when it refuses it.
  const unsigned flags = SQLITE_DESERIALIZE_FREEONCLOSE | SQLITE_DESERIALIZE_READONLY;
  if (sqlite3_deserialize(database->database_.get(), "main", copy, size, size, flags) != SQLITE_OK) return Bad();
  if (!database->Execute("PRAGMA trusted_schema=OFF; PRAGMA cell_size_check=ON")) return Bad();
  return database;
}

Result<bool> Database::Execute(const char* sql) {
  if (sqlite3_exec(database_.get(), sql, nullptr, nullptr, nullptr) != SQLITE_OK) return Bad();
  return true;
}

Result<Statement> Database::Prepare(std::string_view sql) const {
  sqlite3_stmt* statement = nullptr;
  if (sqlite3_prepare_v2(database_.get(), sql.data(), static_cast<int>(sql.size()), &statement, nullptr) != SQLITE_OK) return Bad();
  return Statement(statement);
}

std::string Database::Serialize() const {
  sqlite3_int64 size = 0;
  unsigned char* bytes = sqlite3_serialize(database_.get(), "main", &size, 0);
  std::string out = bytes == nullptr ? "" : std::string(reinterpret_cast<char*>(bytes), static_cast<std::size_t>(size));
  sqlite3_free(bytes);
  return out;
}

}  // namespace chuncheng

// SQLite is compiled without an operating system (SQLITE_OS_OTHER): databases live in memory, there is no clock and no chance.
extern "C" {

static int RefuseOpen(sqlite3_vfs* /*vfs*/, const char* /*name*/, sqlite3_file* file, int /*flags*/, int* /*out*/) {
  file->pMethods = nullptr;
  return SQLITE_CANTOPEN;
}
static int RefuseDelete(sqlite3_vfs* /*vfs*/, const char* /*name*/, int /*sync*/) { return SQLITE_IOERR_DELETE; }
static int NothingThere(sqlite3_vfs* /*vfs*/, const char* /*name*/, int /*flags*/, int* out) {
  *out = 0;
  return SQLITE_OK;
}
static int SameName(sqlite3_vfs* /*vfs*/, const char* name, int size, char* out) {
  sqlite3_snprintf(size, out, "%s", name);
  return SQLITE_OK;
}
static int Zeros(sqlite3_vfs* /*vfs*/, int size, char* out) {
  std::memset(out, 0, static_cast<std::size_t>(size));
  return size;
}
static int NoSleep(sqlite3_vfs* /*vfs*/, int /*microseconds*/) { return 0; }
static int NoTime(sqlite3_vfs* /*vfs*/, double* out) {
  *out = 0;
  return SQLITE_OK;
}
static int NoError(sqlite3_vfs* /*vfs*/, int /*size*/, char* /*out*/) { return 0; }

int sqlite3_os_init(void) {
  static sqlite3_vfs vfs = {1,
                            sizeof(sqlite3_file),
                            512,
                            nullptr,
                            "none",
                            nullptr,
                            RefuseOpen,
                            RefuseDelete,
                            NothingThere,
                            SameName,
                            nullptr,
                            nullptr,
                            nullptr,
                            nullptr,
                            Zeros,
                            NoSleep,
                            NoTime,
                            NoError,
                            nullptr,
                            nullptr,
                            nullptr,
                            nullptr};
  return sqlite3_vfs_register(&vfs, 1);
}
int sqlite3_os_end(void) { return SQLITE_OK; }
}
