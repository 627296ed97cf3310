#pragma once

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "fit/fit.hpp"
#include "scoring/onset_scores.hpp"
#include "scoring/success_scores.hpp"
#include "scoring/survival_scores.hpp"

namespace interregnum {

struct ScoringSettings {
  ForecastSettings forecasts;
  std::uint64_t spells = 512;  ///< futures of each success that are followed
};

struct ScoringCallbacks {
  std::function<void(std::uint64_t done, std::uint64_t total)> progress;
  std::function<bool()> stop;
};

/// Forecasts of what a fit had not seen, scored.
struct RecordScores {
  SuccessScores grouped;                         ///< each tenth of the countries by a fit to the others
  SuccessScores temporal;                        ///< attempts from 1990 on by a fit to those until 1989
  SurvivalScores survival;                       ///< by the grouped fits
  OnsetScores onset;                             ///< months from 1990 on by the fit until 1989
  std::vector<AttemptForecastOf> each;           ///< of the grouped fits
  std::vector<AttemptForecastOf> each_temporal;  ///< of the fit until 1989
  bool complete = true;
};

/// `posteriors`: `fold-0` to `fold-9` and `to-1989`, as `fit` names them. Throws InputError if one is missing.
RecordScores score_record(const Record& record, const std::map<std::string, Posterior>& posteriors,
                          const ScoringSettings& settings, const ScoringCallbacks& callbacks);

/// Attempts that no fit has seen.
struct AttemptScores {
  SuccessScores attempts;
  std::vector<AttemptForecastOf> each;
  bool complete = true;
};

/// Forecasts of the attempts `ids` of `record` (which holds them beside those that were fitted to) by a posterior; base
/// rate, rank and regressions are of all others. Outcomes of the scored attempts enter nothing but their scores.
AttemptScores score_attempts(const Record& record, const std::vector<std::string>& ids, const Posterior& posterior,
                             const ScoringSettings& settings, const ScoringCallbacks& callbacks);

/// Months of a panel (`add_panel` has added it to the record) after the day until which attempts were `known` before,
/// so that no fit has seen them. Throws InputError if there are none.
OnsetScores score_months(const Record& record, const std::vector<CountryMonth>& panel, std::chrono::sys_days known,
                         const Posterior& posterior, const ScoringSettings& settings);

}  // namespace interregnum
