"""People of a grid by polygon, with cells split among the units that share them."""

from dataclasses import dataclass

import numpy as np
from osgeo import gdal, ogr, osr

gdal.UseExceptions()

SUB = 10          # sub-cells per cell side
STRIP = 180       # grid rows burnt at a time
REACH = 8         # cells: how far people of a cell without land look for a unit


@dataclass
class Zones:
    """people and centroid by unit; lost: persons of the grid that no unit within reach could take.

    cells, owners, shares: cell index, unit (from 1) and persons of every pair of cell and unit.
    """

    people: np.ndarray
    centroids: list
    lost: float
    cells: np.ndarray
    owners: np.ndarray
    shares: np.ndarray


def unit_people(raster_path, units):
    """Sums a lon/lat count raster over units (in order). Deterministic."""
    dataset = gdal.Open(raster_path)
    counts = dataset.GetRasterBand(1).ReadAsArray()
    transform = dataset.GetGeoTransform()
    layer, keep_alive = memory_layer(units)
    cells, owners, shares, home = split_cells(counts, transform, layer)
    cells, owners, shares, lost = adopt_orphans(counts, home, cells, owners, shares)
    people = np.bincount(owners, weights=shares, minlength=len(units) + 1)[1:]
    centroids = [None] * len(units)
    order = np.argsort(owners, kind="stable")
    starts = np.searchsorted(owners[order], np.arange(1, len(units) + 2))
    for i in range(len(units)):
        mine = order[starts[i]:starts[i + 1]]
        if len(mine):
            centroids[i] = snapped_centroid(cells[mine], shares[mine], counts.shape[1], transform)
    del keep_alive
    return Zones(people, centroids, lost, cells, owners, shares)


def memory_layer(units):
    srs = osr.SpatialReference()
    srs.ImportFromEPSG(4326)
    srs.SetAxisMappingStrategy(osr.OAMS_TRADITIONAL_GIS_ORDER)
    dataset = ogr.GetDriverByName("Memory").CreateDataSource("units")
    layer = dataset.CreateLayer("units", srs, ogr.wkbMultiPolygon)
    layer.CreateField(ogr.FieldDefn("idx", ogr.OFTInteger))
    for i, unit in enumerate(units, start=1):
        feature = ogr.Feature(layer.GetLayerDefn())
        feature.SetField("idx", i)
        feature.SetGeometry(unit.geometry)
        layer.CreateFeature(feature)
    return layer, dataset


def split_cells(counts, transform, layer):
    """Cell index, unit and persons of every (cell, unit) pair; and the main unit of every cell (0: none)."""
    rows, columns = counts.shape
    home = np.zeros((rows, columns), dtype=np.uint16)
    all_cells, all_owners, all_shares = [], [], []
    for top in range(0, rows, STRIP):
        fine = burn(layer, transform, top, min(STRIP, rows - top), columns)
        strip_rows = fine.shape[0] // SUB
        blocks = fine.reshape(strip_rows, SUB, columns, SUB)
        home[top:top + strip_rows] = blocks[:, SUB // 2, :, SUB // 2]
        r, c = np.nonzero(counts[top:top + strip_rows])
        if not len(r):
            continue
        sub = blocks[r, :, c, :].reshape(len(r), SUB * SUB)
        low, high = sub.min(axis=1), sub.max(axis=1)
        index = (r + top) * columns + c
        persons = counts[r + top, c].astype(float)
        plain = (low == high) & (low > 0)
        all_cells.append(index[plain])
        all_owners.append(low[plain].astype(np.int64))
        all_shares.append(persons[plain])
        mixed = np.nonzero((high > 0) & ~plain)[0]
        if len(mixed):
            pair_cell, pair_owner, pair_share = split_mixed(sub[mixed], index[mixed], persons[mixed])
            all_cells.append(pair_cell)
            all_owners.append(pair_owner)
            all_shares.append(pair_share)
            home[r[mixed] + top, c[mixed]] = high[mixed]
    return np.concatenate(all_cells), np.concatenate(all_owners), np.concatenate(all_shares), home


def burn(layer, transform, top, height, columns):
    memory = gdal.GetDriverByName("MEM").Create("", columns * SUB, height * SUB, 1, gdal.GDT_UInt16)
    north = transform[3] + top * transform[5]
    memory.SetGeoTransform((transform[0], transform[1] / SUB, 0, north, 0, transform[5] / SUB))
    memory.SetProjection(layer.GetSpatialRef().ExportToWkt())
    layer.SetSpatialFilterRect(-180.0, north + height * transform[5], 180.0, north)
    gdal.RasterizeLayer(memory, [1], layer, options=["ATTRIBUTE=idx"])
    layer.SetSpatialFilter(None)
    return memory.GetRasterBand(1).ReadAsArray()


def split_mixed(sub, index, persons):
    """A cell's people go to its land sub-cells alike, so to a unit by its part of the land."""
    land = (sub > 0).sum(axis=1)
    key = (np.arange(len(sub))[:, None] * 65536 + sub.astype(np.int64)).ravel()
    unique, count = np.unique(key[sub.ravel() > 0], return_counts=True)
    position, owner = unique // 65536, unique % 65536
    return index[position], owner, persons[position] * count / land[position]


def adopt_orphans(counts, home, cells, owners, shares):
    """People on cells without land go to the unit of the nearest cell that has one."""
    rows, columns = counts.shape
    served = np.zeros(rows * columns, dtype=bool)
    served[cells] = True
    orphans = np.nonzero((counts.ravel() > 0) & ~served)[0]
    offsets = sorted(((dr, dc) for dr in range(-REACH, REACH + 1) for dc in range(-REACH, REACH + 1)),
                     key=lambda o: (o[0] ** 2 + o[1] ** 2, o))
    r, c = orphans // columns, orphans % columns
    owner = np.zeros(len(orphans), dtype=np.int64)
    for dr, dc in offsets:
        open_ones = np.nonzero(owner == 0)[0]
        if not len(open_ones):
            break
        rr = np.clip(r[open_ones] + dr, 0, rows - 1)
        owner[open_ones] = home[rr, (c[open_ones] + dc) % columns]
    found = owner > 0
    persons = counts.ravel()[orphans].astype(float)
    return (np.concatenate([cells, orphans[found]]), np.concatenate([owners, owner[found]]),
            np.concatenate([shares, persons[found]]), float(persons[~found].sum()))


def snapped_centroid(cells, shares, columns, transform):
    """Centre of the unit's cell nearest to its centre of people (unit vectors, so the dateline is no border)."""
    lon = transform[0] + (cells % columns + 0.5) * transform[1]
    lat = transform[3] + (cells // columns + 0.5) * transform[5]
    x, y = np.radians(lon), np.radians(lat)
    vectors = np.stack([np.cos(y) * np.cos(x), np.cos(y) * np.sin(x), np.sin(y)], axis=1)
    mean = (vectors * shares[:, None]).sum(axis=0)
    # Cells with fewer people than the unit's mean cell are not "near people".
    lived_in = shares >= shares.mean()
    best = np.argmax(np.where(lived_in, np.round(vectors @ (mean / np.linalg.norm(mean)), 12), -2.0))
    return float(round(lon[best], 6)), float(round(lat[best], 6))
