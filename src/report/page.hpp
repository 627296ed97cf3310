#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>

namespace interregnum {

/// The page that results are written into, and the outline of one country for its maps.
struct PageTemplate {
  std::string html;
  std::string outline;  ///< GeoJSON shapes of the country and its neighbours; empty if the atlas has none
};

/// Reads what `page/build.mjs` made. Throws InputError if it is not in `folder`.
PageTemplate load_page_template(const std::string& folder, const std::string& country_code);

/// One self-contained HTML file with the data in it. Whatever the strings of `page` hold, none of it becomes markup.
std::string render_page(const PageTemplate& page_template, const nlohmann::ordered_json& page);

}  // namespace interregnum
