#pragma once

#include <array>
#include <chrono>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "record/states.hpp"

namespace interregnum {

/// A number that the sources may not know.
using Known = std::optional<double>;

/// What a country looked like in a month. Yearly figures (regime, democracy, wealth, protest, soldiers) of a December
/// are those of its year, of other months those of the year before; the rest is as the month began or brought about.
struct Facts {
  std::string regime;        ///< closed_autocracy, electoral_autocracy, electoral_democracy, liberal_democracy
  Known polyarchy;           ///< V-Dem's index of electoral democracy, 0 to 1
  Known military_regime;     ///< 0 or 1
  Known leader_months;       ///< how long the leader had been in office
  Known log_gdp_per_head;    ///< natural logarithm of thousands of dollars at purchasing power
  Known gdp_growth;          ///< share a year
  Known civil_war;           ///< 0 or 1
  Known mobilization_index;  ///< V-Dem's index of mass mobilisation, standardised
  Known soldiers_thousand;   ///< size of the army
};

struct CountryMonth : Facts {
  int country_code = 0;
  std::chrono::year_month month{};
};

/// One attempt on record, as Powell & Thyne count them, with what other sources say of it. The country's facts are
/// those of the month before.
struct Attempt : Facts {
  std::string id;        ///< country code and date, `432-1968-11-19`
  int country_code = 0;  ///< Correlates of War
  std::string country;
  std::chrono::sys_days date{};
  bool succeeded = false;  ///< held power for seven days (Powell & Thyne 2011)

  std::string cam_rank;  ///< combat (lower and middle ranks), elite, or empty
  Known colpus_senior, colpus_junior, colpus_outside_support;
  Known cdp_military, cdp_dissident, cdp_rebel, cdp_palace, cdp_foreign, cdp_auto, cdp_resign, cdp_popular, cdp_counter;
  Known cdp_realized;                                                         ///< power was taken, for however long
  Known cdp_killed, cdp_harrest, cdp_jailed, cdp_tried, cdp_fled, cdp_exile;  ///< what became of the ruler of before
  Known csp_deaths;
  std::string leader_before, leader_after;
  Known leader_after_days, leader_after_censored;
  std::string leader_after_exit;
  Known days_to_next_attempt, days_to_next_success, days_since_last_attempt, attempts_last_5_years;

  /// junior, senior, both, neither; empty if Colpus does not say.
  std::string colpus_rank() const;
};

/// A column of the table that ships and is exported, and of the store.
struct AttemptColumn {
  std::string_view name;
  std::variant<std::string Attempt::*, Known Attempt::*> member;
  std::string_view source;
  bool needed = true;  ///< else no forecast uses it, and a table to score that lacks it lacks nothing
};

/// All columns but the first five (attempt, country_code, country, date, succeeded), in their order.
const std::vector<AttemptColumn>& attempt_columns();

/// The columns of Facts.
struct FactColumn {
  std::string_view name;
  Known Facts::*member;
};
inline constexpr std::array<FactColumn, 8> fact_columns{{{"polyarchy", &Facts::polyarchy},
                                                         {"military_regime", &Facts::military_regime},
                                                         {"leader_months", &Facts::leader_months},
                                                         {"log_gdp_per_head", &Facts::log_gdp_per_head},
                                                         {"gdp_growth", &Facts::gdp_growth},
                                                         {"civil_war", &Facts::civil_war},
                                                         {"mobilization_index", &Facts::mobilization_index},
                                                         {"soldiers_thousand", &Facts::soldiers_thousand}}};

/// Everything that is known: attempts by country and date, facts by country and month.
struct Record {
  States states;
  std::vector<Attempt> attempts;
  std::map<int, std::vector<CountryMonth>> months;
  /// The last day that the record covers; before anything is read, earlier than all of it.
  std::chrono::sys_days until = std::chrono::year(1000) / 1 / 1;

  /// Throws InputError with a suggestion.
  const Attempt& attempt(const std::string& id) const;
  /// The last month on record before the month of a day; nothing if there is none.
  const CountryMonth* last_month_before(int country_code, std::chrono::sys_days date) const;
  /// The same; nothing if there is none within 13 months.
  const CountryMonth* month_before(int country_code, std::chrono::sys_days date) const;
};

std::chrono::year_month month_of(std::chrono::sys_days date);
int year_of(std::chrono::sys_days date);
std::string to_text(std::chrono::sys_days date);
std::string to_text(std::chrono::year_month month);
/// As short as it can be read back exactly; empty if not known.
std::string to_text(const Known& number);

/// Forgets what is known of the leader after an attempt from later than a day: a spell that goes on then is censored.
void cut_leader_at(Attempt& attempt, std::chrono::sys_days until);

/// The last month and the last year all of whose days a record covers that ends on this day.
std::chrono::year_month last_whole_month(std::chrono::sys_days until);
int last_whole_year(std::chrono::sys_days until);

/// What follows from the attempts' dates alone; they must be sorted by country and date.
void add_intervals(std::vector<Attempt>& attempts);

}  // namespace interregnum
