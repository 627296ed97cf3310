#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "scenario/scenario.hpp"
#include "study/told_future.hpp"

/// The parts that pages are put together from, as page/src draws them. Figures are taken over from the JSON that the
/// commands print, so that a page cannot say anything else.
namespace interregnum {

using Block = nlohmann::ordered_json;

Block text_block(const std::string& heading, const std::vector<std::string>& paragraphs);

/// `run`: as run_json makes it.
Block outcomes_block(const Block& run, const std::string& heading);

/// Survival after the seizure in one or more runs.
Block survival_block(const std::vector<Block>& runs);

/// The country, and one future of it told step by step. `outline`: as PageTemplate has it.
Block map_block(const Scenario& scenario, const ToldFuture& told, const std::string& outline);

/// `comparison`: as comparison_json makes it.
Block waterfall_block(const Block& comparison);

/// `claims`: as claims_json makes it.
Block claims_block(const Block& claims);

/// The works that a country file cites, and every value with where it comes from.
Block sources_block(const Scenario& scenario);
Block values_block(Scenario scenario);

Block reproduce_block(const Block& result);

}  // namespace interregnum
