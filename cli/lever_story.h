#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include <nlohmann/json.hpp>

#include "cli/interrupt.h"
#include "cli/load_world.h"
#include "sim/leverage/leverage_ensemble.h"

namespace domino::cli {

/// Which levers would move a place, or a whole scenario, most: derivatives of the tonnes it avoids, from the
/// mean field (docs/leverage.md).
struct LeverStory {
    struct Told {
        sim::Lever lever = sim::Lever::support;
        std::string place_id, place;  ///< where it is pulled
        std::string technology;       ///< of units and price shares
        std::string unit;             ///< as in leverage.csv
        std::string bought;           ///< what one unit of the technology is
        sim::LeverageSpread derivative;
        bool priced = false;
        sim::LeverageSpread tonnes_per_million_jpy;
        std::optional<double> everywhere;  ///< mean derivative of the tonnes of all places, where asked
    };
    std::string place;  ///< whose tonnes; empty: those of all places
    int members = 0;
    int pulled_from = 0, pulled_to = 0, counted_first = 0, counted_last = 0;  ///< calendar years
    std::vector<Told> strongest;  ///< some of each lever that moves it, the strongest first
    std::string missing;          ///< why nothing was measured; else empty
};

struct LeverRequest {
    int members = 0;  ///< draws; 0 measures nothing
    int threads = 0;
    std::optional<std::uint32_t> place;  ///< whose tonnes; empty: those of all places
};

/// Measures every lever and keeps the strongest of each: by tonnes for money where they cost some, else by
/// tonnes. Throws Failure (scenario_invalid) where the worlds are at fault, and sim::Cancelled.
LeverStory find_levers(const Worlds& worlds, const LeverRequest& request, const InterruptGuard& interrupt,
                       Console& console);

/// A story that says why nothing was measured.
LeverStory without_levers(std::string why);

/// The lever that brings most for money; nothing where none is priced.
const LeverStory::Told* strongest_for_money(const LeverStory& story);

/// A section of a story in words, and as JSON.
std::string tell(const LeverStory& story);
nlohmann::ordered_json to_json(const LeverStory& story);

}  // namespace domino::cli
