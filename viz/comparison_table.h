#pragma once

#include <string>
#include <vector>

#include <nlohmann/json.hpp>

#include "viz/comparison.h"

namespace domino::viz {

/// All scenarios against one of them, a row each: what a choice between them looks at.
struct ComparisonTable {
    struct Row {
        std::string name;
        std::size_t projects = 0, agreements = 0;  ///< of its strategy, as planned
        double planned_million_jpy = 0.0;          ///< of these, nominal
        /// Its emissions less the base's, all countries, all years of the run, Mt CO2e. Of the base: 0.
        sim::PairedDifference emissions_mt;
        sim::PairedRatio tonnes_per_million;  ///< avoided for a million JPY more than the base pays
        std::vector<double> incomes_mt;       ///< means of the difference by set of `equity`
        sim::Regret regret;                   ///< of emissions over all years, Mt CO2e
    };
    std::size_t base = 0;  ///< index of the run the others are held against
    EquityGroups equity;   ///< countries by income
    std::string equity_note;
    std::vector<Row> rows;  ///< by run
};

/// The base is the scenario that most others name as their reference; without one, the last.
ComparisonTable tabulate(const Comparison& comparison);

/// For a terminal, a page and as JSON.
std::string table_text(const ComparisonTable& table);
std::string table_html(const ComparisonTable& table);
nlohmann::ordered_json table_json(const ComparisonTable& table);

}  // namespace domino::viz
