#pragma once

#include <string>
#include <utility>
#include <vector>

#include "scenario/document.hpp"

namespace interregnum {

/// A key path and its new value as text, from `--set key=value`.
using Override = std::pair<std::string, std::string>;

/// Splits `key=value`; throws InputError if there is no key or no `=`.
Override parse_override(const std::string& argument);

/// Whether a problem lies in a setting and not in the file that it changes.
bool is_about_setting(const Diagnostic& problem);

/// A message about a setting that came from elsewhere than the command line: without the option's name before it.
std::string without_option(const std::string& message);

/// Puts the value (any YAML) at the key path of the tree, making mappings on the way; list entries are addressed by
/// number
/// (`roads.0.distance`). Whether the key exists in the format is found out when the tree is read.
void apply_override(DocumentNode& root, const Override& override_, Diagnostics& diagnostics);

}  // namespace interregnum
