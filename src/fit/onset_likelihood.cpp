#include "fit/onset_likelihood.hpp"

#include <algorithm>
#include <boost/math/special_functions/gamma.hpp>
#include <cmath>
#include <set>
#include <utility>

#include "analysis/thin_country.hpp"
#include "base/extremes.hpp"

namespace interregnum {

namespace {

/// What the record says of the rank of each attempt in the months that are used.
std::vector<std::array<double, 3>> ranks_in(const std::vector<OnsetMonth>& months, const std::vector<bool>& used,
                                            const Record& record) {
  std::set<std::pair<int, std::chrono::year_month>> seen;
  for (std::size_t index = 0; index < months.size(); ++index) {
    if (used[index]) seen.emplace(months[index].country_code, months[index].month);
  }
  std::vector<std::array<double, 3>> ranks;
  for (const Attempt& attempt : record.attempts) {
    if (seen.contains({attempt.country_code, month_of(attempt.date)})) ranks.push_back(rank_evidence(attempt));
  }
  return ranks;
}

}  // namespace

OnsetLikelihood::OnsetLikelihood(const std::vector<OnsetMonth>& months, const std::vector<bool>& used,
                                 const Record& record)
    : OnsetLikelihood(months, used, ranks_in(months, used, record)) {}

OnsetLikelihood::OnsetLikelihood(const std::vector<OnsetMonth>& months, const std::vector<bool>& used,
                                 std::vector<std::array<double, 3>> ranks)
    : ranks_(std::move(ranks)) {
  const auto count = static_cast<Eigen::Index>(std::count(used.begin(), used.end(), true));
  for (Eigen::ArrayXd* column : {&years_since_, &succeeded_, &income_, &distance_, &military_, &tenure_})
    column->resize(count);
  int country = -1;
  Eigen::Index row = 0;
  for (std::size_t index = 0; index < months.size(); ++index) {
    if (!used[index]) continue;
    const OnsetMonth& month = months[index];
    const OnsetConditions& conditions = month.conditions;
    if (month.country_code != country) {
      country = month.country_code;
      first_of_country_.push_back(row);
      attempts_of_country_.push_back(0.0);
    }
    years_since_(row) = conditions.years_since_attempt;
    succeeded_(row) = conditions.last_succeeded ? 1.0 : 0.0;
    income_(row) = conditions.log_income;
    distance_(row) = conditions.polyarchy - middling_polyarchy;
    military_(row) = conditions.military_regime;
    tenure_(row) = smaller(20.0, conditions.years_in_office);
    years_.push_back(conditions.year);
    attempted_.insert(attempted_.end(), static_cast<std::size_t>(month.attempted), row);
    attempts_of_country_.back() += month.attempted;
    ++row;
  }
  first_of_country_.push_back(row);
}

double OnsetLikelihood::log_likelihood(const OnsetTheta& theta, double country_variance) const {
  const std::array<double, 3> base{std::exp(theta.junior), std::exp(theta.middle), std::exp(theta.senior)};
  const double all = base[0] + base[1] + base[2];
  Eigen::ArrayXd levels(years_since_.size());
  for (Eigen::Index row = 0; row < levels.size(); ++row)
    levels(row) = theta.level.of(years_[static_cast<std::size_t>(row)]);
  const Eigen::ArrayXd linear =
      (theta.recent + theta.recent_success * succeeded_) * (-years_since_ / theta.recent_years).exp() +
      theta.income * income_ + theta.democracy * distance_ + theta.extremes * distance_.square() +
      theta.military_regime * military_ + theta.tenure * tenure_ + levels + std::log(all / 12.0);
  const Eigen::ArrayXd hazard = linear.exp();
  double sum = 0.0;
  for (const Eigen::Index row : attempted_) sum += linear(row);
  // Gamma effect with mean 1 and this variance, integrated: Gamma(r + n) / Gamma(r) · r^r / (r + H)^(r + n).
  const double shape = 1.0 / country_variance;
  for (std::size_t country = 0; country + 1 < first_of_country_.size(); ++country) {
    const Eigen::Index first = first_of_country_[country];
    const double expected = hazard.segment(first, first_of_country_[country + 1] - first).sum();
    const double attempts = attempts_of_country_[country];
    sum += boost::math::lgamma(shape + attempts) - boost::math::lgamma(shape) + shape * std::log(shape) -
           (shape + attempts) * std::log(shape + expected);
  }
  for (const std::array<double, 3>& evidence : ranks_)
    sum += std::log((base[0] * evidence[0] + base[1] * evidence[1] + base[2] * evidence[2]) / all);
  return sum;
}

}  // namespace interregnum
