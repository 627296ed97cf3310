#!/usr/bin/env python3
"""Outcomes that never or always happen, in two futures, in twenty and in two hundred, through every command that prints an interval: no interval has width zero, intervals of more futures are narrower, no
verdict is firmer with fewer. And results of zero, which are results."""

import json
import subprocess
import unittest

from support import COUNTRY, PROGRAM, ProgramTest, environment
from test_repository import later_months

# No attempt in a country of half a million kills a million; insurgents do take the capital once in some hundred futures.
NEVER, ALWAYS = "deaths>=1000000", "deaths>=0"
COUNTS = (2, 20, 200)
# A whole number of lives: both ends may be the same (docs/json.md).
OF_LIVES = {"median_low", "quantile_90_low"}
FIRM = {"supported", "contradicted", "no_detectable_effect", "assumed"}

CLAIM = """interregnum_claims: 1
name: Made up
files:
  r: {path: country.yaml}
claims:
  nothing:
    text: Support does not matter.
    file: r
    outcome: OUTCOME
    from: [public.support=0.2]
    to: [public.support=0.8]
    expected: EXPECTED
    margin: 0.1
  share:
    text: It happens in nearly all futures.
    file: r
    outcome: OUTCOME
    at_least: 0.95
"""


def entries(value, path=""):
    """Every object of a report, with its path."""
    if isinstance(value, dict):
        yield path, value
    for key, inner in value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ():
        yield from entries(inner, f"{path}.{key}")


class NoVariation(ProgramTest):
    def report(self, *arguments):
        """A command's JSON, after a look at every interval and every error in it, and at its text."""
        report = self.json_of(*arguments, "--json", env=environment(XDG_DATA_HOME=str(self.folder)))
        found = 0
        for path, entry in entries(report):
            for key, value in entry.items():
                where = f"{arguments} {path}.{key}"
                if (key == "low" or key.endswith("_low")) and key not in OF_LIVES:
                    found += 1
                    high = entry[key.replace("low", "high")]
                    self.assertEqual(value is None, high is None, where)
                    if value is not None:
                        self.assertLess(value, high, where)
                elif key in ("se", "detectable") or key.endswith("_se"):
                    self.assertTrue(value is None or value > 0, where)
        self.assertGreater(found, 0, arguments)
        text = self.succeed(*arguments, env=environment(XDG_DATA_HOME=str(self.folder)))
        for words in ("0.0 (+0.0 to +0.0)", "-0.0 and -0.0", "nan", "inf ", "0 lives or more"):
            self.assertNotIn(words, text, arguments)
        return report

    def narrower(self, intervals):
        widths = [high - low for low, high in intervals]
        self.assertEqual(widths, sorted(widths, reverse=True))
        self.assertLess(widths[-1], widths[0])

    def test_run(self):
        for settings in ([], ["--set", "begins=watch", "--set", "horizon=1 days"]):
            reports = [self.report("run", COUNTRY, "--replicates", count, *settings) for count in COUNTS]
            of = [report["outcomes"]["intervention"] for report in reports]
            self.narrower([(entry["low"], entry["high"]) for entry in of])
        self.assertIsNone(reports[0]["deaths"]["none_if_seized"]["p"])  # a share of nothing is not 0

    def test_compare(self):
        other = self.write(COUNTRY.read_text(encoding="utf-8").replace("support: {value: 35 %", "support: {value: 60 %"))
        for outcome in (NEVER, ALWAYS):
            reports = [self.report("compare", COUNTRY, other, "--replicates", count, "--outcome", outcome) for count in COUNTS]
            self.narrower([(report["difference_interval"]["low"], report["difference_interval"]["high"]) for report in reports])
            self.narrower([(report["factors"][0]["low"], report["factors"][0]["high"]) for report in reports])
            self.assertIn("cannot be told", reports[-1]["sentence"])

    def test_sweep(self):
        for outcome in (NEVER, ALWAYS, "deaths>=0_if_seized"):
            reports = [self.report("sweep", COUNTRY, "--vary", "public.support=0.2,0.8", "--replicates", count, "--outcome", outcome) for count in COUNTS]
            self.narrower([(report["change"]["low"], report["change"]["high"]) for report in reports if report["change"]["low"] is not None])

    def test_sensitivity(self):
        for outcome in (NEVER, ALWAYS, "seized"):
            for count in COUNTS:
                report = self.report("sensitivity", COUNTRY, "--replicates", count, "--outcome", outcome)
                if outcome != "seized":
                    self.assertIsNone(report["chance"]["total"]["value"])
                    self.assertIn("cannot be told", report["sentence"])

    def test_claims(self):
        self.write(COUNTRY.read_bytes())
        for outcome in (NEVER, ALWAYS):
            for expected in ("none", "more"):
                file = self.write(CLAIM.replace("OUTCOME", outcome).replace("EXPECTED", expected), "claims.yaml")
                was_firm = [False, False]
                for count in COUNTS:
                    for index, claim in enumerate(self.report("claims", file, "--replicates", count, "--theta", "default")["claims"]):
                        firm = claim["model"]["verdict"] in FIRM
                        self.assertFalse(was_firm[index] and not firm, f"{outcome} {expected} {count} {claim['id']}")
                        was_firm[index] = firm
                        if count == 2:
                            self.assertFalse(firm, f"{outcome} {expected} {claim['id']}")
                        if count == 20 and index == 0:
                            self.assertEqual(claim["model"]["verdict"], "cannot_tell", f"{outcome} {expected}")

    def test_score_of_a_single_country(self):
        table = self.write("country_code,date,succeeded,cam_rank,regime,polyarchy,military_regime,civil_war,leader_months,log_gdp_per_head,gdp_growth,soldiers_thousand\n"
                           "432,2031-03-22,1,combat,electoral_democracy,0.6,0,1,110,0.6,0.02,7\n432,2034-03-22,0,combat,electoral_democracy,0.6,0,1,110,0.6,0.02,7\n", "attempts.csv")
        result = subprocess.run([PROGRAM, "score", "--attempts", table, "--replicates", "64", "--json"], capture_output=True, text=True, env=environment(XDG_DATA_HOME=str(self.folder)), timeout=300)
        self.assertEqual(result.returncode, 0, result.stderr)
        for name, of in json.loads(result.stdout)["attempts"].items():
            if name != "model":
                for difference in ("brier_difference", "log_loss_difference"):
                    self.assertIsNotNone(of[difference]["value"])
                    self.assertIsNone(of[difference]["low"])
                    self.assertIsNone(of[difference]["high"])

    def test_a_share_of_no_attempts(self):
        table = self.write("country,ccode,year,month,day,coup,version\nMali,432,1975,3,22,1,V\n", "one.csv")
        store = self.folder / "record.db"
        subprocess.run([PROGRAM, "record", "import", table, "--record", store], capture_output=True, check=True, timeout=60)
        ranks = self.report("record", "summary", "--record", store)["by_rank"]["cam"]
        self.assertIsNone(ranks["elite"]["p"])
        self.assertEqual((ranks["elite"]["low"], ranks["elite"]["high"]), (0.0, 1.0))


class Zero(ProgramTest):
    def test_two_files_that_do_not_differ(self):
        same = self.write(COUNTRY.read_bytes())
        report = self.json_of("compare", COUNTRY, same, "--replicates", 20, "--json")
        self.assertEqual((report["difference"], report["factors"]), (0, []))
        self.assertEqual(report["a"], report["b"])
        self.assertIn("do not differ", self.succeed("compare", COUNTRY, same, "--replicates", 20))

    def test_a_panel_without_attempts(self):
        rows = later_months(self).read_text(encoding="utf-8").replace(",2012,5,1,", ",2012,5,0,")  # the one attempt of the panel
        panel = self.write(rows, "quiet.csv")
        result = subprocess.run([PROGRAM, "score", "--months", panel, "--replicates", "16", "--json"], capture_output=True, text=True, env=environment(XDG_DATA_HOME=str(self.folder)), timeout=300)
        self.assertEqual(result.returncode, 0, result.stderr)
        report = json.loads(result.stdout)
        for of in report["onset"].values():
            self.assertEqual(of["observed"], 0)
            self.assertIsNone(of["roc"])
            self.assertIsNone(of["average_precision"])
            self.assertGreater(of["brier"], 0)
            self.assertGreater(of["n"], 0)
        # The share of months of the whole record that saw an attempt: some 459 of 90,000.
        self.assertLess(abs(report["onset"]["base_rate"]["expected"] / report["onset"]["base_rate"]["n"] - 0.005), 0.002)
        self.assertEqual(report["onset_roc_difference"], {"value": None, "low": None, "high": None})

    def test_a_file_in_which_nothing_is_uncertain(self):
        text = """interregnum: 1
name: Certain
country: CER
start: 1975-05-06 04:30
horizon: 1 months
begins: watch
ruler: {name: R, place: a, since: 1971-02}
places:
  a: {name: A, population: 500k, at: [49.5, 12.5], capital: true, sites: [presidency]}
units:
  u: {place: a, strength: 300, commander: senior, leaning: 0}
plot: {leader: C, tier: senior, units: [u], objectives: [presidency]}
public: {support: 0.4}
"""
        file = self.write(text, "certain.yaml")
        report = self.json_of("sensitivity", file, "--replicates", 32, "--outcome", "attempted", "--json")
        if not report["groups"]:  # else defaults of the format are uncertain, and are listed
            self.assertEqual(report["all_inputs"], {"value": 0.0, "low": None, "high": None})

    def test_a_country_file_through_a_pipe(self):
        for arguments in (["check"], ["run", "--replicates", "20"], ["sweep", "--vary", "public.support=0.2,0.8", "--replicates", "20"]):
            command = [PROGRAM, arguments[0], "/dev/stdin", *arguments[1:]]
            result = subprocess.run(command, input=COUNTRY.read_text(encoding="utf-8"), capture_output=True, text=True, env=environment(), timeout=300)
            self.assertEqual(result.returncode, 0, f"{arguments} {result.stderr}")
        result = subprocess.run([PROGRAM, "check", "/dev/stdin"], input="#" * (1 << 21), capture_output=True, text=True, env=environment(), timeout=60)
        self.assertEqual(result.returncode, 2)
        self.assertIn("larger than 1 MB", result.stdout + result.stderr)


if __name__ == "__main__":
    unittest.main()
