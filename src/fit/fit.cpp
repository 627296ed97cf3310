#include "fit/fit.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "base/diagnostics.hpp"
#include "base/identifiers.hpp"
#include "fit/kept_chains.hpp"
#include "fit/learnt.hpp"
#include "fit/posterior_draws.hpp"

namespace interregnum {

namespace {

/// Which attempts a fit knows.
struct Training {
  std::string name, words;
  Record record;
  std::vector<bool> attempts;  ///< of the whole record: whether it counts
  std::vector<int> left_out;   ///< countries that do not count

  bool counts(int country_code) const {
    return std::find(left_out.begin(), left_out.end(), country_code) == left_out.end();
  }
};

class Fitting {
 public:
  Fitting(const Record& record, const FitSettings& settings, const FitStore& store, const FitCallbacks& callbacks)
      : record_(record), settings_(settings), callbacks_(callbacks), pieces_(store, callbacks) {}

  Fit run() {
    Fit fit;
    try {
      learnt_.emplace(attempt_worlds(record_), settings_, pieces_);
      for (const Training& training : trainings()) {
        fit.posteriors.push_back({training.name, posterior_of(training)});
        fit.posteriors.back().posterior.left_out = training.left_out;
      }
    } catch (const Interrupted&) {
      fit.complete = false;
    }
    fit.chains = summaries_;
    return fit;
  }

 private:
  std::vector<Training> trainings() const {
    std::vector<Training> list;
    list.push_back({"posterior", "all", record_, std::vector<bool>(record_.attempts.size(), true), {}});
    if (!settings_.folds) return list;
    const std::vector<std::vector<int>> folds = folds_of(record_);
    for (std::size_t fold = 0; fold < folds.size(); ++fold) {
      Training training{fmt::format("fold-{}", fold), fmt::format("without fold {}", fold), record_, {}, folds[fold]};
      for (const Attempt& attempt : record_.attempts)
        training.attempts.push_back(training.counts(attempt.country_code));
      list.push_back(std::move(training));
    }
    const std::chrono::sys_days end(std::chrono::year(1989) / 12 / 31);
    Training early{"to-1989", "to 1989", record_until(record_, end), {}, {}};
    for (const Attempt& attempt : record_.attempts) early.attempts.push_back(attempt.date <= end);
    list.push_back(std::move(early));
    return list;
  }

  /// Chains of one part, each draws by dimensions, on the standard normal scale.
  std::vector<Chain> chains_of(const Training& training, const std::string& part, const LogLikelihood& likelihood,
                               Eigen::Index dimensions, ChainSettings chain_settings) {
    chain_settings.seed = settings_.seed ^ hash_identifier(training.name + part);
    chain_settings.chains = chain_count;
    chain_settings.kept = settings_.kept;
    // A trial of a few draws is not worth the whole search for where the posterior lies.
    chain_settings.warmup = std::min(chain_settings.warmup, 8 * settings_.kept);
    std::vector<Chain> chains =
        kept_chains(pieces_, fmt::format("chains-{}-{}", training.name, part), settings_.kept, dimensions, [&] {
          pieces_.progress(fmt::format("chains, {}, {}", training.words, part), 0, 1);
          return sample_posterior(likelihood, dimensions, chain_settings, settings_.threads);
        });
    summaries_.push_back(summary_of(training.words, part, chains));
    if (callbacks_.chains) callbacks_.chains(summaries_.back());
    return chains;
  }

  static Eigen::VectorXd mean_of(const std::vector<Chain>& chains, Eigen::Index dimensions) {
    Eigen::VectorXd mean = Eigen::VectorXd::Zero(dimensions);
    for (const Chain& chain : chains)
      mean += chain.draws.leftCols(dimensions).colwise().mean().transpose() / static_cast<double>(chains.size());
    return mean;
  }

  Posterior posterior_of(const Training& training) {
    const std::vector<OnsetMonth> months = onset_months(training.record, first_year_with_facts);
    std::vector<bool> used_months;
    for (const OnsetMonth& month : months) used_months.push_back(training.counts(month.country_code));
    const OnsetLikelihood onset_likelihood(months, used_months, training.record);
    const FreeParameters &of_onset = learnt_->onset, &of_seizure = learnt_->seizure;
    const YearWalk walk(year_of(training.record.until));
    const auto onset = chains_of(training, "onset", onset_log_likelihood(onset_likelihood, of_onset, walk),
                                 of_onset.size() + 1 + walk.dimensions(), chains_of_onset());

    std::vector<Answers> answers(record_.attempts.size());
    for (const Attempt& attempt : training.record.attempts) {
      const auto position = std::find_if(record_.attempts.begin(), record_.attempts.end(),
                                         [&](const Attempt& other) { return other.id == attempt.id; });
      answers[static_cast<std::size_t>(position - record_.attempts.begin())] = answers_of(training.record, attempt);
    }
    const Data data = data_of(answers, training.attempts);
    const SeizureLikelihood of_attempts = learnt_->seizure_likelihood(data, walk);
    const auto seizure = chains_of(training, "seizure", of_attempts, of_attempts.dimensions(), chains_of_seizure());
    Eigen::VectorXd others(of_onset.size() + of_seizure.size());
    others << mean_of(onset, of_onset.size()), mean_of(seizure, of_seizure.size());
    const AfterLikelihood of_times = learnt_->after_likelihood(
        data, others, mean_levels(walk, onset, of_onset.size() + 1), mean_levels(walk, seizure, of_seizure.size() + 1));
    const auto after = chains_of(training, "after", of_times, of_times.dimensions(), chains_of_after());
    return joined(walk, onset, seizure, after);
  }

  /// Mean of the levels of the years, whose numbers begin at `first` among a chain's dimensions.
  static Eigen::VectorXd mean_levels(const YearWalk& walk, const std::vector<Chain>& chains, Eigen::Index first) {
    Eigen::VectorXd mean = Eigen::VectorXd::Zero(walk.dimensions());
    double draws = 0.0;
    for (const Chain& chain : chains) {
      for (Eigen::Index draw = 0; draw < chain.draws.rows(); ++draw, draws += 1.0)
        mean += walk.levels(chain.draws.row(draw).segment(first, walk.dimensions()).transpose());
    }
    return mean / draws;
  }

  Posterior joined(const YearWalk& walk, const std::vector<Chain>& onset, const std::vector<Chain>& seizure,
                   const std::vector<Chain>& after) const {
    Posterior posterior;
    const PosteriorDraws format(learnt_->all, walk);
    posterior.names = format.names();
    const Eigen::Index of_onset = learnt_->onset.size(), of_seizure = learnt_->seizure.size();
    const std::vector<Eigen::Index>& visible = learnt_->visible();
    for (std::size_t chain = 0; chain < onset.size(); ++chain) {
      Eigen::MatrixXd values(settings_.kept, static_cast<Eigen::Index>(posterior.names.size()));
      for (Eigen::Index draw = 0; draw < settings_.kept; ++draw) {
        const Eigen::VectorXd onset_draw = onset[chain].draws.row(draw), seizure_draw = seizure[chain].draws.row(draw);
        Eigen::VectorXd z(learnt_->all.size());
        // A parameter on which no answer depends keeps its prior.
        z << learnt_->after.draw_prior(settings_.seed ^ hash_identifier("unseen"),
                                       static_cast<std::uint64_t>(draw) * chain_count + chain),
            onset_draw.head(of_onset), seizure_draw.head(of_seizure);
        for (std::size_t position = 0; position < visible.size(); ++position)
          z(visible[position]) = after[chain].draws(draw, static_cast<Eigen::Index>(position));
        values.row(draw) = format.values(z, onset_draw.tail(onset_draw.size() - of_onset),
                                         seizure_draw.tail(seizure_draw.size() - of_seizure));
      }
      posterior.chains.push_back(std::move(values));
      posterior.log_likelihoods.push_back(onset[chain].log_likelihood + seizure[chain].log_likelihood +
                                          after[chain].log_likelihood);
    }
    return posterior;
  }

  const Record& record_;
  const FitSettings& settings_;
  const FitCallbacks& callbacks_;
  Pieces pieces_;
  std::optional<Learnt> learnt_;
  std::vector<ChainsSummary> summaries_;
};

}  // namespace

std::vector<std::vector<int>> folds_of(const Record& record) {
  std::set<int> seen;
  std::vector<std::vector<int>> folds(number_of_folds);
  for (const Attempt& attempt : record.attempts) {
    const std::size_t fold = seen.size() % number_of_folds;
    if (seen.insert(attempt.country_code).second) folds[fold].push_back(attempt.country_code);
  }
  return folds;
}

Record record_until(const Record& record, std::chrono::sys_days day) {
  Record early = record;
  early.until = std::min(record.until, day);
  std::erase_if(early.attempts, [day](const Attempt& attempt) { return attempt.date > day; });
  for (Attempt& attempt : early.attempts) cut_leader_at(attempt, early.until);
  add_intervals(early.attempts);
  return early;
}

Fit fit_to_record(const Record& record, const FitSettings& settings, const FitStore& store,
                  const FitCallbacks& callbacks) {
  return Fitting(record, settings, store, callbacks).run();
}

}  // namespace interregnum
