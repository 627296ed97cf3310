#!/usr/bin/env python3
"""Check that every header in src/ and apps/ compiles alone, with the compiler, include paths and warnings of the project.

Needs a configured build folder, from whose compile_commands.json the flags are taken. Exit code 1 if a header fails.

Headers of libraries are parsed once for many headers of the project: each is compiled on top of a precompiled header that
holds nothing but library headers which it includes anyway, itself or through headers of the project. It can therefore
not borrow a declaration from there that it would lack alone.
"""

import argparse
import concurrent.futures
import json
import os
import pathlib
import re
import shlex
import subprocess
import sys
import tempfile

# Of no use, or in the way, when only the syntax is checked.
DROPPED = ("-O", "-flto", "-fno-fat-lto-objects", "-ffat-lto-objects", "-Winvalid-pch")
# With what follows them: the output, the input, and precompiled headers, which would hide what a header leaves out.
DROPPED_PAIRS = ("-o", "-c", "-include", "-Xclang")

INCLUDE = re.compile(r'^[ \t]*#[ \t]*include[ \t]*([<"])([^>"]+)[>"]', re.MULTILINE)
# Library headers that take long to parse: headers of the project that include the same of these go together.
SLOW = {"CLI/CLI.hpp", "nlohmann/json.hpp", "nlohmann/json_fwd.hpp", "Eigen/Core", "fmt/format.h", "filesystem", "memory",
        "chrono", "functional", "string"}
# So many headers of the project must go together for their library headers to be precompiled.
WORTH_IT = 4


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
        sources = [source]
        if source.parent.name == "Unity":  # several files compiled as one, which includes them
            sources = [pathlib.Path(name).resolve() for _, name in INCLUDE.findall(source.read_text(encoding="utf-8"))]
        for each in sources:
            commands.setdefault(each.parent, (entry["directory"], flags))
    return commands


def command_for(header, root, commands):
    """That of the header's folder, or of the nearest folder of the same library or app (src/model for src/model/seizure)."""
    library = root.joinpath(*header.relative_to(root).parts[:2])
    candidates = [folder for folder in commands if folder.is_relative_to(library)]
    if not candidates:
        return None
    return commands[max(candidates, key=lambda folder: len(os.path.commonpath([folder, header])))]


def library_headers(header, root, known):
    """Names of the library headers that a header includes, itself or through headers of the project."""
    if header not in known:
        known[header] = frozenset()
        names = set()
        for bracket, name in INCLUDE.findall(header.read_text(encoding="utf-8")):
            own = [path for folder in ("src", "apps") if (path := root / folder / name).exists()]
            if bracket == '"' and own:
                names |= library_headers(own[0], root, known)
            elif bracket == "<":
                names.add(name)
        known[header] = frozenset(names)
    return known[header]


def sets_to_precompile(included):
    """Sets of library headers that many headers of the project include, the largest first."""
    alike = {}
    for names in included:
        alike.setdefault(names & SLOW, []).append(names)
    sets = {frozenset.intersection(*members) for slow, members in alike.items() if slow and len(members) >= WORTH_IT}
    return sorted(sets, key=lambda names: (-len(names), sorted(names)))


def precompile(number, names, command, folder):
    """The words that put library headers, parsed already, before a source."""
    directory, flags = command
    header = folder / f"libraries-{number}.hpp"
    header.write_text("".join(f"#include <{name}>\n" for name in sorted(names)), encoding="utf-8")
    is_clang = "clang" in pathlib.Path(flags[0]).name
    output = f"{header}.pch" if is_clang else f"{header}.gch"
    subprocess.run([*flags, "-x", "c++-header", "-o", output, header], cwd=directory, check=True)
    return ["-include-pch", output] if is_clang else ["-include", str(header)]


def compile_alone(header, command, libraries):
    directory, flags = command
    # Included rather than compiled itself: #pragma once in a main file is a warning.
    result = subprocess.run([*flags, *libraries, "-fsyntax-only", "-x", "c++", "-"], cwd=directory, text=True,
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
    failed = 0
    for header in headers:
        if command_for(header, root, commands) is None:
            print(f"{header.relative_to(root)}: no source file in its library or app, hence no compiler flags")
            failed += 1
    headers = [header for header in headers if command_for(header, root, commands)]
    known = {}
    included = {header: library_headers(header, root, known) for header in headers}
    # Flags of the commands know where every library is.
    of_libraries = commands.get(root / "apps" / "cli") or next(iter(commands.values()))
    with tempfile.TemporaryDirectory() as folder, concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        sets = sets_to_precompile(included.values())
        words = list(pool.map(lambda number: precompile(number, sets[number], of_libraries, pathlib.Path(folder)), range(len(sets))))

        def check(header):
            libraries = next((words[number] for number, names in enumerate(sets) if names <= included[header]), [])
            return compile_alone(header, command_for(header, root, commands), libraries)

        for header, code, messages in pool.map(check, headers):
            if code != 0:
                failed += 1
                print(f"{header.relative_to(root)} does not compile alone:\n{messages}")
    print(f"check_headers: {len(headers)} headers, {failed} failed")
    return 1 if failed or not headers else 0


if __name__ == "__main__":
    sys.exit(main())
