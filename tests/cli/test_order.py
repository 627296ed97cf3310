"""Entries of a table have no order: a country file written again with its keys in another order is the same country."""

import contextlib
import random
import sqlite3

import unittest

import yaml

from support import ROOT, SCENARIOS, ProgramTest, without_the_clock

COUNTRIES = [*SCENARIOS, ROOT / "tests" / "golden" / "country.yaml"]
# The two lists whose order means something: who leads the plot, and what it wants first.
ORDERED = {("plot", "units"), ("plot", "objectives")}


def reordered(value, shuffle, path=()):
    """The same document with the entries of every mapping, and of every list without an order, in another order.

    Coordinates, and the parts of a distribution that are written as a list, are no tables: only lists of words and of
    mappings are.
    """
    if isinstance(value, dict):
        keys = list(value)
        shuffle(keys)
        return {key: reordered(value[key], shuffle, (*path, key)) for key in keys}
    if isinstance(value, list):
        items = [reordered(item, shuffle, path) for item in value]
        if path not in ORDERED and all(isinstance(item, (dict, str)) for item in items):
            shuffle(items)
        return items
    return value


class Order(ProgramTest):
    def texts(self, country):
        """The country as PyYAML writes it, then with all reversed, then shuffled; seeds are fixed, any would do."""
        document = yaml.safe_load(country.read_text(encoding="utf-8"))
        yield document
        yield reordered(document, lambda entries: entries.reverse())
        yield reordered(document, random.Random(1).shuffle)

    def results(self, file):
        """All that a run writes but the text of its file and the clock."""
        out = self.folder / "results.db"
        report = self.json_of("run", file, "--replicates", 96, "--set", "horizon=10 years", "--keep-events", 96, "--json", "--out", out, "--force")
        with contextlib.closing(sqlite3.connect(out)) as database:
            tables = {name: database.execute(f"SELECT * FROM {name}").fetchall()
                      for name, in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()}
        varying = ("scenario_text", "command", "started", "seconds", "threads")
        tables["run"] = [row for row in tables["run"] if row[0] not in varying]
        return without_the_clock(report), tables

    def test_no_table_of_any_country_has_an_order(self):
        for country in COUNTRIES:
            expected = None
            for number, document in enumerate(self.texts(country)):
                with self.subTest(country=country.name, order=number):
                    file = self.write(yaml.safe_dump(document, allow_unicode=True, sort_keys=False))
                    found = self.results(file)
                    expected = expected or found
                    self.assertEqual(found[0], expected[0])
                    self.assertEqual(found[1], expected[1])

    def test_answers_about_a_country_do_not_change_with_its_order(self):
        country = COUNTRIES[-1]
        other = ROOT / "scenarios" / "mali-2020.yaml"
        questions = [
            lambda file: ("sensitivity", file, "--replicates", 64),
            lambda file: ("sweep", file, "--vary", "public.support=0.2,0.6", "--replicates", 40),
        ]
        for question in questions:
            answers = []
            for document in self.texts(country):
                file = self.write(yaml.safe_dump(document, allow_unicode=True, sort_keys=False))
                answers.append(without_the_clock(self.json_of(*question(file), "--json")))
            self.assertEqual(answers[0], answers[1])
            self.assertEqual(answers[0], answers[2])
        answers = []
        for document in self.texts(other):
            file = self.write(yaml.safe_dump(document, allow_unicode=True, sort_keys=False))
            answers.append(without_the_clock(self.json_of("compare", ROOT / "scenarios" / "mali-2012.yaml", file, "--replicates", 48, "--json")))
        self.assertEqual(answers[0], answers[1])
        self.assertEqual(answers[0], answers[2])


if __name__ == "__main__":
    unittest.main()
