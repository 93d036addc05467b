#include "viz/domino_chains.h"

#include <algorithm>
#include <array>
#include <compare>

namespace domino::viz {

namespace {

constexpr std::size_t most_steps = 3;
constexpr std::size_t none = SIZE_MAX;

/// A path of the ledger, from its first place; unused ends hold no_place.
struct Path {
    std::array<std::uint32_t, most_steps + 1> places;
    std::array<std::uint8_t, most_steps> causes;

    friend auto operator<=>(const Path&, const Path&) = default;
};

struct CountedPath {
    Path path;
    std::size_t steps = 0;
    std::uint32_t members = 0;
};

Path empty_path() {
    Path path{};
    path.places.fill(sim::no_place);
    path.causes.fill(0);
    return path;
}

/// Every path of one step and more that ends at an event, in all members.
std::vector<std::vector<Path>> list_paths(const scenarios::BuiltWorld& built, const sim::RunResults& results,
                                          std::size_t longest) {
    std::vector<std::vector<Path>> by_steps(longest + 1);
    std::vector<std::size_t> event_of(results.places, none);
    const auto& events = results.events;
    for (std::size_t begin = 0; begin < events.size();) {
        std::size_t end = begin;
        while (end < events.size() && events[end].member == events[begin].member) {
            event_of[events[end].place] = end;
            ++end;
        }
        for (std::size_t i = begin; i < end; ++i) {
            std::vector<std::uint32_t> places = {events[i].place};
            std::vector<std::uint8_t> causes;
            std::size_t at = i;
            while (causes.size() < longest && at != none && events[at].source != sim::no_place) {
                causes.insert(causes.begin(), cause_slot(built.world, events[at]));
                places.insert(places.begin(), events[at].source);
                Path path = empty_path();
                std::copy(places.begin(), places.end(), path.places.begin());
                std::copy(causes.begin(), causes.end(), path.causes.begin());
                by_steps[causes.size()].push_back(path);
                at = event_of[events[at].source];
            }
        }
        for (std::size_t i = begin; i < end; ++i) {
            event_of[events[i].place] = none;
        }
        begin = end;
    }
    return by_steps;
}

std::vector<CountedPath> count_paths(std::vector<Path>& paths, std::size_t steps) {
    std::sort(paths.begin(), paths.end());
    std::vector<CountedPath> counted;
    for (std::size_t begin = 0; begin < paths.size();) {
        std::size_t end = begin;
        while (end < paths.size() && paths[end] == paths[begin]) {
            ++end;
        }
        counted.push_back({paths[begin], steps, static_cast<std::uint32_t>(end - begin)});
        begin = end;
    }
    return counted;
}

std::uint32_t count_of(const std::vector<CountedPath>& counted, const Path& path) {
    const auto found =
        std::lower_bound(counted.begin(), counted.end(), path,
                         [](const CountedPath& a, const Path& wanted) { return a.path < wanted; });
    return found != counted.end() && found->path == path ? found->members : 0;
}

Path head(const Path& path, std::size_t steps) {
    Path out = empty_path();
    std::copy_n(path.places.begin(), steps + 1, out.places.begin());
    std::copy_n(path.causes.begin(), steps, out.causes.begin());
    return out;
}

bool shares_a_step(const CountedPath& a, const DominoChain& b) {
    for (std::size_t i = 0; i < a.steps; ++i) {
        for (std::size_t k = 0; k + 1 < b.places.size(); ++k) {
            if (a.path.places[i] == b.places[k] && a.path.places[i + 1] == b.places[k + 1]) {
                return true;
            }
        }
    }
    return false;
}

double median_year(const sim::RunResults& results, std::uint32_t place) {
    std::vector<int> steps;
    for (std::size_t m = 0; m < static_cast<std::size_t>(results.members); ++m) {
        const auto step = results.stage_step[results.stage_at(sim::Stage::committed, place, m)];
        if (step != sim::never_step) {
            steps.push_back(step);
        }
    }
    std::sort(steps.begin(), steps.end());
    return steps.empty() ? results.calendar.last_year()
                         : results.calendar.month(steps[(steps.size() - 1) / 2]).year();
}

}  // namespace

std::vector<DominoChain> find_longest_chains(const scenarios::BuiltWorld& built,
                                             const sim::RunResults& results, std::size_t count,
                                             std::size_t longest_steps) {
    const std::size_t longest = std::min(longest_steps, most_steps);
    std::vector<std::vector<Path>> paths = list_paths(built, results, longest);
    std::vector<std::vector<CountedPath>> counted(longest + 1);
    for (std::size_t steps = 1; steps <= longest; ++steps) {
        counted[steps] = count_paths(paths[steps], steps);
    }
    std::vector<DominoChain> chains;
    for (std::size_t steps = longest; steps >= 1 && chains.size() < count; --steps) {
        std::vector<CountedPath> ranked = counted[steps];
        std::stable_sort(ranked.begin(), ranked.end(),
                         [](const CountedPath& a, const CountedPath& b) { return a.members > b.members; });
        for (const CountedPath& candidate : ranked) {
            const auto overlaps = [&](const DominoChain& chain) { return shares_a_step(candidate, chain); };
            if (chains.size() == count) {
                break;
            }
            if (std::any_of(chains.begin(), chains.end(), overlaps)) {
                continue;
            }
            DominoChain chain;
            chain.places.assign(candidate.path.places.begin(),
                                candidate.path.places.begin() + static_cast<long>(steps) + 1);
            chain.causes.assign(candidate.path.causes.begin(),
                                candidate.path.causes.begin() + static_cast<long>(steps));
            for (std::size_t done = 1; done <= steps; ++done) {
                chain.members.push_back(count_of(counted[done], head(candidate.path, done)));
            }
            for (const std::uint32_t place : chain.places) {
                chain.median_years.push_back(median_year(results, place));
            }
            chains.push_back(std::move(chain));
        }
    }
    return chains;
}

}  // namespace domino::viz
