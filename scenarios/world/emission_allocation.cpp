#include "scenarios/world/emission_allocation.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "scenarios/choices.h"
#include "scenarios/world/place_assembly.h"

namespace domino::scenarios {

namespace {

constexpr int earliest_inventory_year = 2013;
constexpr double largest_rescaling = 0.25;
constexpr std::array<InventorySector, 6> owned_by_places = {InventorySector::buildings,
                                                            InventorySector::transport,
                                                            InventorySector::manufacturing_construction,
                                                            InventorySector::industrial_processes,
                                                            InventorySector::waste,
                                                            InventorySector::electricity_heat};

/// Column of the place table that a proxy reads; nullopt for population alone.
std::optional<std::size_t> column_of(const std::string& proxy, const geo::PlaceTable& table) {
    if (proxy == population_proxy) return std::nullopt;
    if (proxy == night_lights_proxy) return static_cast<std::size_t>(PackCovariate::night_lights);
    for (std::size_t k = pack_covariate_count; k < table.covariate_names.size(); ++k) {
        if (table.covariate_names[k] == proxy) return k;
    }
    return std::nullopt;
}

/// Places of one country with what allocation needs to know of them.
class CountryAllocation {
 public:
    CountryAllocation(std::size_t country, const AllocationInputs& inputs, sim::World& world)
        : country_(world.countries[country]), table_(inputs.table), series_(inputs.series), world_(world) {
        const auto record = inputs.records.find(country_.iso3);
        if (record != inputs.records.end()) record_ = &record->second;
        for (std::uint32_t i = 0; i < world.places.size(); ++i) {
            if (world.places[i].country == country) rows_.push_back(i);
        }
    }

    void allocate_by_proxy(const Scenario& scenario) {
        for (std::size_t s = 0; s < sim::sector_count; ++s) {
            const auto weights = proxy_weights(scenario.emissions.proxy[s], scenario.places.covariates);
            double sum = 0.0;
            for (const double weight : weights) sum += weight;
            for (std::size_t k = 0; k < rows_.size(); ++k) {
                world_.places[rows_[k]].emissions_t[s] =
                    sum > 0.0 ? country_.sectors[s].base_t * (weights[k] / sum) : 0.0;
            }
            if (sum <= 0.0) keep_in_remainder(country_.sectors[s].base_t);
        }
    }

    void apply_inventories(const std::map<std::string, const CityInventory*>& inventories,
                           std::vector<std::string>& notes) {
        std::vector<double> scale(rows_.size(), 1.0);
        std::vector<bool> reported(rows_.size(), false);
        std::size_t used = 0;
        for (std::size_t k = 0; k < rows_.size(); ++k) {
            const auto found = inventories.find(table_.places[rows_[k]].id);
            if (found == inventories.end()) continue;
            const auto ratio = inventory_ratio(rows_[k], *found->second);
            if (!ratio) continue;
            scale[k] = *ratio;
            reported[k] = true;
            ++used;
        }
        if (used == 0) return;
        std::array<double, sim::sector_count> others{};
        for (std::size_t s = 0; s < sim::sector_count; ++s) {
            double taken = 0.0, free = 0.0;
            for (std::size_t k = 0; k < rows_.size(); ++k) {
                const double own = world_.places[rows_[k]].emissions_t[s];
                (reported[k] ? taken : free) += own * scale[k];
            }
            others[s] = free > 0.0 ? (country_.sectors[s].base_t - taken) / free : 1.0;
            const bool empty = country_.sectors[s].base_t == 0.0;
            if (!empty && (free <= 0.0 || std::abs(others[s] - 1.0) > largest_rescaling)) {
                notes.push_back(
                    fmt::format("{}: {} city inventories are not used, the other places would change by more "
                                "than a quarter",
                                country_.iso3, used));
                return;
            }
        }
        for (std::size_t k = 0; k < rows_.size(); ++k) {
            for (std::size_t s = 0; s < sim::sector_count; ++s) {
                world_.places[rows_[k]].emissions_t[s] *= reported[k] ? scale[k] : others[s];
            }
        }
        notes.push_back(fmt::format("{}: {} reported city inventories take precedence over the proxy",
                                    country_.iso3, used));
    }

    /// The base of each sector is what its places hold, so that the identity stands to the last bit.
    void close_sums() {
        for (std::size_t s = 0; s < sim::sector_count; ++s) {
            double sum = 0.0;
            for (const auto row : rows_) sum += world_.places[row].emissions_t[s];
            const double national = country_.sectors[s].base_t;
            if (sum <= 0.0) continue;
            const double correction = national / sum;
            for (const auto row : rows_) world_.places[row].emissions_t[s] *= correction;
        }
    }

 private:
    /// A covariate's value, in the country's base year where it changes.
    std::optional<double> value_of(std::uint32_t row, std::size_t column) const {
        for (const CovariateSeries& series : series_)
            if (series.name == table_.covariate_names[column]) return series.in_year(country_.base_year, row);
        return table_.places[row].covariates[column];
    }

    /// Mean of a covariate over the people of places that have it; negative values count as 0.
    double mean_of(std::size_t column) const {
        double sum = 0.0, people = 0.0;
        for (const auto row : rows_) {
            const auto value = value_of(row, column);
            if (!value) continue;
            sum += std::max(0.0, *value) * world_.places[row].population;
            people += world_.places[row].population;
        }
        return people > 0.0 ? sum / people : 0.0;
    }

    /// What places have of an amount; empty where nobody has any.
    std::vector<double> amounts_of(std::size_t column) const {
        std::vector<double> weights;
        double sum = 0.0;
        for (const auto row : rows_) {
            weights.push_back(std::max(0.0, value_of(row, column).value_or(0.0)));
            sum += weights.back();
        }
        return sum > 0.0 ? weights : std::vector<double>{};
    }

    std::vector<double> proxy_weights(const std::string& proxy,
                                      const std::vector<Covariate>& covariates) const {
        const auto column = column_of(proxy, table_);
        const auto stated = std::find_if(covariates.begin(), covariates.end(),
                                         [&](const Covariate& covariate) { return covariate.name == proxy; });
        if (column && stated != covariates.end() && stated->is_amount()) {
            if (auto amounts = amounts_of(*column); !amounts.empty()) return amounts;
        }
        const double mean = column ? mean_of(*column) : 0.0;
        const double even = proxy == night_lights_proxy ? 0.5 : 0.0;  // lights are no measure of everything
        std::vector<double> weights;
        for (const auto row : rows_) {
            double weight = world_.places[row].population;
            if (mean > 0.0) {
                const double own = std::max(0.0, value_of(row, *column).value_or(mean));
                weight *= even + (1.0 - even) * own / mean;
            }
            weights.push_back(weight);
        }
        return weights;
    }

    /// Sectors that places own, Mt, in a year of the inventory; 0 where it is silent.
    double places_own_mt(int year) const {
        if (record_ == nullptr) return 0.0;
        const auto values = record_->years.find(year);
        if (values == record_->years.end() || !values->second.has_inventory()) return 0.0;
        double sum = 0.0;
        for (const auto sector : owned_by_places) sum += values->second.sector(sector).value_or(0.0);
        return sum;
    }

    /// Emissions of a country without people in its places belong to no place.
    void keep_in_remainder(double& base_t) {
        country_.remainder[static_cast<std::size_t>(sim::RemainderPart::unallocated)].base_t += base_t;
        base_t = 0.0;
    }

    std::optional<double> inventory_ratio(std::uint32_t row, const CityInventory& inventory) const {
        double own = 0.0;
        for (const double value : world_.places[row].emissions_t) own += value;
        const double then = places_own_mt(inventory.year);
        if (own <= 0.0 || then <= 0.0) return std::nullopt;
        const double moved = inventory.total_t * places_own_mt(country_.base_year) / then;
        const double people = world_.places[row].population;
        if (inventory.population > 0.0 &&
            (inventory.population > 1.5 * people || people > 1.5 * inventory.population)) {
            return std::nullopt;
        }
        const double ratio = moved / own;
        if (ratio > plausible_inventory_ratio || ratio < 1.0 / plausible_inventory_ratio) return std::nullopt;
        return ratio;
    }

    sim::Country& country_;
    const CountryRecord* record_ = nullptr;
    const geo::PlaceTable& table_;
    const std::vector<CovariateSeries>& series_;
    sim::World& world_;
    std::vector<std::uint32_t> rows_;
};

}  // namespace

std::vector<CityInventory> read_city_inventories(Pack& pack) {
    std::map<std::string, CityInventory> best;
    const auto table = pack.read_optional(
        "city_emissions", {"place_id", "year", "gas", "basis", "total_t", "match", "outlier", "source"});
    if (!table) return {};
    const Rows rows(*table);
    for (std::size_t i = 0; i < rows.size(); ++i) {
        const std::string basis = rows.text(i, "basis"), match = rows.text(i, "match");
        const bool scopes_known =
            basis == "basic" || basis == "s1+s2" || basis == "total" || basis == "total_cdp";
        const auto total = rows.number(i, "total_t");
        if (rows.text(i, "gas") != "CO2e" || !scopes_known || match != "name+xy" || !total || *total <= 0.0 ||
            rows.text(i, "outlier") == "1" || rows.text(i, "place_id").empty()) {
            continue;
        }
        CityInventory inventory{rows.text(i, "place_id"), rows.required_year(i, "year"), *total,
                                rows.number(i, "population").value_or(0.0), rows.text(i, "source")};
        if (inventory.year < earliest_inventory_year) continue;
        auto [found, added] = best.emplace(inventory.place_id, inventory);
        const CityInventory& known = found->second;
        const bool better = inventory.year > known.year ||
                            (inventory.year == known.year && std::pair(inventory.source, inventory.total_t) <
                                                                 std::pair(known.source, known.total_t));
        if (!added && better) found->second = inventory;
    }
    std::vector<CityInventory> out;
    for (auto& [id, inventory] : best) out.push_back(std::move(inventory));
    return out;
}

void allocate_emissions(const AllocationInputs& inputs, const std::vector<CityInventory>& inventories,
                        sim::World& world, std::vector<std::string>& notes) {
    std::map<std::string, const CityInventory*> by_place;
    for (const auto& inventory : inventories) by_place.emplace(inventory.place_id, &inventory);
    for (std::size_t c = 0; c < world.countries.size(); ++c) {
        CountryAllocation allocation(c, inputs, world);
        allocation.allocate_by_proxy(inputs.scenario);
        if (inputs.scenario.emissions.city_inventories == OnOff::on)
            allocation.apply_inventories(by_place, notes);
        allocation.close_sums();
    }
}

double largest_allocation_error(const sim::World& world) {
    std::vector<std::array<double, sim::sector_count>> sums(world.countries.size());
    for (const auto& place : world.places) {
        for (std::size_t s = 0; s < sim::sector_count; ++s) sums[place.country][s] += place.emissions_t[s];
    }
    double largest = 0.0;
    for (std::size_t c = 0; c < sums.size(); ++c) {
        for (std::size_t s = 0; s < sim::sector_count; ++s) {
            const double national = world.countries[c].sectors[s].base_t;
            const double error = std::abs(sums[c][s] - national);
            largest = std::max(largest, national > 0.0 ? error / national : error);
        }
    }
    return largest;
}

}  // namespace domino::scenarios
