"""jcm_partners, c3p_pairs, c3p_events, c3p_counts, programmes, exit_schemes, jcm_projects, jcm_counts."""

from pack import Field, Table, number
from wording import clean

GUIDEBOOK_SOURCE = "Guidebook on City-to-City Collaboration for Zero Carbon Society, FY2024 edition, Ministry of the Environment, Japan (facts)|https://www.env.go.jp/earth/coop/lowcarbon-asia/english/project/"


def build(ctx):
    jcm_partners(ctx)
    c3p_pairs(ctx)
    c3p_events(ctx)
    c3p_counts(ctx)
    programmes(ctx)
    exit_schemes(ctx)
    jcm_projects(ctx)
    jcm_counts(ctx)


def jcm_partners(ctx):
    rows = []
    for r in ctx.source("diffusion/jcm/jcm_partner_signings.csv"):
        flag = "ok"
        if not r["signing_date"]:
            flag = "missing_in_document"
        elif r["alt_date_from_memory_unverified"]:
            flag = "same_as_other"
        rows.append({
            "iso3": r["iso3"], "name": r["country"], "order": int(r["order"]), "signing_date": r["signing_date"],
            "place": r["place"], "date_flag": flag, "alternative_date": r["alt_date_from_memory_unverified"],
            "alternative_basis": "from memory, unverified" if r["alt_date_from_memory_unverified"] else "",
            "status": "partner", "source": clean(r["source"]), "note": clean(r["note"])})
    rows += [dict(r, order=None) for r in ctx.curated("jcm_later.csv")]
    ctx.add(Table(
        "jcm_partners", "Partner and candidate countries of the Joint Crediting Mechanism",
        "29 partners as of February 2024 with the dates the guidebook prints, its defects kept and flagged; later "
        "signings; the five candidates of the FY2025 call.",
        [Field("iso3", "string", "", "Country", True),
         Field("name", "string", "", "Name", True),
         Field("order", "integer", "", "Order in the guidebook's list"),
         Field("signing_date", "date", "", "Date of the bilateral document as printed; empty where none is printed"),
         Field("place", "string", "", "Place of signing"),
         Field("date_flag", "string", "", "ok; missing_in_document (Kenya); same_as_other (Indonesia's equals Costa Rica's); later_signing (after February 2024, day not sourced); not_signed", True,
               enum=("ok", "missing_in_document", "same_as_other", "later_signing", "not_signed")),
         Field("alternative_date", "date", "", "Another date, see alternative_basis"),
         Field("alternative_basis", "string", "", "Where alternative_date comes from"),
         Field("status", "string", "", "partner, or candidate (FY2025 call for proposals)", True, enum=("partner", "candidate")),
         Field("source", "string", "", "Where the row comes from", True),
         Field("note", "string", "", "Remarks")],
        rows, ["iso3"], ["compilation-CC-BY-4.0"], [GUIDEBOOK_SOURCE, "METI page on the JCM|https://www.meti.go.jp"],
        "2013-2025", [(["iso3"], "countries", ["iso3"])],
        gaps="No day of signing was found for Tanzania and India. 29 partners in February 2024, 31 by the end of 2025."))


def c3p_pairs(ctx):
    admin1_of = {r["place_id"]: r["admin1_id"] for r in ctx.rows("places")}
    rows = []
    for r in ctx.curated("c3p_pairs.csv"):
        row = dict(r)
        for side in ("overseas", "japan"):
            place, unit = r[side + "_place_id"], r[side + "_admin1_id"]
            if place and unit and admin1_of[place] != unit:
                raise ValueError(f"c3p_pairs {r['pair_id']}: {place} lies in {admin1_of[place]}, not in {unit}")
            row[side + "_admin1_id"] = unit or admin1_of[place]
        for name in ("first_year", "last_year"):
            row[name] = int(r[name]) if r[name] else None
        row["weight"] = number(r["weight"])
        rows.append(row)
    side = "city; city_region; main_city_of_region; province_of_region; province; prefecture; admin1_of_absent_place: the city is not among the places, its first-level unit stands for it"
    ctx.add(Table(
        "c3p_pairs", "City pairs of the City-to-City Collaboration Programme, and agreements",
        "One row per pair and kind. Each match to a place was checked by eye. Dates are what a source shows: see date_flag.",
        [Field("pair_id", "string", "", "Stable name of the row", True),
         Field("overseas_name", "string", "", "Partner as the source names it", True),
         Field("overseas_place_id", "string", "", "Place; empty where the partner is a region or absent from places"),
         Field("overseas_admin1_id", "string", "", "First-level unit", True),
         Field("overseas_match", "string", "", "How the partner was matched: " + side, True, enum=("city", "main_city_of_region", "province_of_region", "province", "admin1_of_absent_place")),
         Field("overseas_iso3", "string", "", "Country of the partner", True),
         Field("japan_name", "string", "", "Japanese municipality or prefecture", True),
         Field("japan_place_id", "string", "", "Place; empty for prefectures and for places absent from places"),
         Field("japan_admin1_id", "string", "", "Prefecture", True),
         Field("japan_match", "string", "", "How it was matched", True, enum=("city", "prefecture", "admin1_of_absent_place")),
         Field("first_year", "integer", "year", "First year (for projects fiscal year) in which the tie is evidenced", True),
         Field("last_year", "integer", "year", "Last year in which it is evidenced, or announced to run to"),
         Field("from_date", "date", "", "First day used for the tie; day 1 where the source gives a month, 1 April where it gives a fiscal year", True),
         Field("to_date", "date", "", "Last day; empty: no end is stated"),
         Field("kind", "string", "", "agreement, or c3p_project", True, enum=("agreement", "c3p_project")),
         Field("weight", "number", "", "Share of the tie, where a region of several provinces is the partner", True, minimum=0, maximum=1, digits=4),
         Field("archetype", "string", "", "Kind of collaboration, for the guidebook's six cases"),
         Field("date_flag", "string", "", "first_evidenced: not the start; start_stated; signed; renewed: date of a renewal, the tie is older", True, enum=("first_evidenced", "start_stated", "signed", "renewed")),
         Field("confidence", "string", "", "high, medium, low", True, enum=("high", "medium", "low")),
         Field("source", "string", "", "Where the row comes from", True),
         Field("note", "string", "", "Remarks")],
        rows, ["pair_id"], ["compilation-CC-BY-4.0"], [GUIDEBOOK_SOURCE, "Press and municipal pages, named row by row"],
        "2014-2028",
        [(["overseas_place_id"], "places", ["place_id"]), (["japan_place_id"], "places", ["place_id"]),
         (["overseas_admin1_id"], "admin1", ["admin1_id"]), (["japan_admin1_id"], "admin1", ["admin1_id"]),
         (["overseas_iso3"], "countries", ["iso3"])],
        gaps="A part of the programme: 56 cities and regions and 23 municipalities took part in FY2013-2024; the full list "
             "is a figure of the guidebook whose text was not extracted."))


def c3p_events(ctx):
    rows = [dict(r, fiscal_year=int(r["fiscal_year"])) for r in ctx.curated("c3p_events.csv")]
    ctx.add(Table(
        "c3p_events", "Studies of the programme without a named pair",
        "Known activity that must not become an edge: one side is not named.",
        [Field("event_id", "string", "", "Stable name", True),
         Field("fiscal_year", "integer", "year", "Japanese fiscal year", True),
         Field("iso3", "string", "", "Country", True),
         Field("place", "string", "", "Place as named; empty if none is"),
         Field("event", "string", "", "What took place", True),
         Field("reason_no_edge", "string", "", "Why it is no edge", True),
         Field("source", "string", "", "Where the row comes from", True)],
        rows, ["event_id"], ["compilation-CC-BY-4.0"], ["Pages named row by row"], "2013-2020",
        [(["iso3"], "countries", ["iso3"])]))


def c3p_counts(ctx):
    rows = []
    for path in ("diffusion/c3p/c3p_programme_counts.csv", "technologies/c3p_counts_more.csv"):
        for r in ctx.source(path):
            row = {"date": r["date"], "fiscal_year": int(r["fiscal_year"].removeprefix("FY")), "event": r["event"],
                   "source": clean(r["source"])}
            for name in ("applications", "selected", "cum_overseas_cities_regions", "cum_countries", "cum_japanese_municipalities"):
                row[name] = number(r[name])
            rows.append(row)
    rows.sort(key=lambda r: (r["fiscal_year"], r["date"], r["event"]))
    for n, row in enumerate(rows, start=1):
        row["row"] = n
    count = "Cumulative number of "
    ctx.add(Table(
        "c3p_counts", "Calls and membership of the City-to-City Collaboration Programme", "Counts as published, by call.",
        [Field("row", "integer", "", "Number of the row", True),
         Field("date", "string", "", "Date: day or month; empty if not stated"),
         Field("fiscal_year", "integer", "year", "Japanese fiscal year", True),
         Field("event", "string", "", "What is counted", True),
         Field("applications", "integer", "projects", "Applications"),
         Field("selected", "integer", "projects", "Projects selected"),
         Field("cum_overseas_cities_regions", "integer", "cities and regions", count + "partners"),
         Field("cum_countries", "integer", "countries", count + "countries"),
         Field("cum_japanese_municipalities", "integer", "municipalities", count + "Japanese municipalities"),
         Field("source", "string", "", "Where the row comes from", True)],
        rows, ["row"], ["compilation-CC-BY-4.0"], [GUIDEBOOK_SOURCE, "Pages named row by row"], "2014-2025"))


PROGRAMME_NUMBERS = ("share_max", "cap_jpy_per_tco2", "budget_jpy_per_year", "max_jpy_per_project_year",
                     "survey_supplement_jpy", "projects_per_year", "phase_years", "max_phases", "monitoring_lag_years")


def programmes(ctx):
    rows = []
    for r in ctx.curated("programmes.csv"):
        row = dict(r)
        for name in PROGRAMME_NUMBERS:
            row[name] = number(r[name])
        rows.append(row)
    ctx.add(Table(
        "programmes", "Programmes that support places",
        "Support type, limits, budget and phases. An empty budget is unknown, not zero.",
        [Field("programme_id", "string", "", "Stable name", True),
         Field("name", "string", "", "Name", True),
         Field("support_type", "string", "", "Kind of support", True),
         Field("share_max", "number", "", "Largest share of eligible cost that is paid", minimum=0, maximum=1),
         Field("cap_jpy_per_tco2", "number", "JPY/tCO2", "Cap per tonne over the credit years", minimum=0),
         Field("budget_jpy_per_year", "number", "JPY/yr (nominal)", "Budget a year", minimum=0),
         Field("budget_basis", "string", "", "How the budget was come by"),
         Field("max_jpy_per_project_year", "number", "JPY/yr (nominal)", "Most one project gets a year", minimum=0),
         Field("survey_supplement_jpy", "number", "JPY (nominal)", "Supplement for field surveys", minimum=0),
         Field("projects_per_year", "integer", "projects/yr", "Projects a year", minimum=0),
         Field("phase_years", "integer", "years", "Length of a phase", minimum=0),
         Field("max_phases", "integer", "", "Most phases", minimum=0),
         Field("monitoring_lag_years", "number", "years", "From grant to the first monitored year", minimum=0),
         Field("eligible_countries", "string", "", "Where"),
         Field("eligible_equipment", "string", "", "What"),
         Field("sectors", "string", "", "Sectors"),
         Field("start_date", "date", "", "Start"),
         Field("end_date", "date", "", "End; empty: none stated"),
         Field("mark", "string", "", "S: sourced; G: guess, see note", True, enum=("S", "G")),
         Field("source", "string", "", "Where the row comes from", True),
         Field("note", "string", "", "Remarks; guesses inside a row are named here")],
        rows, ["programme_id"], ["compilation-CC-BY-4.0"], [GUIDEBOOK_SOURCE], "2024-2025",
        gaps="No budget for leading areas, eco-lease and C2P2."))


def exit_schemes(ctx):
    rows = [dict(r, table=int(r["table"]), share_max=number(r["share_max"]),
                 budget_jpy_per_year=number(r["budget_jpy_per_year"])) for r in ctx.curated("exit_schemes.csv")]
    ctx.add(Table(
        "exit_schemes", "Schemes that may follow a collaboration project",
        "The schemes of the guidebook's Tables 7 (JCM partner countries) and 8 (Japanese local authorities).",
        [Field("scheme_id", "string", "", "Stable name", True),
         Field("table", "integer", "", "Table of the guidebook", True, enum=(7, 8)),
         Field("agency", "string", "", "Agency", True),
         Field("name", "string", "", "Name", True),
         Field("support_type", "string", "", "Kind of support", True),
         Field("share_max", "number", "", "Largest share paid, where stated", minimum=0, maximum=1),
         Field("budget_jpy_per_year", "number", "JPY/yr", "Budget, where stated", minimum=0),
         Field("state_owned_allowed", "string", "", "yes where projects of state-owned companies are covered (the partner government itself is not); empty: not stated"),
         Field("applicant", "string", "", "Who may apply"),
         Field("sector", "string", "", "Sector, where the scheme names one"),
         Field("eligibility", "string", "", "Where or who", True),
         Field("as_of", "string", "", "Month of the information"),
         Field("source", "string", "", "Where the row comes from", True),
         Field("note", "string", "", "Remarks")],
        rows, ["scheme_id"], ["compilation-CC-BY-4.0"], [GUIDEBOOK_SOURCE], "2024",
        gaps="The tables give neither budgets nor shares, except the JCM's one half."))


def jcm_projects(ctx):
    rows = []
    for r in ctx.source("technologies/jcm_projects.csv"):
        rows.append({
            "project_no": int(r["no"]), "host_iso3": r["host_iso3"], "city_region": r["city_region"], "title": r["title"],
            "technology": r["technology"], "tech_id": r["tech_id"], "size_mw": number(r["size_mw"]),
            "selected_fy": number(r["selected_fy"].removeprefix("FY")),
            "annual_reduction_tco2": number(r["annual_reduction_tco2"]), "reduction_note": clean(r["reduction_note"]),
            "capex_value": number(r["capex_value"]), "capex_currency": r["capex_currency"],
            "subsidy_value": number(r["jcm_subsidy_value"]), "subsidy_currency": r["jcm_subsidy_currency"],
            "japanese_partner": r["japanese_partner"], "programme": r["programme"], "status": r["status"],
            "counts_as_project": 0 if "feasibility" in r["programme"] or r["status"].startswith("planned") else 1,
            "source": clean(r["source"]), "confidence": r["confidence"]})
    ctx.add(Table(
        "jcm_projects", "JCM projects found in the press and in project documents",
        "75 of about 276 projects: a press list, not a sample. Includes 2 feasibility studies and 8 planned projects.",
        [Field("project_no", "integer", "", "Number of the row", True),
         Field("host_iso3", "string", "", "Host country", True),
         Field("city_region", "string", "", "Place as named"),
         Field("title", "string", "", "What it is", True),
         Field("technology", "string", "", "Technology in words"),
         Field("tech_id", "string", "", "Technology of table technologies where one fits; solar_pv_utility has no row there"),
         Field("size_mw", "number", "MW", "Capacity", minimum=0),
         Field("selected_fy", "integer", "year", "Fiscal year of selection"),
         Field("annual_reduction_tco2", "number", "t CO2/yr", "Expected reduction a year", minimum=0),
         Field("reduction_note", "string", "", "Remarks on the reduction"),
         Field("capex_value", "number", "see capex_currency", "Investment", minimum=0),
         Field("capex_currency", "string", "", "Currency"),
         Field("subsidy_value", "number", "see subsidy_currency", "Subsidy", minimum=0),
         Field("subsidy_currency", "string", "", "Currency"),
         Field("japanese_partner", "string", "", "Japanese company"),
         Field("programme", "string", "", "Programme", True),
         Field("status", "string", "", "Status when reported"),
         Field("counts_as_project", "integer", "", "0 for feasibility studies and planned projects, else 1", True, enum=(0, 1)),
         Field("source", "string", "", "Where the row comes from", True),
         Field("confidence", "string", "", "high, medium, low")],
        rows, ["project_no"], ["compilation-CC-BY-4.0"], ["Press pages and project documents, named row by row"],
        "2014-2026", [(["host_iso3"], "countries", ["iso3"])],
        gaps="75 of about 276 projects; annual reduction for 44; subsidy for one."))


def jcm_counts(ctx):
    rows = []
    for path in ("diffusion/jcm/jcm_programme_counts.csv", "technologies/jcm_programme_counts_more.csv"):
        for r in ctx.source(path):
            rows.append({"as_of_date": r["as_of_date"], "quantity": r["quantity"], "value": number(r["value"]),
                         "precision": clean(r["precision"]), "source": clean(r["source"])})
    rows.sort(key=lambda r: (r["quantity"], r["as_of_date"], r["value"]))
    for n, row in enumerate(rows, start=1):
        row["row"] = n
    ctx.add(Table(
        "jcm_counts", "Counts, budgets and credits of the JCM by date", "As published; the quantity names its unit.",
        [Field("row", "integer", "", "Number of the row", True),
         Field("as_of_date", "string", "", "Date: year, month or day; empty if not stated"),
         Field("quantity", "string", "", "What is counted, with its unit", True),
         Field("value", "number", "see quantity", "Value", True),
         Field("precision", "string", "", "exact, approximate, lower bound, target, with remarks"),
         Field("source", "string", "", "Where the row comes from", True)],
        rows, ["row"], ["compilation-CC-BY-4.0"], ["Pages named row by row"], "2013-2040"))
