#include "shared/snapshot/encoding.h"

#include <gtest/gtest.h>

namespace chuncheng {
namespace {

// The place of what is refused, else the text.
std::string Read(std::string_view bytes) {
  const auto text = ToUtf8(bytes, "x.csv");
  return text ? *text : std::string(Name(text.error().code)) + ":" + std::to_string(text.error().row);
}

TEST(Encoding, Utf8StaysAsItIs) {
  for (const char* text : {"", "id,name\n", "昆明市\n", "\xEF\xBB\xBF昆明", "𠀀"}) EXPECT_EQ(Read(text), text);
}

TEST(Encoding, Gb18030IsRecognised) {
  EXPECT_EQ(Read("id,name\n1,\xC0\xA5\xC3\xF7\xCA\xD0\xD1\xF8\xC0\xCF\xD4\xBA\n"), "id,name\n1,昆明市养老院\n");
  EXPECT_EQ(Read("\x81\x39\xEE\x39"), "㐀") << "four bytes";
  EXPECT_EQ(Read("\x95\x32\x82\x36"), "𠀀") << "beyond the basic plane";
  EXPECT_EQ(Read("\xC8\xFD"), "三") << "one character is enough";
}

TEST(Encoding, WhatIsNeitherIsRefusedWithItsLine) {
  EXPECT_EQ(Read("a\n\xC0\xA5\n\xFF\n"), "text.encoding:3");
  EXPECT_EQ(Read("a\n\xC0"), "text.encoding:2") << "cut off within a character";
  EXPECT_EQ(Read(std::string_view("\xFF\xFEi\0d\0", 6)), "text.encoding:1") << "UTF-16";
  EXPECT_EQ(Read(std::string_view("i\0d\0\n\0", 6)), "text.encoding:1") << "UTF-16 without a mark";
}

TEST(Encoding, DamagedUtf8IsNotTakenForGb18030) {
  EXPECT_EQ(Read("昆明市\n昆\xE6\x98市养老院\n"), "text.encoding:2");
  EXPECT_EQ(Read("\xEF\xBB\xBFid\n\xC0\xA5\n"), "text.encoding:2") << "it says it is UTF-8";
}

}  // namespace
}  // namespace chuncheng
