#pragma once

#include <string>

#include "fit/settings.hpp"
#include "record/attempt.hpp"

namespace interregnum::cli {

// Parts that `fit` and `score --forward --again` share.

inline constexpr std::uint64_t fewest_draws_of_bank = 64;

/// The settings on which a folder's pieces depend: a fit with other settings must not go on there.
std::string description_of_fit(const Record& record, const FitSettings& settings);

/// Progress on terminals, a line for each part's chains, and Ctrl-C.
FitCallbacks fit_callbacks();

}  // namespace interregnum::cli
