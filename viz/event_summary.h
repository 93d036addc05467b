#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "scenarios/built_world.h"
#include "sim/results.h"

namespace domino::viz {

/// The seven causes of the report, then one per user layer. Coercion counts as own province.
enum CauseSlot : std::uint8_t {
    own_accord,
    joint_declaration,
    programme_support,
    agreement,
    network,
    nearby,
    own_province,
    first_user_layer
};

/// One kind of commitment over the members whose commitments are kept: this place, set off by this source,
/// for this cause.
struct EventGroup {
    std::uint32_t place = 0;
    std::uint32_t source = sim::no_place;
    std::uint8_t slot = own_accord;  ///< of the cause in the report
    std::uint32_t members = 0;       ///< in how many members it happened
    double median_step = 0.0;        ///< median over those members
    double mean_share = 0.0;         ///< mean share of the cause in the hazard
};

/// The part of a group that has one cause and layer, as the ledger names them.
struct LedgerGroup : EventGroup {
    sim::Cause cause = sim::Cause::spontaneous;
    std::uint16_t layer = sim::no_layer;
};

/// The ledger summed over members. Commitments taken as given (observed before or during the run) have no
/// attributed cause and are left out.
struct EventSummary {
    std::vector<std::string> slot_names;     ///< "own_accord" … then user layers
    std::vector<EventGroup> groups;          ///< by members descending, then place, source, slot
    std::vector<LedgerGroup> ledger_groups;  ///< the same told apart by the ledger's causes and layers
    std::vector<std::uint32_t> by_place;     ///< [place][slot], members
    std::vector<std::uint32_t> by_year;      ///< [year][slot], over the same members
    std::size_t events = 0;                  ///< attributed commitments of the same members
    std::size_t passed_on = 0;               ///< of these, set off by another place

    std::size_t slots() const { return slot_names.size(); }
};

EventSummary summarize_events(const scenarios::BuiltWorld& built, const sim::RunResults& results);

/// Name of a layer that carried an event, empty where none did.
std::string_view layer_name(const sim::World& world, std::uint16_t layer);

/// The slot of an event's cause. User layers follow the seven in the order of the world's layers.
std::uint8_t cause_slot(const sim::World& world, const sim::CommitmentEvent& event);

}  // namespace domino::viz
