#!/usr/bin/env python3
"""Files from outside that are damaged give a clear error or a valid run, never a crash.

    damaged_inputs.py PROGRAM SCRATCH_FOLDER [WAYS [FIRST]]

Damages the header of a TIFF (as it comes, and compressed in tiles), of a NetCDF file, of a GeoPackage, of a FlatGeobuf
file and of a CSV table, each in WAYS ways (8) from the seed FIRST (0) on, and has domino validate or run the scenario that reads them. What is refused
leaves nothing behind, what is taken leaves whole results.
"""
import os
import random
import shutil
import subprocess
import sys

try:
    from osgeo import gdal

    from districts import utm, write_layer, write_points, write_raster, write_scenario
except ImportError:
    print("damaged_inputs: skipped, python3-gdal is not installed")
    sys.exit(77)

ODD_NUMBERS = [0, 1, 0x7FFF, 0xFFFF, 0x10000, 0x7FFFFFFF, 0x80000000, 0xFFFFFFFF]
# Nothing but these may end a command on bad input (cli/exit_code.h): done, the scenario, the data; and a
# damaged header may ask for more memory than there is.
ENDINGS = {0, 1, 3, 4}
SECONDS = 300


def damage(content, seed, header):
    """The same seed always damages in the same way; three of four times within the first `header` bytes."""
    draw = random.Random(seed)
    content = bytearray(content)
    for _ in range(draw.randint(1, 4)):
        if not content:
            break
        at = draw.randrange(len(content) if draw.random() < 0.25 else min(header, len(content)))
        kind = draw.randrange(6)
        if kind == 0:
            content[at] ^= 1 << draw.randrange(8)
        elif kind == 1:
            content[at] = draw.randrange(256)
        elif kind == 2:
            number = draw.choice(ODD_NUMBERS).to_bytes(4, draw.choice(["little", "big"]))
            content[at:at + draw.choice([2, 4])] = number[:draw.choice([2, 4])]
        elif kind == 3:
            del content[at:at + draw.randint(1, 16)]
        elif kind == 4:
            content[at:at] = content[:draw.randint(1, 32)]
        elif draw.random() < 0.3:
            del content[draw.randrange(len(content)):]
    return bytes(content)


def complaint(done):
    """What is wrong with how a command ended; None where nothing is."""
    for sign in ("AddressSanitizer", "LeakSanitizer", "runtime error:", "terminate called"):
        if sign in done.stderr:
            return sign
    if done.returncode not in ENDINGS:
        return f"ended with {done.returncode}"
    if done.returncode != 0 and "error: " not in done.stderr:
        return f"ended with {done.returncode} and said no error"
    return None


def main():
    program, scratch = sys.argv[1], sys.argv[2]
    ways = int(sys.argv[3]) if len(sys.argv) > 3 else 8
    first = int(sys.argv[4]) if len(sys.argv) > 4 else 0
    shutil.rmtree(scratch, ignore_errors=True)
    os.makedirs(scratch)
    genuine = {"layer.gpkg": (write_layer("GPKG", os.path.join(scratch, "layer.gpkg"), utm()), 16384),
               "layer.fgb": (write_layer("FlatGeobuf", os.path.join(scratch, "layer.fgb"), utm()), 1024),
               "points.csv": (write_points(os.path.join(scratch, "points.csv")), 64),
               "plain.tif": (write_raster(os.path.join(scratch, "plain.tif")), 512),
               "tiled.tif": (write_raster(os.path.join(scratch, "tiled.tif"),
                                          ["TILED=YES", "BLOCKXSIZE=16", "BLOCKYSIZE=16", "COMPRESS=DEFLATE"]), 512)}
    if gdal.GetDriverByName("netCDF"):
        gdal.Translate(os.path.join(scratch, "plain.nc"), os.path.join(scratch, "plain.tif"), format="netCDF")
        genuine["plain.nc"] = (os.path.join(scratch, "plain.nc"), 2048)
    refused = valid = 0
    failures = []

    def try_files(what, layer="layer.gpkg", values="points.csv", raster="plain.tif", command="validate"):
        scenario = write_scenario(os.path.join(scratch, "scenario.toml"), layer, values, raster)
        output = os.path.join(scratch, "out")
        shutil.rmtree(output, ignore_errors=True)
        arguments = [program, command, scenario] + (["-o", output, "--members", "1", "--overwrite"]
                                                    if command == "run" else [])
        try:
            done = subprocess.run(arguments, capture_output=True, text=True, errors="replace", timeout=SECONDS)
        except subprocess.TimeoutExpired:
            failures.append(f"{what}: no end within {SECONDS} s")
            return None
        wrong = complaint(done)
        if wrong:
            failures.append(f"{what}: {wrong}\n{done.stderr[-3000:]}")
        left = [name for name in os.listdir(scratch) if name.startswith(("out", ".out"))]
        whole = command == "run" and done.returncode == 0
        if left != (["out"] if whole else []):
            failures.append(f"{what}: ended with {done.returncode} and left {left} behind")
        if whole and not os.path.exists(os.path.join(output, "manifest.json")):
            failures.append(f"{what}: results without a manifest")
        return done.returncode

    for role, name in (("raster", "plain.tif"), ("raster", "tiled.tif"), ("raster", "plain.nc"), ("layer", "layer.fgb")):
        if name in genuine and try_files("untouched", command="run", **{role: name}) != 0:
            failures.append(f"untouched files with {name} are refused")
    for name, (path, header) in genuine.items():
        with open(path, "rb") as file:
            content = file.read()
        damaged = "damaged" + os.path.splitext(name)[1]
        role = {"layer.gpkg": "layer", "layer.fgb": "layer", "points.csv": "values"}.get(name, "raster")
        for seed in range(first, first + ways):
            with open(os.path.join(scratch, damaged), "wb") as file:
                file.write(damage(content, f"{name} {seed}", header))
            for sidecar in (".aux.xml", "-journal", "-wal", "-shm"):
                if os.path.exists(os.path.join(scratch, damaged + sidecar)):
                    os.remove(os.path.join(scratch, damaged + sidecar))
            code = try_files(f"{name}, seed {seed}", command="run" if seed % 2 else "validate", **{role: damaged})
            refused += code in ENDINGS - {0}
            valid += code == 0
    print(f"{refused} refused with an error, {valid} still valid, {len(failures)} failures")
    print("\n".join(failures))
    sys.exit(1 if failures else 0)


if __name__ == "__main__":
    main()
