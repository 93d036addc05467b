#include "viz/verify.h"

#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>
#include <set>

#include "geo/problem.h"
#include "viz/manifest_json.h"
#include "viz/results_folder.h"
#include "viz/sha256.h"

namespace domino::viz {

namespace {

using Json = nlohmann::json;
namespace fs = std::filesystem;

[[noreturn]] void refuse(const fs::path& path, const std::string& what, const std::string& why) {
    throw geo::ProblemError(
        {path.string(), what, why, "name a folder or manifest.json that domino run wrote"});
}

struct ListedFile {
    std::string sha256;
    std::string bytes;
};

/// The root Dataset's parts with their sums.
std::map<std::string, ListedFile> list_files(const fs::path& path, const Json& manifest) {
    const auto graph = manifest.is_object() ? manifest.find("@graph") : manifest.end();
    if (graph == manifest.end() || !graph->is_array()) {
        refuse(path, "the manifest has no @graph", "that is where its files are listed");
    }
    std::set<std::string> parts;
    std::map<std::string, ListedFile> files;
    for (const Json& entity : *graph) {
        if (!entity.is_object()) {
            continue;
        }
        const std::string id = text_in(entity, "@id");
        if (text_in(entity, "@type") == "File") {
            files[id] = {text_in(entity, "sha256"), text_in(entity, "contentSize")};
        }
        const auto has_part = entity.find("hasPart");
        if (id == "./" && has_part != entity.end() && has_part->is_array()) {
            for (const Json& part : *has_part) {
                parts.insert(part.is_object() ? text_in(part, "@id") : std::string());
            }
        }
    }
    std::map<std::string, ListedFile> listed;
    for (const std::string& part : parts) {
        const fs::path file(part);
        const bool inside = !part.empty() && file.is_relative() &&
                            std::find(file.begin(), file.end(), fs::path("..")) == file.end();
        const auto found = files.find(part);
        if (!inside || found == files.end() || found->second.sha256.empty()) {
            refuse(path, "the manifest lists \"" + part + "\" without a sum, or outside its folder",
                   "every part needs a SHA-256 and a path below the manifest");
        }
        listed.insert(*found);
    }
    if (listed.empty()) {
        refuse(path, "the manifest lists no files", "");
    }
    return listed;
}

void check_file(const fs::path& dir, const std::string& name, const ListedFile& listed,
                VerifyResult& result) {
    std::error_code error;
    if (!fs::is_regular_file(dir / name, error)) {
        result.mismatches.push_back({name, FileFault::missing, "the file is not there"});
        return;
    }
    const FileDigest digest = digest_file(dir / name);
    if (digest.sha256 == listed.sha256) {
        return;
    }
    constexpr std::size_t shown = 12;
    const std::string what = std::to_string(digest.bytes) == listed.bytes
                                 ? "same size, but SHA-256 " + digest.sha256.substr(0, shown) +
                                       "… instead of " + listed.sha256.substr(0, shown) + "…"
                                 : std::to_string(digest.bytes) + " bytes instead of " + listed.bytes;
    result.mismatches.push_back({name, FileFault::altered, what});
}

}  // namespace

VerifyResult verify_manifest(const fs::path& manifest) {
    std::error_code error;
    const fs::path path = fs::is_directory(manifest, error) ? manifest / manifest_name : manifest;
    const std::map<std::string, ListedFile> listed = list_files(path, read_manifest_json(manifest));
    const fs::path dir = path.has_parent_path() ? path.parent_path() : fs::path(".");
    VerifyResult result;
    result.files = listed.size();
    for (const auto& [name, file] : listed) {
        check_file(dir, name, file, result);
    }
    for (auto entry = fs::recursive_directory_iterator(dir, error);
         !error && entry != fs::recursive_directory_iterator(); entry.increment(error)) {
        const std::string name = entry->path().lexically_relative(dir).generic_string();
        if (entry->is_regular_file(error) && name != path.filename() && !listed.contains(name)) {
            result.unlisted.push_back(name);
        }
    }
    std::sort(result.unlisted.begin(), result.unlisted.end());
    return result;
}

}  // namespace domino::viz
