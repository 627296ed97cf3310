#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/diagnostics.hpp"

namespace interregnum {

/// A YAML document as a tree with the position of every key and value; anchors, aliases and tags are refused on the way
/// in.
struct DocumentNode {
  enum class Kind { null, scalar, sequence, mapping };
  struct Key {
    std::string text;
    SourceLocation location;
  };

  Kind kind = Kind::null;
  std::string scalar;
  std::vector<Key> keys;            ///< of a mapping, parallel to `items`
  std::vector<DocumentNode> items;  ///< values of a mapping or a sequence
  SourceLocation location;
  bool overridden = false;  ///< put there by `--set`

  const DocumentNode* find(std::string_view key) const;
  DocumentNode* find(std::string_view key);
};

inline constexpr std::size_t largest_document_bytes = 1 << 20;
inline constexpr int deepest_document_nesting = 32;
/// Of one list or mapping. Far beyond any country, and few enough that checks which compare entries with each other end
/// soon.
inline constexpr std::size_t most_document_entries = 1000;

/// Parses `text` (one YAML document, UTF-8 without control characters, at most 1 MB). Problems go to `diagnostics`;
/// nothing is returned if there is no tree to go on with.
std::optional<DocumentNode> parse_document(const std::string& text, const std::string& file_name,
                                           Diagnostics& diagnostics);

}  // namespace interregnum
