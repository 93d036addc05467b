#include "scenarios/proposal/reductions.h"

#include <algorithm>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "scenarios/units.h"
#include "scenarios/world/pack_technologies.h"
#include "scenarios/world/technology_assembly.h"
#include "scenarios/world/technology_effects.h"

namespace domino::scenarios {
namespace {

constexpr std::size_t at(LifetimeConvention convention) {
    return static_cast<std::size_t>(convention);
}

std::string figure(double value) {
    return fmt::format("{:.6g}", value);
}

/// A unit's yearly reduction, t CO2e, and how it came about.
struct UnitReduction {
    double tonnes = 0.0;
    std::string formula;
};

class ReductionEstimator {
 public:
    ReductionEstimator(const Proposal& proposal, const Partnership& partnership, Pack& pack)
        : proposal_(proposal), partnership_(partnership) {
        std::vector<std::string> ids;
        for (const PlannedTechnology& planned : proposal.technologies)
            if (std::find(ids.begin(), ids.end(), planned.technology) == ids.end())
                ids.push_back(planned.technology);
        // An id without priors cannot be simulated; what a unit saves is known all the same.
        Problems ignored;
        if (!ids.empty()) records_ = read_technologies(pack, ids, ignored);
        const auto margins = read_operating_margins(pack);
        if (const auto found = margins.find(partnership.partner.iso3); found != margins.end())
            margin_g_per_kwh_ = found->second;
    }

    ReductionEstimate estimate() {
        ReductionEstimate out;
        for (const PlannedTechnology& planned : proposal_.technologies)
            out.technologies.push_back(estimate_one(planned));
        add_tonnes(out);
        add_costs_per_tonne(out);
        return out;
    }

 private:
    const TechnologyRecord* record_of(const std::string& id) const {
        const auto found = std::find_if(records_.begin(), records_.end(),
                                        [&](const TechnologyRecord& r) { return r.id == id; });
        return found == records_.end() ? nullptr : &*found;
    }

    /// kWh a unit makes or saves: the pack's, or for solar power what the partner's sunshine gives.
    double electricity_kwh(const TechnologyRecord& record) const {
        const EffectRule* rule = find_effect_rule(record.id);
        if (rule != nullptr && rule->solar && partnership_.partner.ghi_kwh_m2_day)
            return solar_yield_kwh(*partnership_.partner.ghi_kwh_m2_day);
        return record.electricity_made_or_saved_kwh;
    }

    UnitReduction reduction_of_unit(const TechnologyRecord& record,
                                    std::vector<std::string>& evidence) const {
        UnitReduction unit;
        std::vector<std::string> terms;
        const double kwh = electricity_kwh(record) - record.electricity_used_kwh;
        if (kwh != 0.0 && margin_g_per_kwh_) {
            unit.tonnes += kwh * *margin_g_per_kwh_ / 1e6;
            terms.push_back(fmt::format("{} kWh × {} g/kWh / 10^6", figure(kwh), figure(*margin_g_per_kwh_)));
        } else if (kwh != 0.0) {
            evidence.push_back(
                fmt::format("electricity is left out: electricity_factors has no grid factor of {}",
                            partnership_.partner.iso3));
        }
        if (record.fuel_saved_gj > 0.0) {
            unit.tonnes += record.fuel_saved_gj * record.fuel_saved_t_per_gj;
            terms.push_back(fmt::format("{} GJ × {} t/GJ", figure(record.fuel_saved_gj),
                                        figure(record.fuel_saved_t_per_gj)));
        }
        if (record.fuel_used_gj > 0.0) {
            unit.tonnes -= record.fuel_used_gj * record.fuel_used_t_per_gj;
            terms.push_back(fmt::format("−{} GJ × {} t/GJ", figure(record.fuel_used_gj),
                                        figure(record.fuel_used_t_per_gj)));
        }
        if (record.methane_avoided_t > 0.0) {
            unit.tonnes += record.methane_avoided_t;
            terms.push_back(fmt::format("{} t of methane as CO2e", figure(record.methane_avoided_t)));
            evidence.emplace_back("methane counts here; JCM model projects credit energy-related CO2 only");
        }
        unit.formula = fmt::format("{}", fmt::join(terms, " + "));
        return unit;
    }

    TechnologyReduction estimate_one(const PlannedTechnology& planned) const {
        TechnologyReduction out;
        out.technology = out.name = planned.technology;
        const TechnologyRecord* record = record_of(planned.technology);
        if (record != nullptr) {
            out.name = record->name;
            out.unit = record->unit;
            out.years[at(LifetimeConvention::jcm_credit_years)] = record->jcm_credit_years;
            out.years[at(LifetimeConvention::technical_lifetime)] = record->lifetime_years;
        }
        if (planned.tonnes_per_year) {
            out.tonnes_per_year = *planned.tonnes_per_year;
            out.formula = fmt::format("{} t/yr stated by the applicant", format_number(out.tonnes_per_year));
        } else if (record != nullptr && planned.units) {
            const UnitReduction unit = reduction_of_unit(*record, out.evidence);
            out.tonnes_per_year = *planned.units * unit.tonnes;
            out.formula = fmt::format("{} {} × ({}) = {} t/yr", format_number(*planned.units), record->unit,
                                      unit.formula, figure(out.tonnes_per_year));
            out.evidence.emplace_back("technologies.csv, electricity_factors.csv (operating margin)");
        }
        set_years(planned, out);
        set_costs(planned, record, out);
        return out;
    }

    static void set_years(const PlannedTechnology& planned, TechnologyReduction& out) {
        const auto replace = [&](LifetimeConvention convention, const std::optional<std::int64_t>& stated) {
            if (stated) out.years[at(convention)] = static_cast<double>(*stated);
        };
        replace(LifetimeConvention::legal_durable_years, planned.legal_durable_years);
        replace(LifetimeConvention::jcm_credit_years, planned.jcm_credit_years);
        replace(LifetimeConvention::technical_lifetime, planned.technical_lifetime);
    }

    void set_costs(const PlannedTechnology& planned, const TechnologyRecord* record,
                   TechnologyReduction& out) const {
        out.capital_cost_jpy = planned.capital_cost_jpy;
        if (!out.capital_cost_jpy && record != nullptr && planned.units) {
            const auto own = record->capex_jpy_by_country.find(partnership_.partner.iso3);
            const bool known = own != record->capex_jpy_by_country.end();
            const double unit_cost = known ? own->second : record->capex_jpy_2025;
            out.capital_cost_jpy = *planned.units * unit_cost;
            out.evidence.push_back(fmt::format("capital cost {} JPY a unit from the pack ({})",
                                               figure(unit_cost), known ? "of the country" : "world, 2025"));
        }
        out.subsidy_jpy = planned.subsidy_jpy;
        if (planned.subsidy_share && out.capital_cost_jpy)
            out.subsidy_jpy = *planned.subsidy_share * *out.capital_cost_jpy;
    }

    void add_tonnes(ReductionEstimate& out) const {
        double sum = 0.0;
        for (const TechnologyReduction& one : out.technologies) sum += one.tonnes_per_year;
        if (proposal_.reduction.tonnes_per_year) {
            out.tonnes_per_year = *proposal_.reduction.tonnes_per_year;
            out.formula =
                fmt::format("{} t/yr stated for the whole project", format_number(*out.tonnes_per_year));
            if (!out.technologies.empty())
                out.formula += fmt::format("; its technologies come to {}", figure(sum));
        } else if (!out.technologies.empty()) {
            out.tonnes_per_year = sum;
            out.formula =
                fmt::format("sum of {} technologies: {} t/yr", out.technologies.size(), figure(sum));
        }
    }

    /// Where the proposal states totals these count; else every technology must have what a cost needs.
    void add_costs_per_tonne(ReductionEstimate& out) const {
        const auto& convention = proposal_.reduction.lifetime;
        if (proposal_.reduction.subsidy_jpy) {
            out.subsidy_jpy = proposal_.reduction.subsidy_jpy;
            if (!convention || !proposal_.reduction.years || *out.tonnes_per_year <= 0.0) {
                out.cost_missing =
                    "reduction.lifetime and reduction.years are needed beside reduction.subsidy";
                return;
            }
            const auto years = static_cast<double>(*proposal_.reduction.years);
            set_cost(out, at(*convention), *out.tonnes_per_year * years);
            out.cost_formula = fmt::format("{} JPY / ({} t/yr × {} yr)", figure(*out.subsidy_jpy),
                                           figure(*out.tonnes_per_year), figure(years));
            return;
        }
        double subsidy = 0.0;
        bool known = !out.technologies.empty() && !proposal_.reduction.tonnes_per_year;
        for (const TechnologyReduction& one : out.technologies) {
            known = known && one.subsidy_jpy;
            subsidy += one.subsidy_jpy.value_or(0.0);
        }
        if (!known) {
            out.cost_missing = "the subsidy of each technology, or reduction.subsidy, is not stated";
            return;
        }
        out.subsidy_jpy = subsidy;
        std::array<std::string, convention_count> terms;
        for (std::size_t k = 0; k < convention_count; ++k) add_convention(out, k, terms[k]);
        if (!convention)
            out.cost_missing =
                "reduction.lifetime is not declared, and the sheet does not say which years count";
        else if (!out.cost_jpy_per_t[at(*convention)])
            out.cost_missing = fmt::format("{} of each technology, and a reduction above zero, are needed",
                                           choices_of(LifetimeConvention{})[at(*convention)]);
        else
            out.cost_formula = fmt::format("{} JPY / ({})", figure(subsidy), terms[at(*convention)]);
    }

    static void add_convention(ReductionEstimate& out, std::size_t k, std::string& terms) {
        double tonnes = 0.0;
        for (const TechnologyReduction& one : out.technologies) {
            if (!one.years[k]) return;
            tonnes += one.tonnes_per_year * *one.years[k];
            if (!terms.empty()) terms += " + ";
            terms += fmt::format("{} t/yr × {} yr", figure(one.tonnes_per_year), figure(*one.years[k]));
        }
        set_cost(out, k, tonnes);
    }

    static void set_cost(ReductionEstimate& out, std::size_t k, double tonnes) {
        if (tonnes > 0.0) out.cost_jpy_per_t[k] = *out.subsidy_jpy / tonnes;
    }

    const Proposal& proposal_;
    const Partnership& partnership_;
    std::vector<TechnologyRecord> records_;
    std::optional<double> margin_g_per_kwh_;
};

}  // namespace

ReductionEstimate estimate_reductions(const Proposal& proposal, const Partnership& partnership, Pack& pack) {
    return ReductionEstimator(proposal, partnership, pack).estimate();
}

}  // namespace domino::scenarios
