/* The sweep. For each outer state the scores of all variants are one scalar plus a row that depends
 * on the inner states alone; the tension of a descriptor is the largest score less its own. */
#include "engine/sweep.h"

#include "base/mem.h"
#include "base/status.h"

#include <stdlib.h>
#include <string.h>

enum { BLOCK_STATES = 512, LANE_PAD = 64, CHUNK_BLOCKS = 64 };

#if defined(__x86_64__) && defined(__GNUC__)
#define HAVE_VECTORS 1
#endif

typedef struct block_job {
    const fpli_sweep *sweep;
    const int32_t *outer;   /* by column: the share of the outer states */
    const uint16_t *chosen; /* by member: its variant, for outer members */
    int32_t *total;         /* by inner state: the result */
} block_job;

struct fpli_sweep {
    const fpl_model *model;
    int n;           /* members: descriptors in scope */
    int *member;     /* their indices */
    int *first;      /* by member: its first column; n + 1 */
    int n_inner;     /* the first members span the block */
    size_t n_states; /* inner states */
    size_t stride;   /* padded */
    int bytes;       /* of a score in the rows */
    void *rows;      /* by column: `stride` scores, the share of the inner members */
    void *state;     /* by member: its variant in each inner state, as wide as a score */
    int32_t *constant; /* by column: the share of those out of scope */
    uint64_t n_outer;  /* 0: too many */
    size_t n_bins;
    void (*block)(const block_job *job);
};

/* ---- one block ---------------------------------------------------------------------------- */

#define ALWAYS_INLINE inline __attribute__((always_inline))

/* Some states at a time, so that their scores stay in registers. */
#define BLOCK(type, suffix)                                                              \
    static ALWAYS_INLINE void block_##suffix(const block_job *job)                       \
    {                                                                                    \
        const fpli_sweep *s = job->sweep;                                                \
        enum { STEP = 64 / sizeof(type) };                                               \
        for (size_t at = 0; at < s->stride; at += STEP) {                                \
            type total[STEP] = {0}, best[STEP], own[STEP];                               \
            for (int m = 0; m < s->n; m++) {                                             \
                const int from = s->first[m], k = s->first[m + 1] - from;                \
                const type *rows = (const type *)s->rows + (size_t)from * s->stride +    \
                                   at;                                                   \
                const type *state = (const type *)s->state + (size_t)m * s->stride + at; \
                const int c = m < s->n_inner ? 0 : job->chosen[m];                       \
                for (int i = 0; i < STEP; i++)                                           \
                    best[i] = own[i] = (type)(rows[(size_t)c * s->stride + i] +          \
                                              job->outer[from + c]);                     \
                for (int b = 0; b < k; b++) {                                            \
                    const type outer = (type)job->outer[from + b], variant = (type)b;    \
                    const type *row = rows + (size_t)b * s->stride;                      \
                    if (b == c) continue;                                                \
                    if (m < s->n_inner)                                                  \
                        for (int i = 0; i < STEP; i++) {                                 \
                            const type score = (type)(row[i] + outer);                   \
                            best[i] = best[i] > score ? best[i] : score;                 \
                            own[i] = state[i] == variant ? score : own[i];               \
                        }                                                                \
                    else                                                                 \
                        for (int i = 0; i < STEP; i++) {                                 \
                            const type score = (type)(row[i] + outer);                   \
                            best[i] = best[i] > score ? best[i] : score;                 \
                        }                                                                \
                }                                                                        \
                for (int i = 0; i < STEP; i++)                                           \
                    total[i] = (type)(total[i] + best[i] - own[i]);                      \
            }                                                                            \
            for (int i = 0; i < STEP; i++) job->total[at + (size_t)i] = total[i];        \
        }                                                                                \
    }

BLOCK(int16_t, 2)
BLOCK(int32_t, 4)

#define VERSION(name, attribute)                                                         \
    attribute static void name##_2(const block_job *job)                                 \
    {                                                                                    \
        block_2(job);                                                                    \
    }                                                                                    \
    attribute static void name##_4(const block_job *job)                                 \
    {                                                                                    \
        block_4(job);                                                                    \
    }

VERSION(plain, )
#ifdef HAVE_VECTORS
VERSION(avx2, __attribute__((target("avx2"))))
VERSION(avx512, __attribute__((target("avx512f,avx512bw,avx512dq,avx512vl"))))
#endif

static void (*best_block(int bytes))(const block_job *)
{
#ifdef HAVE_VECTORS
    if (__builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512vl") &&
        __builtin_cpu_supports("avx512dq"))
        return bytes == 2 ? avx512_2 : avx512_4;
    if (__builtin_cpu_supports("avx2")) return bytes == 2 ? avx2_2 : avx2_4;
#endif
    return bytes == 2 ? plain_2 : plain_4;
}

/* ---- set-up ------------------------------------------------------------------------------- */

static int k_of(const fpli_sweep *s, int m)
{
    return s->first[m + 1] - s->first[m];
}

static fpl_status list_members(fpli_sweep *s, const bool *scope)
{
    const int n = fpl_model_n_descriptors(s->model);
    s->member = fpli_new((size_t)n, sizeof *s->member);
    s->first = fpli_new((size_t)n + 1, sizeof *s->first);
    if (s->member == NULL || s->first == NULL) return FPL_E_MEMORY;
    for (int d = 0; d < n; d++) {
        if (!scope[d]) continue;
        s->member[s->n++] = d;
        s->first[s->n] = s->first[s->n - 1] + fpl_model_n_variants(s->model, d);
    }
    s->n_states = 1;
    while (s->n_inner < s->n && s->n_states * (size_t)k_of(s, s->n_inner) <= BLOCK_STATES)
        s->n_states *= (size_t)k_of(s, s->n_inner++);
    s->stride = (s->n_states + LANE_PAD - 1) / LANE_PAD * LANE_PAD;
    s->n_outer = 1;
    for (int m = s->n_inner; m < s->n; m++)
        s->n_outer = s->n_outer > UINT64_MAX / BLOCK_STATES / (uint64_t)k_of(s, m)
                         ? 0
                         : s->n_outer * (uint64_t)k_of(s, m);
    return FPL_OK;
}

/* Largest score of any column and largest total tension, to choose widths. */
static void measure(fpli_sweep *s)
{
    int64_t most_score = 0, most_total = 0;
    const int n = fpl_model_n_descriptors(s->model);
    for (int m = 0; m < s->n; m++) {
        int64_t widest = 0, high = INT64_MIN, low = INT64_MAX;
        for (int b = 0; b < k_of(s, m); b++) {
            int64_t most = 0, least = 0;
            for (int i = 0; i < n; i++) {
                int largest = INT32_MIN, smallest = INT32_MAX;
                for (int a = 0; a < fpl_model_n_variants(s->model, i); a++) {
                    const int c = fpl_model_judgement(s->model, i, a, s->member[m], b);
                    largest = c > largest ? c : largest;
                    smallest = c < smallest ? c : smallest;
                }
                most += largest;
                least += smallest;
            }
            high = most > high ? most : high;
            low = least < low ? least : low;
            widest = most > widest ? most : widest;
            widest = -least > widest ? -least : widest;
        }
        most_score = widest > most_score ? widest : most_score;
        most_total += high - low;
    }
    s->bytes = 2 * most_score < INT16_MAX && most_total < INT16_MAX ? 2 : 4;
    s->n_bins = (size_t)most_total + 1;
    s->block = best_block(s->bytes);
}

static void add_to(const fpli_sweep *s, void *scores, size_t at, int value)
{
    if (s->bytes == 2)
        ((int16_t *)scores)[at] = (int16_t)(((int16_t *)scores)[at] + value);
    else
        ((int32_t *)scores)[at] += value;
}

static fpl_status fill_rows(fpli_sweep *s)
{
    const size_t columns = (size_t)s->first[s->n];
    s->rows = fpli_new_aligned(columns * s->stride, (size_t)s->bytes);
    s->state = fpli_new_aligned((size_t)s->n * s->stride, (size_t)s->bytes);
    s->constant = fpli_new(columns, sizeof *s->constant);
    if (s->rows == NULL || s->state == NULL || s->constant == NULL) return FPL_E_MEMORY;
    size_t step = 1;
    for (int i = 0; i < s->n_inner; i++) {
        for (size_t x = 0; x < s->n_states; x++) {
            const int a = (int)(x / step % (size_t)k_of(s, i));
            add_to(s, s->state, (size_t)i * s->stride + x, a);
            for (int m = 0; m < s->n; m++)
                for (int b = 0; b < k_of(s, m); b++)
                    add_to(
                        s, s->rows, (size_t)(s->first[m] + b) * s->stride + x,
                        fpl_model_judgement(s->model, s->member[i], a, s->member[m], b));
        }
        step *= (size_t)k_of(s, i);
    }
    return FPL_OK;
}

static void fill_constants(fpli_sweep *s, const bool *scope)
{
    for (int i = 0; i < fpl_model_n_descriptors(s->model); i++)
        for (int m = 0; m < s->n && !scope[i]; m++)
            for (int b = 0; b < k_of(s, m); b++)
                s->constant[s->first[m] + b] += fpl_model_judgement(s->model, i, 0,
                                                                    s->member[m], b);
}

fpl_status fpli_sweep_new(const fpl_model *model, const bool *scope, fpli_sweep **sweep)
{
    fpl_status status = FPL_OK;
    fpli_sweep *s = fpli_new(1, sizeof *s);
    if (s == NULL) return FPL_E_MEMORY;
    s->model = model;
    FPL_TRY(list_members(s, scope));
    measure(s);
    FPL_TRY(fill_rows(s));
    fill_constants(s, scope);
    *sweep = s;
    s = NULL;
out:
    fpli_sweep_free(s);
    return status;
}

void fpli_sweep_free(fpli_sweep *sweep)
{
    if (sweep == NULL) return;
    fpli_free(sweep->member);
    fpli_free(sweep->first);
    fpli_free(sweep->rows);
    fpli_free(sweep->state);
    fpli_free(sweep->constant);
    fpli_free(sweep);
}

size_t fpli_sweep_bins(const fpli_sweep *sweep)
{
    return sweep->n_bins;
}

uint64_t fpli_sweep_space(const fpli_sweep *sweep)
{
    return sweep->n_outer * sweep->n_states;
}

/* ---- all blocks --------------------------------------------------------------------------- */

typedef struct worker {
    block_job job;
    uint16_t *chosen;
    int32_t *outer;
    uint64_t *histogram;
} worker;

static void worker_clear(worker *w)
{
    fpli_free(w->chosen);
    fpli_free(w->outer);
    fpli_free(w->histogram);
    fpli_free(w->job.total);
}

static bool worker_start(worker *w, const fpli_sweep *s)
{
    memset(w, 0, sizeof *w);
    w->chosen = fpli_new((size_t)s->n, sizeof *w->chosen);
    w->outer = fpli_new((size_t)s->first[s->n], sizeof *w->outer);
    w->histogram = fpli_new(s->n_bins, sizeof *w->histogram);
    w->job = (block_job){
        .sweep = s,
        .outer = w->outer,
        .chosen = w->chosen,
        .total = fpli_new_aligned(s->stride, sizeof *w->job.total),
    };
    return w->chosen != NULL && w->outer != NULL && w->histogram != NULL &&
           w->job.total != NULL;
}

/* Add or take away what variant a of member i says. */
static void speak(worker *w, const fpli_sweep *s, int i, int a, int sign)
{
    for (int m = 0; m < s->n; m++)
        for (int b = 0; b < k_of(s, m); b++)
            w->outer[s->first[m] + b] += sign * fpl_model_judgement(s->model,
                                                                    s->member[i], a,
                                                                    s->member[m], b);
}

static void set_outer(worker *w, const fpli_sweep *s, uint64_t index)
{
    memcpy(w->outer, s->constant, (size_t)s->first[s->n] * sizeof *w->outer);
    for (int m = s->n_inner; m < s->n; m++) {
        w->chosen[m] = (uint16_t)(index % (uint64_t)k_of(s, m));
        index /= (uint64_t)k_of(s, m);
        speak(w, s, m, w->chosen[m], 1);
    }
}

static void next_outer(worker *w, const fpli_sweep *s)
{
    for (int m = s->n_inner; m < s->n; m++) {
        speak(w, s, m, w->chosen[m], -1);
        w->chosen[m] = (uint16_t)(w->chosen[m] + 1 == k_of(s, m) ? 0 : w->chosen[m] + 1);
        speak(w, s, m, w->chosen[m], 1);
        if (w->chosen[m] != 0) return;
    }
}

static void sweep_chunk(worker *w, const fpli_sweep *s, uint64_t from)
{
    const uint64_t to = from + CHUNK_BLOCKS < s->n_outer ? from + CHUNK_BLOCKS
                                                         : s->n_outer;
    set_outer(w, s, from);
    for (uint64_t o = from; o < to; o++) {
        s->block(&w->job);
        for (size_t i = 0; i < s->n_states; i++) w->histogram[w->job.total[i]]++;
        next_outer(w, s);
    }
}

uint64_t fpli_sweep_chunks(const fpli_sweep *sweep)
{
    return (sweep->n_outer + CHUNK_BLOCKS - 1) / CHUNK_BLOCKS;
}

/* Chunks are handed out in order, so the latest says how far the sweep is. */
static void tell(const fpli_sweep *s, fpli_watch *watch, uint64_t chunk)
{
    fpli_watch_tell(watch, (double)chunk / (double)fpli_sweep_chunks(s), 0,
                    chunk * CHUNK_BLOCKS * s->n_states);
}

fpl_status fpli_sweep_run(const fpli_sweep *sweep, fpli_watch *watch, uint64_t from,
                          uint64_t to, uint64_t *histogram, fpl_stop *stop)
{
    fpl_status status = FPL_OK;
    fpl_stop reason = FPL_COMPLETE;
    const int64_t first = (int64_t)from, last = (int64_t)to;
    const int wanted = fpli_watch_threads(watch);
    (void)wanted; /* without OpenMP nobody asks */
#pragma omp parallel num_threads(last - first < wanted ? (int)(last - first) : wanted)
    {
        worker w;
        const bool made = worker_start(&w, sweep);
        fpl_stop own = FPL_COMPLETE;
        bool tells = false;
#pragma omp master
        tells = true;
#pragma omp for schedule(dynamic, 4)
        for (int64_t c = first; c < last; c++) {
            if (own == FPL_COMPLETE) own = fpli_watch_look(watch);
            if (made && own == FPL_COMPLETE)
                sweep_chunk(&w, sweep, (uint64_t)c * CHUNK_BLOCKS);
            if (tells) tell(sweep, watch, (uint64_t)c);
        }
#pragma omp critical(fpli_sweep_sum)
        {
            if (!made) status = FPL_E_MEMORY;
            if (own != FPL_COMPLETE) reason = own;
            for (size_t t = 0; made && t < sweep->n_bins; t++)
                histogram[t] += w.histogram[t];
        }
        worker_clear(&w);
    }
    if (reason != FPL_COMPLETE) *stop = reason;
    return status;
}
