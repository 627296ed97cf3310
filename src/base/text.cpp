#include "base/text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace interregnum {

namespace {

/// Directional embeddings, overrides and isolates (Unicode Standard Annex 9), and separators that begin a new line.
bool rearranges(char32_t character) {
  return (character >= 0x2028 && character <= 0x202e) || (character >= 0x2066 && character <= 0x2069);
}

/// Calls `each(bytes, character, is_valid)` for every character; bytes that are not UTF-8 come one by one.
template <class Each>
void walk(std::string_view text, const Each& each) {
  for (std::size_t byte = 0, length = 0; byte < text.size(); byte += length) {
    char32_t character = 0;
    length = character_length(text, byte, character);
    const bool valid = length > 0;
    length = std::max<std::size_t>(length, 1);
    each(text.substr(byte, length), character, valid);
  }
}

}  // namespace

std::size_t character_length(std::string_view text, std::size_t byte, char32_t& character) {
  const auto at = [&](std::size_t index) { return static_cast<unsigned char>(text[index]); };
  const unsigned char first = at(byte);
  const std::size_t length = first < 0x80               ? 1U
                             : (first & 0xe0U) == 0xc0U ? 2U
                             : (first & 0xf0U) == 0xe0U ? 3U
                             : (first & 0xf8U) == 0xf0U ? 4U
                                                        : 0U;
  if (length == 0 || byte + length > text.size()) return 0;
  constexpr std::array<unsigned, 5> payload{0, 0x7f, 0x1f, 0x0f, 0x07};
  constexpr std::array<char32_t, 5> least{0, 0, 0x80, 0x800, 0x10000};
  character = first & payload[length];
  for (std::size_t next = byte + 1; next < byte + length; ++next) {
    if ((at(next) & 0xc0U) != 0x80U) return 0;
    character = (character << 6U) | (at(next) & 0x3fU);
  }
  const bool surrogate = character >= 0xd800 && character <= 0xdfff;
  return character < least[length] || character > 0x10ffff || surrogate ? 0 : length;
}

std::size_t characters(std::string_view text) {
  std::size_t count = 0;
  walk(text, [&](std::string_view, char32_t, bool) { ++count; });
  return count;
}

bool is_control(char32_t character) {
  return (character < 0x20 && character != '\t' && character != '\n') || (character >= 0x7f && character < 0xa0);
}

std::string for_terminal(std::string_view text, std::span<const std::string_view> kept) {
  std::string clean;
  clean.reserve(text.size());
  for (std::size_t byte = 0; byte < text.size();) {
    const auto own = std::find_if(kept.begin(), kept.end(),
                                  [&](std::string_view sequence) { return text.substr(byte).starts_with(sequence); });
    if (own != kept.end()) {
      clean += *own;
      byte += own->size();
      continue;
    }
    char32_t character = 0;
    const std::size_t length = character_length(text, byte, character);
    if (length == 0 || is_control(character) || rearranges(character)) {
      clean += '?';
    } else {
      clean += text.substr(byte, length);
    }
    byte += std::max<std::size_t>(length, 1);
  }
  return clean;
}

std::string one_line(std::string_view text) {
  std::string line = for_terminal(text);
  std::replace_if(
      line.begin(), line.end(), [](char character) { return character == '\n' || character == '\t'; }, ' ');
  return line;
}

std::string json_for_terminal(std::string_view json) {
  std::string clean;
  clean.reserve(json.size());
  walk(json, [&](std::string_view bytes, char32_t character, bool valid) {
    if (valid && (is_control(character) || rearranges(character))) {
      clean += fmt::format("\\u{:04x}", static_cast<unsigned>(character));
    } else {
      clean += bytes;
    }
  });
  return clean;
}

std::string shortened(const std::string& text, std::size_t most) {
  if (text.size() <= most) return text;
  std::size_t count = 0, bytes = 0;
  walk(text, [&](std::string_view character, char32_t, bool) {
    if (count++ < most) bytes += character.size();
  });
  return count <= most ? text : text.substr(0, bytes) + "…";
}

std::optional<std::size_t> first_byte_not_utf8(std::string_view text) {
  char32_t character = 0;
  for (std::size_t byte = 0, length = 0; byte < text.size(); byte += length) {
    length = character_length(text, byte, character);
    if (length == 0) return byte;
  }
  return std::nullopt;
}

std::optional<std::size_t> first_control_character(std::string_view text) {
  char32_t character = 0;
  for (std::size_t byte = 0, length = 0; byte < text.size(); byte += length) {
    length = character_length(text, byte, character);
    if (length == 0) return std::nullopt;
    if (is_control(character) && character != '\r') return byte;
  }
  return std::nullopt;
}

}  // namespace interregnum
