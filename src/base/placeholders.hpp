#pragma once

#include <algorithm>
#include <span>
#include <string_view>

namespace interregnum {

/// Whether every `{word}` of a text that fmt fills is one of `words`: asked when the program is compiled, so that no
/// sentence fails when it is told.
constexpr bool has_only_placeholders(std::string_view text, std::span<const std::string_view> words) {
  while (true) {
    const std::size_t open = text.find('{');
    if (text.substr(0, open).find('}') != std::string_view::npos) return false;
    if (open == std::string_view::npos) return true;
    const std::size_t close = text.find('}', open);
    if (close == std::string_view::npos) return false;
    const std::string_view word = text.substr(open + 1, close - open - 1);
    if (std::find(words.begin(), words.end(), word) == words.end()) return false;
    text.remove_prefix(close + 1);
  }
}

}  // namespace interregnum
