#include "base/diagnostics.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "base/text.hpp"

namespace interregnum {

namespace {

std::string summary(const Diagnostics& diagnostics) {
  std::string text;
  for (const Diagnostic& diagnostic : diagnostics.list()) {
    if (!text.empty()) text += '\n';
    text += to_text(diagnostic);
  }
  return text;
}

}  // namespace

std::string to_text(const Diagnostic& diagnostic) {
  std::string text = diagnostic.location.file ? *diagnostic.location.file : std::string("input");
  if (diagnostic.location.line > 0) {
    text += fmt::format(":{}:{}", diagnostic.location.line, diagnostic.location.column);
  }
  text += diagnostic.severity == Severity::error ? ": error: " : ": warning: ";
  if (!diagnostic.key.empty()) text += diagnostic.key + ": ";
  text += diagnostic.problem;
  if (!diagnostic.suggestion.empty()) text += " (" + diagnostic.suggestion + ")";
  return one_line(text);  // the name of a file may hold anything
}

void Diagnostics::error(const SourceLocation& location, std::string key, std::string problem, std::string suggestion) {
  ++errors_;
  add({Severity::error, location, std::move(key), std::move(problem), std::move(suggestion)});
}

void Diagnostics::warning(const SourceLocation& location, std::string key, std::string problem,
                          std::string suggestion) {
  add({Severity::warning, location, std::move(key), std::move(problem), std::move(suggestion)});
}

void Diagnostics::add(Diagnostic diagnostic) {
  // Messages quote the file. No terminal may act on the quotation, a message stays on its line, and a word of a
  // megabyte does not fill the screen.
  constexpr std::size_t longest = 1000;
  // Where one message is put into another, its key comes before its problem, which must still be there.
  constexpr std::size_t longest_key = 200;
  diagnostic.key = shortened(one_line(diagnostic.key), longest_key);
  for (std::string* text : {&diagnostic.problem, &diagnostic.suggestion}) *text = shortened(one_line(*text), longest);
  list_.push_back(std::move(diagnostic));
}

void Diagnostics::sort_by_location() {
  std::stable_sort(list_.begin(), list_.end(), [](const Diagnostic& left, const Diagnostic& right) {
    if (left.location.line != right.location.line) return left.location.line < right.location.line;
    return left.location.column < right.location.column;
  });
}

InputError::InputError(const std::string& message) : std::runtime_error(for_terminal(message)) {}

InputError::InputError(Diagnostics diagnostics)
    : std::runtime_error(summary(diagnostics)), diagnostics_(std::move(diagnostics)) {}

}  // namespace interregnum
