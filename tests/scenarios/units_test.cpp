#include "scenarios/units.h"

#include <catch2/catch.hpp>

using namespace domino::scenarios;

namespace {

Quantity good(std::string_view text) {
    const auto parsed = parse_quantity(text);
    if (const auto* error = std::get_if<UnitError>(&parsed)) FAIL(text << ": " << error->what);
    return std::get<Quantity>(parsed);
}

UnitError bad(std::string_view text) {
    const auto parsed = parse_quantity(text);
    if (std::holds_alternative<Quantity>(parsed)) FAIL(text << " was read");
    return std::get<UnitError>(parsed);
}

}  // namespace

TEST_CASE("quantities are read into base units") {
    struct Row {
        std::string_view text;
        double value;
        Dimension dimension;
    };
    const std::vector<Row> rows = {
        {"4000 JPY/tCO2", 4000.0, money_per_mass},
        {"250 km", 250000.0, length},
        {"20 MJPY/yr", 20e6, money_per_year},
        {"3.8 GJPY/yr", 3.8e9, money_per_year},
        {"100000 people", 1e5, people},
        {"100_000 people", 1e5, people},
        {"1e5 people", 1e5, people},
        {"35 %", 0.35, dimensionless},
        {"0.5", 0.5, dimensionless},
        {"24 months", 2.0, duration},
        {"3 yr", 3.0, duration},
        {"2.5 arcmin", 2.5, angle},
        {"-3 MtCO2e", -3e6, mass},
        {"250km", 250000.0, length},
        {"  7   m ", 7.0, length},
        {"12 GJPY / year", 12e9, money_per_year},
    };
    for (const Row& row : rows) {
        CAPTURE(row.text);
        CHECK(good(row.text).value == row.value);
        CHECK(good(row.text).dimension == row.dimension);
    }
}

TEST_CASE("what is no quantity says why") {
    CHECK(bad("5 peple").fix == "did you mean \"people\"?");
    CHECK(bad("5 MUSD/yr").what == "the unit \"MUSD\" is money of another currency");
    CHECK(bad("1,000 people").what == "a comma is no part of a number");
    CHECK(bad("20 MJPY/").what == "the unit is not complete");
    CHECK(bad("/yr").what.find("finite number") != std::string::npos);
    for (const std::string_view text : {"", "km", "nan km", "inf people", "1e999 km", "0x10 m", "1.2.3 km",
                                        "--1 m", "1e m", "1 /", "1 m/m/m/m/m", "1 km//yr", "١ km"}) {
        CAPTURE(text);
        bad(text);
    }
}

TEST_CASE("a written quantity reads back to the same bits") {
    struct Row {
        double base;
        std::string_view unit;
    };
    for (const Row& row : std::vector<Row>{{250000.0, "km"},
                                           {1.0 / 3.0, "km"},
                                           {3.8e9, "GJPY/yr"},
                                           {123456789.123, "MJPY/yr"},
                                           {1e5, "people"},
                                           {4000.0, "JPY/tCO2"},
                                           {0.1, "MtCO2e"},
                                           {7.7e-9, "GJPY/yr"}}) {
        const std::string text = format_quantity(row.base, row.unit);
        CAPTURE(text);
        CHECK(good(text).value == row.base);
    }
    CHECK(format_quantity(250000.0, "km") == "250 km");
    CHECK(format_quantity(0.5e9, "GJPY/yr") == "0.5 GJPY/yr");
}

TEST_CASE("dimensions have names") {
    CHECK(name(money_per_year) == "money per year");
    CHECK(name(length) == "length");
    CHECK(name(money_per_mass) == "money per mass of CO2e");
    CHECK(name(dimensionless) == "a plain number");
}
