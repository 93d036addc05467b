#!/usr/bin/python3
"""Builds the open data pack from the source folder: tables, boundaries, rasters, datapackage.json.

    python3 data/build/build.py --source DIR [--out data]

Deterministic: the same source gives the same bytes. See README.md beside this file.
"""

import argparse
import os
import sys
import time

import admin1
import boundaries
import city_emissions
import collaboration
import countries
import datapackage
import electricity
import observed
import parameters
import places
import rasters
import targets
import technologies
import themes
from context import Context

# Later steps use the tables of earlier ones.
STEPS = [countries, admin1, places, targets, electricity, collaboration, technologies, parameters,
         observed, city_emissions, themes, boundaries, rasters]


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--source", required=True, help="source folder (see data/build/README.md)")
    parser.add_argument("--out", default=os.path.dirname(os.path.dirname(os.path.abspath(__file__))),
                        help="folder of the pack (default: the folder above this script)")
    options = parser.parse_args()
    if not os.path.isdir(options.source):
        print(f"error: {options.source}: no such folder; name the source folder with --source", file=sys.stderr)
        return 1
    ctx = Context(options.source, options.out)
    os.makedirs(os.path.join(options.out, "tables"), exist_ok=True)
    for step in STEPS:
        start = time.monotonic()
        step.build(ctx)
        print(f"{step.__name__:15} {time.monotonic() - start:6.1f} s", file=sys.stderr)
    datapackage.write(ctx)
    return 0


if __name__ == "__main__":
    sys.exit(main())
