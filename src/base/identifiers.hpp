#pragma once

#include <cstdint>
#include <string_view>

namespace interregnum {

/// Stable 64-bit hash of an id or key path (FNV-1a). Draws are keyed by it, so that a value keeps its draws when other
/// entries of the file are added, removed or reordered. Source: Fowler, Noll & Vo, draft-eastlake-fnv.
constexpr std::uint64_t hash_identifier(std::string_view text) {
  std::uint64_t hash = 0xcbf29ce484222325ULL;
  for (const char character : text) {
    hash ^= static_cast<unsigned char>(character);
    hash *= 0x00000100000001b3ULL;
  }
  return hash;
}

/// Hash of an ordered pair, for draws that belong to two actors (a fight).
constexpr std::uint64_t hash_pair(std::uint64_t first, std::uint64_t second) {
  return first ^ (second * 0x9e3779b97f4a7c15ULL + 0x632be59bd9b4e019ULL + (first << 6) + (first >> 2));
}

}  // namespace interregnum
