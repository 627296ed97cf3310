#!/usr/bin/env python3
"""Writes docs/findings.md (what the record says of the effects that people believe in) and docs/validation/scores.md and fit.json, scores.json.

  tools/findings.py --program build/interregnum --fit build/fit.json

`fit.json` is what `interregnum fit --folds --json` printed; scores and effects are made here, with the parameters that ship.
"""
import argparse
import csv
import json
import os
import re
import shlex
import statistics
import subprocess
import tempfile
import textwrap
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
COUNTRIES = {"mali-2012": "Mali 2012", "mali-2020": "Mali 2020", "burkina-faso-2015": "Burkina Faso 2015"}
VERDICTS = {"supported": "yes", "contradicted": "no: the other way", "no_detectable_effect": "no effect to be seen here", "cannot_tell": "cannot tell"}


def run(program, *arguments):
    with tempfile.TemporaryDirectory() as folder:  # the shipped record alone, whatever the user has imported
        output = subprocess.run([program, *arguments, "--json"], check=True, stdout=subprocess.PIPE, encoding="utf-8", cwd=ROOT,
                                env=dict(os.environ, XDG_DATA_HOME=folder)).stdout
    report = json.loads(output)
    if "command" in report:  # wherever the program was
        report["command"] = shlex.join(["interregnum", *arguments, "--json"])
    return report


def write(path, text):
    aside = path.with_suffix(path.suffix + ".new")
    aside.write_text(text, encoding="utf-8")
    os.replace(aside, path)


def wrapped(text):
    """Prose in lines of at most 120 characters; tables stay as they are."""
    return "\n".join(line if line.startswith(("|", "#")) else textwrap.fill(line, 120, break_long_words=False, break_on_hyphens=False)
                     for line in text.split("\n"))


def points(value):
    return f"{100 * value:+.1f}".replace("-", "−")


def interval(effect):
    return f"{points(effect['effect'])} ({points(effect['low'])} to {points(effect['high'])})"


def number(value):
    return f"{0.0 if abs(value) < 1e-9 else value:.3g}".replace("-", "−")


def carriers(claim, fit):
    """The parameters that carry an effect: those that were fitted, and those that were not."""
    names = claim["model"]["signs_open"] + claim["model"]["signs_assumed"]
    return [fit[name] for name in names if name in fit], [name for name in names if name not in fit]


def seen_text(claim, fit):
    fitted, fixed = carriers(claim, fit)
    seen = [carrier for carrier in fitted if carrier["seen"]]
    if not fitted:
        return "not asked: " + ", ".join(f"`{name[6:]}`" for name in fixed) + (" is" if len(fixed) == 1 else " are") + " not fitted"
    if not seen:
        return "no: prior only"
    return "; ".join(f"yes: `{carrier['name'][6:]}` is {number(carrier['median'])} ({number(carrier['low'])} to {number(carrier['high'])}), {100 * carrier['contraction']:.0f} % of its variance taken away" for carrier in seen)


def over_draws(model, which):
    """An effect over draws of the parameters, with where that of one more draw lies."""
    return interval(model[which]) if model[which] else "–"


def on_record(claim):
    """The test on the record alone, where it has the columns."""
    record = claim["record"]
    return f"{VERDICTS[record['verdict']]}: {interval(record)}" if record["effect"] is not None else "no columns"


def says(claim, fit):
    """What the fit to the record says of an effect, in a word; by the rule of `claims`."""
    fitted, _ = carriers(claim, fit)
    if not fitted:
        return "not asked"
    seen = [carrier for carrier in fitted if carrier["seen"]]
    if not seen:
        return "the record cannot tell"
    verdict = claim["model"]["verdict"]
    if verdict == "supported" and not any(carrier["low"] > 0 or carrier["high"] < 0 for carrier in seen):
        return "likely, as before: the prior had that sign"
    return VERDICTS[verdict]


def where(claim):
    """The country file that an effect was played on, and what was set in it besides."""
    words = shlex.split(claim["command"].splitlines()[-1])
    file = next(word for word in words if word.endswith(".yaml"))
    settings = [word for option, word in zip(words, words[1:]) if option == "--set" and not word.startswith("theta.")]
    return ", ".join([COUNTRIES[Path(file).stem], *(f"`{setting}`" for setting in settings)])


def findings(claims, fit, program):
    parameters = {parameter["name"]: parameter for parameter in fit["parameters"]}
    rows = [f"| {claim['text']} *{where(claim)}* | {claim['outcome_words']} | {over_draws(claim['model'], 'posterior')} | "
            f"{over_draws(claim['model'], 'prior')} | {seen_text(claim, parameters)} | {on_record(claim)} | {says(claim, parameters)} |" for claim in claims["claims"]]
    draws = {which: sorted({claim["model"][which]["draws"] for claim in claims["claims"] if claim["model"][which]}) for which in ("posterior", "prior")}
    spans = {which: f"{numbers[0]} to {numbers[-1]}" if len(numbers) > 1 else str(numbers[0]) for which, numbers in draws.items()}
    seen = sorted((parameter for parameter in fit["parameters"] if parameter["seen"]), key=lambda parameter: -parameter["contraction"])
    unseen = [parameter["name"] for parameter in fit["parameters"] if not parameter["seen"]]
    fixed = [parameter["key"] for parameter in run(program, "params")["parameters"] if parameter["key"] not in parameters]
    table = "\n".join(f"| `{p['name']}` | {number(p['median'])} ({number(p['low'])} to {number(p['high'])}) | {number(p['prior']['median'])} ({number(p['prior']['low'])} to {number(p['prior']['high'])}) | {100 * p['contraction']:.0f} % |"
                      for p in seen)
    with open(ROOT / "data" / "attempts.csv", encoding="utf-8", newline="") as attempts:
        years = [int(row["date"][:4]) for row in csv.DictReader(attempts)]
    return f"""# What the record says of the effects that people believe in

Made by `make fit` (tools/findings.py, from `scenarios/claims/effects.yaml`); do not edit. Parameters are those that ship (`data/posterior-2011.nc`), fitted to the {len(years)} attempts and the country-months of {min(years)} to {max(years)} and to nothing later.

**In short.** The record bears out these effects: {in_short(claims, parameters)}. It cannot tell about the other effects in which the article believes (public support, pacts and seats for civilians, cohesion, pretext, training): it has no column for them, and only five exits by foreign force.

Each row switches one effect off on the country file named and plays the same futures with and without it ({claims['futures']:,} futures). *Given the record*: the change in percentage points, mean over {spans['posterior']} draws of the parameters given the record, each with futures of its own, and in brackets where the effect of one more draw lies with a probability of 95 % (the chance of a draw's few futures is taken out; the error of the mean is in). *Before*: the same for {spans['prior']} draws from the priors. *Seen in the fit*: whether the record takes anything away from what was open about the parameters that carry the effect. Where it does not, what stands under *given the record* is the prior of these parameters, and nothing was learnt about the effect; it still differs from *before*, as the rates that the effect raises or lowers are fitted. *On the record itself*: a difference of shares among attempts or country-years, without any model, where there are columns to take it from; it takes no account of what else differs. *So*: of effects that the fit has seen, whether surely nine of ten draws, and all futures together, agree on the sign, as in `interregnum claims`, and whether the parameter's own interval leaves zero out.

| effect, *where it was played* | changes the chance that | given the record | before | seen in the fit | on the record itself | so |
| --- | --- | --- | --- | --- | --- | --- |
{chr(10).join(rows)}

How much an effect comes to depends on the country: on a file without recent attempts there is nothing to be on one's guard against.

## What the record has decided

| parameter | given the record: median (95 %) | before | variance taken away |
| --- | --- | --- | --- |
{table}

### How the times were

The levels of the years ([decision 17](decisions/0017-time-is-a-walk.md)), mean of all zero: what is added to officers' belief in a plot, and to the logarithm of the hazard of an attempt, in every country. They measure a change; they do not explain it. A change from year to year has a standard deviation of {step(fit, "seizure")} in the seizure and {step(fit, "onset")} in the onset.

| year | seizure: median (95 %) | onset: median (95 %) |
| --- | --- | --- |
{level_rows(fit)}

What the parameters mean: [parameters.md](parameters.md). How they were fitted, and what stays fixed: [decision 11](decisions/0011-the-fit.md). How forecasts made so score: [validation/scores.md](validation/scores.md). {quality(fit)}

## What the record cannot see

Of these {len(unseen)} parameters the record takes away less than 15 % of the variance that they had before: what is said of them is the prior, or nearly.

{", ".join(f"`{name[6:]}`" for name in unseen)}

## What the record was not asked

These {len(fixed)} parameters were held at their defaults in the fit, so that nothing is said of them: scales and noise of the seizure that can be told only together with those that were fitted, lessons (which are off), and settings of the calculation.

{", ".join(f"`{name[6:]}`" for name in fixed)}
"""


def quantity(fit, name):
    of = next(one for one in fit["quantities"] if one["name"] == name)
    return f"{number(of['median'])} ({number(of['low'])} to {number(of['high'])})"


def step(fit, part):
    return quantity(fit, f"year_step_{part}")


def level_rows(fit):
    """Every fifth year, and the last one."""
    years = sorted(int(one["name"].rsplit("_", 1)[1]) for one in fit["quantities"] if one["name"].startswith("year_level_seizure_"))
    shown = [year for year in years if year % 5 == 0 or year == years[-1]]
    return "\n".join(f"| {year} | {quantity(fit, f'year_level_seizure_{year}')} | {quantity(fit, f'year_level_onset_{year}')} |" for year in shown)


def quality(fit):
    """How far the chains of the fit to all attempts can be trusted, by the bounds of `interregnum fit`."""
    parts = [part for part in fit["chains"] if part["attempts"] == "all"]
    fewest = min(parts, key=lambda part: part["smallest_sample_size"])
    smallest = fewest["smallest_sample_size"]
    shortfall = "; the program asks for 400: ends of intervals that rest on that part are somewhat rough" if smallest < 400 else ""
    return (f"The chains: R-hat at most {max(part['largest_r_hat'] for part in parts):.3f}, effective sample size of any parameter "
            f"at least {smallest:.0f} ({fewest['part']}){shortfall}.")


def in_short(claims, parameters):
    borne_out = [claim["text"].rstrip(".") for claim in claims["claims"] if says(claim, parameters) == "yes"]
    return "; ".join(re.sub(r" \(.*\)$", "", text[0].lower() + text[1:]) for text in borne_out)


def success_table(scores):
    lines = ["| | Brier | log loss | ROC | n | model's Brier less this one (95 %) |", "| --- | --- | --- | --- | --- | --- |"]
    for name, score in scores.items():
        difference = score.get("brier_difference")
        text = f"{difference['value']:+.4f} ({difference['low']:+.4f} to {difference['high']:+.4f})".replace("-", "−") if difference else ""
        lines.append(f"| {name.replace('_', ' ')} | {score['brier']:.4f} | {score['log_loss']:.4f} | {score['roc']:.3f} | {score['n']} | {text} |")
    return "\n".join(lines)


def curve_table(score):
    lines = ["| days | model | record (95 %) | inside |", "| --- | --- | --- | --- |"]
    for point in score["curve"]:
        lines.append(f"| {point['days']} | {point['model']:.3f} | {point['record']['p']:.3f} ({point['record']['low']:.3f}–{point['record']['high']:.3f}) | {'yes' if point['inside'] else '**no**'} |")
    return "\n".join(lines)


def calibration_table(bins):
    lines = ["| forecast | succeeded (95 %) | n |", "| --- | --- | --- |"]
    lines += [f"| {entry['forecast']:.2f} | {entry['happened']['p']:.2f} ({entry['happened']['low']:.2f}–{entry['happened']['high']:.2f}) | {entry['n']} |" for entry in bins]
    return "\n".join(lines)


def without_entry():
    """The attempts of which the Cline project has no entry, by their identifiers, and whether they succeeded."""
    with open(ROOT / "data" / "attempts.csv", encoding="utf-8", newline="") as table:
        return {row["attempt"]: row["succeeded"] == "1" for row in csv.DictReader(table) if not row["cdp_military"]}


def told_who(each):
    """Brier scores on the attempts of which the Cline project has an entry, so that blanks tell the regression nothing."""
    unknown = without_entry()
    told = [one for one in each if one["attempt"] not in unknown]

    def brier(forecast):
        return statistics.mean((forecast(one) - one["succeeded"]) ** 2 for one in told)

    model, others = brier(lambda one: one["p"]), {name: brier(lambda one: one["beside"][name]) for name in ("rank", "logistic", "logistic_initiators")}
    return f"On the {len(told)} attempts with an entry there: model {model:.4f}, " + ", ".join(f"{name.replace('_', ' ')} {value:.4f}" for name, value in others.items()) + "."


def decline(scores):
    """How far success since 1990 was expected, and seen."""
    late = scores["each_temporal"]
    seen = statistics.mean(one["succeeded"] for one in late)
    return seen, statistics.mean(one["p"] for one in late), statistics.mean(one["beside"]["rank"] for one in late)


def scores_page(scores):
    blanks = without_entry()
    seen, expected, by_rank = decline(scores)
    further, leader = scores["survival"]["further_success"], scores["survival"]["leader"]
    onset = "\n".join(f"| {name.replace('_', ' ')} | {score['roc']:.3f} | {score['average_precision']:.4f} | {score['log_loss']:.5f} | {score['expected']:.0f} | {score['observed']} |"
                      for name, score in scores["onset"].items())
    roc, refitted = scores["onset_roc_difference"], scores["onset_roc_difference_refitted"]
    return f"""# Forecasts of what a fit had not seen

Made by `make fit` (`interregnum score`); do not edit. Everything here ends in 2011.

## Success, each tenth of the countries forecast by a fit to the others

{success_table(scores["grouped"])}

*rank*: share by CAM's rank; one that CAM does not know is integrated over, here and in the regressions, as in the model. Log losses are of probabilities cut at .001 and .999. *logistic*: rank, wealth, attempts in the five years before, civil war, since 1990. *logistic initiators*: and the Cline project's flags of who began it, blanks as no: that an attempt has no entry there says that it failed ({sum(not succeeded for succeeded in blanks.values())} of {len(blanks)}), which the model is not told. {told_who(scores["each"])} Intervals: 2,000 draws of countries. Negative: the model is better.

*model*: the chance that the record says "succeeded"; the record is taken to be wrong as often as the fit says ([decision 11](../decisions/0011-the-fit.md)).

{calibration_table(scores["calibration"]["grouped"])}

## Success, attempts from 1990 on by a fit to those until 1989

{success_table(scores["temporal"])}

Success since 1990 was expected at {expected:.2f} (rank alone: {by_rank:.2f}) and seen at {seen:.2f}: what changed then is on no record of the years before. The fit carries the level of 1989 on as a random walk, whose spread pulls forecasts toward the middle. Forecasts that are made anew for every year: [forward.md](forward.md). {told_who(scores["each_temporal"])}

## What follows a success (grouped fits)

No further successful coup: concordance {further['concordance']:.3f}, integrated Brier score {further['integrated_brier']:.4f}; the curve of the other folds' spells {further['integrated_brier_of_curve']:.4f} ({further['n']} spells).

{curve_table(further)}

The first leader in office, if he was on day 7: concordance {leader['concordance']:.3f}, integrated Brier score {leader['integrated_brier']:.4f}; the curve of the other folds' spells {leader['integrated_brier_of_curve']:.4f} ({leader['n']} spells).

{curve_table(leader)}

## Onset, months from 1990 on by the fit until 1989

| | ROC | average precision | log loss | expected | observed |
| --- | --- | --- | --- | --- | --- |
{onset}

ROC, model less time since the last attempt: {roc['value']:+.3f} ({roc['low']:+.3f} to {roc['high']:+.3f}); less the same refitted every year to all months before it: {refitted['value']:+.3f} ({refitted['low']:+.3f} to {refitted['high']:+.3f}). Log losses are of probabilities cut at 1e-9. Other models of onset on the full panel, CoupCats' specification among them: [onset.md](../../research/onset.md) (the rows differ: here a country counts from the year after its first facts).
"""


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--program", default="build/interregnum")
    parser.add_argument("--fit", type=Path, required=True)
    options = parser.parse_args()
    program = str(Path(options.program).resolve())
    fit = json.loads(options.fit.read_text(encoding="utf-8"))
    fit["folder"], fit["files"] = "", []
    validation = ROOT / "docs" / "validation"
    scores = run(program, "score")
    claims = run(program, "claims", "scenarios/claims/effects.yaml")
    write(validation / "fit.json", json.dumps(fit, indent=1) + "\n")
    write(validation / "scores.json", json.dumps(scores, indent=1) + "\n")
    write(validation / "scores.md", wrapped(scores_page(scores)))
    write(ROOT / "docs" / "findings.md", wrapped(findings(claims, fit, program)))


if __name__ == "__main__":
    main()
