#include "viz/checkpoint/run_fingerprint.h"

#include <sstream>

#include "viz/sha256.h"

namespace domino::viz {

namespace {

namespace fs = std::filesystem;

void remove_all(std::string& text, const std::string& word) {
    if (word.size() < 2) return;
    for (std::size_t at = text.find(word); at != std::string::npos; at = text.find(word, at)) {
        text.erase(at, word.size());
    }
}

/// The values of a scenario as text: without the comments, which tell where a value came from, and without
/// the folders its paths begin with.
std::string describe(const scenarios::Scenario& scenario, const fs::path& data_dir) {
    std::istringstream lines(scenarios::resolved_toml(scenario, data_dir));
    std::string text;
    for (std::string line; std::getline(lines, line);) {
        // A parameter that stands as in the pack is a comment of its own, and is in the pack's tables.
        if (!line.starts_with('#')) text += line.substr(0, line.find("  # ")) + "\n";
    }
    remove_all(text, (scenario.file.parent_path() / "").string());
    remove_all(text, (data_dir / "").string());
    return text;
}

}  // namespace

std::string run_fingerprint(const RunInputs& inputs, const sim::EnsembleOptions& options,
                            const ProgramInfo& program) {
    std::string text = "domino run 1\n" + program.version + "\n" + program.commit + "\n";
    text += describe(inputs.scenario, inputs.data_dir);
    if (inputs.reference != nullptr) text += "\nreference\n" + describe(*inputs.reference, inputs.data_dir);
    for (const InputDigest& digest : digest_inputs(inputs)) text += digest.name + " " + digest.sha256 + "\n";
    text += std::to_string(options.members) + " " + std::to_string(options.seed) + " " +
            std::to_string(options.first_member) + " " + std::to_string(options.place_memory_bytes) + "\n";
    return digest_text(text);
}

}  // namespace domino::viz
