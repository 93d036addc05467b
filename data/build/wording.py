"""Source notes of the input folder, rewritten so that a reader of the pack can follow them."""

import re

GUIDEBOOK = "C3P guidebook FY2024"

_REPLACEMENTS = [
    (r"C3P guidebook FY2024 edition", GUIDEBOOK),
    (r"\s*\(seed\)", ""),
    (r"\bseed prints\b", "the guidebook prints"),
    (r"\bseed names\b", "the guidebook names"),
    (r"\bseed text says\b", "the guidebook says"),
    (r"\bthe seed text\b", "the guidebook text"),
    (r"\bin the seeds\b", "among the documents at hand"),
    (r"\bseed case\b", GUIDEBOOK + " case"),
    (r"\bseed (?=(Box|Table|Fig|[0-9]))", GUIDEBOOK + " "),
    (r"\(seed\b", "(" + GUIDEBOOK),
    (r"\bseed\b", GUIDEBOOK),
    (r"\w+/model/REFERENCES\.md sec\. ?6 \(Ziegler and Trancik; Kittner\)", "Ziegler and Trancik 2021; Kittner et al. 2017"),
    (r"\w+/model/REFERENCES\.md sec\. ?6", "fits of experience curves (PCDB, IEA, IRENA; carnegie/clab_experience_curve 9a6f8c4)"),
    (r"\w+/model/REFERENCES\.md sec\. ?3", "Bass fits, table ev_stock"),
    (r" \(as in \w+/model/REFERENCES\.md\)", ""),
    (r"\w+/data/rasters/solar", "NASA SSE grid (rasters/ghi)"),
    (r"\w+/data/diffusion/iea_ev_country", "table ev_stock"),
    (r"\w+/data/electricity IFI", "table electricity_factors (UNFCCC IFI)"),
    (r"\w+/data/countries panel", "table country_years"),
    (r"GHI from shared raster", "GHI from the NASA SSE grid (rasters/ghi)"),
    (r"\.\./rasters/solar", "rasters/ghi"),
    (r"\.\./countries", "country_years"),
    (r"\bsee README\b", "see data/README.md"),
]


def clean(text):
    """The same note without names of the folder it came from."""
    for pattern, replacement in _REPLACEMENTS:
        text = re.sub(pattern, replacement, text)
    return text.strip()


def is_from_memory(*texts):
    """True where a figure's source is somebody's memory."""
    return any("memory" in t for t in texts if t)
