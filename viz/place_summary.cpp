#include "viz/place_summary.h"

#include <algorithm>
#include <span>

#include "viz/quantiles.h"

namespace domino::viz {

PlaceSummary summarize_places(const scenarios::BuiltWorld& built, const sim::RunResults& results) {
    PlaceSummary out;
    out.places = results.places;
    out.years = results.years;
    const std::size_t cells = out.places * out.years;
    for (std::vector<double>* column : {&out.population, &out.mean_t, &out.p05_t, &out.p50_t, &out.p95_t}) {
        column->resize(cells);
    }
    const auto members = static_cast<std::size_t>(results.members);
    Summarizer summarizer;
    const auto summary_of = [&](std::size_t place, std::size_t year) {
        if (const auto& kept = results.distributions; kept) {
            return Summary{kept->mean_t(place, year), kept->quantile_t(place, year, 0.05),
                           kept->quantile_t(place, year, 0.5), kept->quantile_t(place, year, 0.95)};
        }
        return summarizer.summarize(
            std::span<const float>(&results.emissions_t[out.at(place, year) * members], members));
    };
    for (std::size_t place = 0; place < out.places; ++place) {
        const sim::PlaceInputs& inputs = built.world.places[place];
        const sim::Country& country = built.world.countries[inputs.country];
        for (std::size_t year = 0; year < out.years; ++year) {
            const std::size_t cell = out.at(place, year);
            const Summary s = summary_of(place, year);
            out.mean_t[cell] = s.mean;
            out.p05_t[cell] = s.p05;
            out.p50_t[cell] = s.p50;
            out.p95_t[cell] = s.p95;
            out.population[cell] =
                inputs.population * by_year_value(country.population_factor, results.calendar, year);
        }
    }
    const std::vector<std::uint32_t> committed = count_stage(results, sim::Stage::committed);
    out.committed_probability.reserve(cells);
    for (const std::uint32_t count : committed) {
        out.committed_probability.push_back(static_cast<double>(count) / static_cast<double>(members));
    }
    return out;
}

int year_offset(const sim::Calendar& calendar, int step) {
    return calendar.month(step).year() - calendar.first_year();
}

double by_year_value(const sim::ByYear& values, const sim::Calendar& calendar, std::size_t year) {
    const auto lead = static_cast<std::size_t>(calendar.first_year() - calendar.first.year());
    return values.at(lead + year);
}

std::vector<std::uint32_t> count_stage(const sim::RunResults& results, sim::Stage stage) {
    std::vector<std::uint32_t> counts(results.places * results.years, 0);
    if (results.distributions) {
        for (std::size_t place = 0; place < results.places; ++place) {
            for (std::size_t year = 0; year < results.years; ++year)
                counts[place * results.years + year] = results.distributions->reached(stage, place, year);
        }
        return counts;
    }
    const auto years = static_cast<int>(results.years);
    for (std::size_t place = 0; place < results.places; ++place) {
        std::uint32_t* row = &counts[place * results.years];
        for (std::size_t member = 0; member < static_cast<std::size_t>(results.members); ++member) {
            const std::uint16_t step = results.stage_step[results.stage_at(stage, place, member)];
            if (step == sim::never_step) {
                continue;
            }
            const int year = std::max(0, year_offset(results.calendar, step));
            if (year < years) {
                ++row[year];
            }
        }
        for (int year = 1; year < years; ++year) {
            row[year] += row[year - 1];
        }
    }
    return counts;
}

}  // namespace domino::viz
