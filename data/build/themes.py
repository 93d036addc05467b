"""Figures, rules and named places of the theme documents: theme_facts, c3p_scoring, c3p_rules, systems_seeds."""

from pack import Field, Table, number

DOCUMENTS = ["Guidebook on City-to-City Collaboration for Zero Carbon Society, FY2024 edition, Ministry of the Environment, Japan (facts)",
             "Global Subnational Zero Carbon Promotion Initiative (facts)",
             "Cabinet Office of Japan, session paper on local government SDGs, 2019 (facts)"]
SOURCE = Field("source", "string", "", "Where the row comes from", True)


def build(ctx):
    add(ctx, "theme_facts", "Figures of the theme documents", "What the documents state, one figure a row.",
        [Field("fact_id", "string", "", "Stable name", True), Field("system", "string", "", "Programme or campaign", True),
         Field("quantity", "string", "", "What is counted", True), Field("value", "number", "see unit", "Value", True),
         Field("unit", "string", "", "Unit", True), Field("as_of", "string", "", "Year or month", True), SOURCE],
        ["fact_id"], {"value": number}, "2008-2050",
        gaps="The documents contradict themselves on JCM projects through C3P (over 20, about 30); both are kept.")
    add(ctx, "c3p_scoring", "Scoring of C3P proposals, FY2025", "185 points, for new and for ongoing projects.",
        [Field("item", "string", "", "Stable name", True), Field("criterion", "string", "", "Criterion", True),
         Field("domino", "string", "", "commitment or implementation, where the sheet says so"),
         Field("points_new", "integer", "points", "Most points of a new project; empty: not scored"),
         Field("points_ongoing", "integer", "points", "Most points of an ongoing project; empty: not scored"),
         Field("computed_from", "string", "", "Quantity of the simulation that bears on it; empty: a person must judge"),
         Field("bands", "string", "", "Unit and bands as printed, both ends included, with the points of each; each: points that add up; highest: the best one counts"),
         Field("additional", "string", "", "What the sheet gives additional points for without saying how many"),
         Field("undefined", "string", "", "What the sheet leaves open"), SOURCE],
        ["item"], {"points_new": number, "points_ongoing": number}, "2025",
        gaps="Additional points have no values in the sheet; bands skip fractions; exactly one project is not defined for engineer_load.")
    add(ctx, "c3p_rules", "Eligibility, duties, costs and documents of C3P, FY2025", "Short paraphrases, one rule a row.",
        [Field("rule_id", "string", "", "Stable name", True), Field("kind", "string", "", "Kind of rule", True, enum=("eligibility", "duty", "cost", "document")),
         Field("number", "integer", "", "Number in its list", True), Field("rule", "string", "", "The rule in short", True),
         Field("value", "number", "see unit", "Figure, where it has one"), Field("unit", "string", "", "Unit of the figure"), SOURCE],
        ["rule_id"], {"number": number, "value": number}, "2025")
    add(ctx, "systems_seeds", "Places named with SDGs FutureCity and the Bali seminar", "Certified or participating municipalities and one contact event.",
        [Field("seed_id", "string", "", "Stable name", True), Field("system", "string", "", "Programme", True),
         Field("event", "string", "", "Event that names the place", True), Field("date", "date", "", "First day of the event", True),
         Field("name", "string", "", "Name", True), Field("iso3", "string", "", "Country", True),
         Field("place_id", "string", "", "Place; empty for regions and places absent from places"),
         Field("admin1_id", "string", "", "First-level unit", True),
         Field("match", "string", "", "How it was matched", True, enum=("city", "prefecture", "province", "admin1_of_absent_place")), SOURCE],
        ["seed_id"], {}, "2019",
        keys=[(["place_id"], "places", ["place_id"]), (["admin1_id"], "admin1", ["admin1_id"]), (["iso3"], "countries", ["iso3"])],
        gaps="Only the municipalities the document names; the full lists of FutureCity selections are not in it.")


def add(ctx, name, title, text, fields, key, convert, year, keys=(), gaps=""):
    rows = []
    for r in ctx.curated(name + ".csv"):
        row = dict(r)
        for column, function in convert.items():
            row[column] = function(r[column])
        rows.append(row)
    ctx.add(Table(name, title, text, fields, rows, key, ["compilation-CC-BY-4.0"], DOCUMENTS, year, list(keys), gaps))
