#include <benchmark/benchmark.h>
#include <fmt/format.h>

#include "base/binomial.hpp"
#include "engine/replicate.hpp"
#include "model/country.hpp"
#include "scenario/files.hpp"

// What follows the seizure. Run with `make bench`.
namespace interregnum {
namespace {

World load(const std::string& file) { return compile(load_scenario(file)); }

World generic(long units) { return load(fmt::format("{}/generic-{}/generic-000.yaml", BENCH_COUNTRIES, units)); }

/// Mali 2020 from the first shot to 24 months: the speed that users see.
void mali_2020(benchmark::State& bench) {
  const World world = load(fmt::format("{}/mali-2020.yaml", SCENARIOS));
  const Theta theta = default_theta();
  State state(world);
  std::uint64_t replicate = 0;
  std::uint64_t steps = 0;
  const Until until = bench.range(0) == 0 ? Until::horizon : Until::seizure;
  for (auto _ : bench) steps += run(world, theta, {1, 0, replicate++}, state, until).steps;
  bench.counters["steps"] = static_cast<double>(steps) / static_cast<double>(replicate);
}
BENCHMARK(mali_2020)->ArgName("until_seizure")->Arg(0)->Arg(1)->Unit(benchmark::kMicrosecond);

/// To 24 months, by the size of the country.
void horizon_by_units(benchmark::State& bench) {
  const World world = generic(bench.range(0));
  const Theta theta = default_theta();
  State state(world);
  std::uint64_t replicate = 0;
  for (auto _ : bench) benchmark::DoNotOptimize(run(world, theta, {1, 0, replicate++}, state));
  const double done = static_cast<double>(replicate);
  bench.counters["s/unit"] = benchmark::Counter(done * static_cast<double>(bench.range(0)),
                                                benchmark::Counter::kIsRate | benchmark::Counter::kInvert);
  bench.counters["s/place"] = benchmark::Counter(done * static_cast<double>(world.places.size()),
                                                 benchmark::Counter::kIsRate | benchmark::Counter::kInvert);
}
BENCHMARK(horizon_by_units)->Arg(12)->Arg(100)->Arg(500)->Unit(benchmark::kMicrosecond);

/// A day of one town's crowds: does not depend on how many live there.
void crowd_step(benchmark::State& bench) {
  const std::string text = fmt::format(R"(interregnum: 1
name: One town
country: XXX
start: 1975-01-01 04:00
places: {{capital: {{population: {}, capital: true, sites: [presidency]}}}}
units: {{guard: {{place: capital, strength: 300, commander: middle}}}}
plot: {{tier: middle, units: [guard], objectives: [presidency]}}
public: {{support: 0.3, protest_before: {}}}
)",
                                       bench.range(0), bench.range(0) / 50);
  Diagnostics diagnostics;
  const World world = compile(read_scenario(text, "bench", {}, diagnostics));
  const Theta theta = default_theta();
  State state(world);
  const Draws draws(1, 0, 0);
  draw_inputs(world, 1, 0, 0, state);
  Country country{world, theta, draws, state};
  start_country(country);
  for (auto _ : bench) {
    country.hour += 24.0;
    step_crowd(country, 0);
  }
  const PlaceCrowd& place = state.people.places[0];
  bench.counters["out"] = (place.out_against + place.out_for) / place.population;
}
BENCHMARK(crowd_step)->RangeMultiplier(10)->Range(10000, 100000000);

void binomial(benchmark::State& bench) {
  const auto mean = static_cast<double>(bench.range(0));
  double u = 0.1;
  for (auto _ : bench) {
    benchmark::DoNotOptimize(binomial_quantile(1e6, mean / 1e6, u));
    u = u < 0.9 ? u + 0.013 : 0.1;
  }
}
BENCHMARK(binomial)->Arg(1)->Arg(10)->Arg(100)->Arg(10000);

}  // namespace
}  // namespace interregnum
