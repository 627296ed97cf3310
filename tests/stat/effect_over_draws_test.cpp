#include "analysis/effect_over_draws.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <initializer_list>
#include <utility>

#include "base/distribution.hpp"
#include "base/draws.hpp"

// Made-up effects whose truth is known: over draws of the parameters they are normal, and each draw plays paired
// futures of its own, in which the event happens on either side, on neither or on both.
namespace interregnum {
namespace {

constexpr std::uint64_t draws_of_claim = 96;
constexpr double agreement = 0.9;

struct Truth {
  double mean = 0.0, sd = 0.0;  ///< of the effect over draws
  double apart = 0.0;           ///< share of futures in which the sides differ, beyond what the effect needs
  std::uint64_t futures = 64;   ///< of each draw
};

double effect_with(const Truth& truth, double u) { return truth.mean + truth.sd * normal_quantile(u); }

EffectOfDraw play(const Truth& truth, const Draws& chance) {
  const double effect = effect_with(truth, chance.uniform(DrawPurpose::parameter, 0));
  const double more = truth.apart / 2 + std::max(0.0, effect), less = truth.apart / 2 + std::max(0.0, -effect);
  std::vector<double> differences;
  for (std::uint64_t block = 0; block < truth.futures / 4; ++block) {
    for (const double u : chance.block(DrawPurpose::fight, block))
      differences.push_back(u < more ? 1.0 : (u < more + less ? -1.0 : 0.0));
  }
  const Estimate mean = mean_of(differences, {-1.0, 1.0});
  return {mean.value, mean.variance, static_cast<double>(truth.futures)};
}

EffectOverDraws estimate(const Truth& truth, std::uint64_t data_set, std::uint64_t draws = draws_of_claim) {
  std::vector<EffectOfDraw> effects;
  for (std::uint64_t draw = 0; draw < draws; ++draw) effects.push_back(play(truth, Draws(21, data_set, draw)));
  return *effect_over_draws(effects, 0.1, {-1.0, 1.0});
}

double normal_below(double x) { return 0.5 * std::erfc(-x / std::sqrt(2.0)); }

// 200 data sets a truth, from effects that differ little between draws (against chance within a draw of a standard
// deviation of .08) to effects that differ much, and with as few futures of a draw as `--replicates` may leave. The
// intervals are meant to cover in 95 % of data sets; the standard error of a coverage of .95 is .015, so that below .88
// is a false alarm with probability 2e-5 (of 20 looks 4e-4).
// Where one more draw's effect lies has a probability that is known, not drawn; its standard error is some .003.
TEST(EffectOverDraws, IntervalsCoverTheTruthAtTheirRate) {
  for (const Truth& truth :
       {Truth{0.05, 0.0, 0.4}, Truth{0.05, 0.02, 0.4}, Truth{0.1, 0.08, 0.3}, Truth{0.0, 0.15, 0.2},
        Truth{0.02, 0.01, 0.05}, Truth{0.05, 0.02, 0.4, 8}, Truth{0.1, 0.08, 0.3, 8}, Truth{0.1, 0.08, 0.3, 16}}) {
    constexpr std::uint64_t data_sets = 200;
    double of_mean = 0, of_positive = 0, of_margin = 0, of_draw = 0;
    int too_sure = 0;
    for (std::uint64_t data_set = 0; data_set < data_sets; ++data_set) {
      const EffectOverDraws effect = estimate(truth, data_set);
      const auto covers = [](const Probability& interval, double share) {
        return interval.low <= share && share <= interval.high ? 1.0 : 0.0;
      };
      of_mean += effect.mean_low <= truth.mean && truth.mean <= effect.mean_high ? 1.0 : 0.0;
      const double sd = std::max(truth.sd, 1e-9);
      const double positive = normal_below(truth.mean / sd),
                   within = normal_below((0.1 - truth.mean) / sd) - normal_below((-0.1 - truth.mean) / sd);
      of_positive += covers(effect.positive, positive);
      of_margin += covers(effect.within_margin, within);
      too_sure += effect.positive.low > positive || effect.within_margin.low > within ? 1 : 0;
      of_draw += normal_below((effect.high - truth.mean) / sd) - normal_below((effect.low - truth.mean) / sd);
      EXPECT_LT(effect.low, effect.high);
      EXPECT_LT(effect.mean_low, effect.mean_high);
      EXPECT_LT(effect.positive.low, effect.positive.high);
    }
    EXPECT_GT(of_mean, 0.88 * data_sets) << truth.mean << " " << truth.sd;
    EXPECT_GT(of_draw, 0.93 * data_sets) << truth.mean << " " << truth.sd;
    // Two ends, each wrong in 2.5 % of data sets at most: of 200, more than 24 are a false alarm of 3e-5.
    EXPECT_LE(too_sure, 24) << truth.mean << " " << truth.sd << " " << truth.futures;
    // Without any spread the share is 0 or 1, and no interval of finitely many draws ends there. A spread far below
    // chance within a draw cannot be told either: the shares' intervals then lie nearer to one half.
    const double chance = std::sqrt(truth.apart / static_cast<double>(truth.futures));
    if (truth.sd > chance / 5) {
      EXPECT_GT(of_positive, 0.88 * data_sets) << truth.mean << " " << truth.sd;
      EXPECT_GT(of_margin, 0.88 * data_sets) << truth.mean << " " << truth.sd;
    }
  }
}

// Where exactly nine in ten draws agree, a verdict that asks for nine in ten at the lower end of a 95 % interval is
// given wrongly in 2.5 % of data sets. Of 400, more than 26 are a false alarm with probability 2e-5 for each spread.
// Where the draws agree by far, the verdict is given.
TEST(EffectOverDraws, VerdictsAreWrongAtTheirRate) {
  for (const auto& [sd, futures] :
       std::initializer_list<std::pair<double, std::uint64_t>>{{0.02, 64}, {0.05, 64}, {0.1, 64}, {0.1, 8}}) {
    int given = 0, given_of_all = 0;
    constexpr int data_sets = 400;
    for (int data_set = 0; data_set < data_sets; ++data_set) {
      const Truth border{normal_quantile(agreement) * sd, sd, 0.2, futures}, far{0.15 + 3.5 * sd, sd, 0.1};
      given += estimate(border, static_cast<std::uint64_t>(data_set)).positive.low >= agreement ? 1 : 0;
      if (data_set < 100)
        given_of_all += estimate(far, static_cast<std::uint64_t>(data_set)).positive.low >= agreement ? 1 : 0;
    }
    EXPECT_LE(given, 26) << sd << " " << futures;
    EXPECT_GE(given_of_all, 95) << sd;
  }
}

// Without any effect, or with one that is the same in every draw and smaller than chance, no verdict at all: the sign
// is never sure. 200 data sets; verdicts at a rate of 2.5 % are five, more than 17 a false alarm of 1e-5.
TEST(EffectOverDraws, NothingIsNotCertain) {
  int given = 0, small = 0;
  for (std::uint64_t data_set = 0; data_set < 200; ++data_set) {
    const EffectOverDraws effect = estimate({0.0, 0.0, 0.3}, data_set);
    given += effect.positive.low >= agreement || effect.positive.high <= 1.0 - agreement ? 1 : 0;
    small += effect.within_margin.low >= agreement ? 1 : 0;
  }
  EXPECT_LE(given, 17);
  EXPECT_GE(small, 170);  // that it is smaller than the margin can be told in nearly all: 97 % of 400 when measured
}

// Two seeds of the same claim may not both be certain and differ: their intervals of the mean overlap but in few of
// the data sets. Of 200 pairs, some 1 in 180 does not (the chance that two independent 95 % intervals of one mean are
// apart is .0056); more than 9 are a false alarm of 1e-6.
TEST(EffectOverDraws, SeedsAgree) {
  int apart = 0;
  for (std::uint64_t pair = 0; pair < 200; ++pair) {
    const EffectOverDraws one = estimate({0.08, 0.05, 0.4}, 2 * pair),
                          other = estimate({0.08, 0.05, 0.4}, 2 * pair + 1);
    apart += one.mean_high < other.mean_low || other.mean_high < one.mean_low ? 1 : 0;
  }
  EXPECT_LE(apart, 9);
}

TEST(EffectOverDraws, WhatNeverHappensHasAWidthThatShrinksWithMoreFutures) {
  double before = 1.0;
  for (const std::size_t draws : {2U, 20U, 96U, 200U}) {
    const std::vector<EffectOfDraw> nothing(draws, {0.0, 0.0, 64.0});
    const EffectOverDraws effect = *effect_over_draws(nothing, 0.1, {-1.0, 1.0});
    EXPECT_LT(effect.low, effect.high);
    EXPECT_LT(effect.high - effect.low, before);
    EXPECT_LT(effect.positive.low, 0.5);
    EXPECT_GT(effect.positive.high, 0.5);
    before = effect.high - effect.low;
  }
  EXPECT_FALSE(effect_over_draws({{0.1, 0.0, 64.0}}, 0.1, {-1.0, 1.0}));
}

}  // namespace
}  // namespace interregnum
