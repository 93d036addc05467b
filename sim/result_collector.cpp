#include "sim/result_collector.h"

#include <algorithm>

#include "sim/credits/collect_credits.h"

namespace domino::sim {
namespace {

constexpr double fixed_point = 0x1.0p40;

std::uint64_t to_fixed(double share) {
    return static_cast<std::uint64_t>(std::clamp(share, 0.0, 1.0) * fixed_point + 0.5);
}

/// Emissions of a country over the fiscal year that starts in calendar year `year`, t CO2e.
double fiscal_total(const World& world, const std::vector<double>& month_t, std::size_t country, int year) {
    const int start = make_month(year, world.countries[country].fiscal_year_start_month).value;
    double total = 0.0;
    for (int m = start; m < start + 12; ++m) {
        const int step = m - world.calendar.first.value;
        total += month_t[country * static_cast<std::size_t>(world.calendar.steps) +
                         static_cast<std::size_t>(step)];
    }
    return total;
}

}  // namespace

ResultCollector::ResultCollector(const PreparedWorld& prepared, const EnsembleOptions& options)
    : prepared_(prepared),
      touched_(static_cast<std::size_t>(prepared.world->calendar.touched_years())),
      first_whole_(static_cast<std::size_t>(prepared.world->calendar.first_year() -
                                            prepared.world->calendar.first.year())),
      events_(static_cast<std::size_t>(options.members)),
      identities_(static_cast<std::size_t>(options.members)),
      credits_(static_cast<std::size_t>(options.members)) {
    const World& world = *prepared.world;
    RunResults& r = results_;
    const auto members = static_cast<std::size_t>(options.members);
    r.calendar = world.calendar;
    r.members = options.members;
    r.places = prepared.places;
    r.countries = world.countries.size();
    r.technologies = prepared.technologies;
    r.years = static_cast<std::size_t>(world.calendar.years());
    const std::size_t country_years = r.countries * r.years * members;
    r.emissions_t.resize(r.places * r.years * members);
    r.stage_step.resize(stage_count * r.places * members);
    r.capacity_mean.resize(r.places * r.years);
    r.adoption_mean.resize(r.technologies * r.places * r.years);
    r.stock_units.resize(r.technologies * country_years);
    r.added_units.resize(r.technologies * sales_cause_count * country_years);
    r.sector_t.resize(sector_count * country_years);
    r.remainder_t.resize(remainder_count * country_years);
    r.lulucf_t.resize(country_years);
    r.gdp_musd.resize(country_years);
    r.fiscal_total_t.resize(country_years);
    r.emission_factor.resize(country_years);
    r.cost_jpy.resize(r.technologies * r.years * members);
    r.spent_jpy.resize(world.programmes.size() * r.years * members);
    r.credit_spent_jpy.resize(r.years * members);
    r.lease_spent_jpy.resize(r.years * members);
    r.credit_units_t.resize(r.years * members);
    r.scheme_spent_jpy.resize(world.price_schemes.size() * r.years * members);
}

MeanAccumulator ResultCollector::empty_means() const {
    return {std::vector<std::uint64_t>(results_.capacity_mean.size(), 0),
            std::vector<std::uint64_t>(results_.adoption_mean.size(), 0)};
}

void ResultCollector::collect(MemberOutcome&& outcome, int slot, MeanAccumulator& means) {
    const World& world = *prepared_.world;
    RunResults& r = results_;
    const auto m = static_cast<std::size_t>(slot);
    const auto members = static_cast<std::size_t>(r.members);
    const auto touched = [&](std::size_t row, std::size_t y) { return row * touched_ + first_whole_ + y; };
    for (std::size_t i = 0; i < r.places; ++i) {
        for (std::size_t y = 0; y < r.years; ++y) {
            r.emissions_t[r.place_year(i, y, m)] = static_cast<float>(outcome.place_year_t[touched(i, y)]);
            means.capacity[i * r.years + y] += to_fixed(outcome.capacity[touched(i, y)]);
        }
        for (std::size_t s = 0; s < stage_count; ++s) {
            r.stage_step[r.stage_at(static_cast<Stage>(s), i, m)] = outcome.stage_step[s * r.places + i];
        }
    }
    for (std::size_t row = 0; row < r.technologies * r.places; ++row) {
        for (std::size_t y = 0; y < r.years; ++y) {
            means.adoption[row * r.years + y] += to_fixed(outcome.adoption_share[touched(row, y)]);
        }
    }
    for (std::size_t c = 0; c < r.countries; ++c) {
        const CountryPaths& path = outcome.paths[c];
        constexpr double g_per_t = 1e6;
        for (std::size_t y = 0; y < r.years; ++y) {
            for (std::size_t s = 0; s < sector_count; ++s) {
                r.sector_t[r.sector_at(c, static_cast<Sector>(s), y, m)] =
                    outcome.sector_year_t[touched(c * sector_count + s, y)];
            }
            for (std::size_t p = 0; p < remainder_count; ++p) {
                r.remainder_t[r.remainder_at(c, static_cast<RemainderPart>(p), y, m)] =
                    path.remainder_t[p][first_whole_ + y];
            }
            r.lulucf_t[r.country_year(c, y, m)] = path.lulucf_t[first_whole_ + y];
            r.gdp_musd[r.country_year(c, y, m)] = path.gdp_musd[first_whole_ + y];
            r.emission_factor[r.country_year(c, y, m)] =
                path.emission_factor_t_per_kwh[first_whole_ + y] * g_per_t;
            const int year = world.calendar.first_year() + static_cast<int>(y);
            const Month fiscal_end{make_month(year, world.countries[c].fiscal_year_start_month).value + 12};
            r.fiscal_total_t[r.country_year(c, y, m)] = fiscal_end <= world.calendar.end()
                                                            ? fiscal_total(world, outcome.month_t, c, year)
                                                            : r.national_total_t(c, y, m);
            for (std::size_t k = 0; k < r.technologies; ++k) {
                r.stock_units[r.stock_at(k, c, y, m)] = outcome.stock_units[touched(k * r.countries + c, y)];
                for (std::size_t n = 0; n < sales_cause_count; ++n) {
                    r.added_units[r.added_at(k, c, static_cast<SalesCause>(n), y, m)] =
                        outcome.added_units[touched((k * r.countries + c) * sales_cause_count + n, y)];
                }
            }
        }
    }
    for (std::size_t y = 0; y < r.years; ++y) {
        for (std::size_t k = 0; k < r.technologies; ++k) {
            r.cost_jpy[(k * r.years + y) * members + m] =
                outcome.relative_cost[touched(k, y)] * world.technologies[k].countries.front().capex_jpy;
        }
        for (std::size_t p = 0; p < world.programmes.size(); ++p) {
            r.spent_jpy[(p * r.years + y) * members + m] = prepared_.programme_spent_jpy[touched(p, y)];
        }
        for (std::size_t n = 0; n < world.price_schemes.size(); ++n) {
            r.scheme_spent_jpy[(n * r.years + y) * members + m] = outcome.scheme_spent_jpy[touched(n, y)];
        }
        r.credit_spent_jpy[y * members + m] = outcome.credit_spent_jpy[first_whole_ + y];
        r.lease_spent_jpy[y * members + m] = outcome.lease_spent_jpy[first_whole_ + y];
        r.credit_units_t[y * members + m] = outcome.credit_started_t[first_whole_ + y];
    }
    events_[m] = std::move(outcome.events);
    identities_[m] = outcome.identities;
    credits_[m] = std::move(outcome.credits);
}

RunResults ResultCollector::finish(const std::vector<MeanAccumulator>& means) {
    RunResults& r = results_;
    const double scale = 1.0 / (fixed_point * r.members);
    const auto average = [&](std::vector<double>& into, auto member_of) {
        for (std::size_t n = 0; n < into.size(); ++n) {
            std::uint64_t sum = 0;
            for (const MeanAccumulator& part : means) sum += (part.*member_of)[n];
            into[n] = static_cast<double>(sum) * scale;
        }
    };
    average(r.capacity_mean, &MeanAccumulator::capacity);
    average(r.adoption_mean, &MeanAccumulator::adoption);
    for (const auto& events : events_) r.events.insert(r.events.end(), events.begin(), events.end());
    MemberIdentities worst;
    for (const MemberIdentities& m : identities_) {
        worst.emissions = std::max(worst.emissions, m.emissions);
        worst.stock = std::max(worst.stock, m.stock);
        worst.money = std::max(worst.money, m.money);
        worst.credits = std::max(worst.credits, m.credits);
        worst.money_shares = std::max(worst.money_shares, m.money_shares);
    }
    r.identities = {{"inventory: places + remainder = country, per sector", prepared_.allocation_error, 1e-9},
                    {"emissions: places = sectors, per country and year", worst.emissions, 1e-9},
                    {"stock = stock before + sales - retirements, in single precision", worst.stock, 1e-5},
                    {"money: spent <= budget, subsidy <= its ceiling", worst.money, 1e-12},
                    {"money: subsidy + private = cost, payments = subsidy", worst.money_shares, 1e-9}};
    r.credits = collect_credits(*prepared_.world, credits_);
    r.identities.push_back(
        {"credits: debits = credits, balances, credits <= modelled reduction", worst.credits, 1e-12});
    return std::move(results_);
}

void collect_uncoupled(const PreparedWorld& prepared, const MemberOutcome& outcome, int slot, int members,
                       UncoupledTotals& totals) {
    const Calendar& calendar = prepared.world->calendar;
    const auto years = static_cast<std::size_t>(calendar.years());
    const auto touched = static_cast<std::size_t>(calendar.touched_years());
    const auto first = static_cast<std::size_t>(calendar.first_year() - calendar.first.year());
    const auto m = static_cast<std::size_t>(slot);
    const auto all = static_cast<std::size_t>(members);
    for (std::size_t y = 0; y < years; ++y) {
        const int year_end =
            make_month(calendar.first_year() + static_cast<int>(y), 12).value - calendar.first.value;
        std::uint32_t count = 0;
        for (std::size_t i = 0; i < prepared.places; ++i) {
            const std::uint16_t step =
                outcome.stage_step[static_cast<std::size_t>(Stage::committed) * prepared.places + i];
            if (step != never_step && step <= year_end) ++count;
        }
        totals.commitments[y * all + m] = count;
        for (std::size_t c = 0; c < prepared.country_places.size(); ++c) {
            double total = 0.0;
            for (std::size_t s = 0; s < sector_count; ++s) {
                total += outcome.sector_year_t[(c * sector_count + s) * touched + first + y];
            }
            for (std::size_t p = 0; p < remainder_count; ++p)
                total += outcome.paths[c].remainder_t[p][first + y];
            totals.emissions_t[(c * years + y) * all + m] = total;
        }
    }
}

}  // namespace domino::sim
