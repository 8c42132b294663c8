#include "shared/snapshot/signature.h"

#include <gtest/gtest.h>

#include "shared/snapshot/manifest.h"

namespace chuncheng {
namespace {

// RFC 8032, 7.1, test 1: the two halves of one pair.
const std::string kSecret = R"({"format":"km-secret-key/1","seed":"9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60"})";
const std::string kPublic = R"({"format":"km-public-key/1","key":"d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a"})";

std::string Plain() { return WriteManifest({"2026-11-23", 7, {Describe("policy", "json", "{}")}, ""}); }

std::string Signed() {
  const auto text = SignManifest(Plain(), "manifest.json", kSecret, "a.key");
  EXPECT_TRUE(text);
  return text ? *text : "";
}

std::string Refused(const std::string& text, const std::string& key = kPublic) {
  const auto good = VerifyManifest(text, "manifest.json", key, "a.pub");
  return good ? "" : std::string(Name(good.error().code)) + " " + good.error().file;
}

TEST(Signature, SignedTextIsAcceptedAndStaysTheSame) {
  const std::string text = Signed();
  EXPECT_EQ(Refused(text), "");
  EXPECT_EQ(Signed(), text) << "Ed25519 is deterministic";
  const auto again = SignManifest(text, "manifest.json", kSecret, "a.key");
  ASSERT_TRUE(again);
  EXPECT_EQ(*again, text) << "signing what is signed";
  EXPECT_TRUE(text.starts_with(Plain().substr(0, Plain().size() - 5)));
}

TEST(Signature, AnyOtherByteIsRefused) {
  const std::string text = Signed();
  EXPECT_EQ(Refused(Plain()), "signature.missing manifest.json");
  for (std::size_t i = 0; i < text.size(); ++i) {
    for (const char bit : {'\x01', '\x20', '\x40'}) {
      std::string other = text;
      other[i] = static_cast<char>(other[i] ^ bit);
      EXPECT_EQ(Refused(other), "signature.bad manifest.json") << i;
    }
    EXPECT_NE(Refused(text.substr(0, i)), "") << i;
  }
  EXPECT_NE(Refused(text + "\n"), "");
  EXPECT_NE(Refused(" " + text), "");
}

TEST(Signature, AnotherKeyIsRefused) {
  const KeyFiles one = MakeKey();
  const KeyFiles two = MakeKey();
  EXPECT_NE(one.secret, two.secret);
  const auto text = SignManifest(Plain(), "manifest.json", one.secret, "one.key");
  ASSERT_TRUE(text);
  EXPECT_EQ(Refused(*text, one.shown), "");
  EXPECT_EQ(Refused(*text, two.shown), "signature.bad manifest.json");
  EXPECT_EQ(Refused(*text), "signature.bad manifest.json");
}

TEST(Signature, KeyFilesAreChecked) {
  const std::string text = Signed();
  EXPECT_EQ(Refused(text, kSecret), "json.unknown_key a.pub") << "the wrong half";
  EXPECT_EQ(Refused(text, ""), "json.syntax a.pub");
  EXPECT_EQ(Refused(text, R"({"format":"km-public-key/1","key":"d75a"})"), "key.bad a.pub");
  EXPECT_EQ(Refused(text, R"({"format":"km-public-key/2","key":"d75a"})"), "format.version a.pub");
  const auto wrong = SignManifest(Plain(), "manifest.json", kPublic, "a.key");
  EXPECT_FALSE(wrong);
  const auto broken = SignManifest("{", "manifest.json", kSecret, "a.key");
  ASSERT_FALSE(broken);
  EXPECT_EQ(broken.error().file, "manifest.json");
}

TEST(Manifest, ClientsNeverGoBackwards) {
  const Manifest before{"2026-11-23", 7, {}, ""};
  auto follows = [&](const std::string& date, std::int64_t counter) { return static_cast<bool>(Follows(before, {date, counter, {}, ""})); };
  EXPECT_TRUE(follows("2026-11-23", 8));
  EXPECT_TRUE(follows("2027-01-01", 9));
  EXPECT_FALSE(follows("2026-11-23", 7));
  EXPECT_FALSE(follows("2027-01-01", 7));
  EXPECT_FALSE(follows("2027-01-01", 6));
  EXPECT_FALSE(follows("2026-11-22", 8));
  EXPECT_EQ(Follows(before, before).error().code, ErrorCode::SnapshotOlder);
}

}  // namespace
}  // namespace chuncheng
