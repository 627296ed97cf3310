#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "analysis/fit/likelihoods.hpp"
#include "analysis/fit/posterior.hpp"

namespace interregnum {

/// Where finished pieces of a fit are kept, so that one that was ended at any moment goes on from there.
struct FitStore {
  std::function<std::optional<Eigen::MatrixXd>(const std::string& piece)> load;
  std::function<void(const std::string& piece, const Eigen::MatrixXd& content)> save;
};

/// How well the chains of one part of the likelihood have met.
struct ChainsSummary {
  std::string records;  ///< which attempts they know: `all`, `without fold 3`, `to 1989`
  std::string part;     ///< onset, seizure, after
  double largest_r_hat = 0.0, smallest_sample_size = 0.0;
  double acceptance = 0.0;  ///< steps for each evaluation of the likelihood
};

struct FitSettings {
  std::uint64_t seed = 1;
  int threads = 0;
  std::uint64_t seizure_draws = 8192;  ///< of the parameters, each played once in every attempt, to the seizure
  std::uint64_t after_draws = 4096;    ///< the same to the horizon
  int kept = 500;                      ///< draws kept of each chain
  bool folds = false;  ///< also fit what scoring needs: without each tenth of the countries, and to 1989
};

struct FitCallbacks {
  std::function<void(const std::string& what, std::uint64_t done, std::uint64_t total)> progress;
  std::function<void(const ChainsSummary&)> chains;  ///< a part's chains are done
  std::function<bool()> stop;
};

struct NamedPosterior {
  std::string name;  ///< `posterior`, `fold-3`, `to-1989`
  Posterior posterior;
};

struct Fit {
  std::vector<NamedPosterior> posteriors;  ///< the first knows all attempts
  std::vector<ChainsSummary> chains;
  bool complete = true;
};

/// Which of ten groups of countries one belongs to.
std::vector<int> folds_of(const Record& record);
inline constexpr int number_of_folds = 10;
/// The record as it stood at the end of a day: later attempts are unknown, spells that went on are cut.
Record record_until(const Record& record, std::chrono::sys_days day);

/// Fits the parameters to the record. Surrogates are learnt from futures drawn from the priors, which know no outcome
/// of the record; so that folds share them and learn nothing of what they are scored on.
Fit fit_to_record(const Record& record, const FitSettings& settings, const FitStore& store,
                  const FitCallbacks& callbacks);

}  // namespace interregnum
