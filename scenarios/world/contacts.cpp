#include "scenarios/world/contacts.h"

#include <fmt/format.h>

#include <algorithm>

#include "scenarios/world/commitment_data.h"

namespace domino::scenarios {

namespace {

/// A host with those who came, as rows of the world.
struct Meeting {
    sim::Month date;
    std::string source;
    std::optional<std::uint32_t> host;
    std::vector<std::uint32_t> participants;
};

std::optional<std::uint32_t> actor_of(const ContactInputs& in, const std::string& place_id,
                                      const std::string& admin1_id) {
    const auto place = find_actor(in.table, in.authority, place_id, admin1_id);
    return place || place_id.empty() ? place : find_actor(in.table, in.authority, "", admin1_id);
}

std::vector<Meeting> observed_meetings(const ContactInputs& in) {
    std::map<std::string, Meeting> by_event;
    for (const auto& seed : in.seeds) {
        const auto place = actor_of(in, seed.place_id, seed.admin1_id);
        if (!place) continue;
        Meeting& meeting = by_event[seed.event_id];
        meeting.date = seed.date;
        meeting.source = seed.source;
        if (seed.host) {
            meeting.host = *place;
        } else {
            meeting.participants.push_back(*place);
        }
    }
    std::vector<Meeting> meetings;
    for (auto& [id, meeting] : by_event) meetings.push_back(std::move(meeting));
    return meetings;
}

std::vector<Meeting> planned_meetings(const ContactInputs& in, std::vector<std::string>& notes) {
    std::vector<Meeting> meetings;
    const auto find = [&](const PlaceNames::Match& match) {
        return find_actor(in.table, in.authority, match.unit ? "" : match.id, match.unit ? match.id : "");
    };
    for (const auto& event : in.events) {
        Meeting meeting{event.entry.date, "scenario", find(event.host), {}};
        for (const auto& match : event.participants) {
            if (const auto place = find(match)) meeting.participants.push_back(*place);
        }
        if (!meeting.host || meeting.participants.empty()) {
            notes.push_back(
                fmt::format("the event {} leaves no contacts: its host or all who came are outside the "
                            "scenario's countries",
                            event.entry.id));
        }
        meetings.push_back(std::move(meeting));
    }
    return meetings;
}

}  // namespace

std::vector<SystemsSeed> read_systems_seeds(Pack& pack) {
    std::vector<SystemsSeed> seeds;
    const auto csv = pack.read_optional("systems_seeds", {"seed_id", "event_id", "role", "system", "date",
                                                          "iso3", "place_id", "admin1_id", "source"});
    if (!csv) return seeds;
    const Rows rows(*csv);
    std::map<std::string, SystemsSeed> by_id;
    for (std::size_t i = 0; i < rows.size(); ++i) {
        const auto date = parse_pack_month(rows.text(i, "date"), rows.where(i, "date"));
        if (!date) continue;
        by_id[rows.text(i, "seed_id")] = {rows.text(i, "event_id"),       rows.text(i, "system"),
                                          rows.text(i, "place_id"),       rows.text(i, "admin1_id"),
                                          rows.text(i, "iso3"),           rows.text(i, "source"),
                                          rows.text(i, "role") == "host", *date};
    }
    for (auto& [id, seed] : by_id) seeds.push_back(std::move(seed));
    return seeds;
}

std::vector<ResolvedContactEvent> resolve_contact_events(const ContactsSection& section,
                                                         const NamedPlaces& names, Problems& problems) {
    std::vector<ResolvedContactEvent> resolved;
    for (const auto& entry : section.events) {
        const auto find = [&](const std::string& text) {
            NamedPlaces::Fault fault;
            const auto match = names.find(text, NameScope::anywhere, fault);
            if (!match) {
                problems.push_back({entry.where, fault.what, "an event joins its host and those who came",
                                    fault.fix, Severity::error, ProblemKind::scenario});
            }
            return match;
        };
        ResolvedContactEvent event{entry, {}, {}};
        const auto host = find(entry.host);
        for (const auto& text : entry.participants) {
            if (const auto match = find(text)) event.participants.push_back(*match);
        }
        if (!host) continue;
        event.host = *host;
        resolved.push_back(std::move(event));
    }
    return resolved;
}

ExampleLayer contact_layer(const ContactInputs& in, std::vector<std::string>& notes) {
    ExampleLayer layer{"contacts", {}, {}, in.section.response, in.section.coercion};
    std::vector<Meeting> meetings = planned_meetings(in, notes);
    if (in.section.observed == OnOff::on) {
        const auto observed = observed_meetings(in);
        meetings.insert(meetings.end(), observed.begin(), observed.end());
    }
    for (auto& meeting : meetings) {
        if (!meeting.host) continue;
        std::sort(meeting.participants.begin(), meeting.participants.end());
        meeting.participants.erase(std::unique(meeting.participants.begin(), meeting.participants.end()),
                                   meeting.participants.end());
        const sim::Month to{meeting.date.value + 12 * in.section.memory_years};
        for (const auto guest : meeting.participants) {
            if (guest == *meeting.host) continue;
            layer.edges.push_back({*meeting.host, guest, in.section.weight, meeting.date, to});
            layer.edges.push_back({guest, *meeting.host, in.section.weight, meeting.date, to});
            layer.links.push_back(
                {guest, *meeting.host, meeting.date, to, layer.name, "contact_event", false, meeting.source});
        }
    }
    return layer;
}

}  // namespace domino::scenarios
