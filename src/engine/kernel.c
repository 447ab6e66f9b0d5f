/* The inner loops three times over. Vector versions are compiled by function attributes, so that the
 * rest of the library runs on any processor of its kind. */
#include "engine/kernel.h"

#if defined(__x86_64__) && defined(__GNUC__)
#define HAVE_VECTORS 1
#include <immintrin.h>
#endif

/* ---- plain C ------------------------------------------------------------------------------ */

static int weight_of(int32_t slack)
{
    const int near = FPLI_WEIGHT_CAP - (slack < 0                 ? 0
                                        : slack > FPLI_WEIGHT_CAP ? FPLI_WEIGHT_CAP
                                                                  : slack);
    return ((near * near) >> 5) * near >> 6;
}

static uint32_t expect_scalar(const uint8_t *weight, const int8_t *loss, size_t n)
{
    uint32_t sum = 0;
    for (size_t i = 0; i < n; i++) sum += (uint32_t)(weight[i] * loss[i]);
    return sum;
}

#define SCALAR(type, suffix)                                                             \
    static void move_scalar_##suffix(void *to, const void *from, const void *plus,       \
                                     const void *minus, size_t n, uint64_t *negative)    \
    {                                                                                    \
        type *t = to;                                                                    \
        const type *f = from, *p = plus, *m = minus;                                     \
        for (size_t word = 0; word < n / 64; word++) {                                   \
            uint64_t bits = 0;                                                           \
            for (size_t i = 0; i < 64; i++) {                                            \
                const size_t lane = word * 64 + i;                                       \
                t[lane] = (type)(f[lane] + p[lane] - m[lane]);                           \
                bits |= (uint64_t)(t[lane] < 0) << i;                                    \
            }                                                                            \
            negative[word] = bits;                                                       \
        }                                                                                \
    }                                                                                    \
    static void raise_scalar_##suffix(void *to, const void *row, size_t n)               \
    {                                                                                    \
        type *t = to;                                                                    \
        const type *r = row;                                                             \
        for (size_t i = 0; i < n; i++) t[i] = t[i] > r[i] ? t[i] : r[i];                 \
    }                                                                                    \
    static void weigh_scalar_##suffix(uint8_t *weight, const void *lanes,                \
                                      const uint64_t *live, size_t n, int shift)         \
    {                                                                                    \
        const type *lane = lanes;                                                        \
        for (size_t i = 0; i < n; i++) {                                                 \
            const int counts = (int)(live[i / 64] >> i % 64 & 1);                        \
            weight[i] = (uint8_t)(weight_of(lane[i] >> shift) * counts);                 \
        }                                                                                \
    }

SCALAR(int16_t, 2)
SCALAR(int32_t, 4)

/* ---- vectors ------------------------------------------------------------------------------ */

#ifdef HAVE_VECTORS
#define AVX2   __attribute__((target("avx2")))
#define AVX512 __attribute__((target("avx512f,avx512bw,avx512dq")))

AVX2 static __m256i moved256(const char *f, const char *p, const char *m, size_t at,
                             int bytes)
{
    const __m256i from = _mm256_load_si256((const __m256i *)(const void *)(f + at));
    const __m256i plus = _mm256_load_si256((const __m256i *)(const void *)(p + at));
    const __m256i minus = _mm256_load_si256((const __m256i *)(const void *)(m + at));
    return bytes == 2 ? _mm256_add_epi16(from, _mm256_sub_epi16(plus, minus))
                      : _mm256_add_epi32(from, _mm256_sub_epi32(plus, minus));
}

AVX2 static void move_avx2_2(void *to, const void *from, const void *plus,
                             const void *minus, size_t n, uint64_t *negative)
{
    for (size_t word = 0; word < n / 64; word++) {
        uint64_t bits = 0;
        for (size_t half = 0; half < 2; half++) {
            const size_t at = word * 128 + half * 64;
            const __m256i a = moved256(from, plus, minus, at, 2);
            const __m256i b = moved256(from, plus, minus, at + 32, 2);
            _mm256_store_si256((__m256i *)(void *)((char *)to + at), a);
            _mm256_store_si256((__m256i *)(void *)((char *)to + at + 32), b);
            const __m256i packed = _mm256_permute4x64_epi64(_mm256_packs_epi16(a, b),
                                                            _MM_SHUFFLE(3, 1, 2, 0));
            bits |= (uint64_t)(uint32_t)_mm256_movemask_epi8(packed) << (32 * half);
        }
        negative[word] = bits;
    }
}

AVX2 static void move_avx2_4(void *to, const void *from, const void *plus,
                             const void *minus, size_t n, uint64_t *negative)
{
    for (size_t word = 0; word < n / 64; word++) {
        uint64_t bits = 0;
        for (size_t part = 0; part < 8; part++) {
            const size_t at = word * 256 + part * 32;
            const __m256i a = moved256(from, plus, minus, at, 4);
            _mm256_store_si256((__m256i *)(void *)((char *)to + at), a);
            bits |= (uint64_t)(uint32_t)_mm256_movemask_ps(_mm256_castsi256_ps(a))
                    << (8 * part);
        }
        negative[word] = bits;
    }
}

AVX2 static void raise_avx2(void *to, const void *row, size_t size, int bytes)
{
    for (size_t at = 0; at < size; at += 32) {
        __m256i *t = (__m256i *)(void *)((char *)to + at);
        const __m256i a = _mm256_load_si256(t);
        const __m256i b = _mm256_load_si256(
            (const __m256i *)(const void *)((const char *)row + at));
        _mm256_store_si256(t,
                           bytes == 2 ? _mm256_max_epi16(a, b) : _mm256_max_epi32(a, b));
    }
}

AVX2 static void raise_avx2_2(void *to, const void *row, size_t n)
{
    raise_avx2(to, row, n * 2, 2);
}

AVX2 static void raise_avx2_4(void *to, const void *row, size_t n)
{
    raise_avx2(to, row, n * 4, 4);
}

/* The weights of 16 lanes, in order. */
AVX2 static __m256i weights256(const char *lanes, size_t at, int bytes, __m128i shift)
{
    const __m256i *from = (const __m256i *)(const void *)(lanes + at * (size_t)bytes);
    __m256i slack = _mm256_load_si256(from);
    if (bytes == 2)
        slack = _mm256_sra_epi16(slack, shift);
    else
        slack = _mm256_permute4x64_epi64(
            _mm256_packs_epi32(_mm256_sra_epi32(slack, shift),
                               _mm256_sra_epi32(_mm256_load_si256(from + 1), shift)),
            _MM_SHUFFLE(3, 1, 2, 0));
    const __m256i cap = _mm256_set1_epi16(FPLI_WEIGHT_CAP);
    slack = _mm256_max_epi16(_mm256_min_epi16(slack, cap), _mm256_setzero_si256());
    const __m256i near = _mm256_sub_epi16(cap, slack);
    const __m256i square = _mm256_srli_epi16(_mm256_mullo_epi16(near, near), 5);
    return _mm256_srli_epi16(_mm256_mullo_epi16(square, near), 6);
}

/* One byte a bit, all ones where it is set. */
AVX2 static __m256i spread256(uint32_t bits)
{
    const __m256i byte_of = _mm256_setr_epi64x(0, 0x0101010101010101, 0x0202020202020202,
                                               0x0303030303030303);
    const __m256i bit_of = _mm256_set1_epi64x((int64_t)0x8040201008040201u);
    const __m256i own = _mm256_and_si256(
        _mm256_shuffle_epi8(_mm256_set1_epi32((int32_t)bits), byte_of), bit_of);
    return _mm256_cmpeq_epi8(own, bit_of);
}

AVX2 static void weigh_avx2(uint8_t *weight, const char *lanes, const uint64_t *live,
                            size_t n, int shift, int bytes)
{
    const __m128i by = _mm_cvtsi32_si128(shift);
    for (size_t at = 0; at < n; at += 32) {
        const __m256i packed = _mm256_packus_epi16(weights256(lanes, at, bytes, by),
                                                   weights256(lanes, at + 16, bytes, by));
        const __m256i ordered = _mm256_permute4x64_epi64(packed, _MM_SHUFFLE(3, 1, 2, 0));
        const __m256i counts = spread256((uint32_t)(live[at / 64] >> at % 64));
        _mm256_store_si256((__m256i *)(void *)(weight + at),
                           _mm256_and_si256(ordered, counts));
    }
}

AVX2 static void weigh_avx2_2(uint8_t *weight, const void *lanes, const uint64_t *live,
                              size_t n, int shift)
{
    weigh_avx2(weight, lanes, live, n, shift, 2);
}

AVX2 static void weigh_avx2_4(uint8_t *weight, const void *lanes, const uint64_t *live,
                              size_t n, int shift)
{
    weigh_avx2(weight, lanes, live, n, shift, 4);
}

/* Two products of 122 and 127 at most fit 16 bits. */
AVX2 static uint32_t expect_avx2(const uint8_t *weight, const int8_t *loss, size_t n)
{
    __m256i sum = _mm256_setzero_si256();
    for (size_t at = 0; at < n; at += 32) {
        const __m256i w = _mm256_load_si256((const __m256i *)(const void *)(weight + at));
        const __m256i l = _mm256_load_si256((const __m256i *)(const void *)(loss + at));
        sum = _mm256_add_epi32(
            sum, _mm256_madd_epi16(_mm256_maddubs_epi16(w, l), _mm256_set1_epi16(1)));
    }
    __m128i s = _mm_add_epi32(_mm256_castsi256_si128(sum),
                              _mm256_extracti128_si256(sum, 1));
    s = _mm_add_epi32(s, _mm_shuffle_epi32(s, _MM_SHUFFLE(1, 0, 3, 2)));
    s = _mm_add_epi32(s, _mm_shuffle_epi32(s, _MM_SHUFFLE(2, 3, 0, 1)));
    return (uint32_t)_mm_cvtsi128_si32(s);
}

AVX512 static __m512i moved512(const char *f, const char *p, const char *m, size_t at,
                               int bytes)
{
    const __m512i from = _mm512_load_si512(f + at);
    const __m512i plus = _mm512_load_si512(p + at);
    const __m512i minus = _mm512_load_si512(m + at);
    return bytes == 2 ? _mm512_add_epi16(from, _mm512_sub_epi16(plus, minus))
                      : _mm512_add_epi32(from, _mm512_sub_epi32(plus, minus));
}

AVX512 static void move_avx512_2(void *to, const void *from, const void *plus,
                                 const void *minus, size_t n, uint64_t *negative)
{
    for (size_t word = 0; word < n / 64; word++) {
        const __m512i a = moved512(from, plus, minus, word * 128, 2);
        const __m512i b = moved512(from, plus, minus, word * 128 + 64, 2);
        _mm512_store_si512((char *)to + word * 128, a);
        _mm512_store_si512((char *)to + word * 128 + 64, b);
        negative[word] = (uint64_t)_mm512_movepi16_mask(a) |
                         (uint64_t)_mm512_movepi16_mask(b) << 32;
    }
}

AVX512 static void move_avx512_4(void *to, const void *from, const void *plus,
                                 const void *minus, size_t n, uint64_t *negative)
{
    for (size_t word = 0; word < n / 64; word++) {
        uint64_t bits = 0;
        for (size_t part = 0; part < 4; part++) {
            const size_t at = word * 256 + part * 64;
            const __m512i a = moved512(from, plus, minus, at, 4);
            _mm512_store_si512((char *)to + at, a);
            bits |= (uint64_t)_mm512_movepi32_mask(a) << (16 * part);
        }
        negative[word] = bits;
    }
}

AVX512 static void raise_avx512_2(void *to, const void *row, size_t n)
{
    for (size_t at = 0; at < n * 2; at += 64)
        _mm512_store_si512((char *)to + at,
                           _mm512_max_epi16(_mm512_load_si512((char *)to + at),
                                            _mm512_load_si512((const char *)row + at)));
}

AVX512 static void raise_avx512_4(void *to, const void *row, size_t n)
{
    for (size_t at = 0; at < n * 4; at += 64)
        _mm512_store_si512((char *)to + at,
                           _mm512_max_epi32(_mm512_load_si512((char *)to + at),
                                            _mm512_load_si512((const char *)row + at)));
}

static bool processor_has(fpli_level_of_vectors level)
{
    if (level == FPLI_AVX2) return __builtin_cpu_supports("avx2");
    return __builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512dq");
}
#endif

/* ---- choice ------------------------------------------------------------------------------- */

const fpli_kernel *fpli_kernel_get(fpli_level_of_vectors level, int bytes)
{
    static const fpli_kernel kernels[FPLI_VECTORS_END][2] = {
        [FPLI_SCALAR] = {{"scalar", move_scalar_2, raise_scalar_2, weigh_scalar_2,
                          expect_scalar},
                         {"scalar", move_scalar_4, raise_scalar_4, weigh_scalar_4,
                          expect_scalar}},
#ifdef HAVE_VECTORS
        [FPLI_AVX2] = {{"AVX2", move_avx2_2, raise_avx2_2, weigh_avx2_2, expect_avx2},
                       {"AVX2", move_avx2_4, raise_avx2_4, weigh_avx2_4, expect_avx2}},
        [FPLI_AVX512] = {{"AVX-512", move_avx512_2, raise_avx512_2, weigh_avx2_2,
                          expect_avx2},
                         {"AVX-512", move_avx512_4, raise_avx512_4, weigh_avx2_4,
                          expect_avx2}},
#endif
    };
    const fpli_kernel *kernel = &kernels[level][bytes == 4];
    if (kernel->name == NULL) return NULL;
#ifdef HAVE_VECTORS
    if (level != FPLI_SCALAR && !processor_has(level)) return NULL;
#endif
    return kernel;
}

const fpli_kernel *fpli_kernel_best(int bytes)
{
    const fpli_kernel *kernel = NULL;
    for (int level = FPLI_AVX512; level >= FPLI_SCALAR && kernel == NULL; level--)
        kernel = fpli_kernel_get((fpli_level_of_vectors)level, bytes);
    return kernel;
}
