#include <gtest/gtest.h>

#include <cmath>
#include <map>
#include <random>

#include "base/diagnostics.hpp"
#include "base/distribution.hpp"
#include "base/identifiers.hpp"
#include "base/quantity.hpp"
#include "base/resource_error.hpp"
#include "base/schedule.hpp"

namespace interregnum {
namespace {

ParsedQuantity parsed(const char* text, Dimension dimension) {
  QuantityProblem problem;
  const auto result = parse_quantity(text, dimension, problem);
  EXPECT_TRUE(result) << text << ": " << problem.problem;
  return result.value_or(ParsedQuantity{NAN, NAN, ""});
}

std::string refused(const char* text, Dimension dimension) {
  QuantityProblem problem;
  EXPECT_FALSE(parse_quantity(text, dimension, problem)) << text;
  return problem.problem + "; " + problem.suggestion;
}

TEST(Quantity, ReadsNumbersRangesAndUnits) {
  EXPECT_DOUBLE_EQ(parsed("15 km", Dimension::length).low, 15.0);
  EXPECT_DOUBLE_EQ(parsed("500 m", Dimension::length).low, 0.5);
  EXPECT_DOUBLE_EQ(parsed("2.4M..2.8M", Dimension::people).high, 2.8e6);
  EXPECT_DOUBLE_EQ(parsed("800..1200", Dimension::people).low, 800.0);
  EXPECT_DOUBLE_EQ(parsed("10..15 km", Dimension::length).low, 10.0);
  EXPECT_DOUBLE_EQ(parsed("-0.5..0.5", Dimension::position).low, -0.5);
  EXPECT_DOUBLE_EQ(parsed("25 %", Dimension::share).low, 0.25);
  EXPECT_DOUBLE_EQ(parsed("1 day", Dimension::duration).low, 24.0);
  EXPECT_DOUBLE_EQ(parsed("12 months", Dimension::duration).low, parsed("1 year", Dimension::duration).low);
}

TEST(Quantity, RefusesWhatIsNotOne) {
  EXPECT_NE(refused("15", Dimension::length).find("no unit"), std::string::npos);
  EXPECT_NE(refused("15 parsecs", Dimension::length).find("'parsecs' is not known"), std::string::npos);
  EXPECT_NE(refused("nan", Dimension::position).find("not a number"), std::string::npos);
  EXPECT_NE(refused("inf", Dimension::position).find("not a number"), std::string::npos);
  EXPECT_NE(refused("1e999", Dimension::position).find("too large"), std::string::npos);
  EXPECT_NE(refused("9..3", Dimension::people).find("backwards"), std::string::npos);
  EXPECT_NE(refused("", Dimension::people).find("not a number"), std::string::npos);
  EXPECT_NE(refused("..", Dimension::people).find("not a number"), std::string::npos);
}

/// What a person types where a number is wanted: read as meant, or refused with the word that helps.
TEST(Quantity, NumbersAsPeopleTypeThem) {
  struct Case {
    const char* text;
    Dimension dimension;
    double low, high;
    const char* refusal;  ///< empty: it is read
  };
  constexpr Dimension people = Dimension::people, money = Dimension::money, share = Dimension::share,
                      position = Dimension::position, length = Dimension::length, count = Dimension::count;
  const Case cases[] = {
      {"0...1", share, 0, 0, "a dot too many"},
      {"0...1", position, 0, 0, "a dot too many"},
      {"300...600", people, 0, 0, "a dot too many"},
      {"0.. .5", share, 0, 0, "a dot too many"},
      {"0..0.5", share, 0, 0.5, ""},
      {".5", share, 0.5, 0.5, ""},
      {"40.000", people, 0, 0, "is 40000 meant?"},
      {"1.200", people, 0, 0, "is 1200 meant?"},
      {"1.200..2.400", people, 0, 0, "is 1200 meant?"},
      {"1.2", people, 0, 0, "no whole number of people"},
      {"1.2k", people, 1200, 1200, ""},
      {"1.2..2.4k", people, 1200, 2400, ""},
      {"1.200.000", people, 0, 0, "digits are not grouped"},
      {"40.0", people, 40, 40, ""},
      {"1973.0", people, 1973, 1973, ""},
      {"15k", people, 15000, 15000, ""},
      {"15k", money, 15000, 15000, ""},
      {"1.5..15k", money, 1500, 15000, ""},
      {"40.000", money, 0, 0, "is 40000 meant?"},
      {"26348.5", money, 26348.5, 26348.5, ""},
      {"12.000", count, 0, 0, "is 12000 meant?"},
      {"0.125", share, 0.125, 0.125, ""},
      {"40\u00a0%", share, 0.4, 0.4, ""},
      {"40\u202f%", share, 0.4, 0.4, ""},
      {"15\u00a0km", length, 15, 15, ""},
      {"10 .. 15\u202fkm", length, 10, 15, ""},
      {"300\u2013600", people, 0, 0, "a range has two dots"},
      {"300\u2026600", people, 0, 0, "a range has two dots"},
      {"300-600", people, 0, 0, "a range has two dots"},
      {"1_200", people, 0, 0, "digits are not grouped"},
      {"1,200", people, 0, 0, "digits are not grouped"},
      {"1 200", people, 0, 0, "digits are not grouped"},
      {"1'200", people, 0, 0, "digits are not grouped"},
      {"0,4", share, 0, 0, "the decimal sign is a point"},
      {"0,4 km", length, 0, 0, "the decimal sign is a point"},
  };
  for (const Case& one : cases) {
    if (*one.refusal != '\0') {
      EXPECT_NE(refused(one.text, one.dimension).find(one.refusal), std::string::npos)
          << one.text << ": " << refused(one.text, one.dimension);
    } else {
      EXPECT_DOUBLE_EQ(parsed(one.text, one.dimension).low, one.low) << one.text;
      EXPECT_DOUBLE_EQ(parsed(one.text, one.dimension).high, one.high) << one.text;
    }
  }
  QuantityProblem problem;
  EXPECT_TRUE(parse_quantity("1234.5", people, problem, QuantityRole::moment));
  EXPECT_FALSE(parse_quantity("40.000", people, problem, QuantityRole::moment));
}

TEST(Quantity, BoundsInTheUnitOfTheValue) {
  EXPECT_EQ(bounds_in_words(Dimension::duration, 1, 30 * hours_per_year, "years"), "1 hour to 30 years");
  EXPECT_EQ(bounds_in_words(Dimension::duration, 0, 30 * hours_per_year, "days"), "0 to 30 years");
  EXPECT_EQ(bounds_in_words(Dimension::share, 0, 1, "%"), "0 % to 100 %");
  EXPECT_EQ(bounds_in_words(Dimension::share, 0, 1, ""), "0 to 1");
  EXPECT_EQ(bounds_in_words(Dimension::length, 0, 20000, "km"), "0 km to 20000 km");
  EXPECT_EQ(bounds_in_words(Dimension::length, 0, 20000, "mi"), "0 mi to 12427 mi");
  EXPECT_EQ(bounds_in_words(Dimension::speed, 1, 1000, "km/h"), "1 km/h to 1000 km/h");
  EXPECT_EQ(bounds_in_words(Dimension::money, 100, 500000, "k"), "100 dollars to 500000 dollars");
  EXPECT_EQ(bounds_in_words(Dimension::people, 0, 1e10, ""), "0 to 10000000000");
}

TEST(Distribution, QuantilesOfKnownDistributions) {
  EXPECT_DOUBLE_EQ(Distribution::fixed(3).quantile(0.9), 3.0);
  EXPECT_DOUBLE_EQ(Distribution::uniform(10, 20).quantile(0.25), 12.5);
  const double infinite = std::numeric_limits<double>::infinity();
  EXPECT_NEAR(Distribution::normal(1, 2, -infinite, infinite).quantile(0.975), 1 + 2 * 1.959963984540054, 1e-12);
  EXPECT_DOUBLE_EQ(Distribution::categorical({0.2, 0.3, 0.5}).quantile(0.19), 0.0);
  EXPECT_DOUBLE_EQ(Distribution::categorical({0.2, 0.3, 0.5}).quantile(0.21), 1.0);
  EXPECT_DOUBLE_EQ(Distribution::categorical({0.2, 0.3, 0.5}).quantile(0.99), 2.0);
  EXPECT_TRUE(Distribution::categorical({0, 1, 0}).is_fixed());
}

// The truncated normal's mean in closed form against the integral of its quantile function (midpoints, 100,000 of
// them).
TEST(Distribution, TruncatedNormalStaysWithinBoundsAndHasItsMean) {
  const Distribution truncated = Distribution::normal(0.1, 0.4, 0.0, 1.0);
  double sum = 0;
  constexpr int points = 100000;
  for (int point = 0; point < points; ++point) {
    const double value = truncated.quantile((point + 0.5) / points);
    ASSERT_GE(value, 0.0);
    ASSERT_LE(value, 1.0);
    sum += value;
  }
  EXPECT_NEAR(sum / points, truncated.mean(), 1e-6);
}

TEST(Identifiers, HashIsStableAndDistinguishes) {
  // Published test vector of FNV-1a, 64 bits.
  EXPECT_EQ(hash_identifier("foobar"), 0x85944171f73967e8ULL);
  EXPECT_NE(hash_pair(1, 2), hash_pair(2, 1));
}

// Against a multimap under a long random series of settings, moves and clearings (fixed generator: the test is
// deterministic).
TEST(Schedule, AgreesWithASortedReference) {
  constexpr std::uint32_t slots = 50;
  Schedule schedule(slots);
  std::map<std::uint32_t, double> reference;
  std::mt19937 random(7);
  for (int round = 0; round < 20000; ++round) {
    const auto slot = static_cast<std::uint32_t>(random() % slots);
    if (random() % 3 == 0) {
      schedule.clear(slot);
      reference.erase(slot);
    } else {
      const double time = static_cast<double>(random() % 1000);
      schedule.set(slot, time);
      reference[slot] = time;
    }
    const auto first = std::min_element(reference.begin(), reference.end(), [](const auto& left, const auto& right) {
      return std::pair(left.second, left.first) < std::pair(right.second, right.first);
    });
    if (first == reference.end()) {
      ASSERT_TRUE(schedule.empty());
    } else {
      ASSERT_EQ(schedule.next_slot(), first->first);
      ASSERT_DOUBLE_EQ(schedule.next_due(), first->second);
    }
  }
}

TEST(Diagnostics, QuotesNothingThatATerminalWouldActOn) {
  Diagnostics diagnostics;
  diagnostics.error({}, "a\rb", "no\x1b[31m such\nkey");
  EXPECT_EQ(to_text(diagnostics.list()[0]), "input: error: a?b: no?[31m such key");
}

TEST(Errors, HoldNothingThatATerminalWouldActOn) {
  const std::string quoted = "draws\x1b[2J.nc: no parameter 'a\u009bb'\nsecond line";
  const char* const clean = "draws?[2J.nc: no parameter 'a?b'\nsecond line";
  EXPECT_STREQ(InputError(quoted).what(), clean);
  EXPECT_STREQ(ResourceError(quoted).what(), clean);
}

TEST(Diagnostics, SaysWhereWhatAndWhatWouldBeRight) {
  Diagnostics diagnostics;
  diagnostics.error({std::make_shared<const std::string>("a.yaml"), 3, 7}, "plot.teir", "unknown key",
                    "did you mean 'tier'?");
  EXPECT_EQ(to_text(diagnostics.list()[0]), "a.yaml:3:7: error: plot.teir: unknown key (did you mean 'tier'?)");
}

}  // namespace
}  // namespace interregnum
