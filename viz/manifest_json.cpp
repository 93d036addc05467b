#include "viz/manifest_json.h"

#include <openssl/crypto.h>
#include <zlib.h>

#include <algorithm>
#include <chrono>
#include <ctime>
#include <map>
#include <nlohmann/json.hpp>

#include "geo/io/gdal_session.h"
#include "scenarios/source_name.h"
#include "viz/checked_file.h"
#include "viz/sha256.h"

namespace domino::viz {

namespace {

using Json = nlohmann::ordered_json;
namespace fs = std::filesystem;

std::string media_type(const std::string& file) {
    static const std::map<std::string, std::string> types = {
        {".csv", "text/csv"},
        {".html", "text/html"},
        {".fgb", "application/flatgeobuf"},
        {".gpkg", "application/geopackage+sqlite3"},
        {".json", "application/json"},
        {".nc", "application/netcdf"},
        {".qgz", "application/zip"},
        {".qml", "application/xml"},
        {".toml", "application/toml"},
        {".vrt", "application/xml"},
        {".tif", "image/tiff; application=geotiff; profile=cloud-optimized"}};
    const auto found = types.find(fs::path(file).extension().string());
    return found == types.end() ? "application/octet-stream" : found->second;
}

std::string utc_now() {
    const std::time_t now = std::chrono::system_clock::to_time_t(std::chrono::system_clock::now());
    std::tm parts{};
    gmtime_r(&now, &parts);
    std::string text(32, '\0');
    text.resize(std::strftime(text.data(), text.size(), "%Y-%m-%dT%H:%M:%SZ", &parts));
    return text;
}

std::string input_name(const fs::path& path, const fs::path& data_dir) {
    const fs::path relative = path.lexically_normal().lexically_relative(data_dir.lexically_normal());
    const bool in_pack = !relative.empty() && *relative.begin() != "..";
    return in_pack ? "data/" + relative.generic_string() : path.filename().generic_string();
}

Json make_file(const std::string& id, const std::string& name, std::uintmax_t bytes,
               const std::string& sha256) {
    return {{"@id", id},
            {"@type", "File"},
            {"name", name},
            {"contentSize", std::to_string(bytes)},
            {"encodingFormat", media_type(name)},
            {"sha256", sha256}};
}

Json make_software(const RunContext& context) {
    const geo::io::LibraryVersions versions = geo::io::library_versions();
    return {{"@id", "#domino"},
            {"@type", "SoftwareApplication"},
            {"name", "domino"},
            {"softwareVersion", context.program.version},
            {"commit", context.program.commit},
            {"softwareRequirements",
             {{"GDAL", versions.gdal},
              {"PROJ", versions.proj},
              {"GEOS", versions.geos},
              {"netCDF", versions.netcdf},
              {"zlib", zlibVersion()},
              {"OpenSSL", OpenSSL_version(OPENSSL_VERSION)},
              {"compiler", __VERSION__}}}};
}

Json make_identities(const std::vector<sim::IdentityCheck>& identities) {
    Json list = Json::array();
    for (const sim::IdentityCheck& check : identities) {
        list.push_back({{"identity", check.name},
                        {"largest_relative_error", check.largest_relative_error},
                        {"tolerance", check.tolerance},
                        {"holds", check.holds()}});
    }
    return list;
}

/// A check, never a failure: how much of the people and the emissions the cities hold.
Json make_urban_shares(const std::vector<scenarios::UrbanShare>& shares) {
    Json list = Json::array();
    for (const scenarios::UrbanShare& share : shares) {
        list.push_back({{"region", share.name},
                        {"cities", share.cities},
                        {"share_of_people", share.people},
                        {"share_of_emissions", share.emissions}});
    }
    return list;
}

/// How results of places were kept over the members, and how exact their quantiles are.
Json make_place_detail(const sim::RunResults& results) {
    if (results.keeps_members()) {
        return {{"kept", "every_member"}};
    }
    return {{"kept", "distributions"},
            {"largest_error_of_quantiles_t", results.distributions->largest_error_t()},
            {"largest_error_of_quantiles_relative_to_mean", results.distributions->largest_relative_error()},
            {"members_in_ledger", results.event_members}};
}

Json references(const Json& entities) {
    Json list = Json::array();
    for (const Json& entity : entities) {
        list.push_back({{"@id", entity.at("@id")}});
    }
    return list;
}

std::string join(const std::vector<std::string>& words) {
    std::string line;
    for (const std::string& word : words) {
        line += (line.empty() ? "" : " ") + word;
    }
    return line;
}

}  // namespace

std::vector<InputDigest> digest_inputs(const RunInputs& inputs) {
    std::map<std::string, std::pair<fs::path, std::string>> files;
    const auto add = [&](const fs::path& path, const std::string& role) {
        if (path.empty()) {
            return;
        }
        std::string name = input_name(path, inputs.data_dir);
        const auto same_name = files.find(name);
        if (same_name != files.end() && same_name->second.first != path) {
            name = path.lexically_normal().relative_path().generic_string();
        }
        files.emplace(name, std::pair{path, role});
    };
    add(inputs.scenario.file, "scenario");
    if (inputs.reference != nullptr) {
        add(inputs.reference->file, "reference");
    }
    std::vector<InputDigest> digests;
    for (const scenarios::InputFile& file : inputs.built.files) {
        const fs::path on_disk = scenarios::file_behind(file.path);
        add(on_disk, file.role);
        if (on_disk.empty()) {
            digests.push_back({file.path.string() + " (" + file.role + ")", file.role,
                               digest_text(file.content), file.content.size()});
        }
    }
    if (inputs.scenario.output.maps == scenarios::OnOff::on ||
        inputs.scenario.output.report == scenarios::OnOff::on) {
        add(inputs.data_dir / "boundaries.gpkg", "boundaries");
    }
    if (inputs.scenario.output.maps == scenarios::OnOff::on) {
        add(inputs.data_dir / "rasters" / "population_2020_2p5min.tif", "population grid");
        add(inputs.scenario.output.footprint.path, "footprints of places");
        const auto& proxies = inputs.scenario.output.downscaling;
        if (std::find(proxies.begin(), proxies.end(), "night_lights") != proxies.end()) {
            add(inputs.data_dir / "rasters" / "night_lights.tif", "night lights");
        }
    }
    for (const auto& [name, file] : files) {
        const FileDigest digest = digest_file(file.first);
        digests.push_back({name, file.second, digest.sha256, digest.bytes});
    }
    return digests;
}

void write_manifest(const RunContext& context, const std::vector<std::string>& files,
                    const std::vector<sim::IdentityCheck>& identities, const fs::path& dir) {
    Json outputs = Json::array();
    std::vector<std::string> sorted = files;
    std::sort(sorted.begin(), sorted.end());
    for (const std::string& file : sorted) {
        const FileDigest digest = digest_file(dir / file);
        outputs.push_back(make_file(file, file, digest.bytes, digest.sha256));
    }
    Json inputs = Json::array();
    for (const InputDigest& input :
         digest_inputs({context.scenario, context.built, context.reference, context.data_dir})) {
        Json entity = make_file("#input/" + input.name, input.name, input.bytes, input.sha256);
        entity["description"] = input.role;
        inputs.push_back(std::move(entity));
    }
    const std::string ended = utc_now();
    const std::string started = context.program.started_at.empty() ? ended : context.program.started_at;
    Json graph = Json::array();
    graph.push_back(
        {{"@id", "./"},
         {"@type", "Dataset"},
         {"name", context.scenario.title.empty() ? context.scenario.name : context.scenario.title},
         {"description", "Results of a domino run"},
         {"dateCreated", ended},
         {"hasPart", references(outputs)},
         {"mentions", {{"@id", "#run"}}}});
    graph.push_back({{"@id", "#run"},
                     {"@type", "CreateAction"},
                     {"name", join(context.program.arguments)},
                     {"startTime", started},
                     {"endTime", ended},
                     {"instrument", {{"@id", "#domino"}}},
                     {"object", references(inputs)},
                     {"result", references(outputs)}});
    graph.push_back(make_software(context));
    graph.insert(graph.end(), outputs.begin(), outputs.end());
    graph.insert(graph.end(), inputs.begin(), inputs.end());
    const Json manifest = {
        {"@context", "https://w3id.org/ro/crate/1.1/context"},
        {"@graph", std::move(graph)},
        {"domino",
         {{"format", 1},
          {"scenario", context.scenario.name},
          {"reference", context.reference != nullptr ? Json(context.reference->name) : Json()},
          {"seed", std::to_string(context.options.seed)},
          {"members", context.options.members},
          {"first_member", context.options.first_member},
          {"threads", context.options.threads},
          {"ranks", context.program.ranks},
          {"place_results", make_place_detail(context.results.scenario)},
          {"gwp", "AR5, 100 years"},
          {"urban_shares", make_urban_shares(context.built.urban)},
          {"identities", make_identities(identities)}}}};
    write_file(dir / manifest_name, manifest.dump(1, ' ', false, Json::error_handler_t::replace) + "\n");
}

}  // namespace domino::viz
