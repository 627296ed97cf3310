"""What is written about the program is what it does: generated documents are up to date, JSON keys documented, links alive."""

import importlib
import json
import re
import subprocess
import sys
import unittest
import urllib.parse

from support import COUNTRY, MALI_2020, ROOT, ProgramTest, environment, interregnum

JSON_GUIDE = ROOT / "docs" / "json.md"
MALI_2012 = ROOT / "scenarios" / "mali-2012.yaml"
CLAIMS = ROOT / "tests" / "golden" / "claims.yaml"
ARTICLE = ROOT / "tests" / "golden" / "article.yaml"
DOCUMENTS = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "research").glob("*.md")), ROOT / "data" / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]

TYPES = {
    "text": lambda value: isinstance(value, str),
    "text or null": lambda value: value is None or isinstance(value, str),
    "number": lambda value: isinstance(value, (int, float)) and not isinstance(value, bool),
    "number or null": lambda value: value is None or isinstance(value, (int, float)) and not isinstance(value, bool),
    "whole number": lambda value: isinstance(value, int) and not isinstance(value, bool),
    "true or false": lambda value: isinstance(value, bool),
    "object or null": lambda value: value is None or isinstance(value, dict),
    "object": lambda value: isinstance(value, dict),
    "list": lambda value: isinstance(value, list),
}


# Objects whose keys are data.
NAMED = {"set", "outcomes", "by_decade", "by_rank", "by_rank.*", "datasets", "scores", "grouped", "temporal", "attempts", "survival", "onset",
         "forward.success", "forward.success.*", "forward.onset", "forward.onset.*", "calibration_by_period", "each[].p"}


def tables(text):
    """The tables of docs/json.md by heading: key to type; a probability is written out as the keys of its own table."""
    found = {}
    for section in re.split(r"(?m)^## ", text)[1:]:
        heading, _, body = section.partition("\n")
        found[heading] = dict(re.findall(r"(?m)^\| `([^`]+)` \| ([a-z ]+) \|", body))
    probability = found.pop("Probabilities")
    for keys in found.values():
        for key in [key for key, kind in keys.items() if kind == "probability"]:
            keys[key] = "object"
            keys.update({f"{key}.{part}": kind for part, kind in probability.items()})
    return found


def walk(value, path=""):
    """Every key of a JSON value as (path, value), with * for names that are data."""
    if isinstance(value, dict):
        for key, child in value.items():
            name = "*" if path in NAMED else key
            inner = f"{path}.{name}" if path else name
            yield inner, child
            yield from walk(child, inner)
    elif isinstance(value, list):
        for child in value:
            yield from walk(child, path + "[]")


def links(markdown):
    """The targets of links and pictures, outside code."""
    text = re.sub(r"(?ms)^```.*?^```", "", markdown)
    text = re.sub(r"`[^`\n]*`", "", text)
    inline = re.findall(r"\]\(\s*(?:<([^>\n]+)>|([^)\s]+))(?:\s+\"[^\"]*\")?\s*\)", text)
    return [bracketed or plain for bracketed, plain in inline] + re.findall(r"(?m)^\[[^\]]+\]:\s*(\S+)", text)


class Generated(ProgramTest):
    def same(self, file, *arguments):
        self.assertTrue(file.read_text(encoding="utf-8") == self.succeed(*arguments),
                        f"{file} is not what `interregnum {' '.join(arguments)}` prints; write it anew")

    def test_pages_made_by_tools(self):
        for tool in ["architecture.py", "guide.py"]:
            result = subprocess.run([sys.executable, ROOT / "tools" / tool, "--check"], capture_output=True, text=True, check=False)
            self.assertEqual(result.returncode, 0, result.stdout)

    def test_parameters(self):
        self.same(ROOT / "docs" / "parameters.md", "params", "--markdown")

    def test_schema(self):
        self.same(ROOT / "docs" / "scenario.schema.json", "schema")

    def test_every_parameter_is_listed_everywhere(self):
        keys = [parameter["key"] for parameter in self.json_of("params", "--json")["parameters"]]
        self.assertEqual(len(keys), len(set(keys)))
        for text in [self.succeed("params"), self.succeed("params", "--markdown")]:
            self.assertEqual([key for key in keys if not re.search(rf"(?m)(^|`){re.escape(key)}($|`| )", text)], [])


def later_attempts(test):
    """The record's last attempts as if they had come after it, in the columns of data/attempts.csv."""
    head, *rows = (ROOT / "data" / "attempts.csv").read_text(encoding="utf-8").splitlines()
    late = [re.sub(r"(19|20)(\d\d)-(\d\d)-(\d\d)", lambda date: f"{int(date[0][:4]) + 20}-{date[3]}-{min(28, int(date[4])):02}", row) for row in rows if ",1995-" in row or ",2003-" in row]
    return test.write("\n".join([head, *late]) + "\n", "later.csv")


def later_months(test):
    """A year of two countries after the record, in the layout of CoupCats' panel; one of them sees an attempt in May."""
    head = "ccode,country,year,month,attempts,successes,regime,polyarchy,military_regime,leader_months,log_gdp_per_head,gdp_growth,civil_war,mobilization_index,soldiers_thousand"
    rows = [f"{code},X,2012,{month},{int(code == 432 and month == 5)},0,electoral_autocracy,0.4,0,{10 + month},0.7,0.02,0,0.1,12" for code in (432, 436) for month in range(1, 13)]
    return test.write("\n".join([head, *rows]) + "\n", "months.csv")


class JsonGuide(ProgramTest):
    def outputs(self):
        """For each command, outputs that together hold every key."""
        bad = self.write(COUNTRY.read_text(encoding="utf-8").replace("commander: junior", "comander: junior"))
        return {
            "run": [self.run_json(COUNTRY, "--set", "plot.tier=senior", replicates=400), self.run_json(MALI_2020, replicates=1)],
            "replay": [self.json_of("replay", COUNTRY, "--json", "--theta", "default", "--replicate", replicate) for replicate in range(20)],
            "compare": [self.json_of("compare", MALI_2012, MALI_2020, "--replicates", 8, "--set", "theta.seizure.momentum=1", "--json")],
            "sweep": [self.json_of("sweep", COUNTRY, "--vary", "public.support=0..1:3", "--vary", "plot.tier=junior,senior", "--replicates", 8, "--set", "theta.seizure.momentum=1", "--json")],
            "sensitivity": [self.json_of("sensitivity", COUNTRY, "--replicates", 32, "--set", "theta.seizure.momentum=1", "--json")],
            "claims": [self.of_record("claims", CLAIMS, "--replicates", 40, "--set", "theta.seizure.momentum=1")],
            "article": [self.without_parts(self.of_record("article", ARTICLE, "--replicates", 40, "--runs", 40, "--standard-error", 0.3))],
            "check": [json.loads(interregnum("check", bad, "--json").stdout), self.check_json(COUNTRY, 0)],
            "params": [self.json_of("params", "--json")],
            "record summary": [self.of_record("record", "summary")],
            "record show": [self.of_record("record", "show", "MLI")],
            "record export": [self.of_record("record", "export")],
            "record import": [self.of_record("record", "import", self.write("ccode\tcountry\tyear\tmonth\tday\tcoup\tversion\n432\tMali\t1968\t11\t19\t2\tx\n", "p.tsv"))],
            "scenario from-record": [self.of_record("scenario", "from-record", "432-1968-11-19")],
            "new": [self.of_record("new", "--country", "NER")],
            "validate": [self.of_record("validate", "--replicates", 4)],
            "fit": [self.of_fit()],
            "fit --calibrate": [self.of_fit("--calibrate", 1)],
            "score": [self.of_shipped_record("score", "--replicates", 16)],
            "score --forward": [self.json_of("score", "--forward", "--json")],
            "score --attempts": [self.of_shipped_record("score", "--replicates", 16, "--attempts", later_attempts(self))],
            "score --months": [self.of_shipped_record("score", "--months", later_months(self))],
        }

    def without_parts(self, report):
        """An article's JSON without what other commands print and is documented there."""
        return {**report, "runs": [], "comparison": {}, "claims": {}}

    def of_record(self, *arguments):
        return self.json_of(*arguments, "--json", env=environment(XDG_DATA_HOME=str(self.folder)))

    def of_shipped_record(self, *arguments):
        """The same without what another command has imported here."""
        return self.json_of(*arguments, "--json", env=environment(XDG_DATA_HOME=str(self.folder / "nothing")))

    def of_fit(self, *arguments):
        """A fit's JSON; it says on stderr how its chains went."""
        result = interregnum("fit", "--out", self.folder / "fit", "--seizure-draws", 64, "--after-draws", 64, "--kept", 10, *arguments, "--json",
                             env=environment(XDG_DATA_HOME=str(self.folder)), timeout=250)
        self.assertEqual(result.returncode, 0, result.stderr)
        return json.loads(result.stdout)

    def test_every_key_is_documented_with_its_type_and_no_other(self):
        documented = tables(JSON_GUIDE.read_text(encoding="utf-8"))
        outputs = self.outputs()
        self.assertEqual(list(documented), list(outputs))
        for command, reports in outputs.items():
            with self.subTest(command):
                occurring = [pair for report in reports for pair in walk(report)]
                self.assertEqual({path for path, _ in occurring}, set(documented[command]))
                for path, value in occurring:
                    kind = documented[command][path]
                    self.assertTrue(TYPES[kind](value), f"{path} is no {kind}: {value!r}")


class Tests(unittest.TestCase):
    def test_every_class_is_run(self):
        """tests/CMakeLists.txt takes a class whose text holds a test; one that only inherits its tests would be left out."""
        for path in sorted((ROOT / "tests" / "cli").glob("test_*.py")):
            found = set()
            for line in path.read_text(encoding="utf-8").splitlines():
                if line.startswith("class "):
                    name = re.match(r"class (\w+)", line)[1]
                elif re.match(r" +def test_", line):
                    found.add(name)
            suites = unittest.defaultTestLoader.loadTestsFromModule(importlib.import_module(path.stem))
            self.assertEqual({type(test).__name__ for suite in suites for test in suite}, found, path.name)


class Links(unittest.TestCase):
    def test_every_relative_link_leads_to_a_file(self):
        broken = []
        count = 0
        for document in DOCUMENTS:
            for target in links(document.read_text(encoding="utf-8")):
                parts = urllib.parse.urlsplit(target)
                if parts.scheme or parts.netloc or not parts.path:
                    continue
                count += 1
                if not (document.parent / urllib.parse.unquote(parts.path)).exists():
                    broken.append(f"{document.relative_to(ROOT)}: {target}")
        self.assertEqual(broken, [])
        self.assertGreater(count, 0)

    def test_lines_of_prose_are_short(self):
        """Except of tables and code, of parameters.md and of the pages that are made by tools."""
        exempt = {ROOT / "docs" / "parameters.md", ROOT / "research" / "onset.md", *(ROOT / "docs" / "validation").glob("*.md")}
        long = []
        for document in sorted(set(DOCUMENTS) - exempt):
            is_code = False
            for number, line in enumerate(document.read_text(encoding="utf-8").splitlines(), 1):
                is_code ^= line.lstrip().startswith("```")
                if len(line) > 120 and not is_code and not line.startswith(("|", "    ")):
                    long.append(f"{document.relative_to(ROOT)}:{number}")
        self.assertEqual(long, [])

    def test_links_are_found_where_they_are(self):
        text = "[a](b.md) ![p](c.svg \"title\") [d](<e f.md>)\n[g]: h.md\n`[no](x.md)`\n```\n[no](y.md)\n```\n[i](j.md#k)"
        self.assertEqual(links(text), ["b.md", "c.svg", "e f.md", "j.md#k", "h.md"])


if __name__ == "__main__":
    unittest.main()
