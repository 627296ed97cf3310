#include "engine/replicate.hpp"

#include "model/seizure/seizure.hpp"

namespace interregnum {

RunRecord run(const World& world, const Theta& theta, const ReplicateId& id, State& scratch) {
  draw_inputs(world, id.seed, id.stream, id.input_draw(), scratch);
  scratch.log.kinds_seen.reset();
  scratch.log.events.clear();
  const Draws draws(id.seed, id.stream, id.replicate);
  const SeizureResult seizure = play_seizure(world, theta.seizure, draws, scratch.inputs, scratch.seizure, scratch.log);

  RunRecord record;
  record.replicate = id.replicate;
  record.input_draw = id.input_draw();
  record.kinds_seen = scratch.log.kinds_seen;
  record.decided_hour = seizure.decided_hour;
  record.taken_hour = seizure.taken_hour;
  record.deaths = seizure.deaths;
  record.steps = static_cast<std::uint32_t>(seizure.events);
  record.tier = static_cast<std::uint8_t>(scratch.inputs[world.tier]);
  record.undecided_at_day_seven = seizure.undecided_at_day_seven;
  record.outcome = seizure.verdict == Verdict::held ? Outcome::in_power : (seizure.taken ? Outcome::reversed : Outcome::failed);
  return record;
}

}  // namespace interregnum
