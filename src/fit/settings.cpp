#include "fit/settings.hpp"

#include <fmt/format.h>

#include <cmath>

#include "base/diagnostics.hpp"

namespace interregnum {

void check_piece(const std::string& name, const Eigen::MatrixXd& content, const PieceForm& form) {
  constexpr const char* advice = "delete it and run the fit again";
  if (content.rows() != form.rows || content.cols() != form.columns)
    throw InputError(fmt::format("{}.nc: is a table of {} by {} where this fit has {} by {} ({})", name, content.rows(),
                                 content.cols(), form.rows, form.columns, advice));
  for (Eigen::Index column = 0; column < content.cols(); ++column) {
    for (Eigen::Index row = 0; row < content.rows(); ++row) {
      const double value = content(row, column);
      if (!std::isfinite(value) || !form.holds(value, column))
        throw InputError(
            fmt::format("{}.nc: {:g} cannot stand in row {}, column {} ({})", name, value, row, column, advice));
    }
  }
}

}  // namespace interregnum
