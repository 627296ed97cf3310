#include "base/quoting.hpp"

#include <algorithm>

namespace interregnum {

namespace {

bool is_plain_in_a_shell(char character) {
  return (character >= 'a' && character <= 'z') || (character >= 'A' && character <= 'Z') ||
         (character >= '0' && character <= '9') ||
         std::string_view("_@%+=:,./-").find(character) != std::string_view::npos;
}

/// Between two marks; each of `escaped` that stands in the text is written with `escape` before it.
std::string between(char mark, std::string_view text, std::string_view escaped, char escape) {
  std::string quoted(1, mark);
  for (const char letter : text) {
    if (escaped.find(letter) != std::string_view::npos) quoted += escape;
    quoted += letter;
  }
  return quoted + mark;
}

}  // namespace

std::string shell_word(std::string_view word) {
  // A word that begins with `=` is a path to zsh.
  if (!word.empty() && word.front() != '=' && std::all_of(word.begin(), word.end(), is_plain_in_a_shell))
    return std::string(word);
  std::string quoted = "'";
  for (const char character : word) {
    if (character == '\'') {
      quoted += "'\\''";
    } else {
      quoted += character;
    }
  }
  return quoted + "'";
}

std::string shell_command(std::span<const std::string> words) {
  std::string line;
  for (const std::string& word : words) line += (line.empty() ? "" : " ") + shell_word(word);
  return line;
}

std::string csv_field(std::string_view value) {
  if (value.find_first_of(",\"\n") == std::string_view::npos) return std::string(value);
  return between('"', value, "\"", '"');
}

std::string yaml_text(std::string_view text) { return between('"', text, "\"\\", '\\'); }

}  // namespace interregnum
