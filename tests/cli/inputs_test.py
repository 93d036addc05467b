#!/usr/bin/env python3
"""Places and covariates from every kind of source must give the same run, byte for byte where they are the same.

    inputs_test.py PROGRAM SCRATCH_FOLDER

Reads the same districts from GeoPackage, FlatGeobuf, a VRT, a zipped Shapefile and a table of PostGIS, and the same
raster from a GeoTIFF, a VRT and a zip. PostgreSQL is started here, on loopback, as a user who is not root, in a folder
of its own, and stopped at the end; without it (or without PostGIS) that part is skipped and says so.
"""
import glob
import hashlib
import json
import os
import pwd
import shutil
import socket
import subprocess
import sys
import tempfile
import unittest
import zipfile

try:
    from osgeo import gdal

    from districts import DISTRICTS, utm, write_layer, write_raster, write_scenario
except ImportError:
    print("inputs_test: skipped, python3-gdal is not installed")
    sys.exit(77)

PROGRAM, SCRATCH = sys.argv[1], sys.argv[2]


def zip_files(archive, pattern):
    with zipfile.ZipFile(archive, "w") as target:
        for file in glob.glob(pattern):
            target.write(file, os.path.basename(file))


class Postgres:
    """A cluster in a folder of its own, run by a user who is not root."""

    def __init__(self):
        programs = sorted(glob.glob("/usr/lib/postgresql/*/bin"))
        if not programs or not glob.glob("/usr/share/postgresql/*/extension/postgis.control"):
            raise unittest.SkipTest("PostgreSQL with PostGIS is not installed (postgresql-15-postgis-3)")
        self.bin = programs[-1]
        self.user = []
        self.folder = tempfile.mkdtemp(prefix="domino-pg-")
        if os.getuid() == 0:
            nobody = pwd.getpwnam("nobody")
            os.chown(self.folder, nobody.pw_uid, nobody.pw_gid)
            self.user = ["setpriv", f"--reuid={nobody.pw_uid}", f"--regid={nobody.pw_gid}", "--clear-groups"]
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        self.run("initdb", "-D", f"{self.folder}/data", "-U", "gis", "--auth=trust", "--locale=C", "-E", "UTF8", "-N")
        self.run("pg_ctl", "-D", f"{self.folder}/data", "-w", "-l", f"{self.folder}/log", "-o",
                 f"-c listen_addresses=127.0.0.1 -p {self.port} -k {self.folder} -c fsync=off", "start")

    def run(self, program, *arguments):
        done = subprocess.run([*self.user, os.path.join(self.bin, program), *arguments], cwd="/",
                              stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
                              stdin=subprocess.DEVNULL, env={**os.environ, "HOME": self.folder})
        if done.returncode != 0:
            raise AssertionError(f"{program}: {done.stdout}")

    def sql(self, database, *commands):
        for command in commands:
            self.run("psql", "-h", "127.0.0.1", "-p", str(self.port), "-U", "gis", "-d", database, "-v",
                     "ON_ERROR_STOP=1", "-q", "-c", command)

    def name(self, database="gis", **more):
        more = "".join(f" {key}={value}" for key, value in more.items())
        return f"PG:host=127.0.0.1 port={self.port} user=gis dbname={database}{more}"

    def stop(self):
        try:
            self.run("pg_ctl", "-D", f"{self.folder}/data", "-m", "immediate", "stop")
        finally:
            shutil.rmtree(self.folder, ignore_errors=True)


class Inputs(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        shutil.rmtree(SCRATCH, ignore_errors=True)
        os.makedirs(SCRATCH)
        cls.gpkg = write_layer("GPKG", os.path.join(SCRATCH, "d.gpkg"), utm())
        cls.tif = write_raster(os.path.join(SCRATCH, "slope.tif"))
        cls.wanted = cls.places_of("gpkg", "d.gpkg")

    @classmethod
    def run_with(cls, name, layer, values=None, raster="slope.tif", named=None):
        scenario = write_scenario(os.path.join(SCRATCH, name + ".toml"), layer, values or layer, raster, named)
        return subprocess.run([PROGRAM, "run", scenario, "--quiet", "-o", os.path.join(SCRATCH, name)],
                              capture_output=True, text=True)

    @classmethod
    def places_of(cls, name, *arguments, **named):
        done = cls.run_with(name, *arguments, **named)
        assert done.returncode == 0, done.stderr
        with open(os.path.join(SCRATCH, name, "places.csv"), "rb") as file:
            return hashlib.sha256(file.read()).hexdigest()

    def test_the_layer_matters(self):
        with open(os.path.join(SCRATCH, "gpkg", "places.csv"), encoding="utf-8") as file:
            text = file.read()
        for code, _, _, _ in DISTRICTS:
            self.assertIn(code, text)

    def test_flatgeobuf(self):
        write_layer("FlatGeobuf", os.path.join(SCRATCH, "d.fgb"), utm())
        self.assertEqual(self.places_of("fgb", "d.fgb"), self.wanted)

    def test_vrt(self):
        with open(os.path.join(SCRATCH, "d.vrt"), "w", encoding="utf-8") as file:
            file.write('<OGRVRTDataSource><OGRVRTLayer name="districts"><SrcDataSource relativeToVRT="1">d.gpkg'
                       "</SrcDataSource></OGRVRTLayer></OGRVRTDataSource>")
        gdal.BuildVRT(os.path.join(SCRATCH, "slope.vrt"), [self.tif])
        self.assertEqual(self.places_of("vrt", "d.vrt", raster="slope.vrt"), self.wanted)

    def test_zip(self):
        folder = os.path.join(SCRATCH, "shapes")
        os.makedirs(folder)
        write_layer("ESRI Shapefile", os.path.join(folder, "districts.shp"), utm())
        zip_files(os.path.join(SCRATCH, "d.zip"), os.path.join(folder, "*"))
        zip_files(os.path.join(SCRATCH, "slope.zip"), self.tif)
        self.assertEqual(self.places_of("zip", "/vsizip/d.zip/districts.shp", raster="/vsizip/slope.zip/slope.tif"),
                         self.wanted)
        with open(os.path.join(SCRATCH, "zip", "manifest.json"), encoding="utf-8") as file:
            self.assertIn("d.zip", file.read())

    def test_raster_beyond_the_districts_is_told(self):
        done = self.run_with("none", "d.gpkg", raster="/vsizip/slope.zip/none.tif")
        self.assertNotEqual(done.returncode, 0)

    def test_postgis(self):
        server = Postgres()
        self.addCleanup(server.stop)
        server.sql("postgres", "CREATE DATABASE gis")
        rows = ",".join(f"('{code}',{people},{cars},'FJI',ST_GeomFromText('{wkt}',{{srid}}))"
                        for code, people, cars, wkt in DISTRICTS)
        columns = "(code text, people int, cars float8, iso3 text, geom geometry(Polygon{}))"
        server.sql("gis", "CREATE EXTENSION postgis",
                   "CREATE TABLE districts " + columns.format(",32760"),
                   "CREATE TABLE nowhere " + columns.format(""),
                   "CREATE TABLE wrong " + columns.format(",32601"),
                   "INSERT INTO districts VALUES " + rows.format(srid=32760),
                   "INSERT INTO nowhere VALUES " + rows.format(srid=0),
                   "INSERT INTO wrong VALUES " + rows.format(srid=32601))
        self.assertEqual(self.places_of("postgis", server.name(), named="districts"), self.wanted)
        with open(os.path.join(SCRATCH, "postgis", "manifest.json"), encoding="utf-8") as file:
            inputs = [entity for entity in json.load(file)["@graph"] if "PG:" in entity["@id"]]
        self.assertEqual(len(inputs), 2)  # places and cars
        self.assertEqual({len(entity["sha256"]) for entity in inputs}, {64})
        # What is wrong is told by name, with what to do.
        for what, layer, named, told in (
                ("no CRS", server.name(), "nowhere", "crs = \"EPSG:4326\""),
                ("a wrong CRS", server.name(), "wrong", "km from its country FJI"),
                ("no such table", server.name(), "district", "did you mean \"districts\"?"),
                ("no such database", server.name("none"), "districts", "the database cannot be opened"),
                ("a password", server.name(password="secret"), "districts", "carries a password")):
            with self.subTest(what):
                done = self.run_with("bad", layer, named=named)
                self.assertIn(done.returncode, (3, 4), done.stderr)
                self.assertIn(told, done.stderr)
                self.assertFalse(os.path.exists(os.path.join(SCRATCH, "bad")))


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1], verbosity=2)
