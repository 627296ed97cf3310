#include "scoring/forecasts_of_year.hpp"

#include <algorithm>
#include <boost/math/distributions/poisson.hpp>
#include <numeric>

#include "analysis/quantiles.hpp"
#include "base/draws.hpp"
#include "base/identifiers.hpp"
#include "engine/paired.hpp"
#include "engine/parallel.hpp"
#include "fit/likelihoods.hpp"
#include "model/theta_draws.hpp"
#include "scoring/onset_scores.hpp"

namespace interregnum {

namespace {

constexpr std::size_t onset_draws = 200;  // of a year's posterior

/// The number below which a Poisson number stays with a chance of `level`, whose mean is drawn from a list.
double poisson_mixture_quantile(const std::vector<double>& means, double level) {
  for (double number = 0.0;; number += 1.0) {
    double below = 0.0;
    for (const double mean : means)
      below += boost::math::cdf(boost::math::poisson_distribution<double>(std::max(mean, 1e-12)), number);
    if (below >= level * static_cast<double>(means.size())) return number;
  }
}

}  // namespace

SuccessesOfYear::SuccessesOfYear(const std::vector<AttemptWorld>& worlds, const std::vector<std::size_t>& attempts,
                                 const Posterior& posterior, const ForecastSettings& settings)
    : chances_(attempts.size()), counts_(settings.replicates, 0.0) {
  const std::vector<Theta> thetas = thetas_of(posterior, default_theta());
  const std::size_t misclassified = posterior.find(std::string(misclassified_name));
  const std::uint64_t first = first_turn(settings.seed, thetas.size());
  std::vector<std::vector<char>> said(attempts.size(), std::vector<char>(settings.replicates));
  run_parallel(attempts.size(), settings.threads, [&](std::size_t index) {
    const AttemptWorld& attempt = worlds[attempts[index]];
    State state(attempt.world);
    for (std::uint64_t replicate = 0; replicate < settings.replicates; ++replicate) {
      const std::size_t draw = scattered(first + replicate / futures_per_draw, thetas.size());
      const ReplicateId id{settings.seed, attempt.stream, replicate_of_future(replicate)};
      const bool seized = is_seized(run(attempt.world, thetas[draw], id, state, Until::seizure).outcome);
      const bool is_wrong = Draws(settings.seed, attempt.stream, replicate)
                                .uniform(DrawPurpose::simulated_record, hash_identifier("misclassified")) <
                            posterior.in_turn(misclassified, draw);
      said[index][replicate] = seized != is_wrong ? 1 : 0;
    }
  });
  for (std::size_t index = 0; index < attempts.size(); ++index) {
    for (std::uint64_t replicate = 0; replicate < settings.replicates; ++replicate) {
      counts_[replicate] += said[index][replicate];
      chances_[index] += said[index][replicate] / static_cast<double>(settings.replicates);
    }
  }
}

Probability SuccessesOfYear::expected() const {
  std::vector<double> sorted = counts_;
  std::sort(sorted.begin(), sorted.end());
  return {std::accumulate(chances_.begin(), chances_.end(), 0.0), sample_quantile(sorted, interval_tail),
          sample_quantile(sorted, 1.0 - interval_tail)};
}

MonthsOfYear::MonthsOfYear(const std::vector<OnsetMonth>& months, int year, const Posterior& posterior,
                           const ForecastSettings& settings) {
  const auto by_draw =
      onset_chances_by_draw(months, posterior, {onset_draws, settings.seed, settings.threads}, {year, year});
  chances_ = mean_over_draws(by_draw);
  for (const std::vector<double>& of_draw : by_draw)
    sums_.push_back(std::accumulate(of_draw.begin(), of_draw.end(), 0.0));
}

Probability MonthsOfYear::expected() const {
  return {std::accumulate(chances_.begin(), chances_.end(), 0.0), poisson_mixture_quantile(sums_, interval_tail),
          poisson_mixture_quantile(sums_, 1.0 - interval_tail)};
}

}  // namespace interregnum
