#include "shared/snapshot/manifest.h"

#include <gtest/gtest.h>

#include "shared/snapshot/sha256.h"

namespace chuncheng {
namespace {

std::string Refused(const std::string& text) {
  const auto read = ReadManifest(text, "manifest.json");
  return read ? "" : std::string(Name(read.error().code)) + " " + read.error().pointer;
}

TEST(Sha256, OfTheStandardsExample) {
  // FIPS 180-4, one block and the empty message.
  EXPECT_EQ(Sha256Hex("abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  EXPECT_EQ(Sha256Hex(""), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
}

TEST(Manifest, WrittenAndReadAgain) {
  const Manifest manifest{"2026-11-23", 7, {Describe("facilities", "db", "data"), Describe("policy", "json", "{}")}, ""};
  const std::string text = WriteManifest(manifest);
  const auto read = ReadManifest(text, "manifest.json");
  ASSERT_TRUE(read);
  EXPECT_EQ(WriteManifest(*read), text);
  EXPECT_EQ(read->files[1].name, "policy." + Sha256Hex("{}").substr(0, 16) + ".json");
  EXPECT_TRUE(Verify(*read, "facilities", "data"));
}

TEST(Manifest, AnotherFileIsRefused) {
  const Manifest manifest{"2026-11-23", 1, {Describe("policy", "json", "{}")}, ""};
  EXPECT_EQ(Verify(manifest, "policy", "{ }").error().code, ErrorCode::SnapshotHash);
  EXPECT_EQ(Verify(manifest, "policy", "[]").error().code, ErrorCode::SnapshotHash) << "the same size";
  EXPECT_EQ(Verify(manifest, "policy", "").error().code, ErrorCode::SnapshotHash);
  EXPECT_EQ(Verify(manifest, "facilities", "{}").error().code, ErrorCode::SnapshotFile);
}

TEST(Manifest, BadOnesAreLocated) {
  const std::string good = WriteManifest({"2026-11-23", 1, {Describe("policy", "json", "{}")}, ""});
  EXPECT_EQ(Refused(good), "");
  auto with = [&](const std::string& from, const std::string& to) {
    std::string text = good;
    const auto at = text.find(from);
    EXPECT_NE(at, std::string::npos) << from;
    return Refused(text.replace(at, from.size(), to));
  };
  EXPECT_EQ(Refused(""), "json.syntax ");
  EXPECT_EQ(Refused("<!doctype html>"), "json.syntax ");
  EXPECT_EQ(Refused("[]"), "json.type ");
  EXPECT_EQ(Refused("{}"), "json.missing ");
  EXPECT_EQ(with("km-snapshot/1", "km-snapshot/9"), "format.version /format");
  EXPECT_EQ(with("2026-11-23", "2026-11-31"), "date.bad /data_date");
  EXPECT_EQ(with("\"policy.", "\"../policy."), "snapshot.file /files/policy");
  EXPECT_EQ(with("\"policy.", "\".policy."), "snapshot.file /files/policy");
  // Nothing that is more than one file's name, as a path or as an address.
  for (const char* name :
       {"pol..icy.", "a/policy.", "a\\\\policy.", "http:policy.", "a?policy.", "a#policy.", "a%2fpolicy.", "a policy.", "\\u0000policy."}) {
    EXPECT_EQ(with("\"policy.", std::string("\"") + name), "snapshot.file /files/policy") << name;
  }
  EXPECT_EQ(with("\"policy.", "\"policy_2.zh-Hant."), "");
  EXPECT_EQ(with("\"sha256\":\"", "\"sha256\":\"z"), "snapshot.file /files/policy");
  EXPECT_EQ(with("\"bytes\":2", "\"bytes\":-2"), "snapshot.file /files/policy");
  EXPECT_EQ(with("\"bytes\":2", "\"bytes\":\"2\""), "json.type /files/policy/bytes");
  for (std::size_t size = 0; size + 1 < good.size(); ++size) EXPECT_NE(Refused(good.substr(0, size)), "") << size;
}

}  // namespace
}  // namespace chuncheng
