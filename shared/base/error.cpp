#include "shared/base/error.h"

#include <algorithm>
#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <numeric>

namespace chuncheng {

std::string_view Name(ErrorCode code) {
  switch (code) {
#define X(id, name) \
  case ErrorCode::id: return name;
    CHUNCHENG_ERRORS(X)
#undef X
  }
  return "internal";
}

const std::vector<ErrorCode>& AllErrorCodes() {
  static const std::vector<ErrorCode> codes = {
#define X(id, name) ErrorCode::id,
      CHUNCHENG_ERRORS(X)
#undef X
  };
  return codes;
}

boost::json::value Error::ToJson() const {
  boost::json::object body;
  body["code"] = Name(code);
  if (!file.empty()) body["file"] = file;
  if (!pointer.empty()) body["pointer"] = pointer;
  if (row != 0) body["row"] = row;
  if (!args.empty()) {
    boost::json::object named;
    for (const auto& [key, text] : args) named[key] = text;
    body["args"] = std::move(named);
  }
  boost::json::object out;
  out["error"] = std::move(body);
  return out;
}

std::string Nearest(std::string_view word, const std::vector<std::string>& candidates) {
  std::string best;
  std::size_t best_distance = 1 + word.size() / 3;
  std::vector<std::size_t> row;
  for (const std::string& candidate : candidates) {
    const std::size_t lengths = std::max(word.size(), candidate.size()) - std::min(word.size(), candidate.size());
    if (lengths > best_distance) continue;
    row.resize(candidate.size() + 1);
    std::iota(row.begin(), row.end(), std::size_t{0});
    for (std::size_t i = 0; i < word.size(); ++i) {
      std::size_t diagonal = row[0];
      row[0] = i + 1;
      std::size_t least = row[0];
      for (std::size_t j = 0; j < candidate.size(); ++j) {
        const std::size_t substitute = diagonal + (word[i] == candidate[j] ? 0 : 1);
        diagonal = row[j + 1];
        row[j + 1] = std::min({row[j] + 1, diagonal + 1, substitute});
        least = std::min(least, row[j + 1]);
      }
      if (least > best_distance) {
        row.back() = least;  // the rest only adds
        break;
      }
    }
    if (row.back() < best_distance || (row.back() == best_distance && best.empty())) {
      best_distance = row.back();
      best = candidate;
    }
  }
  return best;
}

}  // namespace chuncheng
