"""Reading rasters at points, and writing the rasters of the pack as Cloud-Optimised GeoTIFF."""

import hashlib
import os

import numpy as np
from osgeo import gdal

from pack import licences, source

gdal.UseExceptions()


class Sampler:
    """One band of a north-up lon/lat raster that spans the globe; columns wrap at the dateline."""

    def __init__(self, path, band):
        dataset = gdal.Open(path)
        self.transform = dataset.GetGeoTransform()
        raster = dataset.GetRasterBand(band)
        self.values = raster.ReadAsArray().astype(float)
        nodata = raster.GetNoDataValue()
        if nodata is not None:
            self.values[self.values == nodata] = np.nan

    def position(self, lon, lat):
        """Fractional column and row: cell centres at .5."""
        t = self.transform
        return (lon - t[0]) / t[1], (lat - t[3]) / t[5]

    def at(self, row, column):
        rows, columns = self.values.shape
        return self.values[np.clip(row, 0, rows - 1), column % columns]

    def nearest(self, lon, lat):
        x, y = self.position(lon, lat)
        return as_list(self.at(np.floor(y).astype(int), np.floor(x).astype(int)))

    def bilinear(self, lon, lat):
        """Weighted mean of the four cell centres around the point; cells without data drop out."""
        x, y = self.position(lon, lat)
        x, y = x - 0.5, y - 0.5
        column, row = np.floor(x).astype(int), np.floor(y).astype(int)
        fx, fy = x - column, y - row
        total, weight = np.zeros(len(x)), np.zeros(len(x))
        for dr, dc, w in ((0, 0, (1 - fx) * (1 - fy)), (0, 1, fx * (1 - fy)),
                          (1, 0, (1 - fx) * fy), (1, 1, fx * fy)):
            value = self.at(row + dr, column + dc)
            known = ~np.isnan(value)
            total += np.where(known, value, 0) * w
            weight += np.where(known, w, 0)
        return as_list(np.where(weight > 0, total / np.where(weight > 0, weight, 1), np.nan))

    def mean_3x3(self, lon, lat):
        x, y = self.position(lon, lat)
        column, row = np.floor(x).astype(int), np.floor(y).astype(int)
        total = sum(self.at(row + dr, column + dc) for dr in (-1, 0, 1) for dc in (-1, 0, 1))
        return as_list(total / 9)


def as_list(values):
    return [None if np.isnan(v) else float(v) for v in values]


RASTERS = [
    ("population_2020_2p5min", "rasters/population/pop_count_2020_2p5min.tif", 1, "people 2020", "persons/cell",
     "Population count 2020, 2.5 arcmin",
     "Persons per cell; 0 is none or sea, there is no nodata. GPWv4.11 density, decoded from a third party's tiles, "
     "repaired in 4,112 dense blocks of 15 arcmin whose inner pattern is an estimate, every country scaled to its "
     "2020 population (216 of 238). Derivation in data/README.md.",
     ["CC-BY-4.0"], ["GPWv4 revision 11, CIESIN, Columbia University|https://doi.org/10.7927/H49C6VHW",
                     "kevinstadler/gpw-v4.11 452f42d; geocompx/geocompy f63e1f0"], "2020"),
    ("ghi", "rasters/solar/ghi_nasa_sse6_1deg.tif", 1, "global horizontal irradiation", "kWh/m2/day",
     "Global horizontal irradiation, mean 1983-2005, 1 degree", "Annual mean; NASA Surface meteorology and Solar Energy 6.0.",
     ["public-domain"], ["NASA LaRC SSE 6.0 (via marquiswang/solar 115799e)"], "1983-2005"),
    ("night_lights", "rasters/night_lights/night_lights_proxy_5min.tif", 1, "night lights brightness", "0-255",
     "Night lights proxy, 5 arcmin", "Red channel of a night picture, 8 bit: rank use only, not radiance.",
     ["public-domain"], ["NASA Black Marble picture (npm three-globe 2.45.2)"], "2012-2016"),
]


def build(ctx):
    folder = os.path.join(ctx.out, "rasters")
    os.makedirs(folder, exist_ok=True)
    for name, path, band, label, unit, title, text, names, sources, year in RASTERS:
        target = os.path.join(folder, name + ".tif")
        write_cog(ctx.source_path(path), band, target, label, unit)
        ctx.files.append(file_resource(ctx.out, name, target, "image/tiff", title, text, names, sources, year,
                                       {"unit": unit}))


def write_cog(path, band, target, label, unit):
    """A copy of one band with its values untouched. No overviews: a mean of counts would not add up."""
    plain = gdal.Translate("", path, format="MEM", bandList=[band])
    plain.GetRasterBand(1).SetDescription(label)
    plain.GetRasterBand(1).SetUnitType(unit)
    plain.SetMetadataItem("AREA_OR_POINT", "Area")
    gdal.GetDriverByName("COG").CreateCopy(target, plain, options=[
        "COMPRESS=DEFLATE", "LEVEL=9", "PREDICTOR=NO", "BLOCKSIZE=512", "OVERVIEWS=NONE",
        "BIGTIFF=IF_SAFER", "NUM_THREADS=1"])


def file_resource(out, name, path, media, title, text, names, sources, year, extra):
    with open(path, "rb") as stream:
        data = stream.read()
    resource = {
        "name": name, "path": os.path.relpath(path, out).replace(os.sep, "/"), "profile": "data-resource",
        "title": title, "description": text, "format": path.rsplit(".", 1)[1], "mediatype": media, "year": year,
        "bytes": len(data), "hash": "sha256:" + hashlib.sha256(data).hexdigest(),
        "licenses": licences(names), "sources": [source(s) for s in sources],
    }
    resource.update(extra)
    return resource
