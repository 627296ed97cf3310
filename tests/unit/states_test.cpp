#include "record/states.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <map>
#include <set>

#include "analysis/thin_country.hpp"
#include "base/dates.hpp"
#include "base/edit_distance.hpp"
#include "record/attempt_table.hpp"
#include "record/datasets.hpp"
#include "record/match.hpp"
#include "record/store.hpp"
#include "scenario/checks.hpp"
#include "scenario/read_scenario.hpp"

namespace interregnum {
namespace {

using std::chrono::sys_days;

const std::string data = std::string(SCENARIOS) + "/../data";

sys_days day(const std::string& text) { return parse_date(text).value(); }

const States& states() {
  static const States table = read_states(data + "/states.csv");
  return table;
}

const Record& shipped() {
  static const Record record = read_shipped_record(data);
  return record;
}

std::string refusal_of(const std::string& name) {
  try {
    return states().find(name).last().name;
  } catch (const InputError& error) {
    return error.what();
  }
}

TEST(States, FollowOneAnotherAndShareNoCode) {
  std::map<std::string, std::vector<const StatePeriod*>> of_code;
  std::set<int> codes;
  for (const SovereignState& state : states().all()) {
    EXPECT_TRUE(codes.insert(state.code).second) << state.code << " has two lists of periods";
    const StatePeriod* before = nullptr;
    for (const StatePeriod& period : state.periods) {
      EXPECT_LE(period.from, period.to) << period.name;
      EXPECT_FALSE(period.name.empty());
      if (before != nullptr) {
        EXPECT_LT(before->to, period.from) << period.name;
      }
      before = &period;
      if (!period.iso3.empty()) of_code["ISO " + period.iso3].push_back(&period);
      of_code["GW " + std::to_string(period.gw_code)].push_back(&period);
    }
  }
  for (const auto& [code, periods] : of_code) {
    for (const StatePeriod* one : periods) {
      for (const StatePeriod* other : periods)
        EXPECT_TRUE(one == other || one->to < other->from || other->to < one->from) << code << ": " << one->name;
    }
  }
  EXPECT_GT(codes.size(), 200U);
}

TEST(States, AnswerToTheNamesOfAPublicList) {
  const TableColumns names(read_table_file(std::string(SCENARIOS) + "/../tests/data/country_names.csv"));
  std::set<int> asked;
  for (const TableFile::Row& row : names.table().rows) {
    const std::string& name = names.text(row, "name");
    const std::string& date = names.text(row, "day");
    const auto when = date.empty() ? std::nullopt : parse_date(date);
    try {
      EXPECT_EQ(states().find(name, when).code, names.code(row, "country_code")) << name << " " << date;
      asked.insert(states().find(name, when).code);
    } catch (const InputError& error) {
      ADD_FAILURE() << error.what();
    }
  }
  for (const SovereignState& state : states().all()) {
    if (state.last().to >= day("1946-01-01")) {
      EXPECT_TRUE(asked.contains(state.code)) << state.last().name;
    }
  }
}

/// Every name with a letter left out, doubled or changed: it is answered with a state, or refused with names that are a
/// letter or two away.
TEST(States, SuggestionsAreALetterOrTwoAway) {
  int suggested = 0;
  for (const SovereignState& state : states().all()) {
    const std::string name = state.last().name;
    for (std::size_t at = 1; at < name.size(); at += 3) {
      if (static_cast<unsigned char>(name[at]) >= 0x80 || static_cast<unsigned char>(name[at - 1]) >= 0x80) continue;
      for (const std::string& slip :
           {name.substr(0, at) + name.substr(at + 1), name.substr(0, at) + "x" + name.substr(at)}) {
        const std::string answer = refusal_of(slip);
        const std::size_t begins = answer.find("did you mean '");
        if (begins == std::string::npos) continue;
        ++suggested;
        std::string rest = answer.substr(begins + 14);
        rest.resize(rest.rfind("'?"));
        while (!rest.empty()) {
          const std::size_t end = std::min(rest.find("' or '"), rest.size());
          const std::string offered = rest.substr(0, end);
          EXPECT_LE(edit_distance(plain_name(slip), plain_name(offered)), 2U) << slip << ": " << offered;
          rest = end == rest.size() ? "" : rest.substr(end + 6);
        }
      }
    }
  }
  EXPECT_GT(suggested, 100);
  EXPECT_NE(refusal_of("Swasiland").find("did you mean 'Swaziland'?"), std::string::npos);
  EXPECT_NE(refusal_of("Korea").find("which: North Korea or South Korea?"), std::string::npos);
  for (const char* unknown : {"", "Atlantis", "XXX", "000", "Republic", "\xff\xfe"})
    EXPECT_NE(refusal_of(unknown).find("give its name"), std::string::npos) << unknown;
}

TEST(States, CodesOfGleditschAndWardGoByTheDay) {
  struct Pair {
    int code;
    const char* day;
    int gw_code;
  };
  for (const Pair& pair : std::vector<Pair>{{679, "2005-06-15", 678},
                                            {678, "1980-01-01", 678},
                                            {680, "1980-01-01", 680},
                                            {255, "2000-01-01", 260},
                                            {260, "1970-01-01", 260},
                                            {345, "1990-01-01", 345},
                                            {345, "2006-06-04", 345},
                                            {345, "2006-06-05", 340},
                                            {946, "2000-01-01", 970},
                                            {947, "2001-01-01", 973},
                                            {955, "2000-01-01", 972},
                                            {970, "2000-01-01", 971},
                                            {432, "1968-11-19", 432},
                                            {999, "2000-01-01", 999}})
    EXPECT_EQ(states().gw_code(pair.code, day(pair.day)), pair.gw_code) << pair.code << " " << pair.day;
  EXPECT_EQ(states().of_gw_code(678, day("1991-01-01"), day("2011-12-31"))->code, 679);
  EXPECT_EQ(states().of_gw_code(679, day("1991-01-01"), day("2011-12-31")), nullptr);
}

TEST(States, EveryAttemptAndEveryFactIsOfAStateOfItsDay) {
  for (const Attempt& attempt : shipped().attempts) {
    const SovereignState* state = shipped().states.of_code(attempt.country_code);
    ASSERT_NE(state, nullptr) << attempt.id;
    EXPECT_TRUE(state->existed(attempt.date)) << attempt.id;
  }
  for (const auto& [code, months] : shipped().months) EXPECT_NE(shipped().states.of_code(code), nullptr) << code;
}

std::string line_of(const std::string& text, const std::string& begins) {
  const std::size_t at = text.find("\n" + begins);
  return at == std::string::npos ? "" : text.substr(at + 1, text.find('\n', at + 1) - at - 1);
}

std::string value_of(const std::string& line, const std::string& key) {
  const std::size_t at = line.find(key + ": ");
  return at == std::string::npos ? ""
                                 : line.substr(at + key.size() + 2, line.find_first_of(",}", at) - at - key.size() - 2);
}

/// The ruler's beginning does not move with the start, but by a coup: between two rows of facts it is one for every day
/// without one, and after one it is its month, under soldiers.
TEST(WatchedCountry, TheRulersBeginningDoesNotMoveWithTheStart) {
  int compared = 0, after_coups = 0;
  for (const int code : {41, 145, 155, 432, 436, 439, 452, 475, 481, 530, 625, 640, 652, 679, 770, 800}) {
    const SovereignState& state = *shipped().states.of_code(code);
    for (int year = 1964; year <= 2012; year += 3) {
      const sys_days january(std::chrono::year(year) / 1 / 1);
      std::string since;
      sys_days last_coup{};
      for (const int days : {0, 1, 45, 200, 360}) {
        const sys_days start = january + std::chrono::days(days);
        if (!state.existed(start) || shipped().last_month_before(code, start) == nullptr) continue;
        const CountryMonth& facts = *shipped().last_month_before(code, start);
        const Attempt* coup = nullptr;
        for (const Attempt& attempt : shipped().attempts) {
          if (attempt.country_code == code && attempt.succeeded && attempt.date < start &&
              month_of(attempt.date) >= facts.month)
            coup = &attempt;
        }
        const std::string text = watched_country(shipped(), state, start, 12);
        const std::string ruler = line_of(text, "ruler:");
        const std::string now = value_of(ruler, "since");
        if (coup != nullptr) {
          ++after_coups;
          EXPECT_EQ(now, to_text(month_of(coup->date))) << state.last().name << " " << to_text(start);
          EXPECT_NE(line_of(text, "regime:").find("military: "), std::string::npos);
          EXPECT_NE(ruler.find("powell_thyne"), std::string::npos);
          last_coup = coup->date;
        } else if (last_coup == sys_days{}) {
          if (!since.empty()) {
            ++compared;
            EXPECT_EQ(now, since) << state.last().name << " " << to_text(start);
          }
          since = now;
        }
        EXPECT_EQ(ruler.find("archigos"), std::string::npos) << "its name is not told";
      }
    }
  }
  EXPECT_GT(compared, 300);
  EXPECT_GT(after_coups, 5);
}

TEST(Matching, RowsUnderACodeThatNoStateHadAreReported) {
  const auto imported = [](const std::string& text) {
    const TableFile table = read_table(text, "rows.csv");
    Import import;
    import.rows = read_rows(recognise(table), table);
    import.until = day("2011-12-31");
    return import;
  };
  // By Gleditsch & Ward Yemen is 678 throughout and Germany 260 from 1990 on; by Correlates of War they are 679 and
  // 255 from then on.
  const std::string leaders =
      "obsid,gwcode,leader,startdate,enddate,exit\na,678,A,1995-01-01,,\nb,679,B,1995-01-01,1999-01-01,Regular\n"
      "c,260,C,1995-01-01,,\nd,255,D,1995-01-01,,\ne,265,E,1985-01-01,1995-01-01,Regular\n"
      "f,265,F,1990-10-03,NA,\ng,999,G,1990-01-01,9999-12-31,\n";
  const std::string attempts =
      "ccode,country,year,month,day,coup\n432,Mali,1991,3,26,2\n679,Yemen,1995,1,1,1\n678,Yemen,1995,1,1,1\n"
      "265,Germany,1990,10,2,1\n265,Germany,1990,10,3,1\n";
  std::string months = "ccode,country,year,month,regime";
  for (const FactColumn& column : fact_columns) months += "," + std::string(column.name);
  for (const char* month :
       {"265,Germany,1990,10", "265,Germany,1990,11", "626,South Sudan,2011,6", "626,South Sudan,2011,7"})
    months += "\n" + std::string(month) + std::string(fact_columns.size() + 1, ',');
  Record record;
  record.states = states();
  const MatchReport report = rebuild(record, {{"powell_thyne", imported(attempts)},
                                              {"archigos", imported(leaders)},
                                              {"country_months", imported(months + "\n")}});
  EXPECT_EQ(report.datasets.at("archigos").no_state,
            (std::vector<std::string>{"679-1995-01-01 (line 3)", "255-1995-01-01 (line 5)", "265-1990-10-03 (line 7)",
                                      "999-1990-01-01 (line 8)"}));
  EXPECT_EQ(report.datasets.at("powell_thyne").no_state,
            (std::vector<std::string>{"678-1995-01-01 (line 4)", "265-1990-10-03 (line 6)"}));
  EXPECT_EQ(report.datasets.at("country_months").no_state,
            (std::vector<std::string>{"265-1990-11-01 (line 3)", "626-2011-06-01 (line 4)"}));
}

TEST(WatchedCountry, OldFactsAreAWarningInTheFile) {
  const SovereignState& mali = states().find("Mali");
  for (const auto& [start, old] :
       {std::pair{"2012-01-01", false}, {"2012-12-31", false}, {"2013-01-01", true}, {"2023-07-26", true}}) {
    const std::string text = watched_country(shipped(), mali, day(start), 12);
    EXPECT_EQ(text.find("# WARNING: the facts are of 2011-12") != std::string::npos, old) << start;
    Diagnostics diagnostics;
    const Scenario scenario = read_scenario(text, "thin", {}, diagnostics);
    EXPECT_EQ(scenario.sources.back().as_of, "2011-12");
    ASSERT_EQ(diagnostics.list().size(), old ? 1U : 0U) << start;
    EXPECT_EQ(facts_of_another_time(scenario).size(), old ? 1U : 0U) << start;
    if (!old) continue;
    EXPECT_EQ(diagnostics.list().front().severity, Severity::warning);
    EXPECT_EQ(diagnostics.list().front().key, "sources.panel.as_of");
  }
}

TEST(WatchedCountry, StatesThatEndedAreRefusedAfterwards) {
  for (const auto& [name, first] : {std::pair{"Czechoslovakia", "1993-01-01"},
                                    {"Zanzibar", "1965-01-01"},
                                    {"Republic of Vietnam", "1976-01-01"},
                                    {"East Germany", "1991-01-01"}}) {
    const SovereignState& state = states().find(name);
    const sys_days start = first_start_after_facts(shipped(), state);
    EXPECT_EQ(to_text(start), first);
    EXPECT_NE(watched_country(shipped(), state, start, 12).find(" ended on "), std::string::npos) << name;
    EXPECT_THROW(watched_country(shipped(), state, day("2012-01-01"), 12), InputError) << name;
  }
  EXPECT_THROW(watched_country(shipped(), states().find("Syria"), day("1960-01-01"), 12), InputError);
  EXPECT_THROW(watched_country(shipped(), states().find("South Sudan"), day("2010-01-01"), 12), InputError);
  const std::string zanzibar = watched_country(shipped(), states().find("Zanzibar"), day("1965-01-01"), 12);
  EXPECT_NE(zanzibar.find("# ISO 3166 had no code for Zanzibar"), std::string::npos);
  for (const auto& [name, date, iso3] : {std::tuple{"Serbia", "2012-01-01", "SRB"},
                                         {"Yugoslavia", "1980-01-01", "YUG"},
                                         {"Dahomey", "1970-01-01", "DHY"},
                                         {"Nauru", "2012-01-01", "NRU"}}) {
    const std::string text = watched_country(shipped(), states().find(name, day(date)), day(date), 12);
    EXPECT_EQ(line_of(text, "name:"), std::string("name: \"") + name + ", " + date + "\"");
    EXPECT_EQ(line_of(text, "country:"), std::string("country: ") + iso3);
  }
}

/// A figure that is ten times another year's, or that no country ever had, is a fault of unit or base.
TEST(ShippedRecord, FiguresDoNotJump) {
  for (const auto& [code, months] : shipped().months) {
    const CountryMonth* before = nullptr;
    for (const CountryMonth& month : months) {
      if (month.log_gdp_per_head) {
        EXPECT_GT(*month.log_gdp_per_head, std::log(0.2)) << code << " " << to_text(month.month);
        EXPECT_LT(*month.log_gdp_per_head, std::log(170.0)) << code << " " << to_text(month.month);
        if (before != nullptr && before->log_gdp_per_head) {
          EXPECT_LT(std::abs(*month.log_gdp_per_head - *before->log_gdp_per_head), 0.6)
              << code << " " << to_text(month.month);
        }
      }
      before = &month;
    }
  }
  EXPECT_FALSE(shipped().months.at(626).back().log_gdp_per_head) << "South Sudan's 26,348 dollars";
}

}  // namespace
}  // namespace interregnum
