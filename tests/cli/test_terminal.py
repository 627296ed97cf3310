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

from support import COUNTRY, PROGRAM, ProgramTest, environment

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
