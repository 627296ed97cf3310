#include "scenario/overrides.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "base/text.hpp"

namespace interregnum {

namespace {

constexpr std::string_view option = "--set ";

void mark_overridden(DocumentNode& node) {
  node.overridden = true;
  for (DocumentNode& item : node.items) mark_overridden(item);
}

DocumentNode* step_into(DocumentNode& node, const std::string& part, const SourceLocation& location) {
  if (node.kind == DocumentNode::Kind::sequence) {
    std::size_t index = 0;
    const auto [end, error] = std::from_chars(part.data(), part.data() + part.size(), index);
    const bool is_index = error == std::errc() && end == part.data() + part.size();
    return is_index && index < node.items.size() ? &node.items[index] : nullptr;
  }
  if (node.kind != DocumentNode::Kind::mapping) {
    node = DocumentNode{};
    node.kind = DocumentNode::Kind::mapping;
    node.location = location;
  }
  if (DocumentNode* child = node.find(part)) return child;
  node.keys.push_back({part, location});
  node.items.emplace_back();
  node.items.back().location = location;
  return &node.items.back();
}

}  // namespace

Override parse_override(const std::string& argument) {
  const std::size_t equals = argument.find('=');
  if (equals == std::string::npos || equals == 0) {
    throw InputError(fmt::format("--set {}: not of the form key=value (e.g. --set plot.tier=senior)", argument));
  }
  return {argument.substr(0, equals), argument.substr(equals + 1)};
}

bool is_about_setting(const Diagnostic& problem) {
  return problem.location.file && problem.location.file->starts_with(option);
}

std::string without_option(const std::string& message) {
  return message.starts_with(option) ? message.substr(option.size()) : message;
}

void apply_override(DocumentNode& root, const Override& override_, Diagnostics& diagnostics) {
  const auto& [key, value] = override_;
  constexpr std::size_t longest_label = 200;
  const std::string label = shortened(fmt::format("{}{}={}", option, key, value), longest_label);
  const SourceLocation location{std::make_shared<const std::string>(label), 0, 0};
  if (value.find_first_not_of(" \t\n") == std::string::npos) {
    diagnostics.error(location, key, "has no value");
    return;
  }
  // As deep as a file may be: a key of a thousand dots would make a mapping in a mapping a thousand times.
  if (std::count(key.begin(), key.end(), '.') >= deepest_document_nesting) {
    diagnostics.error(location, key, fmt::format("nested more than {} levels deep", deepest_document_nesting));
    return;
  }
  auto parsed = parse_document(value, label, diagnostics);
  if (!parsed) return;
  DocumentNode* node = &root;
  std::size_t start = 0;
  while (start <= key.size()) {
    const std::size_t dot = std::min(key.find('.', start), key.size());
    node = step_into(*node, key.substr(start, dot - start), location);
    if (node == nullptr) {
      diagnostics.error(location, key.substr(0, dot), "no such entry in the list", "entries count from 0");
      return;
    }
    start = dot + 1;
  }
  // A value with its source keeps its note, but no longer its number.
  if (node->kind == DocumentNode::Kind::mapping && parsed->kind != DocumentNode::Kind::mapping && node->find("value")) {
    node = node->find("value");
  }
  mark_overridden(*parsed);
  *node = std::move(*parsed);
}

}  // namespace interregnum
