#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace domino::sim {

/// What a commitment of a kind implies: emissions of `year` are at most (1 − reduction) of the base year's.
struct ImpliedTarget {
    int year = 2030;
    double reduction = 0.5;  ///< 0 … 1; 1 is net zero
    std::string text, source;
};

/// Places that belong together: members of a network, supported areas, a coalition.
struct PlaceGroup {
    std::string id;                     ///< "race_to_zero"
    std::string name;                   ///< "Race to Zero members"
    std::vector<std::uint32_t> places;  ///< ascending
    int base_year = 2019;               ///< of the implied targets
    /// Per place of the group: emissions of the base year over those of the run's first calendar year; not
    /// used where the base year lies in the run, empty where it is not known.
    std::vector<double> base_factor;
    std::vector<ImpliedTarget> targets;  ///< may be empty
    std::string source;
};

}  // namespace domino::sim
