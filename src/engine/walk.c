/* Steps of succession, with lags. */
#include "engine/walk.h"

#include "base/mem.h"
#include "base/status.h"

#include <string.h>

fpl_status fpli_walk_hold(fpli_walk *walk, const fpl_fixing *held, int n_held,
                          fpl_error *error)
{
    memset(walk->held, 0, walk->n * sizeof *walk->held);
    for (int h = 0; h < n_held; h++) {
        const int d = held[h].descriptor;
        if (d >= (int)walk->n || held[h].variant >= fpl_model_n_variants(walk->model, d))
            return fpli_fail(error, FPL_E_ARGUMENT,
                             "there is no variant %d of descriptor %d", held[h].variant,
                             d);
        walk->held[d] = true;
    }
    return FPL_OK;
}

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
    return fpli_walk_hold(walk, held, n_held, error);
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
