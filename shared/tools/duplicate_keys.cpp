#include "shared/tools/duplicate_keys.h"

#include <algorithm>
#include <boost/json/basic_parser_impl.hpp>
#include <set>
#include <string>
#include <vector>

#include "shared/base/json.h"

namespace chuncheng {
namespace {

// Called by the parser for every token; knows the open objects and arrays and the keys seen in each.
class Handler {
 public:
  static constexpr std::size_t max_object_size = SIZE_MAX;
  static constexpr std::size_t max_array_size = SIZE_MAX;
  static constexpr std::size_t max_key_size = SIZE_MAX;
  static constexpr std::size_t max_string_size = SIZE_MAX;

  Handler(std::string_view text, std::string file, Diagnostics& out) : text_(text), file_(std::move(file)), out_(out) {}

  using Code = boost::json::error_code;
  using View = boost::json::string_view;
  static bool on_document_begin(Code& /*code*/) { return true; }
  static bool on_document_end(Code& /*code*/) { return true; }
  bool on_object_begin(Code& /*code*/) { return Open(false); }
  bool on_object_end(std::size_t /*count*/, Code& /*code*/) { return Close(); }
  bool on_array_begin(Code& /*code*/) { return Open(true); }
  bool on_array_end(std::size_t /*count*/, Code& /*code*/) { return Close(); }
  bool on_key_part(View part, std::size_t /*size*/, Code& /*code*/) {
    key_.append(part.data(), part.size());
    return true;
  }
  bool on_key(View part, std::size_t /*size*/, Code& /*code*/) {
    key_.append(part.data(), part.size());
    Level& level = levels_.back();
    level.key = std::move(key_);
    key_.clear();
    if (!level.seen.insert(level.key).second) {
      std::string pointer;
      for (const Level& one : levels_) pointer = one.array ? Join(pointer, one.count) : Join(pointer, one.key);
      const auto line = 1 + std::count(text_.begin(), text_.begin() + (part.data() - text_.data()), '\n');
      out_.push_back({ErrorCode::JsonDuplicateKey, file_, pointer, line, {{"key", level.key}}});
    }
    return true;
  }
  static bool on_string_part(View /*part*/, std::size_t /*size*/, Code& /*code*/) { return true; }
  bool on_string(View /*part*/, std::size_t /*size*/, Code& /*code*/) { return Value(); }
  static bool on_number_part(View /*part*/, Code& /*code*/) { return true; }
  bool on_int64(std::int64_t /*value*/, View /*part*/, Code& /*code*/) { return Value(); }
  bool on_uint64(std::uint64_t /*value*/, View /*part*/, Code& /*code*/) { return Value(); }
  bool on_double(double /*value*/, View /*part*/, Code& /*code*/) { return Value(); }
  bool on_bool(bool /*value*/, Code& /*code*/) { return Value(); }
  bool on_null(Code& /*code*/) { return Value(); }
  static bool on_comment_part(View /*part*/, Code& /*code*/) { return true; }
  static bool on_comment(View /*part*/, Code& /*code*/) { return true; }

 private:
  struct Level {
    bool array = false;
    std::size_t count = 0;
    std::string key;
    std::set<std::string> seen;
  };

  bool Open(bool array) {
    levels_.push_back({array, 0, "", {}});
    return true;
  }
  bool Close() {
    levels_.pop_back();
    return Value();
  }
  bool Value() {
    if (!levels_.empty()) ++levels_.back().count;
    return true;
  }

  std::string_view text_;
  std::string file_;
  Diagnostics& out_;
  std::vector<Level> levels_;
  std::string key_;
};

}  // namespace

void FindDuplicateKeys(std::string_view text, std::string_view file, Diagnostics& out) {
  boost::json::basic_parser<Handler> parser({}, text, std::string(file), out);
  boost::json::error_code code;
  parser.write_some(false, text.data(), text.size(), code);
}

}  // namespace chuncheng
