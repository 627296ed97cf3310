#pragma once

#include <string>
#include <vector>

#include "fit/settings.hpp"

namespace interregnum {

/// The files in a folder that a fit writes or, beginning anew, removes.
std::vector<std::string> files_of_fit_folder(const std::string& folder);

/// A folder in which a fit keeps its finished pieces, each a netCDF classic file that is written to a temporary file
/// and renamed. A folder that belongs to another fit (`what` it is made of differs) is refused, unless `overwrite`,
/// which removes that fit's files.
FitStore open_fit_folder(const std::string& folder, const std::string& what, bool overwrite);

}  // namespace interregnum
