#pragma once

#include <Eigen/Core>
#include <string>
#include <vector>

#include "model/theta.hpp"

namespace interregnum {

/// Draws of parameters given the record, in chains. Parameters of the model have their keys (`theta.onset.recent`);
/// others are those of the fit alone (how often the record is wrong, how countries differ).
struct Posterior {
  std::vector<std::string> names;
  std::vector<Eigen::MatrixXd> chains;           ///< each draws by names, in the parameters' own units
  std::vector<Eigen::VectorXd> log_likelihoods;  ///< of each chain's draws
  std::vector<int> left_out;                     ///< countries, by their codes, of which the fit saw nothing

  Eigen::Index draws() const { return chains.empty() ? 0 : chains.front().rows(); }
  /// Draws of one parameter: draws by chains.
  Eigen::MatrixXd of(std::size_t name) const;
  /// Its draw number `number`, the chains in turn, as in `thetas_of`.
  double in_turn(std::size_t name, std::size_t number) const;
  /// Position of a name; names.size() if there is none.
  std::size_t find(const std::string& name) const;
};

/// Every so-manieth draw of each chain.
Posterior thinned(const Posterior& posterior, Eigen::Index every);

/// Every draw as parameters of the model, the chains in turn; what the posterior does not hold is as in `base`.
std::vector<Theta> thetas_of(const Posterior& posterior, const Theta& base);

/// One parameter before and after the record.
struct ParameterSummary {
  std::string name;
  double mean = 0.0, sd = 0.0, median = 0.0, low = 0.0, high = 0.0;  ///< given the record, with the 95 % interval
  double prior_median = 0.0, prior_low = 0.0, prior_high = 0.0;
  /// Part of the prior's variance that the record takes away, on the scale on which the prior is standard normal.
  double contraction = 0.0;
  double r_hat = 0.0, sample_size = 0.0;
  /// Whether the record says anything: with a thousand effective draws a contraction of nothing is seen as up to .1.
  bool is_seen() const { return contraction > 0.15; }
};

/// In the order of the names; quantities of the fit alone have no prior here and are left out.
std::vector<ParameterSummary> summarise(const Posterior& posterior);

/// A quantity of the fit alone, or the level of a year, given the record.
struct QuantitySummary {
  std::string name;
  double median = 0.0, low = 0.0, high = 0.0;  ///< with the 95 % interval
};

/// Everything that a posterior holds but the model's parameters, in the order of the names.
std::vector<QuantitySummary> summarise_others(const Posterior& posterior);

}  // namespace interregnum
