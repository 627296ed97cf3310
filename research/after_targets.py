#!/usr/bin/env python3
"""Runs generic countries for five years after an attempt, with default parameters, and sets what follows beside the record, 1950-2011
(docs/decisions/0006-defaults-after-the-seizure.md).

Any arguments after the folder are handed to `interregnum run`, e.g. --set theta.onset.recent=3.
"""
import contextlib
import math
import sqlite3
import subprocess
import tempfile
from pathlib import Path

from arguments import TIERS, read_arguments

HOURS_A_DAY = 24.0
DAYS = [30, 90, 180, 365, 730, 1826]
RECORD_NO_FURTHER_SUCCESS = [0.99, 0.965, 0.93, 0.88, 0.80, 0.65]
RECORD_LEADER = [0.93, 0.85, 0.78, 0.65, 0.52, 0.34]
EXITS = ["counter_coup", "uprising", "intervention", "insurgent_takeover", "handover", "in_power"]


def run(program, file, replicates, extra):
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "results.db"
        subprocess.run([program, "run", str(file), "--replicates", str(replicates), "--keep-events", "0", "--out", str(out),
                        "--set", "horizon=5 years", "--theta", "default", *extra], check=True, capture_output=True)
        with contextlib.closing(sqlite3.connect(out)) as database:
            return database.execute("SELECT outcome, taken_hour, decided_hour, ended_hour, another_attempt_hour, another_seizure_hour, "
                                    "leader_exit, leader_exit_hour, initial_cohesion, handover FROM replicates").fetchall()


def main():
    arguments, files, extra = read_arguments(__doc__, 120)
    rows = []
    for number, file in enumerate(files):
        tier = TIERS[number % 3]
        # A seed of its own for each country: with the same one they would share the draws of the junta's elections and the like.
        rows += run(arguments.program, file, arguments.replicates, ["--seed", str(number), "--set", f"plot.tier={tier}", *extra])
    seized = [row for row in rows if row[0] in EXITS]
    failed = [row for row in rows if row[0] in ("failed", "reversed")]
    print(f"{len(rows)} futures, {len(seized)} seizures")

    def within(group, since, hour, days):
        return sum(row[hour] is not None and row[hour] - row[since] <= days * HOURS_A_DAY for row in group) / len(group)

    def line(name, value, record):
        print(f"{name:44} {value:7.3f}   record: {record}")

    for days, record in zip(DAYS, RECORD_NO_FURTHER_SUCCESS):
        line(f"no further success by day {days}", 1 - within(seized, 1, 5, days), record)
    for days, record in zip(DAYS, RECORD_LEADER):
        line(f"leader in office on day {days}", 1 - within(seized, 1, 7, days), record)
    for name, group, records in [("failure", failed, (0.32, 0.39)), ("success", seized, (0.23, 0.36))]:
        for days, record in zip((365, 730), records):
            line(f"another attempt within {days} days of a {name}", within(group, 2, 4, days), record)
    for days in (365, 730, 1826):
        ended = {name: sum(row[0] == name and (row[3] - row[1]) <= days * HOURS_A_DAY for row in seized) / len(seized) for name in EXITS[:-1]}
        print(f"by day {days}: " + ", ".join(f"{name} {share:.3f}" for name, share in ended.items())
              + f", still in power {1 - sum(ended.values()):.3f}")
    left = [row for row in seized if row[7] is not None]
    print("leaders left by (record: 97 irregular, 93 regular, 5 foreign force, 8 otherwise of 203, five years and more):")
    for name, kinds in [("irregular", ("counter_coup", "uprising", "insurgent_takeover")), ("foreign force", ("intervention",)), ("handover", ("handover",))]:
        line(f"  {name}", sum(row[6] == "with_the_junta" and row[0] in kinds for row in left) / len(left), "")
    line("  death", sum(row[6] == "death" for row in left) / len(left), "")
    line("  succession or stand-in replaced", sum(row[6] in ("succession", "stand_in_replaced") for row in left) / len(left), "")
    cohesion = sorted(row[8] for row in seized)
    print("cohesion at the start, tenths: " + ", ".join(f"{cohesion[math.floor(share * len(cohesion))]:.2f}" for share in (0.1, 0.5, 0.9)))
    print(f"seized {len(seized) / len(rows):.3f}, reversed {sum(row[0] == 'reversed' for row in rows) / len(rows):.4f}")


if __name__ == "__main__":
    main()
