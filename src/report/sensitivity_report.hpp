#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>

#include "analysis/sensitivity.hpp"
#include "report/comparison_report.hpp"

namespace interregnum {

/// One sentence: how much is chance, and what would be worth finding out.
std::string sensitivity_sentence(const PairedDescription& description, const Measure& measure,
                                 const Sensitivity& sensitivity);

std::string sensitivity_text(const PairedDescription& description, const Measure& measure,
                             const Sensitivity& sensitivity, TextStyle style);

/// Keys: docs/json.md.
nlohmann::ordered_json sensitivity_json(const PairedDescription& description, const Measure& measure,
                                        const Sensitivity& sensitivity);

}  // namespace interregnum
