#pragma once

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

/// The same from a file; a file that cannot be read is a diagnostic too.
Scenario read_scenario_file(const std::string& path, const std::vector<Override>& overrides, Diagnostics& diagnostics);

/// The same, for callers that want a usable scenario or an InputError with every problem in it. Warnings are dropped.
Scenario load_scenario(const std::string& path, const std::vector<Override>& overrides = {});

/// The text of a file that is to be parsed; why it cannot be read goes to `diagnostics`.
std::string read_document_file(const std::string& path, Diagnostics& diagnostics);

/// The same, throwing InputError.
std::string load_document_text(const std::string& path);

/// The document in the text of a file of another kind, which begins with the key `header`; throws InputError. `kind`:
/// "a claim file".
DocumentNode headed_document(const std::string& text, const std::string& path, const char* header, const char* kind);

/// Reports citations of unknown sources, and numbers without a source.
void check_citations(const std::vector<Source>& sources, const ReadingNotes& notes, Diagnostics& diagnostics);

/// Throws InputError with the errors, if there are any; warnings are dropped.
void throw_if_errors(const Diagnostics& diagnostics);

}  // namespace interregnum
