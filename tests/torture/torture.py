#!/usr/bin/env python3
"""Attack the program: end it at random moments, fill the disk, leave rubbish beside its files, lie about names.

Whatever is done to it, the program ends with a documented exit code (docs/reliability.md) and one message, leaves either the
old file or the whole new one, never writes over what it reads, and the next command finds all in order.

  INTERREGNUM=build/interregnum INTERREGNUM_ROOT=. python3 tests/torture/torture.py [--rounds N | --short] [--seed N] [ATTACK...]

Every attack makes the same tries for the same seed; only the moments at which signals arrive depend on the machine. Exit code
1 if any try failed; --docs writes the table of tries and failures into docs/reliability.md.
"""

import argparse
import collections
import contextlib
import functools
import itertools
import os
import pathlib
import random
import re
import resource
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "cli"))
import mutations  # noqa: E402
import support  # noqa: E402
from support import SIGNS_OF_A_FAULT, environment  # noqa: E402

# Commands run in folders of their own.
ROOT = support.ROOT.resolve()
PROGRAM = os.path.abspath(support.PROGRAM)
COUNTRY = ROOT / "tests" / "golden" / "country.yaml"

GOOD, BAD_INPUT, NO_RESOURCES, CLOSED_PIPE = 0, 2, 3, 141
ENDING = [signal.SIGINT, signal.SIGTERM, signal.SIGHUP]
TEMPORARY = re.compile(r"interregnum-[0-9a-f]{8}-[0-9a-f]{16}\.tmp")
LONGEST = 300  # seconds that no command here takes
# Of the tries of one round, the short form makes every fifth: no attack lists its tries by fives, so no kind is left out.
SHORT = 5
POWELL_THYNE = "country\tccode\tccode_gw\tyear\tmonth\tday\tcoup\tversion\nMali\t432\t432\t1968\t11\t19\t2\tx\nNiger\t436\t436\t1974\t4\t15\t2\tx\n"
CAM = "cowcode,region,year,country,no,coup,successful,date,combat\n432,4,1968,Mali,1,1,1,1968-11-20,1\n"
PAGE = "<!doctype html><title>__PAGE_TITLE__</title><p>__PAGE_ANSWER__</p><script>__PAGE_DATA__</script></html>\n"


class Failed(Exception):
    """A try that went wrong: what was done, and what came of it."""


def words(arguments):
    return " ".join(word.decode("utf-8", "replace") if isinstance(word, bytes) else str(word) for word in arguments)[:400]


class Attack:
    """A folder for one attack, and the commands that write, each as arguments and the files that it makes."""

    def __init__(self, folder, chance, rounds):
        self.folder, self.chance, self.rounds = folder, chance, rounds
        (folder / "page").mkdir(parents=True)
        (folder / "page" / "page.html").write_text(PAGE, encoding="utf-8")
        self.variables = environment(XDG_DATA_HOME=str(folder / "home"), INTERREGNUM_PAGE=str(folder / "page"))
        self.country = self.copy(COUNTRY, "country.yaml")
        text = COUNTRY.read_text(encoding="utf-8")
        self.other = self.write("other.yaml", re.sub(r"strength: \{value: \d+", "strength: {value: 500", text, count=1))
        self.powell_thyne = self.write("powell_thyne.tsv", POWELL_THYNE)
        self.cam = self.write("cam.csv", CAM)

    def copy(self, source, name):
        return pathlib.Path(shutil.copy(source, self.folder / name))

    def write(self, name, text):
        path = self.folder / name
        path.write_text(text, encoding="utf-8")
        return path

    def command(self, arguments, **options):
        options.setdefault("env", self.variables)
        options.setdefault("stdin", subprocess.DEVNULL)
        return subprocess.Popen([PROGRAM, *map(str, arguments)], stdout=options.pop("stdout", subprocess.PIPE),
                                stderr=options.pop("stderr", subprocess.PIPE), cwd=options.pop("cwd", self.folder), **options)

    def end(self, process, arguments):
        """Waits for a command; its exit code and messages. A signal of a fault of the program fails the try."""
        try:
            out, err = process.communicate(timeout=LONGEST)
        except subprocess.TimeoutExpired:
            process.kill()
            process.communicate()
            raise Failed(f"{words(arguments)}: goes on for ever") from None
        messages = (err or b"").decode("utf-8", "replace")
        for sign in SIGNS_OF_A_FAULT:
            if sign in messages:
                raise Failed(f"{words(arguments)}: {messages.strip()[:300]}")
        return process.returncode, (out or b""), messages

    def run(self, arguments, *codes, **options):
        """Runs a command to its end; fails the try unless it ends with one of `codes`."""
        code, out, messages = self.end(self.command(arguments, **options), arguments)
        if code not in codes:
            raise Failed(f"{words(arguments)}: exit code {code}, not {' or '.join(map(str, codes))}: {messages.strip()[:300]}")
        if code in (BAD_INPUT, NO_RESOURCES) and options.get("stderr") is None and not messages.strip():
            raise Failed(f"{words(arguments)}: exit code {code} without a message")
        return out.decode("utf-8", "replace"), messages

    def writers(self):
        """(name, arguments without the output, option of the output, judge of the file)"""
        small = ["--replicates", "64"]
        return [
            ("run", ["run", self.country, "--replicates", "3000", "--keep-events", "1000"], "--out", judge_results),
            ("run, page", ["run", self.country, "--replicates", "500"], "--report", judge_page),
            ("sweep", ["sweep", self.country, "--vary", "public.support=0..1:3", *small], "--report", judge_page),
            ("compare", ["compare", self.country, self.other, *small], "--report", judge_page),
            ("sensitivity", ["sensitivity", self.country, *small], "--report", judge_page),
            ("new", ["new", "--country", "NER"], "--out", self.judge_country),
            ("from-record", ["scenario", "from-record", "432-1968-11-19"], "--out", self.judge_country),
            ("export", ["record", "export"], "--out", judge_attempts),
            ("import", ["record", "import", self.powell_thyne], "--record", self.judge_store),
        ]

    def judge_country(self, path):
        self.run(["check", path], GOOD)

    def judge_store(self, path):
        judge_database(path)
        self.run(["record", "summary", "--record", path], GOOD)

    def leftovers(self, folder=None):
        return sorted(path.name for path in (folder or self.folder).iterdir() if TEMPORARY.fullmatch(path.name))


def judge_database(path):
    with contextlib.closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as database:
        if database.execute("PRAGMA integrity_check").fetchone() != ("ok",):
            raise Failed(f"{path.name}: integrity_check fails")


def judge_results(path):
    judge_database(path)
    with contextlib.closing(sqlite3.connect(path)) as database:
        last, number = database.execute("SELECT max(replicate) + 1, count(*) FROM replicates").fetchone()
    if not number or last != number:
        raise Failed(f"{path.name}: {number} replicates up to {last}")


def judge_page(path):
    if not path.read_text(encoding="utf-8").endswith("</html>\n"):
        raise Failed(f"{path.name}: the page is cut off")


def judge_attempts(path):
    text = path.read_text(encoding="utf-8")
    if not text.endswith("\n") or len({line.count(",") for line in text.splitlines() if '"' not in line}) != 1:
        raise Failed(f"{path.name}: the table is cut off")


def forced(option):
    return [] if option == "--record" else ["--force"]


# Each attack is a generator of tries: functions that raise Failed.


def kills(attack):
    """Ended at a random moment: SIGKILL, SIGTERM, SIGINT or SIGHUP to every command that writes."""
    for name, arguments, option, judge in attack.writers():
        target = attack.folder / f"killed-{name.replace(', ', '-')}"
        whole = [*arguments, option, target, *forced(option)]
        begin = time.monotonic()
        attack.run(whole, GOOD)
        longest = time.monotonic() - begin

        def try_once(number, whole=whole, target=target, judge=judge, longest=longest, option=option):
            # At times over a file that is there already; otherwise a first one.
            if attack.chance.random() < 0.5 and target.exists():
                target.unlink()
            before = target.read_bytes() if target.exists() else None
            ending = [signal.SIGKILL, *ENDING][number % 4]
            process = attack.command(whole)
            time.sleep(attack.chance.uniform(0, 1.1 * longest))
            process.send_signal(ending)
            code, _, messages = attack.end(process, whole)
            if code not in (GOOD, -ending if ending == signal.SIGKILL else 128 + ending):
                # Before the program has set its handlers, the system's way of ending it holds.
                if code != -ending or attack.leftovers():
                    raise Failed(f"{words(whole)}: exit code {code} after {ending.name}: {messages.strip()[:300]}")
            if ending != signal.SIGKILL and attack.leftovers():
                raise Failed(f"{words(whole)}: {ending.name} leaves {attack.leftovers()}")
            if target.exists() and target.read_bytes() != before:
                judge(target)
            if before is not None and not target.exists():
                raise Failed(f"{words(whole)}: {ending.name} took the old file away")
            if option == "--record":
                attack.run(["record", "summary"], GOOD)
            if ending == signal.SIGKILL:  # what is left goes with the next command that writes there
                attack.run(whole, GOOD)
                judge(target)
                if attack.leftovers():
                    raise Failed(f"{words(whole)}: {attack.leftovers()} of a killed run stays")

        for number in range(4 * attack.rounds):
            yield lambda number=number, once=try_once: once(number)


def two_writers(attack):
    """Two of the same command at once, into the same file; two imports of different datasets into one new store."""
    for name, arguments, option, judge in attack.writers():
        target = attack.folder / f"both-{name.replace(', ', '-')}"
        whole = [*arguments, option, target, *forced(option)]

        def same_file(whole=whole, target=target, judge=judge):
            processes = [attack.command(whole) for _ in range(2)]
            for process in processes:
                code, _, messages = attack.end(process, whole)
                if code != GOOD:
                    raise Failed(f"{words(whole)}: exit code {code}, twice at once: {messages.strip()[:300]}")
            judge(target)

        for _ in range(attack.rounds):
            yield same_file

    def imports(number):
        store = attack.folder / f"store-{number}" / "record.db"
        commands = [["record", "import", table, "--record", store] for table in (attack.powell_thyne, attack.cam)]
        processes = [attack.command(arguments) for arguments in commands]
        for arguments, process in zip(commands, processes):
            code, _, messages = attack.end(process, arguments)
            if code != GOOD:
                raise Failed(f"{words(arguments)}: exit code {code}, two at once: {messages.strip()[:300]}")
        attack.judge_store(store)
        with contextlib.closing(sqlite3.connect(store)) as database:
            tables = {row[0] for row in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
        if not {"powell_thyne", "cam"} <= tables:
            raise Failed(f"{store}: of two imports at once only one is there: {sorted(tables)}")

    for number in range(4 * attack.rounds):
        yield lambda number=number: imports(number)


DIRTY = """
import os, sqlite3, sys
path, mode, table = sys.argv[1:]
database = sqlite3.connect(path, isolation_level=None)
if mode == "wal":
    database.execute("pragma journal_mode=wal")
    database.execute("create table notes(t)")
    database.execute(f"insert into notes select zeroblob(3000) from {table}")
    os.kill(os.getpid(), 9)
database.execute("pragma cache_size=1")
database.execute("begin")
database.execute(f"create table copied as select * from {table}")
database.execute(f"delete from {table}")
os.kill(os.getpid(), 9)
"""


def side_files(attack):
    """A -journal, -wal or -shm beside the output: of an ended program, rubbish, a pipe, a link or a folder."""
    run = ["run", attack.country, "--replicates", "300", "--keep-events", "20", "--out"]

    def dirty(mode, store):
        target = attack.folder / "dirty.db"
        for path in attack.folder.glob("dirty.db*"):
            path.unlink()
        if store:
            attack.run(["record", "import", attack.powell_thyne, attack.cam, "--record", target], GOOD)
        else:
            attack.run([*run, target], GOOD)
        subprocess.run([sys.executable, "-c", DIRTY, target, mode, "attempts" if store else "replicates"], check=False)
        if not any((attack.folder / f"dirty.db{suffix}").exists() for suffix in ("-journal", "-wal")):
            raise Failed("the test left no journal")
        if store:
            attack.run(["record", "summary", "--record", target], GOOD)
            attack.run(["record", "import", attack.cam, "--record", target], GOOD)
            attack.judge_store(target)
        else:
            attack.run([*run, target, "--seed", "2", "--force"], GOOD)
            judge_results(target)
            with contextlib.closing(sqlite3.connect(target)) as database:
                if database.execute("SELECT value FROM run WHERE name = 'seed'").fetchone() != ("2",):
                    raise Failed("the old results are still there")

    def rubbish(make, exists, force):
        target = attack.folder / "rubbish.db"
        for path in attack.folder.glob("rubbish.db*"):
            shutil.rmtree(path) if path.is_dir() and not path.is_symlink() else path.unlink()
        if exists:
            attack.run([*run, target], GOOD)
        for suffix in ("-journal", "-wal", "-shm"):
            make(attack.folder / f"rubbish.db{suffix}")
        # A folder in the way cannot be removed.
        wanted = GOOD if force and make != os.mkdir else BAD_INPUT
        attack.run([*run, target, *(["--force"] if force else [])], wanted)
        if wanted == BAD_INPUT:
            return
        if left := list(attack.folder.glob("rubbish.db-*")):
            raise Failed(f"{left[0].name} is still there")
        judge_results(target)

    makes = [lambda path: path.write_bytes(b""), lambda path: path.write_bytes(attack.chance.randbytes(5000)), os.mkfifo, os.mkdir,
             lambda path: path.symlink_to(attack.other), lambda path: path.symlink_to("nowhere")]
    for _ in range(attack.rounds):
        for mode in ("journal", "wal"):
            for store in (False, True):
                yield lambda mode=mode, store=store: dirty(mode, store)
        for make in makes:
            for exists in (False, True):
                for force in (False, True):
                    yield lambda make=make, exists=exists, force=force: rubbish(make, exists, force)


@contextlib.contextmanager
def small_disk(attack, kilobytes):
    """A folder on a file system of its own, if this process may mount one; else None."""
    place = attack.folder / "disk"
    place.mkdir(exist_ok=True)
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={kilobytes}k", "interregnum-torture", place], capture_output=True,
                             check=False).returncode == 0
    try:
        yield place if mounted else None
    finally:
        if mounted:
            subprocess.run(["umount", place], check=True)


def full_disk(attack):
    """No space on the disk (where mounting is allowed), or a limit on the size of files, while a file is written."""

    def limited(arguments, option, judge, size):
        target = attack.folder / "limited"
        target.unlink(missing_ok=True)
        whole = [*arguments, option, target, *forced(option)]
        out, _ = attack.run(whole, GOOD, NO_RESOURCES, preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (size, size)))
        if attack.leftovers():
            raise Failed(f"{words(whole)}: a full disk leaves {attack.leftovers()}")
        if target.exists():
            judge(target)
        if arguments[0] in ("run", "sweep", "compare", "sensitivity") and not out:
            raise Failed(f"{words(whole)}: the result is lost with the file")

    def on_small_disk(arguments, option, judge, kilobytes):
        with small_disk(attack, kilobytes) as disk:
            if disk is None:
                return
            target = disk / "x"
            attack.run([*arguments, option, target, *forced(option)], GOOD, NO_RESOURCES)
            if attack.leftovers(disk):
                raise Failed(f"{words(arguments)}: a full disk leaves {attack.leftovers(disk)}")
            if target.exists():
                judge(target)

    def fit(size):
        folder = attack.folder / "fit"
        arguments = ["fit", "--out", folder, "--seizure-draws", "64", "--after-draws", "64", "--kept", "10"]
        _, messages = attack.run(arguments, NO_RESOURCES, preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (size, size)))
        if len(messages.strip().splitlines()) != 1 or "delete" in messages:
            raise Failed(f"{words(arguments)}: not one message that tells how to go on: {messages.strip()[:300]}")
        if attack.leftovers(folder):
            raise Failed(f"{words(arguments)}: a full disk leaves {attack.leftovers(folder)}")

    for number in range(attack.rounds):
        for _, arguments, option, judge in attack.writers():
            for size in (0, attack.chance.randrange(1, 200000)):
                yield lambda arguments=arguments, option=option, judge=judge, size=size: limited(arguments, option, judge, size)
            yield lambda arguments=arguments, option=option, judge=judge: on_small_disk(arguments, option, judge, attack.chance.randrange(4, 200))
        if number > 0:  # takes some seconds
            yield lambda: fit(attack.chance.randrange(2000, 100000))


def streams(attack):
    """stdin, stdout and stderr closed, full, or a pipe that nobody reads."""
    results = ["run", attack.country, "--replicates", "300", "--out", attack.folder / "streams.db", "--force"]
    commands = [results, ["params"], ["--help"], ["run", "--help"], ["--version"], ["record", "summary"], ["check", attack.country],
                ["schema"], ["run", "nowhere.yaml"], ["no-such-command"], ["new", "--country", "NER"]]

    def closed(arguments, which, usual):
        arguments = [*map(str, arguments)]
        code = subprocess.run(["sh", "-c", f'exec "$0" "$@" {which}', PROGRAM, *arguments], env=attack.variables, cwd=attack.folder,
                              stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False, timeout=LONGEST).returncode
        no_stdout = any(word.startswith(">") for word in which.split())
        wanted = NO_RESOURCES if usual == GOOD and no_stdout else usual
        if code != wanted:
            raise Failed(f"{words(arguments)} {which}: exit code {code}, not {wanted}")
        if arguments[0] == "run" and "--out" in arguments and usual == GOOD:
            judge_results(attack.folder / "streams.db")

    def unread(arguments):
        # The reader goes away after the first byte, or before it.
        process = attack.command(arguments)
        if attack.chance.random() < 0.5:
            process.stdout.read(1)
        process.stdout.close()
        messages = process.stderr.read()
        code = process.wait(timeout=LONGEST)
        process.stderr.close()
        if code not in (GOOD, BAD_INPUT, CLOSED_PIPE) or (code == CLOSED_PIPE and messages):
            raise Failed(f"{words(arguments)}: exit code {code} when nobody reads: {messages[:300]}")

    for arguments in commands:
        code = attack.end(attack.command(arguments), arguments)[0]
        for which in ("<&-", ">&-", "2>&-", "<&- >&-", "<&- 2>&-", ">&- 2>&-", "<&- >&- 2>&-", ">/dev/full", "2>/dev/full", ">/dev/full 2>/dev/full"):
            yield lambda arguments=arguments, which=which, code=code: closed(arguments, which, code)
        for _ in range(attack.rounds):
            yield lambda arguments=arguments: unread(arguments)


def hostile_names(attack):
    """Paths that loop, are too long, lead to folders, pipes and devices, or mean something else to a library."""
    folder = attack.folder / "names"
    folder.mkdir()
    (folder / "loop").symlink_to("loop")
    (folder / "dangling").symlink_to("nowhere")
    (folder / "empty").write_bytes(b"")
    (folder / "folder").mkdir()
    os.mkfifo(folder / "pipe")
    names = [":memory:", "file:x.db", "file:x.db?mode=memory", "loop", "loop/x", "dangling", "empty", "folder", "folder/", "pipe", "no/x", "/dev/full", "/dev/null",
             "/dev/zero", "x" * 255, "x" * 256, "x" * 5000, "/".join(["y" * 200] * 30), "", ".", "..", "/", "-", "a\nb", "a\x1b[31mb", "café", b"latin-\xe9",
             "a b'\"$`\\", "x.db-journal", "empty/x", "\u202etxt.db", "*", "~"]
    # Where a path goes: each command with the word PATH in its arguments.
    run = ["run", attack.country, "--replicates", "20"]
    small_fit = ["fit", "--record", "PATH", "--out", "fitted", "--force", "--seizure-draws", "64", "--after-draws", "64", "--kept", "10"]
    places = [[*run, "--out", "PATH"], [*run, "--report", "PATH"], [*run, "--theta", "PATH"], ["run", "PATH", "--replicates", "20"], ["check", "PATH"],
              ["claims", "PATH"], ["article", "PATH"], ["record", "summary", "--record", "PATH"], ["record", "import", attack.cam, "--record", "PATH"],
              ["record", "import", "PATH", "--record", "names.db"], ["new", "--country", "NER", "--out", "PATH"], ["record", "export", "--out", "PATH"],
              ["score", "--attempts", "PATH"], ["score", "--months", "PATH"], ["score", "--fit", "PATH"], small_fit,
              ["sweep", attack.country, "--vary", "public.support=0..1:2", "--replicates", "2", "--report", "PATH"]]
    read_from_pipes = {("run",), ("check",), ("claims",), ("article",), ("record", "import"), ("score", "--attempts"), ("score", "--months")}
    variables = [("HOME", "XDG_DATA_HOME"), ("XDG_DATA_HOME", ""), ("INTERREGNUM_DATA", ""), ("INTERREGNUM_PAGE", "")]

    def try_path(arguments, name):
        whole = [os.fsencode(name) if word == "PATH" else os.fsencode(str(word)) for word in arguments]
        if name == "pipe" and tuple(arguments[:arguments.index("PATH")]) in read_from_pipes:
            return  # what is text may come from a pipe, and this one has nobody at its other end: the command would wait for ever
        process = subprocess.Popen([os.fsencode(PROGRAM), *whole], env=attack.variables, cwd=folder, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                                   stderr=subprocess.PIPE)
        code, _, messages = attack.end(process, whole)
        if code not in (GOOD, BAD_INPUT):
            raise Failed(f"{words(whole)}: exit code {code}: {messages.strip()[:300]}")
        if code == BAD_INPUT and not messages.strip() and arguments[0] != "check":
            raise Failed(f"{words(whole)}: exit code {code} without a message")
        if attack.leftovers(folder):
            raise Failed(f"{words(whole)}: leaves {attack.leftovers(folder)}")

    def try_variable(names_of_variables, name):
        changed = {key: value for key, value in attack.variables.items() if key not in names_of_variables[1:]}
        changed[names_of_variables[0]] = os.fsencode(name)
        for arguments in (["record", "summary"], [*run, "--report", "variable.html", "--force"]):
            attack.run(arguments, GOOD, BAD_INPUT, env=changed, cwd=folder)

    for arguments in places:
        chosen = names if attack.rounds > 1 else attack.chance.sample(names, 6)
        for name in chosen:
            yield lambda arguments=arguments, name=name: try_path(arguments, name)
    for changed in variables:
        for name in [folder / "loop", folder / "pipe", folder / "empty", "/" + "x" * 5000, "/" + "/".join(["y" * 200] * 30), "/dev/null", "relative"]:
            yield lambda changed=changed, name=name: try_variable(changed, str(name))


def outputs_over_inputs(attack):
    """Every output of every command put where an input is, or another output: by its name, a link, another spelling."""
    golden = ROOT / "tests" / "golden"
    claims = attack.copy(golden / "claims.yaml", "claims.yaml")
    claims.write_text(claims.read_text(encoding="utf-8").replace("../../scenarios", str(ROOT / "scenarios")), encoding="utf-8")
    article = attack.copy(golden / "article.yaml", "article.yaml")
    article.write_text(article.read_text(encoding="utf-8").replace("../../scenarios", str(ROOT / "scenarios")), encoding="utf-8")
    draws = attack.copy(next((ROOT / "data").glob("posterior-*.nc")), "draws.nc")
    store = attack.folder / "in.db"
    attack.run(["record", "import", attack.cam, "--record", store], GOOD)
    run = ["run", attack.country, "--replicates", "20", "--theta", draws]
    cases = [(run, "--out", [attack.country, draws]), (run, "--report", [attack.country, draws]),
             (["sweep", attack.country, "--vary", "public.support=0..1:2", "--replicates", "4", "--theta", draws], "--report", [attack.country, draws]),
             (["sensitivity", attack.country, "--replicates", "16"], "--report", [attack.country]),
             (["compare", attack.country, attack.other, "--replicates", "16"], "--report", [attack.country, attack.other]),
             (["claims", claims, "--replicates", "4", "--record", store], "--report", [claims, attack.country, store]),
             (["article", article, "--replicates", "4", "--record", store], "--report", [article, claims, attack.country, store]),
             (["new", "--country", "NER", "--record", store], "--out", [store]),
             (["scenario", "from-record", "432-1968-11-19", "--record", store], "--out", [store]), (["record", "export", "--record", store], "--out", [store]),
             (["record", "import", attack.cam], "--record", [attack.cam])]

    def spellings(path):
        symbolic, hard = attack.folder / "symbolic", attack.folder / "hard"
        for link in (symbolic, hard):
            link.unlink(missing_ok=True)
        symbolic.symlink_to(path)
        os.link(path, hard)
        return [path, path.name, f"./{path.name}", f"page/../{path.name}", f"{path.parent}//{path.name}", symbolic, hard]

    def over(arguments, option, victim, number):
        before = victim.read_bytes()
        name = spellings(victim)[number]
        try:
            attack.run([*arguments, option, name, *forced(option)], BAD_INPUT)
            if victim.read_bytes() != before:
                raise Failed(f"{words(arguments)} {option} {name}: wrote over {victim.name}")
        finally:
            victim.write_bytes(before)

    def both(number):
        target = attack.folder / "both"
        target.write_bytes(b"old")
        attack.run([*run, "--out", spellings(target)[number], "--report", target, "--force"], BAD_INPUT)
        if target.read_bytes() != b"old":
            raise Failed("--out and --report in one file")

    for arguments, option, victims in cases:
        for victim in victims:
            for number in range(7) if attack.rounds > 1 else attack.chance.sample(range(7), 3):
                yield lambda arguments=arguments, option=option, victim=victim, number=number: over(arguments, option, victim, number)
    for number in range(7):
        yield lambda number=number: both(number)


def scarcity(attack):
    """Too little memory, too few threads, too small a stack."""
    run = ["run", attack.country, "--replicates", "300", "--threads"]
    commands = [[*run, "32"], [*run, "8"], ["sweep", attack.country, "--vary", "public.support=0..1:3", "--replicates", "64"],
                ["record", "summary"], ["schema"], ["check", attack.country]]

    @functools.cache
    def begins(kind, amount):
        """Whether the system's loader and the libraries' own beginnings, which fail in many ways, have enough."""
        return attack.command(["--version"], preexec_fn=lambda: resource.setrlimit(kind, (amount, amount)), stdout=subprocess.DEVNULL,
                              stderr=subprocess.DEVNULL).wait() in (GOOD, NO_RESOURCES)

    def limited(arguments, kind, amount):
        margin = 1 << 20 if kind == resource.RLIMIT_AS else 0  # where things lie in memory differs
        if not begins(kind, amount - margin):
            return
        process = attack.command(arguments, preexec_fn=lambda: resource.setrlimit(kind, (amount, amount)))
        code, _, messages = attack.end(process, arguments)
        if code not in (GOOD, NO_RESOURCES):
            raise Failed(f"{words(arguments)}, limit {amount}: exit code {code}: {messages.strip()[:300]}")

    for _ in range(attack.rounds):
        for arguments in commands:
            for megabytes in (40, 60, 80, 100, 150, 300):
                yield lambda arguments=arguments, amount=megabytes << 20: limited(arguments, resource.RLIMIT_AS, amount)
            if os.geteuid() != 0:  # no limit holds for root
                for threads in (1, 2, 5):
                    yield lambda arguments=arguments, threads=threads: limited(arguments, resource.RLIMIT_NPROC, threads)


def mutated_files(attack):
    """Files of every format with bytes changed, cut off, doubled or put in, read by every command that reads them."""
    program = os.environ.get("INTERREGNUM_SANITIZED", PROGRAM)
    for format_ in mutations.formats(attack.folder, ROOT):
        content = format_.path.read_bytes()
        path = attack.folder / f"mutated{format_.path.suffix}"

        def try_once(format_=format_, content=content, path=path):
            path.write_bytes(mutations.mutate(content, attack.chance))
            arguments = [str(path) if word == "FILE" else str(word) for word in format_.arguments]
            process = subprocess.Popen([program, *arguments], env=attack.variables, cwd=attack.folder, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                                       stderr=subprocess.PIPE)
            try:
                code, _, messages = attack.end(process, arguments)
                if code not in (GOOD, BAD_INPUT, NO_RESOURCES):
                    raise Failed(f"{words(arguments)}: exit code {code}: {messages.strip()[:300]}")
            except Failed as failure:
                kept = pathlib.Path(tempfile.gettempdir()) / f"interregnum-torture-{format_.name}-{abs(hash(path.read_bytes())):x}"
                shutil.copy(path, kept)
                raise Failed(f"{failure} (kept as {kept})") from None

        for _ in range(format_.tries * attack.rounds):
            yield try_once


ATTACKS = {attack.__name__.replace("_", "-"): attack
           for attack in (kills, two_writers, side_files, full_disk, streams, hostile_names, outputs_over_inputs, scarcity, mutated_files)}


def perform(name, rounds, seed, every):
    """Tries of one attack, or every so many of them, and what failed."""
    tries, failures = 0, []
    with tempfile.TemporaryDirectory(prefix="interregnum-torture-") as folder:
        attack = Attack(pathlib.Path(folder), random.Random(f"{name} {seed}"), rounds)
        for try_once in itertools.islice(ATTACKS[name](attack), 0, None, every):
            tries += 1
            try:
                try_once()
            except (Failed, sqlite3.Error) as failure:
                failures.append(str(failure).replace(folder, "."))
    return tries, failures


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("attacks", metavar="ATTACK", nargs="*", help=f"all, or some of: {', '.join(ATTACKS)}")
    parser.add_argument("--rounds", type=int, default=1, help="1: about two minutes; each further one adds tries of every attack")
    parser.add_argument("--short", action="store_true", help=f"every {SHORT}th try of one round, which are of all kinds: half a minute")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--docs", action="store_true", help="write the table into docs/reliability.md")
    options = parser.parse_args()
    if unknown := set(options.attacks) - set(ATTACKS):
        parser.error(f"there is no attack {', '.join(sorted(unknown))}; there are {', '.join(ATTACKS)}")
    table = ["| attack | tries | failures |", "| --- | --- | --- |"]
    total = collections.Counter()
    for name in options.attacks or ATTACKS:
        begin = time.monotonic()
        tries, failures = perform(name, 1 if options.short else options.rounds, options.seed, SHORT if options.short else 1)
        total.update(tries=tries, failures=len(failures))
        table.append(f"| {ATTACKS[name].__doc__.rstrip('.')} | {tries} | {len(failures)} |")
        print(f"{name:20} {tries:5} tries, {len(failures):3} failures, {time.monotonic() - begin:6.1f} s", flush=True)
        for failure in failures:
            print(f"  {failure}", flush=True)
    table.append(f"| all | {total['tries']} | {total['failures']} |")
    if options.docs:
        page = ROOT / "docs" / "reliability.md"
        text = re.sub(r"(?s)(<!-- tries -->\n).*(<!-- end of tries -->)", lambda match: match[1] + "\n".join(table) + "\n" + match[2],
                      page.read_text(encoding="utf-8"))
        page.write_text(text, encoding="utf-8")
    return 1 if total["failures"] else 0


if __name__ == "__main__":
    sys.exit(main())
