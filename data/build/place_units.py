"""Which admin-1 unit a point lies in, by its code, its polygon, or the nearest polygon of its country."""

from collections import defaultdict

import numpy as np
from osgeo import ogr

import codes

NEAR_DEGREES = 0.1   # a place this near to the unit its code names is taken at its word (simplified borders)
OFFSHORE_DEGREES = 6.0  # an island that no polygon draws belongs to the unit its code names, within this reach
FAR_DEGREES = 1.0    # beyond this no polygon of the country is near: the nearest one is still taken, and said


class Units:
    """Admin-1 polygons, found by point, by GeoNames code, and by distance within a country."""

    def __init__(self, units):
        self.units = units
        self.prepared = [u.geometry.CreatePreparedGeometry() for u in units]
        self.boxes = np.array([u.geometry.GetEnvelope() for u in units])  # west, east, south, north
        self.by_country = defaultdict(list)
        self.by_code = defaultdict(list)
        for i, u in enumerate(units):
            self.by_country[u.iso3].append(i)
            if not u.gn_a1_code.endswith("."):
                self.by_code[(u.iso3, u.gn_a1_code)].append(i)

    def containing(self, iso3, lon, lat, point):
        for i in self.by_country[iso3]:
            west, east, south, north = self.boxes[i]
            if west <= lon <= east and south <= lat <= north and self.prepared[i].Contains(point):
                return i
        return None

    def nearest(self, candidates, lon, lat, point):
        """Unit and distance in degrees, longitudes shrunk by the cosine of the latitude."""
        best, best_distance = None, None
        boxes = self.boxes[candidates]
        dx = np.maximum(0, np.maximum(boxes[:, 0] - lon, lon - boxes[:, 1])) * np.cos(np.radians(lat))
        dy = np.maximum(0, np.maximum(boxes[:, 2] - lat, lat - boxes[:, 3]))
        bound = np.hypot(dx, dy)
        for position in np.argsort(bound, kind="stable"):
            if best is not None and bound[position] > best_distance:
                break
            i = candidates[position]
            distance = self.units[i].geometry.Distance(point)
            if best is None or distance < best_distance:
                best, best_distance = i, distance
        return best, best_distance

    def assign(self, iso3, code, lon, lat):
        """Index of the unit and how it was found; (None, 'none') where the country has no unit."""
        if not self.by_country[iso3]:
            return None, "none"
        point = ogr.Geometry(ogr.wkbPoint)
        point.AddPoint_2D(lon, lat)
        named = self.by_code.get((iso3, code), [])
        inside = self.containing(iso3, lon, lat, point)
        if inside is not None and inside in named:
            return inside, "code"
        if named:
            unit, distance = self.nearest(named, lon, lat, point)
            if distance <= NEAR_DEGREES and len(named) == 1:
                return unit, "code_near"
        if inside is not None:
            return inside, "polygon"
        if named:
            unit, distance = self.nearest(named, lon, lat, point)
            if distance <= OFFSHORE_DEGREES:
                return unit, "code_offshore"
        unit, distance = self.nearest(self.by_country[iso3], lon, lat, point)
        return unit, "nearest" if distance <= FAR_DEGREES else "nearest_far"


def home_units(ctx, units):
    """(country, index of the unit or None, method) of every row of the places source, in its order."""
    lookup = Units(units)
    out = []
    for r in ctx.source("cities/cities.csv.gz"):
        iso3 = codes.COUNTED_IN.get(r["iso3"], r["iso3"])
        out.append((iso3, *lookup.assign(iso3, r["admin1"], float(r["lon"]), float(r["lat"]))))
    return out
