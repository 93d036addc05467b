#include <catch2/catch.hpp>

#include "geo/problem.h"
#include "geo/table.h"
#include "tests/support/told_progress.h"

using namespace domino::geo;

namespace {
Table parse(std::string text) {
    return Table::parse_csv(std::move(text), "t.csv");
}
}  // namespace

TEST_CASE("cells stay the text they are", "[geo]") {
    const Table table = parse(
        "\xEF\xBB\xBFiso2,name,population\r\nNA,\"Windhoek, \"\"the\"\" "
        "city\",1.5e5\r\n\r\nJP,\"two\nlines\",\nID,,-3");
    REQUIRE(table.rows() == 3);
    CHECK(table.column_names() == std::vector<std::string>{"iso2", "name", "population"});
    CHECK(table.cell(0, 0) == "NA");
    CHECK(table.cell(0, 1) == "Windhoek, \"the\" city");
    CHECK(table.number(0, 2) == 150000.0);
    CHECK(table.cell(1, 1) == "two\nlines");
    CHECK_FALSE(table.number(1, 2));
    CHECK(table.integer(2, 2) == -3);
    CHECK(table.line(0) == 2);
    CHECK(table.line(1) == 4);
    CHECK(table.line(2) == 6);
    CHECK(table.where(2, 2) == "t.csv:6, column population");
    CHECK(table.find_column("population") == 2U);
    CHECK_FALSE(table.find_column("Population"));
    CHECK(parse("a,b\n").rows() == 0);
    CHECK(Table::parse_csv("a;b\n1;2\n", "t.csv", ';').cell(0, 1) == "2");
    CHECK(parse("a,b\r1,2\r3,4\r").cell(1, 0) == "3");
    const Table copy = Table(table);
    CHECK(copy.cell(0, 1) == table.cell(0, 1));
}

TEST_CASE("a table says what is wrong with it, where, and what to do", "[geo]") {
    const Table table = parse("iso3,population\nJPN,12x\nIDN,nan\nVNM,\n");
    CHECK_THROWS_WITH(table.number(0, 1),
                      "t.csv:2, column population: \"12x\" is not a finite number; write it like 1234.5, "
                      "without unit or thousands mark, or leave it empty");
    CHECK_THROWS_AS(table.number(1, 1), ProblemError);
    CHECK_THROWS_WITH(table.required_number(2, 1), Catch::Contains("t.csv:4"));
    CHECK_THROWS_AS(table.integer(0, 1), ProblemError);
    CHECK_THROWS_WITH(table.column("populaton"), Catch::Contains("or rename \"population\""));
    try {
        table.require_columns({"iso3", "area", "gdp"});
        FAIL("two columns are missing");
    } catch (const ProblemError& error) {
        CHECK(error.problems().size() == 2);
    }
}

TEST_CASE("malformed tables are refused with their lines", "[geo]") {
    CHECK_THROWS_WITH(parse(""), Catch::Contains("empty"));
    CHECK_THROWS_WITH(parse("\n\n"), Catch::Contains("empty"));
    CHECK_THROWS_WITH(parse("a,,b\n"), Catch::Contains("column 2 has no name"));
    CHECK_THROWS_WITH(parse("a,b,a\n"), Catch::Contains("appears twice"));
    CHECK_THROWS_WITH(
        parse("a,b\n1,2\n3\n4,5,6\n"),
        Catch::Contains("t.csv:3: the row has 1 fields, the header 2") && Catch::Contains("t.csv:4"));
    CHECK_THROWS_WITH(parse("a,b\n1,\"open\n2,3\n"),
                      Catch::Contains("t.csv:2: a quoted field is never closed"));
    CHECK_THROWS_WITH(parse("a,b\n1,\"x\"y\n"), Catch::Contains("behind a closing quote"));
    CHECK_THROWS_WITH(parse("a,b\n1,\xFF\n"), Catch::Contains("t.csv:2: the text is not UTF-8"));
    CHECK_THROWS_WITH(parse("a,b\n1,\xE6\x97"), Catch::Contains("not UTF-8"));
    CHECK_THROWS_WITH(parse("a,b\n1,\xED\xA0\x80\n"), Catch::Contains("not UTF-8"));
}

TEST_CASE("no truncation or mangling of a table crashes the parser", "[geo]") {
    const std::string whole = "a,\"b\nc\",d\r\n1,\"x\"\"y\",日本\n\"\",,\n";
    for (std::size_t cut = 0; cut <= whole.size(); ++cut) {
        for (const char odd : {'"', ',', '\n', '\r', '\xE6', '\0'}) {
            std::string text = whole.substr(0, cut) + odd + whole.substr(cut);
            try {
                const Table table = parse(text);
                for (std::size_t row = 0; row < table.rows(); ++row) {
                    for (std::size_t column = 0; column < table.columns(); ++column)
                        (void)table.cell(row, column);
                }
            } catch (const ProblemError& error) {
                CHECK_FALSE(error.problems().empty());
            }
        }
    }
}

TEST_CASE("a table tells how far it is read, row by row", "[geo]") {
    domino::test::ToldProgress told;
    Table::parse_csv("a,b\n1,2\n3,\"4\n5\"\n", "t.csv", ',', told.of("t.csv"));
    told.check_whole("t.csv", 2);
    CHECK(told.shares("t.csv").size() == 2);
    CHECK(told.shares("t.csv").front() < 0.6);
}

TEST_CASE("a near spelling is offered, a far one is not", "[geo]") {
    const std::vector<std::string> names{"population", "emissions", "lon"};
    CHECK(closest_spelling("popluation", names) == "population");
    CHECK(closest_spelling("Population", names) == "population");
    CHECK(closest_spelling("emission", names) == "emissions");
    CHECK(closest_spelling("gdp", names).empty());
    CHECK(closest_spelling("", names).empty());
    CHECK(to_text({"f.csv:3", "x is negative", "people are counted", "correct it"}) ==
          "f.csv:3: x is negative (people are counted); correct it");
}
