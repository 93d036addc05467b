#include "sim/prepared_world.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

#include "sim/results.h"
#include "sim/support_funding.h"
#include "sim/world_check.h"

namespace domino::sim {
namespace {

std::int32_t clamp_step(const World& world, Month month) {
    const std::int64_t step = static_cast<std::int64_t>(month.value) - world.calendar.first.value;
    return static_cast<std::int32_t>(std::clamp<std::int64_t>(step, -1, world.calendar.steps));
}

/// Running normaliser of every nonempty row of a dated layer.
void normalise_dated(PreparedLayer& layer, int steps) {
    const std::size_t places = layer.row_begin.size() - 1;
    layer.row_slot.assign(places, PreparedLayer::no_slot);
    std::uint32_t slots = 0;
    for (std::size_t i = 0; i < places; ++i) {
        if (layer.row_begin[i] == layer.row_begin[i + 1]) continue;
        layer.row_slot[i] = slots++;
        double largest = 1.0;
        for (int t = 0; t < steps; ++t) {
            double live = 0.0;
            for (std::size_t e = layer.row_begin[i]; e < layer.row_begin[i + 1]; ++e) {
                if (layer.live(e, t)) live += layer.weight[e];
            }
            largest = std::max(largest, live);
            layer.inverse_normaliser.push_back(1.0 / largest);
        }
    }
}

void normalise_undated(PreparedLayer& layer) {
    for (std::size_t i = 0; i + 1 < layer.row_begin.size(); ++i) {
        double sum = 0.0;
        for (std::size_t e = layer.row_begin[i]; e < layer.row_begin[i + 1]; ++e) sum += layer.weight[e];
        const double largest = std::max(1.0, sum);
        for (std::size_t e = layer.row_begin[i]; e < layer.row_begin[i + 1]; ++e) layer.weight[e] /= largest;
    }
}

/// Weights in fixed point and what their unit counts for as rows are normalised anew.
void fix_weights(PreparedLayer& layer, int steps) {
    constexpr double whole = 0x1.0p30;
    for (std::uint32_t i = 0; i + 1 < layer.row_begin.size(); ++i) {
        if (layer.row_begin[i] == layer.row_begin[i + 1]) continue;
        const double last = layer.dated() ? layer.scale(i, steps - 1, steps) : 1.0;
        for (std::size_t e = layer.row_begin[i]; e < layer.row_begin[i + 1]; ++e)
            layer.fixed_weight.push_back(
                static_cast<std::int32_t>(std::ceil(layer.weight[e] * last * whole)));
        for (int t = 0; layer.dated() && t < steps; ++t)
            layer.exposure_unit.push_back(static_cast<float>(layer.scale(i, t, steps) / last / whole));
    }
}

/// The dates at which an edge changes, where it is ever live.
void note_changes(const PreparedLayer& layer, std::uint32_t edge, EdgeChange at, int steps,
                  std::vector<EdgeChange>& changes) {
    const int from = std::max(0, layer.from_step[edge]);
    const int to = layer.to_step[edge];
    if (from >= to) return;
    at.step = from;
    at.begins = true;
    if (from > 0 && from < steps) changes.push_back(at);
    at.step = to;
    at.begins = false;
    if (to < steps) changes.push_back(at);
}

void turn_outwards(PreparedLayer& layer, int steps) {
    OutgoingEdges& out = layer.outgoing;
    const std::size_t edges = layer.source.size();
    out.begin.assign(layer.row_begin.size(), 0);
    for (const std::uint32_t source : layer.source) ++out.begin[source + 1];
    std::partial_sum(out.begin.begin(), out.begin.end(), out.begin.begin());
    out.target.resize(edges);
    out.weight.resize(edges);
    out.edge.resize(edges);
    std::vector<std::uint32_t> next(out.begin.begin(), out.begin.end() - 1);
    for (std::uint32_t i = 0; i + 1 < layer.row_begin.size(); ++i) {
        for (std::uint32_t e = layer.row_begin[i]; e < layer.row_begin[i + 1]; ++e) {
            const std::uint32_t n = next[layer.source[e]]++;
            out.target[n] = i;
            out.weight[n] = layer.fixed_weight[e];
            out.edge[n] = e;
            if (layer.dated()) note_changes(layer, e, {0, layer.source[e], i, n, false}, steps, out.changes);
        }
    }
    std::stable_sort(out.changes.begin(), out.changes.end(),
                     [](const EdgeChange& a, const EdgeChange& b) { return a.step < b.step; });
}

CountryEffects prepare_effects(const World& world, std::size_t c, const PreparedWorld& prepared) {
    CountryEffects effects;
    const Country& country = world.countries[c];
    const auto base = static_cast<std::size_t>(
        std::clamp(country.base_year - world.calendar.first.year(), 0, world.calendar.touched_years() - 1));
    for (std::size_t k = 0; k < world.technologies.size(); ++k) {
        double units = 0.0;  // U of the whole country in its base year
        for (const std::uint32_t i : prepared.country_places[c]) {
            units += prepared.units_serving_all[i * world.technologies.size() + k];
        }
        units *= country.population_factor[base];
        for (const TechnologyEffect& e : world.technologies[k].countries[c].effects) {
            const auto technology = static_cast<std::uint16_t>(k);
            const double sector_t = country.sectors[index(e.sector)].base_t;
            if (e.direct_t_per_unit_year > 0.0 && sector_t > 0.0) {
                const double alpha = std::min(1.0, e.direct_t_per_unit_year * units / sector_t);
                effects.direct.push_back({technology, e.sector, alpha});
            }
            if (e.electricity_kwh_per_unit_year != 0.0) {
                effects.electricity.push_back({technology, e.sector, e.electricity_kwh_per_unit_year});
            }
        }
    }
    return effects;
}

void find_engaged(const World& world, PreparedWorld& prepared) {
    prepared.engaged_step.assign(prepared.places, never_step);
    for (const PreparedLayer& layer : prepared.layers) {
        if (layer.kind != LayerKind::collaboration) continue;
        for (std::size_t i = 0; i < prepared.places; ++i) {
            for (std::size_t e = layer.row_begin[i]; e < layer.row_begin[i + 1]; ++e) {
                const int from = layer.dated() ? std::max(0, layer.from_step[e]) : 0;
                const int to = layer.dated() ? layer.to_step[e] : prepared.steps;
                if (from >= to || from >= prepared.steps) continue;
                prepared.engaged_step[i] =
                    std::min(prepared.engaged_step[i], static_cast<std::uint16_t>(from));
            }
        }
    }
    for (const SupportWindow& w : world.support) {
        if (w.kind == SupportKind::domestic) continue;
        const ActingMonths acting(world.calendar, w.from, w.to);
        const int from = std::max(0, clamp_step(world, acting.from));
        if (from >= clamp_step(world, acting.to) || from >= prepared.steps) continue;
        prepared.engaged_step[w.place] =
            std::min(prepared.engaged_step[w.place], static_cast<std::uint16_t>(from));
    }
}

void prepare_stock(const World& world, PreparedWorld& prepared) {
    const std::size_t n = world.technologies.size();
    prepared.units_serving_all.resize(prepared.places * n);
    prepared.initial_stock.resize(prepared.places * n);
    for (std::size_t i = 0; i < prepared.places; ++i) {
        const PlaceInputs& place = world.places[i];
        for (std::size_t k = 0; k < n; ++k) {
            const TechnologyInCountry& local = world.technologies[k].countries[place.country];
            const double units = local.units_per_head * place.population * place.potential_factor[k];
            prepared.units_serving_all[i * n + k] = units;
            prepared.initial_stock[i * n + k] = units * local.initial_share;
        }
    }
}

/// Largest relative error of Σ places = country, over countries and sectors of the base year.
double allocation_error(const World& world, const PreparedWorld& prepared) {
    double worst = 0.0;
    for (std::size_t c = 0; c < world.countries.size(); ++c) {
        for (std::size_t s = 0; s < sector_count; ++s) {
            const double national = world.countries[c].sectors[s].base_t;
            double places = 0.0;
            for (const std::uint32_t i : prepared.country_places[c]) places += world.places[i].emissions_t[s];
            const double scale = std::max(national, places);
            if (scale > 0.0) worst = std::max(worst, std::abs(places - national) / scale);
        }
    }
    return worst;
}

/// The edges of each row in ascending order of their source's key, then date: sums over a row and draws among
/// its sources do not depend on the order of places.
std::vector<std::uint32_t> edges_by_key(const World& world, const FrozenLayer& layer) {
    std::vector<std::uint32_t> order(layer.source.size());
    std::iota(order.begin(), order.end(), 0U);
    const auto before = [&](std::uint32_t a, std::uint32_t b) {
        const geo::PlaceKey key_a = world.places[layer.source[a]].key;
        const geo::PlaceKey key_b = world.places[layer.source[b]].key;
        return key_a != key_b ? key_a < key_b : a < b;
    };
    for (std::size_t i = 0; i + 1 < layer.row_begin.size(); ++i) {
        std::sort(order.begin() + layer.row_begin[i], order.begin() + layer.row_begin[i + 1], before);
    }
    return order;
}

}  // namespace

PreparedLayer prepare_layer(const World& world, std::size_t l, const std::vector<double>& weight) {
    const FrozenLayer& frozen = world.layers[l];
    PreparedLayer layer;
    layer.kind = frozen.kind;
    layer.carries_technology = world.couplings[l].carries_technology;
    layer.response = world.couplings[l].response;
    layer.row_begin = frozen.row_begin;
    const std::vector<std::uint32_t> order = edges_by_key(world, frozen);
    for (const std::uint32_t e : order) {
        layer.source.push_back(frozen.source[e]);
        layer.weight.push_back(weight[e]);
    }
    if (frozen.dated()) {
        for (const std::uint32_t e : order) {
            const ActingMonths acting(world.calendar, frozen.from[e], frozen.to[e]);
            layer.from_step.push_back(clamp_step(world, acting.from));
            layer.to_step.push_back(clamp_step(world, acting.to));
        }
        normalise_dated(layer, world.calendar.steps);
    } else {
        normalise_undated(layer);
    }
    fix_weights(layer, world.calendar.steps);
    turn_outwards(layer, world.calendar.steps);
    return layer;
}

PreparedWorld prepare(const World& world) {
    check_world(world);
    PreparedWorld p;
    p.world = &world;
    p.steps = world.calendar.steps;
    p.places = world.places.size();
    p.technologies = world.technologies.size();
    p.country_places.resize(world.countries.size());
    p.admin1_places.resize(world.admin1_keys.size());
    for (std::uint32_t i = 0; i < p.places; ++i) {
        const PlaceInputs& place = world.places[i];
        p.country_places[place.country].push_back(i);
        p.admin1_places[place.admin1].push_back(i);
        p.committed_from_step.push_back(
            place.committed_since ? clamp_step(world, world.calendar.step_start(*place.committed_since))
                                  : std::numeric_limits<std::int32_t>::max());
    }
    p.country_places_by_key = p.country_places;
    for (std::vector<std::uint32_t>& places : p.country_places_by_key) {
        std::sort(places.begin(), places.end(), [&](std::uint32_t a, std::uint32_t b) {
            return world.places[a].key < world.places[b].key;
        });
    }
    for (std::size_t l = 0; l < world.layers.size(); ++l)
        p.layers.push_back(prepare_layer(world, l, world.layers[l].weight));
    prepare_stock(world, p);
    for (std::size_t c = 0; c < world.countries.size(); ++c)
        p.effects.push_back(prepare_effects(world, c, p));
    fund_support(world, p);
    find_engaged(world, p);
    p.allocation_error = allocation_error(world, p);
    return p;
}

}  // namespace domino::sim
