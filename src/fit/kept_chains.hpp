#pragma once

#include <functional>
#include <string>
#include <vector>

#include "fit/elliptical.hpp"
#include "fit/settings.hpp"

namespace interregnum {

/// Chains, each with `kept` draws of so many dimensions on the standard normal scale: those of the piece `name`, else
/// what `make` gives, which is then kept.
std::vector<Chain> kept_chains(const Pieces& pieces, const std::string& name, int kept, Eigen::Index dimensions,
                               const std::function<std::vector<Chain>()>& make);

/// How well they have met.
ChainsSummary summary_of(const std::string& records, const std::string& part, const std::vector<Chain>& chains);

}  // namespace interregnum
