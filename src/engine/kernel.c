/* The inner loops three times over. Vector versions are compiled by function attributes, so that the
 * rest of the library runs on any processor of its kind. */
#include "engine/kernel.h"

#if defined(__x86_64__) && defined(__GNUC__)
#define HAVE_VECTORS 1
#include <immintrin.h>
#endif

/* ---- plain C ------------------------------------------------------------------------------ */

#define SCALAR(type, suffix)                                                                      \
    static void move_scalar_##suffix(void *to, const void *from, const void *plus,                \
                                     const void *minus, size_t n, uint64_t *negative)             \
    {                                                                                              \
        type *t = to;                                                                              \
        const type *f = from, *p = plus, *m = minus;                                               \
        for (size_t word = 0; word < n / 64; word++) {                                             \
            uint64_t bits = 0;                                                                     \
            for (size_t i = 0; i < 64; i++) {                                                      \
                const size_t lane = word * 64 + i;                                                 \
                t[lane] = (type)(f[lane] + p[lane] - m[lane]);                                     \
                bits |= (uint64_t)(t[lane] < 0) << i;                                              \
            }                                                                                      \
            negative[word] = bits;                                                                 \
        }                                                                                          \
    }                                                                                              \
    static void raise_scalar_##suffix(void *to, const void *row, size_t n)                        \
    {                                                                                              \
        type *t = to;                                                                              \
        const type *r = row;                                                                       \
        for (size_t i = 0; i < n; i++) t[i] = t[i] > r[i] ? t[i] : r[i];                           \
    }

SCALAR(int16_t, 2)
SCALAR(int32_t, 4)

/* ---- vectors ------------------------------------------------------------------------------ */

#ifdef HAVE_VECTORS
#define AVX2 __attribute__((target("avx2")))
#define AVX512 __attribute__((target("avx512f,avx512bw,avx512dq")))

AVX2 static __m256i moved256(const char *f, const char *p, const char *m, size_t at, int bytes)
{
    const __m256i from = _mm256_load_si256((const __m256i *)(const void *)(f + at));
    const __m256i plus = _mm256_load_si256((const __m256i *)(const void *)(p + at));
    const __m256i minus = _mm256_load_si256((const __m256i *)(const void *)(m + at));
    return bytes == 2 ? _mm256_add_epi16(from, _mm256_sub_epi16(plus, minus))
                      : _mm256_add_epi32(from, _mm256_sub_epi32(plus, minus));
}

AVX2 static void move_avx2_2(void *to, const void *from, const void *plus, const void *minus,
                             size_t n, uint64_t *negative)
{
    for (size_t word = 0; word < n / 64; word++) {
        uint64_t bits = 0;
        for (size_t half = 0; half < 2; half++) {
            const size_t at = word * 128 + half * 64;
            const __m256i a = moved256(from, plus, minus, at, 2);
            const __m256i b = moved256(from, plus, minus, at + 32, 2);
            _mm256_store_si256((__m256i *)(void *)((char *)to + at), a);
            _mm256_store_si256((__m256i *)(void *)((char *)to + at + 32), b);
            const __m256i packed =
                _mm256_permute4x64_epi64(_mm256_packs_epi16(a, b), _MM_SHUFFLE(3, 1, 2, 0));
            bits |= (uint64_t)(uint32_t)_mm256_movemask_epi8(packed) << (32 * half);
        }
        negative[word] = bits;
    }
}

AVX2 static void move_avx2_4(void *to, const void *from, const void *plus, const void *minus,
                             size_t n, uint64_t *negative)
{
    for (size_t word = 0; word < n / 64; word++) {
        uint64_t bits = 0;
        for (size_t part = 0; part < 8; part++) {
            const size_t at = word * 256 + part * 32;
            const __m256i a = moved256(from, plus, minus, at, 4);
            _mm256_store_si256((__m256i *)(void *)((char *)to + at), a);
            bits |= (uint64_t)(uint32_t)_mm256_movemask_ps(_mm256_castsi256_ps(a)) << (8 * part);
        }
        negative[word] = bits;
    }
}

AVX2 static void raise_avx2(void *to, const void *row, size_t size, int bytes)
{
    for (size_t at = 0; at < size; at += 32) {
        __m256i *t = (__m256i *)(void *)((char *)to + at);
        const __m256i a = _mm256_load_si256(t);
        const __m256i b = _mm256_load_si256((const __m256i *)(const void *)((const char *)row + at));
        _mm256_store_si256(t, bytes == 2 ? _mm256_max_epi16(a, b) : _mm256_max_epi32(a, b));
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

AVX512 static __m512i moved512(const char *f, const char *p, const char *m, size_t at, int bytes)
{
    const __m512i from = _mm512_load_si512(f + at);
    const __m512i plus = _mm512_load_si512(p + at);
    const __m512i minus = _mm512_load_si512(m + at);
    return bytes == 2 ? _mm512_add_epi16(from, _mm512_sub_epi16(plus, minus))
                      : _mm512_add_epi32(from, _mm512_sub_epi32(plus, minus));
}

AVX512 static void move_avx512_2(void *to, const void *from, const void *plus, const void *minus,
                                 size_t n, uint64_t *negative)
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

AVX512 static void move_avx512_4(void *to, const void *from, const void *plus, const void *minus,
                                 size_t n, uint64_t *negative)
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
        [FPLI_SCALAR] = {{"scalar", move_scalar_2, raise_scalar_2},
                         {"scalar", move_scalar_4, raise_scalar_4}},
#ifdef HAVE_VECTORS
        [FPLI_AVX2] = {{"AVX2", move_avx2_2, raise_avx2_2}, {"AVX2", move_avx2_4, raise_avx2_4}},
        [FPLI_AVX512] = {{"AVX-512", move_avx512_2, raise_avx512_2},
                         {"AVX-512", move_avx512_4, raise_avx512_4}},
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
