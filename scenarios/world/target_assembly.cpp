#include "scenarios/world/target_assembly.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <tuple>

namespace domino::scenarios {

namespace {

constexpr int first_history_year = 2010;

sim::TargetType type_of(const std::string& text) {
    using Type = sim::TargetType;
    static const std::map<std::string, Type> types = {{"base_year", Type::base_year},
                                                      {"bau", Type::bau},
                                                      {"intensity", Type::intensity},
                                                      {"fixed_level", Type::fixed_level},
                                                      {"absolute_reduction", Type::absolute_reduction},
                                                      {"peak_minus", Type::peak_minus},
                                                      {"trajectory", Type::trajectory},
                                                      {"budget", Type::budget},
                                                      {"sectoral", Type::sectoral}};
    const auto found = types.find(text);
    return found == types.end() ? Type::unknown : found->second;
}

sim::Conditionality conditionality_of(const std::string& text) {
    if (text == "conditional") return sim::Conditionality::conditional;
    return text == "combined" ? sim::Conditionality::combined : sim::Conditionality::unconditional;
}

sim::LulucfTreatment lulucf_of(const std::string& text) {
    if (text == "included") return sim::LulucfTreatment::included;
    if (text == "excluded") return sim::LulucfTreatment::excluded;
    return text == "gross_net" ? sim::LulucfTreatment::gross_net : sim::LulucfTreatment::unknown;
}

std::optional<std::uint16_t> country_index(const sim::World& world, const std::string& iso3) {
    for (std::size_t c = 0; c < world.countries.size(); ++c) {
        if (world.countries[c].iso3 == iso3) return static_cast<std::uint16_t>(c);
    }
    return std::nullopt;
}

/// Total of a year as the run holds it: the inventory, or fossil CO2 for a country without one.
std::optional<double> total_mt(const CountryYear& year, bool with_inventory) {
    if (with_inventory) {
        return year.has_inventory() ? std::optional<double>(year.inventory_total_mt()) : std::nullopt;
    }
    return year.co2_fossil_mt;
}

bool has_any_inventory(const CountryRecord& record) {
    return record.last_year_with([](const CountryYear& y) { return y.has_inventory(); }).has_value();
}

void fill_history(const CountryRecords& countries, const sim::World& world, sim::Target& target) {
    const auto& country = world.countries[target.country];
    const auto record = countries.find(country.iso3);
    if (record == countries.end()) return;
    const bool with_inventory = has_any_inventory(record->second);
    for (const auto& [year, values] : record->second.years) {
        if (year > country.base_year) break;
        if (const auto total = total_mt(values, with_inventory)) target.history_mt.emplace_back(year, *total);
        if (values.lulucf_mt) target.lulucf_history_mt.emplace_back(year, *values.lulucf_mt);
    }
    if (target.base_year) {
        const auto base = record->second.years.find(*target.base_year);
        if (base != record->second.years.end()) target.reference_gdp_musd = base->second.gdp_ppp_musd;
    }
}

std::vector<sim::Target> targets_of_pack(Pack& pack, const CountryRecords& countries,
                                         const sim::World& world) {
    const auto table = pack.read(
        "ndc_targets", {"target_id", "iso3", "target_year", "year_basis", "period_start", "type",
                        "conditionality", "value_low", "value_high", "value_unit", "base_year",
                        "ref_level_mt", "level_low_mt", "level_high_mt", "lulucf", "source", "confidence"});
    const Rows rows(table);
    std::vector<sim::Target> targets;
    for (std::size_t i = 0; i < rows.size(); ++i) {
        const auto country = country_index(world, rows.text(i, "iso3"));
        if (!country) continue;
        sim::Target target;
        target.id = rows.text(i, "target_id");
        target.country = *country;
        target.type = type_of(rows.text(i, "type"));
        target.conditionality = conditionality_of(rows.text(i, "conditionality"));
        target.lulucf = lulucf_of(rows.text(i, "lulucf"));
        target.year_basis =
            rows.text(i, "year_basis") == "fiscal" ? sim::YearBasis::fiscal : sim::YearBasis::calendar;
        target.target_year = rows.required_year(i, "target_year");
        target.period_start = rows.year(i, "period_start");
        target.base_year = rows.year(i, "base_year");
        const double unit = rows.text(i, "value_unit") == "percent" ? 0.01 : 1.0;
        if (const auto low = rows.number(i, "value_low")) target.value_low = *low * unit;
        if (const auto high = rows.number(i, "value_high")) target.value_high = *high * unit;
        target.reference_level_mt = rows.number(i, "ref_level_mt");
        target.level_low_mt = rows.number(i, "level_low_mt");
        target.level_high_mt = rows.number(i, "level_high_mt");
        // A level stated without land use is held against emissions without it, whatever the filing covers.
        const bool level_stated = !target.reference_level_mt && target.level_high_mt;
        if (level_stated && rows.text(i, "level_basis").find("excl LULUCF") != std::string::npos) {
            target.lulucf = sim::LulucfTreatment::excluded;
        }
        target.source = rows.text(i, "source");
        target.confidence = rows.text(i, "confidence");
        target.text = rows.text(i, "value_text");
        target.gases = rows.text(i, "gases");
        target.coverage = rows.text(i, "coverage");
        if (const std::string status = rows.text(i, "status"); !status.empty()) {
            target.text += (target.text.empty() ? "" : "; ") + status;
        }
        // A target for part of the economy needs that part's inventory, whatever its formula.
        if (!rows.text(i, "sector").empty()) target.type = sim::TargetType::sectoral;
        fill_history(countries, world, target);
        targets.push_back(std::move(target));
    }
    return targets;
}

/// A part of the inventory as a scenario names it.
struct InventoryPart {
    InventorySector inventory;
    std::vector<sim::Sector> sectors;
    std::vector<sim::RemainderPart> remainder;
};

InventoryPart part_of(const std::string& name) {
    using sim::RemainderPart;
    using sim::Sector;
    static const std::map<std::string, InventoryPart> parts = {
        {"buildings", {InventorySector::buildings, {Sector::buildings_fuel}, {}}},
        {"transport", {InventorySector::transport, {Sector::transport_fuel}, {}}},
        {"industry", {InventorySector::manufacturing_construction, {Sector::industry_fuel}, {}}},
        {"processes", {InventorySector::industrial_processes, {Sector::processes}, {}}},
        {"waste", {InventorySector::waste, {Sector::waste}, {}}},
        {"electricity_heat",
         {InventorySector::electricity_heat,
          {Sector::electricity_residential, Sector::electricity_commercial, Sector::electricity_industry,
           Sector::electricity_transport},
          {RemainderPart::heat_and_captive_power}}},
        {"agriculture", {InventorySector::agriculture, {}, {RemainderPart::agriculture}}},
        {"fugitive", {InventorySector::fugitive, {}, {RemainderPart::fugitive}}},
        {"other_fuel", {InventorySector::other_fuel, {}, {RemainderPart::other_fuel}}}};
    return parts.at(name);
}

/// Holds a target to one part of the economy: what it counts, and that part's own history.
void narrow_to_part(const std::string& name, const CountryRecords& countries, const sim::Country& country,
                    sim::Target& target) {
    const InventoryPart part = part_of(name);
    target.sectors = part.sectors;
    target.remainder_parts = part.remainder;
    target.history_mt.clear();
    const auto record = countries.find(country.iso3);
    if (record == countries.end()) return;
    for (const auto& [year, values] : record->second.years) {
        if (year > country.base_year) break;
        if (const auto mt = values.sector(part.inventory))
            target.history_mt.emplace_back(year, std::max(0.0, *mt));
    }
}

/// A scenario names a country by ISO 3166-1 alpha-3 (the parser resolves names).
std::optional<sim::Target> target_of_scenario(const TargetEntry& entry, const CountryRecords& countries,
                                              const sim::World& world, Problems& problems) {
    const auto country = country_index(world, entry.country);
    if (!country) {
        problems.push_back(
            {entry.where,
             fmt::format("the target \"{}\" is for {}, which is not simulated", entry.id, entry.country),
             "a target is held against a country of the run", "add the country to places.countries",
             Severity::error, ProblemKind::scenario});
        return std::nullopt;
    }
    sim::Target target;
    target.id = entry.id;
    target.country = *country;
    target.type = type_of(entry.type);
    target.conditionality = conditionality_of(entry.conditionality);
    target.lulucf = lulucf_of(entry.lulucf);
    target.year_basis = entry.year_basis == "fiscal" ? sim::YearBasis::fiscal : sim::YearBasis::calendar;
    target.target_year = entry.target_year;
    target.base_year = entry.base_year;
    target.period_start = entry.period_start;
    const auto amount = entry.value ? entry.value : entry.reduction_mt;
    const auto other_amount = entry.value ? entry.value_high : entry.reduction_high_mt;
    target.value_low = amount;
    target.value_high = other_amount ? other_amount : amount;
    target.level_low_mt = entry.level_mt;
    target.level_high_mt = entry.level_high_mt ? entry.level_high_mt : entry.level_mt;
    target.start_level_mt = entry.start_level_mt;
    target.reference_level_mt = entry.reference_level_mt;
    target.bau = entry.bau == BauLevel::reference_run ? sim::BauLevel::reference_run : sim::BauLevel::stated;
    target.gases = entry.gases;
    target.coverage = entry.coverage;
    target.source = "scenario";
    target.confidence = "scenario";
    fill_history(countries, world, target);
    if (target.type == sim::TargetType::sectoral)
        narrow_to_part(entry.sector, countries, world.countries[*country], target);
    const bool from_base_year =
        target.type == sim::TargetType::base_year || target.type == sim::TargetType::sectoral;
    // With land use in it, the base level is the run's own of that year, gross or net.
    if (entry.base_year && from_base_year && !target.reference_level_mt &&
        target.lulucf != sim::LulucfTreatment::included) {
        for (const auto& [year, level] : target.history_mt) {
            if (year == *entry.base_year) target.reference_level_mt = level;
        }
    }
    return target;
}

}  // namespace

std::vector<sim::Target> read_targets(Pack& pack, const Scenario& scenario, const CountryRecords& countries,
                                      const sim::World& world, Problems& problems) {
    auto targets = targets_of_pack(pack, countries, world);
    for (const auto& entry : scenario.targets) {
        if (auto target = target_of_scenario(entry, countries, world, problems))
            targets.push_back(std::move(*target));
    }
    std::sort(targets.begin(), targets.end(), [](const sim::Target& a, const sim::Target& b) {
        return std::tie(a.country, a.target_year, a.id) < std::tie(b.country, b.target_year, b.id);
    });
    return targets;
}

std::vector<std::pair<int, std::vector<double>>> national_history(const CountryRecords& countries,
                                                                  const sim::World& world) {
    std::vector<std::pair<int, std::vector<double>>> history;
    for (const auto& country : world.countries) {
        std::pair<int, std::vector<double>> series{first_history_year, {}};
        const auto record = countries.find(country.iso3);
        if (record != countries.end()) {
            const bool with_inventory = has_any_inventory(record->second);
            for (int year = first_history_year; year <= country.base_year; ++year) {
                const auto values = record->second.years.find(year);
                if (values == record->second.years.end()) break;
                const auto total = total_mt(values->second, with_inventory);
                if (!total) break;
                series.second.push_back(*total);
            }
        }
        history.push_back(std::move(series));
    }
    return history;
}

}  // namespace domino::scenarios
