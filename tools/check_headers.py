#!/usr/bin/env python3
"""Check that every header in src/ and apps/ compiles alone, with the compiler, include paths and warnings of the project.

Needs a configured build folder, from whose compile_commands.json the flags are taken. Exit code 1 if a header fails.
"""

import argparse
import concurrent.futures
import json
import os
import pathlib
import shlex
import subprocess
import sys

# Of no use, or in the way, when only the syntax is checked.
DROPPED = ("-flto", "-fno-fat-lto-objects", "-ffat-lto-objects", "-Winvalid-pch")
# With what follows them: the output, the input, and precompiled headers, which would hide what a header leaves out.
DROPPED_PAIRS = ("-o", "-c", "-include")


def flags_by_folder(build, root):
    """The command of one source for each folder that has any, without its input and output."""
    commands = {}
    for entry in json.loads((build / "compile_commands.json").read_text(encoding="utf-8")):
        source = pathlib.Path(entry["directory"], entry["file"]).resolve()
        if not source.is_relative_to(root):
            continue
        words = shlex.split(entry["command"])
        flags = []
        skip = False
        for word in words:
            if skip:
                skip = False
            elif word in DROPPED_PAIRS:
                skip = True
            elif not word.startswith(DROPPED):
                flags.append(word)
        commands.setdefault(source.parent, (entry["directory"], flags))
    return commands


def command_for(header, root, commands):
    """That of the header's folder, or of the nearest folder of the same library or app (src/model for src/model/seizure)."""
    library = root.joinpath(*header.relative_to(root).parts[:2])
    candidates = [folder for folder in commands if folder.is_relative_to(library)]
    if not candidates:
        return None
    return commands[max(candidates, key=lambda folder: len(os.path.commonpath([folder, header])))]


def compile_alone(header, root, command):
    directory, flags = command
    # Included rather than compiled itself: #pragma once in a main file is a warning.
    result = subprocess.run([*flags, "-fsyntax-only", "-x", "c++", "-"], cwd=directory, text=True,
                            input=f'#include "{header}"\n', capture_output=True)
    return header, result.returncode, result.stderr


def main():
    root = pathlib.Path(__file__).resolve().parent.parent
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--build", type=pathlib.Path, default=root / "build", help="configured build folder (default: build)")
    options = parser.parse_args()
    if not (options.build / "compile_commands.json").exists():
        print(f"check_headers: {options.build} is not configured; run cmake --preset release")
        return 1
    commands = flags_by_folder(options.build, root)
    headers = sorted(path for folder in ("src", "apps") for path in (root / folder).rglob("*.hpp"))
    jobs = []
    failed = 0
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        for header in headers:
            command = command_for(header, root, commands)
            if command is None:
                print(f"{header.relative_to(root)}: no source file in its library or app, hence no compiler flags")
                failed += 1
            else:
                jobs.append(pool.submit(compile_alone, header, root, command))
        for job in jobs:
            header, code, messages = job.result()
            if code != 0:
                failed += 1
                print(f"{header.relative_to(root)} does not compile alone:\n{messages}")
    print(f"check_headers: {len(headers)} headers, {failed} failed")
    return 1 if failed or not headers else 0


if __name__ == "__main__":
    sys.exit(main())
