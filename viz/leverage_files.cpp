#include "viz/leverage_files.h"

#include <algorithm>
#include <array>
#include <vector>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "viz/csv_writer.h"
#include "viz/signed_map.h"

namespace domino::viz {
namespace {

constexpr std::size_t shown_rows = 10;

std::string_view technology_of(const MeasuredLeverage& leverage, const sim::LeverAt& at) {
    return is_of_technology(at.lever) ? std::string_view(leverage.built.world.technologies[at.technology].id)
                                      : std::string_view();
}

std::string years_of(const MeasuredLeverage& leverage) {
    return leverage.options.pulled_from == leverage.options.pulled_to
               ? std::to_string(leverage.options.pulled_from)
               : fmt::format("{} to {}", leverage.options.pulled_from, leverage.options.pulled_to);
}

/// Rows of a lever, the strongest first by the given number; equal ones by place.
template <class Number>
std::vector<const sim::LeverageRow*> strongest(const MeasuredLeverage& leverage, sim::Lever lever,
                                               const Number& number) {
    std::vector<const sim::LeverageRow*> rows;
    for (const sim::LeverageRow& row : leverage.table.rows)
        if (row.at.lever == lever) rows.push_back(&row);
    std::stable_sort(rows.begin(), rows.end(),
                     [&](const auto* a, const auto* b) { return number(*a) > number(*b); });
    if (rows.size() > shown_rows) rows.resize(shown_rows);
    return rows;
}

nlohmann::ordered_json to_json(const sim::LeverageSpread& spread) {
    return {{"mean", spread.mean}, {"p05", spread.p05}, {"p95", spread.p95}};
}

}  // namespace

std::string_view lever_id(sim::Lever lever) {
    constexpr std::array<std::string_view, 4> ids = {"support", "commitment_hazard", "units", "price_share"};
    return ids[static_cast<std::size_t>(lever)];
}

bool is_of_technology(sim::Lever lever) {
    return lever == sim::Lever::units || lever == sim::Lever::price_share;
}

std::string lever_unit(const sim::World& world, const sim::LeverAt& at) {
    switch (at.lever) {
        case sim::Lever::support:
            return "t CO2e per year of support";
        case sim::Lever::commitment_hazard:
            return "t CO2e per year of 1/yr more hazard";
        case sim::Lever::price_share:
            return "t CO2e per year of a full share";
        case sim::Lever::units:
            break;
    }
    return fmt::format("t CO2e per {}", world.technologies[at.technology].unit);
}

void write_leverage_csv(const MeasuredLeverage& leverage, const std::filesystem::path& path) {
    static const std::array<std::string, 12> header = {"place_id",
                                                       "name",
                                                       "country",
                                                       "lever",
                                                       "technology",
                                                       "unit",
                                                       "derivative_mean",
                                                       "derivative_p05",
                                                       "derivative_p95",
                                                       "t_co2e_per_million_jpy_mean",
                                                       "t_co2e_per_million_jpy_p05",
                                                       "t_co2e_per_million_jpy_p95"};
    CsvWriter csv(path, header);
    for (const sim::LeverageRow& row : leverage.table.rows) {
        const geo::Place& place = leverage.built.places.places[row.at.place];
        const std::uint16_t country = leverage.built.world.places[row.at.place].country;
        csv.text(place.id).text(place.name).text(leverage.built.world.countries[country].iso3);
        csv.text(lever_id(row.at.lever));
        const std::string_view technology = technology_of(leverage, row.at);
        technology.empty() ? csv.missing() : csv.text(technology);
        csv.text(lever_unit(leverage.built.world, row.at));
        csv.number(row.derivative.mean).number(row.derivative.p05).number(row.derivative.p95);
        if (row.priced) {
            const sim::LeverageSpread& paid = row.tonnes_per_million_jpy;
            csv.number(paid.mean).number(paid.p05).number(paid.p95);
        } else {
            csv.missing().missing().missing();
        }
        csv.end_row();
    }
    csv.close();
}

void write_leverage_map(const MeasuredLeverage& leverage, const MapFrame& frame,
                        const std::filesystem::path& path) {
    SignedMap map;
    map.metadata = {
        {"VARIABLE", "leverage_support"},
        {"SCENARIO", leverage.scenario},
        {"QUANTILE", "mean"},
        {"NOTE", fmt::format("Tonnes CO2e that one more year of support at a place, in {}, takes off the "
                             "emissions of all places, spread over the cells of that place; cells add up "
                             "to the places of leverage.csv. Mean over members of the mean field.",
                             years_of(leverage))}};
    map.unit = "t CO2e per year of support";
    map.first_year = leverage.options.pulled_from;
    map.bands.push_back(
        {std::to_string(map.first_year), fmt::format("leverage_support {} mean", years_of(leverage)), [&] {
             std::vector<double> places(leverage.built.world.places.size());
             for (const sim::LeverageRow& row : leverage.table.rows)
                 if (row.at.lever == sim::Lever::support) places[row.at.place] = row.derivative.mean;
             return places;
         }});
    write_signed_map(map, frame, path);
}

std::string leverage_text(const MeasuredLeverage& leverage) {
    std::string text = fmt::format("{} · {} members · levers pulled in {}, tonnes counted from {} to {}\n",
                                   leverage.scenario, leverage.table.members, years_of(leverage),
                                   leverage.options.counted.first, leverage.options.counted.last);
    const auto name = [&](const sim::LeverageRow& row) {
        return leverage.built.places.places[row.at.place].name;
    };
    text += "\nA year of support, t CO2e (5 % to 95 % of members):\n";
    for (const auto* row : strongest(leverage, sim::Lever::support,
                                     [](const sim::LeverageRow& r) { return r.derivative.mean; }))
        text += fmt::format("  {:<44} {:>14.1f}  ({:.1f} to {:.1f})\n", name(*row), row->derivative.mean,
                            row->derivative.p05, row->derivative.p95);
    text += "\nUnits bought, t CO2e a million JPY:\n";
    for (const auto* row : strongest(leverage, sim::Lever::units,
                                     [](const sim::LeverageRow& r) { return r.tonnes_per_million_jpy.mean; }))
        text += fmt::format("  {:<44} {:<28} {:>10.2f}  ({:.2f} to {:.2f})\n", name(*row),
                            technology_of(leverage, row->at), row->tonnes_per_million_jpy.mean,
                            row->tonnes_per_million_jpy.p05, row->tonnes_per_million_jpy.p95);
    return text;
}

std::string leverage_json(const MeasuredLeverage& leverage) {
    nlohmann::ordered_json rows = nlohmann::ordered_json::array();
    for (const sim::LeverageRow& row : leverage.table.rows) {
        nlohmann::ordered_json one{{"place_id", leverage.built.places.places[row.at.place].id},
                                   {"lever", lever_id(row.at.lever)}};
        if (const auto technology = technology_of(leverage, row.at); !technology.empty())
            one["technology"] = technology;
        one["unit"] = lever_unit(leverage.built.world, row.at);
        one["derivative"] = to_json(row.derivative);
        if (row.priced) one["t_co2e_per_million_jpy"] = to_json(row.tonnes_per_million_jpy);
        rows.push_back(std::move(one));
    }
    const sim::LeverageOptions& options = leverage.options;
    const nlohmann::ordered_json all{{"scenario", leverage.scenario},
                                     {"members", leverage.table.members},
                                     {"pulled", {options.pulled_from, options.pulled_to}},
                                     {"counted", {options.counted.first, options.counted.last}},
                                     {"abated_t_co2e", to_json(leverage.table.abated_t)},
                                     {"rows", std::move(rows)}};
    return all.dump(2) + "\n";
}

}  // namespace domino::viz
