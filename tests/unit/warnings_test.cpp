#include "shared/snapshot/warnings.h"

#include <gtest/gtest.h>

namespace chuncheng {
namespace {

TEST(Warnings, StandApartFromErrors) {
  const std::string header = "id,name,type,district,phone,beds,stage,lat,lon,source,confidence\n";
  std::vector<Facility> rows;
  Diagnostics problems;
  ReadFacilities(header +
                     "a,甲,elder_home,guandu,0871-63011234,5,open,25.04,102.7,s,official\n"
                     "b,甲,elder_home,wuhua,(0871)63011234 13812345678,,open,39.9,116.4,s,official\n"
                     "c,甲,elder_home,guandu,400-123-4567,0,open,,,s,official\n"
                     "d,丁,elder_home,guandu,12345,,open,,,s,official\n"
                     "e,戊,elder_home,guandu,1381234567,,open,102.7,25.04,s,official\n"
                     "f,己,elder_home,guandu,123456-,,open,25.04,102.7,s,official\n"
                     "g,庚,elder_home,guandu,0871 6301 1234,,open,25.04,102.7,s,official\n",
                 "f.csv", {{"guandu", "官渡区", {}}, {"wuhua", "五华区", {}}}, rows, problems);
  ASSERT_EQ(problems.size(), 1U);
  EXPECT_EQ(problems[0].code, ErrorCode::CsvValue);
  EXPECT_EQ(problems[0].row, 6);
  EXPECT_EQ(problems[0].pointer, "lat");
  Diagnostics warnings;
  ASSERT_TRUE(WarnFacilities(rows, {{"kunming", "昆明市", {}, true, {}, {{24300000, 102100000, 26600000, 103700000}}}}, warnings));
  std::string text;
  for (const Error& one : warnings)
    text += std::string(Name(one.code)) + " " + one.file + ":" + std::to_string(one.row) + " " + one.pointer + "=" + one.args[0].second + "\n";
  EXPECT_EQ(text,
            "facility.outside f.csv:3 lat=39.9, 116.4\nfacility.duplicate f.csv:4 name=甲\nfacility.beds f.csv:4 beds=0\nfacility.phone f.csv:7 "
            "phone=123456-\n");
  EXPECT_EQ(warnings[1].args[1].second, "f.csv:2");
}

}  // namespace
}  // namespace chuncheng
