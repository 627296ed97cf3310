#pragma once

#include <optional>
#include <string>
#include <vector>

#include "analysis/fit/fit.hpp"
#include "analysis/fit/posterior.hpp"

namespace interregnum {

/// Writes draws as netCDF that ArviZ opens: a group `posterior`, in which every parameter is a table of chains by
/// draws, and a group `sample_stats` with the log likelihood. Written to a temporary file and renamed.
void write_posterior(const std::string& path, const Posterior& posterior, const std::string& about);

/// Reads such a file; throws InputError if it is none, or if it names parameters that the model does not have, or
/// values that it does not take.
Posterior read_posterior(const std::string& path);

/// The files in a folder that a fit writes or, beginning anew, removes.
std::vector<std::string> files_of_fit_folder(const std::string& folder);

/// A folder in which a fit keeps its finished pieces, each written to a temporary file and renamed. A folder that
/// belongs to another fit (`what` it is made of differs) is refused, unless `overwrite`, which removes that fit's
/// files.
FitStore open_fit_folder(const std::string& folder, const std::string& what, bool overwrite);

}  // namespace interregnum
