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

/// Steps at which each place of a chain committed, in every member in which the chain ran whole.
std::vector<std::vector<int>> collect_steps(const sim::RunResults& results, const DominoChain& chain,
                                            const std::vector<std::uint8_t>& slots) {
    std::vector<std::vector<int>> steps(chain.places.size());
    std::vector<std::uint32_t> source(results.places, sim::no_place);
    std::vector<std::uint8_t> cause(results.places, 0);
    std::vector<int> step(results.places, -1);
    const auto& events = results.events;
    for (std::size_t begin = 0; begin < events.size();) {
        std::size_t end = begin;
        for (; end < events.size() && events[end].member == events[begin].member; ++end) {
            source[events[end].place] = events[end].source;
            cause[events[end].place] = slots[end];
            step[events[end].place] = events[end].step;
        }
        bool whole = step[chain.places.front()] >= 0;
        for (std::size_t k = 0; k < chain.causes.size(); ++k) {
            const std::uint32_t place = chain.places[k + 1];
            whole = whole && step[place] >= 0 && source[place] == chain.places[k] &&
                    cause[place] == chain.causes[k];
        }
        for (std::size_t k = 0; whole && k < chain.places.size(); ++k) {
            steps[k].push_back(step[chain.places[k]]);
        }
        for (; begin < end; ++begin) {
            step[events[begin].place] = -1;
        }
    }
    return steps;
}

std::vector<double> median_years(const scenarios::BuiltWorld& built, const sim::RunResults& results,
                                 const DominoChain& chain) {
    std::vector<std::uint8_t> slots;
    for (const sim::CommitmentEvent& event : results.events) {
        slots.push_back(cause_slot(built.world, event));
    }
    std::vector<double> years;
    for (std::vector<int>& steps : collect_steps(results, chain, slots)) {
        std::sort(steps.begin(), steps.end());
        years.push_back(steps.empty() ? results.calendar.first_year()
                                      : results.calendar.month(steps[(steps.size() - 1) / 2]).year());
    }
    return years;
}

DominoChain make_chain(const CountedPath& found, const std::vector<std::vector<CountedPath>>& counted) {
    DominoChain chain;
    const auto steps = static_cast<std::ptrdiff_t>(found.steps);
    chain.places.assign(found.path.places.begin(), found.path.places.begin() + steps + 1);
    chain.causes.assign(found.path.causes.begin(), found.path.causes.begin() + steps);
    for (std::size_t done = 1; done <= found.steps; ++done) {
        chain.members.push_back(count_of(counted[done], head(found.path, done)));
    }
    return chain;
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
    const auto often = std::max<std::uint32_t>(2, static_cast<std::uint32_t>(results.members / 50));
    std::vector<DominoChain> chains;
    for (std::size_t steps = longest; steps >= 1; --steps) {
        std::vector<CountedPath> by_frequency = counted[steps];
        std::stable_sort(by_frequency.begin(), by_frequency.end(),
                         [](const CountedPath& a, const CountedPath& b) { return a.members > b.members; });
        for (const CountedPath& candidate : by_frequency) {
            const auto overlaps = [&](const DominoChain& chain) { return shares_a_step(candidate, chain); };
            if (chains.size() == count || (steps > 1 && candidate.members < often)) {
                break;
            }
            if (std::none_of(chains.begin(), chains.end(), overlaps)) {
                chains.push_back(make_chain(candidate, counted));
            }
        }
    }
    for (DominoChain& chain : chains) {
        chain.median_years = median_years(built, results, chain);
    }
    return chains;
}

}  // namespace domino::viz
