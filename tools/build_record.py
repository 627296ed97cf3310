#!/usr/bin/env python3
"""Makes the record that ships (data/*.csv) from the public datasets, with the program's own import.

  tools/build_record.py --sources FOLDER

FOLDER holds the datasets under the names of FILES; the panel is looked for in FOLDER/extra first, where it has the columns that
are not lagged. data/states.csv (codes and names of states) is kept by hand. Deaths (Center for Systemic Peace) are in no dataset
that the program imports: they come from the joined table, by attempt.
"""
import argparse
import csv
import gzip
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

FILES = ["powell_thyne_1950_2011.tsv", "cam_3_1950_2011.csv", "cline_cdp_2.1.2_1945_2011.csv", "colpus_1946_2011.csv",
         "archigos_4.1_1875_2011.csv", "country_months_1950_2011.csv"]
PANEL = "country_months_1950_2011.csv"
JOINED = "attempts_1950_2011.csv"
# Figures of the panel that cannot be: country, first and last year of the row, column, new value. data/README.md has the reasons.
CORRECTIONS = [
    (626, 2011, 2011, "log_gdp_per_head", ""),
    (626, 2011, 2011, "gdp_growth", ""),
]


def correct(path):
    """Writes the panel anew with CORRECTIONS; each must meet a row."""
    with open(path, encoding="utf-8") as file:
        reader = csv.DictReader(file)
        columns, rows = reader.fieldnames, list(reader)
    for code, first, last, column, value in CORRECTIONS:
        met = [row for row in rows if int(row["ccode"]) == code and first <= int(row["year"]) <= last]
        if not met:
            sys.exit(f"{path}: no row of {code}, {first} to {last}, to correct")
        for row in met:
            row[column] = value
    write(path, [columns] + [[row[column] for column in columns] for row in rows])


def write(path, rows):
    temporary = path.with_suffix(".new")
    with open(temporary, "w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows(rows)
    temporary.rename(path)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sources", type=Path, required=True)
    parser.add_argument("--program", default="build/interregnum")
    parser.add_argument("--data", type=Path, default=Path(__file__).resolve().parent.parent / "data")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        sources = Path(folder)
        for name in FILES + [JOINED]:
            places = [arguments.sources / "extra" / name, arguments.sources / name]
            for place in places:
                packed = place.with_name(place.name + ".gz")
                if packed.exists():
                    with gzip.open(packed, "rb") as source, open(sources / name, "wb") as target:
                        shutil.copyfileobj(source, target)
                    break
                if place.exists():
                    shutil.copy(place, sources / name)
                    break
            else:
                sys.exit(f"{places[-1]}: there is no such file")
        correct(sources / PANEL)
        # The program begins with an empty record, so that nothing of the old one remains.
        empty = sources / "empty"
        empty.mkdir()
        shutil.copy(arguments.data / "states.csv", empty)
        # One attempt, for a table without any is refused.
        (empty / "attempts.csv").write_text("country_code,date,succeeded\n40,1952-03-10,1\n", encoding="utf-8")
        (empty / "country_years.csv").write_text("country_code\n", encoding="utf-8")
        environment = dict(os.environ, INTERREGNUM_DATA=str(empty))
        store = sources / "record.db"

        def program(*words):
            return subprocess.run([arguments.program, "record", *words, "--record", store], check=True, stdout=subprocess.PIPE, text=True, env=environment).stdout

        print(program("import", *(str(sources / name) for name in FILES)))
        with open(sources / JOINED, encoding="utf-8") as file:
            deaths = {row["attempt"]: row["csp_deaths"] for row in csv.DictReader(file)}
        attempts = list(csv.DictReader(program("export").splitlines()))
        for row in attempts:
            row["csp_deaths"] = deaths.get(row["attempt"], "")
        years = list(csv.reader(program("export", "--country-years").splitlines()))
        write(arguments.data / "attempts.csv", [list(attempts[0])] + [list(row.values()) for row in attempts])
        write(arguments.data / "country_years.csv", years)


if __name__ == "__main__":
    main()
