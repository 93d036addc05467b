#include "geo/io/raster.h"

#include <cpl_conv.h>
#include <gdal_priv.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <utility>

#include "geo/io/across_grids.h"
#include "geo/io/area_field.h"
#include "geo/io/band_reader.h"
#include "geo/io/gdal_session.h"
#include "geo/io/raster_frame.h"
#include "geo/io/run_sums.h"
#include "geo/io/strip_reader.h"
#include "geo/no_value.h"
#include "geo/problem.h"

namespace domino::geo::io {

namespace {

GDALDatasetUniquePtr open_dataset(const std::filesystem::path& path, const GdalSession& session) {
    const std::string name = path.string();
    GDALDatasetUniquePtr dataset(
        GDALDataset::Open(name.c_str(), GDAL_OF_RASTER | GDAL_OF_READONLY | GDAL_OF_VERBOSE_ERROR));
    if (dataset && dataset->GetRasterCount() > 0) return dataset;
    std::error_code ignored;
    if (!dataset && !name.starts_with("/vsi") && name.find(':') == std::string::npos &&
        !std::filesystem::exists(path, ignored)) {
        throw ProblemError({name, "there is no such file", "", "check the path"});
    }
    throw ProblemError(
        {name, "the file cannot be read as a raster",
         dataset ? "it holds no band" : session.last_error("GDAL gave no reason"),
         "convert it to GeoTIFF; of a file with several rasters, name one the way gdalinfo shows"});
}

RasterFrame make_frame(GDALDataset& dataset, const RasterRequest& request) {
    const std::string where = request.path.string();
    const OGRSpatialReference* own = dataset.GetSpatialRef();
    const bool otherwise = !request.crs_override && says_nothing(own);
    auto resolved =
        resolve_crs(where, "raster", own, otherwise ? request.crs_otherwise : request.crs_override);
    if (auto* problem = std::get_if<Problem>(&resolved)) throw ProblemError(std::move(*problem));
    std::array<double, 6> affine{};
    if (dataset.GetGeoTransform(affine.data()) != CE_None) {
        throw ProblemError(
            {where, "the raster does not say where its corner lies and how large its cells are",
             dataset.GetGCPCount() > 0 ? "it only has ground control points" : "",
             dataset.GetGCPCount() > 0 ? "warp it with gdalwarp" : "add a world file or georeference it"});
    }
    RasterFrame frame(dataset.GetRasterXSize(), dataset.GetRasterYSize(), affine,
                      std::move(std::get<OGRSpatialReference>(resolved)));
    if (!frame.is_usable()) {
        throw ProblemError(
            {where, "the raster cannot be placed on the earth",
             "its cells have no extent, or there is no way from WGS 84 to " + crs_name(frame.crs()),
             "reproject it to EPSG:4326 with gdalwarp"});
    }
    if (frame.is_geographic() && frame.is_rotated()) {
        throw ProblemError({where, "the raster is turned against longitude and latitude", "",
                            "make it north-up with gdalwarp"});
    }
    return frame;
}

}  // namespace

class Raster::Source {
 public:
    Source(GDALDatasetUniquePtr opened, const RasterRequest& request)
        : dataset(std::move(opened)),
          name(request.path.string()),
          frame(make_frame(*dataset, request)),
          crs(crs_name(frame.crs())) {
        for (int band = 1; band <= dataset->GetRasterCount(); ++band) {
            descriptions.emplace_back(dataset->GetRasterBand(band)->GetDescription());
        }
    }

    BandReader reader(int band) const {
        if (band < 1 || band > dataset->GetRasterCount()) {
            throw ProblemError({name, "there is no band " + std::to_string(band),
                                "it has " + std::to_string(dataset->GetRasterCount()), "count bands from 1"});
        }
        return BandReader(*dataset->GetRasterBand(band), name);
    }

    int block_rows(int band) const {
        int columns = 0, rows = 1;
        dataset->GetRasterBand(band)->GetBlockSize(&columns, &rows);
        return rows;
    }

    void check_grid(const ZoneCoverage& coverage) const {
        if (frame.zone_grid() == coverage.grid && frame.key() == coverage.frame) return;
        throw ProblemError({name, "the zones were covered for another grid",
                            "a coverage holds for rasters with the same corner, cells and size",
                            "cover the zones for this raster"});
    }

    /// A band of this or another raster on the same grid.
    struct BandOf {
        const Source& source;
        int number = 1;
    };
    void add_even_runs(const ZoneCoverage& coverage, int band, const ReadProgress& progress, AreaField& areas,
                       std::span<ZonalValue> zones) const;
    template <class Visit>
    void for_each_run(const ZoneCoverage& coverage, std::span<const BandOf> bands,
                      const ReadProgress& progress, const Visit& visit) const;

    GDALDatasetUniquePtr dataset;
    std::string name;
    RasterFrame frame;
    std::string crs;
    std::vector<std::string> descriptions;
};

namespace {

/// The cell before or after an edge: clamped, or the one across the seam. -1 when the raster has none.
int step_column(const RasterFrame& frame, int column) {
    if (column >= 0 && column < frame.columns()) return column;
    if (frame.wraps()) return (column + frame.columns()) % frame.columns();
    return -1;
}

std::optional<double> sample_nearest(const RasterFrame& frame, const BandReader& reader, PixelPosition at,
                                     std::vector<double>& cell) {
    const int column = std::min(static_cast<int>(at.column), frame.columns() - 1);
    const int row = std::min(static_cast<int>(at.row), frame.rows() - 1);
    reader.read(column, row, 1, 1, cell);
    if (std::isnan(cell[0])) return std::nullopt;
    return cell[0];
}

std::optional<double> sample_bilinear(const RasterFrame& frame, const BandReader& reader, PixelPosition at,
                                      std::vector<double>& cell) {
    const double left = std::floor(at.column - 0.5);
    const double top = std::floor(at.row - 0.5);
    const double right_share = at.column - 0.5 - left;
    const double bottom_share = at.row - 0.5 - top;
    double sum = 0.0;
    double weights = 0.0;
    for (int down = 0; down < 2; ++down) {
        const int row = static_cast<int>(top) + down;
        if (row < 0 || row >= frame.rows()) continue;
        for (int along = 0; along < 2; ++along) {
            const int column = step_column(frame, static_cast<int>(left) + along);
            const double weight = (along == 0 ? 1.0 - right_share : right_share) *
                                  (down == 0 ? 1.0 - bottom_share : bottom_share);
            if (column < 0 || weight == 0.0) continue;
            reader.read(column, row, 1, 1, cell);
            if (std::isnan(cell[0])) continue;
            sum += weight * cell[0];
            weights += weight;
        }
    }
    if (weights <= 0.0) return std::nullopt;
    return sum / weights;
}

}  // namespace

Raster Raster::open(const RasterRequest& request) {
    GdalSession session;
    GDALDatasetUniquePtr dataset = open_dataset(request.path, session);
    return Raster(std::make_unique<Source>(std::move(dataset), request));
}

Raster::Raster(std::unique_ptr<Source> source) : source_(std::move(source)) {}
Raster::~Raster() = default;
Raster::Raster(Raster&&) noexcept = default;
Raster& Raster::operator=(Raster&&) noexcept = default;

const std::string& Raster::crs() const {
    return source_->crs;
}

int Raster::bands() const {
    return source_->dataset->GetRasterCount();
}

const std::string& Raster::band_description(int band) const {
    source_->reader(band);
    return source_->descriptions[static_cast<std::size_t>(band - 1)];
}

std::string Raster::unit(int band) const {
    source_->reader(band);
    const char* unit = source_->dataset->GetRasterBand(band)->GetUnitType();
    return unit == nullptr ? "" : unit;
}

std::string Raster::metadata(int band, const std::string& key) const {
    if (band != 0) source_->reader(band);
    const char* value = band == 0 ? source_->dataset->GetMetadataItem(key.c_str())
                                  : source_->dataset->GetRasterBand(band)->GetMetadataItem(key.c_str());
    return value == nullptr ? "" : value;
}

std::string Raster::crs_definition() const {
    char* text = nullptr;
    const char* const options[] = {"FORMAT=WKT2_2019", nullptr};
    const bool made = source_->frame.crs().exportToWkt(&text, options) == OGRERR_NONE && text != nullptr;
    std::string wkt = made ? text : "";
    CPLFree(text);
    return wkt;
}

std::vector<std::optional<double>> Raster::sample(std::span<const LonLat> points, int band,
                                                  Sampling sampling) const {
    const GdalSession session;
    const RasterFrame& frame = source_->frame;
    const BandReader reader = source_->reader(band);
    std::vector<std::optional<double>> values;
    values.reserve(points.size());
    std::vector<double> cell;
    for (const PixelPosition at : frame.locate(points)) {
        const bool inside =
            at.column >= 0.0 && at.row >= 0.0 && at.column <= frame.columns() && at.row <= frame.rows();
        if (!inside) {
            values.emplace_back();
        } else if (sampling == Sampling::nearest) {
            values.push_back(sample_nearest(frame, reader, at, cell));
        } else {
            values.push_back(sample_bilinear(frame, reader, at, cell));
        }
    }
    return values;
}

ZoneCoverage Raster::cover_zones(std::span<const MultiPolygon> zones) const {
    const GdalSession session;
    std::vector<MultiPolygon> moved;
    moved.reserve(zones.size());
    for (const MultiPolygon& zone : zones) moved.push_back(source_->frame.to_zone_space(zone));
    AreaField areas(source_->frame);
    ShareOfPiece share;
    if (!areas.is_even())
        share = [&](const CellPiece& piece, double planar) { return areas.share(piece, planar); };
    ZoneCoverage coverage = geo::cover_zones(moved, source_->frame.zone_grid(), share);
    coverage.frame = grid_key();
    return coverage;
}

std::vector<double> Raster::covered_km2(const ZoneCoverage& coverage) const {
    source_->check_grid(coverage);
    const GdalSession session;
    AreaField areas(source_->frame);
    std::vector<double> km2(coverage.zones, 0.0);
    for (const ZoneRun& run : coverage.runs) {
        CellPosition at = coverage.grid.position(run.cell);
        double cells_km2 = 0.0;
        if (areas.is_even()) {
            cells_km2 = static_cast<double>(run.count) * areas.km2(at);
        } else {
            for (std::int64_t i = 0; i < run.count; ++i, ++at.column) cells_km2 += areas.km2(at);
        }
        km2[run.zone] += run.fraction * cells_km2;
    }
    return km2;
}

std::string Raster::grid_key() const {
    return source_->frame.key();
}

/// Calls @p visit with each run of cells, the first one's position and their values in all @p bands, in the
/// coverage's order.
template <class Visit>
void Raster::Source::for_each_run(const ZoneCoverage& coverage, std::span<const BandOf> bands,
                                  const ReadProgress& progress, const Visit& visit) const {
    for (const BandOf& band : bands) band.source.check_grid(coverage);
    const GdalSession session;
    std::vector<BandReader> readers;
    std::vector<StripReader> strip_readers;
    readers.reserve(bands.size());
    int block_rows = 1;
    for (const BandOf& band : bands) {
        readers.push_back(band.source.reader(band.number));
        strip_readers.emplace_back(band.source.frame, readers.back());
        block_rows = band.source.block_rows(band.number);
    }
    const std::vector<Strip> strips = cut_strips(coverage, frame, block_rows);
    std::vector<const double*> values(bands.size());
    for (std::size_t i = 0; i < strips.size(); ++i) {
        for (StripReader& reader : strip_readers) reader.read(strips[i]);
        for (const ZoneRun& run : strips[i].runs) {
            const CellPosition at = coverage.grid.position(run.cell);
            for (std::size_t b = 0; b < bands.size(); ++b) values[b] = strip_readers[b].values(at, run.count);
            visit(run, at, std::span<const double* const>(values));
        }
        if (progress) progress(static_cast<double>(i + 1) / static_cast<double>(strips.size()));
    }
}

/// Cells of a row that are all as large are added up run by run.
void Raster::Source::add_even_runs(const ZoneCoverage& coverage, int band, const ReadProgress& progress,
                                   AreaField& areas, std::span<ZonalValue> zones) const {
    const GdalSession session;
    const BandReader values = reader(band);
    RunSums sums(frame, values);
    const std::vector<Strip> strips = cut_strips(coverage, frame, block_rows(band));
    for (std::size_t i = 0; i < strips.size(); ++i) {
        const std::span<const ValueSum> found = sums.add_up(strips[i]);
        for (std::size_t run = 0; run < found.size(); ++run) {
            const ZoneRun& cells = strips[i].runs[run];
            ZonalValue& zone = zones[cells.zone];
            const double inside_km2 = cells.fraction * areas.km2(coverage.grid.position(cells.cell));
            zone.sum += found[run].sum * cells.fraction;
            zone.valid_area_km2 += static_cast<double>(found[run].known) * inside_km2;
            zone.missing_area_km2 += static_cast<double>(cells.count - found[run].known) * inside_km2;
            zone.mean += found[run].sum * inside_km2;
        }
        if (progress) progress(static_cast<double>(i + 1) / static_cast<double>(strips.size()));
    }
}

std::vector<ZonalValue> Raster::summarize_zones(const ZoneCoverage& coverage, int band,
                                                const ReadProgress& progress) const {
    source_->check_grid(coverage);
    std::vector<ZonalValue> zones(coverage.zones);
    AreaField areas(source_->frame);
    // The means hold value times area until the end.
    for (ZonalValue& zone : zones) zone.mean = 0.0;
    if (areas.is_even()) {
        source_->add_even_runs(coverage, band, progress, areas, zones);
    } else {
        const std::array<Source::BandOf, 1> bands = {{{*source_, band}}};
        source_->for_each_run(
            coverage, bands, progress,
            [&](const ZoneRun& run, CellPosition at, std::span<const double* const> values) {
                ZonalValue& zone = zones[run.zone];
                for (std::int64_t i = 0; i < run.count; ++i, ++at.column) {
                    const double value = values[0][i], km2 = run.fraction * areas.km2(at);
                    const bool known = !std::isnan(value);
                    (known ? zone.valid_area_km2 : zone.missing_area_km2) += km2;
                    if (known) zone.sum += value * run.fraction;
                    if (known) zone.mean += value * km2;
                }
            });
    }
    for (ZonalValue& zone : zones)
        zone.mean = zone.valid_area_km2 > 0.0 ? zone.mean / zone.valid_area_km2 : no_value;
    return zones;
}

std::vector<WeightedSum> Raster::weigh_zones(const ZoneCoverage& coverage, int band, const Raster& weights,
                                             int weight_band, const ReadProgress& progress) const {
    std::vector<WeightedSum> sums(coverage.zones);
    const std::array<Source::BandOf, 2> bands = {{{*source_, band}, {*weights.source_, weight_band}}};
    AreaField areas(source_->frame);
    source_->for_each_run(coverage, bands, progress,
                          [&](const ZoneRun& run, CellPosition at, std::span<const double* const> values) {
                              WeightedSum& sum = sums[run.zone];
                              for (std::int64_t i = 0; i < run.count; ++i, ++at.column) {
                                  const double value = values[0][i], weight = values[1][i];
                                  if (std::isnan(value)) continue;
                                  sum.known_km2 += run.fraction * areas.km2(at);
                                  if (std::isnan(weight)) continue;
                                  refuse_negative_weight(weight, weights.source_->name);
                                  sum.add(value, weight * run.fraction);
                              }
                          });
    return sums;
}

std::vector<WeightedSum> Raster::weigh_zones_across(std::span<const MultiPolygon> zones, int band,
                                                    const Raster& weights, int weight_band,
                                                    const ReadProgress& progress) const {
    const GdalSession session;
    const BandReader values = source_->reader(band), weight_values = weights.source_->reader(weight_band);
    AcrossGrids across({source_->frame, values, source_->block_rows(band)},
                       {weights.source_->frame, weight_values, weights.source_->block_rows(weight_band)},
                       weights.source_->name);
    std::vector<WeightedSum> sums;
    sums.reserve(zones.size());
    for (const MultiPolygon& zone : zones) {
        sums.push_back(across.weigh(zone));
        if (progress) progress(static_cast<double>(sums.size()) / static_cast<double>(zones.size()));
    }
    return sums;
}

std::vector<double> Raster::sum_weights(const ZoneCoverage& coverage, int band,
                                        const ReadProgress& progress) const {
    std::vector<double> sums(coverage.zones, 0.0);
    const std::array<Source::BandOf, 1> bands = {{{*source_, band}}};
    source_->for_each_run(coverage, bands, progress,
                          [&](const ZoneRun& run, CellPosition, std::span<const double* const> values) {
                              for (std::int64_t i = 0; i < run.count; ++i) {
                                  if (std::isnan(values[0][i])) continue;
                                  refuse_negative_weight(values[0][i], source_->name);
                                  sums[run.zone] += values[0][i] * run.fraction;
                              }
                          });
    return sums;
}

std::vector<std::map<double, double>> Raster::classify_zones(const ZoneCoverage& coverage, int band,
                                                             const ReadProgress& progress) const {
    std::vector<std::map<double, double>> classes(coverage.zones);
    const std::array<Source::BandOf, 1> bands = {{{*source_, band}}};
    AreaField areas(source_->frame);
    source_->for_each_run(coverage, bands, progress,
                          [&](const ZoneRun& run, CellPosition at, std::span<const double* const> values) {
                              for (std::int64_t i = 0; i < run.count; ++i, ++at.column) {
                                  if (!std::isnan(values[0][i]))
                                      classes[run.zone][values[0][i]] += run.fraction * areas.km2(at);
                              }
                          });
    return classes;
}

RasterBand Raster::read_band(int band, const ReadProgress& progress) const {
    const GdalSession session;
    const RasterFrame& frame = source_->frame;
    const BandReader reader = source_->reader(band);
    if (frame.is_rotated()) {
        throw ProblemError(
            {source_->name, "the raster is turned against its axes", "", "make it north-up with gdalwarp"});
    }
    RasterBand whole{frame.north_up_grid(), {}};
    whole.values.reserve(static_cast<std::size_t>(whole.grid.cells()));
    std::vector<double> values;
    for (std::int64_t row = 0; row < whole.grid.rows; ++row) {
        const CellPosition first = frame.stored_position({0, row});
        reader.read(0, static_cast<int>(first.row), frame.columns(), 1, values);
        if (first.column != 0) std::reverse(values.begin(), values.end());
        whole.values.insert(whole.values.end(), values.begin(), values.end());
        if (progress) progress(static_cast<double>(row + 1) / static_cast<double>(whole.grid.rows));
    }
    return whole;
}

std::vector<double> Raster::cell_areas_km2() const {
    const GdalSession session;
    const RasterFrame& frame = source_->frame;
    AreaField areas(frame);
    std::vector<double> km2;
    km2.reserve(static_cast<std::size_t>(frame.columns()) * static_cast<std::size_t>(frame.rows()));
    for (std::int64_t row = 0; row < frame.rows(); ++row) {
        for (std::int64_t column = 0; column < frame.columns(); ++column) {
            const CellPosition cell{column, row};
            // Projected rasters count the cells of zones as they are stored.
            km2.push_back(areas.km2(frame.is_geographic() ? cell : frame.stored_position(cell)));
        }
    }
    return km2;
}

RasterBand Raster::read_window(int band, const LonLatExtent& extent, const ReadProgress& progress) const {
    const GdalSession session;
    const RasterFrame& frame = source_->frame;
    const BandReader reader = source_->reader(band);
    if (frame.is_rotated() || !frame.is_geographic()) {
        throw ProblemError({source_->name, "the raster is not north-up in longitude and latitude", "",
                            "make it so with gdalwarp -t_srs EPSG:4326"});
    }
    const GeoGrid whole = frame.north_up_grid();
    const auto cells = [](double span, double size, std::int64_t most) {
        return std::clamp<std::int64_t>(static_cast<std::int64_t>(std::floor(span / size)), 0, most);
    };
    const std::int64_t top = cells(whole.north - extent.north_deg, whole.cell_height, whole.rows - 1);
    const std::int64_t bottom = cells(whole.north - extent.south_deg, whole.cell_height, whole.rows - 1);
    std::int64_t left = 0, right = whole.columns - 1;
    if (!extent.crosses_antimeridian() && extent.west_deg >= whole.west && extent.east_deg <= whole.east()) {
        left = cells(extent.west_deg - whole.west, whole.cell_width, whole.columns - 1);
        right = cells(extent.east_deg - whole.west, whole.cell_width, whole.columns - 1);
    }
    RasterBand window{whole, {}};
    window.grid.west += static_cast<double>(left) * whole.cell_width;
    window.grid.north -= static_cast<double>(top) * whole.cell_height;
    window.grid.columns = right - left + 1;
    window.grid.rows = bottom - top + 1;
    window.values.reserve(static_cast<std::size_t>(window.grid.cells()));
    std::vector<double> values;
    for (std::int64_t row = top; row <= bottom; ++row) {
        const CellPosition a = frame.stored_position({left, row}), b = frame.stored_position({right, row});
        reader.read(static_cast<int>(std::min(a.column, b.column)), static_cast<int>(a.row),
                    static_cast<int>(window.grid.columns), 1, values);
        if (a.column > b.column) std::reverse(values.begin(), values.end());
        window.values.insert(window.values.end(), values.begin(), values.end());
        if (progress) progress(static_cast<double>(row - top + 1) / static_cast<double>(window.grid.rows));
    }
    return window;
}

}  // namespace domino::geo::io
