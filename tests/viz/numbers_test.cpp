#include <catch2/catch.hpp>

#include <cmath>
#include <cstdlib>
#include <limits>
#include <vector>

#include "viz/number_text.h"
#include "viz/quantiles.h"

using namespace domino::viz;

TEST_CASE("quantiles are those of R's type 7") {
    // R: quantile(c(15, 20, 35, 40, 50), c(.05, .4, .5, .95)) = 16, 29, 35, 48
    const std::vector<double> values = {15, 20, 35, 40, 50};
    const std::span<const double> span(values);
    CHECK(sorted_quantile(span, 0.05) == Approx(16.0).epsilon(1e-14));
    CHECK(sorted_quantile(span, 0.4) == Approx(29.0).epsilon(1e-14));
    CHECK(sorted_quantile(span, 0.5) == 35.0);
    CHECK(sorted_quantile(span, 0.95) == Approx(48.0).epsilon(1e-14));
    CHECK(sorted_quantile(span, 0.0) == 15.0);
    CHECK(sorted_quantile(span, 1.0) == 50.0);
}

TEST_CASE("a summary does not mind the order of the members") {
    Summarizer summarizer;
    const std::vector<float> members = {40.0F, 15.0F, 50.0F, 20.0F, 35.0F};
    const Summary s = summarizer.summarize(std::span<const float>(members));
    CHECK(s.mean == 32.0);
    CHECK(s.p05 == Approx(16.0));
    CHECK(s.p50 == 35.0);
    CHECK(s.p95 == Approx(48.0));
    const std::vector<double> one = {7.0};
    const Summary single = summarizer.summarize(std::span<const double>(one));
    CHECK(single.p05 == 7.0);
    CHECK(single.p95 == 7.0);
}

TEST_CASE("numbers are written plainly, without the locale, and read back") {
    CHECK(number_text(0.0) == "0");
    CHECK(number_text(-0.0) == "0");
    CHECK(number_text(1.0) == "1");
    CHECK(number_text(-2.5) == "-2.5");
    CHECK(number_text(123456789012.0) == "123456789000");
    CHECK(number_text(1234.56789012) == "1234.56789");
    CHECK(number_text(0.000123456789123) == "0.000123456789");
    CHECK(number_text(99999.9999996) == "100000");
    CHECK(number_text(1e-9) == "1e-9");
    CHECK(number_text(2.5e20) == "2.5e20");
    CHECK(number_text(std::numeric_limits<double>::quiet_NaN()).empty());
    CHECK(number_text(0.123456, 2) == "0.12");
    for (const double value : {3.14159265358979, 1e-7, 8.5e16, 6378137.0, 1.0 / 3.0}) {
        const std::string text = number_text(value);
        CHECK(std::fabs(std::strtod(text.c_str(), nullptr) / value - 1.0) <= 5e-9);
    }
}

TEST_CASE("markup is escaped") {
    CHECK(markup("a<b & \"c\">") == "a&lt;b &amp; &quot;c&quot;&gt;");
}
