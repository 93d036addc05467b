#include "viz/strategy_csv.h"

#include <array>
#include <string>

#include "scenarios/choices.h"
#include "viz/csv_writer.h"
#include "viz/month_text.h"

namespace domino::viz {

void write_strategy_csv(const RunContext& context, const std::filesystem::path& path) {
    static const std::array<std::string, 15> header = {
        "project_id",        "kind",         "rule",  "place_id", "place",  "country",
        "japan_place_id",    "japan",        "from",  "to",       "phases", "months",
        "cost_jpy_per_year", "technologies", "reason"};
    const scenarios::StrategyPlan& plan = context.built.strategy;
    const auto& places = context.built.places.places;
    CsvWriter csv(path, header);
    for (const scenarios::StrategyProject& project : plan.projects) {
        const auto& place = places[project.place];
        csv.text(project.id)
            .text(scenarios::tie_name(project.tie))
            .text(scenarios::choices_of(plan.rule)[static_cast<std::size_t>(plan.rule)])
            .text(place.id)
            .text(place.name)
            .text(context.built.country_names[context.built.world.places[project.place].country]);
        if (project.partner)
            csv.text(places[*project.partner].id).text(places[*project.partner].name);
        else
            csv.missing().missing();
        std::string technologies;
        for (const std::uint16_t k : project.technologies)
            technologies += (technologies.empty() ? "" : ";") + context.built.world.technologies[k].id;
        csv.text(month_text(project.from))
            .text(month_text(sim::Month{project.to.value - 1}))
            .integer(project.phases)
            .integer(project.to.value - project.from.value)
            .number(project.cost_jpy_per_year)
            .text(technologies)
            .text(project.reason);
        csv.end_row();
    }
    csv.close();
}

}  // namespace domino::viz
