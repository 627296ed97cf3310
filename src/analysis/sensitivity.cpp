#include "analysis/sensitivity.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <boost/random/sobol.hpp>
#include <cmath>
#include <limits>

#include "analysis/quantiles.hpp"
#include "base/draws.hpp"
#include "engine/parallel.hpp"

namespace interregnum {

namespace {

struct Group {
  std::string name, label;
  std::vector<std::size_t> members;  ///< positions in World::uncertain_inputs
};

std::vector<Group> groups_of(const World& world, FactorKind kind) {
  std::vector<Group> groups;
  for (std::size_t position = 0; position < world.uncertain_inputs.size(); ++position) {
    const std::string& key = world.inputs[world.uncertain_inputs[position]].key;
    Factor section = section_of(key);
    // The horizon is the question, not the country; asked as a range it stands for itself.
    if (kind == FactorKind::key || section.name.empty()) section.name = section.label = key;
    const auto known =
        std::find_if(groups.begin(), groups.end(), [&](const Group& group) { return group.name == section.name; });
    if (known == groups.end()) {
      groups.push_back({section.name, section.label, {position}});
    } else {
      known->members.push_back(position);
    }
  }
  return groups;
}

/// Values of one row of the design: two independent samples of every uncertain input.
struct Row {
  std::vector<double> a, b;
};

/// Digitally shifted Sobol points (Owen 1995's simplest randomisation: one random word a dimension).
class Design {
 public:
  Design(const World& world, std::uint64_t seed) : world_(world), seed_(seed) {}

  std::vector<Row> rows(std::uint64_t set, std::size_t count) const {
    const std::size_t inputs = world_.uncertain_inputs.size();
    if (inputs == 0) return std::vector<Row>(count);
    boost::random::sobol sequence(2 * inputs);
    const Draws draws(seed_, 0, set);
    std::vector<std::uint64_t> shifts(2 * inputs);
    for (std::size_t dimension = 0; dimension < shifts.size(); ++dimension)
      shifts[dimension] = draws.words(DrawPurpose::point_shift, dimension)[0];
    std::vector<Row> rows(count, {std::vector<double>(inputs), std::vector<double>(inputs)});
    for (Row& row : rows) {
      for (std::size_t dimension = 0; dimension < shifts.size(); ++dimension) {
        // The upper 53 bits, from the middle of their cell: never 0 or 1.
        const double level = (static_cast<double>((sequence() ^ shifts[dimension]) >> 11U) + 0.5) * 0x1p-53;
        const std::size_t input = dimension % inputs;
        (dimension < inputs ? row.a : row.b)[input] =
            world_.inputs[world_.uncertain_inputs[input]].distribution.quantile(level);
      }
    }
    return rows;
  }

 private:
  const World& world_;
  std::uint64_t seed_;
};

class Analysis {
 public:
  Analysis(const World& world, const ThetaDraws& thetas, const Measure& measure, FactorKind kind,
           const PairedRunSettings& settings)
      : world_(world),
        thetas_(thetas),
        measure_(measure),
        settings_(settings),
        groups_(groups_of(world, kind)),
        design_(world, settings.seed) {}

  Sensitivity run() {
    Sensitivity result;
    const std::uint64_t per_set = std::max<std::uint64_t>(1, settings_.futures / sensitivity_sets);
    for (std::uint64_t set = 0; set < sensitivity_sets; ++set) {
      if (settings_.stop && settings_.stop()) {
        result.complete = false;
        break;
      }
      play(set, static_cast<std::size_t>(per_set));
      result.points += per_set;
      if (settings_.progress) settings_.progress(result.points, per_set * sensitivity_sets);
    }
    result.runs = result.points * cases();
    result.can_be_told = outcomes_.size() > 1;
    if (result.can_be_told) fill(result);
    return result;
  }

 private:
  // A row is played as A, as B, as A with B's chance, and for each group as A with that group from B: once with A's
  // chance and once with B's. The parameters, where they are drawn, are one group more, the last.
  static constexpr std::size_t as_a = 0, as_b = 1, with_chance_of_b = 2;
  static std::size_t with_group_of_b(std::size_t group) { return 3 + 2 * group; }
  static std::size_t with_group_and_chance_of_b(std::size_t group) { return 4 + 2 * group; }
  std::size_t cases() const { return 3 + 2 * (groups_.size() + (thetas_.are_many() ? 1 : 0)); }

  /// A and B must be independent of each other, which the draws of successive replicates are not.
  Theta random_theta(std::uint64_t replicate) const {
    const double u = Draws(settings_.seed, 0, replicate).uniform(DrawPurpose::parameter, 0);
    return thetas_.draw(static_cast<std::size_t>(u * static_cast<double>(thetas_.size())));
  }

  void play_row(State& state, const Row& row, std::uint64_t future, std::vector<float>& values) const {
    const auto put = [&](const std::vector<double>& from, std::size_t input) {
      state.inputs[world_.uncertain_inputs[input]] = from[input];
    };
    const auto put_all = [&](const std::vector<double>& from) {
      for (std::size_t input = 0; input < from.size(); ++input) put(from, input);
    };
    const std::uint64_t replicate_a = replicate_of_future(2 * future),
                        replicate_b = replicate_of_future(2 * future + 1);
    const Theta theta_a = random_theta(replicate_a), theta_b = random_theta(replicate_b);
    const auto outcome = [&](const Theta& theta, std::uint64_t chance) {
      return measure_.of(run_with_inputs(world_, theta, {settings_.seed, 0, chance}, state, measure_.until()));
    };
    put_all(row.b);
    values[as_b] = outcome(theta_b, replicate_b);
    put_all(row.a);
    values[as_a] = outcome(theta_a, replicate_a);
    values[with_chance_of_b] = outcome(theta_a, replicate_b);
    for (std::size_t group = 0; group < groups_.size(); ++group) {
      for (const std::size_t input : groups_[group].members) put(row.b, input);
      values[with_group_of_b(group)] = outcome(theta_a, replicate_a);
      values[with_group_and_chance_of_b(group)] = outcome(theta_a, replicate_b);
      for (const std::size_t input : groups_[group].members) put(row.a, input);
    }
    if (!thetas_.are_many()) return;
    values[with_group_of_b(groups_.size())] = outcome(theta_b, replicate_a);
    values[with_group_and_chance_of_b(groups_.size())] = outcome(theta_b, replicate_b);
  }

  void play(std::uint64_t set, std::size_t count) {
    const std::vector<Row> rows = design_.rows(set, count);
    std::vector<std::vector<float>> values(count, std::vector<float>(cases()));
    constexpr std::size_t block = 4;
    run_parallel((count + block - 1) / block, settings_.threads, [&](std::size_t task) {
      State state(world_);
      for (std::size_t row = task * block; row < std::min(count, (task + 1) * block); ++row)
        play_row(state, rows[row], set * count + row, values[row]);
    });
    outcomes_.push_back(std::move(values));
  }

  /// Of all outcomes that were played, in A and in B.
  double overall_mean() const {
    double sum = 0, number = 0;
    for (const auto& set : outcomes_) {
      for (const std::vector<float>& row : set) {
        sum += row[0] + row[1];
        number += 2;
      }
    }
    return sum / number;
  }

  /// Mean over the rows of each set of what `term` makes of a row's outcomes, as deviations from the mean.
  template <class Term>
  std::vector<double> by_set(double mean, Term term) const {
    std::vector<double> means;
    for (const auto& set : outcomes_) {
      double sum = 0;
      for (const std::vector<float>& row : set) sum += term([&](std::size_t index) { return row[index] - mean; });
      means.push_back(sum / static_cast<double>(set.size()));
    }
    return means;
  }

  void fill(Sensitivity& result) const {
    const double mean = overall_mean();
    const double largest = std::max(mean, 1.0 - mean);  // deviation of an outcome from the mean
    const std::vector<double> variance =
        by_set(mean, [](auto y) { return 0.5 * (y(as_a) * y(as_a) + y(as_b) * y(as_b)); });
    const auto first = [&](std::size_t mixed) {
      return ratio(by_set(mean, [mixed](auto y) { return y(as_b) * (y(mixed) - y(as_a)); }), variance, largest);
    };
    const auto jansen = [&](std::size_t mixed) {
      return ratio(by_set(mean, [mixed](auto y) { return 0.5 * (y(as_a) - y(mixed)) * (y(as_a) - y(mixed)); }),
                   variance, 0.5);
    };
    double happened = 0, futures = 0;
    for (const auto& set : outcomes_) {
      for (const std::vector<float>& row : set) happened += row[as_a];
      futures += static_cast<double>(set.size());
    }
    result.share = exact_interval(happened, futures);
    const auto index = [&](const Group& group, std::size_t position) {
      const std::size_t fresh = with_group_and_chance_of_b(position);
      // Covariance of two futures of the same country less that of two which differ in the group: what it explains
      // last.
      const Estimate total = ratio(by_set(mean, [fresh](auto y) { return y(as_a) * (y(with_chance_of_b) - y(fresh)); }),
                                   variance, largest);
      return SobolIndex{group.name,
                        group.label,
                        group.members.size(),
                        first(with_group_of_b(position)),
                        total,
                        jansen(with_group_of_b(position))};
    };
    for (std::size_t group = 0; group < groups_.size(); ++group) result.groups.push_back(index(groups_[group], group));
    result.chance = {
        "chance", "chance", 0, first(with_chance_of_b), jansen(with_chance_of_b), jansen(with_chance_of_b)};
    // What is left of the variance once everything but chance is known is what the inputs do not explain.
    result.all_inputs = rest_of(result.chance.total);
    if (groups_.empty()) result.all_inputs = {0.0};
    if (!thetas_.are_many()) return;
    const std::size_t last = groups_.size();
    result.parameters = index({"parameters", "the model's parameters", {}}, last);
    // And what the parameters explain last is not explained by the inputs either.
    if (groups_.empty()) return;
    result.all_inputs = ratio(by_set(mean,
                                     [fresh = with_group_and_chance_of_b(last)](auto y) {
                                       const double chance = y(as_a) - y(with_chance_of_b);
                                       return 0.5 * (y(as_a) * y(as_a) + y(as_b) * y(as_b) - chance * chance) -
                                              y(as_a) * (y(with_chance_of_b) - y(fresh));
                                     }),
                              variance, largest);
  }

  /// What is left of all the variance.
  static Estimate rest_of(const Estimate& index) {
    Estimate rest = index;
    rest.value = 1.0 - index.value;
    rest.low = 1.0 - index.high;
    rest.high = 1.0 - index.low;
    return rest;
  }

  /// Ratio of two means over sets, with the standard error of its linearisation; and at least as wide an interval as is
  /// left by rows of a kind that were never seen, whose numerator can be as large as `largest`. Not a number where the
  /// outcome does not vary.
  Estimate ratio(const std::vector<double>& numerator, const std::vector<double>& denominator, double largest) const {
    const double scale = mean_of(denominator).value;
    Estimate unknown;
    unknown.value = std::numeric_limits<double>::quiet_NaN();
    if (!(scale > 0)) return unknown;
    const double value = mean_of(numerator).value / scale;
    std::vector<double> influence(numerator.size());
    for (std::size_t set = 0; set < numerator.size(); ++set)
      influence[set] = (numerator[set] - value * denominator[set]) / scale;
    Estimate estimate = mean_of(influence);
    double rows = 0;
    for (const auto& set : outcomes_) rows += static_cast<double>(set.size());
    estimate.value = value;
    const double unseen = exact_interval(0.0, rows).high * largest / scale;
    const double half = estimate.is_known() ? std::max(unseen, estimate.high) : unseen;
    if (!estimate.is_known()) estimate.standard_error = half / normal_quantile_of_tail;
    estimate.low = value - half;
    estimate.high = value + half;
    return estimate;
  }

  const World& world_;
  const ThetaDraws& thetas_;
  const Measure& measure_;
  const PairedRunSettings& settings_;
  std::vector<Group> groups_;
  Design design_;
  std::vector<std::vector<std::vector<float>>> outcomes_;  ///< by set, row, case
};

}  // namespace

Sensitivity analyse_sensitivity(const World& world, const ThetaDraws& thetas, const Measure& measure, FactorKind kind,
                                const PairedRunSettings& settings) {
  if (measure.is_conditional())
    throw InputError(
        fmt::format("'{}' has no variance of its own in futures where power is not seized; ask without _if_seized",
                    measure.name()));
  constexpr std::size_t most_inputs = 1800;  // dimensions of the tables of Joe & Kuo 2008 in Boost, halved
  if (world.uncertain_inputs.size() > most_inputs)
    throw InputError(fmt::format("{} uncertain values are more than the {} that can be analysed",
                                 world.uncertain_inputs.size(), most_inputs));
  return Analysis(world, thetas, measure, kind, settings).run();
}

}  // namespace interregnum
