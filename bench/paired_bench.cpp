#include <benchmark/benchmark.h>
#include <fmt/format.h>

#include "analysis/comparison.hpp"
#include "scenario/files.hpp"

// Paired runs. Run with `make bench`.
namespace interregnum {
namespace {

Scenario mali(int year) { return load_scenario(fmt::format("{}/mali-{}.yaml", SCENARIOS, year)); }

/// One of the two Malis until its outcome is known.
void until_outcome(benchmark::State& bench) {
  const World world = compile(mali(static_cast<int>(bench.range(0))));
  const Theta theta = default_theta();
  State state(world);
  std::uint64_t future = 0;
  for (auto _ : bench)
    benchmark::DoNotOptimize(run(world, theta, {1, 0, replicate_of_future(future++)}, state, Until::outcome));
}
BENCHMARK(until_outcome)->ArgName("mali")->Arg(2012)->Arg(2020)->Unit(benchmark::kMicrosecond);

/// One future in all 256 mixtures of the two, on one thread; the mixing and compiling of the worlds apart.
void compare_malis(benchmark::State& bench) {
  const Mixer mixer(mali(2012), mali(2020), FactorKind::section);
  const Theta theta = default_theta();
  const Measure measure("in_power");
  PairedRunSettings settings;
  settings.futures = static_cast<std::uint64_t>(bench.range(0));
  settings.threads = 1;
  for (auto _ : bench) benchmark::DoNotOptimize(compare(mixer, theta, measure, settings));
}
BENCHMARK(compare_malis)->ArgName("futures")->Arg(2)->Arg(66)->Unit(benchmark::kMillisecond)->UseRealTime();

/// A mixture of two files, checked and compiled.
void mix_and_compile(benchmark::State& bench) {
  const Mixer mixer(mali(2012), mali(2020), FactorKind::section);
  std::vector<bool> from_b(mixer.factors().size(), false);
  from_b[1] = from_b[5] = true;
  for (auto _ : bench) benchmark::DoNotOptimize(compile(mixer.mix(from_b)));
}
BENCHMARK(mix_and_compile)->Unit(benchmark::kMicrosecond);

}  // namespace
}  // namespace interregnum
