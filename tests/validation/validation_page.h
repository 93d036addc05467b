#pragma once

#include <map>
#include <string>
#include <vector>

#include "tests/validation/validation_table.h"

namespace domino::validation {

/// Lines of the table by case number: {3, "| V3 | directed path | 1.75 | … |"}.
using TableLines = std::map<int, std::vector<std::string>>;

/// The number behind the V of a case id or of the name of a test case; 0 where there is none.
int case_number(const std::string& name);

/// Rows as lines of the page's table. Numbers have ten digits, so that the same program gives the same lines.
TableLines to_lines(const std::vector<ValidationRow>& rows);

/// The lines of the table of a page (docs/validation.md), between its two markers. Throws std::runtime_error
/// naming the file when it cannot be read or has no markers.
TableLines read_table(const std::string& path);

/// Replaces the lines of the cases in `fresh` and leaves all else on the page as it is. Processes that do
/// this at the same time wait for one another.
void merge_into_table(const std::string& path, const TableLines& fresh);

/// Where the page differs from what was recorded, for the cases recorded; empty where it does not.
std::vector<std::string> differences(const TableLines& on_page, const TableLines& recorded);

}  // namespace domino::validation
