#include "shared/snapshot/csv.h"

#include <gtest/gtest.h>

namespace chuncheng {
namespace {

std::string Said(const Diagnostics& problems) {
  std::string out;
  for (const Error& error : problems) out += std::string(Name(error.code)) + " " + error.file + ":" + std::to_string(error.row) + "\n";
  return out;
}

std::vector<CsvRow> Read(std::string_view text, std::string* said = nullptr) {
  Diagnostics problems;
  auto rows = ReadCsv(text, "x.csv", problems);
  if (said != nullptr) {
    *said = Said(problems);
  } else {
    EXPECT_EQ(Said(problems), "");
  }
  return rows;
}

using Fields = std::vector<std::string>;

TEST(Csv, ByteOrderMarkQuotesLineBreaksAndEndings) {
  const auto rows = Read("\xEF\xBB\xBFid,name\r\n1,\"春城 \"\"一\"\"\n二, 三\"\n\n2,\r\n3,末");
  ASSERT_EQ(rows.size(), 4U);
  EXPECT_EQ(rows[0].fields, (Fields{"id", "name"}));
  EXPECT_EQ(rows[1].fields, (Fields{"1", "春城 \"一\"\n二, 三"}));
  EXPECT_EQ(rows[2].fields, (Fields{"2", ""}));
  EXPECT_EQ(rows[3].fields, (Fields{"3", "末"}));
  EXPECT_EQ(rows[0].line, 1);
  EXPECT_EQ(rows[1].line, 2);
  EXPECT_EQ(rows[2].line, 5) << "a quoted line break and an empty line count";
  EXPECT_EQ(rows[3].line, 6);
  EXPECT_TRUE(Read("").empty());
}

TEST(Csv, WrongRowsAreReportedAndLeftOut) {
  std::string said;
  auto rows = Read("a,b\n1\n1,2,3\n4,5\n", &said);
  EXPECT_EQ(said, "csv.columns x.csv:2\ncsv.columns x.csv:3\n");
  ASSERT_EQ(rows.size(), 2U);
  EXPECT_EQ(rows[1].fields, (Fields{"4", "5"}));
  rows = Read("a,b\n1,\"x\"y\n2,z\"z\n3,4\n5,\"open\n6,7\n", &said);
  EXPECT_EQ(said, "csv.syntax x.csv:2\ncsv.syntax x.csv:3\ncsv.syntax x.csv:5\n");
  ASSERT_EQ(rows.size(), 2U);
  EXPECT_EQ(rows[1].fields, (Fields{"3", "4"}));
}

TEST(Csv, SeparatorsOfSpreadsheets) {
  std::string said;
  for (const char* text :
       {"a,b\n1,\"x;y\"\n", "a;b\n1;x;y\n", "a;b\n1;\"x;y\"\n", "sep=;\na;b\n1;\"x;y\"\n", "sep=\t\r\na\tb\r\n1\tx;y\r\n", "a\tb\r1\tx;y\r"}) {
    const auto rows = Read(text, &said);
    const bool extra = std::string(text) == "a;b\n1;x;y\n";
    EXPECT_EQ(said, extra ? "csv.columns x.csv:2\n" : "") << text;
    ASSERT_EQ(rows.size(), extra ? 1U : 2U) << text;
    EXPECT_EQ(rows[0].fields, (Fields{"a", "b"})) << text;
    if (!extra) {
      EXPECT_EQ(rows[1].fields, (Fields{"1", "x;y"})) << text;
    }
  }
  const auto rows = Read("sep=;\na;b\n1\n", &said);
  EXPECT_EQ(said, "csv.columns x.csv:3\n") << "lines are counted with the first";
  EXPECT_EQ(Read("sep=|\n", &said)[0].fields, (Fields{"sep=|"})) << "no separator of ours";
}

TEST(Csv, EmptyColumnsAndRowsAtTheEnd) {
  std::string said;
  const auto rows = Read("a,b,,\n1,2,,\n3,,,\n,,,\n,,\n4,5,6,\n", &said);
  EXPECT_EQ(said, "csv.columns x.csv:6\n") << "what is not empty has no column";
  ASSERT_EQ(rows.size(), 3U);
  EXPECT_EQ(rows[0].fields, (Fields{"a", "b"}));
  EXPECT_EQ(rows[2].fields, (Fields{"3", ""}));
}

TEST(Csv, OnlyUtf8) {
  std::string said;
  EXPECT_TRUE(Read("id\n\xC0\x80\n", &said).empty());
  EXPECT_EQ(said, "text.encoding x.csv:0\n");
  EXPECT_TRUE(IsUtf8("昆明 \xF0\xA0\x80\x80"));
  for (const char* bad :
       {"\x80", "\xC1\xBF", "\xE0\x80\x80", "\xED\xA0\x80", "\xF0\x80\x80\x80", "\xF4\x90\x80\x80", "\xF5\x80\x80\x80", "\xE6\x98", "\xC4\xE3"})
    EXPECT_FALSE(IsUtf8(bad)) << bad;
}

}  // namespace
}  // namespace chuncheng
