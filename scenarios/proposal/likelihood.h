#pragma once

#include <atomic>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "scenarios/proposal/partnership.h"
#include "scenarios/proposal/proposal.h"

namespace domino::scenarios {

struct LikelihoodOptions {
    std::filesystem::path scenario;
    int members = 200;
    std::uint64_t seed = 1;
    int threads = 0;      ///< 0: all cores; results do not depend on it
    int years_after = 5;  ///< how far "after the project" is looked, in years
    std::function<void(int done, int total)> progress;
    const std::atomic<bool>* cancelled = nullptr;
};

/// A share of members with the project and without it, on the same draws. Ends are 5 and 95 %: Wilson's for a
/// share, paired and normal for the difference. They hold the error of finitely many members; what is
/// uncertain in the model is in the share itself.
struct PairedShare {
    double with = 0.0, without = 0.0, difference = 0.0;
    double with_low = 0.0, with_high = 0.0, difference_low = 0.0, difference_high = 0.0;
};
PairedShare compare_shares(const std::vector<bool>& with, const std::vector<bool>& without);

struct MonthlyShare {
    std::string what;
    sim::Month month;  ///< by the end of this month
    PairedShare share;
};

/// A mean over members at the end of a year.
struct PairedMean {
    std::string what;
    int year = 0;
    double with = 0.0, without = 0.0;
};

/// What the simulator says of a project: shares of members and means of the partner city.
struct Likelihood {
    std::string scenario, place;
    std::vector<std::string> countries;
    int members = 0;
    std::uint64_t seed = 0;
    sim::Month start, phase_end, horizon;  ///< the last two: first month after
    std::vector<MonthlyShare> declared;    ///< before the contract year, at the phase's end, at the horizon
    std::vector<MonthlyShare> stages;      ///< enabled and implementing, at the horizon
    std::vector<PairedMean> capacity, adoption;
    std::vector<std::string> conventions;  ///< how the two runs were made
    std::vector<std::filesystem::path> files;
};

/// Runs the scenario twice on the same draws, with the proposal's phase as a project of the two cities and
/// without it. Both runs keep the projects on record and choose no hypothetical ones; a project of the same
/// two cities on record ends where the contract year begins. Only Japan and the partner's country are run,
/// where the scenario has nothing that needs others. Deterministic for any number of threads. Problems of the
/// scenario or its world are added to @p problems, and nothing is returned. Throws sim::Cancelled.
std::optional<Likelihood> simulate_likelihood(const Proposal& proposal, const Partnership& partnership,
                                              const std::filesystem::path& data_dir,
                                              const LikelihoodOptions& options, Problems& problems);

}  // namespace domino::scenarios
