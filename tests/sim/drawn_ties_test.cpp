#include "sim/drawn_ties.h"

#include <catch2/catch.hpp>

#include <vector>

#include "geo/portable_math.h"
#include "sim/exposure.h"
#include "sim/member_run.h"
#include "tests/sim/literal_world.h"

namespace domino::sim {
namespace {

/// Place 0 sees place 1 by an agreement of 0.3 and place 2 by a project of 0.5.
test::LiteralWorld tied_world() {
    test::LiteralWorld w(3, 60);
    const Month from = make_month(2021, 1);
    w.add_layer("collaboration", LayerKind::collaboration,
                {{1, 0, 0.3, from, never, 0.3}, {2, 0, 0.5, from, never}}, 0.0);
    w->uncertainty = Uncertainty::sampled;
    return w;
}

TEST_CASE("a drawn intensity moves agreements and leaves projects") {
    auto w = tied_world();
    CHECK_FALSE(draws_ties(*w));
    w->couplings[0].drawn_weight = scaled(uniform(0.0, 1.0), 1.0 / 0.3);
    REQUIRE(draws_ties(*w));
    const auto prepared = prepare(*w);
    const std::vector<std::uint8_t> only_first = {0, 1, 0}, only_second = {0, 0, 1};
    double least = 1.0, most = 0.0;
    for (std::uint32_t m = 0; m < 100; ++m) {
        const auto draws = draw_member(*w, {1, m});
        const auto own = with_drawn_ties(prepared, draws);
        const double agreement = exposure(own.layers[0], 0, 20, own.steps, only_first);
        const double project = exposure(own.layers[0], 0, 20, own.steps, only_second);
        const double weight = 0.3 * draws.layers[0].drawn_weight;
        const double sum = weight + 0.5 > 1.0 ? weight + 0.5 : 1.0;
        CHECK(agreement == Approx(weight / sum));
        CHECK(project == Approx(0.5 / sum));
        CHECK(exposure(own.layers[0], 0, 11, own.steps, only_first) == 0.0);
        least = std::min(least, weight);
        most = std::max(most, weight);
    }
    CHECK(least < 0.05);
    CHECK(most > 0.95);
}

TEST_CASE("a drawn decay length gives the weights of that length") {
    test::LiteralWorld w(3, 24);
    const std::vector<double> km = {0.0, 50.0, 200.0};
    w->places[1].population = 1e6;
    w->places[2].population = 3e6;
    const auto pull = [&](std::size_t j, double r0_km) {
        return w->places[j].population * portable::exp(-km[j] / r0_km);
    };
    w.add_layer("proximity", LayerKind::proximity, {{1, 0, pull(1, 100.0)}, {2, 0, pull(2, 100.0)}}, 0.0);
    w->couplings[0].decay_ratio = fixed(0.4);
    LayerDraws draws;
    draws.decay_ratio = 0.4;
    const auto weight = drawn_weights(*w, 0, draws);
    CHECK(weight[0] == Approx(pull(1, 40.0)).epsilon(1e-12));
    CHECK(weight[1] == Approx(pull(2, 40.0)).epsilon(1e-12));
}

TEST_CASE("ties drawn at their own weight change nothing") {
    auto w = tied_world();
    w->countries[0].commitment.log_hazard_forecast = fixed(portable::log(0.5));
    w->couplings[0].gamma_early = w->couplings[0].gamma_late = fixed(2.0);
    const auto plain = prepare(*w);
    const MemberId id{3, 7};
    const auto expected = run_member(plain, draw_member(*w, id), id, CouplingSwitch::on, nullptr, nullptr);
    w->couplings[0].drawn_weight = uniform(1.0, 1.0);
    REQUIRE(draws_ties(*w));
    const auto prepared = prepare(*w);
    const auto drawn = run_member(prepared, draw_member(*w, id), id, CouplingSwitch::on, nullptr, nullptr);
    CHECK(drawn.stage_step == expected.stage_step);
    REQUIRE(drawn.events.size() == expected.events.size());
    for (std::size_t e = 0; e < drawn.events.size(); ++e)
        CHECK(drawn.events[e].share == expected.events[e].share);
}

}  // namespace
}  // namespace domino::sim
