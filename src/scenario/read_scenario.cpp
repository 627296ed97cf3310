#include "scenario/read_scenario.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "base/dates.hpp"
#include "base/suggestions.hpp"
#include "scenario/checks.hpp"
#include "scenario/reader.hpp"

namespace interregnum {

void check_citations(const std::vector<Source>& sources, const ReadingNotes& notes, Diagnostics& diagnostics) {
  std::vector<std::string> known;
  for (const Source& source : sources) known.push_back(source.id);
  for (const Citation& citation : notes.citations) {
    if (std::find(known.begin(), known.end(), citation.source) == known.end()) {
      diagnostics.error(citation.location, citation.key, fmt::format("'{}' is not among the sources", citation.source),
                        diagnostics.errors() < 100 ? did_you_mean(citation.source, known) : "");
    }
  }
  for (std::size_t index = 0; index < notes.unsourced.size(); ++index) {
    diagnostics.warning(notes.unsourced[index]->location, notes.unsourced_keys[index], "has no source",
                        "add `source:`, or `assumed:` with the reason");
  }
}

DocumentNode headed_document(const std::string& text, const std::string& path, const char* header, const char* kind) {
  Diagnostics diagnostics;
  const auto document = parse_document(text, path, diagnostics);
  throw_if_errors(diagnostics);
  if (!document || document->kind != DocumentNode::Kind::mapping || document->find(header) == nullptr)
    throw InputError(fmt::format("{}: is not {} (it begins with `{}: 1`; see docs/claims.md)", path, kind, header));
  return *document;
}

Scenario read_scenario(const std::string& text, const std::string& file_name, const std::vector<Override>& overrides,
                       Diagnostics& diagnostics) {
  Scenario scenario;
  scenario.text = text;
  scenario.overrides = overrides;
  auto document = parse_document(text, file_name, diagnostics);
  if (!document || diagnostics.has_errors()) return scenario;
  if (document->kind != DocumentNode::Kind::mapping) {
    diagnostics.error(document->location, "", "is not a country file",
                      "it begins with `interregnum: 1`; see docs/scenario-guide.md");
    return scenario;
  }
  for (const Override& override_ : overrides) apply_override(*document, override_, diagnostics);
  if (diagnostics.has_errors()) return scenario;
  ReadingNotes notes;
  const ObjectReader reader(*document, "", {}, diagnostics, notes);
  reader.read_entity(*document, "", scenario);
  if (const auto start = parse_date_time(scenario.start)) scenario.start_time = *start;
  check_citations(scenario.sources, notes, diagnostics);
  check_scenario(scenario, diagnostics);
  diagnostics.sort_by_location();
  return scenario;
}

void throw_if_errors(const Diagnostics& diagnostics) {
  if (!diagnostics.has_errors()) return;
  Diagnostics errors;
  for (const Diagnostic& problem : diagnostics.list()) {
    if (problem.severity == Severity::error)
      errors.error(problem.location, problem.key, problem.problem, problem.suggestion);
  }
  throw InputError(std::move(errors));
}

}  // namespace interregnum
