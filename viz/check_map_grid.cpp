#include "viz/check_map_grid.h"

#include <fmt/format.h>

#include "geo/problem.h"
#include "viz/map_frame.h"

namespace domino::viz {

scenarios::Problems check_map_grid(const scenarios::Scenario& scenario, const scenarios::BuiltWorld& built,
                                   const std::filesystem::path& data_dir) {
    constexpr std::string_view section = "output.grid.";
    const auto key = scenario.set_at.lower_bound(std::string(section));
    const bool stated = key != scenario.set_at.end() && key->first.starts_with(section);
    if (!stated || scenario.output.maps == scenarios::OnOff::off) return {};
    try {
        frame_maps(scenario, built, data_dir);
        return {};
    } catch (const geo::ProblemError& error) {
        const geo::Problem& first = error.problems().front();
        const std::size_t others = error.problems().size() - 1;
        return {{key->second,
                 first.what + (others == 0 ? "" : fmt::format(", and so it is with {} other places", others)),
                 first.why, first.fix}};
    }
}

}  // namespace domino::viz
