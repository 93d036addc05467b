#include "scenarios/world/credit_plan.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "scenarios/world/fiscal_year.h"

namespace domino::scenarios {
namespace {

constexpr int first_portfolio_fy = 2013;
constexpr int last_portfolio_fy = 2024;
constexpr double t_per_mt = 1e6;
constexpr double default_credit_years = 10.0;  ///< where the list names no technology
constexpr double months_per_year = 12.0;

/// A row of jcm_projects as far as credits need it.
struct JcmProject {
    std::string number, host;
    std::optional<int> fiscal_year;
    std::optional<double> annual_t;
    double credit_years = default_credit_years;
};

std::map<std::string, double> read_credit_years(Pack& pack) {
    const auto table = pack.read("technologies", {"tech_id"});
    const Rows rows(table);
    std::map<std::string, double> years;
    for (std::size_t i = 0; i < rows.size(); ++i) {
        if (const auto value = rows.number(i, "jcm_credit_years")) years[rows.text(i, "tech_id")] = *value;
    }
    return years;
}

std::vector<JcmProject> read_listed(Pack& pack, const std::map<std::string, sim::Month>& partners) {
    const auto years = read_credit_years(pack);
    const auto table = pack.read("jcm_projects", {"host_iso3", "tech_id"});
    const Rows rows(table);
    std::vector<JcmProject> listed;
    for (std::size_t i = 0; i < rows.size(); ++i) {
        JcmProject project;
        project.number = rows.text(i, "project_no");
        project.host = rows.text(i, "host_iso3");
        if (rows.text(i, "counts_as_project") == "0" || !partners.contains(project.host)) continue;
        if (!rows.text(i, "selected_fy").empty()) project.fiscal_year = rows.required_year(i, "selected_fy");
        if (project.fiscal_year.value_or(last_portfolio_fy) > last_portfolio_fy) continue;
        project.annual_t = rows.number(i, "annual_reduction_tco2");
        if (const auto known = years.find(rows.text(i, "tech_id")); known != years.end())
            project.credit_years = known->second;
        listed.push_back(std::move(project));
    }
    std::sort(listed.begin(), listed.end(), [](const auto& a, const auto& b) {
        return std::pair(a.number.size(), a.number) < std::pair(b.number.size(), b.number);
    });
    return listed;
}

/// The buyer's goals, cumulative, by fiscal year.
std::vector<sim::CreditSupplyGoal> read_supply_goals(Pack& pack) {
    std::vector<sim::CreditSupplyGoal> goals;
    const auto table = pack.read_optional("jcm_counts", {"as_of_date", "quantity", "value", "source"});
    if (!table) return goals;
    const Rows rows(*table);
    for (std::size_t i = 0; i < rows.size(); ++i) {
        if (rows.text(i, "quantity") != "credit_target_cumulative_MtCO2") continue;
        const auto month = parse_pack_month(rows.text(i, "as_of_date"), rows.where(i, "as_of_date"));
        if (!month) continue;
        goals.push_back({fmt::format("JPN-{}-credit-supply", month->year()), month->year(),
                         rows.required_number(i, "value"), rows.text(i, "source")});
    }
    std::sort(goals.begin(), goals.end(),
              [](const auto& a, const auto& b) { return a.fiscal_year < b.fiscal_year; });
    return goals;
}

class Portfolio {
 public:
    Portfolio(const Scenario& scenario, const std::map<std::string, sim::Month>& partners, sim::World& world)
        : lag_months_(scenario.jcm.start_lag_months), partners_(partners), world_(world) {}

    void add(const std::vector<JcmProject>& listed, double total_t, std::vector<std::string>& notes) {
        name_outside_parties();
        double own_t = 0.0, credit_years = 0.0;
        std::map<std::string, double> weight;
        for (const auto& [iso3, since] : partners_) {
            if (fiscal_year_of(since) <= last_portfolio_fy) weight[iso3] = 0.5;
        }
        std::size_t sized = 0;
        for (const JcmProject& project : listed) {
            credit_years += project.credit_years / static_cast<double>(listed.size());
            if (weight.contains(project.host)) weight[project.host] += 1.0;
            if (!project.annual_t || !project.fiscal_year) continue;
            add_project("JCM list no. " + project.number, project.host, *project.annual_t,
                        *project.fiscal_year, project.credit_years);
            own_t += *project.annual_t;
            ++sized;
        }
        const double rest_t = std::max(0.0, total_t - own_t);
        add_rest(weight, rest_t, listed.empty() ? default_credit_years : credit_years);
        notes.push_back(fmt::format(
            "existing JCM portfolio: {:.2f} Mt/yr of {} listed projects and {:.2f} Mt/yr that the list "
            "lacks, by host and fiscal year",
            own_t / t_per_mt, sized, rest_t / t_per_mt));
    }

 private:
    sim::CreditParty party(const std::string& iso3) const {
        for (std::size_t c = 0; c < world_.countries.size(); ++c) {
            if (world_.countries[c].iso3 == iso3) return {static_cast<std::uint16_t>(c)};
        }
        const auto& outside = world_.credit_accounting.outside_parties;
        const auto at = std::lower_bound(outside.begin(), outside.end(), iso3) - outside.begin();
        return {static_cast<std::uint16_t>(world_.countries.size() + static_cast<std::size_t>(at))};
    }

    void name_outside_parties() {
        std::set<std::string> outside;
        for (const auto& [iso3, since] : partners_) outside.insert(iso3);
        outside.insert("JPN");
        for (const sim::Country& country : world_.countries) outside.erase(country.iso3);
        world_.credit_accounting.outside_parties.assign(outside.begin(), outside.end());
        world_.credit_accounting.buyer = party("JPN");
    }

    void add_project(std::string id, const std::string& host, double annual_t, int fiscal_year,
                     double credit_years) {
        sim::ExistingCreditProject project;
        project.id = std::move(id);
        project.host = party(host);
        project.annual_reduction_t = annual_t;
        project.from = sim::Month{sim::make_month(fiscal_year, 4).value + lag_months_};
        project.to = sim::Month{project.from.value + static_cast<int>(credit_years * months_per_year + 0.5)};
        world_.credit_accounting.existing.push_back(std::move(project));
    }

    void add_rest(const std::map<std::string, double>& weight, double rest_t, double credit_years) {
        double all = 0.0;
        for (const auto& [iso3, share] : weight) all += share;
        if (!(all > 0.0) || !(rest_t > 0.0)) return;
        for (const auto& [iso3, share] : weight) {
            const int first = std::max(first_portfolio_fy, fiscal_year_of(partners_.at(iso3)));
            const int years = last_portfolio_fy - first + 1;
            for (int fy = first; fy <= last_portfolio_fy; ++fy) {
                add_project(fmt::format("JCM portfolio, {} FY{}", iso3, fy), iso3,
                            rest_t * share / all / years, fy, credit_years);
            }
        }
    }

    int lag_months_;
    const std::map<std::string, sim::Month>& partners_;
    sim::World& world_;
};

}  // namespace

void fill_credit_accounting(Pack& pack, const Scenario& scenario,
                            const std::map<std::string, sim::Month>& partners, const Parameters& parameters,
                            sim::World& world, std::vector<std::string>& notes) {
    const CreditsSection& section = scenario.credits;
    sim::CreditAccounting& plan = world.credit_accounting;
    const bool existing = section.existing_portfolio == OnOff::on;
    plan.active = section.enabled == OnOff::on && !partners.empty() &&
                  (existing || world.credits.active || world.eco_lease.active);
    plan.method = section.method;
    plan.use = section.use;
    plan.other_first_transfer = section.other_first_transfer;
    plan.international_share = section.other_purposes_share;
    plan.cancelled_share = section.cancelled_share;
    plan.shares_from_year = section.shares_from_year;
    plan.buyer_share = parameters.prior("buyer_share", sim::uniform(0.5, 0.8));
    plan.simulated_from = existing ? sim::make_month(last_portfolio_fy + 1, 1) : world.calendar.first;
    if (!plan.active) return;
    plan.supply_goals = read_supply_goals(pack);
    const double total_t = existing ? t_per_mt * parameters.value("jcm_portfolio_2024", 3.2) : 0.0;
    Portfolio(scenario, partners, world)
        .add(existing ? read_listed(pack, partners) : std::vector<JcmProject>{}, total_t, notes);
}

}  // namespace domino::scenarios
