#!/usr/bin/env python3
"""Write the tables of keys in docs/scenario-guide.md from docs/scenario.schema.json, which the program makes of src/scenario/format.hpp.

A table stands behind each mark `<!-- keys: PART -->` and ends at `<!-- end -->`.

  tools/guide.py          write docs/scenario-guide.md
  tools/guide.py --check  exit code 1 if the file is not what would be written
"""

import argparse
import json
import pathlib
import re
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
GUIDE = ROOT / "docs" / "scenario-guide.md"
SCHEMA = ROOT / "docs" / "scenario.schema.json"
# Any entry may have these; the guide describes them once.
COMMON = {"source", "assumed", "note", "unverified"}
MARKED = re.compile(r"(<!-- keys: (\w+) -->\n).*?(<!-- end -->)", re.DOTALL)


def entry_of(part):
    """The object of which a part has one, a list or a table."""
    if part.get("type") == "array":
        return part["items"]
    inner = part.get("additionalProperties")
    return inner if isinstance(inner, dict) else part


def first_form(value):
    """The plainest of the forms that a value can take."""
    while "anyOf" in value:
        value = value["anyOf"][0]
    return value


def values(value):
    """Words or bounds that a schema allows, as far as a reader wants them."""
    form = first_form(value)
    if form.get("type") == "array":
        inner = values(form["items"]) if isinstance(form.get("items"), dict) else ""
        return f"list of {inner}" if inner else "list"
    if form.get("type") == "boolean":
        return "`true` or `false`"
    if "enum" in form:
        # A number that may also be written as text: once is enough.
        names = form["enum"] if all(isinstance(name, str) for name in form["enum"]) else form["enum"][:1]
        return ", ".join(f"`{name}`" for name in names)
    if form.get("type") in ("number", "integer") and "minimum" in form and "maximum" in form and form["maximum"] < 1e4:
        return f"{form['minimum']:g} to {form['maximum']:g}"
    return ""


def table(schema, name):
    part = schema if name == "file" else schema["properties"][name]
    entry = entry_of(part)
    needed = set(entry.get("required", []))
    rows = ["| key | values | meaning |", "| --- | --- | --- |"]
    for key, value in entry["properties"].items():
        if name == "file" and (key == "sources" or value.get("type") in ("object", "array")):
            continue  # parts, which have tables of their own
        if name not in ("file", "sources") and key in COMMON:
            continue
        meaning = value["description"] + (" (needed)" if key in needed else "")
        rows.append(f"| `{key}` | {values(value)} | {meaning} |".replace("|  |", "| |"))
    return "\n".join(rows) + "\n"


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", action="store_true", help="write nothing; exit code 1 if the guide is out of date")
    options = parser.parse_args()
    schema = json.loads(SCHEMA.read_text(encoding="utf-8"))
    old = GUIDE.read_text(encoding="utf-8")
    marked = {name for _, name, _ in MARKED.findall(old)}
    missing = [name for name in ["file", *schema["properties"]]
               if name not in marked and (name == "file" or entry_of(schema["properties"][name]).get("properties"))]
    if missing:
        print(f"{GUIDE.name}: no mark for the keys of {', '.join(missing)}")
        return 1
    new = MARKED.sub(lambda found: found[1] + table(schema, found[2]) + found[3], old)
    if options.check:
        if new != old:
            print(f"{GUIDE.name} is not what tools/guide.py makes of the schema; run it")
        return int(new != old)
    GUIDE.write_text(new, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
