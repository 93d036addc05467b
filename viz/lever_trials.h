#pragma once

#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "scenarios/built_world.h"
#include "scenarios/scenario.h"
#include "sim/ensemble.h"

namespace domino::viz {

/// Where two runs differ: no silent no-op.
struct ChangeSummary {
    std::size_t places = 0;         ///< places with any different emissions or stage in any member
    std::optional<int> first_year;  ///< first calendar year in which any of them differs
    std::vector<char> changed;      ///< [place]
};

/// The same where results of places are kept as distributions: a place has changed where its mean, its
/// quantiles or its stages have.
ChangeSummary compare_distributions(const sim::RunResults& a, const sim::RunResults& b);

/// Compares the first @p members of two runs of the same places bit by bit.
ChangeSummary compare_runs(const sim::RunResults& a, const sim::RunResults& b, int members);

/// One lever of several, tried by itself on the first few members.
struct LeverTrial {
    std::string key;        ///< LeverChange::key
    int members = 0;        ///< how many members were tried
    ChangeSummary alone;    ///< the reference with this lever, against the reference
    ChangeSummary without;  ///< the scenario without this lever, against the scenario
    /// Tried together with the other levers of a section that one of them switches on or off.
    bool with_section = false;
};

/// What lever trials start from: both scenarios, their worlds and results.
struct TrialInputs {
    const scenarios::Scenario& scenario;
    const scenarios::Scenario& reference;
    const scenarios::BuiltWorld& reference_built;
    const sim::EnsembleResults& results;
    const std::vector<scenarios::LeverChange>& levers;
    std::filesystem::path data_dir;
};

/// Tries each lever by itself: builds the reference with it, and the scenario without it, and runs both for a
/// few members on the same draws. Levers of a section that one of them switches on or off are one: the others
/// mean nothing without it. Two levers are each other's counterpart and need no second trial. Empty for a
/// single lever, whose effect is the whole difference, and for more than eight, which would take longer than
/// the run. A world that does not build with one lever alone leaves that side of its trial empty.
/// Deterministic; throws as run_ensemble does.
std::vector<LeverTrial> try_levers(const TrialInputs& inputs, const sim::EnsembleOptions& options);

}  // namespace domino::viz
