#include <catch2/catch.hpp>

#include "scenarios/built_world.h"
#include "tests/scenarios/world/literal_pack.h"

namespace domino::scenarios {
namespace {

using test::literal_scenario;
using test::LiteralPack;
using test::TemporaryFolder;

LiteralPack pack_with_parameters() {
    LiteralPack pack;
    pack.tables["parameters"] +=
        "elec_share_residential_jpn,homes,%,28,uniform,22.4,33.6,,G,guess\n"
        "lulucf_jpn,land,Mt CO2e/yr,-1,fixed,,,,S,inventory\n"
        "lulucf_vnm,land,Mt CO2e/yr,-0.2,normal,-0.2,0.1,,S,inventory\n"
        "jcm_factor,grid factor,1,0.7,uniform,0.4,0.9,,C,computed\n"
        "w_collab_agreement,agreement,1,0.3,uniform,0,1,,G,guess\n"
        "gravity_r0,decay,km,100,log_uniform,30,300,,G,guess\n";
    return pack;
}

BuiltWorld build(const Scenario& scenario) {
    const TemporaryFolder folder;
    auto result = build_world(scenario, pack_with_parameters().write(folder));
    for (const auto& problem : result.problems) UNSCOPED_INFO(format(problem));
    REQUIRE(result.built);
    return std::move(*result.built);
}

const sim::LayerCoupling& coupling(const BuiltWorld& built, const std::string& name) {
    for (std::size_t l = 0; l < built.world.layers.size(); ++l) {
        if (built.world.layers[l].name == name) return built.world.couplings[l];
    }
    FAIL("no layer " << name);
    return built.world.couplings.front();
}

bool is_input(const BuiltWorld& built, const std::string& key) {
    for (const auto& input : built.inputs) {
        if (input.key == key && !input.prior.empty()) return true;
    }
    return false;
}

TEST_CASE("users of electricity, land use and the grid factor of credits reach the world as priors") {
    const auto built = build(literal_scenario());
    const auto& japan = built.world.countries[0];
    const auto& viet_nam = built.world.countries[1];
    CHECK(japan.electricity_user_share[0] == sim::uniform(22.4, 33.6));
    CHECK(japan.electricity_user_share[1] == sim::fixed(33.0));
    REQUIRE(japan.lulucf_projected_t);
    CHECK(*japan.lulucf_projected_t == sim::fixed(-1e6));
    REQUIRE(viet_nam.lulucf_projected_t);
    CHECK(viet_nam.lulucf_projected_t->a == Approx(-0.2e6));
    CHECK(viet_nam.lulucf_projected_t->b == Approx(0.1e6));
    CHECK(built.world.credits.grid_factor == sim::uniform(0.4, 0.9));
    CHECK(built.world.credits.central_grid_factor == Approx(0.65));
    const auto& solar = built.world.technologies[0];
    REQUIRE(solar.id == "solar_pv_residential");
    // No fuel: the whole credit grows with the grid factor.
    CHECK(solar.countries[1].jcm_t_per_unit_year ==
          Approx(0.65 * solar.countries[1].jcm_margin_t_per_unit_year));
    CHECK(solar.first_projected_world_year == 2025);
    for (const std::string key : {"elec_share_residential_jpn", "lulucf_vnm", "jcm_factor"})
        CHECK(is_input(built, key));
}

TEST_CASE("a scenario's own level of land use is meant as it stands") {
    auto scenario = literal_scenario();
    scenario.parameters["lulucf_vnm"] = sim::normal(3.0, 0.5);
    const auto built = build(scenario);
    REQUIRE(built.world.countries[1].lulucf_projected_t);
    CHECK(built.world.countries[1].lulucf_projected_t->a == Approx(3e6));
    CHECK(built.world.countries[1].lulucf.base_t == Approx(-0.2e6));
}

TEST_CASE("the intensity of agreements is drawn unless the scenario sets it") {
    auto scenario = literal_scenario();
    const auto built = build(scenario);
    const auto& drawn = coupling(built, "collaboration").drawn_weight;
    CHECK(drawn.a == 0.0);
    CHECK(drawn.b == Approx(1.0 / 0.3));
    bool agreement = false, project = false;
    for (const auto& layer : built.world.layers) {
        if (layer.name != "collaboration") continue;
        REQUIRE(layer.drawn_weight.size() == layer.weight.size());
        for (std::size_t e = 0; e < layer.weight.size(); ++e) {
            agreement = agreement || (layer.drawn_weight[e] > 0.0 && layer.weight[e] == Approx(0.3));
            project = project || (layer.drawn_weight[e] == 0.0 && layer.weight[e] > 0.0);
        }
    }
    CHECK(agreement);
    CHECK(project);

    scenario.collaboration.agreement_weight = 0.3;
    scenario.set_at["collaboration.agreement_weight"] = {};
    CHECK(coupling(build(scenario), "collaboration").drawn_weight == sim::fixed(1.0));
    scenario.parameters["w_collab_agreement"] = sim::uniform(0.3, 0.6);
    scenario.set_at["parameters.w_collab_agreement"] = {};
    CHECK(coupling(build(scenario), "collaboration").drawn_weight.a == Approx(1.0));
}

TEST_CASE("the decay length of gravity is drawn unless the scenario sets it, radiation has none") {
    auto scenario = literal_scenario();
    CHECK(coupling(build(scenario), "proximity").decay_ratio == sim::fixed(1.0));
    scenario.proximity.weight = ProximityWeight::gravity;
    const auto ratio = coupling(build(scenario), "proximity").decay_ratio;
    CHECK(ratio.family == sim::Family::log_uniform);
    CHECK(ratio.a == Approx(0.3));
    CHECK(ratio.b == Approx(3.0));
    scenario.set_at["proximity.decay"] = {};
    CHECK(coupling(build(scenario), "proximity").decay_ratio == sim::fixed(1.0));
}

}  // namespace
}  // namespace domino::scenarios
