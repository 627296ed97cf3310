"""The program among people: terminals, pipes and Ctrl-C."""

import contextlib
import json
import os
import pty
import re
import signal
import sqlite3
import subprocess
import time
import unittest

from netcdf_classic import written
from support import COUNTRY, PROGRAM, ROOT, ProgramTest, environment

BOLD = "\x1b[1m"


def on_a_terminal(arguments, **variables):
    """Runs the program with a terminal as its stdout; what came out on it. stderr is thrown away."""
    master, slave = pty.openpty()
    with subprocess.Popen([PROGRAM, *arguments], stdin=subprocess.DEVNULL, stdout=slave, stderr=subprocess.DEVNULL,
                          env=environment(**variables)) as process:
        os.close(slave)
        pieces = []
        while True:
            try:
                piece = os.read(master, 65536)
            except OSError:  # how Linux says that the other end of a terminal is closed
                break
            if not piece:
                break
            pieces.append(piece)
        process.wait(timeout=60)
    os.close(master)
    return b"".join(pieces).decode("utf-8")


class Output(ProgramTest):
    def test_no_escapes_in_a_pipe(self):
        for variables in [{}, {"NO_COLOR": "1"}, {"TERM": "xterm-256color"}]:
            for command in [["run", COUNTRY, "--replicates", 100], ["replay", COUNTRY], ["check", COUNTRY], ["params"]]:
                text = self.succeed(*command, env=environment(**variables))
                self.assertNotIn("\x1b", text)
                self.assertNotIn("\r", text)

    def test_emphasis_on_a_terminal_only_where_it_is_welcome(self):
        arguments = ["run", COUNTRY, "--replicates", "100"]
        self.assertIn(BOLD, on_a_terminal(arguments))
        self.assertIn(BOLD, on_a_terminal(arguments, NO_COLOR=""))  # empty means unset: https://no-color.org
        plain = on_a_terminal(arguments, NO_COLOR="1")
        self.assertIn("Ruritania", plain)
        self.assertNotIn("\x1b", plain)

    def test_progress_goes_to_the_terminal_and_not_into_the_result(self):
        arguments = [PROGRAM, "run", COUNTRY, "--replicates", "20000"]
        alone = subprocess.run(arguments, capture_output=True, check=True, timeout=60)
        master, slave = pty.openpty()
        watched = subprocess.run(arguments, stdout=subprocess.PIPE, stderr=slave, check=True, timeout=60)
        os.close(slave)
        progress = os.read(master, 65536)
        os.close(master)
        self.assertEqual(alone.stderr, b"")
        self.assertIn(b"20000 replicates", progress)
        self.assertEqual(watched.stdout, alone.stdout)


# Escapes, C1 characters and what turns text round, as names could hold them; in a table a name may go over two lines.
HARM = "\x1b]0;owned\x07\x1b[31m\u009b31m\u0085\x7f\u202e\u2066x"
TURNED = "\u202e\u2066x"  # of these, what tables may hold
ACTED_ON = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\udc80-\udcff]")


class Harm(ProgramTest):
    """Whatever names come in, and whichever way, nothing that a terminal acts on goes out."""

    def setUp(self):
        super().setUp()
        self.variables = environment(XDG_DATA_HOME=os.fspath(self.folder / "store"))

    def clean(self, *arguments, code=0):
        result = subprocess.run([PROGRAM, *map(os.fspath, arguments)], capture_output=True, stdin=subprocess.DEVNULL, env=self.variables, timeout=300)
        for stream in (result.stdout, result.stderr):
            self.assertIsNone(ACTED_ON.search(stream.decode("utf-8", "surrogateescape")), stream[:2000])
        self.assertEqual(result.returncode, code, result.stderr)
        return result

    def test_names_in_tables(self):
        def leaders(harm):
            return self.write("gwcode,startdate,obsid,leader,enddate,exit\n"
                              f'432,1968-11-19,a,"Tra{harm}\n{harm}ore",1991-03-26,Irregular\n432,1960-01-01,b,"Keita{harm}",1968-11-19,Irregular\n', "archigos.csv")

        self.clean("record", "import", leaders(HARM), code=2)
        self.clean("record", "import", leaders(TURNED))
        # A store of an earlier version may hold anything.
        with contextlib.closing(sqlite3.connect(self.folder / "store" / "interregnum" / "record.db")) as store, store:
            self.assertEqual(store.execute("UPDATE archigos SET leader = leader || ?", (HARM,)).rowcount, 2)
        for arguments in [["record", "show", "MLI"], ["record", "show", "MLI", "--json"], ["record", "export"], ["record", "export", "--json"]]:
            self.clean(*arguments)
        attempt = next(line.split()[0] for line in self.clean("record", "show", "MLI").stdout.decode().splitlines() if "1968-11-19" in line and line.split()[0].startswith("432"))
        for arguments in [["scenario", "from-record", attempt], ["new", "--country", "MLI"]]:
            file = self.folder / "written.yaml"
            self.clean(*arguments, "--out", file, "--force")
            self.clean("check", file)
            self.clean(*arguments)
        known = (ROOT / "data" / "attempts.csv").read_text(encoding="utf-8").splitlines()
        columns = known[0].split(",")
        values = dict.fromkeys(columns, "")
        values.update(attempt=f"{TURNED}evil", country_code="432", date="2012-03-22", succeeded="1")
        table = self.write(f"{','.join(values)}\n{','.join(values.values())}\n", "attempts.csv")
        for arguments in [[], ["--json"]]:
            self.clean("score", "--attempts", table, "--replicates", "16", *arguments)
        for harm in (HARM, TURNED):
            for column in ("date", "country_code", "succeeded", "cam_rank"):
                bad = {**values, column: harm}
                self.clean("score", "--attempts", self.write(f"{','.join(bad)}\n{','.join(bad.values())}\n", "bad.csv"), code=2)
            self.clean("score", "--attempts", self.write(f"{','.join(values)},{harm}\n{','.join(values.values())},1\n", "bad.csv"), "--replicates", "16",
                       code=2 if harm == HARM else 0)  # a column of another name is passed over
        self.clean("score", "--attempts", self.write(f"{','.join(values)}\n{','.join(values.values())}\n".replace("evil", HARM), "bad.csv"), code=2)

    def test_names_of_files_and_arguments(self):
        for name in [HARM, os.fsdecode(b"latin\xf6"), "two\nlines"]:
            file = self.folder / (name + ".yaml")
            for arguments in [["check", file], ["run", file], ["run", COUNTRY, "--theta", file], ["claims", file], ["article", file], ["score", "--attempts", file],
                              ["record", "import", file], ["run", COUNTRY, "--set", name], ["run", COUNTRY, "--set", f"{name}=1"], ["run", COUNTRY, f"--{name}"], [name],
                              ["compare", COUNTRY, COUNTRY, "--outcome", name], ["sweep", COUNTRY, "--vary", f"{name}=0..1"], ["record", "show", name],
                              ["run", COUNTRY, "--replicates", name]]:
                self.assertLessEqual(len(self.clean(*arguments, code=2).stderr.decode().splitlines()), 2)
            file.write_bytes(COUNTRY.read_bytes())
            for arguments in [["check", file], ["check", file, "--json"], ["run", file, "--replicates", "8"], ["run", file, "--replicates", "8", "--json"],
                              ["run", COUNTRY, "--replicates", "8", "--out", self.folder / (name + ".db")], ["replay", file]]:
                self.clean(*arguments)

    def test_names_in_draws(self):
        draws = (["chain", "draw"], [[0.0, 1.0]])
        for variables in [{HARM: draws}, {"theta.onset.recent": (["chain", HARM], [[0.0, 1.0]])}]:
            self.clean("run", COUNTRY, "--theta", self.write(written(variables), "own.nc"), code=2)

    def test_emphasis_is_the_programs_own(self):
        name = COUNTRY.read_text(encoding="utf-8").replace("name: Ruritania, May 1975", "name: \u202eRuritania")
        text = on_a_terminal(["run", os.fspath(self.write(name)), "--replicates", "10"])
        self.assertIn(BOLD, text)
        self.assertNotIn("\u202e", text)


class Interruption(ProgramTest):
    def interrupt(self, *arguments):
        """Starts a run that would take hours, sends Ctrl-C when it is under way, and returns its stdout and results file."""
        out = self.folder / "results.db"
        with subprocess.Popen([PROGRAM, "run", COUNTRY, "--replicates", "1000000000", "--out", out, "--keep-events", "3", *arguments],
                              stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=environment()) as process:
            deadline = time.monotonic() + 30
            while not os.listdir(self.folder) and time.monotonic() < deadline:  # its temporary file shows that it has begun
                time.sleep(0.05)
            time.sleep(1.0)
            process.send_signal(signal.SIGINT)
            stdout, stderr = process.communicate(timeout=60)
        self.assertEqual((process.returncode, stderr), (130, ""))
        self.assertEqual(os.listdir(self.folder), ["results.db"])
        return stdout, out

    def assert_complete(self, out, replicates):
        with contextlib.closing(sqlite3.connect(out)) as database:
            self.assertEqual(database.execute("PRAGMA integrity_check").fetchall(), [("ok",)])
            count, last = database.execute("SELECT count(*), max(replicate) FROM replicates").fetchone()
            self.assertEqual((count, last), (replicates, replicates - 1))
            self.assertEqual(database.execute("SELECT count(DISTINCT replicate) FROM events").fetchone(), (3,))

    def test_json_says_how_far_it_came(self):
        stdout, out = self.interrupt("--json")
        report = json.loads(stdout)
        self.assertTrue(report["interrupted"])
        self.assertEqual(report["replicates_wanted"], 1000000000)
        self.assertTrue(0 < report["replicates"] < 1000000000)
        self.assertAlmostEqual(sum(entry["p"] for entry in report["outcomes"].values()), 1.0, places=12)
        self.assert_complete(out, report["replicates"])

    def test_text_says_how_far_it_came(self):
        stdout, out = self.interrupt()
        said = re.search(r"Interrupted: (\d+) of 1000000000 replicates", stdout)
        self.assertIsNotNone(said, stdout)
        self.assertGreater(int(said[1]), 0)
        self.assert_complete(out, int(said[1]))


if __name__ == "__main__":
    unittest.main()
