// Located reading of JSON: every access that fails leaves an Error with file and JSON pointer.
#pragma once
#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/value.hpp>
#include <cstdint>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "shared/base/date.h"
#include "shared/base/result.h"

namespace chuncheng {

namespace json = boost::json;

/// Parses one document of at most 64 nested levels. Error: JsonSyntax with the line, or TextEncoding.
Result<json::value> ParseJson(std::string_view text, std::string_view file);
/// Without spaces, keys sorted at every level: the same value gives the same bytes.
std::string Canonical(const json::value& value);
/// Appends a reference token to an RFC 6901 pointer.
std::string Join(std::string_view pointer, std::string_view token);
std::string Join(std::string_view pointer, std::size_t index);

/// A value with its place. Reading reports into `out`; a reader that returns nothing has reported.
class Node {
 public:
  Node(const json::value& value, std::string file, Diagnostics& out, std::string pointer = "")
      : value_(&value), file_(std::move(file)), pointer_(std::move(pointer)), out_(&out) {}

  const json::value& value() const { return *value_; }
  const std::string& file() const { return file_; }
  const std::string& pointer() const { return pointer_; }
  Diagnostics& diagnostics() const { return *out_; }

  void Report(ErrorCode code, std::vector<std::pair<std::string, std::string>> args = {}) const;
  /// An object whose keys are all among `keys`; others are reported. `$schema` (for editors) may stand at the top; a `note` is a string.
  bool Object(std::initializer_list<std::string_view> keys) const;
  bool IsObject() const { return value_->is_object(); }

  std::optional<Node> Maybe(std::string_view key) const;      ///< absent: nothing, not reported
  std::optional<Node> At(std::string_view key) const;         ///< absent: reported
  std::vector<Node> Items() const;                            ///< of an array; another type is reported
  std::vector<std::pair<std::string, Node>> Members() const;  ///< of an object; another type is reported

  std::optional<std::string> String() const;
  std::optional<std::int64_t> Int() const;
  std::optional<double> Number() const;
  std::optional<bool> Bool() const;
  std::optional<Day> Date() const;
  std::optional<Day> DateOrNull() const;       ///< null: nothing, not reported
  std::vector<std::string> Strings() const;    ///< of an array of strings
  bool Text() const;                           ///< {"zh":"non-empty"}
  bool Format(std::string_view format) const;  ///< has "format":format
  /// One of `names`: its index.
  std::optional<std::size_t> OneOf(std::initializer_list<std::string_view> names) const;

 private:
  const json::value* value_;
  std::string file_;
  std::string pointer_;
  Diagnostics* out_;
};

}  // namespace chuncheng
