#include <catch2/catch.hpp>

#include <gdal_priv.h>
#include <ogrsf_frmts.h>

#include <cmath>
#include <fstream>
#include <map>
#include <memory>
#include <nlohmann/json.hpp>
#include <set>
#include <string>

#include "tests/support/small_results.h"
#include "tests/viz/small_context.h"
#include "tests/viz/small_pack.h"
#include "viz/verify.h"
#include "viz/write_results.h"

using namespace domino;
using namespace domino::test;
namespace fs = std::filesystem;

namespace {

/// A small run whose scenario files exist, with a pack beside them.
struct FiledRun {
    explicit FiledRun(WithReference reference = WithReference::yes) : run(make_small_run(reference)) {
        write_small_pack(pack.path());
        run.scenario.file = pack.path() / "more-pairs.toml";
        run.reference.file = pack.path() / "as-today.toml";
        std::ofstream(run.scenario.file) << "extends = \"as-today.toml\"\n";
        std::ofstream(run.reference.file) << "name = \"as-today\"\n";
    }

    void write(const fs::path& dir, int threads = 1) {
        fs::create_directories(dir);
        viz::RunContext context = make_context(run, pack.path());
        context.options.threads = threads;
        viz::write_results(context, dir);
    }

    TemporaryFolder pack;
    TemporaryFolder out;
    SmallRun run;
};

std::set<std::string> files_in(const fs::path& dir) {
    std::set<std::string> names;
    for (const auto& entry : fs::directory_iterator(dir)) {
        names.insert(entry.path().filename().string());
    }
    return names;
}

std::unique_ptr<GDALDataset> open_vector(const fs::path& path) {
    GDALAllRegister();
    std::unique_ptr<GDALDataset> file(
        GDALDataset::Open(path.c_str(), GDAL_OF_VECTOR | GDAL_OF_READONLY, nullptr, nullptr, nullptr));
    REQUIRE(file);
    return file;
}

}  // namespace

TEST_CASE("a run's folder holds every file, twice the same bytes but for the manifest") {
    FiledRun filed;
    filed.write(filed.out.path() / "one", 1);
    filed.write(filed.out.path() / "two", 2);
    const std::set<std::string> names = files_in(filed.out.path() / "one");
    CHECK(names == std::set<std::string>{"places.csv",
                                         "places.fgb",
                                         "pathways.csv",
                                         "targets.csv",
                                         "domino_ledger.csv",
                                         "emissions_co2e.tif",
                                         "emissions_co2e.qml",
                                         "emissions_co2e_density.tif",
                                         "emissions_co2e_density.qml",
                                         "emissions_co2e_p05.tif",
                                         "emissions_co2e_p05.qml",
                                         "emissions_co2e_p50.tif",
                                         "emissions_co2e_p50.qml",
                                         "emissions_co2e_p95.tif",
                                         "emissions_co2e_p95.qml",
                                         "commitment_probability.tif",
                                         "commitment_probability.qml",
                                         "results.nc",
                                         "results.gpkg",
                                         "project.qgz",
                                         "years",
                                         "report.html",
                                         "scenario_resolved.toml",
                                         "manifest.json"});
    CHECK(files_in(filed.out.path() / "one" / "years").size() == 9);
    for (const std::string& name : names) {
        if (name != "manifest.json" && name != "years") {
            INFO(name);
            CHECK(read_text(filed.out.path() / "one" / name) == read_text(filed.out.path() / "two" / name));
        }
    }
}

TEST_CASE("verify finds one altered byte, a missing file, and forgives an extra one") {
    FiledRun filed;
    const fs::path dir = filed.out.path() / "results";
    filed.write(dir);
    const viz::VerifyResult whole = viz::verify_manifest(dir);
    CHECK(whole.holds());
    CHECK(whole.files == 31);
    std::string csv = read_text(dir / "places.csv");
    csv[csv.size() / 2] = csv[csv.size() / 2] == '7' ? '8' : '7';
    std::ofstream(dir / "places.csv", std::ios::binary) << csv;
    fs::remove(dir / "targets.csv");
    std::ofstream(dir / "notes.txt") << "mine";
    const viz::VerifyResult hurt = viz::verify_manifest(dir / "manifest.json");
    REQUIRE(hurt.mismatches.size() == 2);
    CHECK(hurt.mismatches[0].file == "places.csv");
    CHECK(hurt.mismatches[0].fault == viz::FileFault::altered);
    CHECK(hurt.mismatches[1].file == "targets.csv");
    CHECK(hurt.mismatches[1].fault == viz::FileFault::missing);
    CHECK(hurt.unlisted == std::vector<std::string>{"notes.txt"});
}

TEST_CASE("a manifest that is not one is refused, whatever it holds") {
    const TemporaryFolder folder;
    CHECK_THROWS_AS(viz::verify_manifest(folder.path()), geo::ProblemError);
    const fs::path path = folder.path() / "manifest.json";
    for (const std::string text : {"", "{", "[]", "{\"@graph\": 3}", "{\"@graph\": [1, null, {\"@id\": 5}]}",
                                   R"({"@graph": [{"@id": "./", "hasPart": [{"@id": "../../etc/passwd"}]},
              {"@id": "../../etc/passwd", "@type": "File", "sha256": "00"}]})",
                                   R"({"@graph": [{"@id": "./", "hasPart": [{"@id": "a"}, 7]}]})"}) {
        std::ofstream(path, std::ios::trunc) << text;
        INFO(text);
        CHECK_THROWS_AS(viz::verify_manifest(path), geo::ProblemError);
    }
}

TEST_CASE("the manifest says what was run, on what, and which identities held") {
    FiledRun filed;
    filed.write(filed.out.path() / "r");
    const auto manifest = nlohmann::json::parse(read_text(filed.out.path() / "r" / "manifest.json"));
    CHECK(manifest.at("domino").at("seed") == "7");
    CHECK(manifest.at("domino").at("members") == 4);
    std::map<std::string, double> errors;
    for (const auto& identity : manifest.at("domino").at("identities")) {
        CHECK(identity.at("holds") == true);
        errors[identity.at("identity")] = identity.at("largest_relative_error");
    }
    CHECK(errors.count("sum of emissions_co2e.tif = sum of places") == 1);
    CHECK(errors.at("people: places = country, at the start") == 0.0);
    CHECK(manifest.at("domino").at("gwp") == "AR5, 100 years");
    CHECK(errors.at("sum of places.csv + unallocated = nation in pathways.csv") < 1e-6);
    std::set<std::string> inputs;
    for (const auto& entity : manifest.at("@graph")) {
        const std::string id = entity.at("@id");
        if (id.rfind("#input/", 0) == 0) {
            inputs.insert(id);
            CHECK(entity.at("sha256").get<std::string>().size() == 64);
        }
    }
    CHECK(inputs.count("#input/data/boundaries.gpkg") == 1);
    CHECK(inputs.count("#input/data/more-pairs.toml") == 1);
}

TEST_CASE("the GeoPackage holds its layers, and places equal their rows through their cells") {
    FiledRun filed;
    filed.write(filed.out.path() / "r");
    const auto file = open_vector(filed.out.path() / "r" / "results.gpkg");
    std::map<std::string, long long> rows;
    for (int i = 0; i < file->GetLayerCount(); ++i) {
        rows[file->GetLayer(i)->GetName()] = file->GetLayer(i)->GetFeatureCount();
    }
    CHECK(rows.at("places") == 6);
    CHECK(rows.at("links") == 2);
    CHECK(rows.at("projects") == 1);
    CHECK(rows.at("results_place_year") == 18);
    // b1 from a1, b1 by a programme, b2 from b1, b3 and a.rest by themselves, b.rest coerced by b1.
    CHECK(rows.at("events") == 6);
    // b1 from a1, b2 from b1, b.rest coerced by b1.
    CHECK(rows.at("domino_links") == 3);
    std::set<std::string> told;
    for (auto& feature : *file->GetLayerByName("events")) {
        const auto is = [&](const char* field) { return std::string(feature->GetFieldAsString(field)); };
        told.insert(is("place_id") + " " + is("cause") + " " + is("layer") + " " + is("cause_group"));
    }
    CHECK(told.count("b2 layer proximity nearby") == 1);
    CHECK(told.count("b.rest coercion proximity own_province") == 1);
    CHECK(told.count("b3 spontaneous  own_accord") == 1);
    CHECK(rows.at("boundaries") == 2);
    CHECK(rows.count("targets") == 1);
    CHECK(rows.at("results_country_year") > 100);
    CHECK(rows.at("place_cells") > 1000);
    std::map<std::string, double> share;
    OGRLayer& cells = *file->GetLayerByName("place_cells");
    for (auto& feature : cells) {
        share[feature->GetFieldAsString("place_id")] += feature->GetFieldAsDouble("share");
    }
    CHECK(share.size() == 6);
    for (const auto& [place, sum] : share) {
        INFO(place);
        CHECK(sum == Approx(1.0).epsilon(1e-9));
    }
    OGRLayer& places = *file->GetLayerByName("places");
    places.SetAttributeFilter("place_id = 'a1'");
    const OGRFeatureUniquePtr induced(places.GetNextFeature());
    REQUIRE(induced);
    CHECK(induced->GetFieldAsDouble("domino_multiplier") > 0.0);
    OGRLayer& years = *file->GetLayerByName("results_place_year");
    years.ResetReading();
    const OGRFeatureUniquePtr first(years.GetNextFeature());
    REQUIRE(first);
    CHECK(std::string(first->GetFieldAsString("place_id")) == "a.rest");
    CHECK(first->GetFieldAsInteger("year") == 2020);
    CHECK(first->GetFieldAsDouble("emissions_t_co2e_mean") == Approx(1015.0));
    CHECK(first->GetGeometryRef() != nullptr);
}

TEST_CASE("every layer with a shape has its default style in the GeoPackage") {
    FiledRun filed;
    filed.write(filed.out.path() / "r");
    const auto file = open_vector(filed.out.path() / "r" / "results.gpkg");
    std::set<std::string> styled;
    OGRLayer* styles = file->GetLayerByName("layer_styles");
    REQUIRE(styles != nullptr);
    for (auto& feature : *styles) {
        const std::string layer = feature->GetFieldAsString("f_table_name");
        INFO(layer);
        CHECK(feature->GetFieldAsInteger("useAsDefault") == 1);
        CHECK(std::string(feature->GetFieldAsString("f_geometry_column")) == "geom");
        CHECK(feature->IsFieldSetAndNotNull(feature->GetFieldIndex("f_table_schema")));
        CHECK(std::string(feature->GetFieldAsString("styleQML")).find("<renderer-v2") != std::string::npos);
        CHECK(styled.insert(layer).second);
    }
    for (int i = 0; i < file->GetLayerCount(); ++i) {
        OGRLayer& layer = *file->GetLayer(i);
        INFO(layer.GetName());
        CHECK((layer.GetGeomType() != wkbNone) == styled.contains(layer.GetName()));
    }
}

TEST_CASE("places.fgb holds the places with their names") {
    FiledRun filed;
    filed.write(filed.out.path() / "r");
    const auto file = open_vector(filed.out.path() / "r" / "places.fgb");
    OGRLayer& places = *file->GetLayer(0);
    CHECK(places.GetFeatureCount() == 6);
    std::set<std::string> ids;
    for (auto& feature : places) {
        ids.insert(feature->GetFieldAsString("place_id"));
        CHECK(feature->GetGeometryRef()->getGeometryType() == wkbPoint);
    }
    CHECK(ids == std::set<std::string>{"a.rest", "a1", "b.rest", "b1", "b2", "b3"});
}

TEST_CASE("parts a scenario does not want are left out") {
    FiledRun filed(WithReference::no);
    filed.run.scenario.output.maps = scenarios::OnOff::off;
    filed.run.scenario.output.report = scenarios::OnOff::off;
    filed.run.scenario.output.ledger = scenarios::OnOff::off;
    filed.run.scenario.output.flatgeobuf = scenarios::OnOff::off;
    const fs::path dir = filed.out.path() / "r";
    filed.write(dir);
    CHECK(files_in(dir) == std::set<std::string>{"places.csv", "pathways.csv", "targets.csv", "results.gpkg",
                                                 "scenario_resolved.toml", "manifest.json"});
    CHECK(viz::verify_manifest(dir).holds());
}

TEST_CASE("a folder that cannot be written is a write error naming it") {
    FiledRun filed;
    viz::RunContext context = make_context(filed.run, filed.pack.path());
    CHECK_THROWS_AS(viz::write_results(context, filed.out.path() / "not" / "there"), viz::WriteError);
}

TEST_CASE("results that do not add up stop the run") {
    FiledRun filed;
    filed.run.results.scenario.emissions_t[0] += 500.0F;
    fs::create_directories(filed.out.path() / "r");
    CHECK_THROWS_AS(viz::write_results(make_context(filed.run, filed.pack.path()), filed.out.path() / "r"),
                    sim::IdentityBroken);
}

TEST_CASE("without the pack's boundaries the error names the file, and is no write error") {
    FiledRun filed;
    fs::remove(filed.pack.path() / "boundaries.gpkg");
    try {
        filed.write(filed.out.path() / "r");
        FAIL("no error");
    } catch (const viz::WriteError&) {
        FAIL("the pack is no output");
    } catch (const geo::ProblemError& error) {
        CHECK_THAT(error.what(), Catch::Contains("boundaries.gpkg"));
    }
}
