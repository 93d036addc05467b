"""Checks a table against its Frictionless schema. Returns problems instead of raising, so a test can show them all."""

import csv
import datetime
import gzip
import json
import os


class Package:
    """datapackage.json and the rows of its tables, read once."""

    def __init__(self, folder):
        self.folder = folder
        with open(os.path.join(folder, "datapackage.json"), encoding="utf-8") as stream:
            self.descriptor = json.load(stream)
        self.resources = {r["name"]: r for r in self.descriptor["resources"]}
        self._rows = {}

    def path(self, name):
        return os.path.join(self.folder, self.resources[name]["path"])

    def tables(self):
        return [r for r in self.resources.values() if "schema" in r]

    def header_and_rows(self, name):
        if name not in self._rows:
            path = self.path(name)
            opener = gzip.open if path.endswith(".gz") else open
            with opener(path, "rt", encoding="utf-8", newline="") as stream:
                reader = csv.DictReader(stream)
                self._rows[name] = (list(reader.fieldnames), list(reader))
        return self._rows[name]

    def rows(self, name):
        return self.header_and_rows(name)[1]


def value_problem(field, text):
    """What is wrong with one cell, or None."""
    constraints = field.get("constraints", {})
    if text == "":
        return "required, but empty" if constraints.get("required") else None
    try:
        value = parsed(field["type"], text)
    except ValueError:
        return f"not of type {field['type']}"
    if "enum" in constraints and value not in constraints["enum"]:
        return "not one of the allowed values"
    if "minimum" in constraints and value < constraints["minimum"]:
        return f"below {constraints['minimum']}"
    if "maximum" in constraints and value > constraints["maximum"]:
        return f"above {constraints['maximum']}"
    return None


def parsed(kind, text):
    if kind == "integer":
        return int(text)
    if kind == "number":
        value = float(text)
        if value != value or value in (float("inf"), float("-inf")):
            raise ValueError("not finite")
        return value
    if kind == "date":
        return datetime.date.fromisoformat(text)
    if kind == "string":
        return text
    raise ValueError(f"unknown type {kind}")


def table_problems(resource, header, rows):
    """Header, cell and primary-key problems of one table, at most twenty."""
    fields = resource["schema"]["fields"]
    names = [f["name"] for f in fields]
    if header != names:
        return [f"columns {header} differ from the schema's {names}"]
    if resource["rows"] != len(rows):
        return [f"{len(rows)} rows, the descriptor says {resource['rows']}"]
    problems, seen = [], set()
    key = resource["schema"]["primaryKey"]
    for number, row in enumerate(rows, start=2):
        if None in row or None in row.values():
            problems.append(f"line {number}: {len(fields)} cells expected")
            continue
        for field in fields:
            problem = value_problem(field, row[field["name"]])
            if problem:
                problems.append(f"line {number}, {field['name']} = {row[field['name']]!r}: {problem}")
        value = tuple(row[k] for k in key)
        if value in seen or "" in value:
            problems.append(f"line {number}: key {value} is empty or repeated")
        seen.add(value)
        if len(problems) >= 20:
            break
    return problems


def foreign_key_problems(resource, rows, rows_of):
    """Values of foreign keys that their table does not have."""
    problems = []
    for foreign in resource["schema"].get("foreignKeys", []):
        reference = foreign["reference"]
        known = {tuple(r[f] for f in reference["fields"]) for r in rows_of(reference["resource"])}
        for row in rows:
            value = tuple(row[f] for f in foreign["fields"])
            if any(value) and value not in known:
                problems.append(f"{foreign['fields']} = {value} is not in {reference['resource']}")
    return problems[:20]


def description_problems(resource):
    """What a resource fails to say about itself."""
    problems = []
    for need in ("name", "title", "description", "path", "year", "licenses", "sources", "bytes", "hash"):
        if not resource.get(need):
            problems.append(f"{need} is missing")
    for entry in resource.get("licenses", []):
        if not entry.get("name") or not entry.get("title"):
            problems.append("a licence without name or title")
    for field in resource.get("schema", {}).get("fields", []):
        if not field.get("description"):
            problems.append(f"field {field['name']} has no description")
        counts = field["name"].endswith(("_usd", "_musd", "_mt", "_twh", "_pct", "_kwh", "_km2", "_m", "_t", "_years", "_jpy2025", "_tco2"))
        if counts and field["type"] != "string" and not field.get("unit"):
            problems.append(f"field {field['name']} has no unit")
    return problems
