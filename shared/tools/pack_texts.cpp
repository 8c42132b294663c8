#include "shared/tools/pack_texts.h"

#include "shared/tools/messages.h"

namespace chuncheng {

std::string Zh(const json::value& owner, std::string_view key) {
  const auto* object = owner.if_object();
  const auto* text = object == nullptr ? nullptr : object->if_contains(json::string_view(key.data(), key.size()));
  const auto* zh = text == nullptr || !text->is_object() ? nullptr : text->get_object().if_contains("zh");
  return zh != nullptr && zh->is_string() ? std::string(zh->get_string()) : "";
}

std::string AmountText(const json::object& amount, const json::value& benefit) {
  const std::string kind(amount.at("kind").get_string());
  if (!amount.contains("min")) {
    const json::value& told = benefit.at("amount");
    if (const std::string given = Zh(told, "in_kind"); !given.empty()) return given;
    const std::string say = Zh(told, "say");
    return Text("amount." + kind) + (say.empty() ? "" : "  " + say);
  }
  const auto low = amount.at("min").get_int64();
  const auto high = amount.at("max").get_int64();
  const bool days = kind == "leave_days";
  auto number = [&](std::int64_t v) { return days ? std::to_string(v) : Yuan(v); };
  const std::string per = Text("per." + std::string(amount.at("per").get_string()));
  const std::string range = low == high ? number(low) : number(low) + "–" + number(high);
  return Text("amount." + kind, {{"per", per}, {"range", range}});
}

}  // namespace chuncheng
