"""What was observed: declarations, leading areas, networks, pledges, EV stock."""

from names import NameIndex
from pack import Field, Table, number
from wording import clean

NZT = "diffusion/net_zero_tracker/nzt_2022-12-20_cities_regions.csv"
NZT_SOURCE = "Net Zero Tracker, snapshot of 2022-12-20 (CC BY 4.0), via Open-Earth-Foundation/OpenClimate 822037b|https://zerotracker.net"
NET_ZERO = {"Net zero", "Carbon neutral(ity)", "Climate neutral", "Zero carbon", "GHG neutral(ity)", "Zero emissions",
            "Climate positive", "1.5°C target"}


def build(ctx):
    zero_carbon_city_counts(ctx)
    leading_area_rounds(ctx)
    leading_areas(ctx)
    actors = match_actors(ctx)
    network_members(ctx, actors)
    observed_commitments(ctx, actors)
    ev_stock(ctx)


def zero_carbon_city_counts(ctx):
    rows = []
    source = ctx.source("diffusion/japan_zero_carbon_city/zcc_national_counts_to_2021-07.csv")
    for n, r in enumerate(source, start=1):
        row = {"row": n, "as_of_date": r["as_of_date"], "precision": r["precision"], "source": r["source"], "note": r["note"]}
        for name in ("n_governments", "n_prefectures", "n_cities", "n_special_wards", "n_towns", "n_villages", "population_million"):
            row[name] = number(r[name])
        rows.append(row)
    ctx.add(Table(
        "zero_carbon_city_counts", "2050 Zero Carbon City declarations, Japan: national counts",
        "Counts of the Ministry of the Environment. Denominator: 47 prefectures, 792 cities, 743 towns, 183 villages, 23 special wards.",
        [Field("row", "integer", "", "Number of the row", True),
         Field("as_of_date", "date", "", "Date of the count; empty: not stated, between its neighbours"),
         Field("n_governments", "integer", "governments", "All", True, minimum=0),
         Field("n_prefectures", "integer", "prefectures", "Prefectures", minimum=0), Field("n_cities", "integer", "cities", "Cities", minimum=0),
         Field("n_special_wards", "integer", "wards", "Special wards", minimum=0), Field("n_towns", "integer", "towns", "Towns", minimum=0),
         Field("n_villages", "integer", "villages", "Villages", minimum=0),
         Field("population_million", "number", "million persons", "People covered, overlaps removed", minimum=0),
         Field("precision", "string", "", "Precision of the date or count"), Field("source", "string", "", "Where the row comes from", True),
         Field("note", "string", "", "Remarks")],
        rows, ["row"], ["compilation-CC-BY-4.0"], ["Pages that repeat the ministry's counts, named row by row"], "2009-2021",
        gaps="Ends in July 2021; over 1,000 municipalities by November 2023 (C3P guidebook FY2024). No table by municipality."))


def leading_area_rounds(ctx):
    rows = []
    for r in ctx.source("diffusion/decarbonization_leading_areas/dla_rounds_1_4.csv"):
        row = {"result_date": r["result_date"], "source": r["source"], "note": r["note"]}
        for name in ("round", "applying_governments", "proposals_submitted", "proposals_selected", "cumulative_selected",
                     "prefectures_with_selected", "municipalities_selected"):
            row[name] = number(r[name])
        rows.append(row)
    rows.append({"round": None, "result_date": "2024-12-31", "cumulative_selected": 81.0,
                 "source": "C3P guidebook FY2024, introduction and Fig. 3 (as of December 2024)", "note": "state of December 2024, not a round; day not given"})
    ctx.add(Table(
        "leading_area_rounds", "Decarbonization Leading Areas: selection rounds", "Applicants, proposals and selections.",
        [Field("result_date", "date", "", "Date of the result", True), Field("round", "integer", "", "Round; empty for a state"),
         Field("applying_governments", "integer", "governments", "Applicants"), Field("proposals_submitted", "integer", "proposals", "Submitted"),
         Field("proposals_selected", "integer", "proposals", "Selected"), Field("cumulative_selected", "integer", "proposals", "Selected so far", True),
         Field("prefectures_with_selected", "integer", "prefectures", "Prefectures with a selection"),
         Field("municipalities_selected", "integer", "municipalities", "Municipalities selected"),
         Field("source", "string", "", "Where the row comes from", True), Field("note", "string", "", "Remarks")],
        rows, ["result_date"], ["compilation-CC-BY-4.0"], ["Press pages, named row by row"], "2022-2024",
        gaps="Rounds 5 and 6 are known only through the total of December 2024."))


def leading_areas(ctx):
    place_of = {r["name_local"]: r for r in ctx.rows("places") if r["name_local"]}
    unit_of = {r["name_ja"]: r["admin1_id"] for r in ctx.rows("admin1") if r["iso3"] == "JPN"}
    rows = []
    for n, r in enumerate(ctx.source("diffusion/decarbonization_leading_areas/dla_members_rounds_1_2.csv"), start=1):
        name, prefecture = r["lead_government_ja"], r["prefecture_ja"]
        unit = unit_of[prefecture]
        place = place_of.get(name)
        if place is not None and place["admin1_id"] != unit:
            raise ValueError(f"leading_areas: {name} is matched to {place['place_id']}, which is not in {prefecture}")
        kind = "prefecture" if name == prefecture else "city" if place is not None else "admin1_of_absent_place"
        rows.append({"row": n, "round": int(r["round"]), "result_date": r["result_date"], "prefecture_ja": prefecture,
                     "lead_government_ja": name, "place_id": place["place_id"] if place else "", "admin1_id": unit,
                     "match": kind, "source": r["source"]})
    ctx.add(Table(
        "leading_areas", "Decarbonization Leading Areas: lead governments of rounds 1 and 2",
        "Each match to a place was checked by name and prefecture.",
        [Field("row", "integer", "", "Number of the row", True), Field("round", "integer", "", "Round", True),
         Field("result_date", "date", "", "Date of selection", True), Field("prefecture_ja", "string", "", "Prefecture, Japanese", True),
         Field("lead_government_ja", "string", "", "Lead government, Japanese", True),
         Field("place_id", "string", "", "Place; empty for prefectures and places absent from places"),
         Field("admin1_id", "string", "", "Prefecture", True),
         Field("match", "string", "", "How it was matched", True, enum=("city", "prefecture", "admin1_of_absent_place")),
         Field("source", "string", "", "Where the row comes from", True)],
        rows, ["row"], ["compilation-CC-BY-4.0"], ["Press pages, named row by row"], "2022",
        [(["place_id"], "places", ["place_id"]), (["admin1_id"], "admin1", ["admin1_id"])],
        gaps="Rounds 3-6 have no list of members; joint proposers are left out."))


def match_actors(ctx):
    """Net Zero Tracker rows with the place or unit of the same name; the largest place wins."""
    cities = NameIndex(sorted((r for r in ctx.rows("places") if not r["dup_of"]), key=lambda r: (-r["population"], r["place_id"])),
                       ["name", "name_ascii"])
    units = NameIndex(ctx.rows("admin1"), ["name_en", "name", "name_local"])
    by_hand = {r["id_code"]: r for r in ctx.curated("actor_matches.csv")}
    out = []
    for r in ctx.source(NZT):
        place_id = admin1_id = ""
        method = "none"
        if r["id_code"] in by_hand:
            place_id, admin1_id, method = by_hand[r["id_code"]]["place_id"], by_hand[r["id_code"]]["admin1_id"], "by_hand"
        else:
            row = (units if r["actor_type"] == "Region" else cities).find(r["country"], r["name"])
            if row is not None:
                method = "name"
                place_id, admin1_id = row.get("place_id", ""), row["admin1_id"]
        out.append((r, place_id, admin1_id, method))
    return out


ACTOR_FIELDS = [
    Field("actor_id", "string", "", "Id of the Net Zero Tracker, or a name", True),
    Field("name", "string", "", "Name as the source gives it", True),
    Field("iso3", "string", "", "Country", True),
    Field("actor_type", "string", "", "City or Region", True, enum=("City", "Region")),
    Field("place_id", "string", "", "Place, for cities"),
    Field("admin1_id", "string", "", "First-level unit: of the city, or the region itself"),
    Field("match", "string", "", "name: same name and country, the largest place wins; by_hand: checked; none: not found, do not use for a place", True, enum=("name", "by_hand", "none")),
]
ACTOR_KEYS = [(["place_id"], "places", ["place_id"]), (["admin1_id"], "admin1", ["admin1_id"]), (["iso3"], "countries", ["iso3"])]


def actor_row(r, place_id, admin1_id, method):
    return {"actor_id": r["id_code"], "name": r["name"], "iso3": r["country"], "actor_type": r["actor_type"],
            "place_id": place_id, "admin1_id": admin1_id, "match": method}


def networks(ctx):
    rows = []
    for r in ctx.curated("networks.csv"):
        row = dict(r)
        for name in ("implied_reduction", "implied_year", "net_zero_year"):
            row[name] = number(r[name])
        rows.append(row)
    ctx.add(Table(
        "networks", "Named networks", "What a network does, and what its members' commitment implies.",
        [Field("network", "string", "", "Stable name", True), Field("name", "string", "", "Name", True),
         Field("kind", "string", "", "members: they act on each other; platform: also on the partners abroad of each", True, enum=("members", "platform")),
         Field("implied_reduction", "number", "", "Reduction that a membership implies", minimum=0, maximum=1),
         Field("implied_year", "integer", "year", "Year it is for"),
         Field("net_zero_year", "integer", "year", "Year of net zero that it implies"),
         Field("implied_text", "string", "", "The implied target in words"),
         Field("source", "string", "", "Where the row comes from", True), Field("note", "string", "", "Remarks")],
        rows, ["network"], ["compilation-CC-BY-4.0"], ["C3P guidebook FY2024 introduction, 1.8, Box 10"], "2025",
        gaps="The documents name no base year for the halving."))


def network_members(ctx, actors):
    networks(ctx)
    rows = [dict(actor_row(r, *match), network="race_to_zero", circle="", since="", as_of="2022-12-20",
                 source="Net Zero Tracker 2022-12-20, race_to_zero_member")
            for r, *match in actors if r["race_to_zero_member"] == "Yes"]
    rows += [dict(r, place_id=r["place_id"]) for r in ctx.curated("platforms.csv")]
    ctx.add(Table(
        "network_members", "Members of named networks",
        "Race to Zero members among tracked cities and regions, municipal platforms of the guidebook's Box 10, and "
        "the cities of its six cases by their main proposer.",
        [Field("network", "string", "", "Network, of networks", True)] + ACTOR_FIELDS
        + [Field("circle", "string", "", "Members act on those of their own circle only; empty: one circle"),
           Field("since", "date", "", "Since when; empty: not known"), Field("as_of", "date", "", "Date of the membership list", True),
           Field("source", "string", "", "Where the row comes from", True)],
        rows, ["network", "actor_id"], ["CC-BY-4.0"], [NZT_SOURCE, "C3P guidebook FY2024 1.8, Box 10"], "2022-2025",
        ACTOR_KEYS + [(["network"], "networks", ["network"])],
        gaps="Only tracked actors: cities over 500,000 people and regions of the 25 largest emitters. No joining dates."))


def observed_commitments(ctx, actors):
    rows = []
    for r, *match in actors:
        if r["end_target"] not in NET_ZERO:
            continue
        year = number(r["status_date"])
        rows.append(dict(actor_row(r, *match), commitment_id=r["id_code"], year=year, date="", precision="year" if year else "none",
                         target=r["end_target"], target_year=number(r["end_target_year"]), status=r["end_target_status"],
                         source="Net Zero Tracker 2022-12-20"))
    for r in ctx.curated("named_declarations.csv"):
        row = dict(r)
        row["year"], row["target_year"] = number(r["year"]), number(r["target_year"])
        rows.append(row)
    ctx.add(Table(
        "observed_commitments", "Net-zero pledges and declarations of cities and regions",
        "Pledges tracked in December 2022, with the year of their status where known, and declarations dated to the day or month.",
        [Field("commitment_id", "string", "", "Stable name", True)] + ACTOR_FIELDS
        + [Field("year", "integer", "year", "Year of the pledge or of its latest status; empty: not known"),
           Field("date", "date", "", "Date; day 1 where only the month is known"),
           Field("precision", "string", "", "Precision of the date", True, enum=("day", "month", "year", "none")),
           Field("target", "string", "", "What is pledged", True), Field("target_year", "integer", "year", "Year of the target"),
           Field("status", "string", "", "Standing of the pledge; a proposal is not a commitment"),
           Field("source", "string", "", "Where the row comes from", True)],
        rows, ["commitment_id"], ["CC-BY-4.0"], [NZT_SOURCE, "es-inc.jp/zerocarbon; econews.jp (named declarations)"], "2009-2022", ACTOR_KEYS,
        gaps="A cross-section: use for prevalence by country, not for timing. Japan's 1,000 declarations are counted in "
             "zero_carbon_city_counts, not listed."))


PARAMETER = {"EV stock": "stock", "EV stock share": "stock_share_pct", "EV sales": "sales", "EV sales share": "sales_share_pct"}


def ev_stock(ctx):
    by_key = {}
    for r in ctx.source("diffusion/iea_ev_country/iea_ev_2010_2022.csv"):
        iso3 = ctx.iso3_of_name(r["region"])
        if iso3 is None or r["parameter"] not in PARAMETER or r["mode"] != "Cars":
            continue
        key = (iso3, int(r["year"]), r["powertrain"])
        row = by_key.setdefault(key, {"iso3": key[0], "year": key[1], "powertrain": key[2]})
        row[PARAMETER[r["parameter"]]] = number(r["value"])
    ctx.add(Table(
        "ev_stock", "Electric cars by country", "Stock and sales of electric cars; world and regional totals of the source are left out.",
        [Field("iso3", "string", "", "Country; EUU is the European Union", True), Field("year", "integer", "year", "Year", True),
         Field("powertrain", "string", "", "BEV, PHEV, or EV (both; shares)", True, enum=("BEV", "PHEV", "EV")),
         Field("stock", "number", "vehicles", "Cars in use", minimum=0), Field("stock_share_pct", "number", "%", "Share of cars in use", minimum=0),
         Field("sales", "number", "vehicles/yr", "Cars sold", minimum=0), Field("sales_share_pct", "number", "%", "Share of cars sold", minimum=0)],
        list(by_key.values()), ["iso3", "year", "powertrain"], ["CC-BY-4.0"],
        ["IEA Global EV Outlook 2023 data explorer, via y0ungpr0digy/World_of_Evs_project3 04829fc; the licence is the publisher's as remembered, the copy does not repeat it|https://www.iea.org/data-and-statistics/data-tools/global-ev-data-explorer"],
        "2010-2022", gaps="No JCM partner except Chile and Mexico."))
