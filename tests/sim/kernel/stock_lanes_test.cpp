// Sixteen members side by side against one member at a time, in float bit for bit and in double to what float
// leaves, and against themselves.
#include "sim/kernel/stock_lanes.h"

#include <catch2/catch.hpp>
#include <cmath>
#include <deque>

#include "sim/drawn_ties.h"
#include "tests/sim/kernel/plain_stock.h"
#include "tests/sim/rich_world.h"

using namespace domino::sim;
using domino::sim::test::identity_order;
using domino::sim::test::PlainStock;
using domino::sim::test::random_at;
using domino::sim::test::rich_world;

namespace {

constexpr std::uint32_t place_count = 30;
constexpr int months = 60;

enum class Ties { shared, drawn_by_member };
enum class Favour { none, of_some_technologies };
enum class Imitation { by_all_members, not_by_every_third };

/// What a trial's world is like beside a limit on turnover and units of projects.
struct TrialWorld {
    std::uint32_t seed = 7;
    Ties ties = Ties::shared;
    Favour favour = Favour::none;
    int months_per_step = 1;
    int parts_per_month = 1;
    double fastest_q = 0.4;  ///< 1/yr
    Imitation imitation = Imitation::by_all_members;
    std::size_t technologies = 2;
    int first_stages = 3;  ///< of age of the first technology; of the others 4
};

struct Trial {
    explicit Trial(const TrialWorld& wanted = {})
        : is(wanted), world(rich_world(identity_order(place_count))) {
        world.calendar.months_per_step = is.months_per_step;
        world.calendar.parts_per_month = is.parts_per_month;
        while (world.technologies.size() < is.technologies) add_technology();
        world.technologies[1].countries[0].turnover_years = 40.0;
        world.technologies[0].erlang_stages = is.first_stages;
        for (Technology& t : world.technologies) {
            for (TechnologyInCountry& local : t.countries) local.q = uniform(0.2, is.fastest_q);
        }
        if (is.ties == Ties::drawn_by_member) world.couplings[0].drawn_weight = uniform(0.0, 20.0);
        for (const std::uint16_t k : {std::uint16_t{0}, std::uint16_t{1}})  // whose sales are then kept
            world.price_schemes.push_back(
                {"scheme" + std::to_string(k), k, {0}, make_month(2030, 1), never, 0.2, {}});
        prepared = prepare(world);
        for (std::uint32_t m = 0; m < lane_count; ++m) {
            draws.push_back(draw_member(world, {is.seed, m}));
            ties.push_back(with_drawn_ties(prepared, draws.back()));
            LaneMember member;
            member.draws = &draws.back();
            if (is.ties == Ties::drawn_by_member) member.ties = &ties.back();
            for (std::size_t c = 0; c < world.countries.size(); ++c) {
                for (std::size_t k = 0; k < world.technologies.size(); ++k) {
                    const AdoptionDraws& local = draws.back().technologies[k].countries[c];
                    const bool imitates = is.imitation == Imitation::by_all_members || (m + k) % 3 != 0;
                    member.coefficients.push_back({local.p, imitates ? local.q : 0.0});
                }
            }
            members.push_back(member);
        }
    }

    /// Another, like one of the first two and somewhat different.
    void add_technology() {
        const std::size_t k = world.technologies.size();
        Technology t = world.technologies[k % 2];
        t.id += std::to_string(k);
        t.lifetime_years = 10.0 + static_cast<double>(k);
        for (TechnologyInCountry& local : t.countries) {
            local.units_per_head *= 1.0 + 0.1 * static_cast<double>(k);
            local.initial_share = 0.005 * static_cast<double>(k);
        }
        world.technologies.push_back(t);
        world.credits.technology_weight.push_back(0.0);
        for (PlaceInputs& place : world.places) place.potential_factor.push_back(1.0);
    }

    double multiplier(std::size_t place, std::size_t member) const {
        return 0.8 + 0.4 * random_at(static_cast<std::uint32_t>(place), static_cast<std::uint32_t>(member));
    }
    double favour(std::size_t place, std::size_t technology, std::size_t member) const {
        return technology == 1 ? 1.0 + 0.2 * multiplier(place + 3, member) : 1.0;
    }

    float price_of(std::size_t row, std::size_t member) const {
        return 1.0f + 0.01f * static_cast<float>(row + member);
    }

    /// Calls a function of each step and part.
    template <class BeginYear, class Install, class Step>
    void each_step(const BeginYear& begin_year, const Install& install, const Step& take_step) const {
        for (int step = 0; step < months; step += is.months_per_step) {
            if (step % 12 == 0) begin_year(static_cast<std::size_t>(step / 12));
            if (step == 21) install();
            for (int part = 0; part < is.parts_per_month; ++part) take_step(step);
        }
    }

    void run(StockLanes& lanes, std::span<const std::size_t> who) const {
        std::vector<Lanes> by_position(place_count);
        const std::size_t technologies = is.technologies;
        std::vector<Lanes> favours(is.favour == Favour::none ? 0 : place_count * technologies);
        std::vector<Lanes> price(world.countries.size() * technologies);
        for (std::size_t i = 0; i < place_count; ++i) {
            const std::size_t position = prepared.order.position_of[i];
            for (std::size_t m = 0; m < lane_count; ++m) {
                const std::size_t member = who[std::min(m, who.size() - 1)];
                by_position[position][m] = static_cast<float>(multiplier(i, member));
                for (std::size_t k = 0; k < technologies && !favours.empty(); ++k)
                    favours[position * technologies + k][m] = static_cast<float>(favour(i, k, member));
            }
        }
        for (std::size_t row = 0; row < price.size(); ++row) {
            for (std::size_t m = 0; m < lane_count; ++m)
                price[row][m] = price_of(row, who[std::min(m, who.size() - 1)]);
        }
        each_step([&](std::size_t year) { lanes.begin_year(year); },
                  [&] {
                      for (std::size_t m = 0; m < who.size(); ++m) lanes.install_project(m, 3, 0, 500.0);
                  },
                  [&](int step) { lanes.step(step, by_position, price, favours); });
    }

    template <class Real>
    PlainStock<Real> run_plainly(std::size_t who, CouplingSwitch coupling = CouplingSwitch::on) const {
        PlainStock<Real> stock(is.ties == Ties::shared ? prepared : ties[who], draws[who],
                               members[who].coefficients, coupling);
        std::vector<Real> by_place, favours;
        for (std::size_t i = 0; i < place_count; ++i) {
            by_place.push_back(static_cast<Real>(multiplier(i, who)));
            for (std::size_t k = 0; k < is.technologies && is.favour != Favour::none; ++k)
                favours.push_back(static_cast<Real>(favour(i, k, who)));
        }
        std::vector<Real> price;
        for (std::size_t row = 0; row < world.countries.size() * is.technologies; ++row)
            price.push_back(static_cast<Real>(price_of(row, who)));
        each_step([&](std::size_t year) { stock.begin_year(year); },
                  [&] { stock.install_project(3, 0, Real(500)); },
                  [&](int step) { stock.step(step, by_place, price, favours); });
        return stock;
    }

    TrialWorld is;
    World world;
    PreparedWorld prepared;
    std::deque<MemberDraws> draws;
    std::deque<PreparedWorld> ties;
    std::vector<LaneMember> members;
};

std::vector<std::size_t> everybody() {
    std::vector<std::size_t> who(lane_count);
    for (std::size_t m = 0; m < lane_count; ++m) who[m] = m;
    return who;
}

}  // namespace

TEST_CASE("lanes are the plain account in float, bit for bit, on random worlds") {
    const std::vector<TrialWorld> worlds = {
        {.seed = 1},
        {.seed = 2, .ties = Ties::drawn_by_member},
        {.seed = 3, .favour = Favour::of_some_technologies, .parts_per_month = 2},
        {.seed = 4, .months_per_step = 3},
        // Steps so long that exponents and logarithms are large, or that large ones stand beside small ones.
        {.seed = 6, .months_per_step = 3, .fastest_q = 1.4},
        {.seed = 5, .ties = Ties::drawn_by_member, .months_per_step = 3, .fastest_q = 6.0},
        {.seed = 8, .imitation = Imitation::not_by_every_third},
    };
    for (const TrialWorld& is : worlds) {
        const Trial trial(is);
        for (const CouplingSwitch coupling : {CouplingSwitch::on, CouplingSwitch::off}) {
            INFO("world " << is.seed << (coupling == CouplingSwitch::on ? ", coupled" : ", uncoupled"));
            StockLanes lanes(trial.prepared, trial.members, coupling);
            trial.run(lanes, everybody());
            for (std::size_t m = 0; m < lane_count; ++m) {
                const PlainStock<float> plain = trial.run_plainly<float>(m, coupling);
                for (std::size_t i = 0; i < place_count; ++i) {
                    for (std::size_t k = 0; k < is.technologies; ++k) {
                        REQUIRE(lanes.stock(i, k)[m] == plain.stock(i, k));
                        REQUIRE(lanes.potential(i, k)[m] == plain.potential(i, k));
                        REQUIRE(lanes.sales(i, k, m) == static_cast<double>(plain.sales(i, k)));
                    }
                }
                for (std::size_t n = 0; n < plain.added_this_year().size(); ++n) {
                    const std::size_t row = n / sales_cause_count;
                    REQUIRE(lanes.added_this_year(row / is.technologies, row % is.technologies,
                                                  static_cast<SalesCause>(n % sales_cause_count),
                                                  m) == plain.added_this_year()[n]);
                }
            }
        }
    }
}

TEST_CASE("lanes of float follow the account in double to single precision") {
    const Trial trial;
    StockLanes lanes(trial.prepared, trial.members, CouplingSwitch::on);
    trial.run(lanes, everybody());
    for (std::size_t m = 0; m < lane_count; ++m) {
        const PlainStock<double> exact = trial.run_plainly<double>(m);
        CHECK(lanes.largest_identity_error(m) > 0.0f);
        CHECK(lanes.largest_identity_error(m) < 1e-5f);
        for (std::size_t i = 0; i < place_count; ++i) {
            for (std::size_t k = 0; k < 2; ++k) {
                CHECK(static_cast<double>(lanes.stock(i, k)[m]) == Approx(exact.stock(i, k)).epsilon(2e-5));
                CHECK(lanes.sales(i, k, m) == Approx(exact.sales(i, k)).epsilon(2e-4).margin(1e-3));
            }
        }
        for (std::size_t c = 0; c < 2; ++c) {
            for (std::size_t k = 0; k < 2; ++k) {
                for (std::size_t cause = 0; cause < sales_cause_count; ++cause) {
                    const double expected = exact.added_this_year()[(c * 2 + k) * sales_cause_count + cause];
                    CHECK(lanes.added_this_year(c, k, static_cast<SalesCause>(cause), m) ==
                          Approx(expected).epsilon(1e-4).margin(0.1));
                }
            }
        }
        for (std::size_t k = 0; k < 2; ++k) {
            CHECK(lanes.additions(k, m) == Approx(exact.additions()[k]).epsilon(1e-5));
        }
    }
}

TEST_CASE("every instruction set gives the same bits") {
    const Trial trial;
    StockLanes baseline(trial.prepared, trial.members, CouplingSwitch::on, InstructionSet::baseline);
    trial.run(baseline, everybody());
    for (const InstructionSet set : {InstructionSet::avx2, InstructionSet::avx512}) {
        if (!has_instruction_set(set)) {
            WARN("this machine lacks an instruction set; its bits are not compared");
            continue;
        }
        StockLanes wide(trial.prepared, trial.members, CouplingSwitch::on, set);
        trial.run(wide, everybody());
        for (std::size_t i = 0; i < place_count; ++i) {
            for (std::size_t k = 0; k < 2; ++k) {
                REQUIRE(wide.stock(i, k).of == baseline.stock(i, k).of);
                for (std::size_t m = 0; m < lane_count; ++m)
                    REQUIRE(wide.sales(i, k, m) == baseline.sales(i, k, m));
            }
        }
        for (std::size_t k = 0; k < 2; ++k) {
            for (std::size_t m = 0; m < lane_count; ++m) {
                REQUIRE(wide.added_this_year(0, k, SalesCause::other_places, m) ==
                        baseline.added_this_year(0, k, SalesCause::other_places, m));
            }
        }
    }
}

TEST_CASE("a member's numbers do not depend on its company") {
    const Trial trial;
    StockLanes together(trial.prepared, trial.members, CouplingSwitch::on);
    trial.run(together, everybody());
    for (const std::size_t alone : {std::size_t{0}, std::size_t{5}, std::size_t{15}}) {
        StockLanes single(trial.prepared, std::span(&trial.members[alone], 1), CouplingSwitch::on);
        const std::vector<std::size_t> who = {alone};
        trial.run(single, who);
        for (std::size_t i = 0; i < place_count; ++i) {
            for (std::size_t k = 0; k < 2; ++k) {
                REQUIRE(single.stock(i, k)[0] == together.stock(i, k)[alone]);
            }
        }
        for (std::size_t k = 0; k < 2; ++k) {
            REQUIRE(single.additions(k, 0) == together.additions(k, alone));
        }
    }
}

TEST_CASE("technologies stand side by side where members are few, and nobody's numbers change") {
    const TrialWorld is =
        GENERATE(TrialWorld{.seed = 1, .first_stages = 4},
                 TrialWorld{.seed = 2, .ties = Ties::drawn_by_member, .technologies = 5, .first_stages = 4},
                 TrialWorld{.seed = 3,
                            .favour = Favour::of_some_technologies,
                            .parts_per_month = 2,
                            .technologies = 8,
                            .first_stages = 4},
                 TrialWorld{.seed = 4,
                            .months_per_step = 3,
                            .fastest_q = 1.4,
                            .imitation = Imitation::not_by_every_third,
                            .technologies = 7,
                            .first_stages = 4},
                 // Ages in as many stages alone stand side by side.
                 TrialWorld{.seed = 5, .technologies = 3});
    const Trial trial(is);
    const std::size_t countries = trial.world.countries.size();
    StockLanes together(trial.prepared, trial.members, CouplingSwitch::on);
    trial.run(together, everybody());
    const StockYear books = together.year_books();
    const std::vector<DoubleLanes> additions = together.all_additions();
    for (std::size_t k = 0; k < additions.size(); ++k) REQUIRE(additions[k].of == books.additions[k].of);
    for (const std::size_t count : {1, 2, 4, 5, 8, 9}) {
        INFO("world " << is.seed << ", " << count << " members");
        const std::size_t first = 16 - count;
        std::vector<std::size_t> who;
        for (std::size_t m = 0; m < count; ++m) who.push_back(first + m);
        StockLanes few(trial.prepared, std::span(trial.members).subspan(first), CouplingSwitch::on);
        trial.run(few, who);
        const StockYear own = few.year_books();
        for (std::size_t m = 0; m < count; ++m) {
            REQUIRE(few.largest_identity_error(m) == together.largest_identity_error(first + m));
            for (std::size_t k = 0; k < is.technologies; ++k) {
                for (std::size_t i = 0; i < place_count; ++i) {
                    REQUIRE(few.stock(i, k)[m] == together.stock(i, k)[first + m]);
                    REQUIRE(few.potential(i, k)[m] == together.potential(i, k)[first + m]);
                    if (k < 2) REQUIRE(few.sales(i, k, m) == together.sales(i, k, first + m));
                    const bool has_grown = (few.grown(i, 0.01) >> m & 1) != 0;
                    REQUIRE(has_grown == ((together.grown(i, 0.01) >> (first + m) & 1) != 0));
                }
                REQUIRE(few.additions(k, m) == together.additions(k, first + m));
                REQUIRE(few.additions_before_year(k, m) == together.additions_before_year(k, first + m));
                REQUIRE(own.additions[k][m] == books.additions[k][first + m]);
                for (std::size_t c = 0; c < countries; ++c) {
                    REQUIRE(own.units[k * countries + c][m] == books.units[k * countries + c][first + m]);
                    for (std::size_t cause = 0; cause < sales_cause_count; ++cause) {
                        const std::size_t row = (k * countries + c) * sales_cause_count + cause;
                        REQUIRE(own.added[row][m] == books.added[row][first + m]);
                        REQUIRE(few.added_this_year(c, k, static_cast<SalesCause>(cause), m) ==
                                together.added_this_year(c, k, static_cast<SalesCause>(cause), first + m));
                    }
                }
            }
        }
        std::vector<Lanes> room, other_room;
        const auto stocks = few.stocks(1, room), potentials = few.potentials(1, other_room);
        for (std::size_t n = 0; n < place_count; ++n) {
            const std::size_t i = trial.prepared.order.place_at[n];
            REQUIRE(stocks[n][0] == few.stock(i, 1)[0]);
            REQUIRE(potentials[n][0] == few.potential(i, 1)[0]);
        }
    }
}

TEST_CASE("a world may have more technologies than a machine word has bits") {
    domino::sim::test::LiteralWorld world(2, 24);
    for (int k = 0; k < 70; ++k) world.add_technology("t" + std::to_string(k), 0.01, 0.3);
    world.add_layer("near", LayerKind::proximity, {{0, 1, 1.0}}, 0.0);
    world->couplings[0].carries_technology = true;
    for (Technology& t : world->technologies) t.between_places = fixed(0.1);
    const PreparedWorld prepared = prepare(*world);
    const MemberDraws draws = draw_member(*world, {1, 0});
    const LaneMember member{&draws, std::vector<AdoptionCoefficients>(70, {0.01, 0.3})};
    StockLanes lanes(prepared, std::span(&member, 1), CouplingSwitch::on);
    std::vector<Lanes> ones(70);
    for (Lanes& one : ones) one.of.fill(1.0f);
    for (int step = 0; step < 24; ++step) lanes.step(step, std::span(ones).first(2), ones);
    CHECK(lanes.stock(1, 69)[0] > lanes.stock(0, 69)[0]);
    CHECK(lanes.stock(1, 69)[0] == lanes.stock(1, 0)[0]);
}
