#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>
#include <vector>

#include "analysis/record_summary.hpp"
#include "record/match.hpp"
#include "scoring/validation.hpp"

namespace interregnum {

// Each result as a text for people and as JSON for programs, whose keys docs/json.md documents.

std::string record_summary_text(const RecordSummary& summary, std::chrono::sys_days until);
nlohmann::ordered_json record_summary_json(const RecordSummary& summary, std::chrono::sys_days until);

std::string country_record_text(const SovereignState& country, const std::vector<Attempt>& attempts);
nlohmann::ordered_json country_record_json(const SovereignState& country, const std::vector<Attempt>& attempts);

nlohmann::ordered_json attempts_json(const std::vector<Attempt>& attempts);

std::string match_text(const MatchReport& report, const Record& record);
nlohmann::ordered_json match_json(const MatchReport& report, const Record& record);

std::string validation_text(const Validation& validation);
nlohmann::ordered_json validation_json(const Validation& validation, const ValidationSettings& settings,
                                       const std::string& theta);

}  // namespace interregnum
