#include "cli/report_options.hpp"

#include "files/new_file.hpp"
#include "study/places.hpp"

namespace interregnum::cli {

void ReportOptions::add_to(CLI::App& command) {
  command.add_option("--report", file, "write a page for a browser to this file (HTML, opens offline)");
}

void ReportOptions::name_files(FileRoles& files) const {
  if (!wanted()) return;
  files.reads_folder(shipped_page(), "the page that reports are written into");
  files.writes(file, "--report");
}

PageTemplate ReportOptions::prepare(bool overwrite, const std::string& country_code) const {
  if (!wanted()) return {};
  require_writable(file, overwrite);
  return load_page_template(shipped_page(), country_code);
}

void ReportOptions::write(const PageTemplate& page_template, const nlohmann::ordered_json& page, bool overwrite) const {
  if (wanted()) write_text_file(file, render_page(page_template, page), overwrite);
}

}  // namespace interregnum::cli
