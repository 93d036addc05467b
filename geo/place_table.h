#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "geo/lonlat.h"

namespace domino::geo {

/// What a place is: a city, or everybody else of an admin-1 unit (who also carry the unit's authority).
enum class PlaceKind : std::uint8_t { city, rest_of_region };

/// Whether a place takes part in geographic coupling.
enum class Coupling : std::uint8_t { connected, isolated };

/// One place on the earth, before the model knows it.
struct Place {
    std::string id;          ///< stable textual id, unique in a table
    std::string name;        ///< in Latin letters, as shown
    std::string name_local;  ///< in its own script, empty where not known
    std::string iso3;        ///< ISO 3166-1 alpha-3 of its country
    std::string admin1_id;   ///< id of its admin-1 unit in the data pack
    std::string admin1_name;
    PlaceKind kind = PlaceKind::city;
    Coupling coupling = Coupling::connected;
    LonLat position;
    double population = 0.0;                        ///< persons at the start of the run
    std::string flag;                               ///< e.g. "scaled_down"; empty when nothing is to be said
    std::vector<std::optional<double>> covariates;  ///< one value per PlaceTable::covariate_names
};

/// Places with the names and units of their covariates. Rows are ordered by id.
struct PlaceTable {
    std::vector<Place> places;
    std::vector<std::string> covariate_names;
    std::vector<std::string> covariate_units;
};

}  // namespace domino::geo
