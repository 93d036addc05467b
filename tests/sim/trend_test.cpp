// The trend under which the mean field passes the observed counts.
#include "sim/trend.h"

#include <catch2/catch.hpp>
#include <cmath>
#include <deque>

#include "sim/drawn_ties.h"
#include "sim/exposure.h"
#include "sim/trend_search.h"
#include "tests/sim/changing_covariate.h"
#include "tests/sim/rich_world.h"

using namespace domino::sim;

namespace {

constexpr std::uint32_t place_count = 60;

/// Counts to meet in three windows, dated and drawn ties, phases, a covariate that changes, programmes,
/// places observed to commit, a nation that withdraws within a window and comes back within the next.
World counted_world() {
    test::LiteralWorld w(0);
    *w = test::rich_world(test::identity_order(place_count));
    std::vector<DatedEdge> dated;
    for (std::uint32_t i = 0; i < place_count; ++i) {
        const auto other = static_cast<std::uint32_t>(test::random_at(i, 50) * place_count);
        const int from = make_month(2019, 1).value + static_cast<int>(test::random_at(i, 51) * 60.0);
        if (other != i) dated.push_back({other, i, 0.5, Month{from}, Month{from + 30}});
        if (i % 13 == 0) w->places[i].committed_since = make_month(2018, 1);
        if (i % 17 == 1) w->places[i].committed_since = make_month(2021, 5);
    }
    w.add_layer("dated", LayerKind::network, dated, 0.0);
    w->couplings.back().gamma_early = half_normal(1.0);
    w->couplings.back().gamma_late = half_normal(3.0);
    w->couplings[0].decay_ratio = log_uniform(0.5, 2.0);
    w->countries[0].commitment.observed = {
        {make_month(2020, 6), 0.15}, {make_month(2021, 12), 0.3}, {make_month(2023, 3), 0.55}};
    Withdrawal out;
    out.id = "AAA 2021-03";
    out.from = make_month(2021, 3);
    out.to = make_month(2022, 8);
    out.coalition.assign(place_count, 0);
    for (std::uint32_t i = 0; i < place_count; i += 6) out.coalition[i] = 1;
    out.propensity_factor = uniform(0.2, 0.6);
    w->withdrawals.push_back(out);
    test::add_changing_covariate(*w, "income");
    return *w;
}

struct Members {
    explicit Members(const World& world, std::uint32_t count) : prepared(prepare(world)) {
        for (std::uint32_t m = 0; m < count; ++m) {
            draws.push_back(draw_member(world, {7, m}));
            ties.push_back(with_drawn_ties(prepared, draws.back()));
            propensity.push_back(place_propensity(prepared, draws.back()));
            fields.push_back({&draws[m], &propensity[m], &ties[m]});
        }
    }

    PreparedWorld prepared;
    std::deque<MemberDraws> draws;
    std::deque<PreparedWorld> ties;
    std::deque<std::vector<double>> propensity;
    std::vector<MeanFieldMember> fields;
};

/// The mean field of one country written out in double: its share at the end of each step.
std::vector<double> plain_shares(const PreparedWorld& own, const MemberDraws& draws,
                                 const std::vector<double>& propensity, const Trend& trend,
                                 std::size_t country) {
    const auto& places = own.country_places[country];
    const double years = part_years(own.world->calendar);
    std::vector<double> c(own.places, 0.0);
    for (const std::uint32_t i : places) c[i] = own.committed_from_step[i] < 0 ? 1.0 : 0.0;
    const auto share = [&] {
        double sum = 0.0;
        for (const std::uint32_t i : places) sum += c[i];
        return sum / static_cast<double>(places.size());
    };
    std::vector<double> shares;
    for (int step = 0; step < own.steps; ++step) {
        const bool late = share() >= draws.phase_switch;
        std::vector<double> next = c;
        for (const std::uint32_t i : places) {
            double pull = 1.0;
            for (std::size_t l = 0; l < own.layers.size(); ++l) {
                const LayerDraws& layer = draws.layers[l];
                pull += (late ? layer.gamma_late : layer.gamma_early) *
                        respond(own.layers[l].response, exposure(own.layers[l], i, step, own.steps, c),
                                layer.threshold);
            }
            const HazardCovariate& income = own.world->covariates[0];
            const std::vector<double>& x = income.by_year[static_cast<std::size_t>(step / 12)];
            const double moved = std::exp(draws.coefficients[0] * (x[i] - income.centred[i]));
            const Withdrawal& out = own.world->withdrawals[0];
            const Month month = own.world->calendar.month(step);
            const bool absent = country == out.country && out.from <= month && month < out.to;
            const double theta =
                propensity[i] *
                (absent && out.coalition[i] == 0 ? draws.withdrawals[0].propensity_factor : 1.0);
            const double hazard =
                moved * std::exp(trend.log_hazard[country][static_cast<std::size_t>(step)]) * theta * pull +
                draws.countries[country].block_rate_per_year * draws.block_join +
                draws.support_hazard * own.support_at(step, i).policy_dialogue;
            next[i] =
                own.committed_from_step[i] <= step ? 1.0 : 1.0 - (1.0 - c[i]) * std::exp(-hazard * years);
        }
        c = next;
        shares.push_back(share());
    }
    return shares;
}

}  // namespace

TEST_CASE("the mean field, in double, passes every count under the trend that was solved") {
    const World world = counted_world();
    const Members members(world, 16);
    const std::vector<Trend> trends = solve_trends(members.prepared, members.fields);
    int met = 0;
    for (std::size_t m = 0; m < 16; ++m) {
        CAPTURE(m);
        for (std::size_t country = 0; country < 2; ++country) {
            const auto shares =
                plain_shares(members.ties[m], members.draws[m], members.propensity[m], trends[m], country);
            for (const ObservedCount& count : world.countries[country].commitment.observed) {
                const auto step = static_cast<std::size_t>(count.month.value - world.calendar.first.value);
                // Joint declarations and programmes alone may bring more than was counted.
                if (trends[m].log_hazard[country][step] < TrendSearch::lowest + 1e-5) {
                    CHECK(shares[step] > count.share);
                    continue;
                }
                ++met;
                CHECK(shares[step] == Approx(count.share).epsilon(1e-5));
            }
        }
    }
    CHECK(met > 32);
}

TEST_CASE("a member's trend is the same in any company, by any instruction set and with threads") {
    const World world = counted_world();
    const Members members(world, 16);
    const std::vector<Trend> together = solve_trends(members.prepared, members.fields);
    const Threads threads(3);
    for (std::size_t m = 0; m < 16; ++m) {
        const auto alone = solve_trends(members.prepared, std::span(&members.fields[m], 1), nullptr,
                                        InstructionSet::baseline);
        REQUIRE(alone.front().log_hazard == together[m].log_hazard);
    }
    const auto shared = solve_trends(members.prepared, std::span(members.fields).first(5), &threads);
    for (std::size_t m = 0; m < 5; ++m) REQUIRE(shared[m].log_hazard == together[m].log_hazard);
}

TEST_CASE("a withdrawal before a count is made up for by the trend") {
    test::LiteralWorld w(10);
    w->countries[0].commitment.observed = {{make_month(2023, 1), 0.4}};
    Withdrawal out;
    out.id = "AAA 2019-01";
    out.from = make_month(2019, 1);
    out.to = make_month(2030, 1);
    out.coalition.assign(10, 0);
    out.propensity_factor = fixed(0.5);
    const auto solved = [&] {
        const PreparedWorld prepared = prepare(*w);
        const MemberDraws draws = draw_member(*w, {1, 0});
        return solve_trend(prepared, draws, place_propensity(prepared, draws)).log_hazard[0];
    };
    const std::vector<double> present = solved();
    w->withdrawals.push_back(out);
    const std::vector<double> absent = solved();
    // Half the propensity throughout takes twice the hazard.
    CHECK(absent[0] - present[0] == Approx(std::log(2.0)).margin(1e-5));
    w->withdrawals[0].from = make_month(2023, 2);  // after the count
    CHECK(solved() == present);
}

TEST_CASE("a count below what has committed, or beyond all reach, leaves the bound") {
    test::LiteralWorld w(10);
    w->places[0].committed_since = make_month(2018, 1);
    w->countries[0].commitment.observed = {{make_month(2021, 1), 0.05}, {make_month(2021, 2), 1.0}};
    const PreparedWorld prepared = prepare(*w);
    const MemberDraws draws = draw_member(*w, {1, 0});
    const Trend trend = solve_trend(prepared, draws, place_propensity(prepared, draws));
    CHECK(trend.log_hazard[0][0] == TrendSearch::lowest);
    const auto second = static_cast<std::size_t>(make_month(2021, 2).value - w->calendar.first.value);
    CHECK(trend.log_hazard[0][second] == TrendSearch::highest);
}

TEST_CASE("the search finds a root, a jump and a bound") {
    const auto find = [](double start, double count, auto share, int most_trials) {
        TrendSearch search(start, count, 2.0);
        int trials = 0;
        while (!search.found()) {
            REQUIRE(++trials <= most_trials);
            search.take(share(search.at()));
        }
        return search.at();
    };
    // Contagion makes the share steeper than a pure exponential.
    const auto contagion = [](double a) { return 0.1 + 0.9 * (1.0 - std::exp(-2.0 * std::exp(1.3 * a))); };
    const double root = find(0.1, 0.4, contagion, 12);
    CHECK(contagion(root) == Approx(0.4).epsilon(1e-5));
    const auto jump = [](double a) { return a < -3.217 ? 0.1 : 0.8; };
    CHECK(find(0.0, 0.5, jump, 60) == Approx(-3.217).margin(2e-6));
    CHECK(find(
              0.0, 0.5, [](double) { return 0.2; }, 60) == TrendSearch::highest);
    CHECK(find(
              0.0, 0.5, [](double) { return 0.7; }, 60) == Approx(TrendSearch::lowest).margin(2e-6));
}
