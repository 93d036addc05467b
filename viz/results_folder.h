#pragma once

#include <filesystem>
#include <string>

#include <nlohmann/json.hpp>

namespace domino::viz {

/// Which program wrote results, as their manifest tells; empty where it does not.
struct ProgramVersion {
    std::string version, commit;

    /// "domino 0.1.0 (4234509)".
    std::string text() const;
    friend bool operator==(const ProgramVersion&, const ProgramVersion&) = default;
};

/// What results of domino run say of the run that wrote them.
struct ResultsManifest {
    nlohmann::json content;  ///< the whole of it
    int members = 0;         ///< at least 1

    /// Its object "domino", which tells of the run.
    const nlohmann::json& run() const { return content.at("domino"); }
    ProgramVersion program() const;
};

/// A text of an object of a manifest; empty where it has none of that name.
std::string text_in(const nlohmann::json& entity, const char* key);

/// The one refusal of what is no folder of results, whichever command is given it.
[[noreturn]] void refuse_results(const std::filesystem::path& path, const std::string& why);

/// The JSON of the manifest of @p results, a folder or its manifest.json. Throws geo::ProblemError as
/// refuse_results where nothing is there, the folder has none, or it is larger than any domino writes or no
/// JSON.
nlohmann::json read_manifest_json(const std::filesystem::path& results);

/// The manifest of a folder of results of domino run. Throws as read_manifest_json, and where the manifest
/// does not tell of a run and its members.
ResultsManifest read_results_manifest(const std::filesystem::path& results);

/// Throws as refuse_results where @p results is no folder.
void require_results_folder(const std::filesystem::path& results);

}  // namespace domino::viz
