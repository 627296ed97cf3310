#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>

#include "engine/replicate.hpp"
#include "model/events.hpp"
#include "world/world.hpp"

namespace interregnum {

/// One replicate as a dated chronicle: hour, place, event, why, belief of the army.
std::string chronicle_text(const World& world, const RunRecord& record, const std::vector<Event>& events,
                           std::uint64_t seed, Until until);

nlohmann::ordered_json chronicle_json(const World& world, const RunRecord& record, const std::vector<Event>& events,
                                      std::uint64_t seed);

/// How a future ends, in a sentence or two.
std::string verdict_sentence(const RunRecord& record, Until until);

}  // namespace interregnum
