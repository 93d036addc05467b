#include <algorithm>
#include <cmath>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "viz/comparison_files.h"
#include "viz/comparison_table.h"

namespace domino::viz {
namespace {

using Json = nlohmann::ordered_json;

/// Countries a pair is told of in words.
constexpr std::size_t countries_told = 5;

std::string interval(const sim::PairedDifference& d, std::string_view unit) {
    if (std::isnan(d.p05)) return fmt::format("{:+.4g} {} (the mean alone is kept)", d.mean, unit);
    return fmt::format("{:+.4g} {} (5 to 95 %: {:+.4g} to {:+.4g})", d.mean, unit, d.p05, d.p95);
}

std::string pair_text(const PairSummary& pair, int first_year, int last_year) {
    std::string text = fmt::format("\n{} less {}\n", pair.a, pair.b);
    if (pair.levers.empty()) text += "  no key of the scenarios differs\n";
    for (const scenarios::LeverChange& lever : pair.levers)
        text += fmt::format("  {}: {} instead of {}{}\n", lever.key, lever.to, lever.from,
                            lever.since.empty() ? "" : fmt::format(", from {}", lever.since));
    text += fmt::format("  emissions {} to {}   {}\n", first_year, last_year,
                        interval(pair.emissions_mt, "Mt CO2e"));
    text += "  " + emissions_verdict(pair) + "\n";
    text += fmt::format("  people in committed places {}   {}\n", last_year,
                        interval(pair.committed_percent, "% of all"));
    text += fmt::format("  public support, present value   {}\n",
                        interval(pair.support_million_jpy, "million JPY"));
    text += pair.tonnes_per_million.stated
                ? fmt::format(
                      "  avoided for each million JPY more   {:.4g} t (5 to 95 %: {:.4g} to {:.4g})\n",
                      pair.tonnes_per_million.ratio, pair.tonnes_per_million.p05, pair.tonnes_per_million.p95)
                : std::string("  tonnes for money are not stated: what they cost hardly differs\n");
    for (const PairSummary::Part& income : pair.incomes)
        text += fmt::format("  {}   {}\n", income.name, interval(income.difference, "Mt CO2e"));
    for (std::size_t i = 0; i < std::min(countries_told, pair.countries.size()); ++i)
        if (pair.countries[i].difference.mean != 0.0)
            text += fmt::format("  {}   {}\n", pair.countries[i].name,
                                interval(pair.countries[i].difference, "Mt CO2e"));
    for (const PairSummary::Part& benefit : pair.benefits)
        text += fmt::format("  {}, {}   {}\n", benefit.name, last_year,
                            interval(benefit.difference, benefit.unit));
    for (const PairSummary::Target& target : pair.targets)
        text += fmt::format("  target {}: met in {:.0f} % against {:.0f} % of members\n", target.id,
                            100.0 * target.chance_a, 100.0 * target.chance_b);
    text +=
        pair.places_compared
            ? fmt::format("  places that differ in some member: {}\n", pair.changed_places)
            : std::string("  places are not compared one by one: their results were kept as distributions\n");
    if (!std::isnan(pair.emissions_mt.variance_reduction))
        text += fmt::format("  the same draws make this as precise as {:.4g} times the members would\n",
                            pair.emissions_mt.variance_reduction);
    return text;
}

Json to_json(const sim::PairedDifference& d) {
    const auto known = [](double value) { return std::isnan(value) ? Json() : Json(value); };
    return {{"mean", d.mean},
            {"p05", known(d.p05)},
            {"p95", known(d.p95)},
            {"p_a_better", known(d.a_better)},
            {"variance_reduction", known(d.variance_reduction)}};
}

Json pair_json(const PairSummary& pair) {
    Json levers = Json::array(), targets = Json::array();
    const auto parts = [](const std::vector<PairSummary::Part>& list) {
        Json rows = Json::array();
        for (const PairSummary::Part& part : list) {
            Json row = {{"name", part.name}, {"unit", part.unit}};
            row.update(to_json(part.difference));
            rows.push_back(std::move(row));
        }
        return rows;
    };
    for (const scenarios::LeverChange& lever : pair.levers)
        levers.push_back({{"key", lever.key}, {"a", lever.to}, {"b", lever.from}, {"since", lever.since}});
    for (const PairSummary::Target& target : pair.targets)
        targets.push_back({{"id", target.id}, {"p_met_a", target.chance_a}, {"p_met_b", target.chance_b}});
    const sim::PairedRatio& ratio = pair.tonnes_per_million;
    return {{"scenario_a", pair.a},
            {"scenario_b", pair.b},
            {"differences_in_keys", std::move(levers)},
            {"emissions_mt_co2e", to_json(pair.emissions_mt)},
            {"committed_people_percent", to_json(pair.committed_percent)},
            {"public_support_million_jpy", to_json(pair.support_million_jpy)},
            {"avoided_t_co2e_per_million_jpy",
             ratio.stated ? Json{{"ratio", ratio.ratio}, {"p05", ratio.p05}, {"p95", ratio.p95}} : Json()},
            {"emissions_mt_co2e_by_income", parts(pair.incomes)},
            {"emissions_mt_co2e_by_country", parts(pair.countries)},
            {"benefits", parts(pair.benefits)},
            {"targets_that_differ", std::move(targets)},
            {"changed_places", pair.places_compared ? Json(pair.changed_places) : Json()}};
}

Json scenario_json(const ComparedRun& run) {
    Json told = {{"name", run.name}, {"title", run.scenario.title}};
    if (run.written_by)
        told["results_written_by"] = {{"version", run.written_by->version},
                                      {"commit", run.written_by->commit}};
    return told;
}

}  // namespace

std::string emissions_verdict(const PairSummary& pair) {
    const sim::PairedDifference& d = pair.emissions_mt;
    if (d.mean == 0.0 && d.p05 == 0.0 && d.p95 == 0.0) return "they emit exactly the same in every member";
    if (d.p05 <= 0.0 && d.p95 >= 0.0)
        return fmt::format(
            "which of them emits less is not sure, as the interval includes 0; {} does in {:.0f} % "
            "of members",
            pair.a, 100.0 * d.a_better);
    return fmt::format("{} emits {} than {} in {:.0f} % of members", pair.a, d.mean < 0.0 ? "less" : "more",
                       pair.b, 100.0 * (d.mean < 0.0 ? d.a_better : 1.0 - d.a_better));
}

std::string comparison_text(const Comparison& comparison) {
    std::string text = fmt::format(
        "{} members on the same draws, seed {}; differences are the first less the "
        "second\n",
        comparison.options().members, comparison.options().seed);
    const ComparisonTable table = tabulate(comparison);
    if (!table.equity_note.empty()) text += table.equity_note + "\n";
    if (comparison.runs().size() > 2) text += table_text(table);
    for (const ComparedPair& pair : comparison.pairs())
        text += pair_text(summarize(comparison, pair), comparison.first_year(), comparison.last_year());
    text += fmt::format("\nRegret over all: what is lost against the best of them, to {}\n",
                        comparison.last_year());
    for (const RegretRow& row : summarize_regret(comparison)) {
        if (row.year != comparison.last_year()) continue;
        text += fmt::format("  {} ({})\n", row.metric, row.unit);
        for (std::size_t run = 0; run < row.regrets.size(); ++run)
            text += fmt::format("    {:<32} mean {:.4g}, 95 % below {:.4g}; the best in {:.0f} %\n",
                                comparison.runs()[run].name, row.regrets[run].mean, row.regrets[run].p95,
                                100.0 * row.regrets[run].best);
    }
    return text;
}

std::string comparison_json(const Comparison& comparison) {
    Json names = Json::array(), pairs = Json::array(), regret = Json::array();
    for (const ComparedRun& run : comparison.runs()) names.push_back(scenario_json(run));
    for (const ComparedPair& pair : comparison.pairs())
        pairs.push_back(pair_json(summarize(comparison, pair)));
    for (const RegretRow& row : summarize_regret(comparison))
        for (std::size_t run = 0; run < row.regrets.size(); ++run)
            regret.push_back({{"scenario", comparison.runs()[run].name},
                              {"metric", row.metric},
                              {"unit", row.unit},
                              {"year", row.year},
                              {"mean", row.regrets[run].mean},
                              {"p95", row.regrets[run].p95},
                              {"p_best", row.regrets[run].best}});
    const Json all = {{"members", comparison.options().members},
                      {"seed", std::to_string(comparison.options().seed)},
                      {"first_year", comparison.first_year()},
                      {"last_year", comparison.last_year()},
                      {"scenarios", std::move(names)},
                      {"side_by_side", table_json(tabulate(comparison))},
                      {"pairs", std::move(pairs)},
                      {"regret", std::move(regret)}};
    return all.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace domino::viz
