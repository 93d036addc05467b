#include "viz/results_nc.h"

#include <algorithm>
#include <cmath>
#include <vector>

#include "geo/io/netcdf_writer.h"
#include "geo/problem.h"
#include "viz/maps.h"

namespace domino::viz {

namespace {

using geo::io::NetcdfFrame;
using geo::io::NetcdfShape;
using geo::io::NetcdfVariable;
using geo::io::NetcdfVariableId;
using geo::io::NetcdfWriter;

/// UDUNITS has no word for CO2 equivalents, so `units` names the tonne and `unit` the whole, as pyam does.
NetcdfVariable emissions(const char* name, NetcdfShape shape, const char* long_name, const char* methods,
                         const char* comment) {
    return {name,
            shape,
            {{"long_name", long_name},
             {"units", "tonne year-1"},
             {"unit", "t CO2e/yr"},
             {"cell_methods", methods},
             {"cell_measures", "area: cell_area"},
             {"comment", comment}}};
}

NetcdfFrame make_frame(const RunContext& context, const MapFrame& frame) {
    const sim::RunResults& results = context.results.scenario;
    NetcdfFrame file;
    file.grid = frame.grid();
    file.crs = frame.projection.definition();
    file.cells = frame.covered();
    file.first_year = results.calendar.first_year();
    file.years = static_cast<int>(results.years);
    file.quantiles = {0.05, 0.5, 0.95};
    if (context.scenario.output.realizations == scenarios::OnOff::on) {
        file.realizations = results.members;
        file.first_realization = context.options.first_member;
    }
    file.attributes = {
        {"title", context.scenario.title.empty() ? context.scenario.name : context.scenario.title},
        {"scenario", context.scenario.name},
        {"source", "domino " + context.program.version},
        {"comment",
         "Emissions of places spread over where their people are (or as output.downscaling says), AR5 "
         "GWP-100. "
         "The national remainder is not mapped. Means add up over cells, quantiles do not."}};
    return file;
}

class NetcdfMaps {
 public:
    NetcdfMaps(const RunContext& context, const PlaceSummary& summary, const MapFrame& frame,
               const CellQuantiles& quantiles, const std::filesystem::path& path)
        : context_(context),
          results_(context.results.scenario),
          summary_(summary),
          frame_(frame),
          quantiles_(quantiles),
          path_(path),
          writer_(path, make_frame(context, frame)) {}

    sim::IdentityCheck write() {
        define();
        write_area();
        sim::IdentityCheck check{"sum of " + path_.filename().string() + " = sum of places", 0.0,
                                 map_tolerance};
        for (std::size_t year = 0; year < results_.years; ++year) {
            const double error = write_year(year);
            check.largest_relative_error = std::max(check.largest_relative_error, error);
        }
        if (context_.scenario.output.realizations == scenarios::OnOff::on) write_members();
        writer_.finish();
        return check;
    }

 private:
    void define() {
        area_ = writer_.add_variable({"cell_area",
                                      NetcdfShape::map,
                                      {{"standard_name", "cell_area"},
                                       {"long_name", "area of the cell on the WGS 84 ellipsoid"},
                                       {"units", "km2"},
                                       {"unit", "km2"}}});
        mean_ = writer_.add_variable(
            emissions("emissions_co2e", NetcdfShape::by_year, "emissions of the cell, mean over members",
                      "area: sum time: mean realization: mean", "Adds up over cells to the places."));
        quantile_ = writer_.add_variable(
            emissions("emissions_co2e_quantile", NetcdfShape::by_quantile_and_year,
                      "emissions of the cell, quantiles over members", "area: sum time: mean",
                      "Cell by cell: does not add up. CF has no cell method for quantiles; see the "
                      "coordinate quantile."));
        committed_ = writer_.add_variable(
            {"commitment_probability",
             NetcdfShape::by_year,
             {{"long_name", "chance that a person's place has committed by the end of the year"},
              {"units", "1"},
              {"unit", "1"},
              {"cell_methods", "area: mean (weighted by people) realization: mean"},
              {"comment", "Does not add up."}}});
        if (context_.scenario.output.realizations == scenarios::OnOff::on) {
            member_ = writer_.add_variable(
                emissions("emissions_co2e_realization", NetcdfShape::by_realization_and_year,
                          "emissions of the cell in one member", "area: sum time: mean",
                          "Each member adds up over cells to its places."));
        }
    }

    void write_area() {
        std::vector<float> areas(frame_.covered_area_km2.begin(), frame_.covered_area_km2.end());
        writer_.write(area_, 0, 0, areas);
    }

    std::vector<float> totals(std::span<const double> of_places) const {
        const std::vector<double> values = geo::totals_of_cells(frame_.holders, of_places);
        return {values.begin(), values.end()};
    }

    /// Of the covered cells; people may be in fewer, or in others.
    std::vector<float> chances(std::size_t year) const {
        const geo::CellHolders& people = frame_.people_holders();
        std::vector<float> map(static_cast<std::size_t>(frame_.grid().cells()));
        geo::fill_map(people.cells,
                      geo::means_of_cells(people, summary_.of_year(summary_.committed_probability, year),
                                          summary_.of_year(summary_.population, year)),
                      map);
        std::vector<float> covered;
        covered.reserve(frame_.covered().size());
        for (const std::int64_t cell : frame_.covered())
            covered.push_back(map[static_cast<std::size_t>(cell)]);
        return covered;
    }

    /// Returns the relative error of the mean's sum.
    double write_year(std::size_t year) {
        const std::vector<double> of_places = summary_.of_year(summary_.mean_t, year);
        const std::vector<float> mean = totals(of_places);
        writer_.write(mean_, 0, year, mean);
        const std::size_t cells = frame_.covered().size();
        std::size_t layer = 0;
        for (const std::vector<float>* quantile : {&quantiles_.p05, &quantiles_.p50, &quantiles_.p95}) {
            writer_.write(quantile_, layer++, year, {quantiles_.of_year(*quantile, year), cells});
        }
        writer_.write(committed_, 0, year, chances(year));
        double sum = 0.0;
        double table = 0.0;
        for (const float value : mean) sum += static_cast<double>(value);
        for (const double place : of_places) table += place;
        return table == 0.0 ? std::fabs(sum) : std::fabs(sum / table - 1.0);
    }

    void write_members() {
        std::vector<double> of_places(results_.places);
        for (std::size_t member = 0; member < static_cast<std::size_t>(results_.members); ++member) {
            for (std::size_t year = 0; year < results_.years; ++year) {
                for (std::size_t place = 0; place < results_.places; ++place) {
                    of_places[place] =
                        static_cast<double>(results_.emissions_t[results_.place_year(place, year, member)]);
                }
                writer_.write(member_, member, year, totals(of_places));
            }
        }
    }

    const RunContext& context_;
    const sim::RunResults& results_;
    const PlaceSummary& summary_;
    const MapFrame& frame_;
    const CellQuantiles& quantiles_;
    const std::filesystem::path path_;
    NetcdfWriter writer_;
    NetcdfVariableId area_, mean_, quantile_, committed_, member_;
};

}  // namespace

sim::IdentityCheck write_results_nc(const RunContext& context, const PlaceSummary& summary,
                                    const MapFrame& frame, const CellQuantiles& quantiles,
                                    const std::filesystem::path& path) {
    return NetcdfMaps(context, summary, frame, quantiles, path).write();
}

}  // namespace domino::viz
