#pragma once

#include <functional>
#include <string>
#include <vector>

#include "analysis/intervals.hpp"
#include "model/theta_draws.hpp"
#include "record/attempt.hpp"
#include "scoring/scores.hpp"

namespace interregnum {

struct ValidationSettings {
  std::uint64_t seed = 1;
  std::uint64_t replicates = 400;  ///< an attempt
  int threads = 0;
};

/// What the record says of a quantity, and what the model does.
struct Check {
  std::string name;  ///< stable key
  std::string meaning;
  Probability record;  ///< with its 95 % interval over attempts
  Probability model;   ///< with its 95 % interval over replicates, draws of the inputs and of the parameters
  bool overlaps() const { return model.p >= record.low && model.p <= record.high; }
};

struct AttemptForecast {
  std::string attempt;
  Probability seized;
  bool succeeded = false;
};

struct Score {
  std::string name;
  double brier, log_loss, roc;  ///< not a number where a forecast has no case to rest on
};

struct Validation {
  std::vector<Check> checks;
  std::vector<AttemptForecast> attempts;
  std::vector<Score> scores;
  bool complete = true;
};

/// Simulates every attempt on record from its thin country (docs/decisions/0008-thin-countries.md), and one
/// country-year in nine without a plot, and sets what comes out beside the record. `progress(done, total)` may be
/// empty; `stop` ends it early with what is done.
Validation validate(const Record& record, const ThetaDraws& thetas, const ValidationSettings& settings,
                    const std::function<void(std::uint64_t, std::uint64_t)>& progress,
                    const std::function<bool()>& stop);

}  // namespace interregnum
