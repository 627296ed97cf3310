#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>

#include "study/told_future.hpp"

namespace interregnum {

/// One replicate as a dated chronicle: hour, place, event, why, belief of the army.
std::string chronicle_text(const ToldFuture& told, std::uint64_t seed);

nlohmann::ordered_json chronicle_json(const ToldFuture& told, std::uint64_t seed);

/// How a future ends, in a sentence or two.
std::string verdict_sentence(const RunRecord& record, Until until);

}  // namespace interregnum
