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

/// Which cells of the proxies' grid belong to one country, and to each of its units.
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

double amount_in(const RasterBand& band, std::int64_t cell) {
    const double amount = band.values[static_cast<std::size_t>(cell)];
    return amount > 0.0 && std::isfinite(amount) ? amount : 0.0;
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

std::vector<CellFraction> find_city_cells(const Place& city, const CountryCells& country, const GeoGrid& grid,
                                          const FootprintOptions& options) {
    std::vector<CellFraction> found;
    const double radius_m = 1000.0 * footprint_radius_km(city.population, options);
    for (const std::int64_t cell : find_disc_cells(city.position, radius_m, grid)) {
        const double inside = country.fraction(cell);
        if (inside > 0.0) found.push_back({cell, inside});
    }
    return found;
}

/// Adds up the parts that fall into one cell, and orders them by cell.
void merge_shares(std::vector<CellShare>& shares) {
    std::stable_sort(shares.begin(), shares.end(),
                     [](const CellShare& a, const CellShare& b) { return a.cell < b.cell; });
    std::size_t kept = 0;
    for (std::size_t i = 0; i < shares.size();) {
        CellShare cell{shares[i].cell, 0.0};
        for (; i < shares.size() && shares[i].cell == cell.cell; ++i) cell.share += shares[i].share;
        shares[kept++] = cell;
    }
    shares.resize(kept);
}

/// Spreads footprints over a map, and remembers who did not find room on it.
class Spreader {
 public:
    Spreader(const SpreadingProxies& proxies, const MapTarget& target)
        : proxies_(proxies),
          target_(target),
          splitter_(proxies.bands.front().grid, target.grid, target.to_map) {}

    /// Cells of the map and the place's share in each; empty, with a problem noted, when the map does not
    /// hold it whole.
    std::vector<CellShare> spread(const Place& place, std::size_t row,
                                  const std::vector<CellFraction>& footprint) {
        std::vector<CellShare> shares = spread_by(0, place, footprint);
        if (proxies_.parts.empty() || shares.empty()) return shares;
        std::vector<CellShare> mixed;
        for (std::size_t band = 0; band < proxies_.bands.size(); ++band) {
            const double part = proxies_.parts[row * proxies_.bands.size() + band];
            if (part <= 0.0) continue;
            std::vector<CellShare> own = band == 0 ? shares : spread_by(band, place, footprint);
            if (own.empty()) own = shares;
            for (const CellShare& cell : own) mixed.push_back({cell.cell, part * cell.share});
        }
        merge_shares(mixed);
        return mixed;
    }

    void throw_problems() const {
        if (!problems_.empty()) throw ProblemError(problems_);
    }

 private:
    /// Shares by one proxy; where it finds nothing, the first falls back to the place's point and others are
    /// empty.
    std::vector<CellShare> spread_by(std::size_t band, const Place& place,
                                     const std::vector<CellFraction>& footprint) {
        std::vector<CellShare> shares;
        double wanted = 0.0;
        double placed = 0.0;
        for (const CellFraction& part : footprint) {
            const double amount = amount_in(proxies_.bands[band], part.cell) * part.fraction;
            if (amount <= 0.0) continue;
            wanted += amount;
            for (const CellShare& cell : splitter_.split(part.cell)) {
                shares.push_back({cell.cell, amount * cell.share});
                placed += amount * cell.share;
            }
        }
        constexpr double rounding = 1e-6;
        if (wanted - placed > rounding * wanted) {
            note_cut_off(place, 1.0 - placed / wanted);
            return {};
        }
        if (placed <= 0.0) return band == 0 ? place_at_point(place) : std::vector<CellShare>{};
        merge_shares(shares);
        double total = 0.0;
        for (const CellShare& cell : shares) total += cell.share;
        for (CellShare& cell : shares) cell.share /= total;
        return shares;
    }

    std::vector<CellShare> place_at_point(const Place& place) {
        LonLat at = place.position;
        if (target_.to_map) target_.to_map({&at, 1});
        if (const auto cell = target_.grid.find_cell(at)) return {{target_.grid.index(*cell), 1.0}};
        note_cut_off(place, 1.0);
        return {};
    }

    void note_cut_off(const Place& place, double share) {
        if (!problems_.empty() && problems_.back().where == "place " + place.id) return;
        const int percent = std::max(1, static_cast<int>(100.0 * share));
        problems_.push_back(
            {"place " + place.id,
             share >= 1.0 ? "the map's grid does not reach " + place.name
                          : "the map's grid cuts off " + std::to_string(percent) + " % of " + place.name,
             "every place must lie on the map so that the map adds up to the table",
             "widen the map's extent, or choose a CRS that shows it"});
    }

    const SpreadingProxies& proxies_;
    const MapTarget& target_;
    CellSplitter splitter_;
    std::vector<Problem> problems_;
};

void check_proxies(const SpreadingProxies& proxies, std::size_t places) {
    if (proxies.bands.empty()) throw std::invalid_argument("spread_places: needs a proxy");
    const GeoGrid& grid = proxies.bands.front().grid;
    if (grid.space != GridSpace::lonlat_degrees) {
        throw std::invalid_argument("spread_places: the population grid must be in longitude and latitude");
    }
    for (const RasterBand& band : proxies.bands) {
        if (band.grid != grid || band.values.size() != static_cast<std::size_t>(grid.cells()))
            throw std::invalid_argument("spread_places: a proxy does not fit the grid of the first");
    }
    if (!proxies.parts.empty() && proxies.parts.size() != places * proxies.bands.size())
        throw std::invalid_argument("spread_places: needs a part for each place and proxy");
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

}  // namespace

double footprint_radius_km(double population, const FootprintOptions& options) {
    const double radius_km = std::sqrt(population / options.city_density_per_km2 / pi);
    return std::clamp(radius_km, options.min_radius_km, options.max_radius_km);
}

PlaceCells spread_places(std::span<const Place> places, std::span<const AdminArea> areas,
                         const SpreadingProxies& proxies, const MapTarget& target,
                         const FootprintOptions& options) {
    check_proxies(proxies, places.size());
    const GeoGrid& grid = proxies.bands.front().grid;
    std::vector<std::vector<CellShare>> of_place(places.size());
    const auto areas_of = group_areas(areas);
    const std::vector<std::size_t> no_areas;
    const std::vector<CellFraction> no_cells;
    Spreader spreader(proxies, target);
    for (const auto& [iso3, members] : group_places(places)) {
        const auto own = areas_of.find(iso3);
        const CountryCells country(areas, own == areas_of.end() ? no_areas : own->second, grid);
        for (const std::size_t i : members) {
            const Place& place = places[i];
            const auto own_area = options.own_areas.find(place.id);
            if (own_area != options.own_areas.end()) {
                of_place[i] = spreader.spread(place, i, cover_cells(own_area->second, grid));
            } else if (place.kind == PlaceKind::city) {
                of_place[i] = spreader.spread(place, i, find_city_cells(place, country, grid, options));
            } else {
                const std::vector<CellFraction>* unit = country.find_unit(place.admin1_id);
                of_place[i] = spreader.spread(place, i, unit == nullptr ? no_cells : *unit);
            }
        }
    }
    spreader.throw_problems();
    PlaceCells cells;
    cells.grid = target.grid;
    cells.first.push_back(0);
    for (const std::vector<CellShare>& shares : of_place) {
        cells.shares.insert(cells.shares.end(), shares.begin(), shares.end());
        cells.first.push_back(cells.shares.size());
    }
    return cells;
}

PlaceCells spread_places(std::span<const Place> places, std::span<const AdminArea> areas,
                         const RasterBand& population, const GeoGrid& output,
                         const FootprintOptions& options) {
    return spread_places(places, areas, SpreadingProxies{{population}, {}}, MapTarget{output, {}}, options);
}

}  // namespace domino::geo
