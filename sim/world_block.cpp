#include "sim/world_block.h"

#include <algorithm>

namespace domino::sim {
namespace {

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

/// Puts one member's outcome into the arrays of its block.
class MemberFiller {
 public:
    MemberFiller(const PreparedWorld& prepared, RunResults& results, std::size_t member)
        : prepared_(prepared),
          world_(*prepared.world),
          r_(results),
          m_(member),
          members_(static_cast<std::size_t>(results.members)),
          touched_(static_cast<std::size_t>(world_.calendar.touched_years())),
          first_whole_(
              static_cast<std::size_t>(world_.calendar.first_year() - world_.calendar.first.year())) {}

    void fill(const MemberOutcome& outcome) {
        fill_stages(outcome);
        for (std::size_t c = 0; c < r_.countries; ++c) {
            for (std::size_t y = 0; y < r_.years; ++y) {
                fill_emissions(outcome, c, y);
                fill_technologies(outcome, c, y);
            }
        }
        for (std::size_t y = 0; y < r_.years; ++y) fill_money(outcome, y);
    }

 private:
    std::size_t touched(std::size_t row, std::size_t y) const { return row * touched_ + first_whole_ + y; }

    void fill_stages(const MemberOutcome& outcome) {
        for (std::size_t row = 0; row < stage_count * r_.places; ++row)
            r_.stage_step[row * members_ + m_] = outcome.stage_step[row];
    }

    void fill_emissions(const MemberOutcome& outcome, std::size_t c, std::size_t y) {
        constexpr double g_per_t = 1e6;
        const CountryPaths& path = outcome.paths[c];
        for (std::size_t s = 0; s < sector_count; ++s) {
            r_.sector_t[r_.sector_at(c, static_cast<Sector>(s), y, m_)] =
                outcome.sector_year_t[touched(c * sector_count + s, y)];
        }
        for (std::size_t p = 0; p < remainder_count; ++p) {
            r_.remainder_t[r_.remainder_at(c, static_cast<RemainderPart>(p), y, m_)] =
                path.remainder_t[p][first_whole_ + y];
        }
        const std::size_t at = r_.country_year(c, y, m_);
        r_.lulucf_t[at] = path.lulucf_t[first_whole_ + y];
        r_.gdp_musd[at] = path.gdp_musd[first_whole_ + y];
        r_.emission_factor[at] = path.emission_factor_t_per_kwh[first_whole_ + y] * g_per_t;
        const int year = world_.calendar.first_year() + static_cast<int>(y);
        const Month fiscal_end{make_month(year, world_.countries[c].fiscal_year_start_month).value + 12};
        r_.fiscal_total_t[at] = fiscal_end <= world_.calendar.end()
                                    ? fiscal_total(world_, outcome.month_t, c, year)
                                    : r_.national_total_t(c, y, m_);
    }

    void fill_technologies(const MemberOutcome& outcome, std::size_t c, std::size_t y) {
        for (std::size_t k = 0; k < r_.technologies; ++k) {
            const std::size_t row = k * r_.countries + c;
            r_.stock_units[r_.stock_at(k, c, y, m_)] = outcome.stock_units[touched(row, y)];
            for (std::size_t n = 0; n < sales_cause_count; ++n) {
                r_.added_units[r_.added_at(k, c, static_cast<SalesCause>(n), y, m_)] =
                    outcome.added_units[touched(row * sales_cause_count + n, y)];
            }
        }
    }

    void fill_money(const MemberOutcome& outcome, std::size_t y) {
        for (std::size_t k = 0; k < r_.technologies; ++k) {
            r_.cost_jpy[(k * r_.years + y) * members_ + m_] =
                outcome.relative_cost[touched(k, y)] * world_.technologies[k].countries.front().capex_jpy;
        }
        for (std::size_t p = 0; p < world_.programmes.size(); ++p) {
            r_.spent_jpy[(p * r_.years + y) * members_ + m_] = prepared_.programme_spent_jpy[touched(p, y)];
        }
        for (std::size_t n = 0; n < world_.price_schemes.size(); ++n) {
            r_.scheme_spent_jpy[(n * r_.years + y) * members_ + m_] = outcome.scheme_spent_jpy[touched(n, y)];
        }
        r_.credit_spent_jpy[y * members_ + m_] = outcome.credit_spent_jpy[first_whole_ + y];
        r_.lease_spent_jpy[y * members_ + m_] = outcome.lease_spent_jpy[first_whole_ + y];
        r_.credit_units_t[y * members_ + m_] = outcome.credit_started_t[first_whole_ + y];
    }

    const PreparedWorld& prepared_;
    const World& world_;
    RunResults& r_;
    std::size_t m_;
    std::size_t members_;
    std::size_t touched_;
    std::size_t first_whole_;
};

}  // namespace

RunResults empty_results(const PreparedWorld& prepared, int members, PlaceDetail detail, PlaceArrays places) {
    const World& world = *prepared.world;
    RunResults r;
    r.calendar = world.calendar;
    r.members = members;
    r.places = prepared.places;
    r.countries = world.countries.size();
    r.technologies = prepared.technologies;
    r.years = static_cast<std::size_t>(world.calendar.years());
    const auto m = static_cast<std::size_t>(members);
    const std::size_t country_years = r.countries * r.years * m;
    if (detail == PlaceDetail::every_member) {
        if (places == PlaceArrays::allocated) r.emissions_t.resize(r.places * r.years * m);
        r.stage_step.resize(stage_count * r.places * m);
    } else {
        r.distributions.emplace(r.places, world.calendar);
    }
    r.committed_places.resize(country_years);
    r.committed_people.resize(country_years);
    r.stock_units.resize(r.technologies * country_years);
    r.added_units.resize(r.technologies * sales_cause_count * country_years);
    r.sector_t.resize(sector_count * country_years);
    r.remainder_t.resize(remainder_count * country_years);
    r.lulucf_t.resize(country_years);
    r.gdp_musd.resize(country_years);
    r.fiscal_total_t.resize(country_years);
    r.emission_factor.resize(country_years);
    r.cost_jpy.resize(r.technologies * r.years * m);
    r.spent_jpy.resize(world.programmes.size() * r.years * m);
    r.credit_spent_jpy.resize(r.years * m);
    r.lease_spent_jpy.resize(r.years * m);
    r.credit_units_t.resize(r.years * m);
    r.scheme_spent_jpy.resize(world.price_schemes.size() * r.years * m);
    return r;
}

WorldBlock empty_block(const PreparedWorld& prepared, int members, PlaceDetail detail, PlaceArrays places) {
    WorldBlock block;
    block.results = empty_results(prepared, members, detail, places);
    block.results.event_members = members;
    const std::size_t cells = block.results.years * static_cast<std::size_t>(members);
    block.uncoupled.commitments.resize(cells);
    block.uncoupled.emissions_t.resize(cells * block.results.countries);
    if (places == PlaceArrays::allocated) {
        block.capacity_sum.resize(block.results.places * block.results.years);
        block.adoption_sum.resize(block.results.technologies * block.capacity_sum.size());
    }
    block.credits.resize(static_cast<std::size_t>(members));
    return block;
}

void count_commitments(const World& world, RunResults& results) {
    const auto members = static_cast<std::size_t>(results.members);
    for (std::size_t i = 0; i < results.places; ++i) {
        const PlaceInputs& place = world.places[i];
        for (std::size_t m = 0; m < members; ++m) {
            const std::uint16_t step = results.stage_step[results.stage_at(Stage::committed, i, m)];
            if (step == never_step) continue;
            const int offset = world.calendar.month(step).year() - world.calendar.first_year();
            for (auto y = static_cast<std::size_t>(std::max(0, offset)); y < results.years; ++y) {
                results.committed_places[results.country_year(place.country, y, m)] += 1.0;
                results.committed_people[results.country_year(place.country, y, m)] += place.population;
            }
        }
    }
}

namespace {

/// Copies a part of an array whose last index is the member into the whole, from the member `first` on.
template <class T>
void place_members(std::vector<T>& whole, const std::vector<T>& part, std::size_t members, std::size_t first,
                   std::size_t of_part) {
    if (whole.empty()) return;
    for (std::size_t row = 0; row < part.size() / of_part; ++row) {
        std::copy_n(part.begin() + static_cast<std::ptrdiff_t>(row * of_part), of_part,
                    whole.begin() + static_cast<std::ptrdiff_t>(row * members + first));
    }
}

void add_to(std::vector<std::uint64_t>& sum, const std::vector<std::uint64_t>& part) {
    for (std::size_t n = 0; n < sum.size(); ++n) sum[n] += part[n];
}

MemberIdentities worse(const MemberIdentities& a, const MemberIdentities& b) {
    return {std::max(a.emissions, b.emissions), std::max(a.stock, b.stock), std::max(a.money, b.money),
            std::max(a.credits, b.credits), std::max(a.money_shares, b.money_shares)};
}

}  // namespace

void put_members(WorldBlock& whole, WorldBlock& part, std::size_t first) {
    const auto members = static_cast<std::size_t>(whole.results.members);
    const auto of_part = static_cast<std::size_t>(part.results.members);
    const auto place = [&](auto& to, const auto& from) { place_members(to, from, members, first, of_part); };
    for_each_member_array(place, whole.results, part.results);
    place(whole.uncoupled.commitments, part.uncoupled.commitments);
    place(whole.uncoupled.emissions_t, part.uncoupled.emissions_t);
    add_to(whole.capacity_sum, part.capacity_sum);
    add_to(whole.adoption_sum, part.adoption_sum);
    std::move(part.credits.begin(), part.credits.end(),
              whole.credits.begin() + static_cast<std::ptrdiff_t>(first));
    whole.identities = worse(whole.identities, part.identities);
}

WorldBlock make_block(const PreparedWorld& prepared, std::span<MemberOutcome> outcomes, PlaceYears&& places) {
    WorldBlock block = empty_block(prepared, static_cast<int>(outcomes.size()), PlaceDetail::every_member,
                                   PlaceArrays::taken_over);
    for (std::size_t m = 0; m < outcomes.size(); ++m) {
        MemberFiller(prepared, block.results, m).fill(outcomes[m]);
        std::vector<CommitmentEvent>& events = block.results.events;
        events.insert(events.end(), outcomes[m].events.begin(), outcomes[m].events.end());
        block.identities = worse(block.identities, outcomes[m].identities);
        block.credits[m] = std::move(outcomes[m].credits);
    }
    count_commitments(*prepared.world, block.results);
    block.results.emissions_t = std::move(places.emissions_t);
    block.capacity_sum = std::move(places.capacity_sum);
    block.adoption_sum = std::move(places.adoption_sum);
    return block;
}

void fill_uncoupled(const PreparedWorld& prepared, std::span<const MemberOutcome> outcomes,
                    WorldBlock& block) {
    const Calendar& calendar = prepared.world->calendar;
    const auto years = static_cast<std::size_t>(calendar.years());
    const auto touched = static_cast<std::size_t>(calendar.touched_years());
    const auto first = static_cast<std::size_t>(calendar.first_year() - calendar.first.year());
    const std::size_t all = outcomes.size();
    for (std::size_t m = 0; m < all; ++m) {
        const MemberOutcome& outcome = outcomes[m];
        for (std::size_t y = 0; y < years; ++y) {
            const int year_end =
                make_month(calendar.first_year() + static_cast<int>(y), 12).value - calendar.first.value;
            std::uint32_t count = 0;
            for (std::size_t i = 0; i < prepared.places; ++i) {
                const std::uint16_t step =
                    outcome.stage_step[static_cast<std::size_t>(Stage::committed) * prepared.places + i];
                if (step != never_step && step <= year_end) ++count;
            }
            block.uncoupled.commitments[y * all + m] = count;
            for (std::size_t c = 0; c < prepared.country_places.size(); ++c) {
                double total = 0.0;
                for (std::size_t s = 0; s < sector_count; ++s) {
                    total += outcome.sector_year_t[(c * sector_count + s) * touched + first + y];
                }
                for (std::size_t p = 0; p < remainder_count; ++p)
                    total += outcome.paths[c].remainder_t[p][first + y];
                block.uncoupled.emissions_t[(c * years + y) * all + m] = total;
            }
        }
    }
}

}  // namespace domino::sim
