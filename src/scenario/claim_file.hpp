#pragma once

#include <string>
#include <vector>

#include "scenario/read_scenario.hpp"
#include "scenario/scenario.hpp"

namespace interregnum {

// Categories of claim files, held as indices into these lists.
inline constexpr std::array<std::string_view, 3> expectation_names{"more", "less", "none"};

/// What the swap is expected to do to the outcome; `none`: nothing that matters (see Claim::margin).
enum class Expectation { more, less, nothing };

/// A country file that claims speak of.
struct ClaimCountry : Entry {
  std::string path;  ///< from the folder of the claim file
  std::string text;  ///< as read
};

/// Another way to read a claim: other values on both sides, or other sides.
struct Coding : Entry {
  std::string label;
  std::vector<Reference> set, from, to;
};

/// One sentence that can be tested: what is swapped, what it should change, what part of the record speaks to it.
/// Settings are `key=value`, as for --set.
struct Claim : Entry {
  std::string text, outcome;
  Reference file, other;
  std::vector<Reference> set;       ///< settings on both sides
  std::vector<Reference> from, to;  ///< settings on the one side and on the other
  std::vector<Reference> take;      ///< factors that the `to` side takes from the file `other`
  std::vector<Reference> sequence;  ///< instead of a swap: events in this order
  UncertainNumber window;           ///< hours within which the sequence must happen
  UncertainNumber at_least;         ///< instead of a swap: the share that the outcome should have
  std::vector<Listed> expected;     ///< none or one
  UncertainNumber margin;           ///< effects smaller than this do not matter
  std::vector<Reference> rests_on;  ///< parameters that carry the effect
  std::vector<Reference> without;   ///< settings that switch the mechanism off
  std::vector<Coding> codings;
  std::vector<Reference> record;  ///< associations on the record, the first decides
  std::string record_note;
};

/// A list of claims, with the country files that they speak of.
struct ClaimFile {
  static constexpr bool carries_provenance = false;
  std::string id, key;
  SourceLocation location;
  int format = 1;
  std::string name;
  std::vector<Source> sources;
  std::vector<ClaimCountry> files;
  std::vector<Claim> claims;
};

/// Reads and checks the text of a claim file that has this path, and takes the texts of its country files (not what is
/// in these). Throws InputError with every problem in it.
ClaimFile read_claims(const std::string& text, const std::string& path, const TextOf& text_of);

}  // namespace interregnum
