#pragma once

#include "report/format.hpp"
#include "report/pages.hpp"
#include "scenario/article_file.hpp"

namespace interregnum {

/// Everything that was found out about an article; results as the JSON of `run`, `compare` and `claims`.
struct ArticleResults {
  const ArticleFile* article = nullptr;
  std::array<PlayedCountry, 2> countries;
  Block comparison, claims;
};

/// Keys: docs/json.md.
nlohmann::ordered_json article_json(const ArticleResults& results, std::uint64_t seed, double seconds,
                                    const std::string& command);
/// `report`: as article_json makes it.
std::string article_text(const Block& report, TextStyle style);
nlohmann::ordered_json article_page(const ArticleResults& results, const Block& report, const std::string& outline);

}  // namespace interregnum
