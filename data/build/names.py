"""Finding a place or a unit by the name another source gives it."""

import re
import unicodedata
from collections import defaultdict

_SUFFIX = re.compile(r"\b(city|municipality|metropolitan|government|prefecture|province|state|region|shi|district|"
                     r"si|do|gun|special|capital|oblast|governorate|department|county|administration|of|the)\b")


def plain(name):
    """Lower-case ASCII letters and digits of a name without words such as City or Prefecture."""
    text = re.sub(r"\(.*?\)|,.*$", " ", name)
    text = text.replace("ø", "o").replace("ł", "l").replace("ı", "i").replace("đ", "d").replace("Đ", "D")
    text = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    text = _SUFFIX.sub(" ", re.sub(r"[^a-z0-9]+", " ", text))
    return "".join(text.split())


class NameIndex:
    """Rows by country and plain name; the first row given for a name wins."""

    def __init__(self, rows, columns):
        self.rows = defaultdict(dict)
        for row in rows:
            for column in columns:
                for part in (row.get(column) or "").split("/"):
                    key = plain(part)
                    if key:
                        self.rows[row["iso3"]].setdefault(key, row)

    def find(self, iso3, name):
        for part in [name] + re.findall(r"\((.*?)\)", name):
            row = self.rows[iso3].get(plain(part))
            if row is not None:
                return row
        return None
