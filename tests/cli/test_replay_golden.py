"""Replays of a made-up country with default parameters are the same to the byte as those kept in tests/golden/replay.txt.

A change of the model changes them: read the difference, and if it is what was meant, rewrite the file with
  INTERREGNUM=build/interregnum INTERREGNUM_ROOT=. python3 tests/cli/test_replay_golden.py --update
"""

import contextlib
import difflib
import sqlite3
import sys
import unittest

from support import COUNTRY, ProgramTest, interregnum

GOLDEN = COUNTRY.parent / "replay.txt"
SEED = 9  # its first three futures were an attempt that fails, one that succeeds late, and one that succeeds at once
REPLICATES = 3


def replays():
    """What the file holds: the first replicates, one after another."""
    parts = []
    for replicate in range(REPLICATES):
        result = interregnum("replay", COUNTRY, "--theta", "default", "--seed", SEED, "--replicate", replicate)
        if result.returncode != 0 or result.stderr:
            raise RuntimeError(result.stderr)
        parts.append(f"--- replicate {replicate}\n{result.stdout}")
    return "".join(parts)


class Golden(ProgramTest):
    def test_replays_are_those_of_the_file(self):
        kept = GOLDEN.read_text(encoding="utf-8")
        now = replays()
        difference = "".join(difflib.unified_diff(kept.splitlines(True), now.splitlines(True), str(GOLDEN), "now", n=1))
        self.assertTrue(kept == now, f"\n{difference}\n{__doc__}")

    def test_the_file_is_worth_comparing_with(self):
        kept = GOLDEN.read_text(encoding="utf-8")
        self.assertEqual(kept.count("--- replicate "), REPLICATES)
        self.assertGreater(len(kept.splitlines()), 10 * REPLICATES)
        self.assertIn("Palace Guard", kept)


class Agreement(ProgramTest):
    """A replay is the replicate of that number in a run, not merely one like it."""

    def setUp(self):
        super().setUp()
        out = self.folder / "results.db"
        self.succeed("run", COUNTRY, "--seed", SEED, "--replicates", 40, "--keep-events", 40, "--out", out)
        self.database = self.enterContext(contextlib.closing(sqlite3.connect(out)))
        self.database.row_factory = sqlite3.Row

    def test_ends_as_in_the_run(self):
        outcomes = set()
        for row in self.database.execute("SELECT * FROM replicates ORDER BY replicate").fetchall():
            replay = self.json_of("replay", COUNTRY, "--seed", SEED, "--replicate", row["replicate"], "--json")
            for key in ["replicate", "outcome", "tier", "taken_hour", "decided_hour", "ended_hour", "handover", "another_attempt_hour",
                        "another_seizure_hour", "deaths", "deaths_in_all"]:
                self.assertEqual(replay[key], row[key], (row["replicate"], key))
            outcomes.add(row["outcome"])
        self.assertGreater(len(outcomes), 1, "all futures end alike: the comparison shows little")

    def test_happens_as_in_the_run(self):
        for replicate in range(10):
            replay = self.json_of("replay", COUNTRY, "--seed", SEED, "--replicate", replicate, "--json")
            rows = self.database.execute("SELECT * FROM events WHERE replicate = ? ORDER BY position", (replicate,)).fetchall()
            kept = [{key: row[key] if row[key] is not None else "" for key in row.keys() if key not in ("replicate", "position")} for row in rows]
            for event in kept:  # SQLite has one NULL, JSON null and empty texts
                event["belief"] = None if event["belief"] == "" else event["belief"]
            for event in replay["events"]:
                event["reasons"] = ", ".join(f"{reason['term']} {reason['amount']:+.2f}" for reason in event["reasons"])
            self.assertEqual(replay["events"], kept)

    def test_does_not_depend_on_what_was_played_before(self):
        first = self.succeed("replay", COUNTRY, "--seed", SEED, "--replicate", 25)
        self.assertEqual(first, self.succeed("replay", COUNTRY, "--seed", SEED, "--replicate", 25))
        self.assertNotEqual(first, self.succeed("replay", COUNTRY, "--seed", SEED, "--replicate", 26))


if __name__ == "__main__":
    if sys.argv[1:] == ["--update"]:
        GOLDEN.write_text(replays(), encoding="utf-8")
        print(f"{GOLDEN} rewritten")
    else:
        unittest.main()
