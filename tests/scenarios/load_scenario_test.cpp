#include "scenarios/choices.h"
#include "scenarios/covariate_years.h"
#include "scenarios/scenario.h"

#include <catch2/catch.hpp>

#include "tests/scenarios/small_pack.h"

using namespace domino;
using namespace domino::scenarios;
using namespace domino::scenarios::test;

namespace {

std::string texts(const Problems& problems) {
    std::string all;
    for (const Problem& p : problems) all += format(p) + "\n";
    return all;
}

class Reading {
 public:
    Reading() : pack_(write_small_pack(folder_)) {}

    LoadedScenario load(const std::string& text, const std::string& name = "s.toml") {
        return load_scenario(folder_.write(name, text), pack_);
    }
    Scenario good(const std::string& text, const std::string& name = "s.toml") {
        LoadedScenario loaded = load(text, name);
        if (!loaded.scenario) FAIL(texts(loaded.problems));
        return std::move(*loaded.scenario);
    }
    const TemporaryFolder& folder() const { return folder_; }
    const std::filesystem::path& pack() const { return pack_; }

 private:
    TemporaryFolder folder_;
    std::filesystem::path pack_;
};

}  // namespace

TEST_CASE("a scenario of two keys has every default") {
    Reading reading;
    const Scenario s = reading.good(minimal_scenario);
    CHECK(s.name == "s");
    CHECK(s.places.countries == std::vector<std::string>{"JPN"});
    CHECK(s.run.members == 100);
    CHECK(s.run.start == sim::make_month(2020, 1));
    CHECK(s.run.end == sim::make_month(2041, 3));
    CHECK(s.c3p.budget_jpy_per_year == 0.5e9);
    CHECK(s.parameters.empty());
}

TEST_CASE("values arrive in base units") {
    Reading reading;
    reading.folder().write("ties.csv", "from,to,weight\n");
    const Scenario s = reading.good(R"(
name = "demo"
title = "Title"
technologies = ["ev_car", "solar_pv_residential"]
[run]
members = 7
seed = 42
start = "2021-01"
end = "2030-12"
[places]
countries = ["jcm_partners", "Bharat", "jpn"]
min_population = "50_000 people"
include = ["GN1"]
[proximity]
weight = "gravity"
decay = "30 km"
[hierarchy]
up = 0.5
[c3p]
scaled_from = "2026-04"
projects_scale = 2
budget_scale = 2
cost_per_project = "20 MJPY/yr"
phase = "3 yr"
expansion = "nearest"
[jcm]
subsidy_ceiling = "35 %"
subsidy_cap = "3000 JPY/tCO2"
start_lag = "2 yr"
[model]
couplings = false
[parameters]
gamma_collaboration = { half_normal = 1.5, zero = 0.25 }
phase_switch = 0.2
[[collaboration.agreements]]
japan = "Yokohama"
partner = "Da Nang"
from = "2027-04"
kind = "project"
[[layers]]
name = "ties"
path = "ties.csv"
gamma_early = { uniform = [0.1, 0.3] }
[[price_schemes]]
id = "grant"
technology = "ev_car"
countries = ["Viet Nam"]
from = "2027-01"
to = "2030-01"
share = "20 %"
budget = "2 GJPY/yr"
[[targets]]
id = "t"
country = "Japan"
type = "base_year"
year = 2030
base_year = 2013
value = "46 %"
)");
    CHECK(s.name == "demo");
    CHECK(s.run.seed == 42);
    CHECK(s.places.countries == std::vector<std::string>{"IND", "JPN", "THA", "VNM"});
    CHECK(s.places.min_population == 50000.0);
    CHECK(s.proximity.weight == ProximityWeight::gravity);
    CHECK(s.proximity.decay_m == 30000.0);
    CHECK(s.c3p.scaled_from == sim::make_month(2026, 4));
    CHECK(s.c3p.budget_scale == 2.0);
    CHECK(s.c3p.expansion == ExpansionRule::nearest);
    CHECK(s.jcm.subsidy_ceiling == 0.35);
    CHECK(s.jcm.start_lag_months == 24);
    CHECK(s.model.couplings == OnOff::off);
    CHECK(s.parameters.at("gamma_collaboration") == sim::or_zero(sim::half_normal(1.5), 0.25));
    CHECK(s.parameters.at("phase_switch") == sim::fixed(0.2));
    REQUIRE(s.collaboration.agreements.size() == 1);
    CHECK(s.collaboration.agreements[0].project);
    CHECK(s.user_layers.at(0).path == reading.folder().path() / "ties.csv");
    CHECK(s.user_layers.at(0).gamma_early == sim::uniform(0.1, 0.3));
    CHECK(s.price_schemes.at(0).share == 0.2);
    CHECK(s.price_schemes.at(0).budget_jpy_per_year == 2e9);
    CHECK(s.targets.at(0).value == 0.46);
    CHECK(s.set_at.at("run.members").line == 6);
}

TEST_CASE("a child takes over its parent's keys and changes some") {
    Reading reading;
    reading.folder().write("data.csv", "");
    reading.folder().write("base/root.toml", R"(
name = "root"
technologies = ["ev_car"]
[run]
members = 9
seed = 5
[places]
countries = ["Japan", "Viet Nam"]
[[layers]]
name = "a"
path = "../data.csv"
[[layers]]
name = "b"
path = "../data.csv"
)");
    reading.folder().write("middle.toml", "extends = \"base/root.toml\"\n[run]\nmembers = 11\n");
    const Scenario s = reading.good(R"(
extends = "middle.toml"
reference = "middle.toml"
[run]
seed = 6
[[layers]]
name = "b"
path = "data.csv"
gamma_early = 0.5
[[layers]]
name = "c"
path = "data.csv"
)",
                                    "child.toml");
    CHECK(s.name == "child");
    CHECK(s.run.members == 11);
    CHECK(s.run.seed == 6);
    CHECK(s.places.countries.size() == 2);
    REQUIRE(s.user_layers.size() == 3);
    CHECK(s.user_layers[1].name == "b");
    CHECK(s.user_layers[1].gamma_early == sim::fixed(0.5));
    CHECK(s.user_layers[0].path == s.user_layers[2].path);
    CHECK(s.reference == reading.folder().path() / "middle.toml");
    CHECK(s.set_at.at("run.members").file.ends_with("middle.toml"));

    const Scenario emptied = reading.good("extends = \"base/root.toml\"\nlayers = []\n");
    CHECK(emptied.user_layers.empty());
}

namespace {

struct BadInput {
    std::string what;
    std::string text;
    int line;
    std::string message;  ///< part of the one problem's text
};

/// Rows are appended to the minimal scenario, which ends inside [places] on line 3.
std::vector<BadInput> bad_inputs() {
    return {
        {"unknown key", "min_popluation = \"1000 people\"", 4, "did you mean \"min_population\"?"},
        {"key of another table", "members = 5", 4, "did you mean run.members?"},
        {"top-level key below a table", "technologies = []", 4,
         "belongs at the top, before the first [table]"},
        {"unknown table", "[proximty]", 4, "did you mean \"proximity\"?"},
        {"business as usual twice",
         "[[targets]]\nid = \"t\"\ncountry = \"Japan\"\ntype = \"bau\"\nyear = 2030\nvalue = \"9 %\"\n"
         "bau = \"reference_run\"\nreference_level = \"5 MtCO2e\"",
         4, "business as usual is given twice"},
        {"a word that is no land-use treatment",
         "[[targets]]\nid = \"t\"\ncountry = \"Japan\"\ntype = \"fixed_level\"\nyear = 2030\n"
         "level = \"5 MtCO2e\"\nlulucf = \"include\"",
         10, "did you mean \"included\"?"},
        {"unknown proxy", "[emissions]\ntransport = \"populaton\"", 5, "did you mean \"population\"?"},
        {"unit of another dimension", "min_population = \"10 km\"", 4,
         "\"10 km\" is length, where people belongs"},
        {"unknown unit", "min_population = \"5000 peple\"", 4, "did you mean \"people\"?"},
        {"no unit", "min_population = 5000", 4, "write the unit too: \"5000 people\""},
        {"negative population", "min_population = \"-5 people\"", 4, "out of range"},
        {"foreign money", "[c3p]\nbudget = \"3 MUSD/yr\"", 5, "another currency"},
        {"thousands comma", "min_population = \"5,000 people\"", 4, "a comma is no part of a number"},
        {"NaN", "[hierarchy]\nup = nan", 5, "not a finite number"},
        {"infinity", "[hierarchy]\nup = inf", 5, "not a finite number"},
        {"NaN quantity", "min_population = nan", 4, "not a finite number"},
        {"out of range", "[hierarchy]\nup = 1.5", 5, "give 0 to 1"},
        {"zero members", "[run]\nmembers = 0", 5, "give 1 to 100000"},
        {"members not whole", "[run]\nmembers = 10.5", 5, "a number where a whole number belongs"},
        {"number beyond every range", "[run]\nmembers = 9223372036854775807", 5, "out of range"},
        {"wrong type", "[run]\nstart = 2020", 5, "a whole number where a month belongs"},
        {"bad month", "[run]\nstart = \"2020-13\"", 5, "is no month"},
        {"a date for a month", "[run]\nstart = 2020-01-01", 5, "a date or time where a month belongs"},
        {"end before start", "[run]\nend = \"2019-12\"", 5, "before it starts in 2020-01"},
        {"steps that make up no year", "[run]\nmonths_per_step = 5", 5, "give 1, 2, 3, 4, 6 or 12"},
        {"steps across the end", "[run]\nmonths_per_step = 6", 5,
         "2020-01 to 2041-03 is not made of whole steps of 6 months"},
        {"steps longer and shorter", "[run]\nmonths_per_step = 3\nparts_per_month = 2", 5,
         "parts_per_month is given too"},
        {"start without data", "[run]\nstart = \"1950-01\"\nend = \"1990-01\"", 5, "no observed stocks"},
        {"text for a switch", "[proximity]\nenabled = \"yes\"", 5, "text where true or false belongs"},
        {"word that is no choice", "[proximity]\nweight = \"radation\"", 5, "did you mean \"radiation\"?"},
        {"table as value", "[run.members]\na = 1", 4, "a table where a whole number belongs"},
        {"value for a table", "[[places.layers]]\npath = 3", 4, ""},
        {"place layer without id field",
         "[[places.layers]]\npath = \"x.csv\"\nname = \"n\"\npopulation = \"p\"\ncountry = \"c\"", 4,
         "the key id is missing"},
        {"unknown network", "[network]\nnetworks = [\"c41\"]", 5, "did you mean \"c40\"?"},
        {"unknown parameter", "[parameters]\nphase_swich = 0.2", 5, "did you mean \"phase_switch\"?"},
        {"parameter that a key sets", "[parameters]\nc3p_max_phases = 3", 5, "set c3p.max_phases instead"},
        {"negative sd", "[parameters]\nbeta_population = { normal = [0.5, -1] }", 5,
         "standard deviation is negative"},
        {"bounds in disorder", "[parameters]\nphase_switch = { uniform = [0.5, 0.1] }", 5,
         "bounds are not in order"},
        {"log-uniform from zero", "[parameters]\nphase_switch = { log_uniform = [0, 0.1] }", 5,
         "not above zero"},
        {"unknown distribution", "[parameters]\nphase_switch = { unifrom = [0.1, 0.2] }", 5,
         "did you mean \"uniform\"?"},
        {"two distributions", "[parameters]\nphase_switch = { fixed = 1, half_normal = 1 }", 5,
         "two distributions"},
        {"one number too few", "[parameters]\nphase_switch = { uniform = [0.1] }", 5,
         "uniform takes 2 numbers"},
        {"zero mass above one", "[parameters]\nphase_switch = { fixed = 1, zero = 2 }", 5,
         "zero is a probability"},
        {"negative coupling", "[parameters]\ngamma_collaboration = { normal = [0, 1] }", 5,
         "can be negative"},
        {"NaN in a prior", "[parameters]\nphase_switch = { half_normal = nan }", 5, "not a finite number"},
        {"scale without a date", "[c3p]\nprojects_scale = 2", 5, "scaled_from is missing"},
        {"missing file", "[[layers]]\nname = \"x\"\npath = \"none.csv\"", 6, "there is no file \"none.csv\""},
        {"folder for a file", "[[layers]]\nname = \"x\"\npath = \".\"", 6, "is a folder"},
        {"layer named as the model's", "[[layers]]\nname = \"proximity\"\npath = \"s.toml\"", 4,
         "a layer of the model already"},
        {"duplicate ids",
         "[[layers]]\nname = \"x\"\npath = \"s.toml\"\n[[layers]]\nname = \"x\"\npath = \"s.toml\"", 7,
         "stands here twice"},
        {"target year before base year",
         "[[targets]]\nid = \"t\"\ncountry = \"Japan\"\ntype = \"base_year\"\nyear = 2010\nbase_year = "
         "2013\nvalue = 0.4",
         4, "its year 2010 is not after its base year 2013"},
        {"target without base year",
         "[[targets]]\nid = \"t\"\ncountry = \"Japan\"\ntype = \"base_year\"\nyear = 2030\nvalue = 0.4", 4,
         "the key base_year is missing"},
        {"target of a country not covered",
         "[[targets]]\nid = \"t\"\ncountry = \"India\"\ntype = \"fixed_level\"\nyear = 2030\nlevel = \"1 "
         "MtCO2e\"",
         4, "IND is not among the scenario's countries"},
        {"scheme that ends before it starts",
         "[[price_schemes]]\nid = \"g\"\ntechnology = \"ev_car\"\ncountries = [\"Japan\"]\nfrom = "
         "\"2030-01\"\nto = \"2029-01\"\nshare = 0.1",
         4, "ends in 2029-01, not after it starts"},
        {"scheme for a technology left out",
         "[[price_schemes]]\nid = \"g\"\ntechnology = \"solar_pv_residential\"\ncountries = "
         "[\"Japan\"]\nfrom = \"2030-01\"\nshare = 0.1",
         4, "which is not simulated"},
        {"agreement with itself",
         "[[collaboration.agreements]]\njapan = \"Kobe\"\npartner = \"Kobe\"\nfrom = \"2030-01\"", 4,
         "no agreement with itself"},
        {"agreement without a partner", "[[collaboration.agreements]]\njapan = \"Kobe\"\nfrom = \"2030-01\"",
         4, "the key partner is missing"},
        {"misspelt key of an entry",
         "[[collaboration.agreements]]\njapan = \"Kobe\"\npartner = \"Hue\"\nfrom = \"2030-01\"\nkid = "
         "\"project\"",
         8, "did you mean \"kind\"?"},
        {"duplicate key", "[run]\nseed = 1\nseed = 2", 6, "this is not TOML"},
        {"open string", "[run]\nstart = \"2020", 5, "this is not TOML"},
        {"extends that is no text", "[run]\n[[extends]]", 5, "the path of a scenario belongs here"},
        {"empty text", "include = [\"\"]", 4, "the text is empty"},
        {"same place twice", "include = [\"GN1\", \"GN1\"]", 4, "stands in the list twice"},
    };
}

}  // namespace

TEST_CASE("every kind of bad input has one message with file, line and column") {
    for (const BadInput& input : bad_inputs()) {
        Reading reading;
        reading.folder().write("x.csv", "");
        const LoadedScenario loaded = reading.load(minimal_scenario + input.text + "\n");
        CAPTURE(input.what, texts(loaded.problems));
        CHECK_FALSE(loaded.scenario.has_value());
        REQUIRE_FALSE(loaded.problems.empty());
        const auto found = std::find_if(
            loaded.problems.begin(), loaded.problems.end(),
            [&](const Problem& p) { return format(p).find(input.message) != std::string::npos; });
        REQUIRE(found != loaded.problems.end());
        CHECK(found->where.file == (reading.folder().path() / "s.toml").string());
        if (!input.message.empty()) CHECK(found->where.line == input.line);
        CHECK(found->where.column > 0);
        CHECK_FALSE(found->fix.empty());
    }
}

TEST_CASE("every type of target loads with the keys it needs, and misses each of them") {
    const std::string head = "[[targets]]\nid = \"t\"\ncountry = \"Japan\"\nyear = 2035\n";
    const std::vector<std::pair<std::string, std::vector<std::string>>> types = {
        {"base_year", {"value = \"40 %\"", "base_year = 2013"}},
        {"bau", {"value = \"40 %\"", "reference_level = \"555 MtCO2e\""}},
        {"intensity", {"value = \"40 %\"", "base_year = 2013"}},
        {"fixed_level", {"level = \"300 MtCO2e\""}},
        {"absolute_reduction", {"reduction = \"60 MtCO2e\"", "reference_level = \"555 MtCO2e\""}},
        {"peak_minus", {"value = \"10 %\""}},
        {"trajectory", {"level = \"300 MtCO2e\"", "start_level = \"400 MtCO2e\"", "period_start = 2026"}},
        {"budget", {"level = \"3000 MtCO2e\"", "period_start = 2026"}},
        {"sectoral", {"sector = \"transport\"", "value = \"40 %\"", "base_year = 2013"}}};
    REQUIRE(types.size() == target_types.size());
    for (const auto& [type, keys] : types) {
        for (std::size_t left_out = 0; left_out <= keys.size(); ++left_out) {
            std::string text = head + "type = \"" + type + "\"\n";
            for (std::size_t k = 0; k < keys.size(); ++k) text += k == left_out ? "" : keys[k] + "\n";
            Reading reading;
            const auto loaded = reading.load(minimal_scenario + text);
            CAPTURE(text, texts(loaded.problems));
            if (left_out == keys.size()) {
                CHECK(loaded.problems.empty());
                continue;
            }
            const std::string key = keys[left_out].substr(0, keys[left_out].find(' '));
            CHECK_FALSE(loaded.scenario);
            CHECK(texts(loaded.problems).find("the key " + key + " is missing") != std::string::npos);
        }
    }
}

TEST_CASE("names of countries and technologies are those of the pack") {
    Reading reading;
    const auto message = [&](const std::string& text) { return texts(reading.load(text).problems); };
    CHECK(message("technologies = [\"ev_kar\"]\n[places]\ncountries = [\"Japan\"]\n")
              .find("s.toml:1:17: error: technologies: there is no technology \"ev_kar\"; did you mean "
                    "\"ev_car\"?") != std::string::npos);
    CHECK(message("technologies = [\"ev_car\"]\n[places]\ncountries = [\"Viet Nahm\"]\n")
              .find("did you mean \"Viet Nam\"?") != std::string::npos);
    CHECK(message("technologies = [\"ev_car\"]\n[places]\ncountries = [\"jcm_partner\"]\n")
              .find("did you mean \"jcm_partners\"?") != std::string::npos);
    CHECK(message("technologies = []\n[places]\ncountries = [\"Japan\"]\n").find("the list is empty") !=
          std::string::npos);
    CHECK(message("[places]\ncountries = [\"Japan\"]\n").find("the key technologies is missing") !=
          std::string::npos);
    CHECK(message("technologies = [\"ev_car\"]\n").find("the key places.countries is missing") !=
          std::string::npos);
}

TEST_CASE("all problems are told at once, in file order") {
    Reading reading;
    const LoadedScenario loaded = reading.load(R"(technologies = ["ev_kar"]
[run]
members = -1
strat = "2020-01"
[places]
countries = ["Nowhere"]
min_population = "3 km"
)");
    REQUIRE(loaded.problems.size() == 5);
    for (std::size_t i = 1; i < loaded.problems.size(); ++i)
        CHECK(loaded.problems[i - 1].where.line < loaded.problems[i].where.line);
}

TEST_CASE("files that are no scenario") {
    Reading reading;
    const auto& folder = reading.folder();
    const auto message = [&](const std::filesystem::path& file) {
        const LoadedScenario loaded = load_scenario(file, reading.pack());
        CHECK_FALSE(loaded.scenario.has_value());
        CHECK(loaded.problems.size() == 1);
        return texts(loaded.problems);
    };
    CHECK(message(folder.path() / "none.toml").find("there is no such file") != std::string::npos);
    CHECK(message(folder.path()).find("this is a folder") != std::string::npos);
    CHECK(message("/dev/null").find("not a regular file") != std::string::npos);
    CHECK(message(folder.write("latin1.toml", "title = \"caf\xe9\"\n"))
              .find("latin1.toml:1: error: this is not UTF-8") != std::string::npos);
    CHECK(message(folder.write("binary.toml", std::string("\x7f\x45LF\0\0\1", 7))).find("not UTF-8 text") !=
          std::string::npos);
    CHECK(message(folder.write("big.toml", std::string(2'000'000, '#'))).find("larger than 1 MiB") !=
          std::string::npos);
    CHECK(message(folder.write("self.toml", "extends = \"self.toml\"\n")).find("extends itself") !=
          std::string::npos);
    folder.write("a.toml", "extends = \"b.toml\"\n");
    CHECK(message(folder.write("b.toml", "extends = \"a.toml\"\n")).find("extends itself in the end") !=
          std::string::npos);
    const std::string missing = message(folder.write("c.toml", "\nextends = \"none.toml\"\n"));
    CHECK(missing.find("c.toml:2:11: error: ") != std::string::npos);
    CHECK(missing.find("there is no such file") != std::string::npos);
    CHECK(message(folder.write("d.toml",
                               minimal_scenario.substr(0, 0) + "reference = \"d.toml\"\n" + minimal_scenario))
              .find("its own reference") != std::string::npos);
}

TEST_CASE("deep nesting does not crash the reader") {
    Reading reading;
    std::string dotted = "a", brackets = "x = ", tables = "x = ", mixed = "x = ";
    for (int i = 0; i < 100000; ++i) dotted += ".a";
    for (int i = 0; i < 100000; ++i) brackets += "[";
    for (int i = 0; i < 20000; ++i) tables += "{a=";
    std::string key = "a";
    for (int i = 0; i < 64; ++i) key += ".a";
    for (int i = 0; i < 250; ++i) mixed += "[\n{" + key + "=";
    for (const std::string& text : {dotted + " = 1", "[" + dotted + "]", brackets, tables, mixed}) {
        const LoadedScenario loaded = reading.load(text + "\n");
        CHECK_FALSE(loaded.scenario.has_value());
        CHECK(has_errors(loaded.problems));
    }
}

TEST_CASE("a pack without its tables is a problem of the data, not of the scenario") {
    TemporaryFolder folder;
    const LoadedScenario loaded =
        load_scenario(folder.write("s.toml", minimal_scenario), folder.path() / "nothing");
    REQUIRE_FALSE(loaded.problems.empty());
    for (const Problem& p : loaded.problems) CHECK(p.kind == ProblemKind::data);
}

TEST_CASE("every prefix of a good scenario is read or refused, never a crash") {
    Reading reading;
    const std::string text =
        minimal_scenario +
        "[run]\nstart = \"2020-01\"\n[parameters]\nphase_switch = { uniform = [0.1, 0.2], zero = 0.1 }\n"
        "[[layers]]\nname = \"x\"\npath = \"s.toml\"\n";
    for (std::size_t n = 0; n <= text.size(); ++n) {
        const LoadedScenario loaded = reading.load(text.substr(0, n));
        CHECK(loaded.scenario.has_value() != has_errors(loaded.problems));
    }
}

TEST_CASE("what [output] asks for and cannot be had is told at its key") {
    Reading reading;
    struct Case {
        const char* keys;
        const char* told;
    };
    for (const auto& [keys, told] :
         {Case{"[output.grid]\ncrs = \"EPSG:99999\"\n", "is not known"},
          Case{"[output.grid]\ncrs = \"EPSG:2263\"\n", "maps cannot be written in"},  // feet
          Case{"[output.grid]\ncell_size = \"5 km\"\n", "the maps are in degrees"},
          Case{"[output.grid]\ncrs = \"EPSG:6933\"\nresolution = \"5 arcmin\"\n", "the maps are in metres"},
          Case{"[output.grid]\ncrs = \"ESRI:54009\"\n", "results.nc cannot be written in"},
          Case{"[output.grid]\nwest = 3\n", "a map has four sides"},
          Case{"[output.grid]\nwest = 3\neast = 4\nsouth = 2\nnorth = 1\n", "not north of the southern"},
          Case{"[output.grid]\ncolumns = 3\n", "unknown key \"columns\" in [output.grid]"},
          Case{"[output]\ngrid = \"5 arcmin\"\n", "write [output.grid] and its keys below"},
          Case{"[output]\nmap = true\n", "did you mean"},
          Case{"[output.downscaling]\nwaste = \"uniforn\"\n", "did you mean \"uniform\"?"},
          Case{"[output]\nnetcdf = false\nrealizations = true\n", "results.nc is not"}}) {
        INFO(keys);
        CHECK_THAT(texts(reading.load(minimal_scenario + keys).problems), Catch::Contains(told));
    }
    const Scenario s = reading.good(minimal_scenario +
                                    "[output.grid]\ncrs = \"EPSG:6933\"\ncell_size = \"10 km\"\n"
                                    "west = 177\neast = -178\nsouth = -20\nnorth = -12\n"
                                    "[output.downscaling]\nwaste = \"uniform\"\n");
    CHECK(s.output.grid.cell_size_m == 10'000.0);
    CHECK(s.output.grid.east_deg == -178.0);
    CHECK(s.output.downscaling[4] == "uniform");
    CHECK(s.output.downscaling[0] == "population");
}

TEST_CASE("a side of the map that is wrong is not said to be missing") {
    Reading reading;
    const auto told = [&](const std::string& sides) {
        return reading.load(minimal_scenario + "[output.grid]\n" + sides).problems;
    };
    const auto wrong = told("west = 200\nsouth = 1\neast = 4\nnorth = 95\n");
    CAPTURE(texts(wrong));
    CHECK(wrong.size() == 2);
    for (const Problem& problem : wrong) CHECK(problem.where.line > 0);
    CHECK_THAT(texts(wrong), !Catch::Contains("missing"));
    const auto both = told("west = nan\nsouth = 1\neast = 4\n");
    CAPTURE(texts(both));
    CHECK(both.size() == 2);
    CHECK_THAT(texts(both), Catch::Contains("output.grid.north: this side of the map is missing") &&
                                !Catch::Contains("output.grid.west: this side"));
}

TEST_CASE("a covariate says what its values are, and no two things at once") {
    Reading reading;
    reading.folder().write("x.tif", "");
    const std::string head = "[[places.covariates]]\nname = \"slope\"\npath = \"x.tif\"\n";
    struct Case {
        const char* keys;
        const char* told;
    };
    for (const auto& [keys, told] :
         {Case{"over = \"area\"\n", "counts or densities"},
          Case{"over = \"voronoi\"\nquantity = \"count\"\nstatistic = \"mean\"\n", "the mean of counts"},
          Case{"statistic = \"sum\"\n", "a point has no statistic"},
          Case{"quantity = \"count\"\nbeta = 0.1\n", "a count at a point"},
          Case{"over = \"area\"\nstatistic = \"class_share\"\n", "the share of no class"},
          Case{"over = \"area\"\nquantity = \"density\"\nclass_low = 3\n", "a class without a share"},
          Case{"over = \"area\"\nquantity = \"density\"\nstatistic = \"weighted_mean\"\n", "without weights"},
          Case{"weights = \"x.tif\"\n", "nothing is weighted by"},
          Case{"field = \"cars\"\nover = \"area\"\nquantity = \"density\"\nstatistic = \"weighted_mean\"\n",
               "with weights_field"},
          Case{"weights_field = \"people\"\n", "a raster has no columns"},
          Case{"field = \"cars\"\nover = \"area\"\nquantity = \"density\"\nstatistic = \"weighted_mean\"\n"
               "weights = \"x.tif\"\nweights_field = \"people\"\n",
               "two weights"},
          Case{"field = \"cars\"\nweights_field = \"people\"\n", "nothing is weighted by"},
          Case{"layer = \"cars\"\n", "without a column of values"},
          Case{"centre = 3\n", "centre without beta"},
          Case{"quantity = \"counts\"\n", "did you mean \"count\"?"},
          Case{"more_paths = [\"y.tif\"]\n", "there is no file \"y.tif\""},
          Case{"[output.downscaling]\nwaste = \"slope\"\n", "spreads nothing"},
          Case{"[output.footprint]\nkind = \"hexagon\"\n", "choose from disc, voronoi"},
          Case{"[output.footprint]\npath = \"x.tif\"\n", "column of place ids"},
          Case{"[output.footprint]\nid = \"x\"\n", "no layer of footprints"}}) {
        INFO(keys);
        CHECK_THAT(texts(reading.load(minimal_scenario + head + keys).problems), Catch::Contains(told));
    }
    const Scenario s =
        reading.good(minimal_scenario + head +
                     "more_paths = [\"x.tif\"]\nover = \"area\"\nquantity = \"density\"\nbeta = { normal = "
                     "[0.0, 0.02] }\ncentre = 5\n[output.downscaling]\nwaste = \"slope\"\n");
    const Covariate& slope = s.places.covariates.front();
    CHECK(slope.quantity == CovariateQuantity::density);
    CHECK(slope.more_paths.size() == 1);
    CHECK(slope.beta == sim::normal(0.0, 0.02));
    const Scenario again = reading.good(resolved_toml(s), "again.toml");
    CHECK(again.places.covariates.front().beta == slope.beta);
    CHECK(again.places.covariates.front().more_paths == slope.more_paths);
    CHECK(again.output.downscaling[4] == "slope");
}

TEST_CASE("a covariate that changes names its years, and a file, column or band for each") {
    Reading reading;
    for (const char* file : {"x.tif", "x_2020.tif", "x_2030.tif", "d.gpkg"}) reading.folder().write(file, "");
    const std::string head = "[[places.covariates]]\nname = \"slope\"\n";
    struct Case {
        const char* keys;
        const char* told;
    };
    for (const auto& [keys, told] :
         {Case{"path = \"x_{year}.tif\"\n", "by {year} without years"},
          Case{"path = \"x.tif\"\nbetween = \"step\"\n", "between without years"},
          Case{"path = \"x_{year}.tif\"\nyears = [2020, 2040]\n", "x_2040.tif"},
          Case{"path = \"x.tif\"\nyears = [2030, 2020]\n", "2020 stands behind 2030"},
          Case{"path = \"x.tif\"\nyears = [2020, 2020]\n", "2020 stands behind 2020"},
          Case{"path = \"x.tif\"\nyears = [\"2020\"]\n", "where a year belongs"},
          Case{"path = \"x.tif\"\nyears = [20]\n", "years"},
          Case{"path = \"x.tif\"\nyears = 2020\n", "a list of years"},
          Case{"path = \"x.tif\"\nyears = []\n", "the list is empty"},
          Case{"path = \"d.gpkg\"\nfield = \"cars\"\nyears = [2020, 2030]\n", "same column for every year"},
          Case{"path = \"x.tif\"\nyears = [2020]\n[[places.covariates]]\nname = \"slope_2020\"\npath = "
               "\"x.tif\"\n",
               "year of another covariate"}}) {
        INFO(keys);
        CHECK_THAT(texts(reading.load(minimal_scenario + head + keys).problems), Catch::Contains(told));
    }
    const Scenario s = reading.good(minimal_scenario + head +
                                    "path = \"x_{year}.tif\"\nyears = [2020, 2030]\nbetween = \"step\"\n");
    const Covariate& slope = s.places.covariates.front();
    CHECK(slope.years == std::vector{2020, 2030});
    CHECK(slope.between == BetweenYears::step);
    CHECK(covariate_of_year(slope, 1).path.filename() == "x_2030.tif");
    CHECK(covariate_of_year(slope, 1).band == 1);
    CHECK(covariate_in_year(slope, 2029).path.filename() == "x_2020.tif");
    CHECK(covariate_in_year(slope, 2019).path.filename() == "x_2020.tif");
    const Scenario again = reading.good(resolved_toml(s), "again.toml");
    CHECK(again.places.covariates.front().years == slope.years);
    CHECK(again.places.covariates.front().path == slope.path);
    const Scenario bands =
        reading.good(minimal_scenario + head + "path = \"x.tif\"\nyears = [2020, 2030]\nband = 3\n");
    CHECK(covariate_of_year(bands.places.covariates.front(), 1).band == 4);
}

TEST_CASE("what GDAL opens by name is taken as it is, passwords are not") {
    Reading reading;
    reading.folder().write("a.zip", "");
    const auto layer = [](const std::string& path) {
        return minimal_scenario + "[[places.layers]]\npath = \"" + path +
               "\"\nid = \"id\"\npopulation = \"people\"\n";
    };
    const auto path_of = [&](const std::string& path) {
        return reading.good(layer(path)).places.layers.front().path.string();
    };
    CHECK(path_of("PG:dbname=gis host=/tmp") == "PG:dbname=gis host=/tmp");
    CHECK(path_of("/vsizip/a.zip/b.shp") == "/vsizip/" + (reading.folder().path() / "a.zip/b.shp").string());
    const auto told = [&](const std::string& path) { return texts(reading.load(layer(path)).problems); };
    CHECK_THAT(told("/vsizip/none.zip/b.shp"), Catch::Contains("there is no archive"));
    CHECK_THAT(told("PG:dbname=gis password=secret"), Catch::Contains("carries a password"));
    CHECK_THAT(told("PG:postgresql://me:secret@localhost/gis"), Catch::Contains("carries a password"));
    CHECK_THAT(told("none.gpkg"), Catch::Contains("there is no file"));
}
