#include "viz/lever_effects.h"

#include <algorithm>
#include <array>
#include <set>

namespace domino::viz {

namespace {

/// What of the world a lever acts through.
enum class WorldPart : unsigned char { projects, credits, price_schemes, ties, other, accounts, valuation };
constexpr std::size_t part_count = 7;

WorldPart part_of(const std::string& key) {
    if (key.rfind("c3p", 0) == 0 || key.rfind("strategy", 0) == 0) {
        return WorldPart::projects;
    }
    if (key.rfind("jcm", 0) == 0) {
        return WorldPart::credits;
    }
    if (key.rfind("credits.", 0) == 0 || key == "parameters.buyer_share") {
        return WorldPart::accounts;
    }
    if (key == "parameters.discount_rate") return WorldPart::valuation;
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
           a.to == b.to && a.cost_jpy_per_year == b.cost_jpy_per_year && a.channels == b.channels &&
           a.technologies == b.technologies && a.project_technologies == b.project_technologies;
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
           a.subsidy_cap_jpy_per_t == b.subsidy_cap_jpy_per_t && a.start_lag_months == b.start_lag_months &&
           a.technology_weight == b.technology_weight;
}

bool same_scheme(const sim::PriceScheme& a, const sim::PriceScheme& b) {
    return a.id == b.id && a.technology == b.technology && a.countries == b.countries && a.from == b.from &&
           a.to == b.to && a.share == b.share && a.budget_jpy == b.budget_jpy;
}

bool same_budget(const sim::Programme& a, const sim::Programme& b) {
    return a.id == b.id && a.budget_jpy == b.budget_jpy && a.budget_changes == b.budget_changes;
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

std::string members_text(int members) {
    return members == 1 ? "one member" : std::to_string(members) + " members";
}

/// A lever that was tried by itself.
LeverEffect tell_trial(LeverEffect effect, const LeverTrial& trial) {
    const std::string itself = trial.with_section ? "Tried with the rest of its section" : "Tried by itself";
    if (trial.alone.places > 0) {
        effect.places = trial.alone.places;
        effect.first_year = trial.alone.first_year;
        effect.reason = itself + " in " + members_text(trial.members);
        if (trial.without.places == 0) effect.reason += "; leaving it out changes nothing beside the others";
        return effect;
    }
    effect.places = trial.without.places;
    effect.first_year = trial.without.first_year;
    effect.reason =
        trial.without.places > 0
            ? "Acts only together with the other levers: nothing changes with it alone; the places "
              "are those that change when it is left out, in " +
                  members_text(trial.members)
            : "No effect: neither alone nor beside the others did it change any of " +
                  members_text(trial.members);
    return effect;
}

/// Why levers of a part never change a place; nullptr where they may.
const char* moves_no_place(WorldPart part) {
    switch (part) {
        case WorldPart::accounts:
            return "Changes who accounts for credits (credits.csv, balances), no place's emissions";
        case WorldPart::valuation:
            return "Values money of several years (present value, money per tonne), no place's emissions";
        default:
            return nullptr;
    }
}

void explain_nothing(LeverEffect& effect, bool part_differs) {
    effect.places = 0;
    effect.reason = part_differs ? "No effect: it changed the plan, but no run came out different"
                                 : "No effect: the world built with it is the same as the reference's";
}

}  // namespace

ChangeSummary compare_with_reference(const sim::EnsembleResults& results) {
    if (!results.scenario.keeps_members()) return compare_distributions(results.scenario, *results.reference);
    return compare_runs(results.scenario, *results.reference, results.scenario.members);
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
        if (const char* reason = moves_no_place(part_of(change.key)); reason != nullptr) {
            effect.places = 0;
            effect.reason = reason;
            effects.push_back(std::move(effect));
            continue;
        }
        const auto trial = std::find_if(context.lever_trials.begin(), context.lever_trials.end(),
                                        [&](const LeverTrial& tried) { return tried.key == change.key; });
        if (trial != context.lever_trials.end()) {
            effects.push_back(tell_trial(std::move(effect), *trial));
            continue;
        }
        const WorldPart part = part_of(change.key);
        const bool acts = differs[static_cast<std::size_t>(part)];
        if (context.levers.size() == 1 && changes.places > 0) {
            // The only difference there is: whatever changed is its doing.
            effect.places = changes.places;
            effect.first_year = changes.first_year;
        } else if (changes.places == 0 || !acts) {
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
