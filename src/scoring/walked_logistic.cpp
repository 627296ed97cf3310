#include "scoring/walked_logistic.hpp"

#include <Eigen/Cholesky>
#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>

#include "base/math.hpp"
#include "fit/logistic.hpp"

namespace interregnum {

namespace {

constexpr std::array<double, 6> steps{0.05, 0.1, 0.15, 0.2, 0.3, 0.45};

double log_prior_of_step(double step) {
  const double z = std::log(step / 0.15) / 0.5;
  return -0.5 * z * z;  // even on the logarithm, as the grid nearly is
}

/// Precision of levels that begin near 0 and change by `step` a year.
Eigen::MatrixXd precision_of_walk(Eigen::Index years, double step) {
  Eigen::MatrixXd precision = Eigen::MatrixXd::Zero(years, years);
  for (Eigen::Index year = 0; year < years; ++year) {
    precision(year, year) += 1.0;
    if (year == 0) continue;
    precision(year - 1, year - 1) += 1.0;
    precision(year - 1, year) -= 1.0;
    precision(year, year - 1) -= 1.0;
  }
  return precision / (step * step);
}

double log_determinant(const Eigen::MatrixXd& positive) {
  return positive.ldlt().vectorD().array().max(1e-300).log().sum();
}

}  // namespace

WalkedLogistic::WalkedLogistic(const Eigen::MatrixXd& design, const Eigen::VectorXd& successes,
                               const Eigen::VectorXd& trials, const std::vector<int>& years, double precision)
    : columns_(design.cols()) {
  for (Eigen::Index row = 0; row < design.rows(); ++row) {
    if (trials(row) > 0) last_ = std::max(last_, years[static_cast<std::size_t>(row)]);
  }
  const Eigen::Index count = last_ + 1;
  const Eigen::Index all = columns_ + count;
  Eigen::VectorXd mode = Eigen::VectorXd::Zero(all);
  for (const double step : steps) {
    Eigen::MatrixXd prior = Eigen::MatrixXd::Zero(all, all);
    prior.diagonal().head(columns_).setConstant(precision);
    prior.bottomRightCorner(count, count) = precision_of_walk(count, step);
    const auto log_odds = [&](const Eigen::VectorXd& values) {
      Eigen::VectorXd odds = design * values.head(columns_);
      for (Eigen::Index row = 0; row < odds.size(); ++row) {
        if (trials(row) > 0) odds(row) += values(columns_ + years[static_cast<std::size_t>(row)]);
      }
      return odds;
    };
    const auto log_posterior = [&](const Eigen::VectorXd& values, const Eigen::VectorXd& odds) {
      double sum = -0.5 * values.dot(prior * values);
      for (Eigen::Index row = 0; row < odds.size(); ++row) {
        if (trials(row) > 0) sum += successes(row) * odds(row) - trials(row) * log1p_exp(odds(row));
      }
      return sum;
    };
    Eigen::VectorXd odds = log_odds(mode);
    double value = log_posterior(mode, odds);
    Eigen::MatrixXd curvature(all, all);
    constexpr int most_iterations = 50;
    for (int iteration = 0; iteration < most_iterations; ++iteration) {
      const Eigen::ArrayXd chance = odds.unaryExpr(&logistic);
      const Eigen::ArrayXd weight = trials.array() * chance * (1.0 - chance);
      const Eigen::VectorXd residual = successes.array() - trials.array() * chance;
      curvature = prior;
      const Eigen::MatrixXd weighted = weight.matrix().asDiagonal() * design;
      curvature.topLeftCorner(columns_, columns_) += design.transpose() * weighted;
      Eigen::VectorXd gradient = -prior * mode;
      gradient.head(columns_) += design.transpose() * residual;
      // Each row belongs to one year: blocks of years are sums over their rows.
      for (Eigen::Index row = 0; row < design.rows(); ++row) {
        if (!(trials(row) > 0)) continue;
        const Eigen::Index year = columns_ + years[static_cast<std::size_t>(row)];
        gradient(year) += residual(row);
        curvature(year, year) += weight(row);
        curvature.row(year).head(columns_) += weighted.row(row);
      }
      curvature.topRightCorner(columns_, count) = curvature.bottomLeftCorner(count, columns_).transpose();
      const Eigen::VectorXd change = curvature.ldlt().solve(gradient);
      double length = 1.0;
      Eigen::VectorXd next = mode + change;
      Eigen::VectorXd next_odds = log_odds(next);
      double reached = log_posterior(next, next_odds);
      for (int halving = 0; halving < 20 && !(reached >= value); ++halving) {
        length *= 0.5;
        next = mode + length * change;
        next_odds = log_odds(next);
        reached = log_posterior(next, next_odds);
      }
      if (!(reached >= value)) break;
      const bool done = reached - value < 1e-8 * (1.0 + std::abs(value));
      mode = next;
      odds = next_odds;
      value = reached;
      if (done) break;
    }
    const double evidence = value + 0.5 * log_determinant(prior) - 0.5 * log_determinant(curvature);
    steps_.push_back(
        {step, evidence + log_prior_of_step(step), mode, curvature.ldlt().solve(Eigen::MatrixXd::Identity(all, all))});
  }
  double best = steps_.front().weight;
  for (const OfStep& of : steps_) best = std::max(best, of.weight);
  double sum = 0.0;
  for (OfStep& of : steps_) sum += of.weight = std::exp(of.weight - best);
  for (OfStep& of : steps_) of.weight /= sum;
}

double WalkedLogistic::chance_at(const Eigen::Ref<const Eigen::RowVectorXd>& row, int year, int years_later) const {
  double chance = 0.0;
  for (const OfStep& of : steps_) {
    Eigen::VectorXd terms = Eigen::VectorXd::Zero(of.mode.size());
    terms.head(columns_) = row.transpose();
    terms(columns_ + year) = 1.0;
    const double variance = terms.dot(of.covariance * terms) + years_later * of.step * of.step;
    chance += of.weight * logistic(terms.dot(of.mode) / std::sqrt(1.0 + std::numbers::pi / 8.0 * variance));
  }
  return chance;
}

double WalkedLogistic::chance(const Eigen::Ref<const Eigen::RowVectorXd>& row, int years_later) const {
  return chance_at(row, last_, years_later);
}

double WalkedLogistic::chance_in(const Eigen::Ref<const Eigen::RowVectorXd>& row, int year) const {
  return chance_at(row, std::min(year, last_), 0);
}

}  // namespace interregnum
