#include "analysis/fit/onset_likelihood.hpp"

#include <algorithm>
#include <boost/math/special_functions/gamma.hpp>
#include <cmath>
#include <map>
#include <set>
#include <utility>

#include "analysis/record/thin_country.hpp"

namespace interregnum {

namespace {

using std::chrono::sys_days;

constexpr double days_per_year = 365.2425;

/// What attempts before the month make of the conditions.
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

OnsetConditions conditions_of(const Facts& facts, int months_later, bool since_1990) {
  OnsetConditions conditions;
  if (facts.log_gdp_per_head) conditions.log_income = *facts.log_gdp_per_head - std::log(2.7);
  if (facts.polyarchy) conditions.polyarchy = *facts.polyarchy;
  if (facts.military_regime) conditions.military_regime = *facts.military_regime;
  // Four years where nothing is known, as in country files.
  conditions.years_in_office = facts.leader_months ? (*facts.leader_months + months_later) / 12.0 : 4.0;
  conditions.since_1990 = since_1990;
  return conditions;
}

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

/// Attempts of each country, in order.
std::map<int, std::vector<const Attempt*>> attempts_by_country(const Record& record) {
  std::map<int, std::vector<const Attempt*>> attempts;
  for (const Attempt& attempt : record.attempts) attempts[attempt.country_code].push_back(&attempt);
  return attempts;
}

OnsetMonth onset_month(const CountryMonth& facts, std::chrono::year_month month,
                       const std::vector<const Attempt*>& attempts) {
  const int later = static_cast<int>((month - facts.month).count());
  const auto begun = std::count_if(attempts.begin(), attempts.end(),
                                   [&](const Attempt* attempt) { return month_of(attempt->date) == month; });
  OnsetMonth entry{facts.country_code, month, conditions_of(facts, later, month.year() >= std::chrono::year(1990)),
                   static_cast<int>(begun)};
  bring_up_to_date(entry.conditions, attempts, sys_days(month / 1), sys_days(facts.month / std::chrono::last));
  return entry;
}

}  // namespace

std::vector<OnsetMonth> onset_months(const Record& record, int first_year) {
  auto attempts = attempts_by_country(record);
  const std::chrono::year_month last = month_of(record.until);
  std::vector<OnsetMonth> months;
  for (const auto& [code, known] : record.months) {
    for (const CountryMonth& facts : known) {
      if (facts.month.month() != std::chrono::December) continue;
      if (static_cast<int>(facts.month.year()) + 1 < first_year) continue;
      for (int number = 1; number <= 12 && facts.month + std::chrono::months(number) <= last; ++number)
        months.push_back(onset_month(facts, facts.month + std::chrono::months(number), attempts[code]));
    }
  }
  return months;
}

std::vector<OnsetMonth> onset_months(const Record& record, const std::vector<CountryMonth>& panel,
                                     std::vector<bool>& of_panel) {
  auto attempts = attempts_by_country(record);
  std::map<int, std::vector<const CountryMonth*>> of_country;
  for (const CountryMonth& month : panel) of_country[month.country_code].push_back(&month);
  std::vector<OnsetMonth> months;
  for (const auto& [code, wanted] : of_country) {
    const std::vector<CountryMonth>& known = record.months.at(code);
    const auto add = [&](const CountryMonth& facts, std::chrono::year_month month, bool is_of_panel) {
      months.push_back(onset_month(facts, month, attempts[code]));
      of_panel.push_back(is_of_panel);
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
  return months;
}

OnsetLikelihood::OnsetLikelihood(const std::vector<OnsetMonth>& months, const std::vector<bool>& used,
                                 const Record& record)
    : OnsetLikelihood(months, used, ranks_in(months, used, record)) {}

OnsetLikelihood::OnsetLikelihood(const std::vector<OnsetMonth>& months, const std::vector<bool>& used,
                                 std::vector<std::array<double, 3>> ranks)
    : ranks_(std::move(ranks)) {
  const auto count = static_cast<Eigen::Index>(std::count(used.begin(), used.end(), true));
  for (Eigen::ArrayXd* column : {&years_since_, &succeeded_, &income_, &distance_, &military_, &tenure_, &since_1990_})
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
    tenure_(row) = std::min(20.0, conditions.years_in_office);
    since_1990_(row) = conditions.since_1990 ? 1.0 : 0.0;
    attempted_.insert(attempted_.end(), static_cast<std::size_t>(month.attempted), row);
    attempts_of_country_.back() += month.attempted;
    ++row;
  }
  first_of_country_.push_back(row);
}

double OnsetLikelihood::log_likelihood(const OnsetTheta& theta, double country_variance) const {
  const std::array<double, 3> base{std::exp(theta.junior), std::exp(theta.middle), std::exp(theta.senior)};
  const double all = base[0] + base[1] + base[2];
  const Eigen::ArrayXd linear =
      (theta.recent + theta.recent_success * succeeded_) * (-years_since_ / theta.recent_years).exp() +
      theta.income * income_ + theta.democracy * distance_ + theta.extremes * distance_.square() +
      theta.military_regime * military_ + theta.tenure * tenure_ + theta.since_1990 * since_1990_ +
      std::log(all / 12.0);
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

double monthly_hazard(const OnsetTheta& theta, const OnsetConditions& conditions) {
  return std::exp(log_hazard(theta, conditions)) *
         (std::exp(theta.junior) + std::exp(theta.middle) + std::exp(theta.senior)) / 12.0;
}

}  // namespace interregnum
