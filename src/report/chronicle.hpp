#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>

#include "engine/run_record.hpp"
#include "model/events.hpp"
#include "world/world.hpp"

namespace interregnum {

/// One event as a sentence, without date.
std::string event_sentence(const World& world, const Event& event);

/// Name of the place where an event happened; empty if it was in no particular one.
std::string event_place(const World& world, const Event& event);

/// Name of who acted; empty if nobody in particular.
std::string event_actor(const World& world, const Event& event);

/// `broadcaster`, or empty.
std::string event_site(const World& world, const Event& event);

/// One replicate as a dated timeline: hour, place, event, belief of the army.
std::string chronicle_text(const World& world, const RunRecord& record, const std::vector<Event>& events,
                           std::uint64_t seed);

nlohmann::ordered_json chronicle_json(const World& world, const RunRecord& record, const std::vector<Event>& events,
                                      std::uint64_t seed);

}  // namespace interregnum
