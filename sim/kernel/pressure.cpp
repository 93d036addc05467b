#include "sim/kernel/pressure.h"

#if defined(__x86_64__)
#include <immintrin.h>
// GCC 12's own header passes registers it declares undefined on purpose.
#pragma GCC diagnostic ignored "-Wuninitialized"
#pragma GCC diagnostic ignored "-Wmaybe-uninitialized"
#endif

#include <algorithm>
#include <cstring>
#include <stdexcept>

namespace domino::sim {
namespace {

void sum_pressure_baseline(const std::uint64_t* state, const std::uint32_t* source,
                           const std::uint16_t* weight, std::size_t edges, std::uint16_t* pressure) {
    std::uint16_t sum[word_members] = {};
    for (std::size_t e = 0; e < edges; ++e) {
        const std::uint64_t word = state[source[e]];
        if (word == 0) continue;
        const unsigned w = weight[e];
        for (std::size_t m = 0; m < word_members; ++m) {
            const auto mask = static_cast<unsigned>(-static_cast<int>((word >> m) & 1U));
            sum[m] = static_cast<std::uint16_t>(sum[m] + (w & mask));
        }
    }
    std::memcpy(pressure, sum, sizeof sum);
}

std::uint64_t step_row_baseline(const std::uint64_t* state, const std::uint32_t* source,
                                const std::uint16_t* weight, std::size_t edges, const WordRates& rates,
                                std::uint32_t* due) {
    std::array<std::uint16_t, word_members> pressure;
    sum_pressure_baseline(state, source, weight, edges, pressure.data());
    std::uint64_t reached = 0;
    for (std::size_t m = 0; m < word_members; ++m) {
        const std::uint32_t hazard =
            rates.spontaneous[m] + ((rates.contagion[m] * pressure[m]) >> rates.shift[m]);
        const bool hit = due[m] <= hazard;
        due[m] = hit ? 0 : due[m] - hazard;
        reached |= static_cast<std::uint64_t>(hit) << m;
    }
    return reached;
}

#if defined(__x86_64__)

struct Avx2Sums {
    __m256i of[4];
};

__attribute__((target("avx2"), always_inline)) inline Avx2Sums add_weights_avx2(const std::uint64_t* state,
                                                                                const std::uint32_t* source,
                                                                                const std::uint16_t* weight,
                                                                                std::size_t edges) {
    const __m256i bit = _mm256_setr_epi16(1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1024, 2048, 4096, 8192,
                                          16384, static_cast<short>(0x8000));
    Avx2Sums sum{
        {_mm256_setzero_si256(), _mm256_setzero_si256(), _mm256_setzero_si256(), _mm256_setzero_si256()}};
    for (std::size_t e = 0; e < edges; ++e) {
        const std::uint64_t word = state[source[e]];
        const __m256i w = _mm256_set1_epi16(static_cast<short>(weight[e]));
        for (int n = 0; n < 4; ++n) {
            const __m256i bits = _mm256_set1_epi16(static_cast<short>(word >> (16 * n)));
            const __m256i on = _mm256_cmpeq_epi16(_mm256_and_si256(bits, bit), bit);
            sum.of[n] = _mm256_add_epi16(sum.of[n], _mm256_and_si256(on, w));
        }
    }
    return sum;
}

__attribute__((target("avx2"))) void sum_pressure_avx2(const std::uint64_t* state,
                                                       const std::uint32_t* source,
                                                       const std::uint16_t* weight, std::size_t edges,
                                                       std::uint16_t* pressure) {
    const Avx2Sums sum = add_weights_avx2(state, source, weight, edges);
    for (int n = 0; n < 4; ++n) _mm256_storeu_si256(reinterpret_cast<__m256i*>(pressure + 16 * n), sum.of[n]);
}

__attribute__((target("avx2"))) std::uint64_t step_row_avx2(const std::uint64_t* state,
                                                            const std::uint32_t* source,
                                                            const std::uint16_t* weight, std::size_t edges,
                                                            const WordRates& rates, std::uint32_t* due) {
    const Avx2Sums sums = add_weights_avx2(state, source, weight, edges);
    std::uint64_t reached = 0;
    for (std::size_t n = 0; n < word_members; n += 8) {
        const auto load = [n](const std::uint32_t* from) __attribute__((target("avx2"), always_inline)) {
            return _mm256_loadu_si256(reinterpret_cast<const __m256i*>(from + n));
        };
        const __m256i both = sums.of[n / 16];
        const __m256i sum = _mm256_cvtepu16_epi32(n % 16 == 0 ? _mm256_castsi256_si128(both)
                                                              : _mm256_extracti128_si256(both, 1));
        const __m256i product = _mm256_mullo_epi32(load(rates.contagion.data()), sum);
        const __m256i hazard = _mm256_add_epi32(load(rates.spontaneous.data()),
                                                _mm256_srlv_epi32(product, load(rates.shift.data())));
        const __m256i left = load(due);
        const __m256i hit = _mm256_cmpeq_epi32(_mm256_max_epu32(left, hazard), hazard);
        const __m256i next = _mm256_andnot_si256(hit, _mm256_sub_epi32(left, hazard));
        _mm256_storeu_si256(reinterpret_cast<__m256i*>(due + n), next);
        const auto mask = static_cast<std::uint32_t>(_mm256_movemask_ps(_mm256_castsi256_ps(hit)));
        reached |= static_cast<std::uint64_t>(mask) << n;
    }
    return reached;
}

struct Avx512Sums {
    __m512i low, high;
};

__attribute__((target("avx512f,avx512bw"), always_inline)) inline Avx512Sums add_weights_avx512(
    const std::uint64_t* state, const std::uint32_t* source, const std::uint16_t* weight, std::size_t edges) {
    Avx512Sums sum{_mm512_setzero_si512(), _mm512_setzero_si512()};
    for (std::size_t e = 0; e < edges; ++e) {
        const std::uint64_t word = state[source[e]];
        const __m512i w = _mm512_set1_epi16(static_cast<short>(weight[e]));
        sum.low = _mm512_mask_add_epi16(sum.low, static_cast<__mmask32>(word), sum.low, w);
        sum.high = _mm512_mask_add_epi16(sum.high, static_cast<__mmask32>(word >> 32), sum.high, w);
    }
    return sum;
}

__attribute__((target("avx512f,avx512bw"))) void sum_pressure_avx512(const std::uint64_t* state,
                                                                     const std::uint32_t* source,
                                                                     const std::uint16_t* weight,
                                                                     std::size_t edges,
                                                                     std::uint16_t* pressure) {
    const Avx512Sums sum = add_weights_avx512(state, source, weight, edges);
    _mm512_storeu_si512(pressure, sum.low);
    _mm512_storeu_si512(pressure + 32, sum.high);
}

__attribute__((target("avx512f,avx512bw"))) std::uint64_t step_row_avx512(
    const std::uint64_t* state, const std::uint32_t* source, const std::uint16_t* weight, std::size_t edges,
    const WordRates& rates, std::uint32_t* due) {
    const Avx512Sums sum = add_weights_avx512(state, source, weight, edges);
    const __m256i quarters[4] = {_mm512_castsi512_si256(sum.low), _mm512_extracti64x4_epi64(sum.low, 1),
                                 _mm512_castsi512_si256(sum.high), _mm512_extracti64x4_epi64(sum.high, 1)};
    std::uint64_t reached = 0;
    for (std::size_t n = 0; n < 4; ++n) {
        const std::size_t m = 16 * n;
        const __m512i product = _mm512_mullo_epi32(_mm512_loadu_si512(rates.contagion.data() + m),
                                                   _mm512_cvtepu16_epi32(quarters[n]));
        const __m512i hazard =
            _mm512_add_epi32(_mm512_loadu_si512(rates.spontaneous.data() + m),
                             _mm512_srlv_epi32(product, _mm512_loadu_si512(rates.shift.data() + m)));
        const __m512i left = _mm512_loadu_si512(due + m);
        const __mmask16 hit = _mm512_cmple_epu32_mask(left, hazard);
        _mm512_storeu_si512(due + m, _mm512_maskz_sub_epi32(static_cast<__mmask16>(~hit), left, hazard));
        reached |= static_cast<std::uint64_t>(hit) << m;
    }
    return reached;
}

#endif

}  // namespace

BinaryKernels binary_kernels(InstructionSet set) {
    if (!has_instruction_set(set)) throw std::invalid_argument("this machine lacks the instruction set");
#if defined(__x86_64__)
    if (set == InstructionSet::avx512) return {sum_pressure_avx512, step_row_avx512};
    if (set == InstructionSet::avx2) return {sum_pressure_avx2, step_row_avx2};
#endif
    return {sum_pressure_baseline, step_row_baseline};
}

}  // namespace domino::sim
