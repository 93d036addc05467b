#include "viz/comparison_table.h"

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <system_error>

#include <fmt/format.h>

#include "viz/number_text.h"

namespace domino::viz {
namespace {

constexpr double million = 1e6;

using Json = nlohmann::ordered_json;

bool same_file(const std::filesystem::path& a, const std::filesystem::path& b) {
    std::error_code error;
    return !a.empty() && !b.empty() &&
           std::filesystem::weakly_canonical(a, error) == std::filesystem::weakly_canonical(b, error);
}

std::size_t find_base(const std::vector<ComparedRun>& runs) {
    std::size_t base = runs.size() - 1;
    std::ptrdiff_t most = 0;
    for (std::size_t n = 0; n < runs.size(); ++n) {
        const auto named = std::count_if(runs.begin(), runs.end(), [&](const ComparedRun& run) {
            return run.scenario.reference && same_file(*run.scenario.reference, runs[n].scenario.file);
        });
        if (named > most) {
            most = named;
            base = n;
        }
    }
    return base;
}

sim::PairedDifference emitted_less(const Comparison& comparison, const ComparedPair& pair,
                                   std::string_view region) {
    const int year = comparison.last_year();
    return sim::PairedComparer().compare(comparison.members(pair.a, region, cumulative_emissions, year),
                                         comparison.members(pair.b, region, cumulative_emissions, year),
                                         sim::Better::lower);
}

void count_plan(const scenarios::StrategyPlan& plan, ComparisonTable::Row& row) {
    for (const scenarios::StrategyProject& project : plan.projects) {
        ++(project.tie == scenarios::StrategyTie::project ? row.projects : row.agreements);
        row.planned_million_jpy += project.cost_jpy() / million;
    }
}

/// Avoided, so that more is better: the difference with its sign turned. Never a negative zero.
double avoided(double difference) {
    return difference == 0.0 ? 0.0 : -difference;
}

std::string interval_text(const sim::PairedDifference& d) {
    return fmt::format("{:.4g} ({:.4g} to {:.4g})", avoided(d.mean), avoided(d.p95), avoided(d.p05));
}

std::string ratio_text(const sim::PairedRatio& ratio) {
    return ratio.stated ? fmt::format("{:.4g} ({:.4g} to {:.4g})", ratio.ratio, ratio.p05, ratio.p95)
                        : std::string("not stated");
}

std::string plan_text(const ComparisonTable::Row& row) {
    if (row.projects + row.agreements == 0) return "none";
    std::string text;
    if (row.projects > 0) text = fmt::format("{} projects", row.projects);
    if (row.agreements > 0) text += fmt::format("{}{} agreements", text.empty() ? "" : ", ", row.agreements);
    return fmt::format("{}, {:.6g} million JPY", text, row.planned_million_jpy);
}

/// What a scenario avoids among the poorest, and so on: for a terminal.
std::string incomes_text(const ComparisonTable& table, const ComparisonTable::Row& row) {
    std::string text;
    for (std::size_t n = 0; n < row.incomes_mt.size(); ++n)
        text += fmt::format("{}{} {:.3g}", text.empty() ? "" : ", ", table.equity.labels[n],
                            avoided(row.incomes_mt[n]));
    return text;
}

/// Whom the scenarios reach: a column a group of countries, the poorest first.
std::string incomes_html(const ComparisonTable& table) {
    if (table.equity.sets.empty()) return {};
    std::string out =
        "<h3>Whom it reaches</h3>\n<table class=\"side\"><thead><tr><th>Mt CO2e avoided, mean</th>";
    for (std::size_t n = 0; n < table.equity.sets.size(); ++n) {
        const std::size_t countries = table.equity.sets[n].countries.size();
        const double people = table.equity.people[n] / million;
        out += fmt::format("<th>{}<br><span>{} {}, {:.{}f} million people</span></th>",
                           markup(table.equity.labels[n]), countries,
                           countries == 1 ? "country" : "countries", people, people < 10.0 ? 1 : 0);
    }
    out += "</tr></thead><tbody>\n";
    for (std::size_t run = 0; run < table.rows.size(); ++run) {
        const ComparisonTable::Row& row = table.rows[run];
        if (run == table.base) continue;
        out += fmt::format("<tr><th scope=\"row\">{}</th>", markup(row.name));
        double all = 0.0;
        for (const double mt : row.incomes_mt) all += avoided(mt);
        for (const double mt : row.incomes_mt) {
            out += fmt::format("<td>{:.3g}", avoided(mt));
            // A share means something where every group gains.
            const bool shared = all > 0.0 && std::all_of(row.incomes_mt.begin(), row.incomes_mt.end(),
                                                         [](double other) { return avoided(other) >= 0.0; });
            if (shared) out += fmt::format(" <span>{:.0f} %</span>", 100.0 * avoided(mt) / all);
            out += "</td>";
        }
        out += "</tr>\n";
    }
    return out + fmt::format("</tbody></table>\n<p>{}</p>\n", markup(table.equity_note));
}

}  // namespace

ComparisonTable tabulate(const Comparison& comparison) {
    const std::vector<ComparedRun>& runs = comparison.runs();
    ComparisonTable table;
    table.base = find_base(runs);
    table.equity = comparison.equity();
    table.equity_note = describe_equity(table.equity, runs.front().built);
    std::vector<std::vector<double>> outcomes;
    for (std::size_t run = 0; run < runs.size(); ++run)
        outcomes.push_back(
            comparison.members(run, all_countries_region, cumulative_emissions, comparison.last_year()));
    const std::vector<sim::Regret> regrets = sim::find_regrets(outcomes, sim::Better::lower);
    for (std::size_t run = 0; run < runs.size(); ++run) {
        const ComparedPair pair{run, table.base};
        ComparisonTable::Row row;
        row.name = runs[run].name;
        count_plan(runs[run].built.strategy, row);
        row.emissions_mt = emitted_less(comparison, pair, all_countries_region);
        if (run != table.base) row.tonnes_per_million = comparison.tonnes_per_million(pair);
        for (const CountrySet& set : table.equity.sets)
            row.incomes_mt.push_back(emitted_less(comparison, pair, set.region).mean);
        row.regret = regrets[run];
        table.rows.push_back(std::move(row));
    }
    return table;
}

std::string table_text(const ComparisonTable& table) {
    const std::string& base = table.rows[table.base].name;
    std::string text = fmt::format(
        "\nSide by side, against {}: Mt CO2e avoided (5 to 95 %), in how many members less is emitted, t for "
        "each\nmillion JPY more, in how many members nobody avoids more; then Mt avoided by groups of "
        "countries\n",
        base);
    for (std::size_t n = 0; n < table.rows.size(); ++n) {
        const ComparisonTable::Row& row = table.rows[n];
        if (n == table.base) continue;
        text += fmt::format("  {:<24} {:>26}  {:>4.0f} %  {:>26}  {:>4.0f} %\n    plans: {}\n", row.name,
                            interval_text(row.emissions_mt), 100.0 * row.emissions_mt.a_better,
                            ratio_text(row.tonnes_per_million), 100.0 * row.regret.best, plan_text(row));
        if (!row.incomes_mt.empty()) text += fmt::format("    avoided: {}\n", incomes_text(table, row));
    }
    return text;
}

std::string table_html(const ComparisonTable& table) {
    const std::string& base = table.rows[table.base].name;
    std::string out = fmt::format(
        "<section><h2>Side by side, against {0}</h2>\n<table class=\"side\"><thead><tr><th>Scenario</th>"
        "<th>Its strategy plans</th><th>Mt CO2e avoided<br><span>mean (5 … 95 %)</span></th><th>Emits less "
        "than "
        "{0}<br><span>of members</span></th><th>t CO2e for a million JPY more</th><th>Best of "
        "all<br><span>of "
        "members</span></th><th>Regret <span>Mt, mean</span></th></tr></thead><tbody>\n",
        markup(base));
    for (std::size_t n = 0; n < table.rows.size(); ++n) {
        const ComparisonTable::Row& row = table.rows[n];
        const bool own = n == table.base;
        out += fmt::format(
            "<tr><th scope=\"row\">{}</th><td>{}</td><td>{}</td><td>{}</td><td>{}</td><td>{:.0f} "
            "%</td><td>{:.3g}</td></tr>\n",
            markup(row.name), plan_text(row), own ? "–" : interval_text(row.emissions_mt),
            own ? "–" : fmt::format("{:.0f} %", 100.0 * row.emissions_mt.a_better),
            own ? "–" : ratio_text(row.tonnes_per_million), 100.0 * row.regret.best, row.regret.mean);
    }
    return out +
           "</tbody></table>\n<p>Regret is what a scenario emits more than the best of all in the same "
           "member.</p>\n" +
           incomes_html(table) + "</section>\n";
}

Json table_json(const ComparisonTable& table) {
    Json rows = Json::array();
    for (std::size_t n = 0; n < table.rows.size(); ++n) {
        const ComparisonTable::Row& row = table.rows[n];
        const sim::PairedDifference& d = row.emissions_mt;
        const sim::PairedRatio& ratio = row.tonnes_per_million;
        Json incomes = Json::array();
        for (std::size_t set = 0; set < row.incomes_mt.size(); ++set)
            incomes.push_back(
                {{"name", table.equity.sets[set].region}, {"mean", avoided(row.incomes_mt[set])}});
        rows.push_back(
            {{"scenario", row.name},
             {"projects", row.projects},
             {"agreements", row.agreements},
             {"planned_million_jpy", row.planned_million_jpy},
             {"avoided_mt_co2e",
              {{"mean", avoided(d.mean)}, {"p05", avoided(d.p95)}, {"p95", avoided(d.p05)}}},
             {"p_emits_less", d.a_better},
             {"avoided_t_co2e_per_million_jpy",
              ratio.stated ? Json{{"ratio", ratio.ratio}, {"p05", ratio.p05}, {"p95", ratio.p95}} : Json()},
             {"avoided_mt_co2e_by_income", std::move(incomes)},
             {"p_best", row.regret.best},
             {"regret_mt_co2e", row.regret.mean}});
    }
    return {
        {"base", table.rows[table.base].name}, {"income", table.equity_note}, {"scenarios", std::move(rows)}};
}

}  // namespace domino::viz
