#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "scenarios/built_world.h"
#include "scenarios/scenario.h"
#include "sim/ensemble.h"
#include "sim/statistics/paired_difference.h"
#include "viz/equity_groups.h"
#include "viz/pathways.h"
#include "viz/results_folder.h"

namespace domino::viz {

/// One scenario among those compared. All have the same places, countries, technologies and months, and
/// were run on the same draws.
struct ComparedRun {
    std::string name;  ///< one of its own
    const scenarios::Scenario& scenario;
    const scenarios::BuiltWorld& built;
    const sim::RunResults& results;
    const sim::RunResults* reference = nullptr;  ///< business as usual of targets that ask for it, or none
    /// Of results whose scenario was run again: the program that wrote them.
    std::optional<ProgramVersion> written_by = std::nullopt;
};

/// What is compared: a quantity of a region, place or target in one year.
struct ComparedQuantity {
    std::string_view metric;  ///< a variable of viz/codelist/, or one of this table's own
    std::string_view unit;
    std::string_view region;    ///< country, "All countries", a group of places or of countries
    std::string_view place_id;  ///< empty but for places
    int year = 0;
    std::optional<sim::Better> better;  ///< none where neither more nor less is better
};

/// A difference of which only the mean is known: all else is NaN.
sim::PairedDifference mean_alone(sim::PairedDifference difference);

/// Two of the scenarios, by their numbers.
struct ComparedPair {
    std::size_t a = 0;
    std::size_t b = 0;
};

/// A target of both scenarios that could be assessed in both.
struct ComparedTarget {
    std::string_view id;
    std::string_view country;
    int year = 0;
    double chance_a = 0.0, chance_b = 0.0;  ///< share of members that meet it
    sim::PairedDifference gap_mt;           ///< emissions less the lenient level
    sim::PairedDifference met;              ///< 1 where a member meets it, 0 where not
};

/// Scenarios side by side, member by member. Holds every series of every member.
class Comparison {
 public:
    /// Keeps references to what the runs refer to. Throws std::invalid_argument for fewer than two.
    Comparison(std::vector<ComparedRun> runs, const sim::EnsembleOptions& options);

    const std::vector<ComparedRun>& runs() const { return runs_; }
    const sim::EnsembleOptions& options() const { return options_; }
    /// Countries by income, as the first scenario's world has them.
    const EquityGroups& equity() const { return equity_; }
    /// Each scenario with each one after it, in the order given.
    std::vector<ComparedPair> pairs() const;
    /// Whether single places are compared; not where results of places were kept as distributions.
    bool compares_places() const;
    int first_year() const { return runs_.front().results.calendar.first_year(); }
    int last_year() const { return first_year() + static_cast<int>(runs_.front().results.years) - 1; }

    using Visit = std::function<void(const ComparedQuantity&, const sim::PairedDifference&)>;
    /// Where a run keeps the mean of a series alone (stages reached, with places kept as distributions), the
    /// quantiles and the share of better members are NaN. Calls @p visit for all countries and each, groups
    /// of countries by income, and groups of places, by series and year; then for targets; then for places,
    /// by place and year.
    void visit_differences(const ComparedPair& pair, const Visit& visit) const;
    /// The first part of it alone: all but targets and places.
    void visit_series(const ComparedPair& pair, const Visit& visit) const;
    void visit_targets(const ComparedPair& pair,
                       const std::function<void(const ComparedTarget&)>& visit) const;
    /// The last part: emissions (t CO2e) and commitment. Only where places are compared.
    void visit_places(const ComparedPair& pair, const Visit& visit) const;

    /// All members of one year of a series; empty where the run has no such series.
    std::vector<double> members(std::size_t run, std::string_view region, std::string_view variable,
                                int year) const;
    struct Variable {
        std::string name, unit;
        bool has_members = true;  ///< false where a run keeps its mean alone
    };
    /// Variables of a region that begin with @p prefix, in the order of pathways.csv.
    std::vector<Variable> variables(std::string_view region, std::string_view prefix) const;
    /// Tonnes avoided by @p pair.a against pair.b over the run for a million JPY (present value) that a pays
    /// more. Not stated where their means differ by less than `least_extra_support`.
    sim::PairedRatio tonnes_per_million(const ComparedPair& pair) const;
    /// Places whose emissions or commitment differ in some member and year; 0 where places are not compared.
    std::size_t count_changed_places(const ComparedPair& pair) const;

 private:
    bool has_members(const PathwaySeries& series) const {
        return series.kind == SeriesKind::summary || compares_places();
    }
    const PathwaySeries* find(std::size_t run, std::string_view region, std::string_view variable) const;

    std::vector<ComparedRun> runs_;
    sim::EnsembleOptions options_;
    EquityGroups equity_;
    std::vector<std::vector<PathwaySeries>> series_;       ///< by run
    std::vector<std::vector<sim::TargetResult>> targets_;  ///< by run, then as BuiltWorld::targets
};

/// Of what b pays: where a pays less than this more or less, tonnes for it would be tonnes for next to
/// nothing. A convention.
inline constexpr double least_extra_support = 1e-3;

/// The variable of emissions of a year.
inline constexpr std::string_view emissions_metric = "Emissions|Kyoto Gases";

/// Emissions of all years up to and including this one.
inline constexpr std::string_view cumulative_emissions = "Cumulative Emissions|Kyoto Gases";

}  // namespace domino::viz
