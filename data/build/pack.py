"""A table of the pack: rows, schema, licence and sources, written the same way every time."""

import csv
import gzip
import hashlib
import io
import os
from dataclasses import dataclass, field

MOST_BYTES_PLAIN = 1_000_000  # a larger table must be compressed

LICENCES = {
    "CC-BY-4.0": ("Creative Commons Attribution 4.0", "https://creativecommons.org/licenses/by/4.0/"),
    "CC-BY-SA-4.0": ("Creative Commons Attribution-ShareAlike 4.0: derived tables stay under it",
                     "https://creativecommons.org/licenses/by-sa/4.0/"),
    "ODbL-1.0": ("Open Database License 1.0: derived databases stay under it",
                 "https://opendatacommons.org/licenses/odbl/1-0/"),
    "PDDL-1.0": ("Open Data Commons Public Domain Dedication and Licence 1.0",
                 "https://opendatacommons.org/licenses/pddl/1-0/"),
    "public-domain": ("Public domain", "https://creativecommons.org/publicdomain/mark/1.0/"),
    "free-with-citation": ("Free to use with citation of the publisher named in sources", ""),
    "compilation-CC-BY-4.0": ("Facts gathered row by row, each with its source; the compilation: CC BY 4.0, domino project",
                              "https://creativecommons.org/licenses/by/4.0/"),
}


@dataclass(frozen=True)
class Field:
    """One column: Frictionless type, unit ('' where it has none) and what it means."""

    name: str
    type: str
    unit: str
    description: str
    required: bool = False
    enum: tuple = ()
    minimum: float = None
    maximum: float = None
    digits: int = None

    def text(self, value):
        if value is None or value == "":
            return ""
        if isinstance(value, float):
            if self.type == "integer":
                return str(int(round(value)))
            digits = 6 if self.digits is None else self.digits
            text = f"{value:.{digits}f}"
            if "." in text:
                text = text.rstrip("0").rstrip(".")
            return "0" if text in ("-0", "") else text
        return str(value)

    def schema(self):
        out = {"name": self.name, "type": self.type, "description": self.description}
        if self.unit:
            out["unit"] = self.unit
        constraints = {}
        if self.required:
            constraints["required"] = True
        if self.enum:
            constraints["enum"] = list(self.enum)
        if self.minimum is not None:
            constraints["minimum"] = self.minimum
        if self.maximum is not None:
            constraints["maximum"] = self.maximum
        if constraints:
            out["constraints"] = constraints
        return out


@dataclass
class Table:
    """A tabular resource. Rows are dicts; a key missing in a row is an empty cell."""

    name: str
    title: str
    description: str
    fields: list
    rows: list
    key: list
    licences: list
    sources: list
    year: str
    foreign_keys: list = field(default_factory=list)
    gaps: str = ""
    compressed: bool = False

    def __post_init__(self):
        names = {f.name for f in self.fields}
        for row in self.rows:
            extra = set(row) - names
            if extra:
                raise ValueError(f"{self.name}: columns without a field: {sorted(extra)}")
        self.rows.sort(key=lambda r: tuple(sort_key(r.get(k)) for k in self.key))

    def text(self):
        out = io.StringIO()
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow([f.name for f in self.fields])
        for row in self.rows:
            writer.writerow([f.text(row.get(f.name)) for f in self.fields])
        return out.getvalue().encode("utf-8")

    def write(self, folder):
        """Writes NAME.csv or NAME.csv.gz. Returns the Frictionless resource."""
        raw = self.text()
        if len(raw) >= MOST_BYTES_PLAIN and not self.compressed:
            raise ValueError(f"{self.name} has {len(raw)} bytes: set compressed=True")
        file_name = self.name + (".csv.gz" if self.compressed else ".csv")
        data = deterministic_gzip(raw) if self.compressed else raw
        for stale in (self.name + ".csv", self.name + ".csv.gz"):
            path = os.path.join(folder, stale)
            if os.path.exists(path):
                os.remove(path)
        with open(os.path.join(folder, file_name), "wb") as out:
            out.write(data)
        return self.resource(file_name, data)

    def resource(self, file_name, data):
        schema = {
            "fields": [f.schema() for f in self.fields],
            "missingValues": [""],
            "primaryKey": self.key,
        }
        if self.foreign_keys:
            schema["foreignKeys"] = [
                {"fields": fields, "reference": {"resource": table, "fields": target}}
                for fields, table, target in self.foreign_keys
            ]
        out = {
            "name": self.name,
            "path": "tables/" + file_name,
            "profile": "tabular-data-resource",
            "title": self.title,
            "description": self.description,
            "format": "csv",
            "mediatype": "text/csv",
            "encoding": "utf-8",
            "dialect": {"delimiter": ",", "header": True, "lineTerminator": "\n"},
            "year": self.year,
            "rows": len(self.rows),
            "bytes": len(data),
            "hash": "sha256:" + hashlib.sha256(data).hexdigest(),
            "licenses": licences(self.licences),
            "sources": [source(s) for s in self.sources],
            "schema": schema,
        }
        if self.compressed:
            out["compression"] = "gz"
        if self.gaps:
            out["gaps"] = self.gaps
        return out


def licences(names):
    out = []
    for name in names:
        title, path = LICENCES[name]
        entry = {"name": name, "title": title}
        if path:
            entry["path"] = path
        out.append(entry)
    return out


def source(text):
    """A source is 'title' or 'title|address'."""
    title, _, path = text.partition("|")
    return {"title": title, "path": path} if path else {"title": title}


def sort_key(value):
    """Orders empty cells first, numbers by value, everything else as text."""
    if value is None or value == "":
        return (0, 0, "")
    try:
        return (1, float(value), "")
    except (TypeError, ValueError):
        return (2, 0, str(value))


def deterministic_gzip(raw):
    out = io.BytesIO()
    with gzip.GzipFile(filename="", mode="wb", compresslevel=9, fileobj=out, mtime=0) as stream:
        stream.write(raw)
    return out.getvalue()


def read_csv(path):
    """All cells as text: the ISO code NA of Namibia stays a string."""
    opener = gzip.open if path.endswith(".gz") else open
    with opener(path, "rt", encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def number(text):
    """A float, or None for an empty cell or 'NA' in a numeric column."""
    text = (text or "").strip()
    return None if text in ("", "NA", "nan") else float(text)
