#pragma once

#include "scenario/claim_file.hpp"
#include "scenario/format.hpp"

/// The format of claim files, declared once, as that of country files is.
namespace interregnum {

template <class Visitor>
void describe(Visitor& visit, ClaimCountry& country) {
  visit.text("path", country.path, Need::required, "a country file, from the folder of this file");
}

template <class Visitor>
void describe(Visitor& visit, Coding& coding) {
  visit.text("label", coding.label, Need::required, "what is read differently");
  visit.references("set", coding.set, Target::setting, Need::optional, "key=value on both sides");
  visit.references("from", coding.from, Target::setting, Need::optional, "instead of the claim's own");
  visit.references("to", coding.to, Target::setting, Need::optional, "instead of the claim's own");
}

template <class Visitor>
void describe(Visitor& visit, Claim& claim) {
  visit.text("text", claim.text, Need::required, "the claim in one sentence");
  visit.reference("file", claim.file, Target::country_file, Need::required, "the country file it is tested on");
  visit.text("outcome", claim.outcome, Need::optional, "what the swap should change, as for `compare --outcome`");
  visit.references("set", claim.set, Target::setting, Need::optional, "key=value on both sides");
  visit.references("from", claim.from, Target::setting, Need::optional, "key=value on the one side");
  visit.references("to", claim.to, Target::setting, Need::optional, "key=value on the other side");
  visit.reference("other", claim.other, Target::country_file, Need::optional, "the file that `take` takes from");
  visit.references("take", claim.take, Target::factor, Need::optional,
                   "factors that the other side takes from the file `other`");
  visit.references("sequence", claim.sequence, Target::event, Need::optional,
                   "instead of a swap: events that should happen in this order where power is seized");
  visit.number("window", claim.window,
               {Dimension::duration, 0.0, 30 * hours_per_year, true, Distribution::fixed(24.0), false}, Need::optional,
               "time from the first of them to the last");
  visit.number("at_least", claim.at_least, {Dimension::share, 0.0, 1.0, true, Distribution::fixed(0.5), false},
               Need::optional, "instead of a swap: the share of futures in which it should happen");
  visit.category("expected", claim.expected, expectation_names, Need::optional,
                 "what the swap should do: more, less, or none that matters");
  visit.number("margin", claim.margin, {Dimension::share, 0.001, 1.0, true, Distribution::fixed(0.1), false},
               Need::optional, "effects smaller than this do not matter; default 0.1");
  visit.references("rests_on", claim.rests_on, Target::parameter, Need::optional, "parameters that carry the effect");
  visit.references("without", claim.without, Target::setting, Need::optional,
                   "key=value that switch the mechanism off");
  visit.table("codings", claim.codings, Need::optional, "other ways to read the claim");
  visit.references("record", claim.record, Target::association, Need::optional,
                   "what of the record speaks to it; the first decides");
  visit.text("record_note", claim.record_note, Need::optional, "why the record can or cannot tell");
}

template <class Visitor>
void describe(Visitor& visit, ClaimFile& file) {
  visit.format_version("interregnum_claims", file.format, "version of the format: 1");
  visit.text("name", file.name, Need::required, "what the claims are about");
  visit.table("sources", file.sources, Need::optional, "the works that claims cite");
  visit.table("files", file.files, Need::required, "the country files");
  visit.table("claims", file.claims, Need::required, "the claims");
}

}  // namespace interregnum
