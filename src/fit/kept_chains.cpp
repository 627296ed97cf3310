#include "fit/kept_chains.hpp"

#include <cmath>
#include <limits>

#include "base/extremes.hpp"
#include "fit/convergence.hpp"

namespace interregnum {

std::vector<Chain> kept_chains(const Pieces& pieces, const std::string& name, int kept, Eigen::Index dimensions,
                               const std::function<std::vector<Chain>()>& make) {
  // Draws on the standard normal scale, the log likelihood, evaluations of it a step.
  const PieceForm form{chain_count * kept, dimensions + 2, [dimensions](double value, Eigen::Index column) {
                         constexpr double farthest = 100.0;
                         return column < dimensions ? std::abs(value) <= farthest
                                                    : column == dimensions || value >= 1.0;
                       }};
  const Eigen::MatrixXd packed = pieces.piece(name, form, [&] {
    const std::vector<Chain> chains = make();
    Eigen::MatrixXd rows(chain_count * kept, dimensions + 2);
    for (int chain = 0; chain < chain_count; ++chain) {
      const Chain& of = chains[static_cast<std::size_t>(chain)];
      rows.middleRows(chain * kept, kept) << of.draws, of.log_likelihood,
          Eigen::VectorXd::Constant(kept, of.evaluations);
    }
    return rows;
  });
  std::vector<Chain> chains;
  for (int chain = 0; chain < chain_count; ++chain) {
    const auto rows = packed.middleRows(chain * kept, kept);
    chains.push_back({rows.leftCols(dimensions), rows.col(dimensions), rows(0, dimensions + 1)});
  }
  return chains;
}

ChainsSummary summary_of(const std::string& records, const std::string& part, const std::vector<Chain>& chains) {
  ChainsSummary summary{records, part, 0.0, std::numeric_limits<double>::infinity(), 0.0};
  const Eigen::Index kept = chains.front().draws.rows();
  for (Eigen::Index dimension = 0; dimension < chains.front().draws.cols(); ++dimension) {
    Eigen::MatrixXd draws(kept, static_cast<Eigen::Index>(chains.size()));
    for (std::size_t chain = 0; chain < chains.size(); ++chain)
      draws.col(static_cast<Eigen::Index>(chain)) = chains[chain].draws.col(dimension);
    summary.largest_r_hat = larger(summary.largest_r_hat, r_hat(draws));
    summary.smallest_sample_size = smaller(summary.smallest_sample_size, effective_sample_size(draws));
  }
  for (const Chain& chain : chains) summary.acceptance += 1.0 / chain.evaluations / static_cast<double>(chains.size());
  return summary;
}

}  // namespace interregnum
