#include "shared/search/geo.h"

#include <gtest/gtest.h>

#include <cmath>

namespace chuncheng {
namespace {

double Apart(Point a, Point b) {
  constexpr double kDegree = 111195;
  return std::hypot((a.lat - b.lat) * kDegree, (a.lon - b.lon) * kDegree * std::cos(a.lat * 3.14159265358979 / 180));
}

TEST(Geo, DistancesOfKnownLength) {
  EXPECT_EQ(Metres(25040000, 102710000, 25040000, 102710000), 0);
  // A degree of the meridian is 2πR/360; a quarter of the way round is a quarter of 2πR.
  EXPECT_EQ(Metres(25000000, 102000000, 26000000, 102000000), 111195);
  EXPECT_EQ(Metres(0, 0, 0, 90000000), 10007557);
  EXPECT_EQ(Metres(90000000, 0, -90000000, 0), 20015114);
}

TEST(Geo, ConversionsOfPublishedPoints) {
  // 39.915, 116.404 in WGS-84 is the pair that implementations of the formula quote; so is its BD-09 from GCJ-02.
  const Point gcj02 = Gcj02FromWgs84({39.915, 116.404});
  EXPECT_NEAR(gcj02.lat, 39.91640428150164, 1e-9);
  EXPECT_NEAR(gcj02.lon, 116.41024449916938, 1e-9);
  const Point bd09 = Bd09FromGcj02({39.915, 116.404});
  EXPECT_NEAR(bd09.lat, 39.92133699351021, 1e-6);
  EXPECT_NEAR(bd09.lon, 116.41036949371029, 1e-6);
}

TEST(Geo, ThereAndBackIsWithinACentimetreAllOverTheProvince) {
  for (double lat = 21; lat < 30; lat += 0.37) {
    for (double lon = 97; lon < 107; lon += 0.41) {
      const Point wgs84{lat, lon};
      const Point gcj02 = Gcj02FromWgs84(wgs84);
      EXPECT_GT(Apart(wgs84, gcj02), 50);
      EXPECT_LT(Apart(wgs84, gcj02), 1000);
      EXPECT_LT(Apart(wgs84, Wgs84FromGcj02(gcj02)), 0.01);
      EXPECT_LT(Apart(gcj02, Gcj02FromBd09(Bd09FromGcj02(gcj02))), 0.01);
    }
  }
}

TEST(Geo, NothingIsShiftedAbroad) {
  const Point paris{48.8566, 2.3522};
  EXPECT_EQ(Gcj02FromWgs84(paris).lat, paris.lat);
  EXPECT_EQ(Bd09FromGcj02(paris).lon, paris.lon);
}

TEST(Geo, LinksNameTheSystemTheyAreIn) {
  const auto links = MapLinks("养老 院&", "昆明", Point{25.04, 102.71});
  ASSERT_EQ(links.size(), 3U);
  EXPECT_EQ(links[0].at("system"), "gcj02");
  EXPECT_EQ(links[2].at("system"), "bd09");
  EXPECT_NE(links[0].at("lat"), links[2].at("lat"));
  const std::string amap(links[0].at("url").as_string());
  EXPECT_TRUE(amap.starts_with("https://uri.amap.com/marker?position=102.71")) << amap;
  EXPECT_NE(amap.find("name=%E5%85%BB%E8%80%81%20%E9%99%A2%26&"), std::string::npos) << "what a name holds cannot end the parameter";
  EXPECT_TRUE(links[1].at("url").as_string().starts_with("https://apis.map.qq.com/uri/v1/marker?marker=coord:25.03"));
  EXPECT_NE(links[2].at("url").as_string().find("coord_type=bd09ll"), std::string::npos);
  for (const auto& link : MapLinks("某处", "昆明", std::nullopt)) {
    EXPECT_FALSE(link.as_object().contains("lat"));
    EXPECT_NE(link.at("url").as_string().find("%E6%98%86%E6%98%8E"), std::string::npos) << "a search needs the city";
  }
}

}  // namespace
}  // namespace chuncheng
