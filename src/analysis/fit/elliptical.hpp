#pragma once

#include <Eigen/Core>
#include <cstdint>
#include <functional>

namespace interregnum {

/// Logarithm of a likelihood of parameters that are standard normal before the data.
using LogLikelihood = std::function<double(const Eigen::VectorXd&)>;

struct ChainSettings {
  std::uint64_t seed = 1;
  std::uint64_t chain = 0;
  int warmup = 1000;  ///< steps that are thrown away
  int kept = 1000;    ///< draws that are kept
  int thin = 1;       ///< steps for each of them
};

struct Chain {
  Eigen::MatrixXd draws;           ///< kept by dimension
  Eigen::VectorXd log_likelihood;  ///< of each draw
  double evaluations = 0;          ///< of the likelihood, a step
};

/// A Markov chain whose stationary distribution is the posterior under a standard normal prior (elliptical slice
/// sampling; Murray, Adams & MacKay 2010): exact, without a step size to tune or a proposal to be refused. Draws are
/// keyed by (seed, chain, step).
Chain sample_posterior(const LogLikelihood& log_likelihood, Eigen::Index dimensions, const ChainSettings& settings);

}  // namespace interregnum
