#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace interregnum {

/// The character that begins at `byte`: its length in bytes, 0 if it is not UTF-8 (RFC 3629: nothing longer than
/// needed, no surrogates).
std::size_t character_length(std::string_view text, std::size_t byte, char32_t& character);

/// Where a text stops being UTF-8 (RFC 3629); nothing if all of it is.
std::optional<std::size_t> first_byte_not_utf8(std::string_view text);

/// Where a text known to be UTF-8 first has a character that terminals act on instead of showing it (C0 but for tabs
/// and line ends, delete, C1).
std::optional<std::size_t> first_control_character(std::string_view text);

/// Number of characters of a text; a byte that is not UTF-8 counts as one.
std::size_t characters(std::string_view text);

/// Whether terminals act on a character instead of showing it: C0 but line breaks and tabs, delete, C1.
bool is_control(char32_t character);

/// A text that a terminal only shows: control characters (`is_control`), characters that turn the direction of the text
/// round them (Unicode's bidirectional embeddings, overrides and isolates), line and paragraph separators, and bytes
/// that are not UTF-8 become `?`. The sequences of `kept`, which are the program's own, stay.
std::string for_terminal(std::string_view text, std::span<const std::string_view> kept = {});

/// The same on one line: line breaks and tabs become spaces.
std::string one_line(std::string_view text);

/// JSON text in which what a terminal would act on is escaped (`\u009b`); its meaning is the same.
std::string json_for_terminal(std::string_view json);

/// At most so many characters of a text, with `…` at the end if there were more.
std::string shortened(const std::string& text, std::size_t most);

}  // namespace interregnum
