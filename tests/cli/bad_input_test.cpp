#include <gdal_priv.h>
#include <catch2/catch.hpp>

#include "tests/cli/program.h"

using namespace domino::cli::test;

namespace {

/// What a row may prepare beyond text files.
using Prepare = std::function<void(const TemporaryFolder&)>;

struct BadInput {
    std::string what;
    std::string scenario;                ///< text of s.toml; empty: none is written
    std::vector<std::string> arguments;  ///< "@" stands for the folder
    int exit_code;
    std::vector<std::string> told;  ///< parts of standard error; "@" stands for the folder
    std::vector<std::pair<std::string, std::string>> files = {};
    Prepare prepare = [](const TemporaryFolder&) {};
};

const std::vector<std::string> run_it = {"run", "@/s.toml", "-o", "@/out"};

/// The small scenario and more; the first added line is line 7.
std::string small_and(const std::string& more) {
    return small_scenario + more + "\n";
}

std::string geojson(const std::string& features) {
    return R"({"type":"FeatureCollection","features":[)" + features + "]}";
}

std::string feature(const std::string& properties, const std::string& lon = "134.5") {
    return R"({"type":"Feature","properties":{)" + properties +
           R"(},"geometry":{"type":"Point","coordinates":[)" + lon + ",7.5]}}";
}

const std::string place_layer =
    "[[places.layers]]\npath = \"p.geojson\"\nid = \"id\"\npopulation = \"people\"";
const std::string covariate = "[[places.covariates]]\nname = \"c\"\npath = \"c.tif\"\nbeta = 0.1\ncentre = 0";
const std::string edges = "[[layers]]\nname = \"ties\"\npath = \"ties.csv\"";

enum class Georeference { none, full };

void write_raster(const std::string& path, Georeference georeference) {
    GDALAllRegister();
    GDALDriver* driver = GetGDALDriverManager()->GetDriverByName("GTiff");
    GDALDataset* raster = driver->Create(path.c_str(), 36, 18, 1, GDT_Float32, nullptr);
    double corner[6] = {-180.0, 10.0, 0.0, 90.0, 0.0, -10.0};
    raster->SetGeoTransform(corner);
    if (georeference == Georeference::full) {
        OGRSpatialReference wgs84;
        wgs84.SetFromUserInput("EPSG:4326");
        raster->SetSpatialRef(&wgs84);
    }
    GDALClose(raster);
}

std::vector<BadInput> wrong_text() {
    return {
        {"missing scenario", "", run_it, 3, {"@/s.toml: error: there is no such file"}},
        {"a folder for a scenario",
         "",
         {"run", "@", "-o", "@/out"},
         3,
         {"this is a folder, not a scenario file"}},
        {"a binary file",
         std::string("\x7f\x45LF\0\0\1", 7),
         run_it,
         3,
         {"s.toml:1: error: this is not UTF-8 text"}},
        {"not TOML", "countries: [Japan]\n", run_it, 3, {"s.toml:1:", "this is not TOML"}},
        {"duplicate keys",
         small_and("[proximity]\nneighbours = 3\nneighbours = 4"),
         run_it,
         3,
         {"s.toml:9:14: error: this is not TOML"}},
        {"wrong key",
         small_and("min_popluation = \"5 people\""),
         run_it,
         3,
         {"s.toml:7:1: error: unknown key", "did you mean \"min_population\"?"}},
        {"wrong unit",
         small_and("[proximity]\ndecay = \"30 JPY\""),
         run_it,
         3,
         {"s.toml:8:9: error: proximity.decay: \"30 JPY\" is money, where length belongs"}},
        {"a population cut below zero",
         "technologies = [\"ev_car\"]\n[places]\ncountries = [\"Palau\"]\nmin_population = \"-10 people\"",
         run_it,
         3,
         {"s.toml:4:18: error: places.min_population: -10 people is out of range"}},
        {"NaN",
         small_and("[hierarchy]\nup = nan"),
         run_it,
         3,
         {"s.toml:8:6: error: hierarchy.up: the value is not a finite number"}},
        {"wrong type",
         small_and("[hierarchy]\nup = \"much\""),
         run_it,
         3,
         {"s.toml:8:6:", "text where a number belongs"}},
        {"bad date",
         small_and("[c3p]\nscaled_from = \"April 2026\""),
         run_it,
         3,
         {"s.toml:8:15:", "\"April 2026\" is no month"}},
        {"end before start",
         "technologies = [\"ev_car\"]\n[run]\nend = \"2019-01\"\n[places]\ncountries = [\"Palau\"]",
         run_it,
         3,
         {"s.toml:3:7: error: run.end: the run ends in 2019-01"}},
        {"zero members",
         "technologies = [\"ev_car\"]\n[run]\nmembers = 0\n[places]\ncountries = [\"Palau\"]",
         run_it,
         3,
         {"s.toml:3:11: error: run.members: 0 is out of range"}},
        {"unknown country",
         "technologies = [\"ev_car\"]\n[places]\ncountries = [\"Japn\"]",
         run_it,
         3,
         {"s.toml:3:14: error: places.countries: there is no country \"Japn\"; did you mean \"Japan\"?"}},
        {"unknown technology",
         "technologies = [\"ev_carr\"]\n[places]\ncountries = [\"Palau\"]",
         run_it,
         3,
         {"s.toml:1:17:", "did you mean \"ev_car\"?"}},
        {"unknown parameter",
         small_and("[parameters]\ngamma_proximity = 1"),
         run_it,
         3,
         {"s.toml:8:1: error: there is no parameter \"gamma_proximity\"; did you mean "
          "\"gamma_proximity_early\" or "
          "\"gamma_proximity_late\"?"}},
        {"prior with a negative sd",
         small_and("[parameters]\nbeta_population = { normal = [0.5, -0.2] }"),
         run_it,
         3,
         {"s.toml:8:", "the standard deviation is negative"}},
        {"extends a missing file",
         "extends = \"none.toml\"",
         run_it,
         3,
         {"s.toml:1:11: error:", "none.toml\": there is no such file"}},
        {"extends in a circle",
         "extends = \"t.toml\"",
         run_it,
         3,
         {"extends itself in the end"},
         {{"t.toml", "extends = \"s.toml\""}}},
        {"its own reference",
         "reference = \"s.toml\"\n" + small_scenario,
         run_it,
         3,
         {"s.toml:1:13: error: reference: the scenario is its own reference"}},
        {"a reference with problems",
         "reference = \"t.toml\"\n" + small_scenario,
         run_it,
         3,
         {"t.toml:1:1: error: unknown key \"tehnologies\""},
         {{"t.toml", "tehnologies = []\n"}}},
        {"a reference of other places",
         "reference = \"t.toml\"\n" + small_scenario,
         run_it,
         3,
         {"s.toml:1:13: error: places differ from the reference's"},
         {{"t.toml", "extends = \"s.toml\"\n[places]\ncountries = [\"Palau\"]\n"}}},
        {"target year before its base",
         small_and("[[targets]]\nid = \"t\"\ncountry = \"Palau\"\ntype = \"base_year\"\nyear = "
                   "2005\nbase_year = 2013\nvalue = \"20 %\""),
         run_it,
         3,
         {"s.toml:7:1: error: targets \"t\": its year 2005 is not after its base year 2013"}},
        {"duplicate ids",
         small_and(edges + "\n" + edges),
         run_it,
         3,
         {"s.toml:10:1: error: layers: \"ties\" stands here twice"},
         {{"ties.csv", "from,to,weight\n"}}},
        {"missing layer file",
         small_and(edges),
         run_it,
         3,
         {"s.toml:9:8: error: layers.path: there is no file \"ties.csv\""}},
    };
}

std::vector<BadInput> wrong_data() {
    const std::string good = R"("id":"a","people":50)";
    return {
        {"edge to nowhere",
         small_and(edges),
         run_it,
         4,
         {"ties.csv", "3", "NOWHERE"},
         {{"ties.csv", "from,to,weight\nPW.rest,PW.rest2,1\nNOWHERE,PW.rest,1\n"}}},
        {"edge table without a column",
         small_and(edges),
         run_it,
         4,
         {"ties.csv", "weight"},
         {{"ties.csv", "from,to\n"}}},
        {"place layer that is empty",
         small_and("[[places.layers]]\npath = \"p.csv\"\nid = \"id\"\npopulation = \"people\"\ncrs = "
                   "\"EPSG:4326\""),
         run_it,
         4,
         {"s.toml:7:1: error:", "p.csv", "the layer is empty"},
         {{"p.csv", "id,people,lon,lat\n"}}},
        {"place layer without its column",
         small_and(place_layer),
         run_it,
         4,
         {"p.geojson", "people"},
         {{"p.geojson", geojson(feature(R"("id":"a")"))}}},
        {"place layer with an id twice",
         small_and(place_layer),
         run_it,
         4,
         {"p.geojson", "the id \"a\" appears 2 times"},
         {{"p.geojson", geojson(feature(good) + "," + feature(good))}}},
        {"place with negative people",
         small_and(place_layer),
         run_it,
         4,
         {"s.toml:7:1: error:", "place \"a\" of p.geojson has no population of 0 or more"},
         {{"p.geojson", geojson(feature(R"("id":"a","people":-50)"))}}},
        {"place at no longitude",
         small_and(place_layer),
         run_it,
         4,
         {"p.geojson"},
         {{"p.geojson", geojson(feature(good, "1e400"))}}},
        {"place outside the scenario",
         small_and(place_layer),
         run_it,
         4,
         {"lies in no country of the scenario"},
         {{"p.geojson", geojson(feature(good, "10"))}}},
        {"place layer in a contradictory CRS",
         small_and(place_layer + "\ncrs = \"EPSG:32654\""),
         run_it,
         4,
         {"p.geojson", "only one can be true"},
         {{"p.geojson", geojson(feature(good))}}},
        {"place layer that is none",
         small_and(place_layer),
         run_it,
         4,
         {"p.geojson", "cannot be read as a vector layer"},
         {{"p.geojson", "hello"}}},
        {"raster without CRS",
         small_and(covariate),
         run_it,
         4,
         {"s.toml:7:1: error:", "c.tif: the raster does not say its coordinate reference system"},
         {},
         [](const TemporaryFolder& f) { write_raster(f / "c.tif", Georeference::none); }},
        {"raster without the band",
         small_and(covariate + "\nband = 3"),
         run_it,
         4,
         {"c.tif", "band 3"},
         {},
         [](const TemporaryFolder& f) { write_raster(f / "c.tif", Georeference::full); }},
        {"raster that is none", small_and(covariate), run_it, 4, {"c.tif"}, {{"c.tif", "II*"}}},
        {"no data pack",
         small_scenario,
         {"run", "@/s.toml", "-o", "@/out", "--data", "@"},
         4,
         {"is not a data pack"}},
        {"a damaged data pack",
         small_scenario,
         {"run", "@/s.toml", "-o", "@/out", "--data", "@/pack"},
         4,
         {"pack/tables/countries.csv", "the data pack has no such table"},
         {{"pack/datapackage.json", "{}"}}},
    };
}

std::vector<BadInput> wrong_usage() {
    const std::string none = "this is not a folder of results", no_manifest = "it has no manifest.json",
                      remedy = "name a folder that domino run wrote";
    return {
        {"no command", "", {}, 2, {"see domino --help"}},
        {"unknown command", "", {"rnu"}, 2, {"there is no command \"rnu\"; did you mean \"run\"?"}},
        {"unknown option",
         small_scenario,
         {"run", "@/s.toml", "-o", "@/out", "--memebrs", "3"},
         2,
         {"--memebrs"}},
        {"no output folder", small_scenario, {"run", "@/s.toml"}, 2, {"name a folder for the results"}},
        {"members that are no number",
         small_scenario,
         {"run", "@/s.toml", "-o", "@/out", "--members", "many"},
         2,
         {"many"}},
        {"an output folder that exists",
         small_scenario,
         {"run", "@/s.toml", "-o", "@/there"},
         2,
         {"\"@/there\" exists already"},
         {{"there/mine.txt", "mine"}}},
        {"overwriting what is not results",
         small_scenario,
         {"run", "@/s.toml", "-o", "@/there", "--overwrite"},
         2,
         {"is not a folder of earlier results"},
         {{"there/mine.txt", "mine"}}},
        {"overwriting a file",
         small_scenario,
         {"run", "@/s.toml", "-o", "@/s.toml", "--overwrite"},
         2,
         {"is not a folder of earlier results"}},
        {"an output folder below a file",
         small_scenario,
         {"run", "@/s.toml", "-o", "@/s.toml/sub/out"},
         1,
         {"\"@/s.toml\" is in the way and no folder"}},
        {"a seed below zero",
         small_scenario,
         {"run", "@/s.toml", "-o", "@/out", "--seed", "-1"},
         2,
         {"--seed: -1 is no whole number from 0 to 9223372036854775807"}},
        {"a seed that no scenario may have",
         small_scenario,
         {"run", "@/s.toml", "-o", "@/out", "--seed", "9223372036854775808"},
         2,
         {"9223372036854775808 is no whole number from 0 to 9223372036854775807"}},
        {"a grid beside the country",
         small_and("[output.grid]\nwest = -80.0\neast = -70.0\nsouth = 0.0\nnorth = 10.0"),
         {"validate", "@/s.toml"},
         3,
         {"s.toml:", "the map's grid does not reach", "widen the map's extent"}},
        {"a grid of more cells than memory has",
         small_and("[output.grid]\nresolution = \"0.001 arcmin\""),
         {"run", "@/s.toml", "--dry-run"},
         3,
         {"s.toml:8", "million cells a year", "choose larger cells"}},
        {"a new scenario over an old one", small_scenario, {"new", "@/s.toml"}, 2, {"exists already"}},
        {"results that are none", "", {"explain", "@", "Koror"}, 4, {none, no_manifest, remedy}},
        {"results that are none, compared", "", {"compare", "@", "@"}, 4, {none, no_manifest, remedy}},
        {"results that are none, verified", "", {"verify", "@"}, 4, {none, no_manifest, remedy}},
        {"results that are none, as a map",
         "",
         {"map", "@", "-o", "@/m.png"},
         4,
         {none, no_manifest, remedy}},
        {"no folder, explained", "", {"explain", "@/x", "Koror"}, 4, {none, "no such folder", remedy}},
        {"no folder, verified", "", {"verify", "@/x"}, 4, {none, "no such folder", remedy}},
        {"no folder, as a map", "", {"map", "@/x", "-o", "@/m.png"}, 4, {none, "no such folder", remedy}},
        {"a manifest that is none", "", {"verify", "@"}, 4, {"manifest"}, {{"manifest.json", "[1, 2"}}},
        {"an unknown table", "", {"data", "plases"}, 2, {"did you mean \"places\"?"}},
    };
}

std::string fill_in(std::string text, const TemporaryFolder& folder) {
    for (std::size_t at = text.find('@'); at != std::string::npos; at = text.find('@', at))
        text.replace(at, 1, folder.path().string());
    return text;
}

void check(const BadInput& input) {
    const TemporaryFolder folder;
    if (!input.scenario.empty()) folder.write("s.toml", input.scenario);
    for (const auto& [name, text] : input.files) folder.write(name, text);
    input.prepare(folder);
    const auto before = folder.list();
    std::vector<std::string> arguments;
    for (const std::string& argument : input.arguments) arguments.push_back(fill_in(argument, folder));
    const Outcome outcome = run_domino(arguments);
    CAPTURE(input.what, outcome.err);
    CHECK(outcome.exit_code == input.exit_code);
    CHECK(outcome.out.empty());
    CHECK_FALSE(outcome.err.empty());
    for (const std::string& part : input.told)
        CHECK_THAT(outcome.err, Catch::Contains(fill_in(part, folder)));
    CHECK(folder.list() == before);
}

}  // namespace

TEST_CASE("a wrong scenario gets a message with its place, exit code 3, and leaves nothing") {
    for (const BadInput& input : wrong_text()) check(input);
}

TEST_CASE("wrong data get a message with their file, exit code 4, and leave nothing") {
    for (const BadInput& input : wrong_data()) check(input);
}

TEST_CASE("wrong use gets a message and leaves nothing") {
    for (const BadInput& input : wrong_usage()) check(input);
}

TEST_CASE("an unreadable scenario") {
    const TemporaryFolder folder;
    const std::string file = folder.write("s.toml", small_scenario);
    std::filesystem::permissions(folder.path(), std::filesystem::perms{0755});
    std::filesystem::permissions(file, std::filesystem::perms::none);
    // Root reads everything, so a root's test runs the program as nobody.
    const auto as_nobody = [] {
        constexpr uid_t nobody = 65534;
        if (::geteuid() == 0 && ::setuid(nobody) != 0) ::_exit(127);
    };
    const Outcome outcome = Program({"validate", file}, as_nobody).wait();
    if (outcome.exit_code == 127) {
        WARN("skipped: the program cannot be run as another user here");
        return;
    }
    CAPTURE(outcome.err);
    CHECK(outcome.exit_code == 3);
    CHECK_THAT(outcome.err, Catch::Contains("s.toml: error: the file cannot be read (Permission denied)"));
}

TEST_CASE("all problems of a scenario are told in one go") {
    const TemporaryFolder folder;
    const std::string file = folder.write(
        "s.toml",
        "technologies = [\"ev_kar\"]\n[run]\nmembers = -1\nsede = 3\n[places]\ncountries = [\"Palao\"]\n");
    const Outcome outcome = run_domino({"validate", file});
    CAPTURE(outcome.err);
    CHECK(outcome.exit_code == 3);
    for (const char* place : {"s.toml:1:17: ", "s.toml:3:11: ", "s.toml:4:1: ", "s.toml:6:14: "})
        CHECK_THAT(outcome.err, Catch::Contains(place));
}
