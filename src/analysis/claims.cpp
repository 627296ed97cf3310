#include "analysis/claims.hpp"

#include "analysis/claims/effects.hpp"
#include "analysis/claims/judgement.hpp"
#include "analysis/claims/prepare.hpp"

namespace interregnum {

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
