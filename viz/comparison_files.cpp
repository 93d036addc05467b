#include "viz/comparison_files.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "viz/csv_writer.h"

namespace domino::viz {
namespace {

constexpr std::string_view committed_people = "Commitment|Share of Population";
constexpr std::string_view paid = "Present Value of Public Support";

std::string_view unit_of_regret(std::string_view metric) {
    return metric == cumulative_emissions ? "Mt CO2-equiv" : metric == committed_people ? "%" : "million JPY";
}

/// Years a reader asks for: those that end in 0 or 5, and the last.
std::vector<int> milestones(const Comparison& comparison) {
    std::vector<int> years;
    for (int year = comparison.first_year(); year <= comparison.last_year(); ++year)
        if (year % 5 == 0 || year == comparison.last_year()) years.push_back(year);
    return years;
}

sim::PairedDifference compare(const Comparison& comparison, const ComparedPair& pair, std::string_view region,
                              std::string_view variable, sim::Better better) {
    const int year = comparison.last_year();
    return sim::PairedComparer().compare(comparison.members(pair.a, region, variable, year),
                                         comparison.members(pair.b, region, variable, year), better);
}

void write_names(CsvWriter& csv, const Comparison& comparison, const ComparedPair& pair) {
    csv.text(comparison.runs()[pair.a].name).text(comparison.runs()[pair.b].name);
}

}  // namespace

PairSummary summarize(const Comparison& comparison, const ComparedPair& pair) {
    const ComparedRun& a = comparison.runs()[pair.a];
    const ComparedRun& b = comparison.runs()[pair.b];
    PairSummary out;
    out.a = a.name;
    out.b = b.name;
    out.levers = scenarios::differences(b.scenario, a.scenario);
    const auto of_all = [&](std::string_view variable, sim::Better better) {
        return compare(comparison, pair, all_countries_region, variable, better);
    };
    out.emissions_mt = of_all(cumulative_emissions, sim::Better::lower);
    out.committed_percent = of_all(committed_people, sim::Better::higher);
    out.support_million_jpy = of_all(paid, sim::Better::lower);
    out.tonnes_per_million = comparison.tonnes_per_million(pair);
    out.changed_places = comparison.count_changed_places(pair);
    out.places_compared = comparison.compares_places();
    const auto emitted_in = [&](std::string_view region) {
        return PairSummary::Part{std::string(region), "Mt CO2e",
                                 compare(comparison, pair, region, cumulative_emissions, sim::Better::lower)};
    };
    for (const CountrySet& set : comparison.equity().sets) out.incomes.push_back(emitted_in(set.region));
    for (const std::string& country : a.built.country_names) out.countries.push_back(emitted_in(country));
    std::stable_sort(out.countries.begin(), out.countries.end(),
                     [](const PairSummary::Part& x, const PairSummary::Part& y) {
                         return std::fabs(x.difference.mean) > std::fabs(y.difference.mean);
                     });
    for (const auto& benefit : comparison.variables(all_countries_region, "Benefit|")) {
        const auto difference = of_all(benefit.name, sim::Better::higher);
        if (difference.mean == 0.0 && difference.p05 == difference.p95) continue;
        out.benefits.push_back(
            {benefit.name, benefit.unit, benefit.has_members ? difference : mean_alone(difference)});
    }
    comparison.visit_targets(pair, [&](const ComparedTarget& target) {
        if (target.chance_a != target.chance_b)
            out.targets.push_back({std::string(target.id), target.chance_a, target.chance_b});
    });
    return out;
}

std::vector<RegretRow> summarize_regret(const Comparison& comparison) {
    std::vector<RegretRow> rows;
    for (const auto& [metric, better] :
         {std::pair{cumulative_emissions, sim::Better::lower},
          std::pair{committed_people, sim::Better::higher}, std::pair{paid, sim::Better::lower}}) {
        for (const int year : milestones(comparison)) {
            std::vector<std::vector<double>> outcomes;
            for (std::size_t run = 0; run < comparison.runs().size(); ++run)
                outcomes.push_back(comparison.members(run, all_countries_region, metric, year));
            rows.push_back({metric, unit_of_regret(metric), year, sim::find_regrets(outcomes, better)});
        }
    }
    return rows;
}

void write_differences_csv(const Comparison& comparison, const std::filesystem::path& path) {
    static const std::array<std::string, 10> header = {
        "scenario_a", "scenario_b", "metric",          "unit",           "region",
        "place_id",   "year",       "difference_mean", "difference_p05", "difference_p95"};
    std::vector<std::string> columns(header.begin(), header.end());
    columns.emplace_back("p_a_better");
    CsvWriter csv(path, columns);
    for (const ComparedPair& pair : comparison.pairs()) {
        comparison.visit_differences(pair, [&](const ComparedQuantity& what, const sim::PairedDifference& d) {
            write_names(csv, comparison, pair);
            csv.text(what.metric).text(what.unit).text(what.region).text(what.place_id).integer(what.year);
            csv.number(d.mean).number(d.p05).number(d.p95);
            what.better ? csv.number(d.a_better) : csv.missing();
            csv.end_row();
        });
        const sim::PairedRatio ratio = comparison.tonnes_per_million(pair);
        write_names(csv, comparison, pair);
        csv.text("Emissions Avoided by Extra Public Support")
            .text("t CO2-equiv/million JPY")
            .text(all_countries_region)
            .missing()
            .integer(comparison.last_year());
        if (ratio.stated) {
            csv.number(ratio.ratio).number(ratio.p05).number(ratio.p95);
        } else {
            csv.missing().missing().missing();
        }
        csv.missing();
        csv.end_row();
    }
    csv.close();
}

void write_pairing_csv(const Comparison& comparison, const std::filesystem::path& path) {
    static const std::array<std::string, 7> header = {
        "scenario_a", "scenario_b", "metric", "unit", "region", "year", "variance_reduction"};
    CsvWriter csv(path, header);
    for (const ComparedPair& pair : comparison.pairs()) {
        comparison.visit_series(pair, [&](const ComparedQuantity& what, const sim::PairedDifference& d) {
            write_names(csv, comparison, pair);
            csv.text(what.metric).text(what.unit).text(what.region).integer(what.year);
            csv.number(d.variance_reduction);
            csv.end_row();
        });
    }
    csv.close();
}

void write_regret_csv(const Comparison& comparison, const std::filesystem::path& path) {
    static const std::array<std::string, 8> header = {"scenario", "metric",      "unit",       "region",
                                                      "year",     "regret_mean", "regret_p95", "p_best"};
    CsvWriter csv(path, header);
    for (const RegretRow& row : summarize_regret(comparison)) {
        for (std::size_t run = 0; run < row.regrets.size(); ++run) {
            csv.text(comparison.runs()[run].name).text(row.metric).text(row.unit).text(all_countries_region);
            csv.integer(row.year).number(row.regrets[run].mean).number(row.regrets[run].p95);
            csv.number(row.regrets[run].best);
            csv.end_row();
        }
    }
    csv.close();
}

}  // namespace domino::viz
