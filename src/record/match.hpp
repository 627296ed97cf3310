#pragma once

#include <map>
#include <string>
#include <vector>

#include "record/attempt.hpp"
#include "record/datasets.hpp"

namespace interregnum {

/// What matched and what did not, and how far each dataset goes.
struct MatchReport {
  struct OfDataset {
    std::size_t rows = 0;
    std::size_t matched = 0;
    std::chrono::sys_days until{};       ///< the last day that the rows cover
    std::vector<std::string> unmatched;  ///< country code, date and line, within the years of the attempts
    std::vector<std::string> no_state;   ///< rows under a code that no state had on their day, written the same way
  };
  std::map<std::string, OfDataset> datasets;
  std::vector<std::string> outcome_disagreements;  ///< attempt, and what the sources say
  std::vector<std::string> rank_disagreements;
};

/// Most days by which two sources may date the same attempt differently.
inline constexpr int days_apart = 7;

/// The attempts of `record` anew from what was imported: Powell & Thyne's rows, if there are any, say which attempts
/// there were; the others add what they know to the attempt of their country nearest in time, each row to one attempt
/// and each attempt from one row. What no imported dataset says stays as it was. The record ends where Powell & Thyne's
/// rows do, be that earlier or later than before; spells of leaders are cut where Archigos ends.
MatchReport rebuild(Record& record, const Imports& imports);

}  // namespace interregnum
