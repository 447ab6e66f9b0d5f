/* The conditional roadmap, method.md M5.1 to M5.3. Each row holds the drivers and asks the engine
 * three things: where succession settles, what completions there are, and how much the drivers
 * themselves object. Rows do not depend on each other, so threads share them out. */
#include "study/roadmap.h"

#include "base/clock.h"
#include "base/mem.h"
#include "base/status.h"
#include "engine/solver.h"

#include <string.h>

#define ROWS_MAX ((size_t)1 << 24)

/* What one thread needs to work on a row. */
typedef struct bench {
    const fpl_roadmap *roadmap;
    fpli_solver *solver;
    fpl_fixing *held;
    int32_t *balance;
    int32_t *consistency;
    fpl_row *row;
    bool broken;
} bench;

void fpli_row_fixings(const fpl_roadmap *roadmap, size_t row, fpl_fixing *held)
{
    for (int i = 0; i < roadmap->n_drivers; i++)
        held[i] = (fpl_fixing){roadmap->drivers[i], roadmap->rows[row].drivers[i]};
    for (int i = roadmap->n_drivers; i < roadmap->n_held; i++)
        held[i] = roadmap->also_held[i - roadmap->n_drivers];
}

/* ---- one row ------------------------------------------------------------------------------ */

static fpl_level_set level_bit(const bench *b, const uint16_t *z)
{
    return (fpl_level_set)1 << z[fpl_model_level(b->roadmap->model)];
}

/* M2.3, over the drivers only: what the model objects to the row itself. */
static int64_t drivers_tension(bench *b, const uint16_t *z)
{
    const fpl_roadmap *roadmap = b->roadmap;
    int64_t tension = 0;
    fpl_consistency(roadmap->model, z, b->balance, b->consistency, NULL);
    for (int i = 0; i < roadmap->n_drivers; i++) {
        const int32_t c = b->consistency[roadmap->drivers[i]];
        if (c < 0) tension -= c;
    }
    return tension;
}

static void note_level(bench *b, const uint16_t *z, fpl_level_set *levels)
{
    const int64_t tension = drivers_tension(b, z);
    if (*levels == 0 || tension < b->row->tension) b->row->tension = tension;
    *levels |= level_bit(b, z);
}

static bool note_completion(void *context, const uint16_t *z)
{
    bench *b = context;
    note_level(b, z, &b->row->possible);
    b->broken = fpl_count_add_u64(&b->row->completions, 1) != FPL_OK;
    return !b->broken;
}

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

static fpl_status find_default(bench *b, const fpl_dynamics *dynamics)
{
    const fpl_roadmap *roadmap = b->roadmap;
    fpl_attractor attractor = {0};
    fpl_status status = fpl_settle(roadmap->model, dynamics, b->held, roadmap->n_held,
                                   roadmap->start, &attractor, NULL);
    if (status != FPL_OK) return status;
    const size_t n = (size_t)fpl_model_n_descriptors(roadmap->model);
    for (size_t i = 0; i < attractor.length; i++)
        b->row->default_levels |= level_bit(b, attractor.members + i * n);
    b->row->default_cycle = attractor.length;
    fpl_attractor_clear(&attractor);
    return FPL_OK;
}

/* Whether some scenario extends the row with at most this total tension of the free descriptors. */
static fpl_status some_within(bench *b, const fpl_limits *limits, int64_t total,
                              bool *some, fpl_stop *stop)
{
    const fpl_query query = {.reading = FPL_DO,
                             .fixed = b->held,
                             .n_fixed = b->roadmap->n_held,
                             .max_total = total,
                             .use_total = true};
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
    const fpl_query query = {.reading = FPL_DO,
                             .fixed = b->held,
                             .n_fixed = b->roadmap->n_held,
                             .max_total = high,
                             .use_total = true};
    fpl_outcome outcome = {0};
    status = fpli_solver_visit(b->solver, &query, limits, note_near_miss, b, &outcome,
                               NULL);
    b->row->stop = outcome.stop;
    return status;
}

static int only_level(fpl_level_set levels)
{
    if (levels == 0 || (levels & (levels - 1)) != 0) return -1;
    int level = 0;
    while (!(levels >> level & 1)) level++;
    return level;
}

static fpl_status work_out(bench *b, size_t index, const fpl_dynamics *dynamics,
                           const fpl_limits *limits)
{
    const fpl_roadmap *roadmap = b->roadmap;
    b->row = &roadmap->rows[index];
    fpli_row_fixings(roadmap, index, b->held);
    fpl_status status = find_default(b, dynamics);
    if (status != FPL_OK) return status;
    const fpl_query query = {
        .reading = FPL_DO, .fixed = b->held, .n_fixed = roadmap->n_held};
    fpl_outcome outcome = {0};
    status = fpli_solver_visit(b->solver, &query, limits, note_completion, b, &outcome,
                               NULL);
    if (status == FPL_OK && b->broken) status = FPL_E_MEMORY;
    if (status != FPL_OK) return status;
    b->row->stop = outcome.stop;
    if (outcome.stop == FPL_COMPLETE && b->row->possible == 0)
        status = find_near_misses(b, limits);
    if (b->row->stop == FPL_COMPLETE) b->row->necessary = only_level(b->row->possible);
    return status;
}

/* ---- all rows ----------------------------------------------------------------------------- */

static void bench_clear(bench *b)
{
    fpli_solver_free(b->solver);
    fpli_free(b->held);
    fpli_free(b->balance);
    fpli_free(b->consistency);
}

static fpl_status bench_start(bench *b, const fpl_roadmap *roadmap)
{
    const int n = fpl_model_n_descriptors(roadmap->model);
    *b = (bench){.roadmap = roadmap};
    b->held = fpli_new((size_t)roadmap->n_held, sizeof *b->held);
    b->balance = fpli_new((size_t)fpl_model_offset(roadmap->model, n),
                          sizeof *b->balance);
    b->consistency = fpli_new((size_t)n, sizeof *b->consistency);
    if (b->held == NULL || b->balance == NULL || b->consistency == NULL)
        return FPL_E_MEMORY;
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

static fpl_status work_out_all(fpl_roadmap *roadmap, const fpl_dynamics *dynamics,
                               const fpl_limits *limits)
{
    fpl_status status = FPL_OK;
    fpli_watch watch;
    fpli_watch_start(&watch, limits);
    const int64_t n_rows = (int64_t)roadmap->n_rows;
    const int wanted = fpli_watch_threads(&watch);
    const int n_threads = n_rows < wanted ? (int)n_rows : wanted;
    (void)n_threads; /* without OpenMP nobody asks */
#pragma omp parallel num_threads(n_threads)
    {
        bench b;
        fpl_status own = bench_start(&b, roadmap);
        if (own != FPL_OK) keep_first(&status, own);
#pragma omp for schedule(dynamic, 1)
        for (int64_t r = 0; r < n_rows; r++) {
            fpl_row *row = &roadmap->rows[r];
            row->stop = fpli_watch_look(&watch);
            if (row->stop != FPL_COMPLETE || status_so_far(&status) != FPL_OK) continue;
            const fpl_limits one = {
                .time_ms = fpli_watch_remaining_ms(&watch),
                .n_threads = 1,
                .cancel = limits == NULL ? NULL : limits->cancel,
            };
            own = work_out(&b, (size_t)r, dynamics, &one);
            if (own != FPL_OK) keep_first(&status, own);
        }
        bench_clear(&b);
    }
    return status;
}

/* ---- set-up ------------------------------------------------------------------------------- */

static int stated_drivers(const fpl_model *model, uint16_t *drivers)
{
    const fpl_content *content = fpl_model_content(model);
    const fpl_refs *stated = &content->roadmap.drivers;
    int n = 0;
    for (int i = 0; i < stated->n; i++) drivers[n++] = (uint16_t)stated->items[i].index;
    for (int d = 0; d < content->descriptors.n && stated->n == 0; d++)
        if (content->descriptors.items[d].kind == FPL_DRIVER) drivers[n++] = (uint16_t)d;
    return n;
}

static fpl_status check_drivers(const fpl_roadmap *roadmap, fpl_error *error)
{
    const int n = fpl_model_n_descriptors(roadmap->model);
    for (int i = 0; i < roadmap->n_drivers; i++) {
        const int d = roadmap->drivers[i];
        if (d >= n)
            return fpli_fail(error, FPL_E_ARGUMENT, "there is no descriptor %d", d);
        if (d == fpl_model_level(roadmap->model))
            return fpli_fail(error, FPL_E_ARGUMENT,
                             "the level cannot be a driver of its own roadmap");
        for (int k = 0; k < i; k++)
            if (roadmap->drivers[k] == d)
                return fpli_fail(error, FPL_E_ARGUMENT, "descriptor %d is a driver twice",
                                 d);
    }
    return FPL_OK;
}

static fpl_status choose_drivers(fpl_roadmap *roadmap, const fpl_roadmap_options *options,
                                 fpl_error *error)
{
    const size_t n = (size_t)fpl_model_n_descriptors(roadmap->model);
    const bool given = options != NULL && options->drivers != NULL;
    if (given && (options->n_drivers < 0 || (size_t)options->n_drivers > n))
        return fpli_fail(error, FPL_E_ARGUMENT, "%d drivers for %zu descriptors",
                         options->n_drivers, n);
    roadmap->drivers = fpli_new(n, sizeof *roadmap->drivers);
    roadmap->start = fpli_new(n, sizeof *roadmap->start);
    if (roadmap->drivers == NULL || roadmap->start == NULL) return fpli_no_memory(error);
    if (given) {
        roadmap->n_drivers = options->n_drivers;
        for (int i = 0; i < options->n_drivers; i++)
            roadmap->drivers[i] = options->drivers[i];
    } else {
        roadmap->n_drivers = stated_drivers(roadmap->model, roadmap->drivers);
    }
    if (options != NULL && options->start != NULL)
        memcpy(roadmap->start, options->start, n * sizeof *roadmap->start);
    else
        fpl_model_start(roadmap->model, roadmap->start);
    return check_drivers(roadmap, error);
}

static bool spans_rows(const fpl_roadmap_options *options, int driver)
{
    for (int i = 0; i < options->n_held; i++)
        if (options->held[i].descriptor == driver) return false;
    return true;
}

/* What is held in every row: copied, and taken from the drivers. */
static fpl_status hold(fpl_roadmap *roadmap, const fpl_roadmap_options *options,
                       fpl_error *error)
{
    int n = 0;
    roadmap->n_held = roadmap->n_drivers;
    if (options == NULL || options->n_held == 0) return FPL_OK;
    for (int i = 0; i < options->n_held; i++) {
        const int d = options->held[i].descriptor, v = options->held[i].variant;
        if (d >= fpl_model_n_descriptors(roadmap->model) ||
            v >= fpl_model_n_variants(roadmap->model, d))
            return fpli_fail(error, FPL_E_ARGUMENT,
                             "there is no variant %d of descriptor %d", v, d);
    }
    roadmap->also_held = fpli_new((size_t)options->n_held, sizeof *roadmap->also_held);
    if (roadmap->also_held == NULL) return fpli_no_memory(error);
    memcpy(roadmap->also_held, options->held,
           (size_t)options->n_held * sizeof *options->held);
    for (int i = 0; i < roadmap->n_drivers; i++)
        if (spans_rows(options, roadmap->drivers[i]))
            roadmap->drivers[n++] = roadmap->drivers[i];
    roadmap->n_drivers = n;
    roadmap->n_held = n + options->n_held;
    return FPL_OK;
}

static fpl_status make_rows(fpl_roadmap *roadmap, fpl_error *error)
{
    size_t n_rows = 1;
    for (int i = 0; i < roadmap->n_drivers; i++) {
        n_rows *= (size_t)fpl_model_n_variants(roadmap->model, roadmap->drivers[i]);
        if (n_rows > ROWS_MAX)
            return fpli_fail(error, FPL_E_OVERFLOW, "the drivers span more than %zu rows",
                             ROWS_MAX);
    }
    const size_t m = (size_t)roadmap->n_drivers;
    roadmap->settings = fpli_new(n_rows * m, sizeof *roadmap->settings);
    roadmap->rows = fpli_new(n_rows, sizeof *roadmap->rows);
    if (roadmap->settings == NULL || roadmap->rows == NULL) return fpli_no_memory(error);
    roadmap->n_rows = n_rows;
    for (size_t r = 0; r < n_rows; r++) {
        uint16_t *setting = roadmap->settings + r * m;
        size_t rest = r;
        for (size_t i = m; i-- > 0;) {
            const size_t k = (size_t)fpl_model_n_variants(roadmap->model,
                                                          roadmap->drivers[i]);
            setting[i] = (uint16_t)(rest % k);
            rest /= k;
        }
        roadmap->rows[r].drivers = setting;
        roadmap->rows[r].necessary = -1;
    }
    return FPL_OK;
}

fpl_status fpl_roadmap_compute(const fpl_model *model, const fpl_roadmap_options *options,
                               const fpl_limits *limits, fpl_roadmap **roadmap,
                               fpl_error *error)
{
    fpl_status status = FPL_OK;
    if (fpl_model_level(model) < 0)
        return fpli_fail(error, FPL_E_MODEL,
                         "the model names no level, so there is no roadmap to compute");
    fpl_roadmap *made = fpli_new(1, sizeof *made);
    if (made == NULL) return fpli_no_memory(error);
    made->model = model;
    FPL_TRY(choose_drivers(made, options, error));
    FPL_TRY(hold(made, options, error));
    FPL_TRY(make_rows(made, error));
    status = work_out_all(made, options == NULL ? NULL : &options->dynamics, limits);
    if (status != FPL_OK) {
        fpli_fail(error, status, "a row of the roadmap: %s",
                  fpli_translated(error, fpl_status_text(status)));
        goto out;
    }
    *roadmap = made;
    made = NULL;
out:
    fpl_roadmap_free(made);
    return status;
}

void fpl_roadmap_free(fpl_roadmap *roadmap)
{
    if (roadmap == NULL) return;
    for (size_t r = 0; r < roadmap->n_rows; r++)
        fpl_count_clear(&roadmap->rows[r].completions);
    fpli_free(roadmap->drivers);
    fpli_free(roadmap->also_held);
    fpli_free(roadmap->start);
    fpli_free(roadmap->settings);
    fpli_free(roadmap->rows);
    fpli_free(roadmap);
}

size_t fpl_roadmap_n_rows(const fpl_roadmap *roadmap)
{
    return roadmap->n_rows;
}

const fpl_row *fpl_roadmap_row(const fpl_roadmap *roadmap, size_t index)
{
    return &roadmap->rows[index];
}

int fpl_roadmap_n_drivers(const fpl_roadmap *roadmap)
{
    return roadmap->n_drivers;
}

const uint16_t *fpl_roadmap_drivers(const fpl_roadmap *roadmap)
{
    return roadmap->drivers;
}

const uint16_t *fpl_roadmap_start(const fpl_roadmap *roadmap)
{
    return roadmap->start;
}

fpl_stop fpl_roadmap_stop(const fpl_roadmap *roadmap)
{
    for (size_t r = 0; r < roadmap->n_rows; r++)
        if (roadmap->rows[r].stop != FPL_COMPLETE) return roadmap->rows[r].stop;
    return FPL_COMPLETE;
}
