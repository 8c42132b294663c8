#include "shared/base/json.h"

#include <algorithm>
#include <boost/json/serialize.hpp>
#include <boost/json/stream_parser.hpp>

namespace chuncheng {

Result<json::value> ParseJson(std::string_view text, std::string_view file) {
  json::parse_options options;
  options.max_depth = 64;
  json::stream_parser parser({}, options);
  json::error_code code;
  const std::size_t used = parser.write_some(text.data(), text.size(), code);
  if (!code) parser.finish(code);
  std::size_t bad = used;
  if (!code && used < text.size()) {
    const std::size_t rest = text.find_first_not_of(" \t\r\n", used);
    if (rest != std::string_view::npos) {
      bad = rest;
      code = json::error::extra_data;
    }
  }
  if (code) {
    const auto line = 1 + std::count(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(std::min(bad, text.size())), '\n');
    return Error{ErrorCode::JsonSyntax, std::string(file), "", line, {{"reason", code.message()}}};
  }
  return parser.release();
}

namespace {

void WriteCanonical(const json::value& value, std::string& out) {
  if (const auto* object = value.if_object()) {
    std::vector<std::string_view> keys;
    keys.reserve(object->size());
    for (const auto& member : *object) keys.emplace_back(member.key().data(), member.key().size());
    std::sort(keys.begin(), keys.end());
    out += '{';
    for (std::size_t i = 0; i < keys.size(); ++i) {
      if (i > 0) out += ',';
      out += json::serialize(json::string_view(keys[i].data(), keys[i].size()));
      out += ':';
      WriteCanonical(*object->if_contains(json::string_view(keys[i].data(), keys[i].size())), out);
    }
    out += '}';
  } else if (const auto* array = value.if_array()) {
    out += '[';
    for (std::size_t i = 0; i < array->size(); ++i) {
      if (i > 0) out += ',';
      WriteCanonical((*array)[i], out);
    }
    out += ']';
  } else {
    out += json::serialize(value);
  }
}

std::string_view TypeName(const json::value& value) {
  switch (value.kind()) {
    case json::kind::null: return "null";
    case json::kind::bool_: return "true/false";
    case json::kind::int64:
    case json::kind::uint64: return "integer";
    case json::kind::double_: return "fraction";
    case json::kind::string: return "string";
    case json::kind::array: return "array";
    case json::kind::object: return "object";
  }
  return "";
}

}  // namespace

std::string Canonical(const json::value& value) {
  std::string out;
  WriteCanonical(value, out);
  return out;
}

std::string Join(std::string_view pointer, std::string_view token) {
  std::string out(pointer);
  out += '/';
  for (char c : token) {
    if (c == '~') {
      out += "~0";
    } else if (c == '/') {
      out += "~1";
    } else {
      out += c;
    }
  }
  return out;
}

std::string Join(std::string_view pointer, std::size_t index) { return Join(pointer, std::to_string(index)); }

void Node::Report(ErrorCode code, std::vector<std::pair<std::string, std::string>> args) const {
  out_->push_back({code, file_, pointer_, 0, std::move(args)});
}

bool Node::Object(std::initializer_list<std::string_view> keys) const {
  const auto* object = value_->if_object();
  if (object == nullptr) {
    Report(ErrorCode::JsonType, {{"want", "object"}, {"found", std::string(TypeName(*value_))}});
    return false;
  }
  for (const auto& member : *object) {
    const std::string_view key(member.key().data(), member.key().size());
    const Node child(member.value(), file_, *out_, Join(pointer_, key));
    if (std::find(keys.begin(), keys.end(), key) != keys.end()) {
      if (key == "note") child.String();
    } else if (pointer_.empty() && key == "$schema") {
      child.String();
    } else {
      child.Report(ErrorCode::JsonUnknownKey, {{"key", std::string(key)}, {"suggest", Nearest(key, {keys.begin(), keys.end()})}});
    }
  }
  return true;
}

std::optional<Node> Node::Maybe(std::string_view key) const {
  const auto* object = value_->if_object();
  if (object == nullptr) return std::nullopt;
  const auto* found = object->if_contains(json::string_view(key.data(), key.size()));
  if (found == nullptr) return std::nullopt;
  return Node(*found, file_, *out_, Join(pointer_, key));
}

std::optional<Node> Node::At(std::string_view key) const {
  auto found = Maybe(key);
  if (!found) Report(ErrorCode::JsonMissing, {{"key", std::string(key)}});
  return found;
}

std::vector<Node> Node::Items() const {
  std::vector<Node> out;
  const auto* array = value_->if_array();
  if (array == nullptr) {
    Report(ErrorCode::JsonType, {{"want", "array"}, {"found", std::string(TypeName(*value_))}});
    return out;
  }
  for (std::size_t i = 0; i < array->size(); ++i) out.emplace_back((*array)[i], file_, *out_, Join(pointer_, i));
  return out;
}

std::vector<std::pair<std::string, Node>> Node::Members() const {
  std::vector<std::pair<std::string, Node>> out;
  const auto* object = value_->if_object();
  if (object == nullptr) {
    Report(ErrorCode::JsonType, {{"want", "object"}, {"found", std::string(TypeName(*value_))}});
    return out;
  }
  for (const auto& member : *object) {
    std::string key(member.key().data(), member.key().size());
    Node node(member.value(), file_, *out_, Join(pointer_, key));
    out.emplace_back(std::move(key), std::move(node));
  }
  return out;
}

std::optional<std::string> Node::String() const {
  if (const auto* text = value_->if_string()) return std::string(text->data(), text->size());
  Report(ErrorCode::JsonType, {{"want", "string"}, {"found", std::string(TypeName(*value_))}});
  return std::nullopt;
}

std::optional<std::int64_t> Node::Int() const {
  if (const auto* number = value_->if_int64()) return *number;
  Report(ErrorCode::JsonType, {{"want", "integer"}, {"found", std::string(TypeName(*value_))}});
  return std::nullopt;
}

std::optional<double> Node::Number() const {
  if (value_->is_double()) return value_->get_double();
  if (value_->is_int64()) return static_cast<double>(value_->get_int64());
  Report(ErrorCode::JsonType, {{"want", "number"}, {"found", std::string(TypeName(*value_))}});
  return std::nullopt;
}

std::optional<bool> Node::Bool() const {
  if (const auto* flag = value_->if_bool()) return *flag;
  Report(ErrorCode::JsonType, {{"want", "true/false"}, {"found", std::string(TypeName(*value_))}});
  return std::nullopt;
}

std::optional<Day> Node::Date() const {
  const auto text = String();
  if (!text) return std::nullopt;
  const auto day = ParseDay(*text);
  if (!day) Report(ErrorCode::DateBad, {{"value", *text}});
  return day;
}

std::optional<Day> Node::DateOrNull() const { return value_->is_null() ? std::nullopt : Date(); }

std::vector<std::string> Node::Strings() const {
  std::vector<std::string> out;
  for (const Node& item : Items()) {
    if (auto text = item.String()) out.push_back(std::move(*text));
  }
  return out;
}

bool Node::Text() const {
  const auto zh = Maybe("zh");
  if (zh && zh->value().is_string() && !zh->value().get_string().empty()) return true;
  Report(ErrorCode::TextMissing);
  return false;
}

bool Node::Format(std::string_view format) const {
  const auto found = At("format");
  if (!found) return false;
  const auto* text = found->value().if_string();
  if (text != nullptr && std::string_view(text->data(), text->size()) == format) return true;
  found->Report(ErrorCode::FormatVersion, {{"want", std::string(format)}});
  return false;
}

std::optional<std::size_t> Node::OneOf(std::initializer_list<std::string_view> names) const {
  const auto text = String();
  if (!text) return std::nullopt;
  const auto found = std::find(names.begin(), names.end(), *text);
  if (found != names.end()) return static_cast<std::size_t>(found - names.begin());
  std::string want;
  for (std::string_view name : names) want += (want.empty() ? "" : ", ") + std::string(name);
  Report(ErrorCode::ValueBad, {{"value", *text}, {"want", want}});
  return std::nullopt;
}

}  // namespace chuncheng
