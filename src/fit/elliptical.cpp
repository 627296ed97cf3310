#include "fit/elliptical.hpp"

#include <Eigen/Eigenvalues>
#include <algorithm>
#include <cmath>
#include <numbers>

#include "base/distribution.hpp"
#include "base/draws.hpp"
#include "base/identifiers.hpp"
#include "engine/parallel.hpp"

namespace interregnum {

namespace {

constexpr std::uint64_t direction = hash_identifier("direction"), level = hash_identifier("level");

Eigen::VectorXd standard_normal(const Draws& draws, Eigen::Index dimensions) {
  Eigen::VectorXd z(dimensions);
  for (Eigen::Index begin = 0; begin < dimensions; begin += 4) {
    const UniformBlock u = draws.block(DrawPurpose::chain, direction, static_cast<std::uint64_t>(begin));
    for (Eigen::Index k = 0; k < std::min<Eigen::Index>(4, dimensions - begin); ++k)
      z(begin + k) = normal_quantile(u[static_cast<std::size_t>(k)]);
  }
  return z;
}

/// Gradient by central differences.
Eigen::VectorXd gradient_at(const LogLikelihood& function, Eigen::VectorXd at) {
  constexpr double h = 0.01;  // a hundredth of the prior's standard deviation
  Eigen::VectorXd gradient(at.size());
  for (Eigen::Index k = 0; k < at.size(); ++k) {
    const double middle = at(k);
    at(k) = middle + h;
    const double above = function(at);
    at(k) = middle - h;
    gradient(k) = (above - function(at)) / (2.0 * h);
    at(k) = middle;
  }
  return gradient;
}

/// A normal distribution near the posterior. Of many parameters the data see only a few combinations, those along which
/// the likelihood changes (the active subspace; Constantine 2015): there it has the mean and covariance of a first
/// round of chains, in all other directions it is the prior. How near it is decides how fast chains move, not where
/// they go.
class Nearby {
 public:
  Nearby(const LogLikelihood& log_likelihood, const std::vector<Chain>& chains, int threads) {
    const Eigen::Index dimensions = chains.front().draws.cols();
    const Eigen::MatrixXd seen = directions(log_likelihood, chains, threads);
    Eigen::MatrixXd along(0, seen.cols());
    for (const Chain& chain : chains) {
      const Eigen::MatrixXd more = chain.draws * seen;
      along.conservativeResize(along.rows() + more.rows(), Eigen::NoChange);
      along.bottomRows(more.rows()) = more;
    }
    const Eigen::RowVectorXd mean = along.colwise().mean();
    const Eigen::MatrixXd centred = along.rowwise() - mean;
    const Eigen::MatrixXd covariance = centred.transpose() * centred / static_cast<double>(along.rows() - 1);
    const Eigen::SelfAdjointEigenSolver<Eigen::MatrixXd> axes(covariance);
    const Eigen::VectorXd spread = axes.eigenvalues().cwiseMax(1e-6).cwiseSqrt();
    const Eigen::MatrixXd own = seen * axes.eigenvectors();
    mean_ = seen * mean.transpose();
    const Eigen::MatrixXd unseen = Eigen::MatrixXd::Identity(dimensions, dimensions) - own * own.transpose();
    root_ = unseen + own * (wider * spread).asDiagonal() * own.transpose();
    inverse_ = unseen + own * (wider * spread).cwiseInverse().asDiagonal() * own.transpose();
  }

  Eigen::VectorXd from_standard(const Eigen::VectorXd& w) const { return mean_ + root_ * w; }
  Eigen::VectorXd to_standard(const Eigen::VectorXd& z) const { return inverse_ * (z - mean_); }

 private:
  static constexpr double wider = 1.2;

  /// Orthonormal directions along which the log likelihood has a slope of more than one a standard deviation of the
  /// prior, on average over draws.
  static Eigen::MatrixXd directions(const LogLikelihood& log_likelihood, const std::vector<Chain>& chains,
                                    int threads) {
    constexpr Eigen::Index places = 12;  // of each chain; no more directions are found than there are places
    constexpr double least_slope = 1.0;
    const Eigen::Index dimensions = chains.front().draws.cols();
    const auto count = static_cast<Eigen::Index>(chains.size()) * places;
    Eigen::MatrixXd gradients(dimensions, count);
    run_parallel(static_cast<std::size_t>(count), threads, [&](std::size_t index) {
      const auto place = static_cast<Eigen::Index>(index);
      const Eigen::MatrixXd& draws = chains[static_cast<std::size_t>(place / places)].draws;
      gradients.col(place) = gradient_at(
          log_likelihood, draws.row(std::max<Eigen::Index>(0, (place % places + 1) * draws.rows() / places - 1)));
    });
    const Eigen::SelfAdjointEigenSolver<Eigen::MatrixXd> axes(gradients * gradients.transpose() /
                                                              static_cast<double>(count));
    Eigen::Index blind = 0;
    while (blind < dimensions - 1 && axes.eigenvalues()(blind) < least_slope * least_slope) ++blind;
    return axes.eigenvectors().rightCols(dimensions - blind);
  }

  Eigen::VectorXd mean_;
  Eigen::MatrixXd root_, inverse_;
};

/// Chains whose steps have the posterior's size. Each begins at its own place of `starts`, or at a draw from `near`.
std::vector<Chain> sample_near(const LogLikelihood& log_likelihood, const Nearby& near,
                               const std::vector<std::optional<Eigen::VectorXd>>& starts, Eigen::Index dimensions,
                               const ChainSettings& settings, int warmup, int threads) {
  const LogLikelihood mended = [&](const Eigen::VectorXd& w) {
    const Eigen::VectorXd z = near.from_standard(w);
    return log_likelihood(z) - 0.5 * z.squaredNorm() + 0.5 * w.squaredNorm();
  };
  std::vector<Chain> chains(starts.size());
  run_parallel(chains.size(), threads, [&](std::size_t chain) {
    std::optional<Eigen::VectorXd> start;
    if (starts[chain]) start = near.to_standard(*starts[chain]);
    Chain& result = chains[chain];
    result = sample_chain(mended, dimensions, settings.seed, chains.size() + chain, warmup, settings.kept,
                          settings.thin, start);
    for (Eigen::Index draw = 0; draw < result.draws.rows(); ++draw) {
      const Eigen::VectorXd z = near.from_standard(result.draws.row(draw).transpose());
      result.log_likelihood(draw) += 0.5 * z.squaredNorm() - 0.5 * result.draws.row(draw).squaredNorm();
      result.draws.row(draw) = z.transpose();
    }
  });
  return chains;
}

}  // namespace

Chain sample_chain(const LogLikelihood& log_likelihood, Eigen::Index dimensions, std::uint64_t seed,
                   std::uint64_t chain, int warmup, int kept, int thin, const std::optional<Eigen::VectorXd>& start) {
  Chain result{Eigen::MatrixXd(kept, dimensions), Eigen::VectorXd(kept), 0.0};
  const int steps = warmup + kept * thin;
  Eigen::VectorXd at = start ? *start : standard_normal(Draws(seed, chain, 0), dimensions);
  double value = log_likelihood(at);
  double evaluations = 1;
  for (int step = 0; step < steps; ++step) {
    const Draws draws(seed, chain, static_cast<std::uint64_t>(step) + 1);
    const Eigen::VectorXd other = standard_normal(draws, dimensions);
    const UniformBlock u = draws.block(DrawPurpose::chain, level, 0);
    const double lowest = value + std::log(u[0]);
    double angle = 2.0 * std::numbers::pi * u[1];
    double from = angle - 2.0 * std::numbers::pi;
    double to = angle;
    for (std::uint64_t shrinks = 1;; ++shrinks) {
      Eigen::VectorXd candidate = at * std::cos(angle) + other * std::sin(angle);
      const double reached = log_likelihood(candidate);
      ++evaluations;
      // The bracket shrinks to the present point, where the likelihood is above the level.
      if (reached > lowest) {
        at = std::move(candidate);
        value = reached;
        break;
      }
      // Within rounding of the present point; there the likelihood may not even be a number.
      if (to - from < 1e-12) break;
      (angle < 0 ? from : to) = angle;
      angle = from + (to - from) * draws.uniform(DrawPurpose::chain, level, shrinks);
    }
    if (step < warmup || (step - warmup) % thin != thin - 1) continue;
    const int draw = (step - warmup) / thin;
    result.draws.row(draw) = at.transpose();
    result.log_likelihood(draw) = value;
  }
  result.evaluations = evaluations / steps;
  return result;
}

std::vector<Chain> sample_posterior(const LogLikelihood& log_likelihood, Eigen::Index dimensions,
                                    const ChainSettings& settings, int threads) {
  std::vector<Chain> chains(static_cast<std::size_t>(settings.chains));
  run_parallel(chains.size(), threads, [&](std::size_t chain) {
    const int half = settings.warmup / 2;
    chains[chain] = sample_chain(log_likelihood, dimensions, settings.seed, chain, half, half, 1);
  });
  const Nearby near(log_likelihood, chains, threads);
  return sample_near(log_likelihood, near, std::vector<std::optional<Eigen::VectorXd>>(chains.size()), dimensions,
                     settings, settings.warmup / 4, threads);
}

std::vector<Chain> continue_posterior(const LogLikelihood& log_likelihood, const std::vector<Chain>& earlier,
                                      const ChainSettings& settings, int threads) {
  const Nearby near(log_likelihood, earlier, threads);
  std::vector<std::optional<Eigen::VectorXd>> starts;
  for (const Chain& chain : earlier) starts.emplace_back(chain.draws.bottomRows(1).transpose());
  return sample_near(log_likelihood, near, starts, earlier.front().draws.cols(), settings, settings.warmup, threads);
}

}  // namespace interregnum
