#!/usr/bin/env python3
"""Forecasts forward in time: docs/validation/forward.md and forward.svg.

Takes the JSON of `interregnum score --forward --again --json`, which ships as data/forward-2011.json."""
import argparse
import csv
import json
import re
from pathlib import Path

import matplotlib

matplotlib.use("Agg")
from matplotlib import pyplot  # noqa: E402

from findings import wrapped  # noqa: E402
from validation import BLUE, GREY, ORANGE, write  # noqa: E402

NAMES = {
    "mechanism": "**mechanism**", "regression": "**regression**", "stacked": "**stacked**", "base_rate": "base rate",
    "base_rate_walk": "base rate that walks", "rank": "rank", "rank_walk": "rank, level walks",
    "logistic": "rank, wealth, past attempts, civil war", "logistic_walk": "rank, wealth, past attempts, civil war; level walks",
    "logistic_initiators": "rank, wealth, past attempts, civil war, who began it",
    "time_since": "time since the last attempt", "time_since_walk": "time since the last attempt, level walks",
    "coupcats": "CoupCats' specification",
}


def short(text):
    """Without the zero before the point, and with a true minus."""
    return re.sub(r"^([+-]?)0\.", r"\1.", text).replace("-", "−")


def figure(value, decimals):
    return "–" if value is None else short(f"{value:.{decimals}f}")


def signed(value, decimals):
    return "cannot be told" if value is None else short(f"{value:+.{decimals}f}")


def difference(score, key, decimals):
    if key not in score:
        return ""
    of = score[key]
    return f"{signed(of['value'], decimals)} ({signed(of['low'], decimals)} to {signed(of['high'], decimals)})"


def success_table(scores):
    lines = ["| forecast | Brier | log loss | ROC area | expected | seen | mechanism's Brier less this one |", "| --- | --- | --- | --- | --- | --- | --- |"]
    for name, score in scores.items():
        if name == "logistic_initiators_walk":  # the regression itself
            continue
        lines.append(f"| {NAMES[name]} | {figure(score['brier'], 4)} | {figure(score['log_loss'], 4)} | {figure(score['roc'], 3)} | "
                     f"{score['expected']:.1f} | {score['seen']} | {difference(score, 'brier_difference', 4)} |")
    return lines


def onset_table(scores):
    lines = ["| forecast | log loss, nats in all | ROC area | average precision | expected | seen | expected / seen | mechanism's less this one, nats |",
             "| --- | --- | --- | --- | --- | --- | --- | --- |"]
    for name, score in scores.items():
        n = score["n"]
        nats = ""
        if "log_loss_difference" in score:
            of = score["log_loss_difference"]
            nats = f"{signed(n * of['value'], 1)} ({signed(n * of['low'], 1)} to {signed(n * of['high'], 1)})"
        lines.append(f"| {NAMES[name]} | {n * score['log_loss']:.1f} | {figure(score['roc'], 3)} | {figure(score['average_precision'], 4)} | "
                     f"{score['expected']:.1f} | {score['seen']} | {figure(score['expected'] / score['seen'], 2)} | {nats} |")
    return lines


def draw(report, path):
    years = report["years"]
    x = [year["year"] for year in years]
    plot, axes = pyplot.subplots(3, 1, figsize=(10, 9), facecolor="white", sharex=True)
    for panel, expected, seen, title in [
            (axes[0], "expected_successes", "successes", "attempts that succeed"),
            (axes[1], "expected_attempt_months", "attempt_months", "country-months with an attempt")]:
        panel.fill_between(x, [year[expected]["low"] for year in years], [year[expected]["high"] for year in years], color=BLUE, alpha=0.2,
                           linewidth=0, step="mid", label="95 % of futures")
        panel.plot(x, [year[expected]["value"] for year in years], color=BLUE, drawstyle="steps-mid", label="expected by the mechanism")
        panel.plot(x, [year[seen] for year in years], "o", color=ORANGE, markersize=4, label="seen")
        panel.set_ylabel("number in the year")
        panel.set_title(title, fontsize=10)
        panel.legend(frameon=False, fontsize=8)
        panel.set_ylim(bottom=0)
    axes[2].plot(x, [year["weight_success"] for year in years], color=BLUE, label="success")
    axes[2].plot(x, [year["weight_onset"] for year in years], color=GREY, label="onset")
    axes[2].set_ylim(0, 1)
    axes[2].set_ylabel("weight")
    axes[2].set_title("weight of the mechanism in the stacked forecasts, learnt from the years before", fontsize=10)
    axes[2].legend(frameon=False, fontsize=8)
    axes[2].set_xlabel("year")
    for panel in axes:
        panel.spines[["top", "right"]].set_visible(False)
    plot.tight_layout()
    pyplot.rcParams["svg.hashsalt"] = "interregnum"
    plot.savefig(path, format="svg", metadata={"Date": None, "Creator": None})
    pyplot.close(plot)


def coverage(years, expected, seen):
    inside = sum(year[expected]["low"] <= year[seen] <= year[expected]["high"] for year in years)
    return f"{inside} of {len(years)}"


def without_entry(attempts):
    with attempts.open(encoding="utf-8", newline="") as file:
        return {row["attempt"] for row in csv.DictReader(file) if row["cdp_military"] == ""}


def brier_with_entry(report, blank, years):
    """Brier scores, by way of forecasting, of the attempts of which the Cline project has an entry."""
    kept = [each for each in report["each"] if years[0] <= each["year"] <= years[1] and each["attempt"] not in blank]
    score = lambda way: sum((each["p"][way] - each["succeeded"]) ** 2 for each in kept) / len(kept)
    return len(kept), {way: score(way) for way in ("mechanism", "regression", "stacked", "rank_walk")}


def page(report, blank):
    success, onset = report["forward"]["success"], report["forward"]["onset"]
    years = report["years"]
    poor = [chain for chain in report["chains"] if chain["largest_r_hat"] is None or chain["largest_r_hat"] > 1.05]
    lines = [
        "# Forecasts forward in time", "",
        "Each year is forecast by parameters that were fitted to what was known at the end of the year before: attempts, their outcomes, and the levels of the "
        "years (decision 17). These are the only forecasts on this record that were made as a forecaster would have made them. The folds by country in "
        "[scores.md](scores.md) know the years of what they forecast.", "",
        "`make forward` makes this page again; `interregnum score --forward` prints its tables.", "",
        "![Expected and seen by year](forward.svg)", "",
        f"The number of successes lay within the interval that 95 % of futures are in for {coverage(years, 'expected_successes', 'successes')} years, the number of "
        f"country-months with an attempt for {coverage(years, 'expected_attempt_months', 'attempt_months')}.", "",
        "*Regression* is a logistic regression on rank, wealth, past attempts, civil war and who began the attempt, whose level walks over the years; of the onset, "
        "CoupCats' specification with such a walk (without women's participation in politics, which the record does not hold). *Stacked* is the mean of the log "
        "odds of mechanism and regression; the mechanism's weight is learnt from the years before. An unknown rank is integrated over in all of them. Who began an "
        "attempt is known of those with an entry in the Cline project, and a blank there says that the attempt failed: the regression with initiators, and so the "
        "stacked forecast, know a little of the outcome by it. Intervals are of drawing whole countries anew.", ""]
    for period in success:
        lines += [f"## {period}: success of attempts", "", *success_table(success[period]), ""]
        lines += ["| mechanism's forecast | happened (95 %) | attempts |", "| --- | --- | --- |"]
        lines += [f"| {figure(row['forecast'], 2)} | {figure(row['happened']['p'], 2)} ({figure(row['happened']['low'], 2)} to {figure(row['happened']['high'], 2)}) | {row['n']} |"
                  for row in report["calibration_by_period"][period]]
        number, brier = brier_with_entry(report, blank, [int(year) for year in period.split("-")])
        lines += ["", f"Of the {number} attempts with an entry in the Cline project alone, where no forecast can know the outcome by a blank, the Brier scores are "
                  f"{figure(brier['mechanism'], 4)} (mechanism), {figure(brier['regression'], 4)} (regression), {figure(brier['stacked'], 4)} (stacked) and "
                  f"{figure(brier['rank_walk'], 4)} (rank, level walks)."]
        lines += ["", f"## {period}: months that see an attempt", "", *onset_table(onset[period]), ""]
    lines += [
        "## How the fits are made", "",
        "The futures that the surrogates learn from are shared by all years; they know no outcome. The chains of a year begin where those of the year before "
        "ended. A set of chains that has not met (R-hat below 1.05, effective sample size above 100) goes on, at most four times; "
        f"{len(poor)} of {len(report['chains'])} sets ended with an R-hat above 1.05. In three years chains from the prior check the others:", "",
        "| year | largest difference between chances of success | mean difference | attempt-months expected | by chains from the prior |", "| --- | --- | --- | --- | --- |"]
    lines += [f"| {check['year']} | {figure(check['largest_difference'], 3)} | {signed(check['mean_difference'], 3)} | {check['expected_attempt_months']:.2f} | "
              f"{check['expected_attempt_months_cold']:.2f} |" for check in report["checks"]]
    stacking = report["stacking"]
    lines += [
        "", "## What a country file shows", "",
        "`interregnum run` and `compare` show the mechanism's forecast, not the stacked one: the regression knows a country by five figures, and a country file holds "
        "hundreds that it does not see. Who wants the stacked chance of a seizure averages the log odds with those of a regression by the weight that is said below.",
        "", f"After 2011 the mechanism's weight is {figure(stacking['weight_success'], 2)} for success and {figure(stacking['weight_onset'], 2)} for the onset."]
    return wrapped("\n".join([*lines, ""]))


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--scores", type=Path, required=True, help="JSON of interregnum score --forward --again --json")
    parser.add_argument("--attempts", type=Path, default=Path(__file__).resolve().parent.parent / "data" / "attempts.csv", help="the attempts on record")
    parser.add_argument("--out", type=Path, default=Path(__file__).resolve().parent.parent / "docs" / "validation")
    arguments = parser.parse_args()
    report = json.loads(arguments.scores.read_text(encoding="utf-8"))
    arguments.out.mkdir(parents=True, exist_ok=True)
    draw(report, arguments.out / "forward.svg.new")
    (arguments.out / "forward.svg.new").rename(arguments.out / "forward.svg")
    write(arguments.out / "forward.md", page(report, without_entry(arguments.attempts)))


if __name__ == "__main__":
    main()
