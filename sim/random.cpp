#include "sim/random.h"

#include <Random123/philox.h>

#include "geo/portable_math.h"

namespace domino::sim {

std::array<std::uint64_t, 4> random_words(const DrawAddress& a) {
    const r123::Philox4x64 generator;
    r123::Philox4x64::ctr_type counter = {{
        a.member,
        static_cast<std::uint64_t>(static_cast<std::uint32_t>(a.time)),
        a.id,
        a.index,
    }};
    const r123::Philox4x64::key_type key = {{
        a.seed,
        (static_cast<std::uint64_t>(a.process) << 32) | a.sub,
    }};
    const auto words = generator(counter, key);
    return {words[0], words[1], words[2], words[3]};
}

double uniform(const DrawAddress& address) {
    return to_uniform(random_words(address)[0]);
}

double standard_normal(const DrawAddress& address) {
    return portable::normal_quantile(uniform(address));
}

double standard_exponential(const DrawAddress& address) {
    return -portable::log(uniform(address));
}

}  // namespace domino::sim
