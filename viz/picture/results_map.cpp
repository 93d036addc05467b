#include "viz/picture/results_map.h"

#include <algorithm>
#include <fstream>
#include <iterator>
#include <map>

#include "geo/io/raster.h"
#include "geo/io/vector_layer.h"
#include "geo/problem.h"
#include "viz/checked_file.h"
#include "viz/picture/gif.h"
#include "viz/picture/map_picture.h"
#include "viz/results_folder.h"

namespace domino::viz {

namespace {

namespace fs = std::filesystem;

std::string join(const std::vector<std::string>& words) {
    std::string text;
    for (const std::string& word : words) text += (text.empty() ? "" : ", ") + word;
    return text;
}

std::string read_whole(const fs::path& path) {
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

/// The areas of a layer; none where the file or layer is not there.
std::vector<geo::MultiPolygon> read_areas(const fs::path& path, const std::string& layer) {
    std::error_code error;
    if (!fs::exists(path, error)) return {};
    const std::vector<std::string> layers = geo::io::list_layers(path);
    if (std::find(layers.begin(), layers.end(), layer) == layers.end()) return {};
    geo::io::VectorLayerRequest request;
    request.path = path;
    request.layer = layer;
    request.polygons = geo::io::PolygonUse::keep;
    std::vector<geo::MultiPolygon> areas;
    for (geo::io::Feature& feature : geo::io::read_vector_layer(request).features)
        areas.push_back(std::move(feature.polygons));
    return areas;
}

/// What a map shows, for a title.
std::string title_of(const std::string& variable) {
    static const std::map<std::string, std::string> titles = {
        {"emissions_co2e", "Emissions"},
        {"emissions_co2e_density", "Emissions by area"},
        {"emissions_co2e_p05", "Emissions, 5 % quantile"},
        {"emissions_co2e_p50", "Emissions, median"},
        {"emissions_co2e_p95", "Emissions, 95 % quantile"},
        {"commitment_probability", "Chance that a person's place has committed"}};
    const auto known = titles.find(variable);
    return known == titles.end() ? variable : known->second;
}

std::string legend_of(const std::string& unit) {
    static const std::map<std::string, std::string> legends = {
        {"t CO2e/yr", "t CO₂e a year in a cell"},
        {"t CO2e/km2/yr", "t CO₂e a year and km²"},
        {"1", "share of simulated futures, by the end of the year"}};
    const auto known = legends.find(unit);
    return known == legends.end() ? unit : known->second;
}

/// A map of results with its years, ready to be drawn.
class ResultsMap {
 public:
    explicit ResultsMap(const ResultsMapRequest& request)
        : request_(request), raster_(open(request)), first_(raster_.read_band(1)) {
        for (int band = 1; band <= raster_.bands(); ++band) years_.push_back(raster_.metadata(band, "YEAR"));
        const fs::path style = request.results / (request.variable + ".qml");
        MapOutlines outlines;
        outlines.borders = read_areas(request.results / "results.gpkg", "boundaries");
        outlines.land = read_areas(request.data_dir / "boundaries.gpkg", "admin0_50m");
        picture_.emplace(first_, geo::io::MapProjection(raster_.crs_definition()), outlines,
                         read_raster_style(read_whole(style), style.string()), request.extent, request.width);
    }

    int bands() const { return raster_.bands(); }
    const std::string& year(int band) const { return years_[static_cast<std::size_t>(band - 1)]; }

    /// The band of the year asked for, or the last.
    int wanted_band() const {
        if (!request_.year) return raster_.bands();
        const auto found = std::find(years_.begin(), years_.end(), std::to_string(*request_.year));
        if (found != years_.end()) return static_cast<int>(found - years_.begin()) + 1;
        throw geo::ProblemError({raster_file().string(), "there is no year " + std::to_string(*request_.year),
                                 "", "choose one from " + years_.front() + " to " + years_.back()});
    }

    Canvas draw(int band) const {
        const std::string quantile = raster_.metadata(band, "QUANTILE");
        const std::string what = quantile == "mean" ? "mean over members" : quantile + " over members";
        MapPictureText text;
        text.title = title_of(request_.variable) + ", " + year(band);
        text.subtitle = "Scenario " + raster_.metadata(0, "SCENARIO") + ", " + what;
        text.legend = legend_of(raster_.unit(band));
        text.source =
            raster_.metadata(0, "SOFTWARE") + " · people: GPWv4 (CC BY 4.0) · boundaries: Natural Earth";
        return picture_->draw(band == 1 ? first_ : raster_.read_band(band), text);
    }

 private:
    fs::path raster_file() const { return request_.results / (request_.variable + ".tif"); }

    static geo::io::Raster open(const ResultsMapRequest& request) {
        require_results_folder(request.results);
        const std::vector<std::string> maps = list_maps(request.results);
        // Comparisons hold maps and no manifest, so it is asked for only where there is nothing to draw.
        if (maps.empty()) read_manifest_json(request.results);
        if (std::find(maps.begin(), maps.end(), request.variable) == maps.end()) {
            const std::string near = geo::closest_spelling(request.variable, maps);
            throw geo::ProblemError(
                {request.results.string(), "there is no map of \"" + request.variable + "\"",
                 maps.empty() ? "the folder holds no maps" : "",
                 maps.empty()   ? "name a folder that domino run has written with output.maps = true"
                 : near.empty() ? "choose one of: " + join(maps)
                                : "did you mean \"" + near + "\"?"});
        }
        return geo::io::Raster::open({request.results / (request.variable + ".tif"), std::nullopt});
    }

    const ResultsMapRequest& request_;
    geo::io::Raster raster_;
    geo::RasterBand first_;
    std::vector<std::string> years_;
    std::optional<MapPicture> picture_;
};

std::vector<fs::path> draw_frames(const ResultsMap& map, const ResultsMapRequest& request) {
    std::error_code error;
    fs::create_directories(request.output, error);
    std::vector<fs::path> files;
    for (int band = 1; band <= map.bands(); ++band) {
        files.push_back(request.output / (request.variable + "_" + map.year(band) + ".png"));
        map.draw(band).save_png(files.back());
    }
    return files;
}

std::vector<fs::path> draw_animation(const ResultsMap& map, const ResultsMapRequest& request) {
    constexpr int centiseconds = 70;
    std::vector<GifFrame> frames;
    int width = 0, height = 0;
    for (int band = 1; band <= map.bands(); ++band) {
        const Canvas canvas = map.draw(band);
        width = canvas.width();
        height = canvas.height();
        frames.push_back(canvas.pixels());
    }
    write_file(request.output, make_gif(frames, width, height, centiseconds));
    return {request.output};
}

}  // namespace

std::vector<std::string> list_maps(const fs::path& results) {
    std::vector<std::string> maps;
    std::error_code error;
    for (auto entry = fs::directory_iterator(results, error); !error && entry != fs::directory_iterator();
         entry.increment(error)) {
        fs::path style = entry->path();
        style.replace_extension(".qml");
        if (entry->path().extension() == ".tif" && fs::exists(style, error))
            maps.push_back(entry->path().stem().string());
    }
    std::sort(maps.begin(), maps.end());
    return maps;
}

std::vector<fs::path> draw_results_map(const ResultsMapRequest& request) {
    const ResultsMap map(request);
    if (!request.animate) {
        map.draw(map.wanted_band()).save_png(request.output);
        return {request.output};
    }
    return request.output.extension() == ".gif" ? draw_animation(map, request) : draw_frames(map, request);
}

}  // namespace domino::viz
