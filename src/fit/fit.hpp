#pragma once

#include <chrono>
#include <string>
#include <vector>

#include "fit/posterior.hpp"
#include "fit/settings.hpp"
#include "record/attempt.hpp"

namespace interregnum {

struct NamedPosterior {
  std::string name;  ///< `posterior`, `fold-3`, `to-1989`
  Posterior posterior;
};

struct Fit {
  std::vector<NamedPosterior> posteriors;  ///< the first knows all attempts
  std::vector<ChainsSummary> chains;
  bool complete = true;
};

/// Ten groups of countries, by their codes, in each of which is every tenth country of the record.
std::vector<std::vector<int>> folds_of(const Record& record);
inline constexpr int number_of_folds = 10;

/// To be raised with every change of likelihoods, surrogates or chains: what a fit has kept is of the code before it.
inline constexpr int fit_revision = 5;

/// The record as it stood at the end of a day: later attempts are unknown, spells that went on are cut.
Record record_until(const Record& record, std::chrono::sys_days day);

/// Fits the parameters to the record. Surrogates are learnt from futures drawn from the priors, which know no outcome
/// of the record; so that folds share them and learn nothing of what they are scored on.
Fit fit_to_record(const Record& record, const FitSettings& settings, const FitStore& store,
                  const FitCallbacks& callbacks);

}  // namespace interregnum
