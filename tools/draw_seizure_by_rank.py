#!/usr/bin/env python3
"""Draws docs/seizure-by-rank.svg: the odds of seizing power by the leaders' rank, for each shipped country, beside the record's."""
import argparse
import json
import subprocess
from pathlib import Path

import matplotlib

matplotlib.use("svg")
import matplotlib.pyplot as plt  # noqa: E402

RANKS = ["junior", "middle", "senior"]
COUNTRIES = ["mali-2012", "mali-2020", "turkey-2016"]
COLOURS = ["#0072b2", "#d55e00", "#009e73"]  # Okabe & Ito: told apart by colour-blind readers too


def run(program, file, rank):
    command = [program, "run", file, "--json", "--set", f"plot.tier={rank}"]
    return json.loads(subprocess.run(command, check=True, capture_output=True).stdout)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--program", default="build/interregnum")
    parser.add_argument("--out", type=Path, default=Path("docs/seizure-by-rank.svg"))
    arguments = parser.parse_args()
    plt.rcParams.update({"svg.hashsalt": "interregnum", "svg.fonttype": "none", "font.size": 11})
    figure, axes = plt.subplots(figsize=(7.5, 4.6))
    for row, (country, colour) in enumerate(zip(COUNTRIES, COLOURS)):
        for column, rank in enumerate(RANKS):
            result = run(arguments.program, f"scenarios/{country}.yaml", rank)
            seized = result["seized"]
            x = column + (row - 1) * 0.22
            axes.plot([x, x], [seized["inputs"]["low"], seized["inputs"]["high"]], color=colour, alpha=0.35, linewidth=7,
                      solid_capstyle="butt")
            axes.errorbar(x, seized["p"], [[seized["p"] - seized["low"]], [seized["high"] - seized["p"]]], fmt="o", color=colour,
                          capsize=4, label=result["scenario"] if column == 0 else None)
    # Albrecht, Koehler & Schutz, CAM 3.0, on Powell & Thyne's outcomes, 1950-2011.
    axes.hlines(83 / 252, -0.45, 1.45, color="black", linestyle="--", linewidth=1)
    axes.hlines(133 / 170, 1.55, 2.45, color="black", linestyle="--", linewidth=1)
    label = {"fontsize": 9, "bbox": {"facecolor": "white", "edgecolor": "none", "pad": 1}}
    axes.text(-0.43, 83 / 252 + 0.025, "record 1950-2011: lower and middle ranks .33", **label)
    axes.text(1.57, 133 / 170 + 0.025, "record: elite .78", **label)
    axes.set(xticks=range(3), xticklabels=[f"{rank} officers" for rank in RANKS], ylim=(0, 1), xlim=(-0.5, 2.5),
             ylabel="probability of seizing power", title="Who leads the coup (everything else as in the country file)")
    axes.legend(loc="upper center", bbox_to_anchor=(0.5, -0.1), ncols=3, fontsize=9, frameon=False)
    for side in ("top", "right"):
        axes.spines[side].set_visible(False)
    figure.tight_layout()
    temporary = arguments.out.with_suffix(".tmp.svg")
    figure.savefig(temporary, metadata={"Date": None, "Creator": None})
    temporary.replace(arguments.out)


if __name__ == "__main__":
    main()
