// Every line of docs/systems.md is run: it must change the result, and nothing before its month.

#include <algorithm>
#include <catch2/catch.hpp>
#include <fstream>
#include <optional>
#include <string>

#include "tests/scenarios/small_pack.h"
#include "tests/support/systems_page.h"

namespace domino::scenarios {
namespace {

using test::code_spans;
using test::Page;
using test::Ran;
using test::read_page;
using test::Row;
using test::run_scenario;
using test::source_dir;

/// First month in which two runs of the same places differ in what places emit or when they commit; nothing
/// where they do not.
std::optional<sim::Month> first_difference(const sim::RunResults& a, const sim::RunResults& b) {
    std::optional<sim::Month> first;
    const auto earlier = [&](sim::Month month) { first = first ? std::min(*first, month) : month; };
    const auto members = static_cast<std::size_t>(a.members);
    for (std::size_t place = 0; place < a.places; ++place) {
        for (std::size_t m = 0; m < members; ++m) {
            for (std::size_t year = 0; year < a.years; ++year) {
                const std::size_t at = a.place_year(place, year, m);
                if (a.emissions_t[at] == b.emissions_t[at]) continue;
                // Emissions are by year: the change may have come in any month of it.
                earlier(sim::make_month(a.calendar.first_year() + static_cast<int>(year), 12));
                break;
            }
            const std::size_t at = a.stage_at(sim::Stage::committed, place, m);
            if (a.stage_step[at] != b.stage_step[at]) {
                earlier(a.calendar.month(std::min(a.stage_step[at], b.stage_step[at])));
            }
        }
    }
    return first;
}

bool same_places(const BuiltWorld& a, const BuiltWorld& b) {
    return a.places.places.size() == b.places.places.size() &&
           std::equal(a.places.places.begin(), a.places.places.end(), b.places.places.begin(),
                      [](const auto& x, const auto& y) { return x.id == y.id; });
}

}  // namespace

TEST_CASE("every line of the page of systems changes the result, and nothing before its month", "[systems]") {
    const Page page = read_page();
    REQUIRE(page.rows.size() >= 18);
    const test::TemporaryFolder folder;
    folder.write("base.toml", page.base);
    const Ran base = run_scenario(folder.path() / "base.toml");
    // 2019 lies before the run: each member has changed since then as its country's inventory did.
    REQUIRE_FALSE(base.built.groups.empty());
    CHECK(base.built.groups.front().base_factor.size() == base.built.groups.front().places.size());
    for (const double factor : base.built.groups.front().base_factor) CHECK(factor > 0.5);
    // Lines that bring further countries are held against the base with these countries and without the line.
    std::optional<Ran> wider;
    std::string wider_line;
    for (const Row& row : page.rows) {
        CAPTURE(row.system);
        std::string text = "extends = \"base.toml\"\n";
        for (const auto& line : row.lines) text += line + "\n";
        CAPTURE(text);
        const Ran changed = run_scenario(folder.write("line.toml", text));
        const Ran* before = &base;
        if (row.lines.size() > 1 && row.lines.front().starts_with("places.countries")) {
            if (!wider || wider_line != row.lines.front()) {
                wider_line = row.lines.front();
                wider =
                    run_scenario(folder.write("wider.toml", "extends = \"base.toml\"\n" + wider_line + "\n"));
            }
            before = &*wider;
        }
        if (!same_places(before->built, changed.built)) {
            CHECK_FALSE(row.from);  // a line that moves places has no month before which nothing changes
            continue;
        }
        const auto first = first_difference(before->results, changed.results);
        REQUIRE(first);
        if (row.from) CHECK(*first >= *row.from);
    }
}

TEST_CASE("the page of systems names tables and files that are there", "[systems]") {
    std::ifstream file(source_dir / "docs" / "systems.md");
    std::string line;
    bool in_table = false;
    while (std::getline(file, line)) {
        if (line.starts_with("|---")) {
            in_table = true;
        } else if (in_table && line.starts_with("|")) {
            const auto cells = test::cells_of(line);
            INFO(line);
            // What stands in brackets behind a table is a row of it.
            for (const auto& table : code_spans(test::without_brackets(cells[1]))) {
                const auto stem = source_dir / "data" / "tables" / table;
                CHECK((std::filesystem::exists(stem.string() + ".csv") ||
                       std::filesystem::exists(stem.string() + ".csv.gz")));
            }
            for (const auto& code : code_spans(cells[2])) CHECK(std::filesystem::exists(source_dir / code));
        } else {
            in_table = false;
        }
    }
}

}  // namespace domino::scenarios
