"""--theta: which parameters a command simulates with."""

import base64
import json
import math
import os
import shutil
import struct
import unittest

from netcdf_classic import Reader, written
from support import COUNTRY, MALI_2020, OUTCOMES, ROOT, ProgramTest, environment, interregnum, without_the_clock

MALI_2012 = ROOT / "scenarios" / "mali-2012.yaml"
CLAIMS = ROOT / "tests" / "golden" / "claims.yaml"
ARTICLE = ROOT / "tests" / "golden" / "article.yaml"
POSTERIOR = ROOT / "data" / "posterior-2011.nc"

# Every command that simulates, as short as can be.
SIMULATING = {
    "run": ["run", COUNTRY, "--replicates", 64], "replay": ["replay", COUNTRY],
    "compare": ["compare", MALI_2012, MALI_2020, "--replicates", 8, "--outcome", "seized"],
    "sweep": ["sweep", COUNTRY, "--vary", "public.support=0..1:2", "--replicates", 16],
    "sensitivity": ["sensitivity", COUNTRY, "--replicates", 32],
    "claims": ["claims", CLAIMS, "--replicates", 40],
    "article": ["article", ARTICLE, "--replicates", 40, "--runs", 40, "--standard-error", 0.3],
    "validate": ["validate", "--replicates", 4],
}


class Theta(ProgramTest):
    def of(self, command, *arguments, **changes):
        report = self.json_of(*SIMULATING[command], "--json", *arguments, env=environment(XDG_DATA_HOME=os.fspath(self.folder), **changes))
        return {key: value for key, value in report.items() if key not in ("seconds", "threads", "started", "command")}

    def test_every_command_says_which_parameters_it_used(self):
        for command in SIMULATING:
            with self.subTest(command):
                self.assertEqual(self.of(command)["theta"], POSTERIOR.name)
                if command not in ("claims", "article"):  # the slow ones
                    self.assertEqual(self.of(command, "--theta", "default")["theta"], "default")

    def test_the_shipped_posterior_is_the_default(self):
        for command in ["run", "replay", "sweep", "sensitivity"]:
            with self.subTest(command):
                named = self.of(command, "--theta", POSTERIOR)
                self.assertEqual({**named, "theta": POSTERIOR.name}, self.of(command))

    def test_sources_differ(self):
        reports = [self.run_json(MALI_2020, *arguments)["outcomes"] for arguments in [[], ["--theta", "default"], ["--theta", "prior"]]]
        for first, second in [(0, 1), (0, 2), (1, 2)]:
            self.assertNotEqual(reports[first], reports[second])

    def test_threads_change_nothing(self):
        for source in [[], ["--theta", "prior"]]:
            reports = [without_the_clock(self.run_json(MALI_2020, "--threads", threads, *source, replicates=1100)) for threads in [1, 2, 7]]
            self.assertEqual(reports[0], reports[1])
            self.assertEqual(reports[0], reports[2])
        for command in ["compare", "sweep", "sensitivity"]:  # of `validate`: test_record.py
            with self.subTest(command):
                reports = [self.of(command, "--threads", threads) for threads in [1, 2, 7]]
                self.assertEqual(reports[0], reports[1])
                self.assertEqual(reports[0], reports[2])

    def test_three_kinds_of_uncertainty(self):
        report = self.run_json(MALI_2020, replicates=10000)
        self.assertEqual(list(report["seized"])[:6], ["p", "low", "high", "inputs", "parameters", "total"])
        for kind in ["inputs", "parameters", "total"]:
            spread = report["outcomes"]["in_power"][kind]
            self.assertTrue(0 <= spread["low"] < report["outcomes"]["in_power"]["p"] < spread["high"] <= 1, spread)
        fixed = self.run_json(MALI_2020, "--theta", "default", replicates=2000)
        for outcome in OUTCOMES:
            self.assertEqual(fixed["outcomes"][outcome]["parameters"], {"low": None, "high": None, "variance": None})
        # A short run cannot tell, and says so; the nested design can.
        short = self.run_json(MALI_2020, replicates=640)["seized"]
        nested = self.run_json(MALI_2020, "--nested", replicates=640)["seized"]
        for kind in ["inputs", "parameters", "total"]:
            self.assertEqual(short[kind], {"low": None, "high": None, "variance": None})
            self.assertIsNotNone(nested[kind]["variance"])
        self.assertLess(short["high"] - short["low"], nested["high"] - nested["low"])
        self.assertIn("--nested", self.succeed("run", COUNTRY, "--replicates", 100))
        self.assertIn("over parameters", self.succeed("run", COUNTRY, "--replicates", 100))
        self.assertNotIn("over parameters", self.succeed("run", COUNTRY, "--replicates", 100, "--theta", "default"))

    def test_verdicts_hang_on_the_draws_in_use(self):
        for source, fitted in [([], True), (["--theta", "default"], False), (["--theta", "prior"], False)]:
            for claim in self.of("claims", *source)["claims"]:
                self.assertEqual(claim["model"]["posterior"] is not None, fitted and claim["model"]["prior"] is not None, claim["id"])

    def test_bad_files(self):
        whole = POSTERIOR.read_bytes()
        for content, name in [(b"", "empty.nc"), (b"not a posterior", "text.nc"), (whole[:len(whole) // 2], "cut.nc"), (whole[:1000], "stump.nc")]:
            for command in ["run", "replay"]:
                with self.subTest(name):
                    self.assert_refused([command, COUNTRY, "--theta", self.write(content, name)], name)
        self.assert_refused(["run", COUNTRY, "--theta", "defualt"], "defualt", "no such file", "default, prior")
        self.assert_refused(["run", COUNTRY, "--theta", self.folder], "not a file")
        for command, arguments in SIMULATING.items():
            with self.subTest(command):
                self.assert_refused([*arguments, "--theta", self.folder / "none.nc"], "none.nc", "no such file")

    def test_draws_of_ones_own(self):
        """Files as another program writes them: dimensions in any order are the same draws; what is missing, not known, not finite or out of
        bounds is refused by name."""
        shipped = Reader(POSTERIOR.read_bytes()).variables
        names = [name for name, (over, _) in shipped.items() if over == ["chain", "draw"]]
        # As many chains as draws, so that only the names of the dimensions tell them apart.
        square = {name: (["chain", "draw"], [row[:4] for row in shipped[name][1]]) for name in names}

        def of(variables, **options):
            return self.run_json(COUNTRY, "--theta", self.write(written(variables, **options), "own.nc"), replicates=320)["outcomes"]

        def turned(name):
            return {**square, name: (["draw", "chain"], [list(column) for column in zip(*square[name][1], strict=True)])}

        straight = of(square)
        for name in names[::9]:
            self.assertEqual(of(turned(name)), straight)
        self.assertEqual(of(square, version=2, kind=6), straight)
        for name in names:
            self.assertEqual(name.startswith("theta."), not name.startswith(("misclassified", "country_variance", "log_likelihood_sum", "year_step_", "year_level_")))
        for name in names[::7]:
            if not name.startswith("theta."):
                continue
            rest = {other: table for other, table in square.items() if other != name}
            rows = square[name][1]
            for variables, words in [
                (rest, f"has no draws of {name} "),
                ({**rest, name + "x": square[name]}, f"no parameter '{name}x' (did you mean '{name}'?)"),
                ({**rest, name: (["chain", "draw"], [[math.inf] + rows[0][1:]] + rows[1:])}, f"'{name}' is not finite"),
                ({**rest, name: (["chain", "draw"], [[-1e30] + rows[0][1:]] + rows[1:])}, f"'{name}' has draws from -1e+30 to"),
                ({**rest, name: (["sample", "draw"], rows)}, f"'{name}' is not a table over the dimensions chain and draw"),
            ]:
                self.assert_refused(["run", COUNTRY, "--theta", self.write(written(variables), "own.nc")], "own.nc", words)
        self.assert_refused(["run", COUNTRY, "--theta", self.write(written({"mu": square[names[0]]}), "own.nc")], "no parameter 'mu'")

    def test_draws_as_a_table(self):
        """The shipped draws as JSON are the same numbers, read here by no code of the program, and the same futures."""
        text = self.succeed("params", "--draws")
        table = json.loads(text)
        shipped = Reader(POSTERIOR.read_bytes()).variables
        bounds = {parameter["key"]: (parameter["low"], parameter["high"]) for parameter in self.json_of("params", "--json")["parameters"]}
        # The levels of the years, by the names that files of draws have for them; after the last on record they are drawn.
        levels = {f"level.{part}.{year}": f"year_level_{part}_{year}" for part in ("seizure", "onset") for year in range(1950, 2036)}
        bounds.update(dict.fromkeys(levels, (-50, 50)))
        self.assertEqual(set(table["names"]) | set(table["same_in_all"]), set(bounds))
        letter = {"float32": "f", "float64": "d"}[table["numbers"]]
        values = struct.unpack(f"<{table['draws'] * len(table['names'])}{letter}", base64.b64decode(table["values"], validate=True))
        for column, name in enumerate(table["names"]):
            low, high = bounds[name]
            if levels.get(name, name) not in shipped:
                self.assertGreater(int(name.rsplit(".", 1)[1]), 2011)
                continue
            chains = shipped[levels.get(name, name)][1]
            inside = [min(max(row[draw], low), high) for draw in range(len(chains[0])) for row in chains]
            self.assertEqual(list(values[column::len(table["names"])]), inside, name)
        file = self.write(text, "draws.json")
        for command in ["run", "replay", "sweep", "sensitivity"]:
            with self.subTest(command):
                self.assertEqual({**self.of(command, "--theta", file), "theta": POSTERIOR.name}, self.of(command))
        self.assertEqual(self.succeed("params", "--draws", "--theta", file), text)
        for damaged, words in [(text[:-100], "is not JSON"), (json.dumps({**table, "draws": 3}), "values: have"), ("{}", "is no table of draws")]:
            self.assert_refused(["run", COUNTRY, "--theta", self.write(damaged, "damaged.json")], "damaged.json", words)

    def test_a_chance_stays_a_chance(self):
        """What only a fit knows has bounds too, and scores need it."""
        shipped = Reader(POSTERIOR.read_bytes()).variables
        draws = {name: table for name, table in shipped.items() if table[0] == ["chain", "draw"]}
        for name, value in [("misclassified", 0.75), ("misclassified", -0.1), ("country_variance", 0.0), ("country_variance", math.nan)]:
            bad = {**draws, name: (["chain", "draw"], [[value] * len(row) for row in draws[name][1]])}
            file = self.write(written(bad), "posterior.nc")
            self.assert_refused(["run", COUNTRY, "--theta", file], f"'{name}'")
            self.assert_refused(["score", "--fit", self.folder, "--attempts", ROOT / "data" / "attempts.csv"], f"'{name}'")
            file.write_bytes(written({other: table for other, table in draws.items() if other != name}))
            self.assert_refused(["score", "--fit", self.folder, "--attempts", ROOT / "data" / "attempts.csv"], f"has no draws of {name} ")

    def test_netcdf_4_is_named(self):
        self.assert_refused(["run", COUNTRY, "--theta", self.write(b"\x89HDF\r\n\x1a\n" + bytes(512), "four.nc")], "is netCDF-4 (HDF5)", "NETCDF3_64BIT")

    def test_data_without_a_posterior(self):
        for file in (ROOT / "data").glob("*.csv"):
            shutil.copy(file, self.folder)
        variables = environment(INTERREGNUM_DATA=os.fspath(self.folder))
        result = interregnum("run", COUNTRY, env=variables)
        self.assertEqual((result.returncode, result.stdout), (2, ""))
        self.assertEqual(len(result.stderr.splitlines()), 1)
        for word in ["posterior-2011.nc", "no such file", "--theta default"]:
            self.assertIn(word, result.stderr)
        self.succeed("run", COUNTRY, "--replicates", 4, "--theta", "default", env=variables)


if __name__ == "__main__":
    unittest.main()
