#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "scenarios/scenario.h"
#include "sim/calendar.h"

namespace domino::scenarios {

/// What joins two cities: a project with its activities, or an agreement, a tie alone.
enum class StrategyTie : std::uint8_t { project, agreement };

constexpr std::string_view tie_name(StrategyTie tie) {
    return tie == StrategyTie::project ? "project" : "agreement";
}

/// A project or agreement that a strategy chooses.
struct StrategyProject {
    std::string id;
    StrategyTie tie = StrategyTie::project;
    std::uint32_t place = 0;                  ///< index into the places of the world
    std::optional<std::uint32_t> partner;     ///< the Japanese municipality
    sim::Month from, to;                      ///< `to` is the first month without it
    int phases = 0;                           ///< of a project
    double cost_jpy_per_year = 0.0;           ///< nominal
    std::vector<std::uint16_t> technologies;  ///< what it is about, ascending; empty: all
    std::string reason;                       ///< why this place, in words

    /// Over all its months, nominal.
    double cost_jpy() const { return cost_jpy_per_year * (to.value - from.value) / 12.0; }
};

/// What a strategy does in one of its rounds.
struct StrategyRound {
    sim::Month month;
    std::size_t begins = 0, runs = 0;  ///< projects that begin, and all that then run
    std::size_t agreements = 0;        ///< that then hold
    double cost_jpy_per_year = 0.0;    ///< of those that run and hold
    std::string limit;                 ///< why no more begin
};

/// Whom a strategy supports when, at what cost and why.
struct StrategyPlan {
    StrategyRule rule = StrategyRule::none;
    std::vector<StrategyProject> projects;  ///< by start, then rank
    std::vector<StrategyRound> rounds;
    std::size_t candidates = 0;  ///< places a rule chose among
    double budget_jpy_per_year = 0.0;
};

}  // namespace domino::scenarios
