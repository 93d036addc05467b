#include "viz/event_summary.h"

#include <algorithm>
#include <functional>
#include <span>
#include <tuple>

#include "viz/place_summary.h"

namespace domino::viz {

namespace {

struct KeyedEvent {
    std::uint32_t place = 0;
    std::uint32_t source = 0;
    std::uint8_t slot = 0;
    sim::Cause cause = sim::Cause::spontaneous;
    std::uint16_t layer = sim::no_layer;
    std::uint16_t step = 0;
    double share = 0.0;

    auto by_slot() const { return std::tie(place, source, slot); }
    auto by_ledger() const { return std::tie(cause, layer); }
};
using KeyedEvents = std::span<KeyedEvent>;

/// Calls a function of each run of events that are alike by a key.
template <class Key, class Visit>
void each_run(KeyedEvents events, const Key& key, const Visit& visit) {
    while (!events.empty()) {
        const auto end = std::find_if(events.begin(), events.end(),
                                      [&](const KeyedEvent& e) { return key(e) != key(events.front()); });
        const auto count = static_cast<std::size_t>(end - events.begin());
        visit(events.first(count));
        events = events.subspan(count);
    }
}

/// Of events in the order of their steps.
EventGroup group_of(KeyedEvents events) {
    const KeyedEvent& first = events.front();
    const std::size_t count = events.size();
    const double middle = 0.5 * (events[(count - 1) / 2].step + events[count / 2].step);
    double share = 0.0;
    for (const KeyedEvent& event : events) share += event.share;
    return {first.place, first.source,
            first.slot,  static_cast<std::uint32_t>(count),
            middle,      share / static_cast<double>(count)};
}

void group_events(std::vector<KeyedEvent>& events, EventSummary& into) {
    std::ranges::stable_sort(events, [](const KeyedEvent& a, const KeyedEvent& b) {
        return std::tuple_cat(a.by_slot(), std::tie(a.step)) < std::tuple_cat(b.by_slot(), std::tie(b.step));
    });
    const auto by_ledger = [](const KeyedEvent& e) { return e.by_ledger(); };
    each_run(
        events, [](const KeyedEvent& e) { return e.by_slot(); },
        [&](KeyedEvents alike) {
            into.groups.push_back(group_of(alike));
            std::ranges::stable_sort(alike, std::less<>(), by_ledger);
            each_run(alike, by_ledger, [&](KeyedEvents one) {
                into.ledger_groups.push_back({group_of(one), one.front().cause, one.front().layer});
            });
        });
    std::ranges::stable_sort(into.groups, std::greater<>(), &EventGroup::members);
    std::ranges::stable_sort(into.ledger_groups, std::greater<>(), &LedgerGroup::members);
}

std::uint8_t layer_slot(const sim::World& world, std::uint16_t layer) {
    switch (world.layers.at(layer).kind) {
        case sim::LayerKind::proximity:
            return nearby;
        case sim::LayerKind::hierarchy:
            return own_province;
        case sim::LayerKind::collaboration:
            return agreement;
        case sim::LayerKind::network:
            return network;
        case sim::LayerKind::user:
            break;
    }
    const auto user_before = std::count_if(world.layers.begin(), world.layers.begin() + layer,
                                           [](const auto& l) { return l.kind == sim::LayerKind::user; });
    return static_cast<std::uint8_t>(first_user_layer + user_before);
}

}  // namespace

std::string_view layer_name(const sim::World& world, std::uint16_t layer) {
    return layer == sim::no_layer ? std::string_view() : world.layers.at(layer).name;
}

std::uint8_t cause_slot(const sim::World& world, const sim::CommitmentEvent& event) {
    switch (event.cause) {
        case sim::Cause::block_shock:
            return joint_declaration;
        case sim::Cause::programme:
            return programme_support;
        case sim::Cause::layer:
            return layer_slot(world, event.layer);
        case sim::Cause::coercion:
            return own_province;
        case sim::Cause::spontaneous:
        case sim::Cause::observed:
            break;
    }
    return own_accord;
}

EventSummary summarize_events(const scenarios::BuiltWorld& built, const sim::RunResults& results) {
    EventSummary out;
    out.slot_names = {"own_accord", "joint_declaration", "programme", "agreement", "network",
                      "nearby",     "own_province"};
    for (const sim::FrozenLayer& layer : built.world.layers) {
        if (layer.kind == sim::LayerKind::user) {
            out.slot_names.push_back(layer.name);
        }
    }
    out.by_place.assign(results.places * out.slots(), 0);
    out.by_year.assign(results.years * out.slots(), 0);
    std::vector<KeyedEvent> keyed;
    for (const sim::CommitmentEvent& event : results.events) {
        if (event.cause == sim::Cause::observed) {
            continue;
        }
        const std::uint8_t slot = cause_slot(built.world, event);
        keyed.push_back({event.place, event.source, slot, event.cause, event.layer, event.step, event.share});
        ++out.by_place[event.place * out.slots() + slot];
        const int year = year_offset(results.calendar, event.step);
        if (year >= 0 && year < static_cast<int>(results.years)) {
            ++out.by_year[static_cast<std::size_t>(year) * out.slots() + slot];
        }
        out.passed_on += event.source != sim::no_place ? 1 : 0;
    }
    out.events = keyed.size();
    group_events(keyed, out);
    return out;
}

}  // namespace domino::viz
