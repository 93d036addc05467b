#include <catch2/catch.hpp>

#include <algorithm>
#include <string>
#include <vector>

#include "scenarios/built_world.h"
#include "scenarios/world/named_places.h"
#include "tests/scenarios/world/literal_pack.h"

namespace domino::scenarios {
namespace {

using namespace test;
using Strings = std::vector<std::string>;

/// The literal pack, knowing three countries more than the scenario names.
LiteralPack wide_pack() {
    LiteralPack pack;
    pack.tables["countries"] += "THA,Thailand,,10\nIDN,Indonesia,,1\nMYS,Malaysia,,1\n";
    pack.tables["admin1"] += "ID-BA,IDN,Bali,,,,4000000,,115,-8\n";
    pack.tables["places"] +=
        "GN16,Medan,Medan,,IDN,ID-SU,98.7,3.6,2400000,2,5.0,90,\n"
        "GN17,Medan,Medan,,MYS,MY-01,101,3.1,2000,2,5.0,90,\n"
        "GN18,Twin,Twin,,IDN,ID-SU,98.7,3.6,50000,2,5.0,90,\n"
        "GN19,Twin,Twin,,MYS,MY-01,101,3.1,60000,2,5.0,90,\n"
        "GN20,Hathanh,Hathanh,,MYS,MY-01,101,3.1,700,2,5.0,90,\n";
    return pack;
}

Strings problems_of(const Scenario& scenario) {
    const TemporaryFolder folder;
    const auto result = build_world(scenario, wide_pack().write(folder));
    CHECK(result.built.has_value() == result.problems.empty());
    Strings lines;
    for (const auto& problem : result.problems) lines.push_back(format(problem));
    return lines;
}

Scenario with_agreement(const std::string& japan, const std::string& partner) {
    auto scenario = literal_scenario();
    scenario.collaboration.agreements.push_back(
        {japan, partner, sim::make_month(2026, 4), {}, false, {}, {"s.toml", 9, 1}});
    return scenario;
}

const std::string start = "s.toml:9:1: error: ";
const std::string why = " (an agreement joins a Japanese municipality and a partner abroad); ";

TEST_CASE("an agreement in the wrong direction is told as one, by name and by id") {
    CHECK(problems_of(with_agreement("Kita", "Song")).empty());
    CHECK(problems_of(with_agreement("GN1", "VN-01.rest")).empty());
    CHECK(problems_of(with_agreement("Song", "Kita")) ==
          Strings{start + "\"Song\" is in Viet Nam, and `japan` must be a Japanese municipality" + why +
                  "swap japan and partner"});
    CHECK(problems_of(with_agreement("GN12", "GN1")) ==
          Strings{start + "\"GN12\" (Song) is in Viet Nam, and `japan` must be a Japanese municipality" +
                  why + "swap japan and partner"});
    CHECK(problems_of(with_agreement("VN-01.rest", "JP-01")) ==
          Strings{start + "\"VN-01.rest\" (Red) is in Viet Nam, and `japan` must be a Japanese municipality" +
                  why + "swap japan and partner"});
}

TEST_CASE("an agreement within Japan, or without it, is told") {
    CHECK(problems_of(with_agreement("GN2", "GN1")) ==
          Strings{start +
                  "both ends are in Japan: \"GN1\" (Kita) is in Japan, and `partner` must be a place abroad" +
                  why + "name a place abroad"});
    CHECK(problems_of(with_agreement("Xa", "Song")) ==
          Strings{start +
                  "both ends are outside Japan: \"Xa\" is in Viet Nam, and `japan` must be a Japanese "
                  "municipality" +
                  why + "name a Japanese municipality"});
    const auto two = problems_of(with_agreement("Nowhere", "Kita"));
    REQUIRE(two.size() == 2);
    CHECK(two[0].find("no place is meant by \"Nowhere\"") != std::string::npos);
    CHECK(two[1].find("\"Kita\" is in Japan, and `partner` must be a place abroad") != std::string::npos);
    CHECK(two[1].find("both ends") == std::string::npos);
}

TEST_CASE("places of countries that the scenario leaves out are told from misspelt ones") {
    const std::string out = " is in Indonesia, which is not among places.countries" + why +
                            "add \"Indonesia\" to places.countries";
    CHECK(problems_of(with_agreement("Kita", "Medan")) == Strings{start + "\"Medan\"" + out});
    CHECK(problems_of(with_agreement("Kita", "GN16")) == Strings{start + "\"GN16\" (Medan)" + out});
    CHECK(problems_of(with_agreement("Kita", "Bali")) == Strings{start + "\"Bali\"" + out});
    CHECK(problems_of(with_agreement("Kita", "Twin")) ==
          Strings{start +
                  "there are places named \"Twin\" in Malaysia, Indonesia, but none in places.countries" +
                  why + "add the country of the one that is meant to places.countries"});
    // A hamlet elsewhere does not hide the likelier misspelling.
    CHECK(problems_of(with_agreement("Kita", "Hathanh")) ==
          Strings{start + "\"Hathanh\" is in Malaysia, which is not among places.countries" + why +
                  "add \"Malaysia\" to places.countries, or did you mean \"Ha Thanh\"?"});
    CHECK(problems_of(with_agreement("Kita", "Ha Thang")) ==
          Strings{start + "no place is meant by \"Ha Thang\"" + why + "did you mean \"Ha Thanh\"?"});

    auto abroad = with_agreement("Kita", "Song");
    abroad.places.countries = {"VNM"};
    CHECK(problems_of(abroad) == Strings{start + "\"Kita\" is in Japan, which is not among places.countries" +
                                         why + "add \"Japan\" to places.countries"});
}

TEST_CASE("events, places to include and places without ties are looked for in the same way") {
    auto scenario = literal_scenario();
    scenario.contacts.events = {{"x", sim::make_month(2027, 2), "Bali", {"Song", "Medan"}, {"s.toml", 4, 1}}};
    const std::string joined = " (an event joins its host and those who came); ";
    const std::string out = " is in Indonesia, which is not among places.countries";
    CHECK(problems_of(scenario) ==
          Strings{"s.toml:4:1: error: \"Bali\"" + out + joined + "add \"Indonesia\" to places.countries",
                  "s.toml:4:1: error: \"Medan\"" + out + joined + "add \"Indonesia\" to places.countries"});

    scenario = literal_scenario();
    scenario.places.include = {"Medan"};
    scenario.model.without_ties_of = {"Medan"};
    const auto lines = problems_of(scenario);
    REQUIRE(lines.size() == 2);
    CHECK(lines[0].find("\"Medan\"" + out) != std::string::npos);
    CHECK(lines[1].find("model.without_ties_of: \"Medan\"" + out) != std::string::npos);
}

}  // namespace
}  // namespace domino::scenarios
