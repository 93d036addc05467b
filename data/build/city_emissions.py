"""city_emissions, city_emissions_openghgmap, japan_prefecture_co2: only sources with a stated open licence."""

from pack import Field, Table, number

# Left out: CDP (its terms do not allow republishing), EUCoM compilation (no licence stated),
# CEADs (research use only).
OPEN = {
    "CarbonMonitorCities": "Carbon Monitor Cities v0325 (Huo et al. 2022), modelled",
    "Nangini2019/CDP": "Nangini et al. 2019, from CDP reports",
    "Nangini2019/PKU": "Nangini et al. 2019, Peking University",
    "Nangini2019/carbonn": "Nangini et al. 2019, carbonn",
}


def build(ctx):
    inventories(ctx, "city_emissions", "City emissions from openly licensed collections",
                lambda s: s in OPEN, ["CC-BY-4.0"],
                ["Nangini et al. 2019, doi 10.1594/PANGAEA.884141 (CC BY), via joeyklee/co2Net 3f1dcce",
                 "Huo et al. 2022, Carbon Monitor Cities (CC BY 4.0), via Open-Earth-Foundation/OpenClimate 822037b"])
    inventories(ctx, "city_emissions_openghgmap", "City emissions of OpenGHGMap, Europe 2018",
                lambda s: s == "OpenGHGMap", ["ODbL-1.0"],
                ["OpenGHGMap R2021A, Moran et al., via Open-Earth-Foundation/OpenClimate 822037b|https://openghgmap.net"])
    prefectures(ctx)


def inventories(ctx, name, title, wanted, names, sources):
    known = {r["place_id"]: r for r in ctx.rows("places")}
    rows = []
    for r in ctx.source("city_emissions/city_emissions.csv.gz"):
        if not wanted(r["source"]):
            continue
        place_id = "GN" + r["geonameid"] if r["geonameid"] else ""
        if place_id not in known:
            place_id = ""
        rows.append({"source": r["source"], "source_id": r["source_id"], "city": r["city"], "iso2": r["iso2"],
                     "lon": number(r["lon"]), "lat": number(r["lat"]), "year": number(r["year"]), "gas": r["gas"],
                     "basis": r["basis"], "total_t": number(r["total_t"]), "scope1_t": number(r["scope1_t"]),
                     "scope2_t": number(r["scope2_t"]), "population": number(r["population"]), "place_id": place_id,
                     "match": r["match"] if place_id else "", "outlier": int(r["flag_outlier"])})
    rows.sort(key=lambda r: (r["source"], r["iso2"], r["source_id"], r["city"], r["year"] or 0, r["basis"], r["total_t"] or 0))
    for n, row in enumerate(rows, start=1):
        row["row"] = n
    ctx.add(Table(
        name, title, "One row per city and year. Not comparable across sources: boundary, gases and scope differ.",
        [Field("row", "integer", "", "Number of the row", True),
         Field("source", "string", "", "Collection", True), Field("source_id", "string", "", "Its id of the city"),
         Field("city", "string", "", "Name as published"), Field("iso2", "string", "", "Country, ISO 3166-1 alpha-2"),
         Field("lon", "number", "degrees", "Longitude", digits=5), Field("lat", "number", "degrees", "Latitude", digits=5),
         Field("year", "integer", "year", "Inventory year; empty if not stated"),
         Field("gas", "string", "", "CO2 or CO2e", True), Field("basis", "string", "", "Scope of the total"),
         Field("total_t", "number", "t/yr", "Total", digits=1), Field("scope1_t", "number", "t/yr", "Scope 1", digits=1),
         Field("scope2_t", "number", "t/yr", "Scope 2", digits=1), Field("population", "number", "persons", "People as reported", digits=0),
         Field("place_id", "string", "", "Place; empty: no match"),
         Field("match", "string", "", "How the place was found: name+xy, name, locode+xy, nearest (weak: a location only)"),
         Field("outlier", "integer", "", "1 where tonnes per head are above 60 or below 0.02", True, enum=(0, 1))],
        rows, ["row"], names, sources, "1990-2021", [(["place_id"], "places", ["place_id"])],
        gaps="CDP, CEADs and the Covenant of Mayors compilation are left out for their terms. Nothing for Cambodia, "
             "Lao PDR, Mongolia, Bangladesh and others.",
        compressed=True))


def prefectures(ctx):
    rows = [{"admin1_id": r["prefecture_iso"], "prefecture": r["prefecture"], "year": int(r["year"]),
             "coal_kt": number(r["coal_combustion"]), "oil_kt": number(r["crude_oil_combustion"]),
             "gas_kt": number(r["natural_gas_combustion"]), "electricity_kt": number(r["electricity_generation"])}
            for r in ctx.source("city_emissions/japan_prefecture_co2_2007_2015.csv")]
    ctx.add(Table(
        "japan_prefecture_co2", "CO2 of Japan's prefectures by fuel", "47 prefectures, 2007-2015.",
        [Field("admin1_id", "string", "", "Prefecture", True), Field("prefecture", "string", "", "Name", True),
         Field("year", "integer", "year", "Year", True),
         Field("coal_kt", "number", "kt CO2", "Coal", digits=3), Field("oil_kt", "number", "kt CO2", "Oil", digits=3),
         Field("gas_kt", "number", "kt CO2", "Natural gas", digits=3), Field("electricity_kt", "number", "kt CO2", "Electricity", digits=3)],
        rows, ["admin1_id", "year"], ["CC-BY-4.0"], ["Long et al. 2020 (figshare, CC BY 4.0), via Open-Earth-Foundation/OpenClimate 822037b"],
        "2007-2015", [(["admin1_id"], "admin1", ["admin1_id"])], gaps="Ends in 2015."))
