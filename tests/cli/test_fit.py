"""`interregnum fit`: ended at any moment it goes on, with the same draws as if it had not been; its JSON; what it refuses."""

import json
import pathlib
import shutil
import signal
import subprocess
import tempfile
import time
import unittest

from netcdf_classic import Reader, written
from support import PROGRAM, ProgramTest, environment, interregnum

# As little as the program takes: it is about the files, not about the draws.
TINY = ["--seizure-draws", "64", "--after-draws", "64", "--kept", "10"]
PARAMETER = ["name", "mean", "sd", "median", "low", "high", "prior", "contraction", "seen", "r_hat", "effective_sample_size"]
LIMIT = 600  # seconds after which a fit hangs: on one thread of a busy machine it takes minutes


class FitTest(ProgramTest):
    """The shipped record alone, whatever the user has imported; one whole fit that the tests share."""

    @classmethod
    def setUpClass(cls):
        cls.shared = pathlib.Path(tempfile.mkdtemp(prefix="interregnum-test-"))
        cls.addClassCleanup(shutil.rmtree, cls.shared)
        cls.variables = environment(XDG_DATA_HOME=str(cls.shared))
        cls.whole = cls.fit(cls.shared / "whole", "--json", "--threads", "2")

    @classmethod
    def fit(cls, folder, *arguments):
        return interregnum("fit", "--out", folder, *TINY, *arguments, env=cls.variables, timeout=LIMIT)

    def start(self, folder):
        return subprocess.Popen([PROGRAM, "fit", "--out", folder, *TINY], env=self.variables, stdin=subprocess.DEVNULL,
                                stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)

    def pieces(self, folder):
        """Names of the pieces that are done."""
        return sorted(path.name for path in folder.glob("*.nc")) if folder.exists() else []

    def wait_for_pieces(self, folder, number, process):
        deadline = time.monotonic() + LIMIT
        while len(self.pieces(folder)) < number and process.poll() is None:
            self.assertLess(time.monotonic(), deadline, "no progress")
            time.sleep(0.01)

    def assert_same_draws(self, folder):
        self.assertEqual((folder / "posterior.nc").read_bytes(), (self.shared / "whole" / "posterior.nc").read_bytes())


class Fitting(FitTest):
    def test_json_has_the_documented_keys(self):
        self.assertEqual(self.whole.returncode, 0, self.whole.stderr)
        report = json.loads(self.whole.stdout)
        self.assertEqual(list(report), ["folder", "complete", "parameters", "quantities", "chains", "files", "seizure_draws", "after_draws", "kept",
                                         "version", "seed", "command"])
        self.assertIs(report["complete"], True)
        self.assertEqual([(chains["attempts"], chains["part"]) for chains in report["chains"]], [("all", "onset"), ("all", "seizure"), ("all", "after")])
        self.assertEqual(report["files"], [report["folder"] + "/posterior.nc"])
        for parameter in report["parameters"]:
            self.assertEqual(list(parameter), PARAMETER)
        seen = [parameter["name"] for parameter in report["parameters"] if parameter["seen"]]
        self.assertIn("theta.onset.recent", seen)

    def test_the_file_is_netcdf_classic(self):
        """As the specification has it, read without the program's own reader."""
        file = Reader((self.shared / "whole" / "posterior.nc").read_bytes())
        self.assertEqual(file.dimensions, {"chain": 4, "draw": 10})
        self.assertEqual(file.attributes["inference_library"], b"interregnum")
        self.assertEqual(file.variables.pop("chain"), (["chain"], [[0, 1, 2, 3]]))
        self.assertEqual(file.variables.pop("draw"), (["draw"], [list(range(10))]))
        means = {name: sum(map(sum, rows)) / 40 for name, (over, rows) in file.variables.items() if over == ["chain", "draw"]}
        self.assertEqual(set(means), set(file.variables))
        self.assertLess(means.pop("log_likelihood_sum"), 0)
        for parameter in json.loads(self.whole.stdout)["parameters"]:
            self.assertAlmostEqual(means[parameter["name"]], parameter["mean"], delta=1e-5 * (1 + abs(parameter["mean"])))

    def test_pieces_of_another_form_are_refused(self):
        """Each kind of piece in shapes and with numbers that it cannot have; the message names the file and the advice, and nothing is written."""
        copy = self.folder / "copy"
        shutil.copytree(self.shared / "whole", copy)
        (copy / "posterior.nc").unlink()
        # All ways for the piece that is read first; one for each of the others, for which a fit takes longer to come to.
        for name, ways in [("bank-seizure-0000", 13), ("matters-seizure", 1), ("bank-after-0000", 1), ("chains-posterior-onset", 1)]:
            path = copy / f"{name}.nc"
            good = path.read_bytes()
            rows = Reader(good).variables["values"][1]
            tables = [[[0.0]], rows[:-1], rows + rows[:1], [row[:-1] for row in rows], [row + row[:1] for row in rows],
                      [[float("nan")] + rows[0][1:]] + rows[1:], [[1e300] + rows[0][1:]] + rows[1:], [[-1e9] + rows[0][1:]] + rows[1:]]
            contents = [written({"values": (["row", "column"], table)}, kind=6, version=2) for table in tables]
            contents += [good[:-1], good[:40], b"", written({"values": (["x", "y"], rows)}, kind=6), written({"other": (["row", "column"], rows)}, kind=6)]
            for content in contents[:ways]:
                path.write_bytes(content)
                result = self.fit(copy)
                self.assertEqual((result.returncode, result.stdout), (2, ""), result.stderr)
                self.assertIn(f"{name}.nc", result.stderr)
                self.assertIn("delete it", result.stderr)
                self.assert_no_fault(result.stderr)
            path.write_bytes(good)
        self.assertFalse((copy / "posterior.nc").exists())

    def test_killed_at_any_moment_it_goes_on_with_the_same_draws(self):
        folder = self.folder / "fit"
        for pieces in [1, 2, 3, 4]:
            process = self.start(folder)
            self.wait_for_pieces(folder, pieces, process)
            process.kill()
            process.communicate()
        done = self.pieces(folder)
        self.assertGreaterEqual(len(done), 4)
        before = {name: (folder / name).stat().st_mtime_ns for name in done if name != "posterior.nc"}
        result = self.fit(folder)
        self.assertEqual(result.returncode, 0, result.stderr)
        self.assert_same_draws(folder)
        # What was done was not done again.
        self.assertEqual({name: (folder / name).stat().st_mtime_ns for name in before}, before)

    def test_threads_change_nothing(self):
        result = self.fit(self.folder / "one", "--threads", "1")
        self.assertEqual(result.returncode, 0, result.stderr)
        self.assertIn("posterior.nc", result.stdout)
        self.assertNotIn("Interrupted", result.stdout)
        # So few draws are not to be used, and it says so.
        self.assertIn("the chains are poor", result.stderr)
        self.assert_same_draws(self.folder / "one")

    def test_control_c_says_how_to_go_on(self):
        folder = self.folder / "fit"
        process = self.start(folder)
        self.wait_for_pieces(folder, 1, process)
        process.send_signal(signal.SIGINT)
        output, errors = process.communicate(timeout=LIMIT)
        self.assertEqual(process.returncode, 130, errors)
        self.assertEqual(output, "")
        self.assertIn("the same command goes on from there", errors)
        self.assert_no_fault(errors)
        self.assertNotIn("posterior.nc", self.pieces(folder))

    def test_folders_that_are_not_this_fits_are_refused(self):
        copy = self.folder / "copy"
        shutil.copytree(self.shared / "whole", copy)
        self.assert_refused(["fit", "--out", copy, *TINY, "--seed", "2"], "another record, version or settings", "--force")
        thesis = self.write("years of work", "thesis.txt")
        for force in [[], ["--force"]]:
            self.assert_refused(["fit", "--out", self.folder, *TINY, *force], "is not a folder of a fit")
        self.assertEqual(thesis.read_text(), "years of work")
        self.assert_refused(["fit", "--out", thesis, *TINY])
        self.assert_refused(["fit", "--out", self.folder / "fit", "--kept", "1"], "--kept")
        (copy / "bank-seizure-0000.nc").write_bytes(b"damaged")
        self.assert_refused(["fit", "--out", copy, *TINY], "bank-seizure-0000.nc")


if __name__ == "__main__":
    unittest.main()
