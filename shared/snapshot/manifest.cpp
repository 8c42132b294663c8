#include "shared/snapshot/manifest.h"

#include <algorithm>

#include "shared/snapshot/sha256.h"

namespace chuncheng {

bool IsHex(std::string_view text, std::size_t digits) {
  return text.size() == digits && text.find_first_not_of("0123456789abcdef") == std::string_view::npos;
}

namespace {

// A name that is one file beside the manifest on every file system and as an address: no folder, no scheme, no query, nothing hidden.
bool IsPlainName(std::string_view name) {
  constexpr std::string_view kTaken = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.";
  return !name.empty() && name.front() != '.' && name.find("..") == std::string_view::npos &&
         name.find_first_not_of(kTaken) == std::string_view::npos;
}

}  // namespace

ManifestFile Describe(std::string_view key, std::string_view ending, std::string_view bytes) {
  const std::string hash = Sha256Hex(bytes);
  return {std::string(key), std::string(key) + "." + hash.substr(0, 16) + "." + std::string(ending), hash, static_cast<std::int64_t>(bytes.size())};
}

std::string WriteManifest(const Manifest& manifest) {
  json::object files;
  for (const ManifestFile& file : manifest.files) {
    json::object one;
    one["name"] = file.name;
    one["sha256"] = file.sha256;
    one["bytes"] = file.bytes;
    files[file.key] = std::move(one);
  }
  json::object out;
  out["format"] = "km-snapshot/1";
  out["data_date"] = manifest.data_date;
  out["counter"] = manifest.counter;
  out["files"] = std::move(files);
  out["signature"] = nullptr;
  if (!manifest.signature.empty()) out["signature"] = manifest.signature;
  return Canonical(out);
}

Result<Manifest> ReadManifest(std::string_view text, std::string_view file) {
  const auto value = ParseJson(text, file);
  if (!value) return value.error();
  Diagnostics out;
  const Node root(*value, std::string(file), out);
  Manifest manifest;
  if (!root.Object({"format", "data_date", "counter", "files", "signature"}) || !root.Format("km-snapshot/1")) return out.front();
  if (const auto date = root.At("data_date"); date && date->Date()) manifest.data_date = date->String().value_or("");
  if (const auto counter = root.At("counter")) manifest.counter = counter->Int().value_or(0);
  if (const auto files = root.At("files")) {
    for (const auto& [key, node] : files->Members()) {
      ManifestFile one{key, "", "", 0};
      if (!node.Object({"name", "sha256", "bytes"})) continue;
      if (const auto name = node.At("name")) one.name = name->String().value_or("");
      if (const auto hash = node.At("sha256")) one.sha256 = hash->String().value_or("");
      if (const auto bytes = node.At("bytes")) one.bytes = bytes->Int().value_or(-1);
      const bool hex = IsHex(one.sha256, 64);
      if (!hex || !IsPlainName(one.name) || one.bytes < 0) node.Report(ErrorCode::SnapshotFile, {{"name", key}});
      manifest.files.push_back(std::move(one));
    }
  }
  if (const auto signature = root.At("signature"); signature && !signature->value().is_null()) {
    manifest.signature = signature->String().value_or("");
    if (!IsHex(manifest.signature, 128)) signature->Report(ErrorCode::SignatureBad);
  }
  if (!out.empty()) return out.front();
  std::sort(manifest.files.begin(), manifest.files.end(), [](const auto& a, const auto& b) { return a.key < b.key; });
  return manifest;
}

Result<bool> Verify(const Manifest& manifest, std::string_view key, std::string_view bytes) {
  const auto found = std::find_if(manifest.files.begin(), manifest.files.end(), [&](const ManifestFile& f) { return f.key == key; });
  if (found == manifest.files.end()) return Error{ErrorCode::SnapshotFile, "manifest.json", "/files", 0, {{"name", std::string(key)}}};
  if (static_cast<std::int64_t>(bytes.size()) != found->bytes || Sha256Hex(bytes) != found->sha256) {
    return Error{ErrorCode::SnapshotHash, found->name, "", 0, {{"name", found->name}}};
  }
  return true;
}

Result<bool> Follows(const Manifest& before, const Manifest& after) {
  if (after.counter > before.counter && after.data_date >= before.data_date) return true;
  return Error{ErrorCode::SnapshotOlder,
               "manifest.json",
               "",
               0,
               {{"counter", std::to_string(after.counter)},
                {"date", after.data_date},
                {"old_counter", std::to_string(before.counter)},
                {"old_date", before.data_date}}};
}

}  // namespace chuncheng
