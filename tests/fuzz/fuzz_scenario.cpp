// libFuzzer target: any bytes must end in problems that are reported or in a country that can be run, never in a crash,
// a hang or a leak.
#include <algorithm>
#include <cmath>
#include <cstdint>
#include <cstdlib>
#include <string>

#include "engine/replicate.hpp"
#include "scenario/read_scenario.hpp"
#include "world/world.hpp"

namespace {

// Larger countries are allowed, but would make the fuzzer spend its time in the simulation instead of the reader.
constexpr std::size_t most_actors = 64;
constexpr std::size_t most_places = 64;

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace interregnum;
  static const Theta theta = default_theta();
  const std::string text(reinterpret_cast<const char*>(data), size);
  Diagnostics diagnostics;
  const Scenario scenario = read_scenario(text, "fuzz", {}, diagnostics);
  for (const Diagnostic& problem : diagnostics.list()) {
    // A message says something, on one line, and holds nothing that a terminal would act on.
    const std::string message = to_text(problem);
    const auto unfit = [](unsigned char byte) { return byte < 0x20 && byte != '\t'; };
    if (problem.problem.empty() || std::any_of(message.begin(), message.end(), unfit)) std::abort();
  }
  if (diagnostics.has_errors()) return 0;
  if (scenario.units.size() + scenario.commands.size() > most_actors || scenario.places.size() > most_places) return 0;
  const World world = compile(scenario);
  State state(world);
  state.log.keep_events = true;
  for (std::uint64_t replicate = 0; replicate < 2; ++replicate) {
    const RunRecord record = run(world, theta, {1, 0, replicate}, state);
    // What reports print: no impossible time, no negative deaths (NaN fails both).
    const bool attempted = record.outcome != Outcome::no_attempt;
    if (attempted && !(record.decided_hour >= 0.0)) std::abort();
    if (!(record.ended_hour >= 0.0) || !(record.deaths >= 0.0) || !(record.peak_lost <= 1.0)) std::abort();
    for (const Event& event : state.log.events) {
      // Only an attempt has a belief.
      const bool belief_is_fit =
          event.kind >= first_stepped_event ? std::isnan(event.belief) : event.belief >= 0.0 && event.belief <= 1.0;
      if (!(event.hour >= 0.0) || !belief_is_fit || !(event.amount >= 0.0)) std::abort();
    }
  }
  return 0;
}
