#include "analysis/onset_months.hpp"

#include <algorithm>
#include <cmath>
#include <map>

#include "model/theta.hpp"

namespace interregnum {

namespace {

using std::chrono::sys_days;

constexpr double days_per_year = 365.2425;
constexpr double effects_variance = 0.6;  // of countries; fitted to the record, .3 to 1.1

/// What attempts before the month make of the conditions. The facts of a month name the ruler with whom it began, so
/// that a success in that month is not in them yet.
void bring_up_to_date(OnsetConditions& conditions, const std::vector<const Attempt*>& attempts, sys_days begin,
                      sys_days facts_of) {
  for (const Attempt* attempt : attempts) {
    if (attempt->date >= begin) return;
    const double years = static_cast<double>((begin - attempt->date).count()) / days_per_year;
    conditions.years_since_attempt = years;
    conditions.last_succeeded = attempt->succeeded;
    if (!attempt->succeeded || attempt->date < facts_of) continue;
    conditions.military_regime = 1.0;
    conditions.polyarchy = usual_polyarchy[0];
    conditions.years_in_office = years;
  }
}

OnsetConditions conditions_of(const Facts& facts, int months_later, int year) {
  OnsetConditions conditions;
  if (facts.log_gdp_per_head) conditions.log_income = *facts.log_gdp_per_head - std::log(2.7);
  if (facts.polyarchy) conditions.polyarchy = *facts.polyarchy;
  if (facts.military_regime) conditions.military_regime = *facts.military_regime;
  // Four years where nothing is known, as in country files.
  conditions.years_in_office = facts.leader_months ? (*facts.leader_months + months_later) / 12.0 : 4.0;
  conditions.year = year;
  return conditions;
}

/// Attempts of a country, in order.
std::vector<const Attempt*> attempts_of(const Record& record, int country_code) {
  std::vector<const Attempt*> attempts;
  for (const Attempt& attempt : record.attempts) {
    if (attempt.country_code == country_code) attempts.push_back(&attempt);
  }
  return attempts;
}

OnsetMonth onset_month(const CountryMonth& facts, std::chrono::year_month month,
                       const std::vector<const Attempt*>& attempts) {
  const int later = static_cast<int>((month - facts.month).count());
  const auto begun = std::count_if(attempts.begin(), attempts.end(),
                                   [&](const Attempt* attempt) { return month_of(attempt->date) == month; });
  OnsetMonth entry{facts.country_code, month, conditions_of(facts, later, static_cast<int>(month.year())),
                   static_cast<int>(begun), &facts};
  bring_up_to_date(entry.conditions, attempts, sys_days(month / 1), sys_days(facts.month / 1));
  return entry;
}

}  // namespace

std::vector<OnsetMonth> onset_months(const Record& record, int first_year) {
  std::vector<OnsetMonth> months;
  for (const auto& [code, known] : record.months) {
    const std::vector<OnsetMonth> own = onset_months_of(record, code, first_year);
    months.insert(months.end(), own.begin(), own.end());
  }
  return months;
}

std::vector<OnsetMonth> onset_months_of(const Record& record, int country_code, int first_year) {
  std::vector<OnsetMonth> months;
  const auto known = record.months.find(country_code);
  if (known == record.months.end()) return months;
  const std::vector<const Attempt*> attempts = attempts_of(record, country_code);
  const std::chrono::year_month last = last_whole_month(record.until);
  const SovereignState* state = record.states.of_code(country_code);
  for (const CountryMonth& facts : known->second) {
    if (facts.month.month() != std::chrono::December) continue;
    if (static_cast<int>(facts.month.year()) + 1 < first_year) continue;
    for (int number = 1; number <= 12 && facts.month + std::chrono::months(number) <= last; ++number) {
      const std::chrono::year_month month = facts.month + std::chrono::months(number);
      // Nobody can move against a state that has gone.
      if (state == nullptr || state->existed(sys_days(month / 1)))
        months.push_back(onset_month(facts, month, attempts));
    }
  }
  return months;
}

std::vector<OnsetMonth> onset_months(const Record& record, const std::vector<CountryMonth>& panel,
                                     std::chrono::year_month after, std::vector<bool>& counts) {
  std::map<int, std::vector<const CountryMonth*>> of_country;
  for (const CountryMonth& month : panel) of_country[month.country_code].push_back(&month);
  std::vector<OnsetMonth> months;
  for (const auto& [code, wanted] : of_country) {
    const std::vector<CountryMonth>& known = record.months.at(code);
    const std::vector<const Attempt*> attempts = attempts_of(record, code);
    const auto add = [&](const CountryMonth& facts, std::chrono::year_month month, bool is_of_panel) {
      months.push_back(onset_month(facts, month, attempts));
      counts.push_back(is_of_panel && month > after);
    };
    // Years on record before the panel's first month, for what they say of the country.
    for (const CountryMonth& facts : known) {
      for (int number = 1; facts.month.month() == std::chrono::December && number <= 12; ++number) {
        const std::chrono::year_month month = facts.month + std::chrono::months(number);
        if (month < wanted.front()->month) add(facts, month, false);
      }
    }
    for (const CountryMonth* month : wanted) {
      const std::chrono::year_month before = (month->month.year() - std::chrono::years(1)) / std::chrono::December;
      const auto end = std::find_if(known.begin(), known.end(),
                                    [&](const CountryMonth& facts) { return facts.month >= month->month; });
      const auto december =
          std::find_if(known.begin(), end, [&](const CountryMonth& facts) { return facts.month == before; });
      // A state in its first year is known by the month before, or not at all.
      if (december != end) {
        add(*december, month->month, true);
      } else if (end != known.begin()) {
        add(*std::prev(end), month->month, true);
      }
    }
  }
  // What is set beside the forecasts is fitted to the whole record, whichever countries the panel is about.
  for (const auto& [code, known] : record.months) {
    if (of_country.contains(code)) continue;
    for (const OnsetMonth& month : onset_months_of(record, code, first_year_with_facts)) {
      if (month.month > after) break;
      months.push_back(month);
      counts.push_back(false);
    }
  }
  return months;
}

double monthly_hazard(const OnsetTheta& theta, const OnsetConditions& conditions) {
  return std::exp(log_hazard(theta, conditions)) *
         (std::exp(theta.junior) + std::exp(theta.middle) + std::exp(theta.senior)) / 12.0;
}

CountryEffect country_effect(const Record& record, int country_code, sys_days day, bool attempted) {
  static const OnsetTheta theta = default_theta().onset;
  CountryEffect effect;
  for (const OnsetMonth& month : onset_months_of(record, country_code, first_year_with_facts)) {
    if (month.month > month_of(day) || (month.month == month_of(day) && !attempted)) break;
    effect.expected += monthly_hazard(theta, month.conditions);
    if (month.month < month_of(day)) effect.attempts += month.attempted;
  }
  if (attempted) {
    // Those of the same month up to now.
    for (const Attempt* attempt : attempts_of(record, country_code)) {
      if (month_of(attempt->date) == month_of(day) && attempt->date < day) ++effect.attempts;
    }
    ++effect.attempts;
  }
  const double shape = 1.0 / effects_variance + effect.attempts;
  const double variance = std::log1p(1.0 / shape);
  effect.log_mean = std::log(shape / (1.0 / effects_variance + effect.expected)) - 0.5 * variance;
  effect.log_sd = std::sqrt(variance);
  return effect;
}

}  // namespace interregnum
