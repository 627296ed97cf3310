#include "scenario/files.hpp"

#include <filesystem>
#include <fstream>
#include <map>
#include <mutex>
#include <system_error>

namespace interregnum {

std::string read_document_file(const std::string& path, Diagnostics& diagnostics) {
  const SourceLocation location{std::make_shared<const std::string>(path), 0, 0};
  std::error_code error;
  const auto status = std::filesystem::status(path, error);
  if (!std::filesystem::exists(status)) {
    diagnostics.error(location, "", "there is no such file");
    return "";
  }
  const bool is_pipe = std::filesystem::is_fifo(status);
  if (!std::filesystem::is_regular_file(status) && !is_pipe) {
    diagnostics.error(location, "", "is not a file");
    return "";
  }
  // A pipe can be read once; a command may ask for its text more often, as for every point of a sweep.
  static std::mutex reading;
  static std::map<std::string, std::string> from_pipes;
  const std::lock_guard<std::mutex> lock(reading);
  if (const auto known = from_pipes.find(path); is_pipe && known != from_pipes.end()) return known->second;
  std::ifstream stream(path, std::ios::binary);
  std::string text(largest_document_bytes + 1, '\0');
  stream.read(text.data(), static_cast<std::streamsize>(text.size()));
  text.resize(static_cast<std::size_t>(stream.gcount()));
  if (!stream.is_open() || stream.bad()) {
    diagnostics.error(location, "", "cannot be read");
    return "";
  }
  if (text.size() > largest_document_bytes) {
    diagnostics.error(location, "", "larger than 1 MB", "a country file is some 20 kB");
    return "";
  }
  if (is_pipe) from_pipes[path] = text;
  return text;
}

std::string load_document_text(const std::string& path) {
  Diagnostics diagnostics;
  std::string text = read_document_file(path, diagnostics);
  throw_if_errors(diagnostics);
  return text;
}

Scenario read_scenario_file(const std::string& path, const std::vector<Override>& overrides, Diagnostics& diagnostics) {
  const std::string text = read_document_file(path, diagnostics);
  if (diagnostics.has_errors()) return {};
  return read_scenario(text, path, overrides, diagnostics);
}

Scenario load_scenario(const std::string& path, const std::vector<Override>& overrides) {
  Diagnostics diagnostics;
  Scenario scenario = read_scenario_file(path, overrides, diagnostics);
  throw_if_errors(diagnostics);
  return scenario;
}

ArticleFile load_article(const std::string& path) {
  return read_article(load_document_text(path), path, read_document_file);
}

ClaimFile load_claims(const std::string& path) {
  return read_claims(load_document_text(path), path, read_document_file);
}

}  // namespace interregnum
