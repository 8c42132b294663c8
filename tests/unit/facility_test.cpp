#include "shared/snapshot/facility.h"

#include <gtest/gtest.h>

namespace chuncheng {
namespace {

const std::vector<District> kDistricts = {{"guandu", "官渡区", {"官渡"}}, {"wuhua", "五华区", {"五华"}}};
const std::string kHeader = "id,name,type,district,phone,beds,stage,lat,lon,price_min,price_max,source,source_date,confidence\n";

std::vector<Facility> Read(const std::string& text, std::string& said) {
  Diagnostics problems;
  std::vector<Facility> out;
  ReadFacilities(text, "f.csv", kDistricts, out, problems);
  said.clear();
  for (const Error& error : problems) {
    std::string value;
    for (const auto& [name, text_of] : error.args) value += name == "value" ? "=" + text_of : "";
    said += std::string(Name(error.code)) + " " + error.file + ":" + std::to_string(error.row) + " " + error.pointer + value + "\n";
  }
  return out;
}

TEST(Facilities, MarksOfDirectionAndControlCharactersAreRefused) {
  std::string said;
  for (const char* mark : {"\u202E", "\u202A", "\u2066", "\u2069", "\u200F", "\u200E", "\x01", "\x7F", "\x1B"}) {
    const std::string name = std::string("甲") + mark + "养老院";
    Read(kHeader + "a," + name + ",elder_home,guandu,,,open,,,,,市民政局,2024-06-27,official\n", said);
    EXPECT_EQ(said, "csv.value f.csv:2 name=" + name + "\n");
  }
  // Neighbours of the refused ones, and a name that a browser would show as it is.
  Read(kHeader + "a,甲\u2070\u2013“康” & <b>颐</b>养老院,elder_home,guandu,,,open,,,,,市民政局,2024-06-27,official\n", said);
  EXPECT_EQ(said, "");
}

TEST(Facilities, EmptyIsUnknownNotZero) {
  std::string said;
  const auto rows = Read(kHeader +
                             "a,甲养老院,elder_home,guandu,0871-6301 1234,,open,,,,,市民政局,2024-06-27,official\n"
                             "b,乙养老院,elder_home,,,0,planned,25.04,102.712345,0,1500,方案,,plan\n",
                         said);
  EXPECT_EQ(said, "");
  ASSERT_EQ(rows.size(), 2U);
  EXPECT_EQ(rows[0].beds, std::nullopt);
  EXPECT_EQ(rows[0].lat_e6, std::nullopt);
  EXPECT_EQ(rows[0].price_max, std::nullopt);
  EXPECT_EQ(rows[1].beds, 0);
  EXPECT_EQ(rows[1].lat_e6, 25040000);
  EXPECT_EQ(rows[1].lon_e6, 102712345);
  EXPECT_EQ(rows[1].price_min, 0);
}

TEST(Facilities, EachBadFieldIsLocatedAndOnlyItsRowLost) {
  std::string said;
  const auto rows = Read(kHeader +
                             ",名,elder_home,guandu,,,open,,,,,s,,official\n"
                             "b,名,hospital,guandu,,,open,,,,,s,,official\n"
                             "c,名,elder_home,dali,,,open,,,,,s,,official\n"
                             "d,名,elder_home,guandu,打电话,,open,,,,,s,,official\n"
                             "e,名,elder_home,guandu,,很多,open,,,,,s,,official\n"
                             "f,名,elder_home,guandu,,-1,open,,,,,s,,official\n"
                             "g,名,elder_home,guandu,,,maybe,,,,,s,,official\n"
                             "h,名,elder_home,guandu,,,open,91,102,,,s,,official\n"
                             "i,名,elder_home,guandu,,,open,25.1,,,,s,,official\n"
                             "j,名,elder_home,guandu,,,open,,,2000,1000,s,,official\n"
                             "k,名,elder_home,guandu,,,open,,,,,,,official\n"
                             "l,名,elder_home,guandu,,,open,,,,,s,2024-02-30,official\n"
                             "m,名,elder_home,guandu,,,open,,,,,s,,sure\n"
                             "n,名,elder_home,guandu,,12,open,,,,,s,,official\n"
                             "n,名,elder_home,guandu,,12,open,,,,,s,,official\n",
                         said);
  EXPECT_EQ(said,
            "csv.value f.csv:2 id=\ncsv.value f.csv:3 type=hospital\ncsv.value f.csv:4 district=dali\ncsv.value f.csv:5 phone=打电话\n"
            "csv.value f.csv:6 beds=很多\ncsv.value f.csv:7 beds=-1\ncsv.value f.csv:8 stage=maybe\ncsv.value f.csv:9 lat=91\n"
            "csv.value f.csv:10 lat=25.1\ncsv.value f.csv:11 price_max=1000\ncsv.value f.csv:12 source=\ncsv.value f.csv:13 source_date=2024-02-30\n"
            "csv.value f.csv:14 confidence=sure\ncsv.value f.csv:16 id=n\n");
  ASSERT_EQ(rows.size(), 1U);
  EXPECT_EQ(rows[0].beds, 12);
}

TEST(Facilities, TheHeaderIsChecked) {
  std::string said;
  EXPECT_TRUE(Read("id,name,name,typ\n", said).empty());
  EXPECT_EQ(said,
            "csv.header f.csv:1 name\ncsv.header f.csv:1 typ\ncsv.header f.csv:1 type\ncsv.header f.csv:1 stage\ncsv.header f.csv:1 source\n"
            "csv.header f.csv:1 confidence\n");
}

TEST(Facilities, WhatSpreadsheetsDoToValues) {
  std::string said;
  const auto rows = Read(kHeader +
                             " a ,\u3000甲\u00A0,elder_home,guandu,'087163011234,\"1,400\",open,'25.04,102.7,'900,\"12,000\", s ,2024/6/7,official\n"
                             "b,乙,elder_home,guandu,8.71E+08,,open,,,,,s,,official\n"
                             "c,丙,elder_home,guandu,,12.0,open,,,,,s,,official\n"
                             "d,丁,elder_home,guandu,,\"1,40\",open,,,,,s,,official\n"
                             "e,戊,elder_home,guandu,,\"14,0000\",open,,,,,s,,official\n"
                             "f,己,elder_home,guandu,,１２,open,,,,,s,,official\n"
                             "g,庚,elder_home,guandu,,,open,,,,,s,6/27/2024,official\n"
                             "h,=1+1,elder_home,guandu,,,open,,,,,s,,official\n"
                             "i,壬,elder_home,guandu,,,open,,,,,@s,,official\n",
                         said);
  EXPECT_EQ(said,
            "csv.value f.csv:3 phone=8.71E+08\ncsv.value f.csv:4 beds=12.0\ncsv.value f.csv:5 beds=1,40\ncsv.value f.csv:6 beds=14,0000\n"
            "csv.value f.csv:7 beds=１２\ncsv.value f.csv:8 source_date=6/27/2024\ncsv.value f.csv:9 name==1+1\ncsv.value f.csv:10 source=@s\n");
  ASSERT_EQ(rows.size(), 1U);
  const auto& one = rows[0];
  EXPECT_EQ(one.id + "|" + one.name + "|" + one.phone + "|" + one.source + "|" + one.source_date, "a|甲|087163011234|s|2024-06-07");
  EXPECT_EQ(one.beds, 1400);
  EXPECT_EQ(one.lat_e6, 25040000);
  EXPECT_EQ(one.price_min, 900);
  EXPECT_EQ(one.price_max, 12000);
}

}  // namespace
}  // namespace chuncheng
