#include "tests/validation/validation_page.h"

#include <unistd.h>

#include <catch2/catch.hpp>
#include <cstdio>
#include <fstream>
#include <limits>

using namespace domino::validation;

namespace {

ValidationRow row(const std::string& case_id, const std::string& what, double obtained) {
    return {.case_id = case_id,
            .what = what,
            .expected = 2.0,
            .obtained = obtained,
            .tolerance = 1e-3,
            .source = "s"};
}

}  // namespace

TEST_CASE("a number is held to its tolerance", "[page]") {
    ValidationRow r = row("V1", "a", 2.0019);
    CHECK(within_tolerance(r));
    r.kind = ToleranceKind::absolute;
    CHECK_FALSE(within_tolerance(r));
    r.kind = ToleranceKind::standard_errors;
    CHECK_FALSE(within_tolerance(r));
    r.standard_error = 3e-4;
    CHECK(within_tolerance(r));
    r.obtained = std::numeric_limits<double>::quiet_NaN();
    CHECK_FALSE(within_tolerance(r));
}

TEST_CASE("rows are merged by case, and a difference is told", "[page]") {
    const std::string path = "validation_page_test." + std::to_string(::getpid()) + ".md";
    std::ofstream(path) << "# Before\n<!-- table: begin -->\n<!-- table: end -->\nafter\n";
    merge_into_table(path, to_lines({row("V10", "b", 2.0), row("V2", "a", 2.0)}));
    merge_into_table(path, to_lines({row("V2", "c", 1.9999)}));
    const TableLines page = read_table(path);
    CHECK(page.size() == 2);
    CHECK(page.begin()->second == std::vector<std::string>{"| V2 | c | 2 | 1.9999 | 0.001 relative | s |"});
    CHECK(differences(page, to_lines({row("V2", "c", 1.9999)})).empty());
    CHECK(differences(page, to_lines({row("V2", "c", 1.9998)})).size() == 2);
    CHECK(differences(page, to_lines({row("V10", "b", 2.0), row("V10", "d", 2.0)})).size() == 1);
    CHECK(differences(page, to_lines({row("V3", "b", 2.0)})).size() == 1);
    std::ifstream in(path);
    std::string first, last;
    std::getline(in, first);
    for (std::string line; std::getline(in, line);) last = line;
    CHECK(first == "# Before");
    CHECK(last == "after");
    std::ofstream(path) << "no table";
    CHECK_THROWS(read_table(path));
    std::remove(path.c_str());
}
