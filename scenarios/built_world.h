#pragma once

#include <compare>
#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "geo/place_table.h"
#include "geo/polygon.h"
#include "scenarios/covariate_years.h"
#include "scenarios/partnership_benefit.h"
#include "scenarios/problem.h"
#include "scenarios/scenario.h"
#include "scenarios/strategy_plan.h"
#include "scenarios/world/urban_shares.h"
#include "sim/place_group.h"
#include "sim/targets.h"
#include "sim/world.h"

namespace domino::scenarios {

/// One agreement or project edge as drawn, for maps and lists.
struct Link {
    std::uint32_t a = 0;  ///< place index (the Japanese municipality)
    std::uint32_t b = 0;  ///< place index (the partner)
    sim::Month from;
    sim::Month to = sim::never;
    std::string layer;          ///< "collaboration", "network" or a user layer's name
    std::string kind;           ///< "agreement", "c3p_project"
    bool hypothetical = false;  ///< chosen by a rule or the planner, not on record
    std::string source;
    std::string archetype = {};  ///< kind of collaboration, where the documents describe it
};

/// A past quantity a run is held against.
struct Observation {
    std::string iso3;
    std::string quantity;  ///< "emissions", "ev_car_stock", "solar_pv_stock", "declared_share", …
    std::string unit;
    int year = 0;
    int month_of_year = 12;  ///< stocks and counts: at the end of this month; flows: the whole year
    double value = 0.0;
    bool given = false;  ///< the run takes this value as input, so agreement proves nothing
    std::string source;
};

/// One input of the model with its evidence, for "what was assumed".
struct InputRecord {
    std::string key;
    std::string meaning;
    std::string value;
    std::string prior;
    std::string unit;
    char mark = 'G';  ///< S sourced, C computed, G guess, M from memory
    std::string source;
    double low = 0.0, high = 0.0;  ///< 5–95 % of the prior, where numeric
};

/// Income group of a country, as its source names it.
struct IncomeGroup {
    int rank = 0;  ///< 1 the richest; 0 unknown
    std::string name;

    friend auto operator<=>(const IncomeGroup&, const IncomeGroup&) = default;
};

/// A reduction of the world's emissions that is consistent with 1.5 °C (global stocktake).
struct StocktakeLevel {
    int year = 0;
    double reduction = 0.0;  ///< below the base year, 0 … 1
    int base_year = 0;
    std::string source;
};

/// A file that was read, for the manifest.
struct InputFile {
    std::filesystem::path path;
    std::string role;
    std::string content = {};  ///< what was read, where it came from no file but a database
};

/// A world with the names and sources the model itself does not carry.
struct BuiltWorld {
    sim::World world;
    geo::PlaceTable places;                              ///< rows as world.places
    std::map<std::string, geo::MultiPolygon> own_areas;  ///< by place id, of places that came with one
    std::vector<CovariateSeries> covariate_series;  ///< of those that change; `places` has the first year
    std::vector<std::string> country_names;
    std::vector<IncomeGroup> income_groups;  ///< by country, unknown where the pack has none; or empty
    double people_error = 0.0;  ///< largest relative error of a country's places against its people
    std::vector<sim::Target> targets;
    std::vector<Link> links;
    StrategyPlan strategy;
    std::vector<std::uint32_t> without_ties;  ///< places left without ties, ascending
    std::vector<Observation> observations;
    std::vector<InputRecord> inputs;
    std::vector<InputFile> files;
    std::vector<sim::PlaceGroup> groups;  ///< members of networks, leading areas, coalitions
    std::vector<UrbanShare> urban;        ///< all countries together, then each in the order of the world
    std::vector<std::vector<int>>
        technology_goals;  ///< [technology], Sustainable Development Goals it serves, ascending
    std::vector<PartnershipBenefit> benefits;  ///< of guidebook Tables 1 and 2, in its order
    sim::Prior discount_rate;                  ///< real, 1/yr: values money of several years, moves no step
    std::vector<StocktakeLevel> stocktake_levels;  ///< by year
    std::vector<std::string> notes;                ///< e.g. units whose cities were scaled down
    std::vector<std::pair<int, std::vector<double>>>
        history_mt;  ///< per country: first year and yearly totals
};

struct WorldResult {
    std::optional<BuiltWorld> built;
    Problems problems;
};

/// Turns a scenario and the data pack into a world. Deterministic for any order of input rows.
/// Every country is covered whole: people and emissions of its places plus the national remainder add up to
/// the country (1e-9 relative), or a problem says which does not.
WorldResult build_world(const Scenario& scenario, const std::filesystem::path& data_dir);

}  // namespace domino::scenarios
