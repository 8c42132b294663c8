#include "shared/snapshot/synthetic.h"

#include <algorithm>
#include <array>
#include <iterator>

namespace chuncheng {
namespace {

constexpr std::string_view kMark = "SYN-";
constexpr std::string_view kSource = "synthetic";

// Characters that names are made of: two of them give a place or a house that nobody has.
constexpr std::array<std::string_view, 48> kFirst = {"翠", "金", "春", "福", "康", "安", "乐", "长", "瑞", "祥", "云", "滇", "松", "柏", "梅", "兰",
                                                     "竹", "菊", "银", "玉", "宝", "锦", "华", "盛", "新", "永", "和", "平", "广", "龙", "凤", "鹤",
                                                     "青", "碧", "晨", "夕", "暖", "静", "仁", "义", "德", "信", "慈", "孝", "颐", "怡", "悦", "重"};
constexpr std::array<std::string_view, 48> kSecond = {"湖", "山", "泉", "溪", "园", "苑", "居", "庭", "轩", "阁", "坊", "桥", "林", "岭", "坪", "河",
                                                      "江", "海", "源", "城", "港", "湾", "谷", "峰", "台", "井", "塘", "洲", "田", "村", "庄", "岗",
                                                      "行", "里", "年", "寿", "宁", "馨", "朗", "佳", "晖", "阳", "和", "顺", "达", "兴", "旺", "荣"};
constexpr std::array<std::string_view, 6> kRoads = {"路", "街", "巷", "大道", "北路", "南路"};
constexpr std::array<std::string_view, 10> kNumbers = {"一", "二", "三", "四", "五", "六", "七", "八", "九", "十"};
constexpr std::array<std::string_view, 8> kNeeds = {"", "", "", "失能", "失智", "助餐", "康复", "失能 康复"};

struct Kind {
  std::string_view type;
  std::array<std::string_view, 4> endings;
};
constexpr std::array<Kind, 8> kKinds = {{{"elder_home", {"养老院", "敬老院", "老年公寓", "养老中心"}},
                                         {"day_care", {"社区居家养老服务中心", "日间照料中心", "综合养老服务中心", "社区养老驿站"}},
                                         {"canteen", {"社区幸福食堂", "老年食堂", "长者食堂", "社区助餐点"}},
                                         {"medical_care", {"护理院", "医养结合中心", "老年病医院", "康复医院"}},
                                         {"wellness", {"康养中心", "康养旅居基地", "康养小镇", "颐养园"}},
                                         {"childcare", {"托育园", "托育中心", "幼儿园托班", "婴幼儿照护中心"}},
                                         {"welfare_institute", {"社会福利院", "综合福利院", "中心福利院", "福利中心"}},
                                         {"children_welfare", {"儿童福利院", "未成年人保护中心", "儿童福利中心", "儿童之家"}}}};

// splitmix64: a few lines that give the same numbers everywhere, from any starting point.
class Chance {
 public:
  explicit Chance(std::uint64_t state) : state_(state) {}
  std::size_t Below(std::size_t count) {
    state_ += 0x9E3779B97F4A7C15;
    std::uint64_t z = state_;
    z = (z ^ (z >> 30U)) * 0xBF58476D1CE4E5B9;
    z = (z ^ (z >> 27U)) * 0x94D049BB133111EB;
    return static_cast<std::size_t>((z ^ (z >> 31U)) % count);
  }
  bool OneIn(std::size_t count) { return Below(count) == 0; }
  template <class List>
  std::string Of(const List& list) {
    return std::string(list[Below(list.size())]);
  }

 private:
  std::uint64_t state_;
};

// Degrees × 10⁶ within 25 km or so of a middle.
std::string Degrees(Chance& chance, std::int64_t middle) {
  const std::int64_t value = middle - 250000 + static_cast<std::int64_t>(chance.Below(500000));
  std::string fraction = std::to_string(value % 1000000);
  fraction.insert(0, 6 - fraction.size(), '0');
  return std::to_string(value / 1000000) + "." + fraction;
}

}  // namespace

std::string SyntheticFacilities::Header() {
  return "id,name,type,district,address,phone,beds,places,stage,operator,period,lat,lon,price_min,price_max,needs,note,source,source_date,"
         "confidence\n";
}

SyntheticFacilities::SyntheticFacilities(const std::vector<District>& districts, std::uint64_t seed) : seed_(seed) {
  std::copy_if(districts.begin(), districts.end(), std::back_inserter(districts_), [](const District& one) { return !one.city; });
}

std::string SyntheticFacilities::Next() {
  Chance chance(seed_ * 0x100000001B3 + ++row_ * 0xD1B54A32D192ED03);
  const District& district = districts_[chance.Below(districts_.size())];
  const std::string place = chance.Of(kFirst) + chance.Of(kSecond);
  const std::string house = chance.Of(kFirst) + chance.Of(kSecond);
  // Elder homes and day care are most of what there is.
  const Kind& kind = kKinds[chance.OneIn(2) ? chance.Below(2) : chance.Below(kKinds.size())];
  const std::string& area = chance.OneIn(2) || district.words.empty() ? district.name : district.words.front();
  std::string name = area + place;
  if (chance.OneIn(12)) name += "第" + chance.Of(kNumbers);
  if (!chance.OneIn(4)) name += house;
  name += chance.Of(kind.endings);
  const bool beds = kind.type != "canteen" && kind.type != "childcare" && !chance.OneIn(3);
  const bool price = chance.OneIn(5);
  const std::size_t least = (15 + chance.Below(60)) * 100;
  const bool located = !chance.OneIn(3);
  const std::string lat = located ? Degrees(chance, 25040000) : "";
  const std::string lon = located ? Degrees(chance, 102710000) : "";
  const std::string number = std::to_string(row_);
  const std::string id = std::string(kMark) + std::string(number.size() < 7 ? 7 - number.size() : 0, '0') + number;
  std::string out = id + "," + name + "," + std::string(kind.type) + "," + district.code + ",";
  out += district.name + place + chance.Of(kRoads) + std::to_string(1 + chance.Below(300)) + "号,,";
  out += (beds ? std::to_string(10 + chance.Below(60) * 10) : "") + ",";
  out += (kind.type == "childcare" ? std::to_string(20 + chance.Below(20) * 5) : "") + ",";
  out += std::string(chance.OneIn(5) ? "planned" : chance.OneIn(6) ? "unknown" : "open") + ",";
  out += (chance.OneIn(3) ? house + "养老服务有限公司" : "") + ",," + lat + "," + lon + ",";
  out += (price ? std::to_string(least) + "," + std::to_string(least + 800) : ",") + ",";
  out += chance.Of(kNeeds) + ",," + std::string(kSource) + ",,single\n";
  return out;
}

void RefuseSynthetic(const std::vector<Facility>& facilities, Diagnostics& out) {
  const auto count =
      std::count_if(facilities.begin(), facilities.end(), [](const Facility& f) { return f.source == kSource || f.id.starts_with(kMark); });
  if (count > 0) out.push_back({ErrorCode::FacilitySynthetic, "", "", 0, {{"count", std::to_string(count)}}});
}

}  // namespace chuncheng
