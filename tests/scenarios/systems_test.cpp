// Every line of docs/systems.md is run: it must change the result, and nothing before its month.

#include <algorithm>
#include <catch2/catch.hpp>
#include <fstream>
#include <optional>
#include <regex>
#include <set>
#include <sstream>
#include <string>
#include <vector>

#include "scenarios/built_world.h"
#include "scenarios/scenario.h"
#include "sim/ensemble.h"
#include "tests/scenarios/small_pack.h"

namespace domino::scenarios {
namespace {

const std::filesystem::path source_dir = DOMINO_SOURCE_DIR;

struct Row {
    std::string system;
    std::vector<std::string> lines;
    std::optional<sim::Month> from;
};

struct Page {
    std::string base;
    std::vector<Row> rows;
};

std::vector<std::string> cells_of(const std::string& line) {
    std::vector<std::string> cells(1);
    for (std::size_t i = 1; i < line.size(); ++i) {
        if (line[i] == '\\' && i + 1 < line.size()) {
            cells.back() += line[++i];
        } else if (line[i] == '|') {
            cells.emplace_back();
        } else {
            cells.back() += line[i];
        }
    }
    return cells;
}

std::vector<std::string> code_spans(const std::string& cell) {
    std::vector<std::string> spans;
    for (std::size_t open = cell.find('`'); open != std::string::npos;) {
        const std::size_t close = cell.find('`', open + 1);
        if (close == std::string::npos) break;
        spans.push_back(cell.substr(open + 1, close - open - 1));
        open = cell.find('`', close + 1);
    }
    return spans;
}

std::string without_brackets(const std::string& cell) {
    static const std::regex brackets("\\([^)]*\\)");
    return std::regex_replace(cell, brackets, "");
}

Page read_page() {
    std::ifstream file(source_dir / "docs" / "systems.md");
    REQUIRE(file);
    Page page;
    std::string line;
    bool in_base = false, in_table = false;
    while (std::getline(file, line)) {
        if (line == "```toml") {
            in_base = page.base.empty();
        } else if (line == "```") {
            in_base = false;
        } else if (in_base) {
            page.base += line + "\n";
        } else if (line.starts_with("|---")) {
            in_table = true;
        } else if (in_table && line.starts_with("|")) {
            const auto cells = cells_of(line);
            INFO(line);
            REQUIRE(cells.size() >= 5);
            Row row{cells[0], code_spans(cells[3]), std::nullopt};
            REQUIRE_FALSE(row.lines.empty());
            static const std::regex month("([0-9]{4})-([0-9]{2})");
            for (const auto& span : code_spans(cells[4])) {
                std::smatch match;
                if (row.from || !std::regex_match(span, match, month)) continue;
                row.from = sim::make_month(std::stoi(match[1]), std::stoi(match[2]));
            }
            page.rows.push_back(std::move(row));
        } else {
            in_table = false;
        }
    }
    return page;
}

struct Ran {
    BuiltWorld built;
    sim::RunResults results;
};

Ran run_scenario(const std::filesystem::path& file) {
    const auto loaded = load_scenario(file, source_dir / "data");
    std::string problems;
    for (const auto& problem : loaded.problems) problems += format(problem) + "\n";
    INFO(problems);
    REQUIRE(loaded.scenario);
    auto world = build_world(*loaded.scenario, source_dir / "data");
    for (const auto& problem : world.problems) problems += format(problem) + "\n";
    INFO(problems);
    REQUIRE(world.built);
    sim::EnsembleOptions options;
    options.members = loaded.scenario->run.members;
    options.seed = loaded.scenario->run.seed;
    options.threads = 2;
    auto results = sim::run_ensemble(world.built->world, nullptr, options);
    return {std::move(*world.built), std::move(results.scenario)};
}

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
            const auto cells = cells_of(line);
            INFO(line);
            // What stands in brackets behind a table is a row of it.
            for (const auto& table : code_spans(without_brackets(cells[1]))) {
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
