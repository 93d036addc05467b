#!/usr/bin/env python3
"""The rules of the house about which file may include what (ARCHITECTURE.md).

    check_layers.py ROOT         checks the tree at ROOT; exit code 1 if a rule is broken
    check_layers.py --self-test  breaks each rule in a made-up tree and expects to be told

Each offence is one line: file:line: what (why); what to do.
"""
import argparse
import fnmatch
import os
import re
import sys
from typing import Dict, Iterator, List, NamedTuple, Optional, Tuple

# Left to right: a folder may include itself and what stands before it.
LAYERS = ["geo", "sim", "scenarios", "viz", "cli"]
SOURCE_SUFFIXES = (".h", ".hpp", ".cpp", ".cc")
GENERATED_HEADERS = {"domino_commit.h"}  # cmake/write_commit.cmake
SKIPPED_FOLDERS = {"build", "node_modules", "dist", "__pycache__"}
NAMELESS_FOLDERS = {"util", "utils", "common", "helper", "helpers", "manager", "managers", "misc"}


class Offence(NamedTuple):
    file: str
    line: int
    what: str
    why: str
    fix: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.what} ({self.why}); {self.fix}"


class Room(NamedTuple):
    """Headers that only the named files may include. Tests may too, except those named in `not_tests`."""

    library: str
    headers: re.Pattern
    files: List[str]
    tests: List[str]


ROOMS = [
    Room("GDAL", re.compile(r"(gdal/)?(gdal|ogr|cpl_|vrtdataset|gnm)[\w.]*\.h$|(gdal/)?gdal[\w]*\.h(pp)?$"),
         ["geo/io/*"], ["tests/*"]),
    Room("PROJ", re.compile(r"(proj/)?(proj|proj_\w+|geodesic)\.h$|proj/.*"), ["geo/io/*"], ["tests/*"]),
    Room("netCDF", re.compile(r"netcdf\w*\.h$"), ["geo/io/*"], ["tests/geo/io/*"]),
    Room("Cairo", re.compile(r"(cairo/)?cairo[\w-]*\.h$"), ["viz/picture/*"], []),
    Room("oneTBB", re.compile(r"(oneapi/)?tbb(/.*|\.h)$|execution$"),
         ["sim/ensemble*.cpp", "sim/dynamics/spread_ensemble.cpp"], ["tests/sim/*", "tests/bench/*"]),
    Room("MPI", re.compile(r"mpi\.h$|mpi/.*|boost/mpi.*"), ["cli/ranks.cpp"], []),
    Room("Boost.Graph", re.compile(r"boost/(graph|property_map)/.*|boost/(graph|property_map)\.hpp$"),
         ["sim/graph/*.cpp"], []),
]
# What the installed libraries keep to themselves: the libraries behind them are linked privately.
INSTALL_LIST = "cmake/DominoInstall.cmake"
INSTALLED_FOLDERS = ("geo", "sim", "scenarios")
LEFT_OUT = re.compile(r'PATTERN "((?:geo|sim|scenarios)/[\w/]+\.h)" EXCLUDE')
PRIVATE_HEADERS = re.compile(r"(toml\+\+|boost|nlohmann|Random123)/.*")  # and those of rooms
# Tests of the model are built without GDAL and PROJ, as the model is.
PURE_FOLDERS = ("sim/", "tests/sim/")

# The model knows no files, clocks, threads or other people's random numbers.
MODEL_HEADERS = {
    "fstream": "it reads no files",
    "filesystem": "it reads no files",
    "cstdio": "it reads and prints nothing",
    "stdio.h": "it reads and prints nothing",
    "iostream": "it reads and prints nothing",
    "chrono": "it has no clock",
    "ctime": "it has no clock",
    "time.h": "it has no clock",
    "sys/time.h": "it has no clock",
    "thread": "members run in parallel in the ensemble driver alone",
    "future": "members run in parallel in the ensemble driver alone",
    "pthread.h": "members run in parallel in the ensemble driver alone",
    "random": "the standard distributions differ between libraries, and every draw is addressed by meaning",
}

# libm's last bits depend on the instruction set, so these would make results differ between machines.
# sqrt, fma, floor and the like are exact or correctly rounded and are welcome.
TRANSCENDENTALS = (
    "exp exp2 expm1 log log2 log10 log1p pow sin cos tan asin acos atan atan2 sinh cosh tanh asinh acosh "
    "atanh cbrt hypot erf erfc tgamma lgamma beta").split()
NAMES = "|".join(TRANSCENDENTALS)
STD_CALL = re.compile(rf"(?:\bstd\s*::|(?<![\w>])::|\b__builtin_)\s*({NAMES})[fl]?\s*\(")
BARE_CALL = re.compile(rf"(?<![\w:.])(?<!->)({NAMES})[fl]?\s*\(")
PORTABLE_FOLDERS = ("geo/", "sim/", "scenarios/", "viz/")  # whatever writes a number into a result
# Files that may call libm, each with the reason its bits cannot reach a result unrounded.
LIBM_ALLOWED: Dict[str, str] = {
    "geo/portable_math.*": "home of the portable functions; they carry libm's names",
    "geo/io/*": "works beside GDAL and PROJ, which call libm themselves; lengths are rounded to 1 m",
}
INCLUDE = re.compile(r'^[ \t]*#[ \t]*include[ \t]*(<([^>\n]+)>|"([^"\n]+)")', re.M)
COMMENT_OR_TEXT = re.compile(
    r'//[^\n]*|/\*.*?\*/|R"([^()\\\s]{0,16})\(.*?\)\1"|"(?:\\.|[^"\\\n])*"|(?<![0-9a-fA-F])\'(?:\\.|[^\'\\\n])+\'',
    re.S)


def blank(text: str, keep_strings: bool) -> str:
    """The text with comments (and, unless kept, literals) turned into blanks; lines keep their numbers."""
    def replace(match: re.Match) -> str:
        found = match.group(0)
        if keep_strings and not found.startswith(("//", "/*")):
            return found
        return re.sub(r"[^\n]", " ", found)
    return COMMENT_OR_TEXT.sub(replace, text)


def matches(path: str, patterns) -> bool:
    return any(fnmatch.fnmatchcase(path, p) for p in patterns)


def layer_of(path: str) -> Optional[str]:
    """The layer whose rules hold for a file: its folder, for tests/<layer>/… the mirrored one."""
    parts = path.split("/")
    if parts[0] == "tests" and len(parts) > 2:
        parts = parts[1:]
    return parts[0] if parts[0] in LAYERS and len(parts) > 1 else None


class Include(NamedTuple):
    line: int
    header: str
    quoted: bool


def includes_of(text: str) -> List[Include]:
    clean = blank(text, keep_strings=True)
    return [Include(clean.count("\n", 0, m.start()) + 1, m.group(2) or m.group(3), m.group(3) is not None)
            for m in INCLUDE.finditer(clean)]


def check_direction(path: str, include: Include) -> Iterator[Offence]:
    """geo <- sim <- scenarios <- viz <- cli; geo/io for scenarios, viz, cli."""
    first = include.header.split("/")[0]
    if include.quoted and first not in LAYERS + ["tests"] and include.header not in GENERATED_HEADERS:
        yield Offence(path, include.line, f'includes "{include.header}"',
                      "includes of the project are written from the root, so that a line tells its folder",
                      "write the whole path, or <> for a library")
        return
    if first == "tests" and not path.startswith("tests/"):
        yield Offence(path, include.line, f'includes "{include.header}"',
                      "the program does not know its tests", "move what is shared into the program")
        return
    if first not in LAYERS:
        return
    layer = layer_of(path)
    if layer is None:
        return
    if LAYERS.index(first) > LAYERS.index(layer):
        yield Offence(path, include.line, f'{layer} includes "{include.header}"',
                      f"{first} stands above {layer}: {' <- '.join(LAYERS)}",
                      f"pass what is needed in a plain struct of {layer}, or move this code to {first}")
    elif include.header.startswith("geo/io/") and not path.startswith(("geo/io/", "tests/geo/")):
        if layer in ("geo", "sim"):
            yield Offence(path, include.line, f'{layer} includes "{include.header}"',
                          "geo/io knows GDAL and files; only scenarios, viz and cli use it",
                          "take the numbers as arguments and let scenarios read them")


def check_rooms(path: str, include: Include) -> Iterator[Offence]:
    for room in ROOMS:
        if not room.headers.match(include.header) or include.header.split("/")[0] in LAYERS:
            continue
        pure = path.startswith(PURE_FOLDERS) and room.library in ("GDAL", "PROJ")
        if matches(path, room.files) or (matches(path, room.tests) and not pure):
            continue
        yield Offence(path, include.line, f"includes <{include.header}>",
                      f"{room.library} is known only in {', '.join(room.files)}",
                      "go through the interface those files offer")


def check_model_headers(path: str, include: Include) -> Iterator[Offence]:
    if path.startswith("sim/") and not include.quoted and include.header in MODEL_HEADERS:
        yield Offence(path, include.line, f"sim includes <{include.header}>",
                      f"of the model: {MODEL_HEADERS[include.header]}",
                      "take the value as an argument, or do this in cli")


def check_libm(path: str, text: str) -> Iterator[Offence]:
    if not path.startswith(PORTABLE_FOLDERS) or matches(path, LIBM_ALLOWED):
        return
    clean = blank(text, keep_strings=False)
    calls = {(clean.count("\n", 0, match.start(1)) + 1, match.group(1))
             for pattern in (STD_CALL, BARE_CALL) for match in pattern.finditer(clean)}
    for line, name in sorted(calls):
        yield Offence(path, line, f"calls libm's {name}", "its last bits differ between machines, so results would",
                      f"write portable::{name} (geo/portable_math.h)")


def check_cycles(graph: Dict[str, List[Include]]) -> Iterator[Offence]:
    """A header that reaches itself; each cycle told once, where its first file closes it."""
    done, told = set(), set()

    def walk(path: str, trail: List[str]) -> Iterator[Offence]:
        for include in graph.get(path, []):
            target = include.header
            if target in trail:
                cycle = trail[trail.index(target):]
                if frozenset(cycle) not in told:
                    told.add(frozenset(cycle))
                    yield Offence(path, include.line, "closes a circle of includes: " +
                                  " -> ".join(cycle + [target]), "parts must be changeable one at a time",
                                  "move what both need into a header of its own")
            elif target in graph and target not in done:
                yield from walk(target, trail + [target])
        done.add(path)

    for path in sorted(graph):
        if path not in done:
            yield from walk(path, [path])


def check_installed(root: str, graph: Dict[str, List[Include]]) -> Iterator[Offence]:
    """Headers that reach a library's own, through others too, are left out by cmake/DominoInstall.cmake, and no more."""
    file = os.path.join(root, INSTALL_LIST)
    if not os.path.isfile(file):
        yield Offence(INSTALL_LIST, 0, "is missing", "it lists the headers that are not installed",
                      "name its new place in tests/check_layers.py")
        return
    left_out: Dict[str, int] = {}
    with open(file, encoding="utf-8") as text:
        for number, line in enumerate(text, 1):
            for header in LEFT_OUT.findall(line.split("#")[0]):
                left_out[header] = number
    shown: Dict[str, Optional[Tuple[int, str]]] = {}

    def shows(path: str) -> Optional[Tuple[int, str]]:
        """Where a header includes what leads to a library's own, and which that is."""
        if path not in shown:
            shown[path] = None  # while it is looked at, for circles
            for include in graph.get(path, []):
                # Who is no member of a room has been told so.
                own = not include.quoted and (PRIVATE_HEADERS.match(include.header) or any(
                    room.headers.match(include.header) and matches(path, room.files) for room in ROOMS))
                through = None if own else shows(include.header)
                if own or through:
                    shown[path] = (include.line, include.header if own else through[1])
                    break
        return shown[path]

    for path in sorted(graph):
        if path.split("/")[0] not in INSTALLED_FOLDERS:
            continue
        found = shows(path)
        if found and path not in left_out:
            yield Offence(path, found[0], f"is installed and leads to <{found[1]}>",
                          "that library is linked privately: who uses the installed ones may not find its headers",
                          f"hide it in a .cpp, or leave the header out in {INSTALL_LIST}")
        if not found and path in left_out:
            yield Offence(INSTALL_LIST, left_out[path], f"leaves out {path}", "it shows no library's types",
                          "install it")
    for path in sorted(set(left_out) - set(graph)):
        yield Offence(INSTALL_LIST, left_out[path], f"leaves out {path}", "there is no such header",
                      "take the line away")


def files_of(root: str) -> Iterator[Tuple[str, bool]]:
    """(path from the root, is a folder), sorted, without what is built or fetched."""
    for folder, subfolders, files in os.walk(root):
        at_root = os.path.samefile(folder, root)
        subfolders[:] = sorted(s for s in subfolders if s not in SKIPPED_FOLDERS and not s.startswith(".")
                               and not (at_root and s.startswith("out"))
                               or s == "build" and not at_root)
        for name in subfolders:
            yield os.path.relpath(os.path.join(folder, name), root).replace(os.sep, "/"), True
        for name in sorted(files):
            yield os.path.relpath(os.path.join(folder, name), root).replace(os.sep, "/"), False


def check_names(path: str, is_folder: bool) -> Iterator[Offence]:
    stem = path.rsplit("/", 1)[-1].split(".")[0].lower()
    if stem in NAMELESS_FOLDERS and (is_folder or path.endswith(SOURCE_SUFFIXES + (".ts", ".py", ".mjs"))):
        yield Offence(path, 0, f"is called '{stem}'", "a thing without a home shows a missing concept",
                      "name the concept")


def check_tree(root: str) -> Tuple[List[Offence], int]:
    offences: List[Offence] = []
    graph: Dict[str, List[Include]] = {}
    checked = 0
    for path, is_folder in files_of(root):
        offences += check_names(path, is_folder)
        if is_folder or not path.endswith(SOURCE_SUFFIXES):
            continue
        if path.split("/")[0] not in LAYERS + ["tests"]:
            continue
        checked += 1
        with open(os.path.join(root, path), encoding="utf-8", errors="replace") as file:
            text = file.read()
        includes = includes_of(text)
        if path.endswith((".h", ".hpp")):
            graph[path] = includes
        for include in includes:
            offences += check_direction(path, include)
            offences += check_rooms(path, include)
            offences += check_model_headers(path, include)
        offences += check_libm(path, text)
    offences += check_cycles(graph)
    offences += check_installed(root, graph)
    return sorted(offences), checked


# --- self-test -------------------------------------------------------------------------------------------

# A small tree that breaks nothing, with everything in its right room and traps that only look like offences.
CLEAN = {
    "geo/lonlat.h": "#pragma once\n#include <cmath>\n",
    "geo/io/raster.cpp": '#include "geo/lonlat.h"\n#include <gdal_priv.h>\n#include <proj.h>\n'
                         "double f(double x) { return std::exp(x); }\n",
    "geo/io/raster.h": '#pragma once\n#include "geo/lonlat.h"\n#include <filesystem>\n',
    "geo/portable_math.h": "#pragma once\nnamespace domino::portable { double exp(double x); }\n",
    "sim/hazard.cpp": '#include "geo/portable_math.h"\n#include <cmath>\n'
                      "// std::exp(x) would differ; #include <chrono>\n"
                      '/*\n#include "viz/report.h"\n*/\n'
                      'const char* text = "std::log(1)";\n'
                      "double f(double x) { return portable::exp(x) + std::sqrt(x) + std::floor(x); }\n",
    "sim/catalogue.cpp": "int f(Log& a) { a.log(1); a.sexp(2); return blog(3); }\n",
    "sim/ensemble.cpp": "#include <tbb/parallel_for.h>\n",
    "sim/graph/multiplex.cpp": "#include <boost/graph/adjacency_list.hpp>\n",
    "scenarios/world/build_world.cpp": '#include "geo/io/raster.h"\n#include "geo/portable_math.h"\n',
    "viz/report.h": "#pragma once\n",
    "viz/report.cpp": '#include "viz/report.h"\n#include "scenarios/x.h"\n#include "geo/io/raster.h"\n',
    "cli/main.cpp": '#include "viz/report.h"\n#include "domino_commit.h"\n#include <chrono>\n',
    "tests/geo/raster_test.cpp": '#include "geo/io/raster.h"\n#include <gdal.h>\n',
    "tests/sim/hazard_test.cpp": '#include "geo/portable_math.h"\n#include <chrono>\n'
                                 "double f(double x) { return std::exp(x); }\n",
    "data/build/places.py": "print()\n",
    "cli/run_manager/a.h": "#pragma once\n",  # only a whole name is nameless
    "cmake/DominoInstall.cmake": '# What is installed.\nPATTERN "geo/io/frame.h" EXCLUDE '
                                 'PATTERN "scenarios/read.h" EXCLUDE\n',
    "geo/io/frame.h": "#pragma once\n#include <gdal_priv.h>\n",
    "scenarios/read.h": '#pragma once\n#include <string>\n#include "geo/io/frame.h"\n',
    "build/dev/utils/x.h": '#include "viz/report.h"\n',
    "viz/web/node_modules/utils/index.ts": "",
}

# What is written into the clean tree, and the one offence expected: file, line, words of the message.
BROKEN = [
    ("sim/a.cpp", '#include <vector>\n#include "scenarios/scenario.h"\n', 2, "scenarios stands above sim"),
    ("geo/a.h", '#pragma once\n#include "sim/world.h"\n', 2, "sim stands above geo"),
    ("viz/a.cpp", '#include "cli/run.h"\n', 1, "cli stands above viz"),
    ("scenarios/a.cpp", '  #  include "viz/a.h"\n', 1, "viz stands above scenarios"),
    ("tests/sim/a_test.cpp", '#include "scenarios/scenario.h"\n', 1, "scenarios stands above sim"),
    ("sim/a.cpp", '#include "geo/io/raster.h"\n', 1, "only scenarios, viz and cli"),
    ("geo/a.cpp", '#include "geo/io/raster.h"\n', 1, "only scenarios, viz and cli"),
    ("tests/sim/a_test.cpp", '#include "geo/io/raster.h"\n', 1, "only scenarios, viz and cli"),
    ("sim/a.cpp", '#include "../geo/lonlat.h"\n', 1, "written from the root"),
    ("sim/a.cpp", '#include "world.h"\n', 1, "written from the root"),
    ("cli/a.cpp", '#include "tests/support/small.h"\n', 1, "does not know its tests"),
    ("viz/a.cpp", "#include <gdal_priv.h>\n", 1, "GDAL is known only in geo/io"),
    ("viz/a.cpp", "#include <ogrsf_frmts.h>\n", 1, "GDAL is known only in geo/io"),
    ("viz/a.cpp", "#include <gdal/cpl_conv.h>\n", 1, "GDAL is known only in geo/io"),
    ("geo/a.cpp", "#include <cpl_conv.h>\n", 1, "GDAL is known only in geo/io"),
    ("tests/sim/a_test.cpp", "#include <gdal.h>\n", 1, "GDAL is known only in geo/io"),
    ("geo/a.cpp", "#include <geodesic.h>\n", 1, "PROJ is known only in geo/io"),
    ("scenarios/a.cpp", "#include <proj.h>\n", 1, "PROJ is known only in geo/io"),
    ("sim/a.cpp", "#include <tbb/parallel_for.h>\n", 1, "oneTBB is known only in sim/ensemble"),
    ("sim/a.cpp", "#include <oneapi/tbb/task_arena.h>\n", 1, "oneTBB is known only in sim/ensemble"),
    ("sim/a.cpp", "#include <execution>\n", 1, "oneTBB is known only in sim/ensemble"),
    ("sim/ensemble.h", "#pragma once\n#include <tbb/parallel_for.h>\n", 2, "oneTBB is known only in"),
    ("cli/a.cpp", "#include <mpi.h>\n", 1, "MPI is known only in cli/ranks"),
    ("sim/a.cpp", "#include <boost/graph/adjacency_list.hpp>\n", 1, "Boost.Graph is known only in"),
    ("viz/a.h", "#pragma once\n#include <boost/graph/graph_traits.hpp>\n", 2, "Boost.Graph is known"),
    ("sim/graph/a.h", "#pragma once\n#include <boost/container/flat_map.hpp>\n", 2, "leads to <boost/container"),
    ("sim/a.cpp", "#include <fstream>\n", 1, "it reads no files"),
    ("sim/a.cpp", "#include <filesystem>\n", 1, "it reads no files"),
    ("sim/a.cpp", "/* a\n b */ #include <chrono>\n", 2, "it has no clock"),
    ("sim/a.cpp", "#include <thread>\n", 1, "ensemble driver alone"),
    ("sim/a.cpp", "#include <random>\n", 1, "standard distributions differ"),
    ("sim/a.cpp", "#include <cmath>\n\ndouble f(double x) { return std::exp(x); }\n", 3, "libm's exp"),
    ("sim/a.cpp", "double f(double x) { return std::pow(x, 2.0); }\n", 1, "libm's pow"),
    ("sim/a.h", "inline double f(double x) { return ::log1p(x); }\n", 1, "libm's log1p"),
    ("sim/a.cpp", "double f(double x) { return 2.0 * sin(x); }\n", 1, "libm's sin"),
    ("sim/a.cpp", "float f(float x) { return std::expf(x); }\n", 1, "libm's exp"),
    ("geo/a.cpp", "double f(double x) { return std :: cos (x); }\n", 1, "libm's cos"),
    ("scenarios/world/a.cpp", "double f(double x) { return std::log(x); }\n", 1, "libm's log"),
    ("viz/a.cpp", "double f(double x) { return std::log10(x); }\n", 1, "libm's log10"),
    ("sim/a.cpp", '#include "geo/portable_math.h"\ndouble f(double x) { return exp(x); }\n', 2, "libm's exp"),
    ("geo/io/a.h", "#pragma once\n#include <ogr_core.h>\n", 2, "is installed and leads to <ogr_core.h>"),
    ("geo/io/a.h", "#pragma once\n#include <geodesic.h>\n", 2, "leads to <geodesic.h>"),
    ("scenarios/a.h", '#pragma once\n#include "scenarios/read.h"\n', 2, "leads to <gdal_priv.h>"),
    ("scenarios/a.h", "#pragma once\n#include <toml++/toml.h>\n", 2, "leads to <toml++/toml.h>"),
    ("geo/a.h", '#pragma once\n#include "geo/a.h"\n', 2, "circle of includes: geo/a.h -> geo/a.h"),
]

# Files whose path holds a nameless folder or file, and the path that is told.
NAMELESS = [
    ("geo/utils/a.h", "geo/utils"),
    ("viz/web/src/helpers/a.ts", "viz/web/src/helpers"),
    ("data/build/common/a.py", "data/build/common"),
    ("sim/common.h", "sim/common.h"),
]


def self_test() -> int:
    import tempfile

    failures = 0

    def expect(name: str, extra: Dict[str, Optional[str]], wanted: List[Tuple[str, int, str]]) -> None:
        nonlocal failures
        with tempfile.TemporaryDirectory() as root:
            for path, text in {**CLEAN, **extra}.items():
                if text is None:
                    continue
                full = os.path.join(root, path)
                os.makedirs(os.path.dirname(full), exist_ok=True)
                with open(full, "w", encoding="utf-8") as file:
                    file.write(text)
            found, _ = check_tree(root)
        good = len(found) == len(wanted) and all(
            o.file == file and o.line == line and words in str(o)
            for o, (file, line, words) in zip(found, wanted))
        if not good:
            failures += 1
            print(f"self-test: {name}: expected {wanted}, was told:")
            for offence in found:
                print(f"  {offence}")

    expect("a clean tree", {}, [])
    for path, text, line, words in BROKEN:
        expect(f"{path} with {text!r}", {path: text}, [(path, line, words)])
    for path, told in NAMELESS:
        expect(f"{path}, a file without a name", {path: ""}, [(told, 0, "missing concept")])
    expect("two headers in a circle",
           {"sim/a.h": '#pragma once\n#include "sim/b.h"\n', "sim/b.h": '#pragma once\n#include "sim/a.h"\n'},
           [("sim/b.h", 2, "sim/a.h -> sim/b.h -> sim/a.h")])
    expect("a header left out for nothing", {"scenarios/read.h": "#pragma once\n"},
           [(INSTALL_LIST, 2, "leaves out scenarios/read.h (it shows no library's types)")])
    expect("a header left out that is none", {INSTALL_LIST: CLEAN[INSTALL_LIST] + 'PATTERN "geo/b.h" EXCLUDE\n'},
           [(INSTALL_LIST, 3, "there is no such header")])
    expect("no list of headers that are left out", {INSTALL_LIST: None}, [(INSTALL_LIST, 0, "is missing")])
    expect("two offences in one file", {"sim/a.cpp": "#include <thread>\n#include <gdal.h>\n"},
           [("sim/a.cpp", 1, "ensemble driver"), ("sim/a.cpp", 2, "GDAL")])
    print(f"check_layers self-test: {len(BROKEN) + len(NAMELESS) + 6} cases, {failures} failed")
    return 1 if failures else 0


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("root", nargs="?", help="root of the project")
    parser.add_argument("--self-test", action="store_true", help="prove that each rule can fail")
    arguments = parser.parse_args()
    if arguments.self_test:
        return self_test()
    if not arguments.root or not os.path.isdir(os.path.join(arguments.root, "sim")):
        parser.error("name the root of the project, the folder that holds geo, sim, scenarios, viz and cli")
    offences, checked = check_tree(arguments.root)
    for offence in offences:
        print(offence)
    print(f"check_layers: {checked} files, {len(offences)} offences")
    return 1 if offences else 0


if __name__ == "__main__":
    sys.exit(main())
