#pragma once

#include <string>
#include <vector>

#include "fit/bank.hpp"
#include "fit/year_walk.hpp"

namespace interregnum {

/// The columns of a posterior: parameters of the model, quantities of the fit alone, levels of the years.
class PosteriorDraws {
 public:
  PosteriorDraws(const FreeParameters& parameters, const YearWalk& walk) : parameters_(parameters), walk_(walk) {}

  std::vector<std::string> names() const;
  /// Of one draw, in that order, all from the standard normal scale. `onset` and `seizure`: what a draw of these
  /// parts' chains holds behind their parameters (the variance between countries, or the share of outcomes coded
  /// wrongly; then the walk; anything after that is passed over).
  Eigen::RowVectorXd values(const Eigen::VectorXd& parameters, const Eigen::Ref<const Eigen::VectorXd>& onset,
                            const Eigen::Ref<const Eigen::VectorXd>& seizure) const;

 private:
  const FreeParameters& parameters_;
  YearWalk walk_;
};

}  // namespace interregnum
