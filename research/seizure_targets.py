#!/usr/bin/env python3
"""Runs the seizure on generic countries with default parameters and sets what comes out beside the record, 1950-2011 (docs/decisions/0004-seizure-defaults.md).

Any arguments after the folder are handed to `interregnum run`, e.g. --set theta.seizure.momentum=3.
"""
import json
import subprocess

from arguments import TIERS, read_arguments

RECORD = {
    "success, junior": ".33 (CAM, lower and middle), .34 (Colpus, junior)",
    "success, middle": "between: .33 (CAM with junior), .61 (Colpus, not junior)",
    "success, senior": ".78 (CAM, elite)",
    "success, a third each": ".49 of all attempts",
    "no deaths if it succeeds": ".68",
    "no deaths if it fails": ".42",
    "90th percentile of deaths": "96",
    "decided within 48 hours": "most (Singh)",
    "undecided at day seven": "under .02 wanted",
}


def main():
    arguments, files, extra = read_arguments(__doc__, 400)
    runs = {tier: [] for tier in TIERS}
    for file in files:
        for tier, results in runs.items():
            command = [arguments.program, "run", str(file), "--json", "--until", "seizure", "--replicates", str(arguments.replicates),
                       "--set", f"plot.tier={tier}", "--theta", "default", *extra]
            results.append(json.loads(subprocess.run(command, check=True, capture_output=True).stdout))

    def mean(values):
        values = list(values)
        return sum(values) / len(values)

    everything = [run for results in runs.values() for run in results]
    seized = sum(run["seized"]["p"] for run in everything)
    found = {f"success, {tier}": mean(run["seized"]["p"] for run in results) for tier, results in runs.items()}
    found["success, a third each"] = mean(run["seized"]["p"] for run in everything)
    found["no deaths if it succeeds"] = sum(run["deaths"]["none_if_seized"]["p"] * run["seized"]["p"] for run in everything) / seized
    found["no deaths if it fails"] = (sum(run["deaths"]["none_if_not_seized"]["p"] * (1 - run["seized"]["p"]) for run in everything)
                                      / (len(everything) - seized))
    found["90th percentile of deaths"] = mean(run["deaths"]["quantile_90"] for run in everything)
    found["decided within 48 hours"] = mean(run["decided_within_48_hours"]["p"] for run in everything)
    found["undecided at day seven"] = mean(run["undecided_at_day_seven"]["p"] for run in everything)
    found["reversed"] = mean(run["outcomes"]["reversed"]["p"] for run in everything)
    found["steps a replicate"] = mean(run["steps_per_replicate"] for run in everything)
    for name, value in found.items():
        print(f"{name:28} {value:8.3f}   record: {RECORD.get(name, '-')}")


if __name__ == "__main__":
    main()
