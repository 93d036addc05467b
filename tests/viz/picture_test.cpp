#include <catch2/catch.hpp>

#include <gdal_priv.h>

#include <fstream>
#include <memory>
#include <set>

#include "geo/problem.h"
#include "tests/support/small_results.h"
#include "tests/viz/small_context.h"
#include "tests/viz/small_pack.h"
#include "viz/checked_file.h"
#include "viz/picture/canvas.h"
#include "viz/picture/gif.h"
#include "viz/picture/graticule.h"
#include "viz/picture/graticule_names.h"
#include "viz/picture/map_picture.h"
#include "viz/picture/results_map.h"
#include "viz/write_results.h"

using namespace domino;
using namespace domino::test;

namespace {

/// A picture as GDAL reads it: palette indices or red, green, blue, turned into 0xRRGGBB.
std::vector<std::uint32_t> read_picture(const std::filesystem::path& path, int& width, int& height) {
    GDALAllRegister();
    const std::unique_ptr<GDALDataset> file(GDALDataset::FromHandle(GDALOpen(path.c_str(), GA_ReadOnly)));
    REQUIRE(file);
    width = file->GetRasterXSize();
    height = file->GetRasterYSize();
    const auto count = static_cast<std::size_t>(width) * static_cast<std::size_t>(height);
    const auto read = [&](int band) {
        std::vector<unsigned char> values(count);
        REQUIRE(file->GetRasterBand(band)->RasterIO(GF_Read, 0, 0, width, height, values.data(), width,
                                                    height, GDT_Byte, 0, 0, nullptr) == CE_None);
        return values;
    };
    std::vector<std::uint32_t> pixels(count);
    if (const GDALColorTable* table = file->GetRasterBand(1)->GetColorTable()) {
        const auto indices = read(1);
        for (std::size_t i = 0; i < count; ++i) {
            const GDALColorEntry* c = table->GetColorEntry(indices[i]);
            pixels[i] = static_cast<std::uint32_t>(c->c1 << 16 | c->c2 << 8 | c->c3);
        }
        return pixels;
    }
    const auto red = read(1), green = read(2), blue = read(3);
    for (std::size_t i = 0; i < count; ++i)
        pixels[i] = static_cast<std::uint32_t>(red[i] << 16 | green[i] << 8 | blue[i]);
    return pixels;
}

/// Results of the small run, with maps.
struct DrawnRun {
    DrawnRun() {
        write_small_pack(pack.path());
        run.scenario.file = pack.path() / "more-pairs.toml";
        std::ofstream(run.scenario.file) << "name = \"more-pairs\"\n";
        std::filesystem::create_directories(results);
        viz::write_results(make_context(run, pack.path()), results);
    }
    viz::ResultsMapRequest request(const std::string& variable, const std::string& output) const {
        viz::ResultsMapRequest wanted;
        wanted.results = results;
        wanted.variable = variable;
        wanted.output = out.path() / output;
        wanted.width = 600;
        wanted.data_dir = pack.path();
        return wanted;
    }

    SmallRun run = make_small_run(WithReference::no);
    TemporaryFolder pack, out;
    std::filesystem::path results = out.path() / "results";
};

}  // namespace

TEST_CASE("colours lie between those of their stops") {
    viz::RasterStyle style;
    style.stops = {{0.0, "#000000", "0"}, {10.0, "#0000c8", "10"}, {100.0, "#c80000", "100"}};
    CHECK(viz::colour_of(style, -1.0).blue == 0.0);
    CHECK(viz::colour_of(style, 5.0).blue == Approx(100.0 / 255.0));
    CHECK(viz::colour_of(style, 55.0).red == Approx(100.0 / 255.0));
    CHECK(viz::colour_of(style, 1e9).red == Approx(200.0 / 255.0));
    style.kind = viz::RampKind::discrete;
    CHECK(viz::colour_of(style, 5.0).blue == Approx(200.0 / 255.0));
}

TEST_CASE("meridians and parallels are named at round degrees, across 180 and in metres") {
    const auto names = [](const std::vector<viz::GraticuleLine>& lines, viz::GraticuleKind kind) {
        std::vector<std::string> found;
        for (const viz::GraticuleLine& line : lines)
            if (line.kind == kind) found.push_back(line.label);
        return found;
    };
    const auto pacific = viz::make_graticule({172.0, -20.0, 190.0, 3.0}, geo::io::MapProjection(""));
    CHECK(names(pacific, viz::GraticuleKind::meridian) ==
          std::vector<std::string>{"175°E", "180°", "175°W", "170°W"});
    CHECK(names(pacific, viz::GraticuleKind::parallel) ==
          std::vector<std::string>{"20°S", "15°S", "10°S", "5°S", "0°"});
    const geo::io::MapProjection utm("EPSG:32648");
    const auto metres = viz::make_graticule({400'000.0, 2'300'000.0, 600'000.0, 2'400'000.0}, utm);
    REQUIRE(!metres.empty());
    for (const viz::GraticuleLine& line : metres) {
        if (line.label != "105°E") continue;
        // The zone's own meridian is straight up its middle.
        for (const geo::LonLat p : line.parts.at(0)) CHECK(p.lon_deg == Approx(500'000.0).margin(0.01));
    }
    CHECK(names(metres, viz::GraticuleKind::meridian).size() > 2);
}

TEST_CASE("a curved line that leaves a map through another side is named there") {
    const viz::MapWindow map{0.0, 0.0, 100.0, 100.0};
    const auto line = [](viz::GraticuleKind kind, std::vector<viz::CanvasPoint> points) {
        return viz::DrawnLine{{kind, "10°", {}}, {std::move(points)}, 10.0};
    };
    using enum viz::GraticuleKind;
    const std::vector<viz::DrawnLine> lines = {
        line(meridian, {{30.0, -10.0}, {30.0, 110.0}}),                // to the bottom, where its name is
        line(meridian, {{-20.0, 110.0}, {60.0, -10.0}}),               // from the left edge to the top
        line(meridian, {{110.0, 60.0}, {90.0, 50.0}, {110.0, 40.0}}),  // in and out on the right
        line(parallel, {{-10.0, 70.0}, {110.0, 70.0}}),
        line(parallel, {{40.0, 110.0}, {110.0, 20.0}}),    // from the bottom to the right
        line(parallel, {{-10.0, 71.0}, {80.0, 71.0}}),     // its name would lie on another
        line(meridian, {{200.0, -10.0}, {200.0, 110.0}}),  // beyond the map
        line(meridian, {{0.0, -10.0}, {0.0, 110.0}})       // along the edge
    };
    const auto names = viz::place_names(lines, map, 5.0);
    REQUIRE(names.size() == 5);
    CHECK_FALSE(names[0].is_within);
    CHECK(names[0].at.y > 100.0);
    CHECK(names[1].at.x == Approx(53.333).epsilon(1e-3));  // at the top
    CHECK(names[1].at.y < 10.0);
    CHECK(names[2].anchor == viz::TextAnchor::right);
    CHECK(names[3].anchor == viz::TextAnchor::left);
    CHECK(names[4].line == 4);
    CHECK(names[4].anchor == viz::TextAnchor::right);
}

TEST_CASE("a style reads back from its own file, and anything else is refused") {
    viz::RasterStyle style;
    style.kind = viz::RampKind::discrete;
    style.minimum = 0.0;
    style.maximum = 1.0;
    style.stops = {{0.1, "#ffffff", "under \"a\" & b"}, {1.0, "#000000", "<over>"}};
    const viz::RasterStyle back = viz::read_raster_style(viz::qgis_raster_style(style), "a.qml");
    CHECK(back.kind == style.kind);
    REQUIRE(back.stops.size() == 2);
    CHECK(back.stops[0].value == 0.1);
    CHECK(back.stops[0].label == style.stops[0].label);
    CHECK(back.stops[1].label == style.stops[1].label);
    for (const std::string text :
         {"", "<qgis>", "<colorrampshader", "<colorrampshader ><item value=\"1\"/><item value=\"x\"/>",
          "<colorrampshader minimumValue=\"0\" maximumValue=\"1\"><item value=\"2\" color=\"#fff\"/><item "
          "value=\"1\" color=\"#fff\"/>"})
        CHECK_THROWS_AS(viz::read_raster_style(text, "a.qml"), geo::ProblemError);
}

TEST_CASE("a GIF read back shows what was put in") {
    const TemporaryFolder folder;
    constexpr int width = 130, height = 90;
    // Long runs and noise, enough for the code table to fill up and start again.
    std::vector<viz::GifFrame> frames(2);
    std::uint32_t state = 1;
    for (viz::GifFrame& frame : frames) {
        for (int i = 0; i < width * height; ++i) {
            state = state * 1664525u + 1013904223u;
            const std::uint32_t shade = i % 3 == 0 ? state >> 28 : 3;
            frame.push_back((shade << 20 | shade << 12 | shade << 4) & 0xFCFCFC);
        }
    }
    const auto path = folder.path() / "two.gif";
    viz::write_file(path, viz::make_gif(frames, width, height, 50));
    int read_width = 0, read_height = 0;
    const auto pixels = read_picture(path, read_width, read_height);
    REQUIRE(read_width == width);
    REQUIRE(read_height == height);
    std::size_t differing = 0;
    for (std::size_t i = 0; i < pixels.size(); ++i) differing += ((pixels[i] ^ frames[0][i]) & 0xFCFCFC) != 0;
    CHECK(differing == 0);
    CHECK_THROWS_AS(viz::make_gif({}, 1, 1, 1), std::invalid_argument);
    CHECK_THROWS_AS(viz::make_gif({{1, 2, 3}}, 1, 1, 1), std::invalid_argument);
}

TEST_CASE("a picture of results shows the map's colours, and years differ") {
    const DrawnRun drawn;
    CHECK(viz::list_maps(drawn.results) ==
          std::vector<std::string>{"commitment_probability", "emissions_co2e", "emissions_co2e_density",
                                   "emissions_co2e_p05", "emissions_co2e_p50", "emissions_co2e_p95"});
    viz::ResultsMapRequest request = drawn.request("commitment_probability", "first.png");
    request.year = 2020;
    CHECK(viz::draw_results_map(request) == std::vector<std::filesystem::path>{request.output});
    int width = 0, height = 0;
    const auto first = read_picture(request.output, width, height);
    CHECK(width == 600);
    CHECK(height > 200);
    CHECK(std::set<std::uint32_t>(first.begin(), first.end()).size() > 20);
    request.output = drawn.out.path() / "last.png";
    request.year.reset();
    viz::draw_results_map(request);
    CHECK(read_picture(request.output, width, height) != first);
    // Japan's box alone.
    request.output = drawn.out.path() / "box.png";
    request.extent = geo::LonLatExtent{138.0, 34.0, 142.0, 37.0};
    viz::draw_results_map(request);
    CHECK(read_picture(request.output, width, height) != first);
}

TEST_CASE("an animation is a GIF, or a picture a year") {
    const DrawnRun drawn;
    viz::ResultsMapRequest request = drawn.request("emissions_co2e", "all.gif");
    request.animate = true;
    viz::draw_results_map(request);
    const std::string gif = read_text(request.output);
    std::size_t frames = 0;
    const std::string control("\x21\xF9\x04", 3);
    for (std::size_t at = gif.find(control); at != std::string::npos; at = gif.find(control, at + 1))
        ++frames;
    CHECK(frames >= 3);
    request.output = drawn.out.path() / "frames";
    const auto files = viz::draw_results_map(request);
    REQUIRE(files.size() == 3);
    for (const auto& file : files) CHECK(std::filesystem::file_size(file) > 1000);
    CHECK(files[2].filename() == "emissions_co2e_2022.png");
}

TEST_CASE("a map that is not there is refused with what is") {
    const DrawnRun drawn;
    CHECK_THROWS_WITH(viz::draw_results_map(drawn.request("emissions_co2", "a.png")),
                      Catch::Contains("did you mean \"emissions_co2e\"?"));
    viz::ResultsMapRequest request = drawn.request("emissions_co2e", "a.png");
    request.year = 1999;
    CHECK_THROWS_WITH(viz::draw_results_map(request), Catch::Contains("choose one from 2020 to 2022"));
    request = drawn.request("emissions_co2e", "not/there.png");
    CHECK_THROWS_AS(viz::draw_results_map(request), viz::WriteError);
    request = drawn.request("emissions_co2e", "a.png");
    request.results = drawn.out.path();
    CHECK_THROWS_WITH(viz::draw_results_map(request), Catch::Contains("holds no maps"));
}
