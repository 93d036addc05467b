#include "viz/qgis_project.h"

#include "viz/checked_file.h"
#include "viz/number_text.h"
#include "viz/vector_style.h"
#include "viz/zip_archive.h"

namespace domino::viz {

namespace {

std::string element(const char* name, const std::string& text) {
    return std::string("<") + name + ">" + markup(text) + "</" + name + ">";
}

std::string instant(int year) {
    return std::to_string(year) + "-01-01T00:00:00Z";
}

/// QGIS 3.22 lets a layer show in a frame that only touches its range, so years must not touch.
std::string first_second(int year) {
    return std::to_string(year) + "-01-01T00:00:01Z";
}

std::string last_second(int year) {
    return std::to_string(year) + "-12-31T23:59:59Z";
}

std::string reference_system(const char* name, const geo::io::CrsText& crs) {
    return std::string("<") + name + "><spatialrefsys>" + element("wkt", crs.wkt) +
           element("authid", crs.code) + "</spatialrefsys></" + name + ">\n";
}

/// Longitudes beyond 180 are no places of EPSG:4326 to QGIS, and layers from -180 to 180 would not meet them.
bool passes_180(const geo::GeoGrid& grid) {
    return grid.space == geo::GridSpace::lonlat_degrees && (grid.west < -180.0 || grid.east() > 180.0);
}

/// The grid as the project shows it: counted from 180° where it passes it.
geo::GeoGrid shown_grid(geo::GeoGrid grid) {
    if (passes_180(grid)) grid.west -= grid.west < -180.0 ? -180.0 : 180.0;
    return grid;
}

geo::io::CrsText shown_crs(const MapFrame& frame) {
    return passes_180(frame.grid()) ? frame.projection.crs_from_180() : frame.projection.crs_text();
}

std::string extent_of(const geo::GeoGrid& grid) {
    return "<extent>" + element("xmin", number_text(grid.west, 15)) +
           element("ymin", number_text(grid.south(), 15)) + element("xmax", number_text(grid.east(), 15)) +
           element("ymax", number_text(grid.north, 15)) + "</extent>\n";
}

/// @p legend names what stands first in the layer's legend; empty: as QGIS does.
std::string tree_layer(const std::string& id, const std::string& name, const std::string& source,
                       const char* provider, bool shown, const std::string& legend = {}) {
    const std::string label = "<customproperties><property key=\"legend/label-0\" value=\"" + markup(legend) +
                              "\"/></customproperties>";
    return "<layer-tree-layer id=\"" + id + "\" name=\"" + markup(name) + "\" source=\"" + markup(source) +
           "\" providerKey=\"" + provider + "\" checked=\"" + (shown ? "Qt::Checked" : "Qt::Unchecked") +
           "\" expanded=\"0\">" + (legend.empty() ? "" : label) + "</layer-tree-layer>\n";
}

/// What a map shows of a year.
std::string year_title(const ProjectMap& map, int year) {
    return std::to_string(year) + ": " + map.title;
}

std::string open_group(const std::string& name, bool shown, bool expanded) {
    return "<layer-tree-group name=\"" + markup(name) + "\" checked=\"" +
           (shown ? "Qt::Checked" : "Qt::Unchecked") + "\" expanded=\"" + (expanded ? "1" : "0") + "\">\n";
}

/// Collects the tree and the layers, from the top.
class Project {
 public:
    Project(const RunContext& context, const MapFrame& frame)
        : context_(context), grid_(shown_grid(frame.grid())), crs_(shown_crs(frame)) {}

    void add_vectors() {
        // Everything at once hides the maps: these are on at the start.
        const auto shown = [](const std::string& layer) {
            return layer == "domino_links" || layer == "events" || layer == "boundaries";
        };
        tree_ += open_group("Places and links", true, true);
        for (const VectorStyle& style : vector_styles()) {
            const std::string id = "domino_" + style.layer;
            const std::string source = "./results.gpkg|layername=" + style.layer;
            tree_ += tree_layer(id, style.title, source, "ogr", shown(style.layer));
            layers_ += "<maplayer type=\"vector\" geometry=\"" + std::string(geometry(style.symbol)) +
                       "\" autoRefreshEnabled=\"0\" styleCategories=\"AllStyleCategories\">\n" +
                       element("id", id) + element("datasource", source) + element("layername", style.title) +
                       "\n" + reference_system("srs", geo::io::MapProjection("EPSG:4326").crs_text()) +
                       "<provider encoding=\"UTF-8\">ogr</provider>\n" + qgis_vector_elements(style) +
                       "<blendMode>0</blendMode><layerOpacity>1</layerOpacity></maplayer>\n";
            order_.push_back(id);
        }
        tree_ += "</layer-tree-group>\n";
    }

    void add_map(const ProjectMap& map, bool shown) {
        tree_ += open_group(map.title, shown, false);
        // The newest on top: that is what shows while nothing plays.
        for (int year = map.style.first_year + map.style.years - 1; year >= map.style.first_year; --year) {
            const std::string source = "./" + year_view_name(map.file, year);
            const std::string id =
                "domino_" + std::filesystem::path(map.file).stem().string() + "_" + std::to_string(year);
            const std::string name = std::to_string(year);
            // QGIS would call it by its band, the first of each view.
            tree_ += tree_layer(id, name, source, "gdal", true, year_title(map, year));
            layers_ +=
                "<maplayer type=\"raster\" autoRefreshEnabled=\"0\" "
                "styleCategories=\"AllStyleCategories\">\n" +
                extent_of(grid_) + element("id", id) + element("datasource", source) +
                element("layername", name) + "\n" + reference_system("srs", crs_) +
                "<provider>gdal</provider>\n<temporal enabled=\"1\" mode=\"0\" fetchMode=\"0\">"
                "<fixedRange>" +
                element("start", first_second(year)) + element("end", last_second(year)) +
                "</fixedRange></temporal>\n" + qgis_raster_pipe(map.style) + "</maplayer>\n";
            order_.push_back(id);
        }
        tree_ += "</layer-tree-group>\n";
    }

    std::string text() const {
        const sim::Calendar& calendar = context_.results.scenario.calendar;
        const std::string& title =
            context_.scenario.title.empty() ? context_.scenario.name : context_.scenario.title;
        std::string out =
            "<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>\n"
            "<qgis projectname=\"" +
            markup(title) + "\" version=\"3.22.0\">\n" + element("title", title) + "\n" +
            reference_system("projectCrs", crs_) + "<layer-tree-group>\n" + tree_ +
            "</layer-tree-group>\n<mapcanvas name=\"theMapCanvas\" annotationsVisible=\"1\">\n" +
            element("units", grid_.space == geo::GridSpace::lonlat_degrees ? "degrees" : "meters") + "\n" +
            extent_of(grid_) + "<rotation>0</rotation>\n" + reference_system("destinationsrs", crs_) +
            "</mapcanvas>\n" + "<projectlayers>\n" + layers_ + "</projectlayers>\n<layerorder>\n";
        for (const std::string& id : order_) out += "<layer id=\"" + id + "\"/>\n";
        out +=
            "</layerorder>\n<properties><Paths><Absolute type=\"bool\">false</Absolute></Paths>"
            // Without this QGIS reads no projectCrs, and lays layers of different CRS on one another as they
            // are.
            "<SpatialRefSys><ProjectionsEnabled type=\"int\">1</ProjectionsEnabled></SpatialRefSys>"
            "</properties>\n"
            "<ProjectTimeSettings timeStepUnit=\"y\" timeStep=\"1\" frameRate=\"2\" "
            "cumulativeTemporalRange=\"0\"><TemporalRange>" +
            element("start", instant(calendar.first_year())) +
            element("end",
                    instant(calendar.first_year() + static_cast<int>(context_.results.scenario.years))) +
            "</TemporalRange></ProjectTimeSettings>\n</qgis>\n";
        return out;
    }

 private:
    static const char* geometry(SymbolKind kind) {
        switch (kind) {
            case SymbolKind::dot:
                return "Point";
            case SymbolKind::line:
            case SymbolKind::arrow:
                return "Line";
            case SymbolKind::outline:
                return "Polygon";
        }
        return "";
    }

    const RunContext& context_;
    geo::GeoGrid grid_;
    geo::io::CrsText crs_;
    std::string tree_, layers_;
    std::vector<std::string> order_;
};

}  // namespace

std::string year_view_name(const std::string& map_file, int year) {
    return "years/" + std::filesystem::path(map_file).stem().string() + "_" + std::to_string(year) + ".vrt";
}

std::string year_view(const ProjectMap& map, const MapFrame& frame, int year) {
    const geo::GeoGrid grid = shown_grid(frame.grid());
    const geo::io::CrsText crs = shown_crs(frame);
    const std::string columns = std::to_string(grid.columns), rows = std::to_string(grid.rows);
    const std::string band = std::to_string(year - map.style.first_year + 1);
    const std::string window = " xOff=\"0\" yOff=\"0\" xSize=\"" + columns + "\" ySize=\"" + rows + "\"/>";
    return "<VRTDataset rasterXSize=\"" + columns + "\" rasterYSize=\"" + rows + "\">\n" + "  <SRS>" +
           markup(crs.code.empty() ? crs.wkt : crs.code) + "</SRS>\n  <GeoTransform>" +
           number_text(grid.west, 17) + ", " + number_text(grid.cell_width, 17) + ", 0, " +
           number_text(grid.north, 17) + ", 0, " + number_text(-grid.cell_height, 17) +
           "</GeoTransform>\n  <VRTRasterBand dataType=\"Float32\" band=\"1\">\n    <Description>" +
           markup(year_title(map, year)) +
           "</Description>\n    <NoDataValue>nan</"
           "NoDataValue>\n    <SimpleSource>\n      <SourceFilename relativeToVRT=\"1\">../" +
           map.file + "</SourceFilename>\n      <SourceBand>" + band +
           "</SourceBand>\n      <SourceProperties" + " RasterXSize=\"" + columns + "\" RasterYSize=\"" +
           rows + "\" DataType=\"Float32\" BlockXSize=\"512\" BlockYSize=\"512\"/>\n      <SrcRect" + window +
           "\n      <DstRect" + window + "\n    </SimpleSource>\n  </VRTRasterBand>\n</VRTDataset>\n";
}

void write_qgis_project(const RunContext& context, const MapFrame& frame, const std::vector<ProjectMap>& maps,
                        const std::filesystem::path& path) {
    Project project(context, frame);
    project.add_vectors();
    for (std::size_t i = 0; i < maps.size(); ++i) project.add_map(maps[i], i == 0);
    write_file(path, make_zip({{"project.qgs", project.text()}}));
}

}  // namespace domino::viz
