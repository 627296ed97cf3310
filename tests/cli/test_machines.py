"""The same bytes on any machine, whatever the processor and the compiler (docs/decisions/0015). `--update` writes the digests anew."""

import hashlib
import json
import re
import subprocess
import sys
import unittest

from support import PROGRAM, ROOT, SCENARIOS, ProgramTest, environment, without_the_clock

DIGESTS = ROOT / "tests" / "golden" / "digests.json"
# Hides fused multiply-add from glibc, which then chooses other code for the functions that have such.
PLAIN = "glibc.cpu.hwcaps=-AVX2,-FMA,-FMA4,-AVX2_Usable,-FMA_Usable,-FMA4_Usable"


def names_in(file, which):
    """Names of the functions that a program or library offers, or takes from others."""
    symbols = subprocess.run(["nm", "-D", which, file], capture_output=True, text=True, check=True).stdout
    return {line.split()[-1].split("@")[0] for line in symbols.splitlines() if line.strip()}


class Machines(ProgramTest):
    def report(self, scenario, **options):
        """All that is said of some futures of a country, intervals included, wherever this repository lies."""
        said = json.dumps(without_the_clock(self.run_json(scenario, "--nested", replicates=400, **options)))
        return said.replace(str(ROOT), "")

    def test_mathematics_is_the_programs_own(self):
        libraries = subprocess.run(["ldd", PROGRAM], capture_output=True, text=True, check=True).stdout
        libm = re.search(r"libm\.so\S* => (\S+)", libraries)[1]
        offered, imported = names_in(libm, "--defined-only"), names_in(PROGRAM, "--undefined-only")
        self.assertLessEqual({"exp", "asin", "sqrt", "lgamma"}, offered)  # that the lists are what they should be
        self.assertIn("sqlite3_open_v2", imported)
        # IEEE 754 fixes the results of these; but the dates' library reads fractions of seconds, which no file of ours has,
        # with powl. ("signgam" is a variable of the sanitizers' lgamma.)
        exact = {"ceil", "fabs", "floor", "fmod", "frexp", "ldexp", "ldexpf", "llround", "lround", "modf", "rint", "round", "scalbn",
                 "sqrt", "trunc"}
        self.assertLessEqual(imported & offered, exact | {"powl", "signgam", "__signgam"})

    def test_fused_multiply_add_changes_no_byte(self):
        for scenario in SCENARIOS:
            with self.subTest(scenario=scenario.name):
                self.assertEqual(self.report(scenario), self.report(scenario, env=environment(GLIBC_TUNABLES=PLAIN)))

    def test_every_compiler_makes_the_same_bytes(self):
        """g++ makes the release, clang the program under sanitizers; both must say what is kept here."""
        digests = {scenario.name: hashlib.sha256(self.report(scenario).encode()).hexdigest() for scenario in SCENARIOS}
        if "--update" in sys.argv:
            DIGESTS.write_text(json.dumps(digests, indent=1) + "\n")
        self.assertEqual(digests, json.loads(DIGESTS.read_text()), "results have changed, or differ between compilers: see make golden")


if __name__ == "__main__":
    unittest.main(argv=[argument for argument in sys.argv if argument != "--update"])
