#include "study/page_template.hpp"

#include <fmt/format.h>

#include <filesystem>
#include <system_error>

#include "base/diagnostics.hpp"
#include "files/read_file.hpp"

namespace interregnum {

namespace {

/// Empty if there is no such file.
std::string text_of(const std::filesystem::path& path) {
  std::error_code error;
  return std::filesystem::is_regular_file(path, error) ? read_file(path.string()) : "";
}

}  // namespace

PageTemplate load_page_template(const std::string& folder, const std::string& country_code) {
  const std::filesystem::path root(folder);
  PageTemplate page{text_of(root / "page.html"), text_of(root / "outlines" / (country_code + ".json"))};
  if (page.html.empty())
    throw InputError(
        fmt::format("{}: the page that reports are written into is not there (`make page` builds it)", folder));
  return page;
}

}  // namespace interregnum
