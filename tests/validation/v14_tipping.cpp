#include <catch2/catch.hpp>
#include <string>
#include <tuple>

#include "sim/dynamics/tipping.h"
#include "tests/validation/validation_table.h"

using namespace domino::sim;
using domino::validation::record;
using domino::validation::ToleranceKind;

namespace {

constexpr const char* pycascades = "pycascades, cusp";

void record_tipping(const std::string& what, bool tips, double end) {
    record({.case_id = "V14",
            .what = what + ", tipped at the end (1 yes, 0 no)",
            .expected = tips ? 1.0 : 0.0,
            .obtained = end > 0.0 ? 1.0 : 0.0,
            .tolerance = 0.0,
            .kind = ToleranceKind::absolute,
            .source = pycascades});
}

}  // namespace

TEST_CASE("V14 one tipping element", "[validation]") {
    record({.case_id = "V14",
            .what = "critical forcing",
            .expected = 0.3849001795,
            .obtained = critical_forcing({}),
            .tolerance = 1e-9,
            .source = pycascades});
    for (const auto& [text, c, tips] :
         {std::tuple("c = 0.38", 0.38, false), std::tuple("c = 0.39", 0.39, true)}) {
        const TippingRun run = settle_tipping({{{.c = c}}, {}}, {-1.0});
        record_tipping(std::string(text) + " from x = −1", tips, run.state[0]);
    }
}

TEST_CASE("V14 two coupled tipping elements", "[validation]") {
    record({.case_id = "V14",
            .what = "c = 0.4, resting state, root",
            .expected = 1.1597048528,
            .obtained = tipped_state({.c = 0.4}),
            .tolerance = 1e-9,
            .source = pycascades});
    record({.case_id = "V14",
            .what = "critical coupling d, adiabatic",
            .expected = 0.3318949459,
            .obtained = critical_coupling({.c = 0.4}, {}),
            .tolerance = 1e-9,
            .source = pycascades});
    for (const auto& [text, d, tips] :
         {std::tuple("d = 0.30", 0.30, false), std::tuple("d = 0.36", 0.36, true)}) {
        const TippingNetwork network{{{.c = 0.4}, {.c = 0.0}}, {{.from = 0, .to = 1, .strength = d}}};
        const TippingRun run = settle_tipping(network, {-1.0, -1.0});
        record({.case_id = "V14",
                .what = std::string(text) + ", element 1 at the end",
                .expected = 1.1597048528,
                .obtained = run.state[0],
                .tolerance = 1e-8,
                .source = pycascades});
        record_tipping(std::string(text) + ", element 2", tips, run.state[1]);
    }
}
