#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "scenarios/built_world.h"
#include "scenarios/scenario.h"
#include "scenarios/world/pack.h"

namespace domino::scenarios {

/// A row of parameters.csv.
struct ParameterRecord {
    std::string symbol, meaning, unit, source;
    std::optional<double> standard;   ///< default
    std::optional<sim::Prior> prior;  ///< none where the row is a fixed figure
    char mark = 'G';
};

/// The parameters of the pack under the scenario's overrides. Every one that is asked for is remembered, for
/// the list of what was assumed.
class Parameters {
 public:
    /// Throws geo::ProblemError for a damaged table.
    Parameters(Pack& pack, const Scenario& scenario);

    /// The prior of a symbol: the scenario's, else the pack's, else @p fallback (mark G).
    sim::Prior prior(const std::string& symbol, const sim::Prior& fallback) const;

    /// As prior(), but the default where the row has no prior.
    double value(const std::string& symbol, double fallback) const;

    /// The default as the table states it (which need not be the prior's median); the scenario's median where
    /// it sets the parameter. Not listed among the inputs.
    double standard(const std::string& symbol, double fallback) const;

    /// Whether the scenario sets the symbol.
    bool is_set(const std::string& symbol) const { return overrides_.contains(symbol); }

    /// Parameters the scenario sets that nothing has asked for.
    std::vector<std::string> unused_overrides() const;

    /// What was asked for so far, ordered by symbol.
    std::vector<InputRecord> inputs() const;

 private:
    InputRecord describe_input(const std::string& symbol, const sim::Prior& prior, bool overridden) const;

    std::map<std::string, ParameterRecord> records_;
    std::map<std::string, sim::Prior> overrides_;
    mutable std::map<std::string, InputRecord> used_;
};

}  // namespace domino::scenarios
