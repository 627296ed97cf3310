#include <benchmark/benchmark.h>
#include <fmt/format.h>

#include "engine/replicate.hpp"
#include "model/seizure/beliefs.hpp"
#include "scenario/files.hpp"

// Run with `make bench`. Absolute times are this machine's; docs/performance.md keeps ratios from one run.
namespace interregnum {
namespace {

World country(long units, int number = 0) {
  return compile(load_scenario(fmt::format("{}/generic-{}/generic-{:03}.yaml", BENCH_COUNTRIES, units, number)));
}

/// Whole replicates until the seizure is decided: eight countries of 12 units, one after the other.
void replicate_12_units(benchmark::State& bench) {
  const World world = country(12, static_cast<int>(bench.range(0)));
  const Theta theta = default_theta();
  State state(world);
  std::uint64_t replicate = 0;
  std::uint64_t steps = 0;
  for (auto _ : bench) steps += run(world, theta, {1, 0, replicate++}, state, Until::seizure).steps;
  const auto done = static_cast<double>(replicate);
  bench.counters["steps"] = static_cast<double>(steps) / done;
  bench.counters["replicates/s"] = benchmark::Counter(done, benchmark::Counter::kIsRate);
  bench.counters["s/step"] =
      benchmark::Counter(static_cast<double>(steps), benchmark::Counter::kIsRate | benchmark::Counter::kInvert);
}
BENCHMARK(replicate_12_units)->DenseRange(0, 7);

/// How a replicate's cost grows with the country.
void replicate_by_units(benchmark::State& bench) {
  const World world = country(bench.range(0));
  const Theta theta = default_theta();
  State state(world);
  std::uint64_t replicate = 0;
  std::uint64_t steps = 0;
  for (auto _ : bench) steps += run(world, theta, {1, 0, replicate++}, state, Until::seizure).steps;
  bench.counters["steps"] = static_cast<double>(steps) / static_cast<double>(replicate);
  bench.counters["s/unit"] = benchmark::Counter(static_cast<double>(replicate) * static_cast<double>(bench.range(0)),
                                                benchmark::Counter::kIsRate | benchmark::Counter::kInvert);
}
BENCHMARK(replicate_by_units)->Arg(12)->Arg(100)->Arg(500);

/// The parts: four uniform numbers; the shocks and thresholds of a unit; the draw of a file's uncertain values.
void draw_block(benchmark::State& bench) {
  const Draws draws(1, 0, 0);
  std::uint64_t occurrence = 0;
  for (auto _ : bench) benchmark::DoNotOptimize(draws.block(DrawPurpose::fight, 7, occurrence++));
}
BENCHMARK(draw_block);

void draw_unit_shocks(benchmark::State& bench) {
  const Draws draws(1, 0, 0);
  std::uint64_t occurrence = 0;
  for (auto _ : bench) {
    const UniformBlock u = draws.block(DrawPurpose::unit_shocks, 7, occurrence++);
    benchmark::DoNotOptimize(normal_quantile(u[0]));
    benchmark::DoNotOptimize(action_thresholds(0.1, 0.5, 3.0, shock_differences(u[1], u[2])));
  }
}
BENCHMARK(draw_unit_shocks);

void draw_inputs_of_a_country(benchmark::State& bench) {
  const World world = country(12);
  State state(world);
  std::uint64_t input_draw = 0;
  for (auto _ : bench) draw_inputs(world, 1, 0, input_draw++, state);
  bench.counters["uncertain"] = static_cast<double>(world.uncertain_inputs.size());
}
BENCHMARK(draw_inputs_of_a_country);

}  // namespace
}  // namespace interregnum
