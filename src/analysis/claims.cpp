#include "analysis/claims.hpp"

#include <algorithm>

#include "analysis/claims/effects.hpp"
#include "analysis/claims/judgement.hpp"
#include "analysis/claims/prepare.hpp"

namespace interregnum {

namespace {

// Of a claim about what comes after a seizure a draw says nothing if power is seized once or never in its futures.
constexpr std::uint64_t fewest_of_draw = 8;

// 64 at the usual 4,000 on each side.
std::uint64_t futures_of_draw(std::uint64_t futures_of_side) {
  return std::max(fewest_of_draw, (2 * futures_of_side + 124) / 125);
}

}  // namespace

ClaimSettings::ClaimSettings(std::uint64_t futures_of_side)
    : futures(futures_of_side),
      variants(std::max<std::uint64_t>(2, futures_of_side / 4)),
      draw_futures(futures_of_draw(futures_of_side)),
      beside_futures(std::max(fewest_of_draw, draw_futures / 4)) {}

ClaimResults test_claims(const ClaimFile& file, const ThetaDraws& thetas, const Record& record,
                         const ClaimSettings& settings) {
  ClaimResults results;
  results.futures = settings.futures;
  results.record = extent_of(record);
  std::vector<PreparedClaim> prepared;
  const ClaimEffects effects(thetas, settings);
  for (const Claim& claim : file.claims)
    prepared.push_back(prepare_claim(file, claim, thetas, record, settings));  // all that is wrong before any work
  for (const PreparedClaim& claim : prepared) {
    if (settings.stop && settings.stop()) {
      results.complete = false;
      break;
    }
    results.claims.push_back(effects.estimate(claim));
    if (settings.progress) settings.progress(results.claims.size(), prepared.size());
  }
  judge_claims(results.claims);
  return results;
}

}  // namespace interregnum
