#!/usr/bin/env python3
"""Whether the fit finds known parameters again: docs/validation/calibration.svg, .md and .json.

Takes the JSON of `interregnum fit --calibrate N --json` and of `interregnum fit --json`."""
import argparse
import json
import statistics
from pathlib import Path

import matplotlib

matplotlib.use("Agg")
from matplotlib import pyplot  # noqa: E402

from validation import BLUE, GREY, ORANGE, write  # noqa: E402

COLUMNS = 6
PARTS = {"onset": "onset", "seizure": "seizure", "after": "what follows"}


def short(name):
    return name.removeprefix("theta.")


def binomial_range(n, p, level):
    """The narrowest range from the middle that holds at least `level` of a binomial count."""
    chance, chances = (1 - p) ** n, []
    for k in range(n + 1):
        chances.append(chance)
        chance *= (n - k) / (k + 1) * p / (1 - p)
    tail = (1 - level) / 2
    low = next(k for k in range(n + 1) if sum(chances[:k + 1]) > tail)
    high = next(k for k in range(n, -1, -1) if sum(chances[k:]) > tail)
    return low, high


def draw(report, shown, path):
    rows = -(-len(shown) // COLUMNS)
    figure, grid = pyplot.subplots(rows, COLUMNS, figsize=(11, 1.5 * rows + 0.4), facecolor="white", squeeze=False, sharex=True, sharey=True)
    bins = len(shown[0]["bins"])
    low, high = binomial_range(report["records"], 1 / bins, 0.99)
    for axes, parameter in zip(grid.flat, shown):
        colour = ORANGE if parameter["name"] in report["rejected"] else BLUE
        axes.axhspan(low, high, color=GREY, alpha=0.2, linewidth=0)
        axes.bar(range(bins), parameter["bins"], width=1.0, color=colour, edgecolor="white", linewidth=0.3)
        axes.set_title(f"{short(parameter['name'])}\n{PARTS[parameter['part']]}, p = {parameter['p_value']:.2g}", fontsize=7)
        axes.set_xticks([])
        axes.tick_params(labelsize=7)
    for axes in list(grid.flat)[len(shown):]:
        axes.set_visible(False)
    for axes in grid.flat:
        axes.spines[["top", "right"]].set_visible(False)
    figure.supxlabel("rank of the true value among draws, from below all to above all", fontsize=8)
    figure.tight_layout()
    matplotlib.rcParams["svg.hashsalt"] = "interregnum"
    figure.savefig(path, format="svg", metadata={"Date": None})


def coverage(report, part):
    """Share of true values of a part within their central 90 %, in percent, and its standard error: records are independent, parameters of one are not."""
    members = [parameter["ranks"] for parameter in report["calibration"] if parameter["part"] == part]
    places = report["draws"] + 1
    low, high = round(0.05 * places), round(0.95 * places)
    shares = [sum(low <= ranks[record] < high for ranks in members) / len(members) for record in range(report["records"])]
    mean = sum(shares) / len(shares)
    return 100 * mean, 100 * (sum((share - mean) ** 2 for share in shares) / (len(shares) - 1) / len(shares)) ** 0.5, 100 * (high - low) / places


def off_to_one_side(report):
    """Parameters whose mean rank is off by more than chance, all tested together (normal, Bonferroni), with the distance in standard errors."""
    limit = statistics.NormalDist().inv_cdf(1 - report["false_alarm_rate"] / 2 / len(report["calibration"]))
    places, error = report["draws"] + 1, (1 / 12 / report["records"]) ** 0.5
    distances = [(parameter["name"], (statistics.mean((rank + 0.5) / places for rank in parameter["ranks"]) - 0.5) / error) for parameter in report["calibration"]]
    return [(name, distance) for name, distance in distances if abs(distance) > limit]


def page(report, shown, fit):
    rejected = report["rejected"]
    tested = len(report["calibration"])
    bins = len(report["calibration"][0]["bins"])
    result = (f"{len(rejected)} of {tested} parameters are uneven: " + ", ".join(f"`{short(name)}`" for name in rejected) + ".") if rejected else f"None of {tested} parameters is uneven."
    off = ", ".join(f"`{short(name)}` (true values {'above' if distance > 0 else 'below'} its draws, by {abs(distance):.1f} standard errors)" for name, distance in off_to_one_side(report))
    unseen = [parameter for parameter in fit["parameters"] if not parameter["seen"]]
    lines = [
        "# Does the fit find known parameters again?", "",
        "Made by `make calibration` (`interregnum fit --calibrate`, tools/calibration.py); do not edit.", "",
        "Simulation-based calibration (Talts et al. 2018): parameters are drawn from their priors, the simulator makes a record with them, and the same code that fits the true record fits this one. "
        f"If the fit is right, the true value is equally likely to fall anywhere among the {report['draws']} draws. That was done {report['records']} times.", "",
        "- **Seizure**: each attempt is played to its end once; successes and failures are taken for each other at the drawn rate; deaths are known where the record knows them.",
        "- **What follows**: each success on record is played until it succeeds, then for two years, as far as the record follows it. Parameters on which no answer is thought to depend are drawn too and not told to the fit. Those of onset and seizure are told.",
        "- **Onset**: attempts are drawn month by month under the conditions of a quarter of the countries, which are held as they were; the rank of every second is known. Records with less than a quarter or more than four times the true number are drawn anew.", "",
        "![Rank histograms](calibration.svg)", "",
        "Parameters of which the true record says something. Grey: where 99 % of bars lie if all ranks are equally likely. Hollow in the middle would mean draws that are too narrow; a slope, draws that are off to one side.", "",
        "## Result", "", result + f" The test is chi-square over {bins} bins, with Holm's correction for all {tested} parameters together: one or more would be called uneven by chance in {100 * report['false_alarm_rate']:.0f} % of such trials.", "",
        f"Of mean ranks, which see a shift sooner and were looked at afterwards, these are off by more than chance at the same rate for all together: {off or 'none'}.", "",
        "What these tests are too weak to see in one parameter shows in all of a part together: how many true values lie within the central 90 % of their draws.", "",
        "| part | parameters | within | standard error | if right |", "| --- | --- | --- | --- | --- |",
        *(f"| {words} | {sum(parameter['part'] == part for parameter in report['calibration'])} | {share:.1f} % | {error:.1f} | {right:.1f} % |"
          for part, words in PARTS.items() for share, error, right in [coverage(report, part)]), "",
        "| parameter | part | p |", "| --- | --- | --- |",
    ]
    lines += [f"| `{parameter['name']}` | {PARTS[parameter['part']]} | {parameter['p_value']:.2g}{' **uneven**' if parameter['name'] in rejected else ''} |" for parameter in sorted(report["calibration"], key=lambda one: one["p_value"])]
    lines += ["", "## What the record cannot see", "",
              f"From {len(unseen)} of {len(fit['parameters'])} parameters the record takes away at most 15 % of the prior's variance, little more than chance would: there the posterior is the prior, or nearly.", "",
              "| parameter | prior: median (95 % interval) | variance taken away |", "| --- | --- | --- |"]
    for parameter in unseen:
        prior = parameter["prior"]
        # Medians of symmetric priors are zero up to the arithmetic; a thousandth of the interval is below what is printed of it.
        median = prior["median"] if abs(prior["median"]) > 0.001 * (prior["high"] - prior["low"]) else 0.0
        lines.append(f"| `{parameter['name']}` | {median:.3g} ({prior['low']:.3g} to {prior['high']:.3g}) | {max(0.0, parameter['contraction']):.0%} |")
    return "\n".join([*lines, ""])


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--calibration", type=Path, required=True, help="JSON of interregnum fit --calibrate N --json")
    parser.add_argument("--fit", type=Path, required=True, help="JSON of interregnum fit --json")
    parser.add_argument("--out", type=Path, default=Path(__file__).resolve().parent.parent / "docs" / "validation")
    arguments = parser.parse_args()
    text = arguments.calibration.read_text(encoding="utf-8")
    report, fit = json.loads(text), json.loads(arguments.fit.read_text(encoding="utf-8"))
    # Quantities of the fit alone (misclassified, country_variance) are no parameters of the model; the record sees both.
    of_model = {parameter["name"]: parameter["seen"] for parameter in fit["parameters"]}
    shown = [parameter for parameter in report["calibration"] if of_model.get(parameter["name"], True)]
    arguments.out.mkdir(parents=True, exist_ok=True)
    draw(report, shown, arguments.out / "calibration.svg.new")
    (arguments.out / "calibration.svg.new").rename(arguments.out / "calibration.svg")
    write(arguments.out / "calibration.md", page(report, shown, fit))
    write(arguments.out / "calibration.json", text)


if __name__ == "__main__":
    main()
