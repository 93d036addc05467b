#include <algorithm>
#include <catch2/catch.hpp>
#include <cmath>
#include <string>
#include <vector>

#include "sim/credit_projects.h"
#include "tests/sim/rich_world.h"
#include "tests/validation/validation_table.h"

using namespace domino::sim;
using domino::sim::test::identity_order;
using domino::sim::test::rich_world;
using domino::validation::record;

TEST_CASE("V16 (d) subsidies", "[validation]") {
    // Dear and cheap units, so that now the ceiling of one half and now the cap per tonne binds.
    World world = rich_world(identity_order(24));
    world.credits.budget_jpy.assign(world.credits.budget_jpy.size(), 1e12);
    world.technologies[1].countries[0].capex_jpy = world.technologies[1].countries[1].capex_jpy = 4e5;
    const PreparedWorld prepared = prepare(world);
    const std::vector<double> relative_cost(world.technologies.size(), 1.0);
    std::size_t above = 0, at_half = 0, below_half = 0, unshared = 0, unbalanced = 0;
    for (std::uint32_t member = 0; member < 50; ++member) {
        const MemberDraws draws = draw_member(world, {16, member});
        std::vector<double> promised(60, 0.0);
        double promised_before = 0.0;
        for (std::size_t year = 0; year < 20; ++year) {
            double paid = 0.0;
            for (const CreditProject& project :
                 credit_year(prepared, world.credits, draws, {16, member}, year, relative_cost, promised)) {
                const double share = project.subsidy_jpy / project.cost_jpy;
                paid += project.subsidy_jpy;
                if (share > 0.5 * (1.0 + 1e-12)) ++above;
                (share > 0.5 * (1.0 - 1e-9) ? at_half : below_half) += 1;
                const double shared = project.subsidy_jpy + project.private_jpy;
                if (!(std::abs(shared - project.cost_jpy) <= 1e-12 * project.cost_jpy)) ++unshared;
            }
            double all_promised = 0.0;
            for (const double jpy : promised) all_promised += jpy;
            if (std::abs(all_promised - promised_before - paid) > 1e-9 * std::max(1.0, all_promised))
                ++unbalanced;
            promised_before = all_promised;
        }
    }
    CHECK(at_half > 100);
    CHECK(below_half > 100);
    const auto record_none = [](const std::string& what, std::size_t breaches, const char* source) {
        record({.case_id = "V16",
                .what = what,
                .expected = 0.0,
                .obtained = static_cast<double>(breaches),
                .source = source});
    };
    record_none("(d) projects paid more than half of their cost", above, "JCM model projects' rules");
    record_none("(d) projects whose public and private parts are not their cost", unshared, "identity");
    record_none("(d) years in which the programme's spending is not the sum of its subsidies", unbalanced,
                "identity");
}
