#pragma once

#include <chrono>
#include <vector>

#include "model/onset.hpp"
#include "record/attempt.hpp"

namespace interregnum {

/// A month of a country, as the hazard of an attempt sees it. Facts are those of the end of the year before, so that no
/// value knows of what the month brings; what an attempt changes (who rules, for how long) is brought up to date.
struct OnsetMonth {
  int country_code = 0;
  std::chrono::year_month month{};
  OnsetConditions conditions;
  int attempted = 0;                    ///< how often
  const CountryMonth* facts = nullptr;  ///< those that were known, in the record or panel
};

/// The first year whose year before is on record.
inline constexpr int first_year_with_facts = 1951;

/// All months from January of `first_year` on whose country's facts of the year before are on record, by country and
/// month.
std::vector<OnsetMonth> onset_months(const Record& record, int first_year);

/// The same of one country.
std::vector<OnsetMonth> onset_months_of(const Record& record, int country_code, int first_year);

/// The months of a panel that was added to the record (`add_panel`), with their countries' earlier months on record
/// before them, and the months of all other countries to `after`; `counts` says which are the panel's and come after a
/// month: those that were on record before.
std::vector<OnsetMonth> onset_months(const Record& record, const std::vector<CountryMonth>& panel,
                                     std::chrono::year_month after, std::vector<bool>& counts);

/// Expected attempts of a month (yearly hazard of all ranks / 12), country's effect apart.
double monthly_hazard(const OnsetTheta& theta, const OnsetConditions& conditions);

/// Whether a country sees more attempts than its facts let expect: the logarithm of its effect on the hazard.
struct CountryEffect {
  int attempts = 0;       ///< on record
  double expected = 0.0;  ///< by an average country with its facts
  double log_mean = 0.0, log_sd = 0.0;
};

/// What a country's own past says of its effect, given the months on record before that of `day`; with `attempted` also
/// that it saw an attempt then. Effects are gamma distributed with mean 1; given the past, the shape is r + attempts
/// and the rate r + expected, r the inverse of their variance (Clayton 1978). Expected is by the parameters' defaults,
/// so that a country file does not depend on a fit. The logarithm is taken for normal, with the effect's mean and
/// variance.
CountryEffect country_effect(const Record& record, int country_code, std::chrono::sys_days day, bool attempted);

}  // namespace interregnum
