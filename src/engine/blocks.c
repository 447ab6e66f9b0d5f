/* Successors, block by block. */
#include "engine/blocks.h"

#include "base/mem.h"
#include "base/status.h"

#include <stdlib.h>
#include <string.h>

enum { PAD = 64, GROUP_STATES = 256, ROW_MOST = 127 };

#if defined(__x86_64__) && defined(__GNUC__)
#define HAVE_VECTORS 1
#include <immintrin.h>
#endif

typedef struct member {
    int descriptor, k;
    uint64_t weight; /* of its digit in the number of a state */
    int first_pair;
    int group;
    int group_weight; /* of its digit in its group */
} member;

/* Inner kernels, one for each kind of processor. */
typedef struct kernel {
    /* acc += step where row > at_least, of two; `size` is a multiple of PAD */
    void (*two)(uint8_t *acc, const int8_t *row, int8_t at, uint8_t step, size_t size);
    /* the same of three: leads of 2 over 1, 3 over 1, 3 over 2 */
    void (*three)(uint8_t *acc, const int8_t *const row[3], const int8_t at[3],
                  const uint8_t step[2], size_t size);
    /* bit x of changed set where acc[x] differs from acc[x - 1] */
    void (*changes)(uint64_t *changed, const uint8_t *acc, size_t size);
    /* to[x] += acc[x] * weight, modulo the width */
    void (*spread32)(uint32_t *to, const uint8_t *acc, uint32_t weight, size_t size);
    void (*spread64)(uint64_t *to, const uint8_t *acc, uint64_t weight, size_t size);
} kernel;

struct fpli_blocks {
    fpli_blocks_task task;
    uint16_t *fixed; /* n indices */
    int n;           /* members in scope with more than one variant */
    member *members;
    int n_inner, n_pairs, n_groups;
    size_t n_states, stride;
    uint64_t n_outer, space;
    uint64_t *group_weight;
    int8_t *rows;        /* by pair: stride leads, the share of the inner members */
    int *low, *high;     /* by pair: least and largest of its row */
    int32_t *constant;   /* by pair: the share of those out of scope */
    int32_t **outer_row; /* by outer member and variant: its share in each pair */
    int *first_outer;    /* by member: its first outer row; -1: inner */
    const kernel *kernel;
};

struct fpli_cursor {
    const fpli_blocks *blocks;
    uint16_t *chosen;  /* by member: its variant, of outer ones */
    int32_t *outer;    /* by pair */
    uint8_t *acc;      /* by group: stride digits */
    uint64_t *changed; /* by state, one bit */
    void *successor;   /* by state: 32 or 64 bits, by the size of the space */
    bool *active;      /* by group */
};

/* ---- kernels ------------------------------------------------------------------------------ */

#define ALWAYS_INLINE inline __attribute__((always_inline))

static ALWAYS_INLINE void two(uint8_t *acc, const int8_t *row, int8_t at, uint8_t step,
                              size_t size)
{
    for (size_t from = 0; from < size; from += PAD)
        for (size_t x = from; x < from + PAD; x++)
            acc[x] = (uint8_t)(acc[x] + (row[x] > at ? step : 0));
}

static ALWAYS_INLINE void three(uint8_t *acc, const int8_t *const row[3],
                                const int8_t at[3], const uint8_t step[2], size_t size)
{
    const int8_t *r21 = row[0], *r31 = row[1], *r32 = row[2];
    const int8_t a21 = at[0], a31 = at[1], a32 = at[2];
    const uint8_t second = step[0], third = step[1];
    for (size_t from = 0; from < size; from += PAD)
        for (size_t x = from; x < from + PAD; x++) {
            const uint8_t m21 = r21[x] > a21 ? 0xFF : 0, m31 = r31[x] > a31 ? 0xFF : 0,
                          m32 = r32[x] > a32 ? 0xFF : 0;
            acc[x] = (uint8_t)(acc[x] + (m21 & (uint8_t)~m32 & second) +
                               (m31 & m32 & third));
        }
}

static ALWAYS_INLINE void spread32(uint32_t *to, const uint8_t *acc, uint32_t weight,
                                   size_t size)
{
    for (size_t from = 0; from < size; from += PAD)
        for (size_t x = from; x < from + PAD; x++) to[x] += acc[x] * weight;
}

static ALWAYS_INLINE void spread64(uint64_t *to, const uint8_t *acc, uint64_t weight,
                                   size_t size)
{
    for (size_t from = 0; from < size; from += PAD)
        for (size_t x = from; x < from + PAD; x++) to[x] += acc[x] * weight;
}

static void changes_plain(uint64_t *changed, const uint8_t *acc, size_t size)
{
    for (size_t x = 0; x < size; x++)
        changed[x / 64] |= (uint64_t)(acc[x] != acc[(ptrdiff_t)x - 1]) << x % 64;
}

#ifdef HAVE_VECTORS
__attribute__((target("avx2"))) static void changes_avx2(uint64_t *changed,
                                                         const uint8_t *acc, size_t size)
{
    for (size_t x = 0; x < size; x += 64) {
        uint64_t equal = 0;
        for (size_t half = 0; half < 64; half += 32) {
            const __m256i own = _mm256_loadu_si256((const void *)(acc + x + half));
            const __m256i left = _mm256_loadu_si256((const void *)(acc + x + half - 1));
            const int mask = _mm256_movemask_epi8(_mm256_cmpeq_epi8(own, left));
            equal |= (uint64_t)(uint32_t)mask << half;
        }
        changed[x / 64] |= ~equal;
    }
}

__attribute__((target("avx512f,avx512bw"))) static void
changes_avx512(uint64_t *changed, const uint8_t *acc, size_t size)
{
    for (size_t x = 0; x < size; x += 64)
        changed[x / 64] |= _mm512_cmpneq_epi8_mask(_mm512_loadu_si512(acc + x),
                                                   _mm512_loadu_si512(acc + x - 1));
}
#endif

#define VERSION(name, attribute)                                                         \
    attribute static void two_##name(uint8_t *acc, const int8_t *row, int8_t at,         \
                                     uint8_t step, size_t size)                          \
    {                                                                                    \
        two(acc, row, at, step, size);                                                   \
    }                                                                                    \
    attribute static void three_##name(uint8_t *acc, const int8_t *const row[3],         \
                                       const int8_t at[3], const uint8_t step[2],        \
                                       size_t size)                                      \
    {                                                                                    \
        three(acc, row, at, step, size);                                                 \
    }                                                                                    \
    attribute static void spread32_##name(uint32_t *to, const uint8_t *acc,              \
                                          uint32_t weight, size_t size)                  \
    {                                                                                    \
        spread32(to, acc, weight, size);                                                 \
    }                                                                                    \
    attribute static void spread64_##name(uint64_t *to, const uint8_t *acc,              \
                                          uint64_t weight, size_t size)                  \
    {                                                                                    \
        spread64(to, acc, weight, size);                                                 \
    }                                                                                    \
    static const kernel kernel_##name = {two_##name, three_##name, changes_##name,       \
                                         spread32_##name, spread64_##name};

VERSION(plain, )
#ifdef HAVE_VECTORS
VERSION(avx2, __attribute__((target("avx2"))))
VERSION(avx512, __attribute__((target("avx512f,avx512bw,avx512dq,avx512vl"))))
#endif

static const kernel *best_kernel(void)
{
#ifdef HAVE_VECTORS
    if (__builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512vl") &&
        __builtin_cpu_supports("avx512dq"))
        return &kernel_avx512;
    if (__builtin_cpu_supports("avx2")) return &kernel_avx2;
#endif
    return &kernel_plain;
}

/* ---- set-up ------------------------------------------------------------------------------- */

static int pair_of(const member *m, int b, int c)
{
    return m->first_pair + b * m->k - b * (b + 1) / 2 + c - b - 1;
}

/* Twice the lead of c over b that variant a of descriptor i gives in j. */
static int32_t lead(const fpl_model *model, int i, int a, int j, int b, int c)
{
    return 2 * (fpl_model_judgement(model, i, a, j, c) -
                fpl_model_judgement(model, i, a, j, b));
}

/* M3.1 and M3.5: who is there already stays unless beaten by more than its stickiness; otherwise the
 * lower one wins a tie. */
static int32_t own_lead(const fpli_blocks *s, int j, int own, int b, int c)
{
    const int32_t stick = s->task.stickiness == NULL ? 0 : s->task.stickiness[j];
    return own == c ? 2 * stick + 1 : own == b ? -2 * stick - 1 : -1;
}

/* What variant a of member i adds to the pair (b, c) of member m, the tie rule included. */
static int32_t share_of(const fpli_blocks *s, const member *i, int a, const member *m,
                        int b, int c)
{
    int32_t share = lead(s->task.model, i->descriptor, a, m->descriptor, b, c);
    if (i == m) share += own_lead(s, m->descriptor, a, b, c);
    return share;
}

static double influence_of(const fpli_blocks *s, const member *i)
{
    double sum = 0;
    for (int o = 0; o < s->n; o++) {
        const member *m = &s->members[o];
        for (int a = 0; a < i->k; a++)
            for (int b = 0; b < m->k; b++)
                for (int c = b + 1; c < m->k; c++)
                    sum += abs(lead(s->task.model, i->descriptor, a, m->descriptor, b,
                                    c)) /
                           (double)(i->k * (m->k - 1));
    }
    return sum;
}

/* Weak ones inside: neighbouring states then mostly have the same successor. */
static fpl_status list_members(fpli_blocks *s)
{
    const int n = fpl_model_n_descriptors(s->task.model);
    double *influence = fpli_new((size_t)n, sizeof *influence);
    s->members = fpli_new((size_t)n, sizeof *s->members);
    s->fixed = fpli_new((size_t)n, sizeof *s->fixed);
    if (influence == NULL || s->members == NULL || s->fixed == NULL) {
        fpli_free(influence);
        return FPL_E_MEMORY;
    }
    memcpy(s->fixed, s->task.fixed, (size_t)n * sizeof *s->fixed);
    for (int d = 0; d < n; d++) {
        const int k = fpl_model_n_variants(s->task.model, d);
        if (!s->task.scope[d]) continue;
        if (k > 1)
            s->members[s->n++] = (member){.descriptor = d, .k = k};
        else
            s->fixed[d] = 0;
    }
    for (int i = 0; i < s->n; i++) influence[i] = influence_of(s, &s->members[i]);
    for (int i = 1; i < s->n; i++)
        for (int at = i; at > 0 && influence[at] < influence[at - 1]; at--) {
            const member kept = s->members[at];
            const double weight = influence[at];
            s->members[at] = s->members[at - 1];
            influence[at] = influence[at - 1];
            s->members[at - 1] = kept;
            influence[at - 1] = weight;
        }
    fpli_free(influence);
    return FPL_OK;
}

static void number_members(fpli_blocks *s)
{
    int states = GROUP_STATES;
    s->space = 1;
    for (int i = 0; i < s->n; i++) {
        member *m = &s->members[i];
        m->first_pair = s->n_pairs;
        s->n_pairs += m->k * (m->k - 1) / 2;
        m->weight = s->space;
        s->space = s->space > INT64_MAX / (uint64_t)m->k ? 0 : s->space * (uint64_t)m->k;
        if (states * m->k > GROUP_STATES) {
            s->n_groups++;
            states = 1;
        }
        m->group = s->n_groups - 1;
        m->group_weight = states;
        states *= m->k;
    }
}

/* Whether leads stay within a byte if the first n_inner members span the block. */
static bool fits(const fpli_blocks *s, int n_inner)
{
    for (int o = 0; o < s->n; o++) {
        const member *m = &s->members[o];
        for (int b = 0; b < m->k; b++)
            for (int c = b + 1; c < m->k; c++) {
                int32_t low = 0, high = 0;
                for (int i = 0; i < n_inner; i++) {
                    int32_t least = INT32_MAX, most = INT32_MIN;
                    for (int a = 0; a < s->members[i].k; a++) {
                        const int32_t share = share_of(s, &s->members[i], a, m, b, c);
                        least = share < least ? share : least;
                        most = share > most ? share : most;
                    }
                    low += least;
                    high += most;
                }
                if (low < -ROW_MOST || high > ROW_MOST) return false;
            }
    }
    return true;
}

static void choose_inner(fpli_blocks *s)
{
    s->n_states = 1;
    while (s->n_inner < s->n &&
           s->n_states * (size_t)s->members[s->n_inner].k <= FPLI_BLOCK_STATES &&
           fits(s, s->n_inner + 1))
        s->n_states *= (size_t)s->members[s->n_inner++].k;
    s->stride = (s->n_states + PAD - 1) / PAD * PAD;
    s->n_outer = s->space / s->n_states;
}

static void fill_rows_of(fpli_blocks *s, const member *m)
{
    for (int b = 0; b < m->k; b++)
        for (int c = b + 1; c < m->k; c++) {
            const int p = pair_of(m, b, c);
            int8_t *row = s->rows + (size_t)p * s->stride;
            s->low[p] = INT32_MAX;
            s->high[p] = INT32_MIN;
            for (size_t x = 0; x < s->n_states; x++) {
                int32_t sum = 0;
                for (int i = 0; i < s->n_inner; i++) {
                    const member *inner = &s->members[i];
                    const int a = (int)(x / inner->weight % (uint64_t)inner->k);
                    sum += share_of(s, inner, a, m, b, c);
                }
                row[x] = (int8_t)sum;
                s->low[p] = sum < s->low[p] ? sum : s->low[p];
                s->high[p] = sum > s->high[p] ? sum : s->high[p];
            }
            for (int d = 0; d < fpl_model_n_descriptors(s->task.model); d++) {
                bool within = false;
                for (int i = 0; i < s->n; i++)
                    within = within || s->members[i].descriptor == d;
                if (!within)
                    s->constant[p] += lead(s->task.model, d, s->fixed[d], m->descriptor,
                                           b, c);
            }
        }
}

static fpl_status fill_outer(fpli_blocks *s)
{
    int n_rows = 0;
    for (int i = 0; i < s->n; i++) {
        s->first_outer[i] = i < s->n_inner ? -1 : n_rows;
        n_rows += i < s->n_inner ? 0 : s->members[i].k;
    }
    s->outer_row = fpli_new((size_t)n_rows, sizeof *s->outer_row);
    if (s->outer_row == NULL) return FPL_E_MEMORY;
    for (int i = s->n_inner; i < s->n; i++)
        for (int a = 0; a < s->members[i].k; a++) {
            int32_t *row = fpli_new((size_t)s->n_pairs, sizeof *row);
            if (row == NULL) return FPL_E_MEMORY;
            s->outer_row[s->first_outer[i] + a] = row;
            for (int o = 0; o < s->n; o++)
                for (int b = 0; b < s->members[o].k; b++)
                    for (int c = b + 1; c < s->members[o].k; c++)
                        row[pair_of(&s->members[o], b, c)] = share_of(
                            s, &s->members[i], a, &s->members[o], b, c);
        }
    return FPL_OK;
}

fpl_status fpli_blocks_new(const fpli_blocks_task *task, fpli_blocks **blocks)
{
    fpl_status status = FPL_OK;
    fpli_blocks *s = fpli_new(1, sizeof *s);
    if (s == NULL) return FPL_E_MEMORY;
    s->task = *task;
    s->kernel = best_kernel();
    FPL_TRY(list_members(s));
    number_members(s);
    choose_inner(s);
    const size_t pairs = (size_t)s->n_pairs;
    s->group_weight = fpli_new((size_t)s->n_groups, sizeof *s->group_weight);
    s->rows = fpli_new_aligned(pairs * s->stride, 1);
    s->low = fpli_new(pairs, sizeof *s->low);
    s->high = fpli_new(pairs, sizeof *s->high);
    s->constant = fpli_new(pairs, sizeof *s->constant);
    s->first_outer = fpli_new((size_t)s->n, sizeof *s->first_outer);
    FPL_TRY(s->group_weight == NULL || s->rows == NULL || s->low == NULL ||
                    s->high == NULL || s->constant == NULL || s->first_outer == NULL
                ? FPL_E_MEMORY
                : FPL_OK);
    for (int i = s->n; i-- > 0;) {
        fill_rows_of(s, &s->members[i]);
        s->group_weight[s->members[i].group] = s->members[i].weight;
    }
    FPL_TRY(fill_outer(s));
    *blocks = s;
    s = NULL;
out:
    fpli_blocks_free(s);
    return status;
}

void fpli_blocks_free(fpli_blocks *blocks)
{
    if (blocks == NULL) return;
    for (int i = blocks->n_inner; blocks->outer_row != NULL && i < blocks->n; i++)
        for (int a = 0; a < blocks->members[i].k; a++)
            fpli_free(blocks->outer_row[blocks->first_outer[i] + a]);
    fpli_free(blocks->outer_row);
    fpli_free(blocks->members);
    fpli_free(blocks->fixed);
    fpli_free(blocks->group_weight);
    fpli_free(blocks->rows);
    fpli_free(blocks->low);
    fpli_free(blocks->high);
    fpli_free(blocks->constant);
    fpli_free(blocks->first_outer);
    fpli_free(blocks);
}

uint64_t fpli_blocks_space(const fpli_blocks *blocks)
{
    return blocks->space;
}

uint64_t fpli_blocks_n(const fpli_blocks *blocks)
{
    return blocks->n_outer;
}

size_t fpli_blocks_states(const fpli_blocks *blocks)
{
    return blocks->n_states;
}

void fpli_blocks_scenario(const fpli_blocks *blocks, uint64_t state, uint16_t *z)
{
    memcpy(z, blocks->fixed,
           (size_t)fpl_model_n_descriptors(blocks->task.model) * sizeof *z);
    for (int i = 0; i < blocks->n; i++) {
        const member *m = &blocks->members[i];
        z[m->descriptor] = (uint16_t)(state / m->weight % (uint64_t)m->k);
    }
}

/* ---- cursor ------------------------------------------------------------------------------- */

fpl_status fpli_cursor_new(const fpli_blocks *blocks, fpli_cursor **cursor)
{
    fpli_cursor *c = fpli_new(1, sizeof *c);
    if (c == NULL) return FPL_E_MEMORY;
    c->blocks = blocks;
    c->chosen = fpli_new((size_t)blocks->n, sizeof *c->chosen);
    c->outer = fpli_new((size_t)blocks->n_pairs, sizeof *c->outer);
    /* one vector before the first group, for its neighbour on the left */
    c->acc = fpli_new_aligned((size_t)blocks->n_groups * blocks->stride + PAD, 1);
    c->changed = fpli_new(blocks->stride / 64, sizeof *c->changed);
    c->successor = fpli_new_aligned(blocks->stride, sizeof(uint64_t));
    c->active = fpli_new((size_t)blocks->n_groups, sizeof *c->active);
    if (c->chosen == NULL || c->outer == NULL || c->acc == NULL || c->changed == NULL ||
        c->successor == NULL || c->active == NULL) {
        fpli_cursor_free(c);
        return FPL_E_MEMORY;
    }
    fpli_cursor_set(c, 0);
    *cursor = c;
    return FPL_OK;
}

void fpli_cursor_free(fpli_cursor *cursor)
{
    if (cursor == NULL) return;
    fpli_free(cursor->chosen);
    fpli_free(cursor->outer);
    fpli_free(cursor->acc);
    fpli_free(cursor->changed);
    fpli_free(cursor->successor);
    fpli_free(cursor->active);
    fpli_free(cursor);
}

static const int32_t *outer_row(const fpli_cursor *c, int i)
{
    return c->blocks->outer_row[c->blocks->first_outer[i] + c->chosen[i]];
}

void fpli_cursor_set(fpli_cursor *cursor, uint64_t block)
{
    const fpli_blocks *s = cursor->blocks;
    memcpy(cursor->outer, s->constant, (size_t)s->n_pairs * sizeof *cursor->outer);
    for (int i = s->n_inner; i < s->n; i++) {
        cursor->chosen[i] = (uint16_t)(block % (uint64_t)s->members[i].k);
        block /= (uint64_t)s->members[i].k;
        const int32_t *row = outer_row(cursor, i);
        for (int p = 0; p < s->n_pairs; p++) cursor->outer[p] += row[p];
    }
}

void fpli_cursor_next(fpli_cursor *cursor)
{
    const fpli_blocks *s = cursor->blocks;
    for (int i = s->n_inner; i < s->n; i++) {
        const int32_t *old = outer_row(cursor, i);
        const bool carry = cursor->chosen[i] + 1 == s->members[i].k;
        cursor->chosen[i] = (uint16_t)(carry ? 0 : cursor->chosen[i] + 1);
        const int32_t *new = outer_row(cursor, i);
        for (int p = 0; p < s->n_pairs; p++) cursor->outer[p] += new[p] - old[p];
        if (!carry) return;
    }
}

/* ---- one block ---------------------------------------------------------------------------- */

/* The variants that win in some state of the block. */
static int survivors(const fpli_cursor *c, const member *m, int *best)
{
    const fpli_blocks *s = c->blocks;
    uint64_t dead = 0;
    int p = m->first_pair;
    for (int b = 0; b < m->k; b++)
        for (int d = b + 1; d < m->k; d++, p++) {
            if (s->low[p] + c->outer[p] > 0)
                dead |= (uint64_t)1 << b;
            else if (s->high[p] + c->outer[p] <= 0)
                dead |= (uint64_t)1 << d;
        }
    int n = 0;
    for (int v = 0; v < m->k; v++)
        if (!(dead >> v & 1)) best[n++] = v;
    return n;
}

static uint8_t *digits_of(fpli_cursor *c, int group)
{
    uint8_t *acc = c->acc + PAD + (size_t)group * c->blocks->stride;
    if (!c->active[group]) memset(acc, 0, c->blocks->stride);
    c->active[group] = true;
    return acc;
}

/* More than three that win somewhere: each where it beats all others. */
static void add_many(fpli_cursor *c, const member *m, const int *best, int n,
                     uint8_t *acc)
{
    const fpli_blocks *s = c->blocks;
    for (size_t x = 0; x < s->n_states; x++) {
        int winner = 0;
        for (int i = 1; i < n; i++) {
            const int p = pair_of(m, best[winner], best[i]);
            if (s->rows[(size_t)p * s->stride + x] + c->outer[p] > 0) winner = i;
        }
        acc[x] = (uint8_t)(acc[x] + (best[winner] - best[0]) * m->group_weight);
    }
}

/* The lowest surviving variant goes into the base, what is above it into the lanes. */
static void add_lanes(fpli_cursor *c, const member *m, const int *best, int n)
{
    const fpli_blocks *s = c->blocks;
    uint8_t *acc = digits_of(c, m->group);
    const int8_t *row[3];
    int8_t at[3];
    uint8_t step[2];
    if (n > 3) {
        add_many(c, m, best, n, acc);
        return;
    }
    int i = 0;
    for (int upper = 1; upper < n; upper++) {
        step[upper - 1] = (uint8_t)((best[upper] - best[0]) * m->group_weight);
        for (int lower = 0; lower < upper; lower++, i++) {
            const int p = pair_of(m, best[lower], best[upper]);
            row[i] = s->rows + (size_t)p * s->stride;
            at[i] = (int8_t)-c->outer[p];
        }
    }
    if (n == 2)
        s->kernel->two(acc, row[0], at[0], step[0], s->stride);
    else
        s->kernel->three(acc, row, at, step, s->stride);
}

/* Successors of all states of the block, and where they change. */
static void spread(fpli_cursor *c, uint64_t base)
{
    const fpli_blocks *s = c->blocks;
    const bool narrow = s->space <= UINT32_MAX;
    memset(c->changed, 0, s->stride / 8);
    for (size_t x = 0; x < s->n_states; x++) {
        if (narrow)
            ((uint32_t *)c->successor)[x] = (uint32_t)base;
        else
            ((uint64_t *)c->successor)[x] = base;
    }
    for (int g = 0; g < s->n_groups; g++) {
        const uint8_t *acc = c->acc + PAD + (size_t)g * s->stride;
        if (!c->active[g]) continue;
        s->kernel->changes(c->changed, acc, s->stride);
        if (narrow)
            s->kernel->spread32(c->successor, acc, (uint32_t)s->group_weight[g],
                                s->stride);
        else
            s->kernel->spread64(c->successor, acc, s->group_weight[g], s->stride);
    }
    c->changed[0] |= 1;
    if (s->n_states % 64 != 0)
        c->changed[s->n_states / 64] &= ((uint64_t)1 << s->n_states % 64) - 1;
}

static void find_runs(fpli_cursor *c, uint64_t base, bool any, fpli_runs *runs)
{
    const fpli_blocks *s = c->blocks;
    const bool narrow = s->space <= UINT32_MAX;
    size_t n = 0;
    if (!any) {
        runs->start[0] = 0;
        runs->successor[n++] = base;
    } else {
        spread(c, base);
        for (size_t word = 0; word < s->stride / 64; word++)
            for (uint64_t bits = c->changed[word]; bits != 0; bits &= bits - 1) {
                const size_t x = word * 64 + (size_t)__builtin_ctzll(bits);
                runs->start[n] = (uint16_t)x;
                runs->successor[n++] = narrow ? ((const uint32_t *)c->successor)[x]
                                              : ((const uint64_t *)c->successor)[x];
            }
    }
    runs->start[n] = (uint16_t)s->n_states;
    runs->n = n;
}

void fpli_cursor_runs(fpli_cursor *cursor, fpli_runs *runs)
{
    const fpli_blocks *s = cursor->blocks;
    uint64_t base = 0;
    bool any = false;
    memset(cursor->active, 0, (size_t)s->n_groups * sizeof *cursor->active);
    for (int i = 0; i < s->n; i++) {
        const member *m = &s->members[i];
        int best[FPL_VARIANTS_MAX];
        best[0] = 0;
        const int n = survivors(cursor, m, best);
        base += (uint64_t)best[0] * m->weight;
        if (n == 1) continue;
        add_lanes(cursor, m, best, n);
        any = true;
    }
    find_runs(cursor, base, any, runs);
}
