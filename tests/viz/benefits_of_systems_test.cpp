// The line of docs/systems.md for the benefits of guidebook Tables 1 and 2, run on the pack.

#include <algorithm>
#include <catch2/catch.hpp>

#include "tests/geo/io/temp_folder.h"
#include "tests/support/systems_page.h"
#include "viz/benefits.h"

namespace domino {
namespace {

using scenarios::test::Ran;

/// Sum over years of what a run delivers of a benefit, mean over members.
double delivered(const Ran& ran, const std::string& id) {
    double sum = 0.0;
    for (const auto& benefit : viz::deliver_benefits(ran.built, ran.results)) {
        if (benefit.benefit->id != id) continue;
        for (const double value : benefit.value) sum += value / static_cast<double>(benefit.members);
    }
    return sum;
}

TEST_CASE("without studies and training the benefits that come of them are gone, the ties are not") {
    const auto page = scenarios::test::read_page();
    const auto row = std::find_if(page.rows.begin(), page.rows.end(), [](const auto& r) {
        return r.system.find("Benefits for partner") != std::string::npos;
    });
    REQUIRE(row != page.rows.end());
    REQUIRE(row->lines.size() == 1);
    const geo::testing::TempFolder folder;
    folder.write("base.toml", page.base);
    folder.write("line.toml", "extends = \"base.toml\"\n" + row->lines.front() + "\n");
    const Ran with = scenarios::test::run_scenario(folder / "base.toml");
    const Ran without = scenarios::test::run_scenario(folder / "line.toml");
    REQUIRE(viz::deliver_benefits(with.built, with.results).size() == 12);
    for (const char* id : {"city_business", "company_staff"}) {
        CAPTURE(id);
        CHECK(delivered(with, id) > 0.0);
        CHECK(delivered(without, id) == 0.0);
    }
    for (const char* id : {"city_networks", "city_visibility", "company_networks", "company_visibility"}) {
        CAPTURE(id);
        CHECK(delivered(with, id) > 0.0);
        CHECK(delivered(without, id) == delivered(with, id));
    }
    // Fewer JCM projects, less capacity: less equipment with support, and never more cities of able staff.
    CHECK(delivered(without, "company_technology") < delivered(with, "company_technology"));
    CHECK(delivered(without, "city_staff") <= delivered(with, "city_staff"));
    for (const char* id : {"city_zero_carbon", "city_appeal", "city_pride", "company_brand"}) {
        CAPTURE(id);
        CHECK(delivered(with, id) > 0.0);
    }
}

}  // namespace
}  // namespace domino
