#pragma once

#include <vector>

namespace domino::sim {

/// The three activities of a city-to-city project (guidebook 2.3) and how intensely a phase carries each out,
/// 0 (not at all) to 1 (in full). Each acts through a channel of its own: feasibility studies open JCM
/// projects, policy dialogue adds to the hazard of commitment (s), capacity building adds to capacity (κ2)
/// and helps adoption (η_S).
struct SupportChannels {
    double feasibility = 1.0;
    double policy_dialogue = 1.0;
    double capacity_building = 1.0;

    friend bool operator==(const SupportChannels&, const SupportChannels&) = default;
};

/// What a place's support amounts to in a month: of all windows alive there, the strongest of each activity.
struct SupportLevel {
    double policy_dialogue = 0.0;
    double capacity_building = 0.0;                ///< multiplies κ2
    double adoption = 0.0;                         ///< multiplies η_S, of every technology
    std::vector<double> technology_adoption = {};  ///< by technology, at least `adoption`; empty: all alike

    friend bool operator==(const SupportLevel&, const SupportLevel&) = default;
};

}  // namespace domino::sim
