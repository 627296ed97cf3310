#pragma once

#include <string>

namespace interregnum {

/// The page that results are written into, and the outline of one country for its maps.
struct PageTemplate {
  std::string html;
  std::string outline;  ///< GeoJSON shapes of the country and its neighbours; empty if the atlas has none
};

/// Reads what `page/build.mjs` made. Throws InputError if it is not in `folder`.
PageTemplate load_page_template(const std::string& folder, const std::string& country_code);

}  // namespace interregnum
