"""Figures, rules, benefits and named places of the theme documents: theme_facts, c3p_scoring, systems_seeds …"""

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
        [Field("seed_id", "string", "", "Stable name", True), Field("event_id", "string", "", "Stable name of the event", True),
         Field("role", "string", "", "Whether the place received the others or came", True, enum=("host", "participant")),
         Field("system", "string", "", "Programme", True),
         Field("event", "string", "", "Event that names the place", True), Field("date", "date", "", "First day of the event", True),
         Field("name", "string", "", "Name", True), Field("iso3", "string", "", "Country", True),
         Field("place_id", "string", "", "Place; empty for regions and places absent from places"),
         Field("admin1_id", "string", "", "First-level unit", True),
         Field("match", "string", "", "How it was matched", True, enum=("city", "prefecture", "province", "admin1_of_absent_place")), SOURCE],
        ["seed_id"], {}, "2019",
        keys=[(["place_id"], "places", ["place_id"]), (["admin1_id"], "admin1", ["admin1_id"]), (["iso3"], "countries", ["iso3"])],
        gaps="Only the municipalities the document names; the full lists of FutureCity selections are not in it.")
    add(ctx, "guidebook_sectors", "Sectors of city-to-city projects", "The 13 labels of the guidebook's list of adopted projects; technologies carry them in guidebook_sector.",
        [Field("sector", "string", "", "Label", True), Field("number", "integer", "", "Place in the list", True), SOURCE],
        ["sector"], {"number": number}, "2024")
    add(ctx, "exit_support_types", "What support of a type does", "Intensity of each activity of a support window, by the support types of exit_schemes. Guesses: the guidebook names the types and says nothing of what they do.",
        [Field("support_type", "string", "", "As in exit_schemes", True),
         Field("feasibility", "number", "1", "Intensity of feasibility studies: JCM projects", True, minimum=0, maximum=1),
         Field("policy_dialogue", "number", "1", "Intensity of policy dialogue: hazard of commitment", True, minimum=0, maximum=1),
         Field("capacity_building", "number", "1", "Intensity of capacity building: capacity and adoption", True, minimum=0, maximum=1),
         Field("mark", "string", "", "S sourced, C computed, G guess", True), SOURCE, Field("note", "string", "", "Reason", True)],
        ["support_type"], {"feasibility": number, "policy_dialogue": number, "capacity_building": number}, "2024")
    add(ctx, "c3p_project_technologies", "Technologies of projects on record", "Which technologies a city-to-city project is about, where a source tells: its JCM projects buy these.",
        [Field("pair_id", "string", "", "As in c3p_pairs", True), Field("tech_id", "string", "", "As in technologies", True), SOURCE],
        ["pair_id", "tech_id"], {}, "2016-2024",
        keys=[(["pair_id"], "c3p_pairs", ["pair_id"]), (["tech_id"], "technologies", ["tech_id"])],
        gaps="Only the guidebook's cases and the listed JCM projects of the same city.")
    add(ctx, "stocktake_levels", "Reductions consistent with 1.5 degrees Celsius", "What the first global stocktake says the world's emissions have to fall by.",
        [Field("year", "integer", "year", "Year", True), Field("reduction", "number", "1", "Reduction of world emissions", True, minimum=0, maximum=1),
         Field("base_year", "integer", "year", "Below the level of this year", True), Field("gases", "string", "", "Coverage of the figure", True),
         Field("scope", "string", "", "Whose emissions", True), Field("mark", "string", "", "S sourced, C computed, G guess", True), SOURCE, Field("note", "string", "", "Remarks", True)],
        ["year"], {"year": number, "reduction": number, "base_year": number}, "2030-2035",
        gaps="A world figure: the stocktake shares it out to nobody.")
    add(ctx, "partnership_benefits", "Benefits of city-to-city projects", "The 7 advantages the guidebook names for partner cities and the 5 for companies there, as short labels, each with what of a run tells that it is delivered. The benefits are sourced, the measures are guesses: the guidebook measures none.",
        [Field("benefit_id", "string", "", "Stable name", True),
         Field("guidebook_table", "integer", "", "Table of the guidebook", True, enum=(1, 2)),
         Field("number", "integer", "", "Place in that table", True),
         Field("beneficiary", "string", "", "Whom it reaches", True, enum=("partner_city", "local_company")),
         Field("benefit", "string", "", "Label, a paraphrase", True),
         Field("measure", "string", "", "What of a run tells that it is delivered", True, enum=BENEFIT_MEASURES),
         Field("goals", "string", "", "Goals of co_benefits, separated by semicolons: technologies that serve one of them bear on it; empty: it does not come from technology"),
         Field("mark", "string", "", "Of measure and goals: S sourced, C computed, G guess", True), SOURCE,
         Field("note", "string", "", "How the measure is read", True)],
        ["benefit_id"], {"guidebook_table": number, "number": number}, "2025",
        gaps="None is measured; how much of each a project brings is not known.")
    benefit_technologies(ctx)


BENEFIT_MEASURES = ("implementing_places", "studied_places", "adopting_places", "enabled_places", "tied_places", "supported_places",
                    "committed_places", "supported_equipment", "credited_reduction", "trained_places")


def benefit_technologies(ctx):
    """The vector of benefits of each technology: those with a goal that the technology serves."""
    goals_of = {}
    for row in ctx.rows("co_benefits"):
        goals_of.setdefault(row["tech_id"], set()).add(str(row["sdg"]))
    rows = []
    for benefit in ctx.rows("partnership_benefits"):
        for tech_id, served in goals_of.items():
            shared = sorted(set((benefit["goals"] or "").split(";")) & served, key=int)
            if shared:
                rows.append({"benefit_id": benefit["benefit_id"], "tech_id": tech_id, "goals": ";".join(shared), "mark": "G",
                             "source": "Computed: goals of partnership_benefits that the technology serves in co_benefits"})
    ctx.add(Table(
        "benefit_technologies", "Benefits by technology", "Which benefits of partnership_benefits a technology bears on. No size is known.",
        [Field("benefit_id", "string", "", "As in partnership_benefits", True), Field("tech_id", "string", "", "As in technologies", True),
         Field("goals", "string", "", "The goals it does so through, separated by semicolons", True),
         Field("mark", "string", "", "S sourced, C computed, G guess", True), SOURCE],
        rows, ["benefit_id", "tech_id"], ["compilation-CC-BY-4.0"], ["Tables partnership_benefits and co_benefits"], "2025",
        [(["benefit_id"], "partnership_benefits", ["benefit_id"]), (["tech_id"], "technologies", ["tech_id"])],
        gaps="Assigned through the goals, not measured."))


def add(ctx, name, title, text, fields, key, convert, year, keys=(), gaps=""):
    rows = []
    for r in ctx.curated(name + ".csv"):
        row = dict(r)
        for column, function in convert.items():
            row[column] = function(r[column])
        rows.append(row)
    ctx.add(Table(name, title, text, fields, rows, key, ["compilation-CC-BY-4.0"], DOCUMENTS, year, list(keys), gaps))
