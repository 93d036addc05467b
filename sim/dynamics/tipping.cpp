#include "sim/dynamics/tipping.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <stdexcept>
#include <utility>

namespace domino::sim {
namespace {

using State = std::vector<double>;

void check_bistable(const CuspElement& element) {
    if (!(element.a < 0.0 && element.b > 0.0))
        throw std::invalid_argument(
            fmt::format("a = {}, b = {}: an element tips only with a < 0 < b", element.a, element.b));
}

void check_network(const TippingNetwork& network, const State& start) {
    const std::size_t n = network.elements.size();
    for (const TippingCoupling& c : network.couplings)
        if (c.from >= n || c.to >= n)
            throw std::invalid_argument(
                fmt::format("the coupling {} -> {} names an element of {}", c.from, c.to, n));
    if (start.size() != n)
        throw std::invalid_argument(fmt::format("{} starting states for {} elements", start.size(), n));
    for (const double x : start)
        if (!std::isfinite(x)) throw std::invalid_argument("a starting state is not finite");
}

void put_rates(const TippingNetwork& network, std::span<const double> x, State& rates) {
    for (std::size_t i = 0; i < x.size(); ++i) {
        const CuspElement& e = network.elements[i];
        rates[i] = (e.a * x[i] * x[i] + e.b) * x[i] + e.c;
    }
    for (const TippingCoupling& c : network.couplings) rates[c.to] += c.strength * x[c.from];
}

// Dormand & Prince (1980), RK5(4)7M.
constexpr std::array<std::array<double, 6>, 6> stage_weights = {{
    {1.0 / 5.0},
    {3.0 / 40.0, 9.0 / 40.0},
    {44.0 / 45.0, -56.0 / 15.0, 32.0 / 9.0},
    {19372.0 / 6561.0, -25360.0 / 2187.0, 64448.0 / 6561.0, -212.0 / 729.0},
    {9017.0 / 3168.0, -355.0 / 33.0, 46732.0 / 5247.0, 49.0 / 176.0, -5103.0 / 18656.0},
    {35.0 / 384.0, 0.0, 500.0 / 1113.0, 125.0 / 192.0, -2187.0 / 6784.0, 11.0 / 84.0},
}};
constexpr std::array<double, 7> error_weights = {
    71.0 / 57600.0, 0.0, -71.0 / 16695.0, 71.0 / 1920.0, -17253.0 / 339200.0, 22.0 / 525.0, -1.0 / 40.0};

class Integrator {
 public:
    Integrator(const TippingNetwork& network, State start, const IntegrationControl& control)
        : network_(network), control_(control), trial_(start.size()), pull_(start.size(), 0.0) {
        run_.state = std::move(start);
        for (const TippingCoupling& c : network_.couplings) pull_[c.to] += std::abs(c.strength);
        for (State& stage : stages_) stage.resize(run_.state.size());
        put_rates(network_, run_.state, stages_[0]);
    }

    void advance_to(double end, double rest_rate) {
        double step = std::min(end, 0.01);
        while (run_.time < end && largest_rate() > rest_rate) {
            if (run_.steps + rejected_ >= control_.most_steps)
                throw std::runtime_error(fmt::format(
                    "integration stopped at time {} after {} steps; loosen the tolerance or allow more steps",
                    run_.time, control_.most_steps));
            step = std::min(step, longest_step());
            const bool last = run_.time + step >= end;
            const double length = last ? end - run_.time : step;
            const double ratio = try_step(length);
            if (!(ratio <= 1.0)) {
                ++rejected_;
                step = length * (ratio < 1024.0 ? 0.5 : 0.1);
                if (length < 1e-14 * (1.0 + run_.time))
                    throw std::runtime_error(
                        fmt::format("a state leaves the finite numbers at time {}", run_.time));
                continue;
            }
            accept(last ? end : run_.time + length);
            // Fifth order: halving a step divides its error by about 32.
            if (ratio < 1.0 / 64.0)
                step = length * 2.0;
            else if (ratio > 0.5)
                step = length * 0.875;
            else if (!last)
                step = length;
        }
    }

    TippingRun take() { return std::move(run_); }

 private:
    double largest_rate() const {
        double largest = 0.0;
        for (const double rate : stages_[0]) largest = std::max(largest, std::abs(rate));
        return largest;
    }

    /// One over a bound of the eigenvalues. Where states are at rest the error estimate would allow steps up
    /// to the edge of stability, on which they never quite come to rest.
    double longest_step() const {
        double fastest = 0.0;
        for (std::size_t i = 0; i < run_.state.size(); ++i) {
            const CuspElement& e = network_.elements[i];
            const double own = std::abs(3.0 * e.a * run_.state[i] * run_.state[i] + e.b);
            fastest = std::max(fastest, own + pull_[i]);
        }
        return 1.0 / fastest;
    }

    /// Tries one step; returns the largest error as a multiple of what is tolerated (NaN when not finite).
    double try_step(double length) {
        for (std::size_t s = 0; s < stage_weights.size(); ++s) {
            for (std::size_t i = 0; i < trial_.size(); ++i) {
                double slope = 0.0;
                for (std::size_t j = 0; j <= s; ++j) slope += stage_weights[s][j] * stages_[j][i];
                trial_[i] = run_.state[i] + length * slope;
            }
            put_rates(network_, trial_, stages_[s + 1]);
        }
        error_ = 0.0;
        double ratio = 0.0;
        for (std::size_t i = 0; i < trial_.size(); ++i) {
            double error = 0.0;
            for (std::size_t j = 0; j < error_weights.size(); ++j) error += error_weights[j] * stages_[j][i];
            error = std::abs(error * length);
            const double size = std::max(std::abs(run_.state[i]), std::abs(trial_[i]));
            const double of_allowed =
                error / (control_.absolute_tolerance + control_.relative_tolerance * size);
            if (!std::isfinite(of_allowed) || !std::isfinite(trial_[i])) return NAN;
            error_ = std::max(error_, error);
            ratio = std::max(ratio, of_allowed);
        }
        return ratio;
    }

    void accept(double time) {
        run_.time = time;
        ++run_.steps;
        run_.largest_step_error = std::max(run_.largest_step_error, error_);
        run_.summed_step_error += error_;
        std::swap(run_.state, trial_);
        std::swap(stages_[0], stages_[6]);  // the last stage is the next step's first
    }

    const TippingNetwork& network_;
    IntegrationControl control_;
    TippingRun run_;
    State trial_;
    State pull_;  ///< sum of the strengths that act on each element
    std::array<State, 7> stages_;
    double error_ = 0.0;
    std::size_t rejected_ = 0;
};

TippingRun integrate(const TippingNetwork& network, State start, double duration, double rest_rate,
                     const IntegrationControl& control) {
    check_network(network, start);
    if (!(duration >= 0.0) || !std::isfinite(duration))
        throw std::invalid_argument(fmt::format("a duration of {}; take 0 or more", duration));
    if (!(control.absolute_tolerance > 0.0) || !(control.relative_tolerance >= 0.0))
        throw std::invalid_argument("tolerances are positive");
    Integrator integrator(network, std::move(start), control);
    integrator.advance_to(duration, rest_rate);
    return integrator.take();
}

}  // namespace

std::vector<double> tipping_rates(const TippingNetwork& network, std::span<const double> state) {
    check_network(network, {state.begin(), state.end()});
    State rates(state.size());
    put_rates(network, state, rates);
    return rates;
}

double critical_forcing(const CuspElement& element) {
    check_bistable(element);
    return 2.0 * element.b / 3.0 * std::sqrt(element.b / (3.0 * -element.a));
}

double tipped_state(const CuspElement& element) {
    check_bistable(element);
    // Right of both the inner root and the fold the cubic falls: Newton from above comes down without
    // crossing.
    double x = 1.0 + (element.b + std::abs(element.c)) / -element.a;
    while (true) {
        const double rate = (element.a * x * x + element.b) * x + element.c;
        const double slope = 3.0 * element.a * x * x + element.b;
        const double next = x - rate / slope;
        if (!(next < x) || !(slope < 0.0)) return x;
        x = next;
    }
}

double critical_coupling(const CuspElement& driver, const CuspElement& driven) {
    return (critical_forcing(driven) - driven.c) / tipped_state(driver);
}

TippingRun integrate_tipping(const TippingNetwork& network, std::vector<double> start, double duration,
                             const IntegrationControl& control) {
    return integrate(network, std::move(start), duration, -1.0, control);
}

TippingRun settle_tipping(const TippingNetwork& network, std::vector<double> start, double duration,
                          double rest_rate, const IntegrationControl& control) {
    return integrate(network, std::move(start), duration, rest_rate, control);
}

}  // namespace domino::sim
