#include "scenarios/world/layer_assembly.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <utility>

#include "geo/io/geodesic.h"
#include "geo/io/table.h"
#include "geo/proximity.h"
#include "scenarios/world/problems.h"
#include "sim/graph/multiplex.h"

namespace domino::scenarios {

namespace {

using sim::DatedEdge;

sim::LayerCoupling coupling_of(const Scenario& scenario, const sim::Prior& early, const sim::Prior& late) {
    sim::LayerCoupling coupling;
    if (scenario.model.couplings == OnOff::off) return coupling;
    coupling.gamma_early = early;
    coupling.gamma_late = late;
    return coupling;
}

geo::EdgeList proximity_edges(const Scenario& scenario, const geo::PlaceTable& table) {
    geo::ProximityOptions options;
    options.kernel = scenario.proximity.weight == ProximityWeight::gravity ? geo::ProximityKernel::gravity
                                                                           : geo::ProximityKernel::radiation;
    options.nearest = static_cast<std::uint32_t>(std::max(0, scenario.proximity.neighbours));
    options.long_range = static_cast<std::uint32_t>(std::max(0, scenario.proximity.long_range));
    options.decay_m = scenario.proximity.decay_m;
    return geo::build_proximity(table.places, options, geo::io::geodesic_distance_m);
}

/// Row of each place by id; the table is ordered by id.
std::optional<std::uint32_t> find_place(const geo::PlaceTable& table, std::string_view id) {
    const auto found =
        std::lower_bound(table.places.begin(), table.places.end(), id,
                         [](const geo::Place& place, std::string_view wanted) { return place.id < wanted; });
    if (found == table.places.end() || found->id != id) return std::nullopt;
    return static_cast<std::uint32_t>(found - table.places.begin());
}

geo::EdgeList hierarchy_edges(const LayerInputs& in) {
    geo::EdgeList edges;
    for (std::uint32_t i = 0; i < in.table.places.size(); ++i) {
        const auto unit = in.authority.find(in.table.places[i].admin1_id);
        if (unit == in.authority.end() || unit->second == in.table.places[i].id) continue;
        const auto parent = find_place(in.table, unit->second);
        if (!parent) continue;
        const auto& section = in.scenario.hierarchy;
        const bool city = in.table.places[i].kind == geo::PlaceKind::city;
        const double tier = city ? section.city_tier : section.county_tier;
        if (section.down * tier > 0.0) edges.push_back({*parent, i, section.down * tier});
        if (section.up * tier > 0.0) edges.push_back({i, *parent, section.up * tier});
    }
    return edges;
}

/// `drawn` is the part of the weight each member draws anew.
void add_both(std::vector<DatedEdge>& edges, std::uint32_t a, std::uint32_t b, double weight, sim::Month from,
              sim::Month to, double drawn = 0.0) {
    if (a == b || weight <= 0.0) return;
    edges.push_back({a, b, weight, from, to, drawn});
    edges.push_back({b, a, weight, from, to, drawn});
}

/// Prior of a figure over the scenario's, where the scenario leaves it to the pack: one it sets is certain
/// unless its parameter is set too.
sim::Prior ratio_to(const LayerInputs& in, const std::string& key, const std::string& parameter,
                    const sim::Prior& fallback, double figure) {
    const bool chosen =
        in.scenario.set_at.contains(key) && !in.scenario.set_at.contains("parameters." + parameter);
    if (chosen || figure <= 0.0) return sim::fixed(1.0);
    return sim::scaled(in.parameters.prior(parameter, fallback), 1.0 / figure);
}

std::vector<DatedEdge> collaboration_edges(const LayerInputs& in, std::vector<Link>& links) {
    std::vector<DatedEdge> edges;
    const auto& section = in.scenario.collaboration;
    for (const auto& tie : in.agreements) {
        const double weight = section.agreement_weight * tie.weight;
        add_both(edges, tie.japan, tie.partner, weight, tie.from, tie.to, weight);
        links.push_back({tie.japan, tie.partner, tie.from, tie.to, "collaboration", "agreement",
                         tie.hypothetical, tie.source, tie.archetype});
    }
    const double project_weight = section.project_weight * contact_intensity(in.scenario.c3p);
    for (const auto& project : in.projects) {
        if (!project.partner) continue;
        add_both(edges, *project.partner, project.place, project_weight * project.weight, project.from,
                 project.to);
        links.push_back({*project.partner, project.place, project.from, project.to, "collaboration",
                         "c3p_project", project.hypothetical, project.source, project.archetype});
    }
    return edges;
}

/// Reads one of the user's edge lists.
class UserEdges {
 public:
    UserEdges(const UserLayer& layer, const geo::PlaceTable& table, Problems& problems)
        : layer_(layer), table_(table), problems_(problems) {}

    std::vector<DatedEdge> read(std::vector<Link>& links, const ReadingProgress& progress) {
        const auto csv = geo::io::read_table(layer_.path, ',', progress_of(progress, layer_.path));
        csv.require_columns({"from", "to", "weight"});
        const Rows rows(csv);
        std::vector<DatedEdge> edges;
        for (std::size_t i = 0; i < rows.size(); ++i) {
            const auto source = place(rows, i, "from"), target = place(rows, i, "to");
            const double weight = rows.required_number(i, "weight");
            const auto from = parse_pack_month(rows.text(i, "from_date"), rows.where(i, "from_date"));
            const auto to = parse_pack_month(rows.text(i, "to_date"), rows.where(i, "to_date"));
            if (weight < 0.0) {
                reject(rows.where(i, "weight"), fmt::format("the weight {} is negative", weight),
                       "couplings do not discourage", "give a weight of 0 or more");
            }
            if (from && to && *to < *from) {
                reject(rows.where(i, "to_date"), "the tie ends before it begins", "", "mend the dates");
            }
            if (!source || !target || weight < 0.0) continue;
            if (*source == *target) {
                reject(rows.where(i, "to"), "a place acts on itself", "an edge has two ends", "drop the row");
                continue;
            }
            const DatedEdge edge{*source, *target, weight, from.value_or(sim::Month{INT32_MIN}),
                                 to ? sim::Month{to->value + 1} : sim::never};
            edges.push_back(edge);
            links.push_back({edge.source, edge.target, edge.from, edge.to, layer_.name, "user", false,
                             layer_.path.filename().string()});
        }
        return edges;
    }

 private:
    std::optional<std::uint32_t> place(const Rows& rows, std::size_t row, std::string_view column) {
        const std::string id = rows.text(row, column);
        const auto found = find_place(table_, id);
        if (found) return found;
        const std::string where = rows.where(row, column);
        if (const std::string named = ids_of_name(id); !named.empty()) {
            reject(where, fmt::format("\"{}\" is a name, and the column {} has ids of places", id, column),
                   "several places may bear one name", "write " + named);
            return found;
        }
        std::vector<std::string> ids;
        for (const auto& known : table_.places) ids.push_back(known.id);
        const std::string near = geo::closest_spelling(id, ids);
        reject(where, fmt::format("there is no place with the id \"{}\" in this scenario", id),
               fmt::format("the column {} has ids of places, as places.csv of a run lists them", column),
               near.empty() ? "add the place with places.include, or drop the row"
                            : fmt::format("did you mean \"{}\"?", near));
        return found;
    }

    /// "GN1", or "GN1 (JPN) or GN2 (VNM)" where several places bear the name, the largest first; empty where
    /// none does.
    std::string ids_of_name(const std::string& name) const {
        constexpr std::size_t most = 5;
        const std::string folded = geo::fold_case(name);
        std::vector<const geo::Place*> bearers;
        for (const auto& place : table_.places) {
            if (folded.empty()) break;
            if (geo::fold_case(place.name) == folded || geo::fold_case(place.name_local) == folded)
                bearers.push_back(&place);
        }
        if (bearers.size() == 1) return bearers.front()->id;
        std::stable_sort(bearers.begin(), bearers.end(),
                         [](const auto* a, const auto* b) { return a->population > b->population; });
        std::string text;
        for (std::size_t i = 0; i < std::min(bearers.size(), most); ++i)
            text += fmt::format("{}{} ({})", i == 0 ? "" : " or ", bearers[i]->id, bearers[i]->iso3);
        return text;
    }

    void reject(const std::string& where, const std::string& what, const std::string& why,
                const std::string& fix) {
        append_data_problems(problems_, geo::ProblemError(geo::Problem{where, what, why, fix}), {});
    }

    const UserLayer& layer_;
    const geo::PlaceTable& table_;
    Problems& problems_;
};

}  // namespace

void build_layers(const LayerInputs& in, sim::World& world, std::vector<Link>& links,
                  std::vector<InputFile>& files, Problems& problems) {
    sim::Multiplex graph(in.table.places.size());
    const Scenario& scenario = in.scenario;
    // A tie without separate figures for the phases has the same coefficient in both.
    const auto add_coupling = [&](const std::string& early, const std::string& late, double late_sd) {
        const auto first = in.parameters.prior(early, sim::or_zero(sim::half_normal(0.5)));
        const auto second = in.parameters.prior(late, sim::or_zero(sim::half_normal(late_sd)));
        world.couplings.push_back(coupling_of(scenario, first, second));
    };
    // Read only where a scenario chooses them, so that setting one for nothing is a warning.
    const auto respond = [&](sim::Response response, OnOff coercion) {
        world.couplings.back().response = response;
        if (response == sim::Response::threshold) {
            world.couplings.back().threshold = in.parameters.prior("threshold_phi", sim::uniform(0.18, 0.5));
        }
        if (coercion == OnOff::on && scenario.model.couplings == OnOff::on) {
            world.couplings.back().coercion = in.parameters.prior("coercion_c", sim::uniform(0.1, 0.9));
        }
    };
    if (scenario.proximity.enabled == OnOff::on) {
        const auto edges = proximity_edges(scenario, in.table);
        graph.add_layer("proximity", sim::LayerKind::proximity, edges);
        add_coupling("gamma_proximity_early", "gamma_proximity_late", 1.0);
        world.couplings.back().carries_technology = true;
        if (scenario.proximity.weight == ProximityWeight::gravity) {
            constexpr double m_per_km = 1000.0;
            world.couplings.back().decay_ratio =
                ratio_to(in, "proximity.decay", "gravity_r0", sim::log_uniform(30.0, 300.0),
                         scenario.proximity.decay_m / m_per_km);
        }
        respond(scenario.proximity.response, scenario.proximity.coercion);
    }
    if (scenario.hierarchy.enabled == OnOff::on) {
        const auto edges = hierarchy_edges(in);
        graph.add_layer("hierarchy", sim::LayerKind::hierarchy, edges);
        add_coupling("gamma_hierarchy_early", "gamma_hierarchy_late", 1.0);
        respond(scenario.hierarchy.response, scenario.hierarchy.coercion);
    }
    if (scenario.collaboration.enabled == OnOff::on) {
        const auto edges = collaboration_edges(in, links);
        graph.add_layer("collaboration", sim::LayerKind::collaboration, edges);
        add_coupling("gamma_collaboration", "gamma_collaboration", 0.5);
        world.couplings.back().drawn_weight =
            ratio_to(in, "collaboration.agreement_weight", "w_collab_agreement", sim::uniform(0.0, 1.0),
                     scenario.collaboration.agreement_weight);
        respond(scenario.collaboration.response, scenario.collaboration.coercion);
    }
    for (const auto& id : used_networks(scenario)) {
        const auto network = in.networks.find(id);
        if (network == in.networks.end()) continue;
        const auto edges = network_edges(network->second, in.agreements, in.projects);
        graph.add_layer(id, sim::LayerKind::network, edges);
        add_coupling("gamma_network", "gamma_network", 0.5);
        respond(scenario.network.response, scenario.network.coercion);
    }
    for (const auto& layer : in.examples) {
        graph.add_layer(layer.name, sim::LayerKind::network, layer.edges);
        add_coupling("gamma_network", "gamma_network", 0.5);
        respond(layer.response, layer.coercion);
        links.insert(links.end(), layer.links.begin(), layer.links.end());
    }
    for (const auto& layer : scenario.user_layers) {
        try {
            const auto edges = UserEdges(layer, in.table, problems).read(links, in.progress);
            graph.add_layer(layer.name, sim::LayerKind::user, edges);
            world.couplings.push_back(coupling_of(scenario, layer.gamma_early, layer.gamma_late));
            respond(layer.response, layer.coercion);
            files.push_back({layer.path, "layer " + layer.name});
        } catch (const geo::ProblemError& error) {
            append_data_problems(problems, error, layer.where);
        }
    }
    world.layers = graph.freeze();
}

}  // namespace domino::scenarios
