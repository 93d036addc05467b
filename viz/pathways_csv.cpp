#include "viz/pathways_csv.h"

#include <array>
#include <string>
#include <utility>

#include "viz/benefits.h"
#include "viz/csv_writer.h"
#include "viz/group_series.h"
#include "viz/pathways.h"
#include "viz/public_money.h"

namespace domino::viz {

namespace {

using Statistic = std::pair<std::string_view, double Summary::*>;
constexpr std::array<Statistic, 4> statistics = {
    {{"", &Summary::mean}, {"|p05", &Summary::p05}, {"|p50", &Summary::p50}, {"|p95", &Summary::p95}}};

void write_series(CsvWriter& csv, const std::string& model, const std::string& scenario,
                  const std::vector<PathwaySeries>& all) {
    for (const PathwaySeries& series : all) {
        for (const auto& [suffix, value] : statistics) {
            if (series.kind == SeriesKind::mean_only && !suffix.empty()) {
                continue;
            }
            csv.text(model)
                .text(scenario + std::string(suffix))
                .text(series.region)
                .text(series.variable)
                .text(series.unit);
            for (const Summary& year : series.years) {
                csv.number(year.*value);
            }
            csv.end_row();
        }
    }
}

}  // namespace

void write_pathways_csv(const RunContext& context, const std::vector<PathwaySeries>& nations,
                        const PlaceSummary& summary, const std::filesystem::path& path) {
    const sim::RunResults& results = context.results.scenario;
    std::vector<std::string> header = {"model", "scenario", "region", "variable", "unit"};
    for (std::size_t year = 0; year < results.years; ++year) {
        header.push_back(std::to_string(results.calendar.first_year() + static_cast<int>(year)));
    }
    CsvWriter csv(path, header);
    const std::string model = "domino " + context.program.version;
    const auto write_shared = [&](const std::string& name, const scenarios::BuiltWorld& built,
                                  const sim::RunResults& of_run) {
        write_series(csv, model, name, {present_value_series(built, of_run, context.options)});
        write_series(csv, model, name, build_group_series(built, of_run));
        write_series(csv, model, name, build_partnership_series(built, of_run));
        write_series(csv, model, name, build_benefit_series(built, of_run));
    };
    write_series(csv, model, context.scenario.name, nations);
    write_series(csv, model, context.scenario.name,
                 build_subnational_series(context.built, results, summary));
    write_shared(context.scenario.name, context.built, results);
    if (context.results.reference) {
        write_series(csv, model, context.reference->name,
                     build_national_series(*context.reference_built, *context.results.reference));
        write_shared(context.reference->name, *context.reference_built, *context.results.reference);
    }
    csv.close();
}

}  // namespace domino::viz
