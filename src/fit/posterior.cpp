#include "fit/posterior.hpp"

#include <algorithm>
#include <cmath>

#include "analysis/quantiles.hpp"
#include "base/distribution.hpp"
#include "fit/convergence.hpp"
#include "fit/year_walk.hpp"

namespace interregnum {

Eigen::MatrixXd Posterior::of(std::size_t name) const {
  Eigen::MatrixXd draws_of(draws(), static_cast<Eigen::Index>(chains.size()));
  for (std::size_t chain = 0; chain < chains.size(); ++chain)
    draws_of.col(static_cast<Eigen::Index>(chain)) = chains[chain].col(static_cast<Eigen::Index>(name));
  return draws_of;
}

double Posterior::in_turn(std::size_t name, std::size_t number) const {
  const Eigen::MatrixXd& chain = chains[number % chains.size()];
  return chain(static_cast<Eigen::Index>(number / chains.size()), static_cast<Eigen::Index>(name));
}

std::size_t Posterior::find(const std::string& name) const {
  return static_cast<std::size_t>(std::find(names.begin(), names.end(), name) - names.begin());
}

Posterior thinned(const Posterior& posterior, Eigen::Index every) {
  Posterior thin;
  thin.names = posterior.names;
  thin.left_out = posterior.left_out;
  const Eigen::Index kept = posterior.draws() / every;
  for (std::size_t chain = 0; chain < posterior.chains.size(); ++chain) {
    thin.chains.emplace_back(kept, posterior.chains[chain].cols());
    thin.log_likelihoods.emplace_back(kept);
    for (Eigen::Index draw = 0; draw < kept; ++draw) {
      thin.chains[chain].row(draw) = posterior.chains[chain].row((draw + 1) * every - 1);
      thin.log_likelihoods[chain](draw) = posterior.log_likelihoods[chain]((draw + 1) * every - 1);
    }
  }
  return thin;
}

namespace {

/// The levels of the years of one part, as far as a posterior holds them.
class LevelsHeld {
 public:
  LevelsHeld(const Posterior& posterior, std::string_view part) : part_(part) {
    step_ = static_cast<Eigen::Index>(posterior.find(year_step_name(part)));
    for (int year = first_year_of_walks;; ++year) {
      const std::size_t position = posterior.find(year_level_name(part, year));
      if (position == posterior.names.size()) break;
      years_.push_back(static_cast<Eigen::Index>(position));
    }
    if (step_ == static_cast<Eigen::Index>(posterior.names.size())) years_.clear();
  }

  /// From draw number `number`.
  void set(YearLevels& levels, const Eigen::RowVectorXd& draw, std::uint64_t number) const {
    if (years_.empty()) return;
    const Eigen::VectorXd of_years = draw(years_).transpose();
    levels = year_levels_ahead(of_years, draw(step_), part_, number);
  }

 private:
  std::string_view part_;
  Eigen::Index step_;
  std::vector<Eigen::Index> years_;
};

}  // namespace

std::vector<Theta> thetas_of(const Posterior& posterior, const Theta& base) {
  std::vector<std::pair<Eigen::Index, const ParameterEntry*>> held;
  for (const ParameterEntry& parameter : parameter_list()) {
    const std::size_t position = posterior.find(parameter.key);
    if (position < posterior.names.size()) held.emplace_back(static_cast<Eigen::Index>(position), &parameter);
  }
  const LevelsHeld of_seizure(posterior, seizure_part), of_onset(posterior, onset_part);
  std::vector<Theta> thetas;
  thetas.reserve(static_cast<std::size_t>(posterior.draws()) * posterior.chains.size());
  for (Eigen::Index draw = 0; draw < posterior.draws(); ++draw) {
    for (const Eigen::MatrixXd& chain : posterior.chains) {
      Theta theta = base;
      for (const auto& [position, parameter] : held)
        parameter->value(theta) = std::clamp(chain(draw, position), parameter->low, parameter->high);
      of_seizure.set(theta.seizure.level, chain.row(draw), thetas.size());
      of_onset.set(theta.onset.level, chain.row(draw), thetas.size());
      thetas.push_back(theta);
    }
  }
  return thetas;
}

namespace {

std::vector<double> sorted_draws(const Eigen::MatrixXd& draws) {
  std::vector<double> sorted(draws.data(), draws.data() + draws.size());
  std::sort(sorted.begin(), sorted.end());
  return sorted;
}

void add_prior(ParameterSummary& summary, const ParameterEntry& entry) {
  summary.prior_median = prior_quantile(entry, 0.5);
  summary.prior_low = prior_quantile(entry, interval_tail);
  summary.prior_high = prior_quantile(entry, 1.0 - interval_tail);
}

/// Variance on the scale on which the prior is standard normal.
double standardised_variance(const ParameterEntry& entry, const Eigen::MatrixXd& draws) {
  const Eigen::ArrayXXd z = draws.unaryExpr(
      [&](double value) { return normal_quantile(std::clamp(prior_level(entry, value), 1e-12, 1.0 - 1e-12)); });
  return (z - z.mean()).square().mean();
}

}  // namespace

std::vector<ParameterSummary> summarise(const Posterior& posterior) {
  std::vector<ParameterSummary> summaries;
  for (std::size_t name = 0; name < posterior.names.size(); ++name) {
    const auto& list = parameter_list();
    const auto entry = std::find_if(list.begin(), list.end(), [&](const ParameterEntry& candidate) {
      return candidate.key == posterior.names[name];
    });
    if (entry == list.end()) continue;
    const Eigen::MatrixXd draws = posterior.of(name);
    const std::vector<double> sorted = sorted_draws(draws);
    ParameterSummary summary;
    summary.name = posterior.names[name];
    summary.mean = draws.mean();
    summary.sd = std::sqrt((draws.array() - summary.mean).square().mean());
    summary.median = sample_quantile(sorted, 0.5);
    summary.low = sample_quantile(sorted, interval_tail);
    summary.high = sample_quantile(sorted, 1.0 - interval_tail);
    add_prior(summary, *entry);
    summary.contraction = 1.0 - standardised_variance(*entry, draws);
    summary.r_hat = r_hat(draws);
    summary.sample_size = effective_sample_size(draws);
    summaries.push_back(summary);
  }
  return summaries;
}

std::vector<QuantitySummary> summarise_others(const Posterior& posterior) {
  std::vector<QuantitySummary> summaries;
  for (std::size_t name = 0; name < posterior.names.size(); ++name) {
    const auto& list = parameter_list();
    if (std::any_of(list.begin(), list.end(),
                    [&](const ParameterEntry& entry) { return entry.key == posterior.names[name]; }))
      continue;
    const std::vector<double> sorted = sorted_draws(posterior.of(name));
    summaries.push_back({posterior.names[name], sample_quantile(sorted, 0.5), sample_quantile(sorted, interval_tail),
                         sample_quantile(sorted, 1.0 - interval_tail)});
  }
  return summaries;
}

}  // namespace interregnum
