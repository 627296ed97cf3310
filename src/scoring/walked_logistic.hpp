#pragma once

#include <Eigen/Core>
#include <vector>

namespace interregnum {

/// Logistic regression whose constant walks over the years: what forecasts of the model, which has such a walk, are
/// fairly set beside. The change from year to year is normal; its standard deviation is not known and is summed over, a
/// grid of values each with its prior (that of `YearWalk`) and its evidence (Laplace's approximation; MacKay 1992).
class WalkedLogistic {
 public:
  /// A row has `trials` trials, of which `successes` succeeded, in year number `years` (from 0); columns of the design
  /// have normal priors with mean 0 and this precision. At least one row must have a trial.
  WalkedLogistic(const Eigen::MatrixXd& design, const Eigen::VectorXd& successes, const Eigen::VectorXd& trials,
                 const std::vector<int>& years, double precision);

  /// The chance of a success in a year that is so many after the last on which it was fitted, for a row of the design:
  /// over the step of the walk, the errors of the coefficients, and the changes since (a normal distribution of the log
  /// odds by MacKay's 1992 approximation).
  double chance(const Eigen::Ref<const Eigen::RowVectorXd>& row, int years_later) const;
  /// The same of a year that it was fitted on.
  double chance_in(const Eigen::Ref<const Eigen::RowVectorXd>& row, int year) const;

 private:
  struct OfStep {
    double step = 0.0, weight = 0.0;
    Eigen::VectorXd mode;        ///< coefficients, then levels by year
    Eigen::MatrixXd covariance;  ///< of them
  };
  double chance_at(const Eigen::Ref<const Eigen::RowVectorXd>& row, int year, int years_later) const;

  Eigen::Index columns_;
  int last_ = 0;  ///< year number
  std::vector<OfStep> steps_;
};

}  // namespace interregnum
