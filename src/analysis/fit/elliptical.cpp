#include "analysis/fit/elliptical.hpp"

#include <cmath>
#include <numbers>

#include "base/distribution.hpp"
#include "base/draws.hpp"
#include "base/identifiers.hpp"

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

}  // namespace

Chain sample_posterior(const LogLikelihood& log_likelihood, Eigen::Index dimensions, const ChainSettings& settings) {
  Chain chain{Eigen::MatrixXd(settings.kept, dimensions), Eigen::VectorXd(settings.kept), 0.0};
  const int steps = settings.warmup + settings.kept * settings.thin;
  // Chains begin at draws from the prior, so that they can be told to have met.
  Eigen::VectorXd at = standard_normal(Draws(settings.seed, settings.chain, 0), dimensions);
  double value = log_likelihood(at);
  double evaluations = 1;
  for (int step = 0; step < steps; ++step) {
    const Draws draws(settings.seed, settings.chain, static_cast<std::uint64_t>(step) + 1);
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
      if (reached > lowest || to - from < 1e-12) {
        at = std::move(candidate);
        value = reached;
        break;
      }
      (angle < 0 ? from : to) = angle;
      angle = from + (to - from) * draws.uniform(DrawPurpose::chain, level, shrinks);
    }
    if (step < settings.warmup || (step - settings.warmup) % settings.thin != settings.thin - 1) continue;
    const int draw = (step - settings.warmup) / settings.thin;
    chain.draws.row(draw) = at.transpose();
    chain.log_likelihood(draw) = value;
  }
  chain.evaluations = evaluations / steps;
  return chain;
}

}  // namespace interregnum
