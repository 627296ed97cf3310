"""`interregnum score`: tables that it takes and refuses, and that forecasts know nothing of what they forecast."""

import csv
import io
import json
import re
import unittest

from support import ROOT, ProgramTest, environment, interregnum
from test_repository import later_attempts, later_months


class Scoring(ProgramTest):
    def score(self, *arguments):
        return interregnum("score", "--replicates", 64, *arguments, env=environment(XDG_DATA_HOME=str(self.folder)), timeout=250)

    def score_json(self, *arguments):
        result = self.score("--json", *arguments)
        self.assertEqual(result.returncode, 0, result.stderr)
        return json.loads(result.stdout)

    def rewritten(self, text, name, change):
        """A table with every row changed."""
        rows = list(csv.DictReader(io.StringIO(text)))
        for row in rows:
            change(row)
        out = io.StringIO()
        writer = csv.DictWriter(out, fieldnames=list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
        return self.write(out.getvalue(), name)

    def test_forecasts_do_not_know_the_outcomes(self):
        """Outcomes of later attempts turned round, and all that was known only afterwards: forecasts are the same to the digit."""
        table = later_attempts(self)

        def turn(row):
            row["succeeded"] = "0" if row["succeeded"] == "1" else "1"
            row.update(csp_deaths="999", leader_after="Somebody Else", cdp_popular="1", cdp_resign="1", days_to_next_success="3")

        turned = self.rewritten(table.read_text(encoding="utf-8"), "turned.csv", turn)
        before, after = self.score_json("--attempts", table), self.score_json("--attempts", turned)
        self.assertGreater(len(before["each"]), 5)
        for one, other in zip(before["each"], after["each"], strict=True):
            self.assertNotEqual(one.pop("succeeded"), other.pop("succeeded"))
            self.assertEqual(one, other)
        self.assertNotEqual(before["attempts"]["model"]["brier"], after["attempts"]["model"]["brier"])

    def test_the_columns_may_be_called_as_in_joined_tables(self):
        table = later_attempts(self)
        text = table.read_text(encoding="utf-8").replace("country_code,", "ccode,", 1).replace(",succeeded,", ",success,", 1)
        self.assertEqual(self.score_json("--attempts", self.write(text, "joined.csv")), self.score_json("--attempts", table))

    def test_scores_are_what_they_say(self):
        report = self.score_json("--attempts", later_attempts(self))
        brier = sum((one["p"] - one["succeeded"]) ** 2 for one in report["each"]) / len(report["each"])
        self.assertAlmostEqual(report["attempts"]["model"]["brier"], brier, places=12)
        attempts = list(csv.DictReader(io.StringIO((ROOT / "data" / "attempts.csv").read_text(encoding="utf-8"))))
        share = sum(row["succeeded"] == "1" for row in attempts) / len(attempts)
        base = sum((share - one["succeeded"]) ** 2 for one in report["each"]) / len(report["each"])
        self.assertAlmostEqual(report["attempts"]["base_rate"]["brier"], base, places=12)
        for one in report["each"]:
            self.assertTrue(0 <= one["low"] <= one["p"] <= one["high"] <= 1, one)

    def test_months_are_scored(self):
        report = self.score_json("--months", later_months(self))
        self.assertEqual({name: (score["n"], score["observed"]) for name, score in report["onset"].items()},
                         {name: (24, 1) for name in ("model", "base_rate", "time_since")})

    def test_bad_tables_are_refused(self):
        known = (ROOT / "data" / "attempts.csv").read_text(encoding="utf-8")
        good = later_attempts(self).read_text(encoding="utf-8")
        cases = [
            (self.write(known, "known.csv"), "--attempts", "on record already"),
            (self.write(good.replace(",succeeded,", ",outcome,", 1), "no.csv"), "--attempts", "the column succeeded is missing"),
            (self.write(re.sub(r",(20\d\d)-\d\d-", r",\1-13-", good, count=1), "date.csv"), "--attempts", "is no date"),
            (self.write(good, "attempts.csv"), "--months", "not the columns of a dataset"),
            (self.folder / "nowhere.csv", "--attempts", "cannot be read"),
        ]
        for file, option, message in cases:
            with self.subTest(message):
                result = self.score(option, file)
                self.assertEqual(result.returncode, 2)
                self.assertIn(message, result.stderr)
                self.assertEqual(result.stdout, "")
                self.assertEqual(len(result.stderr.strip().splitlines()), 1, result.stderr)

    def test_a_folder_without_folds_is_refused(self):
        result = self.score("--fit", self.folder)
        self.assertEqual(result.returncode, 2)
        self.assertIn("fold-0.nc", result.stderr)
        self.assertIn("fit --folds", result.stderr)


if __name__ == "__main__":
    unittest.main()
