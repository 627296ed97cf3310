"""What the tests of the program share: starting it, reading its JSON, and a folder of their own that goes away afterwards."""

import json
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import unittest

try:
    PROGRAM = os.environ["INTERREGNUM"]
    ROOT = pathlib.Path(os.environ["INTERREGNUM_ROOT"])
except KeyError as missing:
    sys.exit(f"{sys.argv[0]}: the environment variable {missing} is not set (INTERREGNUM: the program, INTERREGNUM_ROOT: the repository)")

SCENARIOS = sorted((ROOT / "scenarios").glob("*.yaml"))
COUNTRY = ROOT / "tests" / "golden" / "country.yaml"
MALI_2020 = ROOT / "scenarios" / "mali-2020.yaml"

OUTCOMES = ["no_attempt", "failed", "reversed", "counter_coup", "uprising", "intervention", "insurgent_takeover", "handover", "in_power"]
COMMANDS = ["run", "replay", "compare", "sweep", "sensitivity", "claims", "article", "check", "new", "scenario from-record", "record summary", "record show", "record export", "record import",
            "validate", "schema", "params"]

# What only a fault of the program itself puts on a screen.
SIGNS_OF_A_FAULT = ["terminate called", "what()", "json.exception", "std::", "Sanitizer", "runtime error", "UNIQUE constraint"]


def environment(**changes):
    """The environment of the program: that of the tests, without NO_COLOR unless a test asks for it."""
    variables = {name: value for name, value in os.environ.items() if name != "NO_COLOR"}
    variables.update(changes)
    return variables


def interregnum(*arguments, timeout=300, **options):
    """Runs the program to its end; output as text. A program that hangs makes the test fail (TimeoutExpired)."""
    options.setdefault("env", environment())
    return subprocess.run([PROGRAM, *map(os.fspath, map(_text, arguments))], capture_output=True, text=True, encoding="utf-8",
                          errors="surrogateescape", timeout=timeout, stdin=subprocess.DEVNULL, **options)


def _text(argument):
    return str(argument) if isinstance(argument, (int, float)) else argument


def without_the_clock(report):
    """A run's JSON without the four keys that may differ between two runs of the same scenario and seed."""
    return {key: value for key, value in report.items() if key not in ("seconds", "threads", "started", "command")}


class ProgramTest(unittest.TestCase):
    """A test with a folder of its own."""

    maxDiff = None

    def setUp(self):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="interregnum-test-"))
        self.addCleanup(shutil.rmtree, self.folder)

    def write(self, content, name="country.yaml"):
        path = self.folder / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode("utf-8"))
        return path

    def succeed(self, *arguments, **options):
        """Runs the program, which must end well and say nothing on stderr; its stdout."""
        result = interregnum(*arguments, **options)
        self.assertEqual((result.returncode, result.stderr), (0, ""), f"{arguments}\n{result.stdout}")
        return result.stdout

    def json_of(self, *arguments, **options):
        """The one JSON object that the program prints."""
        value = json.loads(self.succeed(*arguments, **options))
        self.assertIsInstance(value, dict)
        return value

    def run_json(self, file, *arguments, replicates=1000, **options):
        return self.json_of("run", file, "--replicates", replicates, "--json", *arguments, **options)

    def check_json(self, file, code, **options):
        """What `check --json` says of a file; it must end with `code`."""
        result = interregnum("check", file, "--json", **options)
        self.assertEqual((result.returncode, result.stderr), (code, ""), result.stdout[:2000])
        return json.loads(result.stdout)

    def assert_no_fault(self, text):
        for sign in SIGNS_OF_A_FAULT:
            self.assertNotIn(sign, text)

    def assert_refused(self, arguments, *words):
        """Bad input: exit code 2, one clear message on stderr in which all `words` occur, nothing on stdout."""
        result = interregnum(*arguments)
        self.assertEqual((result.returncode, result.stdout), (2, ""), f"{arguments}\n{result.stderr}")
        lines = [line for line in result.stderr.splitlines() if line != "Run with --help for more information."]
        self.assertEqual(len(lines), 1, result.stderr)
        for word in words:
            self.assertIn(word, lines[0])
        self.assert_no_fault(lines[0])
        return lines[0]
