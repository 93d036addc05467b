"""Writes the tables and datapackage.json (Frictionless Data Package)."""

import json
import os

import attribution
from pack import licences

VERSION = "1.0.0"
BUDGET_BYTES = 25_000_000


def write(ctx):
    folder = os.path.join(ctx.out, "tables")
    resources = [table.write(folder) for table in ctx.tables.values()] + ctx.files
    remove_strangers(folder, {os.path.basename(r["path"]) for r in resources})
    names = sorted({entry["name"] for r in resources for entry in r["licenses"]})
    package = {
        "profile": "data-package",
        "name": "domino-data",
        "title": "Open data pack of domino: how decarbonization spreads from city to city",
        "version": VERSION,
        "description": "Countries, places, boundaries, targets, programmes, technologies, observed commitments and rasters. "
                       "Every table states its own licence; tables under ODbL or CC BY-SA keep it.",
        "homepage": "data/README.md",
        "licenses": licences(names),
        "resources": resources,
    }
    attribution.write(ctx.out, resources)
    text = json.dumps(package, ensure_ascii=False, indent=1) + "\n"
    with open(os.path.join(ctx.out, "datapackage.json"), "w", encoding="utf-8") as out:
        out.write(text)
    total = sum(r["bytes"] for r in resources) + len(text.encode())
    if total > BUDGET_BYTES:
        raise ValueError(f"the pack has {total} bytes, more than the {BUDGET_BYTES} allowed")


def remove_strangers(folder, wanted):
    """A table that is no longer built must not stay behind."""
    for name in os.listdir(folder):
        if name not in wanted:
            os.remove(os.path.join(folder, name))
