#include <algorithm>
#include <sstream>

#include <fmt/format.h>

#include "scenarios/month_text.h"
#include "viz/number_text.h"
#include "viz/score_files.h"

namespace domino::viz {
namespace {

using namespace scenarios;

constexpr std::size_t page_width = 100;

/// Columns a UTF-8 text takes, one a code point.
std::size_t width_of(std::string_view text) {
    return static_cast<std::size_t>(std::count_if(
        text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; }));
}

std::string pad(std::string_view text, std::size_t width) {
    return std::string(text) + std::string(width - std::min(width, width_of(text)), ' ');
}

/// @p head, then @p text broken at blanks; further lines are indented by @p indent.
void append_wrapped(std::string& out, const std::string& head, std::string_view text, std::size_t indent) {
    std::string line = head;
    std::istringstream words{std::string(text)};
    std::string word;
    bool fresh = true;
    while (words >> word) {
        if (!fresh && width_of(line) + 1 + width_of(word) > page_width) {
            out += line + '\n';
            line = std::string(indent, ' ');
            fresh = true;
        }
        if (!fresh) line += ' ';
        line += word;
        fresh = false;
    }
    out += line + '\n';
}

std::string points_text(const PointRange& points) {
    return points.settled() ? number_text(points.low)
                            : fmt::format("{}–{}", number_text(points.low), number_text(points.high));
}

std::string_view verdict_text(Verdict verdict) {
    return choices_of(Verdict{})[static_cast<std::size_t>(verdict)];
}

void append_checks(std::string& out, std::string_view title, const std::vector<RuleCheck>& checks) {
    out += fmt::format("\n{}\n", title);
    int number = 0;
    for (const RuleCheck& check : checks) {
        append_wrapped(out, fmt::format("  {:>2}  {} ", ++number, pad(verdict_text(check.verdict), 8)),
                       check.rule, 15);
        append_wrapped(out, std::string(15, ' '), "→ " + check.reason, 17);
        for (const std::string& line : check.evidence)
            append_wrapped(out, std::string(15, ' '), "· " + line, 17);
    }
}

void append_documents(std::string& out, const std::vector<RuleCheck>& documents) {
    out += "\nDocuments\n";
    int number = 0;
    for (const RuleCheck& check : documents)
        append_wrapped(
            out,
            fmt::format("  {:>2}  {} ", ++number,
                        pad(check.verdict == Verdict::pass ? "present" : "missing", 8)),
            check.verdict == Verdict::pass ? check.rule : fmt::format("{} ({})", check.rule, check.reason),
            15);
}

void append_row(std::string& out, const ScoreRow& row) {
    const auto from = choices_of(PointsFrom{})[static_cast<std::size_t>(row.from)];
    append_wrapped(out,
                   fmt::format("  {} of {} {} ", pad(points_text(row.points), 6),
                               pad(number_text(row.most), 3), pad(from, 10)),
                   row.criterion, 24);
    append_wrapped(out, std::string(24, ' '), "→ " + row.reason, 26);
    for (const std::string& line : row.evidence) append_wrapped(out, std::string(24, ' '), "· " + line, 26);
    if (!row.undefined.empty())
        append_wrapped(out, std::string(24, ' '), "! the sheet leaves open: " + row.undefined, 26);
    append_wrapped(out, std::string(24, ' '), fmt::format("[{}]", row.source), 26);
}

}  // namespace

std::string score_text(const ScoreCard& card) {
    const Proposal& p = card.proposal;
    std::string out =
        fmt::format("{}\n{} – {} ({}), {} project, fiscal year {}, year {} of phase {}\n", p.title,
                    card.partnership.japan.name, card.partnership.partner.name, card.partnership.country_name,
                    choices_of(ProposalKind{})[static_cast<std::size_t>(p.kind)], p.fiscal_year,
                    p.year_of_phase, p.phase);
    append_checks(out, fmt::format("Eligibility: {}", verdict_text(card.eligible())), card.eligibility);
    append_checks(out, "Scope of the programme", card.scope);
    append_documents(out, card.documents);
    append_checks(out, "Costs", card.costs);
    out += "\nScore\n";
    for (const ScoreRow& row : card.rows) append_row(out, row);
    const PointRange total = card.total();
    out += fmt::format("\nTotal {} of {}", points_text(total), number_text(card.most));
    if (!total.settled())
        out += fmt::format(
            ": {} are settled, {} depend on a person's judgement, on facts left out, or on what "
            "the sheet leaves open",
            number_text(total.low), number_text(total.high - total.low));
    return out + "\n";
}

}  // namespace domino::viz
