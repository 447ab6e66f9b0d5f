/* Steps, and Brent's way to find where they end. */
#include "engine/walk.h"

#include "base/mem.h"
#include "base/status.h"

#include <string.h>

#define CYCLE_MAX ((size_t)1 << 20)
enum { RANDOM_STEPS_MAX = 1 << 16 };

fpl_status fpli_walk_new(fpli_walk *walk, const fpl_model *model,
                         const fpl_dynamics *dynamics, const fpl_fixing *held, int n_held,
                         fpl_error *error)
{
    const size_t n = (size_t)fpl_model_n_descriptors(model);
    *walk = (fpli_walk){.model = model, .n = n};
    walk->dynamics = dynamics == NULL ? &fpli_plain_dynamics : dynamics;
    fpl_status status = fpli_dynamics_check(model, walk->dynamics, error);
    if (status != FPL_OK) return status;
    walk->lags = fpli_longest_lag(model, walk->dynamics) > 0;
    walk->place_size = (walk->lags ? 3 : 1) * n * sizeof(uint16_t);
    walk->held = fpli_new(n, sizeof *walk->held);
    walk->balance = fpli_new((size_t)fpl_model_offset(model, (int)n),
                             sizeof *walk->balance);
    walk->next = fpli_new(n, sizeof *walk->next);
    if (walk->held == NULL || walk->balance == NULL || walk->next == NULL)
        return fpli_no_memory(error);
    for (int h = 0; h < n_held; h++) {
        const int d = held[h].descriptor;
        if (d >= (int)n || held[h].variant >= fpl_model_n_variants(model, d))
            return fpli_fail(error, FPL_E_ARGUMENT,
                             "there is no variant %d of descriptor %d", held[h].variant,
                             d);
        walk->held[d] = true;
    }
    return FPL_OK;
}

void fpli_walk_clear(fpli_walk *walk)
{
    fpli_free(walk->held);
    fpli_free(walk->balance);
    fpli_free(walk->next);
    walk->held = NULL;
    walk->balance = NULL;
    walk->next = NULL;
}

uint16_t *fpli_walk_place(const fpli_walk *walk)
{
    return fpli_new(1, walk->place_size);
}

void fpli_walk_begin(const fpli_walk *walk, const fpl_fixing *held, int n_held,
                     const uint16_t *z, uint16_t *place)
{
    memset(place, 0, walk->place_size);
    memcpy(place, z, walk->n * sizeof *place);
    for (int h = 0; h < n_held; h++) place[held[h].descriptor] = held[h].variant;
    if (walk->lags) memcpy(place + walk->n, place, walk->n * sizeof *place);
}

const uint16_t *fpli_walk_acting(const fpli_walk *walk, const uint16_t *place)
{
    return walk->lags ? place + walk->n : place;
}

/* A new choice waits for its lag; what has waited long enough acts. */
static bool let_act(const fpli_walk *walk, uint16_t *place)
{
    uint16_t *acting = place + walk->n, *wait = place + 2 * walk->n;
    const fpl_content *content = fpl_model_content(walk->model);
    bool waiting = false;
    for (size_t d = 0; d < walk->n; d++) {
        const uint16_t chosen = walk->next[d];
        const int lag = content->descriptors.items[d].variants.items[chosen].lag;
        if (chosen != place[d])
            wait[d] = (uint16_t)(lag < UINT16_MAX ? lag : UINT16_MAX);
        else if (wait[d] > 0)
            wait[d]--;
        if (wait[d] == 0 || chosen == acting[d]) {
            waiting = waiting || acting[d] != chosen;
            acting[d] = chosen;
            wait[d] = 0;
        }
        waiting = waiting || wait[d] > 0;
    }
    return waiting;
}

bool fpli_walk_step(fpli_walk *walk, uint16_t *place)
{
    const fpli_step step = {.model = walk->model,
                            .dynamics = walk->dynamics,
                            .held = walk->held,
                            .z = place,
                            .acting = fpli_walk_acting(walk, place),
                            .number = walk->number++,
                            .balance = walk->balance,
                            .moves = walk->moves,
                            .n_moves = &walk->n_moves};
    walk->n_moves = 0;
    bool moved = fpli_step_take(&step, walk->next);
    if (walk->lags) moved = let_act(walk, place) || moved;
    memcpy(place, walk->next, walk->n * sizeof *place);
    return moved;
}

/* ---- settling ----------------------------------------------------------------------------- */

typedef struct runners {
    uint16_t *start, *slow, *fast;
} runners;

/* The length of the cycle that the walk from `start` ends in, and the steps that lead to it; slow
 * stands where the cycle is entered. */
static size_t find_cycle(fpli_walk *walk, const runners *r, uint64_t *steps)
{
    const size_t size = walk->place_size;
    size_t power = 1, length = 1;
    memcpy(r->slow, r->start, size);
    memcpy(r->fast, r->start, size);
    fpli_walk_step(walk, r->fast);
    while (memcmp(r->slow, r->fast, size) != 0) {
        if (power == length) {
            memcpy(r->slow, r->fast, size);
            power *= 2;
            length = 0;
        }
        fpli_walk_step(walk, r->fast);
        length++;
    }
    memcpy(r->slow, r->start, size);
    memcpy(r->fast, r->start, size);
    for (size_t i = 0; i < length; i++) fpli_walk_step(walk, r->fast);
    for (*steps = 0; memcmp(r->slow, r->fast, size) != 0; ++*steps) {
        fpli_walk_step(walk, r->slow);
        fpli_walk_step(walk, r->fast);
    }
    return length;
}

/* A random order never repeats itself: only rest ends it. Returns 0 if there is none in time. */
static size_t find_rest(fpli_walk *walk, const runners *r, uint64_t *steps)
{
    memcpy(r->slow, r->start, walk->place_size);
    for (*steps = 0; *steps < RANDOM_STEPS_MAX; ++*steps) {
        memcpy(r->fast, r->slow, walk->place_size);
        if (!fpli_walk_step(walk, r->slow)) return 1;
    }
    return 0;
}

static fpl_status list_members(fpli_walk *walk, const runners *r, size_t length,
                               uint64_t steps, fpl_attractor *attractor, fpl_error *error)
{
    if (length > CYCLE_MAX)
        return fpli_fail(error, FPL_E_OVERFLOW,
                         "succession ends in a cycle of %zu scenarios", length);
    uint16_t *members = fpli_new(length * walk->n, sizeof *members);
    if (members == NULL) return FPL_E_MEMORY;
    for (size_t i = 0; i < length; i++) {
        memcpy(members + i * walk->n, r->slow, walk->n * sizeof *members);
        if (length > 1) fpli_walk_step(walk, r->slow);
    }
    *attractor = (fpl_attractor){members, length, steps, (int)walk->n};
    return FPL_OK;
}

fpl_status fpl_settle(const fpl_model *model, const fpl_dynamics *dynamics,
                      const fpl_fixing *held, int n_held, const uint16_t *z,
                      fpl_attractor *attractor, fpl_error *error)
{
    fpli_walk walk = {0};
    runners r = {0};
    fpl_status status = FPL_OK;
    FPL_TRY(fpli_walk_new(&walk, model, dynamics, held, n_held, error));
    r = (runners){fpli_walk_place(&walk), fpli_walk_place(&walk), fpli_walk_place(&walk)};
    FPL_TRY(r.start == NULL || r.slow == NULL || r.fast == NULL ? FPL_E_MEMORY : FPL_OK);
    fpli_walk_begin(&walk, held, n_held, z, r.start);
    uint64_t steps = 0;
    const size_t length = walk.dynamics->rule == FPL_SUCCESSION_RANDOM
                              ? find_rest(&walk, &r, &steps)
                              : find_cycle(&walk, &r, &steps);
    FPL_TRY(list_members(&walk, &r, length, steps, attractor, error));
out:
    fpli_walk_clear(&walk);
    fpli_free(r.start);
    fpli_free(r.slow);
    fpli_free(r.fast);
    return status == FPL_E_MEMORY ? fpli_no_memory(error) : status;
}

void fpl_attractor_clear(fpl_attractor *attractor)
{
    fpli_free(attractor->members);
    memset(attractor, 0, sizeof *attractor);
}
