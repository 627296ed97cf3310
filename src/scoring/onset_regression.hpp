#pragma once

#include <vector>

#include "analysis/onset_months.hpp"
#include "scoring/walked_logistic.hpp"

namespace interregnum {

/// The covariates that a regression uses of a month: a constant; the logarithm of the years since the last attempt, and
/// whether there was one; the covariates of CoupCats' published specification that the record holds (soldiers' rule,
/// democracy and its square, the leader's time in office, income, growth, civil war, mobilisation, size of the army,
/// region, a cubic of the time since the last attempt, which cells are empty). The record does not hold women's
/// participation in politics, which that specification has too.
enum class OnsetKnowledge { nothing, time_since, coupcats };

/// Logistic regressions of the months that see an attempt, which the mechanism's forecasts are set beside.
class OnsetRegression {
 public:
  OnsetRegression(const std::vector<OnsetMonth>& months, OnsetKnowledge knowledge);

  /// Of all months, fitted to those that `train`.
  std::vector<double> chances(const std::vector<bool>& train) const;
  /// The same of the months of one year, with a constant that walks over the years before; others are not numbers.
  std::vector<double> walked_chances(const std::vector<bool>& train, int year) const;

 private:
  /// The months that train, as a regression's rows.
  struct Training {
    Eigen::MatrixXd design;
    Eigen::VectorXd yes, trials;
    std::vector<int> years;
  };
  Training training(const std::vector<bool>& train) const;

  const std::vector<OnsetMonth>& months_;
  Eigen::MatrixXd design_;
};

}  // namespace interregnum
