#pragma once

#include <string>
#include <vector>

#include "base/diagnostics.hpp"
#include "scenario/article_file.hpp"
#include "scenario/claim_file.hpp"
#include "scenario/read_scenario.hpp"

// Country, claim and article files from a disk. The functions that read their text need none (read_scenario.hpp).
namespace interregnum {

/// As read_scenario, from a file; a file that cannot be read is a diagnostic too.
Scenario read_scenario_file(const std::string& path, const std::vector<Override>& overrides, Diagnostics& diagnostics);

/// The same, for callers that want a usable scenario or an InputError with every problem in it. Warnings are dropped.
Scenario load_scenario(const std::string& path, const std::vector<Override>& overrides = {});

/// The text of a file that is to be parsed; why it cannot be read goes to `diagnostics`.
std::string read_document_file(const std::string& path, Diagnostics& diagnostics);

/// The same, throwing InputError.
std::string load_document_text(const std::string& path);

/// As read_article and read_claims, from a file.
ArticleFile load_article(const std::string& path);
ClaimFile load_claims(const std::string& path);

}  // namespace interregnum
