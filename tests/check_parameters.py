"""docs/parameters.md lists every uncertain figure of the pack, and says through what it acts.

    check_parameters.py REPOSITORY            the page is what the tables and the code give
    check_parameters.py REPOSITORY --write    write the page
    check_parameters.py --self-test
"""

import csv
import re
import sys
from pathlib import Path

PAGE = "docs/parameters.md"

# Rows that nothing reads: what they stand for, and why they are in the table all the same.
DESCRIBED = {
    "a_japan_history": "solved in every member from zero_carbon_city_counts",
    "cost_noise_sd_wind": "no wind technology is modelled",
    "jpy_per_eur_2025": "already in the capital costs of technologies.csv",
    "jpy_per_usd_2025": "already in the capital costs of technologies.csv; the rate of fx_deflators is used",
    "jcm_share_vnm_idn_plw": "follows from jcm_projects.csv, which is read",
    "block_rate_other": "block_rate_japan alone is drawn",
}
# alpha follows from units, savings and the sector; the rows are figures to hold the result against.
DERIVED = ("alpha_",)


def read_rows(path):
    with open(path, newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def sources(root, pattern):
    return "\n".join(p.read_text(encoding="utf-8") for p in sorted(root.glob(pattern)))


def keys_by_parameter(text):
    """parameter_id -> "table.key" of the scenario keys that set it."""
    found = {}
    for entry in text.split("{.table = ")[1:]:
        parameter = re.search(r'\.parameter = "([^"]+)"', entry)
        table = re.match(r'"([^"]*)"', entry)
        key = re.search(r'\.key = "([^"]+)"', entry)
        if parameter and table and key:
            found[parameter[1]] = f"{table[1]}.{key[1]}".lstrip(".")
    return found


def is_read(parameter, code):
    """Whether the code names the parameter, whole or as a stem that a country or user completes."""
    if f'"{parameter}"' in code:
        return True
    return any(parameter.startswith(stem) for stem in re.findall(r'"([a-z_]+_)"', code))


def acts_through(parameter, keys, code):
    ways = []
    if parameter in keys:
        ways.append(f"`{keys[parameter]}`")
    if is_read(parameter, code):
        ways.append("`[parameters]`")
    if ways:
        return " or ".join(ways)
    if parameter in DESCRIBED:
        return DESCRIBED[parameter]
    if parameter.startswith(DERIVED):
        return "computed; a figure to hold the result against"
    return None


def number(text):
    try:
        return f"{float(text):.4g}"
    except ValueError:
        return text


def prior_text(row):
    family, a, b = row["prior"], number(row["a"]), number(row["b"])
    zero = f"½·0 + ½·" if family == "zero_or_half_normal" else ""
    if family in ("half_normal", "zero_or_half_normal"):
        return f"{zero}HN({b or a})"
    names = {"normal": "N", "uniform": "U", "log_uniform": "LU", "lognormal": "lognormal"}
    if family in names:
        return f"{names[family]}({a}, {b})"
    if family == "scenario":
        return f"chosen, {a}–{b}" if a else "chosen"
    return family


def cell(text):
    return text.replace("|", "\\|").replace("\n", " ").strip()


def page(root):
    code = "\n".join(p.read_text(encoding="utf-8") for p in sorted(root.glob("scenarios/**/*.cpp"))
                     if p.parent.name != "keys")
    keys = keys_by_parameter(sources(root, "scenarios/keys/*.cpp"))
    rows = read_rows(root / "data/tables/parameters.csv")
    lines = [
        "# Parameters",
        "",
        "Written by `tests/check_parameters.py --write` from `data/tables/parameters.csv` and",
        "`data/tables/technology_priors.csv`; a test holds it to both and to the code. N(mean, sd), HN(s) = |N(0, s)|,",
        "U(low, high), LU log-uniform; ½·0 + ½·HN is exactly zero in half of the members. Marks: S sourced,",
        "C computed from the data, G guessed with a wide prior, M remembered and treated as a guess. Rates are per",
        "year. What acts through `[parameters]` is set there by its name, as a number or as a prior; the other names",
        "are keys of a scenario.",
        "",
    ]
    problems = []
    for group in sorted({row["group"] for row in rows}):
        lines += [f"## {group.capitalize()}", "", "| name | meaning | unit | default | prior | mark | acts through | source |",
                  "|---|---|---|---|---|---|---|---|"]
        for row in rows:
            if row["group"] != group:
                continue
            way = acts_through(row["parameter_id"], keys, code)
            if way is None:
                problems.append(f"{row['parameter_id']}: nothing in scenarios/ reads it, no key sets it, and "
                                "DESCRIBED does not say why; let it act or say why it does not")
                way = ""
            lines.append("| " + " | ".join(cell(c) for c in (
                f"`{row['parameter_id']}`", row["meaning"], row["unit"], number(row["default"]), prior_text(row),
                row["mark"], way, row["source"])) + " |")
        lines.append("")
    lines += ["## Technologies", "",
              "Innovation p, imitation q (Japan's × the factor), ceiling M/U, largest yearly sales as a share of U,",
              "learning rate N(mean, sd), lifetime. Those without a ceiling are not modelled.", "",
              "| technology | p | q | q in Japan | ceiling | turnover | learning | lifetime, years | mark |",
              "|---|---|---|---|---|---|---|---|---|"]
    for row in read_rows(root / "data/tables/technology_priors.csv"):
        spread = lambda stem: prior_text({"prior": row[f"{stem}_dist"], "a": row[f"{stem}_a"], "b": row[f"{stem}_b"]})
        ceiling = f"U({row['ceiling_low']}, {row['ceiling_high']})" if row["ceiling_low"] else "–"
        lines.append("| " + " | ".join(cell(c) for c in (
            f"`{row['tech_id']}`", spread("p"), spread("q"), f"× {row['q_factor_jpn']}" if row["q_factor_jpn"] else "same",
            ceiling, number(row["turnover_per_year"]) or "–",
            f"N({number(row['learning_mean'])}, {number(row['learning_sd'])})", row["lifetime_years"], row["mark"])) + " |")
    return "\n".join(lines) + "\n", problems


def self_test():
    keys = keys_by_parameter('add(keys, {.table = "a", .key = "b", .doc = "x", .parameter = "p"}, F);')
    assert keys == {"p": "a.b"}, keys
    assert is_read("lulucf_jpn", 'f("lulucf_" + x)') and not is_read("lulucf_jpn", 'f("lulu")')
    assert acts_through("nobody_reads_this", {}, "") is None
    assert prior_text({"prior": "zero_or_half_normal", "a": "", "b": "0.5"}) == "½·0 + ½·HN(0.5)"
    assert prior_text({"prior": "uniform", "a": "0.1", "b": "0.35"}) == "U(0.1, 0.35)"


def main(arguments):
    if "--self-test" in arguments:
        self_test()
        return 0
    root = Path(arguments[0])
    text, problems = page(root)
    for problem in problems:
        print(problem)
    file = root / PAGE
    if "--write" in arguments:
        file.write_text(text, encoding="utf-8")
    elif not file.exists() or file.read_text(encoding="utf-8") != text:
        print(f"{PAGE} is not what the tables and the code give; run tests/check_parameters.py . --write")
        return 1
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
