#include "scenarios/world/technology_tags.h"

#include <algorithm>

namespace domino::scenarios {

std::map<std::string, TechnologyTags> read_technology_tags(Pack& pack) {
    std::map<std::string, TechnologyTags> tags;
    const auto technologies = pack.read("technologies", {"tech_id"});
    const Rows rows(technologies);
    for (std::size_t i = 0; i < rows.size(); ++i) {
        TechnologyTags& tag = tags[rows.text(i, "tech_id")];
        tag.sectors = split_list(rows.text(i, "guidebook_sector"), ';');
        tag.energy_co2 = rows.text(i, "energy_co2") != "0";
    }
    if (const auto benefits = pack.read_optional("co_benefits", {"tech_id", "sdg", "serves"})) {
        const Rows goals(*benefits);
        for (std::size_t i = 0; i < goals.size(); ++i) {
            if (goals.text(i, "serves") == "0") continue;
            tags[goals.text(i, "tech_id")].goals.insert(static_cast<int>(goals.required_number(i, "sdg")));
        }
    }
    return tags;
}

std::vector<std::string> read_guidebook_sectors(Pack& pack,
                                                const std::map<std::string, TechnologyTags>& tags) {
    std::vector<std::string> sectors;
    if (const auto table = pack.read_optional("guidebook_sectors", {"sector"})) {
        const Rows rows(*table);
        for (std::size_t i = 0; i < rows.size(); ++i) sectors.push_back(rows.text(i, "sector"));
        return sectors;
    }
    std::set<std::string> of_technologies;
    for (const auto& [id, tag] : tags) of_technologies.insert(tag.sectors.begin(), tag.sectors.end());
    return {of_technologies.begin(), of_technologies.end()};
}

std::vector<StocktakeLevel> read_stocktake_levels(Pack& pack) {
    std::vector<StocktakeLevel> levels;
    const auto table = pack.read_optional("stocktake_levels", {"year", "reduction", "base_year", "source"});
    if (!table) return levels;
    const Rows rows(*table);
    for (std::size_t i = 0; i < rows.size(); ++i) {
        levels.push_back({rows.required_year(i, "year"), rows.required_number(i, "reduction"),
                          rows.required_year(i, "base_year"), rows.text(i, "source")});
    }
    std::sort(levels.begin(), levels.end(), [](const auto& a, const auto& b) { return a.year < b.year; });
    return levels;
}

bool serves_waste_or_water(const TechnologyTags& tags) {
    constexpr int clean_water_and_sanitation = 6;
    return tags.goals.contains(clean_water_and_sanitation) ||
           std::find(tags.sectors.begin(), tags.sectors.end(), "Waste treatment and disposal") !=
               tags.sectors.end();
}

}  // namespace domino::scenarios
