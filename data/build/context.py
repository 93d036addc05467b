"""What the build steps share: where the source is, the tables made so far, and look-ups."""

import os

from codes import NAME_TO_ISO3
from pack import read_csv

CURATED = os.path.join(os.path.dirname(os.path.abspath(__file__)), "curated")


class Context:
    """Tables by name in the order they were added, and the folders read from and written to."""

    def __init__(self, source, out):
        self.source_folder = source
        self.out = out
        self.tables = {}
        self.files = []
        self._cache = {}

    def source(self, path):
        """Rows of a CSV file of the source folder."""
        if path not in self._cache:
            self._cache[path] = read_csv(self.source_path(path))
        return self._cache[path]

    def source_path(self, path):
        return os.path.join(self.source_folder, path)

    def curated(self, name):
        """Rows of a table kept by hand beside the build."""
        return read_csv(os.path.join(CURATED, name))

    def add(self, table):
        if table.name in self.tables:
            raise ValueError(f"{table.name} is built twice")
        self.tables[table.name] = table

    def rows(self, name):
        return self.tables[name].rows

    def iso3_of_name(self, name):
        """ISO3 of a country name as the sources spell it; None where it is an aggregate."""
        if name in NAME_TO_ISO3:
            return NAME_TO_ISO3[name]
        by_name = self._cache.setdefault("names", {r["name"]: r["iso3"] for r in self.rows("countries")})
        return by_name.get(name)
