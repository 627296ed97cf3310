#!/usr/bin/env python3
"""Writes docs/findings.md (what the record says of the effects that people believe in) and docs/validation/scores.md and fit.json, scores.json.

  tools/findings.py --program build/interregnum --fit build/fit.json

`fit.json` is what `interregnum fit --folds --json` printed; scores and effects are made here, with the parameters that ship.
"""
import argparse
import csv
import json
import os
import statistics
import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LESS_THAN_A_POINT = 0.01


def run(program, *arguments):
    output = subprocess.run([program, *arguments, "--json"], check=True, stdout=subprocess.PIPE, encoding="utf-8", cwd=ROOT).stdout
    return json.loads(output)


def write(path, text):
    aside = path.with_suffix(path.suffix + ".new")
    aside.write_text(text, encoding="utf-8")
    os.replace(aside, path)


def points(value):
    return f"{100 * value:+.1f}".replace("-", "−")


def interval(effect):
    return f"{points(effect['effect'])} ({points(effect['low'])} to {points(effect['high'])})"


def number(value):
    return f"{0.0 if abs(value) < 1e-9 else value:.3g}".replace("-", "−")


def seen_text(claim, parameters):
    carriers = [parameters[name] for name in claim["model"]["signs_open"] + claim["model"]["signs_assumed"] if name in parameters]
    seen = [carrier for carrier in carriers if carrier["seen"]]
    if not seen:
        return "no: prior only"
    share = max(100 * carrier["contraction"] for carrier in seen)
    return f"{'yes' if len(seen) == len(carriers) else 'in part'}: {share:.0f} % of the variance of `{max(seen, key=lambda carrier: carrier['contraction'])['name'][6:]}`"


def over_draws(model, which):
    """An effect over draws of the parameters; where the draws do not differ by more than chance, with the chance's interval."""
    effect = model[which]
    if not effect:
        return "–"
    if effect["high"] - effect["low"] < 1e-6:
        return f"{interval(model)}\\*" if which == "posterior" else f"{points(effect['effect'])}\\*"
    return interval(effect)


def says(claim, parameters):
    """What the posterior says of an effect, in a word."""
    effect = claim["model"]["posterior"]
    carriers = [parameters[name] for name in claim["model"]["signs_open"] + claim["model"]["signs_assumed"] if name in parameters]
    if not any(carrier["seen"] for carrier in carriers):
        return "the record cannot tell"
    model = claim["model"]
    for word, agree, sure in (("yes, more", effect["low"] > 0, model["low"] > 0), ("yes, less", effect["high"] < 0, model["high"] < 0)):
        if agree and sure:
            return word
    return "cannot tell"


def findings(claims, fit):
    parameters = {parameter["name"]: parameter for parameter in fit["parameters"]}
    rows = []
    for claim in claims["claims"]:
        model = claim["model"]
        rows.append(f"| {claim['text']} | {claim['outcome_words']} | {over_draws(model, 'posterior')} | "
                    f"{over_draws(model, 'prior')} | {seen_text(claim, parameters)} | {says(claim, parameters) if model['posterior'] else 'cannot tell'} |")
    seen = sorted((parameter for parameter in fit["parameters"] if parameter["seen"]), key=lambda parameter: -parameter["contraction"])
    unseen = [parameter["name"] for parameter in fit["parameters"] if not parameter["seen"]]
    table = "\n".join(f"| `{p['name']}` | {number(p['median'])} ({number(p['low'])} to {number(p['high'])}) | {number(p['prior']['median'])} ({number(p['prior']['low'])} to {number(p['prior']['high'])}) | {100 * p['contraction']:.0f} % |"
                      for p in seen)
    return f"""# What the record says of the effects that people believe in

Made by `make fit` (tools/findings.py); do not edit. Parameters are those that ship (`data/posterior-2011.nc`), fitted to the 459 attempts and the country-months of 1950 to 2011 and to nothing later.

Each row switches one effect off on a country file and plays the same futures with and without it ({claims['futures']:,} futures; {claims['claims'][0]['model']['posterior']['draws']} draws of the parameters). *Given the record*: where the change lies for 95 % of draws
of the parameters given the record, in percentage points; *before*: for draws from the priors. *Seen*: whether the record takes anything away from what was open about the parameters that carry the effect. Where it does not, whatever stands here is the prior, and nothing was learnt
about the effect; it may still come to fewer points than before, because the rates that it raises or lowers are fitted.
The record has no column for pacts, seats, pretext, cohesion or training, and five exits by foreign force: it cannot see what these do.

| effect | changes the chance that | given the record | before | seen by the record | so |
| --- | --- | --- | --- | --- | --- |
{chr(10).join(rows)}

\\* The draws do not differ by more than chance; the interval is that of {claims['futures']:,} futures.

An effect on a country file is not one on the record: the record's bivariate differences are in `interregnum claims scenarios/claims/mali.yaml` and the page of `make run`.

## What the record has decided

| parameter | given the record: median (95 %) | before | variance taken away |
| --- | --- | --- | --- |
{table}

What the parameters mean: [parameters.md](parameters.md). How they were fitted, and what stays fixed: [decision 11](decisions/0011-the-fit.md). How forecasts made so score: [validation/scores.md](validation/scores.md).

## What the record cannot see

Of these {len(unseen)} parameters the record takes away less than 15 % of the variance that they had before: what is said of them is the prior.

{", ".join(f"`{name[6:]}`" for name in unseen)}
"""


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


def told_who(scores):
    """Brier scores on the attempts of which the Cline project has an entry, so that blanks tell the regression nothing."""
    with open(ROOT / "data" / "attempts.csv", encoding="utf-8", newline="") as table:
        known = {row["attempt"] for row in csv.DictReader(table) if row["cdp_military"]}
    told = [one for one in scores["each"] if one["attempt"] in known]

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
    seen, expected, by_rank = decline(scores)
    further, leader = scores["survival"]["further_success"], scores["survival"]["leader"]
    onset = "\n".join(f"| {name.replace('_', ' ')} | {score['roc']:.3f} | {score['average_precision']:.4f} | {score['log_loss']:.5f} | {score['expected']:.0f} | {score['observed']} |"
                      for name, score in scores["onset"].items())
    roc = scores["onset_roc_difference"]
    return f"""# Forecasts of what a fit had not seen

Made by `make fit` (`interregnum score`); do not edit. Everything here ends in 2011.

## Success, each tenth of the countries forecast by a fit to the others

{success_table(scores["grouped"])}

*rank*: share by CAM's rank. *logistic*: rank, wealth, attempts in the five years before, civil war, since 1990. *logistic initiators*: and the Cline project's flags of who began it, blanks as no: that an attempt has no entry there says that it failed (29 of 31), which the
model is not told. {told_who(scores)} Intervals: 2,000 draws of countries. Negative: the model is better.

{calibration_table(scores["calibration"]["grouped"])}

## Success, attempts from 1990 on by a fit to those until 1989

{success_table(scores["temporal"])}

Success since 1990 was expected at {expected:.2f} (rank alone: {by_rank:.2f}) and seen at {seen:.2f}: what changed then is on no record of the years before, and the model's `since_1990` is its prior there. Its spread pulls forecasts toward the middle.

## What follows a success (grouped fits)

No further successful coup: concordance {further['concordance']:.3f}, integrated Brier score {further['integrated_brier']:.4f}; the record's own curve, which knows the outcome, {further['integrated_brier_of_curve']:.4f} ({further['n']} spells).

{curve_table(further)}

The first leader in office, if he was on day 7: concordance {leader['concordance']:.3f}, integrated Brier score {leader['integrated_brier']:.4f}; the record's own curve {leader['integrated_brier_of_curve']:.4f} ({leader['n']} spells).

{curve_table(leader)}

## Onset, months from 1990 on by the fit until 1989

| | ROC | average precision | log loss | expected | observed |
| --- | --- | --- | --- | --- | --- |
{onset}

ROC, model less time since the last attempt: {roc['value']:+.3f} ({roc['low']:+.3f} to {roc['high']:+.3f}). Other models of onset on the full panel, CoupCats' specification among them: [onset.md](onset.md) (the rows differ: here a country counts from the year after its first facts).
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
    write(validation / "scores.md", scores_page(scores))
    write(ROOT / "docs" / "findings.md", findings(claims, fit))


if __name__ == "__main__":
    main()
