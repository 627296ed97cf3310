// Paired runs: what is exact is tested exactly; what is random with 5 standard errors unless said otherwise (a false
// alarm in two million tests each).

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <set>

#include "analysis/associations.hpp"
#include "analysis/comparison.hpp"
#include "analysis/sensitivity.hpp"
#include "record/store.hpp"
#include "scenario/fields.hpp"
#include "scenario/files.hpp"
#include "support.hpp"

namespace interregnum {
namespace {

using test::scenario_of;
using test::small_country;
using test::world_of;

PairedRunSettings futures(std::uint64_t count) {
  PairedRunSettings settings;
  settings.futures = count;
  return settings;
}

Scenario mali(const char* year) { return load_scenario(std::string(SCENARIOS) + "/mali-" + year + ".yaml"); }

double sum_of_values(const Comparison& comparison) {
  double sum = 0;
  for (const FactorShare& factor : comparison.factors) sum += factor.value.value;
  return sum;
}

TEST(Until, OutcomeLeavesTheOutcomeAsItIs) {
  for (const bool watched : {false, true}) {
    std::vector<Override> settings;
    if (watched) settings = {{"begins", "watch"}, {"horizon", "10 years"}};
    const World world = compile(load_scenario(std::string(SCENARIOS) + "/mali-2020.yaml", settings));
    const auto whole = test::records_of(world, default_theta(), 100);
    const auto shorter = test::records_of(world, default_theta(), 100, 1, Until::outcome);
    double steps_whole = 0, steps_shorter = 0;
    for (std::size_t replicate = 0; replicate < whole.size(); ++replicate) {
      EXPECT_EQ(whole[replicate].outcome, shorter[replicate].outcome);
      EXPECT_EQ(whole[replicate].ended_hour, shorter[replicate].ended_hour);
      EXPECT_EQ(whole[replicate].handover, shorter[replicate].handover);
      EXPECT_EQ(whole[replicate].deaths, shorter[replicate].deaths);
      if (whole[replicate].outcome == Outcome::no_attempt) continue;  // there is nothing to leave out
      steps_whole += whole[replicate].steps;
      steps_shorter += shorter[replicate].steps;
    }
    EXPECT_LT(steps_shorter, 0.9 * steps_whole);
  }
}

TEST(PairedRuns, AreTheSameForAnyNumberOfThreadsAndAnyBatches) {
  const World world = world_of(small_country()), other = world_of(small_country(), {"plot.tier=senior"});
  const ThetaDraws theta = default_theta();
  PairedRuns one({{&world, &theta}, {&other, &theta}}, Measure("seized"), 3, 1);
  PairedRuns many({{&world, &theta}, {&other, &theta}}, Measure("seized"), 3, 3);
  one.play(100);
  many.play(37);
  many.play(63);
  for (std::size_t case_index = 0; case_index < 2; ++case_index) {
    for (std::size_t future = 0; future < 100; ++future)
      EXPECT_EQ(one.value(case_index, future), many.value(case_index, future));
  }
}

TEST(PairedRuns, FuturesAreReplicatesOfRun) {
  const World world = compile(mali("2020"));
  const ThetaDraws theta = default_theta();
  PairedRuns runs({{&world, &theta}}, Measure("in_power"), 1, 1);
  runs.play(20);
  const auto records = test::records_of(world, default_theta(), replicate_of_future(20));
  for (std::size_t future = 0; future < 20; ++future)
    EXPECT_EQ(runs.value(0, future), records[replicate_of_future(future)].outcome == Outcome::in_power ? 1.0F : 0.0F);
}

/// Draws that differ in one parameter as much as they can.
ThetaDraws draws_of_momentum(std::size_t count) {
  std::vector<Theta> draws;
  for (std::size_t draw = 0; draw < count; ++draw) {
    draws.push_back(default_theta());
    draws.back().seizure.momentum = static_cast<double>(draw) / static_cast<double>(count);
  }
  return ThetaDraws(std::move(draws));
}

TEST(PairedRuns, FuturesOfAllCasesUseTheSameDrawOfTheParameters) {
  // Played by hand with the draw that is due, in a case in which nothing is set and in one in which something is.
  const World world = world_of(small_country());
  const ThetaDraws thetas = draws_of_momentum(50);
  ThetaDraws other = thetas;
  other.set("theta.seizure.street", "0");
  PairedRuns runs({{&world, &thetas}, {&world, &other}, {&world, &thetas}}, Measure("seized"), 2, 2);
  runs.play(120);
  State state(world);
  for (std::size_t future = 0; future < 120; ++future) {
    const ReplicateId id{2, 0, replicate_of_future(future)};
    Theta theta = thetas.of_replicate(id);
    EXPECT_EQ(theta.seizure.momentum, other.of_replicate(id).seizure.momentum);
    const auto seized = [&] { return is_seized(run(world, theta, id, state, Until::outcome).outcome) ? 1.0F : 0.0F; };
    EXPECT_EQ(runs.value(0, future), seized());
    EXPECT_EQ(runs.value(2, future), runs.value(0, future));
    theta.seizure.street = 0;
    EXPECT_EQ(runs.value(1, future), seized());
  }
}

TEST(PairedRuns, AConditionalShareIsARatioWithTheRightError) {
  // Against the spread of independent repetitions: the ratio of two standard deviations over 60 repetitions is within
  // 35 % of 1 with a chance of 99.99 % (chi-squared with 59 degrees of freedom).
  const World world = world_of(small_country());
  const ThetaDraws theta = default_theta();
  std::vector<double> shares;
  double claimed = 0;
  for (std::uint64_t seed = 1; seed <= 60; ++seed) {
    PairedRuns runs({{&world, &theta}}, Measure("in_power_if_seized"), seed, 1);
    runs.play(80);
    const Estimate estimate = runs.contrast({1.0});
    shares.push_back(estimate.value);
    claimed += estimate.standard_error / 60;
  }
  const double observed = mean_of(shares).standard_error * std::sqrt(60.0);
  EXPECT_NEAR(claimed / observed, 1.0, 0.35) << claimed << " against " << observed;
}

TEST(PairedRuns, AQuestionThatNeverArisesHasNoAnswer) {
  // In a day in which nobody moves, power is never seized, so that a share among seizures is anything.
  const std::vector<std::string> quiet{"begins=watch", "horizon=1 days"};
  const World world = world_of(small_country(), quiet);
  const ThetaDraws theta = default_theta();
  PairedRuns runs({{&world, &theta}, {&world, &theta}}, Measure("in_power_if_seized"), 1, 1);
  runs.play(20);
  EXPECT_EQ(runs.asked(0), 0U);
  EXPECT_EQ(runs.share(0).high, 1.0);
  EXPECT_TRUE(std::isinf(runs.contrast({-1.0, 1.0}).standard_error));
  const Mixer mixer(scenario_of(small_country(), quiet),
                    scenario_of(small_country(), {"begins=watch", "horizon=1 days", "plot.tier=senior"}),
                    FactorKind::section);
  for (const std::uint64_t count : {20U, 0U})
    EXPECT_THROW(compare(mixer, default_theta(), Measure("in_power_if_seized"), futures(count)), InputError);
}

TEST(Comparison, SharesAddUpToTheDifferenceExactly) {
  const Mixer mixer(mali("2012"), mali("2020"), FactorKind::section);
  for (const char* outcome : {"in_power", "in_power_if_seized", "seized"}) {
    const Comparison comparison = compare(mixer, default_theta(), Measure(outcome), futures(24));
    EXPECT_NEAR(sum_of_values(comparison), comparison.difference.value, 1e-9) << outcome;
    EXPECT_NEAR(comparison.b.p - comparison.a.p, comparison.difference.value, 1e-12) << outcome;
    EXPECT_EQ(comparison.factors.size(), 8U);
  }
}

TEST(Comparison, SharesOfSampledOrdersAddUpTooAndAgree) {
  const Scenario a = scenario_of(small_country());
  const Scenario b =
      scenario_of(small_country(), {"plot.tier=senior", "public={support: 0.2}", "units.guard.strength=2000"});
  const Mixer few(a, b, FactorKind::section);
  const Comparison full = compare(few, default_theta(), Measure("seized"), futures(4000));
  // More than ten factors, of which all but three change nothing.
  std::vector<std::string> changes{"plot.tier=senior", "public={support: 0.2}", "units.guard.strength=2000"};
  for (int roads = 0; roads < 9; ++roads)
    changes.push_back("blocs.idle" + std::to_string(roads) + "={following: 0, stance: 0}");
  const Mixer many(a, scenario_of(small_country(), changes), FactorKind::key);
  ASSERT_GT(many.factors().size(), most_factors_in_full);
  const Comparison sampled = compare(many, default_theta(), Measure("seized"), futures(1600));
  EXPECT_NEAR(sum_of_values(sampled), sampled.difference.value, 1e-9);
  EXPECT_EQ(sampled.orders, 50U);
  for (const FactorShare& factor : sampled.factors) {
    if (factor.name.starts_with("blocs.")) {
      EXPECT_EQ(factor.value.value, 0.0) << factor.name;
    }
  }
  const FactorShare& of_full = full.factors.front();
  const FactorShare& of_sampled = sampled.factors.front();
  EXPECT_EQ(of_full.name, "plot");
  EXPECT_EQ(of_sampled.name, "plot.tier");
  const double error = std::hypot(of_full.value.standard_error, of_sampled.value.standard_error);
  EXPECT_NEAR(of_full.value.value, of_sampled.value.value, 5 * error);
  EXPECT_GT(of_full.value.value, 5 * of_full.value.standard_error);
}

TEST(Comparison, OfFilesInReverseIsTheReverse) {
  const Scenario a = scenario_of(small_country()),
                 b = scenario_of(small_country(), {"plot.tier=senior", "public={support: 0.2}"});
  const Comparison forth = compare(Mixer(a, b, FactorKind::section), default_theta(), Measure("seized"), futures(200));
  const Comparison back = compare(Mixer(b, a, FactorKind::section), default_theta(), Measure("seized"), futures(200));
  for (std::size_t factor = 0; factor < forth.factors.size(); ++factor) {
    EXPECT_NEAR(forth.factors[factor].value.value, -back.factors[factor].value.value, 1e-12);
    EXPECT_NEAR(forth.factors[factor].alone_forward.value, -back.factors[factor].alone_backward.value, 1e-12);
  }
}

TEST(Comparison, GoesOnUntilTheErrorIsSmall) {
  const Mixer mixer(scenario_of(small_country()),
                    scenario_of(small_country(), {"plot.tier=senior", "public={support: 0.2}"}), FactorKind::section);
  PairedRunSettings settings;
  settings.standard_error = 0.015;
  const Comparison comparison = compare(mixer, default_theta(), Measure("seized"), settings);
  for (const FactorShare& factor : comparison.factors) EXPECT_LE(factor.value.standard_error, 0.015);
  EXPECT_GT(comparison.futures, 128U);
}

TEST(Sensitivity, OfOneUncertainValueIsWhatItExplains) {
  // Only the rank is uncertain, so what it explains can be told from runs with each rank: the variance of three shares.
  Scenario country = scenario_of(small_country());
  for (const Field& field : fields_of(country).values) {
    const auto* number = std::get_if<UncertainNumber*>(&field.value);
    if (number != nullptr && !(*number)->distribution.is_fixed()) {
      (*number)->distribution = Distribution::fixed((*number)->distribution.mean());
      (*number)->given = true;
    }
  }
  country.plot.tier.distribution = Distribution::categorical({0.5, 0.0, 0.5});
  const World world = compile(country);
  const Sensitivity sensitivity =
      analyse_sensitivity(world, default_theta(), Measure("seized"), FactorKind::key, futures(4096));
  ASSERT_EQ(sensitivity.groups.size(), 1U);
  EXPECT_EQ(sensitivity.groups[0].name, "plot.tier");
  double share[2];
  for (const int rank : {0, 2}) {
    country.plot.tier.distribution = Distribution::fixed(rank);
    share[rank / 2] = test::share_seized(test::seizures_of(compile(country), default_theta(), 4000));
  }
  const double mean = 0.5 * (share[0] + share[1]);
  const double explained = 0.25 * (share[1] - share[0]) * (share[1] - share[0]) / (mean * (1 - mean));
  EXPECT_GT(explained, 0.05);  // or the test could see nothing
  for (const Estimate& estimate : {sensitivity.groups[0].first, sensitivity.groups[0].total, sensitivity.all_inputs}) {
    EXPECT_LT(estimate.standard_error, 0.05);
    EXPECT_NEAR(estimate.value, explained, 5 * estimate.standard_error + 0.01);
  }
}

TEST(Sensitivity, OfTheParametersIsWhatTheyExplain) {
  // Two draws of the parameters, one of which makes almost every plot fail: what they explain can be told from runs
  // with each of them.
  const World world = world_of(small_country());
  const Theta bold = default_theta();
  Theta timid = bold;
  set_parameter(timid, "theta.seizure.baseline", "-3");
  const ThetaDraws both(std::vector<Theta>{bold, timid});
  const Sensitivity sensitivity = analyse_sensitivity(world, both, Measure("seized"), FactorKind::key, futures(4096));
  ASSERT_TRUE(sensitivity.parameters);
  const double share[2] = {test::share_seized(test::seizures_of(world, bold, 4000)),
                           test::share_seized(test::seizures_of(world, timid, 4000))};
  const double mean = 0.5 * (share[0] + share[1]);
  const double explained = 0.25 * (share[1] - share[0]) * (share[1] - share[0]) / (mean * (1 - mean));
  EXPECT_GT(explained, 0.05);  // or the test could see nothing
  EXPECT_NEAR(sensitivity.parameters->first.value, explained, 5 * sensitivity.parameters->first.standard_error + 0.01);
  EXPECT_NEAR(sensitivity.all_inputs.value + sensitivity.parameters->total.value + sensitivity.chance.total.value, 1.0,
              1e-9);
  EXPECT_FALSE(
      analyse_sensitivity(world, bold, Measure("seized"), FactorKind::key, futures(32)).parameters.has_value());
}

TEST(Sensitivity, RefusesWhatHasNoAnswer) {
  const World world = world_of(small_country());
  EXPECT_THROW(analyse_sensitivity(world, default_theta(), Measure("in_power_if_seized"), FactorKind::key, futures(32)),
               InputError);
}

TEST(Associations, AreWhatTheRecordShows) {
  // Figures of docs/validation and of the literature on the same data.
  const Record record = read_shipped_record(std::string(SCENARIOS) + "/../data");
  const Association rank = associate(record, "success_by_rank");
  EXPECT_EQ(rank.cases_with, 170U);
  EXPECT_EQ(rank.cases_without, 252U);
  EXPECT_NEAR(rank.share_with.p, 133.0 / 170, 1e-9);
  EXPECT_NEAR(rank.share_without.p, 83.0 / 252, 1e-9);
  EXPECT_NEAR(rank.difference.value, 133.0 / 170 - 83.0 / 252, 1e-9);
  const Association backing = associate(record, "success_by_outside_support");
  EXPECT_NEAR(backing.share_with.p, 61.0 / 127, 1e-9);
  EXPECT_NEAR(backing.share_without.p, 87.0 / 150, 1e-9);
  const Association lesson = associate(record, "success_after_attempts");
  EXPECT_EQ(lesson.cases_with, 251U);
  EXPECT_EQ(lesson.cases_without, 208U);
  EXPECT_THROW(associate(record, "success_by_rnk"), InputError);
  for (const std::string& name : association_names()) {
    const Association association = associate(record, name);
    EXPECT_GT(association.cases_with, 10U) << name;
    EXPECT_GT(association.difference.standard_error, 0.0) << name;
    EXPECT_LT(association.difference.standard_error, 0.2) << name;
  }
}

// The jackknife over countries (Efron 1982) is another way to the error of a share's difference.
TEST(Associations, HaveTheIntervalOfTheJackknifeOverCountries) {
  const Record record = read_shipped_record(std::string(SCENARIOS) + "/../data");
  std::set<int> countries;
  for (const Attempt& attempt : record.attempts) countries.insert(attempt.country_code);
  for (const char* name : {"success_by_rank", "success_after_attempts", "success_by_outside_support"}) {
    const Association whole = associate(record, name);
    std::vector<double> without;
    for (const int country : countries) {
      Record others = record;
      std::erase_if(others.attempts, [&](const Attempt& attempt) { return attempt.country_code == country; });
      without.push_back(associate(others, name).difference.value);
    }
    const auto n = static_cast<double>(without.size());
    double mean = 0, squares = 0;
    for (const double value : without) mean += value / n;
    for (const double value : without) squares += (value - mean) * (value - mean);
    const double half = 1.96 * std::sqrt((n - 1) / n * squares);
    const double down = whole.difference.value - whole.difference.low,
                 up = whole.difference.high - whole.difference.value;
    EXPECT_GT(down, 0.9 * half) << name;
    EXPECT_LT(down, 1.4 * half) << name;
    EXPECT_GT(up, 0.9 * half) << name;
    EXPECT_LT(up, 1.4 * half) << name;
  }
}

TEST(ThetaDraws, AllAreUsedBeforeAnyIsUsedAgain) {
  for (const std::size_t size : {1U, 2U, 5U, 96U, 2000U}) {
    const ThetaDraws draws = draws_of_momentum(size);
    for (const std::uint64_t seed : {0U, 1U, 77U, 123456U}) {
      std::vector<int> used(size, 0);
      for (std::uint64_t turn = 0; turn < 3 * size; ++turn) {
        const std::size_t number = draws.number_for({seed, 0, replicate_of_future(turn)});
        EXPECT_EQ(number, draws.number_for({seed, 0, replicate_of_future(turn) + spread_period}));
        EXPECT_EQ(number, draws.number_for({seed, 0, 16 * turn + 15, Design::nested}));
        EXPECT_EQ(++used[number], static_cast<int>(turn / size) + 1);
      }
      EXPECT_EQ(draws.without_first(7).number_for({seed, 0, 0}), draws.number_for({seed, 0, 7}));
    }
  }
}

// Of every run of seeds no longer than there are draws, each begins with a draw of its own; and seeds that are
// multiples of a round number begin at many.
TEST(ThetaDraws, EachSeedBeginsWithAnotherDraw) {
  for (const std::size_t size : {2U, 5U, 96U, 2000U, 2003U}) {
    const ThetaDraws draws = draws_of_momentum(size);
    const auto first_draws = [&](std::uint64_t step, std::uint64_t count) {
      std::set<std::size_t> firsts;
      for (std::uint64_t seed = 1; seed <= count; ++seed) firsts.insert(draws.number_for({step * seed, 0, 0}));
      return firsts.size();
    };
    EXPECT_EQ(first_draws(1, size - 1), size - 1);
    if (size < 90) continue;  // of two or five draws chance may leave all but one out
    for (const std::uint64_t step : {10U, 100U, 1000U, 2000U, 1U << 20U})
      EXPECT_GT(first_draws(step, size), size / 2) << size << " " << step;  // 63 % of them, if they fell anywhere
  }
}

// Many short runs use the draws as evenly as a long one: of 200 seeds by 16 replicates no draw comes more than thrice
// where 1.6 are due.
TEST(ThetaDraws, ManyShortRunsUseTheDrawsEvenly) {
  const ThetaDraws draws = draws_of_momentum(2000);
  std::vector<int> used(2000, 0);
  double mean = 0;
  for (std::uint64_t seed = 1; seed <= 200; ++seed) {
    for (std::uint64_t replicate = 0; replicate < 16; ++replicate) {
      const std::size_t number = draws.number_for({seed, 0, replicate});
      ++used[number];
      mean += static_cast<double>(number) / 2000.0 / 3200.0;
    }
  }
  EXPECT_LE(*std::max_element(used.begin(), used.end()), 3);
  EXPECT_NEAR(mean, 0.49975, 0.005);
}

// The mean over 200 seeds of 16 futures against one long run, as a batch of short runs would have it: parameters that
// decide the outcome differ between draws. Five standard errors, as if all were independent (they are more even than
// that), of a share of 3,200 and of one of 3,200: a false alarm in two million.
TEST(ThetaDraws, ShortRunsOfManySeedsAgreeWithALongOne) {
  const World world = world_of(small_country());
  std::vector<Theta> list;
  for (int draw = 0; draw < 2000; ++draw) {
    list.push_back(default_theta());
    list.back().seizure.baseline = (draw < 1000 ? -3.0 : 3.0);
  }
  const ThetaDraws draws(std::move(list));
  State state(world);
  const auto share = [&](std::uint64_t seeds, std::uint64_t replicates) {
    double seized = 0;
    for (std::uint64_t seed = 1; seed <= seeds; ++seed) {
      for (std::uint64_t replicate = 0; replicate < replicates; ++replicate) {
        const ReplicateId id{seed, 0, replicate};
        seized += is_seized(run(world, draws.of_replicate(id), id, state, Until::seizure).outcome) ? 1.0 : 0.0;
      }
    }
    return seized / static_cast<double>(seeds * replicates);
  };
  const double short_runs = share(200, 16), long_run = share(1, 3200);
  EXPECT_GT(long_run, 0.05);  // or the test could see nothing
  EXPECT_LT(long_run, 0.95);
  EXPECT_NEAR(short_runs, long_run, 5 * std::sqrt(2 * 0.25 / 3200));
}

TEST(ThetaDraws, WhatIsSetIsSetInEveryDraw) {
  ThetaDraws draws = draws_of_momentum(20);
  draws.set("theta.seizure.street", "0.25");
  for (std::size_t draw = 0; draw < 20; ++draw) {
    EXPECT_EQ(draws.draw(draw).seizure.street, 0.25);
    EXPECT_EQ(draws.draw(draw).seizure.momentum, static_cast<double>(draw) / 20.0);
  }
  EXPECT_NEAR(draws.mean().seizure.momentum, 0.475, 1e-12);
  EXPECT_EQ(draws.mean().seizure.street, 0.25);
  EXPECT_THROW(draws.set("theta.seizure.stret", "0.25"), InputError);
  EXPECT_THROW(draws.set("theta.seizure.street", "1e9"), InputError);
}

TEST(Theta, IsDrawnFromItsPriorWithinItsBounds) {
  const Theta base = default_theta();
  std::vector<double> momentum;
  for (std::uint64_t draw = 0; draw < 400; ++draw) {
    Theta theta = draw_theta(base, 1, draw);
    momentum.push_back(theta.seizure.momentum);
    for (const ParameterEntry& parameter : parameter_list()) {
      EXPECT_GE(parameter.value(theta), parameter.low) << parameter.key;
      EXPECT_LE(parameter.value(theta), parameter.high) << parameter.key;
    }
    EXPECT_EQ(theta.clock.fine_step, base.clock.fine_step);
  }
  const Estimate mean = mean_of(momentum);  // normal(2, 1)
  EXPECT_NEAR(mean.value, 2.0, 5 * mean.standard_error);
  EXPECT_NEAR(mean.standard_error * 20, 1.0, 0.2);  // 5 standard errors of a standard deviation of 400 draws: 0.18
}

}  // namespace
}  // namespace interregnum
