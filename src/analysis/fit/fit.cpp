#include "analysis/fit/fit.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>

#include "analysis/fit/convergence.hpp"
#include "base/identifiers.hpp"

namespace interregnum {

namespace {

constexpr std::uint64_t slice = 256;  // draws of a bank that are kept together
constexpr int chain_count = 4;
constexpr int first_year = 1951;  // the first whose year before is on record

struct Interrupted {};

/// Which attempts a fit knows.
struct Training {
  std::string name, words;
  Record record;
  std::vector<bool> attempts;  ///< of the whole record: whether it counts
  std::function<bool(int country_code)> country;
};

class Fitting {
 public:
  Fitting(const Record& record, const FitSettings& settings, const FitStore& store, const FitCallbacks& callbacks)
      : record_(record), settings_(settings), store_(store), callbacks_(callbacks), worlds_(attempt_worlds(record)) {}

  Fit run() {
    Fit fit;
    try {
      const Bank seizure = bank("seizure", seizure_, settings_.seizure_draws, Until::seizure);
      seizure_surrogates_ = learn(seizure, 0, 1, Basis::full_quadratic, true, settings_.threads);
      for (Surrogate& surrogate : learn(seizure, 1, seizure_questions, Basis::full_quadratic, false, settings_.threads))
        seizure_surrogates_.push_back(std::move(surrogate));
      const Bank after = bank("after", all_, settings_.after_draws, Until::horizon);
      after_surrogates_ = learn(after, seizure_questions, question_count, Basis::squares, false, settings_.threads);
      visible_ = visible_parameters(after_surrogates_, after_.size(), all_.size());
      for (const Training& training : trainings()) fit.posteriors.push_back({training.name, posterior_of(training)});
    } catch (const Interrupted&) {
      fit.complete = false;
    }
    fit.chains = summaries_;
    return fit;
  }

 private:
  /// What a piece of work made, now or in an earlier run.
  template <class Work>
  Eigen::MatrixXd piece(const std::string& name, const Work& work) {
    if (std::optional<Eigen::MatrixXd> kept = store_.load ? store_.load(name) : std::nullopt) return std::move(*kept);
    if (callbacks_.stop && callbacks_.stop()) throw Interrupted{};
    Eigen::MatrixXd made = work();
    if (store_.save) store_.save(name, made);
    return made;
  }

  Bank bank(const std::string& name, const FreeParameters& free, std::uint64_t draws, Until until) {
    Bank bank;
    bank.z.resize(static_cast<Eigen::Index>(draws), free.size());
    bank.answers.resize(worlds_.size());
    for (std::uint64_t first = 0; first < draws; first += slice) {
      const std::uint64_t count = std::min(slice, draws - first);
      const Eigen::MatrixXd packed = piece(fmt::format("bank-{}-{:04}", name, first / slice), [&] {
        return simulate_answers(worlds_, free, {settings_.seed, until, settings_.threads}, first, count);
      });
      for (std::uint64_t draw = 0; draw < count; ++draw) {
        bank.z.row(static_cast<Eigen::Index>(first + draw)) = free.draw_prior(settings_.seed, first + draw).transpose();
        for (std::size_t attempt = 0; attempt < worlds_.size(); ++attempt)
          bank.answers[attempt].push_back(
              unpack(packed(static_cast<Eigen::Index>(attempt), static_cast<Eigen::Index>(draw))));
      }
      if (callbacks_.progress) callbacks_.progress("futures of the attempts, " + name, first + count, draws);
    }
    return bank;
  }

  std::vector<Training> trainings() const {
    std::vector<Training> list;
    list.push_back(
        {"posterior", "all", record_, std::vector<bool>(record_.attempts.size(), true), [](int) { return true; }});
    if (!settings_.folds) return list;
    const std::vector<int> folds = folds_of(record_);
    std::map<int, int> fold_of_country;
    for (std::size_t index = 0; index < folds.size(); ++index)
      fold_of_country[record_.attempts[index].country_code] = folds[index];
    for (int fold = 0; fold < number_of_folds; ++fold) {
      Training training{fmt::format("fold-{}", fold),
                        fmt::format("without fold {}", fold),
                        record_,
                        {},
                        [fold_of_country, fold](int code) {
                          const auto known = fold_of_country.find(code);
                          return known == fold_of_country.end() || known->second != fold;
                        }};
      for (const int of_attempt : folds) training.attempts.push_back(of_attempt != fold);
      list.push_back(std::move(training));
    }
    const std::chrono::sys_days end(std::chrono::year(1989) / 12 / 31);
    Training early{"to-1989", "to 1989", record_until(record_, end), {}, [](int) { return true; }};
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
    const Eigen::MatrixXd packed = piece(fmt::format("chains-{}-{}", training.name, part), [&] {
      if (callbacks_.progress) callbacks_.progress(fmt::format("chains, {}, {}", training.words, part), 0, 1);
      const auto chains = sample_posterior(likelihood, dimensions, chain_settings, settings_.threads);
      Eigen::MatrixXd rows(chain_count * settings_.kept, dimensions + 2);
      for (int chain = 0; chain < chain_count; ++chain) {
        const Chain& of = chains[static_cast<std::size_t>(chain)];
        rows.middleRows(chain * settings_.kept, settings_.kept) << of.draws, of.log_likelihood,
            Eigen::VectorXd::Constant(settings_.kept, of.evaluations);
      }
      return rows;
    });
    std::vector<Chain> chains;
    for (int chain = 0; chain < chain_count; ++chain) {
      const auto rows = packed.middleRows(chain * settings_.kept, settings_.kept);
      chains.push_back({rows.leftCols(dimensions), rows.col(dimensions), rows(0, dimensions + 1)});
    }
    summarise(training, part, chains);
    return chains;
  }

  void summarise(const Training& training, const std::string& part, const std::vector<Chain>& chains) {
    ChainsSummary summary{training.words, part, 0.0, 1e300, 0.0};
    for (Eigen::Index dimension = 0; dimension < chains.front().draws.cols(); ++dimension) {
      Eigen::MatrixXd draws(settings_.kept, chain_count);
      for (int chain = 0; chain < chain_count; ++chain)
        draws.col(chain) = chains[static_cast<std::size_t>(chain)].draws.col(dimension);
      summary.largest_r_hat = std::max(summary.largest_r_hat, r_hat(draws));
      summary.smallest_sample_size = std::min(summary.smallest_sample_size, effective_sample_size(draws));
    }
    for (const Chain& chain : chains) summary.acceptance += 1.0 / chain.evaluations / chain_count;
    summaries_.push_back(summary);
    if (callbacks_.chains) callbacks_.chains(summary);
  }

  static Eigen::VectorXd mean_of(const std::vector<Chain>& chains, Eigen::Index dimensions) {
    Eigen::VectorXd mean = Eigen::VectorXd::Zero(dimensions);
    for (const Chain& chain : chains)
      mean += chain.draws.leftCols(dimensions).colwise().mean().transpose() / static_cast<double>(chains.size());
    return mean;
  }

  Posterior posterior_of(const Training& training) {
    const std::vector<OnsetMonth> months = onset_months(training.record, first_year);
    std::vector<bool> used_months;
    for (const OnsetMonth& month : months) used_months.push_back(training.country(month.country_code));
    const OnsetLikelihood onset_likelihood(months, used_months, training.record);
    // Evaluations are a millisecond each, but its posterior is almost normal: few steps do.
    const auto onset = chains_of(training, "onset", onset_log_likelihood(onset_likelihood, onset_), onset_.size() + 1,
                                 {0, 0, 800, 0, 2});

    std::vector<Answers> answers(record_.attempts.size());
    for (const Attempt& attempt : training.record.attempts) {
      const auto position = std::find_if(record_.attempts.begin(), record_.attempts.end(),
                                         [&](const Attempt& other) { return other.id == attempt.id; });
      answers[static_cast<std::size_t>(position - record_.attempts.begin())] = answers_of(training.record, attempt);
    }
    const Data data = data_of(answers, training.attempts);
    const auto seizure =
        chains_of(training, "seizure", SeizureLikelihood(seizure_surrogates_, Basis::full_quadratic, data),
                  seizure_.size() + 1, {0, 0, 3000, 0, 4});
    Eigen::VectorXd others(onset_.size() + seizure_.size());
    others << mean_of(onset, onset_.size()), mean_of(seizure, seizure_.size());
    const auto after = chains_of(
        training, "after", AfterLikelihood(after_surrogates_, Basis::squares, data, visible_, after_.size(), others),
        static_cast<Eigen::Index>(visible_.size()), {0, 0, 4000, 0, 8});
    return joined(onset, seizure, after);
  }

  Posterior joined(const std::vector<Chain>& onset, const std::vector<Chain>& seizure,
                   const std::vector<Chain>& after) const {
    Posterior posterior;
    const Eigen::Index count = all_.size() + 2;
    for (Eigen::Index position = 0; position < all_.size(); ++position)
      posterior.names.push_back(all_.entry(position).key);
    posterior.names.emplace_back(misclassified_name);
    posterior.names.emplace_back(country_variance_name);
    for (std::size_t chain = 0; chain < onset.size(); ++chain) {
      Eigen::MatrixXd values(settings_.kept, count);
      for (Eigen::Index draw = 0; draw < settings_.kept; ++draw) {
        Eigen::VectorXd z(all_.size());
        // What no answer depends on is as it was before the record.
        z << after_.draw_prior(settings_.seed ^ hash_identifier("unseen"),
                               static_cast<std::uint64_t>(draw) * chain_count + chain),
            onset[chain].draws.row(draw).head(onset_.size()).transpose(),
            seizure[chain].draws.row(draw).head(seizure_.size()).transpose();
        for (std::size_t position = 0; position < visible_.size(); ++position)
          z(visible_[position]) = after[chain].draws(draw, static_cast<Eigen::Index>(position));
        for (Eigen::Index position = 0; position < all_.size(); ++position)
          values(draw, position) = all_.value(position, z(position));
        values(draw, count - 2) = misclassified_at(seizure[chain].draws(draw, seizure_.size()));
        values(draw, count - 1) = country_variance_at(onset[chain].draws(draw, onset_.size()));
      }
      posterior.chains.push_back(std::move(values));
      posterior.log_likelihoods.push_back(onset[chain].log_likelihood + seizure[chain].log_likelihood +
                                          after[chain].log_likelihood);
    }
    return posterior;
  }

  const Record& record_;
  const FitSettings& settings_;
  const FitStore& store_;
  const FitCallbacks& callbacks_;
  const FreeParameters onset_ = onset_parameters_free(), seizure_ = seizure_parameters_free(),
                       after_ = after_parameters_free(), all_ = all_parameters_free();
  std::vector<AttemptWorld> worlds_;
  std::vector<Surrogate> seizure_surrogates_, after_surrogates_;
  std::vector<Eigen::Index> visible_;  ///< of the parameters after: those on which any answer depends
  std::vector<ChainsSummary> summaries_;
};

}  // namespace

std::vector<int> folds_of(const Record& record) {
  std::map<int, int> fold;
  std::vector<int> folds;
  for (const Attempt& attempt : record.attempts)
    folds.push_back(
        fold.try_emplace(attempt.country_code, static_cast<int>(fold.size()) % number_of_folds).first->second);
  return folds;
}

Record record_until(const Record& record, std::chrono::sys_days day) {
  Record early = record;
  early.until = std::min(record.until, day);
  std::erase_if(early.attempts, [day](const Attempt& attempt) { return attempt.date > day; });
  for (Attempt& attempt : early.attempts) {
    const auto followed = static_cast<double>((early.until - attempt.date).count());
    if (!attempt.leader_after_days || *attempt.leader_after_days <= followed) continue;
    attempt.leader_after_days = followed;
    attempt.leader_after_censored = 1.0;
    attempt.leader_after_exit.clear();
  }
  add_intervals(early.attempts);
  return early;
}

Fit fit_to_record(const Record& record, const FitSettings& settings, const FitStore& store,
                  const FitCallbacks& callbacks) {
  return Fitting(record, settings, store, callbacks).run();
}

}  // namespace interregnum
