#include "scenario/claim_file.hpp"

#include <fmt/format.h>

#include "base/suggestions.hpp"
#include "files/paths.hpp"
#include "scenario/checks.hpp"
#include "scenario/claim_format.hpp"

namespace interregnum {

namespace {

class ClaimChecker {
 public:
  ClaimChecker(const ClaimFile& file, Diagnostics& diagnostics) : file_(file), diagnostics_(diagnostics) {}

  void run() {
    if (file_.claims.empty()) diagnostics_.error(file_.location, "claims", "there is no claim");
    for (const Claim& claim : file_.claims) check(claim);
  }

 private:
  void problem(const Claim& claim, const char* key, std::string what, std::string suggestion) {
    diagnostics_.error(claim.location, claim.key + (*key == '\0' ? "" : ".") + key, std::move(what),
                       std::move(suggestion));
  }

  void resolve(const Reference& reference) {
    if (!reference.given() || find_entry(file_.files, reference.id)) return;
    std::vector<std::string> known;
    for (const ClaimCountry& country : file_.files) known.push_back(country.id);
    diagnostics_.error(reference.location, reference.key, fmt::format("'{}' is not among the files", reference.id),
                       did_you_mean(reference.id, known));
  }

  void check(const Claim& claim) {
    resolve(claim.file);
    resolve(claim.other);
    const bool swaps = !claim.from.empty() || !claim.to.empty() || !claim.take.empty();
    const int ways = int{swaps} + int{!claim.sequence.empty() || claim.at_least.given};
    if (ways != 1)
      problem(claim, "", ways == 0 ? "swaps no factor" : "asks two things at once",
              "give one of: what is swapped (`from`, `to`, `take`), a `sequence` of events, or `at_least`");
    if (!claim.take.empty() && !claim.other.given())
      problem(claim, "take", "does not say which file is taken from", "add `other:`");
    if (claim.outcome.empty() && claim.sequence.empty())
      problem(claim, "outcome", "is missing", "e.g. in_power_if_seized");
    if (swaps && claim.expected.empty()) problem(claim, "expected", "is missing", "more, less or none");
    if (claim.sequence.size() == 1) problem(claim, "sequence", "is a single event", "use `outcome` with `at_least`");
    for (const Coding& coding : claim.codings) {
      if (coding.set.empty() && coding.from.empty() && coding.to.empty())
        diagnostics_.error(coding.location, coding.key, "reads nothing differently", "give `set`, `from` or `to`");
    }
    for (const auto* settings : {&claim.set, &claim.from, &claim.to, &claim.without}) {
      for (const Reference& setting : *settings) {
        if (setting.id.find('=') == std::string::npos)
          diagnostics_.error(setting.location, setting.key,
                             fmt::format("'{}' is not of the form key=value", setting.id), "e.g. plot.tier=senior");
      }
    }
  }

  const ClaimFile& file_;
  Diagnostics& diagnostics_;
};

}  // namespace

ClaimFile read_claims(const std::string& text, const std::string& path, const TextOf& text_of) {
  Diagnostics diagnostics;
  ClaimFile file;
  const DocumentNode document = headed_document(text, path, "interregnum_claims", "a claim file");
  ReadingNotes notes;
  ObjectReader(document, "", {}, diagnostics, notes).read_entity(document, "", file);
  notes.unsourced.clear();  // a claim is a question; what it assumes is in the country files
  check_citations(file.sources, notes, diagnostics);
  if (!diagnostics.has_errors()) ClaimChecker(file, diagnostics).run();
  for (ClaimCountry& country : file.files) {
    country.path = path_beside(path, country.path);
    Diagnostics of_country;
    country.text = text_of(country.path, of_country);
    for (const Diagnostic& found : of_country.list())
      diagnostics.error(country.location, country.key + ".path", fmt::format("{}: {}", country.path, found.problem),
                        found.suggestion);
  }
  diagnostics.sort_by_location();
  throw_if_errors(diagnostics);
  return file;
}

}  // namespace interregnum
