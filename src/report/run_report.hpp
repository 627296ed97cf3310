#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>
#include <vector>

#include "report/format.hpp"
#include "study/run.hpp"

namespace interregnum {

/// The answer in one sentence.
std::string run_sentence(const RunDescription& description, const OutcomeSummary& summary);

/// The table a person reads first, then what happened most often on the way.
std::string run_text(const RunDescription& description, const OutcomeSummary& summary, TextStyle style);

/// The same for programs; the keys are documented in docs/json.md. Only `seconds`, `threads`, `started` and `command`
/// may differ between two runs of the same scenario and seed.
nlohmann::ordered_json run_json(const RunDescription& description, const OutcomeSummary& summary);

/// `4 h`, `2.5 days`.
std::string duration_text(double hours);

}  // namespace interregnum
