#include "scenarios/check_output.h"

#include <algorithm>
#include <array>
#include <optional>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "geo/io/map_crs.h"
#include "geo/problem.h"

namespace domino::scenarios {
namespace {

const std::vector<std::string> downscaling_proxies = {"population", "night_lights", "uniform"};

class OutputChecks {
 public:
    OutputChecks(const Scenario& scenario, const std::string& shown, Problems& problems)
        : scenario_(scenario), shown_(shown), problems_(problems) {}

    void run() {
        check_cells();
        check_extent();
        check_proxies();
        check_footprint();
        if (scenario_.output.realizations == OnOff::on && scenario_.output.netcdf == OnOff::off)
            report("output.realizations", "every member is wanted, but results.nc is not", "",
                   "set output.netcdf = true, or output.realizations = false");
    }

 private:
    void report(const std::string& key, std::string what, std::string why, std::string fix) {
        const auto found = scenario_.set_at.find(key);
        const SourceLocation where =
            found == scenario_.set_at.end() ? SourceLocation{shown_, 0, 0} : found->second;
        problems_.push_back({where, fmt::format("{}: {}", key, what), std::move(why), std::move(fix)});
    }

    void check_cells() {
        const OutputGrid& grid = scenario_.output.grid;
        auto space = geo::GridSpace::lonlat_degrees;
        if (!grid.crs.empty()) {
            const auto described = geo::io::describe_map_crs("output.grid.crs", grid.crs);
            if (const auto* problem = std::get_if<geo::Problem>(&described))
                return report("output.grid.crs", problem->what, problem->why, problem->fix);
            const auto& crs = std::get<geo::io::MapCrs>(described);
            if (!crs.has_cf_name && scenario_.output.netcdf == OnOff::on)
                report("output.grid.crs", "results.nc cannot be written in " + crs.name,
                       "the CF conventions of NetCDF have no name for it",
                       "choose another crs, or set output.netcdf = false");
            space = crs.space;
        }
        if (space == geo::GridSpace::lonlat_degrees && grid.cell_size_m > 0.0)
            report("output.grid.cell_size", "the maps are in degrees",
                   "a degree is not the same length everywhere",
                   "give a resolution such as \"5 arcmin\", or a crs in metres such as \"EPSG:6933\"");
        if (space == geo::GridSpace::projected_metres && grid.resolution_arcmin > 0.0)
            report("output.grid.resolution", "the maps are in metres", "",
                   "give a cell_size such as \"5 km\" instead");
    }

    void check_extent() {
        const OutputGrid& grid = scenario_.output.grid;
        const std::array<std::pair<const char*, std::optional<double>>, 4> sides = {
            {{"west", grid.west_deg},
             {"south", grid.south_deg},
             {"east", grid.east_deg},
             {"north", grid.north_deg}}};
        const auto given = std::count_if(sides.begin(), sides.end(),
                                         [](const auto& side) { return side.second.has_value(); });
        if (given == 0) return;
        if (given < 4) {
            for (const auto& [name, side] : sides)
                if (!side && !scenario_.set_at.contains(fmt::format("output.grid.{}", name)))
                    report(fmt::format("output.grid.{}", name), "this side of the map is missing",
                           "a map has four sides", "give west, south, east and north, or none of them");
            return;
        }
        if (*grid.north_deg <= *grid.south_deg)
            report("output.grid.north", "the northern side is not north of the southern", "",
                   "exchange north and south");
        if (*grid.west_deg == *grid.east_deg)
            report("output.grid.east", "the map has no width", "",
                   "for the whole earth write west = -180.0 and east = 180.0");
    }

    void check_proxies() {
        std::vector<std::string> known = downscaling_proxies;
        for (const Covariate& covariate : scenario_.places.covariates)
            if (covariate.quantity && !covariate.is_vector()) known.push_back(covariate.name);
        for (std::size_t s = 0; s < sim::sector_count; ++s) {
            const std::string& proxy = scenario_.output.downscaling[s];
            if (std::find(known.begin(), known.end(), proxy) != known.end()) continue;
            const std::string key = fmt::format("output.downscaling.{}", sim::sector_ids[s]);
            const auto& covariates = scenario_.places.covariates;
            const auto covariate = std::find_if(covariates.begin(), covariates.end(),
                                                [&](const Covariate& c) { return c.name == proxy; });
            if (covariate != covariates.end()) {
                report(key, fmt::format("the covariate \"{}\" spreads nothing", proxy),
                       "that takes a raster whose values are said to be counts or densities",
                       "give it quantity = \"density\" or \"count\"; of a vector layer make a raster");
                continue;
            }
            const std::string near = geo::closest_spelling(proxy, known);
            report(key, fmt::format("there is no proxy \"{}\"", proxy), "",
                   near.empty() ? fmt::format("write one of: {}", fmt::join(known, ", "))
                                : fmt::format("did you mean \"{}\"?", near));
        }
    }

    void check_footprint() {
        const FootprintSection& footprint = scenario_.output.footprint;
        if (!footprint.path.empty() && footprint.id_field.empty())
            report("output.footprint.path", "the layer's column of place ids is not named",
                   "each area is the footprint of one place", "add id = \"place_id\"");
        const bool orphan =
            footprint.path.empty() &&
            (!footprint.id_field.empty() || !footprint.layer.empty() || !footprint.crs_override.empty());
        if (orphan)
            report("output.footprint.id", "there is no layer of footprints", "", "add path = \"areas.gpkg\"");
    }

    const Scenario& scenario_;
    const std::string& shown_;
    Problems& problems_;
};

}  // namespace

void check_output(const Scenario& scenario, const std::string& shown, Problems& problems) {
    OutputChecks(scenario, shown, problems).run();
}

}  // namespace domino::scenarios
