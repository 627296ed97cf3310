#include "record/success_shares.hpp"

#include <limits>

namespace interregnum {

double SuccessShares::Successes::of_successes() const {
  return number > 0 ? successes / number : std::numeric_limits<double>::quiet_NaN();
}

SuccessShares::SuccessShares(const std::vector<Attempt>& attempts, const std::vector<bool>& train) {
  for (std::size_t index = 0; index < attempts.size(); ++index) {
    if (!train[index]) continue;
    const Attempt& attempt = attempts[index];
    const auto add = [&attempt](Successes& share) {
      share.successes += attempt.succeeded ? 1.0 : 0.0;
      share.number += 1.0;
    };
    add(all_);
    if (attempt.cam_rank.empty()) continue;
    const bool elite = attempt.cam_rank == "elite";
    add(by_rank_[elite ? 1 : 0]);
    for (Ranks* ranks : {&ranks_, &ranks_by_colpus_[attempt.colpus_rank()]}) {
      ranks->number += 1.0;
      ranks->elite += elite ? 1.0 : 0.0;
    }
  }
}

double SuccessShares::by_rank(const Attempt& attempt) const {
  if (!(ranks_.number > 0)) return base_rate();
  const auto of = [this](std::size_t rank) {
    return by_rank_[rank].number > 0 ? by_rank_[rank].of_successes() : base_rate();
  };
  const double elite = chance_of_elite(attempt);
  return elite * of(1) + (1.0 - elite) * of(0);
}

double SuccessShares::chance_of_elite(const Attempt& attempt) const {
  if (!attempt.cam_rank.empty()) return attempt.cam_rank == "elite" ? 1.0 : 0.0;
  const double overall = ranks_.number > 0 ? ranks_.elite / ranks_.number : 0.5;
  const auto found = ranks_by_colpus_.find(attempt.colpus_rank());
  if (attempt.colpus_rank().empty() || found == ranks_by_colpus_.end()) return overall;
  return (found->second.elite + overall) / (found->second.number + 1.0);  // one attempt's worth of the overall share
}

}  // namespace interregnum
