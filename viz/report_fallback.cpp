#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "viz/number_text.h"
#include "viz/report_html.h"

namespace domino::viz {

namespace {

using Json = nlohmann::ordered_json;

const char* figure_label(const std::string& key) {
    if (key == "avoided") return "Avoided, Mt CO₂e";
    if (key == "passed_on") return "Of which passed on from city to city, Mt CO₂e";
    if (key == "sooner") return "Places that commit at least a year sooner";
    if (key == "cost_per_t") return "Public money per tonne avoided, JPY/t CO₂e";
    if (key == "emissions") return "Emissions of all countries, Mt CO₂e a year";
    if (key == "committed") return "Places that have committed";
    if (key == "spent") return "Public money spent, billion JPY";
    return "Targets met";
}

bool includes_zero(const Json& interval) {
    return interval.at("p05").get<double>() <= 0.0 && interval.at("p95").get<double>() >= 0.0;
}

std::string html_of(const Json& value) {
    return markup(value.get<std::string>());
}

std::string number_cell(const Json& value) {
    return "<td class=\"num\">" + (value.is_number() ? figure_text(value.get<double>()) : "") + "</td>";
}

std::string count_cell(const Json& value) {
    return "<td class=\"num\">" + (value.is_number() ? count_text(value.get<long long>()) : "") + "</td>";
}

std::string chance_cell(const Json& value, const Json& data) {
    return "<td class=\"num\">" +
           (value.is_number() ? chance_text(value.get<double>(), data.at("meta").at("runs")) : "") + "</td>";
}

std::string head(std::initializer_list<const char*> columns) {
    std::string out = "<table><thead><tr>";
    for (const char* column : columns) {
        out += std::string("<th scope=\"col\">") + column + "</th>";
    }
    return out + "</tr></thead><tbody>\n";
}

std::string country_name(const Json& data, const std::string& iso3) {
    for (const Json& country : data.at("countries")) {
        if (country.at("iso3") == iso3) {
            return html_of(country.at("name"));
        }
    }
    return markup(iso3);
}

std::string make_figures(const Json& data) {
    std::string out = "<section><h2>Key figures</h2>" + head({"", "Middle", "90% of runs", "Of"});
    for (const Json& figure : data.at("figures")) {
        out += std::string("<tr><td>") + figure_label(figure.at("key")) + ", " +
               std::to_string(figure.at("from").get<int>()) + " to " +
               std::to_string(figure.at("to").get<int>()) + "</td>";
        const Json& value = figure.at("value");
        if (value.is_null()) {
            out += "<td></td><td>" + html_of(figure.at("reason")) + "</td><td></td></tr>\n";
            continue;
        }
        out += number_cell(value.at("mid")) + "<td>" + figure_text(value.at("p05")) + " to " +
               figure_text(value.at("p95")) + (includes_zero(value) ? ": may be nothing" : "") + "</td>" +
               count_cell(figure.at("of")) + "</tr>\n";
    }
    return out + "</tbody></table></section>\n";
}

std::string make_levers(const Json& data) {
    const Json& levers = data.at("scenario").at("levers");
    if (levers.empty()) {
        return "";
    }
    std::string out = "<section><h2>What was changed</h2>" +
                      head({"Lever", "Reference", "This scenario", "Did it change anything?"});
    for (const Json& lever : levers) {
        const Json& places = lever.at("places");
        std::string effect = html_of(lever.at("reason"));
        if (places.is_number() && places.get<int>() > 0) {
            effect = "Changed " + count_text(places.get<int>()) + " places" +
                     (lever.at("since").is_number() ? ", from " + std::to_string(lever.at("since").get<int>())
                                                    : "") +
                     (effect.empty() ? "" : ". " + effect);
        }
        out += "<tr><td>" + html_of(lever.at("label")) + "</td><td>" + html_of(lever.at("from")) +
               "</td><td>" + html_of(lever.at("to")) + "</td><td>" + effect + "</td></tr>\n";
    }
    return out + "</tbody></table></section>\n";
}

std::string years_text(double years) {
    return (years < 0.0 ? "\u2212" : "") + number_text(std::round(std::fabs(years) * 10.0) / 10.0);
}

std::string make_changed(const Json& data, const std::vector<ChangedPlace>& changed) {
    if (changed.empty()) {
        return "";
    }
    std::string out =
        "<section><h2>Places that changed most</h2>" + head({"Place", "Sooner by, years", "90% of runs"});
    for (const ChangedPlace& place : changed) {
        const Summary& sooner = place.sooner_years;
        out += "<tr><td>" + html_of(data.at("places").at("name").at(place.place)) +
               "</td><td class=\"num\">" + years_text(sooner.mean) + "</td><td>" + years_text(sooner.p05) +
               " to " + years_text(sooner.p95) + "</td></tr>\n";
    }
    return out + "</tbody></table></section>\n";
}

std::string make_targets(const Json& data) {
    if (data.at("targets").empty()) {
        return "";
    }
    std::string out = "<section><h2>Targets</h2>" + head({"Country", "Year", "Target", "Level, Mt CO₂e",
                                                          "Chance", "Chance in the reference", "Remark"});
    for (const Json& target : data.at("targets")) {
        const bool assessed = target.at("status") == "assessed";
        out += "<tr><td>" + country_name(data, target.at("iso3")) + "</td><td>" +
               (target.at("fiscal").get<bool>() ? "FY" : "") + std::to_string(target.at("year").get<int>()) +
               "</td><td>" + html_of(target.at("label")) + ", " + html_of(target.at("cond")) + "</td>" +
               number_cell(target.at("high")) + chance_cell(target.at("p"), data) +
               chance_cell(target.at("pRef"), data) + "<td>" +
               (assessed ? html_of(target.at("acct")) : "not assessable: " + html_of(target.at("reason"))) +
               "</td></tr>\n";
    }
    return out + "</tbody></table></section>\n";
}

std::string make_past(const Json& data) {
    if (data.at("past").empty()) {
        return "";
    }
    std::string out = "<section><h2>The past, observed and simulated</h2>" +
                      head({"Country", "Quantity", "Year", "Observed", "Run, mean", "90% of runs", "Source"});
    for (const Json& row : data.at("past")) {
        out += "<tr><td>" + country_name(data, row.at("iso3")) + "</td><td>" + html_of(row.at("quantity")) +
               " " + html_of(row.at("unit")) + "</td><td>" + std::to_string(row.at("year").get<int>()) +
               "</td>" + number_cell(row.at("observed")) + number_cell(row.at("mean")) + "<td>" +
               figure_text(row.at("p05")) + " to " + figure_text(row.at("p95")) + "</td><td>" +
               html_of(row.at("source")) + "</td></tr>\n";
    }
    return out + "</tbody></table></section>\n";
}

/// "2026-04" of 2026.25; of a month some months later.
std::string decimal_month_text(const Json& year, int months_later = 0) {
    constexpr int months = 12;
    const auto month = static_cast<int>(std::lround(year.get<double>() * months)) + months_later;
    return fmt::format("{:04d}-{:02d}", month / months, month % months + 1);
}

std::string make_plan(const Json& data) {
    const Json& plan = data.at("plan");
    if (plan.is_null() || plan.at("projects").empty()) return {};
    const Json& names = data.at("places").at("name");
    const auto name = [&](const Json& index) {
        return index.is_null() || index.get<std::size_t>() >= names.size()
                   ? std::string()
                   : html_of(names.at(index.get<std::size_t>()));
    };
    std::string out =
        "<section><h2>Whom the strategy supports</h2><table><thead><tr><th scope=\"col\">Place</th><th "
        "scope=\"col\">With</th><th scope=\"col\">What</th><th scope=\"col\" class=\"num\">Years</th><th "
        "scope=\"col\" class=\"num\">Million JPY a year</th><th scope=\"col\">Why</th></tr></thead><tbody>\n";
    for (const Json& row : plan.at("projects"))
        out += "<tr><td>" + name(row.at("place")) + "</td><td>" + name(row.at("japan")) + "</td><td>" +
               html_of(row.at("kind")) + "</td><td class=\"num\">" + decimal_month_text(row.at("from")) +
               " to " + decimal_month_text(row.at("to"), -1) + "</td><td class=\"num\">" +
               figure_text(row.at("cost")) + "</td><td>" + html_of(row.at("reason")) + "</td></tr>\n";
    return out + "</tbody></table></section>\n";
}

std::string make_credits(const Json& data) {
    std::string out = "<section><h2>Data and credits</h2><ul>\n";
    for (const Json& credit : data.at("credits")) {
        out += "<li>" + html_of(credit.at("what")) + ": " + html_of(credit.at("source")) + " (" +
               html_of(credit.at("licence")) + ")</li>\n";
    }
    const Json& meta = data.at("meta");
    return out + "</ul><p>" + html_of(meta.at("gwp")) + ". Seed " + html_of(meta.at("seed")) + ", " +
           std::to_string(meta.at("runs").get<int>()) + " runs. Rerun: <code>" + html_of(meta.at("command")) +
           "</code></p></section>\n";
}

std::string strong(const std::string& value, TextKind kind) {
    return kind == TextKind::html ? "<strong>" + value + "</strong>" : value;
}

}  // namespace

std::string figure_text(double value) {
    std::string digits = number_text(std::fabs(value), 2);
    const std::size_t whole = std::min(digits.find('.'), digits.size());
    if (digits.find('e') == std::string::npos) {
        for (std::size_t at = whole; at > 3; at -= 3) {
            digits.insert(at - 3, ",");
        }
    }
    return (value < 0.0 && digits != "0" ? "\u2212" : "") + digits;
}

std::string count_text(long long count) {
    std::string digits = std::to_string(count);
    for (std::size_t at = digits.size(); at > 3; at -= 3) {
        digits.insert(at - 3, ",");
    }
    return digits;
}

std::string chance_text(double chance, int runs) {
    const long least = std::max(1L, std::lround(std::ceil(100.0 / std::max(runs, 1) - 1e-9)));
    const double finest = static_cast<double>(least) / 100.0;
    if (chance < finest - 1e-9) {
        return "under " + std::to_string(least) + "%";
    }
    if (chance > 1.0 - finest + 1e-9) {
        return "over " + std::to_string(100 - least) + "%";
    }
    return std::to_string(std::lround(chance * 100.0)) + "%";
}

std::string make_headline(const Json& data, TextKind kind) {
    const Json& meta = data.at("meta");
    const auto plain = [&](const std::string& value) {
        return kind == TextKind::html ? markup(value) : value;
    };
    if (!meta.at("finding").get<std::string>().empty()) {
        return plain(meta.at("finding"));
    }
    const Json& scenario = data.at("scenario");
    const std::string name = plain(scenario.at("name"));
    if (scenario.at("same").get<bool>()) {
        return name + " and " + plain(scenario.at("ref")) + " give the same result, to the last digit.";
    }
    const Json& figure = data.at("figures").at(0);
    const Json& value = figure.at("value");
    const double middle = value.at("mid");
    const std::string to = strong(std::to_string(figure.at("to").get<int>()), kind);
    std::string fall = "nine runs in ten fall between " + strong(figure_text(value.at("p05")), kind) +
                       " and " + strong(figure_text(value.at("p95")), kind) + ".";
    if (kind == TextKind::html) {
        fall = "<span class=\"soft\">" + fall + "</span>";
    }
    if (figure.at("key") == "emissions") {
        return "Emissions of the " + std::to_string(data.at("countries").size()) +
               " countries stand at about " + strong(figure_text(middle), kind) +
               " million tonnes of CO₂e in " + to + "; " + fall;
    }
    const char* verb = middle < 0.0 ? "add" : "avoid";
    return name + (includes_zero(value) ? " may " : " would ") + verb + " about " +
           strong(figure_text(std::fabs(middle)), kind) + " million tonnes of CO₂e by " + to +
           (includes_zero(value) ? ", or nothing" : "") + "; " + fall;
}

std::string make_fallback(const Json& data, const std::vector<ChangedPlace>& changed) {
    return "<h1>" + make_headline(data, TextKind::html) + "</h1>\n<p class=\"lead\">" +
           html_of(data.at("meta").at("evidence").at("note")) + "</p>\n" + make_figures(data) +
           make_levers(data) + make_changed(data, changed) + make_targets(data) + make_plan(data) +
           make_past(data) + make_credits(data);
}

}  // namespace domino::viz
