#!/usr/bin/env python3
"""Runs the benchmarks and writes the table of docs/performance.md: each goal with what was obtained.

    tests/bench/table.py [--build build/bench] [--write docs/performance.md] [--with-w6] [--only REGEX]

Rates a core are by processor time, which other programs on the machine disturb least; rows that say "wall"
need a quiet machine, and the load is printed with them. SciPy and Numba run the same graph where the
distribution's packages are installed; else their rows say so. Timings are never asserted.
"""
import argparse
import json
import math
import os
import re
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from typing import Callable, Dict, List, NamedTuple, Optional, Tuple

BEGIN, END = "<!-- figures: tests/bench/table.py -->", "<!-- end of figures -->"
PEER_STEPS = {"scipy": 24, "numba": 240}
PEER_MEMBERS = {"scipy": 64, "numba": 8}


class Row(NamedTuple):
    what: str
    goal: str
    obtained: str


# --- the same model with SciPy and Numba ------------------------------------------------------------------

def read_graph(file: str):
    import numpy as np
    raw = np.fromfile(file, np.int32)
    places, edges = int(raw[0]), int(raw[1])
    begin = raw[2:3 + places]
    source = raw[3 + places:3 + places + edges]
    weight = raw[3 + places + edges:3 + places + 2 * edges].view(np.float32)
    return places, begin, source, weight


def run_scipy(file: str, steps: int, members: int) -> int:
    import numpy as np
    import scipy.sparse
    places, begin, source, weight = read_graph(file)
    matrix = scipy.sparse.csr_matrix((weight, source, begin), shape=(places, places))
    rng = np.random.default_rng(1)
    state = np.zeros((places, members), np.float32)
    for _ in range(steps):
        hazard = matrix @ state
        hazard *= np.float32(0.06)
        hazard += np.float32(2e-4)
        state[rng.random((places, members), dtype=np.float32) < hazard] = 1
    return matrix.nnz


def run_numba(file: str, steps: int, members: int) -> int:
    import numba
    import numpy as np
    places, begin, source, weight = read_graph(file)

    @numba.njit(fastmath=True)
    def simulate(begin, source, weight, places, steps, members):
        committed = 0
        for m in range(members):
            np.random.seed(m)
            now = np.zeros(places, np.uint8)
            after = np.zeros(places, np.uint8)
            for _ in range(steps):
                for i in range(places):
                    if now[i]:
                        after[i] = 1
                        continue
                    pressure = np.float32(0)
                    for e in range(begin[i], begin[i + 1]):
                        if now[source[e]]:
                            pressure += weight[e]
                    after[i] = 1 if np.random.random() < 2e-4 + 0.06 * pressure else 0
                now, after = after, now
            committed += now.sum()
        return committed

    simulate(begin, source, weight, places, 1, 1)  # compiled outside the time
    start = resource.getrusage(resource.RUSAGE_SELF).ru_utime
    simulate(begin, source, weight, places, steps, members)
    print(resource.getrusage(resource.RUSAGE_SELF).ru_utime - start)
    return len(source)


def peer_main(name: str, file: str) -> None:
    start = resource.getrusage(resource.RUSAGE_SELF).ru_utime
    edges = {"scipy": run_scipy, "numba": run_numba}[name](file, PEER_STEPS[name], PEER_MEMBERS[name])
    if name == "scipy":
        print(resource.getrusage(resource.RUSAGE_SELF).ru_utime - start)
    print(edges)


def measure_peer(name: str, graph: str) -> Optional[float]:
    """Edge-steps a second and core, or None where the package is missing."""
    environment = {**os.environ, "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}
    done = subprocess.run([sys.executable, __file__, "--peer", name, graph], env=environment,
                          capture_output=True, text=True)
    if done.returncode != 0:
        reason = done.stderr.strip().splitlines()[-1] if done.stderr.strip() else "no reason given"
        print(f"table: {name} is skipped: {reason}", file=sys.stderr)
        return None
    seconds, edges = done.stdout.split()
    return int(edges) * PEER_STEPS[name] * PEER_MEMBERS[name] / float(seconds)


# --- our own ----------------------------------------------------------------------------------------------

class Figures:
    """Benchmarks by name, without Google Benchmark's suffixes."""

    def __init__(self) -> None:
        self.by_name: Dict[str, dict] = {}

    def run(self, program: str, arguments: List[str]) -> None:
        with tempfile.NamedTemporaryFile(suffix=".json") as out:
            subprocess.run([program, *arguments, f"--benchmark_out={out.name}", "--benchmark_out_format=json"],
                           check=True, stdout=sys.stderr)
            with open(out.name, encoding="utf-8") as file:
                text = file.read()
        # A program none of whose benchmarks is wanted writes nothing.
        results = json.loads(text)["benchmarks"] if text else []
        for result in results:
            if result.get("error_occurred"):
                continue
            name = re.sub(r"/(process_time|real_time|iterations:\d+)", "", result["name"])
            self.by_name[name] = result

    def seconds(self, name: str, key: str) -> Optional[float]:
        found = self.by_name.get(name)
        scale = {"ns": 1e-9, "us": 1e-6, "ms": 1e-3, "s": 1.0}
        return found[key] * scale[found["time_unit"]] if found else None

    def cpu(self, name: str) -> Optional[float]:
        return self.seconds(name, "cpu_time")

    def wall(self, name: str) -> Optional[float]:
        return self.seconds(name, "real_time")

    def counter(self, name: str, counter: str) -> Optional[float]:
        return self.by_name.get(name, {}).get(counter)

    def rate_by_cpu(self, name: str, counter: str) -> Optional[float]:
        """Of a benchmark whose rates are by wall time."""
        rate = self.counter(name, counter)
        return None if rate is None else rate * self.wall(name) / self.cpu(name)


def ratio(a: Optional[float], b: Optional[float]) -> Optional[float]:
    return a / b if a is not None and b else None


def show(value: Optional[float], text: Callable[[float], str]) -> str:
    return "not measured" if value is None else text(value)


def commitment_rows(figures: Figures, peers: Dict[str, Optional[float]]) -> List[Row]:
    rate = figures.counter("W1/commitment", "edge_steps")
    pressure = figures.counter("W1/pressure_only", "edge_steps")
    undrawn = figures.counter("W1/without_draws", "edge_steps")
    draws = figures.counter("W1/draws_only", "draws")
    rows = [
        Row("W1, commitment alone, edge-steps a second and core", "≥ 20 G with AVX-512",
            show(rate, lambda v: f"{v / 1e9:.1f} G")),
        Row("W1 without its draws", "", show(undrawn, lambda v: f"{v / 1e9:.1f} G")),
        Row("W1, pressure only", "", show(pressure, lambda v: f"{v / 1e9:.1f} G")),
        Row("W1 as a share of pressure only, same run", "≥ 0.40",
            show(ratio(rate, pressure), lambda v: f"{v:.2f}")),
        Row("W1 as a world of the model, 16 members (attribution, books), edge-steps a second and core", "",
            show(figures.rate_by_cpu("W1/in_the_model", "edge_steps"), lambda v: f"{v / 1e9:.2f} G")),
        Row("Exp(1) draws a second and core", "", show(draws, lambda v: f"{v / 1e6:.0f} M")),
    ]
    for peer, goal in (("scipy", "≥ 15 ×"), ("numba", "")):
        name = {"scipy": "SciPy", "numba": "Numba"}[peer]
        if peers.get(peer) is None:
            rows.append(Row(f"W1 against {name} on the same graph", goal, "skipped: not installed or not run"))
            continue
        rows.append(Row(f"{name} on the same graph, edge-steps a second and core", "",
                        f"{peers[peer] / 1e6:.0f} M"))
        rows.append(Row(f"W1 against {name}", goal, show(ratio(rate, peers[peer]), lambda v: f"{v:.0f} ×")))
    return rows


def influence_rows(figures: Figures) -> List[Row]:
    one, two = "W2/seeds/threads:1", "W2/seeds/threads:2"
    return [
        Row("W2, 50 seeds by independent cascade on W1's graph, one core", "≤ 0.35 s",
            show(figures.cpu(one), lambda v: f"{v:.2f} s")),
        Row("W2, their spread by 2,000 cascades of their own", "≥ 10,870 on the graph of the goals",
            show(figures.counter(one, "spread"), lambda v: f"{v:,.0f}")),
        Row("W2, certified part of the best, confidence 0.999", "",
            show(figures.counter(one, "certified"), lambda v: f"{v:.3f}")),
        Row("W2, 1 → 2 threads, wall", "≥ 1.7 ×",
            show(ratio(figures.wall(one), figures.wall(two)), lambda v: f"{v:.2f} ×")),
    ]


def elementary_rows(figures: Figures) -> List[Row]:
    rows = []
    for name, text in (("exponential", "e^x"), ("gone_share", "1 − e^−x"), ("log1p_growth", "ln(1 + x)"),
                       ("adoption_pair", "1 − e^−x and ln(1 + x) together, as a step of adoption takes")):
        value = figures.counter("elementary/" + name, "values")
        rows.append(Row(f"{text}, values a second and core", "", show(value, lambda v: f"{v / 1e9:.2f} G")))
    return rows


def machine_rows(figures: Figures) -> List[Row]:
    """What the machine itself does, beside the figures of the one the goals were set on."""
    triad = "three arrays of floats, a = b + s·c, {}"
    rows = []
    for name, where, there in (("first_cache", "in the first cache", 426), ("second_cache", "in the second", 202),
                               ("third_cache", "in the third", 112), ("memory", "in memory", 32)):
        value = figures.counter("machine/triad/" + name, "bytes")
        rows.append(Row(triad.format(where) + ", one core", f"{there} GB/s there",
                        show(value, lambda v: f"{v / 1e9:.0f} GB/s")))
    for size, there in ((8, "1.1 to 1.2 ns there"), (16, "6 ns there"), (64, "9 ns there")):
        value = figures.counter(f"machine/gather/MiB:{size}", "lines")
        rows.append(Row(f"a line of 64 bytes from anywhere in {size} MiB", there,
                        show(value, lambda v: f"{1e9 / v:.1f} ns")))
    rows.append(Row("products and sums of floats in registers, one core", "",
                    show(figures.counter("machine/arithmetic", "operations"), lambda v: f"{v / 1e9:.0f} G a second")))
    return rows


def model_rows(figures: Figures) -> List[Row]:
    one, two = "W4/whole_model/threads:1", "W4/whole_model/threads:2"
    members = next((r["members"] for n, r in figures.by_name.items() if n.startswith("W4/")), 100)

    def scaled(value: Optional[float]) -> Optional[float]:
        return None if value is None else value * 100 / members

    def of_w4(value: Optional[float]) -> str:
        note = "" if members == 100 else f" (measured with {members:.0f} members, scaled)"
        return show(scaled(value), lambda v: f"{v:.1f} s") + (note if value is not None else "")

    lanes = figures.cpu("W4/lanes")
    pair = figures.counter("elementary/adoption_pair", "values")
    cells = 10_000 * 8 * 240 * 100
    rows = [
        Row("W4, whole model, 2 threads, wall", "≤ 6 s",
            of_w4(figures.wall("W4/without_twin/threads:2"))),
        Row("W4 as a run does it: each member once more without coupling, 2 threads, wall", "",
            of_w4(figures.wall(two))),
        Row("the same, processor time of both cores", "", of_w4(figures.cpu(two))),
        Row("W4, coupled members alone, processor time", "", of_w4(figures.cpu("W4/coupled_members"))),
        Row("W4, its loops over lanes alone (exponentials within), processor time", "", of_w4(lanes)),
        Row("W4's exponentials and logarithms alone, processor time", "",
            show(pair, lambda v: f"{cells / v:.1f} s")),
        Row("coupled members against the loops alone", "≤ 1.5 ×",
            show(ratio(figures.cpu("W4/coupled_members"), lanes), lambda v: f"{v:.2f} ×")),
        Row("W4, 1 → 2 threads, wall", "≥ 1.8 ×",
            show(ratio(figures.wall(one), figures.wall(two)), lambda v: f"{v:.2f} ×")),
    ]
    for part in ("stock", "capacity", "emissions"):
        rows.append(Row(f"W4, loop over lanes: {part}, processor time", "",
                        of_w4(figures.cpu("W4/lanes/" + part))))
    for name in sorted(n for n in figures.by_name if n.startswith("W5")):
        rows.append(Row(f"W5, live what-if ({name}), wall", "≤ 100 ms",
                        show(figures.wall(name), lambda v: f"{v * 1e3:.0f} ms")))
    w6 = "W6/whole_model/threads:2"
    rows.append(Row("W6, 113,000 places, 100 members, 2 threads, wall", "runs",
                    show(figures.wall(w6), lambda v: f"{v:.0f} s")))
    rows.append(Row("W6, largest resident memory", "≤ 8 GiB",
                    show(figures.counter(w6, "peak_MiB"), lambda v: f"{v / 1024:.2f} GiB")))
    return rows


def slope(points: Dict[float, float]) -> Optional[float]:
    """Exponent of growth: the slope of log time over log size, by least squares."""
    if len(points) < 2:
        return None
    x = [math.log(size) for size in points]
    y = [math.log(seconds) for seconds in points.values()]
    mean_x, mean_y = sum(x) / len(x), sum(y) / len(y)
    return (sum((a - mean_x) * (b - mean_y) for a, b in zip(x, y)) /
            sum((a - mean_x) ** 2 for a in x))


def growth_rows(figures: Figures) -> List[Row]:
    base = {"commitment": {"places": 100_000, "steps": 240, "members": 64},
            "model": {"places": 5_000, "steps": 120, "members": 32}}
    whole = {"commitment": "W1/commitment", "model": "growth/model/places:5000"}
    rows = []
    for kind in base:
        for what in base[kind]:
            points = {}
            if figures.cpu(whole[kind]):
                points[base[kind][what]] = figures.cpu(whole[kind])
            for name in figures.by_name:
                found = re.fullmatch(rf"growth/{kind}/{what}:(\d+)", name)
                if found:
                    points[float(found.group(1))] = figures.cpu(name)
            sizes = ", ".join(f"{int(p):,}" for p in sorted(points))
            rows.append(Row(f"growth of {kind} with {what} ({sizes}), exponent", "1 (linear)",
                            show(slope(points), lambda v: f"{v:.2f}")))
    return rows


def file_rows(figures: Figures) -> List[Row]:
    rows = []
    for name in sorted(figures.by_name):
        result = figures.by_name[name]
        if name.startswith("build/"):
            rows.append(Row(f"reading and building {name[6:]} ({int(result['places']):,} places), processor time",
                            "", f"{figures.cpu(name) * 1e3:.0f} ms"))
        elif name.startswith("prepare/"):
            rows.append(Row(f"preparing {name[8:]}, processor time", "", f"{figures.cpu(name) * 1e3:.0f} ms"))
        elif name.startswith("write/"):
            rows.append(Row(f"{name}, 2 threads, all files, wall", "", f"{figures.wall(name):.1f} s"))
            rows.append(Row("the same, processor time", "", f"{figures.cpu(name):.1f} s"))
            known = {"name", "run_name", "run_type", "threads", "time_unit", "repetitions", "iterations"}
            for file, value in sorted(result.items()):
                if isinstance(value, float) and "." in file or file in ("summaries",):
                    if file not in known:
                        rows.append(Row(f"{name}: {file}, wall", "", f"{value:.2f} s"))
    return rows


def measure_translate(raster: str, folder: str) -> Optional[float]:
    """Processor time of gdal_translate writing the same raster as a COG with the same options."""
    if shutil.which("gdal_translate") is None:
        print("table: gdal_translate is skipped: gdal-bin is not installed", file=sys.stderr)
        return None
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(["gdal_translate", "-q", "-of", "COG", "-a_nodata", "nan", "-co", "COMPRESS=ZSTD", "-co", "LEVEL=3",
                    "-co", "PREDICTOR=YES", "-co", "BLOCKSIZE=512", "-co", "OVERVIEW_RESAMPLING=AVERAGE",
                    "-co", "BIGTIFF=IF_SAFER", raster, os.path.join(folder, "translated.tif")], check=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def measure_cog_pairs(bench: str, folder: str, pairs: int = 3) -> List[Tuple[float, float]]:
    """Processor times of ours and of gdal_translate, turn about; both read the same file, which they have
    just read before, and write with the same options."""
    found = []
    for pair in range(pairs):
        translated = measure_translate(os.path.join(folder, "w3.tif"), folder) if pair % 2 else None
        ours = Figures()
        ours.run(bench, [folder, "--benchmark_filter=W3/cog"])
        translated = translated or measure_translate(os.path.join(folder, "w3.tif"), folder)
        own = ours.cpu("W3/cog")
        if own is None or translated is None:
            return []
        found.append((own, translated))
    return found


def raster_rows(figures: Figures, pairs: List[Tuple[float, float]]) -> List[Row]:
    first, following, cog = (figures.cpu("W3/" + name) for name in ("first_raster", "next_raster", "cog"))
    ratios = sorted(own / translated for own, translated in pairs)
    turns = f"{ratios[len(ratios) // 2]:.2f} × ({ratios[0]:.2f} to {ratios[-1]:.2f})" if ratios else "not measured"
    return [
        Row("W3, first raster: 233 M cells, 4,600 zones, 3.2 M corners, processor time", "≤ 7.4 s (exactextract)",
            show(first, lambda v: f"{v:.1f} s")),
        Row("W3, a further raster on the same zones, processor time", "", show(following, lambda v: f"{v:.2f} s")),
        Row("W3, first against further", "≥ 5 ×", show(ratio(first, following), lambda v: f"{v:.1f} ×")),
        Row("W3, the raster written as COG, processor time", "", show(cog, lambda v: f"{v:.1f} s")),
        Row("W3, COG against gdal_translate of the same file with the same options, turn about, processor time: "
            "median of three pairs", "≤ 1.1 ×", turns),
    ]


def program_rows(domino: str, only: str) -> List[Row]:
    """The scenarios that come with the program: of one world, and of one with its reference, twice the work."""
    rows = []
    for scenario, worlds, goal in (("jcm-2040", "one world", "≤ 20 s"),
                                   ("c3p-doubled", "two worlds, its own and its reference", "")):
        what = f"{scenario} ({worlds}), 200 members, all outputs, 2 threads"
        if not re.search(only, "program") or not os.path.exists(domino):
            rows.append(Row(what + ", wall", goal, "not measured"))
            continue
        with tempfile.TemporaryDirectory() as folder:
            start, before = time.monotonic(), resource.getrusage(resource.RUSAGE_CHILDREN)
            subprocess.run([domino, "run", f"scenarios/{scenario}.toml", "--members", "200", "--threads", "2",
                            "--quiet", "-o", os.path.join(folder, "out")], check=True, stdout=sys.stderr)
            wall, after = time.monotonic() - start, resource.getrusage(resource.RUSAGE_CHILDREN)
        used = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
        rows.append(Row(what + ", wall", goal, f"{wall:.1f} s"))
        rows.append(Row("the same, processor time", "", f"{used:.1f} s"))
    return rows


# --- the table --------------------------------------------------------------------------------------------

def machine_text(build: str, load_before: float) -> str:
    def first(pattern: str, text: str, otherwise: str) -> str:
        found = re.search(pattern, text, re.M)
        return found.group(1).strip() if found else otherwise

    def read(file: str) -> str:
        try:
            with open(file, encoding="utf-8") as handle:
                return handle.read()
        except OSError:
            return ""

    cpuinfo = read("/proc/cpuinfo")
    model = first(r"^model name\s*:\s*(.+)$", cpuinfo, "unknown processor")
    widest = "AVX-512" if " avx512bw" in cpuinfo else "AVX2" if " avx2" in cpuinfo else "baseline vectors"
    compiler = first(r"^CMAKE_CXX_COMPILER:\w+=(.+)$", read(os.path.join(build, "CMakeCache.txt")), "c++")
    version = subprocess.run([compiler, "--version"], capture_output=True, text=True).stdout.splitlines()
    memory = int(first(r"^MemTotal:\s*(\d+)", read("/proc/meminfo"), "0")) / 1024 ** 2
    commit = subprocess.run(["git", "rev-parse", "--short", "HEAD"], capture_output=True, text=True).stdout.strip()
    return (f"{model}, {os.cpu_count()} cores, {widest}, {memory:.0f} GiB; {version[0] if version else compiler}; "
            f"commit {commit or 'unknown'}; {time.strftime('%Y-%m-%d')}; load average {load_before:.1f} before "
            f"and {os.getloadavg()[0]:.1f} after the run.")


def markdown(machine: str, sections: Dict[str, List[Row]]) -> str:
    lines = [machine]
    for title, rows in sections.items():
        lines += ["", f"**{title}**", "", "| what | goal | obtained |", "|---|---|---|"]
        lines += [f"| {row.what} | {row.goal} | {row.obtained} |" for row in rows]
    return "\n".join(lines) + "\n"


def write_into(page: str, table: str) -> None:
    with open(page, encoding="utf-8") as file:
        text = file.read()
    begin, end = text.find(BEGIN), text.find(END)
    if begin < 0 or end < begin:
        sys.exit(f"table: {page} has no place for the table: a line '{BEGIN}' and below it '{END}'")
    with open(page, "w", encoding="utf-8") as file:
        file.write(text[:begin] + BEGIN + "\n" + table + text[end:])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--build", default="build/bench", help="where bench_sim and bench_files were built")
    parser.add_argument("--graph", help="run W1 on this graph instead of the invented one")
    parser.add_argument("--write", metavar="PAGE", help="put the table into this page")
    parser.add_argument("--with-w6", action="store_true", help="also the world of 113,000 places")
    parser.add_argument("--w4-members", default="100", help="fewer where time is short")
    parser.add_argument("--only", metavar="REGEX", default=".", help="benchmarks to run")
    parser.add_argument("--min-time", default="0.5", help="seconds a benchmark is repeated for")
    parser.add_argument("--peer", nargs=2, metavar=("NAME", "GRAPH"), help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.peer:
        peer_main(*arguments.peer)
        return
    load_before = os.getloadavg()[0]
    flags = [f"--benchmark_filter={arguments.only}", f"--benchmark_min_time={arguments.min_time}"]
    programs = os.path.join(arguments.build, "tests", "bench")
    figures = Figures()
    peers: Dict[str, Optional[float]] = {}
    with tempfile.TemporaryDirectory() as folder:
        graph = arguments.graph or os.path.join(folder, "w1.csr")
        if not arguments.graph:
            subprocess.run([os.path.join(programs, "bench_sim"), f"--write-graph={graph}"], check=True)
        figures.run(os.path.join(programs, "bench_sim"),
                    [*flags, f"--graph={graph}", f"--w4-members={arguments.w4_members}", *(["--with-w6"] if arguments.with_w6 else [])])
        for peer in PEER_STEPS if re.search(arguments.only, "W1/commitment") else ():
            peers[peer] = measure_peer(peer, graph)
    figures.run(os.path.join(programs, "bench_files"), flags)
    pairs: List[Tuple[float, float]] = []
    if re.search(arguments.only, "W3"):
        with tempfile.TemporaryDirectory() as folder:
            figures.run(os.path.join(programs, "bench_rasters"), [folder, *flags])
            pairs = measure_cog_pairs(os.path.join(programs, "bench_rasters"), folder)
    if not figures.by_name and not re.search(arguments.only, "program"):
        sys.exit(f"table: no benchmark is called like '{arguments.only}'")
    sections = {
        "The goals": commitment_rows(figures, peers) + influence_rows(figures) +
        model_rows(figures) + raster_rows(figures, pairs) +
        program_rows(os.path.join(arguments.build, "domino"), arguments.only),
        "The machine, beside the one the goals were set on": machine_rows(figures),
        "Exponentials alone": elementary_rows(figures),
        "Growth": growth_rows(figures),
        "Worlds and files": file_rows(figures),
    }
    if arguments.only != ".":
        measured = {title: [row for row in rows if not row.obtained.startswith(("not measured", "skipped"))]
                    for title, rows in sections.items()}
        sections = {title: rows for title, rows in measured.items() if rows}
    table = markdown(machine_text(arguments.build, load_before), sections)
    if arguments.write:
        write_into(arguments.write, table)
    else:
        print(table)


if __name__ == "__main__":
    main()
