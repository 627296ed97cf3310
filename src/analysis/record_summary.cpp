#include "analysis/record_summary.hpp"

#include <algorithm>

namespace interregnum {

Probability Tally::estimate() const { return exact_interval(static_cast<double>(successes), static_cast<double>(n)); }

RecordExtent extent_of(const Record& record) {
  RecordExtent extent{record.attempts.size(), 0, 0};
  if (record.attempts.empty()) return extent;
  const auto [first, last] =
      std::minmax_element(record.attempts.begin(), record.attempts.end(),
                          [](const Attempt& left, const Attempt& right) { return left.date < right.date; });
  extent.first_year = year_of(first->date);
  extent.last_year = year_of(last->date);
  return extent;
}

RecordSummary summarise(const std::vector<Attempt>& attempts) {
  RecordSummary summary;
  summary.by_rank = {{"cam", {{"combat", {}}, {"elite", {}}}},
                     {"colpus", {{"junior", {}}, {"senior", {}}, {"both", {}}, {"neither", {}}}}};
  for (const Attempt& attempt : attempts) {
    summary.all.add(attempt.succeeded);
    const int year = year_of(attempt.date);
    summary.by_decade[year - year % 10].add(attempt.succeeded);
    if (!attempt.cam_rank.empty()) summary.by_rank["cam"][attempt.cam_rank].add(attempt.succeeded);
    if (const std::string rank = attempt.colpus_rank(); !rank.empty())
      summary.by_rank["colpus"][rank].add(attempt.succeeded);
  }
  return summary;
}

}  // namespace interregnum
