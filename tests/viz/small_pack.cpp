#include "tests/viz/small_pack.h"

#include <gdal_priv.h>
#include <ogrsf_frmts.h>
#include <unistd.h>

#include <algorithm>
#include <fstream>
#include <iterator>
#include <memory>
#include <stdexcept>

#include "geo/io/table.h"

namespace domino::test {

namespace fs = std::filesystem;

namespace {

struct Box {
    double west, south, east, north;
};

void add_box(OGRMultiPolygon& area, Box box) {
    OGRLinearRing ring;
    for (const auto& [x, y] :
         {std::pair{box.west, box.south}, std::pair{box.east, box.south}, std::pair{box.east, box.north},
          std::pair{box.west, box.north}, std::pair{box.west, box.south}}) {
        ring.addPoint(x, y);
    }
    OGRPolygon polygon;
    polygon.addRing(&ring);
    area.addGeometry(&polygon);
}

void add_feature(OGRLayer& layer, const std::vector<std::pair<const char*, std::string>>& fields,
                 const std::vector<Box>& boxes) {
    std::unique_ptr<OGRFeature, void (*)(OGRFeature*)> feature(
        OGRFeature::CreateFeature(layer.GetLayerDefn()), OGRFeature::DestroyFeature);
    for (const auto& [name, value] : fields) {
        feature->SetField(name, value.c_str());
    }
    OGRMultiPolygon area;
    for (const Box& box : boxes) {
        add_box(area, box);
    }
    feature->SetGeometry(&area);
    if (layer.CreateFeature(feature.get()) != OGRERR_NONE) {
        throw std::runtime_error("cannot write a boundary");
    }
}

OGRLayer& add_layer(GDALDataset& file, const char* name, const std::vector<const char*>& fields) {
    OGRSpatialReference wgs84;
    wgs84.importFromEPSG(4326);
    wgs84.SetAxisMappingStrategy(OAMS_TRADITIONAL_GIS_ORDER);
    OGRLayer* layer = file.CreateLayer(name, &wgs84, wkbMultiPolygon);
    for (const char* field : fields) {
        OGRFieldDefn definition(field, OFTString);
        layer->CreateField(&definition);
    }
    return *layer;
}

void write_boundaries(const fs::path& path) {
    GDALDriver* driver = GetGDALDriverManager()->GetDriverByName("GPKG");
    const std::unique_ptr<GDALDataset> file(driver->Create(path.c_str(), 0, 0, 0, GDT_Unknown, nullptr));
    const std::vector<Box> a = {{138.0, 34.5, 141.0, 37.0}};
    const std::vector<Box> b = {{176.5, -19.0, 180.0, -16.0}, {-180.0, -17.5, -179.0, -16.0}};
    OGRLayer& admin1 = add_layer(*file, "admin1", {"admin1_id", "iso3"});
    add_feature(admin1, {{"admin1_id", "AAA-1"}, {"iso3", "AAA"}}, a);
    add_feature(admin1, {{"admin1_id", "BBB-1"}, {"iso3", "BBB"}}, b);
    add_feature(admin1, {{"admin1_id", "CCC-1"}, {"iso3", "CCC"}}, {{0.0, 40.0, 10.0, 50.0}});
    OGRLayer& admin0 = add_layer(*file, "admin0_50m", {"iso3", "name"});
    add_feature(admin0, {{"iso3", "AAA"}, {"name", "Aland"}}, a);
    add_feature(admin0, {{"iso3", "BBB"}, {"name", "Bland"}}, b);
    add_feature(admin0, {{"iso3", "CCC"}, {"name", "Cland"}}, {{0.0, 40.0, 10.0, 50.0}});
}

void write_population(const fs::path& path) {
    constexpr int columns = 8640;
    constexpr int rows = 4320;
    constexpr double cell_deg = 1.0 / 24.0;
    GDALDriver* driver = GetGDALDriverManager()->GetDriverByName("GTiff");
    const char* const options[] = {"COMPRESS=DEFLATE", "TILED=YES", "SPARSE_OK=TRUE", nullptr};
    const std::unique_ptr<GDALDataset> file(
        driver->Create(path.c_str(), columns, rows, 1, GDT_Float32,
                       const_cast<char**>(static_cast<const char* const*>(options))));
    double transform[6] = {-180.0, cell_deg, 0.0, 90.0, 0.0, -cell_deg};
    file->SetGeoTransform(transform);
    OGRSpatialReference wgs84;
    wgs84.importFromEPSG(4326);
    file->SetSpatialRef(&wgs84);
    // People per cell grow eastward, so that shares differ from cell to cell.
    for (const Box& box : {Box{138.5, 35.0, 140.5, 36.5}, Box{177.0, -18.5, 179.0, -17.0},
                           Box{-179.95, -17.0, -179.5, -16.5}}) {
        const int left = static_cast<int>((box.west + 180.0) / cell_deg);
        const int top = static_cast<int>((90.0 - box.north) / cell_deg);
        const int width = static_cast<int>((box.east - box.west) / cell_deg);
        const int height = static_cast<int>((box.north - box.south) / cell_deg);
        std::vector<float> people(static_cast<std::size_t>(width * height));
        for (std::size_t i = 0; i < people.size(); ++i) {
            people[i] = 100.0F + static_cast<float>(i % static_cast<std::size_t>(width));
        }
        if (file->GetRasterBand(1)->RasterIO(GF_Write, left, top, width, height, people.data(), width, height,
                                             GDT_Float32, 0, 0, nullptr) != CE_None) {
            throw std::runtime_error("cannot write people");
        }
    }
}

}  // namespace

TemporaryFolder::TemporaryFolder() {
    std::string name = (fs::temp_directory_path() / "domino-viz-XXXXXX").string();
    if (mkdtemp(name.data()) == nullptr) {
        throw std::runtime_error("no temporary folder");
    }
    path_ = name;
}

TemporaryFolder::~TemporaryFolder() {
    std::error_code ignored;
    fs::remove_all(path_, ignored);
}

void write_small_pack(const fs::path& dir) {
    GDALAllRegister();
    fs::create_directories(dir / "rasters");
    write_boundaries(dir / "boundaries.gpkg");
    write_population(dir / "rasters" / "population_2020_2p5min.tif");
    std::ofstream(dir / "datapackage.json") << R"({"name": "domino", "resources": [
      {"name": "places", "title": "Places", "path": "tables/places.csv.gz",
       "sources": [{"title": "GeoNames", "path": "https://www.geonames.org"}],
       "licenses": [{"name": "CC-BY-4.0", "title": "CC BY 4.0"}]},
      {"name": "boundaries", "title": "Boundaries", "path": "boundaries.gpkg",
       "sources": [{"title": "Natural Earth"}], "licenses": [{"name": "public domain"}]}]})";
}

std::string read_text(const fs::path& path) {
    std::ifstream file(path, std::ios::binary);
    if (!file) {
        throw std::runtime_error("no file " + path.string());
    }
    return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

std::vector<std::vector<std::string>> read_csv(const fs::path& path) {
    const geo::Table table = geo::io::read_table(path);
    std::vector<std::vector<std::string>> rows = {table.column_names()};
    for (std::size_t row = 0; row < table.rows(); ++row) {
        std::vector<std::string>& cells = rows.emplace_back();
        for (std::size_t column = 0; column < table.columns(); ++column) {
            cells.emplace_back(table.cell(row, column));
        }
    }
    return rows;
}

std::size_t column_of(const std::vector<std::vector<std::string>>& table, const std::string& name) {
    const auto found = std::find(table.front().begin(), table.front().end(), name);
    if (found == table.front().end()) {
        throw std::out_of_range("no column " + name);
    }
    return static_cast<std::size_t>(found - table.front().begin());
}

}  // namespace domino::test
