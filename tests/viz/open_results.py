#!/usr/bin/env python3
"""Opens what a run writes with the programs people use: GDAL's COG validator, ncdump, xarray and QGIS.

    open_results.py PROGRAM SCRATCH_FOLDER

Runs a small scenario of islands on both sides of 180° in two grids, and holds every map against places.csv.
Programs that are not installed are named and skipped. Exit code 1 if anything is wrong.
"""
import csv
import os
import shutil
import subprocess
import sys
import unittest

PROGRAM, SCRATCH = sys.argv[1], sys.argv[2]
SCENARIO = """
name = "islands"
technologies = ["ev_car"]
[run]
members = 4
start = "2020-01"
end = "2022-12"
[places]
countries = ["Fiji", "Kiribati", "Palau"]
min_population = "20000 people"
[output]
report = false
realizations = true
[output.grid]
"""
GRIDS = {"degrees": 'resolution = "10 arcmin"\n',
         "equal_area": 'crs = "EPSG:6933"\ncell_size = "20 km"\n',
         "pacific": 'crs = "EPSG:3832"\ncell_size = "20 km"\n'}


def run(name):
    folder = os.path.join(SCRATCH, name)
    shutil.rmtree(folder, ignore_errors=True)
    scenario = os.path.join(SCRATCH, name + ".toml")
    with open(scenario, "w", encoding="utf-8") as file:
        file.write(SCENARIO + GRIDS[name])
    done = subprocess.run([PROGRAM, "run", scenario, "-o", folder, "--quiet"], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return folder


def totals(folder):
    sums = {}
    with open(os.path.join(folder, "places.csv"), encoding="utf-8") as file:
        for row in csv.DictReader(file):
            sums[int(row["year"])] = sums.get(int(row["year"]), 0.0) + float(row["emissions_t_co2e_mean"])
    return sums


def optional(module):
    try:
        return __import__(module)
    except ImportError:
        return None


class Results(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        os.makedirs(SCRATCH, exist_ok=True)
        cls.folders = {name: run(name) for name in GRIDS}

    def check_sum(self, found, wanted, what):
        self.assertLess(abs(found / wanted - 1.0), 1e-6, what)

    def test_geotiffs(self):
        gdal, numpy = optional("osgeo.gdal"), optional("numpy")
        if gdal is None or numpy is None:
            self.skipTest("python3-gdal or python3-numpy is not installed")
        from osgeo import gdal
        from osgeo_utils.samples import validate_cloud_optimized_geotiff
        gdal.UseExceptions()
        for name, folder in self.folders.items():
            for file in sorted(os.listdir(folder)):
                if not file.endswith(".tif"):
                    continue
                path = os.path.join(folder, file)
                warnings, errors, _ = validate_cloud_optimized_geotiff.validate(path)
                self.assertEqual(errors, [], path)
                self.assertEqual([w for w in warnings if "overview" not in w], [], path)
            raster = gdal.Open(os.path.join(folder, "emissions_co2e.tif"))
            for band in range(1, raster.RasterCount + 1):
                values = raster.GetRasterBand(band).ReadAsArray().astype("f8")
                year = int(raster.GetRasterBand(band).GetMetadataItem("YEAR"))
                self.check_sum(numpy.nansum(values), totals(folder)[year], f"{name} {year}")

    def test_places_equal_their_cells(self):
        if optional("osgeo") is None:
            self.skipTest("python3-gdal is not installed")
        from osgeo import ogr
        for name, folder in self.folders.items():
            shares = {}
            package = ogr.Open(os.path.join(folder, "results.gpkg"))  # a layer lives as long as its file
            for row in package.GetLayerByName("place_cells"):
                shares[row["place_id"]] = shares.get(row["place_id"], 0.0) + row["share"]
            self.assertGreater(len(shares), 3)
            for place, share in shares.items():
                self.assertLess(abs(share - 1.0), 1e-6, f"{name} {place}")

    def test_ncdump(self):
        if shutil.which("ncdump") is None:
            self.skipTest("netcdf-bin is not installed")
        for folder in self.folders.values():
            header = subprocess.run(["ncdump", "-h", os.path.join(folder, "results.nc")], check=True,
                                    capture_output=True, text=True).stdout
            for line in ('Conventions = "CF-1.11"', 'time:bounds = "time_bnds"', "crs:crs_wkt",
                         'emissions_co2e:grid_mapping = "crs"', 'emissions_co2e:units = "tonne year-1"',
                         'emissions_co2e:unit = "t CO2e/yr"', "emissions_co2e:cell_methods"):
                self.assertIn(line, header)

    def test_xarray(self):
        xarray = optional("xarray")
        if xarray is None or optional("netCDF4") is None:
            self.skipTest("python3-xarray or python3-netcdf4 is not installed")
        for name, folder in self.folders.items():
            with xarray.open_dataset(os.path.join(folder, "results.nc")) as data:
                map_dims = data.emissions_co2e.dims[1:]
                self.assertEqual(data.emissions_co2e_quantile.dims[:2], ("quantile", "time"))
                self.assertEqual(list(data["quantile"].values), [0.05, 0.5, 0.95])
                mean = data.emissions_co2e.astype("f8").sum(map_dims)
                members = data.emissions_co2e_realization.astype("f8").sum(map_dims).mean("realization")
                for year, total in totals(folder).items():
                    self.check_sum(float(mean.sel(time=str(year)).item()), total, f"{name} {year}")
                    self.check_sum(float(members.sel(time=str(year)).item()), total, f"{name} {year}")
                start, end = data.time_bnds.values[0].astype("datetime64[D]").astype(str)
                self.assertEqual((start, end), ("2020-01-01", "2021-01-01"))

    def test_qgis(self):
        probe = subprocess.run([sys.executable, "-c", "import qgis.core"], capture_output=True)
        if probe.returncode != 0:
            self.skipTest("python3-qgis is not installed")
        for name, folder in self.folders.items():
            # A project moves with its folder: read it from another place than it was written to.
            moved = folder + "_moved"
            shutil.rmtree(moved, ignore_errors=True)
            shutil.copytree(folder, moved)
            picture = os.path.join(moved, "seen.png")
            done = subprocess.run([sys.executable, "-c", RENDER, os.path.join(moved, "project.qgz"), picture],
                                  capture_output=True, text=True,
                                  env={**os.environ, "QT_QPA_PLATFORM": "offscreen"})
            self.assertEqual(done.returncode, 0, done.stdout + done.stderr)
            years = [line for line in done.stdout.splitlines() if line.startswith("year ")]
            self.assertEqual(len(years), 2, f"{name}: {done.stdout}")


# Renders two years of a project, maps and boundaries each by themselves; cities must stand on cells of the map, in
# whatever CRS. Prints the years and how many pixels are drawn.
RENDER = r'''
import sys
from qgis.core import *
from qgis.PyQt.QtCore import QDateTime, QSize, Qt
QgsApplication.setPrefixPath("/usr", True)
app = QgsApplication([], False)
app.initQgis()
project = QgsProject.instance()
assert project.read(sys.argv[1]), "the project cannot be read"
layers = project.mapLayers().values()
assert len(layers) == 7 + 9, len(layers)
assert project.crs().isValid(), "QGIS does not know the project's CRS"
for layer in layers:
    assert layer.isValid(), layer.source()
names = [group.name() for group in project.layerTreeRoot().children()]
assert len(names) == 4, names
vectors = [l for l in layers if isinstance(l, QgsVectorLayer)]
assert any(isinstance(s, QgsArrowSymbolLayer) for l in vectors for symbol in l.renderer().symbols(QgsRenderContext())
           for s in symbol.symbolLayers()), "no arrows"
maps = [n.layer() for n in project.layerTreeRoot().findLayers()
        if n.isVisible() and isinstance(n.layer(), QgsRasterLayer)]
assert not maps[0].renderer().shader().rasterShaderFunction().legendSettings().useContinuousLegend(), "a linear bar"
tree = QgsLayerTreeModel(project.layerTreeRoot())
for node in project.layerTreeRoot().findLayers():
    if isinstance(node.layer(), QgsRasterLayer):
        legend = [entry.data(Qt.DisplayRole) for entry in tree.layerLegendNodes(node)]
        assert legend[0].startswith(node.layer().name() + ": "), legend
        assert node.layer().name() + ": " in node.layer().bandName(1), node.layer().bandName(1)
places = next(l for l in vectors if l.name() == "Places")
way = QgsCoordinateTransform(places.crs(), project.crs(), project)
cities = [place for place in places.getFeatures() if place["kind"] == "city"]
assert cities, "no city"
for place in cities:
    assert maps[0].dataProvider().sample(way.transform(place.geometry().asPoint()), 1)[1], place["name"] + " is off the map"


def draw(shown, span, name):
    settings = QgsMapSettings()
    settings.setDestinationCrs(project.crs())
    settings.setLayers(shown)
    settings.setExtent(maps[0].extent())
    settings.setOutputSize(QSize(600, 600))
    settings.setIsTemporal(True)
    settings.setTemporalRange(span)
    job = QgsMapRendererSequentialJob(settings)
    job.start()
    job.waitForFinished()
    assert not job.errors(), [e.message for e in job.errors()]
    image = job.renderedImage()
    image.save(sys.argv[2].replace(".png", "_" + name + ".png"))
    drawn = sum(image.pixelColor(x, y).name() != "#ffffff" for x in range(600) for y in range(600))
    assert drawn > 0, "nothing is drawn of the " + name
    return drawn


for year in (2020, 2022):
    begin = QDateTime.fromString(f"{year}-01-01T00:00:00Z", Qt.ISODate)
    end = QDateTime.fromString(f"{year + 1}-01-01T00:00:00Z", Qt.ISODate)
    span = QgsDateTimeRange(begin, end, True, False)
    active = [l for l in maps if l.temporalProperties().isVisibleInTemporalRange(span)]
    assert [l.name() for l in active] == [str(year)], [l.name() for l in active]
    print("year", year, draw(maps, span, "maps"), draw([l for l in vectors if l.name() == "Boundaries"], span, "boundaries"))
app.exitQgis()
'''

if __name__ == "__main__":
    unittest.main(argv=[sys.argv[0], "-v"])
