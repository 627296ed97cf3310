#pragma once

#include <Eigen/Core>

namespace interregnum {

/// What a logistic regression is fitted to: a row has `trials(row)` trials, of which `successes(row)` succeeded.
struct LogisticData {
  const Eigen::MatrixXd& design;  ///< rows by coefficients
  const Eigen::VectorXd& successes;
  const Eigen::VectorXd& trials;
  const Eigen::VectorXd* offset = nullptr;  ///< added to each row's log odds, if given
};

struct LogisticFit {
  Eigen::VectorXd coefficients;
  Eigen::VectorXd standard_errors;  ///< from the curvature at the mode
};

/// Mode of the posterior of the coefficients under independent normal priors (iteratively reweighted least squares with
/// halved steps; McCullagh & Nelder 1989). `centre` and `precision` are those of the priors; a precision of zero is a
/// flat one, and needs data that identify the coefficient.
LogisticFit fit_logistic(const LogisticData& data, const Eigen::VectorXd& centre, const Eigen::VectorXd& precision);

/// log(1 + exp(x)) without overflow.
double log1p_exp(double x);

}  // namespace interregnum
