#include "fit/posterior_draws.hpp"

#include "fit/likelihoods.hpp"

namespace interregnum {

std::vector<std::string> PosteriorDraws::names() const {
  std::vector<std::string> names;
  for (Eigen::Index position = 0; position < parameters_.size(); ++position)
    names.push_back(parameters_.entry(position).key);
  for (const FitQuantity& quantity : fit_quantities) names.emplace_back(quantity.name);
  for (const std::string_view part : {seizure_part, onset_part}) {
    for (int year = first_year_of_walks; year <= walk_.last(); ++year) names.push_back(year_level_name(part, year));
  }
  return names;
}

Eigen::RowVectorXd PosteriorDraws::values(const Eigen::VectorXd& parameters,
                                          const Eigen::Ref<const Eigen::VectorXd>& onset,
                                          const Eigen::Ref<const Eigen::VectorXd>& seizure) const {
  const auto quantities = static_cast<Eigen::Index>(fit_quantities.size());
  const Eigen::Index years = walk_.dimensions();
  Eigen::RowVectorXd row(parameters_.size() + quantities + 2 * years);
  for (Eigen::Index position = 0; position < parameters_.size(); ++position)
    row(position) = parameters_.value(position, parameters(position));
  const Eigen::VectorXd of_seizure = seizure.segment(1, years), of_onset = onset.segment(1, years);
  // In the order of fit_quantities.
  row.segment(parameters_.size(), quantities) << misclassified_at(seizure(0)), country_variance_at(onset(0)),
      YearWalk::step(of_seizure), YearWalk::step(of_onset);
  row.tail(2 * years) << walk_.levels(of_seizure).transpose(), walk_.levels(of_onset).transpose();
  return row;
}

}  // namespace interregnum
