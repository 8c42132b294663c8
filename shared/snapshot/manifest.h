// The list of a snapshot's files and their hashes.
#pragma once
#include <string>
#include <vector>

#include "shared/base/json.h"

namespace chuncheng {

struct ManifestFile {
  std::string key;     ///< "policy", "facilities", "texts.zh-CN"
  std::string name;    ///< <key>.<16 hex of sha256>.<ending>
  std::string sha256;  ///< 64 hex
  std::int64_t bytes = 0;
};

struct Manifest {
  std::string data_date;
  std::int64_t counter = 0;
  std::vector<ManifestFile> files;  ///< ascending by key
  std::string signature;            ///< 128 hex, "" = not signed
};

/// Exactly so many lower-case hex digits?
bool IsHex(std::string_view text, std::size_t digits);
/// The entry of a file with these bytes.
ManifestFile Describe(std::string_view key, std::string_view ending, std::string_view bytes);
std::string WriteManifest(const Manifest& manifest);
/// The signature is read, not checked. Errors: JsonSyntax, FormatVersion, SnapshotFile (a name that is not letters, digits, `-`, `_` and single
/// dots, or a hash that is none), SignatureBad (neither null nor 128 hex).
Result<Manifest> ReadManifest(std::string_view text, std::string_view file);
/// Is this the file the manifest means? Errors: SnapshotFile when the key is not listed, SnapshotHash when size or hash differ.
Result<bool> Verify(const Manifest& manifest, std::string_view key, std::string_view bytes);
/// May a client that has `before` go on to `after`? Error: SnapshotOlder unless the counter is higher and the data not of an earlier day.
Result<bool> Follows(const Manifest& before, const Manifest& after);

}  // namespace chuncheng
