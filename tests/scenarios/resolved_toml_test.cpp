#include <catch2/catch.hpp>

#include "scenarios/json_schema.h"
#include "scenarios/scenario.h"
#include "scenarios/template_toml.h"
#include "tests/scenarios/small_pack.h"

using namespace domino;
using namespace domino::scenarios;
using namespace domino::scenarios::test;

namespace {

Scenario load_good(const std::filesystem::path& file, const std::filesystem::path& pack) {
    LoadedScenario loaded = load_scenario(file, pack);
    for (const Problem& p : loaded.problems) UNSCOPED_INFO(format(p));
    REQUIRE(loaded.scenario.has_value());
    return std::move(*loaded.scenario);
}

const std::string rich = R"(
name = "rich"
title = "A \"title\" with ä and \\"
description = """two
lines"""
technologies = ["ev_car"]
[run]
seed = 123456789012345
end = "2035-06"
[places]
countries = ["jcm_partners", "Japan"]
min_population = "12345.678 people"
[proximity]
decay = "33.3333 km"
[c3p]
scaled_from = "2026-04"
projects_scale = 2.1
budget = "0.123456789 GJPY/yr"
[jcm]
subsidy_ceiling = "33.3 %"
start_lag = "7 months"
[output.grid]
resolution = "7.5 arcmin"
west = -3
south = 1.5
east = 4
north = 2
[output.downscaling]
transport_fuel = "night_lights"
[parameters]
phase_switch = { log_uniform = [0.013, 0.35], zero = 0.1 }
beta_population = -0.1
[[places.layers]]
path = "x.csv"
id = "id"
name = "n"
population = "p"
country = "c"
crs = "EPSG:32648"
coupling = "isolated"
[[places.covariates]]
name = "slope"
path = "x.csv"
beta = -0.02
centre = 5
sampling = "bilinear"
[[collaboration.agreements]]
japan = "Kobe"
partner = "Hue"
from = "2027-01"
[[layers]]
name = "l"
path = "x.csv"
gamma_late = { uniform = [0, 1] }
[[price_schemes]]
id = "g"
technology = "ev_car"
countries = ["Japan"]
from = "2027-01"
share = 0.15
budget = "1.7 GJPY/yr"
[[targets]]
id = "t"
country = "Japan"
type = "fixed_level"
year = 2035
level = "300.3 MtCO2e"
)";

}  // namespace

TEST_CASE("the resolved scenario loads back to the same values and resolves to itself") {
    TemporaryFolder folder, elsewhere;
    const auto pack = write_small_pack(folder);
    folder.write("x.csv", "");
    for (const std::string& text : {minimal_scenario, rich}) {
        const Scenario first = load_good(folder.write("s.toml", text), pack);
        const std::string resolved = resolved_toml(first, pack);
        CAPTURE(resolved);
        const Scenario second = load_good(elsewhere.write("resolved.toml", resolved), pack);
        CHECK(differences(first, second).empty());
        CHECK(second.name == first.name);
        CHECK(second.title == first.title);
        CHECK(second.description == first.description);
        const std::string again = resolved_toml(second, pack);
        const Scenario third = load_good(elsewhere.write("again.toml", again), pack);
        CHECK(resolved_toml(third, pack) == again);
    }
}

TEST_CASE("the resolved scenario says where a value comes from") {
    TemporaryFolder folder;
    const auto pack = write_small_pack(folder);
    folder.write("x.csv", "");
    const std::string resolved = resolved_toml(load_good(folder.write("s.toml", rich), pack), pack);
    CHECK(resolved.find("decay = \"33.3333 km\"  # set by the scenario\n") != std::string::npos);
    CHECK(resolved.find("neighbours = 12  # default, guess\n") != std::string::npos);
    CHECK(resolved.find("max_phases = 2  # default, sourced: ") != std::string::npos);
    CHECK(
        resolved.find("# \"gamma_collaboration\" = { half_normal = 0.5, zero = 0.5 }  # guess: no study\n") !=
        std::string::npos);
    CHECK(resolved.find(
              "\"phase_switch\" = { log_uniform = [0.013, 0.35], zero = 0.1 }  # set by the scenario\n") !=
          std::string::npos);
}

TEST_CASE("what members draw stays drawn when the resolved scenario is run") {
    TemporaryFolder folder;
    const auto pack = write_small_pack(folder);
    const Scenario scenario = load_good(folder.write("s.toml", minimal_scenario), pack);
    const std::string resolved = resolved_toml(scenario, pack);
    CHECK(resolved.find("\n# decay = \"100 km\"  # default, guess; each member draws gravity_r0") !=
          std::string::npos);
    const Scenario again = load_good(folder.write("resolved.toml", resolved), pack);
    for (const char* key : {"proximity.decay", "collaboration.agreement_weight"})
        CHECK_FALSE(again.set_at.contains(key));
}

TEST_CASE("differences are what the planner changed") {
    TemporaryFolder folder;
    const auto pack = write_small_pack(folder);
    folder.write("x.csv", "");
    const Scenario base = load_good(folder.write("base.toml", rich), pack);
    const Scenario same = load_good(folder.write("same.toml", "extends = \"base.toml\"\n"), pack);
    CHECK(differences(base, same).empty());
    const Scenario changed = load_good(folder.write("changed.toml", R"(
extends = "base.toml"
[c3p]
projects_scale = 4
[jcm]
budget = "7 GJPY/yr"
[parameters]
gamma_collaboration = 0.3
[[collaboration.agreements]]
japan = "Kobe"
partner = "Da Nang"
from = "2028-01"
)"),
                                       pack);
    const auto changes = differences(base, changed);
    REQUIRE(changes.size() == 4);
    CHECK(changes[0].key == "c3p.projects_scale");
    CHECK(changes[0].from == "2.1");
    CHECK(changes[0].to == "4");
    CHECK(changes[0].since == "2026-04");
    CHECK(changes[1].key == "jcm.budget");
    CHECK(changes[1].from == "3.8 GJPY/yr");
    CHECK(changes[1].to == "7 GJPY/yr");
    CHECK(changes[2].key == "parameters.gamma_collaboration");
    CHECK(changes[2].from == "as in the data pack");
    CHECK(changes[3].key == "collaboration.agreements.Kobe – Da Nang");
    CHECK(changes[3].since == "2028-01");
    CHECK(differences(changed, base).size() == 4);
}

TEST_CASE("the checked-in JSON Schema is the one the program writes") {
    // Write it again with: domino validate --schema > scenarios/scenario.schema.json
    std::ifstream file(std::string(DOMINO_SOURCE_DIR) + "/scenarios/scenario.schema.json");
    const std::string checked_in((std::istreambuf_iterator<char>(file)), std::istreambuf_iterator<char>());
    CHECK(checked_in == json_schema());
}

TEST_CASE("the template loads as it stands, and with every comment sign of a key taken off") {
    TemporaryFolder folder;
    folder.write("pack/tables/countries.csv",
                 "iso3,name,aliases\nJPN,Japan,\nVNM,Viet Nam,\nTHA,Thailand,\n");
    folder.write("pack/tables/jcm_partners.csv", "iso3,name,status\nVNM,Viet Nam,partner\n");
    folder.write("pack/tables/technologies.csv",
                 "tech_id\nsolar_pv_residential\nroom_ac_inverter\nev_car\ne2w\nwaste_to_energy\n");
    folder.write("pack/tables/network_members.csv", "network\nrace_to_zero\n");
    folder.write("pack/tables/parameters.csv",
                 "parameter_id,default,prior,a,b,zero_mass\ngamma_collaboration,,half_normal,0.5,,0.5\n"
                 "phase_switch_share,,uniform,0.1,0.35,0\n");
    const std::string text = template_toml();
    const Scenario plain = load_good(folder.write("my.toml", text), folder.path() / "pack");
    CHECK(plain.c3p.projects_scale == 2.0);

    std::string all;
    for (std::size_t begin = 0; begin < text.size();) {
        const std::size_t end = text.find('\n', begin);
        std::string line = text.substr(begin, end - begin);
        begin = end + 1;
        const bool key =
            line.starts_with("# ") && (line.find(" = ") != std::string::npos || line.starts_with("# [["));
        // Of a covariate, what is taken over areas does not go with its default, the point, nor do years with
        // one column.
        const bool excluded = line.starts_with("# statistic =") || line.starts_with("# weights") ||
                              line.starts_with("# class_low =") || line.starts_with("# class_high =") ||
                              line.starts_with("# years =") || line.starts_with("# between =");
        all += (key && !excluded ? line.substr(2) : line) + "\n";
    }
    for (const char* name : {"jcm-2040.toml", "districts.gpkg", "slope.tif", "slope_east.tif",
                             "built_up.gpkg", "sister_cities.csv"})
        folder.write(name, "");
    folder.write("jcm-2040.toml", minimal_scenario);
    const std::string scenario = all.replace(all.find("countries = [\"Japan\", \"Viet Nam\"]"), 34,
                                             "countries = [\"Japan\", \"Viet Nam\", \"Thailand\"]");
    load_good(folder.write("all.toml", scenario), folder.path() / "pack");
}
