#include <fmt/format.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <algorithm>
#include <cctype>
#include <cmath>
#include <filesystem>
#include <fstream>

#include "analysis/record_summary.hpp"
#include "analysis/thin_country.hpp"
#include "base/dates.hpp"
#include "files/sqlite.hpp"
#include "record/attempt_table.hpp"
#include "record/country_months.hpp"
#include "record/datasets.hpp"
#include "record/match.hpp"
#include "record/store.hpp"
#include "scenario/read_scenario.hpp"
#include "scoring/scores.hpp"

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

Import imported(const std::string& text) {
  const TableFile table = read_table(text, "file.csv");
  Import import;
  import.rows = read_rows(recognise(table), table);
  import.until = end_of_observation(recognise(table), import.rows);
  return import;
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
  EXPECT_EQ(table.rows[0].fields[0], "x, \"y\" z");  // a cell is one line of a terminal
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

/// Files that are given where a table of text is wanted are called what they are.
TEST(TableFile, SaysWhatKindOfFileItIs) {
  const std::vector<std::pair<std::string, std::string>> kinds{
      {std::string("PK\x03\x04\x14\x00", 6), "workbook (.xlsx"},
      {"\xd0\xcf\x11\xe0 old", "workbook (.xls)"},
      {std::string("\xff\xfe"
                   "a\0,\0",
                   6),
       "UTF-16"},
      {std::string("\xfe\xff\0a\0,", 6), "UTF-16"},
      {std::string("a\0,\0b\0\n\0", 8), "UTF-16"},
      {"<stata_dta><header>", "Stata"},
      {"PAR1\x15", "Parquet"},
      {"SQLite format 3", "SQLite"},
      {"BZh91AY", "bzip2"},
      {"\xfd"
       "7zXZ",
       "xz"},
      {"  <!DOCTYPE html>\n<html>", "web page"},
      {"{\"a\": 1}", "JSON"},
      {"%PDF-1.7", "PDF"},
      {"a,b\n1,S\xe3o\n", "Latin-1"},
      {"a,b\n1,x\x1b[31m\n", "control character"},
      {"a,b\n1,x\xc2\x9b"
       "31m\n",
       "control character"},
  };
  for (const auto& [bytes, word] : kinds) {
    const std::string refusal = refusal_of([&] { read_table(bytes, "f"); });
    EXPECT_NE(refusal.find(word), std::string::npos) << word << ": " << refusal;
    EXPECT_EQ(refusal.find("Latin-1") != std::string::npos, word == "Latin-1") << refusal;
  }
  EXPECT_EQ(read_table("a;b\n1,5;2\n", "f").rows.at(0).fields, (std::vector<std::string>{"1,5", "2"}));
  const TableFile said = read_table("\xef\xbb\xbfsep=;\r\na;b,c\r\n1;2\r\n", "f");
  EXPECT_EQ(said.header, (std::vector<std::string>{"a", "b,c"}));
  EXPECT_EQ(said.rows.at(0).line, 3);
  EXPECT_EQ(said.header_line, 2);
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

/// Headers of the published files: Powell & Thyne to 2017 and since, CAM 3.0, Colpus, Cline CDP 2.1.2, Archigos 4.1 as
/// its authors have it and as the R package peacesciencer does.
TEST(Datasets, KnowsTheHeadersOfPublishedFiles) {
  const auto name_of = [](const std::string& header) { return std::string(recognise(read_table(header, "f")).name); };
  const std::vector<std::pair<std::string, std::string>> published{
      {"powell_thyne", "country\tccode\tyear\tmonth\tday\tcoup\tversion\n"},
      {"powell_thyne", "country\tccode\tyear\tmonth\tday\tcoup\n"},
      {"powell_thyne", "country\tccode\tccode_gw\tccode_polity\tyear\tmonth\tday\tcoup\tversion\n"},
      {"cam", "cowcode,region,year,country,no,coup,successful,date,combat\n"},
      {"colpus",
       "id,ccode,date,statenme,year,gwf_casename,coup,milcoup,nonmilcoup,success,type,cwc_coding,type2,cwc_coding2,"
       "srofficial,jrofficer,sameeth,anyethclaim,coupleadereth,relative,relationship,anyoutsidesupport,"
       "outsidesupporters,coder,ambiguous,staged\n"},
      {"cline_cdp",
       "coup_id,cowcode,country,year,month,day,event_type,unrealized,realized,conspiracy,attempt,military,dissident,"
       "rebel,palace,foreign,auto,resign,popular,counter,other,noharm,injured,killed,harrest,jailed,tried,fled,"
       "exile\n"},
      {"archigos",
       "obsid\tleadid\tccode\tidacr\tleader\tstartdate\teindate\tenddate\teoutdate\tentry\texit\texitcode\t"
       "prevtimesinoffice\tposttenurefate\tgender\tyrborn\tyrdied\n"},
      {"archigos", "obsid,gwcode,leadid,leader,yrborn,gender,startdate,enddate,entry,exit,exitcode\n"},
      {"country_months", months},
  };
  for (const auto& [name, header] : published) {
    EXPECT_EQ(name_of(header), name) << header;
    std::string upper = header;
    for (char& letter : upper) letter = static_cast<char>(std::toupper(static_cast<unsigned char>(letter)));
    EXPECT_EQ(name_of(upper), name) << upper;
    std::string semicolons = header;
    for (char& letter : semicolons) letter = letter == ',' || letter == '\t' ? ';' : letter;
    EXPECT_EQ(name_of(semicolons), name) << semicolons;
    EXPECT_EQ(name_of("sep=;\n" + semicolons), name);
  }
  const std::string authors =
      "obsid,ccode,leader,startdate,enddate,exit\nMLI-1,678,A,1968-11-19,1991-03-26,Irregular\n";
  EXPECT_EQ(rows_of(authors)[0].country_code, 678);
}

TEST(Datasets, NeverSuggestsAnotherSystemOfCodes) {
  for (const std::string name : {"gwcode", "GWn", "gwno", "ccode_gw", "gcode", "ccode_polity", "country_id", "iso3n"}) {
    const std::string attempts =
        refusal_of([&] { read_attempts(TableColumns(read_table(name + ",date,succeeded\n432,2012-03-21,1\n", "f"))); });
    EXPECT_NE(attempts.find("which differ from Correlates of War's"), std::string::npos) << name << ": " << attempts;
    EXPECT_EQ(attempts.find("did you mean"), std::string::npos) << attempts;
    const std::string import =
        refusal_of([&] { recognise(read_table("country," + name + ",year,month,day,coup,version\n", "f")); });
    EXPECT_NE(import.find("without ccode"), std::string::npos) << import;
    EXPECT_NE(import.find("which differ from Correlates of War's"), std::string::npos) << import;
    // Beside Correlates of War's codes they do no harm.
    EXPECT_EQ(read_attempts(TableColumns(read_table("cowcode," + name + ",date,succeeded\n432,9,2012-03-21,1\n", "f")))
                  .at(0)
                  .country_code,
              432);
  }
}

TEST(Datasets, WholeNumbersMayHaveAPointZero) {
  EXPECT_EQ(rows_of("country,ccode,year,month,day,coup,version\nMali,432.0,1968.0,11.0,19.0,2.0,V\n")[0].date,
            day("1968-11-19"));
  EXPECT_EQ(rows_of(months + "432.0,Mali,2031.0,1.0,,,1.0,10.0,,,0.0,,7.0\n")[0].date, day("2031-01-01"));
  EXPECT_EQ(rows_of(cam + "432.0,Mali,1968-11-19 00:00:00,1.0,1.0\n")[0].date, day("1968-11-19"));
  EXPECT_NE(refusal_of([] { rows_of(powell_thyne + "Mali\t432\t1968.5\t11\t19\t2\tx\n"); }), "");
}

/// Datasets write what they do not know as numbers or words that no bound keeps out.
TEST(ColumnRules, CodesForMissingAreNamed) {
  for (const std::string code : {"-9", "-66", "-77", "-88", "-99", "-999", "-9.0", ".a", ".z", "NaN", "N/A", "null"}) {
    EXPECT_TRUE(is_code_for_missing(code)) << code;
    for (const DatasetColumn& column : columns_of_facts()) {
      const auto problem = problem_of(column, code);
      ASSERT_TRUE(problem) << column.name << code;
      EXPECT_NE(problem->suggestion.find("a code for missing"), std::string::npos) << column.name << code;
    }
    std::string cells = "432,Mali,1990,1,electoral_democracy,.5,0,1,0," + code + ",0,0,7\n";
    EXPECT_NE(refusal_of([&] { rows_of(months + cells); }).find("gdp_growth: '" + code + "'"), std::string::npos);
  }
  for (const std::string blank : {"", "NA", "."}) EXPECT_TRUE(is_blank(blank));
  for (const std::string value : {"-8", "0", "9", "99", "-1.5", "Mali", ".5"}) EXPECT_FALSE(is_code_for_missing(value));
}

TEST(ColumnRules, OtherUnitsAreNamed) {
  const auto suggestion = [](std::string_view name, const std::string& value) {
    for (const DatasetColumn& column : columns_of_facts()) {
      if (const auto problem = column.name == name ? problem_of(column, value) : std::nullopt)
        return problem->suggestion;
    }
    return std::string();
  };
  EXPECT_NE(suggestion("gdp_growth", "5.3").find("is it per cent?"), std::string::npos);
  EXPECT_NE(suggestion("soldiers_thousand", "7350").find("is it persons?"), std::string::npos);
  EXPECT_NE(suggestion("log_gdp_per_head", "7.53").find("the logarithm of dollars"), std::string::npos);
  EXPECT_NE(suggestion("log_gdp_per_head", "1863").find("not a logarithm"), std::string::npos);
  EXPECT_NE(suggestion("polyarchy", "60").find("0 to 100"), std::string::npos);
  EXPECT_NE(suggestion("leader_months", "7585").find("days"), std::string::npos);
  EXPECT_NE(suggestion("polyarchy", "0,6").find("the decimal sign is a point"), std::string::npos);
  EXPECT_NE(suggestion("regime", "Electoral democracy").find("'electoral_democracy'"), std::string::npos);
  // Within bounds, but all of them: per cents below 3, an army in persons below 6,000.
  Diagnostics warnings;
  const TableFile table =
      read_table(months + "432,Mali,1990,1,,,,,,2.4,,,4200\n432,Mali,1990,2,,,,,,1.1,,,3900\n", "f");
  read_rows(recognise(table), table, &warnings);
  ASSERT_EQ(warnings.list().size(), 2U);
  EXPECT_NE(to_text(warnings.list()[0]).find("are these per cent?"), std::string::npos);
  EXPECT_NE(to_text(warnings.list()[1]).find("are these persons?"), std::string::npos);
}

/// Whatever a table takes, the country file made of it takes, at the bounds and between; what lies beyond is refused in
/// the table, and not in a file that the user has never seen.
TEST(ColumnRules, WhatATableTakesTheCountryFileTakes) {
  const auto header = [] {
    std::string names = "country_code,date,succeeded";
    for (const DatasetColumn& column : columns_of_facts()) names += fmt::format(",{}", column.name);
    return names + "\n";
  }();
  const auto file_of = [&](const std::vector<std::string>& cells) {
    std::string row = "432,2031-03-22,1";
    for (const std::string& cell : cells) row += "," + cell;
    Record record = record_of({});
    record.attempts = read_attempts(TableColumns(read_table(header + row + "\n", "f")));
    Diagnostics diagnostics;
    read_scenario(thin_country(record, record.attempts[0]), "thin", {}, diagnostics);
    for (const Diagnostic& diagnostic : diagnostics.list()) ADD_FAILURE() << row << ": " << to_text(diagnostic);
  };
  const auto values_of = [](const DatasetColumn& column) {
    std::vector<std::string> values{""};
    if (column.kind == ValueKind::word) values.insert(values.end(), column.words.begin(), column.words.end());
    if (column.kind == ValueKind::word) return values;
    for (int step = 0; step <= 16; ++step) {
      const double value = column.low + (column.high - column.low) * step / 16.0;
      if (column.kind == ValueKind::flag && value != std::floor(value)) continue;
      if (!is_code_for_missing(fmt::format("{}", value))) values.push_back(fmt::format("{}", value));
    }
    return values;
  };
  const auto columns = columns_of_facts();
  for (std::size_t varied = 0; varied < columns.size(); ++varied) {
    for (const std::string& value : values_of(columns[varied])) {
      std::vector<std::string> cells(columns.size());
      cells[varied] = value;
      file_of(cells);
    }
    if (columns[varied].kind == ValueKind::word) continue;
    for (const double beyond : {columns[varied].low - 0.01, columns[varied].high + 0.01})
      EXPECT_TRUE(problem_of(columns[varied], fmt::format("{}", beyond))) << columns[varied].name << beyond;
  }
}

TEST(Datasets, TheSameYearsCannotBeInEveryTable) {
  for (const std::string year : {"1845", "2301", "9999"}) {
    EXPECT_NE(refusal_of([&] { rows_of(powell_thyne + "Mali\t432\t" + year + "\t3\t22\t1\tx\n"); }).find("cannot be"),
              std::string::npos);
    EXPECT_NE(refusal_of([&] { rows_of(cam + "432,Mali," + year + "-11-19,1,1\n"); }).find("cannot be"),
              std::string::npos);
    EXPECT_NE(refusal_of([&] { rows_of(months + "432,Mali," + year + ",1,,,,,,,,,\n"); }).find("cannot be"),
              std::string::npos);
    EXPECT_NE(refusal_of([&] {
                read_attempts(TableColumns(read_table("ccode,date,success\n432," + year + "-03-22,1\n", "f")));
              }).find("cannot be"),
              std::string::npos);
  }
  for (const std::string& header : {powell_thyne, cam, colpus, cline, archigos, months})
    EXPECT_NE(refusal_of([&] { rows_of(header); }).find("no rows"), std::string::npos);
}

TEST(EndOfObservation, IsTheImports) {
  const auto until = [](const std::string& rows) {
    const Import import = imported(powell_thyne + rows);
    const Record record = record_of({{"powell_thyne", import}});
    EXPECT_EQ(record.until, import.until);
    return to_text(record.until);
  };
  EXPECT_EQ(until("Niger\t436\t1999\t4\t9\t2\tV1999.12.31\n"), "1999-12-31");
  EXPECT_EQ(until("Mali\t432\t2031\t3\t22\t1\tV2031.04.01\n"), "2031-04-01");
  EXPECT_EQ(until("Mali\t432\t2031\t3\t22\t1\t2031-04-01\n"), "2031-04-01");
  EXPECT_EQ(until("Mali\t432\t1991\t3\t26\t1\tx\nNiger\t436\t1999\t4\t9\t2\tx\n"), "1999-04-30");
  EXPECT_EQ(until("Mali\t432\t1965\t2\t3\t1\t\n"), "1965-02-28") << "before 1970 too";
  EXPECT_EQ(until("Mali\t432\t1991\t3\t26\t1\tV1980.01.01\n"), "1991-03-31") << "a version older than its rows";
  EXPECT_EQ(to_text(imported(months + "432,Mali,1990,2,,,,,,,,,\n").until), "1990-02-28");
  EXPECT_EQ(to_text(last_whole_month(day("2031-04-01"))), "2031-03");
  EXPECT_EQ(to_text(last_whole_month(day("2031-04-30"))), "2031-04");
  EXPECT_EQ(last_whole_year(day("2031-12-30")), 2030);
  EXPECT_EQ(last_whole_year(day("2031-12-31")), 2031);
}

/// Blank, NA, 9999-12-31 and an end after the last day all mean: still in office then.
TEST(EndOfObservation, CutsSpells) {
  const auto leader_of = [](const std::string& end, const std::string& exit, const std::string& until) {
    Import leaders = imported(archigos + "a,432,B,1991-03-26," + end + "," + exit + "\n");
    if (!until.empty()) {
      leaders.until = day(until);
      leaders.until_was_given = true;
    }
    Record record;
    record.until = day("2011-12-31");
    rebuild(record,
            {{"powell_thyne", imported(powell_thyne + "Mali\t432\t1991\t3\t26\t2\tV\n")}, {"archigos", leaders}});
    const Attempt& attempt = record.attempts.at(0);
    return std::pair(attempt.leader_after_days.value_or(-1), attempt.leader_after_censored.value_or(-1));
  };
  for (const std::string end : {"", "NA", "9999-12-31", "2999-01-01"}) {
    EXPECT_EQ(leader_of(end, "Still in Office", ""), std::pair(7585.0, 1.0)) << end;
    EXPECT_EQ(leader_of(end, "Still in Office", "1999-12-31"), std::pair(3202.0, 1.0)) << end;
  }
  EXPECT_EQ(leader_of("2011-12-31", "Still in Office", ""), std::pair(7585.0, 1.0));
  EXPECT_EQ(leader_of("2005-01-01", "Irregular", "1999-12-31"), std::pair(3202.0, 1.0));
  EXPECT_EQ(leader_of("1995-01-01", "Irregular", "1999-12-31"), std::pair(1377.0, 0.0));
  EXPECT_EQ(leader_of("2015-12-31", "Still in Office", ""), std::pair(9046.0, 1.0)) << "later than the shipped record";
}

TEST(Matching, PairsTheNearestWithinAWeekAndEachOnce) {
  const Imports imports{
      {"powell_thyne",
       imported(powell_thyne + "Mali\t432\t1978\t2\t20\t1\tx\nMali\t432\t1968\t11\t19\t2\tx\nMali\t432\t"
                               "1978\t2\t15\t1\tx\nMali\t432\t1991\t3\t26\t2\tx\n")},
      {"cam", imported(cam + "432,Mali,1968-11-26,1,1\n432,Mali,1978-02-17,1,0\n432,Mali,1991-04-03,1,1\n")},
      {"colpus", imported(colpus + "a,432,1968-11-19,Mali,2,1,0,1\nb,432,1968-11-20,Mali,1,0,1,0\n")},
      {"cline_cdp",
       imported(cline + "1,432,Mali,1968,11,19,0,1,1,0,0,0,0,0,0,1,0\n2,432,Mali,1978,2,20,0,0,0,1,0,0,0,0,0,0,0\n")}};
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

/// Which of the Cline project's rows say what became of the ruler: a file may lack those columns, and then what was
/// known stays; a row of its own that is blank is not known.
TEST(Matching, TakesTheFateOfTheRulerWhereAFileHasIt) {
  std::string with_fate = cline;
  with_fate.insert(with_fate.size() - 1, ",noharm,injured,killed,harrest,jailed,tried,fled,exile");
  const std::string attempts =
      powell_thyne + "Mali\t432\t1968\t11\t19\t2\tx\nMali\t432\t1978\t2\t15\t1\tx\nMali\t432\t1991\t3\t26\t2\tx\n";
  const std::string first = "1,432,Mali,1968,11,19,1,0,1,0,0,0,0,0,0,0,0";
  const std::string second = "2,432,Mali,1978,2,16,1,0,1,0,0,0,0,0,0,0,0";
  const Record record =
      record_of({{"powell_thyne", imported(attempts)},
                 {"cline_cdp", imported(with_fate + first + ",1,0,0,1,1,0,0,1\n" + second + ",1,0,1,,0,1,1,0\n")}});
  const auto fate_of = [](const Attempt& attempt) {
    return std::vector<Known>{attempt.cdp_realized, attempt.cdp_killed, attempt.cdp_harrest, attempt.cdp_jailed,
                              attempt.cdp_tried,    attempt.cdp_fled,   attempt.cdp_exile};
  };
  EXPECT_EQ(fate_of(record.attempts[0]), (std::vector<Known>{1, 0, 1, 1, 0, 0, 1}));
  EXPECT_EQ(fate_of(record.attempts[1]), (std::vector<Known>{1, 1, {}, 0, 1, 1, 0}));
  EXPECT_EQ(fate_of(record.attempts[2]), std::vector<Known>(7));  // no entry
  Record again = record;
  rebuild(again, {{"cline_cdp", imported(cline + first + "\n")}});
  EXPECT_EQ(fate_of(again.attempts[0]), fate_of(record.attempts[0]));
  EXPECT_EQ(fate_of(again.attempts[1]), (std::vector<Known>{{}, 1, {}, 0, 1, 1, 0}));
  rebuild(again, {{"cline_cdp", imported(with_fate + second + ",1,0,0,0,0,0,0,0\n")}});
  EXPECT_EQ(fate_of(again.attempts[0]), std::vector<Known>(7));
  EXPECT_EQ(fate_of(again.attempts[1]), (std::vector<Known>{1, 0, 0, 0, 0, 0, 0}));
  EXPECT_NE(refusal_of([&] { rows_of(with_fate + first + ",1,0,2,0,0,0,0,0\n"); }).find("killed"), std::string::npos);
}

TEST(Matching, TakesLeadersAndTheMonthBefore) {
  Imports imports{{"powell_thyne", imported(powell_thyne + "Yemen\t679\t1995\t3\t5\t2\tx\n")},
                  {"archigos", imported(archigos + "a,678,Old,1980-01-01,1995-03-05,Irregular\nb,678,Stand-in,1995-03-"
                                                   "06,1995-03-20,Irregular\nc,678,Junta,1995-03-20,,\n")},
                  {"country_months", imported(months + "679,Yemen,1995,2,closed_autocracy,0.1,1,30,0.5,,1,,40\n679,"
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
  rebuild(again, {{"cam", imported(cam + "679,Yemen,1995-03-05,1,1\n")}});
  EXPECT_EQ(again.attempts.at(0).cam_rank, "combat");
  EXPECT_EQ(again.attempts.at(0).leader_after, "Stand-in");
  imports["archigos"] = imported(archigos + "c,678,Junta,1995-03-05,,\n");
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
    const Record record = record_of({{"powell_thyne", imported(powell_thyne + "Yemen\t679\t" + date + "\t2\tx\n")},
                                     {"country_months", imported(panel)}});
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
          {{"powell_thyne", imported(powell_thyne + "Yemen\t679\t2005\t6\t15\t1\tx\nY\t345\t2000\t1\t1\t1\tx\n"
                                                    "Y\t345\t2008\t1\t1\t1\tx\n")},
           {"archigos", imported(archigos + "a,678,Salih,1978-07-17,2011-12-31,Regular\nb,345,Milosevic,1989-05-08,"
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
  EXPECT_EQ(
      refusal("432,2012-03-21,2,7\n432.5,2012-02-30,0,nan\n"),
      "f:2:1: error: success: '2' cannot be (1: power was held for seven days; 0: it was not)\n"
      "f:2:1: error: polyarchy: '7' cannot be (0 to 1, or blank if not known; is it an index of 0 to 100?)\n"
      "f:3:1: error: ccode: '432.5' is no Correlates of War code (1 to 999)\n"
      "f:3:1: error: date: '2012-02-30' is no date (YYYY-MM-DD, a day that there is)\n"
      "f:3:1: error: polyarchy: 'nan' cannot be (it is a code for missing: leave the cell blank; 0 to 1, or blank if "
      "not known)");
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
  // Tables in the layout of before these columns were there lack nothing that a forecast uses.
  EXPECT_EQ(std::count(absent.begin(), absent.end(), "cdp_counter"), 1);
  for (const char* fate : {"cdp_realized", "cdp_killed", "cdp_exile"})
    EXPECT_EQ(std::count(absent.begin(), absent.end(), fate), 0) << fate;
  EXPECT_FALSE(read_attempts(columns("civil_war")).at(0).cdp_killed);
  EXPECT_EQ(read_attempts(columns("cdp_killed")).at(0).cdp_killed, 1.0);
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
        &Attempt::cdp_auto, &Attempt::cdp_counter, &Attempt::cdp_realized, &Attempt::cdp_killed, &Attempt::cdp_harrest,
        &Attempt::cdp_jailed, &Attempt::cdp_tried, &Attempt::cdp_fled, &Attempt::cdp_exile, &Attempt::cdp_foreign,
        &Attempt::colpus_outside_support})
    told.*member = 1.0;
  record.attempts = {told, later};
  EXPECT_EQ(thin_country(record, told), before);
  EXPECT_EQ(before.find("history:"), std::string::npos);
  record.attempts = {attempt, later};
  EXPECT_NE(thin_country(record, later).find("{date: \"1978-02-15\", outcome: failed"), std::string::npos);
  // It does know the rank, and who began it.
  told.cam_rank = "elite";
  EXPECT_NE(thin_country(record, told), before);
}

TEST(ThinCountry, SaysWhoBeganIt) {
  const Record record = record_of({});
  const auto text = [&](const std::vector<Known Attempt::*>& flags) {
    Attempt attempt = known_attempt();
    for (Known Attempt::*flag :
         {&Attempt::cdp_military, &Attempt::cdp_palace, &Attempt::cdp_dissident, &Attempt::cdp_rebel})
      attempt.*flag = 0;
    for (Known Attempt::*flag : flags) attempt.*flag = 1;
    return thin_country(record, attempt);
  };
  const auto says = [&](const std::vector<Known Attempt::*>& flags, const std::string& who, const std::string& units) {
    EXPECT_NE(text(flags).find("began_by: {value: " + who), std::string::npos) << text(flags);
    EXPECT_NE(text(flags).find("units: " + units), std::string::npos) << text(flags);
  };
  says({&Attempt::cdp_military}, "soldiers", "[plotters]");
  says({}, "soldiers", "[plotters]");  // a foreign power, or nobody whom the Cline Center names
  says({&Attempt::cdp_military, &Attempt::cdp_palace}, "palace", "[presidential_guard, plotters]");
  says({&Attempt::cdp_palace, &Attempt::cdp_dissident}, "palace", "[presidential_guard, plotters]");
  says({&Attempt::cdp_dissident}, "dissidents", "[band]");
  says({&Attempt::cdp_military, &Attempt::cdp_dissident}, "dissidents", "[band, plotters]");
  says({&Attempt::cdp_rebel}, "rebels", "[band]");
  says({&Attempt::cdp_military, &Attempt::cdp_rebel}, "rebels", "[band, plotters]");
  // Rebels are as many as an armed group is taken to have; the Cline Center has no entry for some.
  EXPECT_NE(text({&Attempt::cdp_rebel}).find("band: {place: garrison_town, strength: 200..4000"), std::string::npos);
  Attempt unknown = known_attempt();
  unknown.cdp_military = std::nullopt;
  EXPECT_NE(thin_country(record, unknown).find("began_by: {value: {soldiers:"), std::string::npos);
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
  Attempt rebels = known_attempt();
  rebels.cdp_rebel = 1;
  for (const Attempt& attempt : {unknown, known_attempt(), civilians, palace, rebels}) {
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
  const Imports first{{"powell_thyne", imported(powell_thyne + "Mali\t432\t1968\t11\t19\t2\tx\n")}};
  const Imports second{{"cam", imported(cam + "432,\"Mali, Republic\",1968-11-19,,1\n")}};
  const std::string file = path("new folder/record.db");
  EXPECT_TRUE(read_store(file).empty());
  update_store(file, first, [](const Imports& imports) { return record_of(imports); });
  update_store(file, second, [](const Imports& imports) { return record_of(imports); });
  const Imports read = read_store(file);
  ASSERT_EQ(read.size(), 2U);
  EXPECT_EQ(read.at("cam").rows[0].values, (std::vector<std::string>{"Mali, Republic", "", "1.0"}));
  EXPECT_EQ(record_of(read).attempts.at(0).cam_rank, "combat");
  EXPECT_EQ(read.at("powell_thyne").rows[0].line, 2);
}

/// Version 0.8.2 and older kept no column of what became of the ruler.
TEST_F(StoreTest, OpensThoseOfEarlierVersions) {
  const std::string file = path("record.db");
  const auto make = [](const Imports& imports) { return record_of(imports); };
  const std::string row = "1,432,Mali,1968,11,19,1,0,1,0,0,0,0,0,0,0,1\n";
  update_store(file, {{"powell_thyne", imported(powell_thyne + "Mali\t432\t1968\t11\t19\t2\tx\n")}}, make);
  update_store(file, {{"cline_cdp", imported(cline + row)}}, make);
  {
    SqliteDatabase old(file, SQLITE_OPEN_READWRITE);
    for (const char* column : {"killed", "harrest", "jailed", "tried", "fled", "exile"})
      old.execute((std::string("ALTER TABLE cline_cdp DROP COLUMN ") + column).c_str());
  }
  const auto expect_known = [&] {
    const Record record = record_of(read_store(file));
    EXPECT_EQ(record.attempts.at(0).cdp_counter, 1.0);
    EXPECT_EQ(record.attempts.at(0).cdp_realized, 1.0);
    EXPECT_FALSE(record.attempts.at(0).cdp_exile);
  };
  expect_known();
  update_store(file, {{"cam", imported(cam + "432,Mali,1968-11-19,,1\n")}}, make);
  expect_known();
}

// Another program may have left it in any of SQLite's modes; in WAL mode it has side files whenever it is open.
TEST_F(StoreTest, TakesAnImportInEveryModeOfItsJournal) {
  for (const std::string mode : {"delete", "truncate", "persist", "memory", "wal", "off"}) {
    SCOPED_TRACE(mode);
    const std::string file = path(mode + ".db");
    const auto make = [](const Imports& imports) { return record_of(imports); };
    update_store(file, {{"powell_thyne", imported(powell_thyne + "Mali\t432\t1968\t11\t19\t2\tx\n")}}, make);
    {
      SqliteDatabase other(file, SQLITE_OPEN_READWRITE);
      other.execute(("PRAGMA journal_mode=" + mode + "; CREATE TABLE notes (t); DROP TABLE notes").c_str());
    }
    update_store(file, {{"cam", imported(cam + "432,\"Mali, Republic\",1968-11-19,,1\n")}}, make);
    EXPECT_EQ(read_store(file).size(), 2U);
  }
}

TEST_F(StoreTest, RefusesOtherPeoplesFiles) {
  const std::string file = path("notes.txt");
  std::ofstream(file)
      << "not a database, but a text of some length that SQLite would not take for one of its own files";
  EXPECT_NE(refusal_of([&] { read_store(file); }).find("is no store"), std::string::npos);
}

}  // namespace
}  // namespace interregnum
