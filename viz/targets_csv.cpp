#include "viz/targets_csv.h"

#include <array>
#include <span>
#include <string>

#include "viz/csv_writer.h"
#include "viz/quantiles.h"

namespace domino::viz {

namespace {

const std::array<std::string, 31> header = {"target_id",
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
                                            "source"};

void write_summary(CsvWriter& csv, Summarizer& summarizer, const std::vector<double>& members) {
    const Summary s = summarizer.summarize(std::span<const double>(members));
    csv.number(s.mean).number(s.p05).number(s.p50).number(s.p95);
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
        csv.end_row();
    }
    csv.close();
}

}  // namespace domino::viz
