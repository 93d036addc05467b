"""countries, country_groups, income_groups, country_years, population_projection, gdp_growth, edgar_sectors."""

import codes
from pack import Field, Table, number
from wording import clean

OWID = "Our World in Data grapher downloads (via GitHub sayanarman/CAP6938-Final-Project 28a2c8a and C5rsdMat1X5/ai-thermocast 6d06647)|https://ourworldindata.org"

PANEL_COLUMNS = [
    ("gdp_ppp_musd", "gdp_ppp_musd", "million international-$ (constant PPP)", "GDP = GDP per head x population (computed)"),
    ("gdp_pc_ppp_usd", "gdp_pc_ppp_usd", "international-$ per head (constant PPP)", "GDP per head; World Bank via OWID"),
    ("co2_fossil_mt", "co2_fossil_mt", "Mt CO2", "Fossil fuel and cement CO2, territorial; Global Carbon Budget via OWID"),
    ("ghg_excl_lulucf_mt", "ghg_excl_lulucf_cw_mt", "Mt CO2e (AR5 GWP100)", "Sum of the sector columns without LULUCF and bunkers; Climate Watch via OWID"),
    ("agriculture_mt", "ghg_agriculture_mt", "Mt CO2e", "Agriculture; Climate Watch via OWID"),
    ("lulucf_mt", "ghg_lulucf_mt", "Mt CO2e", "Land use, land-use change and forestry (negative: removal); Climate Watch via OWID"),
    ("waste_mt", "ghg_waste_mt", "Mt CO2e", "Waste; Climate Watch via OWID"),
    ("buildings_mt", "ghg_buildings_mt", "Mt CO2e", "Fuel burnt in buildings; Climate Watch via OWID"),
    ("industrial_processes_mt", "ghg_industrial_processes_mt", "Mt CO2e", "Industrial processes; Climate Watch via OWID"),
    ("manufacturing_construction_mt", "ghg_manufacturing_construction_mt", "Mt CO2e", "Fuel burnt in manufacturing and construction; Climate Watch via OWID"),
    ("transport_mt", "ghg_transport_mt", "Mt CO2e", "Transport without international bunkers; Climate Watch via OWID"),
    ("electricity_heat_mt", "ghg_electricity_heat_mt", "Mt CO2e", "Electricity and heat production; Climate Watch via OWID"),
    ("fugitive_mt", "ghg_fugitive_mt", "Mt CO2e", "Fugitive emissions of energy production; Climate Watch via OWID"),
    ("other_fuel_mt", "ghg_other_fuel_mt", "Mt CO2e", "Other fuel combustion; Climate Watch via OWID"),
    ("bunkers_mt", "ghg_bunkers_mt", "Mt CO2e", "International aviation and shipping, not in the national total; Climate Watch via OWID"),
    ("elec_gen_twh", "elec_gen_twh", "TWh", "Electricity generation; Ember and Energy Institute via OWID"),
    ("elec_ci_gco2_kwh", "elec_ci_gco2_kwh", "g CO2e/kWh", "Life-cycle carbon intensity of electricity (Ember method) via OWID"),
    ("elec_renewables_pct", "elec_renewables_pct", "%", "Renewable share of generation"),
    ("elec_fossil_pct", "elec_fossil_pct", "%", "Fossil share of generation"),
    ("elec_lowcarbon_pct", "elec_lowcarbon_pct", "%", "Low-carbon share of generation"),
] + [
    (f"elec_{fuel}_twh", f"elec_{fuel}_twh", "TWh", f"Generation from {label}")
    for fuel, label in [("coal", "coal"), ("gas", "gas"), ("oil", "oil"), ("nuclear", "nuclear"),
                        ("hydro", "hydro"), ("solar", "solar"), ("wind", "wind"),
                        ("biofuel", "bioenergy (also inside other_renewable)"),
                        ("other_renewable", "other renewables, bioenergy included")]
]


INCOME_GROUPS = ("High income: OECD", "High income: nonOECD", "Upper middle income", "Lower middle income", "Low income")


def build(ctx):
    countries(ctx)
    country_groups(ctx)
    income_groups(ctx)
    country_years(ctx)
    population_projection(ctx)
    gdp_growth(ctx)
    edgar_sectors(ctx)


def countries(ctx):
    rows = []
    for r in ctx.source("countries/countries.csv"):
        iso3 = r["iso3"]
        rows.append({
            "iso3": iso3, "iso2": r["iso2"], "iso_numeric": r["iso_numeric"], "name": r["name"],
            "aliases": codes.ALIASES.get(iso3, ""), "region": r["region"], "subregion": r["subregion"],
            "un_member": r["un_member"], "fiscal_year_start_month": 4 if iso3 == "JPN" else 1,
            "counted_in": codes.COUNTED_IN.get(iso3, ""), "lon": number(r["lon"]), "lat": number(r["lat"]),
            "area_km2": number(r["area_km2"]), "capital": r["capital"],
        })
    ctx.add(Table(
        "countries", "Countries and territories",
        "ISO 3166-1 codes, names and aliases of 250 countries and territories.",
        [Field("iso3", "string", "", "ISO 3166-1 alpha-3 (UNK: Kosovo, not an ISO code)", True),
         Field("iso2", "string", "", "ISO 3166-1 alpha-2; NA is Namibia"),
         Field("iso_numeric", "string", "", "ISO 3166-1 numeric, three digits"),
         Field("name", "string", "", "English name", True),
         Field("aliases", "string", "", "Other names, separated by semicolons; written for this pack"),
         Field("region", "string", "", "Continent-sized region"),
         Field("subregion", "string", "", "Sub-region"),
         Field("un_member", "integer", "", "1 member of the United Nations, else 0"),
         Field("fiscal_year_start_month", "integer", "month", "Month in which the fiscal year begins, where the country's targets are filed by fiscal year (Japan: 4); else 1", True, minimum=1, maximum=12),
         Field("counted_in", "string", "", "Country in whose population and emissions this territory is counted; its places and units carry that code"),
         Field("lon", "number", "degrees", "Longitude of the label point, WGS 84", minimum=-180, maximum=180, digits=4),
         Field("lat", "number", "degrees", "Latitude of the label point, WGS 84", minimum=-90, maximum=90, digits=4),
         Field("area_km2", "number", "km2", "Area", digits=2),
         Field("capital", "string", "", "Capital city")],
        rows, ["iso3"], ["ODbL-1.0"],
        ["world-countries 5.1.0 (npm)|https://github.com/mledoze/countries",
         "aliases and counted_in: compiled for this pack"],
        "2024", gaps="Fiscal years are stated only for Japan."))


def country_groups(ctx):
    rows = [{"group_id": r["group_id"], "name": r["name"], "iso3": r["iso3"], "source": r["source"]}
            for r in ctx.curated("country_groups.csv")]
    ctx.add(Table(
        "country_groups", "Groups of countries that file or plan together",
        "One row per member. EUU files one NDC for 27 members; ASE is ASEAN, for power plans.",
        [Field("group_id", "string", "", "Code of the group as used in ndc_targets and grid_paths", True),
         Field("name", "string", "", "Name of the group", True),
         Field("iso3", "string", "", "Member", True),
         Field("source", "string", "", "Where the membership is stated", True)],
        rows, ["group_id", "iso3"], ["compilation-CC-BY-4.0"], ["Membership lists of the organisations"], "2024",
        [(["iso3"], "countries", ["iso3"])]))


def income_groups(ctx):
    """Natural Earth's own codes that are none of ISO (Kosovo's) become those of the pack. What it draws apart from the
    country that counts its people (codes.py) does not speak for that country."""
    known = {r["iso3"] for r in ctx.rows("countries")}
    own, parts = {}, {}
    for r in ctx.curated("income_groups.csv"):
        iso3 = codes.NATURAL_EARTH_TO_ISO3.get(r["adm0_a3"], r["adm0_a3"])
        (own if iso3 == r["adm0_a3"] else parts)[iso3] = r
    rows = []
    for iso3, r in (parts | own).items():
        if iso3 in known:
            rank, _, group = r["income_grp"].partition(". ")
            rows.append({"iso3": iso3, "rank": int(rank), "income_group": group, "natural_earth_code": r["adm0_a3"]})
    missing = sorted(known - {r["iso3"] for r in rows})
    ctx.add(Table(
        "income_groups", "Income groups of countries",
        "The group a country is in by Natural Earth, which follows the World Bank's names. Groups only order countries: "
        "no figure of the model is made of them.",
        [Field("iso3", "string", "", "Country", True),
         Field("rank", "integer", "", "Place among the groups, 1 the richest", True, minimum=1, maximum=5),
         Field("income_group", "string", "", "Group, as Natural Earth names it", True, enum=INCOME_GROUPS),
         Field("natural_earth_code", "string", "", "adm0_a3 of Natural Earth; not ISO for Kosovo, Palestine, South Sudan and Western Sahara", True)],
        rows, ["iso3"], ["public-domain"],
        ["Natural Earth, attribute income_grp of countries50 and tiny_countries50, as in Debian's r-cran-rnaturalearthdata 0.1.0-2|https://www.naturalearthdata.com"],
        "not stated; released 2017-02", [(["iso3"], "countries", ["iso3"])],
        gaps="The source states no year, and groups have moved since: Chile is not among those of high income here. "
             f"None for {', '.join(missing)}."))


def country_years(ctx):
    known = {r["iso3"] for r in ctx.rows("countries")}
    rows = []
    for r in ctx.source("countries/country_panel_2000_2025.csv"):
        if r["iso3"] not in known:
            continue
        row = {"iso3": r["iso3"], "year": int(r["year"]), "population": number(r["population"]),
               "population_source": r["population_src"]}
        for ours, theirs, _, _ in PANEL_COLUMNS:
            row[ours] = number(r[theirs])
        rows.append(row)
    fields = [
        Field("iso3", "string", "", "Country", True),
        Field("year", "integer", "year", "Calendar year", True, minimum=2000, maximum=2025),
        Field("population", "integer", "persons", "Mid-year population; UN WPP 2024 via OWID", minimum=0),
        Field("population_source", "string", "", "owid, or wpp2022 where OWID lacked the country"),
    ] + [Field(name, "number", unit, text, digits=5) for name, _, unit, text in PANEL_COLUMNS]
    ctx.add(Table(
        "country_years", "Population, economy, emissions and electricity by country and year",
        "Yearly series 2000-2025. Emissions by sector (Climate Watch) end in 2022, CO2 and electricity in 2024 or 2025.",
        fields, rows, ["iso3", "year"], ["CC-BY-4.0"],
        [OWID, "UN DESA World Population Prospects", "World Bank World Development Indicators",
         "Global Carbon Budget", "Climate Watch, World Resources Institute", "Ember; Energy Institute"],
        "2000-2025", [(["iso3"], "countries", ["iso3"])],
        gaps="2025 is provisional and partial. No population for Kosovo and for territories counted elsewhere; none for Palau after 2022. "
             "No electricity intensity for Palau and Ukraine in 2023. The world row of the sources is left out; "
             "bunkers belong to no country.",
        compressed=True))


def population_projection(ctx):
    known = {r["iso3"] for r in ctx.rows("countries")}
    rows = [{"iso3": r["iso3"], "year": int(r["year"]), "population": int(float(r["population"]))}
            for r in ctx.source("countries/population_projection_unwpp2017_2015_2060.csv") if r["iso3"] in known]
    ctx.add(Table(
        "population_projection", "Population projection, UN WPP 2017 medium variant",
        "Yearly population 2015-2060. An old revision: re-base it on country_years before use.",
        [Field("iso3", "string", "", "Country", True),
         Field("year", "integer", "year", "Calendar year", True),
         Field("population", "integer", "persons", "Projected mid-year population", True, minimum=0)],
        rows, ["iso3", "year"], ["CC-BY-4.0"],
        ["Our World in Data, owid-datasets 48c9992|https://github.com/owid/owid-datasets",
         "UN DESA World Population Prospects 2017 (CC BY 3.0 IGO)"],
        "2015-2060", [(["iso3"], "countries", ["iso3"])],
        gaps="The 2017 revision; the 2022 and 2024 revisions could not be had. 197 countries.",
        compressed=True))


def gdp_growth(ctx):
    rows = []
    for r in ctx.source("technologies/bau_growth.csv"):
        rows.append({
            "iso3": r["iso3"], "scenario": r["scenario"], "year": int(r["year"]),
            "population_million": number(r["population_million"]),
            "gdp_pc_ppp_usd2005": number(r["gdp_pc_ppp_usd2005"]),
            "population_growth_pct_yr": number(r["pop_growth_pct_yr_5y"]),
            "gdp_pc_growth_pct_yr": number(r["gdp_pc_growth_pct_yr_5y"]),
            "gdp_pc_level": "country" if r["gdp_pc_level"] == "country" else "region",
            "gdp_pc_region": "" if r["gdp_pc_level"] == "country" else r["gdp_pc_level"],
            "source": clean(r["source"]),
        })
    ctx.add(Table(
        "gdp_growth", "Growth of population and GDP per head, SSP1-5",
        "Five-yearly levels and the mean yearly growth over the five years before. Use growth only, from 2025 on, "
        "on observed levels: SSP2 of 2013 misses 2010-2020 by more than 3 points a year in 19 of 65 countries.",
        [Field("iso3", "string", "", "Country", True),
         Field("scenario", "string", "", "Shared socioeconomic pathway", True, enum=("SSP1", "SSP2", "SSP3", "SSP4", "SSP5")),
         Field("year", "integer", "year", "Calendar year", True),
         Field("population_million", "number", "million persons", "Population", digits=6),
         Field("gdp_pc_ppp_usd2005", "number", "USD of 2005 (PPP) per head", "GDP per head", digits=2),
         Field("population_growth_pct_yr", "number", "%/yr", "Mean growth over the five years before", digits=4),
         Field("gdp_pc_growth_pct_yr", "number", "%/yr", "Mean growth over the five years before", digits=4),
         Field("gdp_pc_level", "string", "", "country: the country's own series; region: a model region's series, growth only", True, enum=("country", "region")),
         Field("gdp_pc_region", "string", "", "Model region used where gdp_pc_level is region"),
         Field("source", "string", "", "Where the figure comes from", True)],
        rows, ["iso3", "scenario", "year"], ["free-with-citation"],
        ["IIASA SSP database v9 (2013): Riahi et al. 2017, KC and Lutz 2017, Crespo Cuaresma 2017|https://tntcat.iiasa.ac.at/SspDb",
         "bc3LC/rfasst bfcf2f3 (BSD-2-Clause)|https://github.com/bc3LC/rfasst"],
        "2010-2050", [(["iso3"], "countries", ["iso3"])],
        gaps="66 countries. No population for Palau. SSP database of 2013; later editions were too large to be stored."))


def edgar_sectors(ctx):
    known = {r["iso3"] for r in ctx.rows("countries")}
    rows = [{"iso3": r["iso3"], "year": int(r["year"]), "buildings_mt": number(r["Buildings"]),
             "industrial_combustion_mt": number(r["Other industrial combustion"]),
             "other_mt": number(r["Other sectors"]), "power_mt": number(r["Power Industry"]),
             "transport_mt": number(r["Transport"])}
            for r in ctx.source("countries/edgar_v7_ghg_by_sector_2000_2021.csv") if r["iso3"] in known]
    text = "Greenhouse gases without LULUCF, AR5 GWP100: "
    ctx.add(Table(
        "edgar_sectors", "Greenhouse gases by five sectors, EDGAR v7.0",
        "A second inventory, to set beside country_years; the two differ.",
        [Field("iso3", "string", "", "Country", True),
         Field("year", "integer", "year", "Calendar year", True),
         Field("buildings_mt", "number", "Mt CO2e", text + "buildings", digits=4),
         Field("industrial_combustion_mt", "number", "Mt CO2e", text + "other industrial combustion", digits=4),
         Field("other_mt", "number", "Mt CO2e", text + "other sectors (processes, agriculture, waste)", digits=4),
         Field("power_mt", "number", "Mt CO2e", text + "power industry", digits=4),
         Field("transport_mt", "number", "Mt CO2e", text + "transport", digits=4)],
        rows, ["iso3", "year"], ["free-with-citation"],
        ["EDGAR v7.0, Crippa et al. 2021 and 2022, European Commission JRC|https://edgar.jrc.ec.europa.eu",
         "Open-Earth-Foundation/OpenClimate 822037b"],
        "2000-2021", [(["iso3"], "countries", ["iso3"])],
        gaps="Serbia and Montenegro, and the Netherlands Antilles, are single units in EDGAR v7.0 and left out.",
        compressed=True))
