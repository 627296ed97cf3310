"""Where the program finds what ships with it: a copy uses its own, an installation may be moved, and --version says which."""

import os
import pathlib
import shutil
import subprocess
import unittest

from support import PROGRAM, ROOT, ProgramTest, environment


class Places(ProgramTest):
    def of(self, program, *arguments, **changes):
        variables = environment(XDG_DATA_HOME=os.fspath(self.folder / "store"), **changes)
        for name in ("INTERREGNUM_DATA", "INTERREGNUM_PAGE"):
            if name not in changes:
                variables.pop(name, None)
        result = subprocess.run([program, *map(os.fspath, arguments)], capture_output=True, text=True, stdin=subprocess.DEVNULL, env=variables, timeout=300)
        self.assertEqual(result.returncode, 0, result.stderr)
        return result.stdout

    def checkout(self, name):
        """What of a checkout matters: the program in build/, the data beside."""
        root = self.folder / name
        (root / "build" / "page").mkdir(parents=True)
        shutil.copy(PROGRAM, root / "build" / "interregnum")
        shutil.copytree(ROOT / "data", root / "data")
        (root / "build" / "page" / "page.html").write_text("<title>__PAGE_TITLE__</title>__PAGE_ANSWER____PAGE_DATA__", encoding="utf-8")
        return root

    def without_mali(self, root):
        table = root / "data" / "attempts.csv"
        lines = table.read_text(encoding="utf-8").splitlines(keepends=True)
        table.write_text("".join(line for line in lines if not line.startswith("432-")), encoding="utf-8")

    def test_a_copy_reads_its_own_data(self):
        first, second = self.checkout("first"), self.checkout("second")
        self.without_mali(second)
        program, other = first / "build" / "interregnum", second / "build" / "interregnum"
        there = self.of(program, "record", "export").count("\n432-")
        self.assertGreater(there, 0)
        self.assertEqual(self.of(other, "record", "export").count("\n432-"), 0)
        for root, place in [(first, program), (second, other)]:
            said = self.of(place, "--version").splitlines()
            self.assertEqual(said[1:], [f"data: {root}/data (beside the program)", f"page: {root}/build/page (beside the program)"])
        # Through a link, and when it has been moved.
        link = self.folder / "link"
        link.symlink_to(other)
        self.assertEqual(self.of(link, "record", "export").count("\n432-"), 0)
        moved = second.rename(self.folder / "moved")
        self.assertEqual(self.of(moved / "build" / "interregnum", "record", "export").count("\n432-"), 0)
        # What the user says comes first.
        self.assertEqual(self.of(moved / "build" / "interregnum", "record", "export", INTERREGNUM_DATA=os.fspath(first / "data")).count("\n432-"), there)
        self.assertIn(f"data: {first}/data (INTERREGNUM_DATA)", self.of(program, "--version", INTERREGNUM_DATA=os.fspath(first / "data")))

    def test_no_path_of_the_build_is_left(self):
        """A program alone has no data, and does not take those of the folder where it was built."""
        alone = self.folder / "alone" / "interregnum"
        alone.parent.mkdir()
        shutil.copy(PROGRAM, alone)
        self.assertRegex(self.of(alone, "--version"), r"data: .* \((not there|installed)\)\n")
        content = alone.read_bytes()
        for name in ("data", "build/page"):
            self.assertNotIn(os.fsencode(os.path.realpath(ROOT)) + b"/" + name.encode(), content)

    def test_an_installation_can_be_moved(self):
        build = pathlib.Path(PROGRAM).resolve().parent
        prefix = self.folder / "prefix"
        subprocess.run(["cmake", "--install", os.fspath(build), "--prefix", os.fspath(prefix)], check=True, capture_output=True, timeout=300)
        moved = prefix.rename(self.folder / "moved")
        program = moved / "bin" / "interregnum"
        share = moved / "share" / "interregnum"
        self.assertIn(f"data: {share}/data (beside the program)", self.of(program, "--version"))
        self.assertIn("Mali", self.of(program, "run", share / "scenarios" / "mali-2020.yaml", "--replicates", "16"))
        self.assertTrue((moved / "share" / "doc" / "interregnum" / "guide.md").exists())
        claims = share / "scenarios" / "claims" / "mali.yaml"
        self.assertTrue(claims.exists())
        self.assertEqual(self.of(program, "record", "export"), (ROOT / "data" / "attempts.csv").read_text(encoding="utf-8"))


if __name__ == "__main__":
    unittest.main()
