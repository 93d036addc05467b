#pragma once

#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace domino::scenarios {

/// Points that are settled (low = high) or lie between two ends.
struct PointRange {
    double low = 0.0, high = 0.0;
    bool settled() const { return low == high; }
    friend bool operator==(const PointRange&, const PointRange&) = default;
};

/// One band of the scoring sheet as printed, both ends included; "less than" excludes its end.
struct ScoreBand {
    double from = 0.0;
    double to = std::numeric_limits<double>::infinity();
    bool open_end = false;  ///< `to` itself is outside
    double points = 0.0;
    std::string text;  ///< as printed
};

/// What a value earns; where it falls between two bands, the sheet is silent and both points are kept.
struct BandScore {
    PointRange points;
    std::string reason;  ///< the band, or the gap and what encloses it
    bool defined = true;
};

/// A numeric criterion of the sheet: bands over one quantity.
class ScoreBands {
 public:
    /// Reads "JPY/tCO2: 0 to 4000: 5; 4001 to 5000: 4; 8001 and more: 0" (also "2: 4", "less than 1: 5").
    /// Nullopt when it is anything else, or when bands overlap.
    static std::optional<ScoreBands> parse(std::string_view text);

    const std::string& unit() const { return unit_; }
    const std::vector<ScoreBand>& bands() const { return bands_; }

    /// Points of a value ≥ 0, which is compared as it is, never rounded.
    BandScore score(double value) const;

 private:
    std::string unit_;
    std::vector<ScoreBand> bands_;  ///< ascending
};

/// Named points of a criterion: "each" adds them up, "highest" takes the best.
enum class NamedRule : std::uint8_t { each, highest };
struct NamedPoints {
    NamedRule rule = NamedRule::each;
    std::vector<std::pair<std::string, double>> points;  ///< in the order of the sheet

    /// Reads "each: reduction target: 5; …" or "highest: Platinum Eruboshi: 5; …"; nullopt otherwise.
    static std::optional<NamedPoints> parse(std::string_view text);
    std::vector<std::string> names() const;
    std::optional<double> find(std::string_view name) const;
};

}  // namespace domino::scenarios
