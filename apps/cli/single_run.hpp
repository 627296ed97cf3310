#pragma once

#include <array>
#include <span>

#include "analysis/outcomes.hpp"
#include "cli/theta_options.hpp"
#include "report/run_report.hpp"
#include "scenario/scenario.hpp"

namespace interregnum::cli {

/// The first future of each outcome, so that a page can tell one of the most frequent.
class FirstOfEach {
 public:
  FirstOfEach();
  void add(std::span<const RunRecord> records);
  std::uint64_t of_most_frequent() const;

 private:
  std::array<std::uint64_t, outcome_count> first_{}, number_{};
};

/// An ensemble of one country, as `run` makes it.
struct SingleRun {
  RunDescription description;
  OutcomeSummary summary;
  FirstOfEach first;
};

/// The description of the country in a report of a run.
RunDescription describe_run(const Scenario& scenario, std::uint64_t wanted, std::uint64_t seed, int threads,
                            Until until);

/// Runs a country to its horizon; ends early when Ctrl-C was pressed.
SingleRun run_once(const Scenario& scenario, const Parameters& parameters, std::uint64_t replicates, std::uint64_t seed,
                   int threads);

}  // namespace interregnum::cli
