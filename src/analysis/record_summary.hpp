#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <vector>

#include "analysis/intervals.hpp"
#include "record/attempt.hpp"

namespace interregnum {

/// How many there were, and how many of them succeeded.
struct Tally {
  std::uint64_t n = 0;
  std::uint64_t successes = 0;

  void add(bool success) {
    ++n;
    if (success) ++successes;
  }
  /// Share of successes with Clopper & Pearson's 95 % interval, which treats attempts as independent.
  Probability estimate() const;
};

struct RecordSummary {
  Tally all;
  std::map<int, Tally> by_decade;  ///< by its first year
  std::map<std::string, std::map<std::string, Tally>>
      by_rank;  ///< by source, then rank; attempts without one are left out
};

/// How many attempts there are on record, and the years of the first and the last; zeros of none.
struct RecordExtent {
  std::size_t attempts = 0;
  int first_year = 0, last_year = 0;
};
RecordExtent extent_of(const Record& record);

RecordSummary summarise(const std::vector<Attempt>& attempts);

}  // namespace interregnum
