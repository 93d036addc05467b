"""Three districts of Fiji and what is known of them, as files that a scenario reads."""
import array

from osgeo import gdal, ogr, osr

gdal.UseExceptions()

SCENARIO = """
name = "districts"
technologies = ["ev_car"]
[run]
members = 4
start = "2020-01"
end = "2022-12"
[places]
countries = ["Fiji"]
min_population = "20000 people"
[[places.layers]]
path = "{layer}"
{name}id = "code"
population = "people"
country = "iso3"
[[places.covariates]]
name = "cars"
path = "{values}"
{values_name}field = "cars"
over = "area"
quantity = "count"
[[places.covariates]]
name = "slope"
path = "{raster}"
over = "area"
quantity = "density"
beta = {{ normal = [0.5, 0.1] }}
[emissions]
transport = "cars"
[output]
report = false
maps = false
geopackage = false
qgis_project = false
"""
# Squares in UTM 60 S on Viti Levu; the last crosses itself.
DISTRICTS = [("north", 30000, 5000.0, "POLYGON((560000 8030000,580000 8030000,580000 8050000,560000 8050000,560000 8030000))"),
             ("south", 20000, 4000.0, "POLYGON((580000 8000000,600000 8000000,600000 8020000,580000 8020000,580000 8000000))"),
             ("eight", 1000, 10.0, "POLYGON((600000 8020000,620000 8040000,620000 8020000,600000 8040000,600000 8020000))")]


def utm():
    crs = osr.SpatialReference()
    crs.ImportFromEPSG(32760)
    crs.SetAxisMappingStrategy(osr.OAMS_TRADITIONAL_GIS_ORDER)
    return crs


def write_layer(driver, path, crs):
    source = ogr.GetDriverByName(driver).CreateDataSource(path)
    layer = source.CreateLayer("districts", crs, ogr.wkbPolygon)
    for name, kind in (("code", ogr.OFTString), ("people", ogr.OFTInteger), ("cars", ogr.OFTReal),
                       ("iso3", ogr.OFTString)):
        layer.CreateField(ogr.FieldDefn(name, kind))
    for code, people, cars, wkt in DISTRICTS:
        feature = ogr.Feature(layer.GetLayerDefn())
        for name, value in (("code", code), ("people", people), ("cars", cars), ("iso3", "FJI")):
            feature.SetField(name, value)
        feature.SetGeometry(ogr.CreateGeometryFromWkt(wkt))
        layer.CreateFeature(feature)
    return path


def write_raster(path, options=()):
    raster = gdal.GetDriverByName("GTiff").Create(path, 40, 40, 1, gdal.GDT_Float32, list(options))
    raster.SetGeoTransform([177.0, 0.1, 0, -15.0, 0, -0.1])
    crs = osr.SpatialReference()
    crs.ImportFromEPSG(4326)
    raster.SetSpatialRef(crs)
    raster.GetRasterBand(1).WriteRaster(0, 0, 40, 40, array.array("f", [i % 7 for i in range(1600)]).tobytes())
    return path


def write_points(path):
    """Cars by the place they stand at, as a table with coordinates."""
    with open(path, "w", encoding="utf-8") as file:
        file.write("lon,lat,cars\n177.65,-17.72,3000\n177.7,-17.75,2000\n177.9,-18.02,4000\n")
    return path


def write_scenario(path, layer, values, raster, named=None):
    line = f'layer = "{named}"\n' if named else ""
    values_line = 'crs = "EPSG:4326"\n' if values.endswith(".csv") else line
    with open(path, "w", encoding="utf-8") as file:
        file.write(SCENARIO.format(layer=layer, values=values, raster=raster, name=line, values_name=values_line))
    return path
