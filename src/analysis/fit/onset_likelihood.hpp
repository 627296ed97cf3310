#pragma once

#include <Eigen/Core>
#include <array>
#include <chrono>
#include <vector>

#include "analysis/record/attempt.hpp"
#include "model/onset.hpp"

namespace interregnum {

/// A month of a country, as the hazard of an attempt sees it. Facts are those of the end of the year before, so that no
/// value knows of what the month brings; what an attempt changes (who rules, for how long) is brought up to date.
struct OnsetMonth {
  int country_code = 0;
  std::chrono::year_month month{};
  OnsetConditions conditions;
  int attempted = 0;  ///< how often
};

/// All months from January of `first_year` on whose country's facts of the year before are on record, by country and
/// month.
std::vector<OnsetMonth> onset_months(const Record& record, int first_year);

/// The months of a panel that was added to the record (`add_panel`), with their countries' earlier months on record
/// before them; `of_panel` says which are the panel's.
std::vector<OnsetMonth> onset_months(const Record& record, const std::vector<CountryMonth>& panel,
                                     std::vector<bool>& of_panel);

/// Likelihood of which months see an attempt, and of who led it. The hazard is the mechanism's own (`log_hazard`); each
/// country multiplies it by an effect of its own, gamma distributed with mean 1, which is integrated out (Clayton
/// 1978). Ranks are known up to what the sources say of each attempt.
class OnsetLikelihood {
 public:
  /// `used` says of each month whether it counts; of each attempt in a month that counts, its rank does.
  OnsetLikelihood(const std::vector<OnsetMonth>& months, const std::vector<bool>& used, const Record& record);
  /// `ranks`: of each attempt how likely what is known of it would be, by Rank.
  OnsetLikelihood(const std::vector<OnsetMonth>& months, const std::vector<bool>& used,
                  std::vector<std::array<double, 3>> ranks);

  double log_likelihood(const OnsetTheta& theta, double country_variance) const;

 private:
  Eigen::ArrayXd years_since_, succeeded_, income_, distance_, military_, tenure_, since_1990_;
  std::vector<Eigen::Index> attempted_;         ///< the month of each attempt
  std::vector<Eigen::Index> first_of_country_;  ///< with the end behind the last
  std::vector<double> attempts_of_country_;
  std::vector<std::array<double, 3>> ranks_;  ///< of each attempt: probability of the sources' word, by Rank
};

/// Expected attempts of a month (yearly hazard of all ranks / 12), country's effect apart.
double monthly_hazard(const OnsetTheta& theta, const OnsetConditions& conditions);

}  // namespace interregnum
