#pragma once

#include <array>
#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "sim/calendar.h"
#include "sim/credits/credit_results.h"
#include "sim/place_distributions.h"
#include "sim/sector.h"
#include "sim/stage.h"

namespace domino::sim {

/// What made a place commit.
enum class Cause : std::uint8_t { spontaneous, block_shock, programme, layer, coercion, observed };
inline constexpr std::array<std::string_view, 6> cause_ids = {"spontaneous", "joint_declaration", "programme",
                                                              "layer",       "coercion",          "observed"};

inline constexpr std::uint32_t no_place = 0xFFFFFFFF;
inline constexpr std::uint16_t no_layer = 0xFFFF;

/// One commitment, with the one cause drawn for it and that cause's share of the hazard.
struct CommitmentEvent {
    std::uint32_t member = 0;
    std::uint32_t place = 0;
    std::uint16_t step = 0;
    Cause cause = Cause::spontaneous;
    std::uint16_t layer = no_layer;
    std::uint32_t source = no_place;
    double share = 1.0;
    /// What influence between places spared the place since: its emissions without coupling less those with
    /// it, on the same draws, over the whole calendar years from the event's on; t CO2e. NaN where no run
    /// without coupling was made.
    double avoided_t = std::numeric_limits<double>::quiet_NaN();
};

/// What made units of a technology enter use (model §8: the split of sales).
enum class SalesCause : std::uint8_t { own_propensity, imitation, other_places, credit_projects };
inline constexpr std::size_t sales_cause_count = 4;
inline constexpr std::array<std::string_view, sales_cause_count> sales_cause_ids = {
    "own_propensity", "imitation", "other_places", "credit_projects"};

/// The largest relative error of an identity over all members and steps.
struct IdentityCheck {
    std::string name;
    double largest_relative_error = 0.0;
    double tolerance = 0.0;
    bool holds() const { return largest_relative_error <= tolerance; }
};

/// Whether results of places are kept member by member, or summed up over members as they come.
enum class PlaceDetail : std::uint8_t { every_member, distributions };

/// Members whose commitments are in the ledger where results of places are kept as distributions.
inline constexpr int ledger_members = 100;

/// Results of one world, all members. Multi-dimensional arrays are flat, the last index fastest.
struct RunResults {
    Calendar calendar;
    int members = 0;
    std::size_t places = 0;
    std::size_t countries = 0;
    std::size_t technologies = 0;
    std::size_t years = 0;  ///< Calendar::years()

    std::vector<float> emissions_t;         ///< [place][year][member], all sectors of the place, t CO2e/yr
    std::vector<std::uint16_t> stage_step;  ///< [stage][place][member], never_step where not reached
    /// Instead of these two, which are then empty, where they would take too much memory.
    std::optional<PlaceDistributions> distributions;
    /// [country][year][member]: places committed by the end of the year, and people in them at the start.
    std::vector<double> committed_places, committed_people;
    std::vector<double> capacity_mean;  ///< [place][year], K at the end of the year, mean over members
    std::vector<double> adoption_mean;  ///< [technology][place][year], share of potential A/M at year's end
    std::vector<double> stock_units;    ///< [technology][country][year][member], A at year's end
    /// [technology][country][cause][year][member]: units that entered use in the year, by what caused it:
    /// sales by p, q and r (model §8) and what credit projects installed. Causes add up to additions.
    std::vector<double> added_units;

    std::vector<double> sector_t;     ///< [country][sector][year][member], places together
    std::vector<double> remainder_t;  ///< [country][remainder part][year][member]
    std::vector<double> lulucf_t;     ///< [country][year][member]
    std::vector<double> gdp_musd;     ///< [country][year][member]
    /// [country][year][member]: sectors + remainder over the country's fiscal year that starts in `year`
    /// (equal to the calendar year where fiscal years are calendar years).
    std::vector<double> fiscal_total_t;
    std::vector<double> emission_factor;  ///< [country][year][member], g/kWh
    std::vector<double>
        cost_jpy;  ///< [technology][year][member], relative to the start × capex of the first country

    std::vector<double> spent_jpy;         ///< [programme][year][member], nominal
    std::vector<double> credit_spent_jpy;  ///< [year][member], nominal
    std::vector<double> lease_spent_jpy;   ///< [year][member], nominal, payments to leases
    std::vector<double>
        credit_units_t;  ///< [year][member], annual reduction of projects that started, t CO2e/yr
    std::vector<double> scheme_spent_jpy;  ///< [scheme][year][member], nominal

    CreditResults credits;
    std::vector<CommitmentEvent>
        events;  ///< of the first `event_members` members: by member, step, place key
    int event_members = 0;

    std::vector<IdentityCheck> identities;

    bool keeps_members() const { return !distributions; }

    std::size_t place_year(std::size_t place, std::size_t year, std::size_t member) const {
        return (place * years + year) * static_cast<std::size_t>(members) + member;
    }
    std::size_t stage_at(Stage stage, std::size_t place, std::size_t member) const {
        return (static_cast<std::size_t>(stage) * places + place) * static_cast<std::size_t>(members) +
               member;
    }
    std::size_t country_year(std::size_t country, std::size_t year, std::size_t member) const {
        return (country * years + year) * static_cast<std::size_t>(members) + member;
    }
    std::size_t sector_at(std::size_t country, Sector s, std::size_t year, std::size_t member) const {
        return ((country * sector_count + index(s)) * years + year) * static_cast<std::size_t>(members) +
               member;
    }
    std::size_t remainder_at(std::size_t country, RemainderPart part, std::size_t year,
                             std::size_t member) const {
        return ((country * remainder_count + static_cast<std::size_t>(part)) * years + year) *
                   static_cast<std::size_t>(members) +
               member;
    }
    std::size_t stock_at(std::size_t technology, std::size_t country, std::size_t year,
                         std::size_t member) const {
        return ((technology * countries + country) * years + year) * static_cast<std::size_t>(members) +
               member;
    }
    std::size_t added_at(std::size_t technology, std::size_t country, SalesCause cause, std::size_t year,
                         std::size_t member) const {
        const std::size_t row =
            (technology * countries + country) * sales_cause_count + static_cast<std::size_t>(cause);
        return (row * years + year) * static_cast<std::size_t>(members) + member;
    }
    /// National total of a calendar year: sectors + remainder, without LULUCF; t CO2e.
    double national_total_t(std::size_t country, std::size_t year, std::size_t member) const;
};

}  // namespace domino::sim
