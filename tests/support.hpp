#pragma once

#include <string>
#include <vector>

#include "engine/replicate.hpp"
#include "scenario/read_scenario.hpp"
#include "world/world.hpp"

namespace interregnum::test {

/// A small country: a capital with presidency, broadcaster and headquarters, a town 20 km away with an armoury, another
/// 300 km away; one plotting unit in the town, a guard at the presidency, units in capital and provinces. `changes` are
/// `key=value` as for --set.
std::string small_country();

/// Reads it and fails the test with all problems if there are errors.
Scenario scenario_of(const std::string& text, const std::vector<std::string>& changes = {});
World world_of(const std::string& text, const std::vector<std::string>& changes = {});

/// The problems of a text, one a line, as `interregnum check` would print them.
std::string problems_of(const std::string& text);

/// Default parameters with changes such as `momentum=0` (of the seizure).
Theta theta_with(const std::vector<std::string>& changes = {});

/// The records of replicates 0 … count-1.
std::vector<RunRecord> records_of(const World& world, const Theta& theta, std::uint64_t count, std::uint64_t seed = 1,
                                  Until until = Until::horizon);
/// The same, played until the seizure is decided.
std::vector<RunRecord> seizures_of(const World& world, const Theta& theta, std::uint64_t count);

/// That two records are the same to the bit; field by field, for there may be padding between them.
void expect_same(const RunRecord& left, const RunRecord& right);

double share_seized(const std::vector<RunRecord>& records);

/// Mean and standard error of a paired difference in seizure, second less first; pairs that share a draw of the inputs
/// count as one observation.
struct PairedDifference {
  double mean;
  double standard_error;
};
PairedDifference paired_difference(const std::vector<RunRecord>& first, const std::vector<RunRecord>& second);

}  // namespace interregnum::test
