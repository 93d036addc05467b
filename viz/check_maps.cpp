#include "viz/check_maps.h"

#include <fmt/format.h>

#include <string_view>

#include "geo/problem.h"
#include "viz/map_frame.h"

namespace domino::viz {
namespace {

using scenarios::OnOff;

constexpr double most_bytes = 16e9;

/// The first key of [output.grid] that was written, or the table.
scenarios::SourceLocation find_grid(const scenarios::Scenario& scenario) {
    constexpr std::string_view table = "output.grid.";
    const auto key = scenario.set_at.lower_bound(std::string(table));
    const bool found = key != scenario.set_at.end() && key->first.starts_with(table);
    return found ? key->second : scenarios::SourceLocation{scenario.file.string(), 0, 0};
}

scenarios::Problem make_problem(const scenarios::Scenario& scenario, const geo::ProblemError& error) {
    const geo::Problem& first = error.problems().front();
    const std::size_t others = error.problems().size() - 1;
    return {find_grid(scenario),
            first.what + (others == 0 ? "" : fmt::format(", and so it is with {} other places", others)),
            first.why, first.fix};
}

scenarios::Problems check_realizations(const scenarios::Scenario& scenario,
                                       const scenarios::BuiltWorld& built, const geo::GeoGrid& grid) {
    const int years = built.world.calendar.years(), members = scenario.run.members;
    const double bytes = static_cast<double>(grid.cells()) * years * members * sizeof(float);
    if (bytes <= most_bytes) return {};
    const auto at = scenario.set_at.find("output.realizations");
    return {
        {at == scenario.set_at.end() ? scenarios::SourceLocation{scenario.file.string(), 0, 0} : at->second,
         fmt::format(
             "output.realizations: every member in results.nc would be {:.0f} GB of numbers, more than "
             "{:.0f}",
             bytes / 1e9, most_bytes / 1e9),
         fmt::format("{} members x {} years x {} cells", members, years, grid.cells()),
         "choose larger cells in output.grid, a smaller extent, or fewer members"}};
}

}  // namespace

scenarios::Problems check_maps(const scenarios::Scenario& scenario, const scenarios::BuiltWorld& built,
                               const std::filesystem::path& data_dir) {
    const scenarios::OutputSection& wanted = scenario.output;
    const bool every_member = wanted.realizations == OnOff::on && wanted.netcdf == OnOff::on;
    const bool own_grid = wanted.grid != scenarios::OutputGrid{};
    if (wanted.maps == OnOff::off || !(own_grid || every_member)) return {};
    try {
        const MapFrame frame = frame_maps(scenario, built, data_dir);
        return every_member ? check_realizations(scenario, built, frame.grid()) : scenarios::Problems{};
    } catch (const geo::ProblemError& error) {
        return {make_problem(scenario, error)};
    }
}

}  // namespace domino::viz
