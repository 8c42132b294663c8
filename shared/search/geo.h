// Points on the Earth: distances, the systems that map applications in China expect, and links that hand a place over to them.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "shared/base/json.h"

namespace chuncheng {

struct Point {
  double lat = 0, lon = 0;  ///< degrees
};

/// Metres on a sphere of the mean Earth radius 6,371,008.8 m (haversine); at most 0.6 % off the ellipsoid. Degrees × 10⁶.
std::int64_t Metres(std::int64_t lat_a, std::int64_t lon_a, std::int64_t lat_b, std::int64_t lon_b);

/// GCJ-02 shifts WGS-84 by up to some 700 m within China. Its definition is secret; this is the formula in common use, which agrees with the
/// map applications to about 2 m. Outside China (72.004–137.8347° E, 0.8293–55.8271° N) nothing is shifted.
Point Gcj02FromWgs84(Point wgs84);
/// The inverse of that formula, by iteration: less than 1 cm from it in China.
Point Wgs84FromGcj02(Point gcj02);
/// BD-09 is Baidu's own shift of GCJ-02 by up to some 1,000 m, as its formula is commonly given (agrees to about 1 m).
Point Bd09FromGcj02(Point gcj02);
/// The inverse of that formula, by iteration: less than 1 cm from it in China.
Point Gcj02FromBd09(Point bd09);

/// Links to Amap, Tencent and Baidu maps, with the system each expects: to the point (WGS-84), or without one a search for the name in the city.
json::array MapLinks(std::string_view name, std::string_view city, const std::optional<Point>& wgs84);

}  // namespace chuncheng
