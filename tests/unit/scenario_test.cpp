#include <gtest/gtest.h>

#include "base/dates.hpp"
#include "base/quantity.hpp"
#include "scenario/checks.hpp"
#include "scenario/read_scenario.hpp"
#include "support.hpp"

namespace interregnum {
namespace {

using test::problems_of;
using test::scenario_of;
using test::small_country;

std::string changed(std::string text, const std::string& from, const std::string& to) {
  const std::size_t at = text.find(from);
  EXPECT_NE(at, std::string::npos) << from;
  return text.replace(at, from.size(), to);
}

TEST(Scenario, ReadsEveryFormOfAValue) {
  std::string text = changed(small_country(), "strength: 300", "strength: {value: 100..200, assumed: a guess}");
  text = changed(text, "tier: middle", "tier: {junior: 0.4, middle: 0.6, note: disputed}");
  const Scenario scenario = scenario_of(text + "public: {support: {mean: 0.25, sd: 0.08}}\n");
  const Unit& guard = scenario.units[1];
  EXPECT_EQ(guard.id, "guard");
  EXPECT_EQ(guard.strength.distribution.kind(), Distribution::Kind::uniform);
  EXPECT_EQ(guard.strength.provenance.assumed, "a guess");
  EXPECT_EQ(guard.strength.key, "units.guard.strength");
  EXPECT_EQ(scenario.plot.tier.distribution.kind(), Distribution::Kind::categorical);
  EXPECT_EQ(scenario.people.support.distribution.kind(), Distribution::Kind::normal);
  EXPECT_DOUBLE_EQ(scenario.horizon.distribution.mean(), 24 * hours_per_month);
  EXPECT_DOUBLE_EQ(guard.speed.distribution.mean(), 30.0);
}

TEST(Scenario, WhatAnEntrySaysOfItsSourceHoldsForItsValues) {
  const std::string text = changed(changed(small_country(), "places:", "sources:\n  atlas: {title: An atlas}\nplaces:"),
                                   "distance: 20 km", "distance: 20 km, source: atlas");
  const Scenario scenario = scenario_of(text);
  ASSERT_EQ(scenario.roads[0].distance.provenance.sources.size(), 1U);
  EXPECT_EQ(scenario.roads[0].distance.provenance.sources[0], "atlas");
  EXPECT_TRUE(scenario.roads[1].distance.provenance.empty());
}

TEST(Scenario, AValueSetOnTheCommandLineSaysSo) {
  const Scenario scenario = scenario_of(small_country(), {"units.guard.strength=5"});
  EXPECT_EQ(scenario.units[1].strength.provenance.assumed, "set on the command line");
}

TEST(Scenario, ReportsAllProblemsAtOnceInTheOrderOfTheFile) {
  std::string text = changed(small_country(), "population: 20k", "population: -20k");
  text = changed(text, "between: [capital, barracks]", "between: [capitol, barracks]");
  text = changed(text, "commander: middle", "comander: middle");
  text = changed(text, "start: 1975-01-01 04:00", "start: 1975-02-30 04:00");
  EXPECT_EQ(
      problems_of(text),
      "test.yaml:4:8: error: start: '1975-02-30 04:00' is no date and time (e.g. 2020-08-18 07:00)\n"
      "test.yaml:7:26: error: places.barracks.population: -20k is negative (0 to 10000000000)\n"
      "test.yaml:10:16: error: roads.0.between.0: 'capitol' is no place of this file (did you mean 'capital'?)\n"
      "test.yaml:16:13: error: units.plotters.commander: is missing\n"
      "test.yaml:16:46: error: units.plotters.comander: unknown key (did you mean 'commander'?)\n"
      "test.yaml:21:63: error: plot.objectives.1: cannot be reached: no road leads to 'capital' from where the plot's "
      "units are "
      "(add the missing road)\n"
      "test.yaml:21:76: error: plot.objectives.2: cannot be reached: no road leads to 'capital' from where the plot's "
      "units are "
      "(add the missing road)\n");
}

TEST(Scenario, CrossChecks) {
  const auto finds = [](const std::string& from, const std::string& to, const std::string& problem) {
    EXPECT_NE(problems_of(changed(small_country(), from, to)).find(problem), std::string::npos) << problem;
  };
  finds("capital: true, ", "", "no place is the capital");
  finds("population: 20k", "population: 20k, capital: true", "a second capital, after 'capital'");
  finds("sites: [presidency, ", "sites: [", "the capital has no presidency");
  finds("units: [plotters]", "units: []", "is empty");
  finds("units: [plotters]", "units: [plotters, plotters]", "stands twice");
  finds("objectives: [armoury", "objectives: [parliament", "no place of this file has the site 'parliament'");
  finds("tier: middle", "tier: {junior: 0.5, middle: 0.6}", "probabilities sum to 1.1, not to 1");
  finds("superior: staff}\n", "superior: region}\n", "the chain of command runs in a circle");
  finds("guards: presidency", "guards: airport", "there is no airport in 'capital'");
  finds("distance: 20 km", "distance: 20", "has no unit");
  finds("distance: 20 km", "distance: 20 km, source: atlas", "'atlas' is not among the sources");
}

/// A warning if the time of the facts ends more than a year before the start (1975-01-01), or begins after it.
TEST(Scenario, FactsOfAnotherTimeAreAWarning) {
  const std::string text = small_country() + "sources:\n  panel: {title: A panel, as_of: AS_OF}\n";
  for (const auto& [as_of, warning] :
       {std::pair{"1975-01-01", ""},
        {"1975-01", ""},
        {"1975", ""},
        {"1974", ""},
        {"1974-06", ""},
        {"1974-01-01", ""},
        {"1973-12-31", "the facts of 'panel' are of 1973-12-31, 1.0 years before the start"},
        {"1973", "the facts of 'panel' are of 1973, 1.0 years before the start"},
        {"1972-02-29", "the facts of 'panel' are of 1972-02-29, 2.8 years before the start"},
        {"1969-12", "the facts of 'panel' are of 1969-12, 5.0 years before the start"},
        {"1975-01-02", "the facts of 'panel' are of 1975-01-02, after the start"},
        {"1976", "the facts of 'panel' are of 1976, after the start"}}) {
    Diagnostics diagnostics;
    const Scenario scenario = read_scenario(changed(text, "AS_OF", as_of), "test.yaml", {}, diagnostics);
    EXPECT_FALSE(diagnostics.has_errors()) << as_of;
    std::string found;
    for (const Diagnostic& problem : diagnostics.list()) {
      if (problem.key == "sources.panel.as_of") found += problem.problem;
    }
    EXPECT_EQ(found, warning) << as_of;
    const auto told = facts_of_another_time(scenario);
    EXPECT_EQ(told.empty() ? "" : told.front(), warning) << as_of;
  }
  EXPECT_NE(problems_of(changed(text, "AS_OF", "1974-13")).find("sources.panel.as_of: '1974-13' is no date"),
            std::string::npos);
}

TEST(Scenario, FindsTheSiteThatIsMeant) {
  const Scenario scenario = scenario_of(small_country(), {"places.province.sites=[broadcaster]"});
  std::string problem;
  EXPECT_EQ(resolve_site(scenario, "broadcaster", problem)->place, 0U);  // the capital's, though there are two
  EXPECT_EQ(resolve_site(scenario, "province.broadcaster", problem)->place, 2U);
  EXPECT_EQ(resolve_site(scenario, "armoury", problem)->place, 1U);
  EXPECT_FALSE(resolve_site(scenario, "province.armoury", problem));
}

/// 1970-01-01 00:00 is a start like any other.
TEST(Scenario, WhatIsEarlierIsEarlierOnEveryDay) {
  for (const std::string start : {"1970-01-01 00:00", "1969-12-31 23:59", "1970-01-01 00:01", "1975-01-01 04:00"}) {
    std::string text = changed(small_country(), "start: 1975-01-01 04:00", "start: " + start);
    text += "ruler: {name: R, since: 1980}\nhistory:\n  - {date: 1980-02, outcome: failed}\n";
    const std::string problems = problems_of(text);
    EXPECT_NE(problems.find("ruler.since: the ruler comes to power after the start"), std::string::npos) << start;
    EXPECT_NE(problems.find("history.0.date: lies after the start"), std::string::npos) << start;
  }
}

TEST(Scenario, ARoadIsNoShorterThanTheFlightOfABird) {
  const auto problems = [](const std::string& capital, const std::string& barracks, const std::string& distance) {
    std::string text = changed(small_country(), "capital: {", "capital: {at: " + capital + ", ");
    text = changed(text, "barracks: {", "barracks: {at: " + barracks + ", ");
    Diagnostics diagnostics;
    read_scenario(changed(text, "distance: 20 km", "distance: " + distance), "test.yaml", {}, diagnostics);
    std::string lines;
    for (const Diagnostic& problem : diagnostics.list()) lines += to_text(problem) + "\n";
    return lines;
  };
  const std::string warning = "as the crow flies";
  EXPECT_EQ(problems("[12.65, -8.00]", "[12.75, -8.07]", "15 km").find(warning), std::string::npos);
  EXPECT_EQ(problems("[12.65, -8.00]", "[12.75, -8.07]", "10..40 km").find(warning), std::string::npos);
  EXPECT_NE(problems("[12.65, -8.00]", "[14.49, -4.19]", "600 m").find(warning), std::string::npos);
  EXPECT_NE(problems("[12.65, -8.00]", "[14.49, -4.19]", "5..60 km").find(warning), std::string::npos);
  EXPECT_EQ(problems("[12.65, -8.00]", "[14.49, -4.19]", "640 km").find(warning), std::string::npos);
  // Across the date line it is near.
  EXPECT_EQ(problems("[-16.5, 179.9]", "[-16.5, -179.9]", "25 km").find(warning), std::string::npos);
  // Longitude first: 80 degrees apart to the north, where they are as many to the east.
  EXPECT_NE(problems("[-70.5, 10.0]", "[10.5, 10.0]", "300 km").find(warning), std::string::npos);
  EXPECT_NE(problems("[102.6, 17.9]", "[17.9, 102.6]", "20 km").find("is no position"), std::string::npos);
}

TEST(Scenario, MessagesAreInTheUnitsOfTheFile) {
  const auto of = [](const std::string& horizon) {
    return problems_of(small_country() + "horizon: " + horizon + "\n");
  };
  EXPECT_NE(of("1000 years").find("horizon: 1000 years is out of bounds (1 hour to 30 years)"), std::string::npos);
  EXPECT_NE(of("30 minutes").find("horizon: 30 minutes is out of bounds (1 hour to 30 years)"), std::string::npos);
  const std::string support = problems_of(small_country() + "public: {support: 20..140 %}\n");
  EXPECT_NE(support.find("public.support: 20..140 % is out of bounds (0 % to 100 %)"), std::string::npos);
}

TEST(Dates, AreRealOnes) {
  EXPECT_TRUE(parse_date("2020-02-29"));
  EXPECT_FALSE(parse_date("2021-02-29"));
  EXPECT_FALSE(parse_date("2020-2-9"));
  EXPECT_FALSE(parse_date_time("2020-08-18 25:00"));
  EXPECT_TRUE(is_partial_date("2012-03"));
  EXPECT_FALSE(is_partial_date("2012-13"));
  EXPECT_EQ(date_time_after(*parse_date_time("2020-08-31 23:30"), 0.75), "2020-09-01 00:15");
}

}  // namespace
}  // namespace interregnum
