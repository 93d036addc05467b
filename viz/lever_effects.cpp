#include "viz/lever_effects.h"

#include <algorithm>
#include <array>
#include <set>

namespace domino::viz {

namespace {

/// What of the world a lever acts through.
enum class WorldPart : unsigned char { projects, credits, price_schemes, ties, other };
constexpr std::size_t part_count = 5;

WorldPart part_of(const std::string& key) {
    if (key.rfind("c3p", 0) == 0) {
        return WorldPart::projects;
    }
    if (key.rfind("jcm", 0) == 0) {
        return WorldPart::credits;
    }
    if (key.rfind("price_scheme", 0) == 0) {
        return WorldPart::price_schemes;
    }
    for (const char* section :
         {"collaboration", "proximity", "hierarchy", "network", "layer", "user_layer"}) {
        if (key.rfind(section, 0) == 0) {
            return WorldPart::ties;
        }
    }
    return WorldPart::other;
}

bool same_window(const sim::SupportWindow& a, const sim::SupportWindow& b) {
    return a.project_id == b.project_id && a.place == b.place && a.partner == b.partner && a.from == b.from &&
           a.to == b.to && a.cost_jpy_per_year == b.cost_jpy_per_year;
}

bool same_layer(const sim::FrozenLayer& a, const sim::FrozenLayer& b) {
    return a.name == b.name && a.row_begin == b.row_begin && a.source == b.source && a.weight == b.weight &&
           a.from == b.from && a.to == b.to;
}

bool same_coupling(const sim::LayerCoupling& a, const sim::LayerCoupling& b) {
    return a.gamma_early == b.gamma_early && a.gamma_late == b.gamma_late;
}

bool same_credits(const sim::CreditProgramme& a, const sim::CreditProgramme& b) {
    return a.active == b.active && a.budget_jpy == b.budget_jpy && a.eligible_from == b.eligible_from &&
           a.projects_per_year == b.projects_per_year && a.subsidy_ceiling == b.subsidy_ceiling &&
           a.subsidy_cap_jpy_per_t == b.subsidy_cap_jpy_per_t && a.start_lag_months == b.start_lag_months;
}

bool same_scheme(const sim::PriceScheme& a, const sim::PriceScheme& b) {
    return a.id == b.id && a.technology == b.technology && a.countries == b.countries && a.from == b.from &&
           a.to == b.to && a.share == b.share && a.budget_jpy == b.budget_jpy;
}

bool same_budget(const sim::Programme& a, const sim::Programme& b) {
    return a.id == b.id && a.budget_jpy == b.budget_jpy;
}

template <class T, class Same>
bool all_same(const std::vector<T>& a, const std::vector<T>& b, Same same) {
    return std::equal(a.begin(), a.end(), b.begin(), b.end(), same);
}

/// Which parts differ between two worlds. Projects bring ties of their own; parts
/// that are not compared here ("other") count as differing.
std::array<bool, part_count> compare_worlds(const sim::World& a, const sim::World& b) {
    std::array<bool, part_count> differs{};
    const auto set = [&](WorldPart part, bool same) { differs[static_cast<std::size_t>(part)] = !same; };
    const bool same_ties =
        all_same(a.layers, b.layers, same_layer) && all_same(a.couplings, b.couplings, same_coupling);
    set(WorldPart::projects, same_ties && all_same(a.support, b.support, same_window) &&
                                 all_same(a.programmes, b.programmes, same_budget));
    set(WorldPart::credits, same_credits(a.credits, b.credits));
    set(WorldPart::price_schemes, all_same(a.price_schemes, b.price_schemes, same_scheme));
    set(WorldPart::ties, same_ties);
    set(WorldPart::other, false);
    return differs;
}

std::string humanise(const std::string& key) {
    static const std::array<std::pair<const char*, const char*>, 11> labels = {
        {{"c3p.projects_scale", "City-to-city projects, times today's"},
         {"c3p.budget_scale", "Budget of city-to-city projects, times today's"},
         {"c3p.scaled_from", "Scaling of projects begins"},
         {"c3p.projects_per_year", "City-to-city projects a year"},
         {"c3p.budget_jpy_per_year", "Budget of city-to-city projects"},
         {"c3p.budget", "Budget of city-to-city projects"},
         {"c3p.max_phases", "Phases a project may run"},
         {"jcm.budget_jpy_per_year", "Budget of JCM model projects"},
         {"jcm.budget", "Budget of JCM model projects"},
         {"jcm.subsidy_ceiling", "Subsidy share, JCM model projects"},
         {"model.couplings", "Contact between cities"}}};
    for (const auto& [known, label] : labels) {
        if (key == known) {
            return label;
        }
    }
    std::string words = key;
    std::replace(words.begin(), words.end(), '_', ' ');
    const std::size_t dot = words.find('.');
    if (dot != std::string::npos) {
        words.replace(dot, 1, ": ");
    }
    return words;
}

void explain_nothing(LeverEffect& effect, bool part_differs) {
    effect.places = 0;
    effect.reason = part_differs ? "No effect: it changed the plan, but no run came out different"
                                 : "No effect: the world built with it is the same as the reference's";
}

}  // namespace

ChangeSummary compare_with_reference(const sim::EnsembleResults& results) {
    const sim::RunResults& a = results.scenario;
    const sim::RunResults& b = *results.reference;
    const auto members = static_cast<std::size_t>(a.members);
    ChangeSummary summary;
    summary.changed.assign(a.places, 0);
    std::size_t first = a.years;
    for (std::size_t place = 0; place < a.places; ++place) {
        for (std::size_t cell = 0; cell < a.years * members; ++cell) {
            const std::size_t at = place * a.years * members + cell;
            if (a.emissions_t[at] != b.emissions_t[at]) {
                summary.changed[place] = 1;
                first = std::min(first, cell / members);
                break;
            }
        }
        for (std::size_t stage = 0; stage < sim::stage_count; ++stage) {
            for (std::size_t m = 0; m < members; ++m) {
                const std::size_t at = a.stage_at(static_cast<sim::Stage>(stage), place, m);
                if (a.stage_step[at] == b.stage_step[at]) {
                    continue;
                }
                summary.changed[place] = 1;
                const int step = std::min(a.stage_step[at], b.stage_step[at]);
                const int year = a.calendar.month(step).year() - a.calendar.first_year();
                first = std::min(first, static_cast<std::size_t>(std::max(0, year)));
            }
        }
        summary.places += summary.changed[place] != 0 ? 1 : 0;
    }
    if (first < a.years) {
        summary.first_year = a.calendar.first_year() + static_cast<int>(first);
    }
    return summary;
}

std::vector<LeverEffect> measure_lever_effects(const RunContext& context, const ChangeSummary& changes) {
    std::vector<LeverEffect> effects;
    if (context.reference_built == nullptr) {
        return effects;
    }
    const std::array<bool, part_count> differs =
        compare_worlds(context.built.world, context.reference_built->world);
    std::set<WorldPart> acting;
    std::vector<std::string> acting_keys;
    for (const scenarios::LeverChange& change : context.levers) {
        const WorldPart part = part_of(change.key);
        if (differs[static_cast<std::size_t>(part)]) {
            acting.insert(part);
            acting_keys.push_back(humanise(change.key));
        }
    }
    for (const scenarios::LeverChange& change : context.levers) {
        LeverEffect effect{change, humanise(change.key), std::nullopt, std::nullopt, ""};
        const WorldPart part = part_of(change.key);
        const bool acts = differs[static_cast<std::size_t>(part)];
        if (changes.places == 0 || !acts) {
            explain_nothing(effect, acts);
        } else if (acting.size() == 1) {
            effect.places = changes.places;
            effect.first_year = changes.first_year;
            if (acting_keys.size() > 1) {
                effect.reason = "Counted together with the other levers of the same programme";
            }
        } else {
            effect.first_year = changes.first_year;
            effect.reason = "Changed " + std::to_string(changes.places) +
                            " places together with the other levers; they were not run one by one";
        }
        effects.push_back(std::move(effect));
    }
    return effects;
}

}  // namespace domino::viz
