#include "geo/io/netcdf_writer.h"

#include <netcdf.h>
#include <netcdf_mem.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <cstdlib>
#include <fstream>
#include <limits>
#include <system_error>
#include <utility>

#include "geo/io/cf_grid_mapping.h"
#include "geo/io/crs.h"
#include "geo/io/gdal_session.h"
#include "geo/problem.h"

namespace domino::geo::io {

namespace {

constexpr float fill_value = std::numeric_limits<float>::quiet_NaN();
constexpr std::int64_t chunk_side = 128;

/// Days from 2000-01-01 to the first day of a year (proleptic Gregorian).
double days_to(int year) {
    const auto leap_days = [](int y) { return y / 4 - y / 100 + y / 400; };
    return 365.0 * (year - 2000) + (leap_days(year - 1) - leap_days(1999));
}

/// A rectangle of cells that is written at once, and where its values stand among the frame's.
struct Chunk {
    std::int64_t left = 0, top = 0, width = 0, height = 0;
    std::vector<std::pair<std::size_t, std::size_t>> cells;  ///< index in the chunk, index in the values
};

std::vector<Chunk> cut_chunks(const GeoGrid& grid, const std::vector<std::int64_t>& cells) {
    const std::int64_t across = (grid.columns + chunk_side - 1) / chunk_side;
    std::vector<Chunk> all(static_cast<std::size_t>(across * ((grid.rows + chunk_side - 1) / chunk_side)));
    for (std::size_t i = 0; i < cells.size(); ++i) {
        const CellPosition at = grid.position(cells[i]);
        Chunk& chunk = all[static_cast<std::size_t>(at.row / chunk_side * across + at.column / chunk_side)];
        chunk.left = at.column / chunk_side * chunk_side;
        chunk.top = at.row / chunk_side * chunk_side;
        chunk.width = std::min(chunk_side, grid.columns - chunk.left);
        chunk.height = std::min(chunk_side, grid.rows - chunk.top);
        chunk.cells.emplace_back(
            static_cast<std::size_t>((at.row - chunk.top) * chunk.width + at.column - chunk.left), i);
    }
    std::erase_if(all, [](const Chunk& chunk) { return chunk.cells.empty(); });
    return all;
}

}  // namespace

class NetcdfWriter::Target {
 public:
    Target(std::filesystem::path path, NetcdfFrame frame)
        : path_(std::move(path)), frame_(std::move(frame)), chunks_(cut_chunks(frame_.grid, frame_.cells)) {
        std::error_code ignored;
        if (std::filesystem::exists(path_, ignored)) {
            throw ProblemError({path_.string(), "the file exists already", "", "choose another name"});
        }
        // Built in memory and written whole at the end: HDF5 1.10 crashes at the end of the program once a
        // write of its own has failed, as on a full disk.
        constexpr std::size_t first_bytes = 1U << 20U;
        check(nc_create_mem(path_.c_str(), NC_NETCDF4, first_bytes, &file_));
        open_ = true;
        try {
            define_dimensions();
            define_mapping();
            put_text(NC_GLOBAL, "Conventions", "CF-1.11");
            for (const auto& [name, text] : frame_.attributes) put_text(NC_GLOBAL, name.c_str(), text);
        } catch (...) {
            discard();
            throw;
        }
    }

    ~Target() { discard(); }
    Target(const Target&) = delete;
    Target& operator=(const Target&) = delete;

    std::size_t add_variable(const NetcdfVariable& variable) {
        std::vector<int> dimensions;
        std::vector<std::size_t> chunk;
        if (variable.shape == NetcdfShape::by_quantile_and_year) dimensions.push_back(quantile_);
        if (variable.shape == NetcdfShape::by_realization_and_year) dimensions.push_back(realization_);
        if (variable.shape != NetcdfShape::map) dimensions.push_back(time_);
        chunk.assign(dimensions.size(), 1);
        dimensions.insert(dimensions.end(), {y_, x_});
        for (const std::int64_t side : {frame_.grid.rows, frame_.grid.columns})
            chunk.push_back(static_cast<std::size_t>(std::min(side, chunk_side)));
        int id = 0;
        check(nc_def_var(file_, variable.name.c_str(), NC_FLOAT, static_cast<int>(dimensions.size()),
                         dimensions.data(), &id));
        check(nc_def_var_chunking(file_, id, NC_CHUNKED, chunk.data()));
        check(nc_def_var_deflate(file_, id, 1, 1, 1));
        check(nc_def_var_fill(file_, id, NC_FILL, &fill_value));
        put_text(id, "grid_mapping", "crs");
        for (const auto& [name, text] : variable.attributes) put_text(id, name.c_str(), text);
        variables_.push_back({id, variable.shape});
        return variables_.size() - 1;
    }

    void write(std::size_t variable, std::size_t layer, std::size_t year, std::span<const float> values) {
        if (values.size() != frame_.cells.size())
            throw ProblemError({path_.string(),
                                "a map holds " + std::to_string(values.size()) + " values for " +
                                    std::to_string(frame_.cells.size()) + " cells",
                                "", "give one value a cell"});
        const auto [id, shape] = variables_.at(variable);
        std::vector<std::size_t> start;
        if (shape == NetcdfShape::by_quantile_and_year || shape == NetcdfShape::by_realization_and_year)
            start.push_back(layer);
        if (shape != NetcdfShape::map) start.push_back(year);
        std::vector<std::size_t> count(start.size() + 2, 1);
        start.resize(count.size());
        for (const Chunk& chunk : chunks_) {
            buffer_.assign(static_cast<std::size_t>(chunk.width * chunk.height), fill_value);
            for (const auto& [inside, among] : chunk.cells) buffer_[inside] = values[among];
            start[start.size() - 2] = static_cast<std::size_t>(chunk.top);
            start.back() = static_cast<std::size_t>(chunk.left);
            count[count.size() - 2] = static_cast<std::size_t>(chunk.height);
            count.back() = static_cast<std::size_t>(chunk.width);
            check(nc_put_vara_float(file_, id, start.data(), count.data(), buffer_.data()));
        }
    }

    void finish() {
        open_ = false;
        NC_memio built{};
        check(nc_close_memio(file_, &built));
        const std::unique_ptr<void, decltype(&std::free)> memory(built.memory, &std::free);
        std::ofstream out(path_, std::ios::binary);
        out.write(static_cast<const char*>(built.memory), static_cast<std::streamsize>(built.size));
        out.close();
        if (out) return;
        std::error_code ignored;
        std::filesystem::remove(path_, ignored);
        throw ProblemError(
            {path_.string(), "the NetCDF file cannot be written", "", "check free space and permissions"});
    }

 private:
    [[noreturn]] void fail(int state) const {
        throw ProblemError({path_.string(), "the NetCDF file cannot be written", nc_strerror(state),
                            "check free space and permissions"});
    }
    void check(int state) const {
        if (state != NC_NOERR) fail(state);
    }

    void put_text(int variable, const char* name, const std::string& text) const {
        check(nc_put_att_text(file_, variable, name, text.size(), text.c_str()));
    }

    int define_axis(const char* name, std::size_t length, nc_type type,
                    const std::vector<std::pair<const char*, const char*>>& attributes, int* dimension) {
        check(nc_def_dim(file_, name, length, dimension));
        int id = 0;
        check(nc_def_var(file_, name, type, 1, dimension, &id));
        for (const auto& [key, text] : attributes) put_text(id, key, text);
        return id;
    }

    /// Centres and edges of equal steps.
    void put_steps(int centres, int edges, double begin, double step, std::size_t count) {
        std::vector<double> middle, bounds;
        for (std::size_t i = 0; i < count; ++i) {
            const double low = begin + step * static_cast<double>(i);
            middle.push_back(low + 0.5 * step);
            bounds.insert(bounds.end(), {low, begin + step * static_cast<double>(i + 1)});
        }
        check(nc_put_var_double(file_, centres, middle.data()));
        check(nc_put_var_double(file_, edges, bounds.data()));
    }

    int define_bounds(const char* name, int dimension) {
        const std::array<int, 2> dimensions = {dimension, bounds_};
        int id = 0;
        check(nc_def_var(file_, name, NC_DOUBLE, 2, dimensions.data(), &id));
        return id;
    }

    void define_dimensions() {
        check(nc_def_dim(file_, "bnds", 2, &bounds_));
        if (!frame_.quantiles.empty()) {
            const int id =
                define_axis("quantile", frame_.quantiles.size(), NC_DOUBLE,
                            {{"long_name", "quantile over the members"}, {"units", "1"}}, &quantile_);
            check(nc_put_var_double(file_, id, frame_.quantiles.data()));
        }
        if (frame_.realizations > 0) {
            const int id = define_axis("realization", static_cast<std::size_t>(frame_.realizations), NC_INT,
                                       {{"standard_name", "realization"},
                                        {"long_name", "member: one draw of what is not known"},
                                        {"units", "1"}},
                                       &realization_);
            std::vector<int> members(static_cast<std::size_t>(frame_.realizations));
            for (std::size_t i = 0; i < members.size(); ++i)
                members[i] = frame_.first_realization + static_cast<int>(i);
            check(nc_put_var_int(file_, id, members.data()));
        }
        define_time();
        define_map_axes();
    }

    void define_time() {
        const int id = define_axis("time", static_cast<std::size_t>(frame_.years), NC_DOUBLE,
                                   {{"standard_name", "time"},
                                    {"long_name", "middle of the calendar year"},
                                    {"units", "days since 2000-01-01 00:00:00"},
                                    {"calendar", "standard"},
                                    {"axis", "T"},
                                    {"bounds", "time_bnds"}},
                                   &time_);
        const int bounds = define_bounds("time_bnds", time_);
        std::vector<double> middle, edges;
        for (int i = 0; i < frame_.years; ++i) {
            const double begin = days_to(frame_.first_year + i);
            const double end = days_to(frame_.first_year + i + 1);
            middle.push_back(0.5 * (begin + end));
            edges.insert(edges.end(), {begin, end});
        }
        check(nc_put_var_double(file_, id, middle.data()));
        check(nc_put_var_double(file_, bounds, edges.data()));
    }

    void define_map_axes() {
        const GeoGrid& grid = frame_.grid;
        const bool degrees = grid.space == GridSpace::lonlat_degrees;
        using Attributes = std::vector<std::pair<const char*, const char*>>;
        const Attributes down = degrees ? Attributes{{"standard_name", "latitude"},
                                                     {"units", "degrees_north"},
                                                     {"axis", "Y"},
                                                     {"bounds", "lat_bnds"}}
                                        : Attributes{{"standard_name", "projection_y_coordinate"},
                                                     {"units", "m"},
                                                     {"axis", "Y"},
                                                     {"bounds", "y_bnds"}};
        const Attributes along = degrees ? Attributes{{"standard_name", "longitude"},
                                                      {"units", "degrees_east"},
                                                      {"axis", "X"},
                                                      {"bounds", "lon_bnds"}}
                                         : Attributes{{"standard_name", "projection_x_coordinate"},
                                                      {"units", "m"},
                                                      {"axis", "X"},
                                                      {"bounds", "x_bnds"}};
        const int y =
            define_axis(degrees ? "lat" : "y", static_cast<std::size_t>(grid.rows), NC_DOUBLE, down, &y_);
        const int y_bounds = define_bounds(degrees ? "lat_bnds" : "y_bnds", y_);
        const int x =
            define_axis(degrees ? "lon" : "x", static_cast<std::size_t>(grid.columns), NC_DOUBLE, along, &x_);
        const int x_bounds = define_bounds(degrees ? "lon_bnds" : "x_bnds", x_);
        put_steps(y, y_bounds, grid.north, -grid.cell_height, static_cast<std::size_t>(grid.rows));
        put_steps(x, x_bounds, grid.west, grid.cell_width, static_cast<std::size_t>(grid.columns));
    }

    void define_mapping() {
        const GdalSession session;
        auto resolved = resolve_crs(path_.string(), "map", nullptr, frame_.crs);
        if (auto* problem = std::get_if<Problem>(&resolved)) throw ProblemError(std::move(*problem));
        const auto& crs = std::get<OGRSpatialReference>(resolved);
        const auto attributes = make_cf_grid_mapping(crs);
        if (!attributes) {
            throw ProblemError({path_.string(), "the CF conventions have no name for " + crs_name(crs), "",
                                "choose another output.grid.crs, or set output.netcdf = false"});
        }
        int id = 0;
        check(nc_def_var(file_, "crs", NC_INT, 0, nullptr, &id));
        for (const auto& [name, value] : *attributes) {
            if (const auto* text = std::get_if<std::string>(&value)) put_text(id, name.c_str(), *text);
            if (const auto* number = std::get_if<double>(&value))
                check(nc_put_att_double(file_, id, name.c_str(), NC_DOUBLE, 1, number));
            if (const auto* numbers = std::get_if<std::vector<double>>(&value))
                check(
                    nc_put_att_double(file_, id, name.c_str(), NC_DOUBLE, numbers->size(), numbers->data()));
        }
        const int nothing = 0;
        check(nc_put_var_int(file_, id, &nothing));
    }

    void discard() {
        if (!open_) return;
        open_ = false;
        NC_memio built{};
        if (nc_close_memio(file_, &built) == NC_NOERR) std::free(built.memory);
    }

    struct Defined {
        int id = 0;
        NetcdfShape shape = NetcdfShape::map;
    };

    std::filesystem::path path_;
    NetcdfFrame frame_;
    std::vector<Chunk> chunks_;
    std::vector<Defined> variables_;
    std::vector<float> buffer_;
    int file_ = 0;
    bool open_ = false;
    int bounds_ = 0, quantile_ = 0, realization_ = 0, time_ = 0, y_ = 0, x_ = 0;
};

NetcdfWriter::NetcdfWriter(std::filesystem::path path, NetcdfFrame frame)
    : target_(std::make_unique<Target>(std::move(path), std::move(frame))) {}
NetcdfWriter::~NetcdfWriter() = default;

NetcdfVariableId NetcdfWriter::add_variable(const NetcdfVariable& variable) {
    return {target_->add_variable(variable)};
}

void NetcdfWriter::write(NetcdfVariableId variable, std::size_t layer, std::size_t year,
                         std::span<const float> values) {
    target_->write(variable.index, layer, year, values);
}

void NetcdfWriter::finish() {
    target_->finish();
}

std::string netcdf_version() {
    const std::string full = nc_inq_libvers();
    return full.substr(0, full.find(' '));
}

}  // namespace domino::geo::io
