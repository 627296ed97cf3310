#pragma once

#include <array>

#include "report/page_blocks.hpp"

/// Whole pages, one for each command that takes --report. Results come as the JSON that the command prints.
namespace interregnum {

/// A country as `run` played it, and one of its futures; without a run if there was no time for one.
struct PlayedCountry {
  Scenario scenario;
  Block run;
  ToldFuture told;
};

nlohmann::ordered_json run_page(const Block& run, const std::string& answer, const Scenario& scenario,
                                const ToldFuture& told, const std::string& outline);
nlohmann::ordered_json comparison_page(const Block& comparison, const std::array<PlayedCountry, 2>& countries,
                                       const std::string& outline);
nlohmann::ordered_json sweep_page(const Block& sweep, const Scenario& scenario);
nlohmann::ordered_json sensitivity_page(const Block& sensitivity, const Scenario& scenario);
nlohmann::ordered_json claims_page(const Block& claims);

}  // namespace interregnum
