#include "scenarios/proposal/score_bands.h"

#include "tests/scenarios/proposal/small_proposal.h"

using namespace domino::scenarios;
using namespace domino::scenarios::test;

namespace {

struct Edge {
    std::string item;
    double value, low, high;
    bool defined;
};

}  // namespace

TEST_CASE("every edge of every band of the shipped sheet gives the points printed, and gaps give both") {
    const std::vector<Edge> edges = {{"cost", 0, 5, 5, true},
                                     {"cost", 4000, 5, 5, true},
                                     {"cost", 4000.5, 4, 5, false},
                                     {"cost", 4001, 4, 4, true},
                                     {"cost", 5000, 4, 4, true},
                                     {"cost", 5000.5, 3, 4, false},
                                     {"cost", 5001, 3, 3, true},
                                     {"cost", 6000, 3, 3, true},
                                     {"cost", 6001, 2, 2, true},
                                     {"cost", 7000, 2, 2, true},
                                     {"cost", 7001, 1, 1, true},
                                     {"cost", 8000, 1, 1, true},
                                     {"cost", 8000.25, 0, 1, false},
                                     {"cost", 8001, 0, 0, true},
                                     {"cost", 1e9, 0, 0, true},
                                     {"ghg", 0, 0, 0, true},
                                     {"ghg", 999, 0, 0, true},
                                     {"ghg", 999.5, 0, 1, false},
                                     {"ghg", 1000, 1, 1, true},
                                     {"ghg", 4999, 1, 1, true},
                                     {"ghg", 4999.5, 1, 2, false},
                                     {"ghg", 5000, 2, 2, true},
                                     {"ghg", 9999, 2, 2, true},
                                     {"ghg", 10000, 3, 3, true},
                                     {"ghg", 49999, 3, 3, true},
                                     {"ghg", 50000, 4, 4, true},
                                     {"ghg", 99999, 4, 4, true},
                                     {"ghg", 99999.9, 4, 5, false},
                                     {"ghg", 100000, 5, 5, true},
                                     {"engineer_load", 0, 5, 5, true},
                                     {"engineer_load", 0.99, 5, 5, true},
                                     {"engineer_load", 1, 4, 5, false},
                                     {"engineer_load", 2, 4, 4, true},
                                     {"engineer_load", 2.5, 3, 4, false},
                                     {"engineer_load", 3, 3, 3, true},
                                     {"engineer_load", 4, 2, 2, true},
                                     {"engineer_load", 5, 1, 1, true},
                                     {"engineer_load", 5.5, 0, 1, false},
                                     {"engineer_load", 6, 0, 0, true},
                                     {"engineer_load", 60, 0, 0, true},
                                     {"past_collaboration", 0, 0, 0, true},
                                     {"past_collaboration", 1, 5, 5, true},
                                     {"past_collaboration", 2, 10, 10, true},
                                     {"past_collaboration", 9, 10, 10, true},
                                     {"environmental_management", 0, 0, 0, true},
                                     {"environmental_management", 1, 5, 5, true},
                                     {"environmental_management", 3, 5, 5, true}};
    for (const Edge& edge : edges) {
        const Criterion* criterion = shipped_sheet().find(edge.item);
        REQUIRE(criterion != nullptr);
        const BandScore score = criterion->bands->score(edge.value);
        INFO(edge.item << " " << edge.value << ": " << score.reason);
        CHECK(score.points == PointRange{edge.low, edge.high});
        CHECK(score.defined == edge.defined);
        CHECK((score.reason.find("undefined") == std::string::npos) == edge.defined);
    }
}

TEST_CASE("both columns of the sheet sum to 185") {
    double fresh = 0.0, ongoing = 0.0;
    for (const Criterion& criterion : shipped_sheet().criteria) {
        fresh += criterion.points_new;
        ongoing += criterion.points_ongoing;
    }
    CHECK(fresh == 185.0);
    CHECK(ongoing == 185.0);
    CHECK(shipped_sheet().criteria.size() == 14);
    CHECK(shipped_sheet().criteria.front().item == "overall");
}

TEST_CASE("points with names are those of the sheet") {
    const auto& work_life = *shipped_sheet().find("work_life")->named;
    CHECK(work_life.rule == NamedRule::highest);
    CHECK(work_life.find("Platinum Eruboshi") == 5.0);
    CHECK(work_life.find("Eruboshi level 3") == 4.0);
    CHECK(work_life.find("Kurumin (former standard)") == 2.0);
    CHECK(work_life.find("Youth Yell") == 4.0);
    CHECK_FALSE(work_life.find("Gold"));
    const auto& targets = *shipped_sheet().find("targets")->named;
    CHECK(targets.rule == NamedRule::each);
    CHECK(targets.points.size() == 3);
}

TEST_CASE("bands that overlap or cannot be read are refused") {
    CHECK_FALSE(ScoreBands::parse("t/yr: 0 to 10: 1; 5 to 20: 2"));
    CHECK_FALSE(ScoreBands::parse("t/yr: 0 to 10: 1; 10 to 20: 2"));
    CHECK_FALSE(ScoreBands::parse("t/yr: some: 1"));
    CHECK_FALSE(ScoreBands::parse("t/yr: 10 to 0: 1"));
    CHECK_FALSE(ScoreBands::parse("t/yr: 0 to 10"));
    CHECK_FALSE(ScoreBands::parse(""));
    CHECK(ScoreBands::parse("t/yr: less than 10: 1; 10 and more: 2"));
    CHECK_FALSE(NamedPoints::parse("sum: a: 1"));
}
