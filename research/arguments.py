"""The arguments that the comparisons of generic countries with the record share."""
import argparse
from pathlib import Path

TIERS = ("junior", "middle", "senior")


def read_arguments(description, replicates):
    """What was given, the files of the folder, and the arguments for `interregnum run`."""
    parser = argparse.ArgumentParser(description=description)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--program", default="build/interregnum")
    parser.add_argument("--replicates", type=int, default=replicates)
    arguments, extra = parser.parse_known_args()
    return arguments, sorted(arguments.folder.glob("*.yaml")), extra
