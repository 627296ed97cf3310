#include "fit/convergence.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>
#include <vector>

#include "base/distribution.hpp"
#include "base/extremes.hpp"

namespace interregnum {

namespace {

/// First and second half of each chain as chains of their own; of an odd number the middle draw is left out.
Eigen::MatrixXd split(const Eigen::MatrixXd& draws) {
  const Eigen::Index half = draws.rows() / 2;
  Eigen::MatrixXd halves(half, 2 * draws.cols());
  halves << draws.topRows(half), draws.bottomRows(half);
  return halves;
}

/// Ranks over all chains (ties share their mean), as normal quantiles (Blom's offset).
Eigen::MatrixXd rank_normalised(const Eigen::MatrixXd& draws) {
  const auto count = static_cast<std::size_t>(draws.size());
  std::vector<std::size_t> order(count);
  std::iota(order.begin(), order.end(), 0);
  const double* values = draws.data();
  std::stable_sort(order.begin(), order.end(),
                   [values](std::size_t left, std::size_t right) { return values[left] < values[right]; });
  Eigen::MatrixXd normal(draws.rows(), draws.cols());
  for (std::size_t from = 0; from < count;) {
    std::size_t to = from;
    while (to < count && values[order[to]] == values[order[from]]) ++to;
    const double rank = 0.5 * static_cast<double>(from + 1 + to);
    const double quantile = normal_quantile((rank - 0.375) / (static_cast<double>(count) + 0.25));
    for (; from < to; ++from) normal.data()[order[from]] = quantile;
  }
  return normal;
}

struct Variances {
  double within, total;
};

Variances variances_of(const Eigen::MatrixXd& chains) {
  const auto length = static_cast<double>(chains.rows());
  const auto number = static_cast<double>(chains.cols());
  const Eigen::RowVectorXd means = chains.colwise().mean();
  const double within = (chains.rowwise() - means).colwise().squaredNorm().sum() / (length - 1.0) / number;
  const double between = (means.array() - means.mean()).matrix().squaredNorm() / (number - 1.0);
  return {within, within * (length - 1.0) / length + between};
}

double plain_r_hat(const Eigen::MatrixXd& chains) {
  const Variances variances = variances_of(chains);
  return std::sqrt(variances.total / variances.within);
}

bool varies(const Eigen::MatrixXd& draws) { return draws.allFinite() && draws.maxCoeff() > draws.minCoeff(); }

}  // namespace

double r_hat(const Eigen::MatrixXd& draws) {
  if (draws.rows() < 4 || !varies(draws)) return std::numeric_limits<double>::quiet_NaN();
  const Eigen::MatrixXd halves = split(draws);
  std::vector<double> sorted(halves.data(), halves.data() + halves.size());
  std::sort(sorted.begin(), sorted.end());
  const std::size_t middle = sorted.size() / 2;
  const double median = sorted.size() % 2 == 1 ? sorted[middle] : 0.5 * (sorted[middle - 1] + sorted[middle]);
  const Eigen::MatrixXd folded = (halves.array() - median).abs();
  return larger(plain_r_hat(rank_normalised(halves)), plain_r_hat(rank_normalised(folded)));
}

double effective_sample_size(const Eigen::MatrixXd& draws) {
  if (draws.rows() < 4 || !varies(draws)) return std::numeric_limits<double>::quiet_NaN();
  const Eigen::MatrixXd chains = rank_normalised(split(draws));
  const Eigen::Index length = chains.rows();
  const Variances variances = variances_of(chains);
  const Eigen::MatrixXd centred = chains.rowwise() - chains.colwise().mean();
  // Autocovariances with 1/n, as in the paper.
  const auto correlation = [&](Eigen::Index lag) {
    double covariance = 0;
    for (Eigen::Index chain = 0; chain < centred.cols(); ++chain)
      covariance += centred.col(chain).head(length - lag).dot(centred.col(chain).tail(length - lag));
    covariance /= static_cast<double>(length * centred.cols());
    return 1.0 - (variances.within - covariance) / variances.total;
  };
  // Geyer's initial monotone sequence: sums of neighbours fall, and end where one is not positive.
  std::vector<double> pairs;
  double even = 1.0;
  double odd = correlation(1);
  double last_even = 0.0;
  for (Eigen::Index lag = 0;; lag += 2) {
    if (!(even + odd > 0) || lag + 4 >= length) {
      last_even = even;
      break;
    }
    pairs.push_back(pairs.empty() ? even + odd : std::min(even + odd, pairs.back()));
    even = correlation(lag + 2);
    odd = correlation(lag + 3);
  }
  const double sum = std::accumulate(pairs.begin(), pairs.end(), 0.0);
  const auto count = static_cast<double>(chains.size());
  const double time = std::max(-1.0 + 2.0 * sum + std::max(0.0, last_even), 1.0 / std::log10(count));
  return count / time;
}

}  // namespace interregnum
