#pragma once

namespace domino::geo {

/// Sine and cosine of an angle in degrees, |angle| <= 1e6, error below 2e-16. Only +, -, * and rounding are
/// used, so the bits are the same on every machine; libm's differ with the instruction set.
double portable_sin_deg(double angle_deg);
double portable_cos_deg(double angle_deg);

/// exp(x), relative error below 4e-16; 0 below -708. @p x must be <= 709. Same bits on every machine.
double portable_exp(double x);

}  // namespace domino::geo
