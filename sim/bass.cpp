#include "sim/bass.h"

#include <cmath>
#include <stdexcept>

#include "geo/portable_math.h"

namespace domino::sim {

namespace {

void check(BassModel model) {
    if (!(model.innovation > 0.0) || !(model.imitation >= 0.0) || !std::isfinite(model.innovation) ||
        !std::isfinite(model.imitation)) {
        throw std::invalid_argument(
            "the Bass model needs a finite p > 0 and q >= 0 (nobody starts without p)");
    }
}

}  // namespace

double bass_share(BassModel model, double time) {
    check(model);
    if (!(time >= 0.0)) throw std::invalid_argument("the Bass model starts at time 0; give a time >= 0");
    const double gone = portable::decayed((model.innovation + model.imitation) * time);
    return gone / (1.0 + model.imitation / model.innovation * (1.0 - gone));
}

double bass_adoption_rate(BassModel model, double time) {
    const double share = bass_share(model, time);
    return (model.innovation + model.imitation * share) * (1.0 - share);
}

double bass_peak_time(BassModel model) {
    check(model);
    if (model.imitation <= model.innovation) return 0.0;
    return portable::log(model.imitation / model.innovation) / (model.innovation + model.imitation);
}

double bass_time_to(BassModel model, double share) {
    check(model);
    if (!(share >= 0.0 && share < 1.0)) {
        throw std::invalid_argument("the Bass model reaches shares from 0 to below 1 only");
    }
    return portable::log((1.0 + share * model.imitation / model.innovation) / (1.0 - share)) /
           (model.innovation + model.imitation);
}

double bass_share_stepped(BassModel model, BassStep step, double step_length, int steps) {
    check(model);
    if (!(step_length > 0.0) || !std::isfinite(step_length) || steps < 0) {
        throw std::invalid_argument("steps of the Bass model need a finite length > 0 and a number >= 0");
    }
    double share = 0.0;
    for (int n = 0; n < steps; ++n) {
        const double passed = (model.innovation + model.imitation * share) * step_length;
        share += (1.0 - share) * (step == BassStep::euler ? passed : portable::decayed(passed));
    }
    return share;
}

}  // namespace domino::sim
