"""`interregnum score`: tables that it takes and refuses, and that forecasts know nothing of what they forecast."""

import csv
import datetime
import io
import json
import re
import shutil
import signal
import subprocess
import time
import unittest

from support import PROGRAM, ROOT, ProgramTest, environment, interregnum
from test_repository import later_attempts, later_months


class Scoring(ProgramTest):
    def score(self, *arguments):
        return interregnum("score", "--replicates", 64, *arguments, env=environment(XDG_DATA_HOME=str(self.folder)), timeout=250)

    def score_json(self, *arguments):
        result = self.score("--json", *arguments)
        self.assertEqual(result.returncode, 0, result.stderr)
        report = json.loads(result.stdout)
        self.assertIn(str(arguments[-1]), report.pop("command"))
        return report

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
                         {name: (24, 1) for name in ("model", "base_rate", "time_since", "time_since_refitted")})
        # Of draws of two countries a quarter has no attempt, and no ROC area: too many for an interval.
        self.assertIsNotNone(report["onset_roc_difference"]["value"])
        self.assertEqual((report["onset_roc_difference"]["low"], report["onset_roc_difference"]["high"]), (None, None))

    def test_months_that_were_on_record_are_not_scored(self):
        later = later_months(self).read_text(encoding="utf-8")
        head, *rows = later.splitlines()
        earlier = [row.replace(",2012,", ",2011,") for row in rows]
        both = self.score_json("--months", self.write("\n".join([head, *earlier, *rows]) + "\n", "both.csv"))
        self.assertEqual(both["onset"]["model"]["n"], 24)
        result = self.score("--months", self.write("\n".join([head, *earlier]) + "\n", "earlier.csv"))
        self.assertEqual(result.returncode, 2)
        self.assertIn("no months after 2011-12", result.stderr)

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

    def refusal(self, option, file):
        """What is said of a table, less the file's name; that it is all that is said, and names the file first."""
        result = self.score(option, file)
        self.assertEqual((result.returncode, result.stdout), (2, ""), result.stderr)
        self.assertEqual(len(result.stderr.strip().splitlines()), 1, result.stderr)
        self.assertTrue(result.stderr.startswith(f"{file}:"), result.stderr)
        return result.stderr[len(f"{file}:"):]

    def with_value(self, text, column, value, row=1):
        """A table with one value replaced, in the row of that number (the second has the line 3)."""
        rows = iter(range(len(text)))
        return self.rewritten(text, "bad.csv", lambda values: values.update({column: value} if next(rows) == row else {}))

    def test_values_that_cannot_be_are_refused_with_line_and_column(self):
        good = later_attempts(self).read_text(encoding="utf-8")
        cases = [
            ("succeeded", "2", "1: power was held for seven days"),
            ("succeeded", "", "'' cannot be"),
            ("cam_rank", "elit", "did you mean 'elite'?"),
            ("cam_rank", "colonel", "not one of combat, elite (blank if not known)"),
            ("colpus_junior", "0.5", "0, 1, or blank"),
            ("cdp_military", "3", "0, 1, or blank"),
            ("csp_deaths", "-4", "0 or more"),
            ("csp_deaths", "nan", "0 or more"),
            ("regime", "electoral_autocrasy", "did you mean 'electoral_autocracy'?"),
            ("polyarchy", "7", "'7' cannot be (0 to 1, or blank if not known"),
            ("military_regime", "yes", "'yes' cannot be"),
            ("log_gdp_per_head", "inf", "-2.30259 to 6.21461"),
            ("mobilization_index", "nan", "-10 to 10"),
            ("soldiers_thousand", "-1", "0 to 6000"),
            ("date", "1849-05-01", "1950-01-01 to 2100-12-31"),
            ("date", "May 1995", "'May 1995' is no date"),
            ("country_code", "MLI", "is no Correlates of War code (1 to 999)"),
        ]
        for column, value, message in cases:
            with self.subTest(column=column, value=value):
                refusal = self.refusal("--attempts", self.with_value(good, column, value))
                self.assertTrue(refusal.startswith(f"3:1: error: {column}: "), refusal)
                self.assertIn(message, refusal)
        joined = self.with_value(good.replace(",succeeded,", ",success,", 1), "success", "2")
        self.assertIn("3:1: error: success: ", self.refusal("--attempts", joined))

    def test_an_attempt_that_is_there_twice_is_refused(self):
        good = later_attempts(self).read_text(encoding="utf-8")
        head, first, second, *_ = good.splitlines()
        twice = self.refusal("--attempts", self.write("\n".join([head, first, second, first]), "twice.csv"))
        self.assertTrue(twice.startswith("4:1: error: date: the same country and date as in line 2"), twice)
        same_id = self.refusal("--attempts", self.with_value(good, "attempt", first.split(",")[0]))
        self.assertIn("3:1: error: attempt: ", same_id)
        self.assertIn("also in line 2", same_id)

    def test_columns_are_checked(self):
        good = later_attempts(self).read_text(encoding="utf-8")
        head = good.splitlines()[0]
        for text, message in [
            (good.replace(",polyarchy,", ",polyarchyy,", 1), "1:1: error: polyarchyy: there is no such column (did you mean 'polyarchy'?)"),
            (good.replace(",succeeded,", ",suceeded,", 1), "1:1: error: suceeded: there is no such column (did you mean 'succeeded'?)"),
            (good.replace(",polyarchy,", ",regime,", 1), "1:1: error: regime: two columns of this name (remove one)"),
            ("hello\n", "1:1: error: the columns country_code, date, succeeded are missing"),
            (head + "\n", "1:1: error: there are no rows below the names of the columns"),
        ]:
            with self.subTest(message):
                self.assertTrue((refusal := self.refusal("--attempts", self.write(text, "bad.csv"))).startswith(message), refusal)

    def narrowed(self, table, name, columns, **further):
        """A table of a few columns of another, and of some more."""
        rows = list(csv.DictReader(io.StringIO(table.read_text(encoding="utf-8"))))
        lines = [[*columns, *further]] + [[*(row[column] for column in columns), *further.values()] for row in rows]
        return self.write("\n".join(",".join(line) for line in lines) + "\n", name)

    def test_what_is_not_known_may_be_left_out(self):
        """Said on stderr; a country that the record has never heard of and columns of joined tables are no mistake."""
        table = self.narrowed(later_attempts(self), "few.csv", ["date", "succeeded", "polyarchy"], country_code="996", leader_after_soldier="1", notes="x")
        result = self.score("--attempts", table, "--json")
        self.assertEqual(result.returncode, 0, result.stderr)
        self.assertRegex(result.stderr, r"^interregnum: .*few\.csv: not known of any attempt, for want of a column: cam_rank, ")
        self.assertNotIn("polyarchy", result.stderr)
        self.assertRegex(json.loads(result.stdout)["each"][0]["attempt"], r"^996-20\d\d-")

    def test_recent_attempts_follow_from_dates(self):
        """What the table does not say of earlier attempts is counted, in itself and on record."""
        later = later_attempts(self).read_text(encoding="utf-8")
        of_mali = self.rewritten(later, "mali.csv", lambda row: row.update(attempt="", country_code="432", attempts_last_5_years="", days_since_last_attempt=""))
        dates = [datetime.date.fromisoformat(row["date"]) for row in csv.DictReader(io.StringIO(later))]

        def count(row):
            date = datetime.date.fromisoformat(row["date"])
            row["attempts_last_5_years"] = str(sum(0 < (date - other).days <= 5 * 365.2425 for other in dates))

        by_hand = self.rewritten(of_mali.read_text(encoding="utf-8"), "hand.csv", count)
        none = self.rewritten(of_mali.read_text(encoding="utf-8"), "none.csv", lambda row: row.update(attempts_last_5_years="0"))
        counted = self.score_json("--attempts", of_mali)
        self.assertEqual(counted, self.score_json("--attempts", by_hand))
        self.assertNotEqual(counted["attempts"]["logistic"], self.score_json("--attempts", none)["attempts"]["logistic"])

    def test_months_that_cannot_be_are_refused_with_line_and_column(self):
        good = later_months(self).read_text(encoding="utf-8")
        for column, value, message in [
            ("attempts", "-1", "a whole number, 0 or more"),
            ("attempts", "0.5", "a whole number, 0 or more"),
            ("attempts", "", "'' cannot be"),
            ("successes", "many", "'many' cannot be"),
            ("successes", "1", "1 of 0 attempts (at most as many as attempts)"),
            ("regime", "monarchy", "not one of closed_autocracy, "),
            ("polyarchy", "7", "'7' cannot be (0 to 1, or blank if not known"),
        ]:
            with self.subTest(column=column, value=value):
                refusal = self.refusal("--months", self.with_value(good, column, value))
                self.assertTrue(refusal.startswith(f"3:1: error: {column}: "), refusal)
                self.assertIn(message, refusal)
        without = self.refusal("--months", self.write(good.replace(",successes,", ",x,", 1), "without.csv"))
        self.assertTrue(without.startswith("1:1: error: successes: the column is missing"), without)
        self.assertIn("no rows", self.refusal("--months", self.write(good.splitlines()[0] + "\n", "empty.csv")))

    def test_a_folder_without_folds_is_refused(self):
        result = self.score("--fit", self.folder)
        self.assertEqual(result.returncode, 2)
        self.assertIn("fold-0.nc", result.stderr)
        self.assertIn("fit --folds", result.stderr)


class Forward(ProgramTest):
    def test_what_ships_is_shown_at_once(self):
        report = json.loads(self.succeed("score", "--forward", "--json"))
        self.assertEqual(set(report["forward"]), {"success", "onset"})
        for which, models in [("success", {"mechanism", "regression", "stacked", "base_rate", "rank"}),
                              ("onset", {"mechanism", "regression", "stacked", "base_rate", "time_since", "coupcats"})]:
            self.assertEqual(list(report["forward"][which]), ["1970-1989", "1990-2011"])
            for scores in report["forward"][which].values():
                self.assertLessEqual(models, set(scores))
        text = self.succeed("score", "--forward")
        self.assertIn("1990-2011", text)
        self.assertIn("mechanism", text)

    def test_scores_are_those_of_the_forecasts(self):
        report = json.loads(self.succeed("score", "--forward", "--json"))
        for period, models in report["forward"]["success"].items():
            first, last = map(int, period.split("-"))
            each = [one for one in report["each"] if first <= one["year"] <= last]
            for model, score in models.items():
                self.assertEqual(score["n"], len(each))
                self.assertEqual(score["seen"], sum(one["succeeded"] for one in each))
                self.assertAlmostEqual(score["brier"], sum((one["p"][model] - one["succeeded"]) ** 2 for one in each) / len(each), places=9)
                self.assertAlmostEqual(score["expected"], sum(one["p"][model] for one in each), places=9)
        self.assertEqual(sum(year["attempts"] for year in report["years"]), len(report["each"]))
        for year in report["years"]:
            for expected in (year["expected_successes"], year["expected_attempt_months"]):
                self.assertLessEqual(expected["low"], expected["high"])
        # Every attempt from 1970 on, each once.
        with open(ROOT / "data" / "attempts.csv", encoding="utf-8", newline="") as table:
            wanted = sorted(row["attempt"] for row in csv.DictReader(table) if row["date"] >= "1970")
        self.assertEqual(sorted(one["attempt"] for one in report["each"]), wanted)

    def test_options_that_do_not_go_together(self):
        for arguments in [("--again",), ("--out", "x"), ("--forward", "--out", "x"), ("--forward", "--attempts", "x.csv"), ("--seizure-draws", "64")]:
            result = interregnum("score", *arguments)
            self.assertEqual(result.returncode, 2, arguments)

    def test_a_broken_file_is_refused(self):
        shutil.copytree(ROOT / "data", self.folder / "data")
        for content in ["", "{", '{"forward": {}}', '{"forward": {"success": {"1990-2011": {"mechanism": {}}}, "onset": {}}}']:
            (self.folder / "data" / "forward-2011.json").write_text(content, encoding="utf-8")
            for json_option in [[], ["--json"]]:
                result = interregnum("score", "--forward", *json_option, env=environment(INTERREGNUM_DATA=str(self.folder / "data")))
                self.assertEqual(result.returncode, 2, content)
                self.assertIn("forward-2011.json", result.stderr)
                self.assertEqual(result.stdout, "")

    def test_an_interrupted_run_goes_on(self):
        """Ended while it plays futures, it keeps what is done, says so, and refuses another seed in the same folder."""
        arguments = ["score", "--forward", "--again", "--seizure-draws", 4096, "--out", self.folder / "forward"]
        result = self.interrupted_after(arguments, lambda: list((self.folder / "forward").glob("bank-*.nc")))
        self.assertIn("goes on from there", result.stderr)
        kept = sorted(path.name for path in (self.folder / "forward").glob("bank-*.nc"))
        self.assertTrue(kept)
        other = interregnum(*arguments, "--seed", 2)
        self.assertEqual(other.returncode, 2)
        self.assertIn("another", other.stderr)

    def interrupted_after(self, arguments, happened):
        process = subprocess.Popen([PROGRAM, *map(str, arguments)], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        for _ in range(1200):
            if happened() or process.poll() is not None:
                break
            time.sleep(0.1)
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=120)
        self.assertEqual(process.returncode, 130, err)
        return subprocess.CompletedProcess(arguments, process.returncode, out, err)


if __name__ == "__main__":
    unittest.main()
