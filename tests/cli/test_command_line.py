"""The command line: what it refuses and how it says so, what --json and --set give."""

import json
import os
import shlex
import subprocess
import unittest

from support import COMMANDS, COUNTRY, MALI_2020, OUTCOMES, PROGRAM, ROOT, ProgramTest, environment, without_the_clock

MALI_2012 = ROOT / "scenarios" / "mali-2012.yaml"


class Misuse(ProgramTest):
    def test_commands_and_options(self):
        for arguments, words in [
            ([], ["subcommand"]),
            (["rnu", COUNTRY], ["rnu", "did you mean 'run'?"]),
            (["--verbose"], ["--verbose"]),
            (["run"], ["FILE"]),
            (["run", COUNTRY, COUNTRY], ["country.yaml"]),
            (["run", COUNTRY, "--frob"], ["--frob"]),
            (["run", COUNTRY, "--replicates"], ["--replicates"]),
            (["run", COUNTRY, "--until", "teatime"], ["--until", "teatime", "seizure", "horizon"]),
            (["run", COUNTRY, "--threads", "0"], ["--threads", "0"]),
            (["params", "--json", "--markdown"], ["--json", "--markdown"]),
            (["params", "--json", "--draws"], ["--json", "--draws"]),
            (["params", "--theta", "default"], ["--theta", "--draws"]),
            (["run", COUNTRY, "--out", ""], ["--out"]),
        ]:
            with self.subTest(arguments=arguments):
                self.assert_refused(arguments, *words)

    def test_numbers_are_taken_as_written_or_not_at_all(self):
        counts = {"run": ["--replicates", "--seed", "--threads", "--keep-events"], "replay": ["--seed", "--replicate"]}
        for command, options in counts.items():
            for option in options:
                for number in ["-1", "abc", "", "1.5", "1e3", "0x10", "010", "99999999999999999999", "nan", " 1"]:
                    with self.subTest(command=command, option=option, number=number):
                        self.assert_refused([command, COUNTRY, f"{option}={number}"], option, number)
        self.assert_refused(["run", COUNTRY, "--replicates", "0"], "--replicates", "0")
        self.assert_refused(["run", COUNTRY, "--replicates", "1000000001"], "--replicates", "1000000000")
        # What identifies something in JSON stays within what every reader of JSON takes exactly (RFC 8259).
        largest = 2**53 - 1
        self.assertEqual(self.run_json(COUNTRY, "--seed", largest, replicates=1)["seed"], largest)
        self.json_of("replay", COUNTRY, "--replicate", largest, "--until", "seizure", "--json")
        for option in ["--seed", "--replicate"]:
            for beyond in [2**53, 2**63, 2**64 - 1, 2**64]:
                with self.subTest(option=option, beyond=beyond):
                    self.assert_refused(["replay", COUNTRY, option, beyond], option, str(beyond), "too large", str(largest))
        for padded, plain in [("007", "7"), ("00", "0"), ("010", "10")]:
            self.assert_refused(["run", COUNTRY, "--seed", padded], f"'{padded}' begins with a zero", f"written {plain}")

    def test_changes_that_cannot_be_made(self):
        for change, words in [
            ("plot.tier", ["plot.tier", "key=value"]),
            ("=senior", ["key=value"]),
            ("plot.teir=senior", ["plot.teir", "did you mean 'tier'?"]),
            ("polt.tier=senior", ["polt", "did you mean 'plot'?"]),
            ("units.palace_gard.strength=5", ["units.palace_gard", "did you mean 'palace_guard'?"]),
            ("units.tanks.strenght=5", ["units.tanks.strenght", "did you mean 'strength'?"]),
            ("units.tanks.strength=-5", ["units.tanks.strength", "negative"]),
            ("units.tanks.strength=", ["units.tanks.strength", "no value"]),
            ("units.tanks.strength=a lot", ["units.tanks.strength", "not a number"]),
            ("roads.7.distance=3 km", ["roads.7", "no such entry"]),
            ("horizon=7", ["horizon", "no unit"]),
            ("plot.tier=[", ["plot.tier", "not valid YAML"]),
            ("plot.tier=\udcff", ["plot.tier", "UTF-8"]),  # a byte that is not UTF-8
            ("name=\"\\e[31m\"", ["control character 0x1b"]),
            ("theta.seizure.momentun=1", ["theta.seizure.momentun", "did you mean 'theta.seizure.momentum'?"]),
            ("theta.nothing.like.it=1", ["theta.nothing.like.it", "no such parameter"]),
            ("theta.seizure.momentum=1e9", ["theta.seizure.momentum", "out of bounds"]),
            ("theta.seizure.momentum=nan", ["theta.seizure.momentum", "not a number"]),
            ("theta.seizure.momentum=1..2", ["theta.seizure.momentum", "single number"]),
        ]:
            for command in ["run", "replay"]:
                with self.subTest(command=command, change=change):
                    self.assert_refused([command, COUNTRY, "--set", change], "--set", *words)

    def test_files_that_cannot_be_used(self):
        folder, missing, bad = self.folder, self.folder / "missing.yaml", self.write("name: x\n- y\n")
        for command in ["run", "replay"]:
            self.assert_refused([command, missing], str(missing), "no such file")
            self.assert_refused([command, folder], str(folder), "not a file")
            self.assert_refused([command, bad], f"{bad}:2:")
        for file, words in [(missing, "no such file"), (folder, "not a file")]:
            report = self.check_json(file, 2)
            self.assertEqual([words in problem["problem"] for problem in report["problems"]], [True])

    def test_a_file_name_that_is_not_text_still_gives_json(self):
        report = self.check_json(b"/nowhere/\xff.yaml", 2)
        self.assertIn("no such file", report["problems"][0]["problem"])
        name = os.fsencode(self.folder) + b"/\xff.yaml"
        with open(name, "wb") as file:
            file.write(COUNTRY.read_bytes())
        self.assertEqual(self.run_json(name, replicates=10)["replicates"], 10)

    def test_results_files_that_cannot_be_written(self):
        there = self.write("precious", "there.db")
        self.assert_refused(["run", COUNTRY, "--out", there], str(there), "exists", "--force")
        self.assertEqual(there.read_text(), "precious")
        self.assert_refused(["run", COUNTRY, "--out", self.folder / "no" / "x.db"], str(self.folder / "no"), "no folder")
        self.assert_refused(["run", COUNTRY, "--out", self.folder], str(self.folder), "folder")
        self.assert_refused(["run", COUNTRY, "--out", self.folder, "--force"], str(self.folder), "folder")
        self.assert_refused(["run", COUNTRY, "--out", "/proc/x.db"], "/proc/x.db", "cannot be written")
        self.assertEqual(os.listdir(self.folder), ["there.db"])

    def test_an_empty_value_is_none(self):
        """Such as that of a variable of the shell that is not set: no other work is begun for it."""
        for arguments in [["score", "--months"], ["score", "--attempts"], ["score", "--fit"], ["fit", "--out", self.folder / "fit", "--record"], ["run", COUNTRY, "--out"],
                          ["run", COUNTRY, "--report"], ["run", COUNTRY, "--theta"], ["run", COUNTRY, "--set"], ["record", "summary", "--record"],
                          ["new", "--country", "NER", "--out"], ["run"], ["check"], ["record", "import"]]:
            self.assert_refused([*arguments, ""], "empty")
        self.assertEqual(os.listdir(self.folder), [])

    def test_a_full_disk_is_noticed(self):
        for arguments in [["run", COUNTRY, "--replicates", "1", "--json"], ["check", COUNTRY], ["schema"], ["replay", COUNTRY]]:
            with open("/dev/full", "wb") as full:
                result = subprocess.run([PROGRAM, *arguments], stdout=full, stderr=subprocess.PIPE, timeout=60)
            self.assertEqual(result.returncode, 3, arguments)
            self.assertNotEqual(result.stderr, b"")


class Help(ProgramTest):
    def test_every_command_explains_itself(self):
        overview = self.succeed("--help")
        for command in COMMANDS:
            words = command.split()
            self.assertRegex(overview, rf"(?m)^  {words[0]} ")
            if len(words) > 1:
                self.assertRegex(self.succeed(words[0], "--help"), rf"(?m)^  {words[1]} ")
            text = self.succeed(*words, "--help")
            self.assertIn(f"interregnum {command}", text)
            self.assertIn("--json", text)

    def test_version(self):
        version = self.succeed("--version")
        self.assertRegex(version, r"^interregnum \d+\.\d+\.\d+\ndata: .+ \(.+\)\npage: .+ \(.+\)\n$")
        self.assertEqual(self.run_json(COUNTRY, replicates=1)["version"], version.split()[1])


class CommandToRepeat(ProgramTest):
    """`command` in JSON and on the page can be pasted into a shell, whatever is in it."""

    # Names of files, and words for options that take any.
    NAMES = ["my country's file", "two\nlines", "\"$HOME\" `id` $(id) \\ *?[x]", "Örményország 東京", "-dash; true & #", "~", "tab\tand\x1b"]

    def assert_repeats(self, arguments, command=None):
        report = self.json_of(*arguments, "--json") if command is None else {"command": command}
        self.assertEqual(shlex.split(report["command"]), [PROGRAM, *map(str, arguments), *(["--json"] if command is None else [])])
        return report

    def test_of_every_command(self):
        for name in self.NAMES:
            file = self.folder / (name + ".yaml")
            file.write_bytes(COUNTRY.read_bytes())
            setting = ["--set", "public.support={mean: 0.4, sd: 0.1}", "--set", f"plot.leader={json.dumps(name, ensure_ascii=False)}" if "\x1b" not in name else "horizon=6 months"]
            self.assert_repeats(["run", file, "--replicates", 4, *setting, "--theta", "default"])
            self.assert_repeats(["sweep", file, "--vary", "public.support=0..1:2", "--replicates", 2, *setting])
            self.assert_repeats(["sensitivity", file, "--replicates", 8, *setting])
            self.assert_repeats(["compare", MALI_2012, MALI_2020, "--replicates", 2, "--set", "horizon=6 months"])
        file = self.folder / "two\nclaims' file.yaml"
        (self.folder / "a country's.yaml").write_bytes(COUNTRY.read_bytes())
        file.write_text("interregnum_claims: 1\nname: x\nfiles:\n  here: {path: a country's.yaml}\nclaims:\n  one:\n    text: x\n    file: here\n    outcome: deaths>=10\n"
                        "    set: [\"plot.leader='it''s'\", horizon=6 months]\n    from: [plot.tier=junior]\n    to: [plot.tier=senior]\n    expected: more\n", encoding="utf-8")
        report = self.assert_repeats(["claims", file, "--replicates", 8])
        lines = report["claims"][0]["command"].splitlines()
        self.assertEqual([shlex.split(line)[1:] for line in lines],
                         [["run", os.fspath(self.folder / "a country's.yaml"), "--set", "plot.leader='it''s'", "--set", "horizon=6 months", "--set", f"plot.tier={tier}"] for tier in ("junior", "senior")])

    def test_on_the_page(self):
        pages = self.folder / "page"
        pages.mkdir()
        (pages / "page.html").write_text("<!--__PAGE_TITLE____PAGE_ANSWER__-->\n__PAGE_DATA__", encoding="utf-8")
        for name in self.NAMES:
            file = self.folder / (name + ".yaml")
            file.write_bytes(COUNTRY.read_bytes())
            arguments = ["run", file, "--replicates", "4", "--set", "horizon=6 months", "--report", self.folder / "p.html", "--force"]
            self.succeed(*arguments, env=environment(INTERREGNUM_PAGE=os.fspath(pages)))
            data = json.loads((self.folder / "p.html").read_text(encoding="utf-8").split("-->\n", 1)[1])
            commands = []

            def walk(value):
                if isinstance(value, dict):
                    commands.extend([value["command"]] if isinstance(value.get("command"), str) else [])
                    value = list(value.values())
                if isinstance(value, list):
                    for item in value:
                        walk(item)

            walk(data)
            self.assertGreater(len(commands), 0)
            for command in commands:
                self.assert_repeats(arguments, command)


class Json(ProgramTest):
    def test_run(self):
        report = self.run_json(COUNTRY, "--seed", 5, replicates=3000)
        self.assertLessEqual({"scenario", "version", "seed", "replicates", "outcomes", "seized", "seconds"}, report.keys())
        self.assertEqual((report["scenario"], report["seed"], report["replicates"]), ("Ruritania, May 1975", 5, 3000))
        self.assertEqual(list(report["outcomes"]), OUTCOMES)
        self.assertGreater(report["seconds"], 0.0)
        self.assertFalse(report["interrupted"])

    def test_probabilities_are_probabilities(self):
        for replicates in [1, 2, 7, 400, 2051]:
            with self.subTest(replicates=replicates):
                report = self.run_json(COUNTRY, replicates=replicates)
                p = [report["outcomes"][name]["p"] for name in OUTCOMES]
                self.assertAlmostEqual(sum(p), 1.0, places=12)
                self.assertAlmostEqual(sum(p[3:]), report["seized"]["p"], places=12)
                for entry in [*report["outcomes"].values(), report["seized"], *report["on_the_way"]]:
                    self.assertTrue(0.0 <= entry["low"] <= entry["p"] <= entry["high"] <= 1.0, entry)

    def test_other_commands(self):
        replay = self.json_of("replay", COUNTRY, "--json", "--seed", 3, "--replicate", 4)
        self.assertEqual((replay["seed"], replay["replicate"]), (3, 4))
        self.assertIn(replay["outcome"], OUTCOMES)
        self.assertGreater(len(replay["events"]), 0)
        self.assertLessEqual({"hour", "date", "event", "place", "belief", "text"}, replay["events"][0].keys())
        hours = [event["hour"] for event in replay["events"]]
        self.assertEqual(hours, sorted(hours))
        beliefs = [event["belief"] for event in replay["events"] if event["belief"] is not None]
        self.assertGreater(len(beliefs), 0)
        self.assertTrue(all(0.0 <= belief <= 1.0 for belief in beliefs))
        self.assertTrue(self.check_json(COUNTRY, 0)["good"])
        parameters = self.json_of("params", "--json")["parameters"]
        self.assertGreater(len(parameters), 0)
        for parameter in parameters:
            self.assertTrue(parameter["low"] <= parameter["default"] <= parameter["high"], parameter)
        for arguments in [["schema"], ["schema", "--json"]]:
            self.assertIn("properties", self.json_of(*arguments))

    def test_threads_change_nothing(self):
        reports = [without_the_clock(self.run_json(MALI_2020, "--threads", threads, replicates=1100)) for threads in [1, 2, 7]]
        self.assertEqual(reports[0], reports[1])
        self.assertEqual(reports[0], reports[2])

    def test_seeds_change_the_futures(self):
        first, again, other = (without_the_clock(self.run_json(COUNTRY, "--seed", seed, replicates=2000)) for seed in [1, 1, 2])
        self.assertEqual(first, again)
        self.assertNotEqual(first["on_the_way"], other["on_the_way"])

    def test_until(self):
        for until in ["seizure", "horizon"]:
            self.assertEqual(self.run_json(COUNTRY, "--until", until, replicates=10)["until"], until)


class Settings(ProgramTest):
    def test_higher_rank_of_the_leaders_helps_the_plot(self):
        # 10,000 replicates in draws of four: standard errors of some 0.6 points, against steps of more than ten.
        p = [self.run_json(MALI_2020, "--set", f"plot.tier={tier}", "--until", "seizure", replicates=10000)["seized"]["p"] for tier in ["junior", "middle", "senior"]]
        self.assertLess(p[0], p[1])
        self.assertLess(p[1], p[2])

    def test_changes_are_made_and_reported(self):
        report = self.run_json(MALI_2020, "--set", "horizon=7 days", "--set", "plot.tier=senior", replicates=100)
        self.assertEqual(report["set"], {"horizon": "7 days", "plot.tier": "senior"})
        text = self.succeed("run", MALI_2020, "--replicates", 100, "--set", "horizon=7 days")
        self.assertIn("with horizon = 7 days\n", text)
        self.assertIn("leaders of senior rank", self.succeed("replay", COUNTRY, "--set", "plot.tier=senior"))

    def test_every_kind_of_path_and_value(self):
        base = without_the_clock(self.run_json(MALI_2020, replicates=600))
        for change in ["units.kati_garrison.strength=0", "units.kati_garrison.strength=5000..9000", "plot.tier={junior: 0.5, senior: 0.5}",
                       "units.kati_garrison.leaning={mean: -2, sd: 0.1}", "roads.0.distance=900 km", "theta.seizure.momentum=0",
                       "plot.objectives=[broadcaster]", "units.kati_garrison.strength={value: 10, assumed: a test}", "ruler.site=presidency"]:
            with self.subTest(change=change):
                report = without_the_clock(self.run_json(MALI_2020, "--set", change, replicates=600))
                self.assertEqual(report["set"], dict([change.split("=", 1)]))
                self.assertNotEqual(report["on_the_way"], base["on_the_way"])

    def test_of_two_changes_of_a_key_the_later_one_holds(self):
        twice = self.run_json(COUNTRY, "--set", "plot.tier=senior", "--set", "plot.tier=junior")
        once = self.run_json(COUNTRY, "--set", "plot.tier=junior")
        self.assertEqual(without_the_clock(twice), without_the_clock(once))


if __name__ == "__main__":
    unittest.main()
