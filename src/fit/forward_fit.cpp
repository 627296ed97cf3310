#include "fit/forward_fit.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "base/distribution.hpp"
#include "base/draws.hpp"
#include "base/identifiers.hpp"
#include "fit/kept_chains.hpp"
#include "fit/posterior_draws.hpp"

namespace interregnum {

namespace {

constexpr int steps_before_warm = 250;  // of chains that begin where another year's ended
constexpr int most_rounds = 4;
constexpr int thin_of_onset = 4, thin_of_seizure = 6;

/// Chains of an earlier year with the numbers of the years between, whose changes are drawn from the prior: behind the
/// dimension `end`, where the walk of the earlier year ends.
std::vector<Chain> with_more_years(std::vector<Chain> chains, Eigen::Index end, Eigen::Index years,
                                   std::uint64_t seed) {
  for (std::size_t number = 0; number < chains.size(); ++number) {
    Chain& chain = chains[number];
    const Eigen::Index behind = chain.draws.cols() - end;
    Eigen::MatrixXd draws(chain.draws.rows(), chain.draws.cols() + years);
    draws << chain.draws.leftCols(end), Eigen::MatrixXd::Zero(chain.draws.rows(), years), chain.draws.rightCols(behind);
    for (Eigen::Index row = 0; row < draws.rows(); ++row) {
      for (Eigen::Index year = 0; year < years; ++year)
        draws(row, end + year) = normal_quantile(
            Draws(seed, number, static_cast<std::uint64_t>(row))
                .uniform(DrawPurpose::chain, hash_identifier("a year more"), static_cast<std::uint64_t>(end + year)));
    }
    chain.draws = std::move(draws);
  }
  return chains;
}

bool have_met(const std::vector<Chain>& chains) {
  constexpr double most_r_hat = 1.05, enough = 100.0;
  const ChainsSummary summary = summary_of("", "", chains);
  return summary.largest_r_hat < most_r_hat && summary.smallest_sample_size > enough;
}

}  // namespace

ForwardFit::ForwardFit(const Record& record, const FitSettings& settings, int kept, const FitStore& store,
                       const FitCallbacks& callbacks)
    : record_(record),
      settings_(settings),
      callbacks_(callbacks),
      store_(store),
      pieces_(store_, callbacks_),
      worlds_(attempt_worlds(record)),
      learnt_(worlds_, settings, pieces_, Until::seizure),
      fitted_(joined_parameters({learnt_.onset, learnt_.seizure})),
      months_(onset_months(record, first_year_with_facts)) {
  settings_.kept = kept;
}

ForwardFit::Parts ForwardFit::sample(int last, bool cold) {
  const YearWalk walk(last);
  const std::chrono::sys_days end(std::chrono::year(last) / 12 / 31);
  const bool warm = !cold && earlier_ && earlier_->last < last;
  Parts parts;
  parts.last = last;
  const auto chains_of = [&](const std::string& part, const LogLikelihood& likelihood, Eigen::Index before_walk,
                             Eigen::Index dimensions, ChainSettings chain_settings, int thin) {
    chain_settings.seed = settings_.seed ^ hash_identifier(fmt::format("to {} {}{}", last, part, cold ? " cold" : ""));
    chain_settings.chains = chain_count;
    chain_settings.kept = settings_.kept;
    chain_settings.thin = thin;
    const std::string name = fmt::format("chains-{}-{}-{}", cold ? "cold" : "forward", last, part);
    std::vector<Chain> chains = kept_chains(pieces_, name, settings_.kept, dimensions, [&] {
      if (!warm) return sample_posterior(likelihood, dimensions, chain_settings, settings_.threads);
      const std::vector<Chain>& earlier = part == onset_part ? earlier_->onset : earlier_->seizure;
      const YearWalk earlier_walk(earlier_->last);
      chain_settings.warmup = steps_before_warm;
      std::vector<Chain> next = continue_posterior(
          likelihood,
          with_more_years(earlier, before_walk + earlier_walk.dimensions(), last - earlier_->last, chain_settings.seed),
          chain_settings, settings_.threads);
      // Chains that have not met go on; those that have are kept as they are.
      for (int round = 0; round < most_rounds && !have_met(next); ++round) {
        chain_settings.seed = hash_pair(chain_settings.seed, 1);
        next = continue_posterior(likelihood, next, chain_settings, settings_.threads);
      }
      return next;
    });
    summaries_.push_back(summary_of(fmt::format("to {}{}", last, cold ? ", cold" : ""), part, chains));
    if (callbacks_.chains) callbacks_.chains(summaries_.back());
    return chains;
  };

  std::vector<bool> used_months;
  for (const OnsetMonth& month : months_) used_months.push_back(static_cast<int>(month.month.year()) <= last);
  // Months know nothing of what came after them, so that those of the whole record serve for every year.
  const OnsetLikelihood of_months(months_, used_months, record_);
  const FreeParameters& onset = learnt_.onset;
  parts.onset = chains_of(std::string(onset_part), onset_log_likelihood(of_months, onset, walk), onset.size() + 1,
                          onset.size() + 1 + walk.dimensions(), chains_of_onset(), thin_of_onset);

  std::vector<Answers> answers(record_.attempts.size());
  std::vector<bool> used;
  for (std::size_t attempt = 0; attempt < answers.size(); ++attempt) {
    used.push_back(record_.attempts[attempt].date <= end);
    if (used.back()) answers[attempt] = answers_of(record_, record_.attempts[attempt]);
  }
  const SeizureLikelihood of_attempts = learnt_.seizure_likelihood(data_of(answers, used), walk);
  parts.seizure = chains_of(std::string(seizure_part), of_attempts, learnt_.seizure.size() + 1,
                            of_attempts.dimensions(), chains_of_seizure(), thin_of_seizure);
  return parts;
}

Posterior ForwardFit::posterior_of(const Parts& parts) const {
  const YearWalk walk(parts.last);
  const PosteriorDraws format(fitted_, walk);
  Posterior posterior;
  posterior.names = format.names();
  const Eigen::Index of_onset = learnt_.onset.size(), of_seizure = learnt_.seizure.size();
  for (std::size_t chain = 0; chain < parts.onset.size(); ++chain) {
    Eigen::MatrixXd values(settings_.kept, static_cast<Eigen::Index>(posterior.names.size()));
    for (Eigen::Index draw = 0; draw < settings_.kept; ++draw) {
      const Eigen::VectorXd onset_draw = parts.onset[chain].draws.row(draw),
                            seizure_draw = parts.seizure[chain].draws.row(draw);
      Eigen::VectorXd z(fitted_.size());
      z << onset_draw.head(of_onset), seizure_draw.head(of_seizure);
      values.row(draw) = format.values(z, onset_draw.tail(onset_draw.size() - of_onset),
                                       seizure_draw.tail(seizure_draw.size() - of_seizure));
    }
    posterior.chains.push_back(std::move(values));
    posterior.log_likelihoods.push_back(parts.onset[chain].log_likelihood + parts.seizure[chain].log_likelihood);
  }
  return posterior;
}

Posterior ForwardFit::posterior_to(int last) {
  earlier_ = sample(last, false);
  return posterior_of(*earlier_);
}

Posterior ForwardFit::posterior_to_cold(int last) { return posterior_of(sample(last, true)); }

}  // namespace interregnum
