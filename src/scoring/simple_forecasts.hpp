#pragma once

#include <string>
#include <vector>

#include "record/attempt.hpp"

namespace interregnum {

/// Forecasts of the same attempts by one way of making them.
struct Forecasts {
  std::string name;  ///< model, base_rate, rank, logistic, logistic_initiators
  std::vector<double> p;
};

/// Regressions and shares that forecasts are set beside, fitted to the attempts that `train`; not a number if none do.
/// Where CAM does not know the leaders' rank it is integrated over.
std::vector<Forecasts> simple_forecasts(const std::vector<Attempt>& attempts, const std::vector<bool>& train);

/// The same four ways with a constant that walks over the years (`WalkedLogistic`) in place of the years since 1990:
/// `base_rate_walk`, `rank_walk`, `logistic_walk`, `logistic_initiators_walk`. The forecasts of attempts in years after
/// the last on which they train; of others they are not numbers.
std::vector<Forecasts> walked_forecasts(const std::vector<Attempt>& attempts, const std::vector<bool>& train);

}  // namespace interregnum
