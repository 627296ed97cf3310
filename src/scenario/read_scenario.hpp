#pragma once

#include <functional>
#include <string>
#include <vector>

#include "base/diagnostics.hpp"
#include "scenario/overrides.hpp"
#include "scenario/reader.hpp"
#include "scenario/scenario.hpp"

namespace interregnum {

/// Reads and checks a country file given as text. All problems go to `diagnostics`, sorted by position; the result is
/// usable only if there are no errors.
Scenario read_scenario(const std::string& text, const std::string& file_name, const std::vector<Override>& overrides,
                       Diagnostics& diagnostics);

/// Gives the text of a file that another file names, by its path; from a disk (scenario/files.hpp), or from wherever
/// texts are held. Why there is none goes to the diagnostics.
using TextOf = std::function<std::string(const std::string& path, Diagnostics& diagnostics)>;

/// The document in the text of a file of another kind, which begins with the key `header`; throws InputError. `kind`:
/// "a claim file".
DocumentNode headed_document(const std::string& text, const std::string& path, const char* header, const char* kind);

/// Reports citations of unknown sources, and numbers without a source.
void check_citations(const std::vector<Source>& sources, const ReadingNotes& notes, Diagnostics& diagnostics);

/// Throws InputError with the errors, if there are any; warnings are dropped.
void throw_if_errors(const Diagnostics& diagnostics);

}  // namespace interregnum
