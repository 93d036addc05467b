// Lines of docs/systems.md that move no tonne: they must change targets or credits.

#include <catch2/catch.hpp>
#include <string>
#include <utility>
#include <vector>

#include "scenarios/scenario.h"
#include "tests/geo/io/temp_folder.h"
#include "tests/support/systems_page.h"
#include "viz/target_assessment.h"

namespace domino {
namespace {

using scenarios::test::Ran;

/// What a target came to in a run, by its name.
struct Verdict {
    std::string id;
    bool assessed = false;
    double probability = 0.0;
    bool operator==(const Verdict&) const = default;
};

std::vector<Verdict> judge_targets(const Ran& ran) {
    const scenarios::Scenario scenario;
    sim::EnsembleResults results;
    results.scenario = ran.results;
    const auto assessment =
        viz::assess_targets({.scenario = scenario, .built = ran.built, .results = results});
    std::vector<Verdict> verdicts;
    for (std::size_t t = 0; t < assessment.scenario.size(); ++t) {
        const sim::TargetResult& result = assessment.scenario[t];
        verdicts.push_back(
            {ran.built.targets[t].id, result.status == sim::TargetStatus::assessed, result.probability});
    }
    return verdicts;
}

const Verdict* find(const std::vector<Verdict>& verdicts, const std::string& id) {
    for (const Verdict& v : verdicts)
        if (v.id == id) return &v;
    return nullptr;
}

bool same_credits(const sim::CreditResults& a, const sim::CreditResults& b) {
    return a.parties == b.parties && a.first_transferred == b.first_transferred && a.used == b.used &&
           a.supply == b.supply;
}

}  // namespace

TEST_CASE("every line of the accounts of systems changes targets or credits") {
    const auto page = scenarios::test::read_page();
    REQUIRE(page.accounts.size() >= 4);
    const geo::testing::TempFolder folder;
    folder.write("base.toml", page.base);
    const Ran base = scenarios::test::run_scenario(folder / "base.toml");
    const std::vector<Verdict> before = judge_targets(base);
    for (const auto& row : page.accounts) {
        CAPTURE(row.system);
        std::string text = "extends = \"base.toml\"\n";
        for (const auto& line : row.lines) text += line + "\n";
        folder.write("line.toml", text);
        const Ran changed = scenarios::test::run_scenario(folder / "line.toml");
        const std::vector<Verdict> after = judge_targets(changed);
        if (row.system.starts_with(" Japan's contribution")) {
            const Verdict* then = find(before, "JPN-2035-unconditional");
            const Verdict* now = find(after, "JPN-2035-unconditional");
            REQUIRE(then != nullptr);
            REQUIRE(now != nullptr);
            CHECK_FALSE(then->assessed);
            CHECK(now->assessed);
        }
        CHECK((before != after || !same_credits(base.results.credits, changed.results.credits)));
    }
}

}  // namespace domino
