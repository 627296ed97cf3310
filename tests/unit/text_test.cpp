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

}  // namespace
}  // namespace interregnum
