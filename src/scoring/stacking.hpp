#pragma once

#include <vector>

namespace interregnum {

/// Two ways of forecasting put together: a mean of their log odds, whose weights are learnt from the forecasts that
/// were made before and what happened (stacking; Wolpert 1992, Yao et al. 2018). The weight of the first is the mean of
/// what is believed of it; before any forecast that is a beta distribution with parameters 5 and 5, so that the two
/// count the same until some tens of outcomes say otherwise.
class Stacking {
 public:
  /// Chances are kept `cut` from 0 and 1.
  explicit Stacking(double cut);

  double weight() const;
  double stacked(double first, double second) const { return at(weight(), first, second); }
  /// To be told after the forecast was made.
  void learn(double first, double second, bool happened);

 private:
  double at(double weight, double first, double second) const;

  double cut_;
  std::vector<double> log_beliefs_;  ///< over a grid of weights
};

}  // namespace interregnum
