#include "shared/snapshot/language.h"

#include <gtest/gtest.h>

namespace chuncheng {
namespace {

Language Small() {
  return Language({{"lao", U"老"},
                   {"lv", U"绿"},
                   {"yang", U"养"},
                   {"yuan", U"院园"},
                   {"chang", U"长"},
                   {"zhang", U"长"},
                   {"an", U"安"},
                   {"xi", U"西"},
                   {"xian", U"县"}},
                  {{U'養', U'养'}, {U'縣', U'县'}});
}

std::string Written(const std::vector<Token>& tokens) {
  std::string out;
  for (const Token& token : tokens) {
    if (token.after_gap && !out.empty()) out += ' ';
    AppendUtf8(out, token.code);
  }
  return out;
}

TEST(Language, FoldsWidthCaseTraditionalAndPunctuation) {
  const Language language = Small();
  EXPECT_EQ(Written(language.Tokens("ＹＬＹ２")), "yly2");
  EXPECT_EQ(Written(language.Tokens("YLy")), "yly");
  EXPECT_EQ(Written(language.Tokens("養老院")), "养老院");
  EXPECT_EQ(Written(language.Tokens("  养老·院（老）")), "养老 院 老");
  EXPECT_EQ(Written(language.Tokens("①㎡")), "1m2") << "compatibility forms";
  EXPECT_TRUE(language.Tokens("！？—").empty());
}

TEST(Language, TokensKnowWhereTheyComeFrom) {
  const auto tokens = Small().Tokens("A（養）老");
  ASSERT_EQ(tokens.size(), 3U);
  EXPECT_EQ(tokens[0].source, 0U);
  EXPECT_EQ(tokens[1].source, 2U);
  EXPECT_EQ(tokens[2].source, 4U);
}

TEST(Language, ReadingsOfPolyphonesAndUnknownCharacters) {
  const Language language = Small();
  EXPECT_EQ(language.Readings(U'长'), (std::vector<std::string>{"chang", "zhang"}));
  EXPECT_EQ(language.Readings(U'绿'), (std::vector<std::string>{"lv"}));
  EXPECT_TRUE(language.Readings(U'龘').empty());
  EXPECT_EQ(language.Readings(U'7'), (std::vector<std::string>{"7"}));
}

TEST(Language, CutsLettersIntoSyllablesWithABeginningAtTheEnd) {
  const Language language = Small();
  using Cuts = std::vector<std::vector<std::string>>;
  EXPECT_EQ(language.Syllables("yanglaoyuan", 8), (Cuts{{"yang", "lao", "yuan"}}));
  EXPECT_EQ(language.Syllables("yanglaoyu", 8), (Cuts{{"yang", "lao", "yu"}}));
  EXPECT_EQ(language.Syllables("xian", 8), (Cuts{{"xian"}, {"xi", "an"}}));
  EXPECT_EQ(language.Syllables("xian", 1), (Cuts{{"xian"}}));
  EXPECT_TRUE(language.Syllables("qqq", 8).empty());
  EXPECT_TRUE(language.Syllables("", 8).empty());
  EXPECT_TRUE(language.Syllables(std::string(100, 'x'), 8).empty()) << "and it ends";
}

TEST(Language, EncodedAndDecodedAgain) {
  const std::string bytes = Small().Encode();
  const auto again = Language::Decode(bytes);
  ASSERT_TRUE(again);
  EXPECT_EQ(again->Encode(), bytes);
  for (const char* bad :
       {"", "{", "[]", "{\"readings\":{}}", "{\"readings\":[],\"simplified\":\"\"}", "{\"readings\":{\"a\":1},\"simplified\":\"\"}"})
    EXPECT_FALSE(Language::Decode(bad)) << bad;
}

TEST(Utf8, RoundTrip) {
  std::string out;
  for (char32_t code : DecodeUtf8("a¢昆\xF0\xA0\x80\x80")) AppendUtf8(out, code);
  EXPECT_EQ(out, "a¢昆\xF0\xA0\x80\x80");
}

}  // namespace
}  // namespace chuncheng
