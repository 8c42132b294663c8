#include "shared/base/error.h"

#include <gtest/gtest.h>

#include <set>

#include "shared/base/json.h"
#include "shared/tools/files.h"

namespace chuncheng {
namespace {

TEST(Error, EveryCodeHasOneNameAndOneMessage) {
  const auto text = ReadFile(CHUNCHENG_SOURCE "/i18n/zh-CN.json");
  ASSERT_TRUE(text);
  const auto messages = ParseJson(*text, "zh-CN.json");
  ASSERT_TRUE(messages);
  std::set<std::string_view> names;
  for (ErrorCode code : AllErrorCodes()) {
    EXPECT_TRUE(names.insert(Name(code)).second) << Name(code);
    EXPECT_TRUE(messages->get_object().contains("error." + std::string(Name(code)))) << Name(code);
  }
  for (const auto& member : messages->get_object()) {
    const std::string_view key(member.key().data(), member.key().size());
    if (!key.starts_with("error.")) continue;
    EXPECT_TRUE(names.contains(key.substr(6))) << key << " belongs to no code";
  }
}

TEST(Error, SuggestsOnlyWhatIsNear) {
  EXPECT_EQ(Nearest("agee", {"age", "birth_date"}), "age");
  EXPECT_EQ(Nearest("zzzzzz", {"age", "birth_date"}), "");
  // Those that are too long or too far are passed over, whatever comes before and after them.
  EXPECT_EQ(Nearest("abcdef", {"abcdefghijkl", "uvwxyz", "abcdxf", "abcdxx", "a"}), "abcdxf");
  EXPECT_EQ(Nearest("abcdef", {"abxdxf", "abcdxf", "abcdef"}), "abcdef");
}

TEST(Json, SyntaxErrorsNameTheLine) {
  const auto bad = ParseJson("{\n \"a\": 1,\n \"b\": }\n", "x.json");
  ASSERT_FALSE(bad);
  EXPECT_EQ(bad.error().code, ErrorCode::JsonSyntax);
  EXPECT_EQ(bad.error().row, 3);
  EXPECT_FALSE(ParseJson("{} {}", "x.json"));
  EXPECT_FALSE(ParseJson("", "x.json"));
  EXPECT_FALSE(ParseJson(std::string(100, '['), "x.json"));
  EXPECT_FALSE(ParseJson("\"\xff\"", "x.json"));
}

TEST(Json, CanonicalFormSortsKeysAtEveryLevel) {
  const auto value = ParseJson(R"({"b":[{"z":1,"a":"\u0001中"}],"a":null})", "x.json");
  ASSERT_TRUE(value);
  EXPECT_EQ(Canonical(*value), R"({"a":null,"b":[{"a":"\u0001中","z":1}]})");
}

}  // namespace
}  // namespace chuncheng
