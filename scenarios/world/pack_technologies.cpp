#include "scenarios/world/pack_technologies.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <set>
#include <utility>

#include "geo/problem.h"
#include "scenarios/world/technology_effects.h"

namespace domino::scenarios {

namespace {

constexpr int dollar_year_of_costs = 2019;
constexpr int price_year = 2025;

std::map<std::string, double> read_fuel_factors(Pack& pack) {
    const auto table = pack.read("fuel_factors", {"fuel", "kgco2_per_gj_lhv"});
    const Rows rows(table);
    std::map<std::string, double> factors;
    for (std::size_t i = 0; i < rows.size(); ++i) {
        factors[rows.text(i, "fuel")] = rows.required_number(i, "kgco2_per_gj_lhv") / 1000.0;
    }
    return factors;
}

double fuel_factor(const std::map<std::string, double>& factors, const std::string& fuel,
                   const std::string& where) {
    if (fuel.empty()) return 0.0;
    const auto found = factors.find(fuel);
    if (found != factors.end()) return found->second;
    throw geo::ProblemError(geo::Problem{where, fmt::format("the fuel \"{}\" has no emission factor", fuel),
                                         "fuel_factors lists the fuels there are",
                                         "rebuild the pack with data/build/build.py"});
}

using Records = std::map<std::string, TechnologyRecord>;

void read_energy(Pack& pack, Records& records) {
    const auto factors = read_fuel_factors(pack);
    const auto table = pack.read(
        "technologies", {"tech_id", "name", "unit", "jcm_eligible", "elec_saved_or_generated_kwh",
                         "elec_used_kwh", "fuel_saved_gj", "fuel_saved", "fuel_used_gj", "fuel_used",
                         "ch4_avoided_tco2e", "capex_jpy2025", "lifetime_years", "jcm_credit_years"});
    const Rows rows(table);
    for (std::size_t i = 0; i < rows.size(); ++i) {
        TechnologyRecord record;
        record.id = rows.text(i, "tech_id");
        record.name = rows.text(i, "name");
        record.unit = rows.text(i, "unit");
        record.jcm_eligible = rows.text(i, "jcm_eligible").find("yes") != std::string::npos;
        record.electricity_made_or_saved_kwh = rows.number(i, "elec_saved_or_generated_kwh").value_or(0.0);
        record.electricity_used_kwh = rows.number(i, "elec_used_kwh").value_or(0.0);
        record.fuel_saved_gj = rows.number(i, "fuel_saved_gj").value_or(0.0);
        record.fuel_used_gj = rows.number(i, "fuel_used_gj").value_or(0.0);
        record.fuel_saved_t_per_gj =
            fuel_factor(factors, rows.text(i, "fuel_saved"), rows.where(i, "fuel_saved"));
        record.fuel_used_t_per_gj =
            fuel_factor(factors, rows.text(i, "fuel_used"), rows.where(i, "fuel_used"));
        record.methane_avoided_t = rows.number(i, "ch4_avoided_tco2e").value_or(0.0);
        record.capex_jpy_2025 = rows.number(i, "capex_jpy2025").value_or(0.0);
        record.lifetime_years = rows.number(i, "lifetime_years").value_or(15.0);
        record.jcm_credit_years = rows.number(i, "jcm_credit_years").value_or(10.0);
        records.emplace(record.id, std::move(record));
    }
}

char mark_of(const std::string& text) {
    return text.empty() ? 'G' : text.front();
}

std::set<std::string> read_priors(Pack& pack, Records& records) {
    const auto table =
        pack.read("technology_priors",
                  {"tech_id", "p_dist", "p_a", "p_b", "q_dist", "q_a", "q_b", "q_factor_jpn", "ceiling_low",
                   "ceiling_high", "turnover_per_year", "learning_mean", "learning_sd", "mark", "source"});
    const Rows rows(table);
    std::set<std::string> with_priors;
    for (std::size_t i = 0; i < rows.size(); ++i) {
        const auto found = records.find(rows.text(i, "tech_id"));
        if (found == records.end()) continue;
        TechnologyRecord& record = found->second;
        record.p = read_prior(rows, i, "p_dist", "p_a", "p_b");
        record.q = read_prior(rows, i, "q_dist", "q_a", "q_b");
        record.q_factor_japan = rows.number(i, "q_factor_jpn").value_or(1.0);
        const auto low = rows.number(i, "ceiling_low"), high = rows.number(i, "ceiling_high");
        if (!low || !high) continue;
        record.ceiling = make_prior("uniform", *low, *high, 0.0, rows.where(i, "ceiling_low"));
        const double turnover = rows.number(i, "turnover_per_year").value_or(0.0);
        record.turnover_years = turnover > 0.0 ? 1.0 / turnover : 0.0;
        record.learning_mean = rows.required_number(i, "learning_mean");
        record.learning_sd = rows.number(i, "learning_sd").value_or(0.0);
        record.mark = mark_of(rows.text(i, "mark"));
        record.source = rows.text(i, "source");
        with_priors.insert(record.id);
    }
    return with_priors;
}

void read_units(Pack& pack, Records& records) {
    const auto table = pack.read(
        "technology_country", {"tech_id", "iso3", "units_per_head", "initial_share_of_u", "mark", "source"});
    const Rows rows(table);
    for (std::size_t i = 0; i < rows.size(); ++i) {
        const auto found = records.find(rows.text(i, "tech_id"));
        if (found == records.end()) continue;
        found->second.countries[rows.text(i, "iso3")] = {
            rows.number(i, "units_per_head"), rows.number(i, "initial_share_of_u"),
            mark_of(rows.text(i, "mark")), rows.text(i, "source")};
    }
}

/// JPY of 2025 per USD of 2019: US consumer prices, then the market rate of 2025.
double yen_per_old_dollar(Pack& pack) {
    const auto table = pack.read("fx_deflators", {"kind", "code", "year", "value"});
    const Rows rows(table);
    double prices = 1.0, rate = 149.6;
    for (std::size_t i = 0; i < rows.size(); ++i) {
        const int year = rows.required_year(i, "year");
        if (rows.text(i, "kind") == "cpi_inflation" && rows.text(i, "code") == "USA" &&
            year > dollar_year_of_costs && year <= price_year) {
            prices *= 1.0 + rows.required_number(i, "value") / 100.0;
        }
        if (rows.text(i, "kind") == "market_fx" && rows.text(i, "code") == "JPY" && year == price_year) {
            rate = rows.required_number(i, "value");
        }
    }
    return prices * rate;
}

void read_costs(Pack& pack, Records& records) {
    const double yen = yen_per_old_dollar(pack);
    if (const auto table =
            pack.read_optional("capex_by_country", {"tech_id", "iso3", "year", "value", "unit"})) {
        const Rows rows(*table);
        std::map<std::pair<std::string, std::string>, int> latest;
        for (std::size_t i = 0; i < rows.size(); ++i) {
            const auto found = records.find(rows.text(i, "tech_id"));
            const std::string iso3 = rows.text(i, "iso3");
            if (found == records.end() || iso3.empty() ||
                rows.text(i, "unit").find("USD") == std::string::npos) {
                continue;
            }
            const int year = rows.required_year(i, "year");
            int& known = latest[{found->first, iso3}];
            if (year < known) continue;
            known = year;
            found->second.capex_jpy_by_country[iso3] = rows.required_number(i, "value") * yen;
        }
    }
    if (const auto table = pack.read_optional("capex_paths", {"series", "year", "capex_jpy2025"})) {
        const Rows rows(*table);
        for (std::size_t i = 0; i < rows.size(); ++i) {
            const auto found = records.find(rows.text(i, "series"));
            if (found == records.end() || rows.required_year(i, "year") != 2020) continue;
            found->second.capex_jpy_2020 = rows.required_number(i, "capex_jpy2025");
        }
    }
}

/// Whether the model knows what a unit does and how many there may be: a figure per head, or a formula.
bool has_units(const TechnologyRecord& record) {
    const EffectRule* rule = find_effect_rule(record.id);
    if (rule == nullptr) return false;
    return std::any_of(record.countries.begin(), record.countries.end(), [&](const auto& entry) {
        const bool units = entry.second.units_per_head || rule->units_from_industry;
        return units && entry.second.initial_share;
    });
}

}  // namespace

sim::Prior make_prior(const std::string& family, double a, double b, double zero_mass,
                      const std::string& where) {
    sim::Prior prior{sim::Family::fixed, a, b, zero_mass};
    bool good = std::isfinite(a) && std::isfinite(b) && zero_mass >= 0.0 && zero_mass <= 1.0;
    if (family == "fixed") {
        prior.b = 0.0;
    } else if (family == "normal") {
        prior.family = sim::Family::normal;
        good = good && b >= 0.0;
    } else if (family == "half_normal") {
        prior.family = sim::Family::half_normal;
        good = good && a >= 0.0;
    } else if (family == "uniform") {
        prior.family = sim::Family::uniform;
        good = good && a <= b;
    } else if (family == "log_uniform") {
        prior.family = sim::Family::log_uniform;
        good = good && a > 0.0 && a <= b;
    } else {
        good = false;
    }
    if (!good) {
        throw geo::ProblemError(geo::Problem{
            where, fmt::format("{}({}, {}) with zero mass {} is no prior", family, a, b, zero_mass),
            "priors are fixed, normal, half_normal, uniform or log_uniform, with a spread that is not "
            "negative",
            "rebuild the pack with data/build/build.py"});
    }
    return prior;
}

sim::Prior read_prior(const Rows& rows, std::size_t row, const std::string& distribution,
                      const std::string& a, const std::string& b) {
    return make_prior(rows.text(row, distribution), rows.number(row, a).value_or(0.0),
                      rows.number(row, b).value_or(0.0), 0.0, rows.where(row, distribution));
}

std::vector<TechnologyRecord> read_technologies(Pack& pack, const std::vector<std::string>& ids,
                                                Problems& problems) {
    Records records;
    read_energy(pack, records);
    const auto with_priors = read_priors(pack, records);
    read_units(pack, records);
    read_costs(pack, records);
    std::vector<TechnologyRecord> out;
    for (const auto& id : ids) {
        const auto found = records.find(id);
        if (found != records.end() && with_priors.contains(id) && has_units(found->second)) {
            out.push_back(found->second);
            continue;
        }
        problems.push_back({{},
                            fmt::format("the technology \"{}\" cannot be modelled", id),
                            found == records.end()
                                ? "the data pack does not have it"
                                : "the data pack has no adoption priors, units or effect for it",
                            "choose from: domino data technology_priors",
                            Severity::error,
                            ProblemKind::data});
    }
    return out;
}

std::vector<std::string> usable_technologies(Pack& pack) {
    Records records;
    read_energy(pack, records);
    const auto with_priors = read_priors(pack, records);
    read_units(pack, records);
    std::vector<std::string> ids;
    for (const auto& [id, record] : records) {
        if (with_priors.contains(id) && has_units(record)) ids.push_back(id);
    }
    return ids;
}

}  // namespace domino::scenarios
