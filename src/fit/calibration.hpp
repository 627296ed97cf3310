#pragma once

#include <string>
#include <vector>

#include "fit/settings.hpp"
#include "record/attempt.hpp"

namespace interregnum {

/// Where the true value of one parameter fell among its draws, record by record: evenly anywhere if the fit is right.
struct RankedParameter {
  std::string name;
  std::string part;         ///< onset, seizure, after
  std::vector<int> ranks;   ///< of each made-up record: how many of the draws lie below the true value
  std::vector<int> counts;  ///< of ranks, in bins of equal width
  double p_value = 1.0;     ///< of counts so uneven, were all ranks equally likely (chi-square)
  bool rejected = false;    ///< by Holm's test of all parameters together
};

struct Calibration {
  static constexpr int draws = 255;  ///< that each true value is ranked among
  static constexpr double false_alarm_rate = 0.05;

  std::vector<RankedParameter> parameters;
  int records = 0;
  bool complete = true;
};

/// Simulation-based calibration (Talts et al. 2018): parameters are drawn from their priors, a record is made of them
/// by the model itself, and is fitted with the same code as the true one. The made-up record knows of each attempt
/// what the true one knows: deaths of some, leaders of some, nothing later than its last day.
Calibration calibrate(const Record& record, const FitSettings& settings, int records, const FitStore& store,
                      const FitCallbacks& callbacks);

/// Counts ranks in 0 … Calibration::draws and tests whether they are even; for all parameters at once.
void test_ranks(std::vector<RankedParameter>& parameters);

}  // namespace interregnum
