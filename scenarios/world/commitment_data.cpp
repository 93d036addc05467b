#include "scenarios/world/commitment_data.h"

#include <algorithm>

#include "geo/portable_math.h"

namespace domino::scenarios {

namespace {

constexpr double prefectures_and_cities = 47.0 + 792.0;

/// The month whose end lies nearest to a date "2021-01-13": up to the 15th the month before.
sim::Month nearest_month_end(const std::string& date, sim::Month month) {
    if (date.size() < 10) return month;
    const int day = (date[8] - '0') * 10 + (date[9] - '0');
    return day <= 15 ? sim::Month{month.value - 1} : month;
}

}  // namespace

std::vector<DeclarationCount> read_declaration_counts(Pack& pack) {
    std::vector<DeclarationCount> counts;
    const auto table =
        pack.read_optional("zero_carbon_city_counts", {"as_of_date", "n_prefectures", "n_cities", "source"});
    if (!table) return counts;
    const Rows rows(*table);
    std::map<sim::Month, DeclarationCount> by_month;
    for (std::size_t i = 0; i < rows.size(); ++i) {
        const std::string date = rows.text(i, "as_of_date");
        const auto month = parse_pack_month(date, rows.where(i, "as_of_date"));
        const auto prefectures = rows.number(i, "n_prefectures"), cities = rows.number(i, "n_cities");
        if (!month || !prefectures || !cities || *prefectures + *cities < 10.0) continue;
        const sim::Month counted = nearest_month_end(date, *month);
        by_month[counted] = {counted, (*prefectures + *cities) / prefectures_and_cities, false,
                             rows.text(i, "source")};
    }
    for (const auto& [month, count] : by_month) counts.push_back(count);
    if (!counts.empty()) counts.front().solved_for = counts.back().solved_for = true;
    return counts;
}

void fill_commitment(const Scenario& scenario, const std::vector<DeclarationCount>& counts,
                     const Parameters& parameters, sim::World& world) {
    for (auto& country : world.countries) {
        const bool japan = country.iso3 == "JPN";
        auto& trend = country.commitment;
        trend.log_hazard_forecast =
            japan ? parameters.prior("a_japan_after", sim::normal(portable::log(0.15), 0.3))
                  : parameters.prior("a_other", sim::normal(portable::log(0.03), 0.7));
        if (japan && scenario.model.block_shocks == OnOff::on) {
            trend.block_rate = parameters.prior("block_rate_japan", sim::log_uniform(0.05, 0.4));
        }
        if (!japan || scenario.commitment.calibration == OnOff::off) continue;
        for (const auto& count : counts) {
            if (count.solved_for && count.month >= world.calendar.first &&
                count.month < world.calendar.end()) {
                trend.observed.push_back({count.month, count.share});
            }
        }
    }
}

std::optional<std::uint32_t> find_actor(const geo::PlaceTable& table,
                                        const std::map<std::string, std::string>& authority,
                                        const std::string& place_id, const std::string& admin1_id) {
    std::string id = place_id;
    if (id.empty()) {
        const auto found = authority.find(admin1_id);
        if (found == authority.end()) return std::nullopt;
        id = found->second;
    }
    const auto found = std::lower_bound(
        table.places.begin(), table.places.end(), id,
        [](const geo::Place& place, const std::string& wanted) { return place.id < wanted; });
    if (found == table.places.end() || found->id != id) return std::nullopt;
    return static_cast<std::uint32_t>(found - table.places.begin());
}

void fill_observed_commitments(Pack& pack, const geo::PlaceTable& table,
                               const std::map<std::string, std::string>& authority, sim::World& world) {
    const auto csv =
        pack.read_optional("observed_commitments", {"place_id", "admin1_id", "actor_type", "date", "status"});
    if (!csv) return;
    const Rows rows(*csv);
    for (std::size_t i = 0; i < rows.size(); ++i) {
        const auto date = parse_pack_month(rows.text(i, "date"), rows.where(i, "date"));
        if (!date || *date >= world.calendar.first) continue;
        const std::string status = rows.text(i, "status");
        if (status.find("ropos") != std::string::npos || status.find("discussion") != std::string::npos)
            continue;
        const bool city = rows.text(i, "actor_type") == "City";
        const std::string place_id = rows.text(i, "place_id");
        if (city && place_id.empty()) continue;
        const auto actor = find_actor(table, authority, city ? place_id : "", rows.text(i, "admin1_id"));
        if (!actor) continue;
        auto& since = world.places[*actor].committed_since;
        since = since ? std::min(*since, *date) : *date;
    }
}

}  // namespace domino::scenarios
