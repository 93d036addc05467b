#include "scenarios/world/observed_stock.h"

#include <cmath>

namespace domino::scenarios {

std::optional<double> ObservedStock::solar_twh(const std::string& iso3, int year) const {
    const auto country = evidence_.countries.find(iso3);
    if (country == evidence_.countries.end()) return std::nullopt;
    const auto found = country->second.years.find(year);
    return found == country->second.years.end() ? std::nullopt : found->second.solar_twh;
}

std::optional<double> ObservedStock::solar_around_start_twh(const std::string& iso3) const {
    const auto before = solar_twh(iso3, calendar_.first.year() - 1);
    const auto after = solar_twh(iso3, calendar_.first.year());
    if (!before || !after) return std::nullopt;
    return std::sqrt(*before * *after);
}

std::optional<double> ObservedStock::cars_at_end_of(const std::string& iso3, int year) const {
    const auto country = evidence_.electric_cars.find(iso3);
    if (country == evidence_.electric_cars.end()) return std::nullopt;
    const auto found = country->second.find(year);
    return found == country->second.end() ? std::nullopt : std::optional(found->second);
}

std::optional<double> ObservedStock::car_share(const std::string& iso3, double units) const {
    const auto cars = cars_at_end_of(iso3, calendar_.first.year() - 1);
    if (!cars || !(units > 0.0)) return std::nullopt;
    return *cars / units;
}

std::optional<double> ObservedStock::largest_rooftop_share(const std::string& iso3, double units,
                                                           double kwh_per_unit) const {
    constexpr double kwh_per_twh = 1e9;
    const auto twh = solar_around_start_twh(iso3);
    if (!twh || !(units > 0.0) || !(kwh_per_unit > 0.0)) return std::nullopt;
    return 0.5 * *twh * kwh_per_twh / kwh_per_unit / units;
}

std::optional<sim::ObservedGrowth> ObservedStock::solar_growth(const std::string& iso3) const {
    const auto then = solar_around_start_twh(iso3);
    const auto now = solar_twh(iso3, 2024);
    if (!then || !now || *then <= 0.0 || *now <= 0.0) return std::nullopt;
    return sim::ObservedGrowth{calendar_.first, sim::make_month(2024, 6), *now / *then,
                               *then < 0.1 ? 1.0 : 0.5};
}

std::optional<sim::ObservedGrowth> ObservedStock::car_growth(const std::string& iso3) const {
    const auto then = cars_at_end_of(iso3, calendar_.first.year() - 1);
    const auto now = cars_at_end_of(iso3, 2022);
    if (!then || !now || *then <= 0.0) return std::nullopt;
    return sim::ObservedGrowth{calendar_.first, sim::make_month(2022, 12), *now / *then, 0.15};
}

}  // namespace domino::scenarios
