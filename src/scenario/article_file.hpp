#pragma once

#include <string>
#include <vector>

#include "scenario/claim_file.hpp"
#include "scenario/scenario.hpp"

namespace interregnum {

inline constexpr std::array<std::string_view, 3> modelled_names{"fully", "partly", "not"};

/// One statement of an article, in our words, and what stands for it.
struct Statement : Entry {
  std::string number, text;
  std::string cited;                  ///< the source that the article gives; empty if none
  std::vector<Reference> claims;      ///< ids in the claim file
  std::vector<Reference> keys;        ///< what stands for it in the country files
  std::vector<Reference> parameters;  ///< and in the model
  Listed modelled;
  std::string remark;
};

/// An article, statement by statement, with the two countries that it compares and the claims it makes.
struct ArticleFile {
  static constexpr bool carries_provenance = false;
  std::string id, key;
  SourceLocation location;
  int format = 1;
  std::string title, publisher, date;
  Reference first, second, claims;  ///< files; as written from the folder of this one, once loaded as paths
  Reference outcome;                ///< `in_power` unless given
  std::vector<Statement> statements;
};

/// Reads and checks the text of an article file that has this path, but for its outcome, claims, keys and parameters.
/// Throws InputError with every problem, files that are not there among them.
ArticleFile read_article(const std::string& text, const std::string& path, const TextOf& text_of);

/// Reports claims that the claim file does not have and keys that neither country file has; throws InputError.
void check_article(const ArticleFile& article, const ClaimFile& claims, Scenario first, Scenario second);

}  // namespace interregnum
