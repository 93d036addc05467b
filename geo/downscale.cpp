#include "geo/downscale.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <stdexcept>
#include <utility>

#include "geo/coverage.h"
#include "geo/ellipsoid.h"
#include "geo/portable_math.h"
#include "geo/problem.h"

namespace domino::geo {

namespace {

constexpr double pi = 3.14159265358979323846;

/// People of one population cell that count for a place.
struct CellPeople {
    std::int64_t cell = 0;
    double people = 0.0;
};

/// Which cells of the population grid belong to one country, and to each of its units.
class CountryCells {
 public:
    CountryCells(std::span<const AdminArea> areas, const std::vector<std::size_t>& of_country,
                 const GeoGrid& grid) {
        for (const std::size_t i : of_country) {
            std::vector<CellFraction> cells = cover_cells(areas[i].area, grid);
            country_.insert(country_.end(), cells.begin(), cells.end());
            std::vector<CellFraction>& unit = units_[areas[i].admin1_id];
            unit.insert(unit.end(), cells.begin(), cells.end());
        }
        std::stable_sort(country_.begin(), country_.end(),
                         [](const CellFraction& a, const CellFraction& b) { return a.cell < b.cell; });
    }

    const std::vector<CellFraction>* find_unit(const std::string& admin1_id) const {
        const auto found = units_.find(admin1_id);
        return found == units_.end() ? nullptr : &found->second;
    }

    /// Share of @p cell inside the country.
    double fraction(std::int64_t cell) const {
        auto at =
            std::lower_bound(country_.begin(), country_.end(), cell,
                             [](const CellFraction& c, std::int64_t wanted) { return c.cell < wanted; });
        double sum = 0.0;
        for (; at != country_.end() && at->cell == cell; ++at) sum += at->fraction;
        return std::min(sum, 1.0);
    }

 private:
    std::vector<CellFraction> country_;
    std::map<std::string, std::vector<CellFraction>> units_;
};

double people_in(const RasterBand& population, std::int64_t cell) {
    const double people = population.values[static_cast<std::size_t>(cell)];
    return people > 0.0 && std::isfinite(people) ? people : 0.0;
}

/// Cells whose centres lie within a straight line of the city's point, and the cell it stands in.
std::vector<std::int64_t> find_disc_cells(LonLat centre, double radius_m, const GeoGrid& grid) {
    std::vector<std::int64_t> cells;
    const auto home = grid.find_cell(centre);
    const EcefPoint from = to_ecef(centre);
    const double least_metres_per_degree = 110'500.0;  // of latitude, at the equator (Snyder 1987, table 3)
    const double half_height_deg = radius_m / least_metres_per_degree;
    const double top_deg = std::min(90.0, centre.lat_deg + half_height_deg);
    const double bottom_deg = std::max(-90.0, centre.lat_deg - half_height_deg);
    const double cos_widest =
        std::min(portable::cos_deg(std::min(top_deg, 89.9)), portable::cos_deg(std::max(bottom_deg, -89.9)));
    const double half_width_deg = std::min(180.0, half_height_deg / cos_widest);
    const auto first_row = static_cast<std::int64_t>(std::floor((grid.north - top_deg) / grid.cell_height));
    const auto last_row = static_cast<std::int64_t>(std::floor((grid.north - bottom_deg) / grid.cell_height));
    const auto steps = static_cast<std::int64_t>(std::ceil(half_width_deg / grid.cell_width));
    // Columns are counted from the city's own, so that rounding never skips one.
    const auto middle = grid.find_cell(centre.lon_deg, grid.north - 0.5 * grid.cell_height);
    if (!middle) return cells;
    for (std::int64_t row = std::max<std::int64_t>(first_row, 0); row <= std::min(last_row, grid.rows - 1);
         ++row) {
        for (std::int64_t step = -steps; step <= steps; ++step) {
            CellPosition cell{middle->column + step, row};
            if (grid.wraps()) cell.column = ((cell.column % grid.columns) + grid.columns) % grid.columns;
            if (cell.column < 0 || cell.column >= grid.columns) continue;
            const bool within = chord_squared_m2(from, to_ecef(grid.centre(cell))) <= radius_m * radius_m;
            if (within) cells.push_back(grid.index(cell));
        }
    }
    if (home) cells.push_back(grid.index(*home));
    std::sort(cells.begin(), cells.end());
    cells.erase(std::unique(cells.begin(), cells.end()), cells.end());
    return cells;
}

std::vector<CellPeople> find_city_people(const Place& city, const CountryCells& country,
                                         const RasterBand& population, const FootprintOptions& options) {
    std::vector<CellPeople> found;
    const double radius_m = 1000.0 * footprint_radius_km(city.population, options);
    for (const std::int64_t cell : find_disc_cells(city.position, radius_m, population.grid)) {
        const double people = people_in(population, cell);
        if (people > 0.0) found.push_back({cell, people * country.fraction(cell)});
    }
    return found;
}

std::vector<CellPeople> find_rest_people(const Place& rest, const CountryCells& country,
                                         const RasterBand& population) {
    std::vector<CellPeople> found;
    if (const std::vector<CellFraction>* unit = country.find_unit(rest.admin1_id)) {
        for (const CellFraction& cell : *unit) {
            found.push_back({cell.cell, people_in(population, cell.cell) * cell.fraction});
        }
    }
    return found;
}

/// People by cell of the output grid, as shares; empty when nobody was found on it.
std::vector<CellShare> share_out(const std::vector<CellPeople>& found, const GeoGrid& from,
                                 const GeoGrid& to) {
    std::vector<CellShare> shares;
    for (const CellPeople& people : found) {
        if (people.people <= 0.0) continue;
        if (const auto cell = to.find_cell(from.centre(from.position(people.cell)))) {
            shares.push_back({to.index(*cell), people.people});
        }
    }
    std::stable_sort(shares.begin(), shares.end(),
                     [](const CellShare& a, const CellShare& b) { return a.cell < b.cell; });
    std::size_t kept = 0;
    double total = 0.0;
    for (std::size_t i = 0; i < shares.size();) {
        CellShare cell{shares[i].cell, 0.0};
        for (; i < shares.size() && shares[i].cell == cell.cell; ++i) cell.share += shares[i].share;
        total += cell.share;
        shares[kept++] = cell;
    }
    shares.resize(kept);
    for (CellShare& cell : shares) cell.share /= total;
    return shares;
}

void check_inside(std::span<const Place> places, const GeoGrid& output) {
    std::vector<Problem> problems;
    for (const Place& place : places) {
        if (output.find_cell(place.position)) continue;
        problems.push_back({"place " + place.id, "the map's grid does not reach " + place.name,
                            "every place must lie on the map so that the map adds up to the table",
                            "widen the map's extent"});
    }
    if (!problems.empty()) throw ProblemError(std::move(problems));
}

void check_population(const RasterBand& population) {
    if (population.grid.space != GridSpace::lonlat_degrees) {
        throw std::invalid_argument("spread_places: the population grid must be in longitude and latitude");
    }
    if (population.values.size() != static_cast<std::size_t>(population.grid.cells())) {
        throw std::invalid_argument("spread_places: the population band does not fit its grid");
    }
}

std::map<std::string, std::vector<std::size_t>> group_areas(std::span<const AdminArea> areas) {
    std::map<std::string, std::vector<std::size_t>> by_country;
    for (std::size_t i = 0; i < areas.size(); ++i) by_country[areas[i].iso3].push_back(i);
    return by_country;
}

std::map<std::string, std::vector<std::size_t>> group_places(std::span<const Place> places) {
    std::map<std::string, std::vector<std::size_t>> by_country;
    for (std::size_t i = 0; i < places.size(); ++i) by_country[places[i].iso3].push_back(i);
    return by_country;
}

void check_one_per_place(const PlaceCells& cells, std::size_t values) {
    if (values != cells.places()) throw std::invalid_argument("rasterize: need one value a place");
}

}  // namespace

double footprint_radius_km(double population, const FootprintOptions& options) {
    const double radius_km = std::sqrt(population / options.city_density_per_km2 / pi);
    return std::clamp(radius_km, options.min_radius_km, options.max_radius_km);
}

PlaceCells spread_places(std::span<const Place> places, std::span<const AdminArea> areas,
                         const RasterBand& population, const GeoGrid& output,
                         const FootprintOptions& options) {
    check_population(population);
    check_inside(places, output);
    std::vector<std::vector<CellShare>> of_place(places.size());
    const auto areas_of = group_areas(areas);
    const std::vector<std::size_t> no_areas;
    for (const auto& [iso3, members] : group_places(places)) {
        const auto own = areas_of.find(iso3);
        const CountryCells country(areas, own == areas_of.end() ? no_areas : own->second, population.grid);
        for (const std::size_t i : members) {
            const Place& place = places[i];
            const std::vector<CellPeople> people = place.kind == PlaceKind::city
                                                       ? find_city_people(place, country, population, options)
                                                       : find_rest_people(place, country, population);
            of_place[i] = share_out(people, population.grid, output);
            if (of_place[i].empty()) of_place[i] = {{output.index(*output.find_cell(place.position)), 1.0}};
        }
    }
    PlaceCells cells;
    cells.grid = output;
    cells.first.push_back(0);
    for (const std::vector<CellShare>& shares : of_place) {
        cells.shares.insert(cells.shares.end(), shares.begin(), shares.end());
        cells.first.push_back(cells.shares.size());
    }
    return cells;
}

std::vector<double> rasterize_totals(const PlaceCells& cells, std::span<const double> totals) {
    check_one_per_place(cells, totals.size());
    std::vector<double> band(static_cast<std::size_t>(cells.grid.cells()),
                             std::numeric_limits<double>::quiet_NaN());
    for (std::size_t place = 0; place < totals.size(); ++place) {
        for (const CellShare& cell : cells.of_place(place)) {
            double& value = band[static_cast<std::size_t>(cell.cell)];
            value = (std::isnan(value) ? 0.0 : value) + totals[place] * cell.share;
        }
    }
    return band;
}

std::vector<double> rasterize_means(const PlaceCells& cells, std::span<const double> values,
                                    std::span<const double> weights) {
    check_one_per_place(cells, values.size());
    check_one_per_place(cells, weights.size());
    std::vector<double> sums(static_cast<std::size_t>(cells.grid.cells()), 0.0);
    std::vector<double> weight_sums(sums.size(), 0.0);
    for (std::size_t place = 0; place < values.size(); ++place) {
        for (const CellShare& cell : cells.of_place(place)) {
            const double weight = weights[place] * cell.share;
            sums[static_cast<std::size_t>(cell.cell)] += weight * values[place];
            weight_sums[static_cast<std::size_t>(cell.cell)] += weight;
        }
    }
    for (std::size_t cell = 0; cell < sums.size(); ++cell) {
        sums[cell] = weight_sums[cell] > 0.0 ? sums[cell] / weight_sums[cell]
                                             : std::numeric_limits<double>::quiet_NaN();
    }
    return sums;
}

}  // namespace domino::geo
