#include "viz/places_csv.h"

#include <string>
#include <vector>

#include "viz/csv_writer.h"

namespace domino::viz {

namespace {

constexpr std::size_t identity_columns = 7;
constexpr int share_digits = 6;
constexpr int degree_digits = 9;

std::vector<std::string> make_header(const sim::World& world) {
    std::vector<std::string> columns = {
        "place_id",
        "name",
        "country",
        "admin1",
        "kind",
        "lon",
        "lat",
        "year",
        "population",
        "emissions_t_co2e_mean",
        "emissions_t_co2e_p05",
        "emissions_t_co2e_p50",
        "emissions_t_co2e_p95",
        "committed_probability",
        "capacity_mean",
    };
    for (const sim::Technology& technology : world.technologies) {
        columns.push_back("adoption_" + technology.id + "_mean");
    }
    return columns;
}

std::string identity_cells(const geo::Place& place, std::string_view country) {
    std::string cells;
    for (const std::string_view cell : {std::string_view(place.id), std::string_view(place.name), country,
                                        std::string_view(place.admin1_id), kind_id(place.kind)}) {
        append_csv_cell(cells, cell);
        cells += ',';
    }
    append_number(cells, place.position.lon_deg, degree_digits);
    cells += ',';
    append_number(cells, place.position.lat_deg, degree_digits);
    return cells;
}

}  // namespace

std::string_view kind_id(geo::PlaceKind kind) {
    return kind == geo::PlaceKind::city ? "city" : "rest_of_region";
}

void write_places_csv(const RunContext& context, const PlaceSummary& summary,
                      const std::filesystem::path& path) {
    const sim::World& world = context.built.world;
    const sim::RunResults& results = context.results.scenario;
    CsvWriter csv(path, make_header(world));
    for (std::size_t place = 0; place < summary.places; ++place) {
        const std::size_t country = world.places[place].country;
        const std::string identity =
            identity_cells(context.built.places.places[place], context.built.country_names[country]);
        for (std::size_t year = 0; year < summary.years; ++year) {
            const std::size_t cell = summary.at(place, year);
            csv.raw(identity, identity_columns)
                .integer(results.calendar.first_year() + static_cast<int>(year))
                .number(summary.population[cell])
                .number(summary.mean_t[cell])
                .number(summary.p05_t[cell])
                .number(summary.p50_t[cell])
                .number(summary.p95_t[cell])
                .number(summary.committed_probability[cell], share_digits)
                .number(results.capacity_mean[cell], share_digits);
            for (std::size_t technology = 0; technology < results.technologies; ++technology) {
                csv.number(results.adoption_mean[technology * summary.places * summary.years + cell],
                           share_digits);
            }
            csv.end_row();
        }
    }
    csv.close();
}

}  // namespace domino::viz
