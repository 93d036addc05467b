#include "viz/quantiles.h"

#include <algorithm>

namespace domino::viz {

void Summarizer::order() {
    std::sort(sorted_.begin(), sorted_.end());
}

}  // namespace domino::viz
