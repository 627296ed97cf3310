#include "base/quoting.hpp"

#include <gtest/gtest.h>

#include <random>
#include <vector>

namespace interregnum {
namespace {

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

TEST(Quoting, AShellTakesACommandApartAgain) {
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

TEST(Quoting, OfTablesIsOnlyWhereItIsNeeded) {
  EXPECT_EQ(csv_field("Côte d'Ivoire"), "Côte d'Ivoire");
  EXPECT_EQ(csv_field(""), "");
  EXPECT_EQ(csv_field("Yemen, North"), "\"Yemen, North\"");
  EXPECT_EQ(csv_field("the \"Tiger\""), "\"the \"\"Tiger\"\"\"");
  EXPECT_EQ(csv_field("two\nlines"), "\"two\nlines\"");
}

TEST(Quoting, OfYamlKeepsMarksAndBackslashes) {
  EXPECT_EQ(yaml_text("Mali: 2020 #1"), "\"Mali: 2020 #1\"");
  EXPECT_EQ(yaml_text("a \\ and \"b\""), "\"a \\\\ and \\\"b\\\"\"");
}

}  // namespace
}  // namespace interregnum
