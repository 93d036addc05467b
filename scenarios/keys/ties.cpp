#include "scenarios/keys/sections.h"

#include <fmt/format.h>

namespace domino::scenarios {
EntryList<AgreementEntry> agreements() {
    using E = AgreementEntry;
    EntryList<E> list{
        {"collaboration.agreements",
         "An agreement or project between a Japanese municipality and a partner city, each named by "
         "place id, admin-1 id or unambiguous name."},
        FIELD(collaboration.agreements),
        FIELD(collaboration.agreements),
        [](const E& e) { return fmt::format("{} – {}", e.japan, e.partner); },
        {}};
    list.keys = {
        required<E>(ValueType::text, "japan", "The Japanese municipality.", "\"Yokohama\"", FIELD(japan)),
        required<E>(ValueType::text, "partner", "Its partner.", "\"Da Nang\"", FIELD(partner)),
        required<E>(ValueType::month, "from", "First month.", "\"2027-04\"", FIELD(from)),
        optional<E>(ValueType::month, "to", "First month no longer covered; open without it.", "\"2033-04\"",
                    FIELD(to)),
        Key<E>{{.table = "",
                .key = "kind",
                .type = ValueType::choice,
                .doc = "An agreement, or a C3P project too.",
                .choices = {agreement_kinds.begin(), agreement_kinds.end()}},
               [](const E& e) { return Value{std::string(agreement_kinds[e.project ? 1 : 0])}; },
               [](E& e, const Value& v) { e.project = std::get<std::string>(v) == agreement_kinds[1]; }},
        optional<E>(ValueType::text, "archetype", "Kind of collaboration, in words; carried to the results.",
                    "\"island model\"", FIELD(archetype)),
    };
    return list;
}

EntryList<ContactEventEntry> contact_events() {
    using E = ContactEventEntry;
    EntryList<E> list{
        {"contact_events",
         "A meeting that left contacts between its host and those who came, each named by place "
         "id, admin-1 id or unambiguous name."},
        FIELD(contacts.events),
        FIELD(contacts.events),
        [](const E& e) { return e.id; },
        {}};
    list.keys = {
        required<E>(ValueType::text, "id", "Name of the event.", "\"forum_2027\"", FIELD(id)),
        required<E>(ValueType::month, "date", "Month in which it took place.", "\"2027-02\"", FIELD(date)),
        required<E>(ValueType::text, "host", "Who received the others.", "\"Bali\"", FIELD(host)),
        required<E>(ValueType::text_list, "participants", "Who came.", "[\"Toyama\", \"Kitakyushu\"]",
                    FIELD(participants)),
    };
    return list;
}

EntryList<UserLayer> user_layers() {
    using E = UserLayer;
    EntryList<E> list{{"layers",
                       "A layer of ties of your own: a CSV table from,to,weight[,from_date,to_date] of "
                       "place ids."},
                      FIELD(user_layers),
                      FIELD(user_layers),
                      [](const E& e) { return e.name; },
                      {}};
    const auto gamma = [](std::string_view key, std::string_view doc, auto access) {
        return bind_key<E>({.table = "",
                            .key = key,
                            .type = ValueType::prior,
                            .doc = doc,
                            .mark = 'G',
                            .support = Support::not_negative},
                           access);
    };
    list.keys = {
        required<E>(ValueType::text, "name", "Name of the layer.", "\"sister_cities\"", FIELD(name)),
        required<E>(ValueType::path, "path", "The table.", "\"sister_cities.csv\"", FIELD(path)),
        gamma("gamma_early",
              "Multiple of a place's own propensity at full exposure, while few are committed.",
              FIELD(gamma_early)),
        gamma("gamma_late", "The same once the phase has switched.", FIELD(gamma_late)),
        bind_key<E>({.table = "",
                     .key = "response",
                     .type = ValueType::choice,
                     .doc = response_doc,
                     .mark = 'S',
                     .source = response_source},
                    FIELD(response)),
        bind_key<E>({.table = "",
                     .key = "coercion",
                     .type = ValueType::on_off,
                     .doc = coercion_doc,
                     .mark = 'S',
                     .source = coercion_source},
                    FIELD(coercion)),
    };
    return list;
}

}  // namespace domino::scenarios
