#pragma once

#include <functional>
#include <vector>

#include "analysis/estimate.hpp"
#include "analysis/measure.hpp"
#include "engine/paired.hpp"

namespace interregnum {

/// How many futures, how they are drawn, and how the caller hears of them.
struct PairedRunSettings {
  std::uint64_t seed = 1;
  std::uint64_t futures = 0;  ///< exactly so many; 0: until the standard error is small enough
  double standard_error = 0.02;
  int threads = 0;
  std::function<void(std::uint64_t done, std::uint64_t total)> progress;
  std::function<bool()> stop;
};

/// Futures that several cases share: what the measure says of each in each. Every future is independent of the others
/// (its inputs are its own), so that estimates over them have simple standard errors.
class PairedRuns {
 public:
  PairedRuns(std::vector<Case> cases, Measure measure, std::uint64_t seed, int threads);

  /// Plays `count` more futures of every case.
  void play(std::uint64_t count);

  std::size_t cases() const { return cases_.size(); }
  std::uint64_t futures() const { return futures_; }
  const Measure& measure() const { return measure_; }

  /// Number of a case's futures in which the question arises.
  std::uint64_t asked(std::size_t case_index) const;
  /// Share of a case's futures (those in which the question arises) with its exact interval (Clopper & Pearson).
  Probability share(std::size_t case_index) const;
  /// How far each future moves the case's share from its value: `share + mean(influence)` is the share, and the
  /// standard error of any sum of shares is that of the sum of their influences (delta method for a ratio; with the
  /// degree of freedom that a share of few futures loses).
  std::vector<double> influence(std::size_t case_index) const;
  /// Sum of `weights[c] · share(c)`; its interval cannot be told if the question never arises in a case that has a
  /// weight. Weights are shares of a difference: those above zero add up to 1 at most, and so do the others.
  Estimate contrast(const std::vector<double>& weights) const;
  float value(std::size_t case_index, std::size_t future) const { return values_[case_index][future]; }

 private:
  struct Counts {
    double happened = 0, asked = 0;
  };
  Counts count(std::size_t case_index) const;
  /// By how much one future in which the question arises weighs more than one of all futures.
  double scale_of(const Counts& counts) const;
  void add_limits_of_shares(const std::vector<double>& weights, const std::vector<double>& sum,
                            Estimate& estimate) const;

  std::vector<Case> cases_;
  Measure measure_;
  std::uint64_t seed_;
  int threads_;
  std::uint64_t futures_ = 0;
  std::vector<std::vector<float>> values_;
};

/// Plays futures in batches until there are as many as were asked for, or `error()` (the largest standard error that
/// matters) is small enough, or `stop` says so. False if it was stopped.
bool play_until_enough(PairedRuns& runs, const PairedRunSettings& settings, const std::function<double()>& error);

}  // namespace interregnum
