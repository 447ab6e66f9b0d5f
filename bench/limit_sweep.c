/* The physical limit of a sweep: how many compares of one byte lane no sweep of this kind can do
 * without, and how long this processor needs for so many when they come from its nearest cache.
 *
 * In a block of states a pair of variants needs a compare for each state, unless one of the two loses
 * everywhere in the block to some variant. This restates the rule; blocks.c has its own. */
#include "instance.h"

#include "engine/blocks.h"

#include <fahrplan/balance.h>

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

enum { VARIANTS = 16, ROWS = 48, ROUNDS = 2000, REPEATS = 50 };

/* ---- compares that are needed --------------------------------------------------------------- */

typedef struct leads {
    const fpl_model *model;
    int n;
    int32_t *balance;
    int32_t
        *at; /* by descriptor and pair: twice the lead of c over b, and who wins a tie */
} leads;

static int32_t *lead_of(const leads *l, int d, int b, int c)
{
    return l->at + (d * VARIANTS + b) * VARIANTS + c;
}

static void fill_leads(const leads *l, const uint16_t *z)
{
    fpl_balance(l->model, z, l->balance);
    for (int d = 0; d < l->n; d++) {
        const int32_t *score = l->balance + fpl_model_offset(l->model, d);
        const int k = fpl_model_n_variants(l->model, d);
        for (int b = 0; b < k; b++)
            for (int c = b + 1; c < k; c++)
                *lead_of(l, d, b, c) = 2 * (score[c] - score[b]) + (z[d] == c ? 1 : -1);
    }
}

static leads leads_new(const fpl_model *model)
{
    leads l = {.model = model, .n = fpl_model_n_descriptors(model)};
    l.balance = calloc((size_t)fpl_model_offset(model, l.n), sizeof *l.balance);
    l.at = calloc((size_t)l.n * VARIANTS * VARIANTS, sizeof *l.at);
    if (l.balance == NULL || l.at == NULL) instance_fail("no memory");
    for (int d = 0; d < l.n; d++)
        if (fpl_model_n_variants(model, d) > VARIANTS) instance_fail("too many variants");
    return l;
}

static void leads_free(leads *l)
{
    free(l->balance);
    free(l->at);
}

/* Pairs of variants of d that some state of a block has to compare. here: at the first state of the
 * block; zero: at the very first state; low, high: over the first block. */
static uint64_t pairs_left(const leads *here, const leads *zero, const leads *low,
                           const leads *high, int d)
{
    const int k = fpl_model_n_variants(here->model, d);
    bool loses[VARIANTS] = {false};
    uint64_t n = 0;
    for (int b = 0; b < k; b++)
        for (int c = b + 1; c < k; c++) {
            const int32_t shift = *lead_of(here, d, b, c) - *lead_of(zero, d, b, c);
            loses[b] = loses[b] || *lead_of(low, d, b, c) + shift > 0;
            loses[c] = loses[c] || *lead_of(high, d, b, c) + shift < 0;
        }
    for (int v = 0; v < k; v++) n += !loses[v];
    return n * (n - 1) / 2;
}

static void fill_range(const fpli_blocks *blocks, leads *zero, leads *low, leads *high)
{
    uint16_t z[FPL_DESCRIPTORS_MAX];
    leads one = leads_new(zero->model);
    const size_t size = (size_t)one.n * VARIANTS * VARIANTS;
    for (uint64_t x = 0; x < fpli_blocks_states(blocks); x++) {
        fpli_blocks_scenario(blocks, x, z);
        fill_leads(&one, z);
        for (size_t i = 0; i < size; i++) {
            if (x == 0) zero->at[i] = low->at[i] = high->at[i] = one.at[i];
            low->at[i] = one.at[i] < low->at[i] ? one.at[i] : low->at[i];
            high->at[i] = one.at[i] > high->at[i] ? one.at[i] : high->at[i];
        }
    }
    leads_free(&one);
}

static uint64_t compares_needed(const fpl_model *model, const fpli_blocks *blocks)
{
    uint16_t z[FPL_DESCRIPTORS_MAX];
    leads zero = leads_new(model), low = leads_new(model), high = leads_new(model),
          here = leads_new(model);
    const uint64_t states = fpli_blocks_states(blocks);
    uint64_t n = 0;
    fill_range(blocks, &zero, &low, &high);
    for (uint64_t b = 0; b < fpli_blocks_n(blocks); b++) {
        fpli_blocks_scenario(blocks, b * states, z);
        fill_leads(&here, z);
        for (int d = 0; d < here.n; d++)
            n += states * pairs_left(&here, &zero, &low, &high, d);
    }
    leads_free(&zero);
    leads_free(&low);
    leads_free(&high);
    leads_free(&here);
    return n;
}

static uint64_t compares_of_all_pairs(const fpl_model *model, uint64_t states)
{
    uint64_t pairs = 0;
    for (int d = 0; d < fpl_model_n_descriptors(model); d++) {
        const uint64_t k = (uint64_t)fpl_model_n_variants(model, d);
        pairs += k * (k - 1) / 2;
    }
    return pairs * states;
}

/* ---- what the processor can do -------------------------------------------------------------- */

/* ROWS rows of four vectors of `size` bytes against a threshold each. What each compare gives is kept,
 * so that none is left out; the four chains do not wait for each other. Returns the compares done. */
#define COMPARE_ALL(name, size, attribute)                                               \
    typedef int8_t vector_##name __attribute__((vector_size(size)));                     \
    attribute static uint64_t compare_##name(int8_t *bytes)                              \
    {                                                                                    \
        vector_##name *row = (vector_##name *)(void *)bytes;                             \
        vector_##name a = row[0], b = row[1], c = row[2], d = row[3];                    \
        for (int round = 0; round < ROUNDS; round++)                                     \
            for (int p = 0; p < ROWS; p++) {                                             \
                const int8_t at = (int8_t)(p + round);                                   \
                a ^= row[4 * p] > at;                                                    \
                b ^= row[4 * p + 1] > at;                                                \
                c ^= row[4 * p + 2] > at;                                                \
                d ^= row[4 * p + 3] > at;                                                \
            }                                                                            \
        row[0] = a, row[1] = b, row[2] = c, row[3] = d;                                  \
        return (uint64_t)4 * size * ROWS * ROUNDS;                                       \
    }

COMPARE_ALL(plain, 16, )
#if defined(__x86_64__) && defined(__GNUC__)
COMPARE_ALL(avx2, 32, __attribute__((target("avx2"))))
COMPARE_ALL(avx512, 64, __attribute__((target("avx512f,avx512bw"))))
#endif

static uint64_t compare_all(int8_t *bytes)
{
#if defined(__x86_64__) && defined(__GNUC__)
    if (__builtin_cpu_supports("avx512bw")) return compare_avx512(bytes);
    if (__builtin_cpu_supports("avx2")) return compare_avx2(bytes);
#endif
    return compare_plain(bytes);
}

static double seconds_now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
    return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

/* The best of several runs: a limit is what the machine can do when nobody disturbs it. */
static double compares_a_second(void)
{
    _Alignas(64) static int8_t bytes[ROWS * 4 * 64];
    double best = 0;
    for (size_t i = 0; i < sizeof bytes; i++) bytes[i] = (int8_t)(i * 37);
    for (int repeat = 0; repeat < REPEATS; repeat++) {
        const double start = seconds_now();
        const uint64_t n = compare_all(bytes);
        const double rate = (double)n / (seconds_now() - start);
        best = rate > best ? rate : best;
    }
    if (bytes[0] == 42) fputs("\n", stderr); /* the compiler must believe in its use */
    return best;
}

int main(int argc, char **argv)
{
    static const uint16_t fixed[FPL_DESCRIPTORS_MAX];
    bool scope[FPL_DESCRIPTORS_MAX];
    fpl_model *model = instance_from(argc, argv);
    for (int d = 0; d < FPL_DESCRIPTORS_MAX; d++) scope[d] = true;
    const fpli_blocks_task task = {model, scope, fixed, NULL};
    fpli_blocks *blocks = NULL;
    if (fpli_blocks_new(&task, &blocks) != FPL_OK) instance_fail("no memory");
    const uint64_t needed = compares_needed(model, blocks);
    const double rate = compares_a_second();
    printf("{\"seconds\": %.9f, \"compares\": %" PRIu64 ", \"all\": %" PRIu64
           ", \"rate\": %.6g}\n",
           (double)needed / rate, needed,
           compares_of_all_pairs(model, fpli_blocks_space(blocks)), rate);
    fpli_blocks_free(blocks);
    fpl_model_free(model);
    return 0;
}
