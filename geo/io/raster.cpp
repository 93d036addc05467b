#include "geo/io/raster.h"

#include <cpl_conv.h>
#include <gdal_priv.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <utility>

#include "geo/coverage.h"
#include "geo/io/band_reader.h"
#include "geo/io/gdal_session.h"
#include "geo/io/raster_frame.h"
#include "geo/problem.h"

namespace domino::geo::io {

namespace {

constexpr double no_value = std::numeric_limits<double>::quiet_NaN();

GDALDatasetUniquePtr open_dataset(const std::filesystem::path& path, const GdalSession& session) {
    const std::string name = path.string();
    GDALDatasetUniquePtr dataset(
        GDALDataset::Open(name.c_str(), GDAL_OF_RASTER | GDAL_OF_READONLY | GDAL_OF_VERBOSE_ERROR));
    if (dataset && dataset->GetRasterCount() > 0) return dataset;
    std::error_code ignored;
    if (!dataset && !std::filesystem::exists(path, ignored)) {
        throw ProblemError({name, "there is no such file", "", "check the path"});
    }
    throw ProblemError(
        {name, "the file cannot be read as a raster",
         dataset ? "it holds no band" : session.last_error("GDAL gave no reason"),
         "convert it to GeoTIFF; of a file with several rasters, name one the way gdalinfo shows"});
}

RasterFrame make_frame(GDALDataset& dataset, const RasterRequest& request) {
    const std::string where = request.path.string();
    auto resolved = resolve_crs(where, "raster", dataset.GetSpatialRef(), request.crs_override);
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

/// Draws a band together over covered cells, one row of storage at a time.
ZonalValue summarize(const RasterFrame& frame, const BandReader& reader, const GeoGrid& grid,
                     const std::vector<CellFraction>& cells) {
    ZonalValue zone;
    double weighted = 0.0;
    std::vector<double> values;
    for (std::size_t begin = 0; begin < cells.size();) {
        const std::int64_t row = grid.position(cells[begin].cell).row;
        std::size_t end = begin;
        while (end < cells.size() && grid.position(cells[end].cell).row == row) ++end;
        const CellPosition first = frame.stored_zone_position(grid.position(cells[begin].cell));
        const CellPosition last = frame.stored_zone_position(grid.position(cells[end - 1].cell));
        const std::int64_t left = std::min(first.column, last.column);
        const std::int64_t right = std::max(first.column, last.column);
        reader.read(static_cast<int>(left), static_cast<int>(first.row), static_cast<int>(right - left + 1),
                    1, values);
        const double area_km2 = frame.cell_area_km2(row);
        for (; begin < end; ++begin) {
            const CellPosition stored = frame.stored_zone_position(grid.position(cells[begin].cell));
            const double value = values[static_cast<std::size_t>(stored.column - left)];
            const double inside_km2 = cells[begin].fraction * area_km2;
            if (std::isnan(value)) {
                zone.missing_area_km2 += inside_km2;
                continue;
            }
            zone.sum += value * cells[begin].fraction;
            zone.valid_area_km2 += inside_km2;
            weighted += value * inside_km2;
        }
    }
    zone.mean = zone.valid_area_km2 > 0.0 ? weighted / zone.valid_area_km2 : no_value;
    return zone;
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

std::vector<ZonalValue> Raster::summarize_zones(std::span<const MultiPolygon> zones, int band) const {
    const GdalSession session;
    const RasterFrame& frame = source_->frame;
    const BandReader reader = source_->reader(band);
    const GeoGrid grid = frame.zone_grid();
    std::vector<ZonalValue> values;
    values.reserve(zones.size());
    for (const MultiPolygon& zone : zones) {
        values.push_back(summarize(frame, reader, grid, cover_cells(frame.to_zone_space(zone), grid)));
    }
    return values;
}

RasterBand Raster::read_band(int band) const {
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
    }
    return whole;
}

}  // namespace domino::geo::io
