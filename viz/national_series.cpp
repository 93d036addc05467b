#include <algorithm>
#include <array>
#include <span>

#include "viz/pathways.h"
#include "viz/served_goals.h"
#include "viz/tonnes.h"

namespace domino::viz {

namespace {

using sim::RemainderPart;
using sim::Sector;

constexpr double percent = 100.0;
constexpr double million = 1e6;

constexpr std::string_view emissions = "Emissions|Kyoto Gases";
constexpr std::string_view megatonnes = "Mt CO2-equiv/yr";
// The pack's GDP is in international dollars of 2021 (its value for the USA in 2021 is the nominal one).
constexpr std::string_view gdp_unit = "billion US$2021/yr";

/// A leaf or a parent of `Emissions|Kyoto Gases`: the sectors and remainder parts it sums.
struct EmissionVariable {
    std::string_view suffix;
    std::vector<Sector> sectors;
    std::vector<RemainderPart> parts;
};

const std::vector<EmissionVariable>& emission_variables() {
    static const std::vector<Sector> users = {Sector::electricity_residential, Sector::electricity_commercial,
                                              Sector::electricity_industry, Sector::electricity_transport};
    static const std::vector<Sector> demand = {Sector::buildings_fuel, Sector::industry_fuel,
                                               Sector::transport_fuel};
    static const std::vector<EmissionVariable> variables = [] {
        std::vector<Sector> energy = demand;
        energy.insert(energy.end(), users.begin(), users.end());
        std::vector<Sector> all = energy;
        all.push_back(Sector::processes);
        all.push_back(Sector::waste);
        const std::vector<RemainderPart> parts = {
            RemainderPart::agriculture, RemainderPart::fugitive, RemainderPart::other_fuel,
            RemainderPart::heat_and_captive_power, RemainderPart::unallocated};
        return std::vector<EmissionVariable>{
            {"", all, parts},
            {"|Energy", energy, {}},
            {"|Energy|Demand", demand, {}},
            {"|Energy|Demand|Residential and Commercial", {Sector::buildings_fuel}, {}},
            {"|Energy|Demand|Industry", {Sector::industry_fuel}, {}},
            {"|Energy|Demand|Transportation", {Sector::transport_fuel}, {}},
            {"|Energy|Supply", users, {}},
            {"|Energy|Supply|Electricity", users, {}},
            {"|Energy|Supply|Electricity|Residential", {Sector::electricity_residential}, {}},
            {"|Energy|Supply|Electricity|Commercial", {Sector::electricity_commercial}, {}},
            {"|Energy|Supply|Electricity|Industry", {Sector::electricity_industry}, {}},
            {"|Energy|Supply|Electricity|Transportation", {Sector::electricity_transport}, {}},
            {"|Industrial Processes", {Sector::processes}, {}},
            {"|Waste", {Sector::waste}, {}},
            {"|Unallocated", {}, parts},
            {"|Unallocated|Agriculture", {}, {RemainderPart::agriculture}},
            {"|Unallocated|Fugitive", {}, {RemainderPart::fugitive}},
            {"|Unallocated|Other Fuel", {}, {RemainderPart::other_fuel}},
            {"|Unallocated|Heat and Captive Power", {}, {RemainderPart::heat_and_captive_power}},
            {"|Unallocated|Other", {}, {RemainderPart::unallocated}},
        };
    }();
    return variables;
}

/// Collects series over sets of countries; a set of one is a nation.
class NationalSeries {
 public:
    NationalSeries(const scenarios::BuiltWorld& built, const sim::RunResults& results, MemberValues keep)
        : built_(built),
          results_(results),
          keep_(keep),
          members_(static_cast<std::size_t>(results.members)),
          people_at_start_(results.countries, 0.0),
          goals_(serve_goals(built, results)) {
        for (const sim::PlaceInputs& place : built.world.places) {
            people_at_start_[place.country] += place.population;
        }
    }

    /// Adds the sum over countries of value(country, year, member).
    template <class Value>
    void add(std::string_view region, std::span<const std::size_t> countries, std::string variable,
             std::string_view unit, const Value& value) {
        PathwaySeries series{
            std::string(region), std::move(variable), std::string(unit), SeriesKind::summary, {}};
        std::vector<double> sample(members_);
        for (std::size_t year = 0; year < results_.years; ++year) {
            for (std::size_t member = 0; member < members_; ++member) {
                double sum = 0.0;
                for (const std::size_t country : countries) {
                    sum += value(country, year, member);
                }
                sample[member] = sum;
            }
            series.years.push_back(summarizer_.summarize(std::span<const double>(sample)));
            if (keep_ == MemberValues::keep)
                series.members.insert(series.members.end(), sample.begin(), sample.end());
        }
        out_.push_back(std::move(series));
    }

    void add_emissions(std::string_view region, std::span<const std::size_t> countries) {
        for (const EmissionVariable& variable : emission_variables()) {
            add(region, countries, std::string(emissions) + std::string(variable.suffix), megatonnes,
                [&](std::size_t country, std::size_t year, std::size_t member) {
                    double sum = 0.0;
                    for (const Sector sector : variable.sectors) {
                        sum += results_.sector_t[results_.sector_at(country, sector, year, member)];
                    }
                    for (const RemainderPart part : variable.parts) {
                        sum += results_.remainder_t[results_.remainder_at(country, part, year, member)];
                    }
                    return sum / tonnes_per_megatonne;
                });
        }
        add(region, countries, "Land Use Emissions|Kyoto Gases", megatonnes,
            [&](std::size_t country, std::size_t year, std::size_t member) {
                return results_.lulucf_t[results_.country_year(country, year, member)] / tonnes_per_megatonne;
            });
    }

    void add_economy(std::string_view region, std::span<const std::size_t> countries) {
        add(region, countries, "Population", "million",
            [&](std::size_t country, std::size_t year, std::size_t) {
                return people_at_start_[country] *
                       by_year_value(built_.world.countries[country].population_factor, results_.calendar,
                                     year) /
                       million;
            });
        out_.back().kind = SeriesKind::mean_only;
        constexpr double millions_per_billion = 1000.0;
        add(region, countries, "GDP|PPP", gdp_unit,
            [&](std::size_t country, std::size_t year, std::size_t member) {
                return results_.gdp_musd[results_.country_year(country, year, member)] / millions_per_billion;
            });
    }

    void add_technology(std::string_view region, std::span<const std::size_t> countries) {
        for (std::size_t technology = 0; technology < results_.technologies; ++technology) {
            const sim::Technology& t = built_.world.technologies[technology];
            add(region, countries, "Technology Stock|" + t.id, t.unit,
                [&](std::size_t country, std::size_t year, std::size_t member) {
                    return results_.stock_units[results_.stock_at(technology, country, year, member)];
                });
            add_additions(region, countries, technology);
        }
    }

    void add_additions(std::string_view region, std::span<const std::size_t> countries,
                       std::size_t technology);
    void add_goals(std::string_view region, std::span<const std::size_t> countries);
    void add_credits(std::string_view region, std::span<const std::size_t> countries);
    void add_commitment(std::string_view region, std::span<const std::size_t> countries);
    void add_national_only(std::string_view region, std::span<const std::size_t> country);
    void add_money(std::string_view region);

    std::vector<PathwaySeries> take() { return std::move(out_); }

 private:
    const scenarios::BuiltWorld& built_;
    const sim::RunResults& results_;
    MemberValues keep_;
    std::size_t members_;
    std::vector<double> people_at_start_;
    std::vector<ServedGoal> goals_;
    Summarizer summarizer_;
    std::vector<PathwaySeries> out_;
};

/// Who caused the units that entered use: the adoption side of the ledger.
void NationalSeries::add_additions(std::string_view region, std::span<const std::size_t> countries,
                                   std::size_t technology) {
    constexpr std::array<std::string_view, sim::sales_cause_count> causes = {
        "Own Propensity", "Imitation", "Other Places", "Credit Projects"};
    const sim::Technology& t = built_.world.technologies[technology];
    const std::string variable = "Technology Additions|" + t.id;
    const std::string unit = t.unit + "/yr";
    const auto added = [&](std::size_t country, std::size_t cause, std::size_t year, std::size_t member) {
        return results_.added_units[results_.added_at(technology, country,
                                                      static_cast<sim::SalesCause>(cause), year, member)];
    };
    add(region, countries, variable, unit, [&](std::size_t country, std::size_t year, std::size_t member) {
        double sum = 0.0;
        for (std::size_t cause = 0; cause < causes.size(); ++cause)
            sum += added(country, cause, year, member);
        return sum;
    });
    for (std::size_t cause = 0; cause < causes.size(); ++cause) {
        add(region, countries, variable + "|" + std::string(causes[cause]), unit,
            [&, cause](std::size_t country, std::size_t year, std::size_t member) {
                return added(country, cause, year, member);
            });
    }
}

/// Co-benefits: people served, by Sustainable Development Goal.
void NationalSeries::add_goals(std::string_view region, std::span<const std::size_t> countries) {
    for (const ServedGoal& served : goals_) {
        add(region, countries, "SDG|" + std::to_string(served.goal) + "|People Served", "million",
            [&](std::size_t country, std::size_t year, std::size_t member) {
                return served.at(country, year, member) / million;
            });
    }
}

void NationalSeries::add_commitment(std::string_view region, std::span<const std::size_t> countries) {
    std::vector<char> counted(results_.countries, 0);
    for (const std::size_t country : countries) {
        counted[country] = 1;
    }
    double places = 0.0;
    double people = 0.0;
    for (const sim::PlaceInputs& place : built_.world.places) {
        if (counted[place.country] == 0) {
            continue;
        }
        places += 1.0;
        people += place.population;
    }
    std::vector<double> committed_places(results_.years * members_, 0.0);
    std::vector<double> committed_people(results_.years * members_, 0.0);
    for (const std::size_t country : countries) {
        for (std::size_t year = 0; year < results_.years; ++year) {
            for (std::size_t member = 0; member < members_; ++member) {
                const std::size_t from = results_.country_year(country, year, member);
                committed_places[year * members_ + member] += results_.committed_places[from];
                committed_people[year * members_ + member] += results_.committed_people[from];
            }
        }
    }
    const std::vector<std::size_t> once = {0};
    const auto add_share = [&](const char* variable, const std::vector<double>& part, double whole) {
        add(region, once, variable, "%", [&](std::size_t, std::size_t year, std::size_t member) {
            return whole > 0.0 ? percent * part[year * members_ + member] / whole : 0.0;
        });
    };
    add_share("Commitment|Share of Places", committed_places, places);
    add_share("Commitment|Share of Population", committed_people, people);
}

void NationalSeries::add_national_only(std::string_view region, std::span<const std::size_t> country) {
    add(region, country, "Carbon Intensity|Electricity", "g CO2-equiv/kWh",
        [&](std::size_t c, std::size_t year, std::size_t member) {
            return results_.emission_factor[results_.country_year(c, year, member)];
        });
    if (built_.world.countries[country[0]].fiscal_year_start_month != 1) {
        add(region, country, "Emissions by Fiscal Year|Kyoto Gases", megatonnes,
            [&](std::size_t c, std::size_t year, std::size_t member) {
                return results_.fiscal_total_t[results_.country_year(c, year, member)] / tonnes_per_megatonne;
            });
    }
}

void NationalSeries::add_credits(std::string_view region, std::span<const std::size_t> countries) {
    const sim::CreditResults& credits = results_.credits;
    if (credits.empty()) return;
    const auto moved = [&](const std::vector<sim::Tonnes>& by, std::size_t country, std::size_t year,
                           std::size_t member) {
        return static_cast<double>(by[credits.party_year(country, year, member)]);
    };
    add(region, countries, "Emissions Balance|Kyoto Gases", megatonnes,
        [&](std::size_t country, std::size_t year, std::size_t member) {
            return (results_.national_total_t(country, year, member) +
                    moved(credits.first_transferred, country, year, member) -
                    moved(credits.used, country, year, member)) /
                   tonnes_per_megatonne;
        });
    add(region, countries, "Credits|First Transferred", megatonnes,
        [&](std::size_t country, std::size_t year, std::size_t member) {
            return moved(credits.first_transferred, country, year, member) / tonnes_per_megatonne;
        });
    add(region, countries, "Credits|Used", megatonnes,
        [&](std::size_t country, std::size_t year, std::size_t member) {
            return moved(credits.used, country, year, member) / tonnes_per_megatonne;
        });
    if (region == all_countries_region) {
        const std::vector<std::size_t> once = {0};
        const auto of_projects = [&](const std::vector<double>& tonnes, std::size_t year,
                                     std::size_t member) {
            return tonnes[year * members_ + member] / tonnes_per_megatonne;
        };
        add(region, once, "Credit Projects|Monitored Reduction", megatonnes,
            [&](std::size_t, std::size_t year, std::size_t member) {
                return of_projects(credits.monitored_t, year, member);
            });
        add(region, once, "Credit Projects|Monitored Reduction|Not Credited", megatonnes,
            [&](std::size_t, std::size_t year, std::size_t member) {
                return of_projects(credits.uncredited_t, year, member);
            });
    }
    if (countries.size() != 1 || countries[0] != credits.buyer.value) return;
    add(region, countries, "Credits|Acquired|Cumulative", "Mt CO2-equiv",
        [&](std::size_t, std::size_t year, std::size_t member) {
            return static_cast<double>(credits.supply[year * members_ + member]) / tonnes_per_megatonne;
        });
}

void NationalSeries::add_money(std::string_view region) {
    const std::vector<std::size_t> once = {0};
    const auto cell = [&](std::size_t year, std::size_t member) { return year * members_ + member; };
    const std::size_t block = results_.years * members_;
    const auto projects = [&](std::size_t, std::size_t year, std::size_t member) {
        double sum = 0.0;
        for (std::size_t p = 0; p < built_.world.programmes.size(); ++p) {
            sum += results_.spent_jpy[p * block + cell(year, member)];
        }
        return sum / million;
    };
    const auto credits = [&](std::size_t, std::size_t year, std::size_t member) {
        return results_.credit_spent_jpy.empty() ? 0.0
                                                 : results_.credit_spent_jpy[cell(year, member)] / million;
    };
    const auto schemes = [&](std::size_t, std::size_t year, std::size_t member) {
        double sum = 0.0;
        for (std::size_t s = 0; s < built_.world.price_schemes.size(); ++s) {
            sum += results_.scheme_spent_jpy[s * block + cell(year, member)];
        }
        return sum / million;
    };
    const auto leases = [&](std::size_t, std::size_t year, std::size_t member) {
        return results_.lease_spent_jpy.empty() ? 0.0
                                                : results_.lease_spent_jpy[cell(year, member)] / million;
    };
    constexpr std::string_view unit = "million JPY/yr";
    add(region, once, "Public Support", unit, [&](std::size_t c, std::size_t year, std::size_t member) {
        return projects(c, year, member) + credits(c, year, member) + leases(c, year, member) +
               schemes(c, year, member);
    });
    add(region, once, "Public Support|Partnership Projects", unit, projects);
    add(region, once, "Public Support|Credit Projects", unit, credits);
    add(region, once, "Public Support|Leases", unit, leases);
    add(region, once, "Public Support|Price Schemes", unit, schemes);
    add(region, once, "Credit Projects|Annual Reduction Started", megatonnes,
        [&](std::size_t, std::size_t year, std::size_t member) {
            return results_.credit_units_t.empty()
                       ? 0.0
                       : results_.credit_units_t[cell(year, member)] / tonnes_per_megatonne;
        });
}

}  // namespace

std::vector<PathwaySeries> build_national_series(const scenarios::BuiltWorld& built,
                                                 const sim::RunResults& results, MemberValues keep,
                                                 std::span<const CountrySet> sets) {
    NationalSeries series(built, results, keep);
    const auto add_region = [&](std::string_view region, std::span<const std::size_t> countries) {
        series.add_emissions(region, countries);
        series.add_economy(region, countries);
        series.add_credits(region, countries);
        series.add_commitment(region, countries);
        series.add_technology(region, countries);
        series.add_goals(region, countries);
    };
    std::vector<std::size_t> all;
    for (std::size_t country = 0; country < results.countries; ++country) {
        all.push_back(country);
    }
    add_region(all_countries_region, all);
    series.add_money(all_countries_region);
    for (const CountrySet& set : sets) {
        add_region(set.region, set.countries);
    }
    for (std::size_t country = 0; country < results.countries; ++country) {
        const std::span<const std::size_t> one(&all[country], 1);
        const std::string& region = built.country_names[country];
        series.add_emissions(region, one);
        series.add_economy(region, one);
        series.add_national_only(region, one);
        series.add_credits(region, one);
        series.add_commitment(region, one);
        series.add_technology(region, one);
        series.add_goals(region, one);
    }
    return series.take();
}

}  // namespace domino::viz
