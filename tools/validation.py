#!/usr/bin/env python3
"""Sets the model beside the record: docs/validation/README.md, validation.json and validation.svg, all from one run of `interregnum validate`."""
import argparse
import json
import math
import os
import subprocess
import tempfile
from pathlib import Path

import matplotlib

matplotlib.use("Agg")
from matplotlib import pyplot  # noqa: E402

BLUE, ORANGE, GREEN, GREY = "#0072b2", "#d55e00", "#009e73", "#777777"  # Okabe & Ito
DAYS = [30, 90, 180, 365, 730]
GROUPS = 10
PARAMETERS = {"default": "Parameters are the unfitted defaults.", "prior": "Parameters are draws from their priors."}
FITTED = "Parameters are draws fitted to this same record: this is no test on attempts that the fit has not seen."


def wilson(successes, n):
    """95 % interval of a share (Wilson 1927)."""
    z = 1.959964
    share, scale = successes / n, 1 + z * z / n
    middle = (share + z * z / (2 * n)) / scale
    half = z / scale * math.sqrt(share * (1 - share) / n + z * z / (4 * n * n))
    return middle - half, middle + half


def calibration(attempts):
    """Mean forecast, share that succeeded and its interval, by tenths of the forecasts."""
    ranked = sorted(attempts, key=lambda attempt: (attempt["p"], attempt["attempt"]))
    points = []
    for group in range(GROUPS):
        members = ranked[group * len(ranked) // GROUPS:(group + 1) * len(ranked) // GROUPS]
        successes = sum(attempt["succeeded"] for attempt in members)
        points.append((sum(attempt["p"] for attempt in members) / len(members), successes / len(members), wilson(successes, len(members)), len(members)))
    return points


def draw(report, path):
    figure, (left, right) = pyplot.subplots(1, 2, figsize=(10, 4.2), facecolor="white")
    checks = {check["name"]: check for check in report["checks"]}
    # The leader's curve is of those who were in office on day 7, so that it begins there.
    for name, label, colour, marker, begin in [("no_further_success_{}_days", "no further successful coup", BLUE, "o", 0),
                                               ("leader_in_office_{}_days", "leader of day 7 still in office", ORANGE, "s", 7)]:
        rows = [checks[name.format(days)] for days in DAYS]
        left.plot([begin, *DAYS], [1, *(row["model"]["value"] for row in rows)], color=colour, label=f"{label}: model")
        left.fill_between([begin, *DAYS], [1, *(row["model"]["low"] for row in rows)], [1, *(row["model"]["high"] for row in rows)], color=colour, alpha=0.25, linewidth=0)
        values = [row["record"]["value"] for row in rows]
        left.errorbar(DAYS, values, yerr=[[value - row["record"]["low"] for value, row in zip(values, rows)], [row["record"]["high"] - value for value, row in zip(values, rows)]],
                      fmt=marker, color=colour, capsize=3, label=f"{label}: record")
    left.set_xlabel("days after the seizure")
    left.set_ylabel("share")
    left.set_ylim(0.3, 1.02)
    left.legend(frameon=False, fontsize=8, loc="lower left")
    left.set_title("What follows a success", fontsize=10)
    points = calibration(report["attempts"])
    right.plot([0, 1], [0, 1], color=GREY, linewidth=1)
    right.errorbar([point[0] for point in points], [point[1] for point in points],
                   yerr=[[point[1] - point[2][0] for point in points], [point[2][1] - point[1] for point in points]], fmt="o", color=GREEN, capsize=3)
    right.set_xlabel("model's chance of success, mean of a tenth of the attempts")
    right.set_ylabel("share that succeeded")
    right.set_xlim(0, 1)
    right.set_ylim(0, 1)
    right.set_title("Are its chances right?", fontsize=10)
    for axes in (left, right):
        axes.spines[["top", "right"]].set_visible(False)
    figure.tight_layout()
    matplotlib.rcParams["svg.hashsalt"] = "interregnum"
    figure.savefig(path, format="svg", metadata={"Date": None})


def cell(value):
    return f"{value['value']:.3f} ({value['low']:.3f}–{value['high']:.3f})"


def page(report):
    checks = report["checks"]
    outside = [check for check in checks if not check["overlaps"]]
    years = sorted(int(attempt["attempt"].split("-")[1]) for attempt in report["attempts"])
    lines = [
        "# The model against the record", "",
        f"Made by `tools/validation.py` (`make docs`, or `tools/validation.py --program build/interregnum`); do not edit. Each of the {len(report['attempts'])} attempts of {years[0]} to {years[-1]} was simulated {report['replicates']} times from a [thin country](../decisions/0008-thin-countries.md), "
        f"made of what was known the month before, and country-years without a plot besides. **{PARAMETERS.get(report['theta'], FITTED)}** `interregnum validate` prints the same figures.", "",
        "![What follows a success, and calibration](validation.svg)", "",
        "Left: the line is the model, its band the 95 % interval; points are the record with theirs. Right: attempts in ten groups of "
        f"{len(report['attempts']) // GROUPS} or so by the model's chance, with Wilson's intervals; on the line the chances would be right.", "",
        f"{len(checks) - len(outside)} of {len(checks)} of the model's values lie in the record's interval.", "",
        "| share of | record | model | within |", "| --- | --- | --- | --- |",
    ]
    lines += [f"| {check['meaning']} | {cell(check['record'])} | {cell(check['model'])} | {'yes' if check['overlaps'] else '**no**'} |" for check in checks]
    lines += ["", "The record's intervals cover its limited number of attempts, taken as independent though countries repeat; the model's cover chance, unknown inputs and, where they are drawn, its parameters.", "",
              "Takings that were lost again, and the fates of rulers, are of the attempts that have an entry in the Cline project. Of several fates the first of *killed*, *fled or exiled*, *arrested, jailed or tried* counts. The model's ruler flees, is captured, or neither; none is killed, so that its share of that is 0 by construction.", "",
              "## Forecasts of success", "", "| | Brier | log loss | ROC |", "| --- | --- | --- | --- |"]
    lines += [f"| {name.replace('_', ' ')} | {score['brier']:.4f} | {score['log_loss']:.4f} | {score['roc']:.3f} |" for name, score in report["scores"].items()]
    fitted = "The model was not fitted; but its defaults were searched" if report["theta"] in PARAMETERS else "The parameters were fitted to these very attempts"
    lines += ["", f"*base rate* and *rank* (CAM's) are shares in the other nine of ten folds of countries. {fitted}, and thin countries laid out, with the record's patterns in view.",
              "", "## Where it is off", "", "Model less record:", ""]
    lines += [f"- {check['meaning']}: {check['model']['value'] - check['record']['value']:+.3f}".replace("-0.", "−0.") for check in outside]
    lines += ["", "How countries differ for reasons that no column names enters by what each country's own past says (`regime.country_effect`). Of first leaders [scores.md](scores.md) counts fewer: not those who had ruled before. Scores on what a fit had not seen: [scores.md](scores.md). Onset has a page of its own: [onset.md](../../research/onset.md).", ""]
    return "\n".join(lines)


def write(path, text):
    temporary = path.with_name(path.name + ".new")
    temporary.write_text(text, encoding="utf-8")
    temporary.rename(path)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--program", default="build/interregnum")
    parser.add_argument("--replicates", type=int, default=400)
    parser.add_argument("--out", type=Path, default=Path(__file__).resolve().parent.parent / "docs" / "validation")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:  # the shipped record alone, whatever the user has imported
        text = subprocess.run([arguments.program, "validate", "--replicates", str(arguments.replicates), "--json"], check=True, stdout=subprocess.PIPE,
                              env=dict(os.environ, XDG_DATA_HOME=folder)).stdout
    report = json.loads(text)
    arguments.out.mkdir(parents=True, exist_ok=True)
    draw(report, arguments.out / "validation.svg.new")
    (arguments.out / "validation.svg.new").rename(arguments.out / "validation.svg")
    write(arguments.out / "README.md", page(report))
    write(arguments.out / "validation.json", text.decode("utf-8"))


if __name__ == "__main__":
    main()
