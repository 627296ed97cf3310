#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>

#include "analysis/claims.hpp"
#include "report/comparison_report.hpp"

namespace interregnum {

/// How people call a claim: its id in capitals.
std::string claim_label(std::string id);

/// "supported", "the record cannot tell": a verdict as people say it; `of_record` says whose it is.
std::string verdict_words(ClaimVerdict verdict, bool of_record);

/// One sentence: how many claims are supported by the model, how many by the record.
std::string claims_sentence(const ClaimResults& results);

std::string claims_text(const PairedDescription& description, const ClaimResults& results, TextStyle style);

/// Keys: docs/json.md.
nlohmann::ordered_json claims_json(const PairedDescription& description, const ClaimFile& file,
                                   const ClaimResults& results);

}  // namespace interregnum
