#include "scoring/onset_regression.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include "base/extremes.hpp"
#include "base/math.hpp"
#include "fit/logistic.hpp"
#include "scoring/scores.hpp"

namespace interregnum {

namespace {

constexpr double penalty = 0.01;
constexpr double longest = 62.0;  // years since an attempt; beyond there was none
constexpr int first_year = 1950;  // of the record

/// Ranges of Correlates of War codes: Europe, Sub-Saharan Africa, North Africa, the Middle East, Asia and Oceania; the
/// Americas are set against them.
constexpr std::array<std::array<int, 2>, 5> regions{{{200, 399}, {400, 599}, {600, 626}, {627, 699}, {700, 990}}};

void add_known(std::vector<double>& row, const Known& value, double if_empty) {
  row.push_back(value.value_or(if_empty));
  row.push_back(value ? 0.0 : 1.0);
}

std::vector<double> covariates(const OnsetMonth& month, OnsetKnowledge knowledge) {
  const OnsetConditions& conditions = month.conditions;
  std::vector<double> row{1.0};
  const double years = conditions.years_since_attempt;
  if (knowledge == OnsetKnowledge::nothing) return row;
  if (knowledge == OnsetKnowledge::time_since) {
    row.insert(row.end(), {std::log(0.1 + smaller(years, longest)), years > longest ? 1.0 : 0.0});
    return row;
  }
  // A country without an attempt counts from the record's beginning, as in the published panel. Columns are scaled to
  // a few units, for the penalty is the same for all.
  const double decades = 0.1 * smaller(years, static_cast<int>(month.month.year()) - first_year +
                                                  (static_cast<unsigned>(month.month.month()) - 1.0) / 12.0);
  row.insert(row.end(), {conditions.military_regime, conditions.polyarchy, conditions.polyarchy * conditions.polyarchy,
                         0.1 * smaller(40.0, conditions.years_in_office), conditions.log_income, decades,
                         decades * decades, decades * decades * decades});
  row.push_back(month.facts->log_gdp_per_head ? 0.0 : 1.0);
  add_known(row, month.facts->gdp_growth, 0.02);
  add_known(row, month.facts->civil_war, 0.0);
  add_known(row, month.facts->mobilization_index, 0.0);
  row.push_back(std::log1p(month.facts->soldiers_thousand.value_or(30.0)) - 3.0);
  row.push_back(month.facts->soldiers_thousand ? 0.0 : 1.0);
  for (const auto& [low, high] : regions)
    row.push_back(month.country_code >= low && month.country_code <= high ? 1.0 : 0.0);
  return row;
}

}  // namespace

OnsetRegression::OnsetRegression(const std::vector<OnsetMonth>& months, OnsetKnowledge knowledge) : months_(months) {
  for (std::size_t index = 0; index < months.size(); ++index) {
    const std::vector<double> row = covariates(months[index], knowledge);
    if (index == 0) design_.resize(static_cast<Eigen::Index>(months.size()), static_cast<Eigen::Index>(row.size()));
    design_.row(static_cast<Eigen::Index>(index)) =
        Eigen::Map<const Eigen::RowVectorXd>(row.data(), static_cast<Eigen::Index>(row.size()));
  }
}

OnsetRegression::Training OnsetRegression::training(const std::vector<bool>& train) const {
  const auto count = static_cast<Eigen::Index>(std::count(train.begin(), train.end(), true));
  Training rows{Eigen::MatrixXd(count, design_.cols()), Eigen::VectorXd(count), Eigen::VectorXd::Ones(count), {}};
  Eigen::Index row = 0;
  for (std::size_t index = 0; index < months_.size(); ++index) {
    if (!train[index]) continue;
    rows.design.row(row) = design_.row(static_cast<Eigen::Index>(index));
    rows.yes(row++) = months_[index].attempted > 0 ? 1.0 : 0.0;
    rows.years.push_back(static_cast<int>(months_[index].month.year()) - first_year);
  }
  return rows;
}

std::vector<double> OnsetRegression::chances(const std::vector<bool>& train) const {
  const Training rows = training(train);
  const Eigen::VectorXd odds =
      design_ * fit_logistic({rows.design, rows.yes, rows.trials}, Eigen::VectorXd::Zero(design_.cols()),
                             Eigen::VectorXd::Constant(design_.cols(), penalty))
                    .coefficients;
  std::vector<double> chances;
  for (const double value : odds) chances.push_back(logistic(value));
  return chances;
}

std::vector<double> OnsetRegression::walked_chances(const std::vector<bool>& train, int year) const {
  const Training rows = training(train);
  const int last = first_year + *std::max_element(rows.years.begin(), rows.years.end());
  const WalkedLogistic fitted(rows.design, rows.yes, rows.trials, rows.years, penalty);
  std::vector<double> chances(months_.size(), no_number);
  for (std::size_t index = 0; index < months_.size(); ++index) {
    if (static_cast<int>(months_[index].month.year()) == year)
      chances[index] = fitted.chance(design_.row(static_cast<Eigen::Index>(index)), year - last);
  }
  return chances;
}

}  // namespace interregnum
