// Covariates that change from year to year: what places have of them, and what acts by it.
#include "scenarios/covariate_years.h"

#include <catch2/catch.hpp>

#include "scenarios/world/zone_values.h"
#include "tests/scenarios/world/two_provinces.h"

namespace domino::scenarios {
namespace {

using test::row_of;
using test::sum_over;
using test::TwoProvinces;
using test::value;

/// The raster of TwoProvinces in 2020 and, three times as much of everything, in 2030.
struct TwoYears : TwoProvinces {
    TwoYears() {
        const std::string head =
            "ncols 4\nnrows 13\nxllcorner 104\nyllcorner 9\ncellsize 1\nNODATA_value -9999\n";
        std::string gap;
        for (int row = 0; row < 9; ++row) gap += "-9999 -9999 -9999 -9999\n";
        folder.write("grid_2020.asc", head + "9 1 2 9\n9 3 4 9\n" + gap + "9 5 6 9\n9 7 8 9\n");
        folder.write("grid_2030.asc", head + "9 3 6 9\n9 9 12 9\n" + gap + "9 15 18 9\n9 21 24 9\n");
        covariate.path = folder.path() / "grid_{year}.asc";
        covariate.years = {2020, 2030};
        covariate.quantity = CovariateQuantity::count;
    }
};

/// The bands of one raster, as a VRT over the files of the years.
std::string write_bands(const TwoYears& with) {
    std::string bands;
    for (const int year : with.covariate.years) {
        bands +=
            "<VRTRasterBand dataType=\"Float32\" band=\"" + std::to_string(year == 2020 ? 1 : 2) +
            "\"><NoDataValue>-9999</NoDataValue><SimpleSource><SourceFilename relativeToVRT=\"1\">grid_" +
            std::to_string(year) +
            ".asc</SourceFilename><SourceBand>1</SourceBand></SimpleSource>"
            "</VRTRasterBand>";
    }
    return with.folder.write("bands.vrt",
                             "<VRTDataset rasterXSize=\"4\" rasterYSize=\"13\"><SRS>EPSG:4326</SRS>"
                             "<GeoTransform>104, 1, 0, 22, 0, -1</GeoTransform>" +
                                 bands + "</VRTDataset>");
}

TEST_CASE("a place's value lies between those of the years around, or is the latest's") {
    CovariateSeries series{"income", {2020, 2030, 2040}, BetweenYears::linear, {}};
    series.values = {
        {10.0, std::nullopt, std::nullopt}, {30.0, 5.0, std::nullopt}, {20.0, 7.0, std::nullopt}};
    CHECK(series.in_year(2015, 0) == 10.0);
    CHECK(series.in_year(2020, 0) == 10.0);
    CHECK(*series.in_year(2023, 0) == Approx(16.0));
    CHECK(series.in_year(2030, 0) == 30.0);
    CHECK(*series.in_year(2039, 0) == Approx(21.0));
    CHECK(series.in_year(2055, 0) == 20.0);
    CHECK(series.in_year(2021, 1) == 5.0);  // not known in 2020
    CHECK_FALSE(series.in_year(2030, 2));
    series.between = BetweenYears::step;
    CHECK(series.in_year(2029, 0) == 10.0);
    CHECK(series.in_year(2030, 0) == 30.0);
    CHECK(series.in_year(2041, 0) == 20.0);
}

TEST_CASE("a raster a year, or a band a year, gives places their counts of every year") {
    TwoYears with;
    with.scenario.run.start = sim::make_month(2021, 1);
    const auto check = [&](const BuiltWorld& built) {
        REQUIRE(built.covariate_series.size() == 1);
        const CovariateSeries& series = built.covariate_series.front();
        CHECK(series.years == std::vector{2020, 2030});
        // By people: what Ha Thanh has of those of its province.
        const std::size_t place = row_of(built, "GN11");
        double people = 0.0;
        for (const geo::Place& other : built.places.places)
            people += other.admin1_id == "VN-01" ? other.population : 0.0;
        const double share = built.places.places[place].population / people;
        CHECK(*series.values[0][place] == Approx(10.0 * share).epsilon(1e-12));
        CHECK(*series.values[1][place] == Approx(30.0 * share).epsilon(1e-12));
        // The run begins in 2021, a tenth of the way.
        CHECK(*value(built, "GN11") == Approx(12.0 * share).epsilon(1e-12));
        CHECK(sum_over(built, "VN-02") == Approx(26.0 * 1.2).epsilon(1e-12));
        CHECK_FALSE(value(built, "GN1"));
    };
    check(with.build());
    with.covariate.path = write_bands(with);
    check(with.build());
}

TEST_CASE("a column a year of a vector layer does the same") {
    TwoYears with;
    with.covariate.path = with.folder.write("halves.geojson", R"({"type":"FeatureCollection","features":[
        {"type":"Feature","properties":{"cars_2020":100,"cars_2030":50},"geometry":{"type":"Polygon",
         "coordinates":[[[104,20],[106,20],[106,22],[104,22],[104,20]]]}}]})");
    with.covariate.crs_override.clear();
    with.covariate.field = "cars_{year}";
    with.scenario.run.start = sim::make_month(2024, 1);
    CHECK(sum_over(with.build(), "VN-01") == Approx(40.0).epsilon(1e-9));
    with.covariate.between = BetweenYears::step;
    CHECK(sum_over(with.build(), "VN-01") == Approx(50.0).epsilon(1e-9));
}

TEST_CASE("the coverage of the first year is the coverage of every year") {
    TwoYears with;
    const std::vector<geo::MultiPolygon> zones = {
        {{{{105, 20}, {107, 20}, {107, 22}, {105, 22}, {105, 20}}, {}}}};
    KnownCoverages coverages;
    CHECK(read_zone_values(covariate_of_year(with.covariate, 0), zones, coverages)[0].value == Approx(10.0));
    REQUIRE(coverages.size() == 1);
    // Only someone who looks nothing up again takes half of a zone for the whole.
    for (geo::ZoneRun& run : coverages.begin()->second.runs) run.fraction = 0.5;
    CHECK(read_zone_values(covariate_of_year(with.covariate, 1), zones, coverages)[0].value == Approx(15.0));
    CHECK(coverages.size() == 1);
}

TEST_CASE("what moves the hazard is the value of the year, less the centre") {
    TwoYears with;
    with.scenario.run.start = sim::make_month(2021, 1);
    with.covariate.quantity = CovariateQuantity::density;
    with.covariate.centre = 1.0;
    with.covariate.beta = sim::normal(0.1, 0.1);
    const auto built = with.build();
    REQUIRE(built.world.covariates.size() == 1);
    const sim::HazardCovariate& acting = built.world.covariates.front();
    REQUIRE(acting.by_year.size() == static_cast<std::size_t>(built.world.calendar.touched_years()));
    const std::size_t place = row_of(built, "GN11");
    const double x2020 = *built.covariate_series.front().values[0][place];
    CHECK(acting.by_year[0] == acting.centred);
    CHECK(acting.centred[place] == Approx(x2020 * 1.2 - 1.0).epsilon(1e-12));
    CHECK(acting.by_year[4][place] == Approx(x2020 * 2.0 - 1.0).epsilon(1e-12));
    CHECK(acting.by_year.back()[place] == Approx(x2020 * 3.0 - 1.0).epsilon(1e-12));
    CHECK(acting.by_year.back()[row_of(built, "GN1")] == 0.0);  // nothing is known of Japan
}

TEST_CASE("emissions are shared out by the value of the country's base year") {
    TwoYears with;
    // In 2020 only the north has any, in 2030 only the south.
    const std::string head = "ncols 4\nnrows 13\nxllcorner 104\nyllcorner 9\ncellsize 1\n";
    std::string gap;
    for (int row = 0; row < 9; ++row) gap += "0 0 0 0\n";
    with.folder.write("grid_2020.asc", head + "0 5 5 0\n0 0 0 0\n" + gap + "0 0 0 0\n0 0 0 0\n");
    with.folder.write("grid_2030.asc", head + "0 0 0 0\n0 0 0 0\n" + gap + "0 5 5 0\n0 0 0 0\n");
    constexpr auto transport = sim::index(sim::Sector::transport_fuel);
    with.scenario.emissions.proxy[transport] = "known";
    const auto built = with.build();
    double north = 0.0, south = 0.0;
    for (std::size_t i = 0; i < built.places.places.size(); ++i) {
        if (built.places.places[i].iso3 != "VNM") continue;
        const double t = built.world.places[i].emissions_t[transport];
        (built.places.places[i].admin1_id == "VN-01" ? north : south) += t;
    }
    for (const sim::Country& country : built.world.countries)
        if (country.iso3 == "VNM") REQUIRE(country.base_year == 2022);
    CHECK(north / south == Approx(8.0 / 2.0).epsilon(1e-9));
}

}  // namespace
}  // namespace domino::scenarios
