#include "fit/logistic.hpp"

#include <Eigen/Cholesky>
#include <cmath>

#include "base/diagnostics.hpp"

namespace interregnum {

namespace {

/// Minus the logarithm of the posterior, but for a constant.
double objective(const LogisticData& data, const Eigen::VectorXd& linear, const Eigen::VectorXd& from_centre,
                 const Eigen::VectorXd& precision) {
  double sum = 0.5 * from_centre.cwiseAbs2().dot(precision);
  for (Eigen::Index row = 0; row < linear.size(); ++row) {
    if (data.trials(row) > 0) sum += data.trials(row) * log1p_exp(linear(row)) - data.successes(row) * linear(row);
  }
  return sum;
}

}  // namespace

double log1p_exp(double x) { return x > 0 ? x + std::log1p(std::exp(-x)) : std::log1p(std::exp(x)); }

LogisticFit fit_logistic(const LogisticData& data, const Eigen::VectorXd& centre, const Eigen::VectorXd& precision) {
  constexpr int most_iterations = 50;
  Eigen::VectorXd beta = centre;
  const auto log_odds = [&](const Eigen::VectorXd& coefficients) -> Eigen::VectorXd {
    Eigen::VectorXd linear = data.design * coefficients;
    if (data.offset != nullptr) linear += *data.offset;
    return linear;
  };
  Eigen::VectorXd linear = log_odds(beta);
  double value = objective(data, linear, beta - centre, precision);
  if (!std::isfinite(value)) throw InputError("a regression was given a value that is not a number");
  Eigen::VectorXd errors = Eigen::VectorXd::Zero(beta.size());
  for (int iteration = 0; iteration < most_iterations; ++iteration) {
    const Eigen::ArrayXd chance = 1.0 / (1.0 + (-linear.array()).exp());
    const Eigen::ArrayXd weight = data.trials.array() * chance * (1.0 - chance) + 1e-12;
    const Eigen::VectorXd gradient =
        data.design.transpose() * (data.successes.array() - data.trials.array() * chance).matrix() -
        precision.cwiseProduct(beta - centre);
    const Eigen::MatrixXd weighted = weight.sqrt().matrix().asDiagonal() * data.design;
    Eigen::MatrixXd hessian = Eigen::MatrixXd::Zero(beta.size(), beta.size());
    hessian.selfadjointView<Eigen::Lower>().rankUpdate(weighted.transpose());
    hessian.diagonal() += precision;
    const Eigen::LDLT<Eigen::MatrixXd> factors = hessian.selfadjointView<Eigen::Lower>().ldlt();
    const Eigen::VectorXd step = factors.solve(gradient);
    double length = 1.0;
    double next = value;
    for (int halving = 0; halving < 20; ++halving, length *= 0.5) {
      linear = log_odds(beta + length * step);
      next = objective(data, linear, beta + length * step - centre, precision);
      if (next <= value) break;
    }
    const bool done = !(next <= value) || value - next < 1e-8 * (1.0 + std::abs(value));
    if (next <= value) {
      beta += length * step;
      value = next;
    }
    if (!done && iteration + 1 < most_iterations) continue;
    const Eigen::MatrixXd covariance = factors.solve(Eigen::MatrixXd::Identity(beta.size(), beta.size()));
    errors = covariance.diagonal().cwiseMax(0.0).cwiseSqrt();
    break;
  }
  return {beta, errors};
}

}  // namespace interregnum
