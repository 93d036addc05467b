#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "viz/comparison.h"

namespace domino::viz {

/// A pair in brief: what its headline says.
struct PairSummary {
    std::string a, b;
    std::vector<scenarios::LeverChange> levers;  ///< from b to a, as the user wrote it
    sim::PairedDifference emissions_mt;          ///< all countries, all years of the run together
    sim::PairedDifference committed_percent;     ///< share of people in the last year
    sim::PairedDifference support_million_jpy;   ///< present value over the run
    sim::PairedRatio tonnes_per_million;         ///< avoided by a for a million JPY more than b pays
    std::size_t changed_places = 0;
    bool places_compared = true;
    struct Target {
        std::string id;
        double chance_a = 0.0, chance_b = 0.0;
    };
    std::vector<Target> targets;  ///< those whose chance differs
    struct Part {
        std::string name, unit;
        sim::PairedDifference difference;
    };
    std::vector<Part>
        incomes;  ///< of countries by income, the poorest first: emissions of all years, Mt CO2e
    std::vector<Part> countries;  ///< the same, the largest difference first
    std::vector<Part> benefits;  ///< of guidebook Tables 1 and 2, all countries in the last year, that differ
};
/// A plain sentence on who emits less and how sure that is, without a full stop.
std::string emissions_verdict(const PairSummary& pair);
PairSummary summarize(const Comparison& comparison, const ComparedPair& pair);

/// A scenario against the best of all in each member.
struct RegretRow {
    std::string_view metric, unit;
    int year = 0;
    std::vector<sim::Regret> regrets;  ///< by run
};
/// Emissions, commitments and public support of all countries together, in years that end in 0 or 5 and in
/// the last.
std::vector<RegretRow> summarize_regret(const Comparison& comparison);

/// differences.csv: a row a pair, metric, region, place and year; a − b.
void write_differences_csv(const Comparison& comparison, const std::filesystem::path& path);
/// pairing.csv: how much the same draws took out of the variance, of everything but places.
void write_pairing_csv(const Comparison& comparison, const std::filesystem::path& path);
void write_regret_csv(const Comparison& comparison, const std::filesystem::path& path);

/// The summaries for a person, and as JSON.
std::string comparison_text(const Comparison& comparison);
std::string comparison_json(const Comparison& comparison);

}  // namespace domino::viz
