"""parameters: every symbol of the model with default, prior, mark and source."""

from pack import Field, Table, number

PRIORS = ("fixed", "scenario", "solved", "uniform", "log_uniform", "normal", "half_normal", "zero_or_half_normal", "lognormal")


def build(ctx):
    rows = []
    for r in ctx.curated("parameters.csv"):
        row = dict(r)
        for name in ("a", "b", "zero_mass"):
            row[name] = number(r[name])
        rows.append(row)
    ctx.add(Table(
        "parameters", "Default parameters and priors of the model",
        "A default is the median of the prior unless the note says otherwise. Rates are per year. Marks: S read in a "
        "source, C computed from the pack, G guess with a wide prior, M from memory.",
        [Field("parameter_id", "string", "", "Stable name", True),
         Field("group", "string", "", "Part of the model", True),
         Field("symbol", "string", "", "Symbol in the model page, if it has one"),
         Field("meaning", "string", "", "What it is", True),
         Field("unit", "string", "", "Unit; 1 for a pure number; empty for a choice"),
         Field("default", "string", "", "Default: a number, or a word for a choice; empty where it is solved"),
         Field("prior", "string", "", "fixed; scenario (a to b, chosen by the scenario); solved on observations; uniform(a, b); log_uniform(a, b); normal(mean a, sd b); half_normal(scale b); zero_or_half_normal (0 with probability zero_mass, else half-normal of scale b); lognormal(median a, mean b)", True, enum=PRIORS),
         Field("a", "number", "as unit", "First parameter of the prior", digits=9),
         Field("b", "number", "as unit", "Second parameter of the prior", digits=9),
         Field("zero_mass", "number", "1", "Probability of exactly zero", minimum=0, maximum=1),
         Field("mark", "string", "", "S sourced, C computed, G guess, M memory", True, enum=("S", "C", "G", "M")),
         Field("source", "string", "", "Where the default and the prior come from", True),
         Field("note", "string", "", "Remarks")],
        rows, ["parameter_id"], ["compilation-CC-BY-4.0"], ["Model parameters of the domino project; literature named row by row"],
        "2025", gaps="Most couplings, capacity rates and multipliers are guesses and say so."))
