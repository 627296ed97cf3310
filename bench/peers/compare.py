#!/usr/bin/env python3
"""Time the model of mobilisation beside three ways in which others would write it.

Checks first that all four play the same model. `make peers` calls it. Writes peers.json and peers.md into --out; exit
code 1 if a program disagrees with ours."""

import argparse
import itertools
import json
import math
import pathlib
import statistics
import subprocess
import sys
import time

import numpy as np
from scipy import stats

import tables

HERE = pathlib.Path(__file__).parent
TOWNS = (1, 13)
SIZES = (10**4, 10**5, 10**6)
STEPS, HOURS = 151, 24
# All chances of a false alarm of the whole check together.
FALSE_ALARMS = 0.01
GOALS = {"Mesa": 5000, "plain C++": 20}
# Runs of the check: as many as a minute or two of each program allow.
RUNS = {"ours": 2000, "plain C++": 400, "numpy": 200, "Mesa": 40}


def make_question(parameters, towns, people, shocks, support):
    """A country of `people` in all, of whom the capital has two fifths, or all. docs/model.md, The public."""
    p = parameters
    capital = people if towns == 1 else 2 * people // 5
    supports = [support, *itertools.islice(itertools.cycle((0.25, 0.5, 0.75)), towns - 1)]
    sizes = [capital] + [(people - capital) // (towns - 1)] * (towns - 1) if towns > 1 else [capital]
    protest = capital // 50
    will_to_shoot = 1 / (1 + math.exp(-(p["will_to_shoot"] + p["will_cohesion"] * (p["cohesion"] - 0.5))))
    movement = p["organisation"] * math.log1p(1000 * protest / capital)
    kept = ("most_out", "conviction", "contagion", "contagion_half", "coupling", "crowd_days", "shock_days")
    return {
        "towns": [{"people": size, "support": share, "leaning": float(stats.norm.ppf(share))}
                  for size, share in zip(sizes, supports)],
        "steps": STEPS, "hours": HOURS, "protest_before": protest,
        "drive_against": movement - p["cost"] - p["repression"] * will_to_shoot, "drive_for": -p["cost"],
        "shock_country": p["shock_country"] if shocks else 0, "shock_place": p["shock_place"] if shocks else 0,
        **{name: p[name] for name in kept}}


class Bench:
    def __init__(self, options):
        self.out = pathlib.Path(options.out)
        self.commands = {
            "ours": [options.ours], "plain C++": [options.individuals],
            "numpy": [sys.executable, HERE / "with_numpy.py"], "Mesa": [sys.executable, HERE / "with_mesa.py"]}
        self.parameters = json.loads(subprocess.run([options.ours], check=True, capture_output=True).stdout)

    def play(self, program, runs, seed, budget, support=0.25, **what):
        question = self.out / "question.json"
        question.write_text(json.dumps(make_question(self.parameters, support=support, **what)))
        command = [*self.commands[program], question, runs, seed]
        if program in ("numpy", "Mesa"):
            command.append(budget)
        done = subprocess.run([str(word) for word in command], check=True, capture_output=True, text=True)
        return json.loads(done.stdout)

    def seconds_a_step(self, program, runs, seed, budget, towns, people):
        answer = self.play(program, runs, seed, budget, towns=towns, people=people, shocks=True)
        return answer["cpu_seconds"] / answer["steps"], answer["steps"] / runs

    def time(self, rounds, budget):
        """Rows of the table. Of each size, a round runs all programs one after the other, so that a ratio compares
        what was measured at about the same time."""
        rows = []
        for towns, people in itertools.product(TOWNS, SIZES):
            seconds = {program: [] for program in self.commands}
            steps = {}
            for round_ in range(rounds):
                for program in self.commands:
                    # Enough runs of the fast ones for a tenth of a second or more.
                    runs = {"ours": 2000, "plain C++": max(1, 10**5 // people)}.get(program, 1)
                    taken, steps[program] = self.seconds_a_step(program, runs, 1 + round_, budget, towns, people)
                    seconds[program].append(taken)
            ours = seconds["ours"]
            ratios = {program: [theirs / mine for theirs, mine in zip(taken, ours)]
                      for program, taken in seconds.items() if program != "ours"}
            rows.append({
                "towns": towns, "people": people, "steps": steps,
                "seconds_a_step": {program: statistics.median(taken) for program, taken in seconds.items()},
                "ratio": {program: statistics.median(found) for program, found in ratios.items()},
                "ratio_range": {program: [min(found), max(found)] for program, found in ratios.items()}})
            print(tables.row_text(rows[-1]), flush=True)
        return rows

    def check(self):
        """Whether crowds at the end have the same mean and spread in all programs, on the scale of ln(1 + people)."""
        people = SIZES[0]
        cases = list(itertools.product(TOWNS, (False, True)))
        comparisons = len(cases) * 2 * 2 * (len(RUNS) - 1)
        results = []
        for towns, shocks in cases:
            crowds = {program: self.play(program, runs, 1000, math.inf, towns=towns, people=people, shocks=shocks)
                      for program, runs in RUNS.items()}
            for side, (program, runs) in itertools.product(("against", "for"), RUNS.items()):
                result = {"towns": towns, "people": people, "shocks": shocks, "side": side, "program": program,
                          "runs": runs, "mean_crowd": statistics.mean(crowds[program][side])}
                logs, ours = np.log1p(crowds[program][side]), np.log1p(crowds["ours"][side])
                result |= {"mean": float(logs.mean()), "sd": float(logs.std(ddof=1))}
                if program != "ours":
                    result |= comparison(logs, ours, FALSE_ALARMS / comparisons)
                results.append(result)
                print(tables.result_text(result), flush=True)
        return results, comparisons

    def support_between_classes(self):
        """How far the crowd is off where the line between the two sides does not fall on the edge of a class."""
        results = []
        for support in (0.25, 0.3, 0.35):
            crowds = [self.play(program, runs, 1, math.inf, support=support, towns=1, people=SIZES[1], shocks=False)
                      for program, runs in (("ours", 2000), ("plain C++", 60))]
            for side in ("against", "for"):
                ours, theirs = (np.array(crowd[side]) for crowd in crowds)
                results.append({
                    "support": support, "side": side, "ours": ours.mean(), "plain C++": theirs.mean(),
                    "off": ours.mean() / theirs.mean() - 1,
                    "error": math.hypot(stats.sem(ours), stats.sem(theirs)) / theirs.mean()})
        return results


def comparison(theirs, ours, false_alarms):
    """Welch's test of the means, that of Brown and Forsythe of the spread."""
    p_mean = stats.ttest_ind(theirs, ours, equal_var=False).pvalue
    p_spread = stats.levene(theirs, ours, center="median").pvalue
    return {"difference": float(theirs.mean() - ours.mean()), "error": math.hypot(stats.sem(theirs), stats.sem(ours)),
            "p_mean": float(p_mean), "p_spread": float(p_spread), "agrees": bool(min(p_mean, p_spread) >= false_alarms)}


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--ours", required=True, help="the program that links the library")
    parser.add_argument("--individuals", required=True, help="the plain C++ program")
    parser.add_argument("--out", required=True, help="folder for peers.json and peers.md")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--budget", type=float, default=10,
                        help="CPU seconds after which a run in Python is cut short (not before 5 steps)")
    parser.add_argument("--check-only", action="store_true")
    options = parser.parse_args()
    begin = time.time()
    bench = Bench(options)
    results, comparisons = bench.check()
    between = bench.support_between_classes()
    rows = [] if options.check_only else bench.time(options.rounds, options.budget)
    verdicts = [r["agrees"] for r in results if "agrees" in r]
    text = [f"{sum(verdicts)} of {len(verdicts)} crowds agree with ours ({comparisons} tests, which together raise a"
            f" false alarm in {FALSE_ALARMS:.0%} of all checks).", "", *tables.of_check(results), "",
            f"By the support of one town of {SIZES[1]:,}, without shocks:", "",
            *tables.of_supports(between)]
    if rows:
        text = ["CPU time of a step of a day: ours, and the others as multiples of ours, median (and range) of"
                f" {options.rounds} rounds. A run in Python stops after {options.budget:g} s of CPU time; the number of"
                " its steps is then in the table.", "", *tables.of_times(rows, STEPS), "",
                *tables.goals_text(rows, GOALS), "", *text]
    found = {"times": rows, "check": results, "supports": between, "parameters": bench.parameters}
    (bench.out / "peers.json").write_text(json.dumps(found, indent=1) + "\n")
    (bench.out / "peers.md").write_text("\n".join(text) + "\n")
    print("\n".join(["", *text, "", f"Written: {bench.out}/peers.md peers.json, in {time.time() - begin:.0f} s"]))
    return 0 if all(verdicts) else 1


if __name__ == "__main__":
    sys.exit(main())
