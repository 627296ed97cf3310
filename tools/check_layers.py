#!/usr/bin/env python3
"""Check that the libraries in src/ keep to their layers.

A library includes and links only itself and those above it in LAYERS; only some touch files, and few know the format
of files of draws; only the engine knows threads and MPI; none prints or ends the program. Exit code 1 if a rule is broken.

  tools/check_layers.py              check the repository
  tools/check_layers.py --self-test  plant violations in a temporary tree and check that each is found
"""

import argparse
import pathlib
import re
import sys
import tempfile

LAYERS = ["base", "files", "record", "scenario", "world", "model", "engine", "analysis", "fit", "scoring", "study", "report"]
APPS = {"apps", "cli", "python", "web"}
CODE = {".hpp", ".cpp", ".h", ".cc", ".in", ".inl", ".ipp"}

MAY_TOUCH_FILES = re.compile(r"src/(files|record|fit|study)/|src/scenario/files\.")
# Where a format is read from a disk: the rest of a library gets text, so that a browser or Python can hand it in.
DOORS = {
    "scenario/files.hpp": re.compile(r"src/scenario/files\.|src/study/"),
    "files/netcdf.hpp": re.compile(r"src/(files|fit)/"),
}
FILE_HEADERS = {"fstream", "filesystem", "cstdio", "stdio.h", "fcntl.h"}
THREAD_HEADERS = re.compile(r"(tbb|oneapi)/|mpi\.h$|thread$|future$|execution$|pthread\.h$")
PRINTING_HEADERS = {"iostream", "print", "syncstream"}

PRINTS = re.compile(r"\b(?:fmt|std)::print(?:ln)?\b|\b(?:cout|cerr|clog)\b|\b(?:v?f?w?printf|f?put[cs]|putchar|perror)\s*\(")
# Not a member of something else that happens to have such a name (x.exit(), Door::exit()).
ENDS = re.compile(r"(?<![\w.>:])(?:(?:std)?::)?(?:exit|quick_exit|_exit|_Exit|abort|terminate)\s*\(")

INCLUDE = re.compile(r'^[ \t]*#[ \t]*include[ \t]*([<"])([^>"\n]+)[>"]', re.MULTILINE)
TOKEN = re.compile(
    r"""(?P<comment>//[^\n]*|/\*.*?\*/)
      | (?P<string>R"(?P<delimiter>[^\s()\\]{0,16})\(.*?\)(?P=delimiter)" | "(?:\\.|[^"\\\n])*" | (?<![0-9a-fA-F])'(?:\\.|[^'\\\n])*')""",
    re.DOTALL | re.VERBOSE)


def blank(text, kinds):
    """Replace comments or strings by spaces, so that line numbers stay."""

    def replace(match):
        return re.sub(r"[^\n]", " ", match[0]) if match.lastgroup in kinds or match["comment"] and "comment" in kinds else match[0]

    return TOKEN.sub(replace, text)


def line_of(text, position):
    return text.count("\n", 0, position) + 1


def include_problem(path, library, quote, target):
    """What is wrong with an include of `target` in the file `path` of a library (None in apps/), or None."""
    first = target.split("/")[0]
    if THREAD_HEADERS.match(target) and library != "engine" and (library or target.startswith(("tbb/", "oneapi/"))):
        return f"<{target}>: only the engine knows threads and MPI"
    if library is None:
        return None
    if ".." in target.split("/"):
        return f'"{target}": write the path from src/ on'
    if target in DOORS and not DOORS[target].match(path):
        return f'"{target}": include it where files are read, and hand on what is in them (DOORS)'
    if "/" in target and first in LAYERS:
        if LAYERS.index(first) > LAYERS.index(library):
            return f'"{target}": {library} is above {first} and must not include it'
        return None
    if "/" in target and first in APPS:
        return f'"{target}": src must not include apps'
    if quote == '"':
        return f'"{target}": not a library of src/; write "library/file.hpp", or <...> for what is not ours'
    if target in PRINTING_HEADERS:
        return f"<{target}>: only the apps print"
    if target in FILE_HEADERS and not MAY_TOUCH_FILES.match(path):
        return f"<{target}>: only files, record, scenario/files, fit, study and the apps touch files"
    return None


def check_code(root, file):
    path = file.relative_to(root).as_posix()
    library = path.split("/")[1] if path.startswith("src/") else None
    text = file.read_text(encoding="utf-8")
    problems = []
    without_comments = blank(text, {"comment"})
    for match in INCLUDE.finditer(without_comments):
        problem = include_problem(path, library, match[1], match[2].strip())
        if problem:
            problems.append((path, line_of(text, match.start(1)), problem))
    if library:
        code = blank(text, {"comment", "string"})
        for pattern, rule in ((PRINTS, "only the apps print"), (ENDS, "only the apps end the program")):
            for match in pattern.finditer(code):
                problems.append((path, line_of(text, match.start()), f"{match[0].rstrip('( ')}: {rule}"))
    return problems


def check_cmake(root, file):
    path = file.relative_to(root).as_posix()
    text = re.sub(r"#[^\n]*", lambda match: " " * len(match[0]), file.read_text(encoding="utf-8"))
    problems = []
    calls = re.finditer(r"\b(?:interregnum_library\s*\(\s*|(?:target_link_libraries|add_library)\s*\(\s*interregnum_)(\w+)([^()]*)\)", text)
    for call in calls:
        library, arguments = call[1], call[2]
        if library not in LAYERS:
            problems.append((path, line_of(text, call.start(1)), f"library {library} is not in LAYERS of tools/check_layers.py"))
            continue
        for used in re.finditer(r"\binterregnum_(\w+)", arguments):
            if used[1] in LAYERS and LAYERS.index(used[1]) > LAYERS.index(library):
                line = line_of(text, call.start(2) + used.start())
                problems.append((path, line, f"{library} is above {used[1]} and must not link it"))
            elif used[1] not in LAYERS and used[1] != "options":
                line = line_of(text, call.start(2) + used.start())
                problems.append((path, line, f"{library} links interregnum_{used[1]}, which is not a library of src/"))
        # A file of another library compiled into this one would link whatever that library links.
        for source in re.finditer(r"(?:^|\s)(\w+)/[\w/]*\.cpp", arguments):
            if source[1] != library and source[1] in LAYERS:
                problems.append((path, line_of(text, call.start(2) + source.start(1)), f"{library} compiles a file of {source[1]}"))
        if library != "engine":
            for threads in re.finditer(r"\b(?:TBB|MPI|Threads)::\w+", arguments):
                line = line_of(text, call.start(2) + threads.start())
                problems.append((path, line, f"{library} links {threads[0]}: only the engine knows threads and MPI"))
    return problems


def check(root):
    problems = []
    for file in sorted(root.glob("src/**/*")) + sorted(root.glob("apps/**/*")):
        path = file.relative_to(root).as_posix()
        if not file.is_file():
            continue
        if file.name == "CMakeLists.txt" and path.startswith("src/"):
            problems += check_cmake(root, file)
        elif file.suffix in CODE:
            library = path.split("/")[1]
            if path.startswith("src/") and library not in LAYERS:
                problems.append((path, 1, f"{library} is not in LAYERS of tools/check_layers.py"))
            else:
                problems += check_code(root, file)
    return problems


# A tree without violations, including look-alikes that must not be reported.
GOOD = {
    "src/CMakeLists.txt": "interregnum_library(base SOURCES base/a.cpp USES fmt::fmt)\n"
                          "interregnum_library(world SOURCES world/a.cpp USES interregnum_base)  # not interregnum_report\n"
                          "interregnum_library(engine SOURCES engine/a.cpp USES interregnum_world PRIVATE TBB::tbb)\n",
    "src/base/a.cpp": '#include "base/a.hpp"\n#include <vector>\n// #include "engine/a.hpp"; fmt::print\n'
                      "/* std::cout\n   exit(1) */\nconst char* text = \"printf(1); \\\" exit(1)\";\n"
                      "int big = 1'000;\nvoid f(char* p) { snprintf(p, 1, \"a\"); door.exit(); Door::exit(); on_exit(1); }\n",
    "src/base/b.cpp": 'auto raw = R"x(exit(1) " std::cout)x";\n',
    "src/files/a.cpp": "#include <fcntl.h>\n#include <filesystem>\n",
    "src/scenario/files.cpp": "#include <fstream>\n#include <filesystem>\n",
    "src/engine/a.cpp": '#include <tbb/parallel_for.h>\n#include <thread>\n#include "world/a.hpp"\n#include <mpi.h>\n',
    "src/study/a.cpp": '#include "scenario/files.hpp"\n',
    "src/fit/a.cpp": '#include "files/netcdf.hpp"\n',
    "src/record/a.cpp": "#include <fstream>\n",
    "src/report/a.cpp": '#include "base/a.hpp"\n',
    "apps/cli/main.cpp": '#include "report/a.hpp"\n#include <iostream>\n#include <thread>\nint main() { std::cout << 1; exit(1); }\n',
}

# (file, text, line on which it must be reported)
BAD = [
    ("src/base/bad.hpp", '#pragma once\n#include "scenario/a.hpp"\n', 2),
    ("src/scenario/bad.cpp", '#include "world/a.hpp"\n', 1),
    ("src/world/bad.cpp", '/* a\n b */ #include "model/a.hpp"\n', 2),
    ("src/model/seizure/bad.cpp", '\n# include  "engine/a.hpp"\n', 2),
    ("src/engine/bad.cpp", '#include "analysis/a.hpp"\n', 1),
    ("src/analysis/bad.cpp", '#include "report/a.hpp"\n', 1),
    ("src/model/angle.cpp", "#include <report/a.hpp>\n", 1),
    ("src/report/bad.cpp", '#include "cli/commands.hpp"\n', 1),
    ("src/report/apps.cpp", '#include "apps/cli/commands.hpp"\n', 1),
    ("src/world/dots.cpp", '#include "../engine/a.hpp"\n', 1),
    ("src/world/bare.cpp", '#include "world.hpp"\n', 1),
    ("src/extra/bad.cpp", "int a;\n", 1),
    ("src/world/file.cpp", "#include <fstream>\n", 1),
    ("src/scenario/file.cpp", "#include <fstream>\n", 1),
    ("src/scenario/text.cpp", '#include "scenario/files.hpp"\n', 1),
    ("src/analysis/text.cpp", '#include "scenario/files.hpp"\n', 1),
    ("src/model/draws.cpp", '#include "files/netcdf.hpp"\n', 1),
    ("src/study/draws.cpp", '#include "files/netcdf.hpp"\n', 1),
    ("src/model/file.cpp", "#include <filesystem>\n", 1),
    ("src/engine/file.cpp", "#include <cstdio>\n", 1),
    ("src/analysis/file.cpp", "#include <fstream>\n", 1),
    ("src/recording/bad.cpp", "#include <fstream>\n", 1),
    ("src/report/file.cpp", "#include <fstream>\n", 1),
    ("src/record/bad.cpp", '#include "scenario/a.hpp"\n', 1),
    ("src/fit/bad.cpp", '#include "scoring/a.hpp"\n', 1),
    ("src/study/bad.cpp", '#include "report/a.hpp"\n', 1),
    ("src/report/iostream.cpp", "#include <iostream>\n", 1),
    ("src/analysis/tbb.cpp", "#include <tbb/parallel_for.h>\n", 1),
    ("src/model/oneapi.cpp", "#include <oneapi/tbb/parallel_for.h>\n", 1),
    ("src/model/thread.cpp", "#include <thread>\n", 1),
    ("src/analysis/mpi.cpp", "#include <mpi.h>\n", 1),
    ("apps/cli/tbb.cpp", "#include <tbb/parallel_for.h>\n", 1),
    ("src/report/print.cpp", '\nvoid f() { fmt::print("a"); }\n', 2),
    ("src/scenario/cout.cpp", 'void f() {\n  std::cout << "a";\n}\n', 2),
    ("src/report/cerr.cpp", "using std::cerr;\n", 1),
    ("src/base/printf.cpp", 'void f() { std::printf("a"); }\n', 1),
    ("src/base/fprintf.cpp", 'void f() { fprintf(stderr, "a"); }\n', 1),
    ("src/base/puts.cpp", 'void f() { puts("a"); }\n', 1),
    ("src/world/exit.cpp", "void f() { std::exit(1); }\n", 1),
    ("src/world/bare_exit.cpp", "void f() { if (true) exit(1); }\n", 1),
    ("src/world/abort.cpp", "void f() { ::abort (); }\n", 1),
    ("src/model/terminate.cpp", "void f() { std::terminate(); }\n", 1),
    ("src/base/CMakeLists.txt", "interregnum_library(base\n  SOURCES base/a.cpp\n  USES interregnum_model)\n", 3),
    ("src/world/CMakeLists.txt", "target_link_libraries(interregnum_world PUBLIC interregnum_report)\n", 1),
    ("src/model/CMakeLists.txt", "interregnum_library(model SOURCES report/a.cpp)\n", 1),
    ("src/analysis/CMakeLists.txt", "target_link_libraries(interregnum_analysis PRIVATE TBB::tbb)\n", 1),
    ("src/report/CMakeLists.txt", "target_link_libraries(interregnum_report PRIVATE interregnum_cli)\n", 1),
    ("src/extra/CMakeLists.txt", "interregnum_library(extra SOURCES extra/a.cpp)\n", 1),
]


def self_test():
    failures = []

    def found_in(files):
        with tempfile.TemporaryDirectory() as folder:
            root = pathlib.Path(folder)
            for path, text in files.items():
                (root / path).parent.mkdir(parents=True, exist_ok=True)
                (root / path).write_text(text, encoding="utf-8")
            return check(root)

    for path, line, problem in found_in(GOOD):
        failures.append(f"reported without cause: {path}:{line}: {problem}")
    for path, text, line in BAD:
        found = [(where, at) for where, at, _ in found_in({**GOOD, path: text})]
        if found != [(path, line)]:
            failures.append(f"{path}: {text!r}: wanted one report on line {line}, got {found}")
    for failure in failures:
        print(failure)
    print(f"check_layers: self-test: {len(BAD)} violations planted, {len(failures)} failures")
    return 1 if failures else 0


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--self-test", action="store_true")
    parser.add_argument("--root", type=pathlib.Path, default=pathlib.Path(__file__).resolve().parent.parent)
    options = parser.parse_args()
    if options.self_test:
        return self_test()
    problems = check(options.root)
    for path, line, problem in problems:
        print(f"{path}:{line}: {problem}")
    print(f"check_layers: {len(problems)} problem{'' if len(problems) == 1 else 's'}")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
