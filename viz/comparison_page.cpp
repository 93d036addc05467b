#include "viz/comparison_page.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <optional>
#include <span>

#include <fmt/format.h>

#include "viz/comparison_files.h"
#include "viz/comparison_map.h"
#include "viz/comparison_maps_data.h"
#include "viz/comparison_table.h"
#include "viz/embedded_json.h"
#include "viz/number_text.h"
#include "viz/quantiles.h"
#include "viz/web_bundle.h"

namespace domino::viz {
namespace {

// Okabe & Ito (2008): told apart with every kind of colour vision.
constexpr std::array<std::string_view, 7> colours = {"#0072b2", "#d55e00", "#009e73", "#cc79a7",
                                                     "#e69f00", "#56b4e9", "#000000"};
/// Countries with the largest differences that have a row.
constexpr std::size_t most_countries = 12;
constexpr double width = 640.0, height = 260.0, left = 64.0, right = 24.0, top = 12.0, bottom = 28.0;

std::string_view colour_of(std::size_t run) {
    return colours[run % colours.size()];
}

/// Yearly summaries of a run's series, or of what it has beyond another run's.
std::vector<Summary> fan_of(const Comparison& comparison, std::string_view variable, std::size_t run,
                            std::optional<std::size_t> less = std::nullopt) {
    std::vector<Summary> years;
    Summarizer summarizer;
    for (int year = comparison.first_year(); year <= comparison.last_year(); ++year) {
        auto members = comparison.members(run, all_countries_region, variable, year);
        if (less) {
            const auto other = comparison.members(*less, all_countries_region, variable, year);
            for (std::size_t m = 0; m < members.size(); ++m) members[m] -= other[m];
        }
        years.push_back(summarizer.summarize(std::span<const double>(members)));
    }
    return years;
}

/// The smallest of 1, 2, 5 times a power of ten that is not below a fourth of the range.
double tick_step(double range) {
    double step = 1e-9;
    for (int n = 0; step < range / 4.0 && n < 90; ++n) step *= n % 3 == 1 ? 2.5 : 2.0;
    return step;
}

/// Fans of runs over the years: 5 to 95 % of members, and their mean; the first of them has the first colour.
class Chart {
 public:
    Chart(int first_year, std::vector<std::vector<Summary>> fans)
        : first_(first_year), fans_(std::move(fans)) {
        double lowest = 0.0, highest = 0.0;
        for (const auto& fan : fans_) {
            for (const Summary& year : fan) {
                lowest = std::min(lowest, year.p05);
                highest = std::max(highest, year.p95);
            }
        }
        step_ = tick_step(highest > lowest ? highest - lowest : 1.0);
        first_tick_ = static_cast<int>(std::floor(lowest / step_));
        last_tick_ = std::max(first_tick_ + 1, static_cast<int>(std::ceil(highest / step_)));
    }

    std::string svg(std::string_view title, std::string_view unit) const {
        std::string out = fmt::format(
            "<figure><figcaption>{} <span>{}</span></figcaption><svg viewBox=\"0 0 {} {}\" role=\"img\" "
            "aria-label=\"{}\">",
            markup(title), markup(unit), width, height, markup(title));
        for (int tick = first_tick_; tick <= last_tick_; ++tick) {
            const double y = y_of(tick * step_);
            out += fmt::format(
                "<line class=\"grid\" x1=\"{0}\" x2=\"{1}\" y1=\"{2:.1f}\" y2=\"{2:.1f}\"/><text "
                "class=\"y\" x=\"{3}\" y=\"{4:.1f}\">{5:.6g}</text>",
                left, width - right, y, left - 6.0, y + 4.0, tick * step_);
        }
        for (std::size_t year = 0; year < fans_.front().size(); ++year)
            if ((first_ + static_cast<int>(year)) % 5 == 0)
                out += fmt::format("<text class=\"x\" x=\"{:.1f}\" y=\"{}\">{}</text>", x_of(year),
                                   height - 8.0, first_ + static_cast<int>(year));
        for (std::size_t run = 0; run < fans_.size(); ++run) out += band(run);
        for (std::size_t run = 0; run < fans_.size(); ++run) out += line(run);
        return out + "</svg></figure>\n";
    }

 private:
    double x_of(std::size_t year) const {
        const auto last = static_cast<double>(std::max<std::size_t>(1, fans_.front().size() - 1));
        return left + (width - left - right) * static_cast<double>(year) / last;
    }
    double y_of(double value) const {
        const double low = first_tick_ * step_, high = last_tick_ * step_;
        return height - bottom - (height - top - bottom) * (value - low) / (high - low);
    }
    std::string band(std::size_t run) const {
        std::string points;
        const std::vector<Summary>& fan = fans_[run];
        for (std::size_t year = 0; year < fan.size(); ++year)
            points += fmt::format("{:.1f},{:.1f} ", x_of(year), y_of(fan[year].p95));
        for (std::size_t year = fan.size(); year-- > 0;)
            points += fmt::format("{:.1f},{:.1f} ", x_of(year), y_of(fan[year].p05));
        return fmt::format("<polygon points=\"{}\" fill=\"{}\" opacity=\"0.15\"/>", points, colour_of(run));
    }
    std::string line(std::size_t run) const {
        std::string points;
        for (std::size_t year = 0; year < fans_[run].size(); ++year)
            points += fmt::format("{:.1f},{:.1f} ", x_of(year), y_of(fans_[run][year].mean));
        return fmt::format("<polyline points=\"{}\" fill=\"none\" stroke=\"{}\" stroke-width=\"2\"/>", points,
                           colour_of(run));
    }

    int first_;
    std::vector<std::vector<Summary>> fans_;
    double step_ = 1.0;
    int first_tick_ = 0, last_tick_ = 1;
};

/// Emissions and commitments of all, and what each emits beyond the last of them.
std::string charts(const Comparison& comparison) {
    const std::size_t last = comparison.runs().size() - 1;
    const auto all = [&](std::string_view variable) {
        std::vector<std::vector<Summary>> fans;
        for (std::size_t run = 0; run <= last; ++run) fans.push_back(fan_of(comparison, variable, run));
        return Chart(comparison.first_year(), std::move(fans));
    };
    std::vector<std::vector<Summary>> beyond;
    for (std::size_t run = 0; run < last; ++run)
        beyond.push_back(fan_of(comparison, cumulative_emissions, run, last));
    return Chart(comparison.first_year(), std::move(beyond))
               .svg(fmt::format("Emissions so far, less those of {}", comparison.runs()[last].name),
                    "Mt CO2e") +
           all("Emissions|Kyoto Gases").svg("Emissions of all countries", "Mt CO2e a year") +
           all("Commitment|Share of Population").svg("People in committed places", "% of all");
}

std::string row(std::string_view name, const sim::PairedDifference& d, std::string_view unit) {
    const auto known = [](double value, const std::string& text) {
        return std::isnan(value) ? std::string("–") : text;
    };
    return fmt::format(
        "<tr><th scope=\"row\">{} "
        "<span>{}</span></th><td>{:+.4g}</td><td>{}</td><td>{}</td><td>{}</td></tr>\n",
        markup(name), markup(unit), d.mean, known(d.p05, fmt::format("{:+.4g} … {:+.4g}", d.p05, d.p95)),
        known(d.a_better, fmt::format("{:.0f} %", 100.0 * d.a_better)),
        known(d.variance_reduction, fmt::format("{:.3g}×", d.variance_reduction)));
}

std::string levers_of(const PairSummary& pair) {
    if (pair.levers.empty()) return "<p>No key of the two differs.</p>\n";
    std::string out =
        fmt::format("<table><thead><tr><th>Key</th><th>{}</th><th>{}</th><th>From</th></tr></thead><tbody>\n",
                    markup(pair.a), markup(pair.b));
    for (const scenarios::LeverChange& lever : pair.levers)
        out += fmt::format("<tr><th scope=\"row\">{}</th><td>{}</td><td>{}</td><td>{}</td></tr>\n",
                           markup(lever.key), markup(lever.to), markup(lever.from), markup(lever.since));
    return out + "</tbody></table>\n";
}

std::string pair_section(const Comparison& comparison, const ComparedPair& at) {
    const PairSummary pair = summarize(comparison, at);
    std::string out = fmt::format("<section><h2>{} less {}</h2>\n", markup(pair.a), markup(pair.b));
    out += fmt::format("<p class=\"verdict\">In sum {}.</p>\n", markup(emissions_verdict(pair))) +
           levers_of(pair);
    out += fmt::format(
        "<table><thead><tr><th>Difference</th><th>Mean</th><th>5 … 95 %</th><th>{} better</th>"
        "<th>Pairing saves</th></tr></thead><tbody>\n",
        markup(pair.a));
    out += row(fmt::format("Emissions {}–{}", comparison.first_year(), comparison.last_year()),
               pair.emissions_mt, "Mt CO2e");
    for (const PairSummary::Part& income : pair.incomes)
        out += row(income.name, income.difference, "Mt CO2e");
    out += row(fmt::format("People in committed places, {}", comparison.last_year()), pair.committed_percent,
               "%");
    out += row("Public support, present value", pair.support_million_jpy, "million JPY");
    for (std::size_t i = 0; i < std::min(most_countries, pair.countries.size()); ++i)
        out += row(fmt::format("Emissions of {}", pair.countries[i].name), pair.countries[i].difference,
                   "Mt CO2e");
    for (const PairSummary::Part& benefit : pair.benefits)
        out += row(benefit.name, benefit.difference, benefit.unit);
    out += "</tbody></table>\n";
    const sim::PairedRatio& ratio = pair.tonnes_per_million;
    out += ratio.stated
               ? fmt::format(
                     "<p>Avoided for each million JPY that {} pays more: {:.4g} t CO2e ({:.4g} … "
                     "{:.4g}).</p>\n",
                     markup(pair.a), ratio.ratio, ratio.p05, ratio.p95)
               : std::string("<p>Tonnes for money are not stated: what the two cost hardly differs.</p>\n");
    if (!pair.targets.empty()) {
        out += fmt::format(
            "<table><thead><tr><th>Target</th><th>Met: {}</th><th>Met: {}</th></tr></thead><tbody>\n",
            markup(pair.a), markup(pair.b));
        for (const PairSummary::Target& target : pair.targets)
            out += fmt::format("<tr><th scope=\"row\">{}</th><td>{:.0f} %</td><td>{:.0f} %</td></tr>\n",
                               markup(target.id), 100.0 * target.chance_a, 100.0 * target.chance_b);
        out += "</tbody></table>\n";
    } else {
        out += "<p>No target's chance differs.</p>\n";
    }
    return out + "</section>\n";
}

std::string regret_section(const Comparison& comparison) {
    std::string out =
        "<section><h2>Regret</h2>\n<p>What a scenario loses in a member against the best of them all.</p>\n"
        "<table><thead><tr><th>Scenario</th><th>Of</th><th>Year</th><th>Mean</th><th>95 % below</th><th>Best "
        "in</th>"
        "</tr></thead><tbody>\n";
    for (const RegretRow& regret : summarize_regret(comparison)) {
        if (regret.year != comparison.last_year() && regret.year != 2030) continue;
        for (std::size_t run = 0; run < regret.regrets.size(); ++run)
            out += fmt::format(
                "<tr><th scope=\"row\">{}</th><td>{} ({})</td><td>{}</td><td>{:.4g}</td><td>{:.4g}</td>"
                "<td>{:.0f} %</td></tr>\n",
                markup(comparison.runs()[run].name), markup(regret.metric), markup(regret.unit), regret.year,
                regret.regrets[run].mean, regret.regrets[run].p95, 100.0 * regret.regrets[run].best);
    }
    return out + "</tbody></table></section>\n";
}

constexpr std::string_view style =
    "body{font:16px/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem;color:#1b1f24;"
    "background:#fff}h1{font-size:1.6rem}h2{font-size:1.25rem;margin-top:2.5rem}span{color:#57606a;font-"
    "weight:400}"
    "table{border-collapse:collapse;margin:1rem 0;width:100%}th,td{text-align:left;padding:.3rem .8rem .3rem "
    "0;"
    "border-bottom:1px solid "
    "#d8dee4;vertical-align:top}td{font-variant-numeric:tabular-nums}th{font-weight:500}"
    "figure{margin:1.5rem 0}figcaption{font-weight:500}svg{width:100%;height:auto}.grid{stroke:#e6eaee}"
    "text{font:12px system-ui,sans-serif;fill:#57606a}.y{text-anchor:end}.x{text-anchor:middle}"
    ".key i{display:inline-block;width:1.2em;height:.25em;vertical-align:middle;margin-right:.5em}"
    "@media(max-width:640px){table{display:block;overflow-x:auto}}"
    ".side{display:block;overflow-x:auto;font-size:.85rem}.key "
    "li{list-style:none}.key{padding:0}.verdict{font-size:1.1rem}";

/// Maps that a script draws, over those that need none.
std::string maps_section(const Comparison& comparison, std::size_t base,
                         const std::filesystem::path& data_dir) {
    const nlohmann::ordered_json data = comparison_maps_data(comparison, base, data_dir);
    if (data.is_null()) return {};
    const std::string_view script = map_bundle().script;
    std::string out = fmt::format(
        "<section><h2>Where they emit more or less than {}</h2>\n<div id=\"maps\"></div>\n<div "
        "id=\"maps-without-script\">{}</div>\n",
        markup(comparison.runs()[base].name), comparison_maps(comparison, base));
    if (!script.empty())
        out += fmt::format(
            "<script type=\"application/json\" id=\"maps-data\">{}</script>\n<script>{}</script>\n",
            embed_json(data), script);
    return out + "</section>\n";
}

}  // namespace

std::string comparison_page(const Comparison& comparison, const std::filesystem::path& data_dir) {
    std::string out = fmt::format(
        "<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" "
        "content=\"width=device-width\"><meta http-equiv=\"Content-Security-Policy\" content=\"default-src "
        "'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'; img-src data: blob:; connect-src "
        "'none'; "
        "form-action 'none'; base-uri 'none'\"><link rel=\"icon\" href=\"data:,\"><title>Scenarios side by "
        "side</title><style>{}{}</style></head><body>\n"
        "<h1>Scenarios side by side</h1>\n<p>{} members on the same draws, seed {}. Differences are the "
        "first less the "
        "second, member by member; intervals are 5 to 95 % of members.</p>\n<ul class=\"key\">\n",
        style, map_bundle().style, comparison.options().members, comparison.options().seed);
    for (std::size_t run = 0; run < comparison.runs().size(); ++run) {
        const ComparedRun& one = comparison.runs()[run];
        const std::string origin = one.written_by
                                       ? fmt::format(" <span>run again from results that {} wrote</span>",
                                                     markup(one.written_by->text()))
                                       : "";
        out += fmt::format("<li><i style=\"background:{}\"></i><b>{}</b> {}{}</li>\n", colour_of(run),
                           markup(one.name), markup(one.scenario.title), origin);
    }
    out += "</ul>\n";
    const ComparisonTable table = tabulate(comparison);
    out += table_html(table);
    out += charts(comparison);
    out += maps_section(comparison, table.base, data_dir);
    for (const ComparedPair& pair : comparison.pairs()) out += pair_section(comparison, pair);
    out += regret_section(comparison);
    out +=
        "<p>Intervals hold what the model knows it does not know, and nothing else. differences.csv has "
        "every "
        "country, place, year and target.</p>\n</body></html>\n";
    return out;
}

}  // namespace domino::viz
