#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "sim/ensemble_threads.h"
#include "sim/leverage/avoided_emissions.h"
#include "sim/leverage/field_constants.h"
#include "sim/leverage/lever_field.h"
#include "sim/price_support.h"

namespace domino::sim {

/// Where the mean field stands at the start of a step. Cells are [technology][place].
struct FieldState {
    std::vector<double> committed;        ///< C in [0, 1], by place
    std::vector<double> fresh;            ///< what C has grown by in the part before, by place
    std::vector<double> capacity;         ///< K, by place
    std::vector<double> stock, projects;  ///< units in use, and those of projects among them; by cell
    std::vector<double> ages;             ///< [cell][stage]
    std::vector<double> additions;        ///< units that entered use since the start, by technology
};

/// What holds for a year of the mean field.
struct FieldYear {
    std::vector<double> potential, units;  ///< M and U, by cell
    std::vector<double> relative_cost;     ///< by technology
    std::vector<double> grid_t_per_kwh;    ///< by country
    std::vector<double> sector_factor;     ///< [country][sector]
};

/// What a part of a month was given and did: all its reverse needs to know.
struct PartTape {
    std::vector<std::uint8_t> late;                  ///< by country: γ of the late phase
    std::vector<double> price;                       ///< ((1−σ)c/c_ref)^(−η_c), [country][technology]
    std::vector<double> committed, fresh, capacity;  ///< before it, by place
    std::vector<double> survival, multiplier, remaining;  ///< by place
    std::vector<double> stock, projects;                  ///< before it, by cell
    std::vector<double> kept, incoming, sold;             ///< by cell
};

struct MonthTape {
    std::vector<std::uint8_t> fits;  ///< by cell: what projects bought had room; empty without projects
    std::vector<PartTape> parts;
};

/// The mean field of one member (model §9): every place commits to a degree C in [0, 1] with `dC/dt = h (1 −
/// C)`, exposures are those of C, in all layers and across borders; joint declarations and coercion act by
/// their mean survival; capacity, adoption, cost and emissions are the simulator's own equations
/// (sim/capacity.h, sim/adoption.h, sim/cost.h) in double, and JCM projects install what they do on average
/// (ExpectedProjects). Deterministic; the same bits for any threads.
class MeanField {
 public:
    /// `levers`, where given, are pulled as far as they say. Both must outlive the field.
    MeanField(const FieldConstants& constants, const ReferenceTrace* reference,
              const LeverField* levers = nullptr, const Threads* threads = nullptr);

    void begin_year(std::size_t year);
    /// One step, at the end of which the abatement of its months is booked.
    void step(int step, MonthTape& tape);
    /// A touched year; its steps write into `tape` in turn, those beyond its end into the last.
    void run_year(std::size_t year, std::span<MonthTape> tape);

    /// From now on costs answer to what is added beyond a reference.
    void compare_with(const ReferenceTrace& reference) { reference_ = &reference; }
    const FieldState& state() const { return state_; }
    void restore(const FieldState& state) { state_ = state; }
    const FieldYear& year() const { return year_; }
    /// Stock at the end of the base year, by cell: abatement counts what was added since.
    const std::vector<double>& base_stock() const { return base_stock_; }
    bool past_base(std::size_t country, int step) const;
    /// Whether the step is the one at whose end the base year ends.
    bool ends_base(std::size_t country, int step) const;
    /// Turns to the emissions of a step, which drift apart where nations have withdrawn.
    void begin_drift(int step);
    /// What a place would emit a year in that step without the units added since the base year, t CO2e.
    SectorTonnes before(std::size_t place) const;
    /// Units that entered use beyond the reference's by the end of the year before.
    double extra_units(std::size_t technology, std::size_t year, double additions) const;

    /// Tonnes CO2e avoided so far, [touched year][place].
    const std::vector<double>& abated_t() const { return abated_t_; }
    const ReferenceTrace& trace() const { return trace_; }

 private:
    void begin_grid(std::size_t year);
    void choose_phase(PartTape& tape) const;
    void commit(int step, PartTape& tape);
    double hazard(std::uint32_t place, int step, double level, const PartTape& tape) const;
    double coerced(std::uint32_t place, int step) const;
    void build_capacity(int step, PartTape& tape);
    void adopt(int step, PartTape& tape);
    void adopt(std::size_t technology, int step, PartTape& tape);
    void step_cell(std::size_t technology, std::size_t place, int step, PartTape& tape);
    void install(int step, MonthTape& tape);
    double bought(std::size_t technology, std::size_t place, int step) const;
    void book_abatement(int step);
    double favour(std::size_t technology, std::size_t place, int step) const;

    const FieldConstants& k_;
    const ReferenceTrace* reference_;
    const LeverField* levers_;
    const Threads* threads_;
    PriceSupport prices_;
    FieldState state_;
    FieldYear year_;
    std::size_t touched_year_ = 0;
    std::vector<double> base_stock_, abated_t_, moved_, drift_, linked_, scheme_spent_jpy_;
    std::vector<std::vector<double>> share_;  ///< A/M, [technology][place]
    std::vector<std::vector<double>>
        coercion_of_;  ///< [coercing layer][place]: what the place's growth amounts to
    ReferenceTrace trace_;
};

}  // namespace domino::sim
