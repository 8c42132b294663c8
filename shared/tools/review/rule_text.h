// Rules of the dialect in words a policy worker reads.
#pragma once
#include <string>

#include "shared/base/json.h"

namespace chuncheng {

/// Writes expressions as HTML: facts and params by name in <code>, values by their labels, operators in Chinese.
class RuleText {
 public:
  /// `facts`: the object "facts" of facts.json; it must outlive this.
  explicit RuleText(const json::object& facts) : facts_(facts) {}

  std::string Html(const json::value& rule) const { return Write(rule, nullptr, false); }
  /// An answer or literal by its fact's label: "east" → 东区, true → 是, money in yuan.
  std::string Value(const json::value& value, std::string_view fact) const;
  /// The condition of a table's row on one fact: a list, "@group", an interval, or one value.
  std::string Condition(const json::value& condition, std::string_view fact, const json::value* groups) const;
  /// Names of the facts an expression reads, each once, in order.
  static void Facts(const json::value& rule, std::vector<std::string>& out);

 private:
  std::string Write(const json::value& rule, const json::object* partner, bool inside) const;
  std::string Operator(std::string_view name, const json::array& args, bool inside) const;
  const json::object* Fact(std::string_view name) const;
  std::string Label(const json::value& value, const json::object* fact) const;

  const json::object& facts_;
};

}  // namespace chuncheng
