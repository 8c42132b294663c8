// The sentences of the command line: ICU MessageFormat over i18n/zh-CN.json.
#pragma once
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "shared/base/error.h"

namespace chuncheng {

extern const char* const kEmbeddedMessages;

using TextArgs = std::vector<std::pair<std::string, std::string>>;

/// The message of `key`, or "⟦key⟧" when there is none. Arguments that look like integers are formatted as numbers.
std::string Text(std::string_view key, const TextArgs& args = {});
/// A message that is not embedded, in its language ("en"); nothing when it is no message or lacks an argument's kind.
std::optional<std::string> Render(std::string_view message, std::string_view language, const TextArgs& args);
bool HasText(std::string_view key);
/// "file:row /pointer: sentence".
std::string Text(const Error& error);
/// Fen as yuan: 6050 → "60.50", 6000 → "60".
std::string Yuan(std::int64_t fen);

}  // namespace chuncheng
