/* Draws are followed in batches by all threads and counted in the order of their numbers. */
#include "engine/sample.h"

#include "base/checkpoint.h"
#include "base/mem.h"
#include "base/rng.h"
#include "base/status.h"
#include "engine/pool.h"

#include <string.h>

enum { BATCH = 1024, PART = 0 };

typedef struct tally { /* by attractor */
    uint64_t *arrivals;
    size_t n_times;
} tally;

typedef struct sampler {
    const fpl_model *model;
    const fpl_basin_options *options;
    fpli_cycles *cycles;
    fpli_pool pool; /* the lowest member of each attractor; cycles do not share members */
    tally *tallies;
    size_t capacity;
    fpl_attractor *batch;
    fpli_sample *sample;
    int64_t kept_ms;
    fpl_status status;
} sampler;

static void draw(const sampler *s, uint64_t number, uint16_t *z)
{
    fpli_rng rng;
    fpli_rng_start_at(&rng, s->options->seed, "start", number);
    for (int d = 0; d < fpl_model_n_descriptors(s->model); d++)
        z[d] = (uint16_t)fpli_rng_below(&rng,
                                        (uint64_t)fpl_model_n_variants(s->model, d));
}

static void follow_batch(sampler *s, uint64_t first, size_t n, const fpli_watch *watch)
{
    const int n_threads = fpli_watch_threads(watch);
    (void)n_threads; /* without OpenMP nobody asks */
#pragma omp parallel for schedule(dynamic, 8) num_threads(n_threads)
    for (size_t i = 0; i < n; i++) {
        uint16_t z[FPL_DESCRIPTORS_MAX];
        fpl_dynamics dynamics = s->options->dynamics;
        draw(s, first + i, z);
        dynamics.seed += first + i; /* each draw has random orders of its own */
        const fpl_status status = fpl_settle(s->model, &dynamics, s->options->held,
                                             s->options->n_held, z, &s->batch[i], NULL);
        if (status != FPL_OK) {
#pragma omp critical(fpli_sample)
            s->status = status;
        }
    }
}

/* Listing order: the last descriptor decides first. */
static bool is_before(const uint16_t *a, const uint16_t *b, size_t n)
{
    for (size_t d = n; d-- > 0;)
        if (a[d] != b[d]) return a[d] < b[d];
    return false;
}

static size_t lowest_member(const fpl_attractor *a)
{
    const size_t n = (size_t)a->n_descriptors;
    size_t lowest = 0;
    for (size_t i = 1; i < a->length; i++)
        if (is_before(a->members + i * n, a->members + lowest * n, n)) lowest = i;
    return lowest;
}

static fpl_status note_cycle(sampler *s, const fpl_attractor *a, size_t lowest)
{
    const size_t n = (size_t)a->n_descriptors;
    if (!fpli_grow((void **)&s->tallies, s->cycles->n, &s->capacity, sizeof *s->tallies))
        return FPL_E_MEMORY;
    fpli_cycle *cycle = fpli_cycles_add(s->cycles, a->length);
    if (cycle == NULL) return FPL_E_MEMORY;
    s->tallies[s->cycles->n - 1] = (tally){NULL, 0};
    for (size_t i = 0; i < a->length; i++)
        memcpy(cycle->members + i * n, a->members + (lowest + i) % a->length * n,
               n * sizeof *cycle->members);
    return FPL_OK;
}

static fpl_status count_arrival(tally *t, uint64_t steps)
{
    if (steps >= t->n_times) {
        uint64_t *wider = fpli_resize(t->arrivals, (size_t)steps + 1, sizeof *wider);
        if (wider == NULL) return FPL_E_MEMORY;
        memset(wider + t->n_times, 0, ((size_t)steps + 1 - t->n_times) * sizeof *wider);
        t->arrivals = wider;
        t->n_times = (size_t)steps + 1;
    }
    t->arrivals[steps]++;
    return FPL_OK;
}

static fpl_status count_draw(sampler *s, const fpl_attractor *a, fpli_sample *sample)
{
    uint32_t number = 0;
    bool is_new = false;
    sample->n_draws++;
    if (a->length == 0) {
        sample->n_unsettled++;
        return FPL_OK;
    }
    const size_t lowest = lowest_member(a);
    fpl_status status = fpli_pool_add(
        &s->pool, a->members + lowest * (size_t)a->n_descriptors, &number, &is_new);
    if (status == FPL_OK && is_new) status = note_cycle(s, a, lowest);
    return status == FPL_OK ? count_arrival(&s->tallies[number], a->steps) : status;
}

/* ---- keeping ------------------------------------------------------------------------------ */

/* All draws so far replace what was kept before. */
static fpl_status keep(sampler *s, fpl_checkpoint *checkpoint)
{
    if (checkpoint == NULL || !fpli_checkpoint_is_due(checkpoint, &s->kept_ms))
        return FPL_OK;
    fpli_bytes record = {0};
    fpli_bytes_put_number(&record, s->sample->n_draws, 8);
    fpli_bytes_put_number(&record, s->sample->n_unsettled, 8);
    fpli_cycles_put(&record, s->cycles, false);
    for (size_t i = 0; i < s->cycles->n; i++) {
        fpli_bytes_put_number(&record, s->tallies[i].n_times, 8);
        for (size_t t = 0; t < s->tallies[i].n_times; t++)
            fpli_bytes_put_number(&record, s->tallies[i].arrivals[t], 8);
    }
    fpl_status status = fpli_checkpoint_restart(checkpoint);
    if (status == FPL_OK) status = fpli_checkpoint_append(checkpoint, PART, &record);
    if (status == FPL_OK) status = fpli_checkpoint_commit(checkpoint);
    fpli_bytes_clear(&record);
    return status;
}

static fpl_status take_tally(sampler *s, size_t at, fpli_reader *reader)
{
    uint32_t number = 0;
    bool is_new = false;
    tally *t = &s->tallies[at];
    const uint64_t n = fpli_take_number(reader, 8);
    if (n > reader->n / 8) return FPL_E_SYNTAX;
    const fpl_status status = fpli_pool_add(&s->pool, s->cycles->items[at].members,
                                            &number, &is_new);
    if (status != FPL_OK || !is_new) return status != FPL_OK ? status : FPL_E_SYNTAX;
    t->arrivals = fpli_new((size_t)n, sizeof *t->arrivals);
    if (t->arrivals == NULL) return FPL_E_MEMORY;
    t->n_times = (size_t)n;
    for (size_t i = 0; i < n; i++) t->arrivals[i] = fpli_take_number(reader, 8);
    return FPL_OK;
}

static fpl_status take_state(void *context, fpli_reader *reader)
{
    sampler *s = context;
    const uint64_t n_draws = fpli_take_number(reader, 8);
    s->sample->n_unsettled = fpli_take_number(reader, 8);
    if (n_draws > s->options->samples || s->cycles->n > 0) return FPL_E_SYNTAX;
    s->sample->n_draws = n_draws;
    fpl_status status = fpli_cycles_take(reader, s->model, false, s->cycles);
    if (status != FPL_OK || reader->broken) return status;
    s->tallies = fpli_new(s->cycles->n, sizeof *s->tallies);
    s->capacity = s->cycles->n;
    if (s->tallies == NULL) return FPL_E_MEMORY;
    for (size_t i = 0; i < s->cycles->n && status == FPL_OK; i++)
        status = take_tally(s, i, reader);
    return status;
}

/* ---- all draws ---------------------------------------------------------------------------- */

static fpl_status run(sampler *s, fpli_watch *watch, fpli_sample *sample)
{
    const uint64_t n_draws = s->options->samples;
    for (uint64_t first = sample->n_draws; first < n_draws; first += BATCH) {
        const size_t n = n_draws - first < BATCH ? (size_t)(n_draws - first) : BATCH;
        sample->stop = fpli_watch_look(watch);
        if (sample->stop != FPL_COMPLETE) return FPL_OK;
        fpli_watch_tell(watch, (double)first / (double)n_draws, s->cycles->n, first);
        follow_batch(s, first, n, watch);
        for (size_t i = 0; i < n; i++) {
            if (s->status == FPL_OK) s->status = count_draw(s, &s->batch[i], sample);
            fpl_attractor_clear(&s->batch[i]);
        }
        if (s->status == FPL_OK) s->status = keep(s, watch->checkpoint);
        if (s->status != FPL_OK) return s->status;
    }
    return FPL_OK;
}

fpl_status fpli_sample_solve(const fpl_model *model, const fpl_basin_options *options,
                             fpli_watch *watch, fpli_cycles *cycles, fpli_sample *sample)
{
    fpl_status status = FPL_OK;
    sampler s = {.model = model,
                 .options = options,
                 .cycles = cycles,
                 .sample = sample,
                 .kept_ms = fpli_clock_ms()};
    *sample = (fpli_sample){0};
    s.batch = fpli_new(BATCH, sizeof *s.batch);
    FPL_TRY(s.batch == NULL ? FPL_E_MEMORY : FPL_OK);
    FPL_TRY(fpli_pool_new(&s.pool, cycles->n_descriptors));
    if (watch->checkpoint != NULL)
        FPL_TRY(fpli_checkpoint_replay(watch->checkpoint, PART, take_state, &s));
    FPL_TRY(run(&s, watch, sample));
    for (size_t i = 0; i < cycles->n; i++)
        FPL_TRY(fpli_phase_set(&cycles->items[i].phases[0], s.tallies[i].arrivals,
                               s.tallies[i].n_times));
out:
    for (size_t i = 0; s.tallies != NULL && i < cycles->n; i++)
        fpli_free(s.tallies[i].arrivals);
    fpli_free(s.tallies);
    fpli_free(s.batch);
    fpli_pool_clear(&s.pool);
    return status;
}
