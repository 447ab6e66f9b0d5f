/* A trace: the walk written down, up to its attractor and once round it. */
#include "engine/walk.h"

#include "base/clock.h"
#include "base/mem.h"
#include "base/status.h"

#include <string.h>

enum { STEPS_USUAL = 10000 };

struct fpl_trace {
    fpli_arena *arena;
    fpl_trace_step *steps;
    size_t n, capacity;
    size_t settled_at, cycle;
    fpl_stop stop;
};

typedef struct writer {
    fpli_walk walk;
    fpl_trace *trace;
    uint16_t **places; /* of each step, to find where a cycle began */
    size_t capacity;
} writer;

static int64_t tension_at(const fpli_walk *walk, const uint16_t *z)
{
    int64_t total = 0;
    for (int d = 0; d < (int)walk->n; d++) {
        const int32_t *own = walk->balance + fpl_model_offset(walk->model, d);
        int32_t best = own[z[d]];
        for (int v = 0; v < fpl_model_n_variants(walk->model, d); v++)
            best = own[v] > best ? own[v] : best;
        if (!walk->held[d]) total += best - own[z[d]];
    }
    return total;
}

/* Write the step down that leaves `place`, and take it. *moved: whether anything did. */
static fpl_status write_step(writer *w, uint16_t *place, bool *moved)
{
    fpl_trace *t = w->trace;
    if (!fpli_grow((void **)&t->steps, t->n, &t->capacity, sizeof *t->steps) ||
        !fpli_grow((void **)&w->places, t->n, &w->capacity, sizeof *w->places))
        return FPL_E_MEMORY;
    uint16_t *kept = fpli_arena_alloc(t->arena, 1, w->walk.place_size);
    if (kept == NULL) return FPL_E_MEMORY;
    memcpy(kept, place, w->walk.place_size);
    w->walk.moves = fpli_arena_alloc(t->arena, w->walk.n, sizeof *w->walk.moves);
    if (w->walk.moves == NULL) return FPL_E_MEMORY;
    *moved = fpli_walk_step(&w->walk, place);
    const uint16_t *acting = fpli_walk_acting(&w->walk, kept);
    fpl_balance(w->walk.model, acting, w->walk.balance);
    w->places[t->n] = kept;
    t->steps[t->n++] = (fpl_trace_step){.z = kept,
                                        .acting = acting,
                                        .moves = w->walk.moves,
                                        .n_moves = w->walk.n_moves,
                                        .total_tension = tension_at(&w->walk, kept)};
    return FPL_OK;
}

/* The step that stood at the same place; n if none did. */
static size_t seen_at(const writer *w, const uint16_t *place)
{
    size_t at = 0;
    while (at < w->trace->n && memcmp(w->places[at], place, w->walk.place_size) != 0)
        at++;
    return at;
}

static fpl_status write_all(writer *w, uint16_t *place, const fpl_limits *limits)
{
    fpl_trace *t = w->trace;
    fpli_watch watch;
    fpli_watch_start(&watch, limits);
    const uint64_t most = limits == NULL || limits->cap == 0 ? STEPS_USUAL : limits->cap;
    const bool repeats = w->walk.dynamics->rule != FPL_SUCCESSION_RANDOM;
    for (;;) {
        t->stop = t->n >= most ? FPL_STOPPED_CAP : fpli_watch_look(&watch);
        if (t->stop != FPL_COMPLETE) return FPL_OK;
        bool moved = false;
        const fpl_status status = write_step(w, place, &moved);
        if (status != FPL_OK) return status;
        const size_t back = !moved ? t->n - 1 : repeats ? seen_at(w, place) : t->n;
        if (back == t->n) continue;
        t->settled_at = back;
        t->cycle = t->n - back;
        return FPL_OK;
    }
}

fpl_status fpl_trace_compute(const fpl_model *model, const fpl_dynamics *dynamics,
                             const fpl_fixing *held, int n_held, const uint16_t *z,
                             const fpl_limits *limits, fpl_trace **trace,
                             fpl_error *error)
{
    fpl_status status = FPL_OK;
    writer w = {0};
    uint16_t *place = NULL;
    w.trace = fpli_new(1, sizeof *w.trace);
    if (w.trace == NULL) return fpli_no_memory(error);
    FPL_TRY(fpli_walk_new(&w.walk, model, dynamics, held, n_held, error));
    w.trace->arena = fpli_arena_new();
    place = fpli_walk_place(&w.walk);
    FPL_TRY(w.trace->arena == NULL || place == NULL ? FPL_E_MEMORY : FPL_OK);
    fpli_walk_begin(&w.walk, held, n_held, z, place);
    FPL_TRY(write_all(&w, place, limits));
    *trace = w.trace;
    w.trace = NULL;
out:
    fpl_trace_free(w.trace);
    fpli_walk_clear(&w.walk);
    fpli_free(w.places);
    fpli_free(place);
    return status == FPL_E_MEMORY ? fpli_no_memory(error) : status;
}

void fpl_trace_free(fpl_trace *trace)
{
    if (trace == NULL) return;
    fpli_arena_free(trace->arena);
    fpli_free(trace->steps);
    fpli_free(trace);
}

size_t fpl_trace_n(const fpl_trace *trace)
{
    return trace->n;
}

const fpl_trace_step *fpl_trace_get(const fpl_trace *trace, size_t index)
{
    return &trace->steps[index];
}

size_t fpl_trace_settled_at(const fpl_trace *trace)
{
    return trace->settled_at;
}

size_t fpl_trace_cycle(const fpl_trace *trace)
{
    return trace->cycle;
}

fpl_stop fpl_trace_stop(const fpl_trace *trace)
{
    return trace->stop;
}
