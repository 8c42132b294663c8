#include "shared/snapshot/warnings.h"

#include <unicode/regex.h>

#include <algorithm>
#include <map>
#include <memory>

namespace chuncheng {
namespace {

// A mobile, a landline with or without area code, a 400 or 800 number, or a short public one.
constexpr char16_t kPhone[] = uR"((\+?86-?)?(1[3-9]\d{9}|\(?0\d{2,3}\)?-?\d{7,8}(-\d{1,5})?|[2-9]\d{6,7}(-\d{1,5})?|[48]00-?\d{3}-?\d{4}|1\d{2,4}))";

class Phones {
 public:
  Phones() : one_(icu::UnicodeString(kPhone), 0, status_), gaps_(icu::UnicodeString(u" +"), 0, status_) {}
  bool ok() const { return U_SUCCESS(status_) != 0; }

  /// One number, written with spaces or without, or several with spaces between.
  bool Are(const std::string& text) {
    icu::UnicodeString all = icu::UnicodeString::fromUTF8(text);
    gaps_.reset(all);
    if (IsOne(gaps_.replaceAll(icu::UnicodeString(), status_))) return true;
    std::string part;
    for (const char c : text + " ") {
      if (c != ' ') {
        part += c;
      } else if (!part.empty()) {
        if (!IsOne(icu::UnicodeString::fromUTF8(part))) return false;
        part.clear();
      }
    }
    return true;
  }

 private:
  bool IsOne(const icu::UnicodeString& text) {
    one_.reset(text);
    return one_.matches(status_) != 0;
  }

  UErrorCode status_ = U_ZERO_ERROR;
  icu::RegexMatcher one_;
  icu::RegexMatcher gaps_;
};

}  // namespace

Result<bool> WarnFacilities(const std::vector<Facility>& facilities, const std::vector<District>& districts, Diagnostics& out) {
  Phones phones;
  std::map<std::string, const Facility*> named;
  for (const Facility& one : facilities) {
    auto warn = [&](ErrorCode code, std::string_view column, std::vector<std::pair<std::string, std::string>> args) {
      out.push_back({code, one.file, std::string(column), one.row, std::move(args)});
    };
    auto outside = [&](const District& district) {
      if (!district.bounds || (!district.city && district.code != one.district)) return false;
      const auto& [south, west, north, east] = *district.bounds;
      return *one.lat_e6 < south || *one.lat_e6 > north || *one.lon_e6 < west || *one.lon_e6 > east;
    };
    if (one.lat_e6 && one.lon_e6 && std::any_of(districts.begin(), districts.end(), outside))
      warn(ErrorCode::FacilityOutside, "lat", {{"value", Field(one, "lat") + ", " + Field(one, "lon")}});
    const auto [first, fresh] = named.emplace(one.name + "\n" + one.district, &one);
    if (!fresh)
      warn(ErrorCode::FacilityDuplicate, "name", {{"value", one.name}, {"other", first->second->file + ":" + std::to_string(first->second->row)}});
    if (!one.phone.empty() && !phones.Are(one.phone)) warn(ErrorCode::FacilityPhone, "phone", {{"value", one.phone}});
    if (one.beds == 0) warn(ErrorCode::FacilityBeds, "beds", {{"value", "0"}});
  }
  if (!phones.ok()) return Error{ErrorCode::Internal, "ICU", "", 0, {}};
  return true;
}

}  // namespace chuncheng
