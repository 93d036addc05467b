#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace domino::sim {

/// A tipping element in the normal form of a fold, dx/dt = a·x³ + b·x + c (pycascades' cusp: Wunderling et
/// al. 2021). With a < 0 < b it has two stable states; x < 0 is the untipped one.
struct CuspElement {
    double a = -1.0;
    double b = 1.0;
    double c = 0.0;  ///< forcing
};

/// Element `from` adds strength·x_from to the rate of element `to`.
struct TippingCoupling {
    std::uint32_t from = 0;
    std::uint32_t to = 0;
    double strength = 0.0;
};

struct TippingNetwork {
    std::vector<CuspElement> elements;
    std::vector<TippingCoupling> couplings;
};

/// dx/dt of every element at @p state, which must have one value an element.
std::vector<double> tipping_rates(const TippingNetwork& network, std::span<const double> state);

/// The forcing above which the untipped state ceases to exist, (2b/3)·√(b/(3|a|)); 2/(3√3) for a = −1, b = 1.
/// Throws std::invalid_argument unless a < 0 < b.
double critical_forcing(const CuspElement& element);

/// The largest root of a·x³ + b·x + c: where a tipped element comes to rest. Same condition; relative 1e-14.
double tipped_state(const CuspElement& element);

/// The coupling above which a tipped and resting @p driver tips @p driven, if it acts slowly:
/// (critical forcing − c of the driven) / tipped state of the driver. Same condition.
double critical_coupling(const CuspElement& driver, const CuspElement& driven);

/// How exactly to integrate. The error is of one step; errors of steps shrink where states are stable.
struct IntegrationControl {
    double absolute_tolerance = 1e-10;
    double relative_tolerance = 1e-10;
    std::size_t most_steps = 1'000'000;
};

struct TippingRun {
    std::vector<double> state;
    double time = 0.0;
    std::size_t steps = 0;            ///< accepted
    double largest_step_error = 0.0;  ///< estimated, of any accepted step and element; ≤ abs + rel·|x|
    double summed_step_error =
        0.0;  ///< sum over steps of the largest of each: what is declared for the whole
};

/// Integrates the network from @p start over @p duration with the embedded 5(4) pair of Dormand & Prince
/// (1980) and step control; the only arithmetic is + − × ÷ √, so the bits are the same everywhere. Throws
/// std::invalid_argument for a network that names an element it has not, a start of the wrong length or not
/// finite, or a duration that is negative; std::runtime_error when most_steps do not suffice or a state
/// leaves the finite numbers.
TippingRun integrate_tipping(const TippingNetwork& network, std::vector<double> start, double duration,
                             const IntegrationControl& control = {});

/// Integrates until no rate exceeds @p rest_rate, at most over @p duration. Near a fold passage is slow: with
/// a forcing ε above critical it takes about π/√(3·(b/3)^½·ε). Errors as above.
TippingRun settle_tipping(const TippingNetwork& network, std::vector<double> start, double duration = 1e5,
                          double rest_rate = 1e-12, const IntegrationControl& control = {});

}  // namespace domino::sim
