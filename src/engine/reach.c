/* All asynchronous orders: what can be reached by breadth, and by Tarjan's components what cannot be
 * left again. */
#include "engine/pool.h"
#include "engine/walk.h"

#include "base/clock.h"
#include "base/mem.h"
#include "base/status.h"
#include "base/strong.h"

#include <string.h>

enum { REACH_USUAL = 10000000, LOOK_EVERY = 256 };

struct fpl_reach {
    fpli_pool pool;
    size_t *first;  /* by scenario: its first edge; n + 1 */
    uint32_t *next; /* edges: scenarios one move away */
    size_t n_edges, edge_capacity, first_capacity;
    int *closed; /* by scenario: its closed set, or -1 */
    int n_closed;
    fpl_stop stop;
};

/* ---- breadth ------------------------------------------------------------------------------ */

static fpl_status add_edges(fpl_reach *r, const fpli_walk *walk, size_t at, uint16_t *z)
{
    const fpli_step step = {.model = walk->model,
                            .dynamics = walk->dynamics,
                            .held = walk->held,
                            .z = z,
                            .acting = z,
                            .balance = walk->balance};
    memcpy(z, fpli_pool_get(&r->pool, at), walk->n * sizeof *z);
    fpl_balance(walk->model, z, walk->balance);
    for (int d = 0; d < (int)walk->n; d++) {
        const fpli_wish wish = fpli_wish_of(&step, z, d);
        if (wish.gain == 0) continue;
        const uint16_t own = z[d];
        uint32_t number = 0;
        bool is_new = false;
        z[d] = (uint16_t)wish.variant;
        const fpl_status status = fpli_pool_add(&r->pool, z, &number, &is_new);
        z[d] = own;
        if (status != FPL_OK) return status;
        if (!fpli_grow((void **)&r->next, r->n_edges, &r->edge_capacity, sizeof *r->next))
            return FPL_E_MEMORY;
        r->next[r->n_edges++] = number;
    }
    return FPL_OK;
}

static fpl_status explore(fpl_reach *r, const fpli_walk *walk, uint16_t *z,
                          const fpl_limits *limits)
{
    fpli_watch watch;
    fpli_watch_start(&watch, limits);
    const size_t most = limits == NULL || limits->cap == 0 ? REACH_USUAL
                                                           : (size_t)limits->cap;
    for (size_t at = 0; at <= r->pool.n; at++) {
        if (!fpli_grow((void **)&r->first, at, &r->first_capacity, sizeof *r->first))
            return FPL_E_MEMORY;
        r->first[at] = r->n_edges;
        if (at == r->pool.n) return FPL_OK;
        if (at % LOOK_EVERY == 0) r->stop = fpli_watch_look(&watch);
        if (r->pool.n > most) r->stop = FPL_STOPPED_CAP;
        if (r->stop != FPL_COMPLETE) return FPL_OK;
        const fpl_status status = add_edges(r, walk, at, z);
        if (status != FPL_OK) return status;
    }
    return FPL_OK;
}

/* ---- components --------------------------------------------------------------------------- */

/* A component is closed if no edge leaves it. Numbered by the first scenario reached in it. */
static fpl_status number_closed(fpl_reach *r, const uint32_t *component, uint32_t n)
{
    int *number = fpli_new(n, sizeof *number);
    if (number == NULL) return FPL_E_MEMORY;
    for (size_t at = 0; at < r->pool.n; at++)
        for (size_t e = r->first[at]; e < r->first[at + 1]; e++)
            if (component[r->next[e]] != component[at]) number[component[at]] = -1;
    for (size_t at = 0; at < r->pool.n; at++) {
        int *own = &number[component[at]];
        if (*own == 0) *own = ++r->n_closed;
        r->closed[at] = *own < 0 ? -1 : *own - 1;
    }
    fpli_free(number);
    return FPL_OK;
}

static fpl_status find_closed(fpl_reach *r)
{
    uint32_t n = 0;
    uint32_t *component = fpli_new(r->pool.n, sizeof *component);
    fpl_status status = component == NULL
                            ? FPL_E_MEMORY
                            : fpli_strong_components(r->pool.n, r->first, r->next,
                                                     component, &n);
    if (status == FPL_OK) status = number_closed(r, component, n);
    fpli_free(component);
    return status;
}

fpl_status fpl_reach_compute(const fpl_model *model, const fpl_dynamics *dynamics,
                             const fpl_fixing *held, int n_held, const uint16_t *z,
                             const fpl_limits *limits, fpl_reach **reach,
                             fpl_error *error)
{
    fpl_status status = FPL_OK;
    fpli_walk walk = {0};
    uint16_t *place = NULL;
    uint32_t number = 0;
    bool is_new = false;
    fpl_reach *r = fpli_new(1, sizeof *r);
    if (r == NULL) return fpli_no_memory(error);
    FPL_TRY(fpli_walk_new(&walk, model, dynamics, held, n_held, error));
    place = fpli_walk_place(&walk);
    FPL_TRY(place == NULL ? FPL_E_MEMORY : FPL_OK);
    fpli_walk_begin(&walk, held, n_held, z, place);
    FPL_TRY(fpli_pool_new(&r->pool, walk.n));
    FPL_TRY(fpli_pool_add(&r->pool, place, &number, &is_new));
    FPL_TRY(explore(r, &walk, place, limits));
    r->closed = fpli_new(r->pool.n, sizeof *r->closed);
    FPL_TRY(r->closed == NULL ? FPL_E_MEMORY : FPL_OK);
    for (size_t i = 0; i < r->pool.n; i++) r->closed[i] = -1;
    if (r->stop == FPL_COMPLETE) FPL_TRY(find_closed(r));
    *reach = r;
    r = NULL;
out:
    fpl_reach_free(r);
    fpli_walk_clear(&walk);
    fpli_free(place);
    return status == FPL_E_MEMORY ? fpli_no_memory(error) : status;
}

void fpl_reach_free(fpl_reach *reach)
{
    if (reach == NULL) return;
    fpli_pool_clear(&reach->pool);
    fpli_free(reach->first);
    fpli_free(reach->next);
    fpli_free(reach->closed);
    fpli_free(reach);
}

size_t fpl_reach_n(const fpl_reach *reach)
{
    return reach->pool.n;
}

const uint16_t *fpl_reach_get(const fpl_reach *reach, size_t index)
{
    return fpli_pool_get(&reach->pool, index);
}

fpl_stop fpl_reach_stop(const fpl_reach *reach)
{
    return reach->stop;
}

int fpl_reach_n_closed(const fpl_reach *reach)
{
    return reach->n_closed;
}

int fpl_reach_closed(const fpl_reach *reach, size_t index)
{
    return reach->closed[index];
}
