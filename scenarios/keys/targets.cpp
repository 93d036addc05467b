#include "scenarios/keys/sections.h"

namespace domino::scenarios {
EntryList<TargetEntry> targets() {
    using E = TargetEntry;
    EntryList<E> list{{"targets", "A national target to hold the run against, beside those of the pack."},
                      FIELD(targets),
                      FIELD(targets),
                      [](const E& e) { return e.id; },
                      {}};
    const auto year = [](std::string_view key, std::string_view doc, std::string_view example,
                         Absence absence, double low, auto access) {
        return bind_key<E>({.table = "",
                            .key = key,
                            .type = ValueType::integer,
                            .doc = doc,
                            .low = low,
                            .high = 2200,
                            .example = example,
                            .absence = absence},
                           access);
    };
    list.keys = {
        required<E>(ValueType::text, "id", "Name of the target.", "\"thailand_stretch\"", FIELD(id)),
        required<E>(ValueType::country, "country", "Whose.", "\"Thailand\"", FIELD(country)),
        Key<E>{{.table = "",
                .key = "type",
                .type = ValueType::choice,
                .doc = "Below a base year, below its intensity, a level, or below the peak.",
                .example = "\"base_year\"",
                .absence = Absence::error,
                .choices = {target_types.begin(), target_types.end()}},
               [](const E& e) { return to_value(e.type); },
               [](E& e, const Value& v) { e.type = std::get<std::string>(v); }},
        year("year", "Year it is for.", "2035", Absence::error, 2000, FIELD(target_year)),
        year("base_year", "Year it is measured from.", "2019", Absence::unset, 1990, FIELD(base_year)),
        bind_key<E>({.table = "",
                     .key = "value",
                     .type = ValueType::fraction,
                     .doc = "Reduction: of base_year, intensity and peak_minus.",
                     .low = 0,
                     .high = 2,
                     .example = "\"40 %\"",
                     .absence = Absence::unset},
                    FIELD(value)),
        Key<E>{{.table = "",
                .key = "level",
                .type = ValueType::quantity,
                .doc = "Level: of fixed_level.",
                .unit = "MtCO2e",
                .low = -1e12,
                .high = 1e12,
                .example = "\"300 MtCO2e\"",
                .absence = Absence::unset},
               [](const E& e) { return e.level_mt ? Value{*e.level_mt * 1e6} : Value{}; },
               [](E& e, const Value& v) { e.level_mt = std::get<double>(v) / 1e6; }},
    };
    return list;
}

}  // namespace domino::scenarios
