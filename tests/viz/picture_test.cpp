#include <catch2/catch.hpp>

#include <gdal_priv.h>

#include <algorithm>
#include <cmath>
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
#include "viz/picture/shown_rectangle.h"
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

/// A map in cells of one degree from 60°N to 20°S: 1 where Mexico lies, 2 where Japan does.
geo::RasterBand two_shores(double west, std::int64_t columns) {
    geo::RasterBand band{{geo::GridSpace::lonlat_degrees, west, 60.0, 1.0, 1.0, columns, 80}, {}};
    for (std::int64_t cell = 0; cell < band.grid.cells(); ++cell) {
        const double lon = band.grid.centre(band.grid.position(cell)).lon_deg;
        const double east_of_greenwich = lon < 0.0 ? lon + 360.0 : lon;
        const bool mexico = east_of_greenwich > 245.0 && east_of_greenwich < 256.0;
        const bool japan = east_of_greenwich > 130.0 && east_of_greenwich < 145.0;
        band.values.push_back(mexico ? 1.0 : japan ? 2.0 : std::nan(""));
    }
    return band;
}

viz::MapPicture picture_of(const geo::RasterBand& band, const geo::LonLatExtent& shown) {
    viz::RasterStyle style;
    style.stops = {{1.0, "#ff0000", "1 t"}, {2.0, "#0000ff", "2 t"}};
    return {band, geo::io::MapProjection(""), {}, style, shown, 600};
}

/// The colours along a row of the map that begins with the picture's margin.
std::vector<std::uint32_t> middle_row(const viz::Canvas& canvas) {
    const auto width = static_cast<std::ptrdiff_t>(canvas.width());
    const std::vector<std::uint32_t> pixels = canvas.pixels();
    const auto begin = pixels.begin() + canvas.height() / 2 * width;
    constexpr std::ptrdiff_t margin = 16;
    return {begin + margin, begin + width - margin};
}

}  // namespace

TEST_CASE("an extent across the far side of the grid shows what lies on both sides") {
    constexpr std::uint32_t red = 0xff0000, blue = 0x0000ff;
    const geo::RasterBand cut_at_180 = two_shores(-120.0, 280), cut_at_greenwich = two_shores(0.0, 300);
    for (const geo::LonLatExtent shown :
         {geo::LonLatExtent{100.0, -20.0, -100.0, 60.0}, geo::LonLatExtent{150.0, -20.0, 148.0, 60.0}}) {
        CAPTURE(shown.west_deg);
        const auto row = middle_row(picture_of(cut_at_180, shown).draw(cut_at_180, {}));
        const double a_degree = static_cast<double>(row.size()) / shown.width_deg();
        const auto at = [&](double lon) {
            const double from_west = lon - shown.west_deg + (lon < shown.west_deg ? 360.0 : 0.0);
            return row.at(static_cast<std::size_t>(from_west * a_degree));
        };
        CHECK(at(250.0) == red);
        CHECK(at(137.0) == blue);
        CHECK(std::count(row.begin(), row.end(), red) == Approx(11.0 * a_degree).margin(2.0));
        CHECK(std::count(row.begin(), row.end(), blue) == Approx(15.0 * a_degree).margin(2.0));
        // The same earth on a grid that begins elsewhere.
        CHECK(middle_row(picture_of(cut_at_greenwich, shown).draw(cut_at_greenwich, {})) == row);
    }
    // A grid around the whole earth has no gap where it closes.
    geo::RasterBand whole = two_shores(-180.0, 360);
    std::fill(whole.values.begin(), whole.values.end(), 1.0);
    const auto row = middle_row(picture_of(whole, {160.0, -20.0, -160.0, 0.0}).draw(whole, {}));
    CHECK(std::count(row.begin(), row.end(), red) == static_cast<std::ptrdiff_t>(row.size()));
}

TEST_CASE("things in degrees are seen once for every turn that brings them into view") {
    const geo::io::MapRectangle pacific{100.0, -20.0, 260.0, 60.0};
    CHECK(viz::turns_into_view(pacific, 130.0, 145.0) == std::vector<double>{0.0});
    CHECK(viz::turns_into_view(pacific, -115.0, -104.0) == std::vector<double>{360.0});
    CHECK(viz::turns_into_view(pacific, -120.0, 160.0) == std::vector<double>{0.0, 360.0});
    CHECK(viz::turns_into_view(pacific, 490.0, 500.0) == std::vector<double>{-360.0});
    CHECK(viz::turns_into_view(pacific, 0.0, 90.0).empty());
}

TEST_CASE("an extent without anything of the map is refused") {
    const geo::RasterBand shores = two_shores(-120.0, 280);
    CHECK_THROWS_WITH(picture_of(shores, {170.0, 0.0, -170.0, 10.0}), Catch::Contains("nothing of it lies"));
    CHECK_THROWS_WITH(picture_of(shores, {0.0, 70.0, 10.0, 80.0}), Catch::Contains("nothing of it lies"));
    CHECK_NOTHROW(picture_of(shores, {230.0, 0.0, 250.0, 10.0}));
    const geo::GeoGrid metres{
        geo::GridSpace::projected_metres, 400'000.0, 2'400'000.0, 1000.0, 1000.0, 200, 100};
    const geo::io::MapProjection utm("EPSG:32648");
    CHECK_THROWS_WITH(viz::show_extent({95.0, 20.0, 97.0, 22.0}, metres, utm),
                      Catch::Contains("nothing of it lies"));
    CHECK(viz::show_extent({104.0, 20.0, 106.0, 22.0}, metres, utm).west < 500'000.0);
}

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
    CHECK_THROWS_WITH(viz::draw_results_map(request), Catch::Contains("this is not a folder of results"));
}
