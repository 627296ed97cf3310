#!/usr/bin/env python3
"""Runs the country files and writes what became of each into the table in README.md, between its markers: 10,000 futures of each file, seed 1."""
import argparse
import json
import subprocess
from pathlib import Path

FILES = ["mali-2012", "mali-2020", "burkina-faso-2015", "niger-2023", "turkey-2016"]
BEGIN, END = "<!-- made by tools/outcomes.py -->", "<!-- end -->"


def percent(entry):
    # Rare outcomes with more decimals, so that no interval looks as if it had no width.
    decimals = 1 if entry["high"] >= 0.01 else 2
    return f"{100 * entry['p']:.{decimals}f} ({100 * entry['low']:.{decimals}f}–{100 * entry['high']:.{decimals}f})"


def time(hours):
    if hours is None:
        return "–"
    return f"{hours:.0f} h" if hours < 72 else (f"{hours / 24:.0f} days" if hours < 2400 else f"{hours / 730.485:.0f} months")


def table(runs):
    lines = ["| | " + " | ".join(run["scenario"] for run in runs) + " |", "| --- |" + " --- |" * len(runs)]

    def row(name, cell):
        lines.append(f"| {name} | " + " | ".join(cell(run) for run in runs) + " |")

    row("**seized** (held 7 days)", lambda run: percent(run["seized"]))
    row("**in power at 24 months**", lambda run: percent(run["outcomes"]["in_power"]))
    for name in (outcome for outcome in runs[0]["outcomes"] if outcome not in ("no_attempt", "in_power")):
        row(name, lambda run: percent(run["outcomes"][name]))
    row("of juntas: rule at 24 months", lambda run: percent(run["after"]["in_power_if_seized"][-1]))
    row("a further attempt", lambda run: percent(run["after"]["another_attempt"]))
    row("median time to the seizure", lambda run: time(run["seized"]["median_hours"]))
    row("median time in power, if overthrown by soldiers", lambda run: time(run["outcomes"]["counter_coup"]["median_hours"]))
    row("the same, if power is handed over", lambda run: time(run["outcomes"]["handover"]["median_hours"]))
    return "\n".join(lines)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--program", default="build/interregnum")
    parser.add_argument("--root", type=Path, default=Path(__file__).resolve().parent.parent)
    arguments = parser.parse_args()
    runs = []
    for name in FILES:
        command = [arguments.program, "run", str(arguments.root / "scenarios" / f"{name}.yaml"), "--json"]
        runs.append(json.loads(subprocess.run(command, check=True, capture_output=True).stdout))
    readme = arguments.root / "README.md"
    text = readme.read_text()
    before, rest = text.split(BEGIN, 1)
    after = rest.split(END, 1)[1]
    readme.write_text(before + BEGIN + "\n" + table(runs) + "\n" + END + after)


if __name__ == "__main__":
    main()
