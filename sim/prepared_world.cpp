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
std::vector<double> running_normaliser(const PreparedLayer& layer, int steps) {
    std::vector<double> inverse;
    for (std::size_t i = 0; i + 1 < layer.row_begin.size(); ++i) {
        if (layer.row_begin[i] == layer.row_begin[i + 1]) continue;
        double largest = 1.0;
        for (int t = 0; t < steps; ++t) {
            double live = 0.0;
            for (std::size_t e = layer.row_begin[i]; e < layer.row_begin[i + 1]; ++e) {
                if (layer.live(e, t)) live += layer.weight[e];
            }
            largest = std::max(largest, live);
            inverse.push_back(1.0 / largest);
        }
    }
    return inverse;
}

void normalise_undated(const PreparedLayer& layer, std::vector<double>& weight) {
    for (std::size_t i = 0; i + 1 < layer.row_begin.size(); ++i) {
        double sum = 0.0;
        for (std::size_t e = layer.row_begin[i]; e < layer.row_begin[i + 1]; ++e) sum += weight[e];
        const double largest = std::max(1.0, sum);
        for (std::size_t e = layer.row_begin[i]; e < layer.row_begin[i + 1]; ++e) weight[e] /= largest;
    }
}

std::vector<std::uint32_t> number_rows(const PreparedLayer& layer) {
    std::vector<std::uint32_t> slot(layer.row_begin.size() - 1, PreparedLayer::no_slot);
    std::uint32_t slots = 0;
    for (std::size_t i = 0; i < slot.size(); ++i) {
        if (layer.row_begin[i] != layer.row_begin[i + 1]) slot[i] = slots++;
    }
    return slot;
}

/// Rows by the steps at which one of their edges changes, where it is ever live.
std::vector<RowChange> row_changes(const PreparedLayer& layer, int steps) {
    std::vector<RowChange> changes;
    for (std::uint32_t i = 0; i + 1 < layer.row_begin.size(); ++i) {
        for (std::size_t e = layer.row_begin[i]; e < layer.row_begin[i + 1]; ++e) {
            if (std::max(0, layer.from_step[e]) >= layer.to_step[e]) continue;
            for (const std::int32_t step : {layer.from_step[e], layer.to_step[e]}) {
                if (0 < step && step < steps) changes.push_back({step, i});
            }
        }
    }
    const auto key = [](const RowChange& c) { return std::pair(c.step, c.place); };
    std::sort(changes.begin(), changes.end(),
              [&](const RowChange& a, const RowChange& b) { return key(a) < key(b); });
    const auto same = [&](const RowChange& a, const RowChange& b) { return key(a) == key(b); };
    changes.erase(std::unique(changes.begin(), changes.end(), same), changes.end());
    return changes;
}

OutgoingEdges turn_outwards(const PreparedLayer& layer) {
    const std::size_t edges = layer.source.size();
    std::vector<std::uint32_t> begin(layer.row_begin.size(), 0), target(edges), edge(edges);
    for (const std::uint32_t source : layer.source) ++begin[source + 1];
    std::partial_sum(begin.begin(), begin.end(), begin.begin());
    std::vector<std::uint32_t> next(begin.begin(), begin.end() - 1);
    for (std::uint32_t i = 0; i + 1 < layer.row_begin.size(); ++i) {
        for (std::uint32_t e = layer.row_begin[i]; e < layer.row_begin[i + 1]; ++e) {
            const std::uint32_t n = next[layer.source[e]]++;
            target[n] = i;
            edge[n] = e;
        }
    }
    return {std::move(begin), std::move(target), std::move(edge)};
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
    std::vector<std::uint16_t> engaged(prepared.places, never_step);
    for (const PreparedLayer& layer : prepared.layers) {
        if (layer.kind != LayerKind::collaboration) continue;
        for (std::size_t i = 0; i < prepared.places; ++i) {
            for (std::size_t e = layer.row_begin[i]; e < layer.row_begin[i + 1]; ++e) {
                const int from = layer.dated() ? std::max(0, layer.from_step[e]) : 0;
                const int to = layer.dated() ? layer.to_step[e] : prepared.steps;
                if (from >= to || from >= prepared.steps) continue;
                engaged[i] = std::min(engaged[i], static_cast<std::uint16_t>(from));
            }
        }
    }
    for (const SupportWindow& w : world.support) {
        if (w.kind == SupportKind::domestic) continue;
        const ActingMonths acting(world.calendar, w.from, w.to);
        const int from = std::max(0, clamp_step(world, acting.from));
        if (from >= clamp_step(world, acting.to) || from >= prepared.steps) continue;
        engaged[w.place] = std::min(engaged[w.place], static_cast<std::uint16_t>(from));
    }
    prepared.engaged_step = std::move(engaged);
}

void prepare_stock(const World& world, PreparedWorld& prepared) {
    const std::size_t n = world.technologies.size();
    std::vector<double> serving_all(prepared.places * n), initial(prepared.places * n);
    for (std::size_t i = 0; i < prepared.places; ++i) {
        const PlaceInputs& place = world.places[i];
        for (std::size_t k = 0; k < n; ++k) {
            const TechnologyInCountry& local = world.technologies[k].countries[place.country];
            const double units = local.units_per_head * place.population * place.potential_factor[k];
            serving_all[i * n + k] = units;
            initial[i * n + k] = units * local.initial_share;
        }
    }
    prepared.units_serving_all = std::move(serving_all);
    prepared.initial_stock = std::move(initial);
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

PreparedLayer prepare_layer(const World& world, std::size_t l) {
    const FrozenLayer& frozen = world.layers[l];
    PreparedLayer layer;
    layer.kind = frozen.kind;
    layer.carries_technology = world.couplings[l].carries_technology;
    layer.response = world.couplings[l].response;
    layer.row_begin = frozen.row_begin;
    std::vector<std::uint32_t> order = edges_by_key(world, frozen);
    std::vector<std::uint32_t> source;
    for (const std::uint32_t e : order) source.push_back(frozen.source[e]);
    layer.source = std::move(source);
    if (frozen.dated()) {
        std::vector<std::int32_t> from, to;
        for (const std::uint32_t e : order) {
            const ActingMonths acting(world.calendar, frozen.from[e], frozen.to[e]);
            from.push_back(clamp_step(world, acting.from));
            to.push_back(clamp_step(world, acting.to));
        }
        layer.from_step = std::move(from);
        layer.to_step = std::move(to);
        layer.row_slot = number_rows(layer);
        layer.changes = row_changes(layer, world.calendar.steps);
    }
    layer.given = std::move(order);
    layer.outgoing = turn_outwards(layer);
    return with_weights(layer, frozen.weight, world.calendar.steps);
}

/// The places of each country or unit, ascending.
std::vector<std::vector<std::uint32_t>> group_places(const World& world, std::size_t groups,
                                                     std::uint16_t PlaceInputs::*group) {
    std::vector<std::vector<std::uint32_t>> places(groups);
    for (std::uint32_t i = 0; i < world.places.size(); ++i) places[world.places[i].*group].push_back(i);
    return places;
}

}  // namespace

PreparedLayer with_weights(const PreparedLayer& layer, const std::vector<double>& given, int steps) {
    PreparedLayer weighted = layer;
    std::vector<double> weight;
    weight.reserve(given.size());
    for (const std::uint32_t e : layer.given) weight.push_back(given[e]);
    if (!layer.dated()) normalise_undated(layer, weight);
    weighted.weight = std::move(weight);
    if (layer.dated()) weighted.inverse_normaliser = running_normaliser(weighted, steps);
    return weighted;
}

PreparedWorld prepare(const World& world) {
    check_world(world);
    PreparedWorld p;
    p.world = &world;
    p.steps = world.calendar.steps;
    p.places = world.places.size();
    p.technologies = world.technologies.size();
    p.order = order_places(world);
    std::vector<std::int32_t> committed_from;
    for (const PlaceInputs& place : world.places) {
        committed_from.push_back(place.committed_since
                                     ? clamp_step(world, world.calendar.step_start(*place.committed_since))
                                     : std::numeric_limits<std::int32_t>::max());
    }
    p.committed_from_step = std::move(committed_from);
    auto country_places = group_places(world, world.countries.size(), &PlaceInputs::country);
    p.country_places = country_places;
    p.admin1_places = group_places(world, world.admin1_keys.size(), &PlaceInputs::admin1);
    std::vector<std::vector<std::uint32_t>> scheme_places;
    for (const PriceScheme& scheme : world.price_schemes) {
        std::vector<std::uint32_t>& covered = scheme_places.emplace_back();
        for (const std::uint16_t c : scheme.countries)
            covered.insert(covered.end(), country_places[c].begin(), country_places[c].end());
        std::sort(covered.begin(), covered.end());
        covered.erase(std::unique(covered.begin(), covered.end()), covered.end());
    }
    p.scheme_places = std::move(scheme_places);
    for (std::vector<std::uint32_t>& places : country_places) {
        std::sort(places.begin(), places.end(), [&](std::uint32_t a, std::uint32_t b) {
            return world.places[a].key < world.places[b].key;
        });
    }
    p.country_places_by_key = std::move(country_places);
    for (std::size_t l = 0; l < world.layers.size(); ++l) p.layers.push_back(prepare_layer(world, l));
    prepare_stock(world, p);
    std::vector<CountryEffects> effects;
    for (std::size_t c = 0; c < world.countries.size(); ++c) effects.push_back(prepare_effects(world, c, p));
    p.effects = std::move(effects);
    FundedSupport funded = fund_support(world);
    p.supported = std::move(funded.supported);
    p.support_levels = std::move(funded.support_levels);
    p.programme_spent_jpy = std::move(funded.programme_spent_jpy);
    p.support_months = std::move(funded.support_months);
    find_engaged(world, p);
    p.allocation_error = allocation_error(world, p);
    return p;
}

}  // namespace domino::sim
