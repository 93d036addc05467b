#pragma once

#include <catch2/catch.hpp>

#include <filesystem>
#include <optional>
#include <string>
#include <utility>

#include "scenarios/built_world.h"
#include "tests/scenarios/world/literal_pack.h"

namespace domino::scenarios::test {

/// Two provinces of 2° by 2°, a raster of cells of 1° over both and more:
///
///        104  105  106  107  108
///    22    9 | 1    2  | 9            VN-01
///    21    9 | 3    4  | 9
///          …
///    11    9 | 5    6  | 9            VN-02
///    10    9 | 7    8  | 9
struct TwoProvinces {
    TwoProvinces() {
        pack = LiteralPack().write(folder);
        folder.write("pack/boundaries.gpkg", R"({"type":"FeatureCollection","name":"admin1","features":[
            {"type":"Feature","properties":{"admin1_id":"VN-01","iso3":"VNM"},"geometry":{"type":"Polygon",
             "coordinates":[[[105,20],[107,20],[107,22],[105,22],[105,20]]]}},
            {"type":"Feature","properties":{"admin1_id":"VN-02","iso3":"VNM"},"geometry":{"type":"Polygon",
             "coordinates":[[[105,9],[107,9],[107,11],[105,11],[105,9]]]}}]})");
        std::string rows = "ncols 4\nnrows 13\nxllcorner 104\nyllcorner 9\ncellsize 1\nNODATA_value -9999\n";
        rows += "9 1 2 9\n9 3 4 9\n";
        for (int row = 0; row < 9; ++row) rows += "-9999 -9999 -9999 -9999\n";
        rows += "9 5 6 9\n9 7 8 9\n";
        folder.write("grid.asc", rows);
        covariate.name = "known";
        covariate.path = folder.path() / "grid.asc";
        covariate.crs_override = "EPSG:4326";
        covariate.over = CovariateZone::area;
        scenario = literal_scenario();
    }

    BuiltWorld build() {
        scenario.places.covariates = {covariate};
        auto result = build_world(scenario, pack);
        for (const auto& problem : result.problems) UNSCOPED_INFO(format(problem));
        REQUIRE(result.built);
        return std::move(*result.built);
    }

    std::string problem_of_build() {
        scenario.places.covariates = {covariate};
        const auto result = build_world(scenario, pack);
        REQUIRE_FALSE(result.built);
        return format(result.problems.front());
    }

    TemporaryFolder folder;
    std::filesystem::path pack;
    Scenario scenario;
    Covariate covariate;
};

inline std::size_t row_of(const BuiltWorld& built, const std::string& id) {
    for (std::size_t i = 0; i < built.places.places.size(); ++i) {
        if (built.places.places[i].id == id) return i;
    }
    FAIL("no place " << id);
    return 0;
}

inline std::optional<double> value(const BuiltWorld& built, const std::string& id) {
    return built.places.places[row_of(built, id)].covariates.back();
}

inline double sum_over(const BuiltWorld& built, const std::string& admin1_id) {
    double sum = 0.0;
    for (const auto& place : built.places.places) {
        if (place.admin1_id == admin1_id) sum += place.covariates.back().value_or(0.0);
    }
    return sum;
}

}  // namespace domino::scenarios::test
