#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>

#include "study/page_template.hpp"

namespace interregnum {

/// One self-contained HTML file with the data in it. Whatever the strings of `page` hold, none of it becomes markup.
std::string render_page(const PageTemplate& page_template, const nlohmann::ordered_json& page);

}  // namespace interregnum
