#!/usr/bin/env python3
"""Every C++ file of the project is formatted by .clang-format.

    check_format.py ROOT         exit code 0: formatted, 1: the files named are not, 77: could not be checked
    check_format.py --self-test  formats a file wrongly and expects to be told

Releases of clang-format differ in what they write; the project's is Debian 12's, 14.
"""
import argparse
import os
import re
import shutil
import subprocess
import sys
import tempfile
from typing import List, Optional

RELEASE = 14
SKIPPED = 77
FOLDERS = ("geo", "sim", "scenarios", "viz", "cli", "tests")
SUFFIXES = (".h", ".cpp")
BATCH = 40


def find_clang_format() -> Optional[str]:
    """The program of the project's release, under either of the names it is installed by."""
    for name in (f"clang-format-{RELEASE}", "clang-format"):
        program = shutil.which(name)
        if program is None:
            continue
        version = subprocess.run([program, "--version"], capture_output=True, text=True, check=True).stdout
        found = re.search(r"version (\d+)", version)
        if found and int(found.group(1)) == RELEASE:
            return program
    return None


def list_files(root: str) -> List[str]:
    """Files git tracks; without git, those in the project's folders."""
    git = shutil.which("git")
    if git and os.path.exists(os.path.join(root, ".git")):
        command = [git, "-c", f"safe.directory={os.path.realpath(root)}", "-C", root, "ls-files", "-z"]
        listed = subprocess.run(command + [f"*{s}" for s in SUFFIXES], capture_output=True, text=True)
        if listed.returncode == 0:
            # A tracked file may have been removed from the work tree.
            return sorted(f for f in listed.stdout.split("\0") if f and os.path.exists(os.path.join(root, f)))
    found = []
    for top in FOLDERS:
        for folder, subfolders, files in os.walk(os.path.join(root, top)):
            subfolders[:] = [s for s in subfolders if s not in ("node_modules", "dist")]
            found += [os.path.relpath(os.path.join(folder, f), root) for f in files if f.endswith(SUFFIXES)]
    return sorted(found)


def unformatted(program: str, root: str, files: List[str]) -> List[str]:
    """file:line of the first line of each file that would change."""
    told = {}
    for start in range(0, len(files), BATCH):
        run = subprocess.run([program, "--dry-run", "--style=file"] + files[start:start + BATCH], cwd=root,
                             capture_output=True, text=True)
        if run.returncode != 0:
            sys.exit(f"check_format: {program} failed: {run.stderr.strip()}")
        for match in re.finditer(r"^(.+?):(\d+):\d+: warning: code should be clang-formatted", run.stderr, re.M):
            told.setdefault(match.group(1), match.group(2))
    return [f"{file}:{line}" for file, line in told.items()]


def check(root: str, program: str) -> int:
    files = list_files(root)
    wrong = unformatted(program, root, files)
    for place in wrong:
        print(f"{place}: is not formatted by .clang-format (one style, so that a diff shows what changed); "
              f"run {os.path.basename(program)} -i {place.rsplit(':', 1)[0]}")
    print(f"check_format: {len(files)} files, {len(wrong)} not formatted")
    return 1 if wrong else 0


def self_test(program: str) -> int:
    style = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", ".clang-format")
    with tempfile.TemporaryDirectory() as root:
        os.makedirs(os.path.join(root, "geo"))
        shutil.copy(style, os.path.join(root, ".clang-format"))
        for name, text in (("good.h", "#pragma once\n\nint f(int a);\n"), ("bad.h", "#pragma once\n\nint f( int a ) ;\n")):
            with open(os.path.join(root, "geo", name), "w", encoding="utf-8") as file:
                file.write(text)
        told = unformatted(program, root, list_files(root))
    good = told == ["geo/bad.h:3"]
    print(f"check_format self-test: {'passed' if good else f'FAILED, was told {told}'}")
    return 0 if good else 1


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("root", nargs="?", help="root of the project")
    parser.add_argument("--self-test", action="store_true", help="prove that the check can fail")
    arguments = parser.parse_args()
    program = find_clang_format()
    if program is None:
        print(f"check_format: SKIPPED, there is no clang-format {RELEASE} (apt-get install clang-format)")
        return SKIPPED
    if arguments.self_test:
        return self_test(program)
    if not arguments.root:
        parser.error("name the root of the project")
    return check(arguments.root, program)


if __name__ == "__main__":
    sys.exit(main())
