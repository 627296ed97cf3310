#pragma once

#include <Eigen/Core>
#include <vector>

#include "fit/bank.hpp"

namespace interregnum {

/// Terms of a quadratic in the free parameters: 1, z, (z² - 1)/√2, products of two (Hermite polynomials, which are
/// uncorrelated over the prior).
Eigen::VectorXd quadratic_at(const Eigen::VectorXd& z);

/// A parameter that differs between attempts: by how much it lies above what holds for all, on its standard normal
/// scale.
struct Shift {
  Eigen::Index parameter;   ///< of the bank
  Eigen::VectorXd amounts;  ///< by attempt
};

/// By draw of the parameters: answers yes less those expected, and the variance of independent answers.
struct Residuals {
  Eigen::ArrayXd difference, variance;
};

/// What one thing comes to under given parameters, for every attempt at once: log odds of the answer yes, learnt from a
/// bank of futures by logistic regression on a quadratic in the parameters.
class Surrogate {
 public:
  /// With `own_terms` every attempt has a quadratic of its own, drawn towards that of all attempts together. Without,
  /// all share one, in those parameters alone that by themselves are seen to move the answer, and each has a constant
  /// of its own.
  Surrogate(const Bank& bank, std::size_t question, bool own_terms, int threads);

  std::size_t question() const { return question_; }
  /// Log odds of each attempt under parameters in the order of the bank; not a number where no future of the bank was
  /// asked.
  Eigen::VectorXd log_odds(const Eigen::VectorXd& z, const std::vector<Shift>& shifts = {}) const;

  /// How far the bank's answers, summed over attempts, lie from what is expected of them.
  const Residuals& residuals() const { return residuals_; }

  /// Whether the answer depends on one of the bank's parameters.
  bool depends_on(Eigen::Index parameter) const;

 private:
  void learn_constants(const Bank& bank, const Eigen::MatrixXd& design, int threads);
  void learn_own_terms(const Bank& bank, const Eigen::MatrixXd& design, int threads);
  void learn_residuals(const Bank& bank, const Eigen::MatrixXd& design);
  /// By attempt (or for all alike): the sum of its terms.
  Eigen::ArrayXd sum_of(const Eigen::VectorXd& terms, Eigen::Index attempts) const;

  std::size_t question_;
  std::vector<Eigen::Index> parameters_;  ///< of the bank, in the order of the quadratic
  Eigen::VectorXd constants_;             ///< by attempt
  Eigen::MatrixXd coefficients_;          ///< by attempt and term, or one row for all
  Residuals residuals_;
};

/// Surrogates of several questions about the same futures.
struct Surrogates {
  std::vector<Surrogate> each;
  /// The error of the quadratics, in log odds, common to all attempts under the same parameters: this times independent
  /// standard normal numbers, one for each question. Errors about a further coup within a month and within a year go
  /// together; a likelihood that left them out, or took them for independent, would be too sure.
  Eigen::MatrixXd missed;

  /// Log odds of each attempt for one of them, in its order, under parameters and what is missed. A surrogate gives the
  /// chance as it is on average over what it misses; about the middle of that the log odds lie lower where the chance
  /// is small (to second order by half the variance; Williams 1982).
  Eigen::VectorXd log_odds(std::size_t number, const Eigen::VectorXd& z, const std::vector<Shift>& shifts,
                           const Eigen::VectorXd& missed_by) const;
};

/// The surrogates of a bank's questions `first` to `last - 1`.
Surrogates learn(const Bank& bank, std::size_t first, std::size_t last, bool own_terms, int threads);

}  // namespace interregnum
