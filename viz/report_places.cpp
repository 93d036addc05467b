#include <algorithm>
#include <cmath>
#include <map>
#include <span>

#include "viz/changed_places.h"
#include "viz/month_text.h"
#include "viz/quantiles.h"
#include "viz/report_data.h"

namespace domino::viz::report {

namespace {

/// Emissions cells and the reference's, and paired differences, of every place and year.
struct CellValues {
    std::vector<double> reference_p50;
    std::vector<double> saved_p50, saved_p05, saved_p95;
};

CellValues measure_cells(const ReportSources& s) {
    CellValues out;
    const sim::EnsembleResults& results = s.context.results;
    if (!results.reference) {
        return out;
    }
    const sim::RunResults& scenario = results.scenario;
    const auto members = static_cast<std::size_t>(scenario.members);
    std::vector<double> difference(members);
    Summarizer summarizer;
    for (std::size_t cell = 0; cell < s.summary.places * s.summary.years; ++cell) {
        const std::span<const float> on(&scenario.emissions_t[cell * members], members);
        const std::span<const float> reference(&results.reference->emissions_t[cell * members], members);
        summarizer.sort(reference);
        out.reference_p50.push_back(summarizer.quantile(0.5));
        bool same = true;
        for (std::size_t m = 0; m < members; ++m) {
            difference[m] = static_cast<double>(reference[m]) - static_cast<double>(on[m]);
            same = same && difference[m] == 0.0;
        }
        const Summary saved = same ? Summary{} : summarizer.summarize(std::span<const double>(difference));
        out.saved_p50.push_back(saved.p50);
        out.saved_p05.push_back(saved.p05);
        out.saved_p95.push_back(saved.p95);
    }
    return out;
}

struct CellScales {
    std::vector<float> emissions, saved;
};

CellScales choose_scales(const ReportSources& s, const CellValues& values) {
    CellScales scales;
    for (std::size_t place = 0; place < s.summary.places; ++place) {
        double emissions = 0.0;
        double saved = 0.0;
        for (std::size_t year = 0; year < s.summary.years; ++year) {
            const std::size_t cell = s.summary.at(place, year);
            emissions = std::max(emissions, s.summary.p95_t[cell]);
            if (!values.reference_p50.empty()) {
                emissions = std::max(emissions, values.reference_p50[cell]);
                saved =
                    std::max({saved, std::fabs(values.saved_p05[cell]), std::fabs(values.saved_p95[cell])});
            }
        }
        scales.emissions.push_back(scale_for(emissions, u16_steps));
        scales.saved.push_back(scale_for(saved, i16_steps));
    }
    return scales;
}

/// Year offset of first passage at three percentiles of the members; a member that never gets there counts
/// as beyond the run.
std::array<std::uint8_t, 3> passage_years(const sim::RunResults& results, std::vector<std::uint16_t>& steps) {
    std::sort(steps.begin(), steps.end());
    std::array<std::uint8_t, 3> years{};
    constexpr std::array<double, 3> percentiles = {0.5, 0.05, 0.95};
    for (std::size_t k = 0; k < percentiles.size(); ++k) {
        const auto rank =
            static_cast<std::size_t>(std::ceil(percentiles[k] * static_cast<double>(steps.size()) - 1e-9));
        const std::uint16_t step = steps[std::max<std::size_t>(rank, 1) - 1];
        const int year = step == sim::never_step ? -1 : std::max(0, year_offset(results.calendar, step));
        years[k] = year >= 0 && year < static_cast<int>(results.years) ? static_cast<std::uint8_t>(year)
                                                                       : missing_u8;
    }
    return years;
}

std::vector<std::int16_t> pack_sooner(const sim::EnsembleResults& results) {
    constexpr double tenths_per_year = 10.0;
    std::vector<std::int16_t> out;
    for (const ChangedPlace& place : measure_sooner(results)) {
        for (const double years : {place.sooner_years.mean, place.sooner_years.p05, place.sooner_years.p95}) {
            out.push_back(static_cast<std::int16_t>(std::lround(years * tenths_per_year)));
        }
    }
    return out;
}

}  // namespace

Json make_places(const ReportSources& s, PackedArrays& arrays) {
    const std::vector<geo::Place>& places = s.context.built.places.places;
    Json ids = Json::array(), names = Json::array(), locals = Json::array(), units = Json::array();
    std::vector<std::uint16_t> unit_of;
    std::vector<std::uint8_t> country, kind;
    std::vector<float> lon, lat;
    std::vector<std::uint32_t> people;
    std::map<std::string, std::uint16_t> unit_index;
    bool any_local = false;
    for (std::size_t i = 0; i < places.size(); ++i) {
        const geo::Place& place = places[i];
        ids.push_back(place.id);
        names.push_back(place.name);
        locals.push_back(place.name_local);
        any_local = any_local || !place.name_local.empty();
        const std::string& unit = place.admin1_name.empty() ? place.admin1_id : place.admin1_name;
        if (unit.empty()) {
            unit_of.push_back(missing_u16);
        } else {
            const auto [found, added] =
                unit_index.emplace(place.admin1_id + "\n" + unit, static_cast<std::uint16_t>(units.size()));
            if (added) {
                units.push_back(unit);
            }
            unit_of.push_back(found->second);
        }
        country.push_back(static_cast<std::uint8_t>(s.context.built.world.places[i].country));
        kind.push_back(place.kind == geo::PlaceKind::city ? 0 : 1);
        lon.push_back(static_cast<float>(place.position.lon_deg));
        lat.push_back(static_cast<float>(place.position.lat_deg));
        people.push_back(static_cast<std::uint32_t>(std::llround(place.population)));
    }
    return {{"n", places.size()},
            {"id", std::move(ids)},
            {"name", std::move(names)},
            {"local", any_local ? std::move(locals) : Json::array()},
            {"admin1", std::move(units)},
            {"admin1Of", arrays.pack("places.admin1Of", unit_of)},
            {"country", arrays.pack("places.country", country)},
            {"kind", arrays.pack("places.kind", kind)},
            {"lon", arrays.pack("places.lon", lon)},
            {"lat", arrays.pack("places.lat", lat)},
            {"pop", arrays.pack("places.pop", people)}};
}

Json make_cells(const ReportSources& s, PackedArrays& arrays) {
    const CellValues values = measure_cells(s);
    const CellScales scales = choose_scales(s, values);
    const bool paired = !values.reference_p50.empty();
    const std::size_t cells = s.summary.places * s.summary.years;
    std::vector<std::uint8_t> commit(cells), commit_reference;
    std::vector<std::uint16_t> e50(cells), e05(cells), e95(cells), reference50;
    std::vector<std::int16_t> saved(cells, missing_i16), saved05(cells, missing_i16),
        saved95(cells, missing_i16);
    for (std::size_t cell = 0; cell < cells; ++cell) {
        const std::size_t place = cell / s.summary.years;
        commit[cell] = half_points(s.summary.committed_probability[cell]);
        e50[cell] = to_u16(s.summary.p50_t[cell], scales.emissions[place]);
        e05[cell] = to_u16(s.summary.p05_t[cell], scales.emissions[place]);
        e95[cell] = to_u16(s.summary.p95_t[cell], scales.emissions[place]);
        if (paired) {
            reference50.push_back(to_u16(values.reference_p50[cell], scales.emissions[place]));
            saved[cell] = to_i16(values.saved_p50[cell], scales.saved[place]);
            saved05[cell] = to_i16(values.saved_p05[cell], scales.saved[place]);
            saved95[cell] = to_i16(values.saved_p95[cell], scales.saved[place]);
        }
    }
    if (paired) {
        const double members = s.context.results.scenario.members;
        for (const std::uint32_t count : count_stage(*s.context.results.reference, sim::Stage::committed)) {
            commit_reference.push_back(half_points(count / members));
        }
    }
    Json out = {{"commit", arrays.pack("cells.commit", commit)},
                {"commitRef", paired ? Json(arrays.pack("cells.commitRef", commit_reference)) : Json()},
                {"e50", arrays.pack("cells.e50", e50)},
                {"e05", arrays.pack("cells.e05", e05)},
                {"e95", arrays.pack("cells.e95", e95)},
                {"ref50", paired ? Json(arrays.pack("cells.ref50", reference50)) : Json()},
                {"ab", arrays.pack("cells.ab", saved)},
                {"ab05", arrays.pack("cells.ab05", saved05)},
                {"ab95", arrays.pack("cells.ab95", saved95)},
                {"abBasis", paired ? "reference" : "bau"}};
    out["escale"] = arrays.pack("places.escale", scales.emissions);
    out["ascale"] = arrays.pack("places.ascale", scales.saved);
    return out;
}

Json make_stages(const ReportSources& s, PackedArrays& arrays) {
    const sim::RunResults& results = s.context.results.scenario;
    const double members = results.members;
    std::vector<std::uint8_t> chance(results.places * sim::stage_count * results.years);
    std::vector<std::uint8_t> year(results.places * sim::stage_count * 3);
    std::vector<std::uint16_t> steps;
    for (std::size_t stage = 0; stage < sim::stage_count; ++stage) {
        const auto kind = static_cast<sim::Stage>(stage);
        const std::vector<std::uint32_t> counts = count_stage(results, kind);
        for (std::size_t place = 0; place < results.places; ++place) {
            for (std::size_t y = 0; y < results.years; ++y) {
                chance[(place * sim::stage_count + stage) * results.years + y] =
                    half_points(counts[place * results.years + y] / members);
            }
            const auto begin =
                results.stage_step.begin() + static_cast<std::ptrdiff_t>(results.stage_at(kind, place, 0));
            steps.assign(begin, begin + results.members);
            const auto years = passage_years(results, steps);
            std::copy(years.begin(), years.end(),
                      year.begin() + static_cast<std::ptrdiff_t>((place * sim::stage_count + stage) * 3));
        }
    }
    Json out = {{"p", arrays.pack("stages.p", chance)}, {"year", arrays.pack("stages.year", year)}};
    out["sooner"] = s.context.results.reference
                        ? Json(arrays.pack("stages.sooner", pack_sooner(s.context.results)))
                        : Json();
    return out;
}

Json make_causes(const ReportSources& s, PackedArrays& arrays) {
    const std::size_t slots = s.events.slots();
    std::vector<std::uint8_t> shares(s.summary.places * slots, missing_u8);
    for (std::size_t place = 0; place < s.summary.places; ++place) {
        std::uint32_t total = 0;
        for (std::size_t slot = 0; slot < slots; ++slot) {
            total += s.events.by_place[place * slots + slot];
        }
        for (std::size_t slot = 0; slot < slots && total > 0; ++slot) {
            shares[place * slots + slot] =
                half_points(s.events.by_place[place * slots + slot] / static_cast<double>(total));
        }
    }
    return arrays.pack("causes", shares);
}

Json make_links(const ReportSources& s) {
    std::vector<scenarios::Link> links;
    for (const scenarios::Link& link : s.context.built.links) {
        if (link.layer == "collaboration") {
            links.push_back(link);
        }
    }
    const auto key = [](const scenarios::Link& l) {
        return std::tuple(is_open(l.from) ? INT32_MIN : l.from.value, l.a, l.b, l.to.value);
    };
    std::stable_sort(links.begin(), links.end(),
                     [&](const auto& a, const auto& b) { return key(a) < key(b); });
    const auto in_reference = [&](const scenarios::Link& link) {
        const auto& others = s.context.reference_built->links;
        return std::any_of(others.begin(), others.end(), [&](const scenarios::Link& other) {
            return other.layer == link.layer && key(other) == key(link);
        });
    };
    Json out = Json::array();
    for (const scenarios::Link& link : links) {
        out.push_back({{"a", link.a},
                       {"b", link.b},
                       {"from", is_open(link.from) ? Json() : Json(decimal_year(link.from))},
                       {"to", is_open(link.to) ? Json() : Json(decimal_year(link.to))},
                       {"layer", link.layer},
                       {"added", s.context.reference_built != nullptr && !in_reference(link)}});
    }
    return out;
}

Json make_events(const ReportSources& s, PackedArrays& arrays) {
    const double members = s.context.results.scenario.members;
    const std::size_t count = std::min(s.events.groups.size(), most_events);
    std::vector<std::uint16_t> place, source;
    std::vector<std::uint8_t> year, cause, share;
    const int last_year = static_cast<int>(s.summary.years) - 1;
    for (std::size_t i = 0; i < count; ++i) {
        const EventGroup& group = s.events.groups[i];
        const int offset =
            year_offset(s.context.results.scenario.calendar, static_cast<int>(group.median_step));
        place.push_back(static_cast<std::uint16_t>(group.place));
        source.push_back(group.source == sim::no_place ? missing_u16
                                                       : static_cast<std::uint16_t>(group.source));
        year.push_back(static_cast<std::uint8_t>(std::clamp(offset, 0, last_year)));
        cause.push_back(group.slot);
        share.push_back(half_points(group.members / members));
    }
    const bool cut = count < s.events.groups.size();
    return {{"count", count},
            {"total", s.events.events},
            {"leftOutBelow", cut ? s.events.groups[count - 1].members / members : 0.0},
            {"place", arrays.pack("events.place", place)},
            {"source", arrays.pack("events.source", source)},
            {"year", arrays.pack("events.year", year)},
            {"cause", arrays.pack("events.cause", cause)},
            {"share", arrays.pack("events.share", share)}};
}

}  // namespace domino::viz::report
