#include "scenarios/world/covariates.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <optional>
#include <utility>

#include "geo/io/polygon_overlay.h"
#include "geo/voronoi.h"
#include "scenarios/covariate_years.h"
#include "scenarios/source_name.h"
#include "scenarios/world/known_shares.h"
#include "scenarios/world/problems.h"
#include "scenarios/world/unit_areas.h"
#include "scenarios/world/zone_values.h"

namespace domino::scenarios {
namespace {

using Values = std::vector<std::optional<double>>;

/// Areas, and which of them is each place's; none where no boundary is known.
struct PlaceZones {
    std::vector<geo::MultiPolygon> areas;
    std::vector<std::optional<std::size_t>> of_place;
    std::vector<double> km2;  ///< of the areas
    KnownCoverages coverages;
};

class CovariateTable {
 public:
    CovariateTable(const std::map<std::string, geo::MultiPolygon>& own_areas, Pack& pack, int first_year,
                   geo::PlaceTable& table, const ReadingProgress& progress)
        : own_areas_(own_areas), pack_(pack), first_year_(first_year), table_(table), progress_(progress) {}

    const std::vector<CovariateSeries>& series() const { return series_; }

    void add(const Covariate& covariate, Problems& problems) {
        known_ = KnownShares(table_.places.size());
        const Covariate first = covariate_of_year(covariate, 0);
        const std::string stated = stated_unit(first);
        if (!stated.empty() && !covariate.unit.empty() && stated != covariate.unit) {
            throw geo::ProblemError({first.path.string(),
                                     fmt::format("the raster says its values are in {}, the scenario says {}",
                                                 stated, covariate.unit),
                                     "only one can be true",
                                     "take the unit out of the scenario, or correct it"});
        }
        const Values values = covariate.years.empty() ? read(covariate) : read_years(covariate);
        refuse_without_values(first, values);
        for (std::size_t i = 0; i < values.size(); ++i) table_.places[i].covariates.push_back(values[i]);
        table_.covariate_names.push_back(covariate.name);
        table_.covariate_units.push_back(
            unit_of(covariate, covariate.unit.empty() ? stated : covariate.unit));
        if (auto warning = known_.warning(covariate, table_)) problems.push_back(std::move(*warning));
        tell_overfull(covariate, problems);
    }

    std::vector<CovariateSeries> take_series() { return std::move(series_); }

 private:
    /// A layer far from every place would act on nothing, in silence.
    static void refuse_without_values(const Covariate& covariate, const Values& values) {
        if (std::any_of(values.begin(), values.end(), [](const auto& value) { return value.has_value(); }))
            return;
        const std::string crs = crs_of(covariate);
        throw geo::ProblemError(
            {covariate.path.string(), "no place of this run has a value of it",
             std::string("it holds none where the places are") +
                 (covariate.statistic == ZonalStatistic::weighted_mean ? ", or nothing weighs there" : "") +
                 (crs.empty() ? "" : ", if its CRS is " + crs + " as stated"),
             "look at its CRS and extent, and at what stands for no value"});
    }

    Values read(const Covariate& covariate) {
        return covariate.over == CovariateZone::point ? at_points(covariate) : over_areas(covariate);
    }

    /// Reads every year; the values of the run's first.
    Values read_years(const Covariate& covariate) {
        CovariateSeries series{
            covariate.name, covariate.years, covariate.between.value_or(BetweenYears::linear), {}};
        for (std::size_t k = 0; k < covariate.years.size(); ++k)
            series.values.push_back(read(covariate_of_year(covariate, k)));
        Values values;
        for (std::size_t i = 0; i < table_.places.size(); ++i)
            values.push_back(series.in_year(first_year_, i));
        series_.push_back(std::move(series));
        return values;
    }

    static std::string unit_of(const Covariate& covariate, const std::string& unit) {
        if (covariate.statistic == ZonalStatistic::class_share) return "1";
        const bool integral =
            covariate.is_amount() && covariate.quantity == CovariateQuantity::density && !unit.empty();
        return integral ? unit + " km2" : unit;
    }

    Values at_points(const Covariate& covariate) {
        std::vector<geo::LonLat> points;
        for (const auto& place : table_.places) points.push_back(place.position);
        Values values = read_point_values(covariate, points, progress_);
        for (std::size_t i = 0; i < values.size(); ++i) known_.add_point(i, values[i].has_value());
        return values;
    }

    Values over_areas(const Covariate& covariate) {
        const bool nearest = covariate.over == CovariateZone::voronoi;
        PlaceZones& zones = nearest ? nearest_parts() : own_or_region();
        const auto of_zones = read_zone_values(covariate, zones.areas, zones.coverages, progress_);
        Values values(table_.places.size());
        for (std::size_t i = 0; i < values.size(); ++i) {
            if (!zones.of_place[i]) {
                known_.add_point(i, false);
                continue;
            }
            const ZoneValue& zone = of_zones[*zones.of_place[i]];
            values[i] = zone.value;
            known_.add_zone(i, zone, zones.km2[*zones.of_place[i]]);
        }
        if (!nearest && covariate.is_amount()) share_out(covariate, values);
        return values;
    }

    /// What a region holds beyond the areas within it belongs to its other places, by people.
    void share_out(const Covariate& covariate, Values& values) {
        struct Region {
            double own = 0.0, people = 0.0;
            std::size_t others = 0;
            bool is_overfull = false;
        };
        std::map<std::string, Region> regions;
        for (std::size_t i = 0; i < values.size(); ++i) {
            const geo::Place& place = table_.places[i];
            Region& region = regions[place.admin1_id];
            if (own_areas_.contains(place.id)) {
                region.own += values[i].value_or(0.0);
            } else {
                region.people += place.population;
                ++region.others;
            }
        }
        for (std::size_t i = 0; i < values.size(); ++i) {
            const geo::Place& place = table_.places[i];
            if (!values[i] || own_areas_.contains(place.id)) continue;
            Region& region = regions.at(place.admin1_id);
            const double share = region.people > 0.0 ? place.population / region.people
                                                     : 1.0 / static_cast<double>(region.others);
            double rest = *values[i] - region.own;
            // There is no negative number of things: areas within overlap, or reach beyond the region.
            if (covariate.quantity == CovariateQuantity::count && rest < 0.0) {
                constexpr double rounding = 1e-9;
                if (rest < -rounding * region.own && !region.is_overfull)
                    overfull_.push_back(place.admin1_name.empty() ? place.admin1_id : place.admin1_name);
                region.is_overfull = true;
                rest = 0.0;
            }
            *values[i] = rest * share;
        }
    }

    void tell_overfull(const Covariate& covariate, Problems& problems) {
        if (overfull_.empty()) return;
        std::sort(overfull_.begin(), overfull_.end());
        overfull_.erase(std::unique(overfull_.begin(), overfull_.end()), overfull_.end());
        problems.push_back(
            {covariate.where,
             fmt::format("places.covariates \"{}\": the areas of places in {} hold more of it than "
                         "their region",
                         covariate.name, fmt::join(overfull_, ", ")),
             "they overlap or reach beyond it; the region's other places are left with none",
             "cut the areas along one another and along the region", Severity::warning});
        overfull_.clear();
    }

    const std::vector<UnitArea>& units() {
        if (units_.empty()) units_ = read_unit_areas(pack_, progress_);
        return units_;
    }

    const UnitArea* find_unit(const std::string& id) {
        const auto& all = units();
        const auto found = std::lower_bound(all.begin(), all.end(), id,
                                            [](const UnitArea& u, const auto& x) { return u.id < x; });
        return found != all.end() && found->id == id ? &*found : nullptr;
    }

    static void measure(PlaceZones& zones) {
        for (const geo::MultiPolygon& area : zones.areas)
            zones.km2.push_back(geo::io::polygon_area_km2(area));
    }

    PlaceZones& own_or_region() {
        if (own_or_region_) return *own_or_region_;
        PlaceZones& zones = own_or_region_.emplace();
        std::map<std::string, std::size_t> known;
        for (const auto& place : table_.places) {
            const auto own = own_areas_.find(place.id);
            if (own != own_areas_.end()) {
                zones.of_place.emplace_back(zones.areas.size());
                zones.areas.push_back(own->second);
                continue;
            }
            const auto [unit, is_new] = known.emplace(place.admin1_id, zones.areas.size());
            const UnitArea* found = find_unit(place.admin1_id);
            if (is_new && found != nullptr) zones.areas.push_back(found->area);
            zones.of_place.push_back(found == nullptr ? std::nullopt : std::optional(unit->second));
        }
        measure(zones);
        return zones;
    }

    PlaceZones& nearest_parts() {
        if (nearest_parts_) return *nearest_parts_;
        PlaceZones& zones = nearest_parts_.emplace();
        zones.of_place.resize(table_.places.size());
        std::map<std::string, std::vector<std::size_t>> by_unit;
        for (std::size_t i = 0; i < table_.places.size(); ++i)
            by_unit[table_.places[i].admin1_id].push_back(i);
        for (const auto& [id, places] : by_unit) {
            const UnitArea* unit = find_unit(id);
            if (unit == nullptr) continue;
            std::vector<geo::LonLat> points;
            for (const std::size_t i : places) points.push_back(table_.places[i].position);
            auto parts = geo::divide_among_nearest(unit->area, points);
            for (std::size_t k = 0; k < places.size(); ++k) {
                zones.of_place[places[k]] = zones.areas.size();
                zones.areas.push_back(std::move(parts[k]));
            }
        }
        measure(zones);
        return zones;
    }

    const std::map<std::string, geo::MultiPolygon>& own_areas_;
    Pack& pack_;
    int first_year_;
    geo::PlaceTable& table_;
    const ReadingProgress& progress_;
    std::vector<CovariateSeries> series_;
    KnownShares known_{0};               ///< of the covariate at hand
    std::vector<std::string> overfull_;  ///< regions whose places' own areas hold more of it than they
    std::vector<UnitArea> units_;
    std::optional<PlaceZones> own_or_region_, nearest_parts_;
};

/// What was read, for values that come from no file: the last column, by year where it changes.
std::string describe_values(const geo::PlaceTable& table, const std::vector<CovariateSeries>& series) {
    const bool changes = !series.empty() && series.back().name == table.covariate_names.back();
    std::string text;
    for (std::size_t i = 0; i < table.places.size(); ++i) {
        text += table.places[i].id;
        const auto write = [&](const std::optional<double>& value) {
            text += value ? fmt::format("\t{}", *value) : "\t";
        };
        if (changes) {
            for (const auto& of_year : series.back().values) write(of_year[i]);
        } else {
            write(table.places[i].covariates.back());
        }
        text += '\n';
    }
    return text;
}

}  // namespace

std::vector<CovariateSeries> add_covariates(const PlacesSection& section,
                                            const std::map<std::string, geo::MultiPolygon>& own_areas,
                                            Pack& pack, int first_year, geo::PlaceTable& table,
                                            std::vector<InputFile>& files, Problems& problems,
                                            const ReadingProgress& progress) {
    CovariateTable covariates(own_areas, pack, first_year, table, progress);
    for (const Covariate& covariate : section.covariates) {
        try {
            covariates.add(covariate, problems);
        } catch (const geo::ProblemError& error) {
            append_data_problems(problems, error, covariate.where);
            continue;
        }
        const std::string role = "covariate " + covariate.name,
                          content = describe_values(table, covariates.series());
        const auto note = [&](const std::filesystem::path& path, const std::string& as) {
            files.push_back({path, as, file_behind(path).empty() ? content : ""});
        };
        for (const auto& path : files_of_years(covariate)) note(path, role);
        for (const auto& path : weights_of_years(covariate)) note(path, "weights of " + role);
    }
    return covariates.take_series();
}

std::vector<sim::HazardCovariate> hazard_covariates(const PlacesSection& section,
                                                    const geo::PlaceTable& table,
                                                    const std::vector<CovariateSeries>& series,
                                                    const sim::Calendar& calendar) {
    std::vector<sim::HazardCovariate> found;
    const std::size_t first = table.covariate_names.size() - section.covariates.size();
    for (std::size_t k = 0; k < section.covariates.size(); ++k) {
        const Covariate& covariate = section.covariates[k];
        if (!covariate.beta) continue;
        sim::HazardCovariate acting{covariate.name, *covariate.beta, {}, {}};
        const double centre = covariate.centre.value_or(0.0);
        for (const geo::Place& place : table.places)
            acting.centred.push_back(place.covariates[first + k].value_or(centre) - centre);
        const auto own = std::find_if(series.begin(), series.end(),
                                      [&](const CovariateSeries& s) { return s.name == covariate.name; });
        for (int year = 0; own != series.end() && year < calendar.touched_years(); ++year) {
            std::vector<double>& of_year = acting.by_year.emplace_back();
            for (std::size_t i = 0; i < table.places.size(); ++i)
                of_year.push_back(own->in_year(calendar.first.year() + year, i).value_or(centre) - centre);
        }
        found.push_back(std::move(acting));
    }
    return found;
}

}  // namespace domino::scenarios
