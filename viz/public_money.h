#pragma once

#include <vector>

#include "scenarios/built_world.h"
#include "sim/ensemble.h"
#include "sim/present_value.h"
#include "sim/results.h"
#include "viz/pathways.h"

namespace domino::viz {

/// Nominal public money of all programmes, credits, leases and price schemes in one year of a run (by offset)
/// and one member, JPY.
double public_money_jpy(const sim::RunResults& results, std::size_t year, std::size_t member);

/// Values money of several years, each member at its own discount rate, the same in a scenario and its
/// reference.
class Valuer {
 public:
    Valuer(const scenarios::BuiltWorld& built, const sim::EnsembleOptions& options);

    /// Present value of public money from one year offset to another, both included, in real JPY of the
    /// world's money year, discounted to that year; by member.
    std::vector<double> present_value_jpy(const sim::RunResults& results, std::size_t from,
                                          std::size_t to) const;

 private:
    std::vector<sim::Valuation> members_;
};

/// `Present Value of Public Support`: what all programmes have paid by the end of each year, valued.
PathwaySeries present_value_series(const scenarios::BuiltWorld& built, const sim::RunResults& results,
                                   const sim::EnsembleOptions& options,
                                   MemberValues keep = MemberValues::drop);

}  // namespace domino::viz
