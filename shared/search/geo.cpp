#include "shared/search/geo.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace chuncheng {
namespace {

constexpr double kPi = 3.14159265358979323846;

bool InChina(Point p) { return p.lon >= 72.004 && p.lon <= 137.8347 && p.lat >= 0.8293 && p.lat <= 55.8271; }

// The periodic part that both offsets of GCJ-02 have in common, in metres.
double Waves(double x) { return (20 * std::sin(6 * x * kPi) + 20 * std::sin(2 * x * kPi)) * 2 / 3; }

Point Shift(Point wgs84) {
  constexpr double kAxis = 6378245.0;  // of Krasovsky's ellipsoid, which the formula is built on
  constexpr double kEccentricity = 0.00669342162296594323;
  const double x = wgs84.lon - 105;
  const double y = wgs84.lat - 35;
  const double root = std::sqrt(std::fabs(x));
  const double north = -100 + 2 * x + 3 * y + 0.2 * y * y + 0.1 * x * y + 0.2 * root + Waves(x) +
                       (20 * std::sin(y * kPi) + 40 * std::sin(y / 3 * kPi)) * 2 / 3 +
                       (160 * std::sin(y / 12 * kPi) + 320 * std::sin(y * kPi / 30)) * 2 / 3;
  const double east = 300 + x + 2 * y + 0.1 * x * x + 0.1 * x * y + 0.1 * root + Waves(x) +
                      (20 * std::sin(x * kPi) + 40 * std::sin(x / 3 * kPi)) * 2 / 3 +
                      (150 * std::sin(x / 12 * kPi) + 300 * std::sin(x / 30 * kPi)) * 2 / 3;
  const double radians = wgs84.lat / 180 * kPi;
  const double magic = 1 - kEccentricity * std::sin(radians) * std::sin(radians);
  return {north * 180 / (kAxis * (1 - kEccentricity) / (magic * std::sqrt(magic)) * kPi),
          east * 180 / (kAxis / std::sqrt(magic) * std::cos(radians) * kPi)};
}

// Both shifts change slowly from place to place, so going back by the shift of the last guess converges fast.
template <class Forward>
Point Undo(Point shifted, const Forward& forward) {
  Point guess = shifted;
  for (int round = 0; round < 8; ++round) {
    const Point there = forward(guess);
    guess.lat += shifted.lat - there.lat;
    guess.lon += shifted.lon - there.lon;
  }
  return guess;
}

std::string Encoded(std::string_view text) {
  constexpr std::string_view kHex = "0123456789ABCDEF";
  std::string out;
  for (const char c : text) {
    const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '.' || c == '_' || c == '~';
    if (plain) {
      out += c;
    } else {
      out += '%';
      out += kHex[static_cast<unsigned char>(c) >> 4U];
      out += kHex[static_cast<unsigned char>(c) & 0xFU];
    }
  }
  return out;
}

// Six places: about 0.1 m, below the error of the conversions.
std::int64_t Millionths(double degrees) { return std::llround(degrees * 1e6); }

std::string Decimal(double degrees) {
  const std::int64_t all = Millionths(degrees);
  const std::int64_t size = all < 0 ? -all : all;
  std::string fraction = std::to_string(size % 1000000);
  fraction.insert(0, 6 - fraction.size(), '0');
  return (all < 0 ? "-" : "") + std::to_string(size / 1000000) + "." + fraction;
}

json::string Said(std::string_view text) { return json::string(text.data(), text.size()); }

}  // namespace

std::int64_t Metres(std::int64_t lat_a, std::int64_t lon_a, std::int64_t lat_b, std::int64_t lon_b) {
  constexpr double kRadians = kPi / 180e6;
  const double half_lat = std::sin(static_cast<double>(lat_b - lat_a) * kRadians / 2);
  const double half_lon = std::sin(static_cast<double>(lon_b - lon_a) * kRadians / 2);
  const double h =
      half_lat * half_lat + std::cos(static_cast<double>(lat_a) * kRadians) * std::cos(static_cast<double>(lat_b) * kRadians) * half_lon * half_lon;
  return std::llround(2 * 6371008.8 * std::asin(std::sqrt(std::min(1.0, h))));
}

Point Gcj02FromWgs84(Point wgs84) {
  if (!InChina(wgs84)) return wgs84;
  const Point shift = Shift(wgs84);
  return {wgs84.lat + shift.lat, wgs84.lon + shift.lon};
}

Point Wgs84FromGcj02(Point gcj02) {
  return Undo(gcj02, [](Point p) { return Gcj02FromWgs84(p); });
}

Point Bd09FromGcj02(Point gcj02) {
  if (!InChina(gcj02)) return gcj02;
  constexpr double kTurns = kPi * 3000 / 180;
  const double length = std::sqrt(gcj02.lon * gcj02.lon + gcj02.lat * gcj02.lat) + 0.00002 * std::sin(gcj02.lat * kTurns);
  const double angle = std::atan2(gcj02.lat, gcj02.lon) + 0.000003 * std::cos(gcj02.lon * kTurns);
  return {length * std::sin(angle) + 0.006, length * std::cos(angle) + 0.0065};
}

Point Gcj02FromBd09(Point bd09) {
  return Undo(bd09, [](Point p) { return Bd09FromGcj02(p); });
}

json::array MapLinks(std::string_view name, std::string_view city, const std::optional<Point>& wgs84) {
  const std::string title = Encoded(name);
  const std::string place = Encoded(city);
  const std::optional<Point> gcj02 = wgs84 ? std::optional(Gcj02FromWgs84(*wgs84)) : std::nullopt;
  const std::optional<Point> bd09 = gcj02 ? std::optional(Bd09FromGcj02(*gcj02)) : std::nullopt;
  json::array out;
  auto add = [&](std::string_view map, std::string_view system, const std::optional<Point>& point, const std::string& url) {
    json::object one{{"map", Said(map)}, {"system", Said(system)}};
    if (point) {
      one["lat"] = static_cast<double>(Millionths(point->lat)) / 1e6;
      one["lon"] = static_cast<double>(Millionths(point->lon)) / 1e6;
    }
    one["url"] = url;
    out.push_back(std::move(one));
  };
  add("amap", "gcj02", gcj02,
      gcj02 ? "https://uri.amap.com/marker?position=" + Decimal(gcj02->lon) + "," + Decimal(gcj02->lat) + "&name=" + title + "&coordinate=gaode"
            : "https://uri.amap.com/search?keyword=" + title + "&city=" + place);
  add("tencent", "gcj02", gcj02,
      gcj02 ? "https://apis.map.qq.com/uri/v1/marker?marker=coord:" + Decimal(gcj02->lat) + "," + Decimal(gcj02->lon) + ";title:" + title +
                  "&referer=chuncheng"
            : "https://apis.map.qq.com/uri/v1/search?keyword=" + title + "&region=" + place + "&referer=chuncheng");
  add("baidu", "bd09", bd09,
      bd09 ? "https://api.map.baidu.com/marker?location=" + Decimal(bd09->lat) + "," + Decimal(bd09->lon) + "&title=" + title + "&content=" + title +
                 "&coord_type=bd09ll&output=html&src=chuncheng"
           : "https://api.map.baidu.com/place/search?query=" + title + "&region=" + place + "&output=html&src=chuncheng");
  return out;
}

}  // namespace chuncheng
