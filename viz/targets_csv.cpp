#include "viz/targets_csv.h"

#include <fmt/format.h>

#include <array>
#include <optional>
#include <span>
#include <string>

#include "sim/group_targets.h"
#include "viz/credit_supply.h"
#include "viz/csv_writer.h"
#include "viz/number_text.h"
#include "viz/pathways.h"
#include "viz/quantiles.h"
#include "viz/stocktake_gap.h"

namespace domino::viz {

namespace {

const std::array<std::string, 42> header = {"target_id",
                                            "country",
                                            "iso3",
                                            "target_year",
                                            "year_basis",
                                            "period_start",
                                            "type",
                                            "conditionality",
                                            "land_use",
                                            "base_year",
                                            "level_strict_mt_co2e",
                                            "level_mt_co2e",
                                            "rebase_ratio",
                                            "rebase_year",
                                            "emissions_mt_co2e_mean",
                                            "emissions_mt_co2e_p05",
                                            "emissions_mt_co2e_p50",
                                            "emissions_mt_co2e_p95",
                                            "probability",
                                            "probability_strict",
                                            "probability_reference",
                                            "probability_difference",
                                            "gap_mt_co2e_mean",
                                            "gap_mt_co2e_p05",
                                            "gap_mt_co2e_p50",
                                            "gap_mt_co2e_p95",
                                            "cumulative_gap_mt_co2e",
                                            "status",
                                            "reason",
                                            "target",
                                            "source",
                                            "adjustment",
                                            "balance_mt_co2e_mean",
                                            "balance_mt_co2e_p05",
                                            "balance_mt_co2e_p50",
                                            "balance_mt_co2e_p95",
                                            "probability_adjusted",
                                            "probability_adjusted_strict",
                                            "supply_mt_co2e_mean",
                                            "supply_mt_co2e_p05",
                                            "supply_mt_co2e_p50",
                                            "supply_mt_co2e_p95"};

constexpr int balance_columns = 7;  ///< from "adjustment"
constexpr int supply_columns = 4;

void write_summary(CsvWriter& csv, Summarizer& summarizer, const std::vector<double>& members) {
    const Summary s = summarizer.summarize(std::span<const double>(members));
    csv.number(s.mean).number(s.p05).number(s.p50).number(s.p95);
}

void write_missing(CsvWriter& csv, int columns) {
    for (int column = 0; column < columns; ++column) csv.missing();
}

/// How a target is adjusted for credits, its balance and its chances with it.
void write_adjusted(CsvWriter& csv, const sim::Target& target, const sim::TargetResult& result,
                    sim::AdjustmentMethod method) {
    if (result.balance_mt.empty()) return write_missing(csv, balance_columns + supply_columns);
    Summarizer summarizer;
    const bool averaging = method == sim::AdjustmentMethod::averaging;
    csv.text(sim::counts_over_period(target) ? "cumulative" : averaging ? "averaging" : "trajectory");
    write_summary(csv, summarizer, result.balance_mt);
    csv.number(result.probability_adjusted).number(result.probability_adjusted_low);
    write_missing(csv, supply_columns);
}

/// From the level to the reason of a goal's row.
void write_supply_assessment(CsvWriter& csv, const RunContext& context, const sim::CreditSupplyGoal& goal,
                             const SupplyResult& result) {
    constexpr int emission_columns = 6, chance_columns = 4, gap_columns = 5;
    csv.number(goal.level_mt).number(goal.level_mt);
    write_missing(csv, emission_columns);
    if (result.supply_mt.empty()) {
        write_missing(csv, chance_columns + gap_columns);
        csv.text("not_assessable").text("the run does not cover its year");
        return;
    }
    csv.number(result.probability).number(result.probability);
    if (context.results.reference && !context.results.reference->credits.empty()) {
        const double before = assess_supply(*context.results.reference, goal).probability;
        csv.number(before).number(result.probability - before);
    } else {
        csv.missing().missing();
    }
    write_missing(csv, gap_columns);
    csv.text("assessed").missing();
}

/// One row per goal of credits to be acquired, cumulative.
void write_supply_goals(CsvWriter& csv, const RunContext& context) {
    const sim::CreditResults& credits = context.results.scenario.credits;
    if (credits.empty() || credits.buyer.value >= context.built.country_names.size()) return;
    Summarizer summarizer;
    for (const sim::CreditSupplyGoal& goal : context.built.world.credit_accounting.supply_goals) {
        const SupplyResult result = assess_supply(context.results.scenario, goal);
        csv.text(goal.id)
            .text(context.built.country_names[credits.buyer.value])
            .text(credits.parties[credits.buyer.value])
            .integer(goal.fiscal_year)
            .text("fiscal")
            .missing()
            .text("credit_supply")
            .missing()
            .missing()
            .missing();
        write_supply_assessment(csv, context, goal, result);
        csv.text("Credits acquired through the JCM, cumulative").text(goal.source);
        write_missing(csv, balance_columns);
        if (result.supply_mt.empty()) {
            write_missing(csv, supply_columns);
        } else {
            write_summary(csv, summarizer, result.supply_mt);
        }
        csv.end_row();
    }
}

void write_assessment(CsvWriter& csv, const sim::TargetResult& result, const sim::TargetResult* reference) {
    Summarizer summarizer;
    csv.number(result.level_low_mt).number(result.level_high_mt).number(result.rebase_ratio);
    if (result.ratio_year != 0) {
        csv.integer(result.ratio_year);
    } else {
        csv.missing();
    }
    write_summary(csv, summarizer, result.emissions_mt);
    csv.number(result.probability).number(result.probability_low);
    if (reference != nullptr && reference->status == sim::TargetStatus::assessed) {
        csv.number(reference->probability).number(result.probability - reference->probability);
    } else {
        csv.missing().missing();
    }
    write_summary(csv, summarizer, result.gap_mt);
    csv.number(result.cumulative_gap_mt).text("assessed").missing();
}

void write_without_assessment(CsvWriter& csv, const sim::TargetResult& result) {
    constexpr int number_columns = 17;
    for (int column = 0; column < number_columns; ++column) {
        csv.missing();
    }
    csv.text("not_assessable").text(result.reason);
}

/// Rows of the global stocktake: all countries of the run as one group.
void write_stocktake(CsvWriter& csv, const RunContext& context) {
    const auto gaps = assess_stocktake(context.built, context.results.scenario);
    std::vector<StocktakeGap> reference;
    if (context.results.reference)
        reference = assess_stocktake(*context.reference_built, *context.results.reference);
    for (std::size_t i = 0; i < gaps.size(); ++i) {
        const StocktakeGap& gap = gaps[i];
        csv.text("stocktake-" + std::to_string(gap.benchmark.year)).text(all_countries_region).missing();
        csv.integer(gap.benchmark.year).text("calendar").missing().text("stocktake").missing();
        csv.text("excluded").integer(gap.benchmark.base_year);
        if (gap.reason.empty()) {
            Summarizer summarizer;
            csv.number(gap.level_mt).number(gap.level_mt).number(1.0).integer(gap.benchmark.base_year);
            write_summary(csv, summarizer, gap.emissions_mt);
            csv.number(gap.probability).number(gap.probability);
            if (i < reference.size() && reference[i].reason.empty()) {
                csv.number(reference[i].probability).number(gap.probability - reference[i].probability);
            } else {
                csv.missing().missing();
            }
            write_summary(csv, summarizer, gap.gap_mt);
            csv.missing().text("assessed").missing();
        } else {
            sim::TargetResult missed;
            missed.reason = gap.reason;
            write_without_assessment(csv, missed);
        }
        csv.text("World emissions " + number_text(100.0 * gap.benchmark.reduction) + " % below " +
                 std::to_string(gap.benchmark.base_year) +
                 ", consistent with 1.5 degrees Celsius; applied to the run's countries as a group")
            .text(gap.benchmark.source);
        write_missing(csv, balance_columns + supply_columns);
        csv.end_row();
    }
}

/// One row: a group, or one of its places, against a target that membership implies.
void write_implied(CsvWriter& csv, const RunContext& context, const sim::PlaceGroup& group,
                   const std::string& region, const std::string& iso3, const sim::ImpliedTarget& target) {
    csv.text(fmt::format("{}-{}", group.id, target.year))
        .text(region)
        .text(iso3)
        .integer(target.year)
        .text("calendar")
        .missing()
        .text(target_type_id(sim::TargetType::base_year))
        .text(conditionality_id(sim::Conditionality::unconditional))
        .text(lulucf_id(sim::LulucfTreatment::excluded))
        .integer(group.base_year);
    const sim::TargetResult result = sim::assess_group(group, target, context.results.scenario);
    if (result.status == sim::TargetStatus::assessed) {
        std::optional<sim::TargetResult> before;
        if (context.results.reference) before = sim::assess_group(group, target, *context.results.reference);
        write_assessment(csv, result, before ? &*before : nullptr);
    } else {
        write_without_assessment(csv, result);
    }
    csv.text(
           fmt::format("implied by membership: {}; base year declared, the documents name none", target.text))
        .text(target.source);
    write_missing(csv, balance_columns + supply_columns);
    csv.end_row();
}

/// Groups against the targets their membership implies, then each member for the years the run reaches.
void write_group_targets(CsvWriter& csv, const RunContext& context) {
    const scenarios::BuiltWorld& built = context.built;
    for (const sim::PlaceGroup& group : built.groups) {
        for (const sim::ImpliedTarget& target : group.targets) {
            write_implied(csv, context, group, group.name, "", target);
            if (target.year > context.results.scenario.calendar.last_year()) continue;
            for (std::size_t n = 0; n < group.places.size(); ++n) {
                const std::uint32_t place = group.places[n];
                sim::PlaceGroup one = group;
                one.id += "-" + built.places.places[place].id;
                one.places = {place};
                if (!group.base_factor.empty()) one.base_factor = {group.base_factor[n]};
                const std::size_t country = built.world.places[place].country;
                write_implied(csv, context, one,
                              built.country_names[country] + "|" + built.places.places[place].name,
                              built.world.countries[country].iso3, target);
            }
        }
    }
}

}  // namespace

void write_targets_csv(const RunContext& context, const TargetAssessment& targets,
                       const std::filesystem::path& path) {
    CsvWriter csv(path, header);
    for (std::size_t i = 0; i < context.built.targets.size(); ++i) {
        const sim::Target& target = context.built.targets[i];
        csv.text(target.id)
            .text(context.built.country_names[target.country])
            .text(context.built.world.countries[target.country].iso3)
            .integer(target.target_year)
            .text(target.year_basis == sim::YearBasis::fiscal ? "fiscal" : "calendar");
        if (target.period_start) {
            csv.integer(*target.period_start);
        } else {
            csv.missing();
        }
        csv.text(target_type_id(target.type))
            .text(conditionality_id(target.conditionality))
            .text(lulucf_id(target.lulucf));
        if (target.base_year) {
            csv.integer(*target.base_year);
        } else {
            csv.missing();
        }
        if (targets.scenario[i].status == sim::TargetStatus::assessed) {
            write_assessment(csv, targets.scenario[i],
                             targets.reference.empty() ? nullptr : &targets.reference[i]);
        } else {
            write_without_assessment(csv, targets.scenario[i]);
        }
        csv.text(target.text).text(target.source);
        write_adjusted(csv, target, targets.scenario[i], context.built.world.credit_accounting.method);
        csv.end_row();
    }
    write_stocktake(csv, context);
    write_supply_goals(csv, context);
    write_group_targets(csv, context);
    csv.close();
}

}  // namespace domino::viz
