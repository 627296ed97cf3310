#include "scoring/forecasts_of_year.hpp"

#include <algorithm>
#include <boost/math/distributions/poisson.hpp>
#include <cmath>

#include "analysis/quantiles.hpp"
#include "base/draws.hpp"
#include "base/identifiers.hpp"
#include "engine/paired.hpp"
#include "engine/parallel.hpp"
#include "fit/likelihoods.hpp"
#include "model/theta_draws.hpp"

namespace interregnum {

namespace {

constexpr std::size_t onset_draws = 200;  // of a year's posterior

double quantile_of(std::vector<double> numbers, double level) {
  std::sort(numbers.begin(), numbers.end());
  return numbers[static_cast<std::size_t>(level * static_cast<double>(numbers.size() - 1) + 0.5)];
}

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
  const Eigen::MatrixXd wrong = posterior.of(posterior.find(std::string(misclassified_name)));
  const std::uint64_t first = first_turn(settings.seed, thetas.size());
  std::vector<std::vector<char>> said(attempts.size(), std::vector<char>(settings.replicates));
  run_parallel(attempts.size(), settings.threads, [&](std::size_t index) {
    const AttemptWorld& attempt = worlds[attempts[index]];
    State state(attempt.world);
    for (std::uint64_t replicate = 0; replicate < settings.replicates; ++replicate) {
      const std::size_t draw = scattered(first + replicate / futures_per_draw, thetas.size());
      const ReplicateId id{settings.seed, attempt.stream, replicate_of_future(replicate)};
      const bool seized = is_seized(run(attempt.world, thetas[draw], id, state, Until::seizure).outcome);
      // thetas_of goes through the chains in turn.
      const auto chains = static_cast<std::size_t>(wrong.cols());
      const double share = wrong(static_cast<Eigen::Index>(draw / chains), static_cast<Eigen::Index>(draw % chains));
      const bool is_wrong = Draws(settings.seed, attempt.stream, replicate)
                                .uniform(DrawPurpose::simulated_record, hash_identifier("misclassified")) < share;
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
  double sum = 0.0;
  for (const double chance : chances_) sum += chance;
  return {sum, quantile_of(counts_, interval_tail), quantile_of(counts_, 1.0 - interval_tail)};
}

MonthsOfYear::MonthsOfYear(const std::vector<OnsetMonth>& months, int year, const Posterior& posterior,
                           const ForecastSettings& settings) {
  const std::vector<Theta> thetas = thetas_of(posterior, default_theta());
  const Eigen::MatrixXd variances = posterior.of(posterior.find(std::string(country_variance_name)));
  const std::size_t used = std::min(onset_draws, thetas.size());
  const std::uint64_t first = first_turn(settings.seed, thetas.size());
  std::vector<std::vector<double>> by_draw(used);
  run_parallel(used, settings.threads, [&](std::size_t number) {
    const std::size_t draw = scattered(first + number, thetas.size());
    const auto chains = static_cast<std::size_t>(variances.cols());
    const double shape =
        1.0 / variances(static_cast<Eigen::Index>(draw / chains), static_cast<Eigen::Index>(draw % chains));
    int country = -1;
    double expected = 0.0;
    double attempts = 0.0;
    for (const OnsetMonth& month : months) {
      if (static_cast<int>(month.month.year()) > year) continue;
      if (month.country_code != country) expected = attempts = 0.0;
      country = month.country_code;
      const double hazard = monthly_hazard(thetas[draw].onset, month.conditions);
      // Given its past the country's effect is gamma again; over it, the chance of no attempt is a Pareto one.
      if (static_cast<int>(month.month.year()) == year)
        by_draw[number].push_back(1.0 - std::pow((shape + expected) / (shape + expected + hazard), shape + attempts));
      expected += hazard;
      attempts += month.attempted;
    }
  });
  chances_.assign(by_draw.front().size(), 0.0);
  for (const std::vector<double>& of_draw : by_draw) {
    sums_.push_back(0.0);
    for (std::size_t month = 0; month < of_draw.size(); ++month) {
      chances_[month] += of_draw[month] / static_cast<double>(used);
      sums_.back() += of_draw[month];
    }
  }
}

Probability MonthsOfYear::expected() const {
  double sum = 0.0;
  for (const double chance : chances_) sum += chance;
  return {sum, poisson_mixture_quantile(sums_, interval_tail), poisson_mixture_quantile(sums_, 1.0 - interval_tail)};
}

}  // namespace interregnum
