#pragma once

#include <cstddef>
#include <optional>

#include "sim/results.h"
#include "sim/targets.h"
#include "sim/world.h"

namespace domino::sim {

/// The emissions of a target's country as the target counts them: calendar or fiscal years, re-based to its
/// inventory, with land use where the target has it (model §5, "like with like"). Mt CO2e. Refers to what it
/// was made from.
class TargetAccount {
 public:
    TargetAccount(const Target& target, const World& world, const RunResults& results);

    /// What emissions are multiplied by: the filed level of the base year over the run's inventory of it; 1
    /// where the target's reference is not its base year, or nothing is known of it.
    double ratio() const { return ratio_; }
    int ratio_year() const { return ratio_year_; }  ///< 0 where there is none

    /// Base-year emissions in the target's accounting: as filed, else the run's inventory.
    std::optional<double> base_level_mt() const;
    /// Whether a year lies whole inside the run.
    bool covers(int year) const;
    /// Emissions of a year the run covers.
    double simulated_mt(int year, std::size_t member) const;
    /// Emissions of any year: the run's, else the observed inventory's; nullopt where neither knows it.
    std::optional<double> known_mt(int year, std::size_t member) const;
    /// Largest emissions of a member from the first observed year to `year`.
    double peak_mt(int year, std::size_t member) const;

 private:
    bool counts_part() const { return !target_.sectors.empty() || !target_.remainder_parts.empty(); }
    bool fiscal() const;
    double part_t(std::size_t year, std::size_t member) const;
    std::optional<double> observed_mt(int year) const;
    std::optional<double> own_base_mt() const;
    void rebase();

    const Target& target_;
    const Country& country_;
    const RunResults& results_;
    double ratio_ = 1.0;
    int ratio_year_ = 0;
};

}  // namespace domino::sim
