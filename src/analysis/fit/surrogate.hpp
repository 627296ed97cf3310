#pragma once

#include <Eigen/Core>
#include <vector>

#include "analysis/fit/bank.hpp"

namespace interregnum {

/// Terms of a polynomial in the free parameters (Hermite polynomials, which are uncorrelated over the prior).
enum class Basis {
  full_quadratic,  ///< 1, z, z² - 1, products of two
  squares          ///< 1, z, z² - 1
};

Eigen::VectorXd basis_at(Basis basis, const Eigen::VectorXd& z);

/// What one thing comes to under given parameters, for every attempt at once: log odds of the answer yes, learnt from a
/// bank of futures by logistic regression on a polynomial of the parameters.
class Surrogate {
 public:
  /// With `own_terms` every attempt has a polynomial of its own, drawn towards that of all attempts together; else only
  /// a constant of its own.
  Surrogate(const Bank& bank, std::size_t question, Basis basis, bool own_terms, int threads);

  std::size_t question() const { return question_; }
  /// Log odds of each attempt; not a number where no future of the bank was asked.
  Eigen::VectorXd log_odds(const Eigen::VectorXd& basis) const;

  /// What the polynomial misses: standard deviation, in log odds, of how far all attempts together lie from it under
  /// the same parameters. A likelihood that left it out would be too sure.
  double error() const { return error_; }

  /// Whether the answer depends on one of so many free parameters.
  bool depends_on(Eigen::Index parameter, Eigen::Index parameters) const;

 private:
  std::size_t question_;
  Eigen::VectorXd constants_;     ///< by attempt
  Eigen::MatrixXd coefficients_;  ///< by attempt and term, or one row for all
  double error_ = 0.0;
};

/// The surrogates of a bank's questions `first` to `last - 1`.
std::vector<Surrogate> learn(const Bank& bank, std::size_t first, std::size_t last, Basis basis, bool own_terms,
                             int threads);

}  // namespace interregnum
