#include "scenarios/world/technology_assembly.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "geo/portable_math.h"
#include "scenarios/world/grid_path.h"
#include "scenarios/world/observed_stock.h"
#include "scenarios/world/place_assembly.h"
#include "scenarios/world/technology_effects.h"

namespace domino::scenarios {

namespace {

constexpr double performance_ratio = 0.77;
constexpr double days = 365.0;
constexpr double smallest_share = 1e-4;  ///< stands for 0 where shares are interpolated

/// World electric cars: 25 %·exp(−(t − 2022)/8) a year, 64 % before 2023.
constexpr double car_growth_past = 0.636;
/// 18 million battery cars in 2022 (technologies, world_cum), three years of that growth earlier.
constexpr double world_cars_2020 =
    18e6 / ((1.0 + car_growth_past) * (1.0 + car_growth_past) * (1.0 + car_growth_past));
constexpr double car_growth = 0.25;
constexpr double car_growth_fades_years = 8.0;

bool is_solar(const std::string& id) {
    return id.starts_with("solar_pv");
}
bool is_electric_vehicle(const std::string& id) {
    return id == "ev_car" || id == "e2w" || id == "e_bus";
}

double world_log_growth(const TechnologyAssumptions& world, const std::string& id, int year) {
    if (is_solar(id)) {
        if (year <= 2020) return portable::log1p(world.solar_growth_before);
        if (year <= 2024) return portable::log(world.solar_gw_2024 / world.solar_gw_2020) / 4.0;
        const double before = world.solar_gw_2024 + world.solar_gw_a_year * (year - 2025);
        return portable::log1p(world.solar_gw_a_year / before);
    }
    if (is_electric_vehicle(id)) {
        if (year <= 2022) return portable::log1p(car_growth_past);
        return portable::log1p(car_growth * portable::exp(-(year - 2022) / car_growth_fades_years));
    }
    return portable::log1p(world.other_growth);
}

const sim::Prior& world_growth_factor(const TechnologyAssumptions& world, const std::string& id) {
    if (is_solar(id)) return world.solar_factor;
    return is_electric_vehicle(id) ? world.car_factor : world.other_factor;
}

/// A prior of a quantity as one of its ratio to a central value.
sim::Prior relative_prior(const sim::Prior& prior, double centre) {
    return centre == 0.0 ? sim::fixed(1.0) : sim::scaled(prior, 1.0 / centre);
}

/// Growth of the world's stock was counted before this year.
int first_projected_world_year(const std::string& id) {
    if (is_solar(id)) return 2025;
    return is_electric_vehicle(id) ? 2023 : 0;
}

double past_growth(const std::string& id) {
    if (is_solar(id)) return 0.175;
    return is_electric_vehicle(id) ? 0.5 : 0.05;
}

const CountryYear* year_of(const TechnologyEvidence& evidence, const std::string& iso3, int year) {
    const auto record = evidence.countries.find(iso3);
    if (record == evidence.countries.end()) return nullptr;
    const auto found = record->second.years.find(year);
    return found == record->second.years.end() ? nullptr : &found->second;
}

std::optional<double> gdp_per_head(const TechnologyEvidence& evidence, const std::string& iso3, int year) {
    const auto* values = year_of(evidence, iso3, year);
    if (values == nullptr || !values->gdp_ppp_musd || !values->population || *values->population <= 0.0) {
        return std::nullopt;
    }
    return *values->gdp_ppp_musd * 1e6 / *values->population;
}

/// Log-linear between known points, held beyond the ends.
class Interpolation {
 public:
    void add(double gdp_per_head_usd, double value) {
        points_[portable::log(gdp_per_head_usd)] = portable::log(std::max(value, smallest_share));
    }
    std::optional<double> at(std::optional<double> gdp_per_head_usd) const {
        if (points_.empty()) return std::nullopt;
        if (!gdp_per_head_usd) return portable::exp(points_.begin()->second);
        const double x = portable::log(*gdp_per_head_usd);
        const auto after = points_.lower_bound(x);
        if (after == points_.end()) return portable::exp(points_.rbegin()->second);
        if (after == points_.begin()) return portable::exp(after->second);
        const auto before = std::prev(after);
        const double share = (x - before->first) / (after->first - before->first);
        return portable::exp(before->second + share * (after->second - before->second));
    }

 private:
    std::map<double, double> points_;
};

/// Industry's formulas (PARAMETERS): U follows the emissions of the sector, not the number of people.
std::optional<double> units_of_industry(const std::string& id, const sim::Country& country, double people) {
    const double fuel_t = country.sectors[sim::index(sim::Sector::industry_fuel)].base_t;
    if (people <= 0.0) return std::nullopt;
    constexpr double gas_t_per_gj = 0.0561;
    if (id == "industrial_heat_pump") return 0.17 * fuel_t / gas_t_per_gj / 19.5 / people;
    if (id == "boiler_high_eff") return 0.30 * fuel_t / 1.23 / people;
    return std::nullopt;
}

class TechnologyBuilder {
 public:
    TechnologyBuilder(const TechnologyRecord& record, const TechnologyEvidence& evidence,
                      const std::vector<double>& national_ghi, sim::World& world,
                      std::vector<std::string>& notes)
        : record_(record),
          rule_(*find_effect_rule(record.id)),
          evidence_(evidence),
          national_ghi_(national_ghi),
          observed_(evidence, world.calendar),
          world_(world),
          notes_(notes) {
        const int year = world.calendar.first.year();
        for (const auto& [iso3, units] : record.countries) {
            const auto income = gdp_per_head(evidence, iso3, year);
            if (!income) continue;
            if (units.units_per_head) units_.add(*income, *units.units_per_head);
            if (units.initial_share) shares_.add(*income, *units.initial_share);
        }
    }

    sim::Technology build() {
        sim::Technology out;
        out.id = record_.id;
        out.name = record_.name;
        out.unit = record_.unit;
        out.lifetime_years = record_.lifetime_years;
        out.learning_rate = sim::normal(record_.learning_mean, record_.learning_sd);
        out.cost_noise_sd = is_solar(record_.id) ? evidence_.assumptions.cost_noise_sd_solar
                                                 : evidence_.assumptions.cost_noise_sd;
        out.erlang_stages = evidence_.assumptions.erlang_stages;
        for (int i = 0; i < world_.calendar.touched_years(); ++i) {
            out.world_log_growth.push_back(
                world_log_growth(evidence_.assumptions, record_.id, world_.calendar.first.year() + i));
        }
        out.world_growth_factor = world_growth_factor(evidence_.assumptions, record_.id);
        out.first_projected_world_year = first_projected_world_year(record_.id);
        out.world_units_at_start = world_units();
        out.jcm_credit_years = record_.jcm_credit_years;
        out.between_places = evidence_.between_places;
        for (std::size_t c = 0; c < world_.countries.size(); ++c) out.countries.push_back(in_country(c));
        if (!cut_.empty()) {
            notes_.push_back(fmt::format("{}: its units are cut to what the sector uses in {}", record_.id,
                                         fmt::join(cut_, ", ")));
        }
        return out;
    }

 private:
    double world_units() const {
        if (is_solar(record_.id)) return evidence_.assumptions.solar_gw_2020 * 1e6;
        return record_.id == "ev_car" ? world_cars_2020 : 0.0;
    }

    sim::TechnologyInCountry in_country(std::size_t c) {
        const sim::Country& country = world_.countries[c];
        const std::string& iso3 = country.iso3;
        const auto row = record_.countries.find(iso3);
        const auto income = gdp_per_head(evidence_, iso3, world_.calendar.first.year());
        sim::TechnologyInCountry out;
        const bool known = row != record_.countries.end();
        auto units = known ? row->second.units_per_head : std::nullopt;
        if (!units) units = units_of_industry(record_.id, country, people_in_base_year(c));
        if (!units) units = units_.at(income);
        auto share = known ? row->second.initial_share : std::nullopt;
        if (!share) share = shares_.at(income);
        out.units_per_head = units.value_or(0.0);
        out.initial_share = std::min(1.0, share.value_or(0.0));
        out.p = record_.p;
        out.q = iso3 == "JPN" ? sim::scaled(record_.q, record_.q_factor_japan) : record_.q;
        out.ceiling = record_.ceiling;
        out.past_growth_per_year = past_growth(record_.id);
        out.turnover_years = record_.turnover_years;
        out.capex_jpy = capex(iso3);
        add_effects(c, out);
        cut_to_sector(c, out);
        start_from_observed(c, known, out);
        out.jcm_t_per_unit_year = creditable_t(iso3, c);
        out.jcm_margin_t_per_unit_year = out.jcm_t_per_unit_year > 0.0 ? margin_t(iso3, c) : 0.0;
        if (rule_.solar) out.observed = observed_.solar_growth(iso3);
        if (record_.id == "ev_car") out.observed = observed_.car_growth(iso3);
        return out;
    }

    double capex(const std::string& iso3) const {
        const auto own = record_.capex_jpy_by_country.find(iso3);
        if (own != record_.capex_jpy_by_country.end()) return own->second;
        return record_.capex_jpy_2020.value_or(record_.capex_jpy_2025);
    }

    /// kWh a unit saves or makes a year in a country.
    double electricity_made_kwh(std::size_t c) const {
        if (rule_.solar)
            return national_ghi_[c] > 0.0 ? solar_yield_kwh(national_ghi_[c])
                                          : record_.electricity_made_or_saved_kwh;
        const double japan = world_.countries[c].iso3 == "JPN" ? rule_.electricity_factor_japan : 1.0;
        return record_.electricity_made_or_saved_kwh * rule_.electricity_factor * japan;
    }

    double direct_saving_t() const {
        return record_.fuel_saved_gj * record_.fuel_saved_t_per_gj -
               record_.fuel_used_gj * record_.fuel_used_t_per_gj + record_.methane_avoided_t;
    }

    void add_effects(std::size_t c, sim::TechnologyInCountry& out) const {
        if (rule_.direct && direct_saving_t() > 0.0)
            out.effects.push_back({*rule_.direct, direct_saving_t(), 0.0});
        const double net = electricity_made_kwh(c) - record_.electricity_used_kwh;
        if (net == 0.0) return;
        for (const auto& user : rule_.users) out.effects.push_back({user.sector, 0.0, net * user.share});
    }

    double people_in_base_year(std::size_t c) const {
        const sim::Country& country = world_.countries[c];
        double people = 0.0;
        for (const auto& place : world_.places) {
            if (place.country == c) people += place.population;
        }
        const int index = std::clamp(country.base_year - world_.calendar.first.year(), 0,
                                     world_.calendar.touched_years() - 1);
        return people * country.population_factor[static_cast<std::size_t>(index)];
    }

    void cut_to_sector(std::size_t c, sim::TechnologyInCountry& out) {
        const sim::Country& country = world_.countries[c];
        const double units = out.units_per_head * people_in_base_year(c);
        double allowed = 1.0;
        if (units > 0.0 && rule_.direct && direct_saving_t() > 0.0) {
            allowed = std::min(allowed, rule_.largest_direct_share *
                                            country.sectors[sim::index(*rule_.direct)].base_t /
                                            (direct_saving_t() * units));
        }
        if (units > 0.0 && electricity_made_kwh(c) > 0.0) {
            double demand = 0.0;
            for (const auto& user : rule_.users)
                demand += electricity_demand_kwh(country, user.sector, evidence_.paths, world_.calendar);
            allowed = std::min(allowed,
                               rule_.largest_electricity_share * demand / (electricity_made_kwh(c) * units));
        }
        if (allowed >= 1.0) return;
        out.units_per_head *= allowed;
        cut_.push_back(country.iso3);
    }

    /// Reduction of a unit's power at the whole operating margin.
    double margin_t(const std::string& iso3, std::size_t c) const {
        const auto margin = evidence_.operating_margins.find(iso3);
        const double net_kwh = electricity_made_kwh(c) - record_.electricity_used_kwh;
        return margin == evidence_.operating_margins.end() ? 0.0 : margin->second * net_kwh / 1e6;
    }

    /// Reduction a unit is credited with: power at a share of the operating margin, and fuel; no methane.
    double creditable_t(const std::string& iso3, std::size_t c) const {
        const auto margin = evidence_.operating_margins.find(iso3);
        if (!record_.jcm_eligible || iso3 == "JPN" || margin == evidence_.operating_margins.end()) return 0.0;
        const double fuel = direct_saving_t() - record_.methane_avoided_t;
        return std::max(0.0, evidence_.assumptions.jcm_factor * margin_t(iso3, c) + fuel);
    }

    /// An interpolated starting stock gives way to what was observed: counted cars, and for rooftops a bound.
    void start_from_observed(std::size_t c, bool known, sim::TechnologyInCountry& out) const {
        const std::string& iso3 = world_.countries[c].iso3;
        double people = 0.0;
        for (const auto& place : world_.places) people += place.country == c ? place.population : 0.0;
        const double units = out.units_per_head * people;
        if (record_.id == "ev_car") {
            if (const auto share = observed_.car_share(iso3, units))
                out.initial_share = std::min(1.0, *share);
        }
        if (!rule_.solar || known) return;
        const auto largest = observed_.largest_rooftop_share(iso3, units, electricity_made_kwh(c));
        if (largest) out.initial_share = std::min(out.initial_share, *largest);
    }

    const TechnologyRecord& record_;
    const EffectRule& rule_;
    const TechnologyEvidence& evidence_;
    const std::vector<double>& national_ghi_;
    ObservedStock observed_;
    sim::World& world_;
    std::vector<std::string>& notes_;
    Interpolation units_, shares_;
    std::vector<std::string> cut_;
};

std::optional<double> ghi_of(const geo::Place& place) {
    return place.covariates[static_cast<std::size_t>(PackCovariate::ghi)];
}

/// Population-weighted mean GHI by country, 0 where no place has a value.
std::vector<double> mean_ghi(const geo::PlaceTable& table, const sim::World& world) {
    std::vector<double> sum(world.countries.size(), 0.0), people(world.countries.size(), 0.0);
    for (std::size_t i = 0; i < world.places.size(); ++i) {
        const auto ghi = ghi_of(table.places[i]);
        if (!ghi || *ghi <= 0.0) continue;
        sum[world.places[i].country] += *ghi * world.places[i].population;
        people[world.places[i].country] += world.places[i].population;
    }
    for (std::size_t c = 0; c < sum.size(); ++c) sum[c] = people[c] > 0.0 ? sum[c] / people[c] : 0.0;
    return sum;
}

}  // namespace

TechnologyAssumptions read_technology_assumptions(const Parameters& parameters) {
    TechnologyAssumptions out;
    out.jcm_factor = sim::median(parameters.prior("jcm_factor", sim::uniform(0.4, 0.9)));
    out.solar_growth_before = parameters.value("pv_world_growth_before_2024", 24.0) / 100.0;
    out.solar_gw_2020 = parameters.value("pv_world_stock_2020", 710.0);
    out.solar_gw_2024 = parameters.value("pv_world_stock_2024", 1865.0);
    // The default of additions is not the middle of their range; the path follows the default.
    out.solar_gw_a_year = parameters.standard("pv_world_additions", 450.0);
    out.solar_factor = relative_prior(parameters.prior("pv_world_additions", sim::uniform(300.0, 800.0)),
                                      out.solar_gw_a_year);
    out.car_factor = parameters.prior("ev_world_growth_factor", sim::uniform(0.6, 1.4));
    out.other_growth = parameters.standard("other_world_growth", 3.0) / 100.0;
    out.other_factor = relative_prior(parameters.prior("other_world_growth", sim::uniform(0.0, 8.0)),
                                      100.0 * out.other_growth);
    out.cost_noise_sd = parameters.value("cost_noise_sd_default", 0.08);
    out.cost_noise_sd_solar = parameters.value("cost_noise_sd_pv", 0.105);
    out.erlang_stages =
        std::clamp(static_cast<int>(std::lround(parameters.value("erlang_stages", 4.0))), 1, 8);
    return out;
}

double solar_yield_kwh(double ghi_kwh_m2_day) {
    return ghi_kwh_m2_day * days * performance_ratio;
}

ElectricCarStock read_electric_cars(Pack& pack) {
    ElectricCarStock stock;
    const auto table = pack.read_optional("ev_stock", {"iso3", "year", "powertrain", "stock"});
    if (!table) return stock;
    const Rows rows(*table);
    for (std::size_t i = 0; i < rows.size(); ++i) {
        const std::string powertrain = rows.text(i, "powertrain");
        const auto cars = rows.number(i, "stock");
        if ((powertrain != "BEV" && powertrain != "PHEV") || !cars) continue;
        stock[rows.text(i, "iso3")][rows.required_year(i, "year")] += *cars;
    }
    return stock;
}

std::map<std::string, double> read_operating_margins(Pack& pack) {
    std::map<std::string, double> margins;
    const auto table = pack.read("electricity_factors", {"iso3", "operating_margin_gco2_kwh"});
    const Rows rows(table);
    for (std::size_t i = 0; i < rows.size(); ++i) {
        const auto margin = rows.number(i, "operating_margin_gco2_kwh");
        if (margin) margins[rows.text(i, "iso3")] = *margin;
    }
    return margins;
}

void build_technologies(const std::vector<TechnologyRecord>& records, const TechnologyEvidence& evidence,
                        const geo::PlaceTable& table, sim::World& world, std::vector<std::string>& notes) {
    const auto national_ghi = mean_ghi(table, world);
    for (const auto& record : records) {
        const EffectRule* rule = find_effect_rule(record.id);
        if (rule == nullptr) continue;
        world.technologies.push_back(TechnologyBuilder(record, evidence, national_ghi, world, notes).build());
        for (std::size_t i = 0; i < world.places.size(); ++i) {
            double factor = 1.0;
            const double mean = national_ghi[world.places[i].country];
            if (rule->solar && mean > 0.0) factor = ghi_of(table.places[i]).value_or(mean) / mean;
            world.places[i].potential_factor.push_back(factor);
        }
    }
}

}  // namespace domino::scenarios
