"""admin1: first-level units, each with a share of its country's 2020 people, adding up exactly."""

import re
from collections import Counter, defaultdict

import numpy as np
from osgeo import ogr, osr

import codes
import dense_blocks
from grid_zones import unit_people
from pack import Field, Table
from place_units import home_units

ISO_PATTERN = re.compile(r"^[A-Z]{2}-[A-Z0-9]{1,3}$")
FACTOR_LOW, FACTOR_HIGH = 0.8, 1.25
GRID_USABLE_FROM = 0.2  # a grid that knows less than a fifth of a country's people says little about where they live

SOURCE = "Natural Earth 1:10m states and provinces, simplified (12 % of vertices kept)|https://www.naturalearthdata.com"


class Unit:
    """A polygon with its code and country; people and centroid are filled in by build."""

    def __init__(self, feature, geometry, iso3):
        self.iso3 = iso3
        self.geometry = geometry
        self.code = feature.GetField("adm1_code")
        self.iso_3166_2 = (feature.GetField("iso_3166_2") or "").strip()
        self.gn_a1_code = (feature.GetField("gn_a1_code") or "").strip()
        self.name = (feature.GetField("name") or feature.GetField("name_en") or feature.GetField("admin")).strip()
        self.name_en = (feature.GetField("name_en") or "").strip()
        self.name_ja = (feature.GetField("name_ja") or "").strip()
        self.name_local = (feature.GetField("name_local") or "").strip()
        self.type = (feature.GetField("type_en") or "").strip()
        self.label = (feature.GetField("longitude"), feature.GetField("latitude"))
        self.id = None
        self.grid_people = 0.0
        self.city_people = 0
        self.moved = False
        self.population = 0
        self.lon = self.lat = None
        self.method = ""
        self.flag = ""
        self.area_km2 = 0.0


def load_units(ctx):
    """Units with their ISO3 country and id, sorted by id. National units are added for countries without any."""
    dataset = ogr.Open(ctx.source_path("boundaries/admin1.gpkg"))
    units = []
    for feature in dataset.GetLayerByName("admin1"):
        iso = (feature.GetField("iso_3166_2") or "").strip()
        a3 = feature.GetField("adm0_a3")
        iso3 = codes.UNIT_TO_ISO3.get(iso, codes.NATURAL_EARTH_TO_ISO3.get(a3, a3))
        if iso3 is not None:
            units.append(Unit(feature, feature.GetGeometryRef().Clone(), iso3))
    set_ids(ctx, units)
    set_areas(units)
    units.sort(key=lambda u: u.id)
    return units


def set_ids(ctx, units):
    """ISO 3166-2 where it is unique and of the unit's own country, else Natural Earth's code."""
    iso2 = {r["iso3"]: r["iso2"] for r in ctx.rows("countries")}
    parents = {"GUF": "FR", "MTQ": "FR", "GLP": "FR", "REU": "FR", "MYT": "FR", "BES": "NL"}
    count = Counter(u.iso_3166_2 for u in units)
    for u in units:
        prefix = u.iso_3166_2.split("-")[0]
        own = prefix == iso2.get(u.iso3) or prefix == parents.get(u.iso3)
        good = ISO_PATTERN.match(u.iso_3166_2) and count[u.iso_3166_2] == 1 and own
        u.id = u.iso_3166_2 if good else u.code


def set_areas(units):
    """Area in EPSG:6933, an equal-area projection of the WGS 84 ellipsoid."""
    wgs84 = osr.SpatialReference()
    wgs84.ImportFromEPSG(4326)
    wgs84.SetAxisMappingStrategy(osr.OAMS_TRADITIONAL_GIS_ORDER)
    equal_area = osr.SpatialReference()
    equal_area.ImportFromEPSG(6933)
    equal_area.SetAxisMappingStrategy(osr.OAMS_TRADITIONAL_GIS_ORDER)
    transform = osr.CoordinateTransformation(wgs84, equal_area)
    for u in units:
        copy = u.geometry.Clone()
        copy.Transform(transform)
        u.area_km2 = copy.GetArea() / 1e6


def largest_remainder(weights, total):
    """Whole numbers in proportion to weights that add up to total; ties go to the earlier entry."""
    weights = np.asarray(weights, dtype=float)
    exact = weights / weights.sum() * total
    floor = np.floor(exact).astype(np.int64)
    left = int(total - floor.sum())
    order = sorted(range(len(weights)), key=lambda i: (-(exact[i] - floor[i]), i))
    for i in order[:left]:
        floor[i] += 1
    return [int(v) for v in floor]


def build(ctx):
    units = load_units(ctx)
    zones = unit_people(ctx.source_path("rasters/population/pop_count_2020_2p5min.tif"), units)
    ctx.units = units
    ctx.zones = zones
    for u, people, centroid in zip(units, zones.people, zones.centroids):
        u.grid_people = people
        u.lon, u.lat = centroid if centroid else u.label
    totals = {r["iso3"]: int(r["population"]) for r in ctx.rows("country_years")
              if r["year"] == 2020 and r["population"]}
    ctx.home_units = home_units(ctx, units)
    add_city_people(ctx, units)
    dense_blocks.move_people(units, zones, ctx.source_path("rasters/population/pop_count_2020_2p5min_qa.tif"))
    by_country = defaultdict(list)
    for u in units:
        by_country[u.iso3].append(u)
    for iso3 in sorted(by_country):
        share_out(by_country[iso3], totals.get(iso3))
    national = [r for r in ctx.rows("countries") if r["iso3"] in totals and r["iso3"] not in by_country]
    ctx.add(table(ctx, units, national, totals))


def add_city_people(ctx, units):
    """GeoNames populations by unit, the fallback where the grid says too little."""
    for r, (_, unit, _) in zip(ctx.source("cities/cities.csv.gz"), ctx.home_units):
        if unit is not None and not r["dup_of"]:
            units[unit].city_people += int(r["population"])


def share_out(units, total):
    """Fills population, method and flag of one country's units."""
    if total is None:
        for u in units:
            u.population, u.method, u.flag = int(round(u.grid_people)), "grid_unscaled", "no_national_total"
        return
    grid = sum(u.grid_people for u in units)
    if grid_is_usable(units, grid, total):
        weights, method, flag = [u.grid_people for u in units], "grid_scaled", ""
        if not FACTOR_LOW <= total / grid <= FACTOR_HIGH:
            flag = f"grid_factor_{total / grid:.2f}"
    elif any(u.city_people for u in units):
        weights, method, flag = cities_then_area(units, total), "cities_and_area", "estimate"
    else:
        weights, method, flag = [u.area_km2 for u in units], "area", "estimate"
    for u, people in zip(units, largest_remainder(weights, total)):
        u.population, u.method, u.flag = people, method, flag
        if u.moved and method == "grid_scaled":
            u.method, u.flag = "grid_and_places", "estimate"


def grid_is_usable(units, grid, total):
    """False where the grid misses most of the country, or is far off and empty where towns are."""
    if grid < GRID_USABLE_FROM * total:
        return False
    far_off = not 0.5 <= total / grid <= 2.0
    empty_town = any(u.city_people and not u.grid_people for u in units)
    return not (far_off and empty_town)


def cities_then_area(units, total):
    """Places keep their people (at most nine tenths of the country), the rest is spread by area."""
    cities = sum(u.city_people for u in units)
    area = sum(u.area_km2 for u in units)
    kept = min(1.0, 0.9 * total / cities)
    rest = total - kept * cities
    return [kept * u.city_people + rest * u.area_km2 / area for u in units]


def table(ctx, units, national, totals):
    rows = []
    for u in units:
        rows.append({
            "admin1_id": u.id, "iso_3166_2": u.iso_3166_2 if ISO_PATTERN.match(u.iso_3166_2) else "",
            "adm1_code": u.code, "iso3": u.iso3, "name": u.name, "name_en": u.name_en, "name_local": u.name_local,
            "name_ja": u.name_ja, "type": u.type, "gn_a1_code": u.gn_a1_code, "population_2020": u.population,
            "grid_population_2020": u.grid_people, "population_method": u.method, "population_flag": u.flag,
            "lon": u.lon, "lat": u.lat, "area_km2": u.area_km2,
        })
    for r in national:
        rows.append({
            "admin1_id": r["iso3"], "adm1_code": "", "iso3": r["iso3"], "name": r["name"], "name_en": r["name"],
            "type": "national", "population_2020": totals[r["iso3"]], "population_method": "national",
            "population_flag": "no_admin1_polygon", "lon": r["lon"], "lat": r["lat"], "area_km2": r["area_km2"],
        })
    return Table(
        "admin1", "First-level administrative units",
        "States, prefectures and provinces with their people of 2020: the units of a country add up exactly to its "
        "population of 2020 in country_years. People: the 2.5-arcmin grid summed over the unit on a 10 x 10 sub-grid "
        "of each cell (a cell's people spread over its land sub-cells), scaled per country, rounded by largest remainder.",
        [Field("admin1_id", "string", "", "ISO 3166-2 where present, unique and of the same country; else Natural Earth's adm1_code; else ISO3 for a national unit", True),
         Field("iso_3166_2", "string", "", "ISO 3166-2 as Natural Earth gives it; may repeat over several polygons"),
         Field("adm1_code", "string", "", "Natural Earth code"),
         Field("iso3", "string", "", "Country whose population counts the unit", True),
         Field("name", "string", "", "Name", True),
         Field("name_en", "string", "", "English name"),
         Field("name_local", "string", "", "Name in the local language, where Natural Earth has it"),
         Field("name_ja", "string", "", "Japanese name"),
         Field("type", "string", "", "Kind of unit"),
         Field("gn_a1_code", "string", "", "GeoNames admin-1 code; a few repeat"),
         Field("population_2020", "integer", "persons", "People of 2020", True, minimum=0),
         Field("grid_population_2020", "number", "persons", "Sum of the population grid before scaling, after the move of grid_and_places", digits=1),
         Field("population_method", "string", "", "grid_scaled; grid_and_places (Japan, Korea: people moved between neighbours inside reconstructed dense blocks so that a unit holds its own municipalities); grid_unscaled (no national total); cities_and_area (estimate: GeoNames places keep their people, the rest by area; where the grid knows under 20 % of the people, or is off by a factor of two and empty where towns are); area (estimate); national", True,
               enum=("grid_scaled", "grid_and_places", "grid_unscaled", "cities_and_area", "area", "national")),
         Field("population_flag", "string", "", "grid_factor_X: scaling factor X outside 0.8-1.25; estimate; no_national_total; no_admin1_polygon"),
         Field("lon", "number", "degrees", "Longitude of the populated cell nearest to the unit's population centroid", True, minimum=-180, maximum=180, digits=4),
         Field("lat", "number", "degrees", "Latitude of the same", True, minimum=-90, maximum=90, digits=4),
         Field("area_km2", "number", "km2", "Area of the simplified polygon (EPSG:6933)", digits=2)],
        rows, ["admin1_id"], ["public-domain", "CC-BY-4.0"],
        [SOURCE, "GPWv4.11, CIESIN, Columbia University (CC BY 4.0), see rasters/population_2020_2p5min",
         "country_years (UN DESA via OWID, CC BY 4.0)"],
        "2020", [(["iso3"], "countries", ["iso3"])],
        gaps="Not legal boundaries; some reforms are missing (Indonesia 33 of 38 provinces, Viet Nam before 2025, Cambodia 24 of 25).")
