#include "scoring/stacking.hpp"

#include <algorithm>
#include <cmath>

#include "base/math.hpp"

namespace interregnum {

namespace {

constexpr int weights = 99;  // .01 to .99

double weight_at(std::size_t place) { return static_cast<double>(place + 1) / (weights + 1); }

}  // namespace

Stacking::Stacking(double cut) : cut_(cut) {
  constexpr double shape = 5.0;
  for (std::size_t place = 0; place < weights; ++place)
    log_beliefs_.push_back((shape - 1.0) * (std::log(weight_at(place)) + std::log1p(-weight_at(place))));
}

double Stacking::at(double weight, double first, double second) const {
  const auto log_odds = [this](double chance) {
    const double kept = std::clamp(chance, cut_, 1.0 - cut_);
    return std::log(kept) - std::log1p(-kept);
  };
  return logistic(weight * log_odds(first) + (1.0 - weight) * log_odds(second));
}

double Stacking::weight() const {
  const double best = *std::max_element(log_beliefs_.begin(), log_beliefs_.end());
  double sum = 0.0;
  double mean = 0.0;
  for (std::size_t place = 0; place < weights; ++place) {
    const double belief = std::exp(log_beliefs_[place] - best);
    sum += belief;
    mean += belief * weight_at(place);
  }
  return mean / sum;
}

void Stacking::learn(double first, double second, bool happened) {
  for (std::size_t place = 0; place < weights; ++place) {
    const double chance = at(weight_at(place), first, second);
    log_beliefs_[place] += happened ? std::log(chance) : std::log1p(-chance);
  }
}

}  // namespace interregnum
