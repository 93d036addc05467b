#include "geo/io/raster.h"
#include "geo/problem.h"
#include "tests/fuzz/scratch_file.h"

using namespace domino;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    static const fuzz::ScratchFile file("input.tif");
    try {
        const auto raster = geo::io::Raster::open({file.write(data, size), std::nullopt});
        const std::vector<geo::LonLat> points = {{0.0, 0.0}, {139.7, 35.7}, {-179.9, 89.9}, {180.0, -90.0}};
        const std::vector<geo::MultiPolygon> zones = {{{{{139, 35}, {141, 35}, {140, 37}}, {}}}};
        for (int band = 1; band <= std::min(raster.bands(), 3); ++band) {
            (void)raster.sample(points, band, geo::io::Sampling::bilinear);
            (void)raster.summarize_zones(zones, band);
            (void)raster.weigh_zones_across(zones, band, raster, 1);
        }
    } catch (const geo::ProblemError&) {
    }
    return 0;
}
