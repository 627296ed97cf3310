#include "cli/theta_options.hpp"

#include "study/places.hpp"

namespace interregnum::cli {

CLI::Option* ThetaOptions::add_to(CLI::App& command) {
  return command.add_option(
      "--theta", source,
      "parameters: default (one set of values), prior (draws from the priors), or a file of draws, as of "
      "`fit` (default: the one that ships, fitted to the record that ships)");
}

void ThetaOptions::name_files(FileRoles& files) const {
  if (source != "default" && source != "prior") files.reads(source, "the draws of --theta");
  files.reads_folder(shipped_data(), "the data that ship with the program");
}

}  // namespace interregnum::cli
