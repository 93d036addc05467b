#include "viz/results_folder.h"

#include <cstdint>
#include <fstream>
#include <iterator>
#include <limits>

#include "geo/problem.h"
#include "viz/manifest_json.h"

namespace domino::viz {

namespace {

namespace fs = std::filesystem;

constexpr std::uintmax_t most_manifest_bytes = std::uintmax_t{64} << 20U;

}  // namespace

std::string text_in(const nlohmann::json& entity, const char* key) {
    const auto found = entity.find(key);
    return found != entity.end() && found->is_string() ? found->get<std::string>() : std::string();
}

std::string ProgramVersion::text() const {
    if (version.empty()) return "a version of domino that its manifest does not name";
    return "domino " + version + (commit.empty() ? "" : " (" + commit + ")");
}

void refuse_results(const fs::path& path, const std::string& why) {
    throw geo::ProblemError({path.string(), "this is not a folder of results", why,
                             "name a folder that domino run wrote, with its manifest.json"});
}

void require_results_folder(const fs::path& results) {
    std::error_code error;
    if (!fs::exists(results, error)) refuse_results(results, "there is no such folder");
    if (!fs::is_directory(results, error)) refuse_results(results, "it is not a folder");
}

nlohmann::json read_manifest_json(const fs::path& results) {
    std::error_code error;
    if (!fs::is_regular_file(results, error)) require_results_folder(results);
    const fs::path file = fs::is_directory(results, error) ? results / manifest_name : results;
    if (!fs::exists(file, error)) refuse_results(results, "it has no manifest.json");
    const std::uintmax_t bytes = fs::file_size(file, error);
    if (error) refuse_results(results, "its manifest.json cannot be read: " + error.message());
    if (bytes > most_manifest_bytes)
        refuse_results(results,
                       "its manifest is larger than any domino writes: " + std::to_string(bytes) + " bytes");
    std::ifstream stream(file, std::ios::binary);
    const std::string text{std::istreambuf_iterator<char>(stream), std::istreambuf_iterator<char>()};
    nlohmann::json content = nlohmann::json::parse(text, nullptr, false);
    if (content.is_discarded()) refuse_results(results, "its manifest is not JSON");
    return content;
}

ResultsManifest read_results_manifest(const fs::path& results) {
    require_results_folder(results);
    ResultsManifest manifest{read_manifest_json(results)};
    const auto run = manifest.content.is_object() ? manifest.content.find("domino") : manifest.content.end();
    if (run == manifest.content.end() || !run->is_object())
        refuse_results(results, "its manifest does not tell of a run");
    const auto members = run->find("members");
    if (members == run->end() || !members->is_number_integer() || *members < 1 ||
        *members > std::numeric_limits<int>::max())
        refuse_results(results, "its manifest does not say how many members it has");
    manifest.members = members->get<int>();
    return manifest;
}

ProgramVersion ResultsManifest::program() const {
    const auto graph = content.find("@graph");
    if (graph == content.end() || !graph->is_array()) return {};
    for (const nlohmann::json& entity : *graph)
        if (entity.is_object() && text_in(entity, "@id") == "#domino")
            return {text_in(entity, "softwareVersion"), text_in(entity, "commit")};
    return {};
}

}  // namespace domino::viz
