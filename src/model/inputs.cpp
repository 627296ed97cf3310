#include "model/state.hpp"

namespace interregnum {

State::State(const World& world)
    : seizure(world), people(world), blocs(world), war(world), patrons(world), onset(world) {
  inputs.reserve(world.inputs.size());
  for (const Input& input : world.inputs) inputs.push_back(input.distribution.mean());
}

void draw_inputs(const World& world, std::uint64_t seed, std::uint64_t stream, std::uint64_t input_draw, State& state) {
  if (state.drawn_for_seed == seed && state.drawn_for_stream == stream && state.drawn_for_input_draw == input_draw)
    return;
  const Draws draws(seed, stream, input_draw);
  for (const InputIndex index : world.uncertain_inputs) {
    const Input& input = world.inputs[index];
    state.inputs[index] = input.distribution.quantile(draws.uniform(DrawPurpose::scenario_input, input.key_hash));
  }
  state.drawn_for_seed = seed;
  state.drawn_for_stream = stream;
  state.drawn_for_input_draw = input_draw;
}

}  // namespace interregnum
