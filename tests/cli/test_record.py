"""The record: asking it, importing datasets into a store, country files made of it, and the model beside it."""

import csv
import gzip
import json
import os
import pathlib
import shutil
import sqlite3
import subprocess
import sys
import unittest

from support import PROGRAM, ROOT, ProgramTest, environment, interregnum

POWELL_THYNE = "country\tccode\tccode_gw\tyear\tmonth\tday\tcoup\tversion\nMali\t432\t432\t1968\t11\t19\t2\tx\nMali\t432\t432\t1978\t2\t15\t1\tx\nNiger\t436\t436\t1974\t4\t15\t2\tx\n"
CAM = "cowcode,region,year,country,no,coup,successful,date,combat\n432,4,1968,Mali,1,1,1,1968-11-20,1\n436,4,1974,Niger,1,1,0,1974-04-15,0\n436,4,1974,Niger,1,1,0,1975-04-15,0\n"
SHIPPED = ROOT / "data" / "attempts.csv"
# Where the datasets themselves lie, for those who have them: INTERREGNUM_SOURCES, else beside the checkout.
SOURCES = pathlib.Path(os.environ.get("INTERREGNUM_SOURCES", ROOT.parent / "shared" / "data"))


class RecordTest(ProgramTest):
    """Nobody's own store is read or written."""

    def setUp(self):
        super().setUp()
        self.environment = environment(XDG_DATA_HOME=str(self.folder))

    def text(self, *arguments):
        return self.succeed(*arguments, env=self.environment)

    def object(self, *arguments):
        return self.json_of(*arguments, "--json", env=self.environment)

    def refused(self, arguments, *words):
        result = interregnum(*arguments, env=self.environment)
        self.assertEqual((result.returncode, result.stdout), (2, ""), result.stderr)
        for word in words:
            self.assertIn(word, result.stderr)
        self.assert_no_fault(result.stderr)


class Asking(RecordTest):
    def test_summary(self):
        summary = self.object("record", "summary")
        self.assertEqual((summary["attempts"], summary["successes"]), (459, 226))
        self.assertEqual(list(summary["by_decade"]), ["1950", "1960", "1970", "1980", "1990", "2000", "2010"])
        self.assertEqual({source: set(ranks) for source, ranks in summary["by_rank"].items()},
                         {"cam": {"combat", "elite"}, "colpus": {"junior", "senior", "both", "neither"}})
        self.assertEqual([summary["by_rank"]["cam"][rank][key] for rank in ("combat", "elite") for key in ("n", "successes")], [252, 83, 170, 133])
        for tally in [*summary["by_decade"].values(), *(tally for ranks in summary["by_rank"].values() for tally in ranks.values())]:
            self.assertAlmostEqual(tally["p"], tally["successes"] / tally["n"])
            self.assertTrue(tally["low"] < tally["p"] < tally["high"])
        self.assertIn("226", self.text("record", "summary"))

    def test_a_country_by_name_and_code(self):
        shown = [self.text("record", "show", name) for name in ("MLI", "mali", "432")]
        self.assertEqual(len(set(shown)), 1)
        self.assertIn("432-1968-11-19", shown[0])
        self.assertEqual(len(self.object("record", "show", "MLI")["attempts"]), 4)
        self.assertIn("no attempt on record", self.text("record", "show", "SWE"))
        self.refused(["record", "show", "Nigr"], "did you mean 'Niger'")

    def test_the_export_is_the_shipped_table(self):
        self.assertEqual(self.text("record", "export"), SHIPPED.read_text(encoding="utf-8"))
        self.assertEqual(self.text("record", "export", "--country-years"), (ROOT / "data" / "country_years.csv").read_text(encoding="utf-8"))
        out = self.folder / "attempts.csv"
        self.text("record", "export", "--out", out)
        self.assertEqual(out.read_bytes(), SHIPPED.read_bytes())
        self.refused(["record", "export", "--out", out], "exists already")
        self.text("record", "export", "--out", out, "--force")
        self.refused(["record", "export", "--out", self.folder / "no" / "x.csv"], "there is no folder")
        link, pipe = self.folder / "link.csv", self.folder / "pipe"
        link.symlink_to(out)
        self.text("record", "export", "--country-years", "--out", link, "--force")
        self.assertTrue(link.is_symlink() and out.read_bytes() != SHIPPED.read_bytes())
        os.mkfifo(pipe)
        self.refused(["record", "export", "--out", pipe, "--force"], "not a file")
        self.assertTrue(pipe.is_fifo())
        self.refused(["record", "export", "--country-years", "--json"], "excludes")

    def test_data_that_are_not_there(self):
        self.refused(["record", "summary", "--record", self.folder / "none.db"], "there is no such store")
        result = interregnum("record", "summary", env=dict(self.environment, INTERREGNUM_DATA=str(self.folder)))
        self.assertEqual(result.returncode, 2)
        self.assertIn("states.csv: cannot be read", result.stderr)


class Importing(RecordTest):
    def test_into_the_users_own_store(self):
        report = self.object("record", "import", self.write(POWELL_THYNE, "pt.tsv"), self.write(CAM, "cam.csv"))
        self.assertEqual(report["store"], str(self.folder / "interregnum" / "record.db"))
        self.assertEqual(report["attempts"], 3)
        self.assertEqual(report["datasets"]["cam"], {"rows": 3, "until": "1975-04-30", "matched": 2, "unmatched": ["436-1975-04-15 (line 4)"], "no_state": []})
        self.assertEqual(report["disagreements"]["outcome"], ["436-1974-04-15: succeeded in Powell & Thyne, failed in CAM"])
        summary = self.object("record", "summary")
        self.assertEqual((summary["attempts"], summary["by_rank"]["cam"]["combat"]["n"]), (3, 1))
        # What only the shipped table knows of the same attempt is kept.
        self.assertEqual(self.object("record", "show", "MLI")["attempts"][0]["leader_before"], "Keita")

    def test_bad_files_leave_the_store_as_it_was(self):
        store = self.folder / "store.db"
        self.text("record", "import", self.write(POWELL_THYNE, "pt.tsv"), "--record", store)
        before = store.read_bytes()
        for content, words in [
            (CAM.replace("Mali", "S\xe3o").encode("latin-1"), ["x.csv:2", "UTF-8", "iconv"]),
            (CAM[:-20], ["x.csv:4", "cut off"]),
            (CAM + CAM.splitlines()[1] + "\n", ["x.csv:5", "line 2"]),
            (CAM.replace("1968-11-20", "1968-11-31"), ["x.csv:2", "1968-11-31", "no date"]),
            (CAM.replace("432,4", "Mali,4"), ["x.csv:2", "cowcode"]),
            (CAM.replace("combat", "rank"), ["x.csv:1", "without combat"]),
            (CAM.replace(",1\n", ',"1\n'), ["x.csv", "quote"]),
            ("", ["is empty"]),
        ]:
            with self.subTest(words):
                self.refused(["record", "import", self.write(content, "x.csv"), "--record", store], *words)
                self.assertEqual(store.read_bytes(), before)
        # One good and one bad file: nothing of the good one either.
        self.refused(["record", "import", self.write(CAM, "good.csv"), self.write("a,b\n1,2\n", "x.csv"), "--record", store], "x.csv:1")
        self.assertEqual(store.read_bytes(), before)
        self.refused(["record", "import", self.folder / "none.csv", "--record", store], "none.csv")
        self.refused(["record", "import", self.folder, "--record", store], "is not a file")
        self.refused(["record", "import", self.write(CAM, "a.csv"), self.write(CAM, "b.csv"), "--record", store], "a second file")
        notes = self.write("something else, long enough that it is surely no database of any kind " * 3, "notes.txt")
        self.refused(["record", "import", self.write(CAM, "a.csv"), "--record", notes], "is no store")
        self.assertTrue(notes.read_text().startswith("something else"))

    def test_the_record_ends_where_the_import_does(self):
        header, *rows = POWELL_THYNE.splitlines()
        store = self.folder / "store.db"

        def imported(version, *options):
            file = self.write("\n".join([header, *(row.removesuffix("\tx") + f"\t{version}" for row in rows)]) + "\n", "pt.tsv")
            result = interregnum("record", "import", file, "--record", store, "--json", *options, env=self.environment)
            self.assertEqual((result.returncode, "left out" in result.stderr), (0, "1975-01-01" in options), result.stderr)
            report = json.loads(result.stdout)
            self.assertEqual(self.object("record", "summary", "--record", store)["until"], report["until"])
            self.assertIn(report["until"], interregnum("record", "import", file, "--record", store, *options, env=self.environment).stdout)
            return report["until"], report["attempts"]

        self.assertEqual(imported("V1999.12.31"), ("1999-12-31", 3))
        self.assertEqual(imported("V2031.04.01"), ("2031-04-01", 3))
        self.assertEqual(imported("x"), ("1978-02-28", 3))
        self.assertEqual(imported("V1999.12.31", "--until", "2020-06-30"), ("2020-06-30", 3))
        self.assertEqual(imported("V1999.12.31", "--until", "1975-01-01"), ("1975-01-01", 2))
        for until, words in [("1960-01-01", "all rows"), ("1975-02-30", "no date"), ("2301-01-01", "cannot be"), ("1849-01-01", "cannot be"), ("", "no date")]:
            self.refused(["record", "import", self.write(POWELL_THYNE, "pt.tsv"), "--record", store, "--until", until], "--until", words)
        # A panel alone says nothing of how far attempts are known.
        self.assertEqual(self.object("record", "import", self.write(CAM, "cam.csv"), "--record", store)["until"], "1975-01-01")

    def test_other_kinds_of_files(self):
        store = self.folder / "store.db"
        packed = self.write(gzip.compress(POWELL_THYNE.encode()), "pt.tsv.gz")
        semicolons = self.write("sep=;\n" + POWELL_THYNE.replace("\t", ";").upper(), "pt.csv")
        for file in packed, semicolons:
            self.assertEqual(self.object("record", "import", file, "--record", store)["attempts"], 3)
        for content, words in [(gzip.compress(POWELL_THYNE.encode())[:60], "damaged or cut off"), (gzip.compress(b"PK\3\4"), "workbook"), (POWELL_THYNE.encode("utf-16"), "UTF-16"),
                               (POWELL_THYNE.encode("utf-16-le"), "UTF-16")]:
            for arguments in (["record", "import"], ["score", "--attempts"], ["score", "--months"]):
                self.refused([*arguments, self.write(content, "x.csv"), "--record", store], "x.csv", words)

    def test_a_store_in_use(self):
        store = self.folder / "store.db"
        self.text("record", "import", self.write(POWELL_THYNE, "pt.tsv"), "--record", store)
        before = store.read_bytes()
        other = sqlite3.connect(store, isolation_level=None)
        self.addCleanup(other.close)
        other.execute("BEGIN EXCLUSIVE")
        self.refused(["record", "summary", "--record", store], "store.db", "locked")
        other.execute("ROLLBACK")
        other.execute("BEGIN IMMEDIATE")  # can be read, not written
        self.refused(["record", "import", self.write(CAM, "cam.csv"), "--record", store], "store.db", "locked")
        other.execute("ROLLBACK")
        self.assertEqual(store.read_bytes(), before)

    if SOURCES.is_dir():
        def test_the_real_files_make_the_shipped_table(self):
            data = self.folder / "data"
            data.mkdir()
            shutil.copy(ROOT / "data" / "states.csv", data)
            subprocess.run([sys.executable, ROOT / "tools" / "build_record.py", "--sources", SOURCES, "--program", PROGRAM, "--data", data], check=True,
                           stdout=subprocess.DEVNULL)
            for name in ("attempts.csv", "country_years.csv"):
                self.assertTrue((data / name).read_bytes() == (ROOT / "data" / name).read_bytes(), f"tools/build_record.py makes another {name}")
            # And what another hand joined is the same, but for yearly figures, which are two years old there (data/README.md).
            with open(SOURCES / "attempts_1950_2011.csv", encoding="utf-8") as file:
                joined = {row["attempt"]: row for row in csv.DictReader(file)}
            with open(SHIPPED, encoding="utf-8") as file:
                shipped = {row["attempt"]: row for row in csv.DictReader(file)}
            self.assertEqual(set(shipped), set(joined))
            for column in ["cam_rank", "colpus_senior", "colpus_junior", "days_to_next_success", "attempts_last_5_years", "csp_deaths"]:
                different = [attempt for attempt in shipped if shipped[attempt][column].removesuffix(".0") != joined[attempt][column].removesuffix(".0")]
                self.assertEqual(different, [], column)


class CountryFiles(RecordTest):
    def test_every_tenth_attempt_makes_a_good_file(self):
        with open(SHIPPED, encoding="utf-8") as file:
            attempts = [row["attempt"] for row in csv.DictReader(file)][::10]
        self.assertGreater(len(attempts), 40)
        for attempt in attempts:
            with self.subTest(attempt):
                path = self.write(self.text("scenario", "from-record", attempt))
                self.assertEqual(self.check_json(path, 0)["warnings"], 0)

    def test_they_run(self):
        path = self.folder / "mali.yaml"
        self.text("scenario", "from-record", "432-1968-11-19", "--out", path)
        self.assertTrue(0.05 < self.run_json(path, replicates=400)["seized"]["p"] < 0.95)
        self.refused(["scenario", "from-record", "432-1968-11-19", "--out", path], "exists already")
        self.refused(["scenario", "from-record", "432-1968-11-18"], "did you mean '432-1968-11-19'")

    def test_json_does_not_take_the_place_of_the_file(self):
        path = self.folder / "niger.yaml"
        text = json.loads(self.text("new", "--country", "NER", "--out", path, "--json"))["scenario"]
        self.assertEqual(path.read_text(encoding="utf-8"), text)
        self.assertEqual(text, self.text("new", "--country", "NER"))

    def test_new(self):
        path = self.folder / "niger.yaml"
        self.text("new", "--country", "NER", "--out", path)
        self.assertEqual(self.check_json(path, 0)["warnings"], 0)
        text = path.read_text(encoding="utf-8")
        self.assertIn("as_of: 2011-12", text)
        self.assertIn("start: 2012-01-01", text)
        self.assertIn("outcome: succeeded", text)  # February 2010
        report = self.run_json(path, replicates=400)
        self.assertGreater(report["outcomes"]["no_attempt"]["p"], 0.5)
        self.assertIn("start: 1995-06-01", self.text("new", "--country", "436", "--start", "1995-06-01"))
        self.refused(["new", "--country", "NER", "--start", "1995-06-31"], "no date")
        self.refused(["new", "--country", "NER", "--start", "1940-01-01"], "knows nothing of Niger")

    def test_old_facts_are_a_warning_everywhere(self):
        old = "the facts of 'panel' are of 2011-12, 11.7 years before the start"
        path = self.folder / "gabon.yaml"
        result = interregnum("new", "--country", "GAB", "--start", "2023-08-30", "--out", path, env=self.environment)
        self.assertEqual(result.returncode, 0)
        self.assertIn("the facts are of 2011-12", result.stderr)
        text = path.read_text(encoding="utf-8")
        self.assertIn("# WARNING: the facts are of 2011-12", text)
        self.assertRegex(text, r"ruler: \{.*since: 2009-")  # Ali Bongo, in office since October 2009
        [problem] = self.check_json(path, 0)["problems"]
        self.assertEqual((problem["severity"], problem["key"]), ("warning", "sources.panel.as_of"))
        self.assertIn(old, problem["problem"])
        self.assertEqual(self.run_json(path, replicates=20)["warnings"], [old])
        self.assertIn("Warning: " + old, self.text("run", path, "--replicates", "20"))
        # The warning is of the start that is played, not of the one in the file.
        self.assertEqual(self.run_json(path, "--set", "start=2012-01-01 04:00", replicates=20)["warnings"], [])


class Validate(RecordTest):
    def test_the_checks_and_the_same_for_any_number_of_threads(self):
        one = self.text("validate", "--replicates", "4", "--json", "--threads", "1")
        self.assertEqual(self.text("validate", "--replicates", "4", "--json", "--threads", "7"), one)
        report = json.loads(one)
        self.assertGreaterEqual(len(report["checks"]), 15)
        self.assertEqual(len({check["name"] for check in report["checks"]}), len(report["checks"]))
        for check in report["checks"]:
            with self.subTest(check["name"]):
                for side in ("record", "model"):
                    self.assertTrue(0 <= check[side]["low"] <= check[side]["value"] <= check[side]["high"] <= 1, check)
                self.assertEqual(check["overlaps"], check["record"]["low"] <= check["model"]["value"] <= check["record"]["high"])
        values = {check["name"]: check["record"]["value"] for check in report["checks"]}
        # Known from Powell & Thyne, CAM and Colpus: counts over the attempts that each knows.
        for name, value in [("success", 226 / 459), ("success_cam_combat", 83 / 252), ("success_cam_elite", 133 / 170), ("success_colpus_junior", 27 / 79),
                            ("success_colpus_others", 120 / 196)]:
            self.assertAlmostEqual(values[name], value, places=9)
        self.check_ends({check["name"]: check for check in report["checks"]})
        self.assertEqual(len(report["attempts"]), 459)
        self.assertEqual(sum(attempt["succeeded"] for attempt in report["attempts"]), 226)
        brier = sum((attempt["p"] - attempt["succeeded"]) ** 2 for attempt in report["attempts"]) / 459
        self.assertAlmostEqual(report["scores"]["model"]["brier"], brier, places=9)

    def check_ends(self, checks):
        """Takings that were lost again and what became of the ruler: the record's values counted from the shipped table, the model's of as many fates as it has."""
        with open(SHIPPED, encoding="utf-8") as file:
            known = [row for row in csv.DictReader(file) if row["cdp_realized"]]
        won = [row for row in known if row["succeeded"] == "1"]
        lost = sum(row["succeeded"] == "0" and row["cdp_realized"] == "1" for row in known)
        killed = [row for row in won if row["cdp_killed"] == "1"]
        fled = [row for row in won if row not in killed and "1" in (row["cdp_fled"], row["cdp_exile"])]
        custody = [row for row in won if row not in killed + fled and "1" in (row["cdp_harrest"], row["cdp_jailed"], row["cdp_tried"])]
        self.assertGreater(min(lost, len(killed), len(fled), len(custody)), 10)
        for name, value in [("reversed", lost / (lost + len(won))), ("fate_fled", len(fled) / len(won)), ("fate_custody", len(custody) / len(won)),
                            ("fate_killed", len(killed) / len(won))]:
            with self.subTest(name):
                self.assertAlmostEqual(checks[name]["record"]["value"], value, places=9)
                for side in ("record", "model"):
                    self.assertLess(0, checks[name][side]["high"] - checks[name][side]["low"])
                    self.assertLess(checks[name][side]["high"] - checks[name][side]["low"], 0.2)
        self.assertGreater(checks["fate_fled"]["model"]["value"], 0)
        self.assertGreater(checks["fate_custody"]["model"]["value"], 0)
        # The model kills no ruler, and says so.
        self.assertEqual((checks["fate_killed"]["model"]["value"], checks["fate_killed"]["overlaps"]), (0, False))
        self.assertIn("no such end", checks["fate_killed"]["meaning"])

    def test_a_record_of_its_own(self):
        """Numbers are of the record in use; a forecast that has no case to rest on has no score."""
        store = self.folder / "own.db"
        self.text("record", "import", self.write("country,ccode,year,month,day,coup,version\nMali,432,1975,3,22,1,V\n", "own.csv"), "--record", store)
        report = self.object("validate", "--replicates", 4, "--record", store)
        for name, score in report["scores"].items():
            for key in ["brier", "log_loss"]:
                self.assertEqual(score[key] is None, name != "model", (name, key))
        self.assertEqual([check["name"] for check in report["checks"] if check["name"].endswith("s") and check["name"].startswith("success_19")],
                         ["success_1970s"])
        self.assertNotRegex(self.text("validate", "--replicates", 4, "--record", store), r"\bnan\b")
        claims = self.write("interregnum_claims: 1\nname: One claim\nfiles:\n  ruritania: {path: %s}\nclaims:\n  rank:\n    text: Generals succeed more often.\n"
                            "    file: ruritania\n    outcome: seized\n    from: [plot.tier=junior]\n    to: [plot.tier=senior]\n    expected: more\n"
                            % (ROOT / "tests" / "golden" / "country.yaml"), "claims.yaml")
        page = self.folder / "claims.html"
        report = self.object("claims", claims, "--replicates", 2, "--record", store, "--theta", "default", "--report", page)
        self.assertEqual(report["record"], {"attempts": 1, "first_year": 1975, "last_year": 1975})
        self.assertIn("1 coup attempts from 1975 to 1975", page.read_text(encoding="utf-8"))

    def test_only_parameters_can_be_changed(self):
        self.refused(["validate", "--set", "plot.tier=senior"], "only parameters")
        self.refused(["validate", "--set", "theta.seizure.momentun=0"], "momentum")


if __name__ == "__main__":
    unittest.main()
