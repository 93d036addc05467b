#include "scenarios/proposal/scoring_sheet.h"

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "geo/problem.h"
#include "scenarios/units.h"

namespace domino::scenarios {
namespace {

constexpr double sheet_total = 185.0;

/// Items in the order of the document; the pack orders its rows by name.
constexpr std::array<std::string_view, 14> sheet_order = {"overall",
                                                          "past_achievement",
                                                          "commitment",
                                                          "infrastructure",
                                                          "technology",
                                                          "multiple_benefits",
                                                          "cost",
                                                          "ghg",
                                                          "engineer_load",
                                                          "engineer_suitability",
                                                          "past_collaboration",
                                                          "environmental_management",
                                                          "work_life",
                                                          "targets"};

/// Items whose points follow from a quantity, and those whose points have names.
constexpr std::array<std::string_view, 5> with_bands = {"cost", "ghg", "engineer_load", "past_collaboration",
                                                        "environmental_management"};
constexpr std::array<std::string_view, 2> with_names = {"work_life", "targets"};

template <std::size_t N>
bool among(const std::array<std::string_view, N>& words, std::string_view word) {
    return std::find(words.begin(), words.end(), word) != words.end();
}

Criterion read_criterion(const Rows& rows, std::size_t i) {
    Criterion c;
    c.item = rows.text(i, "item");
    c.criterion = rows.text(i, "criterion");
    c.domino = rows.text(i, "domino");
    c.points_new = rows.number(i, "points_new").value_or(0.0);
    c.points_ongoing = rows.number(i, "points_ongoing").value_or(0.0);
    c.bands_text = rows.text(i, "bands");
    c.additional = split_list(rows.text(i, "additional"), ';');
    c.undefined = rows.text(i, "undefined");
    c.source = rows.text(i, "source");
    const auto damaged = [&](std::string_view form) {
        return geo::ProblemError(geo::Problem{
            rows.where(i, "bands"), fmt::format("\"{}\" is not {}", c.bands_text, form),
            "the points of " + c.item + " follow from it", "rebuild the pack with data/build/build.py"});
    };
    if (among(with_bands, c.item) && !(c.bands = ScoreBands::parse(c.bands_text)))
        throw damaged("a list of bands such as \"t/yr: 0 to 999: 0; 1000 and more: 1\"");
    if (among(with_names, c.item) && !(c.named = NamedPoints::parse(c.bands_text)))
        throw damaged("a list of points such as \"each: reduction target: 5\"");
    return c;
}

void check_sheet(const ScoringSheet& sheet, const std::string& file) {
    double total_new = 0.0, total_ongoing = 0.0;
    for (const Criterion& c : sheet.criteria) {
        total_new += c.points_new;
        total_ongoing += c.points_ongoing;
    }
    if (total_new == sheet_total && total_ongoing == sheet_total) return;
    throw geo::ProblemError(
        geo::Problem{file,
                     fmt::format("the sheet sums to {} points for new and {} for ongoing projects",
                                 format_number(total_new), format_number(total_ongoing)),
                     "both columns of the document sum to 185", "rebuild the pack with data/build/build.py"});
}

}  // namespace

const Criterion* ScoringSheet::find(std::string_view item) const {
    const auto found =
        std::find_if(criteria.begin(), criteria.end(), [&](const Criterion& c) { return c.item == item; });
    return found == criteria.end() ? nullptr : &*found;
}

const ProgrammeRule& ScoringSheet::rule(std::string_view id) const {
    const auto found =
        std::find_if(rules.begin(), rules.end(), [&](const ProgrammeRule& r) { return r.id == id; });
    if (found != rules.end()) return *found;
    throw geo::ProblemError(geo::Problem{"data/tables/c3p_rules.csv", fmt::format("there is no rule {}", id),
                                         "a proposal is held against it",
                                         "rebuild the pack with data/build/build.py"});
}

double ScoringSheet::figure(std::string_view id) const {
    const ProgrammeRule& found = rule(id);
    if (found.value) return *found.value;
    throw geo::ProblemError(geo::Problem{"data/tables/c3p_rules.csv",
                                         fmt::format("the rule {} has no figure", id), "",
                                         "rebuild the pack with data/build/build.py"});
}

std::vector<const ProgrammeRule*> ScoringSheet::rules_of(std::string_view kind) const {
    std::vector<const ProgrammeRule*> found;
    for (const ProgrammeRule& r : rules)
        if (r.kind == kind) found.push_back(&r);
    std::sort(found.begin(), found.end(), [](const auto* a, const auto* b) { return a->number < b->number; });
    return found;
}

ScoringSheet read_scoring_sheet(Pack& pack) {
    ScoringSheet sheet;
    const auto scoring = pack.read("c3p_scoring", {"item", "criterion", "points_new", "points_ongoing",
                                                   "bands", "additional", "undefined", "source"});
    const Rows rows(scoring);
    for (const std::string_view item : sheet_order) {
        std::size_t at = 0;
        while (at < rows.size() && rows.text(at, "item") != item) ++at;
        if (at == rows.size())
            throw geo::ProblemError(
                geo::Problem{scoring.source(), fmt::format("the item {} is missing", item),
                             "the sheet has 14 items", "rebuild the pack with data/build/build.py"});
        sheet.criteria.push_back(read_criterion(rows, at));
    }
    check_sheet(sheet, scoring.source());
    const auto rules =
        pack.read("c3p_rules", {"rule_id", "kind", "number", "rule", "value", "unit", "source"});
    const Rows lines(rules);
    for (std::size_t i = 0; i < lines.size(); ++i)
        sheet.rules.push_back({lines.text(i, "rule_id"), lines.text(i, "kind"), lines.text(i, "rule"),
                               lines.text(i, "unit"), lines.text(i, "source"),
                               static_cast<int>(lines.required_number(i, "number")),
                               lines.number(i, "value")});
    if (const auto sectors = pack.read_optional("guidebook_sectors", {"sector", "number"})) {
        const Rows words(*sectors);
        for (std::size_t i = 0; i < words.size(); ++i) sheet.sectors.push_back(words.text(i, "sector"));
    }
    return sheet;
}

}  // namespace domino::scenarios
