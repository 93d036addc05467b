#pragma once

#include <algorithm>
#include <cmath>

#include "geo/portable_math.h"

namespace domino::sim {

/// Finds the log hazard a in [−14, 5] under which a share that rises with a comes to a count. The unknown is
/// straightened first: with `z = (share − start)/(1 − start)`, `ln(−ln(1 − z))` grows by nearly 1 per unit of
/// a (exactly 1 for like places without contagion), so secant steps find the root in three to six trials;
/// the bracket is halved where they do not. Deterministic.
class TrendSearch {
 public:
    static constexpr double lowest = -14.0;
    static constexpr double highest = 5.0;
    /// Of a and of the straightened share, hence the relative error of the hazard that is found.
    static constexpr double tolerance = 1e-6;
    /// A share that jumps, at a threshold or a change of phase, is left to halving after as many.
    static constexpr int most_secants = 8;

    TrendSearch() = default;
    /// `start`: the share before the window, `count`: the one to be met, `years`: how long it has.
    TrendSearch(double start, double count, double years) : start_(start) {
        if (!(count > start)) {
            at_ = lowest;
            found_ = true;
            return;
        }
        wanted_ = straight(count);
        at_ = std::clamp(wanted_ - portable::log(years), lowest, highest);
    }

    bool found() const { return found_; }
    double at() const { return at_; }

    /// Takes the share that the trial at at() came to, and moves at() unless the trial was good enough.
    void take(double share) {
        if (found_) return;
        const double off = straight(share) - wanted_;
        if (std::abs(off) <= tolerance || high_ - low_ <= tolerance || out_of_reach(off)) {
            found_ = true;
            return;
        }
        const double slope = trials_ > 0 && at_ != last_ ? (off - last_off_) / (at_ - last_) : 1.0;
        last_ = at_;
        last_off_ = off;
        (off < 0.0 ? low_ : high_) = at_;
        ++trials_;
        const double secant = at_ - off / slope;
        const bool straight_enough = slope > 0.0 && trials_ <= most_secants;
        at_ = straight_enough && secant > low_ && secant < high_ ? secant : middle(secant);
    }

 private:
    double straight(double share) const {
        const double z = std::clamp((share - start_) / (1.0 - start_), 1e-12, 1.0 - 1e-12);
        return portable::log(-portable::log1p(-z));
    }
    /// A bound that is still on the wrong side is kept.
    bool out_of_reach(double off) const {
        return (at_ == highest && off < 0.0) || (at_ == lowest && off > 0.0);
    }
    /// Of the bracket, or the bound beyond which the secant points and that has not been tried.
    double middle(double secant) const {
        if (secant >= highest && high_ == highest) return highest;
        if (secant <= lowest && low_ == lowest) return lowest;
        return 0.5 * (low_ + high_);
    }

    double start_ = 0.0, wanted_ = 0.0;
    double low_ = lowest, high_ = highest;
    double at_ = lowest, last_ = 0.0, last_off_ = 0.0;
    int trials_ = 0;
    bool found_ = false;
};

}  // namespace domino::sim
