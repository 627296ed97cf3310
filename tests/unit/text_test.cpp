#include "base/text.hpp"

#include <gtest/gtest.h>

#include <array>
#include <random>
#include <vector>

#include "base/diagnostics.hpp"

namespace interregnum {
namespace {

using namespace std::string_literals;

/// Whether a terminal only shows a text, looked at byte by byte: UTF-8 throughout, and nothing of what it acts on.
bool only_shows(std::string_view text) {
  for (std::size_t byte = 0, length = 0; byte < text.size(); byte += length) {
    char32_t character = 0;
    length = character_length(text, byte, character);
    if (length == 0) return false;
    if ((character < 0x20 && character != '\n' && character != '\t') || (character >= 0x7f && character <= 0x9f))
      return false;
    if ((character >= 0x2028 && character <= 0x202e) || (character >= 0x2066 && character <= 0x2069)) return false;
  }
  return true;
}

TEST(Text, NothingThatATerminalActsOnIsLeft) {
  EXPECT_EQ(for_terminal("Örmény, 東京, 👩‍👩‍👧, العربية\n\tx"),
            "Örmény, 東京, 👩‍👩‍👧, العربية\n\tx");
  EXPECT_EQ(for_terminal("\x1b[31mred\a\r\x7f"), "?[31mred???");
  EXPECT_EQ(for_terminal("\u009b31m \u0085 \u202eevil\u2066 \u2028"), "?31m ? ?evil? ?");
  EXPECT_EQ(for_terminal("\xff\xc3"), "??");
  EXPECT_EQ(one_line("a\nb\tc\x1b"), "a b c?");
  const std::array<std::string_view, 2> own{"\x1b[1m", "\x1b[0m"};
  EXPECT_EQ(for_terminal("\x1b[1mbold\x1b[0m \x1b[2J \x1b[1", own), "\x1b[1mbold\x1b[0m ?[2J ?[1");
  // A fixed seed: 20,000 texts of bytes that matter.
  std::mt19937 random(7);
  const std::string bytes = "\x1b[1m\n\t\r\x00\x7f\x80\x9b\xc2\xe2\x80\xae\xaa\x81\xa6\xf0\x9f\xff ax\"\\"s;
  for (int attempt = 0; attempt < 20000; ++attempt) {
    std::string text;
    for (std::size_t left = random() % 24; left > 0; --left) text += bytes[random() % bytes.size()];
    EXPECT_TRUE(only_shows(for_terminal(text)));
    EXPECT_TRUE(only_shows(one_line(text)));
    EXPECT_EQ(one_line(text).find('\n'), std::string::npos);
    if (only_shows(text)) {
      EXPECT_EQ(for_terminal(text), text);
    }
  }
}

TEST(Text, JsonIsEscapedAndMeansTheSame) {
  EXPECT_EQ(json_for_terminal("{\"a\": \"\u009b31m \u202e ö \x7f\"}\n"), "{\"a\": \"\\u009b31m \\u202e ö \\u007f\"}\n");
}

TEST(Text, CountsAndShortensByCharacters) {
  EXPECT_EQ(characters("öäü\xff"), 4U);
  EXPECT_EQ(shortened("öäü", 3), "öäü");
  EXPECT_EQ(shortened("öäüx", 3), "öäü…");
}

TEST(Text, MessagesStayOnTheirLineAndWithinIt) {
  Diagnostics diagnostics;
  const auto file = std::make_shared<const std::string>("a\n\x1b[2Jb.yaml");
  diagnostics.error({file, 1, 2}, std::string(1000000, 'k'), "\u009b" + std::string(1000000, 'p'), "x\ny");
  const std::string message = to_text(diagnostics.list().front());
  EXPECT_TRUE(only_shows(message));
  EXPECT_EQ(message.find('\n'), std::string::npos);
  EXPECT_LT(message.size(), 3000U);
}

/// Words of a line as POSIX says that a shell splits it, as far as `shell_command` uses quotes.
std::vector<std::string> split(const std::string& line) {
  std::vector<std::string> words;
  bool in_word = false, in_quotes = false;
  for (std::size_t at = 0; at < line.size(); ++at) {
    if (in_quotes) {
      if (line[at] == '\'') {
        in_quotes = false;
      } else {
        words.back() += line[at];
      }
      continue;
    }
    if (line[at] == ' ') {
      in_word = false;
      continue;
    }
    EXPECT_EQ(std::string("\n\t|&;<>()$`\"*?[#~!{}").find(line[at]), std::string::npos) << line;
    if (!in_word) words.emplace_back();
    in_word = true;
    if (line[at] == '\'') {
      in_quotes = true;
    } else {
      words.back() += line[at] == '\\' ? line[++at] : line[at];
    }
  }
  EXPECT_FALSE(in_quotes) << line;
  return words;
}

TEST(Text, AShellTakesACommandApartAgain) {
  EXPECT_EQ(shell_word("scenarios/mali-2020.yaml"), "scenarios/mali-2020.yaml");
  EXPECT_EQ(shell_word("a=b:1..2,3"), "a=b:1..2,3");
  EXPECT_EQ(shell_word(""), "''");
  EXPECT_EQ(shell_word("it's"), "'it'\\''s'");
  EXPECT_EQ(shell_word("=ls"), "'=ls'");
  std::mt19937 random(17);
  const std::string letters = "a0'\"\\ \n\t$`!*?[]{}()<>|&;#~=%é\x1b";
  for (int attempt = 0; attempt < 5000; ++attempt) {
    std::vector<std::string> words(1 + random() % 4);
    for (std::string& word : words) {
      for (std::size_t left = random() % 8; left > 0; --left) word += letters[random() % letters.size()];
    }
    EXPECT_EQ(split(shell_command(words)), words);
  }
}

}  // namespace
}  // namespace interregnum
