// Sixteen members side by side against the emissions account written out for one, bit for bit.
#include "sim/kernel/emission_lanes.h"

#include <algorithm>
#include <catch2/catch.hpp>
#include <deque>

#include "sim/withdrawal_effects.h"
#include "tests/sim/rich_world.h"

using namespace domino::sim;
using domino::sim::test::identity_order;
using domino::sim::test::random_at;
using domino::sim::test::rich_world;

namespace {

constexpr std::uint32_t place_count = 40;
constexpr int steps = 72;
constexpr std::uint32_t watched_place = 5;
constexpr int watched_from = 30;

enum class Drift { none, of_a_withdrawal };

/// Technologies that act on fuels in series and on electricity with either sign, base years that end before
/// and within the run, and people who leave for two years: then more is in use than serves those who stay, by
/// how much differs between members.
World trial_world(Drift drift, int months_per_step) {
    World world = rich_world(identity_order(place_count));
    world.calendar.months_per_step = months_per_step;
    for (std::size_t c = 0; c < 2; ++c) {
        world.technologies[0].countries[c].effects.push_back({Sector::buildings_fuel, 0.4, 0.0});
        world.technologies[1].countries[c].effects.push_back({Sector::buildings_fuel, 0.1, 0.0});
        world.technologies[1].countries[c].effects.push_back({Sector::transport_fuel, 1.5, 0.0});
        world.technologies[1].countries[c].effects.push_back({Sector::electricity_transport, 0.0, -1500.0});
    }
    for (const std::size_t year : {3U, 4U}) world.countries[0].population_factor[year] = 0.05;
    world.countries[1].base_year = world.calendar.first.year() + 1;
    if (drift == Drift::of_a_withdrawal) {
        Withdrawal out;
        out.id = "AAA 2023-01";
        out.from = make_month(2023, 1);
        out.coalition.assign(place_count, 0);
        out.coalition[4] = 1;
        out.intensity_drift_per_year = uniform(0.0, 0.05);
        world.withdrawals.push_back(out);
    }
    return world;
}

/// One member's account. Sectors that nothing moves within a year are reckoned once, at its end.
class PlainEmissions {
 public:
    PlainEmissions(const PreparedWorld& prepared, const EmissionMember& member, std::size_t lane)
        : prepared_(prepared),
          world_(*prepared.world),
          member_(member),
          lane_(lane),
          base_stock_(prepared.initial_stock.begin(), prepared.initial_stock.end()),
          per_unit_(prepared.initial_stock.size()),
          drift_(prepared.places, 1.0) {}

    void begin_year(std::size_t year) {
        year_ = year;
        steps_of_year_ = 0;
        place_year.assign(prepared_.places, 0.0);
        sector_year.assign(world_.countries.size() * sector_count, 0.0);
        reductions.assign(sector_count, 0.0);
    }

    void add_step(int step, const StockLanes& stock) {
        remember_base(step, stock);
        if (!world_.withdrawals.empty()) withdrawal_drift(world_, member_.withdrawals, step, drift_);
        if (steps_of_year_++ == 0) take_units(stock);
        const int next = step + world_.calendar.months_per_step;
        for (std::size_t c = 0; c < world_.countries.size(); ++c)
            add_country(c, step, stock, world_.calendar.month(next).month_of_year() == 1);
    }

    std::vector<double> place_year;   ///< t CO2e
    std::vector<double> sector_year;  ///< t CO2e, [country][sector]
    std::vector<double> reductions;   ///< of the watched place, t CO2e by sector

 private:
    std::size_t at(std::size_t place, std::size_t technology) const {
        return place * prepared_.technologies + technology;
    }
    double share_of_year() const { return world_.calendar.months_per_step / 12.0; }

    void remember_base(int step, const StockLanes& stock) {
        const Month last = world_.calendar.month(step + world_.calendar.months_per_step - 1);
        for (std::size_t i = 0; i < prepared_.places; ++i) {
            if (last != make_month(world_.countries[world_.places[i].country].base_year, 12)) continue;
            for (std::size_t k = 0; k < prepared_.technologies; ++k)
                base_stock_[at(i, k)] = stock.stock(i, k)[lane_];
        }
    }

    void take_units(const StockLanes& stock) {
        for (std::size_t i = 0; i < prepared_.places; ++i) {
            for (std::size_t k = 0; k < prepared_.technologies; ++k) {
                Lanes room;
                const float units = stock.units_at(prepared_.order.position_of[i], k, room)[lane_];
                per_unit_[at(i, k)] = units > 0.0f ? 1.0f / units : 0.0f;
            }
        }
    }

    double factor(std::size_t c, std::size_t sector) const {
        const CountryPaths& path = member_.paths[c];
        const double grid = grid_factor_t_per_kwh(world_.countries[c], path, year_, 0.0);
        const double base = path.base_emission_factor_t_per_kwh;
        const double of_path = path.sector_factor[sector][year_];
        if (sector < first_electricity_sector) return of_path;
        return of_path * (base > 0.0 ? grid / base : 0.0);
    }

    /// What technologies leave of a sector's emissions at a place.
    double act(std::size_t i, std::size_t sector, double emissions, const StockLanes& stock) const {
        const std::size_t c = world_.places[i].country;
        const auto added = [&](std::size_t k) { return stock.stock(i, k)[lane_] - base_stock_[at(i, k)]; };
        if (sector < first_electricity_sector) {
            float kept = 1.0f;
            for (const DirectEffect& e : prepared_.effects[c].direct) {
                if (index(e.sector) == sector)
                    kept *= 1.0f - static_cast<float>(e.alpha) * added(e.technology) *
                                       per_unit_[at(i, e.technology)];
            }
            return emissions * static_cast<double>(kept);
        }
        double saved_kwh = 0.0;
        for (const ElectricityEffect& e : prepared_.effects[c].electricity) {
            if (index(e.sector) == sector)
                saved_kwh += static_cast<double>(added(e.technology)) * e.kwh_per_unit_year;
        }
        return emissions -
               saved_kwh * grid_factor_t_per_kwh(world_.countries[c], member_.paths[c], year_, 0.0);
    }

    bool acted_on(std::size_t c, std::size_t sector, int step) const {
        const Month last = world_.calendar.month(step + world_.calendar.months_per_step - 1);
        if (last <= make_month(world_.countries[c].base_year, 12)) return false;
        const CountryEffects& effects = prepared_.effects[c];
        const auto on_sector = [&](const auto& e) { return index(e.sector) == sector; };
        return std::any_of(effects.direct.begin(), effects.direct.end(), on_sector) ||
               std::any_of(effects.electricity.begin(), effects.electricity.end(), on_sector);
    }

    bool drifts(std::size_t c) const {
        const Month december = make_month(world_.calendar.first.year() + static_cast<int>(year_), 12);
        return std::any_of(world_.withdrawals.begin(), world_.withdrawals.end(),
                           [&](const Withdrawal& w) { return w.country == c && w.from <= december; });
    }

    void add_country(std::size_t c, int step, const StockLanes& stock, bool closes_year) {
        std::array<double, sector_count> sums{};
        std::array<double, sector_count> base{};
        for (std::size_t n = prepared_.order.country_begin[c]; n < prepared_.order.country_begin[c + 1];
             ++n) {
            const std::size_t i = prepared_.order.place_at[n];
            double moving = 0.0, still = 0.0;
            for (std::size_t s = 0; s < sector_count; ++s) {
                double emissions = world_.places[i].emissions_t[s] * factor(c, s);
                base[s] += world_.places[i].emissions_t[s];
                if (!acted_on(c, s, step) && !drifts(c)) {
                    still += emissions;
                    continue;
                }
                emissions *= drift_[i];
                const double without = emissions;
                if (acted_on(c, s, step)) emissions = act(i, s, emissions, stock);
                if (i == watched_place && step >= watched_from)
                    reductions[s] += (without - emissions) * share_of_year();
                sums[s] += emissions;
                moving += emissions;
            }
            if (closes_year) place_year[i] += still * (share_of_year() * steps_of_year_);
            place_year[i] += moving * share_of_year();
        }
        for (std::size_t s = 0; s < sector_count; ++s) {
            if (!acted_on(c, s, step) && !drifts(c)) sums[s] = base[s] * factor(c, s);
            sector_year[c * sector_count + s] += sums[s] * share_of_year();
        }
    }

    const PreparedWorld& prepared_;
    const World& world_;
    const EmissionMember& member_;
    std::size_t lane_;
    std::vector<float> base_stock_, per_unit_;  ///< A(t0) and 1/U of the year, [place][technology]
    std::vector<double> drift_;
    std::size_t year_ = 0;
    int steps_of_year_ = 0;
};

std::size_t count_differing_units(const StockLanes& stock, std::size_t technologies) {
    std::size_t differing = 0;
    for (std::size_t n = 0; n < place_count; ++n) {
        for (std::size_t k = 0; k < technologies; ++k) {
            Lanes room;
            const auto& units = stock.units_at(n, k, room).of;
            differing +=
                std::any_of(units.begin(), units.end(), [&](float u) { return u != units[0]; }) ? 1 : 0;
        }
    }
    return differing;
}

/// The run of one world, lanes beside plain accounts.
void compare(const World& world, InstructionSet set) {
    const PreparedWorld prepared = prepare(world);
    std::deque<MemberDraws> draws;
    std::vector<LaneMember> in_stock;
    std::vector<EmissionMember> members;
    for (std::uint32_t m = 0; m < lane_count; ++m) {
        const MemberDraws& own = draws.emplace_back(draw_member(world, {11, m}));
        in_stock.push_back({&own, std::vector<AdoptionCoefficients>(4, {0.02, 0.4}), nullptr});
        EmissionMember member;
        for (std::size_t c = 0; c < 2; ++c) member.paths.push_back(country_paths(world, c, own));
        member.withdrawals = own.withdrawals;
        members.push_back(member);
    }
    StockLanes stock(prepared, in_stock, CouplingSwitch::on, set);
    EmissionLanes lanes(prepared, members, set);
    std::deque<PlainEmissions> plain;
    for (std::size_t m = 0; m < lane_count; ++m) plain.emplace_back(prepared, members[m], m);
    const std::vector<std::vector<double>> no_power(lane_count, std::vector<double>(2, 0.0));
    std::vector<Lanes> multiplier(place_count);
    for (std::size_t n = 0; n < place_count; ++n) {
        for (std::uint32_t m = 0; m < lane_count; ++m)
            multiplier[n][m] = static_cast<float>(0.5 + random_at(static_cast<std::uint32_t>(n), m));
    }
    std::vector<Lanes> price(4);
    for (Lanes& p : price) p.of.fill(1.0f);
    double reduced = 0.0;
    std::size_t differing = 0;  // cells whose members differ in U at the start of a year
    const Calendar& calendar = world.calendar;
    for (int step = 0; step < steps; step += calendar.months_per_step) {
        const auto year = static_cast<std::size_t>(step / 12);
        if (step % 12 == 0) {
            stock.begin_year(year);
            differing += count_differing_units(stock, prepared.technologies);
            lanes.begin_year(year, no_power);
            for (PlainEmissions& own : plain) own.begin_year(year);
        }
        if (step == watched_from) {
            for (std::size_t m = 0; m < lane_count; ++m) lanes.watch(m, watched_place);
        }
        stock.step(step, multiplier, price);
        lanes.add_step(step, stock);
        for (PlainEmissions& own : plain) own.add_step(step, stock);
        if ((step + calendar.months_per_step) % 12 != 0) continue;
        for (std::size_t m = 0; m < lane_count; ++m) {
            for (std::size_t i = 0; i < place_count; ++i)
                REQUIRE(lanes.place_year(i)[m] == plain[m].place_year[i]);
        }
        lanes.end_year();
        for (std::size_t m = 0; m < lane_count && step >= watched_from; ++m) {
            const std::vector<double>& taken_off = lanes.reductions(m, watched_place);
            for (std::size_t s = 0; s < sector_count; ++s) {
                const auto years = static_cast<std::size_t>(calendar.touched_years());
                REQUIRE(taken_off[s * years + year] == plain[m].reductions[s]);
                reduced += plain[m].reductions[s];
            }
        }
    }
    CHECK(reduced > 1.0);
    CHECK(differing > 0);
    CHECK(differing < place_count * prepared.technologies * (steps / 12));
    const auto years = static_cast<std::size_t>(calendar.touched_years());
    const std::size_t last = steps / 12 - 1;
    for (std::size_t m = 0; m < lane_count; ++m) {
        const EmissionOutcome outcome = lanes.take(m);
        for (std::size_t row = 0; row < 2 * sector_count; ++row)
            REQUIRE(outcome.sector_year_t[row * years + last] == plain[m].sector_year[row]);
    }
}

}  // namespace

TEST_CASE("emissions in lanes are the plain account, bit for bit") {
    for (const Drift drift : {Drift::none, Drift::of_a_withdrawal}) {
        for (const int months_per_step : {1, 3}) {
            const World world = trial_world(drift, months_per_step);
            for (const InstructionSet set : {best_instruction_set(), InstructionSet::baseline}) {
                INFO(months_per_step << " months a step"
                                     << (drift == Drift::none ? "" : ", with a withdrawal"));
                compare(world, set);
            }
        }
    }
}
