#pragma once

#include <CLI/CLI.hpp>
#include <nlohmann/json_fwd.hpp>
#include <string>

#include "files/roles.hpp"
#include "report/page.hpp"

namespace interregnum::cli {

/// Whether a result is also written as a page that a browser opens, and where.
struct ReportOptions {
  std::string file;

  void add_to(CLI::App& command);
  /// Says which file is written, and which are read for it.
  void name_files(FileRoles& files) const;
  bool wanted() const { return !file.empty(); }
  /// The page that a report is written into, with the country's outline if it has a map; asked before any work, so
  /// that none is lost for a wrong path. Throws InputError.
  PageTemplate prepare(bool overwrite, const std::string& country_code = "") const;
  void write(const PageTemplate& page_template, const nlohmann::ordered_json& page, bool overwrite) const;
};

}  // namespace interregnum::cli
