#include <catch2/catch.hpp>

#include "viz/picture/chart_axis.h"

using namespace domino::viz;

TEST_CASE("an axis has round ticks that hold what is drawn", "[picture]") {
    const ChartAxis money = make_axis(0.0, 500.0, 7);
    CHECK(money.ticks == std::vector<double>{0, 100, 200, 300, 400, 500});
    CHECK(money.label(300) == "300");
    const ChartAxis small = make_axis(-0.011, 0.043, 6);
    CHECK(small.low == Approx(-0.02));
    CHECK(small.high == Approx(0.05));
    CHECK(small.label(small.ticks[2]) == "0.00");
    CHECK(small.label(-0.0) == "0.00");
    CHECK(small.label(-0.01) == "-0.01");
    CHECK(make_axis(0.0, 13.7, 6).high >= 13.7);
    const ChartAxis flat = make_axis(0.0, 0.0, 5);
    CHECK(flat.high > flat.low);
    CHECK(make_axis(3.0, 3.0, 5).high > 3.0);
}
