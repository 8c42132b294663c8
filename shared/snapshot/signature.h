// Ed25519 signatures of manifests, by libsodium. Native only: the page checks them with a library of its own.
#pragma once
#include <string>
#include <string_view>

#include "shared/base/result.h"

namespace chuncheng {

struct KeyFiles {
  std::string secret;  ///< the text of a secret key file
  std::string shown;   ///< the text of the public key file that belongs to it
};

/// A new pair from the system's random numbers.
KeyFiles MakeKey();

/// The manifest's text with its signature, whether it had one or not. Deterministic: the same text and key give the same bytes.
/// Errors: those of ReadManifest; KeyBad when `key` is no secret key file.
Result<std::string> SignManifest(std::string_view text, std::string_view file, std::string_view key, std::string_view key_file);

/// Was exactly this text signed with the secret key that belongs to `key`? Errors: SignatureMissing, SignatureBad, KeyBad.
Result<bool> VerifyManifest(std::string_view text, std::string_view file, std::string_view key, std::string_view key_file);

}  // namespace chuncheng
