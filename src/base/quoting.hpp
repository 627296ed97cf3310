#pragma once

#include <span>
#include <string>
#include <string_view>

/// Texts as other languages take them for one word, whatever is in them.
namespace interregnum {

/// For a POSIX shell (POSIX.1-2017, Shell Command Language, 2.2 Quoting).
std::string shell_word(std::string_view word);

/// Words as one command line.
std::string shell_command(std::span<const std::string> words);

/// For a table separated by commas (RFC 4180).
std::string csv_field(std::string_view value);

/// For YAML, between double quotes; the text has no control characters (YAML 1.2.2, 7.3.1).
std::string yaml_text(std::string_view text);

}  // namespace interregnum
