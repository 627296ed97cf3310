"""compare, sweep, sensitivity, claims and article as users run them: what they print, what they refuse, what Ctrl-C leaves."""

import json
import os
import re
import signal
import subprocess
import time
import unittest

from support import COUNTRY, MALI_2020, PROGRAM, ROOT, ProgramTest, environment, interregnum

MALI_2012 = ROOT / "scenarios" / "mali-2012.yaml"
CLAIMS = ROOT / "tests" / "golden" / "claims.yaml"
ARTICLE = ROOT / "tests" / "golden" / "article.yaml"
VERDICTS = {"supported", "contradicted", "no_detectable_effect", "assumed", "cannot_tell", "cannot_be_tested"}


def stopped(*arguments, after=3):
    """Runs something long and presses Ctrl-C: exit code 130, and the JSON of what was done by then, if anything."""
    process = subprocess.Popen([PROGRAM, *map(str, arguments), "--json"], stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment(), text=True)
    time.sleep(after)
    process.send_signal(signal.SIGINT)
    out, _ = process.communicate(timeout=300)
    assert process.returncode == 130, process.returncode
    return json.loads(out) if out else None


def timeless(report):
    return {key: value for key, value in report.items() if key not in ("seconds", "command")}


class Compare(ProgramTest):
    def compare(self, *arguments):
        return self.json_of("compare", MALI_2012, MALI_2020, "--json", *arguments)

    def test_values_add_up_to_the_difference(self):
        for arguments in [["--replicates", 32], ["--replicates", 32, "--outcome", "seized"], ["--replicates", 32, "--by", "key"]]:
            report = self.compare(*arguments)
            self.assertAlmostEqual(sum(factor["value"] for factor in report["factors"]), report["difference"], places=9)
            self.assertAlmostEqual(report["b"]["p"] - report["a"]["p"], report["difference"], places=9)
            for factor in report["factors"]:
                self.assertLessEqual(factor["low"], factor["value"])
                self.assertLessEqual(factor["value"], factor["high"])

    def test_threads_change_nothing(self):
        self.assertEqual(timeless(self.compare("--replicates", 32, "--threads", 1)), timeless(self.compare("--replicates", 32, "--threads", 3)))

    def test_the_ends_are_the_runs(self):
        report = self.compare("--replicates", 200, "--outcome", "seized")
        for side, file in [("a", MALI_2012), ("b", MALI_2020)]:
            of_run = self.run_json(file, "--until", "seizure", replicates=2000)["seized"]
            # Both are estimates of the same; their difference has this standard error, and 5 of it are a false alarm in two million.
            error = (of_run["p"] * (1 - of_run["p"]) * (1 / 200 + 2 / 2000)) ** 0.5
            self.assertLess(abs(report[side]["p"] - of_run["p"]), 5 * error)

    def test_the_error_that_was_asked_for_is_reached(self):
        report = self.compare("--outcome", "seized", "--standard-error", "0.04")
        self.assertLessEqual(max(factor["se"] for factor in report["factors"]), 0.04)

    def test_bad_input(self):
        with_horizon = self.write(MALI_2020.read_text(encoding="utf-8").replace("horizon: 24 months", "horizon: 12 months"), "short.yaml")
        self.assert_refused(["compare", MALI_2012, with_horizon], "short.yaml:13:10: error: horizon: is 12 months here and 24 months in the first file", "--set horizon")
        self.assert_refused(["compare", MALI_2012, COUNTRY], "country", "RUR", "MLI")
        self.assert_refused(["compare", MALI_2012, MALI_2020, "--outcome", "in_powr"], "in_powr", "did you mean 'in_power'")
        self.assert_refused(["compare", MALI_2012, MALI_2020, "--outcome", "deaths>=nan"], "deaths>=nan", "threshold")
        quiet = ["--set", "begins=watch", "--set", "horizon=1 days", "--replicates", "16", "--outcome", "in_power_if_seized"]
        self.assert_refused(["compare", MALI_2012, MALI_2020, *quiet], "cannot be divided", "none of 16 futures")
        self.assert_refused(["compare", MALI_2012, MALI_2020, "--by", "key", "--outcome", "in_power_if_seized"], "_if_seized")
        self.assert_refused(["compare", MALI_2012, self.folder / "none.yaml"], "there is no such file")
        self.assert_refused(["compare", MALI_2012, MALI_2020, "--standard-error", "0"], "--standard-error")
        self.assert_refused(["compare", MALI_2012, MALI_2020, "--replicates", "10", "--standard-error", "0.1"], "--replicates")

    def test_ctrl_c_keeps_what_is_done(self):
        report = stopped("compare", MALI_2012, MALI_2020, "--replicates", 200000, after=4)
        if report:  # on a slow machine nothing may have been done yet
            self.assertTrue(report["interrupted"])
            self.assertAlmostEqual(sum(factor["value"] for factor in report["factors"]), report["difference"], places=9)


class Sweep(ProgramTest):
    def sweep(self, *arguments, file=COUNTRY, replicates=300):
        return self.json_of("sweep", file, "--replicates", replicates, "--json", *arguments)

    def test_monotone_where_theory_is(self):
        # More loyal soldiers at the presidency, fewer seizures: the same futures at every point, so that a step in the wrong direction
        # would be the model's and not chance's; what few futures may still do is bounded by 5 standard errors of a paired step.
        report = self.sweep("--vary", "units.palace_guard.strength=100..2000:5", "--outcome", "seized", file=MALI_2020, replicates=1000)
        shares = [cell["p"] for cell in report["cells"]]
        for before, after in zip(shares, shares[1:]):
            self.assertLess(after - before, 5 * (0.02 / 1000) ** 0.5)
        self.assertLess(report["change"]["high"], 0)

    def test_every_point_is_a_run(self):
        report = self.sweep("--vary", "plot.tier=junior,senior", "--outcome", "seized", replicates=100)
        self.assertEqual([cell["values"] for cell in report["cells"]], [["junior"], ["senior"]])
        other = self.sweep("--vary", "plot.tier=senior,junior", "--outcome", "seized", replicates=100)
        self.assertEqual(report["cells"][0]["p"], other["cells"][1]["p"])
        self.assertAlmostEqual(report["change"]["value"], -other["change"]["value"])

    def test_two_keys_and_units(self):
        report = self.sweep("--vary", "roads.0.distance=10..40 km:3", "--vary", "theta.seizure.momentum=0..4:2", replicates=50)
        self.assertEqual([key["values"] for key in report["keys"]], [["10 km", "25 km", "40 km"], ["0", "4"]])
        self.assertEqual(len(report["cells"]), 6)
        self.assertEqual(report["cells"][3]["values"], ["25 km", "4"])
        # There is no third of a soldier.
        report = self.sweep("--vary", "units.signals.strength=100..200:4", replicates=2)
        self.assertEqual(report["keys"][0]["values"], ["100", "133", "167", "200"])

    def test_bad_input(self):
        for vary, *words in [("public.support", "KEY=LOW..HIGH"), ("public.support=0..1", "how many points"), ("public.support=1..0:3", "low end"), ("public.support=0..1:1", "number of points"),
                             ("public.support=0..2:3", "public.support"), ("public.suport=0..1:3", "did you mean 'support'"), ("theta.seizure.momentum=0..100:3", "out of bounds"),
                             ("plot.tier=junior,genral", "senior"), ("plot.tier=junior", "single value"), ("public.support=0..x:3", "number"), ("public.support=0..1:9999", "points"),
                             ("public.support=0...1:3", "a dot too many"), ("units.signals.strength=1.200..2.400:3", "is 1200 meant?"), ("public.support=0,1..0,4:3", "number")]:
            self.assert_refused(["sweep", COUNTRY, "--vary", vary], "--vary", *words)
        self.assert_refused(["sweep", COUNTRY, "--vary", "public.support=0..1:3", "--vary", "public.support=0..1:3"], "twice")
        self.assert_refused(["sweep", COUNTRY], "--vary")


    def test_a_question_that_never_arises_has_no_answer(self):
        report = self.sweep("--vary", "public.support=0.2,0.4", "--set", "begins=watch", "--set", "horizon=1 days", "--outcome", "in_power_if_seized", replicates=20)
        self.assertIsNone(report["change"]["low"])
        self.assertEqual((report["cells"][0]["low"], report["cells"][0]["high"]), (0, 1))
        self.assertIn("cannot be told", report["sentence"])

    def test_ctrl_c_keeps_what_is_done(self):
        report = stopped("sweep", COUNTRY, "--vary", "public.support=0..1:3", "--replicates", 1000000)
        if report:
            self.assertTrue(report["interrupted"])
            self.assertEqual(len(report["cells"]), 3)


class Sensitivity(ProgramTest):
    def test_shares_of_a_variance(self):
        report = self.json_of("sensitivity", COUNTRY, "--outcome", "seized", "--replicates", 512, "--json")
        self.assertAlmostEqual(report["all_inputs"]["value"] + report["parameters"]["total"]["value"] + report["chance"]["total"]["value"], 1.0)
        fixed = self.json_of("sensitivity", COUNTRY, "--outcome", "seized", "--replicates", 512, "--theta", "default", "--json")
        self.assertIsNone(fixed["parameters"])
        self.assertAlmostEqual(fixed["all_inputs"]["value"] + fixed["chance"]["total"]["value"], 1.0)
        self.assertGreater(report["chance"]["total"]["value"], report["chance"]["first"]["value"])
        inputs = sum(group["inputs"] for group in report["groups"])
        by_key = self.json_of("sensitivity", COUNTRY, "--outcome", "seized", "--replicates", 16, "--by", "key", "--json")
        self.assertEqual(len(by_key["groups"]), inputs)
        again = self.json_of("sensitivity", COUNTRY, "--outcome", "seized", "--replicates", 512, "--threads", 1, "--json")
        self.assertEqual(timeless(report), timeless(again))

    def test_bad_input(self):
        self.assert_refused(["sensitivity", COUNTRY, "--outcome", "in_power_if_seized"], "_if_seized")
        self.assert_refused(["sensitivity", COUNTRY, "--outcome", "nothing"], "nothing")

    def test_ctrl_c_keeps_what_is_done(self):
        report = stopped("sensitivity", MALI_2020, "--outcome", "seized", "--replicates", 100000)
        if report:
            self.assertTrue(report["interrupted"])
            self.assertGreater(len(report["groups"]), 1)


class Claims(ProgramTest):
    def claims(self, *arguments, file=CLAIMS):
        return self.json_of("claims", file, "--replicates", 400, "--json", *arguments, env=environment(XDG_DATA_HOME=os.fspath(self.folder)))

    def test_every_kind_of_claim(self):
        claims = {claim["id"]: claim for claim in self.claims()["claims"]}
        for claim in claims.values():
            for side in ("model", "record"):
                self.assertIn(claim[side]["verdict"], VERDICTS)
        # A parameter that carries it has a sign fixed by its form, so that the model can assume it, or not tell, but not support it.
        self.assertIn(claims["RANK"]["model"]["verdict"], {"assumed", "cannot_tell"})
        self.assertEqual(claims["RANK"]["record"]["verdict"], "supported")
        self.assertAlmostEqual(claims["RANK"]["record"]["effect"], 133 / 170 - 83 / 252)
        self.assertEqual(claims["RANK"]["model"]["signs_assumed"], ["theta.seizure.mutineer_share"])
        self.assertEqual(claims["NOTHING"]["model"]["verdict"], "supported")
        self.assertEqual(claims["NOTHING"]["model"]["effect"], 0)
        self.assertEqual(claims["ARMIES"]["record"]["verdict"], "cannot_be_tested")
        self.assertEqual(claims["ORDER"]["outcome"], "sequence")
        self.assertEqual(claims["OFTEN"]["record"]["verdict"], "supported")

    def test_threads_change_nothing(self):
        self.assertEqual(timeless(self.claims("--threads", 1)), timeless(self.claims("--threads", 3)))

    def test_the_sentence_counts_every_claim_once_on_each_side(self):
        report = self.claims()
        _, model, record = re.fullmatch(r"Of (\d+) claims (.*); (.*)\.", report["sentence"]).groups()
        for side in (model, record):
            self.assertEqual(sum(map(int, re.findall(r"\d+", side))), len(report["claims"]), side)

    def test_what_is_set_is_not_drawn_from_its_prior(self):
        off = ["theta.seizure.chain_of_command=0", "theta.seizure.senior_weight=1", "theta.seizure.mutineer_share=1"]
        (rank,) = [claim for claim in self.claims(*[word for setting in off for word in ("--set", setting)])["claims"] if claim["id"] == "RANK"]
        self.assertEqual(rank["model"]["effect"], 0)
        self.assertEqual(rank["model"]["prior"]["effect"], 0)

    def test_ctrl_c_keeps_the_claims_that_are_done(self):
        report = stopped("claims", CLAIMS, "--replicates", 20000, after=4)
        if report and report["interrupted"]:
            self.assertEqual([claim["id"] for claim in report["claims"]], [claim["id"] for claim in self.claims()["claims"]][:len(report["claims"])])

    def test_mistakes_in_a_country_file_are_said_where_they_are(self):
        self.write(COUNTRY.read_text(encoding="utf-8").replace("begins:", "beins:").replace("horizon:", "horizn:"), "country.yaml")
        text = CLAIMS.read_text(encoding="utf-8").replace("../../scenarios", os.fspath(ROOT / "scenarios"))
        result = interregnum("claims", self.write(text, "claims.yaml"))
        self.assertEqual((result.returncode, result.stdout), (2, ""))
        for line, key in zip(result.stderr.splitlines(), ["horizn", "beins"], strict=True):
            self.assertRegex(line, rf"^\S*country\.yaml:\d+:\d+: error: {key}: unknown key")

    def refused(self, old, new, *words):
        text = CLAIMS.read_text(encoding="utf-8")
        self.assertIn(old, text)
        text = text.replace(old, new, 1).replace("path: country.yaml", f"path: {COUNTRY}").replace("../../scenarios", os.fspath(ROOT / "scenarios"))
        line = self.assert_refused(["claims", self.write(text, "claims.yaml")], *words)
        self.assertRegex(line, r"claims\.yaml:\d+:\d+: error: ")
        return line

    def test_bad_input(self):
        self.refused("    from: [plot.tier=junior]\n    to: [plot.tier=senior]\n", "", "claims.rank", "swaps no factor")
        self.refused("take: [army]", "take: [armi]", "claims.armies.take.0", "army")
        self.refused("outcome: seized", "outcome: sezed", "did you mean 'seized'")
        self.refused("expected: more", "expected: bigger", "bigger", "more, less, none")
        self.refused("plot.tier=junior", "plot.tire=junior", "claims.rank.from.0", "tier")
        self.assertNotIn("--set", self.refused("plot.tier=junior", "public.support=2", "claims.rank.from.0: public.support: 2 is out of bounds"))
        self.refused("theta.seizure.chain_of_command=0", "theta.seizure.chain_of_comand=0", "chain_of_command")
        self.refused("[theta.seizure.chain_of_command,", "[theta.seizure.nothing,", "claims.rank.rests_on.0", "there is no parameter")
        self.refused("[success_by_rank,", "[success_by_rnk,", "claims.rank.record.0", "did you mean 'success_by_rank'")
        self.refused("power_taken", "power_tken", "did you mean 'power_taken'")
        self.refused("file: ruritania", "file: ruritanie", "claims.rank.file", "did you mean 'ruritania'")
        self.refused("path: country.yaml", "path: nowhere.yaml", "nowhere.yaml", "there is no such file")
        self.refused("source: gazette", "source: gazete", "did you mean 'gazette'")
        self.refused("margin: 0.05", "marging: 0.05", "unknown key", "margin")
        self.assert_refused(["claims", COUNTRY], "is not a claim file")


class Article(ProgramTest):
    def test_statements_carry_the_verdicts_of_their_claims(self):
        report = self.json_of("article", ARTICLE, "--replicates", 200, "--runs", 200, "--standard-error", "0.1", "--json", env=environment(XDG_DATA_HOME=os.fspath(self.folder)))
        claims = {claim["id"]: claim for claim in report["claims"]["claims"]}
        first, second = report["statements"]
        self.assertEqual(first["claims"], [{"id": "RANK", "model": claims["RANK"]["model"]["verdict"], "record": claims["RANK"]["record"]["verdict"]}])
        self.assertEqual((second["modelled"], second["claims"]), ("not", []))
        self.assertEqual(report["sentence"], report["comparison"]["sentence"])

    def test_the_shipped_article_is_whole(self):
        text = (ROOT / "scenarios" / "articles" / "deja-vu-in-mali.yaml").read_text(encoding="utf-8")
        for claim in range(1, 15):
            self.assertRegex(text, rf"\bc{claim}\b")
        self.assertEqual(text.count("\n    number:"), 36)

    def test_bad_input(self):
        text = ARTICLE.read_text(encoding="utf-8").replace("../../scenarios", os.fspath(ROOT / "scenarios")).replace("claims: claims.yaml", f"claims: {CLAIMS}")
        for old, new, *words in [("claims: [rank]", "claims: [rnk]", "there is no claim 'rnk'"), ("keys: [plot.tier]", "keys: [plot.tire]", "neither country file has"),
                                 ("theta.seizure.chain_of_command", "theta.seizure.nothing", "there is no parameter"),
                                 ("claims.yaml", "nowhere.yaml", "claims: ", "nowhere.yaml: there is no such file"), ("statements:", "outcome: in_powr\nstatements:", "outcome: ", "did you mean 'in_power'"), ("    remark: There is no weather in the model.\n", "", "remark", "is missing")]:
            self.assertIn(old, text)
            line = self.assert_refused(["article", self.write(text.replace(old, new), "article.yaml")], *words)
            self.assertRegex(line, r"article\.yaml:\d+:\d+: error: ")
        self.assert_refused(["article", COUNTRY], "is not an article file")


if __name__ == "__main__":
    unittest.main()
