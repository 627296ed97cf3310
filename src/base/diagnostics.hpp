#pragma once

#include <memory>
#include <stdexcept>
#include <string>
#include <vector>

namespace interregnum {

/// Where something stands in a file; line and column count from 1, 0 means unknown.
struct SourceLocation {
  std::shared_ptr<const std::string> file;
  int line = 0;
  int column = 0;
};

enum class Severity { error, warning };

/// One problem of an input: where, which key, what is wrong, what would be right.
struct Diagnostic {
  Severity severity = Severity::error;
  SourceLocation location;
  std::string key;
  std::string problem;
  std::string suggestion;
};

/// `file:line:column: error: key: problem (suggestion)`, on one line.
std::string to_text(const Diagnostic& diagnostic);

/// All problems of one input, in the order in which they stand in it.
class Diagnostics {
 public:
  void error(const SourceLocation& location, std::string key, std::string problem, std::string suggestion = "");
  void warning(const SourceLocation& location, std::string key, std::string problem, std::string suggestion = "");

  bool has_errors() const { return errors_ > 0; }
  int errors() const { return errors_; }
  const std::vector<Diagnostic>& list() const { return list_; }

  /// Sorts by file position, keeping the order of problems at the same place.
  void sort_by_location();

 private:
  void add(Diagnostic diagnostic);

  std::vector<Diagnostic> list_;
  int errors_ = 0;
};

/// An input that cannot be used; `what()` is one clear message for the user. The apps turn it into exit code 2.
class InputError : public std::runtime_error {
 public:
  /// Characters on which a terminal acts become `?`: the message may quote a file.
  explicit InputError(const std::string& message);
  explicit InputError(Diagnostics diagnostics);

  const Diagnostics& diagnostics() const { return diagnostics_; }

 private:
  Diagnostics diagnostics_;
};

}  // namespace interregnum
