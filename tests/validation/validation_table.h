#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace domino::validation {

/// How far `obtained` may stand from `expected`.
enum class ToleranceKind : std::uint8_t {
    relative,        ///< |obtained − expected| ≤ tolerance · |expected|
    absolute,        ///< |obtained − expected| ≤ tolerance
    standard_errors  ///< |obtained − expected| ≤ 4 · standard_error + tolerance (a stated bias of the model)
};

/// One compared number of a case: a row of docs/validation.md.
struct ValidationRow {
    std::string case_id;  ///< "V3"; the name of the test case begins with it
    std::string what;     ///< unique within the case, without '|'
    double expected = 0.0;
    double obtained = 0.0;
    double tolerance = 0.0;
    ToleranceKind kind = ToleranceKind::relative;
    double standard_error = 0.0;  ///< of a Monte Carlo mean, from its replicates
    std::string source;           ///< who says what is expected: "Bass 1969", "identity"
};

/// Whether the number is within its tolerance; NaN never is.
bool within_tolerance(const ValidationRow& row);

/// Compares the number (a failed Catch2 check tells the whole row) and keeps it for the table. To be called
/// in a test case whose name begins with the row's case. Returns whether it is within its tolerance.
bool record(const ValidationRow& row);

/// The rows recorded so far in this process, in order.
const std::vector<ValidationRow>& recorded_rows();

}  // namespace domino::validation
