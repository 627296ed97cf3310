#include "analysis/claims/prepare.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "analysis/claims/place.hpp"
#include "base/quantity.hpp"
#include "base/quoting.hpp"
#include "base/suggestions.hpp"
#include "model/event_table.hpp"

namespace interregnum {

namespace {

/// How far the claim looks; empty if that is what it swaps.
std::string horizon_words(const ClaimFile& file, const Claim& claim) {
  for (const auto* side : {&claim.from, &claim.to}) {
    for (const Reference& setting : *side) {
      if (setting.id.starts_with("horizon=")) return "";
    }
  }
  const Scenario scenario = read_country(country_of(file, claim.file), claim.set);
  return duration_in_words(scenario.horizon.distribution.mean());
}

/// The runs of the two sides, one a line, as a user would type them.
std::string commands_of(const ClaimFile& file, const Claim& claim, const std::string& options) {
  const auto with_settings = [&](std::vector<std::string> words, const std::vector<Reference>& settings) {
    for (const Reference& setting : settings) words.insert(words.end(), {"--set", setting.id});
    return shell_command(words) + options;
  };
  const std::string& path = country_of(file, claim.file).path;
  if (!claim.take.empty()) {
    // A mixture of two files is no file that `run` could be given; `compare` plays it among others.
    std::vector<std::string> words{"interregnum", "compare",    path, country_of(file, claim.other).path,
                                   "--outcome",   claim.outcome};
    if (std::any_of(claim.take.begin(), claim.take.end(), is_key_path)) words.insert(words.end(), {"--by", "key"});
    return with_settings(std::move(words), claim.set);
  }
  const std::vector<std::string> run{"interregnum", "run", path};
  const bool swaps_settings = !claim.from.empty() || !claim.to.empty();
  if (!swaps_settings) return with_settings(run, claim.set);
  return with_settings(run, joined({&claim.set, &claim.from})) + "\n" +
         with_settings(run, joined({&claim.set, &claim.to}));
}

/// The events of a sequence, by their names.
std::vector<EventKind> events_of(const Claim& claim) {
  std::vector<EventKind> kinds;
  std::vector<std::string> known;
  for (const EventDescription& event : event_descriptions) known.emplace_back(event.name);
  for (const Reference& event : claim.sequence) {
    const auto found = std::find(known.begin(), known.end(), event.id);
    if (found == known.end())
      at_place(event, [&]() -> void {
        throw InputError(fmt::format("there is no event '{}' ({})", event.id, did_you_mean(event.id, known)));
      });
    kinds.push_back(static_cast<EventKind>(found - known.begin()));
  }
  return kinds;
}

/// Notes which parameters carry the effect with a sign that the form of the model fixes, and which with an open one.
void note_signs(const Claim& claim, ClaimResult& result) {
  for (const Reference& wanted : claim.rests_on) {
    const auto& list = parameter_list();
    const auto found =
        std::find_if(list.begin(), list.end(), [&](const ParameterEntry& entry) { return entry.key == wanted.id; });
    if (found == list.end())
      at_place(wanted, [&]() -> void {
        throw InputError(fmt::format("there is no parameter '{}' (`interregnum params` lists them)", wanted.id));
      });
    (found->sign == Sign::assumed ? result.signs_assumed : result.signs_open).push_back(wanted.id);
  }
}

}  // namespace

PreparedClaim prepare_claim(const ClaimFile& file, const Claim& claim, const ThetaDraws& thetas, const Record& record,
                            const ClaimSettings& settings) {
  const auto check_theta = [&](const ClaimSide& side) { side.thetas(thetas); };
  PreparedClaim prepared;
  prepared.claim = &claim;
  ClaimResult& result = prepared.result;
  result.claim = &claim;
  result.command = commands_of(file, claim, settings.options);
  if (claim.sequence.empty()) {
    prepared.measure = at_place(place_of(claim, ".outcome"), [&] { return Measure(claim.outcome); });
    result.outcome_words = prepared.measure->words(horizon_words(file, claim));
  } else {
    prepared.sequence = events_of(claim);
    result.outcome_words = "the events happen in this order, if power was seized";
  }
  note_signs(claim, result);
  for (const Reference& name : claim.record)
    result.associations.push_back(at_place(name, [&] { return associate(record, name.id); }));
  if (claim.from.empty() && claim.to.empty() && claim.take.empty()) {
    prepared.alone = side_alone(file, claim);
    check_theta(prepared.alone);
    return prepared;
  }
  prepared.swap = swap_of(file, claim, nullptr, false);
  if (!claim.without.empty()) prepared.removed = swap_of(file, claim, nullptr, true);
  for (const Coding& coding : claim.codings) prepared.codings.push_back(swap_of(file, claim, &coding, false));
  check_theta(prepared.swap->from);
  check_theta(prepared.swap->to);
  if (prepared.removed) check_theta(prepared.removed->to);
  for (const ClaimSwap& coding : prepared.codings) check_theta(coding.to);
  return prepared;
}

}  // namespace interregnum
