#include "analysis/comparison.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <boost/math/special_functions/binomial.hpp>
#include <cmath>
#include <numeric>

#include "base/draws.hpp"
#include "base/extremes.hpp"
#include "engine/parallel.hpp"

namespace interregnum {

namespace {

std::vector<bool> members(std::size_t coalition, std::size_t factors) {
  std::vector<bool> from_b(factors);
  for (std::size_t factor = 0; factor < factors; ++factor) from_b[factor] = ((coalition >> factor) & 1U) != 0;
  return from_b;
}

std::vector<bool> all_but(std::size_t factor, std::size_t factors, bool from_b) {
  std::vector<bool> chosen(factors, from_b);
  chosen[factor] = !from_b;
  return chosen;
}

std::vector<Case> cases_of(const std::vector<World>& worlds, const ThetaDraws& thetas) {
  std::vector<Case> cases;
  for (const World& world : worlds) cases.push_back({&world, &thetas});
  return cases;
}

/// Weight of a coalition's share in the Shapley value of a factor.
double shapley_weight(std::size_t coalition, std::size_t factor, std::size_t factors) {
  const bool joined = ((coalition >> factor) & 1U) != 0;
  unsigned others = 0;
  for (std::size_t other = 0; other < factors; ++other) {
    if (other != factor && ((coalition >> other) & 1U) != 0) ++others;
  }
  const auto n = static_cast<unsigned>(factors);
  return (joined ? 1.0 : -1.0) / (n * boost::math::binomial_coefficient<double>(n - 1, others));
}

/// A share among seizures cannot be divided where power is never seized.
void require_question(const PairedRuns& runs) {
  for (std::size_t coalition = 0; coalition < runs.cases(); ++coalition) {
    if (runs.asked(coalition) == 0)
      throw InputError(
          fmt::format("'{}' cannot be divided: in a mixture of the two files power is seized in none of {} futures "
                      "(play more with --replicates, or ask without _if_seized)",
                      runs.measure().name(), runs.futures()));
  }
}

Comparison in_full(const Mixer& mixer, const ThetaDraws& thetas, const Measure& measure,
                   const PairedRunSettings& settings) {
  const std::size_t factors = mixer.factors().size();
  const std::size_t coalitions = std::size_t{1} << factors;
  Comparison comparison;
  std::vector<World> worlds;
  worlds.reserve(coalitions);
  for (std::size_t coalition = 0; coalition < coalitions; ++coalition)
    worlds.push_back(compile(mixer.mix(members(coalition, factors), &comparison.notes)));
  PairedRuns runs(cases_of(worlds, thetas), measure, settings.seed, settings.threads);

  std::vector<std::vector<double>> weights(factors, std::vector<double>(coalitions));
  for (std::size_t factor = 0; factor < factors; ++factor) {
    for (std::size_t coalition = 0; coalition < coalitions; ++coalition)
      weights[factor][coalition] = shapley_weight(coalition, factor, factors);
  }
  const auto largest_error = [&] {
    require_question(runs);
    double largest = 0;
    for (const std::vector<double>& of_factor : weights)
      largest = larger(largest, runs.contrast(of_factor).standard_error);
    return largest;
  };
  comparison.complete = play_until_enough(runs, settings, largest_error);
  comparison.futures = runs.futures();
  if (runs.futures() == 0) return comparison;
  require_question(runs);

  const auto less = [&](std::size_t more, std::size_t fewer) {
    std::vector<double> contrast(coalitions, 0.0);
    contrast[more] += 1.0;
    contrast[fewer] -= 1.0;
    return runs.contrast(contrast);
  };
  const std::size_t all = coalitions - 1;
  comparison.a = runs.share(0);
  comparison.b = runs.share(all);
  comparison.difference = less(all, 0);
  for (std::size_t factor = 0; factor < factors; ++factor) {
    const std::size_t alone = std::size_t{1} << factor;
    comparison.factors.push_back({mixer.factors()[factor].name, mixer.factors()[factor].label,
                                  runs.contrast(weights[factor]), less(alone, 0), less(all, all - alone)});
  }
  return comparison;
}

/// A random order of the factors (Fisher & Yates, keyed draws).
std::vector<std::size_t> random_order(std::size_t factors, std::uint64_t seed, std::uint64_t number) {
  std::vector<std::size_t> order(factors);
  std::iota(order.begin(), order.end(), 0);
  const Draws draws(seed, 0, number);
  for (std::size_t left = factors; left > 1; --left) {
    const double u = draws.uniform(DrawPurpose::order_of_factors, left);
    std::swap(order[left - 1], order[static_cast<std::size_t>(u * static_cast<double>(left))]);
  }
  return order;
}

/// Every order is played with futures of its own, so that orders are independent observations; each comes with its
/// reverse, which halves the noise where factors hinder or help each other (antithetic sampling).
class SampledOrders {
 public:
  SampledOrders(const Mixer& mixer, const ThetaDraws& thetas, const Measure& measure, const PairedRunSettings& settings)
      : mixer_(mixer), thetas_(thetas), measure_(measure), settings_(settings), gains_(mixer.factors().size()) {}

  Comparison run() {
    constexpr std::uint64_t fewest_orders = 16;
    // A single order has no spread from which its error could be told.
    std::uint64_t total =
        settings_.futures > 0
            ? std::max<std::uint64_t>(2, (settings_.futures + futures_per_order - 1) / futures_per_order)
            : fewest_orders;
    while (orders_ < total) {
      if (settings_.stop && settings_.stop()) {
        comparison_.complete = false;
        break;
      }
      play_order();
      if (settings_.futures == 0 && orders_ == total && largest_error() > settings_.standard_error)
        total += fewest_orders / 2;
      if (settings_.progress) settings_.progress(orders_ * futures_per_order, total * futures_per_order);
    }
    return result();
  }

 private:
  static constexpr std::uint64_t futures_per_order = 32;
  static constexpr Bounds change{-1.0, 1.0};  ///< of a share

  void play_order() {
    const std::size_t factors = gains_.size();
    std::vector<std::size_t> order = random_order(factors, settings_.seed, orders_);
    std::vector<std::vector<bool>> mixes{std::vector<bool>(factors, false), std::vector<bool>(factors, true)};
    for (std::size_t factor = 0; factor < factors; ++factor) {
      mixes.push_back(all_but(factor, factors, false));
      mixes.push_back(all_but(factor, factors, true));
    }
    for (int direction = 0; direction < 2; ++direction) {
      std::vector<bool> joined(factors, false);
      for (std::size_t position = 0; position + 1 < factors; ++position) {
        joined[order[position]] = true;
        mixes.push_back(joined);
      }
      std::reverse(order.begin(), order.end());
    }
    std::vector<World> worlds(mixes.size());
    std::vector<std::vector<std::string>> notes(mixes.size());
    run_parallel(mixes.size(), settings_.threads,
                 [&](std::size_t mix) { worlds[mix] = compile(mixer_.mix(mixes[mix], &notes[mix])); });
    for (const std::vector<std::string>& list : notes) add_notes(list);
    const std::vector<Case> cases = cases_of(worlds, thetas_);
    std::vector<std::vector<float>> values(cases.size(), std::vector<float>(futures_per_order));
    run_cases(cases,
              {settings_.seed, 0, orders_ * futures_per_order, futures_per_order, settings_.threads, measure_.until()},
              [&](std::size_t mix, std::size_t future, const RunRecord& record) {
                values[mix][future] = measure_.of(record);
              });
    keep(values, order);
    ++orders_;
  }

  void keep(const std::vector<std::vector<float>>& values, std::vector<std::size_t> order) {
    const std::size_t factors = gains_.size();
    std::vector<double> share(values.size());
    for (std::size_t mix = 0; mix < values.size(); ++mix)
      share[mix] =
          std::accumulate(values[mix].begin(), values[mix].end(), 0.0) / static_cast<double>(futures_per_order);
    happened_a_ += share[0] * static_cast<double>(futures_per_order);
    happened_b_ += share[1] * static_cast<double>(futures_per_order);
    differences_.push_back(share[1] - share[0]);
    for (std::size_t factor = 0; factor < factors; ++factor) {
      gains_[factor].forward.push_back(share[2 + 2 * factor] - share[0]);
      gains_[factor].backward.push_back(share[1] - share[3 + 2 * factor]);
      gains_[factor].shapley.push_back(0.0);
    }
    std::size_t next = 2 + 2 * factors;
    for (int direction = 0; direction < 2; ++direction) {
      double before = share[0];
      for (std::size_t position = 0; position < factors; ++position) {
        const double after = position + 1 < factors ? share[next++] : share[1];
        gains_[order[position]].shapley.back() += 0.5 * (after - before);
        before = after;
      }
      std::reverse(order.begin(), order.end());
    }
  }

  void add_notes(const std::vector<std::string>& notes) {
    for (const std::string& note : notes) {
      if (std::find(comparison_.notes.begin(), comparison_.notes.end(), note) == comparison_.notes.end())
        comparison_.notes.push_back(note);
    }
  }

  double largest_error() const {
    double largest = 0;
    for (const Gains& gains : gains_) {
      const Estimate share = mean_of(gains.shapley);
      // More orders would say little of a factor that has changed nothing in any of them.
      if (share.is_known()) largest = larger(largest, share.standard_error);
    }
    return largest;
  }

  Comparison result() {
    comparison_.orders = orders_;
    comparison_.futures = orders_ * futures_per_order;
    if (orders_ == 0) return std::move(comparison_);
    const auto futures = static_cast<double>(comparison_.futures);
    comparison_.a = exact_interval(happened_a_, futures);
    comparison_.b = exact_interval(happened_b_, futures);
    comparison_.difference = mean_of(differences_, change);
    for (std::size_t factor = 0; factor < gains_.size(); ++factor) {
      const Gains& gains = gains_[factor];
      comparison_.factors.push_back({mixer_.factors()[factor].name, mixer_.factors()[factor].label,
                                     mean_of(gains.shapley, change), mean_of(gains.forward, change),
                                     mean_of(gains.backward, change)});
    }
    return std::move(comparison_);
  }

  struct Gains {
    std::vector<double> shapley, forward, backward;  ///< by order
  };

  const Mixer& mixer_;
  const ThetaDraws& thetas_;
  const Measure& measure_;
  const PairedRunSettings& settings_;
  std::vector<Gains> gains_;
  std::vector<double> differences_;
  double happened_a_ = 0, happened_b_ = 0;
  std::uint64_t orders_ = 0;
  Comparison comparison_;
};

}  // namespace

Comparison compare(const Mixer& mixer, const ThetaDraws& thetas, const Measure& measure,
                   const PairedRunSettings& settings) {
  const bool few = mixer.factors().size() <= most_factors_in_full;
  if (!few && measure.is_conditional())
    throw InputError(
        fmt::format("'{}' cannot be divided among {} factors: a share among seizures needs all coalitions, "
                    "which are played for at most {} factors (leave out --by key, or ask without _if_seized)",
                    measure.name(), mixer.factors().size(), most_factors_in_full));
  Comparison comparison =
      few ? in_full(mixer, thetas, measure, settings) : SampledOrders(mixer, thetas, measure, settings).run();
  comparison.outcome = measure.name();
  return comparison;
}

}  // namespace interregnum
