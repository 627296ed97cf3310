#pragma once

#include <vector>

#include "analysis/onset_months.hpp"
#include "fit/bank.hpp"
#include "fit/posterior.hpp"
#include "scoring/success_scores.hpp"

namespace interregnum {

/// A year's attempts by the mechanism: the chance of each that the record says that it succeeded, and how many do so in
/// each future. Futures of the same number share their draw of the parameters, so that their sums can be taken.
class SuccessesOfYear {
 public:
  /// `attempts`: which of the worlds are the year's.
  SuccessesOfYear(const std::vector<AttemptWorld>& worlds, const std::vector<std::size_t>& attempts,
                  const Posterior& posterior, const ForecastSettings& settings);

  const std::vector<double>& chances() const { return chances_; }
  /// Number of successes, with the interval in which 95 % of futures are.
  Probability expected() const;

 private:
  std::vector<double> chances_, counts_;
};

/// A year's months by the mechanism, given each country's attempts until the month before.
class MonthsOfYear {
 public:
  /// `months` must hold each country's months in order, those of earlier years too.
  MonthsOfYear(const std::vector<OnsetMonth>& months, int year, const Posterior& posterior,
               const ForecastSettings& settings);

  /// Of the year's months in their order.
  const std::vector<double>& chances() const { return chances_; }
  /// Number of months with an attempt, likewise.
  Probability expected() const;

 private:
  std::vector<double> chances_, sums_;
};

}  // namespace interregnum
