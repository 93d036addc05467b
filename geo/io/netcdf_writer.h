#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <map>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "geo/grid.h"

namespace domino::geo::io {

/// What all variables of a file share: the map's cells, calendar years, and which of them hold values.
struct NetcdfFrame {
    GeoGrid grid;
    std::string crs = "EPSG:4326";    ///< what the grid's coordinates are
    std::vector<std::int64_t> cells;  ///< those that have values, ascending; all others are fill values
    int first_year = 2020;
    int years = 1;
    std::vector<double> quantiles;  ///< empty: no such dimension
    int realizations = 0;           ///< 0: no such dimension
    int first_realization = 0;
    std::map<std::string, std::string> attributes;  ///< of the file: title, source, comment …
};

/// Dimensions a variable has before the map's own.
enum class NetcdfShape : std::uint8_t { map, by_year, by_quantile_and_year, by_realization_and_year };

struct NetcdfVariable {
    std::string name;
    NetcdfShape shape = NetcdfShape::by_year;
    std::map<std::string, std::string> attributes;  ///< long_name, units (UDUNITS), unit, cell_methods …
};

/// Identifies a variable of one writer.
struct NetcdfVariableId {
    std::size_t index = 0;
};

/// Writes NetCDF-4 by the CF conventions 1.11: time with bounds, a grid mapping with crs_wkt, cell bounds,
/// Float32 with NaN where there is no value, compressed (shuffle and DEFLATE 1) in chunks of a map. Chunks
/// without values take no room. The same values give the same bytes. Errors (a full disk, a CRS that CF has
/// no name for) throw ProblemError. The file is built in memory and written by finish(); a writer destroyed
/// before it leaves nothing. The caller renames the file into place.
class NetcdfWriter {
 public:
    /// @p path must not exist and should end in .nc.
    NetcdfWriter(std::filesystem::path path, NetcdfFrame frame);
    ~NetcdfWriter();
    NetcdfWriter(const NetcdfWriter&) = delete;
    NetcdfWriter& operator=(const NetcdfWriter&) = delete;

    /// All variables come before the first write.
    NetcdfVariableId add_variable(const NetcdfVariable& variable);
    /// Writes one map: a value for each of the frame's cells. @p layer is the quantile's or realization's
    /// number from 0 (0 for other shapes), @p year counts from the first.
    void write(NetcdfVariableId variable, std::size_t layer, std::size_t year, std::span<const float> values);
    void finish();

 private:
    class Target;
    std::unique_ptr<Target> target_;
};

/// Version of the library behind it.
std::string netcdf_version();

}  // namespace domino::geo::io
