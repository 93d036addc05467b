"""electricity_factors, electricity_t0, electricity_zones, grid_paths."""

from pack import Field, Table, number
from wording import clean


def build(ctx):
    factors(ctx)
    at_start(ctx)
    zones(ctx)
    grid_paths(ctx)


def factors(ctx):
    known = {r["iso3"] for r in ctx.rows("countries")}
    values = {}
    for path, ours, theirs in [
            ("electricity/unfccc_ifi_marginal_intensity_2021.csv", "operating_margin_gco2_kwh", "gco2_kwh_operating_margin"),
            ("electricity/ember_average_intensity.csv", "average_gco2e_kwh", "gco2e_kwh")]:
        for r in ctx.source(path):
            if r["code"] in known:
                values.setdefault(r["code"], {"iso3": r["code"]})[ours] = number(r[theirs])
    ctx.add(Table(
        "electricity_factors", "Grid emission factors: operating margin and average",
        "The margin is for credited projects and added load, the average for inventories.",
        [Field("iso3", "string", "", "Country", True),
         Field("operating_margin_gco2_kwh", "number", "g CO2/kWh", "UNFCCC IFI harmonised operating margin, data set of 2021", minimum=0),
         Field("average_gco2e_kwh", "number", "g CO2e/kWh", "Ember average intensity, latest year", minimum=0)],
        list(values.values()), ["iso3"], ["CC-BY-SA-4.0"],
        ["UNFCCC IFI TWG harmonised grid factors 2021 and Ember, as republished by @tgwf/co2 0.19.0 (npm), Green Web Foundation|https://github.com/thegreenwebfoundation/co2.js"],
        "2021", [(["iso3"], "countries", ["iso3"])],
        gaps="JCM official factors are lower (about 0.4-0.9 of the margin) and could not be had."))


def at_start(ctx):
    """EF(t0) = min(inventory / generation, published intensity), for the last year with both."""
    by_country = {}
    for r in ctx.rows("country_years"):
        if r["electricity_heat_mt"] is not None and r["elec_gen_twh"]:
            by_country[r["iso3"]] = r
    rows = []
    for iso3, r in by_country.items():
        inventory = r["electricity_heat_mt"] * 1000.0 / r["elec_gen_twh"]
        published = r["elec_ci_gco2_kwh"]
        rows.append({"iso3": iso3, "year": r["year"], "inventory_gco2_kwh": inventory,
                     "published_gco2_kwh": published,
                     "ef_t0_gco2_kwh": inventory if published is None else min(inventory, published),
                     "basis": "inventory_only" if published is None else "minimum"})
    ctx.add(Table(
        "electricity_t0", "Emission factor of electricity at the start",
        "EF(t0) = min(electricity and heat inventory / generation, published intensity), computed from country_years; "
        "what the inventory has beyond it is heat and captive power, in the national remainder.",
        [Field("iso3", "string", "", "Country", True),
         Field("year", "integer", "year", "Last year with both figures", True),
         Field("inventory_gco2_kwh", "number", "g CO2e/kWh", "Electricity and heat emissions over generation", digits=1),
         Field("published_gco2_kwh", "number", "g CO2e/kWh", "Published life-cycle intensity of that year", digits=1),
         Field("ef_t0_gco2_kwh", "number", "g CO2e/kWh", "The smaller of the two", True, digits=1),
         Field("basis", "string", "", "minimum, or inventory_only where no published figure exists", True, enum=("minimum", "inventory_only"))],
        rows, ["iso3"], ["CC-BY-4.0"], ["Computed from country_years (Climate Watch; Ember via OWID)"],
        "2022", [(["iso3"], "countries", ["iso3"])],
        gaps="Countries without generation or inventory of electricity are absent (Palau among them): for these only the "
             "operating margin of electricity_factors exists."))


def zones(ctx):
    rows = [{"zone": r["zone"], "zone_name": r["zone_name"], "year": int(r["year"]),
             "average_gco2e_kwh": number(r["gco2e_kwh"]), "renewable_pct": number(r["renewable_pct"]),
             "carbon_free_pct": number(r["carbon_free_pct"])}
            for r in ctx.source("electricity/electricity_maps_zones_2021_2025.csv")]
    ctx.add(Table(
        "electricity_zones", "Grid intensity by zone, sub-national where split",
        "Yearly means of 352 zones: Japan's utility areas, India's regions, Philippine islands and others.",
        [Field("zone", "string", "", "Zone code of Electricity Maps (ISO2, or ISO2 and part)", True),
         Field("zone_name", "string", "", "Name"),
         Field("year", "integer", "year", "Year", True),
         Field("average_gco2e_kwh", "number", "g CO2e/kWh", "Life-cycle intensity", minimum=0),
         Field("renewable_pct", "number", "%", "Renewable share"),
         Field("carbon_free_pct", "number", "%", "Carbon-free share")],
        rows, ["zone", "year"], ["ODbL-1.0"],
        ["Electricity Maps, via @tgwf/co2 0.19.0 (npm)|https://www.electricitymaps.com"], "2021-2025",
        gaps="Yearly only; many small zones are modelled or constant."))


def grid_paths(ctx):
    rows = []
    for n, r in enumerate(ctx.source("technologies/grid_paths.csv"), start=1):
        rows.append({
            "row": n, "iso3": r["iso3"], "plan": r["plan"], "year": int(r["year"]), "metric": r["metric"],
            "value_low": number(r["value_low"]), "value_high": number(r["value_high"]), "unit": r["unit"],
            "basis": r["basis"], "kind": "computed" if r["plan"] == "computed" else "stated",
            "from_memory": 1 if "memory" in r["source"] + r["confidence"] else 0, "source": clean(r["source"]),
            "confidence": r["confidence"], "note": clean(r["note"])})
    ctx.add(Table(
        "grid_paths", "Power plans: shares, capacities, intensities ahead",
        "Targets of national power plans. Capacity and generation shares are not comparable: see basis.",
        [Field("row", "integer", "", "Number of the row", True),
         Field("iso3", "string", "", "Country; ASE is ASEAN, see country_groups", True),
         Field("plan", "string", "", "Plan, or computed", True),
         Field("year", "integer", "year", "Year", True),
         Field("metric", "string", "", "What is counted"),
         Field("value_low", "number", "see unit", "Lower value"),
         Field("value_high", "number", "see unit", "Upper value"),
         Field("unit", "string", "", "Unit of the values"),
         Field("basis", "string", "", "Basis: generation, capacity, fiscal year, formula"),
         Field("kind", "string", "", "stated in a plan, or computed here with the fossil split of 2024 held", True, enum=("stated", "computed")),
         Field("from_memory", "integer", "", "1: remembered, not read; a prior only", True, enum=(0, 1)),
         Field("source", "string", "", "Where the row comes from", True),
         Field("confidence", "string", "", "high, medium, low, memory"),
         Field("note", "string", "", "Remarks")],
        rows, ["row"], ["compilation-CC-BY-4.0"], ["Plans and press pages, named row by row"], "2022-2050",
        gaps="24 rows from memory. Intensities are computed for JPN, THA, PHL and IND only and overstate where coal leaves first."))
