"""technologies and what belongs to them: country values, priors, costs, fuels, prices, co-benefits."""

from pack import Field, Table, number
from wording import clean, is_from_memory

JPY_PER_EUR_2025 = 169.1  # table fx_deflators, market_fx_derived 2025
JPY_PER_USD_2025 = 149.6  # table fx_deflators, market_fx 2025

NUMBERS = {
    "capex_value": "see capex_currency, price year and unit", "baseline_capex_value": "as capex_value",
    "capex_low": "see capex_range_note, else as capex_value", "capex_high": "see capex_range_note, else as capex_value",
    "om_value": "see om_unit", "lifetime_years": "years", "jcm_credit_years": "years",
    "elec_saved_or_generated_kwh": "kWh/yr per unit", "elec_used_kwh": "kWh/yr per unit",
    "fuel_saved_gj": "GJ/yr per unit", "fuel_used_gj": "GJ/yr per unit", "ch4_avoided_tco2e": "t CO2e/yr per unit",
    "learning_rate": "1", "lr_low": "1", "lr_high": "1", "world_cum": "see world_cum_unit",
    "recent_growth_pct_per_yr": "%/yr", "bass_p_low": "1/yr", "bass_p_high": "1/yr", "bass_q_low": "1/yr", "bass_q_high": "1/yr",
}
INTEGERS = {"capex_price_year": "year", "world_cum_year": "year"}
BLOCKS = ("capex", "om", "lifetime", "jcm_credit_years", "energy", "lr", "deployment", "bass", "potential")

MEANING = {
    "name": "Name", "guidebook_sector": "Sector labels of the C3P guidebook, separated by semicolons",
    "gpc_codes": "GPC sub-sectors", "jcm_eligible": "Eligible for the JCM, in the source's words", "unit": "Unit counted",
    "capex_value": "Capital cost of a unit", "capex_currency": "Currency", "capex_price_year": "Price year",
    "capex_basis": "full or incremental, with remarks", "baseline_capex_value": "Cost of the equipment it replaces",
    "capex_low": "Low end", "capex_high": "High end", "capex_range_note": "What the range refers to",
    "om_value": "Operation and maintenance", "om_unit": "Its unit", "lifetime_years": "Mean lifetime",
    "jcm_credit_years": "Years over which JCM cost-effectiveness divides", "energy_formula": "How the energy figures follow",
    "elec_saved_or_generated_kwh": "Electricity saved or generated, for one setting", "elec_used_kwh": "Electricity used",
    "fuel_saved_gj": "Fuel saved", "fuel_saved": "Which fuel is saved", "fuel_used_gj": "Fuel used",
    "fuel_used": "Which fuel is used", "ch4_avoided_tco2e": "Methane avoided, outside energy CO2",
    "abatement_formula": "How abatement follows", "learning_rate": "Fall of cost per doubling", "lr_low": "Low end",
    "lr_high": "High end", "world_cum": "World cumulative stock", "world_cum_unit": "Its unit", "world_cum_year": "Its year",
    "recent_growth_pct_per_yr": "Recent growth of it", "bass_p_low": "Bass p, low end", "bass_p_high": "Bass p, high end",
    "bass_q_low": "Bass q, low end", "bass_q_high": "Bass q, high end", "potential_rule": "Rule for the technical potential",
    "sdg": "Sustainable Development Goals served, separated by semicolons",
    "conf_capex": "Confidence of the cost block", "conf_energy": "Confidence of the energy block",
    "conf_learning": "Confidence of the learning block", "conf_deployment": "Confidence of the deployment block",
    "confidence": "Confidence as a whole: high, medium, low, memory",
}


def build(ctx):
    technologies(ctx)
    technology_country(ctx)
    technology_priors(ctx)
    co_benefits(ctx)
    capex_by_country(ctx)
    capex_paths(ctx)
    fuel_factors(ctx)
    energy_prices(ctx)
    fx_deflators(ctx)


def us_price_factor(ctx, year):
    """Prices of 2025 over prices of year in the USA; the last years without a figure count as unchanged."""
    factor = 1.0
    for r in ctx.source("technologies/fx_deflators.csv"):
        if r["kind"] == "cpi_inflation" and r["code"] == "USA" and year < int(r["year"]) <= 2025:
            factor *= 1.0 + float(r["value"]) / 100.0
    return factor


def in_jpy_2025(ctx, value, currency, year):
    if value is None:
        return None
    if currency == "EUR":
        if year != 2025:
            raise ValueError(f"technologies: EUR of {year}, expected 2025")
        return value * JPY_PER_EUR_2025
    return value * us_price_factor(ctx, year) * JPY_PER_USD_2025


def technologies(ctx):
    source = ctx.source("technologies/technologies.csv")
    rows = []
    for r in source:
        row = {"tech_id": r["id"]}
        for name, value in r.items():
            if name == "id":
                continue
            row[name] = number(value) if name in NUMBERS or name in INTEGERS else clean(value)
        year = int(row["capex_price_year"])
        row["capex_jpy2025"] = in_jpy_2025(ctx, row["capex_value"], row["capex_currency"], year)
        row["baseline_capex_jpy2025"] = in_jpy_2025(ctx, row["baseline_capex_value"], row["capex_currency"], year)
        row["capex_from_memory"] = 1 if is_from_memory(r["capex_source"]) else 0
        row["energy_co2"] = 0 if r["id"] == "landfill_gas" else 1
        rows.append(row)
    fields = [Field("tech_id", "string", "", "Stable name", True)]
    for name in source[0]:
        if name == "id":
            continue
        if name.endswith("_source"):
            fields.append(Field(name, "string", "", f"Where the {name[:-7]} figures come from", True)
                          if name in ("capex_source", "lifetime_source") else
                          Field(name, "string", "", f"Where the {name[:-7]} figures come from; empty where there is none"))
        elif name in NUMBERS:
            fields.append(Field(name, "number", NUMBERS[name], MEANING[name]))
        elif name in INTEGERS:
            fields.append(Field(name, "integer", INTEGERS[name], MEANING[name]))
        else:
            fields.append(Field(name, "string", "", MEANING[name]))
        if name == "capex_value":
            fields += [Field("capex_jpy2025", "number", "JPY of 2025 per unit", "Capital cost; USD moved to 2025 by the US consumer price index, 149.6 JPY/USD, 169.1 JPY/EUR (computed)", True, digits=0),
                       Field("baseline_capex_jpy2025", "number", "JPY of 2025 per unit", "Cost of the equipment it replaces, same conversion (computed)", digits=0),
                       Field("capex_from_memory", "integer", "", "1: the cost was remembered, not read; a prior only", True, enum=(0, 1))]
        if name == "jcm_eligible":
            fields.append(Field("energy_co2", "integer", "", "1 where the main effect is energy-related CO2 or power, the JCM's scope; 0 for landfill methane", True, enum=(0, 1)))
    ctx.add(Table(
        "technologies", "Technologies",
        "22 technologies: cost, life, energy, learning, deployment, Bass ranges, potential and goals served, with a "
        "source per block. Energy figures belong to one setting (solar: Tokyo). "
        "abatement = (elec_saved - elec_used) x EF_grid/1e6 + fuel_saved x EF/1e3 - fuel_used x EF/1e3 + ch4, t/yr per unit.",
        fields, rows, ["tech_id"], ["compilation-CC-BY-4.0"],
        ["PyPSA/technology-data 634cdc1, mostly Danish Energy Agency catalogues (single figures, cited)|https://github.com/PyPSA/technology-data",
         "IRENA cost data 2019 via owid/owid-datasets 48c9992 (CC BY 4.0)", "Project documents and press pages, named row by row"],
        "2015-2025", gaps="Costs of LED/BEMS, air conditioners, chillers, e-buses' low end, landfill gas and others are from memory "
        "(capex_from_memory, conf_*). Learning rates are sourced for solar, wind and batteries only. No measured Bass p, q except EVs."))


def technology_country(ctx):
    people = {r["iso3"]: r for r in ctx.rows("country_years") if r["year"] == 2022}
    rows = []
    for r in ctx.curated("technology_country.csv"):
        units = number(r["units_per_head"])
        if r["rule"] == "boiler":
            # 30 % of fuel emissions of manufacturing over 1.23 t per kW and year (5,000 h, 82 %, gas).
            country = people[r["iso3"]]
            units = 0.30 * country["manufacturing_construction_mt"] * 1e6 / 1.23 / country["population"]
        rows.append({"tech_id": r["tech_id"], "iso3": r["iso3"], "units_per_head": units, "unit": r["unit"],
                     "unit_rule": r["unit_rule"], "initial_share_of_u": number(r["initial_share_of_u"]),
                     "mark": r["mark"], "source": r["source"], "note": r["note"]})
    ctx.add(Table(
        "technology_country", "Units that serve a whole sector, and the share in place in 2020",
        "U per head and A(t0)/U for Japan, Viet Nam and Indonesia; other countries are interpolated log-linearly in GDP "
        "per head between IDN, VNM and JPN and are guesses.",
        [Field("tech_id", "string", "", "Technology", True),
         Field("iso3", "string", "", "Country", True),
         Field("units_per_head", "number", "unit per person", "U per head; empty where it needs site data: see unit_rule", minimum=0),
         Field("unit", "string", "", "Unit", True),
         Field("unit_rule", "string", "", "How U is formed", True),
         Field("initial_share_of_u", "number", "1", "A(t0)/U in 2020; empty: data needed", minimum=0, maximum=1),
         Field("mark", "string", "", "S sourced, C computed, G guess, M memory", True, enum=("S", "C", "G", "M")),
         Field("source", "string", "", "Where the row comes from", True),
         Field("note", "string", "", "Remarks")],
        rows, ["tech_id", "iso3"], ["compilation-CC-BY-4.0"], ["Model parameters of the domino project"], "2020",
        [(["tech_id"], "technologies", ["tech_id"]), (["iso3"], "countries", ["iso3"])],
        gaps="Guesses throughout, except EV share of Japan and rows marked C. No clinker, landfill or process-heat inventory."))


PRIOR_NUMBERS = ("p_a", "p_b", "q_a", "q_b", "q_factor_jpn", "ceiling_low", "ceiling_high", "turnover_per_year")


def technology_priors(ctx):
    by_id = {r["tech_id"]: r for r in ctx.rows("technologies")}
    curated = {r["tech_id"]: r for r in ctx.curated("technology_priors.csv")}
    rows = []
    for tech_id, t in by_id.items():
        row = {"tech_id": tech_id}
        if tech_id in curated:
            c = curated[tech_id]
            row.update({n: number(c[n]) for n in PRIOR_NUMBERS})
            row.update({n: c[n] for n in ("p_dist", "q_dist", "mark", "source", "note")})
        else:
            row.update(p_dist="log_uniform", p_a=t["bass_p_low"], p_b=t["bass_p_high"], q_dist="uniform",
                       q_a=t["bass_q_low"], q_b=t["bass_q_high"], mark="M", source="technologies: " + t["bass_source"],
                       note="not in the parameter list; no ceiling or turnover given")
        row.update(learning_mean=t["learning_rate"], learning_sd=(t["lr_high"] - t["lr_low"]) / 3.3,
                   learning_min=-0.05, learning_max=0.40, learning_source=t["lr_source"],
                   lifetime_years=t["lifetime_years"])
        rows.append(row)
    ctx.add(Table(
        "technology_priors", "Priors of adoption and learning by technology",
        "p and q of the Bass equation (draw them jointly, or solve p from the known stock), ceilings M/U, largest yearly "
        "sales as a share of U, learning rate N(mean, sd) kept within its limits.",
        [Field("tech_id", "string", "", "Technology", True),
         Field("p_dist", "string", "", "Distribution of p", True, enum=("log_uniform", "uniform")),
         Field("p_a", "number", "1/yr", "Lower end", True, minimum=0, digits=8), Field("p_b", "number", "1/yr", "Upper end", True, minimum=0, digits=8),
         Field("q_dist", "string", "", "Distribution of q", True, enum=("log_uniform", "uniform")),
         Field("q_a", "number", "1/yr", "Lower end", True, minimum=0), Field("q_b", "number", "1/yr", "Upper end", True, minimum=0),
         Field("q_factor_jpn", "number", "1", "Factor on q in Japan; empty: 1"),
         Field("ceiling_low", "number", "1", "Lower end of the uniform prior of M/U", minimum=0, maximum=1),
         Field("ceiling_high", "number", "1", "Upper end", minimum=0, maximum=1),
         Field("turnover_per_year", "number", "1/yr", "Largest yearly sales as a share of U; empty: no limit", digits=6),
         Field("learning_mean", "number", "1", "Learning rate", True), Field("learning_sd", "number", "1", "(high - low)/3.3 of the technology table (computed)", True),
         Field("learning_min", "number", "1", "Kept not below", True), Field("learning_max", "number", "1", "Kept not above", True),
         Field("learning_source", "string", "", "Where the learning rate comes from"),
         Field("lifetime_years", "number", "years", "Mean lifetime, of the technology table", True),
         Field("mark", "string", "", "Of p, q: S sourced, C computed, G guess, M memory; ceilings and turnover are guesses", True, enum=("S", "C", "G", "M")),
         Field("source", "string", "", "Where p and q come from", True),
         Field("note", "string", "", "Remarks")],
        rows, ["tech_id"], ["compilation-CC-BY-4.0"], ["Model parameters of the domino project; table technologies"], "2020-2025",
        [(["tech_id"], "technologies", ["tech_id"])],
        gaps="7 technologies have only remembered ranges for p and q and no ceiling."))


def co_benefits(ctx):
    rows = []
    for t in ctx.rows("technologies"):
        for goal in t["sdg"].split(";"):
            rows.append({"tech_id": t["tech_id"], "sdg": int(goal), "serves": 1,
                         "source": "technologies, column sdg (assigned by the compilers of that table)"})
    ctx.add(Table(
        "co_benefits", "Goals served by technology", "One row per technology and Sustainable Development Goal it serves.",
        [Field("tech_id", "string", "", "Technology", True),
         Field("sdg", "integer", "", "Number of the goal", True, minimum=1, maximum=17),
         Field("serves", "integer", "", "1: serves the goal; no size is known", True, enum=(1,)),
         Field("source", "string", "", "Where the row comes from", True)],
        rows, ["tech_id", "sdg"], ["compilation-CC-BY-4.0"], ["Table technologies"], "2025",
        [(["tech_id"], "technologies", ["tech_id"])], gaps="Assigned, not measured."))


def capex_by_country(ctx):
    rows = []
    for r in ctx.source("technologies/capex_by_country.csv"):
        ratio = "capacity_factor" in r["tech_id"]
        rows.append({"tech_id": r["tech_id"], "iso3": "" if r["country"] == "World" else ctx.iso3_of_name(r["country"]),
                     "region": r["country"], "year": int(r["year"]), "value": number(r["value"]),
                     "unit": "1" if ratio else "USD of 2019 per kW", "source": clean(r["source"])})
    ctx.add(Table(
        "capex_by_country", "Installed cost by country 2015-2019", "IRENA installed costs of solar and onshore wind, and two capacity-factor series.",
        [Field("tech_id", "string", "", "Technology, or a series of its own (utility solar, capacity factors)", True),
         Field("iso3", "string", "", "Country; empty for the world"),
         Field("region", "string", "", "Country or world, as the source names it", True),
         Field("year", "integer", "year", "Year", True),
         Field("value", "number", "see unit", "Value", True, minimum=0),
         Field("unit", "string", "", "USD of 2019 per kW, or 1", True),
         Field("source", "string", "", "Where the row comes from", True)],
        rows, ["tech_id", "region", "year"], ["CC-BY-4.0"], ["IRENA 2020 via Our World in Data, owid/owid-datasets 48c9992"],
        "2015-2019", [(["iso3"], "countries", ["iso3"])]))


def capex_paths(ctx):
    rows = [{"series": r["tech_id"], "tech_id": r["tech_id"].split(":")[0], "source_technology": r["source_technology"],
             "year": int(r["year"]), "capex_eur2025": number(r["capex_eur2025"]),
             "capex_jpy2025": number(r["capex_eur2025"]) * JPY_PER_EUR_2025, "unit": r["unit"].replace("PKW", "vehicle"),
             "source": clean(r["source"])}
            for r in ctx.source("technologies/capex_paths_2020_2050.csv")]
    ctx.add(Table(
        "capex_paths", "Capital cost paths 2020-2050", "European (mostly Danish) price level, EUR of 2025: Asian projects are usually cheaper.",
        [Field("series", "string", "", "Technology, with a part (:kW, :kWh) or :baseline where split", True),
         Field("tech_id", "string", "", "Technology", True),
         Field("source_technology", "string", "", "Name at the source", True),
         Field("year", "integer", "year", "Year", True),
         Field("capex_eur2025", "number", "EUR of 2025 per unit", "Capital cost", True, minimum=0, digits=4),
         Field("capex_jpy2025", "number", "JPY of 2025 per unit", "The same at 169.1 JPY/EUR (computed)", True, minimum=0, digits=0),
         Field("unit", "string", "", "Unit", True),
         Field("source", "string", "", "Where the row comes from", True)],
        rows, ["series", "year"], ["compilation-CC-BY-4.0"],
        ["PyPSA/technology-data 634cdc1: figures of the Danish Energy Agency and others, each under its own terms|https://github.com/PyPSA/technology-data"],
        "2020-2050", [(["tech_id"], "technologies", ["tech_id"])]))


def fuel_factors(ctx):
    rows = [{"fuel": r["fuel"], "kgco2_per_gj_lhv": number(r["kgco2_per_gj_lhv"]),
             "from_memory": 1 if is_from_memory(r["source"]) else 0, "source": r["source"]}
            for r in ctx.source("technologies/fuel_factors.csv")]
    ctx.add(Table(
        "fuel_factors", "CO2 of fuels", "Kilograms of CO2 per gigajoule, lower heating value.",
        [Field("fuel", "string", "", "Fuel", True),
         Field("kgco2_per_gj_lhv", "number", "kg CO2/GJ (LHV)", "Emission factor", True, minimum=0),
         Field("from_memory", "integer", "", "1: remembered, not read", True, enum=(0, 1)),
         Field("source", "string", "", "Where the row comes from", True)],
        rows, ["fuel"], ["compilation-CC-BY-4.0"], ["IPCC 2006 Guidelines, volume 2, table 2.2 (from memory, unverified)"], "2006",
        gaps="All rows from memory."))


def energy_prices(ctx):
    rows = [{"iso3": r["iso3"], "carrier": r["carrier"], "jpy_per_unit": number(r["jpy_per_unit"]), "unit": r["unit"],
             "from_memory": 1 if is_from_memory(r["source"]) else 0, "source": r["source"]}
            for r in ctx.source("technologies/energy_prices_rough.csv")]
    ctx.add(Table(
        "energy_prices", "Rough energy prices", "End-user prices for plausibility checks only.",
        [Field("iso3", "string", "", "Country", True), Field("carrier", "string", "", "Energy carrier", True),
         Field("jpy_per_unit", "number", "see unit", "Price", True, minimum=0), Field("unit", "string", "", "Unit", True),
         Field("from_memory", "integer", "", "1: remembered, not read", True, enum=(0, 1)),
         Field("source", "string", "", "Where the row comes from", True)],
        rows, ["iso3", "carrier"], ["compilation-CC-BY-4.0"], ["From memory, unverified"], "2023-2024",
        [(["iso3"], "countries", ["iso3"])], gaps="Japan, Viet Nam and Indonesia only, all from memory."))


def fx_deflators(ctx):
    rows = [{"kind": r["kind"], "code": r["code"], "year": int(r["year"]), "unit": r["unit"], "value": number(r["value"]),
             "source": clean(r["source"])} for r in ctx.source("technologies/fx_deflators.csv")]
    ctx.add(Table(
        "fx_deflators", "Exchange rates, purchasing power and inflation", "Yearly means.",
        [Field("kind", "string", "", "market_fx, market_fx_derived, ppp, cpi_inflation", True, enum=("market_fx", "market_fx_derived", "ppp", "cpi_inflation")),
         Field("code", "string", "", "Currency or country", True), Field("year", "integer", "year", "Year", True),
         Field("unit", "string", "", "Unit", True), Field("value", "number", "see unit", "Value", True),
         Field("source", "string", "", "Where the row comes from", True)],
        rows, ["kind", "code", "year"], ["CC-BY-4.0", "PDDL-1.0"],
        ["World Bank via datasets/ppp 1782964 and datasets/cpi 3750e45 (CC BY 4.0)",
         "Federal Reserve via datasets/exchange-rates fa7d949 (PDDL)"], "2010-2025",
        gaps="No market rates of VND, IDR and PHP: use ppp or USD."))
