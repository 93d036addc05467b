#include "geo/io/vector_layer.h"
#include "geo/problem.h"
#include "tests/fuzz/scratch_file.h"

using namespace domino;

namespace {

/// The driver follows the name, so the first byte chooses it.
const fuzz::ScratchFile& choose_file(std::uint8_t kind) {
    static const fuzz::ScratchFile json("input.geojson"), package("input.gpkg"), csv("input.csv"),
        flat("input.fgb");
    const fuzz::ScratchFile* const all[] = {&json, &package, &csv, &flat};
    return *all[kind % 4];
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size == 0) return 0;
    geo::io::VectorLayerRequest request;
    request.path = choose_file(data[0]).write(data + 1, size - 1);
    request.fields = {{"name", geo::io::FieldType::text, geo::io::FieldPresence::optional},
                      {"population", geo::io::FieldType::real, geo::io::FieldPresence::optional}};
    request.polygons = geo::io::PolygonUse::keep;
    try {
        (void)geo::io::read_vector_layer(request);
    } catch (const geo::ProblemError&) {
    }
    return 0;
}
