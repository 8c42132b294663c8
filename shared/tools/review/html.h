// Pieces of the review pages.
#pragma once
#include <cstdint>
#include <string>
#include <string_view>

#include "shared/tools/messages.h"

namespace chuncheng {

/// Text as element content or attribute value: & < > " ' become references, control characters that HTML does not allow become U+FFFD.
std::string Escape(std::string_view text);
/// The message of `key` with its arguments, escaped.
std::string Say(std::string_view key, const TextArgs& args = {});
/// A count with its thousands set apart, an amount of fen as yuan the same way.
std::string Count(std::int64_t value);
std::string YuanFigure(std::int64_t fen);
/// A whole document in Chinese without script. `title` is plain text, `body` HTML; `style`: the style sheet itself, "" = review.css beside it.
std::string Document(std::string_view title, std::string_view body, std::string_view style = "");

extern const char* const kReviewStyle;

}  // namespace chuncheng
