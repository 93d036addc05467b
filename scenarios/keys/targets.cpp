#include "scenarios/keys/sections.h"

namespace domino::scenarios {
namespace {

using E = TargetEntry;
constexpr double t_per_mt = 1e6;

/// A key whose value is one of @p choices, kept as the word itself.
template <std::string E::*field, std::size_t n>
Key<E> words(std::string_view key, std::string_view doc, const std::array<std::string_view, n>& choices,
             Absence absence = Absence::keeps_default, std::string_view example = {}) {
    return Key<E>{{.table = "",
                   .key = key,
                   .type = ValueType::choice,
                   .doc = doc,
                   .example = example,
                   .absence = absence,
                   .choices = {choices.begin(), choices.end()}},
                  [](const E& e) { return to_value(e.*field); },
                  [](E& e, const Value& v) { e.*field = std::get<std::string>(v); }};
}

/// A key of tonnes, kept in Mt.
template <std::optional<double> E::*field>
Key<E> amount(std::string_view key, std::string_view doc, std::string_view example) {
    return Key<E>{{.table = "",
                   .key = key,
                   .type = ValueType::quantity,
                   .doc = doc,
                   .unit = "MtCO2e",
                   .low = -1e12,
                   .high = 1e12,
                   .example = example,
                   .absence = Absence::unset},
                  [](const E& e) { return e.*field ? Value{*(e.*field) * t_per_mt} : Value{}; },
                  [](E& e, const Value& v) { e.*field = std::get<double>(v) / t_per_mt; }};
}

}  // namespace

EntryList<TargetEntry> targets() {
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
    const auto fraction = [](std::string_view key, std::string_view doc, std::string_view example,
                             auto access) {
        return bind_key<E>({.table = "",
                            .key = key,
                            .type = ValueType::fraction,
                            .doc = doc,
                            .low = 0,
                            .high = 2,
                            .example = example,
                            .absence = Absence::unset},
                           access);
    };
    list.keys = {
        required<E>(ValueType::text, "id", "Name of the target.", "\"thailand_stretch\"", FIELD(id)),
        required<E>(ValueType::country, "country", "Whose.", "\"Thailand\"", FIELD(country)),
        words<&E::type>("type",
                        "Below a base year, below business as usual, below an intensity of GDP, a level, an "
                        "amount below business as usual, below the peak, a line of levels, a sum over years, "
                        "or one sector.",
                        target_types, Absence::error, "\"base_year\""),
        year("year", "Year it is for.", "2035", Absence::error, 2000, FIELD(target_year)),
        year("base_year", "Year it is measured from.", "2019", Absence::unset, 1990, FIELD(base_year)),
        year("period_start", "First year of a budget or trajectory.", "2026", Absence::unset, 1990,
             FIELD(period_start)),
        fraction("value", "Reduction: of base_year, bau, intensity, peak_minus and sectoral.", "\"40 %\"",
                 FIELD(value)),
        fraction("value_high", "Other end of a range.", "\"45 %\"", FIELD(value_high)),
        amount<&E::reduction_mt>("reduction", "Reduction in tonnes: of absolute_reduction and peak_minus.",
                                 "\"60 MtCO2e\""),
        amount<&E::reduction_high_mt>("reduction_high", "Other end of a range.", "\"80 MtCO2e\""),
        amount<&E::level_mt>("level", "Level: of fixed_level, trajectory (in its last year), budget.",
                             "\"300 MtCO2e\""),
        amount<&E::level_high_mt>("level_high", "Other end of a range.", "\"320 MtCO2e\""),
        amount<&E::start_level_mt>("start_level", "Level of a trajectory in its first year.",
                                   "\"400 MtCO2e\""),
        amount<&E::reference_level_mt>("reference_level",
                                       "Emissions of the base year, or business as usual of the target's "
                                       "year, as filed.",
                                       "\"555 MtCO2e\""),
        bind_key<E>({.table = "",
                     .key = "bau",
                     .type = ValueType::choice,
                     .doc = "Whether business as usual is the reference_level stated, or what the reference "
                            "run gives in the same member."},
                    FIELD(bau)),
        words<&E::conditionality>("conditionality", "Whether it depends on support from abroad.",
                                  target_conditions),
        words<&E::lulucf>("lulucf",
                          "Land use: left out, counted in every year, or counted in the target's year only.",
                          land_use_treatments),
        words<&E::year_basis>("year_basis", "Calendar years, or the country's fiscal years.", year_bases),
        words<&E::sector>("sector", "Part of the inventory a sectoral target is for.", inventory_parts,
                          Absence::unset, "\"transport\""),
        optional<E>(ValueType::text, "gases", "Gases it counts, as filed; all without it.", "\"CO2\"",
                    FIELD(gases)),
        optional<E>(ValueType::text, "coverage", "What it covers, as filed.", "\"economy-wide\"",
                    FIELD(coverage)),
    };
    return list;
}

}  // namespace domino::scenarios
