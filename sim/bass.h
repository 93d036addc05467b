#pragma once

namespace domino::sim {

/// The Bass model of one population (Bass 1969): dF/dt = (p + qF)(1 − F), F(0) = 0. Rates per unit of time,
/// p > 0, q ≥ 0, at least one of them finite and positive; time in the same unit. All deterministic.
struct BassModel {
    double innovation = 0.0;  ///< p
    double imitation = 0.0;   ///< q
};

/// F(t) = (1 − e) / (1 + (q/p) e), e = exp(−(p+q)t): share of the potential that has adopted by t ≥ 0.
/// Throws std::invalid_argument where p ≤ 0, q < 0 or a rate is not finite, as all functions here do.
double bass_share(BassModel model, double time);

/// f(t) = dF/dt = (p + qF)(1 − F).
double bass_adoption_rate(BassModel model, double time);

/// ln(q/p)/(p+q), when adoption is fastest; 0 where q ≤ p, because it then falls from the start.
double bass_peak_time(BassModel model);

/// When F reaches `share` in [0, 1): ln((1 + F q/p) / (1 − F)) / (p + q). Throws where share is outside.
double bass_time_to(BassModel model, double share);

/// How a step of finite length may be taken. The simulator's own kernel (sim/adoption.h) takes neither: it is
/// exact for rates frozen over the step. These are here to compare with models that step so.
enum class BassStep : unsigned char {
    euler,   ///< F += (p + qF)(1 − F) Δt
    hazard,  ///< F += (1 − F)(1 − exp(−(p + qF) Δt))
};

/// F after `steps` steps of `step_length` from F = 0. Both converge to bass_share as Δt → 0, with an error of
/// first order in Δt. Throws where step_length ≤ 0 or steps < 0.
double bass_share_stepped(BassModel model, BassStep step, double step_length, int steps);

}  // namespace domino::sim
