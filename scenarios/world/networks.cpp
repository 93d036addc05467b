#include "scenarios/world/networks.h"

#include <algorithm>
#include <set>
#include <tuple>

#include "scenarios/world/commitment_data.h"
#include "scenarios/world/layer_assembly.h"

namespace domino::scenarios {

namespace {

using sim::DatedEdge;

void read_descriptions(Pack& pack, std::map<std::string, Network>& networks) {
    const auto csv = pack.read_optional("networks", {"network", "name", "kind", "implied_reduction",
                                                     "implied_year", "net_zero_year", "source"});
    if (!csv) return;
    const Rows rows(*csv);
    for (std::size_t i = 0; i < rows.size(); ++i) {
        const auto found = networks.find(rows.text(i, "network"));
        if (found == networks.end()) continue;
        Network& network = found->second;
        network.name = rows.text(i, "name");
        network.source = rows.text(i, "source");
        network.kind = rows.text(i, "kind") == "platform" ? NetworkKind::platform : NetworkKind::members;
        const auto reduction = rows.number(i, "implied_reduction"), year = rows.number(i, "implied_year"),
                   net_zero = rows.number(i, "net_zero_year");
        if (reduction && year) {
            network.implied.push_back(
                {static_cast<int>(*year), *reduction, rows.text(i, "implied_text"), network.source});
        }
        if (net_zero) {
            network.implied.push_back(
                {static_cast<int>(*net_zero), 1.0, rows.text(i, "implied_text"), network.source});
        }
    }
}

/// One end of a platform's tie abroad.
struct PlatformTie {
    std::uint32_t partner = 0;
    sim::Month from, to;
};

void add_partners(const std::vector<NetworkMember>& members, const std::vector<PlatformTie>& ties,
                  std::vector<DatedEdge>& edges) {
    const double weight = 1.0 / static_cast<double>(members.size());
    // Ties of one partner that touch are one spell, so that two ties at a time do not count twice.
    std::set<std::tuple<std::uint32_t, std::uint32_t, std::int32_t, std::int32_t>> spells;
    std::map<std::uint32_t, std::vector<std::pair<std::int32_t, std::int32_t>>> by_partner;
    for (const auto& tie : ties) by_partner[tie.partner].emplace_back(tie.from.value, tie.to.value);
    for (auto& [partner, periods] : by_partner) {
        std::sort(periods.begin(), periods.end());
        std::vector<std::pair<std::int32_t, std::int32_t>> merged;
        for (const auto& period : periods) {
            if (!merged.empty() && period.first <= merged.back().second) {
                merged.back().second = std::max(merged.back().second, period.second);
            } else {
                merged.push_back(period);
            }
        }
        for (const auto& member : members) {
            if (member.place == partner) continue;
            for (const auto& [from, to] : merged) {
                const auto begin = std::max(from, member.since.value);
                if (begin < to) spells.emplace(partner, member.place, begin, to);
            }
        }
    }
    for (const auto& [partner, member, from, to] : spells) {
        edges.push_back({member, partner, weight, sim::Month{from}, sim::Month{to}});
    }
}

}  // namespace

std::map<std::string, Network> read_networks(Pack& pack, const geo::PlaceTable& table,
                                             const std::map<std::string, std::string>& authority) {
    std::map<std::string, std::map<std::pair<std::uint32_t, std::string>, sim::Month>> members;
    std::map<std::string, Network> networks;
    const auto csv = pack.read_optional("network_members",
                                        {"network", "actor_type", "place_id", "admin1_id", "since", "as_of"});
    if (!csv) return networks;
    const Rows rows(*csv);
    for (std::size_t i = 0; i < rows.size(); ++i) {
        const bool city = rows.text(i, "actor_type") == "City";
        const std::string place_id = rows.text(i, "place_id");
        if (city && place_id.empty()) continue;
        const auto actor = find_actor(table, authority, city ? place_id : "", rows.text(i, "admin1_id"));
        auto since = parse_pack_month(rows.text(i, "since"), rows.where(i, "since"));
        if (!since) since = parse_pack_month(rows.text(i, "as_of"), rows.where(i, "as_of"));
        if (!actor || !since) continue;
        const auto [known, added] =
            members[rows.text(i, "network")].emplace(std::pair{*actor, rows.text(i, "circle")}, *since);
        if (!added) known->second = std::min(known->second, *since);
    }
    for (const auto& [id, places] : members) {
        Network& network = networks[id];
        network.id = network.name = id;
        for (const auto& [member, since] : places) {
            network.members.push_back({member.first, since, member.second});
        }
    }
    read_descriptions(pack, networks);
    return networks;
}

std::vector<std::string> used_networks(const Scenario& scenario) {
    if (scenario.network.enabled == OnOff::off) return {};
    const auto& list = scenario.network.networks;
    const std::set<std::string> ids(list.begin(), list.end());
    return {ids.begin(), ids.end()};
}

std::vector<DatedEdge> network_edges(const Network& network, const std::vector<Agreement>& agreements,
                                     const std::vector<PlannedProject>& projects) {
    std::vector<DatedEdge> edges;
    std::map<std::string, std::vector<NetworkMember>> circles;
    for (const auto& member : network.members) circles[member.circle].push_back(member);
    for (const auto& [name, members] : circles) {
        if (members.size() < 2) continue;
        const double weight = 1.0 / static_cast<double>(members.size() - 1);
        for (const auto& a : members) {
            for (const auto& b : members) {
                if (a.place == b.place) continue;
                edges.push_back({a.place, b.place, weight, std::max(a.since, b.since), sim::never});
            }
        }
    }
    if (network.kind != NetworkKind::platform || network.members.empty()) return edges;
    const auto belongs = [&](std::uint32_t place) {
        return std::any_of(network.members.begin(), network.members.end(),
                           [&](const auto& member) { return member.place == place; });
    };
    std::vector<PlatformTie> ties;
    for (const auto& tie : agreements) {
        if (belongs(tie.japan)) ties.push_back({tie.partner, tie.from, tie.to});
    }
    for (const auto& project : projects) {
        if (project.partner && belongs(*project.partner)) {
            ties.push_back({project.place, project.from, project.to});
        }
    }
    add_partners(network.members, ties, edges);
    return edges;
}

}  // namespace domino::scenarios
