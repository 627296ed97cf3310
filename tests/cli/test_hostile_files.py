"""Files that want to do harm or were never meant to be read: a message that says where, and neither crash nor hang nor surprise."""

import json
import os
import resource
import unittest

from support import COUNTRY, MALI_2020, OUTCOMES, ROOT, ProgramTest, interregnum

MALI_2012 = ROOT / "scenarios" / "mali-2012.yaml"
GOOD = COUNTRY.read_text(encoding="utf-8")
LONGEST = 10  # seconds of processor time for any file of up to 1 MB

LAUGHS = "a: &a [x, x]\n" + "".join(f"{'abcdefgh'[n]}: &{'abcdefgh'[n]} [{', '.join(['*' + 'abcdefgh'[n - 1]] * 9)}]\n" for n in range(1, 8))

def changed(old, new, text=GOOD):
    if text.count(old) != 1:
        raise ValueError(f"{old!r} stands {text.count(old)} times in the country file")
    return text.replace(old, new)


# Name, content, what the message points at: line:column, or the place where a word of the content begins (as `@word`), or nothing for the
# file as a whole; words of the message.
HOSTILE = [
    ("alias bomb", LAUGHS, "1:4", "anchors"),
    ("anchor", changed("leader: Colonel Rupert", "leader: &x Rupert"), "@&x", "anchors"),
    ("alias of nothing", changed("leader: Colonel Rupert", "leader: *x"), "@*x", "anchor"),
    ("alias of itself", "a: &a [*a]\n", "1:4", "anchors"),
    ("merge key", changed("  tanks:\n", "  tanks:\n    <<: {strength: 5}\n"), "@<<", "unknown key"),
    ("key twice", changed("start: 1975", "name: again\nstart: 1975"), "@name: again", "stands twice"),
    ("unit twice", changed("  school:\n", "  tanks:\n    # again\n"), "@tanks:\n    # again", "stands twice"),
    ("key twice, once in quotes", "interregnum: 1\n\"interregnum\": 1\n", "2:1", "stands twice"),
    ("nested lists", "a: " + "[" * 10000 + "]" * 10000, "1:35", "nested"),
    ("nested lists, never closed", "a: " + "[" * 10000, "1:", "nested"),
    ("nested mappings", "{a: " * 10000 + "1" + "}" * 10000, "1:129", "nested"),
    ("nested mappings, never closed", "{a: " * 10000, "1:", "not valid YAML"),
    ("nested dashes", "- " * 10000 + "x", "1:65", "nested"),
    ("nested keys", "? " * 10000 + "x", "1:65", "nested"),
    ("nested blocks", "\n".join(" " * depth + "a:" for depth in range(1400)), "33:33", "nested"),
    ("a wall of brackets", "[" * 1000000, "1:", "nested"),
    ("a wall of braces", "{" * 1000000, "1:", "nested"),
    ("too large", GOOD + "# \n" * 400000, "", "larger than 1 MB"),
    ("one byte too large", GOOD + "#" * (2**20 + 1 - len(GOOD.encode())), "", "larger than 1 MB"),
    ("nan", changed("value: 120", "value: .nan"), "@.nan", "not a number"),
    ("inf", changed("value: 120", "value: inf"), "@inf, ", "not a number"),
    ("1e999", changed("value: 120", "value: 1e999"), "@1e999", "too large"),
    ("1e308M", changed("value: 120", "value: 1e308M"), "@1e308M", "out of bounds"),
    ("null byte", changed("Zenda Press", "Zenda\0Press"), "@\0", "control character 0x00"),
    ("escape", changed("Zenda Press", "Zenda\x1b[31mPress"), "@\x1b", "control character 0x1b"),
    ("back to the start of the line", changed("Zenda Press", "Zenda\rPress"), "@\rPress", "control character 0x0d"),
    ("line ends of the old Macintosh", GOOD.replace("\n", "\r"), "@\r", "control character 0x0d"),
    ("C1 escape", changed("Zenda Press", "Zenda\u009b31mPress"), "@\u009b", "control character 0x9b"),
    ("escape, escaped", changed("Zenda Press", '"\\e[31m"'), '@"\\e', "control character 0x1b"),
    ("null byte, escaped", changed("Zenda Press", '"\\0"'), '@"\\0', "control character 0x00"),
    ("escape in a key", GOOD + '"\\x1b[2J": 1\n', '@"\\x1b', "control character 0x1b"),
    ("half a pair, escaped", changed("Zenda Press", '"\\ud800"'), '@", date: 1974', "not valid YAML"),
    ("Latin-1", GOOD.encode().replace("Örmény".encode(), b"\xd6rm\xe9ny"), b"@\xd6", "not valid UTF-8"),
    ("cut off", GOOD.encode() + b"# \xe2\x82", b"@\xe2\x82", "not valid UTF-8"),
    ("longer than needed", GOOD.encode() + b"# \xc0\xaf", b"@\xc0", "not valid UTF-8"),
    ("half a pair", GOOD.encode() + b"# \xed\xa0\x80", b"@\xed\xa0\x80", "not valid UTF-8"),
    ("beyond Unicode", GOOD.encode() + b"# \xf5\x80\x80\x80", b"@\xf5", "not valid UTF-8"),
    ("UTF-16", GOOD.encode("utf-16"), "1:1", "not valid UTF-8"),
    ("UTF-16, other way round", b"\xfe\xff" + GOOD.encode("utf-16-be"), "1:1", "not valid UTF-8"),
    ("empty", "", "1:1", "empty"),
    ("blank", " \n\n", "1:1", "empty"),
    ("only a comment", "# nothing\n", "1:1", "empty"),
    ("a word", "hello", "1:1", "not a country file"),
    ("a list", "[1, 2]", "1:1", "not a country file"),
    ("nothing", "~\n", "1:1", "not a country file"),
    ("a picture", b"\x89PNG\r\n\x1a\n", "1:1", "not valid UTF-8"),
    ("a program", b"\x7fELF\x02\x01\x01", "1:1", "control character"),
    ("two documents", GOOD + "---\n" + GOOD, "@---\n", "more than one YAML document"),
    ("object", changed("leader: Colonel Rupert", 'leader: !!python/object/apply:os.system ["true"]'), "@!!python", "tag"),
    ("binary", changed("leader: Colonel Rupert", "leader: !!binary aGVsbG8="), "@!!binary", "tag"),
    ("tag", changed("leader: Colonel Rupert", "leader: !secret x"), "@!secret", "tag"),
    ("list as key", "[a, b]: 1\ninterregnum: 1\n", "1:1", "a key must be a word"),
    ("mapping as key", "{a: b}: 1\ninterregnum: 1\n", "1:1", "a key must be a word"),
    ("quote never closed", changed("name: The big neighbour", "name: 'The big neighbour"), f"{GOOD.count(chr(10))}:", "not valid YAML"),
    ("bracket never closed", changed("stationed: [zenda]", "stationed: [zenda"), "", "not valid YAML"),
    ("tab", changed("  tanks:", "\ttanks:"), "", "not valid YAML"),
]


def place_of(where, content):
    """`where` of the list above as `line:column`."""
    if where[:1] not in ("@", b"@"):
        return where
    content = content if isinstance(content, bytes) else content.encode()
    before = content[:content.index(where[1:] if isinstance(where, bytes) else where[1:].encode())]
    return f"{before.count(10) + 1}:{len(before) - before.rfind(10)}"


class Hostile(ProgramTest):
    def check(self, content):
        used = lambda: sum(resource.getrusage(resource.RUSAGE_CHILDREN)[:2])  # by the program, whatever else the machine does
        before = used()
        file = self.write(content, "hostile.yaml")
        result = interregnum("check", file, timeout=60)
        self.assertLess(used() - before, LONGEST)
        self.assertIn(result.returncode, [0, 2], result.stderr[:2000])
        self.assertEqual(result.stderr, "")
        return result

    def test_each_is_refused_where_it_stands(self):
        for name, content, where, words in HOSTILE:
            with self.subTest(name):
                self.assertNotEqual(content, GOOD)
                result = self.check(content)
                self.assertEqual(result.returncode, 2)
                lines = result.stdout.splitlines()
                place = "hostile.yaml:" + place_of(where, content)
                found = [line for line in lines if place + ("" if place.endswith(":") else ":") in line and words in line]
                self.assertGreater(len(found), 0, f"{place} {words}: {lines[:5]}")
                self.assertEqual([character for character in result.stdout if ord(character) < 32 and character != "\n"], [])
                run = interregnum("run", self.folder / "hostile.yaml", "--replicates", "1", timeout=60)
                self.assertEqual((run.returncode, run.stdout), (2, ""))
                self.assert_no_fault(run.stderr)

    def test_line_breaks_in_a_key_do_not_make_a_line_of_their_own(self):
        result = self.check(GOOD + '"x\\nother.yaml:1:1: error: forged": 1\n')
        self.assertEqual(len(result.stdout.splitlines()), 2, result.stdout)

    def test_harmless_oddities_are_read(self):
        good = self.run_json(COUNTRY, replicates=50)["outcomes"]
        for name, content in [("byte order mark", b"\xef\xbb\xbf" + GOOD.encode()), ("line ends of Windows", GOOD.replace("\n", "\r\n")),
                              ("start of the document", "---\n" + GOOD + "...\n"), ("quotes", GOOD.replace("name: Zenda\n", "'name': \"Zenda\"\n"))]:
            with self.subTest(name):
                self.assertEqual(self.run_json(self.write(content), replicates=50)["outcomes"], good)

    def test_names_are_carried_unharmed(self):
        for name in ["<script>alert(1)</script>", "a \"quoted\" 'name'", "back\\slash and {braces} {0} %s %n", "Ruritania 🪖👩‍👩‍👧 ܐ العربية", "$(true) `true` ; --",
                     "'); DROP TABLE run; --", "x" * 200, "tab\tinside"]:
            with self.subTest(name=name[:40]):
                text = GOOD.replace("name: Ruritania, May 1975", "name: " + json.dumps(name, ensure_ascii=False))
                text = text.replace("name: Zenda Regiment", "name: " + json.dumps(name, ensure_ascii=False)).replace("leader: Colonel Rupert", "leader: " + json.dumps(name, ensure_ascii=False))
                file = self.write(text)
                self.assertEqual(self.run_json(file, replicates=10)["scenario"], name)
                replay = self.json_of("replay", file, "--json")
                self.assertIn(name, [event["actor"] for event in replay["events"]])
                self.assertIn(name, replay["events"][0]["text"])
                self.assertEqual(self.succeed("run", file, "--replicates", 10).split("\n")[0], name)

    def test_what_turns_text_round_is_carried_and_not_printed(self):
        file = self.write(changed("name: Ruritania, May 1975", "name: \u202egnihtemos"))
        self.assertEqual(self.run_json(file, replicates=10)["scenario"], "\u202egnihtemos")
        for arguments in [[], ["--json"]]:
            self.assertNotIn("\u202e", self.succeed("run", file, "--replicates", 10, *arguments))

    def test_names_and_texts_have_a_length(self):
        """In `check` and in the schema, counted in characters."""
        for key, old, most in [("name", "Ruritania, May 1975", 200), ("plot.leader", "Colonel Rupert", 200), ("units.tanks.name", "Second Tank Battalion", 200),
                               ("summary", "A colonel moves from a camp near the capital. Nothing in this file is real.", 2000)]:
            for length in [most, most + 1, 900000]:
                result = self.check(changed(old, ("é" if length < 10000 else "e") * length))
                said = f"error: {key}: has {length} characters (at most {most})" in result.stdout
                self.assertEqual(said, length > most, result.stdout[:500])
                self.assertLess(len(result.stdout), 10000)
        self.assert_refused(["run", COUNTRY, "--set", "plot.leader=" + "x" * 100000], "has 100000 characters")
        schema = json.loads(self.succeed("schema"))
        self.assertEqual(schema["properties"]["name"]["maxLength"], 200)
        self.assertEqual(schema["properties"]["summary"]["maxLength"], 2000)

    def test_keys_of_any_depth_end(self):
        """Also on a stack of 64 kB."""
        small = {"preexec_fn": lambda: resource.setrlimit(resource.RLIMIT_STACK, (65536, 65536))}
        claims = (ROOT / "tests" / "golden" / "claims.yaml").read_text(encoding="utf-8")
        for path in ["../../scenarios/mali-2012.yaml", "../../scenarios/mali-2020.yaml", "country.yaml"]:
            claims = claims.replace(f"path: {path}", f"path: {os.path.normpath(ROOT / 'tests' / 'golden' / path)}")
        for dots in [31, 32, 1000, 10000, 60000, 200000]:
            key = "a" + ".a" * dots
            file = self.write(claims.replace("from: [plot.tier=junior]", f"from: [{key}=1]"), "claims.yaml")
            commands = [["claims", file]]
            # Linux takes no single argument above 128 kB.
            if len(key) < 131072:
                commands += [["run", COUNTRY, "--set", f"{key}=1"], ["sweep", COUNTRY, "--vary", f"{key}=1,2"],
                             ["compare", MALI_2012, MALI_2020, "--set", f"{key}=1"]]
            for arguments in commands:
                # Arguments lie on the stack: none is left for the program if they fill it.
                for options in [{}, small] if arguments[0] == "claims" or len(key) < 32768 else [{}]:
                    result = interregnum(*arguments, timeout=60, **options)
                    self.assertEqual((result.returncode, result.stdout), (2, ""), result.stderr[:500])
                    self.assertIn("unknown key" if dots < 32 else "nested more than 32 levels deep", result.stderr)
                    self.assert_no_fault(result.stderr)
        for arguments in [["run", COUNTRY, "--replicates", 8], ["claims", file.with_name("good.yaml"), "--replicates", 8], ["compare", MALI_2012, MALI_2020, "--replicates", 4]]:
            file.with_name("good.yaml").write_text(claims, encoding="utf-8")
            self.assertEqual(self.succeed(*arguments, **small), self.succeed(*arguments))
        for name, content, _, _ in HOSTILE:
            if name.startswith("nested") or name.startswith("a wall"):
                result = interregnum("check", self.write(content, "nested.yaml"), timeout=60, **small)
                self.assertEqual(result.returncode, 2, f"{name}: {result.stderr[:500]}")

    def test_a_hundred_thousand_unknown_keys(self):
        result = self.check("interregnum: 1\n" + "".join(f"k{n}: 1\n" for n in range(99999)))
        self.assertEqual(result.returncode, 2)
        self.assertIn("hostile.yaml:1001:1: error: more than 1000 entries", result.stdout)

    def test_many_mistakes_are_all_reported(self):
        result = self.check(GOOD + "".join(f"k{n}: 1\n" for n in range(900)))
        self.assertIn("900 errors", result.stdout)
        self.assertEqual(result.stdout.count("unknown key"), 900)

    def test_many_wrong_references_among_many_names(self):
        groups = "".join(f"  g{n}: {{strength: 1, cause: militia, based: [{', '.join(['nowhere'] * 90)}]}}\n" for n in range(900))
        places = "".join(f"  place_{n:03}: {{population: 1}}\n" for n in range(900))
        text = GOOD.replace("armed_groups:\n", "armed_groups:\n" + groups).replace("\nplaces:\n", "\nplaces:\n" + places)
        self.assertLess(len(text), 2**20)
        self.assertEqual(self.check(text).stdout.count("'nowhere' is no place"), 81000)

    def test_a_long_chain_of_command(self):
        chain = "".join(f"  c{n}: {{rank: senior, superior: c{n + 1}, assumed: a test}}\n" for n in range(900))
        text = GOOD.replace("\ncommands:\n", f"\ncommands:\n  c900: {{rank: senior, assumed: a test}}\n{chain}")
        self.assertEqual(self.check(text).returncode, 0)
        self.assertEqual(self.check(text.replace("c900: {rank", "c900: {superior: c0, rank")).stdout.count("circle"), 901)

    def test_numbers_at_the_edge_give_numbers(self):
        for changes in [["strength=0"], ["strength=1e10"], ["strength=1e-300"], ["leaning=-5"], ["leaning=5"], ["speed=1 km/h"], ["speed=1000 km/h"]]:
            units = ["zenda_regiment", "palace_guard", "signals", "tanks", "school"]
            arguments = [word for unit in units for change in changes for word in ("--set", f"units.{unit}.{change}")]
            with self.subTest(changes=changes):
                report = self.run_json(COUNTRY, *arguments, replicates=200)
                self.assertAlmostEqual(sum(report["outcomes"][name]["p"] for name in OUTCOMES), 1.0, places=12)
                replay = self.json_of("replay", COUNTRY, "--json", *arguments)
                believed, other = set(), set()
                for event in replay["events"]:  # NaN would be null here; only what happens in an attempt has a belief
                    (other if event["belief"] is None else believed).add(event["event"])
                    self.assertTrue(event["belief"] is None or 0.0 <= event["belief"] <= 1.0, event)
                    self.assertTrue(event["amount"] >= 0.0 and event["hour"] >= 0.0, event)
                self.assertIn("attempt_begins", believed)
                self.assertEqual(believed & other, set())


if __name__ == "__main__":
    unittest.main()
