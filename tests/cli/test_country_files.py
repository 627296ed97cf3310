"""Country files: the shipped ones are good, the JSON Schema agrees with the program, every mistake is reported where it stands."""

import json
import re
import unittest

import jsonschema
import yaml

from support import COUNTRY, SCENARIOS, ProgramTest, interregnum

GOOD = COUNTRY.read_text(encoding="utf-8")

# Mistake by mistake: what stands in the good file, what stands there instead, the word of the new text at which the mistake is
# reported (None: the whole new text), its key, and words of the message.
MISTAKES = [
    ("commander: junior", "comander: junior", None, "units.signals.comander", ["unknown key", "did you mean 'commander'?"]),
    ("commander: junior", "comander: junior", "name: Signals", "units.signals.commander", ["is missing"]),
    ("[strelsau, zenda], distance", "[strelsau, zendo], distance", "zendo", "roads.0.between.1", ["'zendo' is no place", "did you mean 'zenda'?"]),
    ("[strelsau, zenda], distance", "[strelsau, strelsau], distance", "strelsau], distance", "roads.0.between.1", ["back to where it begins"]),
    ("units: [zenda_regiment]", "units: []", "[]", "plot.units", ["is empty", "at least one"]),
    ("units: [zenda_regiment]", "units: [zenda_regiments]", "zenda_regiments", "plot.units.0", ["no unit", "did you mean 'zenda_regiment'?"]),
    ("units: [zenda_regiment]", "units: [tanks, tanks]", "tanks]", "plot.units.1", ["stands twice"]),
    ("    capital: true\n", "", "interregnum: 1", "places", ["no place is the capital", "capital: true"]),
    ("    sites: [armoury]\n", "    sites: [armoury]\n    capital: true\n", "zenda:\n    name: Zenda\n", "places.zenda.capital",
     ["a second capital", "strelsau"]),
    ("[presidency, broadcaster, headquarters, airport]", "[broadcaster, headquarters, airport]", "strelsau:\n    name: Strelsau",
     "places.strelsau.sites", ["no presidency"]),
    ("  - {between: [strelsau, zenda], distance: 30..35 km, source: atlas}", "  []", "broadcaster, strelsau", "plot.objectives.1",
     ["cannot be reached", "strelsau", "missing road"]),
    ("objectives: [armoury, ", "objectives: [parliament, ", "parliament", "plot.objectives.0", ["no place", "parliament"]),
    ("objectives: [armoury, ", "objectives: [zenda.armory, ", "zenda.armory", "plot.objectives.0", ["did you mean 'zenda.armoury'?"]),
    ("objectives: [armoury, ", "objectives: [armoury, zenda.armoury, ", "zenda.armoury", "plot.objectives.1", ["stands twice"]),
    ("{junior: 0.2, middle: 0.8,", "{junior: 0.2, middle: 0.9,", None, "plot.tier", ["sum to 1.1, not to 1"]),
    ("{junior: 0.2, middle: 0.8,", "{junior: -0.2, middle: 1.2,", "-0.2", "plot.tier.junior", ["negative"]),
    ("strength: {value: 120,", "strength: {value: -120,", "-120", "units.signals.strength", ["-120 is negative"]),
    ("strength: {value: 120,", "strength: {value: 1.2 km,", "1.2 km", "units.signals.strength", ["unit 'km' is not known here"]),
    ("strength: {value: 120,", "strength: {valeu: 120,", "{valeu: 120,", "units.signals.strength", ["is no number"]),
    ("strength: {value: 120,", "strength: {valeu: 120,", "valeu", "units.signals.strength.valeu", ["unknown key"]),
    ("{mean: 250, sd: 40,", "{mean: 250,", None, "units.palace_guard.strength", ["is no number", "sd"]),
    ("{mean: 250, sd: 40,", "{sd: 40,", None, "units.palace_guard.strength", ["is no number", "mean"]),
    ("{mean: 250, sd: 40,", "{mean: 250, sd: -40,", "-40", "units.palace_guard.strength.sd", ["negative"]),
    ("{mean: 250, sd: 40,", "{mean: 250, sd: 1e300,", "1e300", "units.palace_guard.strength.sd", ["wider"]),
    ("{mean: 250, sd: 40,", "{mean: 200..300, sd: 40,", None, "units.palace_guard.strength", ["not ranges"]),
    ("stance: {value: -0.4,", "stance: {value: +-0.4,", "+-0.4", "blocs.unions.stance", ["not a number"]),
    ("support: {value: 35 %,", "support: {value: 135 %,", "135 %", "public.support", ["135 % is out of bounds", "0 % to 100 %"]),
    ('date: "1976-06-01"', 'date: "1976-02-30"', '"1976-02-30', "calendar.0.date", ["no date"]),
    ("date: 1975-04,", "date: 1975-13,", "1975-13", "sources.gazette.date", ["no date"]),
    ("supply_until: 1976-01", "supply_until: 1976-1-1", "1976-1-1", "armed_groups.hills.supply_until", ["no date"]),
    ("start: 1975-05-06 04:30", "start: 2020-02-30 04:30", "2020-02-30", "start", ["no date and time"]),
    ("start: 1975-05-06 04:30", "start: 1975-05-06  4:30", "1975-05-06  4", "start", ["no date and time"]),
    ("distance: 30..35 km", "distance: 30..35", "30..35", "roads.0.distance", ["has no unit", "15 km"]),
    ("distance: 30..35 km", "distance: 30..35 hours", "30..35 hours", "roads.0.distance", ["unit 'hours' is not known here"]),
    ("distance: 30..35 km", "distance: 35..30 km", "35..30 km", "roads.0.distance", ["runs backwards"]),
    ("distance: 30..35 km", "distance: nan km", "nan km", "roads.0.distance", ["not a number"]),
    ("distance: 30..35 km", "distance: 1e999 km", "1e999 km", "roads.0.distance", ["too large"]),
    ("speed: {value: 20 km/h,", "speed: {value: 20 km,", "20 km,", "units.tanks.speed", ["unit 'km' is not known here", "km/h"]),
    ("value: 0.5M..0.7M, source: atlas", "value: 0.5M..0.7M, source: atlass", "atlass", "places.strelsau.population.source",
     ["not among the sources", "did you mean 'atlas'?"]),
    ("    place: strelsau\n    site: headquarters", "    superior: first_region\n    place: strelsau\n    site: headquarters", "first_region\n",
     "commands.general_staff.superior", ["circle"]),
    ("    place: strelsau\n    site: headquarters", "    site: headquarters", "headquarters\n", "commands.general_staff.site", ["without its place"]),
    ("commander: junior\n    superior: general_staff", "commander: junior\n    superior: general_stuff", "general_stuff", "units.signals.superior",
     ["no command", "did you mean 'general_staff'?"]),
    ("guards: broadcaster", "guards: armoury", "armoury", "units.signals.guards", ["no armoury in 'strelsau'"]),
    ("guards: broadcaster", "guards: brodcaster", "brodcaster", "units.signals.guards", ["did you mean 'broadcaster'?"]),
    ("  place: strelsau\n  site: presidency", "  place: zenda\n  site: presidency", "presidency", "ruler.site", ["no presidency in 'zenda'"]),
    ("supply_from: 1974-11", "supply_from: 1976-11", "hills:", "armed_groups.hills.supply_until", ["before it begins"]),
    ("    rivals: [hills]", "    rivals: [river_men]", "river_men]", "armed_groups.river_men.rivals.0", ["its own rival"]),
    ("    rivals: [hills]", "    rivals: [hill]", "hill]", "armed_groups.river_men.rivals.0", ["did you mean 'hills'?"]),
    ("    rivals: [hills]", "    holds: [strelsau]", "strelsau]", "armed_groups.river_men.holds.0", ["holds the capital"]),
    ("    cause: jihadist\n    based: [zenda]", "    cause: jihadist\n    holds: [zenda, zenda]", "zenda]\n    rivals", "armed_groups.river_men.holds.1", ["a second armed group holds"]),
    ("    patron: big_neighbour", "    patron: big_neighbor", "big_neighbor", "blocs.court.patron", ["no patron", "did you mean 'big_neighbour'?"]),
    ("type: {value: electoral_autocracy,", "type: {value: autocracy,", "autocracy", "regime.type", ["electoral_autocracy"]),
    ("since: 1971-02", "since: 1991-02", "name: President", "ruler.since", ["after the start"]),
    ('date: "1971-02-03", outcome', 'date: "1977-02-03", outcome', '{date: "1977', "history.1.date", ["after the start"]),
    ("outcome: failed, name: Some", "outcome: lost, name: Some", "lost", "history.1.outcome", ["failed", "succeeded"]),
    ("lessons: [split_army,", "lessons: [split_arms,", "split_arms", "history.1.lessons.0", ["did you mean 'split_army'?"]),
    ("stationed: [zenda]", "stationed: [zendo]", "zendo", "patrons.big_neighbour.stationed.0", ["did you mean 'zenda'?"]),
    ("    rivals: [far_power]", "    rivals: [big_neighbour]", "big_neighbour]", "patrons.big_neighbour.rivals.0", ["its own rival"]),
    ("      zenda: {following: 0.05..0.1,", "      zendo: {following: 0.05..0.1,", "zendo", "blocs.court.places.zendo", ["no place"]),
    ("labels_extremist: [hills]", "labels_extremist: [hils]", "hils", "patrons.big_neighbour.labels_extremist.0", ["did you mean 'hills'?"]),
    ("  signals:\n", "  Signals:\n", "Signals", "units.Signals", ["no usable id", "lower-case"]),
    ("capital: true", "capital: yes", "yes", "places.strelsau.capital", ["neither true nor false"]),
    ("at: [49.5, 12.5]", "at: [149.5, 12.5]", "[149.5", "places.strelsau.at", ["no position"]),
    ("country: RUR", "country: Ruritania", "Ruritania", "country", ["ISO 3166"]),
    ("interregnum: 1\n", "interregnum: 2\n", "2", "interregnum", ["format '2'", "it reads 1"]),
    ("council_soldiers: {value: 5,", "council_soldiers: {value: 5.5,", "5.5", "transition.council_soldiers", ["not a whole number"]),
    ("leader: Colonel Rupert", "leader:", None, "plot.leader", ["has no value"]),
    ("roads:\n", "road:\n", "road", "road", ["unknown key", "did you mean 'roads'?"]),
]

# Forms of a value that both the program and the schema take.
FORMS = {
    "strength: {value: 120,": ["value: 120", "value: 1.5k", "value: 100..200", "value: 0.1k..0.2k", "value: 1e3", "value: .5M", "mean: 120, sd: 9"],
    "support: {value: 35 %,": ["value: 35 %", "value: 35%", "value: 0.35", "value: 30..40 %", "value: 30 %..40 %", "mean: 35 %, sd: 5 %"],
    "speed: {value: 20 km/h,": ["value: 20 km/h", "value: 10..20 mph", "value: 20km/h", "mean: 20 km/h, sd: 3 km/h"],
    "elections_after: {value: 12..24 months,": ["value: 1 y", "value: 90 days..2 years", "value: 52 weeks", "value: 1e4 hours"],
    "stance: {value: -0.4,": ["value: -0.4", "value: -0.5..0.5", "value: +0.4", "value: -4e-1", "mean: -0.4, sd: 0"],
    "council_soldiers: {value: 5,": ["value: 5", "value: 5..7"],
}


class CoreLoader(yaml.SafeLoader):
    """YAML 1.2 as country files mean it: only numbers, true, false and null are not words; 1976-06-01 and yes are."""

    yaml_implicit_resolvers = {}

    def construct_mapping(self, node, deep=False):
        keys = [key.value for key, value in node.value]
        if len(keys) != len(set(keys)):
            raise ValueError("a key stands twice")
        return super().construct_mapping(node, deep)


for tag, pattern, make in [("null", r"^(~|null|)$", lambda text: None), ("bool", r"^(true|false)$", lambda text: text == "true"),
                           ("int", r"^[-+]?[0-9]+$", int), ("float", r"^[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?$", float)]:
    CoreLoader.add_implicit_resolver("core:" + tag, re.compile(pattern), None)
    CoreLoader.add_constructor("core:" + tag, lambda loader, node, make=make: make(node.value))


def changed(old, new, text=GOOD):
    """The text with one thing in it changed; it has to be there exactly once, or the test would test something else."""
    if text.count(old) != 1:
        raise ValueError(f"{old!r} stands {text.count(old)} times in the country file")
    return text.replace(old, new)


def position(text, at):
    """Line and column, from 1."""
    before = text[:at]
    return before.count("\n") + 1, at - (before.rfind("\n") + 1) + 1


class Shipped(ProgramTest):
    def test_are_good_and_every_value_has_its_source(self):
        self.assertEqual([file.name for file in SCENARIOS], ["burkina-faso-2015.yaml", "mali-2012.yaml", "mali-2020.yaml", "niger-2023.yaml", "turkey-2016.yaml"])
        for file in [*SCENARIOS, COUNTRY]:
            self.assertEqual(self.check_json(file, 0), {"file": str(file), "good": True, "errors": 0, "warnings": 0, "problems": []})
            self.assertIn("good", self.succeed("check", file))


class Schema(ProgramTest):
    @classmethod
    def setUpClass(cls):
        cls.schema = json.loads(interregnum("schema").stdout)
        cls.validator = jsonschema.Draft202012Validator(cls.schema)

    def accepts(self, text):
        return self.validator.is_valid(yaml.load(text, CoreLoader))

    def test_is_a_schema_of_2020_12(self):
        self.assertEqual(self.schema["$schema"], "https://json-schema.org/draft/2020-12/schema")
        jsonschema.Draft202012Validator.check_schema(self.schema)

    def test_accepts_the_good_files(self):
        for file in [*SCENARIOS, COUNTRY]:
            problems = list(self.validator.iter_errors(yaml.load(file.read_text(encoding="utf-8"), CoreLoader)))
            self.assertEqual([problem.message[:200] for problem in problems], [], file)

    def test_rejects_what_it_can_know(self):
        for old, new in [("commander: junior", "comander: junior"), ("commander: junior", "commander: major"), ("    commander: junior\n", ""),
                         ("distance: 30..35 km", "distance: 30..35"), ("distance: 30..35 km", "distance: 30 hours"),
                         ("strength: {value: 120,", "strength: {value: -120,"), ("{mean: 250, sd: 40,", "{mean: 250,"),
                         ("units: [zenda_regiment]", "units: []"), ("support: {value: 35 %,", "support: {value: 1.35,"),
                         ("capital: true", "capital: yes"), ("interregnum: 1\n", "interregnum: 2\n"), ("  signals:\n", "  Signals:\n"),
                         ("country: RUR", "country: Ruritania"), ("start: 1975-05-06 04:30", "start: 1975-05-06"),
                         ("at: [49.5, 12.5]", "at: [49.5]"), ("council_soldiers: {value: 5,", "council_soldiers: {value: 5.5,"),
                         ("guards: broadcaster", "guards: [broadcaster]"), ("roads:\n  - ", "roads:\n  "), ("plot:\n", "plan:\n")]:
            with self.subTest(new=new):
                self.assertFalse(self.accepts(changed(old, new)))
                self.assertGreater(self.check_json(self.write(changed(old, new)), 2)["errors"], 0)

    def test_takes_every_form_that_the_program_takes(self):
        for old, forms in FORMS.items():
            for form in forms:
                with self.subTest(old=old, form=form):
                    text = changed(old, f"{old.split(':')[0]}: {{{form},")
                    self.assertTrue(self.accepts(text))
                    self.check_json(self.write(text), 0)


class Mistakes(ProgramTest):
    def test_each_is_reported_where_it_stands(self):
        for old, new, marker, key, words in MISTAKES:
            with self.subTest(new=new, key=key):
                text = changed(old, new)
                file = self.write(text)
                start = GOOD.index(old)
                near = text.find(marker if marker else new, start if marker is None or marker in new else 0)
                line, column = position(text, near)
                report = self.check_json(file, 2)
                found = [problem for problem in report["problems"] if (problem["line"], problem["column"]) == (line, column) and
                         key in (None, problem["key"]) and all(word in problem["problem"] + problem["suggestion"] for word in words)]
                self.assertEqual(len(found), 1, f"not at {line}:{column}: {report['problems']}")
                self.assertEqual((found[0]["severity"], found[0]["file"]), ("error", str(file)))
                said = f"{file}:{line}:{column}: error: {found[0]['key']}: {found[0]['problem']}"
                self.assertIn(said, interregnum("check", file).stdout)
                self.assertIn(said, interregnum("run", file, "--replicates", "1").stderr)

    def test_all_of_a_file_come_at_once_and_in_order(self):
        text = GOOD
        for old, new in [("country: RUR", "country: rur"), ("date: 1974", "date: 1974-00"), ("distance: 30..35 km", "distance: 30..35"),
                         ("guards: broadcaster", "guards: armoury"), ("units: [zenda_regiment]", "units: [zenda_regiment, police]"),
                         ('date: "1976-06-01"', 'date: "1976-02-30"')]:
            text = changed(old, new, text)
        report = self.check_json(self.write(text), 2)
        self.assertEqual(report["errors"], 6)
        self.assertEqual([problem["key"] for problem in report["problems"]],
                         ["country", "sources.atlas.date", "roads.0.distance", "units.signals.guards", "plot.units.1", "calendar.0.date"])
        stderr = interregnum("run", self.folder / "country.yaml").stderr
        self.assertEqual(len(stderr.splitlines()), 6, stderr)

    def test_a_value_without_source_is_a_warning(self):
        file = self.write(changed("strength: {value: 120, source: gazette}", "strength: 120"))
        report = self.check_json(file, 0)
        self.assertEqual([(problem["severity"], problem["key"]) for problem in report["problems"]], [("warning", "units.signals.strength")])
        self.assertTrue(report["good"])
        self.succeed("run", file, "--replicates", 10)


if __name__ == "__main__":
    unittest.main()
