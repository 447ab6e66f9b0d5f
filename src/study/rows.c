/* Each row holds the drivers and asks three things: where succession settles, what completions there
 * are, and how much the drivers themselves object.
 *
 * The completions of a block of rows are found by one search, in which the inner drivers take all
 * their variants untested. Blocks do not depend on each other, so threads share them out. */
#include "study/rows.h"

#include "base/clock.h"
#include "base/mem.h"
#include "base/status.h"
#include "engine/balance.h"
#include "engine/settle.h"
#include "engine/solver.h"

#include <fahrplan/regime.h>

#include <string.h>

/* Many blocks, so that threads find work and a deadline costs little; none too large. */
enum { BLOCKS_WANTED = 64, BLOCK_MOST = 256 };

/* What one thread needs. */
typedef struct bench {
    const fpl_roadmap *roadmap;
    fpli_solver *solver;
    fpli_settler settler;
    fpl_fixing *held;
    bool *exempt;    /* n flags */
    int n_outer;     /* drivers that a block holds */
    int32_t *scores; /* of one descriptor */
    fpl_row *block;  /* its first row */
    fpl_row *row;
    bool broken;
} bench;

/* ---- what a completion says of its row ----------------------------------------------------- */

static fpl_level_set level_bit(const bench *b, const uint16_t *z)
{
    return (fpl_level_set)1 << z[fpl_model_level(b->roadmap->model)];
}

/* M2.3, over the drivers only: what the model objects to the row itself. */
static int64_t drivers_tension(bench *b, const uint16_t *z)
{
    const fpl_roadmap *roadmap = b->roadmap;
    int64_t tension = 0;
    for (int i = 0; i < roadmap->n_drivers; i++)
        tension += fpli_tension_of(roadmap->model, z, roadmap->drivers[i], b->scores);
    return tension;
}

static void note_level(bench *b, const uint16_t *z, fpl_level_set *levels)
{
    const int64_t tension = drivers_tension(b, z);
    if (*levels == 0 || tension < b->row->tension) b->row->tension = tension;
    *levels |= level_bit(b, z);
}

static void note_measures(const bench *b, const uint16_t *z)
{
    const fpl_model *model = b->roadmap->model;
    const int n = fpl_model_content(model)->measures.n;
    const size_t at = (size_t)(b->row - b->roadmap->rows) * b->roadmap->row_admissions +
                      (size_t)z[fpl_model_level(model)] * (size_t)n;
    uint8_t *own = b->roadmap->admissions + at;
    for (int m = 0; m < n; m++)
        own[m] |= (uint8_t)(1 << fpl_measure_admission(model, m, z));
}

/* The row of a completion: the inner drivers are the fast digits. */
static fpl_row *row_of(const bench *b, const uint16_t *z)
{
    const fpl_roadmap *roadmap = b->roadmap;
    size_t index = 0;
    for (int i = b->n_outer; i < roadmap->n_drivers; i++) {
        const int d = roadmap->drivers[i];
        index = index * (size_t)fpl_model_n_variants(roadmap->model, d) + z[d];
    }
    return &b->block[index];
}

static bool note_completion(void *context, const uint16_t *z)
{
    bench *b = context;
    b->row = row_of(b, z);
    note_level(b, z, &b->row->possible);
    if (b->row->admissions != NULL) note_measures(b, z);
    b->broken = fpl_count_add_u64(&b->row->completions, 1) != FPL_OK;
    return !b->broken;
}

/* ---- rows without completions --------------------------------------------------------------- */

/* A scenario that comes nearest where there are no completions. */
static bool note_near_miss(void *context, const uint16_t *z)
{
    bench *b = context;
    note_level(b, z, &b->row->nearest);
    return true;
}

static bool note_any(void *context, const uint16_t *z)
{
    (void)z;
    *(bool *)context = true;
    return false;
}

static fpl_query query_within(const bench *b, int64_t total)
{
    return (fpl_query){.reading = FPL_DO,
                       .fixed = b->held,
                       .n_fixed = b->roadmap->n_held,
                       .max_total = total,
                       .use_total = true};
}

/* Whether some scenario extends the row with at most this total tension of the free descriptors. */
static fpl_status some_within(bench *b, const fpl_limits *limits, int64_t total,
                              bool *some, fpl_stop *stop)
{
    const fpl_query query = query_within(b, total);
    fpl_outcome outcome = {0};
    *some = false;
    fpl_status status = fpli_solver_visit(b->solver, &query, limits, note_any, some,
                                          &outcome, NULL);
    *stop = outcome.stop == FPL_STOPPED_VISITOR ? FPL_COMPLETE : outcome.stop;
    return status;
}

/* A bound on total tension: every judgement counted twice. */
static int64_t largest_tension(const fpl_model *model)
{
    const size_t V = (size_t)fpl_model_offset(model, fpl_model_n_descriptors(model));
    const int16_t *matrix = fpl_model_matrix(model);
    int64_t sum = 0;
    for (size_t i = 0; i < V * V; i++)
        sum += 2 * (matrix[i] < 0 ? -matrix[i] : matrix[i]);
    return sum;
}

/* M5.2, E(x) empty: the least total tension by doubling and halving, then the levels there. */
static fpl_status find_near_misses(bench *b, const fpl_limits *limits)
{
    const int64_t most = largest_tension(b->roadmap->model);
    int64_t low = 0, high = 1; /* nothing within low; something within high, once found */
    bool some = false;
    fpl_status status = some_within(b, limits, high, &some, &b->row->stop);
    while (status == FPL_OK && b->row->stop == FPL_COMPLETE && !some && high < most) {
        low = high;
        high = high * 2 < most ? high * 2 : most;
        status = some_within(b, limits, high, &some, &b->row->stop);
    }
    b->row->shortfall = -1;
    if (status != FPL_OK || b->row->stop != FPL_COMPLETE || !some) return status;
    while (high - low > 1 && status == FPL_OK && b->row->stop == FPL_COMPLETE) {
        const int64_t middle = low + (high - low) / 2;
        status = some_within(b, limits, middle, &some, &b->row->stop);
        if (some)
            high = middle;
        else
            low = middle;
    }
    if (status != FPL_OK || b->row->stop != FPL_COMPLETE) return status;
    b->row->shortfall = high;
    const fpl_query query = query_within(b, high);
    fpl_outcome outcome = {0};
    status = fpli_solver_visit(b->solver, &query, limits, note_near_miss, b, &outcome,
                               NULL);
    b->row->stop = outcome.stop;
    return status;
}

/* ---- one block of rows ---------------------------------------------------------------------- */

static int only_level(fpl_level_set levels)
{
    if (levels == 0 || (levels & (levels - 1)) != 0) return -1;
    return __builtin_ctzll(levels);
}

static fpl_status find_default(bench *b)
{
    const fpl_roadmap *roadmap = b->roadmap;
    const size_t n = (size_t)fpl_model_n_descriptors(roadmap->model);
    fpl_attractor attractor = {0};
    fpl_status status = fpli_settle(&b->settler, b->held, roadmap->n_held, roadmap->start,
                                    &attractor, NULL);
    if (status != FPL_OK) return status;
    for (size_t i = 0; i < attractor.length; i++)
        b->row->default_levels |= level_bit(b, attractor.members + i * n);
    b->row->default_cycle = attractor.length;
    return FPL_OK;
}

/* What remains to be said of a row once its completions are known. */
static fpl_status close_row(bench *b, const fpl_limits *limits)
{
    fpli_row_fixings(b->roadmap, (size_t)(b->row - b->roadmap->rows), b->held);
    fpl_status status = find_default(b);
    if (status != FPL_OK || b->row->stop != FPL_COMPLETE) return status;
    if (b->row->possible == 0) status = find_near_misses(b, limits);
    if (b->row->stop == FPL_COMPLETE) b->row->necessary = only_level(b->row->possible);
    return status;
}

/* What is held in every row comes first, so a block holds a prefix. */
static int n_also_held(const fpl_roadmap *roadmap)
{
    return roadmap->n_held - roadmap->n_drivers;
}

static fpl_status work_out(bench *b, size_t first, size_t n_rows,
                           const fpl_limits *limits, fpli_watch *watch)
{
    b->block = &b->roadmap->rows[first];
    fpli_row_fixings(b->roadmap, first, b->held);
    const fpl_query query = {.reading = FPL_DO,
                             .fixed = b->held,
                             .n_fixed = n_also_held(b->roadmap) + b->n_outer,
                             .exempt = b->exempt};
    fpl_outcome outcome = {0};
    fpl_status status = fpli_solver_visit(b->solver, &query, limits, note_completion, b,
                                          &outcome, NULL);
    if (status == FPL_OK && b->broken) status = FPL_E_MEMORY;
    for (size_t r = 0; r < n_rows && status == FPL_OK; r++) {
        fpl_limits one = *limits;
        one.time_ms = fpli_watch_remaining_ms(watch);
        b->row = &b->block[r];
        b->row->stop = outcome.stop;
        status = close_row(b, &one);
    }
    return status;
}

/* ---- all rows ------------------------------------------------------------------------------- */

static void bench_clear(bench *b)
{
    fpli_solver_free(b->solver);
    fpli_settler_clear(&b->settler);
    fpli_free(b->held);
    fpli_free(b->exempt);
    fpli_free(b->scores);
}

static fpl_status bench_start(bench *b, const fpl_roadmap *roadmap,
                              const fpl_dynamics *dynamics, int n_outer)
{
    const size_t n = (size_t)fpl_model_n_descriptors(roadmap->model);
    *b = (bench){.roadmap = roadmap, .n_outer = n_outer};
    b->held = fpli_new((size_t)roadmap->n_held, sizeof *b->held);
    b->exempt = fpli_new(n, sizeof *b->exempt);
    b->scores = fpli_new(FPL_VARIANTS_MAX, sizeof *b->scores);
    if (b->held == NULL || b->exempt == NULL || b->scores == NULL) return FPL_E_MEMORY;
    for (int i = n_outer; i < roadmap->n_drivers; i++)
        b->exempt[roadmap->drivers[i]] = true;
    const fpl_status status = fpli_settler_new(&b->settler, roadmap->model, dynamics,
                                               NULL);
    if (status != FPL_OK) return status;
    return fpli_solver_new(roadmap->model, FPLI_VECTORS_END, &b->solver);
}

static void keep_first(fpl_status *status, fpl_status found)
{
#pragma omp critical(fpli_roadmap_status)
    if (*status == FPL_OK) *status = found;
}

static fpl_status status_so_far(const fpl_status *status)
{
    fpl_status now;
#pragma omp critical(fpli_roadmap_status)
    now = *status;
    return now;
}

/* How many drivers a block holds; *block: rows of a block. */
static int cut_into_blocks(const fpl_roadmap *roadmap, size_t *block)
{
    const size_t share = roadmap->n_rows / BLOCKS_WANTED;
    const size_t most = share < BLOCK_MOST ? share : BLOCK_MOST;
    int n_outer = roadmap->n_drivers;
    *block = 1;
    for (; n_outer > 0; n_outer--) {
        const size_t k = (size_t)fpl_model_n_variants(roadmap->model,
                                                      roadmap->drivers[n_outer - 1]);
        if (*block * k > most) break;
        *block *= k;
    }
    return n_outer;
}

fpl_status fpli_rows_work_out(fpl_roadmap *roadmap, const fpl_dynamics *dynamics,
                              const fpl_limits *limits)
{
    fpl_status status = FPL_OK;
    fpli_watch watch;
    size_t block = 1;
    fpli_watch_start(&watch, limits);
    const int n_outer = cut_into_blocks(roadmap, &block);
    const int64_t n_blocks = (int64_t)(roadmap->n_rows / block);
    const int wanted = fpli_watch_threads(&watch);
    const int n_threads = n_blocks < wanted ? (int)n_blocks : wanted;
    (void)n_threads; /* without OpenMP nobody asks */
#pragma omp parallel num_threads(n_threads)
    {
        bench b;
        fpl_status own = bench_start(&b, roadmap, dynamics, n_outer);
        if (own != FPL_OK) keep_first(&status, own);
#pragma omp for schedule(dynamic, 1)
        for (int64_t at = 0; at < n_blocks; at++) {
            const size_t first = (size_t)at * block;
            const fpl_stop stop = fpli_watch_look(&watch);
            const fpl_limits one = {
                .time_ms = fpli_watch_remaining_ms(&watch),
                .n_threads = 1,
                .cancel = limits == NULL ? NULL : limits->cancel,
            };
            if (stop != FPL_COMPLETE)
                for (size_t r = 0; r < block; r++) roadmap->rows[first + r].stop = stop;
            if (stop != FPL_COMPLETE || status_so_far(&status) != FPL_OK) continue;
            own = work_out(&b, first, block, &one, &watch);
            if (own != FPL_OK) keep_first(&status, own);
        }
        bench_clear(&b);
    }
    return status;
}
