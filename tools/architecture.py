#!/usr/bin/env python3
"""Draw which folder of src/ and apps/ includes which, list the mechanisms, and write docs/architecture.md.

The drawing is made from the #include lines, so it cannot say anything but the code. An arrow that follows from others is left out
(transitive reduction). The list is the table of src/model/mechanisms.hpp.

  tools/architecture.py          write docs/architecture.md
  tools/architecture.py --check  exit code 1 if the file is not what would be written
"""

import argparse
import pathlib
import re
import sys

from check_layers import INCLUDE, LAYERS

ROOT = pathlib.Path(__file__).resolve().parent.parent
FILE = ROOT / "docs" / "architecture.md"
ROOMS = {
    "base": "numbers, text, dates, random draws, messages of errors",
    "files": "reading and writing of formats: tables, SQLite, netCDF, new files that replace old ones whole",
    "record": "attempts of the past, from datasets and the store; states and their codes by date",
    "scenario": "country, claim and article files: their format, reader, schema, mixtures",
    "world": "a country file compiled: entities by number, roads, routes",
    "model": "mechanisms, parameters, state; one step of one future",
    "engine": "futures, one and many; threads",
    "analysis": "outcomes, intervals, comparisons, sensitivity, claims; country files from the record",
    "fit": "parameters from the record, and the file that holds them",
    "scoring": "forecasts against the record, beside simple ones",
    "study": "the steps of a user: load a country, take parameters, run, tell one future",
    "report": "text, JSON, tables and pages made of results",
    "cli": "the program: options, messages, signals, exit codes",
}


def used_by(folder):
    """The folders that a folder includes, but itself."""
    names = set()
    for file in folder.rglob("*.[ch]pp"):
        names |= {target.split("/")[0] for _, target in INCLUDE.findall(file.read_text(encoding="utf-8"))}
    return names & set(ROOMS) - {folder.name}


def reduced(uses):
    """Without the arrows that follow from others."""
    reached = {}

    def reach(room):
        if room not in reached:
            reached[room] = set().union(*({other} | reach(other) for other in uses[room])) if uses[room] else set()
        return reached[room]

    return {room: {other for other in others if not any(other in reach(third) for third in others - {other})} for room, others in uses.items()}


def mechanisms():
    """Rows of the table in src/model/mechanisms.hpp: name, parts of Theta and State, starts with their ranks, step."""
    text = (ROOT / "src" / "model" / "mechanisms.hpp").read_text(encoding="utf-8")
    table = text[text.index("inline constexpr auto mechanisms"):text.index("static_assert")]
    rows = []
    for row in re.findall(r"Mechanism\{(.*?)\},\n", table, re.DOTALL):
        name, theta, state, starts, step = re.fullmatch(
            r'"(\w+)",\s+(?:nothing|parameters\(\d+, &Theta::(\w+),\s+\w+\)),\s+(?:nothing|&State::(\w+)),'
            r"\s+starts\((.*?)\),\s+(\w+)", row, re.DOTALL).groups()
        rows.append((name, theta, state, re.findall(r"Start\{(\d+), (\w+)\}", starts), None if step == "nothing" else step))
    if len(rows) != table.count("Mechanism{"):
        raise SystemExit("architecture: src/model/mechanisms.hpp has a row of another form")
    return rows


def table_of_mechanisms():
    rows = mechanisms()
    order = [function for _, function in sorted(((int(rank), function) for row in rows for rank, function in row[3]))]
    code = lambda word: f"`{word}`" if word else ""
    lines = ["", "The mechanisms, in the order of a step (`src/model/mechanisms.hpp`); in brackets the place of a start among all. Between",
             "steps `engine/replicate.cpp` plays an attempt, and asks whether a plot moves.", "",
             "| mechanism | part of `Theta` | part of `State` | start | step |", "| --- | --- | --- | --- | --- |"]
    for name, theta, state, starts, step in rows:
        started = ", ".join(f"`{function}` ({order.index(function) + 1})" for _, function in starts)
        lines.append(f"| {name} | {code(theta)} | {code(state)} | {started} | {code(step)} |")
    return lines


def page():
    uses = {room: used_by(ROOT / ("apps" if room == "cli" else "src") / room) for room in ROOMS}
    arrows = reduced(uses)
    lines = ["# Architecture", "",
             "Made by `tools/architecture.py`; do not edit. The arrows and sizes come from the code: an arrow says “includes files",
             "of”, and arrows that follow from others are left out. `tools/check_layers.py` refuses an include against them.", "",
             "```mermaid", "flowchart BT"]
    for room in ROOMS:
        lines += [f"    {room} --> {other}" for other in sorted(arrows[room], key=list(ROOMS).index)]
    lines += ["```", "", "| folder | what is in it | lines |", "| --- | --- | --- |"]
    for room, content in ROOMS.items():
        folder = ROOT / ("apps" if room == "cli" else "src") / room
        size = sum(len(file.read_text(encoding="utf-8").splitlines()) for file in folder.rglob("*.[ch]pp"))
        lines.append(f"| `{folder.relative_to(ROOT)}` | {content} | {round(size, -2):,} |")
    lines += table_of_mechanisms()
    lines += ["", "The way of one value, `public.support`, from a country file to a page: `scenario/format.hpp` names its key.",
              "`scenario/reader.cpp` reads it into `Scenario::people`. `world/compile.cpp` gives it a number among the inputs.",
              "`model/inputs.cpp` draws it for one future. `model/public.cpp` lets citizens act on it. `engine/replicate.cpp` notes how",
              "the future ends. `analysis/outcomes.cpp` counts such ends. `study/run.cpp` holds the count.",
              "`report/page_blocks.cpp` draws the bar.", ""]
    return "\n".join(lines)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", action="store_true", help="write nothing; exit code 1 if docs/architecture.md is out of date")
    options = parser.parse_args()
    if set(ROOMS) - {"cli"} != set(LAYERS):
        print("architecture: the folders are not those of tools/check_layers.py")
        return 1
    text = page()
    if not options.check:
        FILE.write_text(text, encoding="utf-8")
        return 0
    # The sizes change with every edit, the rest only with the structure.
    without_sizes = lambda content: re.sub(r"[\d,]+ \|$", "|", content, flags=re.MULTILINE)
    if not FILE.exists() or without_sizes(FILE.read_text(encoding="utf-8")) != without_sizes(text):
        print("architecture: docs/architecture.md is out of date; run tools/architecture.py")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
