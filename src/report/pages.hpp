#pragma once

#include <array>

#include "model/theta_draws.hpp"
#include "report/page_blocks.hpp"

/// Whole pages, one for each command that takes --report. Results come as the JSON that the command prints.
namespace interregnum {

/// A future of one country that a page tells, and what is needed to play it.
struct ToldFuture {
  const Scenario* scenario = nullptr;
  const World* world = nullptr;
  const Theta* theta = nullptr;
  ReplicateId id;
  Until until = Until::horizon;
};

/// A country as `run` played it, and one of its futures to tell; without a run if there was no time for one.
struct PlayedCountry {
  Scenario scenario;
  Block run;
  ReplicateId told;
};

nlohmann::ordered_json run_page(const Block& run, const std::string& answer, const ToldFuture& told,
                                const std::string& outline);
nlohmann::ordered_json comparison_page(const Block& comparison, const std::array<PlayedCountry, 2>& countries,
                                       const ThetaDraws& thetas, const std::string& outline);
nlohmann::ordered_json sweep_page(const Block& sweep, const Scenario& scenario);
nlohmann::ordered_json sensitivity_page(const Block& sensitivity, const Scenario& scenario);
nlohmann::ordered_json claims_page(const Block& claims);

}  // namespace interregnum
