"""Writes CREDITS.md: every resource with its licence, sources and known gaps, as datapackage.json has them."""

import os


def write(out, resources):
    lines = ["# Credits, licences and known gaps, table by table", "",
             "Written by the build from `datapackage.json`. Keep these credits when you pass a table on.", ""]
    for r in resources:
        rows = f", {r['rows']:,} rows" if "rows" in r else ""
        lines += [f"## {r['name']}", "", f"`{r['path']}`: {r['title']} ({r['year']}{rows}).", "",
                  "- Licence: " + "; ".join(entry["title"] for entry in r["licenses"])]
        for entry in r["sources"]:
            address = f" <{entry['path']}>" if "path" in entry else ""
            lines.append(f"- Source: {entry['title']}{address}")
        if r.get("gaps"):
            lines.append(f"- Gaps: {r['gaps']}")
        lines.append("")
    with open(os.path.join(out, "CREDITS.md"), "w", encoding="utf-8") as stream:
        stream.write("\n".join(lines))
