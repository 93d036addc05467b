"""ndc_targets and inventory_annex1."""

import re

from pack import Field, Table, number
from wording import clean

CONDITIONALITY = {
    "unconditional": "unconditional", "conditional": "conditional", "conditional (total)": "conditional",
    "combined": "combined", "conditional range": "combined", "": "",
}

# What a value is counted in, by the words of the source.
UNITS = {
    "% reduction": "percent", "% reduction (energy sector)": "percent", "% reduction of carbon intensity": "percent",
    "% reduction of GHG per GDP": "percent", "% reduction of emission intensity of GDP": "percent",
    "% reduction of carbon intensity of GDP": "percent", "% reduction of CO2 per GDP": "percent",
    "% reduction (2021-2030)": "percent", "% of cumulative BAU 2020-2030": "percent", "% below peak": "percent",
    "% (carbon neutrality of energy industries)": "percent",
    "MtCO2e": "mt_co2e", "MtCO2e/yr avoided": "mt_co2e_per_year", "MtCO2e cumulative 2021-2030": "mt_co2e",
    "MtCO2e below peak level": "mt_co2e", "MtCO2e reduction": "mt_co2e", "": "",
}

PERIOD_START = {"% of cumulative BAU 2020-2030": 2020, "MtCO2e cumulative 2021-2030": 2021, "% reduction (2021-2030)": 2021}


def lulucf(text):
    """included, excluded, gross_net (removals count in the target year only) or unknown."""
    if "gross-net" in text or text.startswith("incl (removals"):
        return "gross_net"
    if text.startswith("incl"):
        return "included"
    if text.startswith("excl"):
        return "excluded"
    return "unknown"


def sector(coverage):
    if coverage in ("", "economy-wide", "sectoral", "agriculture;waste;industry;transport;energy"):
        return ""
    return coverage


def target_type(row):
    """The source's type, except where it calls a stated reduction in tonnes a percentage of BAU."""
    if row["type"] == "bau" and row["value_unit"] == "MtCO2e reduction":
        return "absolute_reduction"
    return row["type"]


def build(ctx):
    ndc_targets(ctx)
    inventory(ctx)


def ndc_targets(ctx):
    rows, seen = [], {}
    for r in ctx.source("ndc/ndc_targets.csv"):
        stem = f"{r['iso3']}-{r['target_year']}-{CONDITIONALITY[r['conditionality']] or 'unstated'}"
        seen[stem] = seen.get(stem, 0) + 1
        fiscal = r["base_year"].startswith("FY")
        value_note = "value from memory" if "memory" in r["source"] else ""
        rows.append({
            "target_id": stem if seen[stem] == 1 else f"{stem}-{seen[stem]}",
            "iso3": r["iso3"], "target_year": int(r["target_year"]),
            "year_basis": "fiscal" if fiscal else "calendar",
            "period_start": PERIOD_START.get(r["value_unit"]), "type": target_type(r),
            "conditionality": CONDITIONALITY[r["conditionality"]], "conditionality_text": r["conditionality"],
            "value_low": number(r["value_low"]), "value_high": number(r["value_high"]),
            "value_unit": UNITS[r["value_unit"]], "value_text": r["value_unit"],
            "reference": r["ref_kind"], "base_year": number(re.sub("^FY", "", r["base_year"])),
            "ref_level_mt": number(r["ref_level_MtCO2e"]), "level_low_mt": number(r["target_level_low_MtCO2e"]),
            "level_high_mt": number(r["target_level_high_MtCO2e"]), "level_basis": clean(r["level_basis"]),
            "lulucf": lulucf(r["lulucf"]), "lulucf_text": r["lulucf"], "gases": r["gases"],
            "coverage": r["coverage"], "sector": sector(r["coverage"]), "submission_date": r["submission_date"],
            "status": clean(r["status"]), "in_force": 1 if r["status"].startswith("in force") else 0,
            "from_memory": 1 if "memory" in r["source"] + r["level_basis"] else 0,
            "source": clean(r["source"]), "confidence": r["confidence"],
            "note": "; ".join(t for t in (clean(r["note"]), value_note) if t),
        })
    levels = "where stated, computed or derived: see level_basis"
    ctx.add(Table(
        "ndc_targets", "Targets of nationally determined contributions",
        "93 rows of 41 parties: Japan, the JCM partners and candidates, and large emitters. Not assessable without a "
        "reference level: an empty level is a gap, never zero.",
        [Field("target_id", "string", "", "Party, year, conditionality, and a number where several are alike", True),
         Field("iso3", "string", "", "Party; EUU is the European Union, see country_groups", True),
         Field("target_year", "integer", "year", "Year the target is for", True),
         Field("year_basis", "string", "", "calendar, or fiscal (Japan: April to March)", True, enum=("calendar", "fiscal")),
         Field("period_start", "integer", "year", "First year of a cumulative target; empty for a target year alone"),
         Field("type", "string", "", "How the level follows from the value", True, enum=("base_year", "bau", "intensity", "fixed_level", "peak_minus", "absolute_reduction", "trajectory", "sectoral", "unknown")),
         Field("conditionality", "string", "", "unconditional; conditional (the whole target if supported); combined (both parts in one figure, or a range that spans them); empty: not stated", enum=("unconditional", "conditional", "combined")),
         Field("conditionality_text", "string", "", "The source's word for it"),
         Field("value_low", "number", "see value_unit", "Less ambitious end of the stated value (for levels: lower figure)"),
         Field("value_high", "number", "see value_unit", "Other end of the stated value"),
         Field("value_unit", "string", "", "percent, mt_co2e, mt_co2e_per_year", enum=("percent", "mt_co2e", "mt_co2e_per_year")),
         Field("value_text", "string", "", "What the value is counted in, in the source's words"),
         Field("reference", "string", "", "What the value refers to"),
         Field("base_year", "integer", "year", "Base year; a fiscal year where year_basis is fiscal"),
         Field("ref_level_mt", "number", "Mt CO2e", "Reference emissions, " + levels, minimum=0),
         Field("level_low_mt", "number", "Mt CO2e", "Lower target level, " + levels),
         Field("level_high_mt", "number", "Mt CO2e", "Upper target level, " + levels),
         Field("level_basis", "string", "", "How the levels were come by"),
         Field("lulucf", "string", "", "Land use in the target: included, excluded, gross_net (removals in the target year only), unknown", True, enum=("included", "excluded", "gross_net", "unknown")),
         Field("lulucf_text", "string", "", "The source's word for it"),
         Field("gases", "string", "", "Gases, separated by semicolons"),
         Field("coverage", "string", "", "Coverage in the source's words"),
         Field("sector", "string", "", "Sector of a target that does not cover the whole economy"),
         Field("submission_date", "string", "", "Date of submission as far as known: year, month or day"),
         Field("status", "string", "", "Standing of the document"),
         Field("in_force", "integer", "", "1 where status begins with in force, else 0", True, enum=(0, 1)),
         Field("from_memory", "integer", "", "1 where a value or level was remembered, not read: verify before publication", True, enum=(0, 1)),
         Field("source", "string", "", "Where the row comes from", True),
         Field("confidence", "string", "", "high, medium, low, or gap: filed, but the number was not found", True, enum=("high", "medium", "low", "gap")),
         Field("note", "string", "", "Remarks")],
        rows, ["target_id"], ["compilation-CC-BY-4.0"],
        ["IGES NDC Database v7.7 (October 2022), Institute for Global Environmental Strategies, via OpenClimate 822037b|https://www.iges.or.jp/en/pub/iges-indc-ndc-database/en",
         "NDC registry, openclimatedata/ndcs 519d9f5", "Climate Action Tracker and press pages, named row by row"],
        "2016-2026",
        gaps="No number found for 2035: Ethiopia, Maldives, Costa Rica, Palau, Azerbaijan, Moldova, Georgia, Sri Lanka, "
             "Kazakhstan, Ukraine; second Saudi NDC. None filed: Lao PDR, Myanmar, Philippines, Papua New Guinea, Senegal, "
             "Tanzania, Viet Nam. Many BAU and base-year levels are missing. 2040 exists for Japan (and Saudi Arabia, no number)."))


def inventory(ctx):
    rows = []
    for r in ctx.source("ndc/unfccc_annex1_ghg_excl_lulucf.csv"):
        iso3 = ctx.iso3_of_name(r["party"])
        if iso3 is None:
            raise ValueError(f"inventory_annex1: no code for party {r['party']}")
        rows.append({"iso3": iso3, "year": int(r["year"]), "ghg_excl_lulucf_mt": number(r["MtCO2e_excl_LULUCF"])})
    ctx.add(Table(
        "inventory_annex1", "National inventories of Annex I parties, without LULUCF",
        "Totals as reported to the UNFCCC, November 2023. Japan's years are fiscal years.",
        [Field("iso3", "string", "", "Party; EUU is the European Union", True),
         Field("year", "integer", "year", "Inventory year", True),
         Field("ghg_excl_lulucf_mt", "number", "Mt CO2e", "Greenhouse gases without LULUCF", digits=4)],
        rows, ["iso3", "year"], ["free-with-citation"],
        ["UNFCCC greenhouse gas inventory data, November 2023 (public domain with acknowledgement)|https://di.unfccc.int"],
        "1990-2020", gaps="1990-2020; 44 parties."))
