#include "report/page.hpp"

#include <fmt/format.h>

#include <array>
#include <map>
#include <nlohmann/json.hpp>
#include <stdexcept>

namespace interregnum {

namespace {

std::string escaped(const std::string& text) {
  std::string markup;
  for (const char character : text) {
    switch (character) {
      case '&':
        markup += "&amp;";
        break;
      case '<':
        markup += "&lt;";
        break;
      case '>':
        markup += "&gt;";
        break;
      case '"':
        markup += "&quot;";
        break;
      default:
        markup += character;
    }
  }
  return markup;
}

/// JSON that may stand inside a script element: no `<` in it can end the element.
std::string as_script(const nlohmann::ordered_json& page) {
  std::string text;
  for (const char character : page.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace))
    text += character == '<' ? "\\u003c" : std::string(1, character);
  return text;
}

}  // namespace

std::string render_page(const PageTemplate& page_template, const nlohmann::ordered_json& page) {
  const std::array<std::pair<std::string_view, std::string>, 3> parts{{
      {"__PAGE_TITLE__", escaped(page.at("title").get<std::string>())},
      {"__PAGE_ANSWER__", escaped(page.at("answer").get<std::string>())},
      {"__PAGE_DATA__", as_script(page)},
  }};
  // All are found in the template before any is filled, so that a name which looks like a placeholder is none.
  std::map<std::size_t, std::size_t> where;
  for (std::size_t part = 0; part < parts.size(); ++part) {
    const std::size_t position = page_template.html.find(parts[part].first);
    if (position == std::string::npos) throw std::runtime_error(fmt::format("the page has no {}", parts[part].first));
    where.emplace(position, part);
  }
  std::string html;
  std::size_t from = 0;
  for (const auto& [position, part] : where) {
    html += page_template.html.substr(from, position - from) + parts[part].second;
    from = position + parts[part].first.size();
  }
  return html + page_template.html.substr(from);
}

}  // namespace interregnum
