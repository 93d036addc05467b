#include "viz/event_summary.h"

#include <algorithm>
#include <tuple>

#include "viz/place_summary.h"

namespace domino::viz {

namespace {

struct KeyedEvent {
    std::uint32_t place = 0;
    std::uint32_t source = 0;
    std::uint8_t cause = 0;
    std::uint16_t step = 0;
    double share = 0.0;

    auto key() const { return std::tie(place, source, cause); }
};

std::vector<EventGroup> group_events(std::vector<KeyedEvent>& events) {
    std::stable_sort(events.begin(), events.end(), [](const KeyedEvent& a, const KeyedEvent& b) {
        return std::tie(a.place, a.source, a.cause, a.step) < std::tie(b.place, b.source, b.cause, b.step);
    });
    std::vector<EventGroup> groups;
    for (std::size_t begin = 0; begin < events.size();) {
        std::size_t end = begin;
        double share = 0.0;
        while (end < events.size() && events[end].key() == events[begin].key()) {
            share += events[end].share;
            ++end;
        }
        const std::size_t count = end - begin;
        const double middle = 0.5 * (events[begin + (count - 1) / 2].step + events[begin + count / 2].step);
        groups.push_back({events[begin].place, events[begin].source, events[begin].cause,
                          static_cast<std::uint32_t>(count), middle, share / static_cast<double>(count)});
        begin = end;
    }
    std::stable_sort(groups.begin(), groups.end(),
                     [](const EventGroup& a, const EventGroup& b) { return a.members > b.members; });
    return groups;
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
        keyed.push_back({event.place, event.source, slot, event.step, event.share});
        ++out.by_place[event.place * out.slots() + slot];
        const int year = year_offset(results.calendar, event.step);
        if (year >= 0 && year < static_cast<int>(results.years)) {
            ++out.by_year[static_cast<std::size_t>(year) * out.slots() + slot];
        }
        out.passed_on += event.source != sim::no_place ? 1 : 0;
    }
    out.events = keyed.size();
    out.groups = group_events(keyed);
    return out;
}

}  // namespace domino::viz
