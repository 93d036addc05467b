#include "tests/validation/validation_table.h"

#include <fmt/format.h>

#include <catch2/catch.hpp>
#include <cmath>

namespace domino::validation {

namespace {

std::vector<ValidationRow>& rows_of_this_process() {
    static std::vector<ValidationRow> rows;
    return rows;
}

double allowed_difference(const ValidationRow& row) {
    switch (row.kind) {
        case ToleranceKind::relative:
            return row.tolerance * std::abs(row.expected);
        case ToleranceKind::absolute:
            return row.tolerance;
        case ToleranceKind::standard_errors:
            return 4.0 * row.standard_error + row.tolerance;
    }
    return 0.0;
}

}  // namespace

bool within_tolerance(const ValidationRow& row) {
    return std::abs(row.obtained - row.expected) <= allowed_difference(row);
}

bool record(const ValidationRow& row) {
    const std::string test = Catch::getResultCapture().getCurrentTestName();
    INFO(fmt::format("{} {}: expected {:.17g}, obtained {:.17g}, allowed difference {:.3g} ({})", row.case_id,
                     row.what, row.expected, row.obtained, allowed_difference(row), row.source));
    // The table is checked case by case, so a row in another case's test would be lost.
    REQUIRE(test.rfind(row.case_id + " ", 0) == 0);
    REQUIRE((row.what + row.source).find('|') == std::string::npos);
    for (const ValidationRow& other : rows_of_this_process()) {
        REQUIRE_FALSE((other.case_id == row.case_id && other.what == row.what));
    }
    rows_of_this_process().push_back(row);
    const bool within = within_tolerance(row);
    CHECK(within);
    return within;
}

const std::vector<ValidationRow>& recorded_rows() {
    return rows_of_this_process();
}

}  // namespace domino::validation
