#pragma once

#include <Eigen/Core>

namespace interregnum {

/// Rank-normalised split R-hat of one quantity, the larger of that of its bulk and that of its tails; near 1 if chains
/// agree. Not a number for a quantity that does not vary. Rows are draws, columns are chains. Vehtari, Gelman, Simpson,
/// Carpenter & Bürkner 2021.
double r_hat(const Eigen::MatrixXd& draws);

/// Effective sample size of the bulk, from rank-normalised split chains (the same, and Geyer 1992 for where to cut the
/// autocorrelations off).
double effective_sample_size(const Eigen::MatrixXd& draws);

}  // namespace interregnum
