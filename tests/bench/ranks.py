#!/usr/bin/env python3
"""Prints the table of docs/scale.md: one run as threads, ranks and shards, its time, memory and bytes.

    tests/bench/ranks.py [--domino build/bench/domino] [--scenario scenarios/jcm-2040.toml] [--members 32]

Processor time is the sum over processes and is what other programs disturb least; wall needs a quiet machine.
Memory is the largest of any single process. Files are compared byte by byte, but for manifest.json.
"""
import argparse
import filecmp
import os
import resource
import subprocess
import tempfile
import time
from typing import List, NamedTuple

MPIRUN = ["mpirun", "--oversubscribe", "--allow-run-as-root", "--bind-to", "none", "-n"]


class Measured(NamedTuple):
    wall_s: float
    processor_s: float
    peak_mib: float


def measure(commands: List[List[str]]) -> Measured:
    """Runs commands one after the other, in a process of its own, whose children are then all of them."""
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        start = time.monotonic()
        failed = any(subprocess.run(command, stdout=subprocess.DEVNULL).returncode for command in commands)
        used = resource.getrusage(resource.RUSAGE_CHILDREN)
        os.write(writer, f"{time.monotonic() - start} {used.ru_utime + used.ru_stime} {used.ru_maxrss / 1024}".encode())
        os._exit(1 if failed else 0)
    os.close(writer)
    _, status = os.waitpid(child, 0)
    text = os.read(reader, 1000).decode()
    os.close(reader)
    if status != 0:
        raise SystemExit(f"ranks: this failed: {commands}")
    return Measured(*map(float, text.split()))


def same_bytes(a: str, b: str) -> bool:
    def names(folder: str) -> List[str]:
        return sorted(os.path.relpath(os.path.join(where, name), folder)
                      for where, _, files in os.walk(folder) for name in files if name != "manifest.json")
    return names(a) == names(b) and all(
        filecmp.cmp(os.path.join(a, name), os.path.join(b, name), shallow=False) for name in names(a))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--domino", default="build/bench/domino")
    parser.add_argument("--scenario", default="scenarios/jcm-2040.toml")
    parser.add_argument("--members", default="32")
    parser.add_argument("--repetitions", type=int, default=1, help="the least wall and processor time of so many")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        tables = os.path.join(folder, "tables.toml")
        with open(tables, "w", encoding="utf-8") as out:
            out.write(f'extends = "{os.path.abspath(arguments.scenario)}"\n[output]\nreport = false\nmaps = false\n'
                      "netcdf = false\ngeopackage = false\nqgis_project = false\nflatgeobuf = false\n")
        run = [arguments.domino, "run", tables, "-q", "--overwrite", "--members", arguments.members]
        whole = os.path.join(folder, "whole")

        def into(name: str, *more: str) -> List[str]:
            return [*run, "-o", os.path.join(folder, name), *more]

        shards = [f"{n}/4" for n in range(1, 5)]
        variants = [("one process, 1 thread", [into("whole", "--threads", "1")], whole),
                    ("one process, 2 threads", [into("two", "--threads", "2")], os.path.join(folder, "two"))]
        for ranks in ("1", "2", "4"):
            variants.append((f"{ranks} rank{'s' if ranks != '1' else ''} of 1 thread",
                             [[*MPIRUN, ranks, *into("r" + ranks, "--threads", "1")]], os.path.join(folder, "r" + ranks)))
        parts = [into("s" + shard[0], "--threads", "1", "--shard", shard) for shard in shards]
        joined = os.path.join(folder, "joined")
        merge = [arguments.domino, "merge", "-q", "--overwrite", "-o", joined,
                 *(os.path.join(folder, "s" + shard[0]) for shard in shards)]
        variants += [("4 shards of 1 thread, one after the other", parts, ""), ("their merge", [merge], joined)]
        print(f"load average {os.getloadavg()[0]:.1f} before the run\n")
        print("| run | wall | processor time | memory of a process | bytes of all files |\n|---|---|---|---|---|")
        for name, commands, results in variants:
            every = [measure(commands) for _ in range(arguments.repetitions)]
            same = "" if not results else "the same" if same_bytes(whole, results) else "DIFFER"
            print(f"| {name} | {min(m.wall_s for m in every):.1f} s | {min(m.processor_s for m in every):.1f} s "
                  f"| {max(m.peak_mib for m in every):.0f} MiB | {'—' if results == whole else same} |", flush=True)
        print(f"\nload average {os.getloadavg()[0]:.1f} after it")


if __name__ == "__main__":
    main()
