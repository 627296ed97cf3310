"""The schema and the program say the same of a file, whichever loader a validator uses."""

import json
import random
import unittest

import jsonschema
import yaml

from support import COUNTRY, SCENARIOS, ProgramTest, interregnum

# What can stand where a value stands. Dates are quoted: without quotes PyYAML makes them objects, which no schema describes.
VALUES = [
    "word", "true", "True", "TRUE", '"yes"', '"true"', "false", "~", '""', "0", "1", "-1", "2.5", "0.5", "1973", "1973.0", "1984", '"1984"', '"1"', '"1e9"',
    '"0.2..0.4"', '"25 %"', '"0...1"', '"0..1"', '"1_200"', '"0,4"', '"1.200"', '"1.2k"', '"1.2..2.4k"', '"15 km"', '"15"', '"15\\u00a0km"', '"2 weeks"', '"24 months"', '"30 km/h"', '"300–600"',
    '"41.2"', "[41.2, 2.1]", '["41.2", "2.1"]', "[141.2, 2.1]", "[41.2]", "[]", "{}", "[word]", "[~]", "[1]", "junior", "senior", "presidency", "broadcaster", "electoral_autocracy", "watch", "succeeded",
    '"2012"', '"2012-03"', '"2012-03-22"', '"2012-3-22"', '"2012-13"', '"2012-02-30"', '"2012-02-29"', '"2013-02-29"', '"0012-03-22"', '"2012-03-22 23:59"', '"2012-03-22 24:00"', '"2012-03-22 23:60"', '"2012-03-22T23:59"',
    "{mean: 0.2, sd: 0.1}", "{mean: 20.5, sd: 10.5}", '{mean: "0..1", sd: 0.1}', "{mean: 0.2}", "{mean: 0.2, sd: 0.1, note: x}", "{value: 0.3, note: 1984}", "{value: {mean: 0.2, sd: 0.1}}",
    "{value: {mean: 0.2, sd: 0.1, note: x}}", "{value: senior, note: x}", "{value: word}", "{note: x}", "{junior: 0.4, middle: 0.6}", "{junior: 40 %, senior: 60 %}", "{value: {junior: 1}}",
]

# Problems between one part of a file and another, and bounds of numbers within a text: no schema can say them.
BETWEEN_PARTS = [" of this file", "is not among the sources", "there is no ", "could be in", "stands twice", "runs backwards", "sum to", "leads back", "a second ", "holds the capital", "after the start",
                 "no road leads", "is wider than", "the capital has no", "no place is the capital", "supply ends", "its own rival", "chain of command", "cannot be reached", "names ", "a site without its place"]


def places_of(node, path=()):
    """Every value of a document, be it a word, a list or a mapping."""
    if path:
        yield path
    entries = node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ()
    for key, value in entries:
        yield from places_of(value, (*path, key))


class Schema(ProgramTest):
    @classmethod
    def setUpClass(cls):
        cls.validator = jsonschema.Draft202012Validator(json.loads(interregnum("schema").stdout))

    def problems_of_schema(self, text):
        return [f"{'.'.join(map(str, error.absolute_path))}: {error.message[:200]}" for error in self.validator.iter_errors(yaml.safe_load(text))]

    def test_every_file_that_ships_is_good_as_pyyaml_reads_it(self):
        files = [*SCENARIOS, COUNTRY]
        self.assertGreater(len(files), 5)
        texts = {file.name: file.read_text(encoding="utf-8") for file in files}
        texts["new"] = self.succeed("new", "--country", "NER")
        texts["from-record"] = self.succeed("scenario", "from-record", "432-1991-03-26")
        for name, text in texts.items():
            with self.subTest(name):
                self.assertEqual(self.problems_of_schema(text), [])

    def compare(self, text, what):
        """Says what differs; nothing if the two agree, or if the program finds a fault that no schema can."""
        report = json.loads(interregnum("check", self.write(text, "changed.yaml"), "--json").stdout)
        errors = [problem["problem"] for problem in report["problems"] if problem["severity"] == "error"]
        if any(words in error for error in errors for words in BETWEEN_PARTS):
            return None
        # A bound of a number that stands in a text, with its unit.
        if any(words in error for error in errors for words in ("out of bounds", "is negative", "is no position")) and '"' in what[1]:
            return None
        of_schema = self.problems_of_schema(text)
        if bool(errors) == bool(of_schema):
            return None
        return f"{what}: the program says {errors or 'good'}, the schema {of_schema or 'good'}"

    def test_random_changes_are_judged_alike(self):
        """No randomness but the seed's: the same 150 changes each time, so that nothing can fail by chance."""
        document = yaml.safe_load(COUNTRY.read_text(encoding="utf-8"))
        places = sorted(places_of(document), key=str)
        draw = random.Random(20)
        differences = []
        for _ in range(150):
            changed = json.loads(json.dumps(document))
            *parents, last = path = draw.choice(places)
            node = changed
            for key in parents:
                node = node[key]
            node[last] = "THE_VALUE"
            value = draw.choice(VALUES)
            text = yaml.safe_dump(changed, sort_keys=False, allow_unicode=True).replace("THE_VALUE", value, 1)
            difference = self.compare(text, (".".join(map(str, path)), value))
            if difference:
                differences.append(difference)
        self.assertEqual(differences, [])

    def test_what_was_judged_otherwise(self):
        text = COUNTRY.read_text(encoding="utf-8")
        for old, new, good in [
            ("title: Gazette of the army", "title: 1984", True),
            ("capital: true", "capital: True", True),
            ("capital: true", 'capital: "true"', True),
            ("interregnum: 1", 'interregnum: "1"', True),
            ("at: [49.5, 12.5]", 'at: ["49.5", "12.5"]', True),
            ("at: [49.5, 12.5]", "at: [149.5, 12.5]", False),
            ("start: 1975-05-06 04:30", "start: 1975-05-06 24:00", False),
            ("start: 1975-05-06 04:30", "start: 1975-13-06 04:30", False),
            ("since: 1971-02", "since: 1971-14", False),
            ("since: 1971-02", "since: 1971.0", True),
        ]:
            with self.subTest(new):
                self.assertIn(old, text)
                changed = text.replace(old, new, 1)
                self.assertEqual(interregnum("check", self.write(changed, "x.yaml")).returncode, 0 if good else 2)
                self.assertEqual(self.problems_of_schema(changed) == [], good)


if __name__ == "__main__":
    unittest.main()
