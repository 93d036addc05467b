#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "geo/place_table.h"
#include "scenarios/world/pack.h"
#include "scenarios/world/programme_plan.h"
#include "sim/graph/multiplex.h"
#include "sim/place_group.h"

namespace domino::scenarios {

/// A member of a named network since a month.
struct NetworkMember {
    std::uint32_t place = 0;
    sim::Month since;
    std::string circle = {};  ///< members act on those of their own circle only; empty: one circle
};

/// What a network does beside joining its members.
enum class NetworkKind : std::uint8_t {
    members,   ///< members act on each other
    platform,  ///< and on the partners abroad of each, while the tie lives
};

/// A network of network_members with what networks.csv says of it.
struct Network {
    std::string id, name, source;
    NetworkKind kind = NetworkKind::members;
    std::vector<NetworkMember> members;            ///< by place, then circle
    std::vector<sim::ImpliedTarget> implied = {};  ///< what a member's commitment implies
};

/// A dated tie between a Japanese municipality and a partner that is no project.
struct Agreement;

/// Networks among the places of the world by id, each place once a circle (network_members, networks).
std::map<std::string, Network> read_networks(Pack& pack, const geo::PlaceTable& table,
                                             const std::map<std::string, std::string>& authority);

/// Ids of the networks a scenario joins places by, ascending, each once; none where they are switched off.
std::vector<std::string> used_networks(const Scenario& scenario);

/// Edges of one network: each member acts on each other of its circle with 1/(n − 1), n the circle's members
/// in this world, from the month both belong. The members of a platform also act, with 1/n each, on the
/// partner abroad of any of them while that tie lives: what one of them has learnt reaches the partners of
/// all.
std::vector<sim::DatedEdge> network_edges(const Network& network, const std::vector<Agreement>& agreements,
                                          const std::vector<PlannedProject>& projects);

}  // namespace domino::scenarios
