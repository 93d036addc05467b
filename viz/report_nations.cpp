#include <algorithm>
#include <cmath>
#include <map>
#include <span>

#include "sim/domino_share.h"
#include "viz/domino_chains.h"
#include "viz/number_text.h"
#include "viz/quantiles.h"
#include "viz/report_data.h"
#include "viz/tonnes.h"

namespace domino::viz::report {

namespace {

const char* land_use_words(sim::LulucfTreatment treatment) {
    switch (treatment) {
        case sim::LulucfTreatment::included:
            return "with land use";
        case sim::LulucfTreatment::gross_net:
            return "gross path, removals count in the target year";
        case sim::LulucfTreatment::excluded:
            return "without land use";
        case sim::LulucfTreatment::unknown:
            break;
    }
    return "land use not stated";
}

std::string percent_text(double fraction) {
    return number_text(std::round(fraction * 1000.0) / 10.0) + "%";
}

/// The target in few words: "−46% on FY2013".
std::string describe(const sim::Target& target) {
    const std::string minus = "\u2212";
    const std::string fiscal = target.year_basis == sim::YearBasis::fiscal ? "FY" : "";
    const double value = target.value_low.value_or(0.0);
    const std::string base = target.base_year ? fiscal + std::to_string(*target.base_year) : "";
    switch (target.type) {
        case sim::TargetType::base_year:
            return minus + percent_text(value) + (base.empty() ? "" : " on " + base);
        case sim::TargetType::bau:
            return minus + percent_text(value) + " on BAU";
        case sim::TargetType::intensity:
            return minus + percent_text(value) + " per GDP" + (base.empty() ? "" : " on " + base);
        case sim::TargetType::absolute_reduction:
            return minus + number_text(value, 3) + " Mt on BAU";
        case sim::TargetType::fixed_level:
            return target.level_high_mt ? number_text(*target.level_high_mt, 4) + " Mt" : "fixed level";
        case sim::TargetType::peak_minus:
            return "below the peak";
        case sim::TargetType::trajectory:
            return "path";
        case sim::TargetType::budget:
            return "budget";
        case sim::TargetType::sectoral:
            return "sectoral";
        case sim::TargetType::unknown:
            break;
    }
    return "filed, no number";
}

bool has_level(const sim::TargetResult& result) {
    return result.status == sim::TargetStatus::assessed;
}

/// The accounting of a country's path: that of most of its assessed targets.
sim::LulucfTreatment path_treatment(const ReportSources& s, std::size_t country) {
    std::map<sim::LulucfTreatment, int> votes;
    for (std::size_t i = 0; i < s.context.built.targets.size(); ++i) {
        const sim::Target& target = s.context.built.targets[i];
        if (target.country == country && has_level(s.targets.scenario[i])) {
            ++votes[target.lulucf];
        }
    }
    if (votes[sim::LulucfTreatment::gross_net] > 0) {
        return sim::LulucfTreatment::gross_net;
    }
    return votes[sim::LulucfTreatment::included] >
                   votes[sim::LulucfTreatment::excluded] + votes[sim::LulucfTreatment::unknown]
               ? sim::LulucfTreatment::included
               : sim::LulucfTreatment::excluded;
}

enum class FiscalYears : unsigned char { no, yes };

/// One nation's yearly totals by member, Mt, in the accounting of its path.
class NationalPath {
 public:
    NationalPath(const sim::RunResults& results, std::size_t country, sim::LulucfTreatment treatment,
                 FiscalYears fiscal)
        : results_(results), country_(country), treatment_(treatment), fiscal_(fiscal) {}

    double mt(std::size_t year, std::size_t member) const {
        const std::size_t cell = results_.country_year(country_, year, member);
        const double total = fiscal_ == FiscalYears::yes ? results_.fiscal_total_t[cell]
                                                         : results_.national_total_t(country_, year, member);
        const double land = treatment_ == sim::LulucfTreatment::included ? results_.lulucf_t[cell] : 0.0;
        return (total + land) / tonnes_per_megatonne;
    }

 private:
    const sim::RunResults& results_;
    std::size_t country_;
    sim::LulucfTreatment treatment_;
    FiscalYears fiscal_;
};

Json make_history(const ReportSources& s, std::size_t country, sim::LulucfTreatment treatment) {
    Json history = Json::array();
    std::map<int, double> land;
    for (const sim::Target& target : s.context.built.targets) {
        if (target.country == country) {
            land.insert(target.lulucf_history_mt.begin(), target.lulucf_history_mt.end());
        }
    }
    const auto& [first, totals] = s.context.built.history_mt.at(country);
    for (std::size_t i = 0; i < totals.size(); ++i) {
        const int year = first + static_cast<int>(i);
        const auto land_mt = land.find(year);
        if (treatment == sim::LulucfTreatment::included && land_mt == land.end()) {
            continue;
        }
        const double extra = treatment == sim::LulucfTreatment::included ? land_mt->second : 0.0;
        history.push_back({year, rounded(totals[i] + extra)});
    }
    return history;
}

Json make_path(const ReportSources& s, std::size_t country) {
    const sim::EnsembleResults& results = s.context.results;
    const sim::RunResults& on = results.scenario;
    const sim::LulucfTreatment treatment = path_treatment(s, country);
    const FiscalYears fiscal = s.context.built.world.countries[country].fiscal_year_start_month != 1
                                   ? FiscalYears::yes
                                   : FiscalYears::no;
    const NationalPath path(on, country, treatment, fiscal);
    Json q = {{"p05", Json::array()},
              {"p25", Json::array()},
              {"p50", Json::array()},
              {"p75", Json::array()},
              {"p95", Json::array()}};
    Json reference = Json::array();
    Json difference = {{"mid", Json::array()}, {"p05", Json::array()}, {"p95", Json::array()}};
    std::vector<double> sample(static_cast<std::size_t>(on.members)), other(sample.size());
    Summarizer summarizer;
    for (std::size_t year = 0; year < on.years; ++year) {
        for (std::size_t m = 0; m < sample.size(); ++m) {
            sample[m] = path.mt(year, m);
        }
        summarizer.sort(std::span<const double>(sample));
        for (const auto& [name, p] : {std::pair{"p05", 0.05}, std::pair{"p25", 0.25}, std::pair{"p50", 0.5},
                                      std::pair{"p75", 0.75}, std::pair{"p95", 0.95}}) {
            q[name].push_back(rounded(summarizer.quantile(p)));
        }
        if (!results.reference) {
            continue;
        }
        const NationalPath reference_path(*results.reference, country, treatment, fiscal);
        for (std::size_t m = 0; m < sample.size(); ++m) {
            other[m] = reference_path.mt(year, m);
            sample[m] -= other[m];
        }
        summarizer.sort(std::span<const double>(other));
        reference.push_back(rounded(summarizer.quantile(0.5)));
        summarizer.sort(std::span<const double>(sample));
        difference["mid"].push_back(rounded(summarizer.quantile(0.5)));
        difference["p05"].push_back(rounded(summarizer.quantile(0.05)));
        difference["p95"].push_back(rounded(summarizer.quantile(0.95)));
    }
    return {{"acct", land_use_words(treatment)},
            {"fiscal", fiscal == FiscalYears::yes},
            {"hist", make_history(s, country, treatment)},
            {"q", std::move(q)},
            {"ref", results.reference ? std::move(reference) : Json()},
            {"diff", results.reference ? std::move(difference) : Json()}};
}

Json make_by_year(const ReportSources& s) {
    const double members = s.context.results.scenario.members;
    Json by_year = Json::array();
    for (std::size_t year = 0; year < s.summary.years; ++year) {
        Json row = Json::array();
        for (std::size_t slot = 0; slot < s.events.slots(); ++slot) {
            row.push_back(s.events.by_year[year * s.events.slots() + slot] / members);
        }
        by_year.push_back(std::move(row));
    }
    return by_year;
}

/// Share of each member's attributed commitments that another place set off.
Json make_passed_on(const ReportSources& s) {
    const sim::RunResults& results = s.context.results.scenario;
    const auto members = static_cast<std::size_t>(results.members);
    std::vector<double> all(members, 0.0), passed(members, 0.0), shares;
    for (const sim::CommitmentEvent& event : results.events) {
        if (event.cause != sim::Cause::observed) {
            const std::size_t m = event.member - s.context.options.first_member;
            all.at(m) += 1.0;
            passed.at(m) += event.source != sim::no_place ? 1.0 : 0.0;
        }
    }
    for (std::size_t m = 0; m < members; ++m) {
        if (all[m] > 0.0) {
            shares.push_back(passed[m] / all[m]);
        }
    }
    return shares.empty() ? Json() : make_interval(shares);
}

Json make_chains(const ReportSources& s) {
    const double members = s.context.results.scenario.members;
    Json chains = Json::array();
    for (const DominoChain& chain : find_longest_chains(s.context.built, s.context.results.scenario)) {
        Json shares = Json::array();
        for (const std::uint32_t count : chain.members) {
            shares.push_back(count / members);
        }
        Json causes = Json::array();
        for (const std::uint8_t cause : chain.causes) {
            causes.push_back(cause);
        }
        chains.push_back({{"places", chain.places},
                          {"years", chain.median_years},
                          {"causes", std::move(causes)},
                          {"shares", std::move(shares)},
                          {"avoided", Json()}});
    }
    return chains;
}

bool is_coupled(const sim::World& world) {
    return std::any_of(world.couplings.begin(), world.couplings.end(), [](const sim::LayerCoupling& c) {
        const auto acts = [](const sim::Prior& p) {
            return !(p.family == sim::Family::fixed && p.a == 0.0) && p.zero_mass < 1.0;
        };
        return acts(c.gamma_early) || acts(c.gamma_late) || c.carries_technology;
    });
}

}  // namespace

Json make_targets(const ReportSources& s) {
    Json targets = Json::array();
    for (std::size_t i = 0; i < s.context.built.targets.size(); ++i) {
        const sim::Target& target = s.context.built.targets[i];
        const sim::TargetResult& result = s.targets.scenario[i];
        const bool assessed = has_level(result);
        const bool paired = assessed && !s.targets.reference.empty() && has_level(s.targets.reference[i]);
        const bool moves = target.type == sim::TargetType::intensity ||
                           (target.type == sim::TargetType::bau && !target.level_high_mt);
        const bool rebased = assessed && result.ratio_year != 0 && result.rebase_ratio != 1.0;
        const double low = std::min(result.level_low_mt, result.level_high_mt);
        const double high = std::max(result.level_low_mt, result.level_high_mt);
        targets.push_back({{"iso3", s.context.built.world.countries[target.country].iso3},
                           {"year", target.target_year},
                           {"yearFrom", target.period_start ? Json(*target.period_start) : Json()},
                           // The page draws no yearly level for what counts a whole period.
                           {"type", sim::counts_over_period(target) ? target_type_id(sim::TargetType::budget)
                                                                    : target_type_id(target.type)},
                           {"cond", conditionality_id(target.conditionality)},
                           {"label", describe(target)},
                           {"fiscal", target.year_basis == sim::YearBasis::fiscal},
                           {"low", assessed ? Json(rounded(low)) : Json()},
                           {"high", assessed ? Json(rounded(high)) : Json()},
                           {"moves", moves},
                           {"points", Json::array()},
                           {"status", assessed ? "assessed" : "not_assessable"},
                           {"reason", assessed ? "" : result.reason},
                           {"acct", land_use_words(target.lulucf)},
                           {"rebase", rebased ? Json(rounded(result.rebase_ratio)) : Json()},
                           {"p", assessed ? Json(result.probability) : Json()},
                           {"pRef", paired ? Json(s.targets.reference[i].probability) : Json()}});
    }
    return targets;
}

Json make_paths(const ReportSources& s) {
    Json paths = Json::object();
    for (std::size_t country = 0; country < s.context.built.world.countries.size(); ++country) {
        paths[s.context.built.world.countries[country].iso3] = make_path(s, country);
    }
    return paths;
}

Json make_domino(const ReportSources& s) {
    if (!is_coupled(s.context.built.world)) {
        return Json();
    }
    const sim::EnsembleResults& results = s.context.results;
    const auto [from, to] = figure_years(s);
    const int first = results.scenario.calendar.first_year();
    Json draws = Json::array();
    sim::DominoShare share;
    std::string of = "commitments";
    if (results.reference) {
        const sim::PairedOutcome avoided = sim::paired_avoided_t(
            results, static_cast<std::size_t>(from - first), static_cast<std::size_t>(to - first));
        for (std::size_t m = 0; m < avoided.on.size(); ++m) {
            draws.push_back(rounded((avoided.on[m] - avoided.off[m]) / tonnes_per_megatonne));
        }
        share = sim::domino_share(avoided, s.context.options.seed);
        of = "tonnes";
    }
    if (!share.stated) {
        const std::string why_not_tonnes = share.reason;
        share = sim::domino_share(
            sim::paired_commitments(results.scenario, results.scenario_uncoupled, results.scenario.years - 1,
                                    s.context.options.first_member),
            s.context.options.seed);
        if (share.stated || of == "commitments") {
            of = "commitments";
        } else {
            share.reason = why_not_tonnes;
        }
    }
    return {
        {"byYear", make_by_year(s)},
        {"passedOn", make_passed_on(s)},
        {"draws", std::move(draws)},
        {"from", from},
        {"to", to},
        {"share", share.stated ? Json{{"mid", share.share}, {"p05", share.p05}, {"p95", share.p95}} : Json()},
        {"of", of},
        {"reason", share.reason},
        {"chains", make_chains(s)}};
}

}  // namespace domino::viz::report
