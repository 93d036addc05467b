#include "viz/benefits.h"
#include "viz/tonnes.h"

#include <algorithm>
#include <functional>
#include <span>
#include <string>

#include "sim/support_funding.h"

namespace domino::viz {

namespace {

using scenarios::BenefitMeasure;

constexpr double grown_share = 0.05;  // the convention of the stage "implementing"

bool is_partnership(const scenarios::Link& link) {
    return link.layer == "collaboration";
}

/// Counts one benefit after the other over the same places and projects.
class BenefitCounter {
 public:
    BenefitCounter(const scenarios::BuiltWorld& built, const sim::RunResults& results)
        : built_(built),
          results_(results),
          members_(static_cast<std::size_t>(results.members)),
          places_(partner_places(built)),
          funded_(sim::funded_months(built.world)) {}

    bool has_partners() const { return !places_.empty(); }

    DeliveredBenefit count(const scenarios::PartnershipBenefit& benefit) const {
        DeliveredBenefit out{&benefit, "places", SeriesKind::summary, results_.years, members_, {}};
        out.value.assign(results_.countries * results_.years * members_, 0.0);
        switch (benefit.measure) {
            case BenefitMeasure::implementing_places:
                count_reached(sim::Stage::implementing, out);
                break;
            case BenefitMeasure::enabled_places:
                count_reached(sim::Stage::enabled, out);
                break;
            case BenefitMeasure::committed_places:
                count_reached(sim::Stage::committed, out);
                break;
            case BenefitMeasure::studied_places:
                count_funded(out, [](const auto& channels) { return channels.feasibility > 0.0; });
                break;
            case BenefitMeasure::trained_places:
                count_funded(out, [](const auto& channels) { return channels.capacity_building > 0.0; });
                break;
            case BenefitMeasure::supported_places:
                count_funded(out, [](const auto&) { return true; });
                break;
            case BenefitMeasure::tied_places:
                count_tied(out);
                break;
            case BenefitMeasure::adopting_places:
                count_adopting(benefit, out);
                break;
            case BenefitMeasure::supported_equipment:
                add_equipment(benefit, out);
                break;
            case BenefitMeasure::credited_reduction:
                add_credited(out);
                break;
        }
        return out;
    }

 private:
    double& cell(DeliveredBenefit& out, std::size_t country, std::size_t year, std::size_t member) const {
        return out.value[(country * results_.years + year) * members_ + member];
    }

    void count_reached(sim::Stage stage, DeliveredBenefit& out) const {
        if (results_.stage_step.empty()) return count_reached_on_average(stage, out);
        for (const std::uint32_t place : places_) {
            for (std::size_t m = 0; m < members_; ++m) {
                const std::uint16_t step = results_.stage_step[results_.stage_at(stage, place, m)];
                if (step == sim::never_step) continue;
                const int first = std::max(0, year_offset(results_.calendar, step));
                for (auto y = static_cast<std::size_t>(first); y < results_.years; ++y)
                    cell(out, built_.world.places[place].country, y, m) += 1.0;
            }
        }
    }

    /// Where a run keeps how many members reached a stage, not which.
    void count_reached_on_average(sim::Stage stage, DeliveredBenefit& out) const {
        out.kind = SeriesKind::mean_only;
        const std::vector<std::uint32_t> reached = count_stage(results_, stage);
        for (const std::uint32_t place : places_) {
            for (std::size_t y = 0; y < results_.years; ++y) {
                const double share = reached[place * results_.years + y] / static_cast<double>(members_);
                for (std::size_t m = 0; m < members_; ++m)
                    cell(out, built_.world.places[place].country, y, m) += share;
            }
        }
    }

    /// Counts the places of which @p counts holds in a year, the same for all members.
    void count_places(DeliveredBenefit& out,
                      const std::function<bool(std::uint32_t place, std::size_t year)>& counts) const {
        out.kind = SeriesKind::mean_only;
        for (const std::uint32_t place : places_) {
            for (std::size_t y = 0; y < results_.years; ++y) {
                if (!counts(place, y)) continue;
                for (std::size_t m = 0; m < members_; ++m)
                    cell(out, built_.world.places[place].country, y, m) += 1.0;
            }
        }
    }

    void count_funded(DeliveredBenefit& out,
                      const std::function<bool(const sim::SupportChannels&)>& carries) const {
        const sim::World& world = built_.world;
        const auto touched = static_cast<std::size_t>(world.calendar.touched_years());
        const auto skipped =
            static_cast<std::size_t>(world.calendar.first_year() - world.calendar.first.year());
        std::vector<char> funded(world.places.size() * results_.years, 0);
        for (std::size_t w = 0; w < world.support.size(); ++w) {
            const sim::SupportWindow& window = world.support[w];
            if (window.kind != sim::SupportKind::partnership || !carries(window.channels)) continue;
            for (std::size_t y = 0; y < results_.years; ++y)
                if (funded_[w * touched + y + skipped] != 0) funded[window.place * results_.years + y] = 1;
        }
        count_places(out, [&](std::uint32_t place, std::size_t year) {
            return funded[place * results_.years + year] != 0;
        });
    }

    void count_tied(DeliveredBenefit& out) const {
        count_places(out, [&](std::uint32_t place, std::size_t year) {
            const int calendar_year = results_.calendar.first_year() + static_cast<int>(year);
            return std::any_of(built_.links.begin(), built_.links.end(), [&](const auto& link) {
                return link.b == place && is_partnership(link) &&
                       link.from < sim::make_month(calendar_year + 1, 1) &&
                       sim::make_month(calendar_year, 1) < link.to;
            });
        });
    }

    void count_adopting(const scenarios::PartnershipBenefit& benefit, DeliveredBenefit& out) const {
        const auto share = [&](std::size_t technology, std::uint32_t place, std::size_t year) {
            return results_.adoption_mean[(technology * results_.places + place) * results_.years + year];
        };
        count_places(out, [&](std::uint32_t place, std::size_t year) {
            return std::any_of(
                benefit.technologies.begin(), benefit.technologies.end(), [&](std::size_t technology) {
                    return share(technology, place, year) - share(technology, place, 0) > grown_share;
                });
        });
    }

    void add_equipment(const scenarios::PartnershipBenefit& benefit, DeliveredBenefit& out) const {
        out.unit = "Mt CO2-equiv/yr";
        for (const std::size_t technology : benefit.technologies) {
            for (std::size_t c = 0; c < results_.countries; ++c) {
                const double t_per_unit =
                    built_.world.technologies[technology].countries[c].jcm_t_per_unit_year;
                for (std::size_t m = 0; m < members_; ++m) {
                    double units = 0.0;
                    for (std::size_t y = 0; y < results_.years; ++y) {
                        units += results_.added_units[results_.added_at(
                            technology, c, sim::SalesCause::credit_projects, y, m)];
                        cell(out, c, y, m) += units * t_per_unit / tonnes_per_megatonne;
                    }
                }
            }
        }
    }

    void add_credited(DeliveredBenefit& out) const {
        out.unit = "Mt CO2-equiv/yr";
        const sim::CreditResults& credits = results_.credits;
        for (std::size_t row = 0; row < credits.flows.size(); ++row) {
            const sim::CreditFlow& flow = credits.flows[row];
            const int year = flow.vintage - results_.calendar.first_year();
            if (flow.verb != sim::CreditVerb::issuance || flow.host.value >= results_.countries || year < 0 ||
                year >= static_cast<int>(results_.years))
                continue;
            for (std::size_t m = 0; m < members_; ++m)
                cell(out, flow.host.value, static_cast<std::size_t>(year), m) +=
                    static_cast<double>(credits.tonnes[row * members_ + m]) / tonnes_per_megatonne;
        }
    }

    const scenarios::BuiltWorld& built_;
    const sim::RunResults& results_;
    std::size_t members_;
    std::vector<std::uint32_t> places_;
    std::vector<std::uint16_t> funded_;
};

PathwaySeries series_of(const DeliveredBenefit& delivered, const std::string& region,
                        std::span<const std::size_t> countries, MemberValues keep) {
    const bool city = delivered.benefit->beneficiary == scenarios::Beneficiary::partner_city;
    PathwaySeries series{
        region,
        std::string("Benefit|") + (city ? "Partner City|" : "Local Company|") + delivered.benefit->label,
        std::string(delivered.unit),
        delivered.kind,
        {}};
    Summarizer summarizer;
    std::vector<double> sample(delivered.members);
    for (std::size_t year = 0; year < delivered.years; ++year) {
        for (std::size_t m = 0; m < sample.size(); ++m) {
            sample[m] = 0.0;
            for (const std::size_t c : countries) sample[m] += delivered.at(c, year, m);
        }
        series.years.push_back(summarizer.summarize(std::span<const double>(sample)));
        if (keep == MemberValues::keep)
            series.members.insert(series.members.end(), sample.begin(), sample.end());
    }
    return series;
}

}  // namespace

std::vector<double> DeliveredBenefit::all_countries(std::size_t year) const {
    std::vector<double> sum(members, 0.0);
    for (std::size_t c = 0; c * years * members < value.size(); ++c)
        for (std::size_t m = 0; m < members; ++m) sum[m] += at(c, year, m);
    return sum;
}

std::vector<std::uint32_t> partner_places(const scenarios::BuiltWorld& built) {
    std::vector<std::uint32_t> places;
    for (const scenarios::Link& link : built.links)
        if (is_partnership(link)) places.push_back(link.b);
    for (const sim::SupportWindow& window : built.world.support)
        if (window.kind == sim::SupportKind::partnership) places.push_back(window.place);
    std::sort(places.begin(), places.end());
    places.erase(std::unique(places.begin(), places.end()), places.end());
    return places;
}

std::vector<DeliveredBenefit> deliver_benefits(const scenarios::BuiltWorld& built,
                                               const sim::RunResults& results) {
    std::vector<DeliveredBenefit> out;
    if (built.benefits.empty()) return out;
    const BenefitCounter counter(built, results);
    if (!counter.has_partners()) return out;
    for (const auto& benefit : built.benefits) out.push_back(counter.count(benefit));
    return out;
}

std::vector<PathwaySeries> build_benefit_series(const scenarios::BuiltWorld& built,
                                                const sim::RunResults& results, MemberValues keep) {
    std::vector<PathwaySeries> out;
    std::vector<std::size_t> all(results.countries);
    for (std::size_t c = 0; c < all.size(); ++c) all[c] = c;
    std::vector<char> has_partner(results.countries, 0);
    for (const std::uint32_t place : partner_places(built))
        has_partner[built.world.places[place].country] = 1;
    const auto delivered = deliver_benefits(built, results);
    for (const DeliveredBenefit& one : delivered)
        out.push_back(series_of(one, std::string(all_countries_region), all, keep));
    for (std::size_t c = 0; c < results.countries; ++c) {
        if (has_partner[c] == 0) continue;
        for (const DeliveredBenefit& one : delivered)
            out.push_back(series_of(one, built.country_names[c], {&all[c], 1}, keep));
    }
    return out;
}

}  // namespace domino::viz
