#include "viz/changed_places.h"

#include <algorithm>
#include <cmath>
#include <span>

namespace domino::viz {

namespace {

/// Months from the first whole year to a commitment, at most to the end of the last.
double months_to(const sim::RunResults& results, std::uint16_t step) {
    const double end = 12.0 * static_cast<double>(results.years);
    if (step == sim::never_step) {
        return end;
    }
    const double months =
        results.calendar.month(step).value - sim::make_month(results.calendar.first_year(), 1).value;
    return std::clamp(months, 0.0, end);
}

}  // namespace

std::vector<ChangedPlace> measure_sooner(const sim::EnsembleResults& results) {
    const sim::RunResults& on = results.scenario;
    const sim::RunResults& reference = *results.reference;
    constexpr double months_per_year = 12.0;
    std::vector<double> sooner(static_cast<std::size_t>(on.members));
    std::vector<ChangedPlace> out;
    Summarizer summarizer;
    for (std::size_t place = 0; place < on.places; ++place) {
        for (std::size_t m = 0; m < sooner.size(); ++m) {
            const std::size_t at = on.stage_at(sim::Stage::committed, place, m);
            sooner[m] = (months_to(reference, reference.stage_step[at]) - months_to(on, on.stage_step[at])) /
                        months_per_year;
        }
        out.push_back(
            {static_cast<std::uint32_t>(place), summarizer.summarize(std::span<const double>(sooner))});
    }
    return out;
}

std::vector<ChangedPlace> rank_changed_places(const sim::EnsembleResults& results, std::size_t count) {
    std::vector<ChangedPlace> places = measure_sooner(results);
    std::erase_if(places, [](const ChangedPlace& p) { return p.sooner_years.mean == 0.0; });
    std::stable_sort(places.begin(), places.end(), [](const ChangedPlace& a, const ChangedPlace& b) {
        return std::fabs(a.sooner_years.mean) > std::fabs(b.sooner_years.mean);
    });
    places.resize(std::min(count, places.size()));
    return places;
}

}  // namespace domino::viz
