#include "scenarios/proposal/score_bands.h"

#include <algorithm>
#include <charconv>
#include <cmath>

#include <fmt/format.h>

#include "scenarios/units.h"
#include "scenarios/world/pack.h"

namespace domino::scenarios {
namespace {

std::optional<double> number_in(std::string_view text) {
    double value = 0.0;
    const auto read = std::from_chars(text.data(), text.data() + text.size(), value);
    if (read.ec != std::errc{} || read.ptr != text.data() + text.size() || !std::isfinite(value))
        return std::nullopt;
    return value;
}

/// "4001 to 5000", "8001 and more", "less than 1", "2".
std::optional<ScoreBand> parse_extent(const std::string& text) {
    constexpr std::string_view to = " to ", more = " and more", less = "less than ";
    ScoreBand band;
    band.text = text;
    std::optional<double> from, end;
    if (text.starts_with(less)) {
        from = 0.0;
        end = number_in(std::string_view(text).substr(less.size()));
        band.open_end = true;
    } else if (text.ends_with(more)) {
        from = number_in(std::string_view(text).substr(0, text.size() - more.size()));
        end = std::numeric_limits<double>::infinity();
    } else if (const auto at = text.find(to); at != std::string::npos) {
        from = number_in(std::string_view(text).substr(0, at));
        end = number_in(std::string_view(text).substr(at + to.size()));
    } else {
        from = end = number_in(text);
    }
    if (!from || !end || *from > *end) return std::nullopt;
    band.from = *from;
    band.to = *end;
    return band;
}

bool holds(const ScoreBand& band, double value) {
    return value >= band.from && (band.open_end ? value < band.to : value <= band.to);
}

/// "what: points", split at the last colon.
std::optional<std::pair<std::string, double>> parse_points(std::string_view part) {
    const auto colon = part.rfind(':');
    if (colon == std::string_view::npos) return std::nullopt;
    const auto words = split_list(part.substr(0, colon), '\n');
    const auto figure = split_list(part.substr(colon + 1), '\n');
    const auto points = figure.size() == 1 ? number_in(figure.front()) : std::nullopt;
    if (words.size() != 1 || !points || *points < 0.0) return std::nullopt;
    return std::pair{words.front(), *points};
}

/// What stands before the first colon and the parts after it.
std::optional<std::pair<std::string, std::vector<std::string>>> split_head(std::string_view text) {
    const auto colon = text.find(':');
    if (colon == std::string_view::npos) return std::nullopt;
    auto parts = split_list(text.substr(colon + 1), ';');
    if (parts.empty()) return std::nullopt;
    return std::pair{std::string(text.substr(0, colon)), std::move(parts)};
}

}  // namespace

std::optional<ScoreBands> ScoreBands::parse(std::string_view text) {
    const auto head = split_head(text);
    if (!head) return std::nullopt;
    ScoreBands bands;
    bands.unit_ = head->first;
    for (const std::string& part : head->second) {
        const auto named = parse_points(part);
        auto band = named ? parse_extent(named->first) : std::nullopt;
        if (!band) return std::nullopt;
        band->points = named->second;
        bands.bands_.push_back(std::move(*band));
    }
    std::sort(bands.bands_.begin(), bands.bands_.end(),
              [](const ScoreBand& a, const ScoreBand& b) { return a.from < b.from; });
    for (std::size_t i = 1; i < bands.bands_.size(); ++i)
        if (holds(bands.bands_[i - 1], bands.bands_[i].from)) return std::nullopt;
    return bands;
}

BandScore ScoreBands::score(double value) const {
    const auto above = std::find_if(bands_.begin(), bands_.end(), [&](const ScoreBand& band) {
        return holds(band, value) || band.from > value;
    });
    const std::string shown = fmt::format("{:.10g} {}", value, unit_);
    if (above != bands_.end() && holds(*above, value))
        return {{above->points, above->points}, fmt::format("{}: band {}", shown, above->text)};
    if (above == bands_.begin() || above == bands_.end()) {
        const ScoreBand& nearest = above == bands_.end() ? bands_.back() : bands_.front();
        return {{std::min(0.0, nearest.points), nearest.points},
                fmt::format("{} is undefined: outside every band of the sheet", shown),
                false};
    }
    const ScoreBand& below = *std::prev(above);
    return {{std::min(below.points, above->points), std::max(below.points, above->points)},
            fmt::format("{} is undefined: between the bands {} ({} points) and {} ({} points)", shown,
                        below.text, format_number(below.points), above->text, format_number(above->points)),
            false};
}

std::optional<NamedPoints> NamedPoints::parse(std::string_view text) {
    const auto head = split_head(text);
    if (!head || (head->first != "each" && head->first != "highest")) return std::nullopt;
    NamedPoints named;
    named.rule = head->first == "each" ? NamedRule::each : NamedRule::highest;
    for (const std::string& part : head->second) {
        auto points = parse_points(part);
        if (!points) return std::nullopt;
        named.points.push_back(std::move(*points));
    }
    return named;
}

std::vector<std::string> NamedPoints::names() const {
    std::vector<std::string> names;
    for (const auto& [name, figure] : points) names.push_back(name);
    return names;
}

std::optional<double> NamedPoints::find(std::string_view name) const {
    for (const auto& [known, figure] : points)
        if (known == name) return figure;
    return std::nullopt;
}

}  // namespace domino::scenarios
