// A manifest as the network may bring it.
#include "shared/snapshot/manifest.h"

#include "tests/fuzz/fuzz.h"

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace chuncheng;
  const auto manifest = ReadManifest({reinterpret_cast<const char*>(data), size}, "manifest.json");
  if (!manifest) return 0;
  for (const auto& file : manifest->files) {
    Must(file.name.find('/') == std::string::npos && file.name.find("..") == std::string::npos &&
             file.name.find_first_of("\\:?#%") == std::string::npos,
         "a file's name leads nowhere else");
    Must(IsHex(file.sha256, 64) && file.bytes >= 0, "a hash is a hash and a size a size");
    Must(!Verify(*manifest, file.key, "other bytes than meant"), "bytes of another hash are refused");
  }
  const std::string written = WriteManifest(*manifest);
  const auto again = ReadManifest(written, "manifest.json");
  Must(static_cast<bool>(again) && WriteManifest(*again) == written, "a manifest is read back as it was written");
  Must(!Follows(*manifest, *again), "the same manifest is no newer one");
  return 0;
}
