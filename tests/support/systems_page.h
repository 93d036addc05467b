#pragma once

#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>
#include <optional>
#include <regex>
#include <string>
#include <vector>

#include "scenarios/built_world.h"
#include "scenarios/scenario.h"
#include "sim/ensemble.h"

namespace domino::scenarios::test {

inline const std::filesystem::path source_dir = DOMINO_SOURCE_DIR;

/// A row of the table: its lines, and the month before which they change nothing.
struct Row {
    std::string system;
    std::vector<std::string> lines;
    std::optional<sim::Month> from;
};

/// docs/systems.md as a test needs it.
struct Page {
    std::string base;
    std::vector<Row> rows;      ///< lines that change what places emit or when they commit
    std::vector<Row> accounts;  ///< lines that change targets or credits alone
};

inline std::vector<std::string> cells_of(const std::string& line) {
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

inline std::vector<std::string> code_spans(const std::string& cell) {
    std::vector<std::string> spans;
    for (std::size_t open = cell.find('`'); open != std::string::npos;) {
        const std::size_t close = cell.find('`', open + 1);
        if (close == std::string::npos) break;
        spans.push_back(cell.substr(open + 1, close - open - 1));
        open = cell.find('`', close + 1);
    }
    return spans;
}

inline std::string without_brackets(const std::string& cell) {
    static const std::regex brackets("\\([^)]*\\)");
    return std::regex_replace(cell, brackets, "");
}

inline Page read_page() {
    std::ifstream file(source_dir / "docs" / "systems.md");
    REQUIRE(file);
    Page page;
    std::string line;
    bool in_base = false, in_table = false, in_accounts = false;
    while (std::getline(file, line)) {
        in_accounts = in_accounts || line == "## In the accounts";
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
            (in_accounts ? page.accounts : page.rows).push_back(std::move(row));
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

inline Ran run_scenario(const std::filesystem::path& file) {
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

}  // namespace domino::scenarios::test
