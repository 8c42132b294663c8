#include "shared/snapshot/signature.h"

#include <sodium/core.h>
#include <sodium/crypto_sign.h>
#include <sodium/randombytes.h>
#include <sodium/utils.h>

#include <array>
#include <vector>

#include "shared/snapshot/manifest.h"

namespace chuncheng {
namespace {

using Bytes = std::vector<unsigned char>;

std::string Hex(const Bytes& bytes) {
  std::string out(bytes.size() * 2 + 1, '\0');
  sodium_bin2hex(out.data(), out.size(), bytes.data(), bytes.size());
  out.pop_back();
  return out;
}

// Exactly `size` bytes of lower-case hex, else nothing.
Bytes FromHex(std::string_view hex, std::size_t size) {
  if (hex.size() != size * 2 || hex.find_first_not_of("0123456789abcdef") != std::string_view::npos) return {};
  Bytes out(size);
  sodium_hex2bin(out.data(), out.size(), hex.data(), hex.size(), nullptr, nullptr, nullptr);
  return out;
}

const unsigned char* Data(std::string_view text) { return reinterpret_cast<const unsigned char*>(text.data()); }

std::string KeyFile(std::string_view format, std::string_view field, const Bytes& bytes) {
  json::object out;
  out["format"] = format;
  out[json::string_view(field.data(), field.size())] = Hex(bytes);
  return Canonical(out) + "\n";
}

Result<Bytes> ReadKey(std::string_view text, std::string_view file, std::string_view format, std::string_view field, std::size_t size) {
  const auto value = ParseJson(text, file);
  if (!value) return value.error();
  Diagnostics out;
  const Node root(*value, std::string(file), out);
  if (!root.Object({"format", field}) || !root.Format(format)) return out.front();
  const auto key = root.At(field);
  const auto hex = key ? key->String() : std::nullopt;
  if (!out.empty()) return out.front();
  Bytes bytes = FromHex(*hex, size);
  if (bytes.empty()) return Error{ErrorCode::KeyBad, std::string(file), key->pointer(), 0, {}};
  return bytes;
}

constexpr std::string_view kSecretFormat = "km-secret-key/1";
constexpr std::string_view kPublicFormat = "km-public-key/1";
constexpr std::string_view kUnsignedEnd = R"("signature":null})";
constexpr std::string_view kSignedBegin = R"("signature":")";
constexpr std::string_view kSignedEnd = R"("})";

}  // namespace

KeyFiles MakeKey() {
  if (sodium_init() < 0) return {};
  Bytes seed(crypto_sign_SEEDBYTES);
  Bytes shown(crypto_sign_PUBLICKEYBYTES);
  std::array<unsigned char, crypto_sign_SECRETKEYBYTES> secret{};
  randombytes_buf(seed.data(), seed.size());
  crypto_sign_seed_keypair(shown.data(), secret.data(), seed.data());
  return {KeyFile(kSecretFormat, "seed", seed), KeyFile(kPublicFormat, "key", shown)};
}

Result<std::string> SignManifest(std::string_view text, std::string_view file, std::string_view key, std::string_view key_file) {
  const auto seed = ReadKey(key, key_file, kSecretFormat, "seed", crypto_sign_SEEDBYTES);
  if (!seed) return seed.error();
  auto manifest = ReadManifest(text, file);
  if (!manifest) return manifest.error();
  manifest->signature.clear();
  const std::string unsigned_text = WriteManifest(*manifest);
  std::array<unsigned char, crypto_sign_PUBLICKEYBYTES> shown{};
  std::array<unsigned char, crypto_sign_SECRETKEYBYTES> secret{};
  Bytes signature(crypto_sign_BYTES);
  crypto_sign_seed_keypair(shown.data(), secret.data(), seed->data());
  crypto_sign_detached(signature.data(), nullptr, Data(unsigned_text), unsigned_text.size(), secret.data());
  sodium_memzero(secret.data(), secret.size());
  manifest->signature = Hex(signature);
  return WriteManifest(*manifest);
}

Result<bool> VerifyManifest(std::string_view text, std::string_view file, std::string_view key, std::string_view key_file) {
  const auto shown = ReadKey(key, key_file, kPublicFormat, "key", crypto_sign_PUBLICKEYBYTES);
  if (!shown) return shown.error();
  const Error bad{ErrorCode::SignatureBad, std::string(file), "/signature", 0, {}};
  if (text.ends_with(kUnsignedEnd)) return Error{ErrorCode::SignatureMissing, std::string(file), "/signature", 0, {}};
  constexpr std::size_t kHex = crypto_sign_BYTES * 2;
  const std::size_t end = kSignedBegin.size() + kHex + kSignedEnd.size();
  if (text.size() < end || !text.ends_with(kSignedEnd)) return bad;
  const std::string_view tail = text.substr(text.size() - end);
  const Bytes signature = FromHex(tail.substr(kSignedBegin.size(), kHex), crypto_sign_BYTES);
  if (!tail.starts_with(kSignedBegin) || signature.empty()) return bad;
  const std::string message = std::string(text.substr(0, text.size() - end)) + std::string(kUnsignedEnd);
  if (crypto_sign_verify_detached(signature.data(), Data(message), message.size(), shown->data()) != 0) return bad;
  return true;
}

}  // namespace chuncheng
