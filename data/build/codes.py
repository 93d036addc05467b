"""Country codes as the sources write them, and as the pack writes them (ISO 3166-1 alpha-3)."""

# Natural Earth's admin-0 codes that are not ISO 3166-1 alpha-3. Disputed areas go to the country
# whose 2020 population in country_years includes them; None leaves a unit without people out.
NATURAL_EARTH_TO_ISO3 = {
    "PSX": "PSE", "SDS": "SSD", "SAH": "ESH", "KOS": "UNK",
    "SOL": "SOM", "CYN": "CYP", "ESB": "CYP", "WSB": "CYP", "USG": "CUB", "KAB": "KAZ",
    "ALD": "FIN", "IOA": "AUS", "CSI": "AUS", "ATC": "AUS", "CLP": "FRA",
    "KAS": None, "PGA": None,
}

# Admin-1 units that Natural Earth draws inside the parent country although ISO lists them apart.
UNIT_TO_ISO3 = {
    "FR-GF": "GUF", "FR-MQ": "MTQ", "FR-GP": "GLP", "FR-RE": "REU", "FR-YT": "MYT",
    "UA-40": "UKR", "UA-43": "UKR",  # the population series counts Crimea in Ukraine
    "NL-BQ1": "BES", "NL-BQ2": "BES", "NL-BQ3": "BES", "TK-X01~": "TKL",
}

# Territories whose people the population series counts in another country.
COUNTED_IN = {
    "ALA": "FIN", "SJM": "NOR", "BVT": "NOR", "CCK": "AUS", "CXR": "AUS", "NFK": "AUS", "HMD": "AUS",
}

# Names other than the main one, for look-up by name. Written out here from common usage.
ALIASES = {
    "ARE": "UAE", "BOL": "Bolivia (Plurinational State of)", "BRN": "Brunei Darussalam", "CIV": "Cote d'Ivoire",
    "COD": "Democratic Republic of the Congo;Congo, Dem. Rep.", "COG": "Congo;Congo, Rep.",
    "CPV": "Cabo Verde;Cape Verde", "CZE": "Czech Republic;Czechia", "FSM": "Federated States of Micronesia",
    "GBR": "UK;Great Britain;United Kingdom of Great Britain and Northern Ireland",
    "HKG": "Hong Kong, China", "IRN": "Iran (Islamic Republic of)", "KGZ": "Kyrgyz Republic;Kyrgyz",
    "KOR": "Republic of Korea;Korea;Korea, Rep.", "LAO": "Lao PDR;Lao People's Democratic Republic;Laos",
    "LKA": "Sri Lanka", "MAC": "Macau", "MDA": "Republic of Moldova", "MKD": "North Macedonia;Macedonia",
    "MMR": "Burma", "NLD": "The Netherlands", "PRK": "Democratic People's Republic of Korea",
    "PSE": "State of Palestine", "RUS": "Russian Federation", "STP": "Sao Tome and Principe",
    "SVK": "Slovak Republic", "SWZ": "Swaziland", "SYR": "Syrian Arab Republic", "TLS": "East Timor",
    "TUR": "Turkey;Turkiye", "TWN": "Chinese Taipei", "TZA": "United Republic of Tanzania",
    "UNK": "XKX;XKO", "USA": "United States of America;US;U.S.", "VEN": "Venezuela (Bolivarian Republic of)",
    "VNM": "Vietnam;Viet Nam", "PHL": "The Philippines", "PNG": "Papua New Guinea", "SAU": "Kingdom of Saudi Arabia",
    "MDV": "The Maldives", "THA": "Kingdom of Thailand", "CHN": "People's Republic of China;China, mainland",
    "IND": "Republic of India", "BRA": "Federative Republic of Brazil", "ZAF": "Republic of South Africa",
    "JPN": "Nippon", "IDN": "Republic of Indonesia", "MYS": "Federation of Malaysia", "PLW": "Republic of Palau",
}

# Spelling of a few country names in the sources.
NAME_TO_ISO3 = {
    "Türkiye": "TUR", "Turkiye": "TUR", "Turkey": "TUR", "USA": "USA", "Korea": "KOR", "United States": "USA",
    "United States of America": "USA", "United Kingdom": "GBR",
    "United Kingdom of Great Britain and Northern Ireland": "GBR", "Russian Federation": "RUS",
    "Czechia": "CZE", "European Union (Convention)": "EUU", "EU27": "EUU",
}
