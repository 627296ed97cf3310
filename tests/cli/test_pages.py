"""Pages that --report writes, opened in a real browser (page/check.mjs): desk, phone and paper."""

import json
import os
import re
import subprocess
import unittest

from support import COUNTRY, MALI_2020, ROOT, ProgramTest, environment, interregnum

MALI_2012 = ROOT / "scenarios" / "mali-2012.yaml"
CLAIMS = ROOT / "tests" / "golden" / "claims.yaml"
ARTICLE = ROOT / "tests" / "golden" / "article.yaml"

HOSTILE = "</script><img src=x onerror=alert(1)>\" & __PAGE_DATA__"


def data_of(page):
    """The data inside a page."""
    found = re.search(r'(?s)<script id="page-data" type="application/json">(.*?)</script>', page.read_text(encoding="utf-8"))
    return json.loads(found.group(1))


class Pages(ProgramTest):
    def page(self, name, *arguments):
        path = self.folder / f"{name}.html"
        result = interregnum(*arguments, "--report", path, "--json")
        self.assertEqual((result.returncode, result.stderr), (0, ""))
        return path, json.loads(result.stdout)

    def country_without_positions(self):
        return self.write(re.sub(r"(?m)^    at: .*\n", "", COUNTRY.read_text(encoding="utf-8")), "nowhere.yaml")

    def hostile_country(self):
        text = COUNTRY.read_text(encoding="utf-8")
        text = re.sub(r"(?m)^name: .*$", "name: " + json.dumps("Land " + HOSTILE), text, count=1)
        self.assertIn("onerror", text)
        return self.write(text, "hostile.yaml")

    def test_every_page_is_good_in_a_browser(self):
        pages = [self.page("run", "run", MALI_2020, "--replicates", 400)[0],
                 self.page("seizure", "run", COUNTRY, "--replicates", 100, "--until", "seizure")[0],
                 self.page("hostile", "run", self.hostile_country(), "--replicates", 40)[0],
                 self.page("nowhere", "run", self.country_without_positions(), "--replicates", 40)[0],
                 self.page("compare", "compare", MALI_2012, MALI_2020, "--replicates", 16)[0],
                 self.page("curve", "sweep", COUNTRY, "--vary", "public.support=0..1:4", "--replicates", 60)[0],
                 self.page("words", "sweep", COUNTRY, "--vary", "plot.tier=junior,senior", "--replicates", 60)[0],
                 self.page("phase", "sweep", COUNTRY, "--vary", "plot.tier=junior,senior", "--vary", "public.support=0..1:3", "--replicates", 40)[0],
                 self.page("sensitivity", "sensitivity", COUNTRY, "--replicates", 64)[0],
                 self.page("claims", "claims", CLAIMS, "--replicates", 200)[0],
                 self.page("article", "article", ARTICLE, "--replicates", 100, "--runs", 100, "--standard-error", 0.4)[0]]
        result = subprocess.run(["node", ROOT / "page" / "check.mjs", *pages], capture_output=True, text=True, timeout=280)
        self.assertEqual(result.returncode, 0, result.stdout + result.stderr)
        self.assertIn(f"{3 * len(pages)} passed, 0 failed", result.stdout)

    def test_the_check_finds_what_is_wrong(self):
        good, _ = self.page("run", "run", COUNTRY, "--replicates", 40)
        text = good.read_text(encoding="utf-8")
        broken = {"figure": text.replace("</main>", "</main><span data-path='blocks.1.rows.0.p' data-value='0.123'>12.3 %</span>"), "error": text.replace("</main>", "</main><script>missing()</script>"),
                  "wide": text.replace("</main>", "</main><div style='width:3000px'>x</div>")}
        pages = []
        for name, content in broken.items():
            self.assertNotEqual(content, text, name)
            pages.append(self.write(content, name + ".html"))
        result = subprocess.run(["node", ROOT / "page" / "check.mjs", *pages], capture_output=True, text=True, timeout=120)
        self.assertEqual(result.returncode, 1, result.stdout)
        self.assertIn("0 passed, 9 failed", result.stdout)

    def test_the_page_says_what_the_json_says(self):
        page, report = self.page("run", "run", COUNTRY, "--replicates", 200)
        blocks = {block["type"]: block for block in data_of(page)["blocks"]}
        for row in blocks["outcomes"]["rows"]:
            of = report["seized"] if row["name"] == "seized" else report["outcomes"][row["name"]]
            self.assertEqual({key: row[key] for key in ("p", "low", "high")}, {key: of[key] for key in ("p", "low", "high")})
        page, report = self.page("compare", "compare", MALI_2012, MALI_2020, "--replicates", 16)
        self.assertEqual(data_of(page)["blocks"][0]["factors"], report["factors"])
        self.assertEqual([block["type"] for block in data_of(page)["blocks"]],
                         ["waterfall", "outcomes", "outcomes", "survival", "map", "table", "table", "map", "table", "table", "reproduce"])
        page, report = self.page("claims", "claims", CLAIMS, "--replicates", 100)
        for row, claim in zip(data_of(page)["blocks"][0]["rows"], report["claims"], strict=True):
            for side in ("model", "record"):
                self.assertEqual({key: row[side][key] for key in ("verdict", "effect", "low", "high", "detectable")},
                                 {key: claim[side][key] for key in ("verdict", "effect", "low", "high", "detectable")})

    def test_text_from_files_is_no_markup(self):
        page, _ = self.page("run", "run", self.hostile_country(), "--replicates", 20)
        text = page.read_text(encoding="utf-8")
        self.assertNotIn("<img src=x", text)
        self.assertEqual(data_of(page)["title"], "Land " + HOSTILE)

    def test_paths_are_checked_before_any_work(self):
        there = self.write("x", "there.html")
        for arguments in [["run", MALI_2020], ["compare", MALI_2012, MALI_2020], ["sweep", COUNTRY, "--vary", "public.support=0..1:3"], ["sensitivity", COUNTRY], ["claims", CLAIMS]]:
            self.assert_refused([*arguments, "--report", there], "exists already", "--force")
            self.assert_refused([*arguments, "--report", self.folder / "no" / "page.html"], "there is no folder")
            self.assert_refused([*arguments, "--report", "/proc/page.html"], "/proc/page.html: cannot be written")
        self.assert_refused(["run", COUNTRY, "--out", self.folder / "one", "--report", f"{self.folder}/./one"], "--out and --report would be written into one file")
        self.assertEqual(there.read_text(), "x")
        result = interregnum("run", COUNTRY, "--replicates", 4, "--report", self.folder / "new.html", env=environment(INTERREGNUM_PAGE=os.fspath(self.folder)))
        self.assertEqual(result.returncode, 2)
        self.assertIn("make page", result.stderr)
        self.assertFalse((self.folder / "new.html").exists())

    def test_the_same_run_gives_the_same_page(self):
        first, _ = self.page("a", "run", COUNTRY, "--replicates", 40, "--threads", 1)
        second, _ = self.page("b", "run", COUNTRY, "--replicates", 40, "--threads", 2)
        without_command = lambda page: [block for block in data_of(page)["blocks"] if block["type"] != "reproduce"]
        self.assertEqual(without_command(first), without_command(second))


if __name__ == "__main__":
    unittest.main()
