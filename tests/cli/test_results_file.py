"""The SQLite file of --out: what is in it, that it is the same for the same run, and that nothing is lost by writing it."""

import contextlib
import os
import sqlite3
import stat
import unittest

from support import COUNTRY, MALI_2020, OUTCOMES, ProgramTest, interregnum

COLUMNS = {
    "run": ["name", "value"],
    "parameters": ["key", "value", "unit"],
    "replicates": ["replicate", "input_draw", "parameter_draw", "outcome", "seized", "tier", "attempt_hour", "taken_hour", "decided_hour",
                   "ended_hour", "handover", "another_attempt_hour", "another_seizure_hour", "leader_exit", "leader_exit_hour", "deaths", "deaths_in_all",
                   "initial_cohesion", "towns_lost", "peak_lost", "peak_against", "peak_for", "reasons", "undecided_at_day_seven"],
    "events": ["replicate", "position", "hour", "date", "event", "actor", "place", "site", "amount", "belief", "reasons", "text"],
}


class ResultsTest(ProgramTest):
    def results(self, *arguments, file=COUNTRY, name="results.db"):
        """Runs with --json and --out; the JSON and the path."""
        out = self.folder / name
        return self.json_of("run", file, "--json", "--out", out, *arguments), out

    def rows(self, out, query, *values):
        with contextlib.closing(sqlite3.connect(f"file:{out}?mode=ro", uri=True)) as database:
            return database.execute(query, values).fetchall()


class Content(ResultsTest):
    def test_tables_and_columns(self):
        _, out = self.results("--replicates", 10)
        self.assertEqual(self.rows(out, "PRAGMA integrity_check"), [("ok",)])
        tables = [name for name, in self.rows(out, "SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")]
        self.assertEqual(tables, sorted(COLUMNS))
        for table, columns in COLUMNS.items():
            self.assertEqual([column[1] for column in self.rows(out, f"PRAGMA table_info({table})")], columns)

    def test_one_row_a_replicate(self):
        for replicates in [1, 5, 1024, 1025, 2500]:  # the engine works in batches of 1024
            with self.subTest(replicates=replicates):
                report, out = self.results("--replicates", replicates, "--force", "--keep-events", 0)
                self.assertEqual(report["replicates"], replicates)
                self.assertEqual(self.rows(out, "SELECT count(*), min(replicate), max(replicate) FROM replicates"), [(replicates, 0, replicates - 1)])

    def test_counts_are_those_of_the_report(self):
        report, out = self.results("--replicates", 1500, file=MALI_2020)
        counts = dict(self.rows(out, "SELECT outcome, count(*) FROM replicates GROUP BY outcome"))
        self.assertLessEqual(set(counts), set(OUTCOMES))
        for name in OUTCOMES:
            self.assertAlmostEqual(counts.get(name, 0) / 1500, report["outcomes"][name]["p"], places=12)
        seized, undecided, bloodless = self.rows(out, "SELECT avg(seized), avg(undecided_at_day_seven), avg(deaths = 0) FROM replicates")[0]
        self.assertAlmostEqual(seized, report["seized"]["p"], places=12)
        self.assertAlmostEqual(undecided, report["undecided_at_day_seven"]["p"], places=12)
        self.assertAlmostEqual(bloodless, report["deaths"]["none"]["p"], places=12)
        self.assertEqual(self.rows(out, "SELECT count(*) FROM replicates WHERE (outcome IN ('no_attempt', 'failed')) = (taken_hour IS NOT NULL)"), [(0,)])
        self.assertAlmostEqual(self.rows(out, "SELECT avg(another_attempt_hour IS NOT NULL) FROM replicates")[0][0], report["after"]["another_attempt"]["p"], places=12)
        for kind in ["bargain", "election"]:
            share = self.rows(out, "SELECT avg(handover = ?) FROM replicates", kind)[0][0]
            self.assertAlmostEqual(share, report["after"]["handover"][kind]["p"], places=12)
        self.assertEqual(self.rows(out, "SELECT count(*) FROM replicates WHERE (handover = 'none') = (outcome = 'handover')"), [(0,)])

    def test_times_are_in_order(self):
        for changes in [[], ["--set", "begins=watch", "--set", "theta.onset.middle=0"]]:
            with self.subTest(changes=changes):
                _, out = self.results("--replicates", 1500, "--force", *changes)
                wrong = self.rows(out, "SELECT * FROM replicates WHERE attempt_hour > taken_hour OR taken_hour > decided_hour OR decided_hour > ended_hour "
                                  "OR attempt_hour > decided_hour OR another_attempt_hour < decided_hour OR another_seizure_hour < another_attempt_hour "
                                  "OR leader_exit_hour < taken_hour OR deaths > deaths_in_all")
                self.assertEqual(wrong, [])

    def test_onset_comes_first_where_the_country_is_watched(self):
        report, out = self.results("--replicates", 1500, "--set", "begins=watch", "--set", "theta.onset.middle=-2")
        none = self.rows(out, "SELECT avg(attempt_hour IS NULL) FROM replicates")[0][0]
        self.assertTrue(0 < none < 1)
        self.assertAlmostEqual(none, report["outcomes"]["no_attempt"]["p"], places=12)
        self.assertEqual(self.rows(out, "SELECT count(*) FROM replicates WHERE attempt_hour <= 0"), [(0,)])

    def test_the_seizure_is_the_same_whether_or_not_it_is_followed(self):
        columns = "SELECT replicate, tier, attempt_hour, taken_hour, decided_hour, deaths, seized, undecided_at_day_seven FROM replicates"
        _, whole = self.results("--replicates", 400)
        _, short = self.results("--replicates", 400, "--until", "seizure", name="short.db")
        self.assertEqual(self.rows(whole, columns), self.rows(short, columns))

    def test_says_how_to_run_it_again(self):
        settings = ["--seed", 77, "--until", "seizure", "--set", "plot.tier=senior", "--set", "theta.seizure.momentum=0.5"]
        _, out = self.results("--replicates", 50, *settings)
        run = dict(self.rows(out, "SELECT name, value FROM run"))
        self.assertEqual(run["scenario_text"], COUNTRY.read_text(encoding="utf-8"))
        self.assertEqual((run["scenario"], run["seed"], run["until"]), ("Ruritania, May 1975", "77", "seizure"))
        self.assertEqual((run["set plot.tier"], run["set theta.seizure.momentum"]), ("senior", "0.5"))
        self.assertEqual("interregnum " + run["version"], self.succeed("--version").splitlines()[0])
        again = self.write(run["scenario_text"])
        _, second = self.results("--replicates", 50, *settings, file=again, name="again.db")
        self.assertEqual(out.read_bytes(), second.read_bytes())

    def test_parameters_are_those_used(self):
        _, out = self.results("--replicates", 5, "--theta", "default", "--set", "theta.seizure.momentum=0.5")
        listed = {parameter["key"]: (parameter["default"], parameter["unit"]) for parameter in self.json_of("params", "--json")["parameters"]}
        stored = {key: (value, unit) for key, value, unit in self.rows(out, "SELECT key, value, unit FROM parameters")}
        listed["theta.seizure.momentum"] = (0.5, listed["theta.seizure.momentum"][1])
        self.assertEqual(stored, listed)

    def test_which_draw_of_the_parameters_a_replicate_used(self):
        _, out = self.results("--replicates", 100, "--set", "theta.seizure.momentum=0.5")
        self.assertEqual(dict(self.rows(out, "SELECT name, value FROM run"))["theta"], "posterior-2011.nc")
        self.assertEqual(self.rows(out, "SELECT count(DISTINCT parameter_draw), count(DISTINCT input_draw) FROM replicates"), [(100, 100)])
        _, nested = self.results("--replicates", 100, "--nested", name="nested.db")
        self.assertEqual(self.rows(nested, "SELECT count(DISTINCT parameter_draw), count(DISTINCT input_draw) FROM replicates"), [(7, 25)])
        self.assertEqual(self.rows(nested, "SELECT count(*) FROM (SELECT DISTINCT replicate / 16, parameter_draw FROM replicates)"), [(7,)])
        self.assertEqual(self.rows(nested, "SELECT value FROM run WHERE name = 'nested'"), [("yes",)])
        values = dict(self.rows(out, "SELECT key, value FROM parameters"))
        self.assertEqual(values["theta.seizure.momentum"], 0.5)
        fixed = {parameter["key"]: parameter["default"] for parameter in self.json_of("params", "--json")["parameters"]}
        self.assertNotEqual(values["theta.seizure.baseline"], fixed["theta.seizure.baseline"])
        _, out = self.results("--replicates", 100, "--theta", "default", name="default.db")
        self.assertEqual(self.rows(out, "SELECT DISTINCT parameter_draw FROM replicates"), [(0,)])

    def test_each_seed_begins_with_another_draw_of_the_parameters(self):
        firsts = set()
        for seed in range(1, 9):
            _, out = self.results("--replicates", 16, "--until", "seizure", "--seed", seed, name=f"{seed}.db")
            draws = [draw for draw, in self.rows(out, "SELECT parameter_draw FROM replicates ORDER BY replicate")]
            self.assertEqual(len(set(draws)), 16)
            firsts.add(draws[0])
        self.assertEqual(len(firsts), 8)

    def test_a_key_set_twice_is_kept_as_it_was_used(self):
        _, out = self.results("--replicates", 5, "--set", "plot.tier=senior", "--set", "plot.tier=junior")
        self.assertEqual(self.rows(out, "SELECT value FROM run WHERE name = 'set plot.tier'"), [("junior",)])
        self.assertEqual(self.rows(out, "SELECT DISTINCT tier FROM replicates"), [("junior",)])

    def test_events_of_as_many_replicates_as_asked_for(self):
        for keep, kept in [(0, 0), (1, 1), (7, 7), (30, 30), (1000, 30), (2**64 - 1, 30)]:
            with self.subTest(keep=keep):
                _, out = self.results("--replicates", 30, "--keep-events", keep, "--force")
                self.assertEqual(self.rows(out, "SELECT count(DISTINCT replicate), coalesce(max(replicate) + 1, 0) FROM events"), [(kept, kept)])
        self.assertEqual(self.rows(out, "SELECT count(*) FROM events WHERE position = 0 AND event = 'attempt_begins'"), [(30,)])
        _, out = self.results("--replicates", 300, "--force")
        self.assertEqual(self.rows(out, "SELECT count(DISTINCT replicate) FROM events"), [(100,)])


class Sameness(ResultsTest):
    def test_bytes_depend_on_neither_threads_nor_time(self):
        files = [self.results("--replicates", 2500, "--threads", threads, name=f"{number}.db")[1] for number, threads in enumerate([1, 1, 2, 7])]
        content = [file.read_bytes() for file in files]
        for other in content[1:]:
            self.assertTrue(content[0] == other)

    def test_so_do_those_of_a_whole_country(self):
        files = [self.results("--replicates", 1200, "--threads", threads, file=MALI_2020, name=f"{threads}.db")[1] for threads in [1, 2, 7]]
        for other in files[1:]:
            self.assertTrue(files[0].read_bytes() == other.read_bytes())

    def test_another_seed_gives_another_file(self):
        files = [self.results("--replicates", 200, "--seed", seed, name=f"{seed}.db")[1] for seed in [1, 2]]
        self.assertFalse(files[0].read_bytes() == files[1].read_bytes())

    def test_writing_does_not_change_the_result(self):
        with_file, _ = self.results("--replicates", 500)
        without = self.run_json(COUNTRY, replicates=500)
        for report in [with_file, without]:
            for key in ["seconds", "started", "command"]:
                del report[key]
        self.assertEqual(with_file, without)


class Safety(ResultsTest):
    def test_an_old_file_is_overwritten_only_by_force(self):
        old = self.write("precious", "results.db")
        refused = interregnum("run", COUNTRY, "--replicates", "10", "--out", old)
        self.assertEqual((refused.returncode, refused.stdout), (2, ""))
        self.assertEqual(old.read_text(), "precious")
        self.results("--replicates", 10, "--force")
        self.assertEqual(self.rows(old, "SELECT count(*) FROM replicates"), [(10,)])

    def test_a_bad_run_leaves_the_old_file_alone(self):
        old = self.write("precious", "results.db")
        self.assert_refused(["run", COUNTRY, "--force", "--out", old, "--set", "plot.tier=general"], "plot.tier")
        self.assertEqual(old.read_text(), "precious")
        self.assertEqual(os.listdir(self.folder), ["results.db"])

    def test_links(self):
        link, target = self.folder / "link.db", self.write("precious", "target.db")
        link.symlink_to(target)
        self.assert_refused(["run", COUNTRY, "--replicates", "10", "--out", link], "link.db", "exists")
        self.results("--replicates", 10, "--force", name="link.db")
        self.assertTrue(link.is_symlink())
        self.assertEqual(self.rows(target, "SELECT count(*) FROM replicates"), [(10,)])
        target.unlink()
        for force in [[], ["--force"]]:
            self.assert_refused(["run", COUNTRY, "--replicates", "10", "--out", link, *force], "link.db")

    def test_devices_are_never_overwritten(self):
        pipe = self.folder / "pipe"
        os.mkfifo(pipe)
        self.assert_refused(["run", COUNTRY, "--replicates", "10", "--force", "--out", pipe], "not a file")
        self.assertTrue(stat.S_ISFIFO(pipe.stat().st_mode))

    def test_nothing_else_remains(self):
        _, out = self.results("--replicates", 10)
        self.assertEqual(os.listdir(self.folder), ["results.db"])
        self.assertTrue(out.stat().st_mode & stat.S_IRUSR)

    def test_strange_names_of_files(self):
        for name in ["ä ö.db", "a'b;c.db", "-x.db", "a?mode=ro#x.db", "%41.db"]:
            with self.subTest(name=name):
                self.succeed("run", COUNTRY, "--replicates", 5, "--out=" + name, cwd=self.folder)
                self.assertIn(name, os.listdir(self.folder))


if __name__ == "__main__":
    unittest.main()
