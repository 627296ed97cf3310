#include "report/claims_report.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <nlohmann/json.hpp>

namespace interregnum {

namespace {

using Json = nlohmann::ordered_json;

std::string expected_words(const Claim& claim) {
  if (claim.at_least.given) return fmt::format("at least {}", percent(claim.at_least.distribution.mean()));
  if (!claim.sequence.empty())
    return fmt::format("in at least {} of seizures", percent(claim.at_least.distribution.mean()));
  return claim.expected.empty() ? "more" : std::string(expectation_names[claim.expected[0].index]);
}

std::string settings_text(const std::vector<Reference>& settings, const std::string& otherwise) {
  std::string text;
  for (const Reference& setting : settings) text += (text.empty() ? "" : ", ") + setting.id;
  return text.empty() ? otherwise : text;
}

std::string from_text(const Claim& claim) { return settings_text(claim.from, "the file as it is"); }

std::string to_text(const Claim& claim) {
  if (claim.take.empty()) return settings_text(claim.to, "the file as it is");
  return settings_text(claim.take, "") + " from " + claim.other.id;
}

std::string sources_text(const ClaimFile& file, const Claim& claim) {
  std::string text;
  for (const std::string& key : claim.provenance.sources) {
    for (const Source& source : file.sources) {
      if (source.id == key) text += (text.empty() ? "" : "; ") + source.title;
    }
  }
  return text;
}

/// What a reader should know to judge the model's verdict.
std::vector<std::string> model_remarks(const ClaimResult& result) {
  std::vector<std::string> remarks;
  const auto over = [&](const std::optional<EffectOverDraws>& draws, const char* which) {
    if (draws)
      remarks.push_back(fmt::format(
          "with {} the effect lies between {} and {} points; it is positive in {:.0f} % of draws ({:.0f} to "
          "{:.0f})",
          which, points(draws->low), points(draws->high), 100 * draws->positive.p, 100 * draws->positive.low,
          100 * draws->positive.high));
  };
  over(result.posterior, "parameters given the record");
  over(result.prior, "parameters drawn from their priors");
  if (result.removed)
    remarks.push_back(fmt::format("with the mechanism switched off: {} points", points(*result.removed)));
  for (const CodingEffect& coding : result.codings)
    remarks.push_back(coding.effect ? fmt::format("{}: {} points", coding.label, points(*coding.effect))
                                    : fmt::format("{}: power is hardly ever seized", coding.label));
  if (!result.signs_assumed.empty())
    remarks.push_back(
        fmt::format("the sign of {} is fixed by its form or prior", fmt::join(result.signs_assumed, ", ")));
  if (result.model.verdict == ClaimVerdict::cannot_tell && result.judged_by() && result.model.adjusted_p_value < 0.05)
    remarks.push_back(
        fmt::format("seen over all futures, but it is not sure that nine in ten draws of the parameters {} agree",
                    result.posterior ? "given the record" : "from their priors"));
  if (!result.model.effect) remarks.push_back("power is hardly ever seized, so that the question does not arise");
  return remarks;
}

std::vector<std::string> record_remarks(const ClaimResult& result) {
  std::vector<std::string> remarks;
  for (const Association& association : result.associations) {
    remarks.push_back(fmt::format("{}, {}: {} of {}; {}: {} of {}; difference {} points{}{}", association.outcome,
                                  association.with, percent(association.share_with), association.cases_with,
                                  association.without, percent(association.share_without), association.cases_without,
                                  points(association.difference), association.warning.empty() ? "" : ". ",
                                  association.warning));
  }
  if (!result.claim->record_note.empty()) remarks.push_back(result.claim->record_note);
  return remarks;
}

Json to_json(const ClaimTest& test) {
  const auto number = [&](double value) { return test.effect ? number_json(value) : Json(nullptr); };
  const Estimate effect = test.effect.value_or(Estimate{});
  return {{"verdict", std::string(verdict_names[static_cast<std::size_t>(test.verdict)])},
          {"effect", number(effect.value)},
          {"low", number(effect.low)},
          {"high", number(effect.high)},
          {"detectable", number(test.detectable)},
          {"p_value", number(test.p_value)},
          {"adjusted_p_value", number(test.adjusted_p_value)}};
}

Json effect_json(const Estimate& effect) {
  return {{"effect", number_json(effect.value)}, {"low", number_json(effect.low)}, {"high", number_json(effect.high)}};
}

Json to_json(const std::optional<EffectOverDraws>& effect) {
  if (!effect) return nullptr;
  return {{"effect", effect->mean},
          {"effect_low", effect->mean_low},
          {"effect_high", effect->mean_high},
          {"low", effect->low},
          {"high", effect->high},
          {"positive", effect->positive.p},
          {"positive_low", effect->positive.low},
          {"positive_high", effect->positive.high},
          {"within_margin", effect->within_margin.p},
          {"within_margin_low", effect->within_margin.low},
          {"within_margin_high", effect->within_margin.high},
          {"draws", effect->draws}};
}

Json to_json(const Association& association) {
  return {{"name", association.name},
          {"outcome", association.outcome},
          {"with", association.with},
          {"without", association.without},
          {"cases_with", association.cases_with},
          {"cases_without", association.cases_without},
          {"countries", association.countries},
          {"share_with", to_json(association.share_with)},
          {"share_without", to_json(association.share_without)},
          {"difference", effect_json(association.difference)},
          {"warning", association.warning}};
}

std::string test_text(const char* of_what, const ClaimTest& test, bool of_record, TextStyle style) {
  std::string text = fmt::format("  {:<7} {}", of_what, emphasised(verdict_words(test.verdict, of_record), style));
  if (test.effect && test.effect->is_known())
    text += fmt::format(": {} points, adjusted p {}; an effect of {:.1f} points or more would have been seen",
                        points(*test.effect),
                        test.adjusted_p_value < 0.001 ? "below 0.001" : fmt::format("{:.3f}", test.adjusted_p_value),
                        100 * test.detectable);
  else if (test.effect)
    text += fmt::format(": {} points", points(*test.effect));
  return text + "\n";
}

}  // namespace

std::string claim_label(std::string id) {
  std::transform(id.begin(), id.end(), id.begin(),
                 [](unsigned char letter) { return static_cast<char>(std::toupper(letter)); });
  return id;
}

std::string verdict_words(ClaimVerdict verdict, bool of_record) {
  const std::string who = of_record ? "the record" : "the model";
  switch (verdict) {
    case ClaimVerdict::supported:
      return "supported";
    case ClaimVerdict::contradicted:
      return "contradicted";
    case ClaimVerdict::no_detectable_effect:
      return "no detectable effect";
    case ClaimVerdict::assumed:
      return "assumed by the model";
    case ClaimVerdict::cannot_tell:
      return who + " cannot tell";
    case ClaimVerdict::cannot_be_tested:
      return "cannot be tested here";
  }
  return "";
}

std::string claims_sentence(const ClaimResults& results) {
  if (results.claims.empty()) return "No claim was tested.";
  const auto count = [&](ClaimTest ClaimResult::*test, ClaimVerdict verdict) {
    return std::count_if(results.claims.begin(), results.claims.end(),
                         [&](const ClaimResult& result) { return (result.*test).verdict == verdict; });
  };
  const auto said = [&](ClaimTest ClaimResult::*test, const char* who) {
    // Every verdict is counted, so that the numbers add up; those that nobody got are passed over.
    std::string text = fmt::format("{} supports {} and contradicts {}", who, count(test, ClaimVerdict::supported),
                                   count(test, ClaimVerdict::contradicted));
    const auto add = [&](ClaimVerdict verdict, const char* words) {
      if (const auto number = count(test, verdict); number > 0) text += fmt::format(", {} {}", words, number);
    };
    add(ClaimVerdict::assumed, "takes for granted");
    add(ClaimVerdict::no_detectable_effect, "sees no effect in");
    add(ClaimVerdict::cannot_tell, "cannot tell of");
    add(ClaimVerdict::cannot_be_tested, "cannot test");
    return text;
  };
  return fmt::format("Of {} claims {}; {}.", results.claims.size(), said(&ClaimResult::model, "the model"),
                     said(&ClaimResult::record, "the record"));
}

std::string claims_text(const PairedDescription& description, const ClaimResults& results, TextStyle style) {
  std::string text = fmt::format("{}\n{}\n", emphasised(description.name_a, style), claims_sentence(results));
  for (const auto& [key, value] : description.overrides) text += fmt::format("with {} = {}\n", key, value);
  if (!results.complete)
    text += "Interrupted: the claims that were done are here, and are judged as if they were all.\n";
  for (const ClaimResult& result : results.claims) {
    const Claim& claim = *result.claim;
    text += fmt::format("\n{} {}\n", emphasised(claim_label(claim.id), style), claim.text);
    if (result.model.effect) {
      text += fmt::format("  expected: {}; that {}: ", expected_words(claim), result.outcome_words);
      if (!claim.sequence.empty() || claim.at_least.given) {
        text += percent(result.to) + "\n";
      } else {
        text += fmt::format("{} with {}, {} with {}\n", percent(result.from.p), from_text(claim), percent(result.to.p),
                            to_text(claim));
      }
    }
    text += test_text("model", result.model, false, style);
    for (const std::string& remark : model_remarks(result)) text += fmt::format("            {}\n", remark);
    text += test_text("record", result.record, true, style);
    for (const std::string& remark : record_remarks(result)) text += fmt::format("            {}\n", remark);
  }
  text += fmt::format(
      "\nEffects are differences in percentage points with 95 % intervals: of the model over {} futures on each side, "
      "of the record "
      "with\ncountries as the independent observations. Verdicts hold for all claims together (Holm), on the model and "
      "on the "
      "record apart.\nSmallest effect seen: with a chance of 80 %.\n",
      results.futures);
  return text;
}

Json claims_json(const PairedDescription& description, const ClaimFile& file, const ClaimResults& results) {
  Json json{{"claims", Json::array()}};
  for (const ClaimResult& result : results.claims) {
    const Claim& claim = *result.claim;
    Json entry{{"id", claim_label(claim.id)},
               {"text", claim.text},
               {"model", to_json(result.model)},
               {"record", to_json(result.record)},
               {"source", sources_text(file, claim)},
               {"outcome", claim.sequence.empty() ? claim.outcome : "sequence"},
               {"outcome_words", result.outcome_words},
               {"swaps", !claim.from.empty() || !claim.to.empty() || !claim.take.empty()},
               {"expected", expected_words(claim)},
               {"margin", claim.margin.distribution.mean()},
               {"from", from_text(claim)},
               {"to", to_text(claim)},
               {"share_from", to_json(result.from)},
               {"share_to", to_json(result.to)},
               {"command", result.command}};
    entry["model"]["remarks"] = model_remarks(result);
    entry["model"]["prior"] = to_json(result.prior);
    entry["model"]["posterior"] = to_json(result.posterior);
    entry["model"]["removed"] = result.removed ? effect_json(*result.removed) : Json(nullptr);
    entry["model"]["codings"] = Json::array();
    for (const CodingEffect& coding : result.codings) {
      Json of_coding{{"label", coding.label}};
      of_coding.update(coding.effect ? effect_json(*coding.effect)
                                     : Json{{"effect", nullptr}, {"low", nullptr}, {"high", nullptr}});
      entry["model"]["codings"].push_back(std::move(of_coding));
    }
    entry["model"]["signs_assumed"] = result.signs_assumed;
    entry["model"]["signs_open"] = result.signs_open;
    entry["record"]["remarks"] = record_remarks(result);
    entry["record"]["associations"] = Json::array();
    for (const Association& association : result.associations)
      entry["record"]["associations"].push_back(to_json(association));
    json["claims"].push_back(std::move(entry));
  }
  json["record"] = {{"attempts", results.record.attempts},
                    {"first_year", results.record.first_year},
                    {"last_year", results.record.last_year}};
  json["sentence"] = claims_sentence(results);
  json["file"] = description.file_a;
  json["name"] = description.name_a;
  json["futures"] = results.futures;
  json.update(circumstances_json(description, results.complete));
  return json;
}

}  // namespace interregnum
