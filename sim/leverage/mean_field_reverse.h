#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "sim/leverage/mean_field.h"

namespace domino::sim {

/// The mean field read backwards (adjoint, reverse mode): carries the derivatives of a weighted sum of the
/// abatement with respect to the state from the end of the run to its start and leaves those with respect to
/// the levers. Each function mirrors the one of MeanField it names. Where the mean field has a kink, the side
/// it was on is kept: the larger of two, a clip, a turnover limit; the months in which a threshold is met,
/// the late phase begins or a scheme's budget runs out are held where they are.
class MeanFieldReverse {
 public:
    /// `weight` by touched year: of each tonne avoided in it, by all places or by `place` alone.
    MeanFieldReverse(const FieldConstants& constants, std::vector<double> weight,
                     std::optional<std::uint32_t> place, const Threads* threads);

    /// A touched year, from its end to its start. `field` has just run it from `start` and wrote `tape`, one
    /// for each of its steps, no lever pulled, against a reference.
    void run_year(std::size_t year, MeanField& field, const FieldState& start,
                  std::span<const MonthTape> tape);

    const LeverField& derivative() const { return levers_; }
    /// Real JPY that a share of 1 of the price costs at the sales as they were, as LeverField::price_share.
    const std::vector<double>& share_cost_jpy() const { return share_cost_jpy_; }

 private:
    void abate(int step, MeanField& field, const PartTape& last);
    void adopt(std::size_t technology, int step, const FieldYear& year, const PartTape& tape);
    void step_cell(std::size_t technology, std::size_t place, int step, const FieldYear& year,
                   const PartTape& tape);
    double favour(std::size_t technology, std::size_t place, int step) const;
    void book_price(std::size_t technology, std::size_t place, double by_log_factor, const FieldYear& year,
                    double sold);
    void build_capacity(int step, const PartTape& tape);
    void commit(int step, const PartTape& tape);
    void look_around(std::uint32_t place, int step, double by_pull, const PartTape& tape);
    void install(int step, const FieldYear& year, const MonthTape& tape);
    void begin_year(std::size_t year, const MeanField& field, const FieldState& start);

    const FieldConstants& k_;
    std::vector<double> weight_;
    std::size_t first_counted_, last_counted_;  ///< places whose tonnes count, without the last
    const Threads* threads_;
    std::size_t year_ = 0;
    LeverField levers_;
    std::vector<double> share_cost_jpy_;
    // Derivatives with respect to the state, named after it.
    std::vector<double> committed_, fresh_, capacity_;   // by place
    std::vector<double> stock_, projects_, base_stock_;  // by cell
    std::vector<double> ages_;                           // [cell][stage]
    std::vector<double> additions_;                      // by technology
    std::vector<double> potential_, units_;              // of the year, by cell
    std::vector<double> relative_cost_;                  // of the year, by technology
    // Derivatives within a step, and what does not change within one.
    std::vector<double> multiplier_, incoming_, favour_;  // by cell
    std::vector<std::vector<double>> share_;              // [technology][place]
    std::vector<double> hazard_;                          // cumulative, by place
    std::vector<double> earlier_committed_;               // by way of capacity and adoption, by place
    std::vector<double> moved_, level_;                   // by place, by country
};

}  // namespace domino::sim
