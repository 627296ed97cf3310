#include "support.hpp"

#include <gtest/gtest.h>

#include <bit>
#include <cmath>
#include <cstdint>

namespace interregnum::test {

std::string small_country() {
  return R"(interregnum: 1
name: A small country
country: XXX
start: 1975-01-01 04:00
places:
  capital: {population: 600k, capital: true, sites: [presidency, broadcaster, headquarters]}
  barracks: {population: 20k, sites: [armoury]}
  province: {population: 90k}
roads:
  - {between: [capital, barracks], distance: 20 km}
  - {between: [barracks, province], distance: 300 km}
commands:
  staff: {rank: senior, leaning: {mean: -0.3, sd: 0.3}, place: capital, site: headquarters}
  region: {rank: senior, leaning: {mean: -0.1, sd: 0.3}, superior: staff}
units:
  plotters: {place: barracks, strength: 700, commander: middle, superior: region, leaning: {mean: 0.2, sd: 0.4}}
  guard: {place: capital, strength: 300, commander: senior, superior: staff, leaning: {mean: -0.3, sd: 0.4}, guards: presidency}
  police: {place: capital, strength: 400..600, commander: middle, superior: staff, leaning: {mean: -0.1, sd: 0.4}, guards: broadcaster}
  armour: {place: capital, strength: 250, commander: middle, superior: region, leaning: {mean: 0, sd: 0.5}}
  infantry: {place: province, strength: 900, commander: middle, superior: region, leaning: {mean: 0, sd: 0.5}}
plot: {tier: middle, units: [plotters], objectives: [armoury, broadcaster, presidency]}
)";
}

Scenario scenario_of(const std::string& text, const std::vector<std::string>& changes) {
  std::vector<Override> overrides;
  for (const std::string& change : changes) overrides.push_back(parse_override(change));
  Diagnostics diagnostics;
  Scenario scenario = read_scenario(text, "test.yaml", overrides, diagnostics);
  for (const Diagnostic& problem : diagnostics.list()) {
    if (problem.severity == Severity::error) ADD_FAILURE() << to_text(problem);
  }
  if (diagnostics.has_errors()) throw InputError("the test's country file has errors");
  return scenario;
}

World world_of(const std::string& text, const std::vector<std::string>& changes) {
  return compile(scenario_of(text, changes));
}

std::string problems_of(const std::string& text) {
  Diagnostics diagnostics;
  read_scenario(text, "test.yaml", {}, diagnostics);
  std::string lines;
  for (const Diagnostic& problem : diagnostics.list()) {
    if (problem.severity == Severity::error) lines += to_text(problem) + "\n";
  }
  return lines;
}

Theta theta_with(const std::vector<std::string>& changes) {
  Theta theta = default_theta();
  for (const std::string& change : changes) {
    const auto [key, value] = parse_override(change);
    set_parameter(theta, "theta.seizure." + key, value);
  }
  return theta;
}

std::vector<RunRecord> records_of(const World& world, const Theta& theta, std::uint64_t count, std::uint64_t seed,
                                  Until until) {
  State state(world);
  std::vector<RunRecord> records;
  for (std::uint64_t replicate = 0; replicate < count; ++replicate) {
    records.push_back(run(world, theta, {seed, 0, replicate}, state, until));
  }
  return records;
}

std::vector<RunRecord> seizures_of(const World& world, const Theta& theta, std::uint64_t count) {
  return records_of(world, theta, count, 1, Until::seizure);
}

double share_seized(const std::vector<RunRecord>& records) {
  double seized = 0;
  for (const RunRecord& record : records) seized += is_seized(record.outcome) ? 1.0 : 0.0;
  return seized / static_cast<double>(records.size());
}

PairedDifference paired_difference(const std::vector<RunRecord>& first, const std::vector<RunRecord>& second) {
  std::vector<double> by_draw(first.back().input_draw + 1, 0.0);
  for (std::size_t index = 0; index < first.size(); ++index) {
    by_draw[first[index].input_draw] +=
        (is_seized(second[index].outcome) ? 1.0 : 0.0) - (is_seized(first[index].outcome) ? 1.0 : 0.0);
  }
  const auto draws = static_cast<double>(by_draw.size());
  const double per_draw = static_cast<double>(first.size()) / draws;
  double sum = 0;
  double squares = 0;
  for (const double difference : by_draw) {
    sum += difference / per_draw;
    squares += difference * difference / (per_draw * per_draw);
  }
  const double mean = sum / draws;
  return {mean, std::sqrt((squares / draws - mean * mean) / (draws - 1))};
}

void expect_same(const RunRecord& left, const RunRecord& right) {
  EXPECT_EQ(left.replicate, right.replicate);
  EXPECT_EQ(left.input_draw, right.input_draw);
  EXPECT_EQ(left.kinds_seen, right.kinds_seen);
  for (const auto member :
       {&RunRecord::attempt_hour, &RunRecord::decided_hour, &RunRecord::taken_hour, &RunRecord::ended_hour,
        &RunRecord::another_attempt_hour, &RunRecord::another_seizure_hour, &RunRecord::leader_exit_hour,
        &RunRecord::deaths, &RunRecord::deaths_in_all, &RunRecord::initial_cohesion, &RunRecord::peak_lost,
        &RunRecord::peak_against, &RunRecord::peak_for}) {
    EXPECT_EQ(std::bit_cast<std::uint64_t>(left.*member), std::bit_cast<std::uint64_t>(right.*member));
  }
  EXPECT_EQ(left.towns_lost, right.towns_lost);
  EXPECT_EQ(left.steps, right.steps);
  EXPECT_EQ(left.outcome, right.outcome);
  EXPECT_EQ(left.handover, right.handover);
  EXPECT_EQ(left.leader_exit, right.leader_exit);
  EXPECT_EQ(left.ruler_fate, right.ruler_fate);
  EXPECT_EQ(left.tier, right.tier);
  EXPECT_EQ(left.undecided_at_day_seven, right.undecided_at_day_seven);
  for (std::size_t reason = 0; reason < Reasons::kept; ++reason) {
    EXPECT_EQ(left.reasons.top()[reason].term, right.reasons.top()[reason].term);
    EXPECT_EQ(left.reasons.top()[reason].amount, right.reasons.top()[reason].amount);
  }
}

}  // namespace interregnum::test
