#include "viz/quantiles.h"

#include <algorithm>

namespace domino::viz {

void Summarizer::order() {
    std::sort(values_.begin(), values_.end());
}

}  // namespace domino::viz
