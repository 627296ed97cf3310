#pragma once

#include <Eigen/Core>
#include <cstdint>
#include <functional>
#include <optional>
#include <vector>

namespace interregnum {

/// Logarithm of a likelihood of parameters that are standard normal before the data.
using LogLikelihood = std::function<double(const Eigen::VectorXd&)>;

/// So many chains are run side by side, and compared.
inline constexpr int chain_count = 4;

struct ChainSettings {
  std::uint64_t seed = 1;
  int chains = chain_count;
  int warmup = 2000;  ///< steps from which it is learnt where the posterior lies
  int kept = 500;     ///< draws that are kept of each chain
  int thin = 10;      ///< steps for each of them
};

struct Chain {
  Eigen::MatrixXd draws;           ///< kept by dimension
  Eigen::VectorXd log_likelihood;  ///< of each draw
  double evaluations = 0;          ///< of the likelihood, a step
};

/// A Markov chain whose stationary distribution is the posterior under a standard normal prior (elliptical slice
/// sampling; Murray, Adams & MacKay 2010): exact, without a step size to tune. Draws are keyed by (seed, chain, step);
/// it begins at `start`, or at a draw from the prior.
Chain sample_chain(const LogLikelihood& log_likelihood, Eigen::Index dimensions, std::uint64_t seed,
                   std::uint64_t chain, int warmup, int kept, int thin,
                   const std::optional<Eigen::VectorXd>& start = std::nullopt);

/// The same in several chains, whose steps have the posterior's size: a normal distribution near the posterior takes
/// the prior's place, and the difference is mended in the likelihood (Nishihara, Murray & Adams 2014). The target is
/// the same whatever that distribution is.
std::vector<Chain> sample_posterior(const LogLikelihood& log_likelihood, Eigen::Index dimensions,
                                    const ChainSettings& settings, int threads);

/// The same, begun from chains of a posterior that is near this one (a year with fewer data): the last draws of
/// `earlier` are where the chains begin, and all its draws say how large steps are. There must be `settings.chains` of
/// them. `settings.warmup` steps are taken before any draw is kept.
std::vector<Chain> continue_posterior(const LogLikelihood& log_likelihood, const std::vector<Chain>& earlier,
                                      const ChainSettings& settings, int threads);

}  // namespace interregnum
