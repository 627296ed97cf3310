#!/usr/bin/env python3
"""Makes the record that ships (data/*.csv) from the public datasets, with the program's own import.

  tools/build_record.py --sources FOLDER

FOLDER holds the datasets under the names of FILES. `country_converter` (PyPI, 1.3) gives ISO 3166-1 codes; states that it
does not know, or that it lists under another code, are in EXTRA. Deaths (Center for Systemic Peace) are in no dataset that the program
imports: they come from the joined table, by attempt.
"""
import argparse
import csv
import gzip
import importlib.resources
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

FILES = ["powell_thyne_1950_2011.tsv", "cam_3_1950_2011.csv", "cline_cdp_2.1.2_1945_2011.csv", "colpus_1946_2011.csv",
         "archigos_4.1_1875_2011.csv", "country_months_1950_2011.csv"]
JOINED = "attempts_1950_2011.csv"
# Correlates of War code: Gleditsch & Ward's code, ISO 3166-1 alpha-3 (none for states that had gone before it), name.
EXTRA = {
    255: (260, "DEU", "Germany"), 265: (265, "", "German Democratic Republic"), 316: (316, "CZE", "Czech Republic"),
    315: (315, "", "Czechoslovakia"), 345: (345, "SRB", "Yugoslavia"), 511: (511, "", "Zanzibar"),
    678: (678, "", "Yemen Arab Republic"), 679: (679, "YEM", "Yemen"), 680: (680, "", "Yemen People's Republic"),
    816: (816, "VNM", "Vietnam"), 817: (817, "", "Republic of Vietnam"), 946: (970, "KIR", "Kiribati"),
    947: (973, "TUV", "Tuvalu"), 955: (972, "TON", "Tonga"), 260: (260, "", "German Federal Republic"),
}


def countries(sources):
    """The countries that occur in the sources, with every name that these have for them."""
    table = (importlib.resources.files("country_converter") / "country_data.tsv").read_text(encoding="utf-8").splitlines()
    known = {int(float(row["GWcode"])): (row["ISO3"], row["name_short"]) for row in csv.DictReader(table, delimiter="\t") if row["GWcode"]}
    names = {}
    with open(sources / "powell_thyne_1950_2011.tsv", encoding="utf-8") as file:
        for row in csv.DictReader(file, delimiter="\t"):
            names.setdefault(int(row["ccode"]), []).append(row["country"])
    with open(sources / "country_months_1950_2011.csv", encoding="utf-8") as file:
        for row in csv.DictReader(file):
            names.setdefault(int(row["ccode"]), []).append(row["country"])
    rows = []
    for code in sorted(set(names) | set(EXTRA)):
        other, iso3, name = EXTRA.get(code) or (code, *known.get(code, ("", names[code][0])))
        others = sorted(set(names.get(code, [])) - {name})
        rows.append([code, other, iso3, name, ";".join(others)])
    return rows


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
            packed = arguments.sources / (name + ".gz")
            if packed.exists():
                with gzip.open(packed, "rb") as source, open(sources / name, "wb") as target:
                    shutil.copyfileobj(source, target)
            elif (arguments.sources / name).exists():
                shutil.copy(arguments.sources / name, sources / name)
            else:
                sys.exit(f"{arguments.sources / name}: there is no such file")
        write(arguments.data / "countries.csv", [["country_code", "other_code", "iso3", "name", "other_names"]] + countries(sources))
        # The program begins with an empty record, so that nothing of the old one remains.
        empty = sources / "empty"
        empty.mkdir()
        shutil.copy(arguments.data / "countries.csv", empty)
        for name in ["attempts.csv", "country_years.csv"]:
            (empty / name).write_text((arguments.data / name).read_text(encoding="utf-8").split("\n")[0] + "\n", encoding="utf-8")
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
