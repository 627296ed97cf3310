#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>

#include "scoring/scoring.hpp"

namespace interregnum {

// Scores of forecasts, as a text for people and as JSON for programs (docs/json.md).

/// `{value, low, high}`; null where a number cannot be told.
nlohmann::ordered_json difference_json(const ScoreDifference& difference);

std::string score_text(const RecordScores& scores);
nlohmann::ordered_json score_json(const RecordScores& scores);

std::string attempt_scores_text(const AttemptScores& scores);
nlohmann::ordered_json attempt_scores_json(const AttemptScores& scores);

std::string onset_scores_text(const OnsetScores& scores);
nlohmann::ordered_json months_scores_json(const OnsetScores& scores);

}  // namespace interregnum
