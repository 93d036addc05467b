#include "viz/score_files.h"

#include <array>

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <nlohmann/json.hpp>

#include "scenarios/month_text.h"
#include "viz/checked_file.h"
#include "viz/csv_writer.h"

namespace domino::viz {
namespace {

using Json = nlohmann::ordered_json;
using namespace scenarios;

template <class Enum>
std::string word(Enum value) {
    return std::string(choices_of(Enum{})[static_cast<std::size_t>(value)]);
}

Json or_null(const std::optional<double>& value) {
    return value ? Json(*value) : Json(nullptr);
}

Json json_of(const PointRange& points) {
    return {{"low", points.low}, {"high", points.high}};
}

Json json_of(const std::vector<RuleCheck>& checks) {
    Json list = Json::array();
    for (const RuleCheck& c : checks) {
        Json entry = {{"id", c.id},         {"rule", c.rule},         {"verdict", word(c.verdict)},
                      {"reason", c.reason}, {"evidence", c.evidence}, {"source", c.source}};
        if (c.amount) entry["amount"] = *c.amount;
        if (c.limit) entry["limit"] = *c.limit;
        if (c.amount || c.limit) entry["unit"] = c.unit;
        list.push_back(std::move(entry));
    }
    return list;
}

Json json_of(const Actor& actor) {
    return {{"id", actor.id}, {"name", actor.name}, {"country", actor.iso3}, {"region", actor.unit}};
}

Json json_of(const ScoreRow& row) {
    return {{"item", row.item},     {"criterion", row.criterion},    {"domino", row.domino},
            {"most", row.most},     {"points", json_of(row.points)}, {"from", word(row.from)},
            {"reason", row.reason}, {"evidence", row.evidence},      {"undefined", row.undefined},
            {"source", row.source}};
}

Json json_of(const ReductionEstimate& r) {
    Json cost = Json::object(), technologies = Json::array();
    const auto words = choices_of(LifetimeConvention{});
    for (std::size_t k = 0; k < convention_count; ++k)
        cost[std::string(words[k])] = or_null(r.cost_jpy_per_t[k]);
    for (const TechnologyReduction& one : r.technologies) {
        Json years = Json::object();
        for (std::size_t k = 0; k < convention_count; ++k)
            years[std::string(words[k])] = or_null(one.years[k]);
        technologies.push_back({{"technology", one.technology},
                                {"name", one.name},
                                {"tonnes_per_year_t_co2e", one.tonnes_per_year},
                                {"formula", one.formula},
                                {"capital_cost_jpy", or_null(one.capital_cost_jpy)},
                                {"subsidy_jpy", or_null(one.subsidy_jpy)},
                                {"years", std::move(years)},
                                {"evidence", one.evidence}});
    }
    return {{"tonnes_per_year_t_co2e", or_null(r.tonnes_per_year)},
            {"formula", r.formula},
            {"subsidy_jpy", or_null(r.subsidy_jpy)},
            {"cost_jpy_per_t_co2e", std::move(cost)},
            {"cost_formula", r.cost_formula},
            {"cost_missing", r.cost_missing},
            {"technologies", std::move(technologies)}};
}

Json json_of(const MonthlyShare& s) {
    return {{"what", s.what},
            {"month", format_month(s.month)},
            {"with", s.share.with},
            {"with_p05", s.share.with_low},
            {"with_p95", s.share.with_high},
            {"without", s.share.without},
            {"difference", s.share.difference},
            {"difference_p05", s.share.difference_low},
            {"difference_p95", s.share.difference_high}};
}

Json json_of(const PairedMean& m) {
    return {{"what", m.what}, {"year", m.year}, {"with", m.with}, {"without", m.without}};
}

template <class Item>
Json list_of(const std::vector<Item>& items) {
    Json list = Json::array();
    for (const Item& item : items) list.push_back(json_of(item));
    return list;
}

Json json_of(const Likelihood& l) {
    return {{"scenario", l.scenario},
            {"members", l.members},
            {"seed", l.seed},
            {"countries", l.countries},
            {"place", l.place},
            {"declared", list_of(l.declared)},
            {"stages", list_of(l.stages)},
            {"capacity", list_of(l.capacity)},
            {"adoption", list_of(l.adoption)},
            {"conventions", l.conventions}};
}

}  // namespace

std::string score_json(const ScoreCard& card) {
    const Proposal& p = card.proposal;
    Json root;
    root["title"] = p.title;
    root["kind"] = word(p.kind);
    root["fiscal_year"] = p.fiscal_year;
    root["phase"] = p.phase;
    root["year_of_phase"] = p.year_of_phase;
    root["japanese_municipality"] = json_of(card.partnership.japan);
    root["partner"] = json_of(card.partnership.partner);
    root["eligible"] = word(card.eligible());
    root["eligibility"] = json_of(card.eligibility);
    root["scope"] = json_of(card.scope);
    root["documents"] = json_of(card.documents);
    root["costs"] = json_of(card.costs);
    root["reductions"] = json_of(card.reductions);
    root["likelihood"] = card.likelihood ? json_of(*card.likelihood) : Json(nullptr);
    root["scores"] = list_of(card.rows);
    root["total"] = json_of(card.total());
    root["most"] = card.most;
    return root.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

void write_score(const ScoreCard& card, const std::filesystem::path& dir) {
    write_file(dir / "score.json", score_json(card));
    const std::array<std::string, 10> header = {"item",      "criterion",   "points_low", "points_high",
                                                "most",      "points_from", "reason",     "evidence",
                                                "undefined", "source"};
    CsvWriter csv(dir / "score.csv", header);
    for (const ScoreRow& row : card.rows) {
        csv.text(row.item)
            .text(row.criterion)
            .number(row.points.low)
            .number(row.points.high)
            .number(row.most);
        csv.text(word(row.from)).text(row.reason).text(fmt::format("{}", fmt::join(row.evidence, "; ")));
        csv.text(row.undefined).text(row.source);
        csv.end_row();
    }
    csv.close();
}

}  // namespace domino::viz
