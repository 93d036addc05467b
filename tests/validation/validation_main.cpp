// The suite's program: Catch2's own options, and
//   --write-table FILE   replace the rows of the cases that ran in FILE (docs/validation.md)
//   --check-table FILE   fail unless FILE holds exactly the rows of the cases that ran
//   --check-cases FILE   run nothing; fail unless FILE holds rows of exactly the cases there are
#define CATCH_CONFIG_RUNNER
#include <catch2/catch.hpp>
#include <exception>
#include <iostream>
#include <set>

#include "tests/validation/validation_page.h"

namespace {

using domino::validation::TableLines;

int check_cases(const std::string& path, const Catch::Config& config) {
    std::set<int> tested, told;
    for (const Catch::TestCase& test : Catch::getAllTestCasesSorted(config)) {
        tested.insert(domino::validation::case_number(test.name));
    }
    tested.erase(0);
    for (const auto& [number, rows] : domino::validation::read_table(path)) told.insert(number);
    if (tested == told) return 0;
    for (const int number : tested) {
        if (told.count(number) == 0)
            std::cerr << path << ": V" << number << " has no rows; write the table anew\n";
    }
    for (const int number : told) {
        if (tested.count(number) == 0) std::cerr << path << ": V" << number << " has rows but no test\n";
    }
    return 1;
}

int check_table(const std::string& path, const TableLines& recorded) {
    const auto told = domino::validation::differences(domino::validation::read_table(path), recorded);
    for (const std::string& line : told) std::cerr << path << ": " << line << '\n';
    if (!told.empty()) std::cerr << "Write it anew: tests_validation --write-table " << path << '\n';
    return told.empty() ? 0 : 1;
}

}  // namespace

int main(int argc, char** argv) {
    Catch::Session session;
    std::string write, check, cases;
    using Catch::clara::Opt;
    session.cli(session.cli() |
                Opt(write, "file")["--write-table"]("replace the rows of the cases that ran") |
                Opt(check, "file")["--check-table"]("compare with the rows of the cases that ran") |
                Opt(cases, "file")["--check-cases"]("compare the cases only, run nothing"));
    if (const int usage = session.applyCommandLine(argc, argv); usage != 0) return usage;
    try {
        if (!cases.empty()) return check_cases(cases, session.config());
        const int failed = session.run();
        const TableLines recorded = domino::validation::to_lines(domino::validation::recorded_rows());
        if (!write.empty() && failed == 0) domino::validation::merge_into_table(write, recorded);
        const int differs = check.empty() ? 0 : check_table(check, recorded);
        return failed != 0 ? failed : differs;
    } catch (const std::exception& e) {
        std::cerr << e.what() << '\n';
        return 1;
    }
}
