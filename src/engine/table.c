/* Without lags a place is a start, numbered as a mixed radix. With lags a walk also passes places
 * that are no starts; they are numbered as they come. */
#include "engine/table.h"

#include "base/checkpoint.h"
#include "base/mem.h"
#include "base/status.h"
#include "engine/orbits.h"
#include "engine/pool.h"

#include <string.h>

enum { LOOK_EVERY = 1024, PART = 0 };

typedef struct table {
    fpli_walk *walk;
    const uint16_t *fixed;
    uint64_t n_starts;
    fpli_pool pool;  /* lags: places by number, starts first */
    uint16_t *place; /* work space */
    fpli_orbits orbits;
    uint64_t n_linked; /* starts whose successors a checkpoint holds */
    size_t capacity;   /* of orbits.next while it grows */
} table;

static uint64_t count_starts(const fpli_walk *walk)
{
    uint64_t n = 1;
    for (int d = 0; d < (int)walk->n; d++) {
        const uint64_t k = walk->held[d] ? 1
                                         : (uint64_t)fpl_model_n_variants(walk->model, d);
        if (n > UINT32_MAX / k) return 0;
        n *= k;
    }
    return n;
}

uint64_t fpli_table_need(const fpli_walk *walk)
{
    const uint64_t n = count_starts(walk);
    if (n == 0) return UINT64_MAX;
    const uint64_t places = walk->lags ? 2 * walk->place_size + 8 : 0;
    return n * places + fpli_orbits_need(n);
}

static void decode(const table *t, uint64_t number, uint16_t *z)
{
    for (int d = 0; d < (int)t->walk->n; d++) {
        const uint64_t k = (uint64_t)fpl_model_n_variants(t->walk->model, d);
        z[d] = t->fixed[d];
        if (t->walk->held[d]) continue;
        z[d] = (uint16_t)(number % k);
        number /= k;
    }
}

static uint32_t encode(const table *t, const uint16_t *z)
{
    uint32_t number = 0;
    for (int d = (int)t->walk->n - 1; d >= 0; d--)
        if (!t->walk->held[d])
            number = number * (uint32_t)fpl_model_n_variants(t->walk->model, d) + z[d];
    return number;
}

/* Successors that were kept, in order; without lags only. */
static fpl_status take_links(void *context, fpli_reader *reader)
{
    table *t = context;
    while (reader->n > 0) {
        const uint64_t next = fpli_take_number(reader, 4);
        if (reader->broken || next >= t->n_starts || t->n_linked >= t->n_starts)
            return FPL_E_SYNTAX;
        t->orbits.next[t->n_linked++] = (uint32_t)next;
    }
    return FPL_OK;
}

/* Append the successors found since the last time. */
static fpl_status keep_links(table *t, fpl_checkpoint *checkpoint, uint64_t to)
{
    fpli_bytes record = {0};
    for (uint64_t x = t->n_linked; x < to; x++)
        fpli_bytes_put_number(&record, t->orbits.next[x], 4);
    const fpl_status status = fpli_checkpoint_append(checkpoint, PART, &record);
    fpli_bytes_clear(&record);
    t->n_linked = to;
    return status;
}

static fpl_status link_starts(table *t, fpli_watch *watch, fpl_stop *stop)
{
    fpl_checkpoint *checkpoint = watch->checkpoint;
    int64_t kept_ms = fpli_clock_ms();
    fpl_status status = fpli_orbits_new(&t->orbits, (uint32_t)t->n_starts);
    if (status == FPL_OK && checkpoint != NULL)
        status = fpli_checkpoint_replay(checkpoint, PART, take_links, t);
    for (uint64_t x = t->n_linked; x < t->n_starts && status == FPL_OK; x++) {
        if (x % LOOK_EVERY == 0) {
            *stop = fpli_watch_look(watch);
            fpli_watch_tell(watch, (double)x / (double)t->n_starts, 0, x);
            if (checkpoint != NULL &&
                (*stop != FPL_COMPLETE || fpli_checkpoint_is_due(checkpoint, &kept_ms)))
                status = keep_links(t, checkpoint, x);
            if (*stop != FPL_COMPLETE || status != FPL_OK) break;
        }
        decode(t, x, t->place);
        fpli_walk_step(t->walk, t->place);
        t->orbits.next[x] = encode(t, t->place);
    }
    return status;
}

static fpl_status add_starts(table *t)
{
    fpl_status status = fpli_pool_new(&t->pool, t->walk->place_size / sizeof(uint16_t));
    uint32_t number = 0;
    bool is_new = false;
    for (uint64_t x = 0; x < t->n_starts && status == FPL_OK; x++) {
        memset(t->place, 0, t->walk->place_size);
        decode(t, x, t->place);
        memcpy(t->place + t->walk->n, t->place, t->walk->n * sizeof *t->place);
        status = fpli_pool_add(&t->pool, t->place, &number, &is_new);
    }
    return status;
}

/* Number what comes up, until nothing new does. */
static fpl_status link_places(table *t, uint64_t memory, fpli_watch *watch,
                              uint64_t *needed, fpl_stop *stop)
{
    fpl_status status = add_starts(t);
    bool is_new = false;
    for (size_t at = 0; at < t->pool.n && status == FPL_OK; at++) {
        if (at % LOOK_EVERY == 0) {
            *needed = (uint64_t)t->pool.n * (2 * t->walk->place_size + 8) +
                      fpli_orbits_need(t->pool.n);
            *stop = fpli_watch_look(watch);
            if (*stop != FPL_COMPLETE) break;
            if (*needed > memory) return FPL_E_UNSUPPORTED;
        }
        if (!fpli_grow((void **)&t->orbits.next, at, &t->capacity,
                       sizeof *t->orbits.next))
            return FPL_E_MEMORY;
        memcpy(t->place, fpli_pool_get(&t->pool, at), t->walk->place_size);
        fpli_walk_step(t->walk, t->place);
        status = fpli_pool_add(&t->pool, t->place, &t->orbits.next[at], &is_new);
    }
    t->orbits.n = (uint32_t)t->pool.n;
    t->orbits.slot = fpli_new(t->pool.n, sizeof *t->orbits.slot);
    return status == FPL_OK && t->orbits.slot == NULL ? FPL_E_MEMORY : status;
}

static fpl_status list_cycles(table *t, fpli_cycles *cycles)
{
    const fpli_orbits *g = &t->orbits;
    for (uint32_t first = 0; first < g->n_labels; first += g->cycle_length[first]) {
        const uint32_t length = g->cycle_length[first];
        fpli_cycle *cycle = fpli_cycles_add(cycles, length);
        if (cycle == NULL) return FPL_E_MEMORY;
        for (uint32_t p = 0; p < length; p++) {
            const uint32_t number = g->member[first + p];
            uint16_t *z = cycle->members + p * cycles->n_descriptors;
            if (t->walk->lags)
                memcpy(z, fpli_pool_get(&t->pool, number), t->walk->n * sizeof *z);
            else
                decode(t, number, z);
            size_t n = 0;
            const uint64_t *counts = fpli_orbits_counts(g, first + p, &n);
            const fpl_status status = fpli_phase_set(&cycle->phases[p], counts, n);
            if (status != FPL_OK) return status;
        }
    }
    return FPL_OK;
}

fpl_status fpli_table_solve(fpli_walk *walk, const uint16_t *fixed, uint64_t memory,
                            fpli_watch *watch, fpli_cycles *cycles, uint64_t *needed,
                            fpl_stop *stop)
{
    fpl_status status = FPL_OK;
    table t = {.walk = walk, .fixed = fixed, .n_starts = count_starts(walk)};
    *needed = fpli_table_need(walk);
    *stop = FPL_COMPLETE;
    if (*needed > memory) return FPL_E_UNSUPPORTED;
    t.place = fpli_walk_place(walk);
    FPL_TRY(t.place == NULL ? FPL_E_MEMORY : FPL_OK);
    FPL_TRY(walk->lags ? link_places(&t, memory, watch, needed, stop)
                       : link_starts(&t, watch, stop));
    if (*stop != FPL_COMPLETE) goto out;
    FPL_TRY(fpli_orbits_settle(&t.orbits));
    for (uint64_t x = 0; x < t.n_starts; x++) t.orbits.counts[t.orbits.slot[x]]++;
    FPL_TRY(list_cycles(&t, cycles));
out:
    fpli_pool_clear(&t.pool);
    fpli_orbits_clear(&t.orbits);
    fpli_free(t.place);
    return status;
}
