#include "viz/results_gpkg.h"

#include <cmath>
#include <map>
#include <span>
#include <string>
#include <tuple>
#include <vector>

#include "geo/io/gpkg_writer.h"
#include "sim/domino_multiplier.h"
#include "viz/month_text.h"
#include "viz/pathways.h"
#include "viz/place_layer.h"
#include "viz/places_csv.h"
#include "viz/vector_style.h"

namespace domino::viz {

namespace {

using geo::io::GpkgField;
using geo::io::GpkgGeometry;
using geo::io::GpkgLayer;
using geo::io::GpkgLayerId;
using geo::io::GpkgShape;
using geo::io::GpkgValue;
using geo::io::GpkgWriter;
using enum geo::io::GpkgFieldType;

using Row = PlaceRow;

GpkgValue whole_value(long long value) {
    return GpkgValue{std::int64_t{value}};
}

/// The layers of one run, written one after the other.
class Geopackage {
 public:
    Geopackage(const RunContext& context, const GeopackageContents& contents,
               const std::filesystem::path& path)
        : context_(context),
          built_(context.built),
          results_(context.results.scenario),
          contents_(contents),
          writer_(path) {}

    void write() {
        add_places();
        add_links();
        add_events();
        add_domino_links();
        add_projects();
        add_place_years();
        add_place_cells();
        add_country_years();
        add_targets();
        add_boundaries();
        add_styles();
        writer_.finish();
    }

 private:
    const geo::Place& place(std::size_t index) const { return built_.places.places[index]; }
    const std::string& country_name(std::size_t place_index) const {
        return built_.country_names[built_.world.places[place_index].country];
    }
    int year_at(std::size_t offset) const {
        return results_.calendar.first_year() + static_cast<int>(offset);
    }

    void add_places();
    void add_links();
    void add_events();
    void add_domino_links();
    void append_group(GpkgLayerId id, const EventGroup& group, const GpkgShape& shape, Row row);
    void add_projects();
    void add_place_years();
    void add_place_cells();
    void add_country_years();
    void add_targets();
    void add_boundaries();
    void add_styles();

    const RunContext& context_;
    const scenarios::BuiltWorld& built_;
    const sim::RunResults& results_;
    const GeopackageContents& contents_;
    GpkgWriter writer_;
};

void Geopackage::add_places() {
    GpkgLayer layer = place_layer(built_);
    layer.fields.push_back({"domino_multiplier", real});
    layer.fields.push_back({"domino_multiplier_t_co2e", real});
    const GpkgLayerId id = writer_.add_layer(layer);
    const auto multipliers = sim::count_downstream(results_.events, results_.places);
    for (std::size_t i = 0; i < results_.places; ++i) {
        PlaceRow row = place_row(built_, i);
        row.push_back(real_value(multipliers[i].events()));
        row.push_back(real_value(multipliers[i].tonnes()));
        writer_.append(id, place(i).position, row);
    }
}

void Geopackage::add_links() {
    const GpkgLayerId id = writer_.add_layer(
        {"links",
         GpkgGeometry::line,
         {{"place_id_a", text},
          {"place_id_b", text},
          {"layer", text},
          {"kind", text},
          {"hypothetical", boolean},
          {"valid_from", date},
          {"valid_to", date},
          {"source", text},
          {"archetype", text}},
         "Agreements, projects and contacts",
         "Hypothetical: chosen by the expansion rule, not on record. Straight lines, not routes"});
    for (const scenarios::Link& link : built_.links) {
        const Row row = {text_value(place(link.a).id),
                         text_value(place(link.b).id),
                         text_value(link.layer),
                         text_value(link.kind),
                         whole_value(link.hypothetical ? 1 : 0),
                         text_value(first_day_text(link.from)),
                         text_value(day_before_text(link.to)),
                         text_value(link.source),
                         text_value(link.archetype)};
        writer_.append(id, geo::Line{place(link.a).position, place(link.b).position}, row);
    }
}

/// What `events` and `domino_links` tell of a group, after what tells it apart.
std::vector<GpkgField> with_group_fields(std::vector<GpkgField> places) {
    const GpkgField fields[] = {{"cause_group", text},
                                {"share_of_members", real},
                                {"mean_share_of_hazard", real},
                                {"median_month", text},
                                {"valid_from", date}};
    places.insert(places.end(), std::begin(fields), std::end(fields));
    return places;
}

void Geopackage::append_group(GpkgLayerId id, const EventGroup& group, const GpkgShape& shape, Row row) {
    const sim::Month month = results_.calendar.month(static_cast<int>(group.median_step));
    row.push_back(text_value(contents_.events.slot_names[group.slot]));
    row.push_back(real_value(group.members / static_cast<double>(results_.event_members)));
    row.push_back(real_value(group.mean_share));
    row.push_back(text_value(month_text(month)));
    row.push_back(text_value(first_day_text(month)));
    writer_.append(id, shape, row);
}

void Geopackage::add_events() {
    const GpkgLayerId id = writer_.add_layer(
        {"events", GpkgGeometry::point,
         with_group_fields({{"place_id", text},
                            {"name", text},
                            {"source_place_id", text},
                            {"source_name", text},
                            {"cause", text},
                            {"layer", text}}),
         "Commitments by cause",
         "One row per place, source, cause and layer over the members of domino_ledger.csv, where "
         "single commitments are"});
    for (const LedgerGroup& group : contents_.events.ledger_groups) {
        const bool sourced = group.source != sim::no_place;
        const std::string_view layer = layer_name(built_.world, group.layer);
        append_group(id, group, place(group.place).position,
                     {text_value(place(group.place).id), text_value(place(group.place).name),
                      sourced ? text_value(place(group.source).id) : GpkgValue{},
                      sourced ? text_value(place(group.source).name) : GpkgValue{},
                      text_value(sim::cause_ids[static_cast<std::size_t>(group.cause)]),
                      layer.empty() ? GpkgValue{} : text_value(layer)});
    }
}

void Geopackage::add_domino_links() {
    const GpkgLayerId id = writer_.add_layer(
        {"domino_links", GpkgGeometry::line,
         with_group_fields(
             {{"source_place_id", text}, {"source_name", text}, {"place_id", text}, {"name", text}}),
         "Dominoes",
         "From the place that set off a commitment to the place that committed, over the members of "
         "domino_ledger.csv. Straight lines, not routes"});
    for (const EventGroup& group : contents_.events.groups) {
        if (group.source == sim::no_place || group.source == group.place) continue;
        append_group(id, group, geo::Line{place(group.source).position, place(group.place).position},
                     {text_value(place(group.source).id), text_value(place(group.source).name),
                      text_value(place(group.place).id), text_value(place(group.place).name)});
    }
}

void Geopackage::add_projects() {
    const GpkgLayerId id = writer_.add_layer({"projects",
                                              GpkgGeometry::point,
                                              {{"project_id", text},
                                               {"programme", text},
                                               {"place_id", text},
                                               {"name", text},
                                               {"partner_place_id", text},
                                               {"hypothetical", boolean},
                                               {"cost_jpy_per_year", real},
                                               {"valid_from", date},
                                               {"valid_to", date}},
                                              "Supported projects",
                                              "One row per supported phase"});
    std::map<std::tuple<std::uint32_t, std::uint32_t, std::int32_t>, bool> on_record;
    for (const scenarios::Link& link : built_.links) {
        on_record[{link.a, link.b, link.from.value}] = !link.hypothetical;
    }
    for (const sim::SupportWindow& window : built_.world.support) {
        GpkgValue hypothetical;
        if (window.partner) {
            const auto found = on_record.find({*window.partner, window.place, window.from.value});
            if (found != on_record.end()) {
                hypothetical = whole_value(found->second ? 0 : 1);
            }
        }
        const Row row = {text_value(window.project_id),
                         text_value(built_.world.programmes.at(window.programme).id),
                         text_value(place(window.place).id),
                         text_value(place(window.place).name),
                         window.partner ? text_value(place(*window.partner).id) : GpkgValue{},
                         hypothetical,
                         real_value(window.cost_jpy_per_year),
                         text_value(first_day_text(window.from)),
                         text_value(day_before_text(window.to))};
        writer_.append(id, place(window.place).position, row);
    }
}

void Geopackage::add_place_years() {
    GpkgLayer layer{"results_place_year",
                    GpkgGeometry::point,
                    {},
                    "Results by place and year",
                    "As places.csv; means add up, quantiles do not"};
    layer.fields = {{"place_id", text},
                    {"name", text},
                    {"year", integer},
                    {"valid_from", date},
                    {"valid_to", date},
                    {"population", real},
                    {"emissions_t_co2e_mean", real},
                    {"emissions_t_co2e_p05", real},
                    {"emissions_t_co2e_p50", real},
                    {"emissions_t_co2e_p95", real},
                    {"committed_probability", real},
                    {"capacity_mean", real}};
    for (const sim::Technology& technology : built_.world.technologies) {
        layer.fields.push_back({"adoption_" + technology.id + "_mean", real});
    }
    const GpkgLayerId id = writer_.add_layer(layer);
    const PlaceSummary& s = contents_.summary;
    Row row(layer.fields.size());
    for (std::size_t i = 0; i < s.places; ++i) {
        row[0] = text_value(place(i).id);
        row[1] = text_value(place(i).name);
        for (std::size_t year = 0; year < s.years; ++year) {
            const std::size_t cell = s.at(i, year);
            const std::string year_text = std::to_string(year_at(year));
            std::size_t column = 2;
            row[column++] = whole_value(year_at(year));
            row[column++] = year_text + "-01-01";
            row[column++] = year_text + "-12-31";
            for (const double value :
                 {s.population[cell], s.mean_t[cell], s.p05_t[cell], s.p50_t[cell], s.p95_t[cell],
                  s.committed_probability[cell], results_.capacity_mean[cell]}) {
                row[column++] = real_value(value);
            }
            for (std::size_t t = 0; t < results_.technologies; ++t) {
                row[column++] = real_value(results_.adoption_mean[t * s.places * s.years + cell]);
            }
            writer_.append(id, place(i).position, row);
        }
    }
}

void Geopackage::add_place_cells() {
    if (contents_.cells == nullptr) {
        return;
    }
    const geo::PlaceCells& cells = *contents_.cells;
    const GpkgLayerId id = writer_.add_layer(
        {"place_cells",
         GpkgGeometry::none,
         {{"place_id", text}, {"col", integer}, {"row", integer}, {"share", real}},
         "Cells of each place on the maps",
         "col and row count from 0 at the north-west corner; the shares of a place add up to 1"});
    Row row(4);
    for (std::size_t i = 0; i < cells.places(); ++i) {
        row[0] = text_value(place(i).id);
        for (const geo::CellShare& share : cells.of_place(i)) {
            const geo::CellPosition position = cells.grid.position(share.cell);
            row[1] = whole_value(position.column);
            row[2] = whole_value(position.row);
            row[3] = real_value(share.share);
            writer_.append(id, std::monostate{}, row);
        }
    }
}

void Geopackage::add_country_years() {
    const GpkgLayerId id = writer_.add_layer({"results_country_year",
                                              GpkgGeometry::none,
                                              {{"region", text},
                                               {"variable", text},
                                               {"unit", text},
                                               {"year", integer},
                                               {"valid_from", date},
                                               {"valid_to", date},
                                               {"mean", real},
                                               {"p05", real},
                                               {"p50", real},
                                               {"p95", real}},
                                              "Results by country and year",
                                              "The national rows of pathways.csv"});
    for (const PathwaySeries& series : contents_.nations) {
        for (std::size_t year = 0; year < series.years.size(); ++year) {
            const Summary& s = series.years[year];
            const std::string year_text = std::to_string(year_at(year));
            const Row row = {text_value(series.region),
                             text_value(series.variable),
                             text_value(series.unit),
                             whole_value(year_at(year)),
                             text_value(year_text + "-01-01"),
                             text_value(year_text + "-12-31"),
                             real_value(s.mean),
                             real_value(s.p05),
                             real_value(s.p50),
                             real_value(s.p95)};
            writer_.append(id, std::monostate{}, row);
        }
    }
}

void Geopackage::add_targets() {
    const GpkgLayerId id = writer_.add_layer({"targets",
                                              GpkgGeometry::none,
                                              {{"target_id", text},
                                               {"iso3", text},
                                               {"target_year", integer},
                                               {"type", text},
                                               {"conditionality", text},
                                               {"level_strict_mt_co2e", real},
                                               {"level_mt_co2e", real},
                                               {"probability", real},
                                               {"probability_reference", real},
                                               {"status", text},
                                               {"reason", text}},
                                              "National targets",
                                              "As targets.csv"});
    for (std::size_t i = 0; i < built_.targets.size(); ++i) {
        const sim::Target& target = built_.targets[i];
        const sim::TargetResult& result = contents_.targets.scenario[i];
        const bool assessed = result.status == sim::TargetStatus::assessed;
        const auto if_assessed = [&](double value) { return assessed ? real_value(value) : GpkgValue{}; };
        const bool has_reference = assessed && !contents_.targets.reference.empty() &&
                                   contents_.targets.reference[i].status == sim::TargetStatus::assessed;
        const Row row = {text_value(target.id),
                         text_value(built_.world.countries[target.country].iso3),
                         whole_value(target.target_year),
                         text_value(target_type_id(target.type)),
                         text_value(conditionality_id(target.conditionality)),
                         if_assessed(result.level_low_mt),
                         if_assessed(result.level_high_mt),
                         if_assessed(result.probability),
                         has_reference ? real_value(contents_.targets.reference[i].probability) : GpkgValue{},
                         text_value(assessed ? "assessed" : "not_assessable"),
                         text_value(result.reason)};
        writer_.append(id, std::monostate{}, row);
    }
}

void Geopackage::add_boundaries() {
    if (contents_.areas == nullptr) return;
    const GpkgLayerId id = writer_.add_layer({"boundaries",
                                              GpkgGeometry::area,
                                              {{"admin1_id", text}, {"iso3", text}},
                                              "Boundaries",
                                              "First-order administrative units of the scenario's countries, "
                                              "from the data pack"});
    for (const geo::AdminArea& area : *contents_.areas) {
        writer_.append(id, area.area, Row{text_value(area.admin1_id), text_value(area.iso3)});
    }
}

/// The table in which QGIS looks for a layer's style; one default a layer.
void Geopackage::add_styles() {
    const GpkgLayerId id = writer_.add_layer({"layer_styles",
                                              GpkgGeometry::none,
                                              {{"f_table_catalog", text},
                                               {"f_table_schema", text},
                                               {"f_table_name", text},
                                               {"f_geometry_column", text},
                                               {"styleName", text},
                                               {"styleQML", text},
                                               {"styleSLD", text},
                                               {"useAsDefault", boolean},
                                               {"description", text},
                                               {"owner", text},
                                               {"ui", text},
                                               {"update_time", datetime}},
                                              "layer_styles",
                                              "Styles QGIS applies by itself",
                                              "id"});
    // QGIS asks for empty text in the first two, not for null.
    const GpkgValue empty{std::string()};
    for (const VectorStyle& style : vector_styles()) {
        if (style.layer == "boundaries" && contents_.areas == nullptr) continue;
        const Row row = {empty,
                         empty,
                         text_value(style.layer),
                         text_value("geom"),
                         text_value(style.title),
                         text_value(qgis_vector_style(style)),
                         empty,
                         whole_value(1),
                         text_value(style.title),
                         text_value("domino"),
                         GpkgValue{},
                         text_value("2000-01-01T00:00:00Z")};
        writer_.append(id, std::monostate{}, row);
    }
}

}  // namespace

void write_results_gpkg(const RunContext& context, const GeopackageContents& contents,
                        const std::filesystem::path& path) {
    Geopackage(context, contents, path).write();
}

}  // namespace domino::viz
