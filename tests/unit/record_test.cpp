#include <fmt/format.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <fstream>

#include "analysis/record/attempt_table.hpp"
#include "analysis/record/country_months.hpp"
#include "analysis/record/datasets.hpp"
#include "analysis/record/match.hpp"
#include "analysis/record/store.hpp"
#include "analysis/record/summary.hpp"
#include "analysis/record/thin_country.hpp"
#include "analysis/scores.hpp"
#include "scenario/dates.hpp"
#include "scenario/read_scenario.hpp"

namespace interregnum {
namespace {

std::chrono::sys_days day(const std::string& text) { return parse_date(text).value(); }

/// The message of the InputError that `act` throws; empty if it throws none.
template <class Act>
std::string refusal_of(const Act& act) {
  try {
    act();
  } catch (const InputError& error) {
    return error.what();
  }
  return "";
}

std::vector<DatasetRow> rows_of(const std::string& text) {
  const TableFile table = read_table(text, "file.csv");
  return read_rows(recognise(table), table);
}

const std::string powell_thyne = "country\tccode\tyear\tmonth\tday\tcoup\tversion\n";
const std::string cam = "cowcode,country,date,successful,combat\n";
const std::string colpus = "id,ccode,date,statenme,success,srofficial,jrofficer,anyoutsidesupport\n";
const std::string cline =
    "coup_id,cowcode,country,year,month,day,realized,conspiracy,military,dissident,rebel,palace,foreign,auto,resign,"
    "popular,counter\n";
const std::string archigos = "obsid,gwcode,leader,startdate,enddate,exit\n";
const std::string months =
    "ccode,country,year,month,regime,polyarchy,military_regime,leader_months,log_gdp_per_head,gdp_growth,civil_war,"
    "mobilization_index,soldiers_thousand\n";

Record record_of(const Imports& imports, MatchReport* report = nullptr) {
  Record record;
  const auto from = [](const char* date) { return day(date); };
  record.states = States({{432, {{from("1960-06-20"), still_exists, 432, "MLI", "Mali", {}}}},
                          {679, {{from("1990-05-22"), still_exists, 678, "YEM", "Yemen", {"Yemen, Republic of"}}}}});
  const MatchReport result = rebuild(record, imports);
  if (report != nullptr) *report = result;
  return record;
}

TEST(TableFile, ReadsQuotesTabsAndLineNumbers) {
  const TableFile table = read_table(
      "\xef\xbb\xbf"
      "a,b\r\n\"x, \"\"y\"\"\nz\",2\r\n3,\n",
      "f");
  EXPECT_EQ(table.header, (std::vector<std::string>{"a", "b"}));
  ASSERT_EQ(table.rows.size(), 2U);
  EXPECT_EQ(table.rows[0].fields[0], "x, \"y\"\nz");
  EXPECT_EQ(table.rows[0].line, 2);
  EXPECT_EQ(table.rows[1].line, 4);
  EXPECT_EQ(table.rows[1].fields[1], "");
  EXPECT_EQ(read_table("a\tb,c\td\n1\t2\t3\n", "f").rows[0].fields.size(), 3U);
  EXPECT_EQ(read_table("a,b\n\n1,2\n", "f").rows.at(0).line, 3);
}

TEST(TableFile, RefusesWithTheLine) {
  const auto refusal = [](const std::string& text) { return refusal_of([&] { read_table(text, "f"); }); };
  EXPECT_NE(refusal("a,b\n1,2\nS\xe3o,3\n").find("f:3"), std::string::npos);
  EXPECT_NE(refusal("a,b\n1,2\nS\xe3o,3\n").find("Latin-1"), std::string::npos);
  EXPECT_NE(refusal("a,b\n1,2\n\"3,4\n5,6\n").find("f:3"), std::string::npos);
  EXPECT_NE(
      refusal("a,b\n1,2\n3").find("f:3:1: error: 1 values where the first line names 2 columns (the file may be cut"),
      std::string::npos);
  EXPECT_NE(refusal("a,b\n1,x\"y\n").find("f:2"), std::string::npos);
  EXPECT_NE(refusal("").find("is empty"), std::string::npos);
}

TEST(Datasets, AreKnownByTheirColumnsAndRefuseWhatCannotBe) {
  EXPECT_EQ(recognise(read_table(cam, "f")).name, "cam");
  const std::string unknown = refusal_of([] { recognise(read_table("cowcode,date,successful,country\n", "f")); });
  EXPECT_NE(unknown.find("without combat"), std::string::npos);
  const auto refusal = [](const std::string& text) { return refusal_of([&] { rows_of(text); }); };
  EXPECT_NE(refusal(powell_thyne + "Mali\t432\t1968\t2\t30\t2\tx\n")
                .find("file.csv:2:1: error: year, month, day: '1968-02-30'"),
            std::string::npos);
  EXPECT_NE(refusal(cam + "432,Mali,1968-11-19,1,1\n432,Mali,1968-11-19,1,0\n")
                .find("file.csv:3:1: error: the same country and date as in line 2"),
            std::string::npos);
  EXPECT_NE(refusal(cam + "432,Mali,1968-11-19,1,7\n").find("combat: '7' cannot be"), std::string::npos);
  EXPECT_NE(refusal(cam + "none,Mali,1968-11-19,1,1\n").find("cowcode"), std::string::npos);
  EXPECT_NE(refusal(archigos + "a,432,Old,1980-01-02,1980-01-01,Irregular\n").find("enddate: '1980-01-01' is before"),
            std::string::npos);
  EXPECT_NE(refusal("combat," + cam + "1,432,Mali,1968-11-19,1,1\n").find("combat: two columns"), std::string::npos);
  EXPECT_FALSE(rows_of(cam + "432,Mali,1968-11-19,1,NA\n")[0].number(2));
  // Twenty problems are enough.
  std::string many = cam;
  for (int row = 0; row < 40; ++row) many += "0,x,1968-11-19,1,1\n";
  EXPECT_EQ(refusal_of([&] { rows_of(many); }).find("file.csv:22"), std::string::npos);
}

TEST(Matching, PairsTheNearestWithinAWeekAndEachOnce) {
  const Imports imports{
      {"powell_thyne", rows_of(powell_thyne + "Mali\t432\t1978\t2\t20\t1\tx\nMali\t432\t1968\t11\t19\t2\tx\nMali\t432\t"
                                              "1978\t2\t15\t1\tx\nMali\t432\t1991\t3\t26\t2\tx\n")},
      {"cam", rows_of(cam + "432,Mali,1968-11-26,1,1\n432,Mali,1978-02-17,1,0\n432,Mali,1991-04-03,1,1\n")},
      {"colpus", rows_of(colpus + "a,432,1968-11-19,Mali,2,1,0,1\nb,432,1968-11-20,Mali,1,0,1,0\n")},
      {"cline_cdp",
       rows_of(cline + "1,432,Mali,1968,11,19,0,1,1,0,0,0,0,0,0,1,0\n2,432,Mali,1978,2,20,0,0,0,1,0,0,0,0,0,0,0\n")}};
  MatchReport report;
  const Record record = record_of(imports, &report);
  ASSERT_EQ(record.attempts.size(), 4U);
  EXPECT_EQ(record.attempts[0].id, "432-1968-11-19");
  EXPECT_TRUE(record.attempts[0].succeeded);
  EXPECT_FALSE(record.attempts[1].succeeded);
  EXPECT_EQ(record.attempts[0].cam_rank, "combat");  // seven days off
  EXPECT_EQ(record.attempts[1].cam_rank, "elite");   // two days off one, three off the other
  EXPECT_EQ(record.attempts[2].cam_rank, "");
  EXPECT_EQ(record.attempts[3].cam_rank, "");  // eight days off
  EXPECT_EQ(record.attempts[0].colpus_rank(), "senior");
  EXPECT_FALSE(record.attempts[0].cdp_military);  // a conspiracy that never began
  EXPECT_EQ(record.attempts[2].cdp_dissident, 1.0);
  EXPECT_EQ(report.datasets.at("cam").matched, 2U);
  EXPECT_EQ(report.datasets.at("colpus").unmatched, (std::vector<std::string>{"432-1968-11-20 (line 3)"}));
  EXPECT_EQ(report.outcome_disagreements,
            (std::vector<std::string>{"432-1978-02-15: failed in Powell & Thyne, succeeded in CAM",
                                      "432-1968-11-19: succeeded in Powell & Thyne, failed in Colpus"}));
  EXPECT_EQ(report.rank_disagreements.size(), 1U);
  EXPECT_EQ(record.attempts[0].days_to_next_success, (day("1991-03-26") - day("1968-11-19")).count());
  EXPECT_EQ(record.attempts[0].days_to_next_attempt, (day("1978-02-15") - day("1968-11-19")).count());
  EXPECT_EQ(record.attempts[2].attempts_last_5_years, 1.0);
  EXPECT_EQ(record.attempts[3].attempts_last_5_years, 0.0);
  EXPECT_EQ(summarise(record.attempts).by_rank.at("cam").at("combat").successes, 1U);
}

TEST(Matching, TakesLeadersAndTheMonthBefore) {
  Imports imports{{"powell_thyne", rows_of(powell_thyne + "Yemen\t679\t1995\t3\t5\t2\tx\n")},
                  {"archigos", rows_of(archigos + "a,678,Old,1980-01-01,1995-03-05,Irregular\nb,678,Stand-in,1995-03-"
                                                  "06,1995-03-20,Irregular\nc,678,Junta,1995-03-20,,\n")},
                  {"country_months", rows_of(months + "679,Yemen,1995,2,closed_autocracy,0.1,1,30,0.5,,1,,40\n679,"
                                                      "Yemen,1995,3,liberal_democracy,0.9,0,1,0.5,,0,,41\n")}};
  const Record record = record_of(imports);
  const Attempt& attempt = record.attempts.at(0);
  EXPECT_EQ(attempt.leader_before, "Old");
  EXPECT_EQ(attempt.leader_after, "Stand-in");
  EXPECT_EQ(attempt.leader_after_days, 14.0);
  EXPECT_EQ(attempt.leader_after_censored, 0.0);
  EXPECT_EQ(attempt.regime, "closed_autocracy");
  EXPECT_EQ(attempt.soldiers_thousand, 40.0);
  EXPECT_FALSE(attempt.gdp_growth);
  EXPECT_EQ(record.month_before(679, day("1996-04-02"))->month, std::chrono::year(1995) / 3);
  EXPECT_EQ(record.month_before(679, day("1996-05-02")), nullptr);
  // What no import speaks of stays as it was.
  Record again = record;
  rebuild(again, {{"cam", rows_of(cam + "679,Yemen,1995-03-05,1,1\n")}});
  EXPECT_EQ(again.attempts.at(0).cam_rank, "combat");
  EXPECT_EQ(again.attempts.at(0).leader_after, "Stand-in");
  imports["archigos"] = rows_of(archigos + "c,678,Junta,1995-03-05,,\n");
  EXPECT_EQ(record_of(imports).attempts.at(0).leader_after_censored, 1.0);
}

/// In the panel a row's yearly figures are those of the year before: an attempt is told those of the year before its
/// own, whatever its month, and none of the year that has its consequences.
TEST(Matching, YearlyFactsAreOfTheYearBeforeTheAttempt) {
  std::string panel = months;
  panel.insert(panel.size() - 1, ",military_regime_unlagged,polyarchy_same_year");
  for (int year = 1994; year <= 1996; ++year) {
    for (int month = 1; month <= 12; ++month) {
      // Of the year before: democracy .94, .95 as a year is called; soldiers too, on the way there.
      const int known = year - 1;
      panel +=
          fmt::format("679,Yemen,{},{},{},{},0,{},{},,0,{},{},{},0.{}\n", year, month,
                      known < 1995 ? "electoral_democracy" : "closed_autocracy", 0.01 * (known - 1900), 30 + month,
                      0.01 * (known - 1900), known - 1990, known - 1 + month / 12.0, year >= 1995 ? 1 : 0, year - 1900);
    }
  }
  for (const char* date : {"1995\t1\t5", "1995\t7\t5", "1995\t12\t5"}) {
    const Record record = record_of({{"powell_thyne", rows_of(powell_thyne + "Yemen\t679\t" + date + "\t2\tx\n")},
                                     {"country_months", rows_of(panel)}});
    const Attempt& attempt = record.attempts.at(0);
    EXPECT_EQ(attempt.regime, "electoral_democracy") << date;
    EXPECT_NEAR(attempt.polyarchy.value(), 0.94, 1e-12) << date;
    EXPECT_NEAR(attempt.log_gdp_per_head.value(), 0.94, 1e-12) << date;
    EXPECT_EQ(attempt.mobilization_index, 4.0) << date;
    EXPECT_EQ(attempt.soldiers_thousand, 1994.0) << date;
    // By the month: the regime's lag is undone, the leader is that of the month before.
    EXPECT_EQ(attempt.military_regime, attempt.date < day("1995-02-01") ? 0.0 : 1.0) << date;
    EXPECT_EQ(record.months.at(679).back().polyarchy, 0.96) << "no next December: the same year's column";
  }
}

/// A file without the columns that are not needed is read, and what it lacks is not known.
TEST(Datasets, ColumnsThatAreNotNeededMayBeMissing) {
  std::string old = months;
  old.replace(old.find("mobilization_index"), 18, "protest_index");
  const auto rows = rows_of(old + "679,Yemen,1995,2,closed_autocracy,0.1,1,30,0.5,,1,-99,40\n");
  EXPECT_FALSE(months_of(rows).at(0).mobilization_index);
  EXPECT_EQ(months_of(rows).at(0).soldiers_thousand, 40.0);
}

TEST(Matching, LeadersAreFoundUnderTheCodeOfTheirDay) {
  Record record;
  record.states = States({{345,
                           {{day("1918-12-01"), day("2006-06-04"), 345, "YUG", "Yugoslavia", {}},
                            {day("2006-06-05"), still_exists, 340, "SRB", "Serbia", {}}}},
                          {679, {{day("1990-05-22"), still_exists, 678, "YEM", "Yemen", {}}}}});
  rebuild(record,
          {{"powell_thyne", rows_of(powell_thyne + "Yemen\t679\t2005\t6\t15\t1\tx\nY\t345\t2000\t1\t1\t1\tx\n"
                                                   "Y\t345\t2008\t1\t1\t1\tx\n")},
           {"archigos", rows_of(archigos + "a,678,Salih,1978-07-17,2011-12-31,Regular\nb,345,Milosevic,1989-05-08,"
                                           "2000-10-07,Irregular\nc,340,Tadic,2006-06-05,2011-12-31,Regular\n")}});
  EXPECT_EQ(record.attempts.at(0).leader_before, "Milosevic");
  EXPECT_EQ(record.attempts.at(1).leader_before, "Tadic");
  EXPECT_EQ(record.attempts.at(2).leader_before, "Salih");
}

TEST(AttemptTable, SaysAllThatCannotBeWithItsLine) {
  const auto refusal = [](const std::string& rows) {
    return refusal_of([&] { read_attempts(TableColumns(read_table("ccode,date,success,polyarchy\n" + rows, "f"))); });
  };
  EXPECT_EQ(refusal("432,2012-03-21,1,NA\n996,2013-01-02,0,.5\n"), "");
  EXPECT_EQ(refusal("432,2012-03-21,2,7\n432.5,2012-02-30,0,nan\n"),
            "f:2:1: error: success: '2' cannot be (1: power was held for seven days; 0: it was not)\n"
            "f:2:1: error: polyarchy: '7' cannot be (0 to 1, or blank if not known)\n"
            "f:3:1: error: ccode: '432.5' is no Correlates of War code (1 to 999)\n"
            "f:3:1: error: date: '2012-02-30' is no date (YYYY-MM-DD, a day that there is)\n"
            "f:3:1: error: polyarchy: 'nan' cannot be (0 to 1, or blank if not known)");
  EXPECT_EQ(refusal("432,2012-03-21,1,\n432,2012-03-21,1,\n"),
            "f:3:1: error: date: the same country and date as in line 2 (remove the duplicate)");
}

TEST(AttemptTable, PassesOverWhatIsNoSlip) {
  const auto columns = [](const std::string& header) {
    return TableColumns(read_table("country_code,date,succeeded," + header + "\n432,2012-03-21,1,1\n", "f"));
  };
  EXPECT_EQ(read_attempts(columns("notes")).at(0).id, "432-2012-03-21");
  EXPECT_EQ(read_attempts(columns("leader_after_soldier")).size(), 1U);
  EXPECT_EQ(refusal_of([&] { read_attempts(columns("civilwar")); }),
            "f:1:1: error: civilwar: there is no such column (did you mean 'civil_war'?)");
  EXPECT_EQ(read_attempts(columns("civil_war")).at(0).civil_war, 1.0);
  const std::vector<std::string> absent = absent_columns(columns("civil_war"));
  EXPECT_EQ(absent.front(), "cam_rank");
  EXPECT_EQ(std::count(absent.begin(), absent.end(), "civil_war"), 0);
  EXPECT_EQ(std::count(absent.begin(), absent.end(), "attempts_last_5_years"), 0);
}

TEST(AttemptTable, CountsEarlierAttemptsWhereTheTableDoesNot) {
  const std::string head = "country_code,date,succeeded,attempts_last_5_years\n";
  Record record = record_of({});
  add_attempts(record, read_attempts(TableColumns(read_table(head + "432,2008-03-21,1,0\n", "f"))));
  const std::vector<std::string> added = add_attempts(
      record, read_attempts(TableColumns(read_table(
                  head + "432,2012-04-30,0,\n432,2012-03-21,1,\n432,2008-03-21,1,\n432,2020-08-18,1,4\n", "f"))));
  EXPECT_EQ(added, (std::vector<std::string>{"432-2012-04-30", "432-2012-03-21", "432-2020-08-18"}));
  ASSERT_EQ(record.attempts.size(), 4U);
  EXPECT_EQ(record.attempts[0].days_since_last_attempt, Known{});
  EXPECT_EQ(record.attempts[1].attempts_last_5_years, 1.0);
  EXPECT_EQ(record.attempts[2].attempts_last_5_years, 2.0);
  EXPECT_EQ(record.attempts[2].days_since_last_attempt, 40.0);
  EXPECT_EQ(record.attempts[3].attempts_last_5_years, 4.0) << "what a table says, counts";
  EXPECT_EQ(record.attempts[2].days_to_next_attempt, Known{});
}

TEST(Record, FindsCountriesByNameAndCode) {
  const Record record = record_of({});
  for (const char* name : {"Mali", "mali", "MLI", "432"}) EXPECT_EQ(record.states.find(name).code, 432);
  EXPECT_EQ(record.states.find("Yemen, Republic of").code, 679);
  EXPECT_NE(refusal_of([&] { record.states.find("Mail"); }).find("did you mean 'Mali'"), std::string::npos);
}

TEST(Scores, AreWhatTheyAreByHand) {
  const std::vector<Forecast> forecasts{{0.8, true}, {0.3, true}, {0.3, false}, {0.1, false}};
  EXPECT_NEAR(brier_score(forecasts), (0.04 + 0.49 + 0.09 + 0.01) / 4, 1e-12);
  EXPECT_NEAR(log_loss(forecasts), -(std::log(0.8) + std::log(0.3) + std::log(0.7) + std::log(0.9)) / 4, 1e-12);
  EXPECT_NEAR(roc_area(forecasts), 3.5 / 4, 1e-12);
  EXPECT_TRUE(std::isnan(roc_area(std::vector<Forecast>{{0.5, true}})));
}

/// An attempt with everything known that may be known before the first shot.
Attempt known_attempt() {
  Attempt attempt;
  attempt.id = "432-1978-02-15";
  attempt.country_code = 432;
  attempt.country = "Mali";
  attempt.date = day("1978-02-15");
  attempt.cam_rank = "combat";
  attempt.colpus_senior = 0;
  attempt.colpus_junior = 1;
  attempt.cdp_military = 1;
  attempt.cdp_palace = 0;
  attempt.leader_before = "A \"General\"";
  attempt.regime = "closed_autocracy";
  for (const FactColumn& fact : fact_columns) attempt.*fact.member = 1.0;
  return attempt;
}

TEST(ThinCountry, KnowsNothingThatCameAfter) {
  Record record = record_of({});
  const Attempt attempt = known_attempt();
  record.attempts = {attempt};
  const std::string before = thin_country(record, attempt);
  Attempt later = attempt;
  later.id = "432-1980-01-01";
  later.date = day("1980-01-01");
  Attempt told = attempt;
  told.succeeded = true;
  told.leader_after = told.leader_after_exit = "Junta";
  for (Known Attempt::*member :
       {&Attempt::csp_deaths, &Attempt::leader_after_days, &Attempt::leader_after_censored,
        &Attempt::days_to_next_attempt, &Attempt::days_to_next_success, &Attempt::cdp_popular, &Attempt::cdp_resign,
        &Attempt::cdp_auto, &Attempt::cdp_counter, &Attempt::cdp_foreign, &Attempt::colpus_outside_support})
    told.*member = 1.0;
  record.attempts = {told, later};
  EXPECT_EQ(thin_country(record, told), before);
  EXPECT_EQ(before.find("history:"), std::string::npos);
  record.attempts = {attempt, later};
  EXPECT_NE(thin_country(record, later).find("{date: 1978-02-15, outcome: failed"), std::string::npos);
  // It does know the rank, and who began it.
  told.cam_rank = "elite";
  EXPECT_NE(thin_country(record, told), before);
}

TEST(ThinCountry, IsAGoodFileWhateverIsKnown) {
  const Record record = record_of({});
  Attempt unknown;
  unknown.country_code = 999;
  unknown.country = "Nowhere: a place";
  unknown.date = day("1950-01-01");
  Attempt civilians = known_attempt();
  civilians.cdp_military = 0;
  civilians.cdp_dissident = 1;
  Attempt palace = known_attempt();
  palace.cdp_palace = 1;
  palace.soldiers_thousand = 0.0;
  for (const Attempt& attempt : {unknown, known_attempt(), civilians, palace}) {
    Diagnostics diagnostics;
    read_scenario(thin_country(record, attempt), "thin", {}, diagnostics);
    for (const Diagnostic& diagnostic : diagnostics.list()) ADD_FAILURE() << to_text(diagnostic);
  }
  EXPECT_NE(refusal_of([&] { watched_country(record, record.states.find("MLI"), day("2000-01-01"), 12); }), "");
}

class StoreTest : public testing::Test {
 protected:
  StoreTest() : folder_(std::filesystem::temp_directory_path() / ("interregnum-store-" + std::to_string(getpid()))) {
    std::filesystem::create_directories(folder_);
  }
  ~StoreTest() override { std::filesystem::remove_all(folder_); }
  std::string path(const std::string& name) const { return (folder_ / name).string(); }

 private:
  std::filesystem::path folder_;
};

TEST_F(StoreTest, KeepsWhatWasImported) {
  const Imports first{{"powell_thyne", rows_of(powell_thyne + "Mali\t432\t1968\t11\t19\t2\tx\n")}};
  const Imports second{{"cam", rows_of(cam + "432,\"Mali, Republic\",1968-11-19,,1\n")}};
  const std::string file = path("new folder/record.db");
  EXPECT_TRUE(read_store(file).empty());
  update_store(file, first, [](const Imports& imports) { return record_of(imports); });
  update_store(file, second, [](const Imports& imports) { return record_of(imports); });
  const Imports read = read_store(file);
  ASSERT_EQ(read.size(), 2U);
  EXPECT_EQ(read.at("cam")[0].values, (std::vector<std::string>{"Mali, Republic", "", "1.0"}));
  EXPECT_EQ(record_of(read).attempts.at(0).cam_rank, "combat");
  EXPECT_EQ(read.at("powell_thyne")[0].line, 2);
}

TEST_F(StoreTest, RefusesOtherPeoplesFiles) {
  const std::string file = path("notes.txt");
  std::ofstream(file)
      << "not a database, but a text of some length that SQLite would not take for one of its own files";
  EXPECT_NE(refusal_of([&] { read_store(file); }).find("is no store"), std::string::npos);
}

}  // namespace
}  // namespace interregnum
