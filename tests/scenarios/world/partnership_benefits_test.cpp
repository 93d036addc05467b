#include "scenarios/world/partnership_benefits.h"

#include <catch2/catch.hpp>
#include <set>

#include "tests/scenarios/world/literal_pack.h"

namespace domino::scenarios {
namespace {

TEST_CASE("the pack holds the 7 and 5 benefits of the guidebook, each with its technologies") {
    Pack pack(std::filesystem::path(DOMINO_SOURCE_DIR) / "data");
    const auto benefits =
        read_partnership_benefits(pack, {"solar_pv_residential", "waste_to_energy", "ev_car"});
    REQUIRE(benefits.size() == 12);
    std::set<BenefitMeasure> measures;
    for (std::size_t i = 0; i < benefits.size(); ++i) {
        CAPTURE(benefits[i].id);
        CHECK(benefits[i].beneficiary == (i < 7 ? Beneficiary::partner_city : Beneficiary::local_company));
        CHECK_FALSE(benefits[i].label.empty());
        CHECK_FALSE(benefits[i].source.empty());
        measures.insert(benefits[i].measure);
    }
    CHECK(measures.size() == benefit_measure_ids.size());
    using Technologies = std::vector<std::size_t>;
    CHECK(benefits[0].technologies == Technologies{0, 1, 2});  // climate: all
    CHECK(benefits[1].technologies.empty());                   // studies, not equipment
    CHECK(benefits[2].technologies == Technologies{0, 1, 2});  // city appeal
    CHECK(benefits[7].technologies == Technologies{0, 1});     // bills and waste
}

TEST_CASE("an unknown measure or beneficiary is told with its line, a pack without the table has none") {
    test::LiteralPack literal;
    const test::TemporaryFolder folder;
    const std::string header = "benefit_id,guidebook_table,number,beneficiary,benefit,measure\n";
    const auto read = [&](const std::string& row) {
        literal.tables["partnership_benefits"] = header + row + "\n";
        Pack pack(literal.write(folder));
        return read_partnership_benefits(pack, {});
    };
    CHECK(read("b,2,1,local_company,B,tied_places").size() == 1);
    CHECK_THROWS_WITH(read("b,1,1,partner_city,B,smiles"), Catch::Contains("no run tells of \"smiles\"") &&
                                                               Catch::Contains("partnership_benefits.csv:2"));
    CHECK_THROWS_WITH(read("b,1,1,mayor,B,tied_places"), Catch::Contains("\"mayor\""));
    const test::TemporaryFolder other;
    literal.tables.erase("partnership_benefits");
    Pack without(literal.write(other));
    CHECK(read_partnership_benefits(without, {}).empty());
}

}  // namespace
}  // namespace domino::scenarios
