#pragma once

#include <string>
#include <vector>

#include "fit/posterior.hpp"

namespace interregnum {

/// What a command needs of a file of draws.
enum class DrawsNeeded {
  parameters,  ///< the model's
  fit          ///< the quantities of the fit alone too, as scores do (docs/decisions/0012-files-of-draws.md)
};

/// Writes draws as a netCDF classic file, in which every parameter is a table of chains by draws, and so is the log
/// likelihood. Written to a temporary file and renamed.
void write_posterior(const std::string& path, const Posterior& posterior, const std::string& about);

/// Reads such a file, whoever wrote it, and checks all of it: shape, names, bounds. Throws InputError if it is none, if
/// it names what the model does not have, lacks what it needs, or holds values that cannot be.
Posterior read_posterior(const std::string& path, DrawsNeeded needed = DrawsNeeded::parameters);
/// The same of bytes in memory; `name` is for messages.
Posterior parse_posterior(const std::string& name, std::string bytes, DrawsNeeded needed = DrawsNeeded::parameters);

}  // namespace interregnum
