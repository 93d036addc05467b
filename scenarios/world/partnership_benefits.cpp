#include "scenarios/world/partnership_benefits.h"

#include <algorithm>
#include <map>
#include <set>
#include <tuple>

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace domino::scenarios {

namespace {

Beneficiary beneficiary_of(const Rows& rows, std::size_t row) {
    const std::string text = rows.text(row, "beneficiary");
    if (text == "partner_city") return Beneficiary::partner_city;
    if (text == "local_company") return Beneficiary::local_company;
    throw geo::ProblemError(geo::Problem{rows.where(row, "beneficiary"),
                                         fmt::format("\"{}\" is nobody a benefit can reach", text), "",
                                         "write partner_city or local_company"});
}

BenefitMeasure measure_of(const Rows& rows, std::size_t row) {
    const std::string text = rows.text(row, "measure");
    const auto found = std::find(benefit_measure_ids.begin(), benefit_measure_ids.end(), text);
    if (found == benefit_measure_ids.end()) {
        throw geo::ProblemError(
            geo::Problem{rows.where(row, "measure"), fmt::format("no run tells of \"{}\"", text), "",
                         fmt::format("write one of {}", fmt::join(benefit_measure_ids, ", "))});
    }
    return static_cast<BenefitMeasure>(found - benefit_measure_ids.begin());
}

/// Technology ids by benefit.
std::map<std::string, std::set<std::string>> read_vectors(Pack& pack) {
    std::map<std::string, std::set<std::string>> vectors;
    const auto table = pack.read_optional("benefit_technologies", {"benefit_id", "tech_id"});
    if (!table) return vectors;
    const Rows rows(*table);
    for (std::size_t i = 0; i < rows.size(); ++i)
        vectors[rows.text(i, "benefit_id")].insert(rows.text(i, "tech_id"));
    return vectors;
}

}  // namespace

std::vector<PartnershipBenefit> read_partnership_benefits(Pack& pack,
                                                          const std::vector<std::string>& technology_ids) {
    const auto table = pack.read_optional("partnership_benefits", {"benefit_id", "guidebook_table", "number",
                                                                   "beneficiary", "benefit", "measure"});
    if (!table) return {};
    const auto vectors = read_vectors(pack);
    const Rows rows(*table);
    std::vector<std::tuple<double, double, PartnershipBenefit>> in_order;
    for (std::size_t i = 0; i < rows.size(); ++i) {
        PartnershipBenefit benefit{rows.text(i, "benefit_id"),
                                   beneficiary_of(rows, i),
                                   rows.text(i, "benefit"),
                                   measure_of(rows, i),
                                   {},
                                   rows.text(i, "source")};
        const auto vector = vectors.find(benefit.id);
        for (std::size_t k = 0; vector != vectors.end() && k < technology_ids.size(); ++k)
            if (vector->second.contains(technology_ids[k])) benefit.technologies.push_back(k);
        in_order.emplace_back(rows.required_number(i, "guidebook_table"), rows.required_number(i, "number"),
                              std::move(benefit));
    }
    std::stable_sort(in_order.begin(), in_order.end(), [](const auto& a, const auto& b) {
        return std::tie(std::get<0>(a), std::get<1>(a)) < std::tie(std::get<0>(b), std::get<1>(b));
    });
    std::vector<PartnershipBenefit> benefits;
    for (auto& [guidebook_table, number, benefit] : in_order) benefits.push_back(std::move(benefit));
    return benefits;
}

}  // namespace domino::scenarios
