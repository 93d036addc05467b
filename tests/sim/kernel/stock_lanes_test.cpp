// Sixteen members side by side in float against one member at a time in double, and against themselves.
#include "sim/kernel/stock_lanes.h"

#include <catch2/catch.hpp>
#include <cmath>

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

/// A random world with a limit on turnover and units of projects.
struct Trial {
    Trial() : world(rich_world(identity_order(place_count))) {
        world.technologies[1].countries[0].turnover_years = 40.0;
        world.technologies[0].erlang_stages = 3;
        for (const std::uint16_t k : {std::uint16_t{0}, std::uint16_t{1}})  // whose sales are then kept
            world.price_schemes.push_back(
                {"scheme" + std::to_string(k), k, {0}, make_month(2030, 1), never, 0.2, {}});
        prepared = prepare(world);
        for (std::uint32_t m = 0; m < lane_count; ++m) {
            draws.push_back(draw_member(world, {7, m}));
        }
        for (const MemberDraws& d : draws) {
            LaneMember member;
            member.draws = &d;
            for (std::size_t c = 0; c < world.countries.size(); ++c) {
                for (std::size_t k = 0; k < world.technologies.size(); ++k) {
                    const AdoptionDraws& local = d.technologies[k].countries[c];
                    member.coefficients.push_back({local.p, local.q});
                }
            }
            members.push_back(member);
        }
    }

    double multiplier(std::size_t place, std::size_t member) const {
        return 0.8 + 0.4 * random_at(static_cast<std::uint32_t>(place), static_cast<std::uint32_t>(member));
    }

    void run(StockLanes& lanes, std::span<const std::size_t> who) const {
        std::vector<Lanes> by_position(place_count);
        std::vector<Lanes> price(world.countries.size() * world.technologies.size());
        for (std::size_t i = 0; i < place_count; ++i) {
            for (std::size_t m = 0; m < lane_count; ++m) {
                by_position[prepared.order.position_of[i]][m] =
                    static_cast<float>(multiplier(i, who[std::min(m, who.size() - 1)]));
            }
        }
        for (Lanes& p : price) p.of.fill(1.1f);
        for (int step = 0; step < months; ++step) {
            if (step % 12 == 0) lanes.begin_year(static_cast<std::size_t>(step / 12));
            if (step == 20) {
                for (std::size_t m = 0; m < who.size(); ++m) lanes.install_project(m, 3, 0, 500.0);
            }
            lanes.step(step, by_position, price);
        }
    }

    void run(PlainStock& stock, std::size_t who) const {
        std::vector<double> by_place;
        for (std::size_t i = 0; i < place_count; ++i) by_place.push_back(multiplier(i, who));
        const std::vector<double> price(world.countries.size() * world.technologies.size(), 1.1);
        for (int step = 0; step < months; ++step) {
            if (step % 12 == 0) stock.begin_year(static_cast<std::size_t>(step / 12));
            if (step == 20) stock.install_project(3, 0, 500.0);
            stock.step(step, by_place, price);
        }
    }

    World world;
    PreparedWorld prepared;
    std::vector<MemberDraws> draws;
    std::vector<LaneMember> members;
};

std::vector<std::size_t> everybody() {
    std::vector<std::size_t> who(lane_count);
    for (std::size_t m = 0; m < lane_count; ++m) who[m] = m;
    return who;
}

}  // namespace

TEST_CASE("lanes of float follow the account in double to single precision") {
    const Trial trial;
    StockLanes lanes(trial.prepared, trial.members, CouplingSwitch::on);
    trial.run(lanes, everybody());
    for (std::size_t m = 0; m < lane_count; ++m) {
        PlainStock exact(trial.prepared, trial.draws[m], trial.members[m].coefficients, CouplingSwitch::on);
        trial.run(exact, m);
        CHECK(lanes.largest_identity_error(m) > 0.0f);
        CHECK(lanes.largest_identity_error(m) < 1e-5f);
        for (std::size_t i = 0; i < place_count; ++i) {
            for (std::size_t k = 0; k < 2; ++k) {
                CHECK(static_cast<double>(lanes.stock(i, k)[m]) == Approx(exact.stock(i, k)).epsilon(2e-5));
                CHECK(static_cast<double>(lanes.sales(i, k)[m]) ==
                      Approx(exact.sales(i, k)).epsilon(2e-4).margin(1e-3));
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
                REQUIRE(wide.sales(i, k).of == baseline.sales(i, k).of);
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
