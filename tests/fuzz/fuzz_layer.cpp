#include <algorithm>
#include <cstring>
#include <fstream>
#include <iterator>
#include <string>

#include "geo/io/gpkg_writer.h"
#include "geo/io/vector_layer.h"
#include "geo/problem.h"
#include "tests/fuzz/scratch_file.h"

using namespace domino;

namespace {

constexpr std::uint8_t raw_kinds = 4;

/// The driver follows the name, so the first byte chooses it.
const fuzz::ScratchFile& choose_file(std::uint8_t kind) {
    static const fuzz::ScratchFile json("input.geojson"), package("input.gpkg"), csv("input.csv"),
        flat("input.fgb");
    const fuzz::ScratchFile* const all[raw_kinds] = {&json, &package, &csv, &flat};
    return *all[kind % raw_kinds];
}

/// A GeoPackage of areas with what the reader asks for.
std::string make_package() {
    const fuzz::ScratchFile file("genuine.gpkg");
    const std::filesystem::path path = file.write(nullptr, 0);
    std::filesystem::remove(path);
    geo::io::GpkgWriter writer(path);
    const auto layer = writer.add_layer(
        {"places",
         geo::io::GpkgGeometry::area,
         {{"name", geo::io::GpkgFieldType::text}, {"population", geo::io::GpkgFieldType::real}},
         "Places",
         ""});
    for (int i = 0; i < 6; ++i) {
        const double west = 130.0 + 2.0 * i;
        const geo::MultiPolygon area = {{{{west, 30}, {west + 1, 30}, {west + 1, 31}, {west, 31}},
                                         {{{west + 0.2, 30.2}, {west + 0.4, 30.2}, {west + 0.4, 30.4}}}}};
        const std::vector<geo::io::GpkgValue> row = {{"place " + std::to_string(i)}, {1000.0 * i}};
        writer.append(layer, area, row);
    }
    writer.finish();
    std::ifstream stream(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(stream), std::istreambuf_iterator<char>()};
}

/// The genuine package edited: each five bytes are a place and what stands there. Even inputs edit the first
/// pages, where SQLite's header and the tables of contents are.
std::string edit_package(const std::uint8_t* data, std::size_t size) {
    static const std::string genuine = make_package();
    constexpr std::size_t first_pages = 16384;
    std::string edited = genuine;
    for (std::size_t at = 0; at + 5 <= size; at += 5) {
        std::uint32_t place = 0;
        std::memcpy(&place, data + at, sizeof(place));
        const std::size_t reach = size % 2 == 0 ? std::min(first_pages, edited.size()) : edited.size();
        edited[place % reach] = static_cast<char>(data[at + 4]);
    }
    return edited;
}

void read(const std::filesystem::path& path) {
    geo::io::VectorLayerRequest request;
    request.path = path;
    request.fields = {{"name", geo::io::FieldType::text, geo::io::FieldPresence::optional},
                      {"population", geo::io::FieldType::real, geo::io::FieldPresence::optional}};
    for (const auto polygons : {geo::io::PolygonUse::keep, geo::io::PolygonUse::repair}) {
        request.polygons = polygons;
        try {
            (void)geo::io::read_vector_layer(request);
        } catch (const geo::ProblemError&) {
        }
    }
}

}  // namespace

/// The first byte says what the rest is: the bytes of a file, or edits of a genuine GeoPackage.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size == 0) return 0;
    if (data[0] % (raw_kinds + 1) < raw_kinds) {
        read(choose_file(data[0] % (raw_kinds + 1)).write(data + 1, size - 1));
        return 0;
    }
    const std::string package = edit_package(data + 1, size - 1);
    static const fuzz::ScratchFile file("edited.gpkg");
    read(file.write(reinterpret_cast<const std::uint8_t*>(package.data()), package.size()));
    return 0;
}
