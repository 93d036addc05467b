#include "geo/io/table.h"

#include <cpl_conv.h>
#include <cpl_vsi.h>

#include <limits>
#include <memory>
#include <string>
#include <utility>

#include "geo/io/gdal_session.h"

namespace domino::geo::io {

namespace {

struct CloseVsi {
    void operator()(VSILFILE* file) const { VSIFCloseL(file); }
};
using VsiFile = std::unique_ptr<VSILFILE, CloseVsi>;

std::string read_whole(VSILFILE* file, const std::string& name) {
    constexpr std::size_t step = std::size_t{4} << 20U;
    constexpr std::size_t most = std::numeric_limits<std::uint32_t>::max();
    std::string text;
    for (;;) {
        const std::size_t before = text.size();
        text.resize(before + step);
        const std::size_t got = VSIFReadL(text.data() + before, 1, step, file);
        text.resize(before + got);
        if (got < step) break;
        if (text.size() > most) throw ProblemError({name, "the table is larger than 4 GB", "", "split it"});
    }
    return text;
}

}  // namespace

Table read_table(const std::filesystem::path& path, char separator, const ReadProgress& progress) {
    const GdalSession session;
    // Reading must leave nothing beside the file.
    const CPLConfigOptionSetter no_sidecar("CPL_VSIL_GZIP_WRITE_PROPERTIES", "NO", false);
    const std::string name = path.string();
    std::error_code ignored;
    if (!std::filesystem::exists(path, ignored)) {
        throw ProblemError({name, "there is no such file", "", "check the path"});
    }
    if (std::filesystem::is_directory(path, ignored)) {
        throw ProblemError({name, "this is a folder, not a table", "", "name a .csv or .csv.gz file"});
    }
    const bool packed = path.extension() == ".gz";
    const VsiFile file(VSIFOpenL((packed ? "/vsigzip/" + name : name).c_str(), "rb"));
    if (!file) {
        throw ProblemError(
            {name, "the file cannot be opened", session.last_error("no permission, or not gzip"),
             "check that it can be read" + std::string(packed ? " and is packed with gzip" : "")});
    }
    std::string text = read_whole(file.get(), name);
    if (!session.errors().empty()) {
        throw ProblemError({name, "the file cannot be read to its end", session.last_error(""),
                            packed ? "pack it again; this copy is cut short or damaged" : "check the disk"});
    }
    return Table::parse_csv(std::move(text), name, separator, progress);
}

}  // namespace domino::geo::io
