#include "scenarios/keys/sections.h"

namespace domino::scenarios {
namespace {

constexpr std::string_view crs_doc =
    "CRS, where the file does not say its own; one that contradicts the file is an error.";

}  // namespace

void add_places(Keys& keys) {
    add(keys,
        {.table = "places",
         .key = "countries",
         .type = ValueType::country_list,
         .doc = "Countries covered whole: names or ISO 3166-1 alpha-3 codes, and the groups jcm_partners "
                "(the 29 of February 2024), jcm_candidates, jcm_later_signings, world.",
         .example = "[\"Japan\", \"jcm_partners\"]",
         .absence = Absence::error},
        FIELD(places.countries));
    add(keys,
        {.table = "places",
         .key = "min_population",
         .type = ValueType::quantity,
         .doc = "A city of at least so many people is a place of its own; all others of an admin-1 unit "
                "form its rest-of-region place.",
         .unit = "people",
         .low = 1000,
         .high = 1e9},
        FIELD(places.min_population));
    add(keys,
        {.table = "places",
         .key = "include",
         .type = ValueType::text_list,
         .doc = "Place ids kept whatever their size."},
        FIELD(places.include));
}

EntryList<PlaceLayer> place_layers() {
    using E = PlaceLayer;
    EntryList<E> list{
        {"places.layers", "A vector layer that brings places of your own, any format GDAL reads, any CRS."},
        FIELD(places.layers),
        FIELD(places.layers),
        [](const E& e) {
            return e.layer.empty() ? e.path.filename().string() : e.path.filename().string() + ":" + e.layer;
        },
        {}};
    list.keys = {
        required<E>(ValueType::source, "path",
                    "The file, or what GDAL opens by name, such as \"PG:dbname=gis\".", "\"districts.gpkg\"",
                    FIELD(path)),
        optional<E>(ValueType::text, "layer", "Layer of the file, where it has several.", "\"districts\"",
                    FIELD(layer)),
        required<E>(ValueType::text, "id", "Column of stable ids.", "\"id\"", FIELD(id_field)),
        optional<E>(ValueType::text, "name", "Column of names; ids without it.", "\"name\"",
                    FIELD(name_field)),
        required<E>(ValueType::text, "population", "Column of people.", "\"population\"",
                    FIELD(population_field)),
        optional<E>(ValueType::text, "country",
                    "Column of ISO 3166-1 alpha-3 codes, or codes of your own; the country around a place "
                    "without it.",
                    "\"iso3\"", FIELD(country_field)),
        optional<E>(ValueType::text, "crs", crs_doc, "\"EPSG:32648\"", FIELD(crs_override)),
        bind_key<E>({.table = "",
                     .key = "coupling",
                     .type = ValueType::choice,
                     .doc = "isolated places take no part in geographic coupling."},
                    FIELD(coupling)),
    };
    return list;
}

EntryList<Covariate> covariates() {
    using E = Covariate;
    EntryList<E> list{{"places.covariates",
                       "Something known of places, from rasters or vector layers in any CRS: it can move "
                       "their propensity to commit (beta), share out emissions, or spread them on the maps."},
                      FIELD(places.covariates),
                      FIELD(places.covariates),
                      [](const E& e) { return e.name; },
                      {}};
    list.keys = {
        required<E>(ValueType::text, "name", "Name of the covariate.", "\"slope\"", FIELD(name)),
        required<E>(ValueType::source, "path", "The file, or what GDAL opens by name.", "\"slope.tif\"",
                    FIELD(path)),
        optional<E>(ValueType::source_list, "more_paths",
                    "Further files of the same covariate, tiles or parts: counts add up, densities are "
                    "averaged over area or by weight.",
                    "[\"slope_east.tif\"]", FIELD(more_paths)),
        optional<E>(ValueType::text, "field", "Column of a vector layer that holds the values.", "\"cars\"",
                    FIELD(field)),
        optional<E>(ValueType::text, "layer", "Layer of the vector file, where it has several.",
                    "\"districts\"", FIELD(layer)),
        bind_key<E>({.table = "",
                     .key = "over",
                     .type = ValueType::choice,
                     .doc = "What of a place counts: its point; the area its own layer gives it, else its "
                            "region; or the part of its region nearer to it than to other places."},
                    FIELD(over)),
        bind_key<E>({.table = "",
                     .key = "quantity",
                     .type = ValueType::choice,
                     .doc = "count: a number of things in the cell or polygon, conserved when it is divided. "
                            "density: a property or a number by area, averaged over area. Needed over areas.",
                     .example = "\"density\"",
                     .absence = Absence::unset},
                    FIELD(quantity)),
        bind_key<E>(
            {.table = "",
             .key = "statistic",
             .type = ValueType::choice,
             .doc = "What is taken over the area; without it the sum of counts, the mean of densities. "
                    "The sum of a density is its integral over km2; class_share is the share of the "
                    "area whose values lie from class_low to class_high.",
             .example = "\"mean\"",
             .absence = Absence::unset},
            FIELD(statistic)),
        optional<E>(
            ValueType::source, "weights",
            "Raster of amounts that weights the mean, such as people, on any grid: a part of a cell has "
            "the part of its amount that it has of its area.",
            "\"people.tif\"", FIELD(weights)),
        optional<E>(ValueType::text, "weights_field",
                    "Or, of a vector layer, its column of amounts: a part of a polygon has the part of its "
                    "amount that it has of its area.",
                    "\"people\"", FIELD(weights_field)),
        bind_key<E>({.table = "",
                     .key = "weights_band",
                     .type = ValueType::integer,
                     .doc = "Band of the weights, from 1.",
                     .low = 1,
                     .high = 65535},
                    FIELD(weights_band)),
        optional<E>(ValueType::text, "weights_crs",
                    "CRS of the weights, where their file does not say its own; without it, of rasters, crs.",
                    "\"EPSG:4326\"", FIELD(weights_crs)),
        optional<E>(ValueType::number, "class_low", "Lowest value of the class.", "190.0", FIELD(class_low)),
        optional<E>(ValueType::number, "class_high", "Highest value of the class; class_low without it.",
                    "190.0", FIELD(class_high)),
        bind_key<E>({.table = "",
                     .key = "band",
                     .type = ValueType::integer,
                     .doc = "Band, from 1.",
                     .low = 1,
                     .high = 65535},
                    FIELD(band)),
        bind_key<E>(
            {.table = "",
             .key = "years",
             .type = ValueType::year_list,
             .doc = "Calendar years the values are for, where they change: paths, weights or the column "
                    "then hold {year}, or a raster's bands from `band` on are the years.",
             .low = 1800,
             .high = 2300,
             .example = "[2020, 2030, 2040]",
             .absence = Absence::unset},
            FIELD(years)),
        bind_key<E>(
            {.table = "",
             .key = "between",
             .type = ValueType::choice,
             .doc = "A place's value in other years: linear between two (the default), or step, that of "
                    "the latest year not after; before the first and after the last, that one's.",
             .example = "\"linear\"",
             .absence = Absence::unset},
            FIELD(between)),
        optional<E>(ValueType::text, "unit", "Unit of the values.", "\"degree\"", FIELD(unit)),
        bind_key<E>({.table = "",
                     .key = "sampling",
                     .type = ValueType::choice,
                     .doc = "At a point: the cell that holds the place, or the four cells round it."},
                    FIELD(sampling)),
        optional<E>(ValueType::text, "crs", crs_doc, "\"EPSG:4326\"", FIELD(crs_override)),
        optional<E>(
            ValueType::prior, "beta",
            "Effect on the log hazard of commitment per unit of (value - centre): a number or a prior.",
            "{ normal = [0.0, 0.02] }", FIELD(beta)),
        optional<E>(ValueType::number, "centre", "Value without effect: a fixed constant.", "5.0",
                    FIELD(centre)),
    };
    return list;
}

}  // namespace domino::scenarios
