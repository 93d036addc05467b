#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "sim/results.h"
#include "sim/world.h"

namespace domino::sim {

enum class TargetType : std::uint8_t {
    base_year,
    bau,
    intensity,
    fixed_level,
    absolute_reduction,
    peak_minus,
    trajectory,
    budget,
    sectoral,
    unknown
};
enum class Conditionality : std::uint8_t { unconditional, conditional, combined };
enum class LulucfTreatment : std::uint8_t { excluded, included, gross_net, unknown };
enum class YearBasis : std::uint8_t { calendar, fiscal };
/// Whether business as usual is a filed number, or what the reference run gives in the same member.
enum class BauLevel : std::uint8_t { stated, reference_run };

/// A national target as filed. Levels in Mt CO2e; fractions in 0 … 1.
struct Target {
    std::string id;
    std::uint16_t country = 0;
    TargetType type = TargetType::unknown;
    Conditionality conditionality = Conditionality::unconditional;
    LulucfTreatment lulucf = LulucfTreatment::unknown;
    YearBasis year_basis = YearBasis::calendar;
    int target_year = 2030;
    std::optional<int> period_start;  ///< budgets and trajectories
    std::optional<int> base_year;
    std::optional<double> value_low,
        value_high;                            ///< fraction (reductions), Mt (absolute_reduction, peak minus)
    std::optional<double> reference_level_mt;  ///< E_b, B_T or the like, as filed
    std::optional<double> level_low_mt, level_high_mt;  ///< as filed or derived in the pack
    std::optional<double> start_level_mt;  ///< of a trajectory, in period_start; linear to the level
    BauLevel bau = BauLevel::stated;
    /// What a sectoral target counts; both empty: a part of the economy the run does not know.
    std::vector<Sector> sectors;
    std::vector<RemainderPart> remainder_parts;
    std::string gases, coverage;                     ///< as filed; empty: all
    std::optional<double> reference_gdp_musd;        ///< intensity: GDP of the base year
    std::vector<std::pair<int, double>> history_mt;  ///< national inventory by year (the run's inventory)
    std::vector<std::pair<int, double>> lulucf_history_mt;
    std::string source, confidence, text;
};

/// Whether a target counts the emissions of all years of its period together rather than of its last year.
bool counts_over_period(const Target& target);

enum class TargetStatus : std::uint8_t { assessed, not_assessable };

/// What a run says of one target.
struct TargetResult {
    TargetStatus status = TargetStatus::not_assessable;
    std::string reason;  ///< why not assessable
    double level_low_mt = 0,
           level_high_mt = 0;          ///< the level met at or below (mean over members where it moves)
    double rebase_ratio = 1.0;         ///< target's inventory / the run's inventory in the reference year
    int ratio_year = 0;                ///< 0: no re-basing, the run has no inventory for the reference year
    double probability = 0.0;          ///< share of members at or below the high (lenient) level
    double probability_low = 0.0;      ///< at or below the low (strict) level
    std::vector<double> emissions_mt;  ///< [member], in the target's own accounting, target year
    std::vector<double> gap_mt;        ///< [member], emissions − lenient level
    double cumulative_gap_mt =
        0.0;  ///< mean over members: sum of yearly excess over the straight line to the level
    /// With corresponding adjustments for credits, in the target's own accounting; empty where credits are
    /// off. [member]
    std::vector<double> balance_mt;
    double probability_adjusted = 0.0;      ///< share of members whose balance meets the high level
    double probability_adjusted_low = 0.0;  ///< the low level
};

/// Level in Mt CO2e from the formulas of the model page §5; nullopt where an input is missing.
/// base_year, sectoral (1−v)E_b · bau (1−v)B_T · intensity (1−v)I_b·GDP_T · fixed L · absolute B_T − v ·
/// peak_minus (1−v)·peak for v < 1, peak − v for an amount in Mt.
std::optional<double> target_level_mt(const Target& target, double value,
                                      std::optional<double> gdp_target_year_musd,
                                      std::optional<double> bau_target_year_mt,
                                      std::optional<double> peak_mt);

/// Assesses a target on a run. @p reference is the run whose emissions are business as usual where a target
/// says so (BauLevel::reference_run); it has the members of @p results. A trajectory with a start level is
/// met by a member whose every year of the period lies at or below the line. Deterministic. Never reports a
/// target as met whose level or year is missing.
TargetResult assess(const Target& target, const World& world, const RunResults& results,
                    const RunResults* reference = nullptr);

}  // namespace domino::sim
